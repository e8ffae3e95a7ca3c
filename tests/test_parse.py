"""The parse: offsets of the stored text, sentences that break at block borders, bytes that no batch size changes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from kg.errors import ModelMissing
from kg.stages import parse
from kg.stages.ingest.document import document

if TYPE_CHECKING:
    from spacy.language import Language

TEXT = """\
date 2025-06-28
Ministers speak twice as talks drag on
By Ada Brook

WASHINGTON, June 28 (Example Wire) -- Trade Minister Ken Tanaka spoke with Commerce Secretary Jane Doe twice on
Saturday, an official said, as they try to iron out the most difficult issues. They will meet
again on Monday in Rome.
He named two points:
• The tariff on cars falls
• The quota goes up
The official said it remains unclear how long Tanaka will stay in the U.S. capital.© EXAMPLE

Comments (1)
garden_gnome
Wait and see.
"""


@cache
def nlp() -> Language:
    return parse.load()


def test_sentences_begin_at_blocks_and_offsets_are_those_of_the_text() -> None:
    doc_in = document("a.txt", TEXT)
    ((doc_out, doc),) = parse.parse([doc_in], nlp())
    assert doc_out is doc_in
    starts = {sent.start_char for sent in doc.sents}
    assert all(block.start in starts for block in doc_in.blocks)
    assert doc.text == TEXT[: doc_in.blocks[-1].end].replace("\n", " ")
    assert all(doc.text[token.idx : token.idx + len(token)] == token.text for token in doc)
    assert doc[-1].text == "EXAMPLE"


def test_a_sentence_wrapped_over_lines_stays_one() -> None:
    ((_, doc),) = parse.parse([document("a.txt", TEXT)], nlp())
    sentences = [sent.text.strip() for sent in doc.sents]
    assert "They will meet again on Monday in Rome." in sentences
    assert not any("\n" in sentence for sentence in sentences)


@pytest.mark.parametrize("name", ["Tachibana Haruto", "Minagawa Haruto", "Shiranui Ren"])
def test_no_sentence_ends_within_a_name(name: str) -> None:
    text = f"Talks go on\n\nThe Harbour Post\n\n{name}, the minister for economic affairs, spoke with Jane Doe.\n"
    ((_, doc),) = parse.parse([document("a.txt", text)], nlp())
    assert [sent.text.strip() for sent in doc.sents][-1].startswith(f"{name}, the minister")


def test_the_verb_after_a_dateline_has_its_subject() -> None:
    ((_, doc),) = parse.parse([document("a.txt", TEXT)], nlp())
    (spoke,) = [token for token in doc if token.text == "spoke"]
    assert [child.text for child in spoke.children if child.dep_ == "nsubj"] == ["Tanaka"]


DAYS = ("On 3 March", "In early May", "On the evening of 3 March", "In Geneva on 3 March", "Late on Monday",
        "By 3 March")  # fmt: skip
NAMES = {"Switzerland": "Switzerland", "Jane Doe": "Doe", "the ministers of Peru and Chile": "ministers",
         "Trade Commissioner Maros Sefcovic": "Sefcovic", "Marcelo Ebrard, Mexico's secretary,": "Ebrard",
         "its chief negotiator, Luis Vera,": "negotiator", "India and Chile": "India"}  # fmt: skip
DEEDS = ("hosted the fourth round of talks in Geneva.", "was received by the president.", "called on China to stop.",
         "will fly to Rome for talks, he said.", "met Roe and flew on.")  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("day", DAYS)
def test_a_day_without_a_comma_is_no_part_of_the_subject_behind_it(day: str, name: str) -> None:
    """The parser alone gives many of these sentences no subject, or another one."""
    documents = [document(f"{n}.txt", f"{day} {name} {deed}") for n, deed in enumerate(DEEDS)]
    for _, doc in parse.parse(documents, nlp()):
        verb = next(t for t in doc if t.text in {"hosted", "received", "called", "fly", "met"})
        assert [c.text for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}] == [NAMES[name]]
        assert any(c.lower_ in {"on", "in", "by"} and c.i < 2 for c in verb.children)
        assert all(len([*token.ancestors]) < len(doc) for token in doc), "a tree, not a ring"
        assert len([token for token in doc if token.head == token]) == 1


@pytest.mark.parametrize("name", ["Trump", "Sefcovic", "Macron", "Goyal"])
@pytest.mark.parametrize("deed", ["phoned", "hosted", "greeted", "telephoned"])
def test_a_past_between_two_names_is_a_verb(name: str, deed: str) -> None:
    """The parser alone gives many of these sentences no verb, or one without its subject."""
    people = ("Chinese President Xi Jinping", "Indian minister Piyush Goyal", "Swiss President Karin Keller-Sutter",
              "Brazilian counterpart Mauro Vieira")  # fmt: skip
    documents = [document(f"{n}.txt", f"{name} {deed} {who} on Monday.") for n, who in enumerate(people)]
    for _, doc in parse.parse(documents, nlp()):
        verb = doc[1]
        assert (verb.pos_, verb.dep_, verb.head) == ("VERB", "ROOT", verb)
        assert [c.text for c in verb.children if c.dep_ == "nsubj"] == [name]


@pytest.mark.parametrize("text", ["Talks held in Geneva", "Detained minister Jane Doe was freed", "Japan accused"])
def test_no_verb_is_made_of_a_participle_beside_a_name(text: str) -> None:
    ((_, doc),) = parse.parse([document("a.txt", f"{text}.")], nlp())
    assert all(c.text != text.split()[0] for t in doc if t.text in {"held", "Detained"} for c in t.children)


MAIN = {
    "Peru's prime minister, Ana Ruiz, called on the Security Council on Thursday to act.": ("called", "minister"),
    "Separately, the 13th round of talks on a pact between Peru and Chile ended in Lima on Friday.": ("ended", "round"),
    "Iceland, which was not at the table, protested at once.": ("protested", "Iceland"),
    "A fifth meeting followed in Kuala Lumpur on 25 October.": ("followed", "meeting"),
    "Mr Kwame Doe, the Minister of Trade and Industry, on Thursday received Mrs Roe in Accra.": ("received", "Doe"),
}


@pytest.mark.parametrize("text", MAIN)
def test_a_past_behind_a_name_with_its_asides_is_the_main_verb(text: str) -> None:
    ((_, doc),) = parse.parse([document("a.txt", text)], nlp())
    [root] = [t for t in doc if t.dep_ == "ROOT"]
    assert (root.text, [c.text for c in root.children if c.dep_ == "nsubj"]) == (MAIN[text][0], [MAIN[text][1]])


@pytest.mark.parametrize("text", [
    "The sixth round of negotiations on a bilateral trade agreement, planned for August 25 to 29 in Lima.",
    "The truce reached by Peru and Chile in Busan on 30 October.",
])  # fmt: skip
def test_a_sentence_without_a_main_verb_gets_none(text: str) -> None:
    ((_, doc),) = parse.parse([document("a.txt", text)], nlp())
    assert [t.pos_ for t in doc if t.dep_ == "ROOT"] == ["NOUN"]


def test_the_batch_size_changes_nothing() -> None:
    documents = [document(f"{n}.txt", TEXT * (n % 3 + 1)) for n in range(7)]

    def run(size: int) -> list[bytes]:
        return [doc.source.to_bytes(exclude=["user_data"]) for _, doc in parse.parse(documents, nlp(), batch_size=size)]

    assert run(1) == run(2) == run(7)


def test_a_missing_model_says_what_to_do() -> None:
    with pytest.raises(ModelMissing, match="no_such_model: no such spaCy pipeline is installed; install it"):
        parse.load("no_such_model")

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


@pytest.mark.parametrize("day", ["On 3 March", "In early May", "On the evening of 3 March", "In Geneva on 3 March"])
@pytest.mark.parametrize("name", ["Switzerland", "Jane Doe", "Trade Commissioner Maros Sefcovic"])
@pytest.mark.parametrize("deed", ["hosted the fourth round of talks in Geneva.", "was received by the president.",
                                  "will fly to Rome for talks, he said.", "met Roe and flew on."])  # fmt: skip
def test_a_day_without_a_comma_is_no_part_of_the_name_behind_it(day: str, name: str, deed: str) -> None:
    ((_, doc),) = parse.parse([document("a.txt", f"{day} {name} {deed}")], nlp())
    verb = next(t for t in doc if t.text in {"hosted", "received", "fly", "met"})
    assert [c.text for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}] == [name.split()[-1]]
    assert doc[0] in verb.children
    assert all(len([*token.ancestors]) < len(doc) for token in doc)


def test_the_batch_size_changes_nothing() -> None:
    documents = [document(f"{n}.txt", TEXT * (n % 3 + 1)) for n in range(7)]

    def run(size: int) -> list[bytes]:
        return [doc.source.to_bytes(exclude=["user_data"]) for _, doc in parse.parse(documents, nlp(), batch_size=size)]

    assert run(1) == run(2) == run(7)


def test_a_missing_model_says_what_to_do() -> None:
    with pytest.raises(ModelMissing, match="no_such_model: no such spaCy pipeline is installed; install it"):
        parse.load("no_such_model")

"""Statements in running text: who goes on speaking, transcripts, lists, what is carried, who may not speak."""

from __future__ import annotations

from functools import cache

from kg.model import Claim, Document, FactKind
from kg.stages.ingest.document import document
from kg.stages.parse import load, parse
from kg.stages.recognize import recognize
from kg.stages.relate import relate


@cache
def told(text: str) -> tuple[Claim, ...]:
    given: Document = document("talks.txt", text)
    [(one, doc)] = parse([given], load())
    return relate(one, doc, recognize(one, doc))


def said(text: str) -> list[tuple[str, str]]:
    """Speaker and words of each statement, in order."""
    return [(values(c, "speaker")[0].rsplit("/", 1)[-1], values(c, "text")[0])
            for c in told(text) if c.kind is FactKind.STATEMENT]  # fmt: skip


def values(claim: Claim, name: str) -> list[str]:
    return [str(a.value) for a in claim.assertions if a.property == name]


def test_a_pronoun_is_who_spoke_last() -> None:
    text = "Trade Minister Ken Tanaka said the offer was poor. No date was set. Tokyo would wait, he added."
    assert said(text) == [("ken-tanaka", "the offer was poor"), ("ken-tanaka", "Tokyo would wait")]


def test_the_subject_of_a_narrated_sentence_takes_over_the_pronoun() -> None:
    text = ("President Jane Doe said the offer was poor. Trade Minister Ken Tanaka flew home on Friday. "
            "The tariffs were harmful, he said.")  # fmt: skip
    assert said(text)[-1] == ("ken-tanaka", "The tariffs were harmful")


def test_of_he_said_he_had_told_them_the_content_before_is_told_once() -> None:
    text = "Trade Minister Ken Tanaka arrived. The tariffs were harmful, he said he had told the Americans."
    assert said(text) == [("ken-tanaka", "The tariffs were harmful")]


def test_an_attribution_inside_is_cut_out_of_both_contents() -> None:
    text = "President Jane Doe replied, Trade Minister Ken Tanaka said, that the talks came first."
    assert ("jane-doe", "the talks came first") in said(text)
    assert all("Tanaka said" not in words for _, words in said(text))


def test_a_denial_denies_its_event_and_reports_none() -> None:
    text = "The Kremlin denied that President Ken Tanaka had telephoned President Jane Doe."
    [claim] = [c for c in told(text) if c.kind is FactKind.STATEMENT]
    [event] = [c for c in told(text) if c.kind is FactKind.CALL]
    assert (values(claim, "denies"), values(claim, "reports")) == ([event.key], [])


def test_a_statement_reports_the_event_that_its_words_tell_and_no_other() -> None:
    text = ("Trade Minister Ken Tanaka met Commerce Secretary Jane Doe in Geneva on Monday. "
            "Tanaka will meet Finance Minister Paul Roe in Paris, his office said.")  # fmt: skip
    [claim] = [c for c in told(text) if c.kind is FactKind.STATEMENT]
    events = {c.key: c for c in told(text) if c.kind is FactKind.MEETING}
    assert [values(events[k], "status") for c in values(claim, "reports") for k in events if k == c] == [["Planned"]]


def test_a_judgement_of_the_talks_reports_the_talks_told_before() -> None:
    text = ("Trade Minister Ken Tanaka held talks with Commerce Secretary Jane Doe in Geneva on Monday. "
            "The White House called the talks useful.")  # fmt: skip
    [claim] = [c for c in told(text) if c.kind is FactKind.STATEMENT]
    [event] = [c for c in told(text) if c.kind is FactKind.MEETING and c.evidence.start == 0]
    assert values(claim, "reports") == [event.key]


def test_in_a_transcript_the_label_speaks_and_questions_state_nothing() -> None:
    text = ("Press conference in Bern\n\nKen Tanaka, trade minister, and Jane Doe, secretary of state, spoke.\n\n"
            "TANAKA: We are close. The quota stays.\n\nQ: When will you sign?\n\nDOE: Not this year.\n\n"
            "Q: Why?\n\nTANAKA: The text is long.\n")  # fmt: skip
    assert [s for s in said(text) if s[1] != "spoke"] == [
        ("ken-tanaka", "We are close"), ("ken-tanaka", "The quota stays"), ("jane-doe", "Not this year"),
        ("ken-tanaka", "The text is long"),
    ]  # fmt: skip


def test_whom_only_a_label_in_capitals_names_speaks() -> None:
    text = ("Press conference in Bern\n\nKEN-JI TANAKA, SPOKESMAN: We are close.\n\nQ: When will you sign?\n\n"
            "TANAKA: Not this year.\n\nWHITE HOUSE: No comment.\n\nTANAKA: The text is long.\n")  # fmt: skip
    assert said(text) == [
        ("ken-ji-tanaka", "We are close"), ("ken-ji-tanaka", "Not this year"), ("ken-ji-tanaka", "The text is long"),
    ]  # fmt: skip


def test_each_bullet_of_a_list_is_said_by_who_lists() -> None:
    text = ("Talks end\n\nTrade Minister Ken Tanaka listed two points:\n\n- The tariff on cars stays.\n\n"
            "- The quota for steel grows.\n")  # fmt: skip
    assert {("ken-tanaka", "The tariff on cars stays"), ("ken-tanaka", "The quota for steel grows")} <= set(said(text))


def test_no_comment_of_a_reader_is_a_statement() -> None:
    text = ("Talks end\n\nTrade Minister Ken Tanaka met Commerce Secretary Jane Doe in Geneva on Monday.\n\n"
            "Comments (1)\n\nold_hand\nTanaka said he would resign.\n")  # fmt: skip
    assert said(text) == []


def test_three_who_speak_together_have_a_statement_each() -> None:
    text = "The step was welcomed by Ken Tanaka of Japan, Jane Doe of Kenya and Paul Roe of Chile."
    speakers = [values(c, "speaker") for c in told(text) if c.kind is FactKind.STATEMENT]
    assert all(len(s) <= 2 for s in speakers)


def test_she_is_not_a_man_of_whom_the_text_says_he() -> None:
    text = ("President Jane Doe said she was content. Trade Minister Ken Tanaka said he was not. "
            "She wanted a deal by June, she said.")  # fmt: skip
    assert said(text)[-1] == ("jane-doe", "She wanted a deal by June")


def test_an_aide_to_somebody_named_is_unnamed() -> None:
    text = "The offer was poor, an aide to the trade minister, Ken Tanaka, said."
    [(speaker, words)] = said(text)
    assert (speaker.endswith("-aide"), words) == (True, "The offer was poor")


def test_in_an_interview_the_answers_are_said_and_neither_the_questions_nor_the_introduction() -> None:
    text = ("A word with the minister\n\nTrade Minister Ken Tanaka received us in Tokyo on Monday.\n\n"
            "What did you agree on?\n\nWe agreed to meet again in June. I was surprised.\n\n"
            "Will you open your market?\n\nWe will not touch rice. Our farmers sleep well.\n")  # fmt: skip
    assert said(text) == [
        ("ken-tanaka", "We agreed to meet again in June"), ("ken-tanaka", "I was surprised"),
        ("ken-tanaka", "We will not touch rice"), ("ken-tanaka", "Our farmers sleep well"),
    ]  # fmt: skip


def test_a_letter_is_said_by_who_signs_it() -> None:
    text = ("Dear colleagues,\n\nWe have received your proposal on steel. Our position on beef has not changed.\n\n"
            "I will be in Geneva in July.\n\nYours sincerely,\nJane Doe\nMinister of Trade of Kenya\n")  # fmt: skip
    words = [w for speaker, w in said(text) if speaker == "jane-doe"]
    assert {"We have received your proposal on steel", "Our position on beef has not changed"} <= set(words)
    assert not any("sincerely" in w for w in words)


def test_a_report_that_quotes_we_is_no_speech() -> None:
    text = ("Statement by the ministry\n\nTrade Minister Ken Tanaka met Commerce Secretary Jane Doe on Monday. "
            "The talks lasted an hour. \"We are close,\" Tanaka said.\n")  # fmt: skip
    assert said(text) == [("ken-tanaka", "We are close")]

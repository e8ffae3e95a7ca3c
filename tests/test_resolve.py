"""What several sentences say of one thing is one fact, and of two things two; names; what was left unread."""

from __future__ import annotations

import pytest

from kg.model import EVENTS, Fact, FactKind
from tests.reading import read

BOTH = "Trade Minister Ken Tanaka met Commerce Secretary Jane Doe in Bern on Friday. "


def events(text: str) -> list[Fact]:
    return [f for f in read(text).facts.facts if f.kind in EVENTS and f.kind is not FactKind.VISIT]


def values(fact: Fact, name: str) -> set[str]:
    return {str(a.value) for a in fact.assertions if a.property == name}


@pytest.mark.parametrize(
    "more",
    [
        "The meeting lasted an hour.",
        "The talks, which lasted an hour, were the first.",
        "Tanaka and Doe met for an hour.",
        "The two met for an hour.",
    ],
)
def test_more_on_one_meeting_is_one_fact(more: str) -> None:
    [fact] = events(BOTH + more)
    assert values(fact, "minutes") == {"60"}
    assert values(fact, "date") == {"2025-06-27"}
    assert values(fact, "participant") == {"person/ken-tanaka", "person/jane-doe"}
    assert len(fact.evidence) == 2


@pytest.mark.parametrize(
    "more",
    [
        "Tanaka and Doe also spoke by phone on Thursday.",
        "Tanaka and Doe met in Geneva on Monday.",
        "Tanaka met Foreign Minister John Roe on Friday.",
        "Tanaka and Doe will meet again on July 3.",
    ],
)
def test_another_event_is_another_fact(more: str) -> None:
    assert len(events(BOTH + more)) == 2


def test_a_plan_called_off_is_one_event() -> None:
    both = "Trade Minister Ken Tanaka and Commerce Secretary Jane Doe"
    [fact] = events(f"{both} were to speak by phone on Friday, but the call was cancelled.")
    assert "Held" not in values(fact, "status")


def test_a_meeting_beside_a_summit_is_part_of_it_and_has_its_day() -> None:
    met = "Swiss President Jane Doe met Prime Minister John Roe on the sidelines of the summit."
    found = events(f"The G7 summit opened in Canada on June 16. {met}")
    meeting = next(f for f in found if f.kind is FactKind.MEETING)
    assert values(meeting, "date") == {"2025-06-16"}


def test_a_held_event_after_the_report_is_planned() -> None:
    [fact] = events("Trade Minister Ken Tanaka met Commerce Secretary Jane Doe on July 3.")
    assert values(fact, "status") == {"Planned"}


def test_names_are_readable_and_numbered() -> None:
    facts = read("Ken Tanaka spoke with Jane Doe by phone twice on Friday.").facts.facts
    calls = [f.id for f in facts if f.kind is FactKind.CALL]
    assert calls == ["event/case-call-tanaka-doe", "event/case-call-tanaka-doe-2"]


def test_references_are_to_facts_that_are_there() -> None:
    found = read(BOTH + "Doe said on Saturday that the meeting was useful.").facts
    names = {f.id for f in found.facts} | {e.id for e in found.entities}
    refs = [str(a.value) for f in found.facts for a in f.assertions if "/" in str(a.value) and a.property != "text"]
    assert refs
    assert set(refs) <= {str(n) for n in names}


def test_who_tells_of_two_calls_reports_both() -> None:
    facts = read("Minister Ken Tanaka phoned Secretary Jane Doe twice on Friday, an official said.").facts.facts
    calls = {str(f.id) for f in facts if f.kind is FactKind.CALL}
    [said] = [f for f in facts if f.kind is FactKind.STATEMENT]
    assert len(calls) == 2
    assert values(said, "reports") == calls


def test_what_no_fact_took_up_is_told() -> None:
    reading = read("Ken Tanaka met Jane Doe on Friday. Some 300 farmers marched near the lake in 1994.")
    text = reading.document.text
    assert {(text[u.start : u.end], u.what) for u in reading.facts.unread} >= {("1994", "date")}
    assert "Ken Tanaka" not in {text[u.start : u.end] for u in reading.facts.unread}

"""Claims of events: key, count, rule, and what carries them. Cases of whole facts are in `cases/events.yaml`."""

from __future__ import annotations

import pytest

from kg.model import EVENTS, Claim, FactKind
from tests.reading import Reading, read


def events(text: str) -> tuple[Reading, list[Claim]]:
    reading = read(text)
    return reading, [c for c in reading.claims if c.kind in EVENTS]


@pytest.mark.parametrize(
    ("text", "kind", "rule"),
    [
        ("Trade Minister Ken Tanaka met Jane Doe on Friday.", FactKind.MEETING, "event-meet"),
        ("Trade Minister Ken Tanaka sat down with Jane Doe on Friday.", FactKind.MEETING, "event-meet"),
        ("Trade Minister Ken Tanaka held talks with Jane Doe on Friday.", FactKind.MEETING, "event-vague"),
        ("Trade Minister Ken Tanaka spoke with Jane Doe by phone on Friday.", FactKind.CALL, "event-phone"),
        ("Trade Minister Ken Tanaka phoned Jane Doe on Friday.", FactKind.CALL, "event-phone"),
        ("Trade Minister Ken Tanaka hosted Jane Doe in Bern on Friday.", FactKind.MEETING, "event-host"),
        ("Trade Minister Ken Tanaka spent an hour with Jane Doe on Friday.", FactKind.MEETING, "event-spend"),
        ("Trade Minister Ken Tanaka arrived in Bern on Friday.", FactKind.VISIT, "event-go"),
        ("Trade Minister Ken Tanaka is expected in Bern on Friday.", FactKind.VISIT, "event-expected"),
        ("Japan and Canada signed a trade agreement on Friday.", FactKind.SIGNING, "event-sign"),
        ("Japan and Canada held the third round of trade talks on Friday.", FactKind.ROUND, "event-noun"),
    ],
)
def test_the_rule_that_reads_an_event(text: str, kind: FactKind, rule: str) -> None:
    _, [claim] = events(text)
    assert (claim.kind, claim.evidence.rule) == (kind, rule)
    assert claim.evidence.words[0] < claim.evidence.words[1]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ken Tanaka spoke with Jane Doe by phone twice on Friday.", 2),
        ("Ken Tanaka spoke with Jane Doe by phone three times on Friday.", 3),
        ("Ken Tanaka spoke with Jane Doe by phone on Friday.", 1),
    ],
)
def test_how_often(text: str, count: int) -> None:
    reading, claims = events(text)
    assert [c.count for c in claims] == [count]
    facts = [f for f in reading.facts.facts if f.kind is FactKind.CALL]
    assert len(facts) == len({f.id for f in facts}) == count


def test_each_length_is_a_call_of_its_own() -> None:
    both = "for 15 minutes in the morning and 20 minutes in the evening"
    _, claims = events(f"Ken Tanaka and Jane Doe spoke by phone {both}.")
    said = [{a.property: str(a.value) for a in c.assertions} for c in claims]
    assert [(s["minutes"], s["partOfDay"]) for s in said] == [("15", "morning"), ("20", "evening")]
    assert len({c.key for c in claims}) == 2


def test_a_headline_echoes_the_body() -> None:
    _, claims = events("Tanaka meets Doe in Bern\n\nTrade Minister Ken Tanaka met Jane Doe in Bern on Friday.\n")
    assert sorted(c.anaphoric for c in claims) in ([False], [False, True])


@pytest.mark.parametrize(
    "text",
    [
        "Did Ken Tanaka meet Jane Doe on Friday?",
        "The target of two percent was met on Friday.",
        "Ken Tanaka spoke to reporters on Friday.",
        "Ken Tanaka returned to his desk on Friday.",
        "The meeting room was painted on Friday.",
        "Northfield Town won the third round on Friday.",
    ],
)
def test_what_is_no_event(text: str) -> None:
    assert events(text)[1] == []

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import DefaultGraph, Literal, Quad

from kg.store import Graph
from kg.verify import days, numbers, verify
from kg.verify.view import Passage
from tests.graphs import changed, default_only, documents, faithful, literals, node, replaced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.verify import Verification

# Names of rules and of the version are of the program, not of the text: nothing could support them.
OF_THE_PROGRAM = ("https://w3id.org/parley/terms#rule",)


def check(quads: Iterable[Quad]) -> Verification:
    return verify(Graph.from_quads(quads), documents())


def of_the_text(quads: Iterable[Quad]) -> list[Quad]:
    return [q for q in literals(tuple(quads))
            if q.predicate.value not in OF_THE_PROGRAM and "/version/" not in str(q.subject)]  # fmt: skip


def test_faithful_graph_is_supported_at_both_levels() -> None:
    whole = check(faithful())
    assert whole.problems == ()
    assert whole.checked > 500
    assert whole.sentences


def test_turtle_is_checked_at_fact_level_and_says_so() -> None:
    known = check(default_only(faithful()))
    assert known.problems == ()
    assert not known.sentences
    assert "at fact level" in str(known)


@pytest.mark.parametrize("everywhere", [False, True], ids=["in one graph", "in all graphs"])
def test_every_changed_literal_is_reported(everywhere: bool) -> None:
    quads = faithful()
    found = of_the_text(quads)
    missed = [q for q in found if not check(replaced(quads, q, changed(as_literal(q)), everywhere=everywhere)).problems]
    assert missed == []


def test_every_changed_literal_of_a_turtle_file_is_reported() -> None:
    quads = tuple(default_only(faithful()))
    found = of_the_text(quads)
    missed = [q for q in found if not check(replaced(quads, q, changed(as_literal(q)), everywhere=True)).problems]
    assert missed == []


def as_literal(quad: Quad) -> Literal:
    assert isinstance(quad.object, Literal)
    return quad.object


def test_report_names_triple_sentence_and_reason() -> None:
    quads = faithful()
    stated = next(q for q in quads if q.predicate == node("kg:minutes") and q.graph_name != DefaultGraph())
    outcome = check(replaced(quads, stated, Literal("61.0", datatype=node("xsd:decimal")), everywhere=True))
    line = next(str(p) for p in outcome.problems if p.sentence)
    assert line == (
        'event:d1-meeting-doe-tanaka kg:minutes "61" in '
        "<https://w3id.org/parley/id/document/d1#char=344,417>: the words do not say so"
    )


@pytest.mark.parametrize(
    ("fact", "property", "wrong"),
    [
        ("event/d1-meeting-doe-tanaka", "kg:participant", "person/john-smith"),
        ("event/d2-call-doe-tanaka-1", "kg:participant", "person/john-smith"),
        ("tariff/d1-us-jp-auto-parts", "kg:target", "country/EU"),
        ("tariff/d1-us-jp-auto-parts", "kg:product", "product/imported-cars"),
        ("tenure/d1-mary-major-eu-trade-envoy", "kg:post", "post/us-president"),
        ("statement/d2-1", "kg:speaker", "person/ken-tanaka"),
    ],
)
def test_another_name_is_reported(fact: str, property: str, wrong: str) -> None:
    quads, subject, other = faithful(), node(f"id:{fact}"), node(f"id:{wrong}")
    old = next(q.object for q in quads if q.subject == subject and q.predicate == node(property))
    triple = (subject, node(property), old)
    swapped = [Quad(q.subject, q.predicate, other, q.graph_name)
               if (q.subject, q.predicate, q.object) == triple else q for q in quads]  # fmt: skip
    assert [p.property for p in check(swapped).problems if p.sentence] == [property]


def test_triple_without_sentence_is_reported() -> None:
    extra = Quad(node("id:event/d2-summit-jp-us"), node("kg:topic"), node("id:topic/shipping"))
    assert [p.why for p in check([*faithful(), extra]).problems] == ["no sentence that the fact cites says so"]


def test_office_without_tenure_is_reported() -> None:
    extra = Quad(node("id:person/mary-major"), node("org:holds"), node("id:post/eu-trade-envoy"))
    assert [p.why for p in check([*faithful(), extra]).problems] == ["no tenure says so"]


def test_missing_and_changed_documents_are_reported() -> None:
    graph = Graph.from_quads(faithful())
    first, second = documents()
    assert any("was not given" in p.why for p in verify(graph, [first]).problems)
    edited = replace(second, text=second.text.replace("20 minutes", "25 minutes"))
    assert {p.property for p in verify(graph, [first, edited]).problems} >= {"kg:text", "kg:minutes"}


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("for about an hour", {60}), ("half an hour", {30}), ("an hour and 50 minutes", {110}),
        ("an hour and a half", {90}),
        ("an hour and a quarter", {75}), ("two and a quarter hours", {135}), ("two and a half hours", {150}),
        ("a 45-minute call", {45}),
        ("twenty-five minutes", {25}), ("15 and 20 minutes", {15, 20}), ("a two-hour meeting", {120}),
        ("from 2:00 p.m. to 3:30 p.m.", {90}), ("three quarters of an hour", {45}), ("two days", set()),
        ("an hour-long meeting", {60}), ("1.5 hours", {90}), ("two hours, 10 minutes", {130}),
    ],
)  # fmt: skip
def test_minutes_are_read_from_words(words: str, minutes: set[int]) -> None:
    assert numbers.minutes(words) == minutes


@pytest.mark.parametrize(
    ("words", "percents"),
    [
        ("to 27.5 percent from 2.5 percent", {"27.5", "2.5"}), ("15% in 2025", {"15"}),
        ("25 and 40 percent respectively", {"25", "40"}), ("adding 25 percentage points", {"25"}),
        ("Japan 24", {"24"}), ("ten per cent on 3 goods", {"10"}), ("scrap the 25 percent tariff", {"25", "0"}),
    ],
)  # fmt: skip
def test_percents_are_read_from_words(words: str, percents: set[str]) -> None:
    assert {str(n) for n in numbers.percents(words)} == percents


def test_ordinals_are_read_from_words() -> None:
    assert numbers.ordinals("the seventh round") == {7}
    assert numbers.ordinals("the 21st round") == {21}
    assert numbers.ordinals("Round 5, and round six") == {5, 6}
    assert numbers.ordinals("the opening round") == {1}
    assert 22 in numbers.ordinals("the twenty-second round")
    assert numbers.ordinals("5 rounds") == set()


def passage(words: str, before: str = "") -> Passage:
    first = documents()[0]
    text = before + words
    block = replace(first.blocks[1], start=0, end=len(text))
    stored = replace(first, text=text, published="2025-06-28", place_date=None, blocks=(block,))
    return Passage(stored, len(before), len(text))


@pytest.mark.parametrize(
    ("day", "words", "before"),
    [
        ("2025-06-26", "He arrived on Thursday.", ""),
        ("2025-06-27", "They met yesterday.", ""),
        ("2025-07-09", "The pause ends on July 9.", ""),
        ("2025-04", "It was raised in April.", ""),
        ("2024-03", "It was signed in March 2024.", ""),
        ("2025-06", "They meet next week.", ""),
        ("2025-06-27", "The calls came a day after they met.", "They met on Thursday. "),
        ("2025-06-26", "They spoke again in the evening.", "They spoke on Thursday morning. "),
        ("2024", "It was agreed last year.", ""),
        ("2025-07-14", "There are 16 days left.", ""),
        ("2025-06-20", "They met from June 18 to 20.", ""),
    ],
)
def test_dates_are_read_from_words(day: str, words: str, before: str) -> None:
    assert days.states(day, passage(words, before))
    other = f"{int(day[:4]) + 2}{day[4:]}" if len(day) < 10 else changed(Literal(day, datatype=node("xsd:date"))).value
    assert not days.states(other, passage(words, before))

"""Where documents differ on a value: what is a disagreement, what is history, and how both stand in the graph."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kg.join import join
from kg.model import FactKind
from kg.query import ask
from kg.result import Result
from kg.stages.state import lines
from kg.stages.validate import check
from kg.store import Graph
from tests.told import Told

BOTH = ("Ken Tanaka", "Jane Doe")
DAY = "2025-06-27"


def told(name: str, published: str = "2025-06-29", **known: str) -> Told:
    return Told(name, published, **known).person("Ken Tanaka", "JP").person("Jane Doe", "US")


def call(name: str, minutes: int | None, *, about: bool = False, published: str = "2025-06-29", **known: str) -> Told:
    values: dict[str, Any] = {"minutes": Decimal(minutes), "approximate": about} if minutes else {}
    return told(name, published, **known).event(FactKind.CALL, BOTH, date=DAY, **values)


def found(*documents: Told) -> list[tuple[str, list[object], list[str]]]:
    """Property, values and documents of each disagreement."""
    every = join(one.facts() for one in documents).disagreements
    return [(d.property, [r.value for r in d.readings], sorted({e.document for r in d.readings for e in r.evidence}))
            for d in every]  # fmt: skip


def test_two_lengths_that_cannot_both_be_right() -> None:
    assert found(call("d1", 15), call("d2", 20)) == [("minutes", [Decimal(15), Decimal(20)], ["d1", "d2"])]
    assert found(call("d1", 15), call("d2", 15)) == []
    assert found(call("d1", 15), call("d2", None)) == []
    assert found(call("d1", 55, about=True), call("d2", 60)) == []
    assert found(call("d1", 30, about=True), call("d2", 60)) == [("minutes", [Decimal(30), Decimal(60)], ["d1", "d2"])]


def test_each_value_has_all_its_sentences() -> None:
    (one,) = join(d.facts() for d in (call("d1", 15), call("d2", 20), call("d3", 20))).disagreements
    assert (one.id, one.about) == ("disagreement/d1-0-minutes", "event/d1-0")
    assert [(r.id, [e.document for e in r.evidence]) for r in one.readings] == [
        ("reading/d1-0-minutes-15", ["d1"]), ("reading/d1-0-minutes-20", ["d2", "d3"]),
    ]  # fmt: skip


def test_a_publisher_that_corrects_itself_is_history() -> None:
    first = call("d1", 15, published="2025-06-28", publisher="Example Wire")
    later = call("d2", 20, publisher="Example Wire")
    assert found(first, later) == []
    other = call("d3", 25, publisher="Daily Sample")
    assert found(first, later, other) == [("minutes", [Decimal(20), Decimal(25)], ["d2", "d3"])]


def test_a_correction_goes_before_what_the_publisher_said_on_that_day() -> None:
    wrong = call("d2", 15, publisher="Example Wire")
    right = call("d1", 20, publisher="Example Wire", headline="CORRECTED: Ministers speak by phone")
    assert found(wrong, right, call("d3", 20)) == []
    (fact,) = join(d.facts() for d in (wrong, right)).facts
    plain = call("d1", 20, publisher="Example Wire")
    assert found(wrong, plain, call("d3", 20)) == [("minutes", [Decimal(15), Decimal(20)], ["d2", "d3"])]
    assert len(fact.evidence) == 2


def test_days_disagree_unless_one_lies_in_the_other() -> None:
    def round_on(name: str, day: str) -> Told:
        return told(name, place="WASHINGTON").event(FactKind.ROUND, BOTH, round=5, date=day)

    assert found(round_on("d1", "2025-06-26"), round_on("d2", DAY)) == [("date", ["2025-06-26", DAY], ["d1", "d2"])]
    assert found(round_on("d1", "2025-06"), round_on("d2", DAY)) == []


def test_the_number_of_a_round_is_that_of_its_plan() -> None:
    def round_told(name: str, number: int, status: str) -> Told:
        return told(name).event(FactKind.ROUND, BOTH, date=DAY, round=number, status=status, city="Geneva, CH")

    planned, held = round_told("d1", 4, "Planned"), round_told("d2", 3, "Held")
    assert [(what, values) for what, values, _ in found(planned, held)] == [("round", [3, 4])]
    assert found(round_told("d1", 3, "Planned"), held) == []


def test_two_first_days_of_one_round_of_several_days_disagree() -> None:
    def days_of(name: str, first: str) -> Told:
        return told(name).event(FactKind.ROUND, BOTH, date=first, endDate=DAY, round=3)

    near = [d.person("Ann Poe", "CA") for d in (days_of("d1", "2025-06-25"), days_of("d2", "2025-06-24"))]
    assert found(*near) == [], "the zones of those who take part lie far apart"

    def of_neighbours(name: str, first: str) -> Told:
        one = Told(name).person("Jean Poe", "FR").person("Eva Roe", "DE")
        return one.event(FactKind.ROUND, ("Jean Poe", "Eva Roe"), date=first, endDate=DAY, round=3)

    (one,) = found(of_neighbours("d1", "2025-06-25"), of_neighbours("d2", "2025-06-24"))
    assert one[:2] == ("date", ["2025-06-24", "2025-06-25"])


def test_days_of_a_tariff_are_those_of_its_status() -> None:
    def duty(name: str, status: str, day: str) -> Told:
        return told(name).tariff("US", "JP", "cars", "25", status=status, date=day)

    assert found(duty("d1", "Threatened", "2025-08-05"), duty("d2", "Paused", "2025-09-05")) == []
    threatened = found(duty("d1", "Threatened", "2025-08-05"), duty("d2", "Threatened", "2025-08-19"))
    assert threatened == [("date", ["2025-08-05", "2025-08-19"], ["d1", "d2"])]


def test_local_days_of_one_moment_do_not_disagree() -> None:
    west = call("d1", 15, place="WASHINGTON")
    east = told("d2", place="TOKYO").event(FactKind.CALL, BOTH, date="2025-06-28")
    again = told("d3", place="WASHINGTON").event(FactKind.CALL, BOTH, date="2025-06-28")
    assert found(west, east) == found(west, east, again) == []


def test_a_plan_that_came_out_otherwise_does_not_disagree() -> None:
    plan = told("d1", "2025-06-25").event(FactKind.MEETING, BOTH, date=DAY, status="Planned", minutes=Decimal(30))
    held = told("d2").event(FactKind.MEETING, BOTH, date=DAY, minutes=Decimal(50))
    assert found(plan, held) == []


def test_two_cities_disagree_and_a_spot_within_one_does_not() -> None:
    def met(name: str, city: str) -> Told:
        return told(name).event(FactKind.MEETING, BOTH, date=DAY, city=city)

    assert found(met("d1", "Bern, CH"), met("d2", "Geneva, CH")) == [
        ("place", ["place/bern", "place/geneva"], ["d1", "d2"]),
    ]  # fmt: skip
    assert found(met("d1", "Bern, CH"), met("d2", "Bern, CH")) == []
    assert found(met("d1", "Bern, CH"), met("d2", "Switzerland, CH")) == []


def test_a_disagreement_stands_in_the_graph_and_the_named_question_finds_it() -> None:
    every = lines(join(d.facts() for d in (call("d1", 15, publisher="Example Wire"), call("d2", 20))))
    assert check(every) == every
    rows = ask(Graph.from_lines(every), "disagreements", {})
    assert isinstance(rows, Result)
    assert [tuple(str(cell) for cell in row)[1:3] for row in rows] == [("minutes", "15"), ("minutes", "20")]

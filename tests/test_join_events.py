"""Which events of different documents are one: every case with a pair that must join and one that must not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.join import join
from kg.model import FactKind, Ref
from tests.told import Told, current, groups, joined

CALL, MEETING, ROUND, VISIT = FactKind.CALL, FactKind.MEETING, FactKind.ROUND, FactKind.VISIT
BOTH = ("Ken Tanaka", "Jane Doe")
DAY = "2025-06-27"


def told(name: str, published: str | None = "2025-06-29", *, place: str | None = None) -> Told:
    """A document that knows Ken Tanaka (JP), Jane Doe and Mary Roe (US)."""
    one = Told(name, published, place=place)
    return one.person("Ken Tanaka", "JP").person("Jane Doe", "US").person("Mary Roe", "US")


def pair(kind: FactKind, first: dict[str, object], second: dict[str, object]) -> list[list[str]]:
    """The groups of two events of the same two people in two documents."""
    a, b = told("d1"), told("d2")
    for one, values in ((a, first), (b, second)):
        one.event(kind, **{"people": BOTH, **values})  # type: ignore[arg-type]
    return groups(a, b)


STATES = {"people": (), "parties": ("JP", "US")}
ONE, TWO = [["d1-0", "d2-0"]], [["d1-0"], ["d2-0"]]


@pytest.mark.parametrize(
    ("kind", "first", "second", "expected"),
    [
        # the day
        (MEETING, {"date": DAY}, {"date": DAY}, ONE),
        (MEETING, {"date": DAY}, {"date": "2025-06-25"}, TWO),
        (MEETING, {"date": DAY}, {"date": "2025-06", "earliest": "2025-06-23", "latest": "2025-06-29"}, ONE),
        (MEETING, {"date": DAY}, {"date": "2025-06", "earliest": "2025-06-16", "latest": "2025-06-22"}, TWO),
        (MEETING, {"date": DAY}, {"date": "2025-06"}, ONE),
        (MEETING, {"date": DAY}, {"date": "2025-05"}, TWO),
        (MEETING, {"date": DAY}, {}, ONE),
        (MEETING, {"date": "2025-03-27"}, {}, TWO),  # long before the report that tells no day
        # what kind, and who
        (MEETING, {"date": DAY}, {"date": DAY, "people": ("Ken Tanaka", "Mary Roe")}, TWO),
        (MEETING, {"date": DAY}, {"date": DAY, "people": (*BOTH, "Mary Roe")}, ONE),
        (MEETING, {"date": DAY}, {"date": DAY, "people": ("Ken Tanaka",), "parties": ("US",)}, ONE),
        (MEETING, {"date": DAY}, {"date": DAY, "people": ("Ken Tanaka",), "parties": ("EU",)}, TWO),
        (MEETING, {"date": DAY, "people": (), "parties": ("JP", "US")},
         {"date": DAY, "people": (), "parties": ("US", "JP")}, ONE),
        (MEETING, {"date": DAY, "people": (), "parties": ("JP", "US")},
         {"date": DAY, "people": (), "parties": ("JP", "EU")}, TWO),
        (MEETING, {"date": DAY, "people": (), "parties": ("DE", "FR")},
         {"date": DAY, "people": (), "parties": ("DE", "FR")}, ONE),  # two members of one union are two sides
        # ordinals
        (ROUND, {"round": 5, "date": DAY}, {"round": 5}, ONE),
        (ROUND, {"round": 5, "date": DAY}, {"round": 6, "date": DAY}, ONE),  # of the same two: a careless number
        (ROUND, {"round": 5, "date": DAY, **STATES}, {"round": 6, "date": DAY, **STATES}, TWO),
        (ROUND, {"round": 5, "date": "2025-07-10", **STATES, "status": "Planned"},
         {"round": 5, "date": "2025-07-17", **STATES, "status": "Planned"}, ONE),  # moved, though neither says so
        (ROUND, {"round": 5, "date": "2025-07-10", **STATES, "status": "Planned"},
         {"round": 6, "date": "2025-07-17", **STATES, "status": "Planned"}, TWO),
        (ROUND, {"round": 5, "date": DAY}, {"round": 5, "date": "2025-06-26"}, ONE),  # a careless date
        (ROUND, {"round": 5, "date": DAY, "city": "Bern, CH"}, {"round": 6, "date": DAY, "city": "Bern, CH"}, ONE),
        (ROUND, {"round": 5, "date": DAY, "city": "Bern, CH"}, {"round": 6, "date": DAY, "city": "London, GB"}, ONE),
        (ROUND, {"round": 5, "date": DAY, "city": "Bern, CH", **STATES},
         {"round": 6, "date": DAY, "city": "London, GB", **STATES}, TWO),
        # part of the day, clock, length
        (CALL, {"date": DAY, "partOfDay": "morning"}, {"date": DAY, "partOfDay": "morning"}, ONE),
        (CALL, {"date": DAY, "partOfDay": "morning"}, {"date": DAY, "partOfDay": "evening"}, TWO),
        (CALL, {"date": DAY, "partOfDay": "night"}, {"date": DAY, "partOfDay": "evening"}, ONE),
        (CALL, {"date": DAY, "time": "09:30:00"}, {"date": DAY, "time": "10:00:00"}, ONE),
        (CALL, {"date": DAY, "time": "09:30:00"}, {"date": DAY, "time": "16:00:00"}, TWO),
        (CALL, {"date": DAY, "minutes": Decimal(15)}, {"date": DAY, "minutes": Decimal(50)}, ONE),  # careless
        (CALL, {"date": DAY, "minutes": Decimal(15)}, {"minutes": Decimal(50)}, TWO),
        # where
        (MEETING, {"date": DAY, "city": "Bern, CH"}, {"date": DAY, "city": "Bern, CH"}, ONE),
        (MEETING, {"date": DAY, "city": "Bern, CH"}, {"date": DAY, "city": "Geneva, CH"}, ONE),  # one is wrong
        (MEETING, {"date": DAY, "city": "Bern, CH"}, {"city": "Geneva, CH"}, TWO),
        (VISIT, {"date": DAY, "city": "Bern, CH"}, {"date": DAY, "city": "London, GB"}, TWO),
        # standing
        (MEETING, {"date": DAY, "status": "Planned"}, {"date": DAY}, ONE),
        (MEETING, {"date": DAY, "status": "Cancelled"}, {"date": DAY}, TWO),
        (MEETING, {"date": DAY, "status": "Planned"}, {"date": DAY, "status": "Cancelled"}, ONE),
        (CALL, {"date": DAY}, {"date": DAY, "status": "Denied"}, ONE),
        (MEETING, {"date": "2025-06-26"}, {"status": "Planned"}, TWO),  # still ahead on the 29th
    ],
)  # fmt: skip
def test_two_reports(
    kind: FactKind, first: dict[str, object], second: dict[str, object], expected: list[list[str]]
) -> None:
    assert pair(kind, first, second) == expected
    assert pair(kind, second, first) == expected


def test_a_call_is_no_meeting() -> None:
    assert groups(told("d1").event(CALL, BOTH, date=DAY), told("d2").event(MEETING, BOTH, date=DAY)) == TWO


def test_a_round_has_many_meetings() -> None:
    rounds = told("d1").event(ROUND, (), ("JP", "US"), round=5, date=DAY)
    meeting = told("d2").event(MEETING, BOTH, date=DAY)
    assert groups(rounds, meeting) == TWO
    assert {f.id: f.possibly_same for f in joined(rounds, meeting)} == {
        "event/d1-0": ("event/d2-0",), "event/d2-0": ("event/d1-0",),
    }  # fmt: skip
    assert groups(told("d1").event(ROUND, BOTH, round=5, date=DAY), meeting) == ONE


def test_twice_and_two_separate_calls_are_two() -> None:
    twice = told("d1").event(CALL, BOTH, sentence="They spoke twice.", date=DAY)
    twice.event(CALL, BOTH, sentence="They spoke twice.", date=DAY)
    apart = told("d2").event(CALL, BOTH, date=DAY, partOfDay="morning", minutes=Decimal(15))
    apart.event(CALL, BOTH, date=DAY, partOfDay="evening", minutes=Decimal(20))
    expected = [["d1-0", "d2-0"], ["d1-1", "d2-1"]]
    assert groups(twice, apart) == groups(apart, twice) == expected
    evening = told("d3").event(CALL, BOTH, date=DAY, partOfDay="evening", minutes=Decimal(20), approximate=True)
    assert groups(twice, apart, evening) == [["d1-0", "d2-0"], ["d1-1", "d2-1", "d3-0"]]
    assert len(groups(twice, evening)) == 2


def test_one_call_that_may_be_either_of_two_stays_apart_and_says_so() -> None:
    apart = told("d1").event(CALL, BOTH, date=DAY, partOfDay="morning").event(CALL, BOTH, date=DAY, partOfDay="evening")
    one = told("d2").event(CALL, BOTH, date=DAY)
    assert groups(apart, one) == [["d1-0"], ["d1-1"], ["d2-0"]]
    maybe = {f.id: f.possibly_same for f in joined(apart, one)}
    assert maybe == {"event/d1-0": ("event/d2-0",), "event/d1-1": ("event/d2-0",),
                     "event/d2-0": ("event/d1-0", "event/d1-1")}  # fmt: skip


def test_no_chain_of_reports_joins_two_events_that_a_document_tells_apart() -> None:
    apart = told("d1").event(MEETING, BOTH, date="2025-06-26").event(MEETING, BOTH, date=DAY)
    vague = told("d2").event(MEETING, BOTH, date="2025-06")
    exact = told("d3").event(MEETING, BOTH, date=DAY)
    assert groups(apart, vague, exact) == [["d1-0"], ["d1-1", "d3-0"], ["d2-0"]]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("WASHINGTON", DAY, "evening"), ("TOKYO", "2025-06-28", "morning"), ONE),
        (("WASHINGTON", DAY, None), ("TOKYO", "2025-06-28", None), ONE),
        (("TOKYO", DAY, None), ("WASHINGTON", "2025-06-28", None), TWO),  # the east is ahead
        (("WASHINGTON", DAY, "morning"), ("TOKYO", "2025-06-28", "evening"), TWO),
        (("WASHINGTON", DAY, None), ("WASHINGTON", "2025-06-28", None), TWO),
    ],
)
def test_local_dates(
    first: tuple[str, str, str | None], second: tuple[str, str, str | None], expected: list[list[str]]
) -> None:
    documents = []
    for name, (place, day, part) in (("d1", first), ("d2", second)):
        values = {"partOfDay": part} if part else {}
        documents.append(told(name, place=place).event(CALL, BOTH, date=day, **values))
    assert groups(*documents) == expected
    assert join(t.facts() for t in documents).disagreements == ()


def test_two_zones_need_states_that_are_far_apart() -> None:
    documents = []
    for name, place, day in (("d1", "LONDON", DAY), ("d2", "BERN", "2025-06-28")):
        one = Told(name, place=place).person("Ann Low", "GB").person("Reto Frei", "CH")
        documents.append(one.event(CALL, ("Ann Low", "Reto Frei"), date=day))
    assert groups(*documents) == TWO


def test_parts_of_a_day_are_local_too() -> None:
    west, east = told("d1", place="WASHINGTON"), told("d2", place="LONDON")
    west.event(CALL, BOTH, date=DAY, partOfDay="afternoon")
    east.event(CALL, BOTH, date=DAY, partOfDay="night")
    assert groups(west, east) == ONE
    near = told("d2", place="WASHINGTON").event(CALL, BOTH, date=DAY, partOfDay="night")
    assert groups(west, near) == TWO


def test_three_who_meet_in_one_city_do_so_once_in_two_days() -> None:
    def meet(name: str, day: str, people: tuple[str, ...]) -> Told:
        one = Told(name).person("Jean Poe", "FR").person("Eva Roe", "DE").person("Max Doe", "DE")
        return one.event(MEETING, people, date=day, city="Geneva, CH")

    two, three = ("Jean Poe", "Eva Roe"), ("Jean Poe", "Eva Roe", "Max Doe")
    assert groups(meet("d1", "2025-06-26", three), meet("d2", DAY, three)) == ONE
    assert groups(meet("d1", "2025-06-26", two), meet("d2", DAY, two)) == TWO


def test_a_meeting_in_the_east_is_on_one_day_in_europe_too() -> None:
    def meet(name: str, day: str, city: str) -> Told:
        one = Told(name, "2025-06-29").person("Ken Mori", "JP").person("Eva Roe", "DE")
        return one.event(MEETING, ("Ken Mori", "Eva Roe"), date=day, city=city, minutes=45)

    tokyo, berlin = (join(t.facts() for t in (meet("d1", "2025-06-26", city), meet("d2", DAY, city)))
                     for city in ("Tokyo, JP", "Berlin, DE"))
    assert [d.property for d in tokyo.disagreements] == ["date"]
    assert berlin.disagreements == ()


def test_two_days_of_talks_told_by_their_host_are_the_round() -> None:
    both = told("d1").event(ROUND, (), ("JP", "US"), date="2025-06-26", endDate=DAY, round=3)
    host = told("d2").event(MEETING, (BOTH[0],), ("JP", "US"), date="2025-06-26", endDate=DAY)
    assert groups(both, host) == ONE


def test_the_host_of_a_round_may_be_told_alone() -> None:
    def round_of(name: str, people: tuple[str, ...], parties: tuple[str, ...], number: int) -> Told:
        one = told(name).person("Ann Poe", "CH")
        return one.event(ROUND, people, parties, date=DAY, round=number)

    sides = round_of("d1", BOTH, (), 9)
    assert groups(sides, round_of("d2", ("Ann Poe",), ("JP", "US", "CH"), 9)) == ONE
    assert groups(sides, round_of("d2", ("Ann Poe",), ("CA", "CH"), 8)) == TWO


def test_planned_and_then_held_is_one_event_that_is_held() -> None:
    plan = told("d1", "2025-06-25").event(MEETING, BOTH, date=DAY, status="Planned")
    held = told("d2").event(MEETING, BOTH, date=DAY, minutes=Decimal(60))
    (fact,) = joined(plan, held)
    assert (fact.id, fact.replaces) == ("event/d1-0", ("event/d2-0",))
    assert current(fact)["status"] == "Held"
    assert [(a.evidence.document, a.value) for a in fact.assertions if a.property == "status"] == [
        ("d1", "Planned"), ("d2", "Held"),
    ]  # fmt: skip


def test_a_plan_without_a_day_is_the_meeting_that_follows_and_not_one_before() -> None:
    plan = told("d1", "2025-06-25").event(MEETING, BOTH, status="Sought")
    assert groups(plan, told("d2").event(MEETING, BOTH, date=DAY)) == ONE
    assert groups(plan, told("d2").event(MEETING, BOTH, date="2025-06-10")) == TWO


def test_a_postponed_meeting_moves_its_day_and_another_one_is_another() -> None:
    plan = told("d1", "2025-06-01").event(MEETING, BOTH, date="2025-06-20", status="Planned")
    moved = told("d2", "2025-06-19").event(MEETING, BOTH, date=DAY, status="Planned", sentence=(
        "The meeting was postponed to Friday."))  # fmt: skip
    held = told("d3").event(MEETING, BOTH, date=DAY)
    assert groups(plan, moved, held) == [["d1-0", "d2-0", "d3-0"]]
    assert current(joined(plan, moved, held)[0])["date"] == DAY
    assert join(t.facts() for t in (plan, moved)).disagreements == ()
    assert groups(plan, held) == [["d1-0"], ["d3-0"]], "nobody says that it was moved"
    other = told("d2", "2025-06-19").event(MEETING, BOTH, date=DAY, status="Planned")
    assert groups(plan, other) == TWO


def test_a_reprint_adds_a_source_and_no_fact() -> None:
    words = "Ken Tanaka and Jane Doe spoke by phone on Friday evening, the ministry said."
    first = told("d1", "2025-06-28").event(CALL, ("Ken Tanaka",), sentence=words)
    again = told("d2", "2025-07-02").event(CALL, ("Ken Tanaka",), sentence=words)
    (fact,) = joined(first, again)
    assert {e.document for e in fact.evidence} == {"d1", "d2"}
    alone = joined(first)[0]
    assert fact.confidence == alone.confidence, "the same words are one witness"
    words = "Another sentence that is about as long as the first one."
    other = told("d2", "2025-07-02").event(CALL, ("Ken Tanaka",), sentence=words)
    assert len(joined(first, other)) == 2


def test_a_denial_stands_beside_what_it_denies() -> None:
    held = told("d1").event(CALL, BOTH, date=DAY)
    denied = told("d2").event(CALL, BOTH, date=DAY, status="Denied")
    denied.fact(FactKind.STATEMENT, "Japan denied it.", "statement/d2-1", speaker=denied.state("JP"),
                text="there was no call", denies=Ref("event/d2-0"))  # fmt: skip
    facts = {f.id: f for f in joined(held, denied)}
    assert current(facts[Ref("event/d1-0")])["status"] == "Held"
    assert current(facts[Ref("statement/d2-1")])["denies"] == "event/d1-0"


def test_a_group_that_would_break_a_shape_is_split_and_reported() -> None:
    early = told("d1", "2025-06-20").event(MEETING, BOTH, date="2025-06", status="Held")
    ahead = told("d2", "2025-06-20").event(MEETING, BOTH, date="2025-06-28", status="Planned")
    found = join([early.facts(), ahead.facts()])
    assert [(f.id, f.possibly_same) for f in found.facts] == [
        ("event/d1-0", ("event/d2-0",)), ("event/d2-0", ("event/d1-0",)),
    ]  # fmt: skip
    assert found.warnings == (
        "event/d1-0: if the reports of d1, d2 were one, it would be held more than a day after its newest report;"
        " so they stay apart",
    )


def test_the_earliest_report_names_the_event_and_undated_ones_come_last() -> None:
    late, none, early = (told(n, p).event(MEETING, BOTH, date=DAY) for n, p in
                         (("d1", "2025-06-29"), ("d2", None), ("d3", "2025-06-28")))  # fmt: skip
    (fact,) = joined(late, none, early)
    assert (fact.id, fact.replaces) == ("event/d3-0", ("event/d1-0", "event/d2-0"))

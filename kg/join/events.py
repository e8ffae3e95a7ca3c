"""Which events that different documents report are one.

What speaks for it is counted in points. The two most telling things are who met (at most 4) and when (at most 3):
the same two people on the same day are one event unless something contradicts; the same states without people need
the day as well. The numbers were set by hand so that each pair of cases in `tests/test_join_events.py` comes out.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from kg.join.cluster import Report, Rules, cluster
from kg.join.days import CARELESS, FACED, UNTOLD
from kg.join.days import when as when_of
from kg.join.differ import minutes_agree
from kg.join.sources import told_in
from kg.lexicon import mapping
from kg.model import FactKind, Ref

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from kg.join.happening import Happening
    from kg.join.sources import Sources
    from kg.model import Fact

Key: TypeAlias = "tuple[str, Hashable]"
JOIN, POSSIBLE = 4.0, 3.25
_REPRINT = 4.0  # the same sentence printed twice tells of one event, however little it says
_LATER = 60  # minutes between two clock times of one event
_HOURS = {"morning": 9, "noon": 12, "afternoon": 15, "evening": 19, "night": 22}
_PART = 3  # hours that a part of the day leaves open, and from which two zones tell one moment by two parts of a day
_SOFT = ({"afternoon", "evening"}, {"evening", "night"}, {"morning", "noon"}, {"afternoon", "noon"})
_WEEK = 7
_LONG = 62  # days: a stretch that is longer tells too little to look for events by their states alone


def joined(
    facts: Sequence[Fact], says: Mapping[Ref, Happening], sources: Sources
) -> tuple[list[list[Ref]], list[tuple[Ref, Ref]]]:
    """Groups of events that are one, and pairs that are possibly the same."""
    reports = [Report(fact.id, told_in(fact), says[fact.id], sources.sentences(fact)) for fact in facts]
    return cluster(reports, Rules(fit, _pairs, JOIN, POSSIBLE))


def _pairs(says: list[Happening]) -> Iterator[tuple[int, int]]:
    """Pairs that have a person or two states in common and days that may be the same, each once."""
    blocks: dict[Key, list[int]] = defaultdict(list)
    for n, one in enumerate(says):
        for key in keys(one):
            blocks[key].append(n)
    seen: set[tuple[int, int]] = set()
    for key, block in blocks.items():
        block.sort(key=lambda n: says[n].first)
        for at, a in enumerate(block):
            last = reach(says[a])
            for b in block[at + 1 :]:
                if says[b].first > last:
                    break
                if found_by(key, says[a], says[b]):
                    seen.add((min(a, b), max(a, b)))
    yield from sorted(seen)


def keys(one: Happening) -> list[Key]:
    """What another report of the event has in common with this one: its family, and a person or two states."""
    family = "talk" if one.family in ("meet", FactKind.CALL) else one.family
    found: list[Hashable] = [*one.persons, *combinations(sorted(one.parties), 2)]
    found += [(party, one.round) for party in sorted(one.parties) if one.round is not None]
    return [(family, key) for key in found]


def reach(one: Happening) -> int:
    """The last day on which a report of the same event may begin: later where the day may have changed."""
    return one.last + (CARELESS if one.stage == "held" else _LONG)


def found_by(key: Key, one: Happening, other: Happening) -> bool:
    """Whether two reports are found by a key: two that both name people have one in common, or no other key."""
    return isinstance(key[1], Ref) or not _both_name(one, other)


def _both_name(one: Happening, other: Happening) -> bool:
    too_long = max(one.last - one.first, other.last - other.first) > _LONG and one.round is None
    return too_long or bool(one.people and other.people and one.first != other.first)


def fit(one: Happening, other: Happening, reprint: bool) -> float | None:
    """How much speaks for two reports being of one event; None where they contradict.

    Args:
        one: What one document says.
        other: What another document says.
        reprint: Whether they have a sentence in common.
    """
    kind = _kinds(one, other)
    people = _people(one, other)
    if kind is None or people is None or not _stages(one, other):
        return None
    number = _numbers(one, other, people)
    if number is None or number == UNTOLD:
        return number
    when = when_of(one, other, people)
    when = max(when or 0.0, 2.0) if reprint else when
    if when is None or when == UNTOLD:
        return when
    details = _details(one, other, when)
    where = _where(one, other, close=(people >= FACED or number > 0) and when >= 3)
    if details is None:
        return None
    if where is None:  # of one day or number and the same states: another report may tell that one city is wrong
        nested = one.sides <= other.sides or other.sides <= one.sides
        return UNTOLD if number > 0 or (when >= 3 and nested) else None
    score = kind + people + when + where + details + number + (0.5 if one.stage == other.stage else 0.25)
    if reprint:
        return score + _REPRINT
    return min(score, JOIN - 0.5) if _whole_and_part(one, other, people) else score


def _numbers(one: Happening, other: Happening, people: float) -> float | None:
    """Points for the numbers of rounds: on one day the same states hold one, which a report may number wrongly."""
    if None in (one.round, other.round) or one.round == other.round:
        return 2.0 if one.round is not None and other.round is not None else 0.0
    known = min(len(one.sides), len(other.sides)) > 1 or bool(one.sides & other.sides and one.cities & other.cities)
    same = known and one.dated and other.dated and _within_a_week(one, other)
    if same and (one.sides <= other.sides or other.sides <= one.sides or _same_round(one, other)):
        return -1.0 if people >= FACED or one.cities & other.cities else UNTOLD
    return UNTOLD if one.cities & other.cities and (one.moved or other.moved) else None


def _within_a_week(one: Happening, other: Happening) -> bool:
    """Whether two reports tell of days that overlap, and of few."""
    apart = one.first > other.last or other.first > one.last
    return not apart and max(one.last - one.first, other.last - other.first) < _WEEK


def _kinds(one: Happening, other: Happening) -> float | None:
    if one.kind is other.kind:
        return 0.25
    if one.family == other.family:
        return 0.0
    loose = (one.vague or other.vague) and {one.family, other.family} == {"meet", FactKind.CALL.value}
    return -0.5 if loose and one.day is not None and one.day == other.day else None


def _whole_and_part(one: Happening, other: Happening, people: float) -> bool:
    """A round or summit has many meetings: one of two people is the round only where its people are told too."""
    special = {FactKind.ROUND, FactKind.SUMMIT}
    mixed = (one.kind in special) != (other.kind in special)
    if one.dated and other.dated and one.last > one.first and (one.first, one.last) == (other.first, other.last):
        return False  # "two days of talks", of which Doe was the host, are the round of these days
    return mixed and bool(one.people or other.people) and people < 2.5 and (one.round is None) != (other.round is None)


def _people(one: Happening, other: Happening) -> float | None:
    a, b = one.persons, other.persons
    ours, theirs = one.sides, other.sides
    if not a or not b:
        ours, theirs = _unions(ours, theirs), _unions(theirs, ours)
    nested = ours <= theirs or theirs <= ours
    shared = len(ours & theirs)
    visit = one.kind is FactKind.VISIT
    round_of_both = _same_round(one, other) and shared > 0
    nested = nested or round_of_both
    if not a or not b:
        if not nested or (shared < 2 and not (visit and shared) and not round_of_both):
            return None
        equal = ours == theirs
        return (2.5 if not a and not b else 1.5) if equal else (1.5 if not a and not b else 0.5)
    common = len(a & b)
    if visit:
        return None if not common else 3.5 if a == b else 2.5
    if a == b and common >= 2:
        return 4.0
    if _sides_nested(one, other):
        if common >= 2:
            return 3.5
        if not nested:
            return None
        known = round_of_both or (one.parties == other.parties and shared >= 2)  # "Poe hosted the ninth round"
        return 2.5 if common else 1.0 if known else None
    if common >= 2 and min(len(a), len(b)) >= 3:
        return 2.0
    return 0.5 if round_of_both and one.round == other.round else None  # one names ministers, the other negotiators


def _same_round(one: Happening, other: Happening) -> bool:
    """Whether two of number, day and city of a round are the same: one report may have misread who takes part."""
    number = one.round == other.round
    day, city = one.day is not None and one.day == other.day, bool(one.cities & other.cities)
    return one.round is not None and other.round is not None and number + day + city > 1


def _unions(sides: frozenset[Ref], others: frozenset[Ref]) -> frozenset[Ref]:
    """The sides with a union in place of its members where the others name it: "the EU", "France and Germany"."""
    union = mapping("customs_unions")
    codes = ((side, Ref(f"country/{union.get(side.removeprefix('country/'))}")) for side in sides)
    return frozenset(whole if whole in others else side for side, whole in codes)


def _sides_nested(one: Happening, other: Happening) -> bool:
    """Whether for each state one report names all whom the other does: nobody stands in the place of another."""
    a, b = dict(one.people), dict(other.people)
    return all(a[s] <= b[s] or b[s] <= a[s] for s in a.keys() & b.keys())


def _stages(one: Happening, other: Happening) -> bool:
    stages = {one.stage, other.stage}
    if stages == {"held", "off"}:
        return False
    if stages == {"held", "ahead"}:
        plan, held = (one, other) if one.stage == "ahead" else (other, one)
        if plan.dated and held.dated and plan.first <= held.last and held.first <= plan.last:
            return True
        # What is still ahead after an event is another one. A day's grace: zones.
        return not (held.dated and plan.published is not None and plan.published > held.last + 1)
    return True


def _details(one: Happening, other: Happening, when: float) -> float | None:
    """Length, clock time and part of the day; other local times are no contradiction."""
    points = 0.0
    same_day = one.day is not None and one.day == other.day
    if one.minutes is not None and other.minutes is not None:
        if minutes_agree(one.minutes, one.about, other.minutes, other.about):
            points += 1.5
        elif when >= 2 or (one.round is not None and one.round == other.round):
            points -= 1.5
        else:
            return None
    if one.day is not None and other.day is not None and not same_day:
        return points
    if one.clock is not None and other.clock is not None:
        later = other.clock - one.clock
        if abs(later) > _LATER and abs(later - 60 * _ahead(one, other)) > _LATER:
            return None
        points += 1.0
    if one.part and other.part and one.part != other.part:
        if {one.part, other.part} not in _SOFT and not _by_zones(one.part, other.part, _ahead(one, other)):
            return None
        points -= 0.5
    elif one.part and other.part:
        points += 0.5
    return points


def _ahead(one: Happening, other: Happening) -> float:
    """Hours that the dateline of one is behind that of the other; 0 where one is not known."""
    return 0.0 if one.zone is None or other.zone is None else other.zone - one.zone


def _by_zones(part: str, other: str, ahead: float) -> bool:
    """Whether two parts of a day are one moment: the afternoon in Washington is the night in Cape Town."""
    known = abs(ahead) >= _PART and part in _HOURS and other in _HOURS  # a correction may say anything
    return known and abs(_HOURS[other] - _HOURS[part] - ahead) <= _PART


def _where(one: Happening, other: Happening, *, close: bool) -> float | None:
    """Cities; a call has none that counts. Where all else agrees, one of the two reports is wrong about the city."""
    if one.kind is FactKind.CALL or other.kind is FactKind.CALL:
        return 0.0
    apart = -1.0 if close and one.kind is not FactKind.VISIT else None
    if one.cities and other.cities:
        return 1.0 if one.cities & other.cities else apart
    if one.states and other.states:
        return 0.5 if one.states & other.states else apart
    return 0.0

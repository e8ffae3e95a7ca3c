"""Which events that different documents report are one.

What speaks for it is counted in points. The two most telling things are who met (at most 4) and when (at most 3):
the same two people on the same day are one event unless something contradicts; the same states without people need
the day as well. The numbers were set by hand so that each pair of cases in `tests/test_join_events.py` comes out.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from kg.join.cluster import Report, Rules, cluster
from kg.join.differ import minutes_agree
from kg.join.happening import Happening
from kg.join.merging import told_in
from kg.join.zones import APART, spread
from kg.model import FactKind, Ref

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from kg.join.merging import Sources
    from kg.model import Fact

JOIN, POSSIBLE = 4.5, 3.5
_UNTOLD = -5.0  # neither joins nor keeps apart: a plan may have been moved by another report
_CARELESS = 3  # days between two dates of one event where all else agrees: the largest seen
_REPRINT = 4.0  # the same sentence printed twice tells of one event, however little it says
_LATER = 60  # minutes between two clock times of one event
_SOFT = ({"afternoon", "evening"}, {"evening", "night"}, {"morning", "noon"}, {"afternoon", "noon"})
_LONG = 62  # days: a stretch that is longer tells too little to look for events by their states alone


def joined(
    facts: Sequence[Fact], says: Mapping[Ref, Happening], sources: Sources
) -> tuple[list[list[Ref]], list[tuple[Ref, Ref]]]:
    """Groups of events that are one, and pairs that are possibly the same."""
    reports = [Report(fact.id, told_in(fact), says[fact.id], sources.sentences(fact)) for fact in facts]
    return cluster(reports, Rules(fit, _pairs, JOIN, POSSIBLE))


def _pairs(says: list[Happening]) -> Iterator[tuple[int, int]]:
    """Pairs that have a person or two states in common and days that may be the same, each once."""
    blocks: dict[tuple[str, Hashable], list[int]] = defaultdict(list)
    for n, one in enumerate(says):
        family = "talk" if one.family in ("meet", FactKind.CALL) else one.family
        keys: list[Hashable] = [*one.persons, *combinations(sorted(one.parties), 2)]
        for key in keys:
            blocks[family, key].append(n)
    seen: set[tuple[int, int]] = set()
    for (_, key), block in blocks.items():
        block.sort(key=lambda n: says[n].first)
        for at, a in enumerate(block):
            last = says[a].last + _reach(says[a])
            for b in block[at + 1 :]:
                if says[b].first > last:
                    break
                # Two that both name people have one in common, or are found by nothing else.
                if isinstance(key, Ref) or not _both_name(says[a], says[b]):
                    seen.add((min(a, b), max(a, b)))
    yield from sorted(seen)


def _reach(one: Happening) -> int:
    """Days behind the last one in which a report of the same event may lie: longer where the day may have changed."""
    return _CARELESS if one.stage == "held" else _LONG


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
    if one.round is not None and other.round is not None and one.round != other.round:
        return None
    details = _details(one, other)
    if details is None:
        return None
    when = 2.0 if reprint else _when(one, other, people)
    if when is None:
        return None
    where = _where(one, other, close=people >= 3.5 and when >= 3)
    if where is None:
        return None
    score = kind + people + when + where + details + (0.5 if one.stage == other.stage else 0.25)
    score += 2 if one.round is not None and one.round == other.round else 0
    if reprint:
        return score + _REPRINT
    return min(score, JOIN - 0.5) if _whole_and_part(one, other, people) else score


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
    return mixed and people < 2.5 and (one.round is None) != (other.round is None)


def _people(one: Happening, other: Happening) -> float | None:
    a, b = one.persons, other.persons
    nested = one.parties <= other.parties or other.parties <= one.parties
    shared = len(one.parties & other.parties)
    visit = one.kind is FactKind.VISIT
    if not a or not b:
        if not nested or (shared < 2 and not (visit and shared)):
            return None
        equal = one.parties == other.parties
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
        return 2.5 if common else 1.0 if one.parties == other.parties and shared >= 2 else None
    return 2.0 if common >= 2 and min(len(a), len(b)) >= 3 else None


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
        # What is still ahead after an event is another one. A day's grace: zones.
        return not (held.dated and plan.published is not None and plan.published > held.last + 1)
    return True


def _when(one: Happening, other: Happening, people: float) -> float | None:
    if not one.dated or not other.dated:
        return 0.5 if one.first <= other.last and other.first <= one.last and _told_near(one, other) else _or_moved(one, other)
    a, b = one.day, other.day
    if a is not None and b is not None:
        if a == b:
            return 3.0
        if abs(a - b) == 1 and zones_explain(one, other):
            return 2.0
        return _otherwise(one, other, people)
    if one.first <= other.last and other.first <= one.last:
        if one.first == other.first and max(one.last, other.last) - one.first <= 6:
            return 2.5
        return 1.5 if max(one.last - one.first, other.last - other.first) <= 6 else 1.0
    return _otherwise(one, other, people)


def _told_near(one: Happening, other: Happening) -> bool:
    """Two reports without any date are of one event only where they come out within days."""
    if one.dated or other.dated or one.published is None or other.published is None:
        return True
    return one.round is not None or abs(one.published - other.published) <= _CARELESS


def _or_moved(one: Happening, other: Happening) -> float | None:
    return _UNTOLD if "ahead" in (one.stage, other.stage) else None


def _otherwise(one: Happening, other: Happening, people: float) -> float | None:
    """Two reports with different days: a plan that was moved, or a careless date where all else agrees."""
    gap = max(one.first, other.first) - min(one.last, other.last)
    if "ahead" in (one.stage, other.stage):
        later = one if one.first > other.first else other
        earlier = other if later is one else one
        if people >= 3.5 and later.moved and (later.published or 0) >= (earlier.published or 0):
            return 1.0
        return _UNTOLD if earlier.stage == "ahead" or one.stage == other.stage else None
    agree = [one.round is not None and one.round == other.round, bool(one.cities & other.cities),
             one.minutes is not None and one.minutes == other.minutes, one.clock is not None and one.clock == other.clock]
    if gap <= _CARELESS and (agree[0] or (people >= 4 and sum(agree) >= 2)):
        return 0.5
    return None


def zones_explain(one: Happening, other: Happening) -> bool:
    """Whether the later day is that of a place in the east: Saturday morning in Tokyo is Friday evening in Washington."""
    early, late = (one, other) if one.first < other.first else (other, one)
    if early.part in ("morning", "noon") or late.part in ("evening", "night"):
        return False
    if early.zone is not None and late.zone is not None:
        return late.zone - early.zone >= APART
    return spread(one.parties | other.parties) >= APART


def _details(one: Happening, other: Happening) -> float | None:
    """Length, clock time and part of the day; other local times are no contradiction."""
    points = 0.0
    same_day = one.day is not None and one.day == other.day
    if one.minutes is not None and other.minutes is not None:
        if minutes_agree(one.minutes, one.about, other.minutes, other.about):
            points += 1.5
        elif same_day or (one.round is not None and one.round == other.round) or _near_days(one, other):
            points -= 1.5
        else:
            return None
    if one.day is not None and other.day is not None and not same_day:
        return points
    if one.clock is not None and other.clock is not None:
        if abs(one.clock - other.clock) > _LATER:
            return None
        points += 1.0
    if one.part and other.part and one.part != other.part:
        if {one.part, other.part} not in _SOFT:
            return None
        points -= 0.5
    elif one.part and other.part:
        points += 0.5
    return points


def _near_days(one: Happening, other: Happening) -> bool:
    return one.day is not None and other.day is not None and abs(one.day - other.day) == 1 and zones_explain(one, other)


def _where(one: Happening, other: Happening, *, close: bool) -> float | None:
    """Cities; a call has none that counts. Where all else agrees, one of the two reports is wrong about the city."""
    if one.kind is FactKind.CALL or other.kind is FactKind.CALL:
        return 0.0
    if one.cities and other.cities:
        if one.cities & other.cities:
            return 1.0
        return -1.0 if close and one.kind is not FactKind.VISIT else None
    if one.states and other.states:
        return 0.5 if one.states & other.states else None
    return 0.0

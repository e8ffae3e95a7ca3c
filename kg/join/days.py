"""Whether two reports can be of one day: the same one, one in two zones, one within a week or month, or one moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.join.zones import APART, furthest_east, spread
from kg.model import FactKind

if TYPE_CHECKING:
    from kg.join.happening import Happening

UNTOLD = -5.0  # neither joins nor keeps apart: another report may tell that the day was moved, or of what zone it is
FACED = 3.5  # points for the same people of two sides
CARELESS = 3  # days between two dates of one event where all else agrees: the largest seen
_SEVERAL = 3  # who come together less often than two, so that they do not meet on two days running
_MOVED = 7  # days that a planned event goes off without a word where its people and its city stay
_OVERNIGHT = 10.0  # hours from which a morning in the east is the evening before in the west
_SMALL_HOURS = 3 * 60  # minutes of the day: before, a report of the evening before may be of the same moment


def when(one: Happening, other: Happening, people: float) -> float | None:
    """Points for the days, at most 3; None where they contradict.

    Args:
        one: What one document says.
        other: What another document says.
        people: Points for those who take part, at most 4.
    """
    if not one.dated or not other.dated:
        meet = one.first <= other.last and other.first <= one.last and _told_near(one, other)
        return 0.5 if meet else _or_moved(one, other)
    a, b = one.day, other.day
    if a is not None and b is not None:
        if a == b:
            return 3.0
        if abs(a - b) == 1 and zones_explain(one, other):
            return 2.0
        points = _otherwise(one, other, people)
        if points is None and abs(a - b) == 1 and people >= 4 and _zones_allow(one, other):
            return UNTOLD  # correspondents often write in the time of their readers, not of their dateline
        return points
    if one.first <= other.last and other.first <= one.last:
        if one.first == other.first and max(one.last, other.last) - one.first <= 6:
            return 2.5
        return 1.5 if max(one.last - one.first, other.last - other.first) <= 6 else 1.0
    return _otherwise(one, other, people)


def _told_near(one: Happening, other: Happening) -> bool:
    """Two reports without any date are of one event only where they come out within days."""
    if one.dated or other.dated or one.published is None or other.published is None:
        return True
    return one.round is not None or abs(one.published - other.published) <= CARELESS


def _or_moved(one: Happening, other: Happening) -> float | None:
    return UNTOLD if "ahead" in (one.stage, other.stage) else None


def _otherwise(one: Happening, other: Happening, people: float) -> float | None:
    """Two reports with different days: a plan that was moved, or a careless date where all else agrees."""
    gap = max(one.first, other.first) - min(one.last, other.last)
    if "ahead" in (one.stage, other.stage):
        later = one if one.first > other.first else other
        earlier = other if later is one else one
        told_later = (later.published or 0) >= (earlier.published or 0)
        known = people >= FACED or (one.sides == other.sides and not (one.people or other.people))
        if told_later and ((known and later.moved) or (earlier.stage == "ahead" and _same_number(one, other))):
            return 1.0
        kept = earlier.stage == "ahead" and later.stage == "held" and one.kind is other.kind and people >= 2.5
        near = gap <= CARELESS or (gap <= _MOVED and people >= 4 and bool(one.cities & other.cities))
        if told_later and kept and near:
            return 0.5  # put off without a word, or to a day that one report has wrong
        day_off = gap <= 1 and people >= FACED and bool(one.cities & other.cities)
        return UNTOLD if earlier.stage == "ahead" or one.stage == other.stage or day_off else None
    numbered = one.round is not None and one.round == other.round
    agree = sum([bool(one.cities & other.cities), one.minutes is not None and one.minutes == other.minutes,
                 one.clock is not None and one.clock == other.clock])  # fmt: skip
    several = gap <= 1 and len(one.persons & other.persons) >= _SEVERAL and people >= FACED and agree
    return 0.5 if several or (gap <= CARELESS and (numbered or (people >= 4 and agree >= 2))) else None


def _same_number(one: Happening, other: Happening) -> bool:
    """Whether both tell of one round by its number and states: it takes place once, whatever the day.

    Reports leave states out, or count the host and the mediator in: two in common are enough where the city agrees.
    """
    numbered = one.round is not None and one.round == other.round
    there = not one.cities or not other.cities or bool(one.cities & other.cities)
    return numbered and there and len(one.sides & other.sides) > 1


def zones_explain(one: Happening, other: Happening) -> bool:
    """Whether the later day is that of the east: Saturday morning in Tokyo is Friday evening in Washington."""
    early, late = (one, other) if one.first < other.first else (other, one)
    if early.zone is not None and late.zone is not None and late.zone - early.zone < (
        APART if late.clock is None or late.clock >= _SMALL_HOURS else 1
    ):
        return False
    return _zones_allow(one, other)


def _zones_allow(one: Happening, other: Happening) -> bool:
    """Whether two days can be one moment in the states that take part, by the parts of the day."""
    early, late = (one, other) if one.first < other.first else (other, one)
    hours = spread(one.parties | other.parties)
    if late.clock is not None and late.clock < _SMALL_HOURS and early.part in ("evening", "night"):
        return hours >= 1  # "late on Tuesday evening" and "half an hour after midnight on Wednesday"
    if early.part in ("morning", "noon") or late.part in ("evening", "night"):
        return False
    return hours >= (_OVERNIGHT if _in_the_east(one, other) else APART)


def _in_the_east(one: Happening, other: Happening) -> bool:
    """Whether two met in the state furthest east: in office hours there it is the day before only in the far west."""
    there = one.states | other.states
    met = FactKind.CALL not in (one.kind, other.kind) and bool(there)
    return met and furthest_east(there) == furthest_east(there | one.parties | other.parties)

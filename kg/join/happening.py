"""What one document says of an event, in the form in which reports are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from kg.current import current, days
from kg.iris import fold
from kg.join.sources import told_in
from kg.lexicon import words
from kg.model import EntityKind, Fact, FactKind, Ref

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.join.sources import Sources
    from kg.model import Assertion, Entity, Value

FAMILY = {FactKind.MEETING: "meet", FactKind.ROUND: "meet", FactKind.SUMMIT: "meet"}
_VAGUE = frozenset({"event-vague", "event-speak", "event-discuss"})  # a meeting told as "talks" may be a call
# Days around publication in which an event without a date lies: news tells what is new. Rounds by number are
# recalled for longer.
_BEHIND, _BEHIND_ROUND, _AHEAD = 10, 120, 30


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of one document. Days are proleptic ordinals, first and last inclusive; places are cities."""

    kind: FactKind
    vague: bool
    people: tuple[tuple[Ref | None, frozenset[Ref]], ...]  # by the state they represent, sorted
    parties: frozenset[Ref]
    first: int
    last: int
    dated: bool  # the days are stated, not counted from publication
    part: str | None
    clock: int | None  # minutes of the day
    minutes: Decimal | None
    about: bool
    cities: frozenset[Ref]
    states: frozenset[Ref]  # in which the places lie
    round: int | None
    stage: str  # held, ahead, off, denied
    moved: bool  # says that the day was changed
    published: int | None
    zone: float | None

    @property
    def family(self) -> str:
        """What kinds of event may be one."""
        return FAMILY.get(self.kind, self.kind.value)

    @property
    def persons(self) -> frozenset[Ref]:
        """Everybody who is named."""
        return frozenset(person for _, group in self.people for person in group)

    @property
    def sides(self) -> frozenset[Ref]:
        """The states that take part by what this document says, and those of its people by what others say."""
        return self.parties | {state for state, _ in self.people if state is not None}

    @property
    def day(self) -> int | None:
        """The day, where it is stated as one."""
        return self.first if self.dated and self.first == self.last else None


def happening(fact: Fact, entities: Mapping[Ref, Entity], sources: Sources) -> Happening:
    """What a document says of an event.

    Args:
        fact: The event; where several documents gave one name to it, the first of them counts.
        entities: All entities under their common names.
        sources: Texts and days of all documents.
    """
    said = current(fact.assertions, sources.published)
    single = {a.property: a for a in said}
    several: dict[str, set[Value]] = {}
    for a in said:
        several.setdefault(a.property, set()).add(a.value)
    stage = _stage({a.value for a in fact.assertions if a.property == "status"})
    document = min(told_in(fact))
    day = sources.published[document]
    published = date.fromisoformat(day).toordinal() if day else None
    number = single.get("round")
    first, last = _days(single, stage, published, numbered=number is not None)
    cities, states = _places(several.get("place", set()), entities)
    minutes, clock = single.get("minutes"), single.get("time")
    return Happening(
        kind=fact.kind, vague=all(e.rule in _VAGUE for e in fact.evidence) and fact.kind is FactKind.MEETING,
        people=_people(several.get("participant", set()), entities), parties=_refs(several.get("party", set())),
        first=first, last=last, dated="date" in single,
        part=_text(single.get("partOfDay")), clock=_clock(_text(clock)),
        minutes=Decimal(str(minutes.value)) if minutes else None,
        about="approximate" in single and single["approximate"].value is True,
        cities=cities, states=states, round=int(str(number.value)) if number else None,
        stage=stage, moved=any(_moved().search(fold(sources.words(e))) for e in fact.evidence),
        published=published, zone=sources.zones[document],
    )  # fmt: skip


def _refs(values: set[Value]) -> frozenset[Ref]:
    return frozenset(v for v in values if isinstance(v, Ref))


def _text(said: Assertion | None) -> str | None:
    return None if said is None else str(said.value)


def _clock(stated: str | None) -> int | None:
    return None if stated is None else int(stated[:2]) * 60 + int(stated[3:5])


def _stage(status: set[Value]) -> str:
    if "Held" in status:
        return "held"
    if "Cancelled" in status:
        return "off"
    return "ahead" if status & {"Planned", "Sought"} or not status else "denied"


def _days(single: Mapping[str, Assertion], stage: str, published: int | None, *, numbered: bool) -> tuple[int, int]:
    """First and last day that the document leaves open; all days where it has no date either."""
    if "date" in single:
        first, last = days(single)
        end = single.get("endDate")
        if end is not None and len(str(end.value)) == 10:
            last = max(last if len(str(single["date"].value)) < 10 else first, str(end.value))
        return date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
    if published is None:
        return 1, date.max.toordinal()
    if stage == "held":
        return published - (_BEHIND_ROUND if numbered else _BEHIND), published + 1
    return published - 1, published + _AHEAD


def _people(named: set[Value], entities: Mapping[Ref, Entity]) -> tuple[tuple[Ref | None, frozenset[Ref]], ...]:
    by_state: dict[Ref | None, set[Ref]] = {}
    for ref in _refs(named):
        entity = entities.get(ref)
        if entity is not None and entity.kind is EntityKind.PERSON:
            by_state.setdefault(entity.country, set()).add(ref)
    return tuple((state, frozenset(by_state[state])) for state in sorted(by_state, key=lambda s: s or ""))


def _places(named: set[Value], entities: Mapping[Ref, Entity]) -> tuple[frozenset[Ref], frozenset[Ref]]:
    """Cities, also those in which spots lie, and states. The node of a whole state is no city."""
    known = [entities[ref] for ref in _refs(named) if ref in entities]
    states = frozenset(e.country for e in known if e.country)
    whole = {(entities[s].label) for s in states if s in entities}
    return frozenset(e.within or e.id for e in known if e.label not in whole), states


@cache
def _moved() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(sorted(words("moved_days"))) + r")\b")

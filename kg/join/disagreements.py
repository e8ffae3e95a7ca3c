"""Where documents differ on a value of one fact: what is derived as `kg:Disagreement`.

A report that corrects itself, a plan that was moved and another local date are history, no disagreement; of several
reports of one publisher the last counts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.current import current, days
from kg.iris import fold, slug
from kg.join.days import zones_explain
from kg.join.differ import minutes_agree, rates_agree
from kg.join.zones import APART, spread
from kg.model import EVENTS, Disagreement, FactKind, Reading, Ref

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kg.join.happening import Happening
    from kg.join.sources import Sources
    from kg.model import Assertion, Entity, Evidence, Fact, Value


@dataclass(frozen=True, slots=True)
class _Told:
    """What one document says of the fact: values in force of the properties with one value, and cities."""

    document: str
    values: dict[str, Assertion]
    cities: tuple[tuple[Ref, Assertion], ...]
    says: Happening | None  # of an event


@dataclass(frozen=True, slots=True)
class Judge:
    """Finds the disagreements within groups of reports of one fact."""

    entities: Mapping[Ref, Entity]
    says: Mapping[Ref, Happening]
    sources: Sources

    def disagreements(self, name: Ref, group: Sequence[Fact]) -> Iterator[Disagreement]:
        """All disagreements about the fact that a group of reports is joined to."""
        if group[0].kind not in EVENTS | {FactKind.TARIFF} or len(group) < 2:
            return
        every = [self._told(fact) for fact in group]
        told, numbered = self._witnesses(every), self._last_of_each(every)
        eastern = _eastern(every)
        for what, agree in (("minutes", _minutes), ("date", _dates), ("rate", _rates), ("round", _same)):
            heard = numbered if what == "round" else told  # which a round has before it is held
            stated = [(one, one.values[what].value, one.values[what]) for one in heard if what in one.values]
            if what == "date" and any(_put_off(one) for one in every):
                continue
            if what == "date":
                stated = [one for one in stated if one[0].says is None or one[0].says.day not in eastern]
            yield from _compare(name, what, stated, agree)
        if group[0].kind not in (FactKind.CALL, FactKind.VISIT, FactKind.TARIFF):
            cities: list[_Stated] = [(one, city, said) for one in told for city, said in one.cities[:1]]
            yield from _compare(name, "place", cities, _same)

    def _told(self, fact: Fact) -> _Told:
        said = current(fact.assertions, self.sources.published)
        cities = tuple((city, a) for a in said if a.property == "place" and (city := self._city(a.value)))
        document = min(e.document for e in fact.evidence)
        return _Told(document, {a.property: a for a in said}, cities, self.says.get(fact.id))

    def _city(self, place: Value) -> Ref | None:
        known = self.entities.get(Ref(str(place)))
        if known is None:
            return None
        state = self.entities.get(known.country) if known.country else None
        return None if state is not None and state.label == known.label else known.within or known.id

    def _witnesses(self, told: list[_Told]) -> list[_Told]:
        """The reports that count: the last of each publisher, and what is no plan where something was held."""
        held = any(one.says is not None and one.says.stage == "held" for one in told)
        counted = [one for one in told if one.says is None or one.says.stage == ("held" if held else one.says.stage)]
        moved = [one for one in counted if one.says is not None and one.says.moved]
        if moved and not held:
            counted = moved
        return self._last_of_each(counted)

    def _last_of_each(self, told: list[_Told]) -> list[_Told]:
        """What each publisher said last."""
        by_publisher: dict[str, list[_Told]] = defaultdict(list)
        for one in told:
            by_publisher[self._hand(one)].append(one)
        kept = [one for same in by_publisher.values() for one in self._last(same)]
        return sorted(kept, key=lambda one: one.document)

    def _hand(self, one: _Told) -> str:
        """Who wrote a report: its publisher, else the document itself."""
        return fold(self.sources.publishers[one.document] or "") or f"\n{one.document}"

    def _last(self, same: list[_Told]) -> list[_Told]:
        """The newest statement of each value by one publisher, a correction before anything else of its day."""
        if len(same) == 1:
            return same

        def rank(one: _Told) -> tuple[object, ...]:
            return self.sources.published[one.document] or "", self.sources.corrects(one.document), one.document

        newest: dict[str, _Told] = {}
        for one in sorted(same, key=rank):
            for name in (*one.values, *(["place"] if one.cities else [])):
                newest[name] = one
        return [
            _Told(one.document, {n: a for n, a in one.values.items() if newest[n] is one},
                  one.cities if newest.get("place") is one else (), one.says)
            for one in same
        ]  # fmt: skip


_Stated = tuple[_Told, "Value", "Assertion"]


def _compare(
    name: Ref, what: str, stated: list[_Stated], agree: Callable[[_Stated, _Stated], bool]
) -> Iterator[Disagreement]:
    """A disagreement, with a reading for each value, where two reports cannot both be right."""
    if not any(not agree(a, b) for n, a in enumerate(stated) for b in stated[n + 1 :]):
        return
    readings: dict[Value, list[_Stated]] = defaultdict(list)
    for one in stated:
        readings[one[1]].append(one)
    stem = name.partition("/")[2]
    yield Disagreement(
        Ref(f"disagreement/{slug(stem, words=99)}-{slug(what)}"), name, what,
        tuple(
            Reading(Ref(f"reading/{slug(stem, words=99)}-{slug(what)}-{slug(str(value), words=99)}"), value,
                    tuple(sorted({said.evidence for _, _, said in readings[value]}, key=_place)))
            for value in sorted(readings, key=str)
        ),
    )  # fmt: skip


def _place(evidence: Evidence) -> tuple[object, ...]:
    return evidence.document, evidence.start, evidence.words, evidence.rule


def _minutes(one: _Stated, other: _Stated) -> bool:
    def about(told: _Told) -> bool:
        return "approximate" in told.values and told.values["approximate"].value is True

    return minutes_agree(Decimal(str(one[1])), about(one[0]), Decimal(str(other[1])), about(other[0]))


def _rates(one: _Stated, other: _Stated) -> bool:
    return rates_agree(Decimal(str(one[1])), Decimal(str(other[1])))


def _put_off(told: _Told) -> bool:
    """Whether a report tells of a tariff that it is paused: then it has two days, one before and one after."""
    return told.says is None and "status" in told.values and told.values["status"].value == "Paused"


def _eastern(told: Sequence[_Told]) -> set[int | None]:
    """The days that are those of an eastern zone only, where two datelines tell that one moment has two days."""
    known = [one.says for one in told if one.says is not None and one.says.day is not None]
    return {b.day for a in known for b in known if b.first - a.first == 1 and zones_explain(a, b)}


def _dates(one: _Stated, other: _Stated) -> bool:
    """Whether two dates can be of one event: one lies in the other; of a tariff, each of what its report says of it."""
    duties = [told.values for told in (one[0], other[0]) if told.says is None and "status" in told.values]
    if len({values["status"].value for values in duties}) > 1:
        return True  # announced for one day, paused from another
    (first, last), (begin, end) = days(one[0].values), days(other[0].values)
    if _begun_apart(one[0], other[0]):
        return False
    return (first <= end and begin <= last) or _overlap(one[0], other[0])


def _begun_apart(one: _Told, other: _Told) -> bool:
    """Whether two tell of an event of several days, each with another first day, and of no zones far apart."""
    spans = [[str(told.values[n].value) for n in ("date", "endDate") if n in told.values] for told in (one, other)]
    known = all(len(span) == 2 and all(len(day) == len("2025-06-28") for day in span) for span in spans)
    sides = frozenset[Ref]().union(*(told.says.parties for told in (one, other) if told.says is not None))
    return known and spans[0][0] != spans[1][0] and spread(sides) < APART


def _overlap(one: _Told, other: _Told) -> bool:
    a, b = one.says, other.says
    return a is not None and b is not None and a.first <= b.last and b.first <= a.last


def _same(one: _Stated, other: _Stated) -> bool:
    return one[1] == other[1]


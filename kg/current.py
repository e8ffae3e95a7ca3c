"""Which of the values that the reports give a fact is current.

A status moves on from Sought and Planned to Held or Cancelled and never back. Every other value comes from the
newest report that states it, or from an older one that agrees and says it more precisely. Values that belong
together (`GROUPS`) come from one report, in which the sentences may complete each other where they agree.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from kg.dates import bounds
from kg.model import PROPERTIES, Assertion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Unit: TypeAlias = tuple[str, ...]  # properties that are one value: a date and the days it stands for
Reading: TypeAlias = "dict[Unit, dict[str, Assertion]]"  # what one report says of a group

_WHEN: Unit = ("date", "earliest", "latest")
_ENDS: Unit = ("endDate",)
GROUPS: tuple[tuple[Unit, ...], ...] = (
    (_WHEN, _ENDS, ("time",), ("partOfDay",)),
    (("rate",), ("previousRate",), ("addedRate",)),
    (("minutes",), ("approximate",)),
    (("eventCode",), ("cameoRoot",)),
)
_NAMES = [frozenset(name for unit in group for name in unit) for group in GROUPS]
# A status of a higher stage is never followed by one of a lower: a denial counts only where nobody asserts.
_STAGE = {"Denied": 0, "Sought": 1, "Planned": 1, "Held": 2, "Cancelled": 2, "Done": 2}
# Within one report the stronger word counts: "will meet" beside "hopes to meet", "acting Secretary" beside "Secretary",
# a tariff "paused" beside its threat in the background paragraph.
_STRENGTH = {
    "Planned": 1, "Acting": 1, "Designate": 1, "Former": 1, "Agreed": 1, "InForce": 1, "Paused": 2, "Lifted": 2,
}  # fmt: skip


def current(assertions: Sequence[Assertion], published: Mapping[str, str | None]) -> tuple[Assertion, ...]:
    """The assertions in force: one for a property with one value, one for each value of the others.

    Args:
        assertions: All that is said of one fact.
        published: Publication date of each document, None where unknown.
    """
    several = {(a.property, a.value if PROPERTIES[a.property][1] else None) for a in assertions}
    if len(several) == len(assertions) and all(a.evidence == assertions[0].evidence for a in assertions):
        return tuple(sorted(assertions, key=_named))  # one sentence says each value once, as most facts are told
    chosen: dict[tuple[str, object], Assertion] = {}
    single: dict[str, list[Assertion]] = defaultdict(list)
    for one in sorted(assertions, key=lambda a: _recency(a, published), reverse=True):
        if PROPERTIES[one.property][1]:
            chosen[one.property, one.value] = one  # the earliest that says so
        else:
            single[one.property].append(one)
    for group in _groups(single):
        pool = [a for unit in group for name in unit for a in single[name]]
        if _said_at_once(pool):
            kept = pool
        elif PROPERTIES[group[0][0]][0] == "status":
            kept = [max(pool, key=lambda a: _standing(a, published))]
        else:
            kept = [a for unit in _reading(group, pool, published).values() for a in unit.values()]
        chosen.update({(a.property, None): a for a in kept})
    return tuple(sorted(chosen.values(), key=_named))


def _named(said: Assertion) -> tuple[str, str]:
    return said.property, str(said.value)


def _said_at_once(pool: Sequence[Assertion]) -> bool:
    """Whether one sentence says it all and each value once, as most facts are told: nothing is to be chosen."""
    first = pool[0].evidence
    if len(pool) == 1:
        return True
    names = {a.property for a in pool if a.evidence == first}
    return len(names) == len(pool)


def _groups(stated: Iterable[str]) -> list[tuple[Unit, ...]]:
    """GROUPS as far as something is stated, and each other property as a group of its own."""
    stated = set(stated)
    found = [group for group, names in zip(GROUPS, _NAMES, strict=True) if not names.isdisjoint(stated)]
    return found + [((name,),) for name in sorted(stated.difference(*_NAMES))]


def _report(assertion: Assertion, published: Mapping[str, str | None]) -> tuple[str, str]:
    return published[assertion.evidence.document] or "", assertion.evidence.document


def _recency(assertion: Assertion, published: Mapping[str, str | None]) -> tuple[object, ...]:
    """Publication, document, offset; an undated report counts as older than any other."""
    evidence = assertion.evidence
    return *_report(assertion, published), evidence.start, evidence.words, str(assertion.value), evidence.rule


def _standing(status: Assertion, published: Mapping[str, str | None]) -> tuple[object, ...]:
    name = str(status.value)
    return _STAGE.get(name, 1), _report(status, published), _STRENGTH.get(name, 0), _recency(status, published)


def _reading(group: Sequence[Unit], pool: Sequence[Assertion], published: Mapping[str, str | None]) -> Reading:
    """What the newest report says of a group, or an older one that says the same and more."""
    reports: dict[tuple[str, str], list[Assertion]] = defaultdict(list)
    for one in pool:
        reports[_report(one, published)].append(one)
    best: Reading = {}
    for report in sorted(reports, reverse=True):
        reading = _completed(group, reports[report])
        if all(unit in reading and _says_as_much(reading[unit], best[unit]) for unit in best):
            best = reading if not best or _weight(reading) > _weight(best) else best
    return best


def _completed(group: Sequence[Unit], said: Sequence[Assertion]) -> Reading:
    """One report: the sentence that states most, its gaps filled by the others as far as they agree with it."""
    sentences: dict[tuple[int, int], Reading] = defaultdict(dict)
    for one in said:
        unit = next(unit for unit in group if one.property in unit)
        values = sentences[one.evidence.start, one.evidence.end].setdefault(unit, {})
        values.setdefault(one.property, one)
    ranked = sorted(sentences, key=lambda place: (_weight(sentences[place]), place), reverse=True)
    result: Reading = {}
    for place in ranked:
        other = sentences[place]
        shared = [unit for unit in other if unit in result]
        finer = {unit: other[unit] for unit in shared if _says_as_much(other[unit], result[unit])}
        if _WHEN in finer and _ranges(result) and _ENDS not in other:
            del finer[_WHEN]  # one day of a range is no finer date than the range
        if all(unit in finer or _says_as_much(result[unit], other[unit]) for unit in shared):
            merged = {**other, **result, **finer}
            result = merged if _coherent(merged) else result
    return result or sentences[ranked[0]]


def _ranges(reading: Reading) -> bool:
    """Whether a report gives the first and the last day."""
    return _ENDS in reading and len(str(reading[_WHEN]["date"].value)) == len("2025-06-28")


def _weight(reading: Reading) -> tuple[int, int, int]:
    """How much a reading says: the number of its values, how few days its date covers, the length of its words."""
    values = [a for unit in reading.values() for a in unit.values()]
    first, last = days(reading[_WHEN]) if "date" in reading.get(_WHEN, ()) else ("2000-01-01", "2000-01-01")
    covered = (date.fromisoformat(last) - date.fromisoformat(first)).days
    words = sum(len(str(a.value)) for a in values if PROPERTIES[a.property][0] in ("string", "date"))
    return len(reading), -covered, words


def _says_as_much(one: Mapping[str, Assertion], other: Mapping[str, Assertion]) -> bool:
    """Whether the first agrees with the second and is at least as precise."""
    if "date" in one and "date" in other:
        (first, last), (begin, end) = days(one), days(other)
        return begin <= first and last <= end
    return all(name in one and _as_precise(name, one[name], other[name]) for name in other)


def _as_precise(name: str, one: Assertion, other: Assertion) -> bool:
    kind = PROPERTIES[name][0]
    if kind == "date":
        return str(one.value).startswith(str(other.value))
    if kind == "string":
        return str(other.value).casefold() in str(one.value).casefold()
    return one.value == other.value


def days(values: Mapping[str, Assertion]) -> tuple[str, str]:
    """The first and the last day that a date with its `earliest` and `latest` may stand for."""
    first, last = bounds(str(values["date"].value))
    earliest, latest = values.get("earliest"), values.get("latest")
    return str(earliest.value) if earliest else first, str(latest.value) if latest else last


def _coherent(reading: Reading) -> bool:
    """Whether values of several sentences fit together: end not before begin, rate = previous + added."""
    flat = {name: a.value for unit in reading.values() for name, a in unit.items()}
    if "date" in flat and "endDate" in flat and bounds(str(flat["endDate"]))[1] < days(reading[_WHEN])[0]:
        return False
    rates = [flat.get(name) for name in ("rate", "previousRate", "addedRate")]
    if all(isinstance(rate, Decimal) for rate in rates):
        rate, previous, added = (Decimal(str(value)) for value in rates)
        return rate == previous + added
    return True

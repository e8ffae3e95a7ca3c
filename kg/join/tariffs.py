"""Which tariffs that different documents report are one, and which later rate replaced which earlier one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from kg.current import current, days
from kg.dates import bounds
from kg.join.cluster import Report, Rules, cluster
from kg.join.differ import rates_agree
from kg.join.sources import told_in
from kg.model import Assertion, FactKind, JoinedFact, Ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.join.sources import Sources
    from kg.model import Entity, Fact

JOIN, POSSIBLE = 3.2, 2.7
_ONE_STORY = 7  # days between reports of one measure with one effective day, of which one has the rate wrong
_SAME_NEWS = 2  # days between two reports that tell one rate before and differ about the new one
_BEFORE = 0.25  # points for the same rate before
_UNTOLD = -5.0  # neither joins nor keeps apart: a later report may repeat the rate of one of two that differ
_ONE_MEASURE = 62  # days between two effective days of one measure, told with different care
_EFFECTIVE = ("InForce", "Paused")
_AHEAD = frozenset({"Threatened", "Proposed", "Agreed"})  # which reports of one plan tell by turns


@dataclass(frozen=True, slots=True)
class Duty:
    """A tariff of one document."""

    imposer: Ref | None
    target: Ref | None
    goods: Ref | None  # the concept; None for goods of any kind
    rate: Decimal | None
    first: int | None  # effective, as days of the proleptic calendar
    last: int | None
    status: str
    published: int | None
    others: frozenset[Decimal]  # all other rates that the document gives for the same goods


def duties(
    facts: Sequence[Fact], entities: Mapping[Ref, Entity], sources: Sources
) -> dict[Ref, Duty]:
    """What the documents say of each tariff, by the name of the fact."""
    found = {fact.id: _duty(fact, entities, sources) for fact in facts}
    rates: dict[tuple[str, Ref | None], set[Decimal]] = defaultdict(set)
    for fact in facts:
        stated = {Decimal(str(a.value)) for a in fact.assertions if a.property in ("rate", "previousRate")}
        for document in told_in(fact):
            rates[document, found[fact.id].goods] |= stated
    return {
        fact.id: replace(duty, others=frozenset(rates[min(told_in(fact)), duty.goods] - {duty.rate}))
        for fact in facts if (duty := found[fact.id])
    }  # fmt: skip


def _duty(fact: Fact | JoinedFact, entities: Mapping[Ref, Entity], sources: Sources) -> Duty:
    said = {a.property: a for a in current(fact.assertions, sources.published)}

    def ref(name: str) -> Ref | None:
        return Ref(str(said[name].value)) if name in said else None

    first, last = (date.fromisoformat(d).toordinal() for d in days(said)) if "date" in said else (None, None)
    status = str(said["status"].value) if "status" in said else ""
    if status == "Paused" and first is None and "endDate" in said:  # put off: it lies ahead, for the day after
        first, last = (date.fromisoformat(d).toordinal() for d in bounds(str(said["endDate"].value)))
        status = "Threatened"
    goods = ref("product")
    known = entities.get(goods) if goods else None
    day = sources.published[min(told_in(fact))]
    return Duty(
        ref("imposedBy"), ref("target"), known.within or known.id if known else goods,
        Decimal(str(said["rate"].value)) if "rate" in said else None, first, last,
        status, date.fromisoformat(day).toordinal() if day else None,
        frozenset(),
    )  # fmt: skip


def joined(
    facts: Sequence[Fact], says: Mapping[Ref, Duty], sources: Sources
) -> tuple[list[list[Ref]], list[tuple[Ref, Ref]]]:
    """Groups of tariffs that are one, and pairs that are possibly the same."""
    reports = [Report(fact.id, told_in(fact), says[fact.id], sources.sentences(fact)) for fact in facts]
    return cluster(reports, Rules(fit, _pairs, JOIN, POSSIBLE))


def _pairs(says: list[Duty]) -> Iterator[tuple[int, int]]:
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for n, one in enumerate(says):
        for key in keys(one):
            blocks[key].append(n)
    yield from sorted({pair for block in blocks.values() for pair in combinations(block, 2)})


def keys(one: Duty) -> list[tuple[object, ...]]:
    """What another report of the tariff has in common with this one; without who charges it, whom and at what rate."""
    found: list[tuple[object, ...]] = [(one.imposer, one.goods)]
    if one.target is not None and one.goods is not None and one.rate is not None:
        found.append((one.target, one.goods, str(one.rate.normalize())))
    return found


def fit(one: Duty, other: Duty, reprint: bool) -> float | None:
    """How much speaks for two reports being of one tariff; None where they contradict."""
    if one.goods != other.goods or (one.imposer and other.imposer and one.imposer != other.imposer):
        return None
    if one.target and other.target and one.target != other.target:
        return None
    if one.imposer != other.imposer and not (one.target == other.target and one.goods):
        return None
    told = (one.imposer == other.imposer, one.target == other.target, one.goods is not None)
    score = sum(1.0 if known else 0.5 for known in told)
    rate = _rate(one, other)
    if rate is None:
        return None
    ended = (one.status == "Lifted") != (other.status == "Lifted")  # whose day is the one on which it ends
    if one.first is not None and other.first is not None and one.last and other.last and not ended:
        gap = max(one.first, other.first) - min(one.last, other.last)
        if gap > _ONE_MEASURE:
            return None
        score += 0.5 if gap <= 0 else -0.25
    return score + rate + (2.0 if reprint else 0.0)


def _rate(one: Duty, other: Duty) -> float | None:
    """Points for the rate. Of two rates for one effective day, each in its own report of one story, one is wrong."""
    if one.rate is None or other.rate is None:
        return None if 0 in (one.rate, other.rate) else 0.25  # goods free of duty are no measure told without its rate
    if rates_agree(one.rate, other.rate):
        return 1.5
    told = one.first is not None and one.first == one.last == other.first == other.last
    undated = one.first is None and other.first is None and bool(one.others & other.others)
    known = one.published is not None and other.published is not None
    apart = abs((one.published or 0) - (other.published or 0)) if known else _ONE_STORY + 1
    knows = one.rate in other.others or other.rate in one.others
    if one.status != other.status and not knows and "Paused" in (one.status, other.status):
        return _UNTOLD  # the day is that of the pause
    if knows:
        return None
    if one.first is not None and other.first is not None and not told:
        return _UNTOLD if {one.status, other.status} <= _AHEAD else None  # unless a report tells that one was put off
    if one.status != other.status and not {one.status, other.status} <= _AHEAD:
        return _UNTOLD
    if undated:
        return _BEFORE if apart <= _SAME_NEWS else _UNTOLD
    same_before = _BEFORE if one.others & other.others else 0.0
    return same_before if told and apart <= _ONE_STORY else _UNTOLD


def history(facts: Sequence[JoinedFact], entities: Mapping[Ref, Entity], sources: Sources) -> list[JoinedFact]:
    """The facts, in which an earlier tariff names the one whose later rate took effect, ends then, and is not in force.

    Both are in force by their own reports, on the same goods between the same states. A single document that tells both
    has said what there is to say of their status.
    """
    lines: dict[tuple[Ref | None, Ref | None, Ref | None], list[tuple[Duty, JoinedFact]]] = defaultdict(list)
    for fact in facts:
        if fact.kind is FactKind.TARIFF:
            duty = _duty(fact, entities, sources)
            if duty.status in _EFFECTIVE and duty.rate is not None:
                lines[duty.imposer, duty.target, duty.goods].append((duty, fact))
    ended: dict[Ref, JoinedFact] = {}
    for line in lines.values():
        for duty, fact in line:
            later = [(d, f) for d, f in line if f is not fact and _replaces(d, f, duty, fact, sources)]
            if later:
                ended[fact.id] = _ended(fact, min(later, key=lambda p: (p[0].first or 0, p[1].id))[1])
    return [ended.get(fact.id, fact) for fact in facts]


def _replaces(duty: Duty, fact: JoinedFact, before: Duty, earlier: JoinedFact, sources: Sources) -> bool:
    if duty.status != "InForce" or told_in(fact) == told_in(earlier):
        return False
    if rates_agree(duty.rate or Decimal(0), before.rate or Decimal(0)):
        return False
    if duty.first is not None and before.last is not None:
        return duty.first > before.last
    new, old = ([sources.published[d] for d in told_in(f)] for f in (fact, earlier))
    known = [d for d in new if d], [d for d in old if d]
    return len(known[0]) == len(new) and len(known[1]) == len(old) and min(known[0]) > max(known[1])


def _ended(fact: JoinedFact, later: JoinedFact) -> JoinedFact:
    said = {a.property: a for a in later.current}
    evidence = said["rate"].evidence
    new = [Assertion("replacedBy", later.id, evidence), Assertion("status", "Lifted", evidence)]
    own = {a.property: a for a in fact.current}
    if "date" in said and not ("date" in own and days(said)[1] < days(own)[0]):
        new.append(Assertion("endDate", said["date"].value, said["date"].evidence))
    given = {a.property for a in new}
    kept = [a for a in fact.current if a.property not in given]
    return replace(fact, current=tuple(sorted([*kept, *new], key=lambda a: (a.property, str(a.value)))))

"""Facts of several documents under common names, put together stage by stage: which are one, and what they tell.

A stage knows the joined names of the facts of the stages before it. It may be given all facts of its kinds, or as many
as hold together: what they give does not depend on the others.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kg.join import events, others, tariffs
from kg.join.disagreements import Judge
from kg.join.happening import Happening, happening
from kg.join.merging import age, merge
from kg.join.sound import fault, parts
from kg.join.sources import told_in
from kg.join.tariffs import Duty
from kg.model import EVENTS, Disagreement, Entity, Fact, FactKind, JoinedFact, Ref

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from kg.join.sources import Sources

Pairs: TypeAlias = "list[tuple[Ref, Ref]]"
Groups: TypeAlias = "list[list[Ref]]"


class Kept(NamedTuple):
    """Facts that are one, each group sorted by age, so that the first names it; pairs that may be; and warnings."""

    groups: list[list[Fact]]
    possibly: Pairs
    warnings: tuple[str, ...]

    def heads(self) -> dict[Ref, Ref]:
        """The joined name of each fact."""
        return {fact.id: group[0].id for group in self.groups for fact in group}


class Told(NamedTuple):
    """What groups of facts tell."""

    facts: tuple[JoinedFact, ...]  # sorted by id
    disagreements: tuple[Disagreement, ...]  # sorted by id


@dataclass(frozen=True, slots=True)
class View:
    """Facts by name, what events and tariffs say in the form in which they are compared, and what is asked of them."""

    known: Mapping[Ref, Entity]
    facts: Mapping[Ref, Fact]
    says: Mapping[Ref, Happening | Duty]
    sources: Sources

    def joined(self, stage: Stage, heads: Mapping[Ref, Ref]) -> Kept:
        """The groups of the facts of a stage.

        Args:
            stage: One of STAGES.
            heads: The joined names of facts of the stages before.
        """
        groups, possibly = stage.groups(self, [f for f in self.facts.values() if f.kind in stage.kinds], heads)
        return self.kept(groups, possibly, heads)

    def kept(self, groups: Iterable[Collection[Ref]], possibly: Iterable[tuple[Ref, Ref]],
             heads: Mapping[Ref, Ref]) -> Kept:  # fmt: skip
        """Groups, those apart that would break a shape together."""
        found, pairs, warnings = list[list[Fact]](), list(possibly), list[str]()
        for names in groups:
            group = self._by_age(names)
            why = fault(merge(group, heads, self.sources), self.sources) if len(group) > 1 else None
            if why is None:
                found.append(group)
                continue
            split = parts(group, lambda some: merge(some, heads, self.sources), self.sources)
            found += split
            pairs += [(split[0][0].id, part[0].id) for part in split[1:]]
            warnings.append(_warning(group, why))
        return Kept(found, pairs, tuple(warnings))

    def _by_age(self, names: Iterable[Ref]) -> list[Fact]:
        return sorted((self.facts[name] for name in names), key=lambda f: age(f, self.sources.published))

    def told(self, groups: Iterable[Collection[Ref]], possibly: Iterable[tuple[Ref, Ref]],
             heads: Mapping[Ref, Ref]) -> Told:  # fmt: skip
        """The joined facts of groups, with history and disagreements.

        Args:
            groups: All tariffs of one imposer on the same goods together; others in any selection.
            possibly: Pairs of facts that are possibly the same, at least those of the groups.
            heads: The joined names of these facts and of those that they speak of.
        """
        every = [self._by_age(names) for names in groups]
        judge = Judge(self.known, {n: one for n, one in self.says.items() if isinstance(one, Happening)}, self.sources)
        found = (d for group in every for d in judge.disagreements(group[0].id, group))
        merged = [merge(group, heads, self.sources) for group in every]
        ended = _marked(merged, possibly, heads)
        if len(self.sources.published) > 1:  # a single document has said itself what came of its tariffs
            ended = tariffs.history(ended, self.known, self.sources)
        return Told(tuple(sorted(ended, key=lambda f: f.id)), tuple(sorted(found, key=lambda d: d.id)))


def says(
    facts: Iterable[Fact], known: Mapping[Ref, Entity], sources: Sources
) -> dict[Ref, Happening | Duty]:  # fmt: skip
    """What events and tariffs say; of a tariff's document, all tariffs must be given."""
    every = list(facts)
    found: dict[Ref, Happening | Duty] = {f.id: happening(f, known, sources) for f in every if f.kind in EVENTS}
    return found | tariffs.duties([f for f in every if f.kind is FactKind.TARIFF], known, sources)


def both(one: Fact, other: Fact) -> Fact:
    """Two documents gave one name to a fact: it is one."""
    return replace(one, assertions=one.assertions + other.assertions, evidence=one.evidence + other.evidence)


def _marked(
    facts: Sequence[JoinedFact], pairs: Iterable[tuple[Ref, Ref]], heads: Mapping[Ref, Ref]
) -> list[JoinedFact]:
    """The facts, each with those that are possibly the same, in both directions and under joined names."""
    like: dict[Ref, set[Ref]] = defaultdict(set)
    for one, other in pairs:
        if one in heads and other in heads and heads[one] != heads[other]:
            like[heads[one]].add(heads[other])
            like[heads[other]].add(heads[one])
    return [replace(f, possibly_same=tuple(sorted(like[f.id]))) if f.id in like else f for f in facts]


def _warning(group: Sequence[Fact], why: str) -> str:
    told = ", ".join(sorted({d for fact in group for d in told_in(fact)}))
    return f"{group[0].id}: if the reports of {told} were one, {why}; so they stay apart"


class Stage(NamedTuple):
    """Kinds of fact that are put together at once."""

    kinds: frozenset[FactKind]
    groups: Callable[[View, list[Fact], Mapping[Ref, Ref]], tuple[Groups, Pairs]]


def _events(view: View, facts: list[Fact], _heads: Mapping[Ref, Ref]) -> tuple[Groups, Pairs]:
    return events.joined(facts, {n: one for n, one in view.says.items() if isinstance(one, Happening)}, view.sources)


def _tariffs(view: View, facts: list[Fact], _heads: Mapping[Ref, Ref]) -> tuple[Groups, Pairs]:
    return tariffs.joined(facts, {n: one for n, one in view.says.items() if isinstance(one, Duty)}, view.sources)


def _others(view: View, facts: list[Fact], heads: Mapping[Ref, Ref]) -> tuple[Groups, Pairs]:
    return others.joined(facts, heads, view.sources), []


_REFERRING = frozenset({FactKind.DEADLINE, FactKind.POSITION, FactKind.ACTION, FactKind.TENURE})
STAGES = (
    Stage(EVENTS, _events), Stage(frozenset({FactKind.TARIFF}), _tariffs), Stage(_REFERRING, _others),
    Stage(frozenset({FactKind.STATEMENT}), _others),
)  # fmt: skip

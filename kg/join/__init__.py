"""Between stages 5 and 6: what all documents together say, as a pure function of the set of their facts.

Two questions are answered here, and nowhere else: which entities and facts are one (`people`, `entities`, `events`,
`tariffs`, `others`), and which value of a fact is current (`kg.current`). The order in which documents are read never
matters.

Incremental use: after new documents, everything is joined again, which takes a fraction of the time that reading them
took (`benchmarks/join_speed.py`), and only the facts that came out different (`touched`) need to be written.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.join import entities, events, others, tariffs
from kg.join.disagreements import Judge
from kg.join.happening import Happening, happenings
from kg.join.merging import CERTAIN, UNMEASURED, Sources, age, merge, precisions, told_in
from kg.join.sound import fault, parts
from kg.model import EVENTS, DocumentFacts, Entity, Fact, FactKind, Joined, JoinedFact, Ref

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

__all__ = ["CERTAIN", "UNMEASURED", "assemble", "join", "precisions", "touched"]


def join(facts: Iterable[DocumentFacts]) -> Joined:
    """What the documents say together; of one document, a set of one.

    Raises:
        SourceError: two documents of one identity differ.
    """
    view = _View.of(entities.common(_distinct(facts)))
    groups, possibly = view.groups()
    return view.assemble(groups, possibly)


def assemble(
    documents: Sequence[DocumentFacts], groups: Iterable[Collection[Ref]], possibly: Iterable[tuple[Ref, Ref]]
) -> Joined:
    """What the documents say together if facts are one as the groups of their names tell.

    Args:
        documents: With all entities under their common names: those of a `Joined`.
        groups: Each name of a fact in one group.
        possibly: Pairs of names of facts that are possibly the same.
    """
    return _View.of(documents).assemble(groups, possibly)


def touched(facts: Iterable[DocumentFacts], new: Collection[str]) -> frozenset[Ref]:
    """The joined facts that documents may change: all others are the same without these documents.

    Args:
        facts: All documents.
        new: Identities of those that are new, changed, or to be taken out.
    """
    documents = _distinct(facts)
    after = {fact.id: fact for fact in join(documents).facts}
    before = {fact.id: fact for fact in join(d for d in documents if d.document.id not in new).facts}
    return frozenset(name for name in after.keys() | before.keys() if after.get(name) != before.get(name))


def _distinct(facts: Iterable[DocumentFacts]) -> tuple[DocumentFacts, ...]:
    """The documents sorted by identity; one given twice counts once."""
    by_id: dict[str, DocumentFacts] = {}
    for one in facts:
        other = by_id.setdefault(one.document.id, one)
        if other != one:
            raise SourceError(f"{one.document.id}: two different documents of this name; give one another --root or id")
    return tuple(by_id[key] for key in sorted(by_id))


@dataclass(frozen=True, slots=True)
class _View:
    """All documents under common names, with what is asked of them again and again."""

    documents: tuple[DocumentFacts, ...]
    entities: tuple[Entity, ...]
    known: dict[Ref, Entity]
    facts: dict[Ref, Fact]
    says: dict[Ref, Happening]
    sources: Sources

    @classmethod
    def of(cls, documents: Sequence[DocumentFacts]) -> _View:
        every = entities.merged(documents)
        known = {e.id: e for e in every}
        facts: dict[Ref, Fact] = {}
        for one in documents:
            for fact in one.facts:
                facts[fact.id] = _both(facts[fact.id], fact) if fact.id in facts else fact
        sources = Sources.of(documents)
        by_id = {one.document.id: one for one in documents}
        says = happenings([f for f in facts.values() if f.kind in EVENTS], by_id, known, sources)
        return cls(tuple(documents), every, known, facts, says, sources)

    def groups(self) -> tuple[list[list[Ref]], list[tuple[Ref, Ref]]]:
        """The names of the facts that are one, and pairs that are possibly the same."""
        met, maybe_met = events.joined([self.facts[name] for name in self.says], self.says, self.sources)
        duties = [f for f in self.facts.values() if f.kind is FactKind.TARIFF]
        told = tariffs.duties(duties, self.known, self.sources)
        imposed, maybe_imposed = tariffs.joined(duties, told, self.sources)
        names = {name: group[0] for group in (*met, *imposed) for name in group}
        rest = [f for f in self.facts.values() if f.id not in names]
        return met + imposed + others.joined(rest, names, self.sources), maybe_met + maybe_imposed

    def assemble(self, groups: Iterable[Collection[Ref]], possibly: Iterable[tuple[Ref, Ref]]) -> Joined:
        """The joined facts of groups, with history, disagreements and warnings."""
        told = ([self.facts[name] for name in group] for group in groups)
        whole = [sorted(group, key=lambda f: age(f, self.sources.published)) for group in told]
        kept, merged = whole, self._merged(whole)
        faults = {n: why for n, fact in enumerate(merged) if len(whole[n]) > 1 and (why := fault(fact, self.sources))}
        maybe = list(possibly)
        if faults:
            split = {n: parts(whole[n], lambda group: merge(group, {}, self.sources), self.sources) for n in faults}
            kept = [part for n, group in enumerate(whole) for part in split.get(n, [group])]
            maybe += [(found[0][0].id, part[0].id) for found in split.values() for part in found[1:]]
            merged = self._merged(kept)
        judge = Judge({d.document.id: d for d in self.documents}, self.known, self.says, self.sources)
        found = (d for part in kept for d in judge.disagreements(part[0].id, part))
        ended = tariffs.history(self._marked(merged, maybe, kept), self.known, self.sources)
        return Joined(
            self.documents, self.entities, tuple(sorted(ended, key=lambda fact: fact.id)),
            tuple(sorted(found, key=lambda d: d.id)),
            tuple(sorted(_warning(whole[n], why) for n, why in faults.items())),
        )  # fmt: skip

    def _merged(self, groups: Sequence[Sequence[Fact]]) -> list[JoinedFact]:
        names = {fact.id: group[0].id for group in groups for fact in group}
        return [merge(group, names, self.sources) for group in groups]

    def _marked(
        self, facts: Sequence[JoinedFact], pairs: Iterable[tuple[Ref, Ref]], groups: Iterable[Sequence[Fact]]
    ) -> list[JoinedFact]:
        """The facts, each with those that are possibly the same, in both directions and under joined names."""
        names = {fact.id: group[0].id for group in groups for fact in group}
        like: dict[Ref, set[Ref]] = defaultdict(set)
        for one, other in pairs:
            if one in names and other in names and names[one] != names[other]:
                like[names[one]].add(names[other])
                like[names[other]].add(names[one])
        return [replace(f, possibly_same=tuple(sorted(like[f.id]))) if f.id in like else f for f in facts]


def _warning(group: Sequence[Fact], why: str) -> str:
    told = ", ".join(sorted({d for fact in group for d in told_in(fact)}))
    return f"{group[0].id}: if the reports of {told} were one, {why}; so they stay apart"


def _both(one: Fact, other: Fact) -> Fact:
    """Two documents gave one name to a fact: it is one."""
    return replace(one, assertions=one.assertions + other.assertions, evidence=one.evidence + other.evidence)

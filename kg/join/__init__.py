"""Between stages 5 and 6: what all documents together say, as a pure function of the set of their facts.

Two questions are answered here, and nowhere else: which entities and facts are one (`people`, `entities`, `events`,
`tariffs`, `others`), and which value of a fact is current (`kg.current`). The order in which documents are read never
matters.

Incremental use: facts join only with facts of the same block (`blocks`), so after new documents only the blocks that
they touch (`touched`) need to be computed and written again.
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
        whole = [sorted((self.facts[name] for name in group), key=lambda f: age(f, self.sources.published)) for group in groups]
        split = [(group, parts(group, self._together, self.sources)) for group in whole]
        kept = [part for _, found in split for part in found]
        names = {fact.id: part[0].id for part in kept for fact in part}
        merged = [merge(part, names, self.sources) for part in kept]
        maybe = self._maybe(possibly, names) | self._maybe(
            ((found[0][0].id, part[0].id) for _, found in split for part in found[1:]), names)  # fmt: skip
        like: dict[Ref, list[Ref]] = defaultdict(list)
        for one, other in sorted(maybe):
            like[one].append(other)
        marked = [replace(f, possibly_same=tuple(like[f.id])) if f.id in like else f for f in merged]
        judge = Judge({d.document.id: d for d in self.documents}, self.known, self.says, self.sources)
        return Joined(
            self.documents, self.entities,
            tuple(sorted(tariffs.history(marked, self.known, self.sources), key=lambda fact: fact.id)),
            tuple(sorted((d for part in kept for d in judge.disagreements(part[0].id, part)), key=lambda d: d.id)),
            tuple(sorted(self._warning(group) for group, found in split if len(found) > 1)),
        )  # fmt: skip

    def _together(self, group: Sequence[Fact]) -> JoinedFact:
        return merge(group, {}, self.sources)

    def _warning(self, group: Sequence[Fact]) -> str:
        told = ", ".join(sorted({d for fact in group for d in told_in(fact)}))
        return f"{group[0].id}: {fault(self._together(group), self.sources)}; the reports of {told} stay apart"

    @staticmethod
    def _maybe(pairs: Iterable[tuple[Ref, Ref]], names: dict[Ref, Ref]) -> set[tuple[Ref, Ref]]:
        """Both directions, under joined names."""
        joined = {(names[a], names[b]) for a, b in pairs if a in names and b in names and names[a] != names[b]}
        return joined | {(b, a) for a, b in joined}


def _both(one: Fact, other: Fact) -> Fact:
    """Two documents gave one name to a fact: it is one."""
    return replace(one, assertions=one.assertions + other.assertions, evidence=one.evidence + other.evidence)

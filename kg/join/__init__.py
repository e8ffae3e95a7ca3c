"""Between stages 5 and 6: what all documents together say, as a pure function of the set of their facts.

Two questions are answered here, and nowhere else: which entities and facts are one (`people`, `entities`, `events`,
`tariffs`, `others`), and which value of a fact is current (`kg.current`). The order in which documents are read never
matters.

Each part may be given as many facts as hold together instead of all: so `kg.stores.index` joins again what new
documents touch, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.join import entities
from kg.join.merging import CERTAIN, UNMEASURED, precisions
from kg.join.sources import Sources
from kg.join.view import STAGES, View, both, says
from kg.model import DocumentFacts, Entity, Fact, Joined, Ref

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

__all__ = ["CERTAIN", "UNMEASURED", "assemble", "join", "precisions", "touched"]


def join(facts: Iterable[DocumentFacts]) -> Joined:
    """What the documents say together; of one document, a set of one.

    Raises:
        SourceError: two documents of one identity differ.
    """
    whole = _Whole.of(entities.common(_distinct(facts)))
    if len(whole.documents) == 1:  # its facts stay apart
        return whole.joined([[name] for name in whole.view.facts], (), ())
    heads, groups, possibly, warnings = dict[Ref, Ref](), list[list[Ref]](), list[tuple[Ref, Ref]](), list[str]()
    for stage in STAGES:
        kept = whole.view.joined(stage, heads)
        heads |= kept.heads()
        groups += [[fact.id for fact in group] for group in kept.groups]
        possibly += kept.possibly
        warnings += kept.warnings
    return whole.joined(groups, possibly, warnings)


def assemble(
    documents: Sequence[DocumentFacts], groups: Iterable[Collection[Ref]], possibly: Iterable[tuple[Ref, Ref]]
) -> Joined:
    """What the documents say together if facts are one as the groups of their names tell.

    Args:
        documents: With all entities under their common names: those of a `Joined`.
        groups: Each name of a fact in one group.
        possibly: Pairs of names of facts that are possibly the same.
    """
    whole = _Whole.of(documents)
    groups = [*groups]
    kept = whole.view.kept(groups, possibly, {name: min(group) for group in groups for name in group})
    return whole.joined([[fact.id for fact in group] for group in kept.groups], kept.possibly, kept.warnings)


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
class _Whole:
    """All documents under common names."""

    documents: tuple[DocumentFacts, ...]
    entities: tuple[Entity, ...]
    view: View

    @classmethod
    def of(cls, documents: Sequence[DocumentFacts]) -> _Whole:
        every = entities.merged(documents)
        known = {e.id: e for e in every}
        facts: dict[Ref, Fact] = {}
        for one in documents:
            for fact in one.facts:
                facts[fact.id] = both(facts[fact.id], fact) if fact.id in facts else fact
        sources = Sources.of(documents)
        compared = says(facts.values(), known, sources) if len(documents) > 1 else {}
        return cls(tuple(documents), every, View(known, facts, compared, sources))

    def joined(
        self, groups: Sequence[Collection[Ref]], possibly: Iterable[tuple[Ref, Ref]], warnings: Iterable[str]
    ) -> Joined:
        """The facts of groups sorted by age."""
        heads = {name: next(iter(group)) for group in groups for name in group}
        told = self.view.told(groups, possibly, heads)
        return Joined(self.documents, self.entities, told.facts, told.disagreements, tuple(sorted(warnings)))

"""An index of what documents say: which facts a new document touches, so that only these are joined and written again.

    people    1  names of persons, as far as they hold together
    votes     2  names of other entities, by what documents agree on
    things    3  what is known of each entity
    groups    4  which facts are one, stage by stage
    telling   5  the quads of what has changed, which `writing` compares with those that stand in the graph

Each step gives what `kg.join` gives of all documents at once. The index follows from the records of the store.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.join.entities import renamed
from kg.join.view import STAGES
from kg.model import Ref
from kg.stores.index import facts, people, telling, things, votes
from kg.stores.index.groups import Groups
from kg.stores.index.tables import Tables, pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from kg.model import DocumentFacts
    from kg.stores.backend import Backend
    from kg.stores.index.telling import Put

__all__ = ["Index"]
TOGETHER = 10_000  # documents; the names of what they touch take some 7 KB for each, as reckoned


class Index:
    """What documents say, and the quads that this gives."""

    def __init__(self, backend: Backend, load: Callable[[str], DocumentFacts]) -> None:
        """Open the index beside a store, or an empty one.

        Args:
            backend: The store.
            load: Gives the facts of a document, by its identity.
        """
        self.tables = Tables(backend.beside)
        self._backend, self._load = backend, load

    def documents(self) -> dict[str, str]:
        """The documents of which it knows, with the names of their records."""
        return dict(self.tables.rows("SELECT id, record FROM document"))

    def step(self, coming: Mapping[str, str], gone: Collection[str], put: Put) -> None:
        """Take documents in and out, as many at once as memory should hold the names of.

        Args:
            coming: Documents that are new or changed, with the names of their records.
            gone: Documents that are no more.
            put: Takes the quads, with the things of which they are all.
        """
        first, *others = [*pieces(sorted(coming), TOGETHER)] or [[]]
        self._some({one: coming[one] for one in first}, gone, put)
        for some in others:
            self._some({one: coming[one] for one in some}, (), put)

    def _some(self, coming: Mapping[str, str], gone: Collection[str], put: Put) -> None:
        dirty = self._named(coming, gone)
        seeds: dict[int, set[str]] = defaultdict(set)
        entities, nodes = set[Ref](), set[str]()
        for identity in sorted({*dirty, *gone}):
            one = None if identity in gone else self._renamed(identity)
            self._facts(identity, one, seeds)
            entities |= things.put(self.tables, identity, one)
            nodes |= telling.shared(self.tables, identity, one)
            telling.document(self._backend, put, identity, one)
        said = set(dirty)
        for name, before, after in things.settled(self.tables, entities):
            said |= things.looked_at(self.tables, name, before, after)
            telling.entity(self.tables, put, name)
        telling.nodes(self.tables, put, nodes)
        self._joined(facts.sharing(self.tables, said), seeds, put)

    def _named(self, coming: Mapping[str, str], gone: Collection[str]) -> set[str]:
        """Give all entities their common names; the documents that are new, or in which a name is another."""
        tables, touched = self.tables, set[tuple[int, str]]()
        who = [one for identity in (*coming, *gone) for one in people.of(tables, identity)]
        mates = {(one.document, str(one.ref)) for part in people.together(tables, who) for one in part}
        for identity in sorted({*coming, *gone}):
            people.take(tables, identity)
            tables.run("DELETE FROM name WHERE document = ?", identity)
            tables.run("DELETE FROM document WHERE id = ?", identity)
            one = self._load(identity) if identity in coming else None
            for ways in (votes.ON_FIRST, votes.ON_THEN):
                touched |= votes.cast(tables, ways, identity, one)
            if one is not None:
                people.put(tables, one)
                facts.describe(tables, one, coming[identity])
                mates |= set(people.of(tables, identity))
        dirty = people.named(tables, sorted(mates))
        decided = votes.decided(tables, {one for one in touched if one[0] in votes.ON_FIRST})
        dirty |= votes.named(tables, votes.ON_FIRST, sorted({*decided, *coming})) | coming.keys()
        for identity in sorted(dirty):
            own = self._own(identity, votes.ON_FIRST)
            if own or identity not in coming:
                touched |= votes.cast(tables, votes.ON_THEN, identity, renamed(self._load(identity), own))
        decided = votes.decided(tables, {one for one in touched if one[0] in votes.ON_THEN})
        return dirty | votes.named(tables, votes.ON_THEN, sorted(decided | dirty))

    def _own(self, identity: str, ways: range) -> dict[Ref, Ref]:
        return votes.own(self.tables, identity, ways)

    def _renamed(self, identity: str) -> DocumentFacts:
        """A document with all entities under their common names."""
        one = renamed(self._load(identity), self._own(identity, votes.ON_FIRST))
        return renamed(one, self._own(identity, votes.ON_THEN))

    def _facts(self, identity: str, one: DocumentFacts | None, seeds: dict[int, set[str]]) -> None:
        """Put the facts of a document in the place of its old ones; all of them are to be joined again."""
        told = "SELECT stage, name FROM fact WHERE document = ?"
        before = self.tables.rows(told, identity)
        if one is None:
            facts.take(self.tables, identity)
        else:
            facts.put(self.tables, one)
        for stage, name in (*before, *self.tables.rows(told, identity)):
            seeds[stage].add(name)

    def _joined(self, said: Collection[str], seeds: dict[int, set[str]], put: Put) -> None:
        """Join again what is touched, and tell it."""
        groups = Groups(self.tables)
        for stage in range(len(STAGES)):
            for identity in said:
                told = "SELECT name FROM fact WHERE document = ? AND stage = ?"
                seeds[stage].update(self.tables.column(told, identity, stage))
            groups.join(stage, seeds[stage] | groups.speaking(stage), said)
        groups.spoken()
        gone = groups.forgotten()
        holding = telling.every(self.tables, put, [*groups.touched, (facts.EVENTS, gone)])
        for name in sorted(holding):
            telling.entity(self.tables, put, name)

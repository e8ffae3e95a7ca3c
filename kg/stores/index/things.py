"""Entities under their common names, and what all documents together know of each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.join.entities import one_of
from kg.model import Entity, EntityKind, Ref
from kg.stores.index.tables import Tables, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import DocumentFacts

_STATES = (EntityKind.COUNTRY, EntityKind.BLOC)
_MOST = 100_000  # entities of one document


def put(tables: Tables, document: str, one: DocumentFacts | None) -> set[Ref]:
    """Put the entities of a document in the place of its old ones; None takes them away. Which ones that touches."""
    touched = {Ref(name) for name in tables.column("SELECT id FROM entity WHERE document = ?", document)}
    tables.run("DELETE FROM entity WHERE document = ?", document)
    for at, entity in enumerate(one.entities if one else ()):
        place = f"{(one and one.document.published) or ''}\x01{document}\x01{_MOST - at:06}"
        tables.put("entity", [(entity.id, place, pack(entity), entity.country, document)])
        touched.add(entity.id)
    return touched


def settled(tables: Tables, names: Iterable[Ref]) -> Iterator[tuple[Ref, Entity | None, Entity | None]]:
    """What is known of entities now; those of which that has changed, with what was known and what is."""
    for name in sorted(names):
        told = Counter[Entity]()
        newest = "SELECT told, COUNT(*), MAX(place) FROM entity WHERE id = ? GROUP BY told ORDER BY 3 DESC"
        for packed, times, _ in tables.rows(newest, name):
            told[unpack(packed)] += times
        before, after = known(tables, name), one_of(list(told.items())) if told else None
        if before != after:
            tables.run("DELETE FROM thing WHERE id = ?", name)
            tables.put("thing", [(name, pack(after))] if after else [])
            yield name, before, after


def known(tables: Tables, name: Ref) -> Entity | None:
    """What is known of an entity."""
    for packed in tables.column("SELECT told FROM thing WHERE id = ?", name):
        found: Entity = unpack(packed)
        return found
    return None


def looked_at(tables: Tables, name: Ref, before: Entity | None, after: Entity | None) -> set[str]:
    """The documents whose facts are compared by what has changed of an entity."""
    kind = (after or before or Entity(name, EntityKind.TOPIC, "")).kind
    if before is not None and after is not None:
        same_label = before.label == after.label or kind not in (*_STATES, EntityKind.PLACE)
        if same_label and (before.country, before.within, before.kind) == (after.country, after.within, after.kind):
            return set()
    documents = set(tables.column("SELECT document FROM entity WHERE id = ?", name))
    if kind in _STATES:
        documents |= set(tables.column("SELECT document FROM entity WHERE country = ?", name))
    return documents


def around(tables: Tables, names: Iterable[Ref]) -> dict[Ref, Entity]:
    """Some entities, with the states that they belong to."""
    found: dict[Ref, Entity] = {}
    for name in names:
        one = known(tables, name)
        if one is not None:
            found[name] = one
            state = known(tables, one.country) if one.country and one.country not in found else None
            found |= {state.id: state} if state else {}
    return found

"""The common names of people, posts, bodies, places, topics and sources, and what all documents know of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.join.agreed import FIRST, THEN, agreed
from kg.join.people import common_names
from kg.join.seen import seen
from kg.model import Assertion, DocumentFacts, Entity, EntityKind, Fact, Ref

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.join.agreed import Names


def common(documents: Sequence[DocumentFacts]) -> tuple[DocumentFacts, ...]:
    """The documents with every entity under the name that all have in common. Offsets and fact names stay."""
    names = common_names(seen(documents)) | agreed(FIRST, documents)
    named = [renamed(one, _own(one, names)) for one in documents]
    more = agreed(THEN, named)
    return tuple(renamed(one, _own(one, more)) for one in named)


def _own(one: DocumentFacts, names: Names) -> dict[Ref, Ref]:
    return {e.id: name for e in one.entities if (name := names.get((one.document.id, e.id)))}


def renamed(one: DocumentFacts, own: Mapping[Ref, Ref]) -> DocumentFacts:
    """The document with its entities under other names."""
    if not own:
        return one
    return replace(
        one,
        entities=tuple(sorted((_under(e, own) for e in one.entities), key=lambda e: (e.id, e.label))),
        mentions=tuple(sorted(replace(m, entity=own[m.entity]) if m.entity in own else m for m in one.mentions)),
        facts=tuple(_with(f, own) for f in one.facts),
    )


def _under(entity: Entity, names: Mapping[Ref, Ref]) -> Entity:
    if names.keys().isdisjoint((entity.id, entity.country, entity.organization, entity.within)):
        return entity

    def of(name: Ref | None) -> Ref | None:
        return None if name is None else names.get(name, name)

    return replace(
        entity, id=names.get(entity.id, entity.id), country=of(entity.country), organization=of(entity.organization),
        within=of(entity.within),
    )  # fmt: skip


def _with(fact: Fact, names: Mapping[Ref, Ref]) -> Fact:
    """The fact, the same object where no name in it changes."""
    if not any(isinstance(a.value, Ref) and a.value in names for a in fact.assertions):
        return fact
    return replace(fact, assertions=tuple(_put(a, names) for a in fact.assertions))


def _put(said: Assertion, names: Mapping[Ref, Ref]) -> Assertion:
    return replace(said, value=names[said.value]) if isinstance(said.value, Ref) and said.value in names else said


def merged(documents: Sequence[DocumentFacts]) -> tuple[Entity, ...]:
    """One entity for each id; what a newer report says of its country, office or code goes before the older."""
    newest_first = sorted(documents, key=lambda d: (d.document.published or "", d.document.id), reverse=True)
    same: dict[Ref, Counter[Entity]] = defaultdict(Counter)
    for document in newest_first:
        for entity in document.entities:
            same[entity.id][entity] += 1
    return tuple(one_of(list(same[key].items())) for key in sorted(same))


def one_of(same: Sequence[tuple[Entity, int]]) -> Entity:
    """The entity with the fullest label; all other wordings are its alternatives.

    Args:
        same: What is said of it, each with the number of times, the newest first.
    """
    if len(same) == 1:
        alone = same[0][0]
        others = tuple(sorted({*alone.alt_labels} - {alone.label}))
        return alone if others == alone.alt_labels else replace(alone, alt_labels=others)
    wordings = {w for entity, _ in same for w in (entity.label, *entity.alt_labels)}
    labels, states = Counter[str](), Counter[Ref]()
    for entity, times in same:
        labels[entity.label] += times
        if entity.country:
            states[entity.country] += times
    label = min(labels, key=lambda w: (-len(w.split()), -len(w), -labels[w], w))
    merged = replace(same[0][0], label=label, alt_labels=tuple(sorted(wordings - {label})))
    if merged.kind is EntityKind.PERSON:  # nobody changes the state; one report may have misread it
        merged = replace(merged, country=min(states, key=lambda s: (-states[s], s), default=None))
    for older, _ in same[1:]:
        merged = replace(
            merged,
            country=merged.country or older.country,
            code=merged.code or older.code,
            normal_form=merged.normal_form or older.normal_form,
            rank=merged.rank or older.rank,
            organization=merged.organization or older.organization,
            within=merged.within or older.within,
            exact_match=merged.exact_match or older.exact_match,
        )
    return merged

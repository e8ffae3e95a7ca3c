"""The common names of people, posts, bodies, places, topics and sources, and what all documents know of them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from kg.iris import fold, ref, slug
from kg.join.merging import Sources
from kg.join.people import common_names
from kg.model import Assertion, DocumentFacts, Entity, EntityKind, FactKind, Ref

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Names: TypeAlias = "dict[tuple[str, Ref], Ref]"  # document and the name it gives -> the common name
_LOCATED = (EntityKind.ORGANIZATION, EntityKind.PLACE)


def common(documents: Sequence[DocumentFacts]) -> tuple[DocumentFacts, ...]:
    """The documents with every entity under the name that all have in common. Offsets and fact names stay."""
    names = common_names(documents) | _bodies(documents) | _topics(documents) | _sources(documents)
    named = [_renamed(one, names) for one in documents]
    more = _posts(named) | _spelled(named)
    return tuple(_renamed(one, more) for one in named)


def _renamed(one: DocumentFacts, names: Names) -> DocumentFacts:
    own = {e.id: name for e in one.entities if (name := names.get((one.document.id, e.id)))}
    if not own:
        return one
    return replace(
        one,
        entities=tuple(sorted((_under(e, own) for e in one.entities), key=lambda e: (e.id, e.label))),
        mentions=tuple(sorted(replace(m, entity=own.get(m.entity, m.entity)) for m in one.mentions)),
        facts=tuple(replace(f, assertions=tuple(_put(a, own) for a in f.assertions)) for f in one.facts),
    )


def _under(entity: Entity, names: Mapping[Ref, Ref]) -> Entity:
    def of(name: Ref | None) -> Ref | None:
        return None if name is None else names.get(name, name)

    return replace(
        entity, id=names.get(entity.id, entity.id), country=of(entity.country), organization=of(entity.organization),
        within=of(entity.within),
    )  # fmt: skip


def _put(said: Assertion, names: Mapping[Ref, Ref]) -> Assertion:
    return replace(said, value=names[said.value]) if isinstance(said.value, Ref) and said.value in names else said


def _bodies(documents: Sequence[DocumentFacts]) -> Names:
    """Bodies and places of one name in different states are different: they get the state's code behind the name."""
    states: dict[Ref, set[Ref]] = defaultdict(set)
    located = [(one.document.id, e) for one in documents for e in one.entities if e.kind in _LOCATED and e.country]
    for _, entity in located:
        states[entity.id].add(entity.country or Ref(""))
    return {
        (document, e.id): Ref(f"{e.id}-{slug((e.country or '').rpartition('/')[2])}")
        for document, e in located if len(states[e.id]) > 1
    }  # fmt: skip


def _spelled(documents: Sequence[DocumentFacts]) -> Names:
    """Places of one state whose names differ in blanks, hyphens and diacritics only: "Hà Nội", "Hanoi"."""
    found: dict[tuple[Ref, str], dict[Ref, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in documents:
        for entity in one.entities:
            if entity.kind is EntityKind.PLACE and entity.country:
                letters = "".join(re.findall(r"\w+", fold(entity.label)))
                found[entity.country, letters][entity.id].add(one.document.id)
    names: Names = {}
    for places in found.values():
        best = min(places, key=lambda name: (-len(places[name]), name))
        names |= {(document, name): best for name in places if name != best for document in places[name]}
    return names


def _topics(documents: Sequence[DocumentFacts]) -> Names:
    """Topics of the same words are one."""
    found: dict[str, set[tuple[str, Ref]]] = defaultdict(set)
    for one in documents:
        for entity in one.entities:
            if entity.kind is EntityKind.TOPIC:
                found[fold(entity.label)].add((one.document.id, entity.id))
    return {
        place: ref("topic", label) for label, places in found.items()
        if len({name for _, name in places}) > 1 and len({document for document, _ in places}) > 1 for place in places
    }  # fmt: skip


def _sources(documents: Sequence[DocumentFacts]) -> Names:
    """The unnamed source of a sentence that is printed again is the same one; it has the name of the earliest print."""
    sources = Sources.of(documents)
    seen: dict[tuple[str, str], list[tuple[bool, str, str, Ref]]] = defaultdict(list)
    for one in documents:
        unnamed = {e.id: fold(e.label) for e in one.entities if e.kind is EntityKind.SOURCE}
        for fact in one.facts:
            for said in fact.assertions:
                if fact.kind is FactKind.STATEMENT and said.property == "speaker" and said.value in unnamed:
                    day, speaker = one.document.published, Ref(str(said.value))
                    key = unnamed[speaker], sources.words(said.evidence)
                    seen[key].append((day is None, day or "", one.document.id, speaker))
    names: Names = {}
    for key in sorted(seen):
        first = min(seen[key])
        for _, _, document, speaker in seen[key]:
            if document != first[2]:
                names.setdefault((document, speaker), first[3])
    return names


def _posts(documents: Sequence[DocumentFacts]) -> Names:
    """A post without a state is the one of the same normal form that its holder has in other documents."""
    held: dict[tuple[Ref, str], set[Ref]] = defaultdict(set)
    bare: dict[tuple[str, Ref], set[tuple[Ref, str]]] = defaultdict(set)
    for one in documents:
        posts = {e.id: e for e in one.entities if e.kind is EntityKind.POST}
        for fact in one.facts:
            said = {a.property: a.value for a in fact.assertions}
            post = posts.get(Ref(str(said.get("post"))))
            if fact.kind is FactKind.TENURE and post is not None and post.normal_form:
                key = Ref(str(said["member"])), post.normal_form
                if post.country:
                    held[key].add(post.id)
                else:
                    bare[one.document.id, post.id].add(key)
    found = {place: set().union(*(held[key] for key in keys)) for place, keys in bare.items()}
    return {place: min(posts) for place, posts in found.items() if len(posts) == 1}


def merged(documents: Sequence[DocumentFacts]) -> tuple[Entity, ...]:
    """One entity for each id; what a newer report says of its country, office or code goes before the older."""
    newest_first = sorted(documents, key=lambda d: (d.document.published or "", d.document.id), reverse=True)
    same: dict[Ref, list[Entity]] = defaultdict(list)
    for document in newest_first:
        for entity in document.entities:
            same[entity.id].append(entity)
    return tuple(_entity(same[key]) for key in sorted(same))


def _entity(same: Sequence[Entity]) -> Entity:
    """The entity with the fullest label; all other wordings are its alternatives."""
    wordings = {w for entity in same for w in (entity.label, *entity.alt_labels)}
    labels = [entity.label for entity in same]
    label = min(set(labels), key=lambda w: (-len(w.split()), -len(w), -labels.count(w), w))
    merged = replace(same[0], label=label, alt_labels=tuple(sorted(wordings - {label})))
    if merged.kind is EntityKind.PERSON:  # nobody changes the state; one report may have misread it
        states = [entity.country for entity in same if entity.country]
        merged = replace(merged, country=min(set(states), key=lambda s: (-states.count(s), s), default=None))
    for older in same[1:]:
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

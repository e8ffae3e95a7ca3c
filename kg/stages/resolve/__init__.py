"""Stage 5 of 7: claims -> facts: what several sentences say of one thing is put together and gets its name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import EVENTS, Assertion, Claim, DocumentFacts, Entity, EntityKind, Evidence, Fact, FactKind, Ref
from kg.stages.resolve.cluster import Cluster, values
from kg.stages.resolve.events import cluster
from kg.stages.resolve.naming import Namer
from kg.stages.resolve.tariffs import same_tariff
from kg.stages.resolve.unread import unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Document, Mentions
    from kg.tokens import Tokens
# What tells two things of one kind apart; those of kinds not named here are never put together.
_TOLD_APART = {FactKind.TENURE: ("member", "post", "tenureStatus"), FactKind.DEADLINE: ("date",)}


def resolve(
    document: Document, doc: Tokens, mentions: Mentions, claims: tuple[Claim, ...], *, generator: str = ""
) -> DocumentFacts:
    """The facts of one document. Claims about one thing become one fact; an anaphoric claim makes none of its own."""
    entities = _entities(mentions, claims)
    groups = [*cluster(document, [c for c in claims if c.kind in EVENTS], entities), *_others(claims)]
    groups.sort(key=lambda g: (g.claims[0].evidence.start, g.claims[0].key))
    namer = Namer(document, entities)
    names: dict[Ref, Ref] = {}
    named = []
    for group in groups:
        name = namer.name(group)
        named.append((name, group))
        names.update({claim.key: name for claim in group.claims if claim.key not in names})
    facts = tuple(_fact(name, group, names) for name, group in named)
    kept = {a.value for f in facts for a in f.assertions if isinstance(a.value, Ref)}
    used = _used(entities, kept | {m.entity for m in mentions.mentions})
    return DocumentFacts(
        document, generator, mentions.sentences, used, mentions.mentions, facts, unread(doc, mentions, facts)
    )


def _entities(mentions: Mentions, claims: tuple[Claim, ...]) -> dict[Ref, Entity]:
    """The entities of mentions and claims by name, with all their labels."""
    found: dict[Ref, Entity] = {e.id: e for e in mentions.entities}
    for claim in claims:
        for entity in claim.entities:
            known = found.get(entity.id)
            if known is None:
                found[entity.id] = entity
            elif entity.label not in {known.label, *known.alt_labels}:
                labels = tuple(dict.fromkeys([*known.alt_labels, entity.label, *entity.alt_labels]))
                found[entity.id] = replace(known, alt_labels=labels)
            elif known.kind is EntityKind.SOURCE and known.country is None:
                found[entity.id] = replace(known, country=entity.country)
    return found


def _used(entities: dict[Ref, Entity], wanted: set[Ref]) -> tuple[Entity, ...]:
    """The entities that facts and mentions name, and those that these lie in or belong to."""
    todo, seen = sorted(wanted), set()
    while todo:
        name = todo.pop()
        entity = entities.get(name)
        if entity is None or name in seen:
            continue
        seen.add(name)
        todo += [r for r in (entity.country, entity.organization, entity.within) if r is not None]
    return tuple(entities[name] for name in sorted(seen))


def _others(claims: Iterable[Claim]) -> Iterator[Cluster]:
    """Tenures of one person in one post, and tariffs of one imposer, target, product and rate, are one fact each."""
    groups: list[Cluster] = []
    for claim in claims:
        if claim.kind in EVENTS:
            continue
        for group in groups:
            if group.kind is claim.kind and _same(group, claim):
                group.claims.append(claim)
                break
        else:
            if not claim.anaphoric:
                groups.append(Cluster(claim.kind, [claim]))
    yield from groups


def _same(group: Cluster, claim: Claim) -> bool:
    """Whether a claim other than of an event speaks of the thing of a group."""
    if claim.kind is FactKind.TARIFF:
        return same_tariff(group, claim)
    names = _TOLD_APART.get(claim.kind)
    return names is not None and all(group.values(n) == values(claim, n) for n in names)


def _meant(claim: Ref, names: dict[Ref, Ref]) -> Iterator[Ref]:
    """The facts that a claim became: several where it counts ("twice"), none where it was dropped."""
    n, key = 0, claim
    while key in names:
        yield names[key]
        n += 1
        key = Ref(f"{claim}.{n}")


def _fact(name: Ref, group: Cluster, names: dict[Ref, Ref]) -> Fact:
    """The fact of a group; references to claims become those to facts, and those to dropped claims are left out."""
    said: dict[tuple[str, object, int], Assertion] = {}
    for assertion in (a for claim in group.claims for a in claim.assertions):
        value = assertion.value
        if not (isinstance(value, Ref) and "@" in value):
            said.setdefault((assertion.property, value, assertion.evidence.start), assertion)
            continue
        for one in _meant(value, names):
            if one != name:
                said.setdefault((assertion.property, one, assertion.evidence.start), replace(assertion, value=one))
    evidence: dict[int, Evidence] = {}
    for claim in group.claims:
        evidence.setdefault(claim.evidence.start, claim.evidence)
    for assertion in said.values():
        evidence.setdefault(assertion.evidence.start, assertion.evidence)
    return Fact(name, group.kind, tuple(said.values()), tuple(evidence[k] for k in sorted(evidence)))

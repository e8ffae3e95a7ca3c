"""Quads of people, posts, countries, organizations, places, products and topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Entity, EntityKind
from kg.stages.state.terms import line, node, term, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.ntriples import Line

_TYPES = {
    EntityKind.PERSON: ("schema:Person",),
    EntityKind.POST: ("org:Post",),
    EntityKind.COUNTRY: ("schema:Country",),
    EntityKind.BLOC: ("kg:Bloc",),
    EntityKind.ORGANIZATION: ("org:FormalOrganization",),
    EntityKind.SOURCE: ("kg:UnnamedSource",),
    EntityKind.PLACE: ("schema:Place",),
    EntityKind.PRODUCT: ("kg:Product", "skos:Concept"),
    EntityKind.TOPIC: ("kg:Topic", "skos:Concept"),
}
# Where one field is another property for one kind of entity.
_LABEL = {EntityKind.PERSON: "schema:name"}
_CODE = {EntityKind.PRODUCT: "kg:hsHeading"}
_COUNTRY = {EntityKind.PERSON: "kg:represents"}
_WITHIN = {EntityKind.PRODUCT: "skos:broader"}


def quads(entities: Iterable[Entity]) -> Iterator[Line]:
    """All that is known of each entity, in the default graph."""
    rdf_type, alt_label = term("rdf:type"), term("skos:altLabel")
    for entity in entities:
        subject, kind = node(entity.id), entity.kind
        for name in _TYPES[kind]:
            yield line(subject, rdf_type, term(name))
        for words in entity.alt_labels:
            yield line(subject, alt_label, text(words))
        for name, literal in (
            (_LABEL.get(kind, "rdfs:label"), entity.label),
            (_CODE.get(kind, "schema:identifier"), entity.code),
            ("kg:normalForm", entity.normal_form),
            ("kg:rank", entity.rank),
        ):
            if literal is not None:
                yield line(subject, term(name), text(literal))
        for name, ref in (
            (_COUNTRY.get(kind, "kg:country"), entity.country),
            ("org:postIn", entity.organization),
            (_WITHIN.get(kind, "kg:within"), entity.within),
        ):
            if ref is not None:
                yield line(subject, term(name), node(ref))
        if entity.exact_match is not None:
            yield line(subject, term("skos:exactMatch"), f"<{entity.exact_match}>")

"""Readable names of facts, scoped to the document: `event/talks-call-doe-roe`, with a number where several share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.iris import document_key, slug
from kg.model import EVENTS, EntityKind, FactKind, Ref

if TYPE_CHECKING:
    from kg.model import Document, Entity
    from kg.stages.resolve.cluster import Cluster

_TOLD_BY = {
    FactKind.TENURE: ("member", "post"),
    FactKind.TARIFF: ("imposedBy", "target", "product", "rate"),
    FactKind.STATEMENT: ("speaker",),
    FactKind.POSITION: ("holder", "stance"),
    FactKind.DEADLINE: ("date",),
    FactKind.ACTION: ("source", "eventCode", "recipient"),
}
_PARTS = 4  # a call of ten names the first four
_WORDS = 4  # of a label


class Namer:
    """Gives out the names of one document's facts, in order of the text."""

    def __init__(self, document: Document, entities: dict[Ref, Entity]) -> None:
        self._key, self._entities, self._given = document_key(document.id), entities, set[Ref]()

    def name(self, group: Cluster) -> Ref:
        """A name that no fact of the document has yet."""
        folder = "event" if group.kind in EVENTS else group.kind.value.lower()
        parts = [self._key, group.kind.value.lower() if group.kind in EVENTS else "", *self._parts(group)]
        base = f"{folder}/" + "-".join(p for p in (slug(str(x)) for x in parts if x) if p)
        name, n = Ref(base), 2
        while name in self._given:
            name, n = Ref(f"{base}-{n}"), n + 1
        self._given.add(name)
        return name

    def _parts(self, group: Cluster) -> list[str]:
        """The words that tell a fact from others: of an event who took part, else which states."""
        properties = _TOLD_BY.get(group.kind) or (("participant",) if group.values("participant") else ("party",))
        found: dict[str, None] = {}
        for name in properties:
            said = [a for c in group.claims for a in c.assertions if a.property == name]
            found.update(dict.fromkeys(self._word(a.value) for a in sorted(said, key=lambda a: a.evidence.start)))
        return list(found)[:_PARTS]

    def _word(self, value: object) -> str:
        """The word for a value: surname of a person, code of a state, the first words of another label."""
        if not isinstance(value, Ref) or value not in self._entities:
            return str(value)
        entity = self._entities[value]
        if entity.kind is EntityKind.PERSON:
            last = slug(entity.label.split()[-1])
            return last if "-" in entity.label.split()[-1] else last.rsplit("-", 1)[-1]
        if entity.kind in {EntityKind.COUNTRY, EntityKind.BLOC}:
            return entity.code or entity.label
        return " ".join(entity.label.split()[:_WORDS])

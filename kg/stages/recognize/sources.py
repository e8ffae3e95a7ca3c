"""Unnamed sources: "an official", "a State Department spokeswoman"; one for each document and description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.iris import document_key, ref, slug
from kg.model import Entity, EntityKind, Ref
from kg.stages.recognize.office_words import rank

if TYPE_CHECKING:
    from kg.model import Document
    from kg.stages.recognize.offices import Holding
    from kg.tokens import Tokens

_SPEAKING_RANKS = frozenset({"official", "envoy", "minister", "deputy", "legislator", "other"})


def source(document: Document, doc: Tokens, holding: Holding, known: dict[Ref, Entity]) -> Entity | None:
    """The unnamed person that an office phrase without a name stands for, or None where none can be meant.

    A definite phrase ("the official") is the source of that office described before.
    """
    office = holding.office
    if rank(office.head) not in _SPEAKING_RANKS:
        return None
    article = doc[office.start - 1].lower_ if office.start else ""
    head = slug(office.head)
    key = document_key(document.id)
    if office.definite:
        fits = [e for e in known.values() if e.kind is EntityKind.SOURCE and slug(e.label).endswith(head)]
        if fits:
            return fits[-1]
    words = doc[office.start : office.end].text.replace("\n", " ")
    label = f"{article} {words}" if article in {"a", "an", "another", "one"} else words
    state = Ref(f"country/{holding.country}") if holding.country else None
    return Entity(ref("source", key, words), EntityKind.SOURCE, label, country=state)

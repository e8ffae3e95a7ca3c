"""A text read up to a stage, for tests of the rules: `read("Ken Tanaka met Jane Doe.")`."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.stages.ingest.document import document
from kg.stages.parse import load, parse
from kg.stages.recognize import recognize
from kg.stages.relate import relate
from kg.stages.relate.text import Text
from kg.stages.resolve import resolve

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.model import Claim, Document, DocumentFacts, Entity, EntityKind, Mentions, Ref
    from kg.tokens import Token, Tokens

GOLD = Path(__file__).parent / "data/gold"


class Reading(NamedTuple):
    """One text with what the stages made of it."""

    document: Document
    doc: Tokens
    mentions: Mentions

    @property
    def text(self) -> Text:
        return Text(self.document, self.doc, self.mentions)

    @property
    def claims(self) -> tuple[Claim, ...]:
        return relate(self.document, self.doc, self.mentions)

    @property
    def facts(self) -> DocumentFacts:
        return resolve(self.document, self.doc, self.mentions, self.claims)

    def label(self, name: Ref | None) -> str | None:
        """The label of an entity, or the code of a state."""
        entity = next((e for e in self.mentions.entities if e.id == name), None)
        return (entity.code or entity.label) if entity else None

    def labels(self, kind: EntityKind) -> set[str]:
        return {e.label for e in self.mentions.entities if e.kind is kind}

    def entity(self, label: str) -> Entity:
        return next(e for e in self.mentions.entities if e.label == label)

    def token(self, word: str, nth: int = 0) -> Token:
        return [t for t in self.doc if t.text == word][nth]

    def offices(self) -> list[tuple[str, str | None, str, str | None]]:
        """Label, state, status and holder of each office phrase."""
        return [(o.label, o.country, o.status, self.label(o.holder)) for o in self.mentions.offices]


@cache
def model() -> Language:
    return load()


def read(text: str, published: str | None = "2025-06-28") -> Reading:
    given = replace(document("case.txt", text), published=published)
    [(one, doc)] = parse([given], model())
    return Reading(one, doc, recognize(one, doc))


def gold(name: str) -> list[dict[str, Any]]:
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]

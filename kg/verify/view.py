"""The graph as plain Python for checking: what is known, and what each sentence says, by subject and property.

Properties and classes are short names (`kg:minutes`), values Python values (see `kg.result`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.iris import document_iri, fold, iri
from kg.model import Ref
from kg.network import local
from kg.result import IRI, Value, value, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.corrections import Corrections
    from kg.model import Document
    from kg.store import Graph

Properties = dict[str, list[Value]]
_NAMES = ("schema:name", "rdfs:label", "skos:altLabel")
_DATELINE = re.compile(r"^[A-Z][^\n]{0,60}?\d\s*(?:\([^)\n]*\))?\s*(?:--|—|–)\s")
_PLACE = re.compile(r"(.+)#char=(\d+),(\d+)")


def folded(text: str) -> str:
    """Folded words with single blanks between them, for finding phrases."""
    return " ".join(re.findall(r"[\w%.]*[\w%]", fold(text.replace("’", "'"))))


def has_phrase(text: str, phrase: str) -> bool:
    """Whether folded words stand in a folded text, at the borders of words."""
    return bool(phrase) and f" {phrase} " in f" {text} "


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a stored text, with the text before it."""

    document: Document
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return self.document.text[self.start : self.end]

    @property
    def before(self) -> str:
        """The headline and body up to the sentence, without datelines, whose date is that of the report."""
        blocks = [b for b in self.document.blocks if b.kind not in ("meta", "dateline") and b.start < self.start]
        return "\n".join(_DATELINE.sub("", self.document.text[b.start : min(b.end, self.start)]) for b in blocks)


@dataclass
class View:
    """What is known and what is said. `said` is keyed by sentence; `texts` by the IRI of the document."""

    known: dict[IRI, Properties]
    said: dict[IRI, dict[IRI, Properties]]
    texts: Mapping[str, Document]
    words: dict[str, str]
    corrections: Corrections

    @classmethod
    def of(cls, graph: Graph, documents: Iterable[Document], corrections: Corrections | None) -> View:
        """Read a graph and the documents that it is checked against."""
        from pyoxigraph import DefaultGraph

        from kg.corrections import Corrections

        known: dict[IRI, Properties] = defaultdict(lambda: defaultdict(list))
        said: dict[IRI, dict[IRI, Properties]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
        for quad in graph.quads():
            level = known if quad.graph_name == DefaultGraph() else said[IRI(value(quad.graph_name))]  # type: ignore[arg-type]
            subject = IRI(value(quad.subject))
            level[subject][IRI(quad.predicate.value).short()].append(value(quad.object))
        texts = {document_iri(d.id): d for d in documents}
        return cls({s: dict(p) for s, p in known.items()}, {g: dict(s) for g, s in said.items()}, texts,
                   {iri: folded(d.text) for iri, d in texts.items()}, corrections or Corrections())  # fmt: skip

    def get(self, subject: Value, name: str) -> list[Value]:
        """The values that are known of a thing."""
        return self.known.get(subject, {}).get(name, []) if isinstance(subject, IRI) else []

    def kinds(self, subject: Value) -> set[str]:
        """The classes of a thing, as short names."""
        return {t.short() for t in self.get(subject, "rdf:type") if isinstance(t, IRI)}

    def names(self, subject: Value) -> tuple[str, ...]:
        """Every name of a thing, as written."""
        return tuple(str(n) for name in _NAMES for n in self.get(subject, name))

    def passage(self, sentence: Value) -> Passage | None:
        """The stretch of a stored text that the IRI of a sentence stands for; None where there is none."""
        match = _PLACE.fullmatch(str(sentence))
        document = self.texts.get(match[1]) if match else None
        if match is None or document is None or not int(match[2]) < int(match[3]) <= len(document.text):
            return None
        return Passage(document, int(match[2]), int(match[3]))

    @cached_property
    def facts(self) -> dict[IRI, Properties]:
        """The subjects that are facts: of a class of ours, and neither entity nor evidence."""
        return {s: p for s, p in self.known.items() if self.kinds(s) & FACTS}

    @cached_property
    def fellows(self) -> dict[Value, set[IRI]]:
        """Country -> the people, bodies and sources that are of it."""
        found: dict[Value, set[IRI]] = defaultdict(set)
        for subject, properties in self.known.items():
            for name in ("kg:represents", "kg:country"):
                for country in properties.get(name, ()):
                    if isinstance(country, IRI) and "org:Post" not in self.kinds(subject):
                        found[country].add(subject)
        return dict(found)

    @cached_property
    def posts(self) -> dict[Value, set[IRI]]:
        """Person -> posts that a tenure gives to that person."""
        found: dict[Value, set[IRI]] = defaultdict(set)
        for properties in self.facts.values():
            for person in properties.get("org:member", ()):
                found[IRI(str(person))] |= {IRI(str(post)) for post in properties.get("kg:post", ())}
        return dict(found)

    def corrected(self, fact: IRI, name: str, one: Value) -> bool:
        """Whether a judgement of the corrections file says so; names of a fact include those it replaces."""
        names = {fact, *(str(n) for n in self.get(fact, "dcterms:replaces"))}
        judged = [right for right in self.corrections.values if iri(right.fact) in names]
        if name == "kg:correctedBy":
            pairs = [p for p in (*self.corrections.same, *self.corrections.not_same)
                     if {iri(p.one), iri(p.other)} & names]  # fmt: skip
            return one in {*(right.by for right in judged), *(pair.by for pair in pairs)}
        given = [v for right in judged if right.property == name.partition(":")[2] for v in right.values]
        refs = {iri(v) for v in given if isinstance(v, Ref)}
        return one in given or one in refs or any(v in (words(one), local(str(one))) for v in given)

    def assertions(self) -> Iterator[tuple[IRI, IRI, str, Value]]:
        """(sentence, fact, property, value) of all that sentences say."""
        for sentence, subjects in self.said.items():
            for subject, properties in subjects.items():
                for name, values in properties.items():
                    yield from ((sentence, subject, name, one) for one in values)


EVENTS = frozenset(f"kg:{kind}" for kind in ("Meeting", "Call", "Visit", "Round", "Summit", "Signing"))
FACTS = EVENTS | {f"kg:{kind}" for kind in ("Tenure", "Tariff", "Statement", "Position", "Deadline", "Action")}
ENTITIES = frozenset({"schema:Person", "org:Post", "schema:Country", "kg:Bloc", "org:FormalOrganization",
                      "kg:UnnamedSource", "schema:Place", "kg:Product", "kg:Topic"})  # fmt: skip

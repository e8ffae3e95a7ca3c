"""What stands behind the facts: the sentences that state them, with the words that carry them, and who says so."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, TypedDict

from kg.network import Thing, label_of, local
from kg.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

# Properties whose values are words or numbers that the sentence itself may show.
_STATED = ("minutes", "rate", "previousRate", "addedRate", "ground", "partOfDay", "quote", "text", "label")


class Document(TypedDict):
    """A document as the page names it."""

    title: str
    date: str
    publisher: str
    url: str


class Sentence(TypedDict):
    """A sentence with the number of its document (-1: unknown); a withheld text (`--no-text`) is ""."""

    text: str
    document: int
    place: str


class Behind:
    """Sentences, documents and speakers of a graph, numbered in the order of their IRIs."""

    def __init__(self, found: dict[str, Thing], quads: Iterable[Quad]) -> None:
        """Read the default graph from `found`, and the sentence graphs from `quads`."""
        self._found = found
        articles = sorted(i for i, t in found.items() if "NewsArticle" in t.types)
        # Sorted by place in the document: char=9 before char=61.
        spoken = sorted((i for i, t in found.items() if "Sentence" in t.types), key=_place)
        self._number = {iri: n for n, iri in enumerate(spoken)}
        article = {iri: n for n, iri in enumerate(articles)}
        self.documents = [self._document(iri) for iri in articles]
        self.sentences = [self._sentence(iri, article) for iri in spoken]
        self._stating = _stating(quads)
        self._mentioned = _inverse(found, "mentions", spoken)
        statements = [i for i, t in found.items() if "Statement" in t.types]
        self._told = {name: _inverse(found, name, statements) for name in ("reports", "denies")}

    def of_fact(self, iri: str) -> list[tuple[int, list[tuple[int, int]]]]:
        """Each sentence that a fact cites, with the stretches of it that name what the fact is about."""
        cited = [s for s in self._found[iri].links.get("evidence", ()) if s in self._number]
        return [(self._number[s], self._marks(iri, s)) for s in sorted(cited, key=self._number.__getitem__)]

    def of_entity(self, iri: str) -> list[tuple[int, list[tuple[int, int]]]]:
        """Each sentence that names an entity, with its names."""
        terms = self._names(iri)
        return [(self._number[s], marks(self.sentences[self._number[s]]["text"], terms))
                for s in self._mentioned.get(iri, ())]  # fmt: skip

    def of_both(self, one: str, other: str) -> list[tuple[int, list[tuple[int, int]]]]:
        """Each sentence that names two entities, with their names."""
        both = [s for s in self._mentioned.get(one, ()) if s in self._mentioned.get(other, ())]
        terms = [*self._names(one), *self._names(other)]
        return [(self._number[s], marks(self.sentences[self._number[s]]["text"], terms)) for s in both]

    def quoted(self, comment: str) -> list[tuple[int, list[tuple[int, int]]]]:
        """Each sentence that a reader comment quotes."""
        return [(self._number[s], []) for s in self._found[comment].links.get("quotes", ()) if s in self._number]

    def of_triple(self, subject: str, name: str, target: str) -> list[tuple[int, list[tuple[int, int]]]]:
        """The sentences that state one link of a fact; those of the whole fact where none states it alone."""
        stating = {self._number[s] for s in self._stating.get((subject, name, target), ()) if s in self._number}
        every = self.of_fact(subject)
        return [row for row in every if row[0] in stating] or every

    def told(self, iri: str) -> list[tuple[str, str]]:
        """("reports" or "denies", statement) for each statement that carries a fact."""
        return [(name, statement) for name, told in self._told.items() for statement in told.get(iri, ())]

    def _names(self, iri: str) -> list[str]:
        thing = self._found.get(iri)
        return [label_of(iri, self._found), *thing.values.get("altLabel", ())] if thing else []

    def _marks(self, iri: str, sentence: str) -> list[tuple[int, int]]:
        fact = self._found[iri]
        linked = {o for targets in fact.links.values() for o in targets}
        terms = [name for o in sorted(linked) for name in self._names(o)]
        terms += [number(v) for name in _STATED for v in fact.values.get(name, ())]
        return marks(self.sentences[self._number[sentence]]["text"], terms)

    def _document(self, iri: str) -> Document:
        thing = self._found[iri]
        url = next(iter([*thing.links.get("url", ()), *thing.values.get("url", ())]), "")
        publisher = next((label_of(p, self._found) for p in thing.links.get("publisher", ())), "")
        return {"title": thing.first("headline") or local(iri), "date": thing.first("datePublished"),
                "publisher": publisher, "url": safe_link(url or iri)}  # fmt: skip

    def _sentence(self, iri: str, article: dict[str, int]) -> Sentence:
        thing = self._found[iri]
        document = next((article[d] for d in thing.links.get("isPartOf", ()) if d in article), -1)
        return {"text": thing.first("text"), "document": document, "place": local(iri).removeprefix("char=")}


def safe_link(address: str) -> str:
    """The address where it is one of the web, else "": no page may carry a `javascript:` link.

    Names below our own base are no addresses of documents either.
    """
    return address if re.match(r"https?://[^\s/]", address) and "://w3id.org/parley/" not in address else ""


def marks(text: str, terms: Iterable[str]) -> list[tuple[int, int]]:
    """The stretches of a text where one of the terms stands as a whole word, longest first, without overlap."""
    wanted = sorted({t for t in terms if t}, key=lambda t: (-len(t), t))
    if not wanted:
        return []
    pattern = "|".join(re.escape(t) for t in wanted)
    return [m.span() for m in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)(?!\.\d)", text)]


def _inverse(found: dict[str, Thing], name: str, subjects: Iterable[str]) -> dict[str, list[str]]:
    turned: dict[str, list[str]] = defaultdict(list)
    for subject in subjects:
        for target in found[subject].links.get(name, ()):
            turned[target].append(subject)
    return turned


def _stating(quads: Iterable[Quad]) -> dict[tuple[str, str, str], list[str]]:
    """(subject, local name, object) -> the sentences whose graphs hold this link."""
    from pyoxigraph import NamedNode

    stating: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode) and isinstance(quad.object, NamedNode):
            key = (quad.subject.value, local(quad.predicate.value), quad.object.value)  # type: ignore[union-attr]
            stating[key].append(quad.graph_name.value)
    return stating


def _place(sentence: str) -> tuple[str, int, str]:
    """Document, and offset in it, of a sentence's IRI."""
    document, _, span = sentence.rpartition("#char=")
    start = span.split(",")[0]
    return document, int(start) if start.isdigit() else 0, span

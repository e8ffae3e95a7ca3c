"""How the facts of a document are kept beside the graph: a record in a graph of its own, compressed.

    <entry>  store:identity "news/talks.txt" ; store:version "SHA-256, rules, lexicon and model" ; store:facts "..." ;
             store:joined true .

A record is named after identity and version. One that is not joined yet has arrived; the graph does not tell of it.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg import facts_json, ntriples, store
from kg.errors import GraphError, SourceError
from kg.iris import BASE
from kg.model import DocumentFacts
from kg.ntriples import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.ntriples import Line
    from kg.stores.backend import Backend, Quads

TERMS = "https://w3id.org/parley/store#"
KEPT = NamedNode(store.KEPT)  # the graph in which records stand, and what is said of the store as a whole
IDENTITY, VERSION, FACTS, JOINED, CORRECTIONS, LAYOUT, MADE_BY, GOING = (
    NamedNode(TERMS + name)
    for name in ("identity", "version", "facts", "joined", "corrections", "layout", "madeBy", "going")
)
TRUE = Literal(True)
CURRENT = "1"  # layout of records; raised when an older release could not read them


def version(sha256: str, generator: str) -> str:
    """What tells whether a document is known as it is: its words, and what reads them."""
    return f"{sha256} {generator}"


def entry(identity: str, version: str) -> NamedNode:
    """The name of a record."""
    digest = hashlib.sha256(f"{identity} {version}".encode("utf-8", "surrogatepass")).hexdigest()
    return NamedNode(f"{BASE}store/{digest[:32]}")


def lines(facts: DocumentFacts) -> list[Line]:
    """The record of a document."""
    told = version(facts.document.sha256, facts.generator)
    name = entry(facts.document.id, told)
    packed = base64.b64encode(zlib.compress(facts_json.dump(facts))).decode()
    values = ((IDENTITY, facts.document.id), (VERSION, told), (FACTS, packed))
    return [_line(name, predicate, quoted(value)) for predicate, value in values]


def _line(subject: NamedNode, predicate: NamedNode, value: str) -> Line:
    return str(KEPT), str(subject), str(predicate), value


def name(facts: DocumentFacts) -> NamedNode:
    """The name of the record of a document."""
    return entry(facts.document.id, version(facts.document.sha256, facts.generator))


def mark(name: NamedNode) -> Line:
    """What says that the graph tells of a record."""
    return _line(name, JOINED, str(TRUE))


def begin(backend: Backend, place: str) -> None:
    """Say how records are kept here, or see that it is as this release does it.

    Raises:
        GraphError: another release made the store.
    """
    found = values(backend.store, LAYOUT).get(KEPT)
    if found is None:
        backend.write(remove=(), add=[_line(KEPT, LAYOUT, quoted(CURRENT))])
    elif found != CURRENT:
        raise GraphError(f"{place}: the store was made by another release of Parley; build it again in a new folder")


def facts(quads: Quads, name: NamedNode, place: str) -> DocumentFacts:
    """The facts of a record.

    Raises:
        GraphError: the record is damaged or missing.
    """
    try:
        packed = next(quads.quads_for_pattern(name, FACTS, None, KEPT)).object.value  # type: ignore[union-attr]
        return facts_json.load(zlib.decompress(base64.b64decode(packed)), DocumentFacts, place)
    except (ValueError, zlib.error, SourceError, StopIteration) as error:
        raise GraphError(f"{place}: a record of the store is damaged; build it again in a new folder") from error


def values(quads: Quads, predicate: NamedNode) -> dict[NamedNode, str]:
    """What all records have as the value of a property."""
    return {
        quad.subject: quad.object.value for quad in quads.quads_for_pattern(None, predicate, None, KEPT)
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
    }  # fmt: skip


def setting(quads: Quads, predicate: NamedNode) -> str:
    """What is said of the store as a whole; nothing where it is not said."""
    return values(quads, predicate).get(KEPT, "")


def joined(quads: Quads) -> set[NamedNode]:
    """The records of which the graph tells."""
    return set(values(quads, JOINED))


def stored(quads: Quads, names: Iterable[NamedNode]) -> list[Line]:
    """All quads of records, as they lie there."""
    return [*ntriples.lines(quad for one in names for quad in quads.quads_for_pattern(one, None, None, KEPT))]


def settings(predicate: NamedNode, text: str, other: str) -> list[Line]:
    """What is said of the store as a whole; nothing where that is nothing, or what it is already."""
    return [_line(KEPT, predicate, quoted(text))] if text and text != other else []


def going(document: str | None) -> list[Line]:
    """What says that a joining takes several transactions; `document` is the one that it takes out."""
    return [_line(KEPT, GOING, quoted(document or ""))]


def unfinished(quads: Quads) -> str | None:
    """What `going` said of a joining that is not at its end: the document that it takes out, or an empty word."""
    return values(quads, GOING).get(KEPT)


def documents(quads: Quads, place: str) -> Iterator[DocumentFacts]:
    """The facts of all documents of which the graph tells, by identity."""
    told = joined(quads)
    for name, _ in sorted(values(quads, IDENTITY).items(), key=lambda one: one[1]):
        if name in told:
            yield facts(quads, name, place)

"""An archive: documents that go in and out, and the graph of what they say together.

Adding a document is one transaction and changes no graph: `join` brings the graph up to date with all that has
arrived, in another. What is written never depends on the order or the batches in which documents came.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import DefaultGraph, NamedNode

from kg.corrections import parse
from kg.errors import GraphError, ValidationFailed
from kg.iris import TERMS, document_iri, iri
from kg.names import nearest
from kg.stores import records
from kg.stores.changes import changes, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from kg.corrections import Corrections
    from kg.model import Document, DocumentFacts, Ref
    from kg.stores.backend import Backend

_EVIDENCE = NamedNode(f"{TERMS}evidence")
_BATCH = 100  # documents that arrive before the graph is brought up to date in the middle of a build


class Joining(NamedTuple):
    """What a joining did, by identity of documents."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    failed: tuple[ValidationFailed, ...] = ()  # documents that break a shape together with the others; not kept

    def plus(self, other: Joining) -> Joining:
        """Both."""
        return Joining(self.new + other.new, self.changed + other.changed, self.failed + other.failed)


class Archive:
    """Documents and their graph; use it as a context, so that it is closed."""

    def __init__(self, backend: Backend, place: str) -> None:
        self.backend, self.place = backend, place
        records.begin(backend, place)
        told = records.joined(backend)
        names = records.values(backend, records.IDENTITY)
        self._joined = {identity: name for name, identity in names.items() if name in told}
        self._arrived = {identity: name for name, identity in names.items() if name not in told}
        self._corrections = next(iter(records.values(backend, records.CORRECTIONS).values()), "")
        self._facts: dict[NamedNode, DocumentFacts] = {}

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.backend.close(empty=not (self._joined or self._arrived or self._corrections))

    def has(self, document: Document, generator: str) -> bool:
        """Whether the document is kept as it is now, read by this version of rules, lexicon and model."""
        told = records.version(document.sha256, generator)
        return self._newest(document.id) == records.entry(document.id, told)

    def _newest(self, identity: str) -> NamedNode | None:
        return self._arrived.get(identity) or self._joined.get(identity)

    def add(self, facts: DocumentFacts) -> None:
        """Keep the facts of a document, in one transaction; the graph tells of it after `join`."""
        identity, name = facts.document.id, records.name(facts)
        if self._newest(identity) == name:
            return
        older = self._arrived.pop(identity, None)
        gone = records.stored(self.backend, [older] if older else [])
        if self._joined.get(identity) == name:  # the words are again what they were
            self.backend.write(remove=gone, add=())
            return
        self.backend.write(remove=gone, add=records.lines(facts))
        self._arrived[identity] = name

    @property
    def due(self) -> bool:
        """Whether so much has arrived that joining is worth its time; seldom enough that all of it stays linear."""
        return len(self._arrived) >= max(_BATCH, len(self._joined))

    def join(self) -> Joining:
        """Bring the graph up to date with the documents that have arrived."""
        return self._halved(sorted(self._arrived)) if self._arrived else Joining()

    def alone(self, fact: Ref, document: str) -> bool:
        """Whether a fact stands in the graph under its own name, and no other document tells it."""
        found = self.backend.quads(NamedNode(iri(fact)), _EVIDENCE, None, DefaultGraph())
        cited = [quad.object.value for quad in found if isinstance(quad.object, NamedNode)]
        return bool(cited) and all(one.partition("#")[0] == document_iri(document) for one in cited)

    def remove(self, document: str) -> str:
        """Take a document out, as if it had never been read.

        Args:
            document: Its identity, or its IRI.

        Returns:
            Its identity.

        Raises:
            GraphError: there is no such document.
        """
        known = sorted(self._joined.keys() | self._arrived.keys())
        found = next((one for one in known if document in (one, document_iri(one))), None)
        if found is None:
            raise GraphError(f"{self.place}: holds no document {document!r}{nearest(document, known)}")
        self._settle([], gone=found)
        return found

    def correct(self, text: str) -> None:
        """Keep a user's judgements, as TOML, in the place of earlier ones.

        Raises:
            SourceError: they are no judgements.
            ValidationFailed: with them, the graph breaks a shape; nothing was written.
        """
        if text != self._corrections:
            self._settle([], corrections=text)

    def documents(self) -> Iterator[DocumentFacts]:
        """The facts of all documents of which the graph tells, by identity."""
        return records.documents(self.backend, self.place)

    def corrections(self) -> Corrections | None:
        """The judgements that are kept."""
        return parse(self._corrections, self.place) if self._corrections else None

    def _load(self, name: NamedNode) -> DocumentFacts:
        if name not in self._facts:
            self._facts[name] = records.facts(self.backend, name, self.place)
        return self._facts[name]

    def _halved(self, arriving: list[str]) -> Joining:
        """Join documents; where one would break a shape together with the others, find it and leave it out."""
        changed = tuple(one for one in arriving if one in self._joined)
        new = tuple(one for one in arriving if one not in self._joined)
        try:
            self._settle(arriving)
        except ValidationFailed as error:
            if len(arriving) > 1:
                middle = len(arriving) // 2
                return self._halved(arriving[:middle]).plus(self._halved(arriving[middle:]))
            (identity,) = arriving
            self.backend.write(remove=records.stored(self.backend, [self._arrived.pop(identity)]), add=())
            lines = (f"{identity}: with the other documents: {line}" for line in str(error).splitlines())
            return Joining(failed=(ValidationFailed("\n".join(lines)),))
        return Joining(new, changed)

    def _settle(self, arriving: Iterable[str], *, gone: str | None = None, corrections: str | None = None) -> None:
        """Write the graph of the documents, with what is kept of them, in one transaction."""
        coming = {identity: self._arrived[identity] for identity in arriving}
        after = {i: name for i, name in (self._joined | coming).items() if i != gone}
        judged = self._corrections if corrections is None else corrections
        graph = told([self._load(name) for name in after.values()], parse(judged, self.place) if judged else None)
        remove, add = changes(self.backend.graph(), graph)
        old = [self._joined[i] for i in {*coming, gone} & self._joined.keys() if i is not None]
        old += [name for i, name in self._arrived.items() if i == gone]
        kept = [*map(records.mark, coming.values())]
        self.backend.write(
            remove=[*remove, *records.stored(self.backend, old), *records.corrections(self._corrections, judged)],
            add=[*add, *kept, *records.corrections(judged, self._corrections)],
        )
        self._joined, self._corrections = after, judged
        self._arrived = {i: name for i, name in self._arrived.items() if i not in coming and i != gone}
        for name in old:
            self._facts.pop(name, None)
        self.backend.publish()

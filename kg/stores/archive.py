"""An archive: documents that go in and out, and the graph of what they say together.

Adding a document is one transaction and changes no graph: `join` brings the graph up to date with all that has
arrived, in another. What is written never depends on the order or the batches in which documents came.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import DefaultGraph, NamedNode

from kg.corrections import parse
from kg.errors import GraphError, ValidationFailed
from kg.iris import TERMS, document_iri, iri
from kg.names import nearest
from kg.stores import records
from kg.stores.settling import Records, Touching, versions, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

    from kg.corrections import Corrections
    from kg.model import Document, DocumentFacts, Ref
    from kg.stores.backend import Backend
    from kg.stores.settling import Broken

_EVIDENCE = NamedNode(f"{TERMS}evidence")
_KEPT = 200  # documents whose facts are kept in memory: each is read three times in a joining


class Joining(NamedTuple):
    """What a joining did, by identity of documents."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    failed: tuple[ValidationFailed, ...] = ()  # documents that break a shape together with the others; not kept


class Archive:
    """Documents and their graph; use it as a context, so that it is closed."""

    def __init__(self, backend: Backend, place: str) -> None:
        self.backend, self.place = backend, place
        records.begin(backend, place)
        told = records.joined(backend.store)
        names = records.values(backend.store, records.IDENTITY)
        self._joined = {identity: name for name, identity in names.items() if name in told}
        self._arrived = {identity: name for name, identity in names.items() if name not in told}
        self._corrections = records.setting(backend.store, records.CORRECTIONS)
        self._made_by = records.setting(backend.store, records.MADE_BY)
        self._touched: Touching | None = None
        self._load = lru_cache(_KEPT)(lambda name: records.facts(backend.store, name, place))
        gone = records.unfinished(backend.store)
        if gone is not None:  # do the same again, as what it touches is what has to be mended
            self._settle([] if gone else sorted(self._arrived), gone=gone or None)

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._touched:
            self._touched.index.tables.close()
        whole = records.unfinished(self.backend.store) is None
        self.backend.close(empty=not (self._joined or self._arrived or self._corrections), publish=whole)

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
        gone = records.stored(self.backend.store, [older] if older else [])
        if self._joined.get(identity) == name:  # the words are again what they were
            self.backend.write(remove=gone, add=())
            return
        self.backend.write(remove=gone, add=records.lines(facts))
        self._arrived[identity] = name

    def join(self) -> Joining:
        """Bring the graph up to date with the documents that have arrived."""
        if not self._arrived:
            return Joining()
        changed = self._arrived.keys() & self._joined.keys()
        arriving = sorted(self._arrived)
        failed = self._settle(arriving)
        done = [one for one in arriving if one not in failed]
        return Joining(
            tuple(one for one in done if one not in changed), tuple(one for one in done if one in changed),
            tuple(failed.values()),
        )  # fmt: skip

    def alone(self, fact: Ref, document: str) -> bool:
        """Whether a fact stands in the graph under its own name, and no other document tells it."""
        found = self.backend.store.quads_for_pattern(NamedNode(iri(fact)), _EVIDENCE, None, DefaultGraph())
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
        return records.documents(self.backend.store, self.place)

    def corrections(self) -> Corrections | None:
        """The judgements that are kept."""
        return parse(self._corrections, self.place) if self._corrections else None

    def _settle(
        self, arriving: Sequence[str], *, gone: str | None = None, corrections: str | None = None
    ) -> dict[str, ValidationFailed]:
        """Write the graph of the documents, with what is kept of them; where some break a shape with others, without.

        Returns:
            Those that are left out, and why.

        Raises:
            ValidationFailed: a shape is broken, and no document that arrives is to blame.
        """
        judged = self._corrections if corrections is None else corrections
        failed: dict[str, ValidationFailed] = {}
        left = [*arriving]
        while broken := self._written({one: self._arrived[one] for one in left}, gone, judged):
            lines = [str(one.violation) for one in broken]
            if not left:
                self._written({}, None, self._corrections)  # takes back what was written so far
                raise ValidationFailed("\n".join(lines))
            last = next((one for one in reversed(left) if document_iri(one) in broken[0].documents), left[-1])
            left.remove(last)
            failed[last] = ValidationFailed("\n".join(f"{last}: with the other documents: {line}" for line in lines))
            self.backend.write(remove=records.stored(self.backend.store, [self._arrived.pop(last)]), add=())
        self.backend.publish()
        return failed

    def _written(self, coming: dict[str, NamedNode], gone: str | None, judged: str) -> Sequence[Broken]:
        """Write the graph with some documents more and one less, and what is kept of them."""
        after = {i: name for i, name in (self._joined | coming).items() if i != gone}
        old = [self._joined[i] for i in {*coming, gone} & self._joined.keys() if i is not None]
        old += [name for i, name in self._arrived.items() if i == gone]
        kept = self._records(coming, old, gone, judged)
        if judged or self._corrections:
            corrections = parse(judged, self.place) if judged else None
            broken = whole(self.backend, [self._load(name) for name in after.values()], corrections, kept)
        else:
            told, to_tell = ({i: name.value for i, name in some.items()} for some in (self._joined, after))
            other_rules = bool(told) and self._made_by != versions()
            broken = self._touching().settle(told, to_tell, kept, anew=other_rules)
        if not broken:
            self._joined, self._corrections, self._made_by = after, judged, versions()
            self._arrived = {i: name for i, name in self._arrived.items() if i not in coming and i != gone}
        return broken

    def _records(
        self, coming: dict[str, NamedNode], old: Sequence[NamedNode], gone: str | None, judged: str
    ) -> Records:
        store = self.backend.store
        begun = records.unfinished(store)
        return Records(
            [*records.stored(store, old), *records.settings(records.CORRECTIONS, self._corrections, judged),
             *records.settings(records.MADE_BY, self._made_by, versions()),
             *records.going(gone if begun is None else begun)],
            [*map(records.mark, coming.values()), *records.settings(records.CORRECTIONS, judged, self._corrections),
             *records.settings(records.MADE_BY, versions(), self._made_by)],
            records.going(gone),
        )  # fmt: skip

    def _touching(self) -> Touching:
        if self._touched is None:
            self._touched = Touching(self.backend, lambda name: self._load(NamedNode(name)))
        return self._touched

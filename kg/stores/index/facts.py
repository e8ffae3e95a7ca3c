"""Facts of documents under common names of entities, with what is asked of their documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from kg.join.sources import Sources, corrects
from kg.join.view import STAGES, View, both
from kg.join.zones import of_dateline
from kg.model import Fact, FactKind, Ref
from kg.stages.state import mentions
from kg.stores.index import things
from kg.stores.index.tables import Tables, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.join.happening import Happening
    from kg.join.tariffs import Duty
    from kg.model import DocumentFacts, Evidence

T = TypeVar("T")
Span = tuple[int, int]
_KEPT = 5_000  # facts that are kept in memory once they are read
EVENTS, TARIFFS = 0, 1  # of STAGES: those whose facts are compared by what they say
STAGE: dict[FactKind, int] = {kind: n for n, stage in enumerate(STAGES) for kind in stage.kinds}


def describe(tables: Tables, one: DocumentFacts, record: str) -> None:
    """Keep what is asked of a document again and again."""
    document = one.document
    origin = document.published, document.publisher, of_dateline(one), corrects(document)
    tables.put("document", [(document.id, record, pack(origin))])


def put(tables: Tables, one: DocumentFacts) -> None:
    """Put the facts of a document, its entities under their common names, in the place of its old ones."""
    document, named, entities = one.document.id, mentions(one), {e.id for e in one.entities}
    take(tables, document)
    for fact in one.facts:
        spans = {(e.start, e.end) for e in fact.evidence}
        texts = {span: one.document.text[span[0] : span[1]] for span in spans}
        told = fact, texts, {span: named[span] for span in spans & named.keys()}
        tables.put("fact", [(fact.id, document, STAGE[fact.kind], pack(told))])
        tables.read.pop(fact.id, None)
        spoken = {a.value for a in fact.assertions if isinstance(a.value, Ref) and a.value not in entities}
        tables.put("speaks_of", [(about, fact.id) for about in spoken])


def take(tables: Tables, document: str) -> None:
    """Forget the facts of a document."""
    for name in tables.column("SELECT name FROM fact WHERE document = ?", document):
        tables.run("DELETE FROM speaks_of WHERE name = ?", name)
        tables.read.pop(name, None)
    tables.run("DELETE FROM fact WHERE document = ?", document)


@dataclass(slots=True)
class _Origins(Mapping[str, T]):
    """One of the things that are asked of documents, by identity."""

    tables: Tables
    column: int
    found: dict[str, T] = field(default_factory=dict)

    def __getitem__(self, document: str) -> T:
        if document not in self.found:
            (origin,) = self.tables.column("SELECT origin FROM document WHERE id = ?", document)
            self.found[document] = unpack(origin)[self.column]
        return self.found[document]

    def __iter__(self) -> Iterator[str]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


def sharing(tables: Tables, documents: set[str]) -> set[str]:
    """Documents, with those that gave the same name to a fact, as two files of one stem do."""
    other = "SELECT DISTINCT b.document FROM fact a JOIN fact b USING (name) WHERE a.document = ? AND b.document <> ?"
    todo, found = [*documents], set(documents)
    while todo:
        one = todo.pop()
        new = set(tables.column(other, one, one)) - found
        found |= new
        todo += new
    return found


def _told(tables: Tables, name: str) -> list[tuple[str, Any]]:
    """What documents tell of a fact, with the texts and names of its sentences; read once for several stages."""
    if name not in tables.read:
        if len(tables.read) >= _KEPT:
            tables.read.clear()
        told = "SELECT document, told FROM fact WHERE name = ? ORDER BY document"
        tables.read[name] = [(document, unpack(packed)) for document, packed in tables.rows(told, name)]
    return tables.read[name]


class Loaded:
    """Some facts, and their view."""

    def __init__(self, tables: Tables, names: Iterable[str]) -> None:
        self.tables = tables
        self.facts: dict[Ref, Fact] = {}
        self.named: dict[str, dict[Span, frozenset[Ref]]] = defaultdict(dict)
        self._texts: dict[tuple[str, Span], str] = {}
        for name in sorted(names):
            for document, (fact, texts, named) in _told(tables, name):
                self.facts[fact.id] = both(self.facts[fact.id], fact) if fact.id in self.facts else fact
                self._texts |= {(document, span): text for span, text in texts.items()}
                self.named[document] |= named

    def _said(self, evidence: Evidence) -> str:
        return self._texts[evidence.document, (evidence.start, evidence.end)]

    @cached_property
    def sources(self) -> Sources:
        """What is asked of their documents."""
        published, publishers, zones, correct = (_Origins[object](self.tables, n) for n in range(4))
        return Sources(published, publishers, zones, lambda name: bool(correct[name]), self._said)  # type: ignore[arg-type]

    @cached_property
    def view(self) -> View:
        """The facts as they are put together, with what they were found to say."""
        values = {a.value for fact in self.facts.values() for a in fact.assertions if isinstance(a.value, Ref)}
        known = things.around(self.tables, sorted(values))
        return View(known, self.facts, dict(self._says()), self.sources)

    def _says(self) -> Iterator[tuple[Ref, Happening | Duty]]:
        for name, fact in self.facts.items():
            if STAGE[fact.kind] in (EVENTS, TARIFFS):
                for packed in self.tables.column("SELECT says FROM joined WHERE name = ?", name):
                    yield name, unpack(packed)[0]

    def heads(self, stage: int) -> dict[Ref, Ref]:
        """The joined names of the facts of the stages before one that these speak of."""
        told = """SELECT s.fact, j.head FROM speaks_of s JOIN joined j ON j.name = s.fact
            WHERE s.name = ? AND j.stage < ?"""
        return {Ref(f): Ref(head) for name in self.facts for f, head in self.tables.rows(told, name, stage) if head}

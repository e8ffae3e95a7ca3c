"""The quads of what has changed: of documents, nodes that they share, entities and joined facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import DefaultGraph, NamedNode

from kg.iris import PREFIXES, document_iri
from kg.join.view import STAGES
from kg.model import Ref
from kg.stages.state import disagreements, documents, entities, facts, mentions
from kg.stages.state.terms import line, node, term
from kg.stores.index import things
from kg.stores.index.facts import TARIFFS, Loaded
from kg.stores.index.groups import SOME
from kg.stores.index.tables import pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.model import DocumentFacts
    from kg.ntriples import Line
    from kg.stores.backend import Backend
    from kg.stores.index.tables import Tables

Put: TypeAlias = "Callable[[Iterable[str], Iterable[Line]], None]"  # takes things, and all quads about them
_IS_PART_OF = NamedNode(f"{PREFIXES['schema']}isPartOf")
_HOLDS = term("org:holds")


def document(backend: Backend, put: Put, identity: str, one: DocumentFacts | None) -> None:
    """Tell a document with its sentences and comments; None: it is no more."""
    whole = document_iri(identity)
    parts = backend.store.quads_for_pattern(None, _IS_PART_OF, NamedNode(whole), DefaultGraph())
    told: list[Line] = []
    if one is not None:
        cited = {(e.start, e.end) for fact in one.facts for e in fact.evidence}
        told = [*documents.quads(one, cited, mentions(one), words=True)]
    put({f"<{whole}>", *(str(quad.subject) for quad in parts), *(one[1] for one in told)}, told)


def shared(tables: Tables, identity: str, one: DocumentFacts | None) -> set[str]:
    """Put the nodes that a document names with others in the place of its old ones; which ones that touches."""
    touched = set(tables.column("SELECT subject FROM shared WHERE document = ?", identity))
    tables.run("DELETE FROM shared WHERE document = ?", identity)
    nodes = set(documents.shared(one)) if one else set()
    tables.put("shared", ((*told, identity) for told in nodes))
    return touched | {subject for subject, _, _ in nodes}


def nodes(tables: Tables, put: Put, subjects: Iterable[str]) -> None:
    """Tell nodes that documents share."""
    for subject in sorted(subjects):
        found = tables.rows("SELECT DISTINCT subject, kind, words FROM shared WHERE subject = ?", subject)
        put([subject], documents.named(found))


def entity(tables: Tables, put: Put, name: Ref) -> None:
    """Tell an entity, with the posts that a person holds by what is known of tenures."""
    known = things.known(tables, name)
    posts = tables.column("SELECT DISTINCT post FROM held WHERE member = ?", name)
    held = (line(node(name), _HOLDS, post) for post in posts)
    put([node(name)], [*entities.quads([known] if known else []), *held])


def joined(tables: Tables, put: Put, heads: Sequence[Ref]) -> Iterator[Ref]:
    """Tell joined facts; gives the persons who hold other posts by that.

    Args:
        tables: The index.
        put: Takes the quads.
        heads: Their names; all tariffs of one imposer on the same goods together.
    """
    groups = {head: tables.column("SELECT name FROM joined WHERE head = ?", head) for head in heads}
    loaded = Loaded(tables, [name for names in groups.values() for name in names])
    possibly = "SELECT other FROM possibly WHERE one = ?"
    pairs = [(head, Ref(other)) for head in heads for other in tables.column(possibly, head)]
    known = loaded.heads(len(STAGES)) | {other: other for _, other in pairs}
    known |= {Ref(name): head for head, names in groups.items() for name in names}
    told = loaded.view.told([names for names in groups.values() if names], pairs, known)
    countries = {name: one.country for name, one in loaded.view.known.items() if one.country}
    context = facts.Context(loaded.sources.published, countries, loaded.named)
    lines: dict[Ref, list[Line]] = {head: [] for head in heads}
    held: dict[Ref, set[tuple[Ref, str]]] = {head: set() for head in heads}
    for fact in told.facts:
        found = [*facts.quads([fact], context, words=True)]
        member = next((Ref(str(a.value)) for a in fact.current if a.property == "member"), Ref(""))
        held[fact.id] = {(member, one[3]) for one in found if one[2] == _HOLDS}
        lines[fact.id] += [one for one in found if one[2] != _HOLDS]
    for one in told.disagreements:
        lines[one.about] += disagreements.quads([one])
    for head in heads:
        _put(tables, put, head, lines[head])
        yield from _holding(tables, head, held[head])


def _put(tables: Tables, put: Put, head: Ref, lines: list[Line]) -> None:
    """Tell a joined fact with the disagreements about it."""
    before = set(tables.column("SELECT subject FROM told_with WHERE head = ?", head))
    now = {one[1] for one in lines} - {node(head)}
    if before != now:
        tables.run("DELETE FROM told_with WHERE head = ?", head)
        tables.put("told_with", ((head, subject) for subject in now))
    put({node(head), *before, *now}, lines)


def _holding(tables: Tables, head: Ref, held: set[tuple[Ref, str]]) -> set[Ref]:
    """Keep who holds which post by a tenure; those for whom that has changed."""
    before = {(Ref(member), post) for member, post in tables.rows("SELECT member, post FROM held WHERE head = ?", head)}
    if before != held:
        tables.run("DELETE FROM held WHERE head = ?", head)
        tables.put("held", ((member, post, head) for member, post in held))
    return {member for member, _ in before ^ held}


def every(tables: Tables, put: Put, touched: Iterable[tuple[int, list[Ref]]]) -> set[Ref]:
    """Tell all joined facts that are to be told anew; the persons who hold other posts by that."""
    return {
        one for stage, heads in touched
        for some in ([heads] if stage == TARIFFS else pieces(heads, SOME)) for one in joined(tables, put, some)
    }  # fmt: skip

"""Stage 6 of 7: joined facts -> quads. The only place that knows which terms of the ontology they are.

The default graph holds what is known now; one named graph for each sentence holds what that sentence says.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg import ntriples
from kg.stages.state import disagreements, documents, entities, facts
from kg.stages.state.documents import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import Quad

    from kg.model import Joined, Ref
    from kg.ntriples import Line
    from kg.stages.state.documents import Span


__all__ = ["known", "lines", "mentions", "quads"]


def lines(joined: Joined, *, text: bool = True) -> list[Line]:
    """All quads as text, sorted, without blank nodes: the same facts give the same list.

    Args:
        joined: What the documents say together.
        text: False leaves out all words copied from the documents but names and labels: sentences, headlines,
            quotations, comments. Offsets stay.

    Raises:
        ValidationFailed: a fact has a value of the wrong type.
    """
    named = {one.document.id: mentions(one) for one in joined.documents}
    countries = {entity.id: entity.country for entity in joined.entities if entity.country is not None}
    found = {*_around(joined, named, words=text)}
    found.update(facts.quads(joined.facts, facts.Context(_published(joined), countries, named), words=text))
    return sorted(found)


def known(joined: Joined) -> Iterator[Line]:
    """The quads of the default graph in any order, some of them twice: what the shapes speak of."""
    named = {one.document.id: mentions(one) for one in joined.documents}
    yield from _around(joined, named, words=True)
    yield from facts.known(joined.facts, _published(joined), words=True)


def _around(joined: Joined, named: Mapping[str, Mapping[Span, frozenset[Ref]]], *, words: bool) -> Iterator[Line]:
    """Entities, documents and disagreements, which the default graph alone tells of."""
    cited: dict[str, set[Span]] = defaultdict(set)
    for fact in joined.facts:
        for evidence in fact.evidence:
            cited[evidence.document].add((evidence.start, evidence.end))
    yield from entities.quads(joined.entities)
    for one in joined.documents:
        identity = one.document.id
        yield from documents.quads(one, cited[identity], named[identity], words=words)
    yield from documents.named(node for one in joined.documents for node in documents.shared(one))
    yield from disagreements.quads(joined.disagreements)


def _published(joined: Joined) -> dict[str, str | None]:
    return {one.document.id: one.document.published for one in joined.documents}


def quads(joined: Joined, *, text: bool = True) -> list[Quad]:
    """The same as terms of Oxigraph."""
    return ntriples.quads(lines(joined, text=text))

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
    from pyoxigraph import Quad

    from kg.model import Joined
    from kg.ntriples import Line


__all__ = ["lines", "mentions", "quads"]


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
    published = {one.document.id: one.document.published for one in joined.documents}
    countries = {entity.id: entity.country for entity in joined.entities if entity.country is not None}
    cited: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for fact in joined.facts:
        for evidence in fact.evidence:
            cited[evidence.document].add((evidence.start, evidence.end))
    found: set[Line] = set(entities.quads(joined.entities))
    for one in joined.documents:
        identity = one.document.id
        found.update(documents.quads(one, cited[identity], named[identity], words=text))
    found.update(documents.named(node for one in joined.documents for node in documents.shared(one)))
    found.update(facts.quads(joined.facts, facts.Context(published, countries, named), words=text))
    found.update(disagreements.quads(joined.disagreements))
    return sorted(found)


def quads(joined: Joined, *, text: bool = True) -> list[Quad]:
    """The same as terms of Oxigraph."""
    return ntriples.quads(lines(joined, text=text))

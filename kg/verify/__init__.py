"""Whether a graph says only what its documents say: every value is read again from the words it cites.

The reading here shares no rule with the stages that built the graph, and is the easier one: the value is given,
and the words are searched for what would express it.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kg.verify.report import Check, Verification

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.corrections import Corrections
    from kg.model import Document
    from kg.store import Graph

__all__ = ["Check", "Verification", "verify"]


def verify(graph: Graph, documents: Iterable[Document], corrections: Corrections | None = None) -> Verification:
    """Check a graph against the stored texts of its documents, and the corrections it was built with.

    With sentence graphs, each value is read from the sentences that state it, and each triple of a fact in the
    default graph must be said by one of them or follow from others. Without (Turtle), each is read from all the
    sentences that the fact cites.
    """
    from kg.verify import facts, joining, sources
    from kg.verify.view import View

    view = View.of(graph, documents, corrections)
    sentences = graph.has_sentences()
    checks = list(chain(
        sources.documents(view), sources.sentences(view), sources.comments(view), sources.entities(view),
        facts.known(view, sentences=sentences), facts.said(view), facts.offices(view),
        joining.disagreements(view, sentences=sentences),
    ))  # fmt: skip
    return Verification(len(checks), tuple(c for c in checks if c.why), sentences)

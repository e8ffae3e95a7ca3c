"""Quads of disagreements: the fact, the property, and each value with the sentences that give it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Quad

from kg.model import Assertion
from kg.stages.state.terms import cited, node, predicate, term, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Disagreement


def quads(disagreements: Iterable[Disagreement]) -> Iterator[Quad]:
    """Every disagreement and its readings, in the default graph."""
    for one in disagreements:
        subject = node(one.id)
        yield Quad(subject, term("rdf:type"), term("kg:Disagreement"))
        yield Quad(subject, term("schema:about"), node(one.about))
        yield Quad(subject, term("kg:property"), predicate(one.property))
        for reading in one.readings:
            yield Quad(subject, term("kg:reading"), node(reading.id))
            yield Quad(node(reading.id), term("rdf:type"), term("kg:Reading"))
            said = Assertion(one.property, reading.value, reading.evidence[0])
            yield Quad(node(reading.id), term("kg:value"), value(said))
            for evidence in reading.evidence:
                yield Quad(node(reading.id), term("kg:evidence"), cited(evidence))

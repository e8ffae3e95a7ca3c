"""Quads of disagreements: the fact, the property, and each value with the sentences that give it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Assertion
from kg.stages.state.terms import cited, line, node, predicate, term, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Disagreement
    from kg.ntriples import Line


def quads(disagreements: Iterable[Disagreement]) -> Iterator[Line]:
    """Every disagreement and its readings, in the default graph."""
    for one in disagreements:
        subject = node(one.id)
        yield line(subject, term("rdf:type"), term("kg:Disagreement"))
        yield line(subject, term("schema:about"), node(one.about))
        yield line(subject, term("kg:property"), predicate(one.property))
        for reading in one.readings:
            yield line(subject, term("kg:reading"), node(reading.id))
            yield line(node(reading.id), term("rdf:type"), term("kg:Reading"))
            said = Assertion(one.property, reading.value, reading.evidence[0])
            yield line(node(reading.id), term("kg:value"), value(said))
            for evidence in reading.evidence:
                yield line(node(reading.id), term("kg:evidence"), cited(evidence))

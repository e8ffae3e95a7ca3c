"""Which quads come and go when documents do: a pure function of the documents before and after."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.corrections import apply
from kg.errors import ValidationFailed
from kg.join import join
from kg.ntriples import lines
from kg.stages.state import quads
from kg.stages.validate import violations

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kg.corrections import Corrections
    from kg.model import DocumentFacts

Subject: TypeAlias = "NamedNode | BlankNode | Literal | Triple"
_STEPS = 2  # from a thing that changes to what its shapes look at


class Changes(NamedTuple):
    """Quads that come and go."""

    remove: frozenset[Quad]
    add: frozenset[Quad]


def told(documents: Collection[DocumentFacts], corrections: Corrections | None) -> frozenset[Quad]:
    """All quads of the graph of documents."""
    joined = join(documents)
    return frozenset(quads(apply(joined, corrections) if corrections else joined)) if documents else frozenset()


def changes(before: frozenset[Quad], after: frozenset[Quad]) -> Changes:
    """What to write.

    Raises:
        ValidationFailed: a thing that changes breaks a shape.
    """
    found = Changes(before - after, after - before)
    changed = {quad.subject for quad in (*found.remove, *found.add)}
    broken = [one for one in violations(lines(around(changed, after))) if NamedNode(one.thing) in changed]
    if broken:
        raise ValidationFailed("\n".join(map(str, broken)))
    return found


def around(changed: Iterable[Subject], after: Iterable[Quad]) -> list[Quad]:
    """All that is known of things that change, and of what they point to: a fact, its sentences, their documents."""
    by_subject: dict[Subject, list[Quad]] = defaultdict(list)
    for quad in after:
        if quad.graph_name == DefaultGraph():
            by_subject[quad.subject].append(quad)
    near = set(changed)
    for _ in range(_STEPS):
        near |= {quad.object for subject in near & by_subject.keys() for quad in by_subject[subject]}
    return [quad for subject in near & by_subject.keys() for quad in by_subject[subject]]

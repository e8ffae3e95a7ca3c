"""The graph of the sample facts, and graphs that differ from it in one place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.iris import PREFIXES
from kg.join import join
from kg.model import EntityKind
from kg.stages.state import quads
from kg.store import Graph
from tests.sample import document_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.model import Document, DocumentFacts, Fact

XSD = PREFIXES["xsd"]


@cache
def sample_quads() -> tuple[Quad, ...]:
    return tuple(quads(join(document_facts())))


@cache
def sample() -> Graph:
    return Graph.from_quads(sample_quads())


@cache
def faithful_facts() -> tuple[DocumentFacts, ...]:
    """The sample without what its texts do not say: the day on which the visit ended, HS headings, "automobiles"."""
    return tuple(
        replace(
            one,
            facts=tuple(map(_said, one.facts)),
            entities=tuple(
                replace(e, code=None, alt_labels=()) if e.kind is EntityKind.PRODUCT else e for e in one.entities
            ),
        )
        for one in document_facts()
    )


def _said(fact: Fact) -> Fact:
    return replace(fact, assertions=tuple(a for a in fact.assertions if a.property != "endDate"))


@cache
def faithful() -> tuple[Quad, ...]:
    return tuple(quads(join(faithful_facts())))


def documents() -> list[Document]:
    return [one.document for one in document_facts()]


def default_only(given: tuple[Quad, ...]) -> list[Quad]:
    return [q for q in given if q.graph_name == DefaultGraph()]


def changed(literal: Literal) -> Literal:
    """A literal of the same type that says something else: the next number or day, another last letter."""
    kind, value = literal.datatype.value.removeprefix(XSD), literal.value
    changes: dict[str, Callable[[], str]] = {
        "boolean": lambda: "false" if value == "true" else "true",
        "date": lambda: (date.fromisoformat(value) + timedelta(days=1)).isoformat(),
        "dayTimeDuration": lambda: value.replace("PT", "PT1") if value != "PT1H" else "PT2H",
        "decimal": lambda: str(Decimal(value) - Decimal("0.1") if value.startswith("0.") else Decimal(value) + 1),
        "gYearMonth": lambda: f"{value[:5]}{int(value[5:]) % 12 + 1:02}",
        "integer": lambda: str(int(value) + 1),
        "time": lambda: f"{(int(value[:2]) + 1) % 24:02}{value[2:]}",
    }
    if kind == "string":
        return Literal(value[:-1] + ("x" if value[-1] != "x" else "y"))
    return Literal(changes[kind](), datatype=literal.datatype)


def replaced(given: tuple[Quad, ...], old: Quad, literal: Literal, *, everywhere: bool) -> list[Quad]:
    """The quads with one literal changed: in one graph, or wherever the same triple stands."""
    return [
        Quad(q.subject, q.predicate, literal, q.graph_name)
        if q == old or (everywhere and q.triple == old.triple) else q
        for q in given
    ]  # fmt: skip


def literals(given: tuple[Quad, ...]) -> Iterator[Quad]:
    return (q for q in given if isinstance(q.object, Literal))


def node(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)

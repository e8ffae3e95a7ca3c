"""What follows from several documents is verified too: tariffs that were replaced, and disagreements."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.iris import PREFIXES
from kg.join import join
from kg.model import FactKind
from kg.stages.state import quads
from kg.store import Graph
from kg.verify import verify
from tests.told import Told

if TYPE_CHECKING:
    from collections.abc import Iterable

KG, XSD = PREFIXES["kg"], PREFIXES["xsd"]
BOTH = ("Ken Tanaka", "Jane Doe")


def _documents() -> list[Told]:
    found = []
    for name, minutes in (("d1", 15), ("d2", 20)):
        one = Told(name, f"2025-06-{27 + int(name[1])}").person("Ken Tanaka", "JP").person("Jane Doe", "US")
        words = f"Ken Tanaka of Japan and Jane Doe of the United States spoke on June 27 for {minutes} minutes."
        one.event(FactKind.CALL, BOTH, sentence=words, date="2025-06-27", minutes=Decimal(minutes))
        found.append(one)
    for one, rate, day in zip(found, ("25", "50"), ("2025-03-12", "2025-06-04"), strict=True):
        month = "March 12" if day < "2025-06" else "June 4"
        one.says(f"The United States imposed a {rate} percent tariff on Japanese steel from {month}, 2025.")
        one.tariff("US", "JP", "steel", rate, sentence=one.sentences[-1].text, date=day)
    return found


def _check(changed: Iterable[Quad]) -> set[tuple[str, str]]:
    found = verify(Graph.from_quads(changed), [t.facts().document for t in _documents()]).problems
    return {(p.property, str(p.value)) for p in found}


def _quads() -> list[Quad]:
    return quads(join(t.facts() for t in _documents()))


def test_replaced_tariffs_and_readings_are_supported() -> None:
    every = _quads()
    stated = {q.predicate.value.removeprefix(KG) for q in every}
    assert {"replacedBy", "reading", "endDate"} <= stated
    assert _check(every) == set()


@pytest.mark.parametrize(
    ("predicate", "right", "wrong"),
    [
        ("endDate", Literal("2025-06-04", datatype=NamedNode(f"{XSD}date")),
         Literal("2025-06-05", datatype=NamedNode(f"{XSD}date"))),
        ("value", Literal("15.0", datatype=NamedNode(f"{XSD}decimal")),
         Literal("16.0", datatype=NamedNode(f"{XSD}decimal"))),
        ("status", NamedNode(f"{KG}Lifted"), NamedNode(f"{KG}Paused")),
    ],
)  # fmt: skip
def test_a_changed_value_is_named(predicate: str, right: Literal | NamedNode, wrong: Literal | NamedNode) -> None:
    every = _quads()
    (old,) = [q for q in every if q.predicate.value == KG + predicate and q.object == right]
    rest = [q for q in every if q != old]
    problems = _check([*rest, Quad(old.subject, old.predicate, wrong, old.graph_name)])
    assert f"kg:{predicate}" in {name for name, _ in problems}

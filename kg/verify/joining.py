"""Checks of what follows from several documents: tariffs that a later rate replaced, and disagreements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.result import IRI, Value, words
from kg.verify.report import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.verify.view import View

_SIDES = ("kg:imposedBy", "kg:target")


def replaced(view: View, fact: IRI, name: str, one: Value) -> bool:
    """Whether a value of a tariff follows from the later one that replaced it: its name, the end, the status."""
    for later in view.get(fact, "kg:replacedBy"):
        same = all(view.get(fact, side) == view.get(later, side) for side in _SIDES)
        if same and view.get(fact, "kg:rate") != view.get(later, "kg:rate"):
            if name == "kg:replacedBy":
                return one == later
            if name == "kg:status":
                return isinstance(one, IRI) and one.short() == "kg:Lifted"
            if name == "kg:endDate":
                return words(one) in {words(day) for day in view.get(later, "kg:date")}
    return False


def disagreements(view: View, *, sentences: bool) -> Iterator[Check]:
    """Every reading of a disagreement is said of its fact by the sentences that it cites."""
    for iri, properties in view.known.items():
        if "kg:Disagreement" not in view.kinds(iri):
            continue
        for fact in properties.get("schema:about", ()):
            for prop in properties.get("kg:property", ()):
                for reading in properties.get("kg:reading", ()):
                    yield from _reading(view, fact, prop, reading, sentences=sentences)


def _reading(view: View, fact: Value, prop: Value, reading: Value, *, sentences: bool) -> Iterator[Check]:
    name = prop.short() if isinstance(prop, IRI) else str(prop)
    for value in view.get(reading, "kg:value"):
        for sentence in view.get(reading, "kg:evidence"):
            if sentences:
                said = view.said.get(IRI(str(sentence)), {}).get(IRI(str(fact)), {}).get(name, [])
                within = {city for place in said for city in view.get(place, "kg:within")}
                right = value in said or value in within
            else:
                right = sentence in view.get(fact, "kg:evidence")
            yield Check(IRI(str(reading)), "kg:value", value, IRI(str(sentence)), "" if right else "it does not say so")

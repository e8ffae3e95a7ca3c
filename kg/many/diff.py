"""What came, went or changed between two graphs, in words and as JSON.

A fact keeps its identity under every name it ever had (`dcterms:replaces`). Compared is what is known of it now, not
where it is said.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import ntriples
from kg.result import IRI, shown, value, words
from kg.summary import counted
from kg.verify.view import FACTS
from kg.wording import named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.result import Value
    from kg.store import Graph

_NAMES = ("schema:name", "rdfs:label")
_RECORDS = ("rdf:type", "kg:evidence", "kg:rule", "kg:confidence", "dcterms:replaces", "kg:earliest", "kg:latest")
Values = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of one graph: what it is called and what is known of it, in words."""

    name: IRI
    names: frozenset[IRI]  # all that it ever had
    kind: str
    values: Values

    def __str__(self) -> str:
        said = "; ".join(f"{named(name)} {', '.join(found)}" for name, found in self.values.items())
        return f"{self.kind.lower()} {self.name.short()}: {said}"


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that is in both graphs, and the properties whose values differ: before and after."""

    fact: IRI
    before: IRI  # its name in the first graph
    kind: str
    values: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]

    def __str__(self) -> str:
        said = "; ".join(
            f"{named(name)} {', '.join(old) or 'none'} -> {', '.join(new) or 'none'}"
            for name, (old, new) in self.values.items()
        )
        return f"{self.kind.lower()} {self.fact.short()}: {said}"


@dataclass(frozen=True, slots=True)
class Difference:
    """Facts that came, went and changed from one graph to another, each sorted by name."""

    came: tuple[Fact, ...]
    went: tuple[Fact, ...]
    changed: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.came or self.went or self.changed)


def diff(before: Graph, after: Graph) -> Difference:
    """The facts of two graphs, compared."""
    old, new = _facts(before), _facts(after)
    by_name = {name: fact for fact in old for name in fact.names}
    came, changed, met = [], list[Change](), set[IRI]()
    for fact in new:
        found = sorted({by_name[name].name for name in fact.names if name in by_name} - met)
        if not found:
            came.append(fact)
            continue
        earlier = by_name[fact.name] if fact.name in found else by_name[found[0]]
        met.add(earlier.name)
        values = {
            name: (earlier.values.get(name, ()), fact.values.get(name, ()))
            for name in sorted(earlier.values.keys() | fact.values.keys())
            if earlier.values.get(name) != fact.values.get(name)
        }
        if values:
            changed.append(Change(fact.name, earlier.name, fact.kind, values))
    return Difference(tuple(came), tuple(fact for fact in old if fact.name not in met), tuple(changed))


def _facts(graph: Graph) -> list[Fact]:
    """All facts, sorted by name."""
    known: dict[IRI, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for quad in ntriples.quads(graph.lines(known_only=True)):
        known[IRI(value(quad.subject))][IRI(quad.predicate.value).short()].append(value(quad.object))
    found = []
    for name in sorted(known):
        kinds = {one.short() for one in known[name].get("rdf:type", ()) if isinstance(one, IRI)} & FACTS
        if kinds:
            replaced = {IRI(str(one)) for one in known[name].get("dcterms:replaces", ())}
            values = {
                key.partition(":")[2]: tuple(sorted(_label(known, one) for one in found_values))
                for key, found_values in sorted(known[name].items()) if key not in _RECORDS
            }  # fmt: skip
            found.append(Fact(name, frozenset({name, *replaced}), min(kinds).removeprefix("kg:"), values))
    return found


def _label(known: Mapping[IRI, Mapping[str, list[Value]]], one: Value) -> str:
    """A value for reading: the name of a thing, a number without needless zeros."""
    if not isinstance(one, IRI):
        return shown(one)
    labels = [words(label) for name in _NAMES for label in known.get(one, {}).get(name, ())]
    return min(labels) if labels else one.short().removeprefix("kg:")


def text(found: Difference) -> Iterator[str]:
    """One line for each fact: + came, - went, ~ changed; and their numbers."""
    yield from (f"+ {fact}" for fact in found.came)
    yield from (f"- {fact}" for fact in found.went)
    yield from (f"~ {change}" for change in found.changed)
    yield f"{counted(len(found.came), 'fact')} came, {len(found.went):,} went, {len(found.changed):,} changed"


def as_json(found: Difference) -> str:
    """The same for programs; names are IRIs."""
    facts = {
        what: [{"fact": one.name, "kind": one.kind, "values": one.values} for one in group]
        for what, group in (("came", found.came), ("went", found.went))
    }
    changed = [
        {"fact": one.fact, "before": one.before, "kind": one.kind,
         "values": {name: {"before": old, "after": new} for name, (old, new) in one.values.items()}}
        for one in found.changed
    ]  # fmt: skip
    return json.dumps({**facts, "changed": changed}, ensure_ascii=False, indent=1) + "\n"

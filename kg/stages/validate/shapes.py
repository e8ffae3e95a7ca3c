"""The shapes of `ontology/shapes.ttl` as functions: the part of SHACL Core that they use, and no more.

A constraint that is not known here is an error when the shapes are read, so no shape is passed over silently.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kg.iris import PREFIXES
from kg.ntriples import TYPE, of_turtle, unquoted
from kg.resources import ontology
from kg.stages.validate.calculated import CALCULATED
from kg.stages.validate.values import at_most, datatype

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from kg.stages.validate.known import Known

SHAPES = "https://w3id.org/parley/shapes#"
_SH = "<http://www.w3.org/ns/shacl#"
Holds: TypeAlias = "Callable[[Known, str], bool]"
Constraint: TypeAlias = "Callable[[Known, str, Collection[str]], bool]"  # graph, thing, values of the path
_NO_CONSTRAINT = ("message", "path", "property", "targetClass", "targetSubjectsOf")


class Shape(NamedTuple):
    """A named shape: what it is asked of, and whether it holds."""

    name: str
    message: str
    classes: tuple[str, ...]
    subjects_of: tuple[str, ...]
    holds: Holds


@cache
def shapes() -> tuple[Shape, ...]:
    """Every shape that is asked of some things, sorted by name."""
    read = _Reader()
    for _, subject, predicate, value in of_turtle(ontology("shapes.ttl")):
        read.setdefault(subject, {}).setdefault(predicate, []).append(value)
    return tuple(sorted(_shapes(read), key=lambda shape: shape.name))


def _shapes(read: _Reader) -> Iterator[Shape]:
    for name in [one for one in read if one.startswith(f"<{SHAPES}")]:
        classes, subjects_of = read.all(name, "targetClass"), read.all(name, "targetSubjectsOf")
        # A property shape below a node shape is asked of the node shape's things, and named in the message.
        for part in (name, *read.all(name, "property")) if classes or subjects_of else ():
            local = part[1:-1].removeprefix(SHAPES)
            query = next(iter(read.all(part, "sparql")), None)
            told = read.all(part, "message") or (read.all(query, "message") if query else ())
            if told:
                yield Shape(local, unquoted(told[0])[0], classes, subjects_of, _holds(read, part, local))


class _Reader(dict[str, dict[str, list[str]]]):
    """The graph of the shapes: subject -> predicate -> values."""

    def all(self, subject: str, name: str) -> tuple[str, ...]:
        """The values of a property of SHACL."""
        return tuple(self[subject].get(f"{_SH}{name}>", ()))

    def items_of(self, head: str) -> tuple[str, ...]:
        """The members of a list."""
        rdf, found = PREFIXES["rdf"], []
        while head != f"<{rdf}nil>":
            found.append(self[head][f"<{rdf}first>"][0])
            head = self[head][f"<{rdf}rest>"][0]
        return tuple(found)


def _holds(read: _Reader, shape: str, local: str = "") -> Holds:
    """Whether a thing keeps a shape; the shapes of its properties are asked apart where they have a name."""
    constraints = [
        _constraint(read, predicate.removeprefix(_SH).rstrip(">"), value, local)
        for predicate, values in read[shape].items() if predicate.startswith(_SH)
        for value in values if predicate.removeprefix(_SH).rstrip(">") not in _NO_CONSTRAINT
    ]  # fmt: skip
    inner = [_holds(read, part) for part in read.all(shape, "property") if part.startswith("_")]
    paths = _paths(read, shape)

    def holds(known: Known, thing: str) -> bool:
        if len(paths) == 1:
            values: Collection[str] = known.values(thing, paths[0])
        else:
            values = [value for path in paths for value in known.values(thing, path)] if paths else [thing]
        for constraint in constraints:
            if not constraint(known, thing, values):
                return False
        return not inner or all(part(known, thing) for part in inner)

    return holds


def _paths(read: _Reader, shape: str) -> tuple[str, ...]:
    """The predicates of a shape's path: one, or alternatives; none for a shape of the thing itself."""
    path = next(iter(read.all(shape, "path")), None)
    if path is None or path.startswith("<"):
        return (path,) if path else ()
    (alternatives,) = read.all(path, "alternativePath")
    return read.items_of(alternatives)


def _constraint(read: _Reader, name: str, value: str, local: str) -> Constraint:
    if name == "sparql":
        calculated = CALCULATED[local]
        return lambda known, thing, _: calculated(known, thing)
    if name in _OF_GRAPH:
        return _OF_GRAPH[name](value)
    if name in ("or", "in"):
        members = frozenset(read.items_of(value))
        if name == "in":
            return lambda _, __, values: members.issuperset(values)
        parts = [_holds(read, member) for member in members]
        return lambda known, _, values: all(any(part(known, one) for part in parts) for one in values)
    if name == "not":
        negated = _holds(read, value)
        return lambda known, _, values: not any(negated(known, one) for one in values)
    return _of_values(name, value)


def _of_values(name: str, value: str) -> Constraint:
    """A constraint on each value by itself, or on their number.

    Raises:
        KeyError: it is not known.
    """
    if name in ("minCount", "maxCount"):
        number = int(unquoted(value)[0])
        if name == "minCount":
            return lambda _, __, values: len(values) >= number
        return lambda _, __, values: len(values) <= number
    fits = _EACH[name](value)
    return lambda _, __, values: all(map(fits, values))


def _pattern(value: str) -> Callable[[str], bool]:
    search = re.compile(unquoted(value)[0]).search
    return lambda one: search(unquoted(one)[0] if one[0] == '"' else one[1:-1]) is not None


def _length(value: str) -> Callable[[str], bool]:
    least = int(unquoted(value)[0])
    return lambda one: len(unquoted(one)[0] if one[0] == '"' else one[1:-1]) >= least


_EACH: dict[str, Callable[[str], Callable[[str], bool]]] = {
    "datatype": lambda value: lambda one: datatype(one) == value[1:-1],
    "pattern": _pattern,
    "minLength": _length,
    "nodeKind": {f"{_SH}IRI>": lambda one: one[0] == "<"}.__getitem__,
    "minInclusive": lambda value: lambda one: at_most(value, one, strictly=False),
    "minExclusive": lambda value: lambda one: at_most(value, one, strictly=True),
    "maxInclusive": lambda value: lambda one: at_most(one, value, strictly=False),
}
_OF_GRAPH: dict[str, Callable[[str], Constraint]] = {
    "class": lambda kind: lambda known, _, values: all(kind in known.values(one, TYPE) for one in values),
    "disjoint": lambda other: lambda known, thing, values: set(values).isdisjoint(known.values(thing, other)),
    "lessThan": lambda other: lambda known, thing, values: all(
        at_most(one, two, strictly=True) for one in values for two in known.values(thing, other)),
    "lessThanOrEquals": lambda other: lambda known, thing, values: all(
        at_most(one, two, strictly=False) for one in values for two in known.values(thing, other)),
}  # fmt: skip

"""From words to terms: which thing of the graph a user means by "Tanaka", "Japanese", "JP" or `person:jane-doe`."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.iris import PREFIXES, fold
from kg.literals import HALF
from kg.result import IRI, NAMESPACES, XSD, Literal, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store import Graph

NAMES = "schema:name|rdfs:label|skos:altLabel|schema:identifier"
_PERSON = "{ ?node a schema:Person }"
_COUNTRY = "{ ?node a schema:Country } UNION { ?node a kg:Bloc }"
_ORGANIZATION = "{ ?node a org:FormalOrganization }"
_ACTOR = f"{_PERSON} UNION {_COUNTRY} UNION {_ORGANIZATION} UNION {{ ?node a kg:UnnamedSource }}"
_PRODUCT = "{ ?tariff kg:product/skos:broader* ?node }"
_TOPIC = "{ ?any kg:topic ?node }"
_REST = "{ ?node a org:Post } UNION { ?any kg:place/kg:within? ?node } UNION { ?node kg:evidence ?sentence }"
# Which nodes a parameter of each type may mean.
_NODES = {
    "person": _PERSON,
    "country": _COUNTRY,
    "organization": _ORGANIZATION,
    "actor": _ACTOR,
    "product": _PRODUCT,
    "topic": f"{_TOPIC} UNION {_PRODUCT}",
    "thing": f"{_ACTOR} UNION {_PRODUCT} UNION {_TOPIC} UNION {_REST}",
}
TYPES = (*_NODES, "date", "integer", "text", "any")


def resolve(graph: Graph, type: str, name: str, given: Value) -> Value:
    """The value that a parameter is bound to.

    Args:
        graph: Where names are looked up.
        type: One of TYPES.
        name: The parameter's name, for messages.
        given: What the user gave; anything but a plain str is taken as it is, after a check of its type.

    Raises:
        QueryError: nothing, or more than one thing, answers to the name; or it is no date or integer.
    """
    if isinstance(given, str) and HALF.search(given):
        raise QueryError(f"{name}={given!r} is no text in UTF-8; write it again")
    if type == "date":
        return _date(name, given)
    if type == "integer":
        return _integer(name, given)
    if not isinstance(given, str) or isinstance(given, Literal) or type == "text":
        return given
    if type == "any":
        return _any(graph, name, given)
    return thing(graph, type, name, given)


def _date(name: str, given: Value) -> date:
    try:
        return given if isinstance(given, date) else date.fromisoformat(str(given))
    except ValueError as error:
        raise QueryError(f"{name}={str(given)!r} is no date; write it as 2025-06-28") from error


def _integer(name: str, given: Value) -> int:
    try:
        return int(str(given))
    except ValueError as error:
        raise QueryError(f"{name}={str(given)!r} is no whole number") from error


def _any(graph: Graph, name: str, given: str) -> Value:
    """A number, a date, a "quoted" text, a text that some fact holds, or else the name of a thing."""
    if len(given) > 1 and given[0] == given[-1] == '"':
        return given[1:-1]
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", given):
        return _date(name, given)
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", given):
        return Literal(given, XSD + "gYearMonth")
    try:
        number = Decimal(given)
    except InvalidOperation:
        pass
    else:
        if number.is_finite():
            return number
    if not isinstance(given, IRI) and _holds(graph, given):
        return given
    return thing(graph, "thing", name, given)


def _holds(graph: Graph, text: str) -> bool:
    from pyoxigraph import Literal as OxLiteral
    from pyoxigraph import NamedNode

    named = [NamedNode(PREFIXES["rdfs"] + "label"), NamedNode(PREFIXES["schema"] + "name")]
    found = graph.store.quads_for_pattern(None, None, OxLiteral(text), None)
    return any(quad.predicate not in named and "altLabel" not in quad.predicate.value for quad in found)


def thing(graph: Graph, type: str, name: str, given: str) -> IRI:
    """The thing of a type that a name, IRI or prefixed name means."""
    full = _expanded(given)
    if full:
        if _known(graph, full):
            return full
        raise QueryError(f"{name}: the graph holds no <{full}>; ask for it by name, or list what there is")
    index = candidates(graph, type)
    found = _exact(index, given)
    if len(given.split()) == 1 and type in ("person", "actor", "thing"):  # a surname of two people means neither
        found |= _partial(candidates(graph, "person"), given)
    if not found and type in ("country", "actor", "thing"):
        found = _by_code(index, given)
    found = found or _partial(index, given)
    if len(found) == 1:
        return next(iter(found))
    if found:
        these = ", ".join(f"{index[node][0]} ({node.short()})" for node in sorted(found))
        raise QueryError(f"{name}={given!r} may mean {these}; give the full name or the IRI")
    close = nearest(given, [n for labels in index.values() for n in labels])
    raise QueryError(f"{name}={given!r}: the graph knows no such {type}{close}; check the spelling")


def candidates(graph: Graph, type: str) -> dict[IRI, tuple[str, ...]]:
    """Every thing of a type with its names, the fullest first."""
    text = f"SELECT DISTINCT ?node ?name WHERE {{ {{ {_NODES[type]} }} ?node {NAMES} ?name }}"
    index: dict[IRI, list[str]] = {}
    for solution in graph.store.query(text, prefixes=PREFIXES):  # type: ignore[union-attr]
        index.setdefault(IRI(solution["node"].value), []).append(solution["name"].value)
    return {node: tuple(sorted(labels, key=lambda n: (-len(n), n))) for node, labels in sorted(index.items())}


def _expanded(given: str) -> IRI | None:
    if isinstance(given, IRI):
        return given
    if re.fullmatch(r"<.*>", given) or re.match(r"https?://\S+$", given):
        return IRI(given.strip("<>"))
    prefix, colon, rest = given.partition(":")
    return IRI(NAMESPACES[prefix] + rest) if colon and prefix in NAMESPACES else None


def _known(graph: Graph, full: IRI) -> bool:
    from pyoxigraph import NamedNode

    try:
        node = NamedNode(full)
    except ValueError as error:
        raise QueryError(f"<{full}> is no IRI") from error
    patterns = ((node, None), (None, node))
    return any(next(graph.store.quads_for_pattern(s, None, o, None), None) is not None for s, o in patterns)


def _exact(index: dict[IRI, tuple[str, ...]], given: str) -> dict[IRI, None]:
    wanted = fold(given).strip()
    return {node: None for node, labels in index.items() if any(fold(n) == wanted for n in labels)}


def _by_code(index: dict[IRI, tuple[str, ...]], given: str) -> dict[IRI, None]:
    """The country that a demonym, a code or a city of it stands for ("Japanese", "JPN"), where the graph has it."""
    from kg.stages.recognize.geography import country

    known = country(given) or country(given.title())
    if known is None:
        return {}
    code = known[0]
    return {node: None for node, labels in index.items() if code in labels}


def _partial(index: dict[IRI, tuple[str, ...]], given: str) -> dict[IRI, None]:
    """Things with a name that holds all the words: a surname, a product's last word."""
    wanted = set(re.findall(r"\w+", fold(given)))
    return {
        node: None for node, labels in index.items()
        if wanted and any(wanted <= set(re.findall(r"\w+", fold(n))) for n in labels)
    }  # fmt: skip


def nearest(given: str, known: Iterable[str]) -> str:
    """The three known names closest to what was given, as words for a message; empty where none is close."""
    from rapidfuzz import fuzz, process

    by_fold = {fold(name): name for name in sorted(known)}
    close = process.extract(fold(given), list(by_fold), scorer=fuzz.WRatio, limit=3, score_cutoff=60)
    return " (nearest: " + ", ".join(by_fold[name] for name, _, _ in close) + ")" if close else ""

"""RDF terms: names, literals of the right type, and the properties that other vocabularies define."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import ValidationFailed
from kg.iris import PREFIXES, iri, sentence_iri
from kg.literals import decimal_text, duration_text
from kg.model import PROPERTIES, Assertion, Evidence, Ref

# Properties of the vocabulary that other vocabularies define; every other one is kg: and its own name.
_BORROWED = {"member": "org:member", "text": "schema:text", "label": "rdfs:label", "about": "schema:about"}
_PATTERNS = {
    "date": re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"),
    "time": re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?"),
    "status": re.compile(r"[A-Z][A-Za-z]*"),
    "concept": re.compile(r"[A-Z]+"),
}
_DATE_TYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
DEFAULT = DefaultGraph()


@lru_cache(maxsize=1024)
def term(prefixed: str) -> NamedNode:
    """`kg:Call` -> the NamedNode it stands for."""
    prefix, _, local = prefixed.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


@lru_cache(maxsize=65536)
def node(name: Ref) -> NamedNode:
    """The node of an entity or a fact."""
    return NamedNode(iri(name))


@lru_cache(maxsize=65536)
def sentence(document: str, start: int, end: int) -> NamedNode:
    """The node of a sentence, which is also the name of its graph."""
    return NamedNode(sentence_iri(document, start, end))


def cited(evidence: Evidence) -> NamedNode:
    """The sentence that an evidence points to."""
    return sentence(evidence.document, evidence.start, evidence.end)


def web(address: str) -> NamedNode:
    """The node of a web address as it stands in a text: `www.example.org/a b` gets a scheme and escapes."""
    full = address if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address) else f"https://{address}"
    return NamedNode(quote(full, safe=":/?#&=+,;@!$'()*~%-._"))


def predicate(name: str) -> NamedNode:
    """The predicate of a property of `kg.model.PROPERTIES`."""
    return term(_BORROWED.get(name, f"kg:{name}"))


def text(value: str) -> Literal:
    """A plain string."""
    return Literal(value)


def date(value: str) -> Literal:
    """xsd:date, xsd:gYearMonth or xsd:gYear by the precision of the ISO string."""
    return Literal(value, datatype=term(_DATE_TYPES[len(value)]))


def decimal(value: Decimal) -> Literal:
    """xsd:decimal in canonical form."""
    return Literal(decimal_text(value), datatype=term("xsd:decimal"))


def duration(minutes: Decimal) -> Literal:
    """xsd:dayTimeDuration in canonical form."""
    return Literal(duration_text(minutes), datatype=term("xsd:dayTimeDuration"))


def value(assertion: Assertion) -> NamedNode | Literal:
    """The value of an assertion as a term of the type that `PROPERTIES` gives.

    Raises:
        ValidationFailed: the value is not of that type.
    """
    kind, given = PROPERTIES[assertion.property][0], assertion.value
    pattern = _PATTERNS.get(kind)
    if pattern and not pattern.fullmatch(str(given)):
        raise _wrong(assertion, kind)
    if kind == "ref" and isinstance(given, str):
        return node(Ref(given))
    if kind == "boolean" and isinstance(given, bool):
        return Literal(given)
    if kind in ("integer", "decimal") and isinstance(given, (int, Decimal)) and not isinstance(given, bool):
        return decimal(Decimal(given)) if kind == "decimal" else Literal(int(given))
    if not isinstance(given, str) or kind in ("ref", "boolean", "integer", "decimal"):
        raise _wrong(assertion, kind)
    return _worded(kind, given)


def _worded(kind: str, given: str) -> NamedNode | Literal:
    if kind == "status":
        return term(f"kg:{given}")
    if kind == "concept":
        return node(Ref(f"plover/{given}"))
    if kind == "date":
        return date(given)
    if kind == "time":
        return Literal(given if len(given) == 8 else f"{given}:00", datatype=term("xsd:time"))
    return text(given)


def _wrong(assertion: Assertion, kind: str) -> ValidationFailed:
    place = f"{assertion.evidence.document}#char={assertion.evidence.start},{assertion.evidence.end}"
    return ValidationFailed(
        f"{place}: {assertion.value!r} is no {kind} for {assertion.property};"
        f" correct the rule {assertion.evidence.rule}"
    )


def order(quad: Quad) -> tuple[str, str, str, str]:
    """Default graph first, then by graph, subject, predicate and object."""
    graph = "" if quad.graph_name == DEFAULT else str(quad.graph_name)
    return graph, str(quad.subject), str(quad.predicate), str(quad.object)

"""RDF terms as text: names, literals of the right type, and the properties that other vocabularies define."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote

from kg.errors import ValidationFailed
from kg.iris import PREFIXES, document_iri, iri, sentence_iri
from kg.literals import decimal_text, duration_text
from kg.model import PROPERTIES, Assertion, Evidence, Ref
from kg.ntriples import Line, quoted

# Properties of the vocabulary that other vocabularies define; every other one is kg: and its own name.
_BORROWED = {"member": "org:member", "text": "schema:text", "label": "rdfs:label", "about": "schema:about"}
_PATTERNS = {
    "date": re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"),
    "time": re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?"),
    "status": re.compile(r"[A-Z][A-Za-z]*"),
    "concept": re.compile(r"[A-Z]+"),
}
_DATE_TYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


@lru_cache(maxsize=1024)
def term(prefixed: str) -> str:
    """`kg:Call` -> the name it stands for."""
    prefix, _, local = prefixed.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


@lru_cache(maxsize=65536)
def node(name: Ref) -> str:
    """The node of an entity or a fact."""
    return f"<{iri(name)}>"


@lru_cache(maxsize=65536)
def sentence(document: str, start: int, end: int) -> str:
    """The node of a sentence, which is also the name of its graph."""
    return f"<{sentence_iri(document, start, end)}>"


def article(document: str) -> str:
    """The node of a document."""
    return f"<{document_iri(document)}>"


def cited(evidence: Evidence) -> str:
    """The sentence that an evidence points to."""
    return sentence(evidence.document, evidence.start, evidence.end)


def web(address: str) -> str:
    """The node of a web address as it stands in a text: `www.example.org/a b` gets a scheme and escapes."""
    full = address if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address) else f"https://{address}"
    return "<" + quote(full, safe=":/?#&=+,;@!$'()*~%-._") + ">"


def predicate(name: str) -> str:
    """The predicate of a property of `kg.model.PROPERTIES`."""
    return term(_BORROWED.get(name, f"kg:{name}"))


def text(value: str) -> str:
    """A plain string."""
    return quoted(value)


def date(value: str) -> str:
    """xsd:date, xsd:gYearMonth or xsd:gYear by the precision of the ISO string."""
    return quoted(value, term(_DATE_TYPES[len(value)]))


def integer(value: int) -> str:
    """xsd:integer."""
    return quoted(str(value), term("xsd:integer"))


def decimal(value: Decimal) -> str:
    """xsd:decimal in canonical form."""
    return quoted(decimal_text(value), term("xsd:decimal"))


def duration(minutes: Decimal) -> str:
    """xsd:dayTimeDuration in canonical form."""
    return quoted(duration_text(minutes), term("xsd:dayTimeDuration"))


def value(assertion: Assertion) -> str:
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
        return quoted("true" if given else "false", term("xsd:boolean"))
    if kind in ("integer", "decimal") and isinstance(given, (int, Decimal)) and not isinstance(given, bool):
        return decimal(Decimal(given)) if kind == "decimal" else integer(int(given))
    if not isinstance(given, str) or kind in ("ref", "boolean", "integer", "decimal"):
        raise _wrong(assertion, kind)
    return _worded(kind, given)


def _worded(kind: str, given: str) -> str:
    if kind == "status":
        return term(f"kg:{given}")
    if kind == "concept":
        return node(Ref(f"plover/{given}"))
    if kind == "date":
        return date(given)
    if kind == "time":
        return quoted(given if len(given) == 8 else f"{given}:00", term("xsd:time"))
    return text(given)


def _wrong(assertion: Assertion, kind: str) -> ValidationFailed:
    place = f"{assertion.evidence.document}#char={assertion.evidence.start},{assertion.evidence.end}"
    return ValidationFailed(
        f"{place}: {assertion.value!r} is no {kind} for {assertion.property};"
        f" correct the rule {assertion.evidence.rule}"
    )


def line(subject: str, predicate: str, value: str, graph: str = "") -> Line:
    """A quad as text: of the default graph, or said by a sentence."""
    return graph, subject, predicate, value

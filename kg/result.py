"""Answers of a query as Python values, and the three ways they are written: table, csv, json.

RDF terms become Python values here and nowhere else: an IRI is an `IRI`, a literal the Python type of
its datatype, and a literal that has none (`"2025-06"^^xsd:gYearMonth`) a `Literal`, which is a str.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from kg.iris import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyoxigraph import BlankNode, NamedNode, Triple
    from pyoxigraph import Literal as OxLiteral

XSD = PREFIXES["xsd"]
# Each kind of thing has a prefix of its own, since `id:person/jane-doe` is no prefixed name in SPARQL or Turtle.
KINDS = ("action", "country", "deadline", "disagreement", "document", "event", "organization", "person", "place",
         "plover", "position", "post", "product", "source", "statement", "tariff", "tenure", "topic")  # fmt: skip
NAMESPACES = {**{kind: f"{BASE}{kind}/" for kind in KINDS}, **PREFIXES}
RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet runs a cell that begins with one of these


class IRI(str):
    """The name of a thing, as a str that knows it is one."""

    __slots__ = ()

    def short(self) -> str:
        """The IRI with a known prefix, else in full: `person:jane-doe`, `kg:minutes`."""
        for prefix, base in NAMESPACES.items():
            if self.startswith(base):
                return f"{prefix}:{self.removeprefix(base)}"
        return str(self)


class Literal(str):
    """A literal without a Python type of its own: its words as a str, with its datatype."""

    __slots__ = ("datatype",)
    datatype: str

    def __new__(cls, value: str, datatype: str) -> Literal:
        """Keep the words and the IRI of the datatype."""
        self = super().__new__(cls, value)
        self.datatype = datatype
        return self


Value: TypeAlias = "IRI | Literal | str | bool | int | float | Decimal | date | datetime | time"

_PARSERS: dict[str, Callable[[str], Value]] = {
    "boolean": lambda text: text in ("true", "1"),
    "date": date.fromisoformat,
    "dateTime": datetime.fromisoformat,
    "decimal": Decimal,
    "double": float,
    "float": float,
    "integer": int,
    "string": str,
    "time": time.fromisoformat,
}
# bool before int and datetime before date: each is a subclass of the other.
_DATATYPES: tuple[tuple[type, str], ...] = (
    (bool, "boolean"), (int, "integer"), (Decimal, "decimal"), (float, "double"), (datetime, "dateTime"),
    (date, "date"), (time, "time"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Result:
    """The answer of a SELECT: rows in order, each with a value or None for every variable."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]

    def __iter__(self) -> Iterator[tuple[Value | None, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def records(self) -> list[dict[str, Value]]:
        """Each row as {variable: value}, without the variables that are unbound."""
        return [{k: v for k, v in zip(self.variables, row, strict=True) if v is not None} for row in self.rows]


def value(term: NamedNode | BlankNode | OxLiteral | Triple) -> Value:
    """The Python value of an RDF term; a literal that its datatype does not allow stays a `Literal`."""
    from pyoxigraph import Literal as OxLiteral
    from pyoxigraph import NamedNode

    if isinstance(term, NamedNode):
        return IRI(term.value)
    if not isinstance(term, OxLiteral):
        return IRI(str(term))
    datatype = term.datatype.value
    if term.language:
        return str(term.value)
    parser = _PARSERS.get(datatype.removeprefix(XSD)) if datatype.startswith(XSD) else None
    if parser is None:
        return Literal(term.value, datatype)
    try:
        return parser(term.value)
    except (ValueError, ArithmeticError):
        return Literal(term.value, datatype)


def term(given: Value) -> NamedNode | OxLiteral:
    """The RDF term of a Python value."""
    from pyoxigraph import Literal as OxLiteral
    from pyoxigraph import NamedNode

    if isinstance(given, IRI):
        return NamedNode(given)
    datatype = datatype_of(given)
    return OxLiteral(words(given), datatype=NamedNode(datatype)) if datatype else OxLiteral(words(given))


def datatype_of(given: Value) -> str | None:
    """The IRI of the datatype of a literal; None for a plain string."""
    if isinstance(given, Literal):
        return given.datatype
    return next((XSD + name for kind, name in _DATATYPES if isinstance(given, kind)), None)


def words(given: Value | None) -> str:
    """The value as RDF writes it: true, 27.5, 2025-06-28."""
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, (date, time)):
        return given.isoformat()
    if isinstance(given, Decimal):
        return f"{given:f}"
    return "" if given is None else str(given)


def shown(given: Value | None) -> str:
    """The value for reading: IRIs shortened, whole numbers without a point, no control characters."""
    if isinstance(given, IRI):
        return given.short()
    if isinstance(given, Decimal) and given == given.to_integral_value():
        return str(int(given))
    return "".join(c if c.isprintable() else " " for c in words(given))


def table(result: Result, *, width: int | None = None) -> str:
    """The rows as a table of at most `width` columns (default: the terminal's)."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(*result.variables)
    for row in result.rows:
        grid.add_row(*(Text(shown(cell)) for cell in row))
    out = io.StringIO()
    Console(file=out, width=width, color_system=None).print(grid)
    return out.getvalue()


def csv_text(result: Result) -> str:
    """The rows as CSV that no spreadsheet runs: text that begins like a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(result.variables)
    for row in result.rows:
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue()


def _harmless(cell: Value | None) -> str:
    text = words(cell)
    return "'" + text if isinstance(cell, str) and text.startswith(RISKY) else text


def json_text(answer: Result | bool) -> str:
    """The answer in SPARQL 1.1 Query Results JSON."""
    if isinstance(answer, bool):
        return json.dumps({"head": {}, "boolean": answer}) + "\n"
    bindings = [
        {name: _binding(cell) for name, cell in zip(answer.variables, row, strict=True) if cell is not None}
        for row in answer.rows
    ]
    document = {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _binding(cell: Value) -> dict[str, str]:
    if isinstance(cell, IRI):
        blank = cell.startswith("_:")
        return {"type": "bnode" if blank else "uri", "value": cell[2:] if blank else str(cell)}
    datatype = datatype_of(cell)
    return {"type": "literal", "value": words(cell), **({"datatype": datatype} if datatype else {})}

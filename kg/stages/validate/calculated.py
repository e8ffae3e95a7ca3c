"""What the SPARQL constraints of the shapes calculate, for one thing; a test compares with the queries."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.iris import PREFIXES, TERMS
from kg.ntriples import unquoted
from kg.stages.validate.values import datatype

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.stages.validate.known import Known

_GRACE = timedelta(days=1)
_NUMBERS = (PREFIXES["xsd"] + "decimal", PREFIXES["xsd"] + "integer")


def _kg(name: str) -> str:
    return f"<{TERMS}{name}>"


def _held_not_after_report(known: Known, thing: str) -> bool:
    if _kg("Held") not in known.values(thing, _kg("status")):
        return True
    given = list(_published(known, thing))
    published = [day for one in given if (day := _day(one))]
    begins = map(_day, known.values(thing, _kg("earliest")))
    return not given or all(begin and published and begin <= max(published) + _GRACE for begin in begins)


def _published(known: Known, thing: str) -> Iterator[str]:
    for sentence in known.values(thing, _kg("evidence")):
        for document in known.values(sentence, f"<{PREFIXES['schema']}isPartOf>"):
            yield from known.values(document, f"<{PREFIXES['schema']}datePublished>")


def _day(term: str) -> date | None:
    return date.fromisoformat(unquoted(term)[0]) if datatype(term) == PREFIXES["xsd"] + "date" else None


def _rate_is_sum(known: Known, thing: str) -> bool:
    added, rates, previous = (
        [Decimal(unquoted(value)[0]) for value in known.values(thing, _kg(name)) if datatype(value) in _NUMBERS]
        for name in ("addedRate", "rate", "previousRate")
    )
    return all(rate == before + more for rate in rates for before in previous for more in added)


CALCULATED: dict[str, Callable[[Known, str], bool]] = {
    "held-not-after-report": _held_not_after_report,
    "rate-is-sum": _rate_is_sum,
}

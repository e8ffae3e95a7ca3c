"""States and blocs by their code: English name, Wikidata item, node."""

from __future__ import annotations

from functools import cache

from kg.lexicon import table
from kg.model import Entity, EntityKind, Ref


@cache
def _states() -> dict[str, tuple[str, str]]:
    return {code: (name, item) for code, name, item in table("states")}


def names(code: str) -> tuple[str, str | None]:
    """English name and Wikidata IRI of a state or bloc by its code; the code itself where it is not known."""
    if code in _states():
        label, item = _states()[code]
        return label, f"http://www.wikidata.org/entity/{item}" if item else None
    return next((row[0] for row in table("countries") if row[1] == code and row[2] == "bloc"), code), None


def country_entity(code: str) -> Entity:
    """The node of a state or bloc; its name ends with the code: `country/JP`."""
    label, match = names(code)
    kind = EntityKind.COUNTRY if len(code) == 2 and code.isalpha() and code not in {"EU", "UN"} else EntityKind.BLOC
    return Entity(Ref(f"country/{code}"), kind, label, code=code, exact_match=match)

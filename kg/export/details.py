"""What the page tells of a node or an edge that was chosen: its values, its sentences, who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.network import Thing, label_of, local, name_of
from kg.wording import RELATIONS, day, named, number, status

if TYPE_CHECKING:
    from collections.abc import Container, Set

    from kg.export.behind import Behind

# Told elsewhere on the page (name, evidence, the ends of edges), or another form of a value that is told.
_ELSEWHERE = frozenset({"name", "label", "altLabel", "evidence", "isPartOf", "earliest", "latest", "duration",
                        "approximate", "holds", "reading", "author", "quotes", "citation", "member",
                        "post"})  # fmt: skip
_FIRST = ("status", "tenureStatus", "date", "endDate", "partOfDay", "time", "minutes", "rate",
          "previousRate", "addedRate", "ground", "stance", "text", "quote")  # fmt: skip
_LAST = ("confidence", "rule", "replaces")
MOST_SENTENCES = 60  # of one node; a country is named in most sentences of a collection
_STATES = frozenset({"status", "tenureStatus", "stance"})


def node_details(iri: str, ids: dict[str, str], found: dict[str, Thing], behind: Behind) -> dict[str, Any]:
    """Values, sentences and statements of a node."""
    thing = found[iri]
    is_fact = bool(thing.links.get("evidence"))
    told = [[name, ids[statement]] for name, statement in behind.told(iri) if statement in ids]
    comment = "Comment" in thing.types
    sentences = behind.of_fact(iri) if is_fact else behind.quoted(iri) if comment else behind.of_entity(iri)
    return {
        "iri": iri,
        "rows": rows(thing, ids, found) + (_comment(thing, found) if comment else []),
        "links": [link for link in thing.links.get("citation", ()) if link.startswith(("http://", "https://"))],
        "told": told,
        "sentences": sentences[:MOST_SENTENCES],
        "sentence_count": len(sentences),
    }


def edge_details(
    edge: tuple[str, str, str], fact: str, found: dict[str, Thing], behind: Behind
) -> dict[str, Any]:
    """Values and sentences of an edge: of the tenure that it stands for, or of the link it shows."""
    source, key, target = edge
    if fact:
        return {"rows": rows(found[fact], {}, found), "sentences": behind.of_fact(fact)}
    relation = RELATIONS.get(key)
    subject, goal = (target, source) if relation and relation.turned else (source, target)
    if found[subject].links.get("evidence"):
        return {"rows": rows_of(found[subject], ("confidence",)), "sentences": behind.of_triple(subject, key, goal)}
    return {"rows": [], "sentences": behind.of_both(source, target)}


def rows(
    thing: Thing, ids: Container[str], found: dict[str, Thing], *, only: Set[str] | None = None
) -> list[list[str]]:
    """(name, value) of what is known of a node but for its edges to `ids`, the telling ones first."""
    names = ({*thing.values, *thing.links} if only is None else only) - _ELSEWHERE
    about = thing.first("approximate") == "true"
    middle = sorted(names - {*_FIRST, *_LAST})
    order = [n for n in (*_FIRST, *middle, *_LAST) if n in names]
    result = []
    for name in order:
        linked = [_linked(name, o, found) for o in thing.links.get(name, ()) if o not in ids]
        told = [shown(name, v) for v in thing.values.get(name, ())] + linked
        words = ", ".join(told)
        result += [[named(name), f"about {words}" if about and name == "minutes" else words]] if told else []
    return result


def rows_of(thing: Thing, names: tuple[str, ...]) -> list[list[str]]:
    """(name, value) of some literals."""
    return [[named(n), shown(n, v)] for n in names for v in thing.values.get(n, ())]


def shown(name: str, value: str) -> str:
    """A literal for reading."""
    if name in ("date", "endDate", "since", "until", "asOf"):
        return day(value)
    if name == "time":
        return value.removesuffix(":00") if value.count(":") == 2 else value
    return value if name in ("text", "quote", "label") else number(value)


def _linked(name: str, iri: str, found: dict[str, Thing]) -> str:
    if name in _STATES:
        return status(local(iri))
    if name == "exactMatch":
        return iri
    return name_of(iri, found)


def _comment(thing: Thing, found: dict[str, Thing]) -> list[list[str]]:
    return [["by", label_of(author, found)] for author in thing.links.get("author", ())]

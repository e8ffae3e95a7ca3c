"""Persons of documents by their names, and which of them must be looked at together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from kg.join.people import ALIKE, common_names
from kg.join.seen import Seen, same_words, seen, spelt, surnames
from kg.stores.index.tables import Tables, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import DocumentFacts

WAY = -1  # under which their names stand beside those of `kg.join.agreed`
Who = tuple[str, str]  # document and name


def put(tables: Tables, one: DocumentFacts) -> None:
    """Keep the persons of a document."""
    for person in seen([one]):
        tables.put("person", [(person.document, person.ref, pack(person))])
        keys = (*_own(person), *_other(person))
        tables.put("person_key", [(key, person.surname_only, *_who(person)) for key in keys])


def take(tables: Tables, document: str) -> None:
    """Forget the persons of a document."""
    for (told,) in tables.rows("SELECT told FROM person WHERE document = ?", document):
        person: Seen = unpack(told)
        for key in (*_own(person), *_other(person)):
            tables.run("DELETE FROM person_key WHERE key = ? AND alone = ? AND document = ? AND ref = ?",
                       key, person.surname_only, *_who(person))  # fmt: skip
    tables.run("DELETE FROM person WHERE document = ?", document)


def of(tables: Tables, document: str) -> list[Who]:
    """The persons of a document."""
    return [(document, ref) for ref in tables.column("SELECT ref FROM person WHERE document = ?", document)]


def _who(person: Seen) -> Who:
    return person.document, person.ref


def _own(person: Seen) -> Iterator[str]:
    """Keys that persons have in common who may be one, whoever they are."""
    yield f"name {person.ref}"
    if person.surname_only:
        yield f"surname {' '.join(person.tokens)}"
        return
    yield f"words {same_words(person.tokens)}"
    yield f"last {person.tokens[-1]}"
    yield f"spelt {spelt(person.tokens)}"
    yield "begins " + " ".join(person.tokens[:2])  # "Ana Quispe", "Ana Quispe Tello"


def _other(person: Seen) -> Iterator[str]:
    """Keys that only some of those who have them look for: a surname alone, and who holds an office."""
    if not person.surname_only:
        yield from (f"surname {name}" for name in surnames(person))
        yield from (f"{office}{person.tokens[-1]}" for office in _offices(person))


def _offices(person: Seen) -> list[str]:
    return ["office " + "\x01".join((*office, "")) for office in person.offices if office[0]]


def together(tables: Tables, starts: Iterable[Who]) -> Iterator[list[Seen]]:
    """All persons that hold together with some, in the fewest parts; those who are gone have none."""
    done = set[Who]()
    for start in starts:
        if start not in done:
            found = _linked(tables, start)
            done |= found.keys()
            if found:
                yield sorted(found.values())


def _linked(tables: Tables, start: Who) -> dict[Who, Seen]:
    found: dict[Who, Seen] = {}
    todo, asked = [start], set[tuple[str, bool]]()
    while todo:
        who = todo.pop()
        rows = [] if who in found else tables.column("SELECT told FROM person WHERE document = ? AND ref = ?", *who)
        for told in rows:
            person: Seen = unpack(told)
            found[who] = person
            keys = [(key, False) for key in (*_own(person), *_spelled(tables, person))]
            keys += [] if person.surname_only else [(f"surname {name}", True) for name in surnames(person)]
            for key, alone in keys:
                if (key, alone) not in asked:
                    asked.add((key, alone))
                    some = " AND alone = 1" if alone else ""
                    todo += tables.rows(f"SELECT document, ref FROM person_key WHERE key = ?{some}", key)  # noqa: S608
    return found


def _spelled(tables: Tables, person: Seen) -> Iterator[str]:
    """Keys of those who hold an office of the person and have nearly the same surname."""
    for office in [] if person.surname_only else _offices(person):
        held = "SELECT DISTINCT key FROM person_key WHERE key >= ? AND key < ?"
        for key in tables.column(held, office, office[:-1] + "\x02"):
            if fuzz.ratio(key[len(office) :], person.tokens[-1]) >= ALIKE:
                yield key


def named(tables: Tables, starts: Iterable[Who]) -> set[str]:
    """Give persons their common names; the documents in which that changes one."""
    changed = set[str]()
    for people in together(tables, starts):
        names = common_names(people)
        for person in people:
            document, ref = _who(person)
            new = names.get((document, person.ref))
            old = tables.column("SELECT new FROM name WHERE document = ? AND way = ? AND old = ?", document, WAY, ref)
            if old != ([new] if new else []):
                changed.add(document)
                tables.run("DELETE FROM name WHERE document = ? AND way = ? AND old = ?", document, WAY, ref)
                tables.put("name", [(document, WAY, ref, new)] if new else [])
    return changed

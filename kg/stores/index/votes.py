"""The votes of documents on names (`kg.join.agreed`), and the names that they give."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.join.agreed import FIRST, THEN, Vote
from kg.model import Ref
from kg.stores.index.people import WAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model import DocumentFacts
    from kg.stores.index.tables import Tables

WAYS = (*FIRST, *THEN)
ON_FIRST, ON_THEN = range(len(FIRST)), range(len(FIRST), len(WAYS))
Touched = set[tuple[int, str]]  # ways and keys


def cast(tables: Tables, ways: range, document: str, one: DocumentFacts | None) -> Touched:
    """Put the votes of a document in the place of its old ones; None takes them away."""
    told = "SELECT way, key FROM vote WHERE document = ? AND way BETWEEN ? AND ?"
    touched: Touched = set(tables.rows(told, document, ways[0], ways[-1]))
    tables.run("DELETE FROM vote WHERE document = ? AND way BETWEEN ? AND ?", document, ways[0], ways[-1])
    for way in ways if one is not None else ():
        votes = set(WAYS[way].votes(one))  # type: ignore[arg-type]
        tables.put("vote", ((way, vote.key, vote.ballot, document, vote.name) for vote in votes))
        touched |= {(way, vote.key) for vote in votes}
    return touched


def decided(tables: Tables, touched: Touched) -> set[str]:
    """Decide again what was voted on; the documents that have votes where something else is decided."""
    changed = set[str]()
    for way, key in touched:
        counted = "SELECT ballot, COUNT(DISTINCT document) FROM vote WHERE way = ? AND key = ? GROUP BY ballot"
        ballots = tables.rows(counted + " ORDER BY ballot", way, key)
        old = tables.column("SELECT verdict FROM verdict WHERE way = ? AND key = ?", way, key)
        if not ballots:
            tables.run("DELETE FROM verdict WHERE way = ? AND key = ?", way, key)
            continue
        every = "SELECT COUNT(DISTINCT document) FROM vote WHERE way = ? AND key = ?"
        documents = ballots[0][1] if len(ballots) == 1 else tables.column(every, way, key)[0]
        new = WAYS[way].verdict(key, ballots, documents)
        if old != [new]:
            tables.put("verdict", [(way, key, new)])
            changed |= set(tables.column("SELECT DISTINCT document FROM vote WHERE way = ? AND key = ?", way, key))
    return changed


def named(tables: Tables, ways: range, documents: Iterable[str]) -> set[str]:
    """Give the things of documents their common names; the documents in which that changes one."""
    changed = set[str]()
    for document in documents:
        told = tables.rows(
            """SELECT way, name, key, ballot, verdict FROM vote JOIN verdict USING (way, key)
               WHERE document = ? AND way BETWEEN ? AND ? ORDER BY way, name, key, ballot""",
            document, ways[0], ways[-1],
        )  # fmt: skip
        names = set[tuple[int, str, str]]()
        for (way, name), votes in groupby(told, key=itemgetter(0, 1)):
            said = [(Vote(key, Ref(name), ballot), verdict) for _, _, key, ballot, verdict in votes]
            new = WAYS[way].name(document, said)
            if new is not None:
                names.add((way, name, new))
        before = "SELECT way, old, new FROM name WHERE document = ? AND way BETWEEN ? AND ?"
        if names != set(tables.rows(before, document, ways[0], ways[-1])):
            changed.add(document)
            tables.run("DELETE FROM name WHERE document = ? AND way BETWEEN ? AND ?", document, ways[0], ways[-1])
            tables.put("name", ((document, *one) for one in names))
    return changed


def own(tables: Tables, document: str, ways: range) -> dict[Ref, Ref]:
    """The names that the things of a document get in some ways, with those of persons before the first."""
    first = WAY if ways is ON_FIRST else ways[0]
    told = "SELECT old, new FROM name WHERE document = ? AND way BETWEEN ? AND ?"
    return {Ref(old): Ref(new) for old, new in tables.rows(told, document, first, ways[-1])}

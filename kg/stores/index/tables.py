"""The file of an index: what each document says, in the form in which documents are compared, found by keys.

SQLite, because it stands beside Oxigraph's files, is part of Python, and needs little memory however large it is. It
follows from the records of the store alone, so it is made again wherever it is missing.
"""

from __future__ import annotations

import hashlib
import pickle
import sqlite3
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
LAYOUT = 2  # raised when an older release could not read the tables
_TABLES = """
CREATE TABLE document (id TEXT PRIMARY KEY, record TEXT, origin BLOB) WITHOUT ROWID;
CREATE TABLE person (document TEXT, ref TEXT, told BLOB, PRIMARY KEY (document, ref)) WITHOUT ROWID;
CREATE TABLE person_key (key TEXT, alone INT, document TEXT, ref TEXT,
    PRIMARY KEY (key, alone, document, ref)) WITHOUT ROWID;
CREATE TABLE vote (way INT, key TEXT, ballot TEXT, document TEXT, name TEXT,
    PRIMARY KEY (way, key, ballot, document, name)) WITHOUT ROWID;
CREATE INDEX vote_document ON vote (document, way);
CREATE TABLE verdict (way INT, key TEXT, verdict TEXT, PRIMARY KEY (way, key)) WITHOUT ROWID;
CREATE TABLE name (document TEXT, way INT, old TEXT, new TEXT, PRIMARY KEY (document, way, old)) WITHOUT ROWID;
CREATE TABLE entity (id TEXT, place TEXT, told BLOB, country TEXT, document TEXT,
    PRIMARY KEY (id, place)) WITHOUT ROWID;
CREATE INDEX entity_document ON entity (document);
CREATE INDEX entity_country ON entity (country) WHERE country IS NOT NULL;
CREATE TABLE thing (id TEXT PRIMARY KEY, told BLOB) WITHOUT ROWID;
CREATE TABLE shared (subject TEXT, kind TEXT, words TEXT, document TEXT,
    PRIMARY KEY (subject, kind, words, document)) WITHOUT ROWID;
CREATE INDEX shared_document ON shared (document);
CREATE TABLE fact (name TEXT, document TEXT, stage INT, told BLOB, PRIMARY KEY (name, document)) WITHOUT ROWID;
CREATE INDEX fact_document ON fact (document);
CREATE TABLE joined (name TEXT PRIMARY KEY, head TEXT, stage INT, says BLOB) WITHOUT ROWID;
CREATE INDEX joined_head ON joined (head);
CREATE TABLE fact_key (key BLOB, first INT, name TEXT, until INT, stage INT,
    PRIMARY KEY (key, first, name)) WITHOUT ROWID;
CREATE INDEX fact_key_name ON fact_key (name);
CREATE TABLE speaks_of (fact TEXT, name TEXT, PRIMARY KEY (fact, name)) WITHOUT ROWID;
CREATE INDEX speaks_of_name ON speaks_of (name);
CREATE TABLE possibly (one TEXT, other TEXT, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE held (member TEXT, post TEXT, head TEXT, PRIMARY KEY (member, post, head)) WITHOUT ROWID;
CREATE INDEX held_head ON held (head);
CREATE TABLE told_with (head TEXT, subject TEXT, PRIMARY KEY (head, subject)) WITHOUT ROWID;
"""
_MEMORY = 64_000  # KB of pages that are kept


class Tables:
    """The tables; what is changed lasts from `commit` on."""

    def __init__(self, path: Path | None) -> None:
        """Open the file, or make a new one; one of another layout or that is damaged is made again."""
        self._path = path
        self.read: dict[str, list[tuple[str, Any]]] = {}  # facts that were unpacked, until they change
        self._db = sqlite3.connect(path or ":memory:", cached_statements=512)
        with suppress(sqlite3.DatabaseError):
            if self.rows("PRAGMA user_version") == [(LAYOUT,)]:
                self._tune()
                return
        self.clear()

    def _tune(self) -> None:
        for setting in (f"cache_size = -{_MEMORY}", "synchronous = NORMAL", "temp_store = MEMORY"):
            self.run(f"PRAGMA {setting}")

    def clear(self) -> None:
        """Begin with empty tables, for good."""
        self.close()
        self.read.clear()
        if self._path:
            for file in (self._path, Path(f"{self._path}-journal")):
                file.unlink(missing_ok=True)
        self._db = sqlite3.connect(self._path or ":memory:", cached_statements=512)
        self._tune()
        self._db.executescript(_TABLES + f"PRAGMA user_version = {LAYOUT};")

    def rows(self, sql: str, *values: object) -> list[Any]:
        """The rows of a query."""
        return self._db.execute(sql, values).fetchall()

    def column(self, sql: str, *values: object) -> list[Any]:
        """The values of a query of one column."""
        return [row[0] for row in self._db.execute(sql, values)]

    def run(self, sql: str, *values: object) -> None:
        """A change."""
        self._db.execute(sql, values)

    def put(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Rows into a table, in the place of those with the same key."""
        found = [*rows]
        if found:
            places = ", ".join("?" * len(found[0]))
            self._db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({places})", found)  # noqa: S608

    def commit(self) -> None:
        """Keep all changes."""
        self._db.commit()

    def rollback(self) -> None:
        """Forget all changes since the last commit."""
        self.read.clear()
        self._db.rollback()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


class _Pickler(pickle.Pickler):
    """Writes records by their fields, so that they are made by their constructors: three times as fast to read."""

    def reducer_override(self, told: object) -> Any:  # noqa: ANN401
        if is_dataclass(told) and not isinstance(told, type):
            return type(told), _values(type(told))(told)
        return NotImplemented


@cache
def _values(kind: Any) -> Callable[[object], tuple[object, ...]]:  # noqa: ANN401
    names = [one.name for one in fields(kind)]
    return lambda told: tuple([getattr(told, name) for name in names])


def pack(told: object) -> bytes:
    """A record as bytes. Records are compared once unpacked: sets have no order."""
    buffer = BytesIO()
    _Pickler(buffer, protocol=5).dump(told)
    return buffer.getvalue()


def unpack(told: bytes) -> Any:  # noqa: ANN401
    """What was packed; the file is as trusted as the store that it belongs to.

    Raises:
        DatabaseError: it is damaged, as SQLite says of its own pages.
    """
    try:
        return pickle.loads(told)  # noqa: S301
    except Exception as error:  # whatever the bytes happen to mean
        raise sqlite3.DatabaseError("a record cannot be read") from error


def digest(key: object) -> bytes:
    """A short key for a longer one, which holds no sets."""
    return hashlib.blake2b(repr(key).encode("utf-8", "surrogatepass"), digest_size=12).digest()


def chunks(parts: Iterable[list[Any]], size: int) -> Iterator[list[list[Any]]]:
    """The parts, as many together as hold `size` items or a few more."""
    chunk, held = list[list[Any]](), 0
    for part in parts:
        chunk.append(part)
        held += len(part)
        if held >= size:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk


def pieces(items: list[T], size: int) -> Iterator[list[T]]:
    """The items, `size` together."""
    return (items[at : at + size] for at in range(0, len(items), size))

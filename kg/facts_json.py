"""Facts of documents as JSON lines, and back: what `kg facts` prints and `kg build --facts` reads.

One line is one `DocumentFacts`, field by field. A field that has its default value is left out; a `Ref` and a
Decimal among values of several types are written `{"ref": "person/ken-tanaka"}` and `{"decimal": "27.5"}`.
"""

from __future__ import annotations

import json
import types
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

from kg.errors import SourceError
from kg.model import DocumentFacts, Entity, Evidence, Ref, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.model import Document

T = TypeVar("T")
Json: TypeAlias = Any  # what json.loads gives
Hint: TypeAlias = Any  # the type of a field, which may be generic
_TAGS = {"ref": Ref, "decimal": Decimal}
_UNIONS = (Union, types.UnionType)


def dump(record: DocumentFacts | Document) -> bytes:
    """A record as one line of JSON in UTF-8, without its line end."""
    kind: Hint = type(record)
    text = json.dumps(_encoder(kind)(record), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")  # half a surrogate pair, which no UTF-8 has: as JSON escapes it


def load(line: str | bytes, kind: type[T], place: str) -> T:
    """The record that a line holds: DocumentFacts or a Document.

    Raises:
        SourceError: The line is no such record; `place` (`file:line`) names it.
    """
    try:
        data = json.loads(line, parse_float=_no_number, parse_constant=_no_number)
        hint: Hint = kind
        found: T = _decoder(hint)(data)
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError) as error:
        reason = " ".join(str(error).split())[:120]
        raise SourceError(f"{place}: not a record of facts ({reason}); write the file again with kg facts") from error
    return found


def read(lines: Iterable[bytes], name: str) -> Iterator[DocumentFacts | SourceError]:
    """The facts of each line; in the place of a line that cannot be read, the error that says why."""
    empty = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        empty = False
        try:
            yield load(line, DocumentFacts, f"{name}:{number}")
        except SourceError as error:
            yield error
    if empty:
        yield SourceError(f"{name}: the file is empty; write it again with kg facts")


@cache
def _encoder(kind: Hint) -> Callable[[Any], Json]:
    """What makes JSON of a value of the type."""
    if kind == Value:
        return _told
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        parts = [(f.name, f.default, _encoder(hints[f.name])) for f in fields(kind)]
        return lambda one: {
            name: encode(value) for name, default, encode in parts
            if (value := getattr(one, name)) != default or default is MISSING
        }  # fmt: skip
    inner = [_encoder(one) for one in get_args(kind) if one not in (Ellipsis, type(None))]
    origin: Hint = get_origin(kind)
    if origin is tuple:
        return lambda many: [inner[0](one) for one in many]
    if origin in _UNIONS:
        return lambda one: None if one is None else inner[0](one)
    return str if kind is Decimal else lambda one: one


def _told(value: Value) -> Json:
    if isinstance(value, Ref):
        return {"ref": str(value)}
    return {"decimal": str(value)} if isinstance(value, Decimal) else value


def _no_number(text: str) -> Json:
    raise ValueError(f"{text} is no number of a record; decimals are strings")


@cache
def _decoder(kind: Hint) -> Callable[[Json], Any]:
    """What makes a value of the type from its JSON, raising ValueError or TypeError where it does not fit."""
    if kind == Value:
        return _value
    if is_dataclass(kind):
        return _record(kind)
    origin: Hint = get_origin(kind)
    if origin is tuple:
        return _tuple(get_args(kind))
    if origin in _UNIONS:
        (inner,) = (one for one in get_args(kind) if one is not type(None))
        decode = _decoder(inner)
        return lambda data: None if data is None else decode(data)
    if isinstance(kind, type) and issubclass(kind, (StrEnum, Ref, Decimal)):
        return lambda data: kind(_of(str, data))

    def plain(data: Json) -> object:
        return data if type(data) is kind else _of(kind, data)

    return plain


def _of(kind: type[T], data: Json) -> T:
    """The value itself, if it is exactly of the type: True is no int."""
    if type(data) is not kind:
        raise TypeError(f"{data!r} is no {kind.__name__}")
    given: T = data
    return given


def _value(data: Json) -> Value:
    if isinstance(data, dict):
        ((tag, text),) = data.items()
        return Decimal(_of(str, text)) if _TAGS[tag] is Decimal else Ref(_of(str, text))
    if type(data) not in (str, int, bool):
        raise TypeError(f"{data!r} is no value")
    given: Value = data
    return given


def _record(kind: Hint) -> Callable[[Json], Any]:
    decoders = {name: _decoder(hint) for name, hint in get_type_hints(kind).items()}
    # Evidence is told again for each value, entities in each document: one object for all that are the same.
    make = lru_cache(maxsize=65536)(kind) if kind in (Evidence, Entity) else kind

    def decode(data: Json) -> object:
        return make(**{name: decoders[name](one) for name, one in _of(dict, data).items()})

    return decode


def _tuple(kinds: tuple[Hint, ...]) -> Callable[[Json], Any]:
    decode = _decoder(kinds[0])
    length = None if kinds[1:] == (Ellipsis,) else len(kinds)

    def decode_all(data: Json) -> tuple[object, ...]:
        if length not in (None, len(_of(list, data))):
            raise TypeError(f"{data!r} has not {length} parts")
        return tuple([decode(one) for one in _of(list, data)])  # a list is built twice as fast as a generator runs

    return decode_all

"""A user's own judgements about the facts, kept in a file and applied after joining, so that they outlast every build.

    [[same]]                                    # two names of one thing; the first is kept
    things = ["person:jane-doe", "person:j-doe"]
    by = "Ann Reviewer"

    [[not_same]]                                # two reports that were joined and should not be
    things = ["event:d1-call", "event:d2-call"]
    by = "Ann Reviewer"

    [[not_same]]                                # in this document, the first name means somebody else
    things = ["person:jane-doe", "person:jane-doe-mayor"]
    document = "d2"
    by = "Ann Reviewer"

    [[wrong]]                                   # no such fact
    fact = "event:d2-visit"
    by = "Ann Reviewer"

    [[value]]                                   # the right value of a property of a fact
    fact = "event:d1-call"
    property = "minutes"
    value = 25
    by = "Ann Reviewer"

A corrected value replaces what is known; what the sentences say stays as it is.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from kg.errors import SourceError
from kg.iris import BASE
from kg.join import assemble, join
from kg.model import PROPERTIES, Assertion, DocumentFacts, Joined, JoinedFact, Ref, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_KEYS = {
    "same": ({"things", "by"}, set[str]()),
    "not_same": ({"things", "by"}, {"document"}),
    "wrong": ({"fact", "by"}, set[str]()),
    "value": ({"fact", "property", "value", "by"}, set[str]()),
}
_TYPES: dict[str, tuple[type, ...]] = {
    "ref": (str,), "string": (str,), "date": (str,), "time": (str,), "status": (str,), "concept": (str,),
    "integer": (int,), "decimal": (int, Decimal), "boolean": (bool,),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names that are, or are not, of one thing; in one document only where it is named."""

    one: Ref
    other: Ref
    by: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Right:
    """The right values of a property of a fact."""

    fact: Ref
    property: str
    values: tuple[Value, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Corrections:
    """All judgements of a file, in its order."""

    same: tuple[Pair, ...] = ()
    not_same: tuple[Pair, ...] = ()
    wrong: tuple[tuple[Ref, str], ...] = ()
    values: tuple[Right, ...] = ()


def read(path: Path) -> Corrections:
    """The corrections of a TOML file.

    Raises:
        SourceError: the file cannot be read, or a judgement lacks a key, has one too many, or a value of another type.
    """
    return parse(text(path), str(path))


def text(path: Path) -> str:
    """The words of a corrections file.

    Raises:
        SourceError: the file cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"{path}: the corrections cannot be read: {reason}") from error


def parse(text: str, path: str) -> Corrections:
    """The corrections that a text holds.

    Args:
        text: TOML.
        path: Where it stands, for messages.

    Raises:
        SourceError: a judgement lacks a key, has one too many, or a value of another type.
    """
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:  # also of numbers too long, and of lists too deep
        raise SourceError(f"{path}: no TOML: {error}; correct it") from error
    tables = {kind: _tables(path, kind, content.pop(kind, [])) for kind in _KEYS}
    if content:
        raise SourceError(f"{path}: unknown [[{next(iter(content))}]]; a judgement is one of {', '.join(_KEYS)}")
    return Corrections(
        same=tuple(_pair(*row) for row in tables["same"]),
        not_same=tuple(_pair(*row) for row in tables["not_same"]),
        wrong=tuple((_ref(place, row["fact"]), row["by"]) for place, row in tables["wrong"]),
        values=tuple(_right(*row) for row in tables["value"]),
    )


def _tables(path: str, kind: str, rows: object) -> list[tuple[str, dict[str, Any]]]:
    """Each judgement of a kind with its place for messages."""
    needed, allowed = _KEYS[kind]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SourceError(f"{path}: write [[{kind}]] with two brackets")
    found = []
    for number, row in enumerate(rows, start=1):
        place = f"{path}: [[{kind}]] number {number}"
        missing, unknown = sorted(needed - row.keys()), sorted(row.keys() - needed - allowed)
        if missing or unknown:
            what = f"lacks {missing[0]!r}" if missing else f"has an unknown key {unknown[0]!r}"
            raise SourceError(f"{place}: {what}; it takes {', '.join(sorted(needed | allowed))}")
        if not isinstance(row["by"], str) or not row["by"].strip():
            raise SourceError(f"{place}: 'by' must name who says so")
        found.append((place, row))
    return found


def _pair(place: str, row: dict[str, Any]) -> Pair:
    things = row["things"]
    if not isinstance(things, list) or len(things) != 2 or things[0] == things[1]:
        raise SourceError(f"{place}: 'things' must be two different names")
    return Pair(_ref(place, things[0]), _ref(place, things[1]), row["by"], row.get("document"))


def _ref(place: str, name: object) -> Ref:
    """`person:jane-doe`, `id:person/jane-doe` or the IRI -> `person/jane-doe`."""
    text = str(name).removeprefix("<").removesuffix(">")
    match = re.fullmatch(rf"(?:{re.escape(BASE)}|id:)?([a-z]+)[:/]([^\s:]+)", text)
    if not isinstance(name, str) or not match:
        raise SourceError(f"{place}: {name!r} names no thing; write it as kg explain does, as person:jane-doe")
    return Ref(unquote(f"{match[1]}/{match[2]}"))


def _right(place: str, row: dict[str, Any]) -> Right:
    name = row["property"]
    if name not in PROPERTIES:
        raise SourceError(f"{place}: {name!r} is no property of a fact; one of {', '.join(sorted(PROPERTIES))}")
    kind, several = PROPERTIES[name]
    given = row["value"] if isinstance(row["value"], list) else [row["value"]]
    if len(given) != 1 and not several:
        raise SourceError(f"{place}: {name} has one value")
    return Right(_ref(place, row["fact"]), name, tuple(_value(place, name, kind, one) for one in given), row["by"])


def _value(place: str, name: str, kind: str, given: object) -> Value:
    plain = given.isoformat() if isinstance(given, (date, time)) else given
    fits = isinstance(plain, _TYPES[kind]) and (isinstance(plain, bool) == (kind == "boolean"))
    if kind == "date":
        fits = fits and bool(re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", str(plain)))
    if not fits:
        raise SourceError(f"{place}: {plain!r} is no {kind}, which {name} takes")
    if kind == "ref":
        return _ref(place, plain)
    return Decimal(str(plain)) if kind == "decimal" else plain  # type: ignore[return-value]


def apply(joined: Joined, corrections: Corrections) -> Joined:
    """The joined facts as corrected. A pure function; judgements on what is not there do nothing."""
    entities = {entity.id for entity in joined.entities}
    renamed = tuple(_renamed(one, entities, corrections) for one in joined.documents)
    if renamed != joined.documents:
        joined = join(renamed)
    joined = _regrouped(joined, corrections)
    wrong = {ref for ref, _ in corrections.wrong}
    dropped = {fact.id for fact in joined.facts if wrong & {fact.id, *fact.replaces}}
    kept = [_without(fact, dropped) for fact in joined.facts if fact.id not in dropped]
    settled = {(right.fact, right.property) for right in corrections.values}
    return replace(
        joined,
        facts=tuple(_valued(fact, corrections) for fact in kept),
        disagreements=tuple(
            d for d in joined.disagreements if d.about not in dropped and (d.about, d.property) not in settled
        ),
    )


def _renamed(one: DocumentFacts, entities: set[Ref], corrections: Corrections) -> DocumentFacts:
    """The facts of a document with the entities under the names that the corrections give."""
    pairs = [(pair.other, pair.one) for pair in corrections.same if pair.other in entities]
    pairs += [(pair.one, pair.other) for pair in corrections.not_same if pair.document == one.document.id]
    names = dict(pairs)
    if not names.keys() & {entity.id for entity in one.entities}:
        return one
    return replace(
        one,
        entities=tuple(sorted((replace(e, id=names.get(e.id, e.id)) for e in one.entities), key=lambda e: e.id)),
        mentions=tuple(sorted(replace(m, entity=names.get(m.entity, m.entity)) for m in one.mentions)),
        facts=tuple(replace(f, assertions=tuple(_put(a, names) for a in f.assertions)) for f in one.facts),
    )


def _put(said: Assertion, names: Mapping[Ref, Ref]) -> Assertion:
    return replace(said, value=names.get(said.value, said.value)) if isinstance(said.value, Ref) else said


def _regrouped(joined: Joined, corrections: Corrections) -> Joined:
    """The facts put together and taken apart as the corrections say; each group is merged from its reports again."""
    groups = [{fact.id, *fact.replaces} for fact in joined.facts]
    known = set().union(*groups)
    for pair in corrections.same:
        if {pair.one, pair.other} <= known:
            both = [group for group in groups if group & {pair.one, pair.other}]
            groups = [group for group in groups if group not in both] + [set().union(*both)]
    for pair in corrections.not_same:
        groups = [part for group in groups for part in (
            (group - {pair.other}, {pair.other}) if {pair.one, pair.other} <= group else (group,))]  # fmt: skip
    if sorted(map(sorted, groups)) == sorted(sorted({f.id, *f.replaces}) for f in joined.facts):
        return joined
    judged = {frozenset((pair.one, pair.other)) for pair in (*corrections.same, *corrections.not_same)}
    possibly = {(f.id, other) for f in joined.facts for other in f.possibly_same}
    found = assemble(joined.documents, groups, sorted(p for p in possibly if frozenset(p) not in judged))
    names = {name: fact.id for fact in found.facts for name in (fact.id, *fact.replaces)}
    by = _who(names, (*corrections.same, *corrections.not_same), names)
    return replace(found, facts=tuple(replace(fact, corrected_by=by.get(fact.id, ())) for fact in found.facts))


def _who(known: Mapping[Ref, str], pairs: Iterable[Pair], names: Mapping[Ref, Ref]) -> dict[Ref, tuple[str, ...]]:
    """Joined name -> who put it together or took it apart."""
    found: dict[Ref, set[str]] = defaultdict(set)
    for pair in pairs:
        if {pair.one, pair.other} <= known.keys():
            for ref in (pair.one, pair.other):
                found[names[ref]].add(pair.by)
    return {ref: tuple(sorted(by)) for ref, by in found.items()}


def _without(fact: JoinedFact, dropped: set[Ref]) -> JoinedFact:
    if not any(a.value in dropped for a in fact.assertions if isinstance(a.value, Ref)) and not (
        dropped & {*fact.possibly_same}
    ):
        return fact
    return replace(
        fact,
        current=tuple(a for a in fact.current if a.value not in dropped),
        possibly_same=tuple(ref for ref in fact.possibly_same if ref not in dropped),
        assertions=tuple(a for a in fact.assertions if a.value not in dropped),
    )


def _valued(fact: JoinedFact, corrections: Corrections) -> JoinedFact:
    """The fact with the right values in force; its sentences are cited as before."""
    for right in corrections.values:
        if right.fact in (fact.id, *fact.replaces):
            evidence = replace(fact.evidence[0], rule="correction")
            current = [a for a in fact.current if a.property != right.property]
            current += [Assertion(right.property, one, evidence) for one in right.values]
            fact = replace(
                fact,
                current=tuple(sorted(current, key=lambda a: (a.property, str(a.value)))),
                corrected_by=tuple(sorted({*fact.corrected_by, right.by})),
            )
    return fact

"""The cases of `tests/cases/*.yaml`: a text, the facts that it gives, and the facts that it must not give.

A row is `{text, published, facts: [{kind, property: value, ...}], none: [{kind, property: value, ...}]}`. A value is a
string, a list of strings, or null for a property that must be absent; a thing counts by its label, an alternative
label, its code or the code of the state it acts for.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from kg.model import DocumentFacts, Entity, Fact, Ref, Value
from kg.stages.ingest.document import document
from kg.stages.parse import load, parse
from kg.stages.recognize import recognize
from kg.stages.relate import relate
from kg.stages.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

Row = dict[str, Any]


def cases() -> Iterator[Any]:
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml")):
        for row in yaml.safe_load(path.read_text(encoding="utf-8")):
            name = hashlib.sha256(row["text"].encode()).hexdigest()[:6]
            yield pytest.param(row, id=f"{path.stem}-{row['text'][:50]}-{name}")


@cache
def model() -> Language:
    return load()


def facts(row: Row) -> DocumentFacts:
    given = replace(document("case.txt", row["text"]), published=row.get("published"))
    [(one, doc)] = parse([given], model())
    mentions = recognize(one, doc)
    return resolve(one, doc, mentions, relate(one, doc, mentions))


def names(value: Value, entities: dict[Ref, Entity]) -> set[str]:
    """All that a case may call a value."""
    if not isinstance(value, Ref):
        return {str(value)}
    entity = entities.get(value)
    if entity is None:
        return {value, value.rsplit("/", 1)[-1]}
    state = entities.get(entity.country) if entity.country else None
    return {n for n in (entity.label, *entity.alt_labels, entity.code, state.code if state else None) if n}


def fits(fact: Fact, wanted: Row, entities: dict[Ref, Entity]) -> bool:
    said: dict[str, set[str]] = {}
    for one in fact.assertions:
        said.setdefault(one.property, set()).update(names(one.value, entities))
    if fact.kind != wanted["kind"]:
        return False
    for name, value in wanted.items():
        values = [value] if not isinstance(value, list) else value
        wrong = name in said if value is None else not {str(v) for v in values} <= said.get(name, set())
        if name != "kind" and wrong:
            return False
    return True


@pytest.mark.parametrize("row", list(cases()))
def test_a_case_gives_its_facts_and_no_others_that_it_names(row: Row) -> None:
    found = facts(row)
    entities = {e.id: e for e in found.entities}
    told = [(f.kind.value, sorted((a.property, str(a.value)) for a in f.assertions)) for f in found.facts]
    missed = [w for w in row.get("facts", ()) if not any(fits(f, w, entities) for f in found.facts)]
    assert missed == [], told
    wrong = [n for n in row.get("none", ()) if any(fits(f, n, entities) for f in found.facts)]
    assert wrong == [], told

"""Public bodies and unnamed sources."""

from __future__ import annotations

import pytest

from kg.lexicon import words
from kg.model import EntityKind
from tests.reading import read


def bodies(text: str) -> list[tuple[str, str | None]]:
    """Label and state of each public body."""
    reading = read(text)
    found = [e for e in reading.mentions.entities if e.kind is EntityKind.ORGANIZATION]
    return [(e.label, reading.label(e.country)) for e in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Japanese government welcomed the deal.", [("Japanese government", "JP")]),
        ("Japan's Foreign Ministry welcomed the deal.", [("Japan's Foreign Ministry", "JP")]),
        ("The government of Canada welcomed the deal.", [("government", "CA")]),
        ("The Swiss delegation left.", [("Swiss delegation", "CH")]),
        ("Government officials welcomed the deal.", []),
        ("A government is rare.", []),
    ],
)
def test_bodies_have_the_state_named_in_their_phrase(text: str, found: list[tuple[str, str | None]]) -> None:
    assert bodies(text) == found


def test_the_ministry_alone_is_the_one_named_last() -> None:
    reading = read("Japan's Foreign Ministry spoke on Friday. The ministry said no more.")
    named = [reading.label(m.entity) for m in reading.mentions.mentions]
    assert named.count("Japan's Foreign Ministry") == 2


def sources(text: str) -> list[tuple[str, str | None]]:
    reading = read(text)
    found = [e for e in reading.mentions.entities if e.kind is EntityKind.SOURCE]
    return [(e.label, reading.label(e.country)) for e in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A Canadian official said so. The official left.", [("A Canadian official", "CA")]),
        ("An aide and a Swiss diplomat spoke.", [("An aide", None), ("a Swiss diplomat", "CH")]),
        ("Officials spoke.", []),
        ("Canadian minister Jane Doe spoke.", []),
    ],
)
def test_an_unnamed_source_is_one_for_each_description(text: str, found: list[tuple[str, str | None]]) -> None:
    assert [(label.lower(), state) for label, state in sources(text)] == [(label.lower(), s) for label, s in found]


def test_movements_are_among_the_armed_groups() -> None:
    assert words("movements") - words("armed_groups") == frozenset()

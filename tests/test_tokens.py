"""Plain tokens answer every question of the rules as spaCy does."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document
from kg.stages.ingest import read
from kg.stages.parse import load, parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token as SpacyToken

    from kg.tokens import Span, Token, Tokens

ROOT = Path(__file__).parent.parent
PLAIN = ("text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "whitespace_", "idx", "is_alpha", "is_digit",
         "is_punct", "is_space", "is_sent_start", "like_num")  # fmt: skip


@cache
def plain() -> Tokens:
    [(_, doc)] = parse([d for d in read([ROOT / "examples/talks.txt"]) if isinstance(d, Document)], load())
    return doc


def example() -> Doc:
    return plain().source


def places(found: Iterable[Token | SpacyToken]) -> list[int]:
    return [token.i for token in found]


def bounds(span: Span | SpacySpan | None) -> tuple[int, int] | None:
    return None if span is None else (span.start, span.end)


@pytest.mark.parametrize("name", PLAIN)
def test_attributes_are_those_of_spacy(name: str) -> None:
    assert [getattr(t, name) for t in plain()] == [getattr(t, name) for t in example()]


def test_the_tree_is_that_of_spacy() -> None:
    for mine, theirs in zip(plain(), example(), strict=True):
        assert mine.head.i == theirs.head.i
        assert places(mine.children) == places(theirs.children)
        assert places(mine.subtree) == places(theirs.subtree)
        assert places(mine.ancestors) == places(theirs.ancestors)
        assert (mine.left_edge.i, mine.right_edge.i) == (theirs.left_edge.i, theirs.right_edge.i)
        assert (mine.sent.start, mine.sent.end) == (theirs.sent.start, theirs.sent.end)
        assert all(mine.is_ancestor(t) == theirs.is_ancestor(example()[t.i]) for t in mine.sent)


def test_sentences_and_names_are_those_of_spacy() -> None:
    for spans in ("sents", "ents"):
        mine, theirs = getattr(plain(), spans), getattr(example(), spans)
        assert [(s.start, s.end, s.start_char, s.end_char, s.label_, s.text) for s in mine] == [
            (s.start, s.end, s.start_char, s.end_char, s.label_, s.text) for s in theirs
        ]


@given(st.integers(-400, 400), st.integers(-400, 400))
def test_spans_are_those_of_spacy(start: int, end: int) -> None:
    mine, theirs = plain()[start:end], example()[start:end]
    assert (mine.start, mine.end, mine.text, places(mine)) == (theirs.start, theirs.end, theirs.text, places(theirs))
    if len(theirs):
        assert mine.root.i == theirs.root.i
        assert (mine.start_char, mine.end_char, mine.sent.start) == (
            theirs.start_char, theirs.end_char, theirs.sent.start)  # fmt: skip
        assert (mine[-1].i, mine[1:].text) == (theirs[-1].i, theirs[1:].text)


@given(st.integers(0, 1500), st.integers(0, 1500), st.sampled_from(["contract", "expand", "strict"]))
def test_stretches_of_characters_are_those_of_spacy(start: int, end: int, mode: str) -> None:
    mine = plain().char_span(start, max(start, end), alignment_mode=mode)
    theirs = example().char_span(start, max(start, end), alignment_mode=mode)
    assert bounds(mine) == bounds(theirs)

"""Public bodies: "the Japanese government", "the Foreign Ministry", "the Swiss delegation", "the ministry"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.iris import ref
from kg.lexicon import mapping
from kg.model import Entity, EntityKind, Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from kg.model import Mention
    from kg.stages.recognize.geography import Geo


class Body(NamedTuple):
    """Tokens [start, end) that name a public body."""

    start: int
    end: int
    entity: Entity


def bodies(doc: Doc, geo: tuple[Geo, ...], taken: frozenset[int], states: dict[Ref, Ref | None],
           mentions: list[Mention]) -> Iterator[Body]:  # fmt: skip
    """Every naming of a public body outside personal names and offices, in order of the text.

    A body without a state of its own is that of the state named in its phrase, or of the person it is named after ("the
    Doe administration"); "the ministry" alone is the last one named.
    """
    places = {i: g for g in geo for i in range(g.start, g.end) if g.code}
    named = {m.start: m.entity for m in mentions}
    kinds = mapping("organizations")
    last: dict[str, Entity] = {}
    for token in doc:
        kind = kinds.get(token.lower_)
        if kind is None or token.i in taken or token.i in places or token.pos_ not in {"NOUN", "PROPN"}:
            continue
        if token.dep_ == "compound" and token.head.i > token.i and token.head.pos_ in {"NOUN", "PROPN"}:
            continue  # "government officials": the head counts
        start = _start(doc, token, places, taken)
        state = _state(doc, start, token, places, named, states)
        words = doc[start : token.i + 1].text.replace("\n", " ").removeprefix("the ").removeprefix("The ")
        if start == token.i and token.lower_ in last and state is None:
            yield Body(start, token.i + 1, last[token.lower_])
            continue
        if state is None and not words[:1].isupper() and start == token.i:
            continue
        parts = [state.removeprefix("country/") if state else "", _own_words(doc, start, token, places)]
        entity = Entity(ref("org", *parts), EntityKind.ORGANIZATION, words, country=state)
        last[token.lower_] = entity
        yield Body(start, token.i + 1, entity)


def _start(doc: Doc, token: Token, places: dict[int, Geo], taken: frozenset[int]) -> int:
    k = token.i
    while k > 0 and "\n" not in doc[k - 1].text and not doc[k].is_sent_start:
        before = doc[k - 1]
        if k - 1 in places:
            k = places[k - 1].start
        elif (before.lower_ in {"'s", "’s"} and (k - 2 in places or k - 2 in taken)) or (
            before.dep_ in {"compound", "amod", "nmod", "poss"} and before.is_alpha and before.pos_ in {"NOUN", "PROPN", "ADJ"}
        ):
            k -= 1
        else:
            break
    return k


def _own_words(doc: Doc, start: int, token: Token, places: dict[int, Geo]) -> str:
    return " ".join(doc[k].text for k in range(start, token.i + 1) if k not in places and doc[k].is_alpha)


def _state(doc: Doc, start: int, token: Token, places: dict[int, Geo], named: dict[int, Ref],
           states: dict[Ref, Ref | None]) -> Ref | None:  # fmt: skip
    for k in range(start, token.i):
        if k in places:
            return Ref(f"country/{places[k].code}")
    for k in range(max(start - 2, 0), token.i):
        holder = named.get(doc[k].idx)
        if holder is not None:
            return states.get(holder)
    if token.i + 2 < len(doc) and doc[token.i + 1].lower_ == "of":
        for k in range(token.i + 2, min(token.i + 4, len(doc))):
            if k in places:
                return Ref(f"country/{places[k].code}")
    return None

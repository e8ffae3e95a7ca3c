"""Public bodies: "the Japanese government", "the Foreign Ministry", "the Swiss delegation", "the ministry"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.iris import ref
from kg.lexicon import mapping, words
from kg.model import Entity, EntityKind, Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Mention
    from kg.stages.recognize.geography import Geo
    from kg.tokens import Token, Tokens


class Body(NamedTuple):
    """Tokens [start, end) that name a public body."""

    start: int
    end: int
    entity: Entity


def bodies(doc: Tokens, geo: tuple[Geo, ...], taken: frozenset[int], states: dict[Ref, Ref | None],
           mentions: list[Mention]) -> Iterator[Body]:  # fmt: skip
    """Every naming of a public body outside personal names and offices, in order of the text.

    A body without a state of its own is that of the state named in its phrase, or of the person it is named after ("the
    Doe administration"); "the ministry" alone is the last one named.
    """
    places = {i: g for g in geo for i in range(g.start, g.end) if g.code}
    holders = {m.start: states.get(m.entity) for m in mentions}
    last: dict[str, Entity] = {}
    for token in doc:
        if not _is_body(token) or token.i in taken or token.i in places:
            continue
        start = _start(doc, token, places, taken)
        state = _state(doc, start, token, places, holders) or _of_one_state(token, places)
        if start == token.i and state is None:
            if token.lower_ in last:
                yield Body(start, token.i + 1, last[token.lower_])
                continue
            if not token.text[0].isupper():
                continue
        label = doc[start : token.i + 1].text.removeprefix("the ").removeprefix("The ")
        parts = [state.removeprefix("country/") if state else "", _own_words(doc, start, token, places)]
        entity = Entity(ref("org", *parts), EntityKind.ORGANIZATION, label, country=state)
        last[token.lower_] = entity
        yield Body(start, token.i + 1, entity)


def movements(doc: Tokens, taken: frozenset[int]) -> Iterator[Body]:
    """Every naming of a movement that talks as one side, "Hamas", with the state that it acts in or stands for."""
    for token in doc:
        for name in _movements().get(token.text, ()) if token.i not in taken else ():
            if tuple(t.text for t in doc[token.i : token.i + len(name)]) == name:
                label = doc[token.i : token.i + len(name)].text
                code = mapping("armed_groups")[label]
                state = Ref(f"country/{code}") if code != "-" else None
                entity = Entity(ref("org", label), EntityKind.ORGANIZATION, label, country=state)
                yield Body(token.i, token.i + len(name), entity)
                break


@cache
def _movements() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The words of the names of movements by the first, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in words("movements"):
        parts = tuple(name.replace("-", " - ").split())
        found.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(names, key=lambda n: (-len(n), n))) for first, names in found.items()}


def _is_body(token: Token) -> bool:
    """Whether a word is the head of a body's name: of "government officials" the head is another."""
    if token.lower_ not in words("organizations") or token.pos_ not in {"NOUN", "PROPN"}:
        return False
    return not (token.dep_ == "compound" and token.head.i > token.i and token.head.pos_ in {"NOUN", "PROPN"})


def _start(doc: Tokens, token: Token, places: dict[int, Geo], taken: frozenset[int]) -> int:
    """The first token of the phrase of a body: its state or person, and the words that qualify it."""
    k = token.i
    while k > 0 and "\n" not in doc[k - 1].text and not doc[k].is_sent_start:
        before = doc[k - 1]
        qualifies = before.dep_ in {"compound", "amod", "nmod", "poss"} and before.pos_ in {"NOUN", "PROPN", "ADJ"}
        if k - 1 in places:
            k = places[k - 1].start
        elif (before.lower_ in {"'s", "’s"} and (k - 2 in places or k - 2 in taken)) or (qualifies and before.is_alpha):
            k -= 1
        else:
            break
    return k


def _own_words(doc: Tokens, start: int, token: Token, places: dict[int, Geo]) -> str:
    """The words of a body without its state."""
    return " ".join(doc[k].text for k in range(start, token.i + 1) if k not in places and doc[k].is_alpha)


def _state(doc: Tokens, start: int, token: Token, places: dict[int, Geo], holders: dict[int, Ref | None]) -> Ref | None:
    """The state of a body: named in its phrase, that of the person or thing named before it, or named behind "of".

    `holders` maps offsets of mentions to the states of what they name.
    """
    within = next((k for k in range(start, token.i) if k in places), None)
    if within is not None:
        return Ref(f"country/{places[within].code}")
    before = [doc[k].idx for k in range(max(start - 2, 0), token.i) if doc[k].idx in holders]
    if before:
        return holders[before[0]]
    if token.i + 2 < len(doc) and doc[token.i + 1].lower_ == "of":
        near = range(token.i + 2, min(token.i + 4, len(doc)))
        behind = next((k for k in near if k in places and doc[token.i + 2].pos_ != "VERB"), None)
        return Ref(f"country/{places[behind].code}") if behind is not None else None
    return None


def _of_one_state(token: Token, places: dict[int, Geo]) -> Ref | None:
    """The state that has a body of that name, where the text names it: "the Commission" is the EU's."""
    code = mapping("bodies_apart").get(token.lower_)
    return Ref(f"country/{code}") if code and any(g.code == code for g in places.values()) else None

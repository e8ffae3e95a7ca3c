"""Countries, blocs, seats of government and places, by name, demonym, capital or metonym."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.iris import fold, ref
from kg.lexicon import mapping, members, table
from kg.model import Entity, EntityKind, Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.tokens import Span, Token, Tokens

_LONGEST = 6  # tokens: "Association of Southeast Asian Nations" is five
_INSIDE = frozenset({"of", "and", "the", "-", "'", "es", "de", "da", "do", "del", "la", "al", "el"})  # of a name
_PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "outside", "around", "across", "into", "throughout"})
_CLOSES = frozenset({",", ".", ";"})
_SHORT = 2  # letters
_TOWARDS = _PLACE_PREPOSITIONS | {"to", "from", "for", "via"}
_MOTION_PREPOSITIONS = frozenset({"to", "from", "for", "via", "through"})
_CONTINENTS = frozenset({"South", "Latin", "North", "Central"})  # "South American" is not of the United States
_DROPPED = str.maketrans("", "", ".()[],;:_-/ʻ'’")
_MARKS = re.compile(r"\W+")


class Geo(NamedTuple):
    """Words that name a state, a bloc, a seat of government or a place: tokens [start, end)."""

    start: int
    end: int
    code: str  # ISO 3166-1 alpha-2, EU, or the key of a bloc
    kind: str  # name, demonym, capital, government, bloc, place
    place: bool  # stands for the place, not for those who act there
    label: str


@cache
def _own() -> dict[str, tuple[str, str]]:
    names = {row[0]: (row[1], "capital") for row in table("capitals")}
    return names | {row[0]: (row[1], row[2]) for row in table("countries")}


@lru_cache(maxsize=20_000)
def country(text: str) -> tuple[str, str] | None:
    """Code and kind of a name: "Swiss" -> ("CH", "name"), "Tokyo" -> ("JP", "capital"); None where it names no state.

    Sub-national places give the state they lie in and the kind "place".
    """
    found = _own().get(text) or _own().get(text.title() if text.isupper() and len(text) > 3 else "")
    if found or len(text) < 4:
        return found
    known, name = _territories(), key(text)
    if name.startswith("st "):
        name = f"saint {name[3:]}" if name not in known else name
    return known.get(name) or (known.get(key(text[:-1])) if text.endswith("s") else None)  # "Canadians"


@cache
def _territories() -> dict[str, tuple[str, str]]:
    return {name: (code, kind) for name, code, kind in table("territories")}


def key(name: str) -> str:
    """A name as territories.tsv has it: "St. John's" -> "st johns"."""
    return " ".join(_MARKS.sub(" ", fold(name.translate(_DROPPED))).split())


def geography(doc: Tokens) -> tuple[Geo, ...]:
    """Every naming of a state, bloc, government seat or place in the text, longest match first, without overlap."""
    found: list[Geo] = []
    end = 0
    for token in doc:
        i = token.i
        if i < end or not token.text[0].isupper():
            continue
        continent = i > 0 and token.text.startswith("America") and doc[i - 1].text in _CONTINENTS
        match = _match(doc, i) if not continent else None
        if match is None or (match[1] == "UN" and _own_council(doc, i, match[0])) or _given_name(doc, match[0]):
            continue
        end, code, kind = match
        span = doc[i:end]
        known = bool(found) and found[-1].place and found[-1].end == i - 1
        inside = i > 1 and doc[i - 1].text == "," and (known or _behind_town(doc, span))
        found.append(Geo(i, end, code, kind, inside or _is_place(span, kind), span.text))
    covered = {k for g in found for k in range(g.start, g.end)}
    return tuple(sorted([*found, *_towns(doc, found, covered)]))


def _given_name(doc: Tokens, end: int) -> bool:
    """As in "Turki al-Harbi", "Jordan bin Saif": a name behind which that of a family or a father stands."""
    behind = doc[end : end + 2].text.lower()
    return behind in {"al-", "el-"} or behind.startswith(("bin ", "ibn "))


def _own_council(doc: Tokens, start: int, end: int) -> bool:
    """Whether it is a state's Security Council: "the National Security Council", "the Security Council of Iran"."""
    if doc[start].text != "Security" or end - start > 2:
        return False
    behind = doc[end : end + 3].text.lower()
    of = behind.startswith("of ") and not behind.startswith(("of the united nations", "of the un", "of the u.n"))
    return of or (start > 0 and doc[start - 1].text in {"National", "Supreme", "Federal"})


def _towns(doc: Tokens, found: list[Geo], covered: set[int]) -> Iterator[Geo]:
    """Cities by a list of their own, and towns and spots that none knows.

    Of these the word for a town, a preposition and the model, or the noun of a building says so.
    """
    nobody = ((start, end, "") for start, end in (*_named(doc), *_buildings(doc), *_met_in(doc)))
    for start, end, code in [*_cities(doc), *_called(doc, found), *nobody]:
        if covered.isdisjoint(range(start, end)):
            covered.update(range(start, end))
            yield Geo(start, end, code, "place", True, doc[start:end].text)


def _cities(doc: Tokens) -> Iterator[tuple[int, int, str]]:
    """As in "in Santa Fe": a name of the list behind a preposition, which no other word of a name follows."""
    known = mapping("large_cities")
    for token in doc[1:]:
        if not token.text[0].isupper() or doc[token.i - 1].lower_ not in _TOWARDS:
            continue
        end = _name_end(doc, token.i)
        code = known.get(fold(doc[token.i : end].text))
        if code is not None:
            yield token.i, end, code


def _called(doc: Tokens, found: list[Geo]) -> Iterator[tuple[int, int, str]]:
    """As in "the Swiss resort of Gstaad", "the port city of Odense"; the state is that of the adjective before."""
    states = {g.start: g.code for g in found if g.kind in {"demonym", "name"}}
    for token in doc[:-2]:
        if token.lower_ in members("state_words", "town") and doc[token.i + 1].lower_ == "of":
            start = token.i + 2
            end = _name_end(doc, start)
            before = (states[i] for i in range(token.i - 1, max(-1, token.i - 4), -1) if i in states)
            if end > start:
                yield start, end, next(before, "")


def _name_end(doc: Tokens, start: int) -> int:
    """The end of a run of words in capitals."""
    end = start
    while end < len(doc) and doc[end].text[0].isupper() and not (end > start and doc[end].is_sent_start):
        end += 1
    return end


def _behind_town(doc: Tokens, span: Span) -> bool:
    """Whether a state tells where a town lies: "in Gstaad, Switzerland"."""
    start = span.start - 1
    while start > 1 and doc[start - 1].text[0].isupper():
        start -= 1
    town = start < span.start - 1 and doc[start - 1].lower_ in _PLACE_PREPOSITIONS
    return town and span.root.dep_ not in {"nsubj", "nsubjpass"}


def _before(doc: Tokens, start: int) -> str:
    """The word before a token and its article."""
    at = start - 1 - (start > 1 and doc[start - 1].lower_ in {"the", "a", "an"})
    return doc[at].lower_ if at >= 0 else ""


def _named(doc: Tokens) -> Iterator[tuple[int, int]]:
    for ent in doc.ents:
        start, end = ent.start + (doc[ent.start].lower_ == "the"), ent.end
        while end > start and not doc[end - 1].text[0].isupper():  # the model takes a word too many
            end -= 1
        before = _before(doc, start)
        spot = ent.label_ == "FAC" and before in {"in", "at", "to"}
        town = ent.label_ == "GPE" and before in _TOWARDS
        if (spot or town) and start < end:
            yield start, end


def _met_in(doc: Tokens) -> Iterator[tuple[int, int]]:
    """As in "will meet in Valga on Feb. 17", "the round, held in Kars on Friday": where one meets on a day is a town.

    Whatever the model takes the word for; not "lost a vote of confidence in Doe on Friday", "met in NATO on Friday".
    """
    for token in doc[1:-2]:
        here = token.dep_ == "pobj" and token.pos_ == "PROPN" and token.text.istitle() and len(token) > _SHORT
        if not here or token.i < _SHORT or token.nbor(-1).lower_ != "in" or token.ent_type_ == "DATE":
            continue
        on_it = token.nbor().lower_ == "on" and token.nbor(2).ent_type_ == "DATE"
        behind = doc[token.i - 2].ent_type_ == "DATE" and token.nbor().text in _CLOSES  # "again on Feb. 17 in Valga."
        verb = next((t for t in token.ancestors if t.pos_ == "VERB"), token) if behind else token.head.head
        if (on_it or behind) and verb.lemma_.lower() in _gatherings():
            yield token.i, token.i + 1


@cache
def _gatherings() -> frozenset[str]:
    """The words for meeting, and for holding a meeting."""
    kinds = {"Meeting", "Round", "Summit", "Signing"}
    return frozenset(row[0] for row in table("event_words") if row[1] in kinds) | {"hold", "agree", "announce", "try"}


def _buildings(doc: Tokens) -> Iterator[tuple[int, int]]:
    """As in "at the Gyeongju National Museum", "in the Beau Rivage hotel": a name that ends with a kind of building."""
    for token in doc:
        if token.lower_ not in members("state_words", "building"):
            continue
        start = token.i
        while start > 0 and (doc[start - 1].text[0].isupper() or doc[start - 1].text in {"-", "'s", "’s"}):
            start -= 1
        if start < token.i and doc[start].text[0].isupper() and _before(doc, start) in {"in", "at", "to"}:
            yield start, token.i + 1


def _match(doc: Tokens, start: int) -> tuple[int, str, str] | None:
    """End, code and kind of the longest name that begins at a token."""
    tokens = doc.tokens
    limit = min(start + _LONGEST, len(tokens))
    stop = start + 1
    while stop < limit and (tokens[stop].text[0].isupper() or tokens[stop].lower_ in _INSIDE):
        stop += 1
    for end in range(stop, start, -1):
        if end - start > 1 and not tokens[end - 1].text[0].isupper():
            continue
        found = country(doc[start:end].text)
        if found:
            return end, *found
    first, hyphen, rest = doc[start].text.partition("-")
    if hyphen and rest.rpartition("-")[2][:1].isupper():  # "US-China", "Japan-U.S." left whole by the tokenizer
        found = country(first)
        if found:
            return start + 1, *found
    return None


def _is_place(span: Span, kind: str) -> bool:
    """Whether the name stands for the place one is in or goes to, judged by the words that govern it."""
    if kind in {"demonym", "bloc"}:
        return False
    root = span.root
    while root.dep_ == "conj" and root.head.i != root.i:
        root = root.head
    if root.dep_ == "dobj":
        return root.head.lemma_ in members("state_words", "visited")
    preposition = _governor(span, root)
    if preposition is None or preposition.pos_ not in {"ADP", "SCONJ", "PART"}:
        return kind == "place" and root.dep_ not in {"nsubj", "nsubjpass", "poss"}
    if root.dep_ in {"compound", "poss", "amod", "nmod"}:
        return False
    word = preposition.lower_
    if word in _PLACE_PREPOSITIONS:
        return True
    if word in _MOTION_PREPOSITIONS and preposition.head.lemma_.lower() in members("state_words", "motion"):
        return True
    return kind == "place"


def _governor(span: Span, root: Token) -> Token | None:
    """The preposition above a name, or the word before it and its article."""
    head = root.head
    if head.dep_ in {"prep", "agent"} or head.pos_ == "ADP":
        return head
    before = span.doc[span.start - 1] if span.start else None
    if before is not None and before.lower_ == "the" and span.start > 1:
        before = span.doc[span.start - 2]
    return before


@cache
def seat(code: str) -> str | None:
    """The capital of a state: the city in which its government buildings stand."""
    return next((row[0] for row in table("capitals") if row[1] == code), None)


def place_entity(g: Geo, state: Ref | None) -> Entity:
    """The node of a city or a spot; government buildings lie within the capital."""
    label = g.label.title() if g.label.isupper() and len(g.label) > 4 else g.label
    within = None
    if g.kind == "government" and (city := seat(g.code)):
        within = ref("place", city)
    return Entity(ref("place", label), EntityKind.PLACE, label, country=state, within=within)

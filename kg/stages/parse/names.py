"""Names that the parse hangs on the wrong word: the day or place before them, the last of a list with offices."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.dates import WEEKDAYS
from kg.lexicon import table

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEFORE_DAYS = frozenset({"on", "by", "until", "since", "in", "at"})
_PLACES = frozenset({"GPE", "LOC"})
PARTS = frozenset({"compound", "nmod"})


def part_name(token: Token) -> None:
    """Part a day or place from the name behind it, of which the parse makes one."""
    name = _day_and_name(token)
    if name is not None:
        _part(name, token)
    _place_and_name(token)


@cache
def deeds() -> frozenset[str]:
    """The verbs of events."""
    return frozenset(word for word, _, reading in table("event_words") if reading not in {"noun", "vague"})


def deed(word: str) -> str:
    """The verb of an event whose past a word is: "phoned"; "" where it is of none."""
    return next((stem for stem in (word[:-2], word[:-1]) if word.endswith("ed") and stem in deeds()), "")


def _day_and_name(day: Token) -> Token | None:
    """The last word that the parse took "Friday Doe [heads]" or "Geneva Doe" for, in "On Friday Doe heads to Rome"."""
    name = day.nbor() if day.i + 1 < len(day.doc) and day.dep_ in PARTS and day.i > 0 else day
    if name == day or name.pos_ != "PROPN" or day.nbor(-1).lower_ not in _BEFORE_DAYS:
        return None
    place = day.ent_type_ in _PLACES and name.ent_type_ == "PERSON" and name.ent_iob_ == "B"
    whole = name if name.dep_ == "pobj" else name.head
    while whole.dep_ == "compound" and whole.pos_ == "PROPN":
        whole = whole.head
    fits = whole.dep_ == "pobj" and whole.head == day.nbor(-1) and (place or day.lower_ in WEEKDAYS)
    return whole if fits else None


def _part(name: Token, day: Token) -> None:
    """Hang a day on its preposition and the name behind it on the verb, which may be taken for a part of the name."""
    when = name.head
    verb: Token | None = when.head if when.head.pos_ in {"VERB", "AUX"} and when.head.i > name.i else None
    if name.pos_ == "NOUN":
        verb = name if when.dep_ == "ROOT" and name.lemma_ in deeds() and name.nbor(-1).pos_ == "PROPN" else None
        name = name.nbor(-1)
    if verb is None or any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children if c.i < verb.i):
        return
    if verb.pos_ == "NOUN":
        verb.pos_, verb.tag_, verb.dep_ = "VERB", "VBZ", "ROOT"
        verb.head, when.head, when.dep_ = verb, verb, "prep"
        for child in verb.children:
            child.dep_ = "dobj" if child.dep_ == "appos" else child.dep_
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    day.head, day.dep_ = when, "pobj"
    name.head, name.dep_ = verb, "nsubjpass" if passive else "nsubj"


def _place_and_name(place: Token) -> None:
    """Part the name from the place that the parse hangs on it in "On her first trip to Kyiv, Minister Mette Holm said".

    The place is what the preposition before it belongs to, the name the subject of the verb behind, which has no other.
    """
    name = place.head
    comma = place.i + 1 < name.i and place.nbor().text == ","
    both = place.pos_ == name.pos_ == "PROPN"
    if not comma or place.dep_ not in PARTS or not both or name.dep_ != "pobj":
        return
    first = place.left_edge
    prep = name.head
    if first.i != prep.i + 1:
        return
    named = name.ent_type_ == "PERSON" != place.ent_type_ and prep.head.tag_ == "NN"
    if named and name.i + 1 < len(name.doc) and name.nbor().text == ",":  # "her visitor from Harare, Jan Doe, said"
        place.head, place.dep_ = prep, "pobj"
        name.head, name.dep_ = prep.head, "appos"
        return
    verb = next((t for t in prep.ancestors if t.pos_ in {"VERB", "AUX"} and t.i > name.i), None)
    if verb is None or any(c.dep_ in {"nsubj", "nsubjpass"} and c.i < verb.i for c in verb.children):
        return
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    for child in verb.children:
        child.dep_ = "advcl" if child.dep_ == "csubj" else child.dep_  # "Making her first trip to Kyiv, Doe said"
    place.head, place.dep_ = prep, "pobj"
    name.head, name.dep_ = verb, "nsubjpass" if passive else "nsubj"


def join_last(name: Token) -> None:
    """Join the last name of "met Doe, the trade minister, and Jan Roe" to those before, not to the verb."""
    verb, doc = name.head, name.doc
    first = name.left_edge.i
    behind_comma = first >= verb.i + 4 and doc[first - 2].text == "," and doc[first - 1].lower_ == "and"
    if verb.pos_ != "VERB" or name.pos_ != "PROPN" or name.ent_type_ != "PERSON" or not behind_comma:
        return
    if any(c.i > name.i and c.dep_ in {"conj", "dobj"} for c in verb.children):
        return
    last = doc[first - 3]
    before = [t for t in (last, *last.ancestors) if t.ent_type_ == "PERSON" and t.dep_ in {"dobj", "pobj"}]
    if before and before[0].i > verb.i:
        name.head = before[0]

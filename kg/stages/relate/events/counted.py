"""How many events one word tells of: "spoke twice", "two calls", "Fourteen rounds, the last of them in Rome in May"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.model import FactKind
from kg.stages.relate.events.trigger import ORDINALS, SPELLS
from kg.tokens import of_token

if TYPE_CHECKING:
    from kg.stages.relate.events.trigger import Trigger
    from kg.tokens import Token
_TIMES = {"twice": 2, "thrice": 3}
_BEHIND = 12  # tokens behind the verb in which "twice" stands
_MOST = 7  # of more events told by number alone, seven are told apart
_TEN = 10  # beyond which "met a hundred times" counts nothing
_LAST = frozenset({"last", "latest", "recent", "recently"})
_BEHIND_IT = frozenset({"of", "in", "at", "on", "from", "during", "between"})  # not "described the latest as"
_BEFORE_IT = frozenset({"the", "most", ","})


def count_of(trigger: Trigger) -> int:
    """How many events a trigger tells of: "spoke twice", "met three times", "two calls"."""
    token = trigger.token
    for following in token.doc[token.i + 1 : min(token.i + _BEHIND, token.sent.end)]:
        if following.pos_ in {"VERB", "AUX"} or following.text in {",", ";"}:
            break
        if following.lower_ in _TIMES and token.pos_ == "VERB":
            return _TIMES[following.lower_]
    if first_of(token) is not None:
        return 1
    often = () if _times(token) else _below(token)  # not "met four times, twice in Rome"
    twice = next((_TIMES[t.lower_] for t in often if t.lower_ in _TIMES), None)
    told = _count(token)
    if twice is None and last_of(trigger) is not None:
        return 1  # of which more is told
    if twice is not None or told is None or not told[0].is_alpha or told[1] > _TEN:
        return twice or 1
    if told[0].head != token:
        return told[1]
    return told[1] if trigger.kind is FactKind.ROUND else min(told[1], _MOST)


def first_of(noun: Token) -> Token | None:
    """The ordinal of one of several: "the first of three rounds"."""
    one = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    return one if one.lower_ in ORDINALS and one.i < noun.i and noun.tag_ == "NNS" else None


def counted(token: Token) -> int:
    """The number of events that is told with a noun or verb, 0 without: "28 rounds", "met three times"."""
    told = _count(token)
    return told[1] if told is not None else _numbers().get(token.lower_, 0)


def last_of(trigger: Trigger) -> tuple[Token, Token, int] | None:
    """The word for the last of several events of one word, with the word of their number and the number.

    As in "28 rounds of talks, the last in Rome", "five rounds, the fifth of which", "met three times, last in Rome";
    not "three rounds last week".
    """
    told = _count(trigger.token)
    if told is None:
        return None
    for token in trigger.token.doc[trigger.token.i + 1 : trigger.token.sent.end - 1]:
        after = token.nbor()
        last = token.lower_ in _LAST or (ORDINALS.get(token.lower_) == told[1] and after.lower_ == "of")
        if last and token.nbor(-1).lower_ in _BEFORE_IT and after.lower_ in _BEHIND_IT:
            return token, *told
    return None


@of_token
def _count(token: Token) -> tuple[Token, int] | None:
    """The number of events that a noun or verb tells of, with its word: "28 rounds", "met three times"."""
    words = [c for t in _times(token) for c in t.children]
    words += [c for c in token.children if c.dep_ == "nummod" and token.tag_ == "NNS" and token.lemma_ not in SPELLS]
    for word in words:
        number = _numbers().get(word.lower_) or (int(word.text) if word.text.isdigit() else 0)
        if number > 1 and not _formats(word):
            return word, number
    return None


def _formats(word: Token) -> bool:
    """As in "two plus two talks": ministers of two fields of each side."""
    around = word.doc[max(0, word.i - 1) : word.i + 2]
    return any(t.lower_ in {"plus", "+"} for t in around)


@of_token
def _times(token: Token) -> list[Token]:
    """The word "times" of a verb or noun; the parse may hang it on a name: "met Doe, the envoy, [four times]"."""
    found = [t for t in token.children if t.lower_ == "times"]
    return found or [t for t in _below(token) if t.lower_ == "times"]


@of_token
def _below(token: Token) -> list[Token]:
    """What hangs on a noun, or on the words of the clause behind a verb."""
    if token.pos_ != "VERB":
        return list(token.children)
    found, below = [], list(token.children)
    while below:
        word = below.pop()
        found.append(word)
        below += word.children if word.pos_ not in {"VERB", "AUX"} else ()
    return sorted(t for t in found if t.i > token.i)


@cache
def _numbers() -> dict[str, int]:
    return {row[0]: int(row[2]) for row in table("times") if row[1] == "number"}

"""The number of a round or meeting: "the third round", "met Doe, the third such session", "It was the third call"."""

from __future__ import annotations

from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.stages.relate.events.counted import first_of, last_of
from kg.stages.relate.events.trigger import ORDINALS, Number

if TYPE_CHECKING:
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
    from kg.tokens import Token


_COUNTING = frozenset({"amod", "compound", "nummod", "appos"})  # also "the previous round, the 22nd, was held"
_REACH = 6  # tokens from the ordinal to its noun: "the first face-to-face ministerial talks"
_MANY = 10  # rounds that a list can tell of
_ATTEMPTS = frozenset({"attempt", "bout", "instalment", "installment", "leg"})
_UNITS = frozenset({"year", "month", "decade", "week", "day"})
_BEHIND = 9  # tokens from the noun to "in six years"
_SUBJECTS = frozenset({"it", "this", "that", "these"})


def number(text: Text, trigger: Trigger, found: list[Trigger]) -> Number | None:
    """The number of an event with its words; `found` are all events of the sentence."""
    token = trigger.token
    if trigger.number is not None:
        return trigger.number
    if trigger.reading == "ordinal":
        return next((n for t in (token, *token.children) if (n := _ordinal(t)) is not None), None)  # "a third one"
    one = first_of(token)
    if one is not None:
        return _ordinal(one)
    counted = last_of(trigger)
    if counted is not None:  # "Fourteen rounds have been held, the last of them in Rome"
        return counted[2], (counted[1].idx, counted[1].idx + len(counted[1]))
    return numbered(token) or _told_behind(trigger, found) or _told_next(text, trigger)


def numbered(token: Token) -> Number | None:
    """The ordinal that an event has by its side: "the third round"."""
    for child in token.children:
        counts = child.dep_ in _COUNTING or (child.dep_ == "advmod" and token.pos_ != "VERB")
        told = next((n for c in (child, *child.children) if counts and (n := _ordinal(c)) is not None), None)
        if told is not None:
            return None if told[0] == 1 and _of_spell(token) else told
    behind = token.nbor() if token.i + 1 < len(token.doc) else token
    if token.lower_ == "round" and behind.head == token and behind.dep_ == "nummod":  # "Round two of the talks"
        value = int(behind.text) if behind.text.isdecimal() else _numerals().get(behind.lower_)
        return (value, (behind.idx, behind.idx + len(behind))) if value is not None else None
    return None


def _of_spell(noun: Token) -> bool:
    """Whether "first" counts from a time on: "the first call since June", "the first summit with Peru in six years"."""
    behind = noun.doc[noun.i + 1 : min(noun.i + 1 + _BEHIND, noun.sent.end)]
    for token in takewhile(lambda t: t.pos_ not in {"VERB", "AUX"} and t.text not in {",", ";"}, behind):
        spell = token.lower_ in {"in", "for"} and any(c.lemma_ in _UNITS and c.tag_ == "NNS" for c in token.children)
        if spell or token.lower_ == "since":
            return True
    return False


def numbers_of(noun: Token) -> list[Number]:
    """The numbers of a plural: "the first and second rounds", "the first and the third rounds", "the first three".

    Of "There were three: in Rome, ..." all.
    """
    before = noun.doc[max(noun.sent.start, noun.i - _REACH) : noun.i]
    many = noun if noun.lower_ in _numerals() else before[-1] if len(before) else noun
    first = _ordinal(many.nbor(-1)) if many.i > noun.sent.start else None
    if first is not None and first[0] == 1 and many.lower_ in _numerals():
        words = (first[1][0], many.idx + len(many))
        return [(n, words) for n in range(1, _numerals()[many.lower_] + 1)]
    if noun.lower_ in _numerals() and noun.doc[noun.i + 1 : noun.i + 2].text == ":" and noun.head.lemma_ == "be":
        return [(n, (noun.idx, noun.idx + len(noun))) for n in range(1, _numerals()[noun.lower_] + 1)]
    found: list[Number] = []
    for token in reversed(before):
        told = _ordinal(token)
        if told is None and token.lower_ not in {"and", "the", ","}:
            break
        found = [told, *found] if told is not None else found
    return found if len(found) > 1 and noun.tag_ == "NNS" else []


@cache
def _numerals() -> dict[str, int]:
    return {row[0]: int(row[2]) for row in table("times") if row[1] == "number" and 1 < int(row[2]) < _MANY}


def _ordinal(token: Token) -> Number | None:
    """What an ordinal counts: "third", "3rd"."""
    value, words = ORDINALS.get(token.lower_), token.lower_
    if value is None and words[:-2].isdigit() and words[-2:] in {"st", "nd", "rd", "th"}:
        value = int(words[:-2])
    return (value, (token.idx, token.idx + len(token))) if value is not None else None


@cache
def _nouns() -> frozenset[str]:
    return _ATTEMPTS | {row[0] for row in table("event_words") if row[2] in {"noun", "vague"} and row[1] != "Visit"}


def _counted(first: Token, end: int) -> tuple[Number, Token] | None:
    """The number that opens a noun phrase whose noun names an event: "the third such session", with the noun."""
    told = _ordinal(first)
    if told is None or first.i == 0 or first.nbor(-1).lower_ not in {"the", "a", "an", "their", "its", "his", "her"}:
        return None
    for token in first.doc[first.i + 1 : min(first.i + _REACH, end)]:
        if token.lemma_.lower() in _nouns() and token.dep_ not in {"compound", "amod"}:
            return None if told[0] == 1 and _of_spell(token) else (told, token)
        if token.pos_ in {"VERB", "AUX"} or token.text in {",", ";"}:
            break
    return None


def _told_behind(trigger: Trigger, found: list[Trigger]) -> Number | None:
    """As in "met Doe for an hour, the third such session", "for what counted as the opening round"."""
    if trigger.token.pos_ != "VERB":
        return None
    sent, others = trigger.token.sent, {t.token.i for t in found if t is not trigger and len(t.actors) > 1}
    for token in sent.doc[trigger.token.i + 1 : sent.end]:
        counted = _counted(token, sent.end)
        if counted is None:
            continue
        before = token.nbor(-2).lower_ if token.i > 1 else ""
        return counted[0] if counted[1].i not in others and before in {",", "—", "–", "-", "as", "in", "for"} else None
    return None


def _told_next(text: Text, trigger: Trigger) -> Number | None:
    """As in "They met on Friday. It was the third such meeting."; not "the third meeting between" two others."""
    token, ours = trigger.token, {a.ref for a in trigger.actors}
    if token.sent.end + 3 >= len(text.doc):
        return None
    behind = text.doc[token.sent.end : text.doc[token.sent.end].sent.end]
    if len(behind) < 4 or behind[0].lower_ not in _SUBJECTS:
        return None
    be = next((t.i - behind.start for t in behind[1:3] if t.lemma_ == "be"), None)  # "It will be the third round"
    for word in behind[be + 1 : be + 5] if be is not None else ():
        counted = _counted(word, behind.end)
        if counted is not None:
            theirs = {a.ref for p in text.prepositions(counted[1], "between", "with") for a in text.actors(p)}
            return counted[0] if theirs <= ours or not ours else None
    return None

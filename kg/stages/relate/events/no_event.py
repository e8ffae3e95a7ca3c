"""Words that name events elsewhere, where the words around them tell of another thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import FactKind
from kg.stages.relate.events.destinations import is_stop
from kg.stages.relate.events.trigger import BY_PHONE, below

if TYPE_CHECKING:
    from kg.tokens import Token
_WORDS = frozenset({"have", "want", "get", "exchange", "seek", "swap", "request", "share"})
_BROKEN = frozenset({"suspend", "freeze", "halt", "pause", "terminate", "ditch"})


def no_event(token: Token, kind: FactKind) -> bool:
    """As in "meeting room", "a talk", "a press conference", "a call for talks", "a round of [negotiations]"."""
    habit = any(c.lower_ in {"every", "each"} for c in token.children)  # "raises it at every meeting with Doe"
    inside = token.dep_ in {"compound", "amod", "nmod"} and token.head.pos_ in {"NOUN", "PROPN"}
    if habit or (inside and token.head.i > token.i):
        return True
    low = token.lower_
    by_phone = any(t.lower_ in BY_PHONE for t in token.children)
    if token.lemma_.lower() in {"destination", "port", "leg"} and is_stop(token) is None:
        return True
    if kind is FactKind.MEETING and low == "talk" and not by_phone:  # "gave a talk", but "had a long talk with Doe"
        return not (token.dep_ == "dobj" and token.head.lemma_ in {"have", "hold"})
    if kind is FactKind.SUMMIT and token.dep_ == "dobj" and token.head.lemma_ in {"prepare", "discuss"}:
        # "prepared the summit in a telephone call": who spoke of it, however the parse hangs the call
        return any(t.lower_ in BY_PHONE for t in token.head.subtree)
    if low in {"exchange", "exchanges"}:  # "had a brief exchange with Doe"
        had = token.dep_ == "dobj" and token.head.lemma_ in {"have", "hold"}
        return not (by_phone and had) and (
            not had or not any(c.lower_ == "with" for c in (*token.children, *token.head.children))
        )
    means = token.dep_ == "pobj" and token.head.lower_ in {"by", "via"}
    if means and low in BY_PHONE:  # "spoke by videoconference": how, not what
        return True
    if token.lemma_.lower() in {"conference", "contact"} and not by_phone:
        return True
    if low == "coffee":  # "met over coffee", "had coffee with Doe", not "a tariff on Brazilian coffee"
        shared = token.dep_ == "dobj" and token.head.lemma_ in {"have", "share", "take", "drink"}
        return not shared and not (token.dep_ == "pobj" and token.head.lower_ in {"over", "for"})
    if low == "welcome":  # "gave Doe a warm welcome in Rome"
        given = token.dep_ == "dobj" and token.head.lemma_ in {"give", "accord"}
        return not given or not any(c.dep_ == "dative" for c in token.head.children)
    if token.lemma_.lower() == "word":  # "wants a word with Doe", "exchanged a few words with Roe"
        return token.head.lemma_ not in _WORDS or token.dep_ != "dobj" or not below(token.head, "with")
    if token.lemma_.lower() == "call" and any(c.dep_ == "prep" and c.lower_ == "for" for c in token.children):
        return True
    of = token.dep_ == "pobj" and token.head.lower_ == "of"
    return of and token.head.head.lemma_.lower() in {"round", "rounds", "series"}


def broken_off(noun: Token) -> bool:
    """As in "broke off the talks", "suspended negotiations": no meeting is told."""
    verb = noun.head
    off = verb.lemma_ == "break" and any(c.lower_ == "off" for c in verb.children)
    return noun.dep_ in {"dobj", "nsubjpass"} and (off or verb.lemma_ in _BROKEN)

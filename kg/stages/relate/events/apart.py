"""One verb that tells of several events: "phoned both leaders", "received them separately"."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from kg.model import FactKind
from kg.stages.relate.events.trigger import people
from kg.stages.relate.references import Actor

if TYPE_CHECKING:
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
    from kg.tokens import Token
_APART = frozenset({"separately", "individually", "separate", "each", "then", "later", "turn", "individual",
                    "successively", "successive", "bilateral", "consecutive", "back"})  # fmt: skip
_SURELY = frozenset({"separately", "individually", "separate"})
_EACH_OWN = frozenset({"meeting", "call", "conversation", "encounter", "lunch", "dinner", "breakfast", "session",
                       "bilateral"})  # fmt: skip
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_ASIDE = 8  # tokens from "and" to the comma behind what stands between
_REACH = 14  # tokens behind the verb in which these stand


def apart(text: Text, trigger: Trigger) -> list[list[Actor]]:
    """Who took part in each of the events of one word; one list where all met as one.

    One phones each of several people by himself. Else a word says so: "spoke separately with Doe and Roe".
    """
    one, others = _sides(text, trigger)
    aside = _aside(text, trigger) if one is not None and not trigger.apart else None
    if one is not None and aside is not None:
        return [[a for a in trigger.actors if a.ref != aside.ref], [one, aside]]
    states = {text.state(a.ref) or a.ref for a in others}
    token = trigger.token
    after = token.doc[max(token.i - 2, token.sent.start) : min(token.i + _REACH, token.sent.end)]
    clause = takewhile(lambda t: t.tag_ not in _FINITE and t.text != ";", token.doc[token.i + 1 : token.sent.end])
    surely = any(t.lower_ in _SURELY and not _of_another(t, trigger) for t in (*after, *clause))
    surely = surely or _each_behind(others, token)
    if one is None or len(others) < 2 or (len(states) < len(others) and not surely):
        return [trigger.actors]
    single = trigger.reading == "phone" and trigger.kind is FactKind.CALL and token.pos_ == "VERB"
    single = single or (token.tag_ == "NNS" and token.lemma_.lower() in _EACH_OWN)  # "held meetings with Doe and Roe"
    if single or surely or any(t.lower_ in _APART for t in after):
        return [[one, other] for other in others]
    return [trigger.actors]


def _of_another(word: Token, trigger: Trigger) -> bool:
    """As in "met Doe and had a separate meeting with Roe": of one event, not of each."""
    return word.head != trigger.token and any(c.lower_ in {"a", "an", "another"} for c in word.head.children)


def _each_behind(others: list[Actor], token: Token) -> bool:
    """As in "spoke with Doe and then with Roe": each stands behind a "with" of his own."""
    found: list[int] = []
    for actor in others:
        name = token.doc[actor.token]
        while name.dep_ in {"compound", "nmod"}:
            name = name.head
        prep = name.head
        if name.dep_ != "pobj" or prep.lower_ not in {"with", "to"} or prep.i < token.i:
            return False
        if prep.head.pos_ in {"NOUN", "PROPN"} and prep.head != token:
            return False  # "met with Doe, in charge of trade with Peru"
        found.append(prep.i)
    return len(set(found)) == len(others)


def _aside(text: Text, trigger: Trigger) -> Actor | None:
    """Whom one met on another occasion: "sat down with Doe and, separately, Roe", "saw Doe and, at the port, Roe".

    The parse hangs such a name on anything.
    """
    token = trigger.token
    for t in token.sent[token.i + 1 - token.sent.start :]:
        if t.tag_ in _FINITE:
            return None
        if t.lower_ == "and" and t.nbor().text == ",":
            comma = next((c.i for c in t.doc[t.i + 2 : min(t.i + _ASIDE, token.sent.end)] if c.text == ","), None)
            named = text.persons_between(comma, token.sent.end) if comma is not None else []
            between = text.doc[comma : text.token(named[0].start).i] if named else None
            if between is None or any(b.pos_ in {"VERB", "AUX", "ADP", "CCONJ"} for b in between):
                return None
            return Actor(named[0].entity, text.tokens(named[0].start, named[0].end)[0])
    return None


def _sides(text: Text, trigger: Trigger) -> tuple[Actor | None, list[Actor]]:
    """The one who met, and the several that he or she met; None where there is no one such."""
    verb = trigger.token if trigger.token.pos_ == "VERB" else trigger.carrier
    if verb is None:
        return None, []
    passive = [c for c in verb.children if c.dep_ == "nsubjpass"]  # "was received by Doe and, separately, by Roe"
    refs = {a.ref for a in people(text, passive or text.subjects(verb))}
    doing = [a for a in trigger.actors if a.ref in refs]
    others = list({a.ref: a for a in trigger.actors if a.ref not in refs}.values())
    if len(doing) == 1:
        return doing[0], others
    return (others[0], doing) if len(others) == 1 else (None, [])

"""Meetings told by who was whose guest: "was the guest of Doe in Lima", "Her host, Doe, thanked her"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import FactKind
from kg.stages.relate.events.destinations import is_place
from kg.stages.relate.events.trigger import Trigger, people
from kg.stages.relate.modality import stage

if TYPE_CHECKING:
    from kg.stages.relate.text import Actor, Text
    from kg.tokens import Token
_ROLES = frozenset({"guest", "host"})
_PAIR = 2


def guest_of(text: Text, verb: Token) -> Trigger | None:
    """As in "Doe was the guest of Roe in Lima on Friday", "will be a guest of", "was host to Roe"."""
    if verb.lemma_ != "be":
        return None
    role = next((c for c in verb.children if c.dep_ == "attr" and c.lemma_ in _ROLES), None)
    if role is None or any(c.lower_ in {"no", "not"} for t in (role, verb) for c in t.children):
        return None
    partner = people(text, text.prepositions(role, *(("of",) if role.lemma_ == "guest" else ("to",))))
    partner = partner or people(text, [c for c in role.children if c.dep_ == "poss"] if role.lemma_ == "guest" else [])
    guests = [a for a in people(text, text.subjects(verb)) if text.is_person(a)]
    if role.lemma_ == "guest" and guests and not any(text.is_person(a) for a in partner):  # "Peru's guest in Lima"
        where = [t for t in text.prepositions(verb, "in") + text.prepositions(role, "in") if is_place(text, t)]
        states = [s for a in partner if (s := text.state(a.ref)) is not None]
        if not where or not states or text.state_of_place(where[0]) not in states:
            return None
        return Trigger(verb, FactKind.VISIT, "stay", stage=stage(verb), actors=guests, place=where[0])
    both = _of_two_states(text, guests + partner) if partner else []
    return Trigger(verb, FactKind.MEETING, "meet", stage=stage(verb), actors=both) if both else None


def her_host(text: Text, noun: Token) -> Trigger | None:
    """As in "Doe was in Lima on Friday. Her host, Minister Roe, thanked her": she was with him or her."""
    his = any(c.lower_ in {"his", "her"} and c.dep_ == "poss" for c in noun.children)
    if noun.lower_ != "host" or noun.dep_ not in {"nsubj", "nsubjpass"} or not his:
        return None
    named = [a for c in noun.children if c.dep_ == "appos" for a in people(text, [c])]
    whose = people(text, [c for c in noun.children if c.tag_ == "PRP$"])
    both = _of_two_states(text, whose + named) if whose and any(text.state(a.ref) for a in named) else []
    return Trigger(noun, FactKind.MEETING, "attend", actors=both, anaphoric=True) if both else None


def _of_two_states(text: Text, found: list[Actor]) -> list[Actor]:
    persons = [a for a in dict.fromkeys(found) if text.is_person(a)]
    return persons if len({text.state(a.ref) or a.ref for a in persons}) >= _PAIR else []

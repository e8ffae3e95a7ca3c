"""Journeys: who travels where: "arrived in Geneva", "is due in London", "invited Doe to Tokyo"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import EntityKind
from kg.stages.relate.event_trigger import people
from kg.stages.relate.modality import Stage, stage

if TYPE_CHECKING:

    from spacy.tokens import Token

    from kg.stages.relate.event_trigger import Trigger
    from kg.stages.relate.text import Actor, Text
_TOWARDS = {"leave": ("for",), "stay": ("in", "at", "to"), "noun": ("to", "in"), "expected": ("in", "at", "to"),
            "go": ("to", "in", "at", "into"), "invite": ("to",)}  # fmt: skip
_TRAVELLERS = frozenset({EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.SOURCE})
_HOMEWARD = frozenset({"return", "leave", "depart"})
_ASKED = frozenset({"invite", "invitation", "ask", "urge"})


def journey(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> Trigger | None:
    """A visit needs a traveller and a place abroad that one goes to or stays in."""
    verb = trigger.token
    place = destination(text, verb, trigger.reading)
    if place is None:
        return None
    if trigger.reading in {"expected", "invite"}:
        return _expected(text, trigger, objects)
    subjects = _invited(text, verb) or subjects
    if verb.lemma_ == "accompany":
        subjects = objects + subjects
    travellers = [a for a in subjects if text.kind(a.ref) in _TRAVELLERS]
    if not travellers or _at_home(text, verb, place, travellers):
        return None  # "returned to the White House", "left for Tokyo": nobody visits the own country
    trigger.actors, trigger.stage = travellers, stage(verb)
    if trigger.stage is Stage.HELD and any(c.lower_ == "due" for c in verb.children):
        trigger.stage = Stage.PLANNED
    return trigger


def _at_home(text: Text, verb: Token, place: Token, travellers: list[Actor]) -> bool:
    """Whether one goes back to the own country, or to a spot of the own government."""
    goal = text.entity(place)
    if goal is None:
        return False
    entity = text.entities[goal]
    state = goal if entity.kind is EntityKind.COUNTRY else entity.country
    back = verb.lemma_ in _HOMEWARD or any(c.lower_ in {"back", "home"} for c in verb.children)
    ours = state is not None and all(text.state(a.ref) == state for a in travellers)
    return ours and (back or entity.within is not None)


def _expected(text: Text, trigger: Trigger, objects: list[Actor]) -> Trigger | None:
    """As in "Doe is expected in Tokyo on Friday", "Roe invited Doe to Tokyo"; not "Doe is expected to sign"."""
    verb = trigger.token
    trigger.actors = [a for a in objects if text.is_person(a)]
    invited = trigger.reading == "invite"
    trigger.stage = _of_invitation(verb) if invited else Stage.PLANNED
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    infinitive = any(c.dep_ in {"xcomp", "ccomp"} for c in verb.children)
    return trigger if trigger.actors and (passive or invited) and not infinitive else None


def _of_invitation(verb: Token) -> Stage:
    """What was invited is sought, unless the invitation is not given."""
    own = stage(verb)
    return own if own in {Stage.NEGATED, Stage.HYPOTHETICAL} else Stage.SOUGHT


def _invited(text: Text, verb: Token) -> list[Actor]:
    """Who is to travel in "invited Doe to visit" and "his invitation to Doe to come"."""
    head = verb.head
    clause = verb.dep_ in {"xcomp", "ccomp", "acl", "advcl", "relcl"}
    if clause and head.lemma_.lower() in _ASKED:
        guests = text.objects(head) if head.pos_ == "VERB" else text.prepositions(head, "to", "for")
        return people(text, guests)
    return []


def destination(text: Text, head: Token, reading: str) -> Token | None:
    """The token of the place that a journey leads to: "arrived in Washington", "visited Japan", "left for Tokyo"."""
    candidates = text.prepositions(head, *_TOWARDS[reading])
    for child in head.children:  # "is due in London", "is expected back in Washington"
        if child.lower_ in {"due", "back", "expected"}:
            candidates = candidates + text.prepositions(child, *_TOWARDS[reading])
    if head.lemma_ in {"lead", "head"}:
        groups = [o for o in text.objects(head) if o.lemma_ in {"delegation", "mission", "team"}]
        candidates = [p for group in groups for p in (*candidates, *text.prepositions(group, "to"))]
    if reading == "noun":  # "the visit that Doe wants to pay to Japan"
        candidates += [p for t in head.subtree if t.lemma_ in {"pay", "make"} for p in text.prepositions(t, "to")]
    if reading == "invite":
        candidates += [p for o in text.objects(head) for p in text.prepositions(o, "to")]
    if reading == "go" and head.lemma_ == "visit":
        candidates = candidates + text.objects(head)
    for token in candidates:
        mention = text.entity(token)
        if mention is not None and text.kind(mention) in {EntityKind.PLACE, EntityKind.COUNTRY}:
            return token
        if token.lower_ == "capital":
            return token
    return _by_adverb(text, head, reading)


def _by_adverb(text: Text, head: Token, reading: str) -> Token | None:
    """The place of "here", "there" and "where"; "here" stands for the dateline itself."""
    words = {c.lower_: c for c in head.children if c.dep_ in {"advmod", "npadvmod"}}
    if "here" in words and reading in {"go", "stay"} and text.document.place:
        return words["here"]
    told = any(c.dep_ == "attr" for c in head.children)  # "where Doe will be his host"
    if "where" in words and head.dep_ == "relcl" and not told:
        return head.head if text.entity(head.head) is not None else None
    if "there" in words and reading != "stay":
        return text.last_place(head)
    return None

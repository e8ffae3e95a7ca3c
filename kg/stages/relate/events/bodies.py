"""Bodies of two states that meet: "the joint committee", "the Peru-Chile Trade Dialogue", "experts of both sides"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members
from kg.stages.relate.events.trigger import people
from kg.stages.relate.text import Actor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.stages.relate.text import Text
    from kg.tokens import Token
_BODIES = frozenset({"committee", "commission", "council", "panel", "group", "forum", "body", "board",
                     "mechanism", "team", "force", "dialogue", "partnership"})  # fmt: skip
_SET_UP = frozenset({"set", "establish", "create", "form", "launch", "found"})
_WORKING = frozenset({"working", "expert", "technical", "contact"})
_PAIR = 2


def of_both(text: Text, heads: list[Token]) -> list[Actor]:
    """The two sides of the talks where "experts", "commanders of both sides" or "a joint committee" meet."""
    for head in heads:
        joint = _joint(text, head) or _working(head) or any(_joint(text, t) for t in _same_before(head))
        if found := _named_with_both(text, head) or _founders(text, head):
            return found
        if head.lower_ in members("event_company", "delegates") or joint:
            return [Actor(state, head.i, safe=False) for state in text.negotiating]
    return []


def is_body(noun: Token) -> bool:
    """As in "a meeting of the Committee", "a session of the Dialogue": whose members meet."""
    return noun.lemma_.lower() in _BODIES


def _named_with_both(text: Text, body: Token) -> list[Actor]:
    """The states of "the Peru-Chile Trade Dialogue", also where it is "the Dialogue" afterwards."""
    if not is_body(body):
        return []
    every = (text.own_states(t) for t in (body, *_same_before(body)))
    return next(([Actor(s, body.i, safe=False) for s in found] for found in every if len(found) == _PAIR), [])


def _founders(text: Text, body: Token) -> list[Actor]:
    """The states of "Doe and Roe agreed to set up a working group, which will meet in Rome"."""
    if body.lemma_.lower() not in _BODIES or body.dep_ != "dobj" or body.head.lemma_ not in _SET_UP:
        return []
    states = dict.fromkeys(text.state(a.ref) for t in text.subjects(body.head) for a in people(text, [t]))
    return [Actor(s, body.i, safe=False) for s in states if s is not None] if len(states) > 1 else []


def _joint(text: Text, head: Token) -> bool:
    """Whether a body is of two sides: "the joint committee", "their border committee", "the Thai-Cambodian panel"."""
    if any(c.lower_ in {"joint", "bilateral", "mixed", "their", "border", "boundary"} for c in head.children):
        return True
    return len({text.state(a.ref) for a in text.actors(head)} - {None}) > 1


def _working(head: Token) -> bool:
    """As in "A working group on farm goods is to meet in May": of those who negotiate."""
    return head.lemma_.lower() == "group" and any(c.lower_ in _WORKING for c in head.children)


def _same_before(head: Token) -> Iterator[Token]:
    """The body named before by the same word: "the committee"."""
    known = head.lemma_.lower() in _BODIES and any(c.lower_ in {"the", "this"} for c in head.children)
    return (t for t in head.doc[: head.i] if known and t.lemma_.lower() == head.lemma_.lower())

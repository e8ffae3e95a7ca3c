"""Whose an event is that is told without its people: "The next round will be held in May", "the two ministers met"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import FactKind
from kg.stages.relate.references import Actor

if TYPE_CHECKING:
    from kg.model import Ref
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
_PAIR = 2
_RANKS = frozenset({"minister", "envoy", "negotiator", "secretary", "president", "premier", "leader", "man", "woman"})
_NEAR = 400  # characters behind the event


def sides_of_round(text: Text, trigger: Trigger, told: list[Trigger]) -> list[Actor]:
    """Those of the event told before in the paragraph, or of the round told before where the article is of many."""
    states = _of_paragraph(text, trigger, told) or _of_round_before(text, told)
    return [Actor(s, trigger.token.i, safe=False) for s in states]


def _of_paragraph(text: Text, trigger: Trigger, told: list[Trigger]) -> list[Ref]:
    """The two states of the event told before in the paragraph, where the article is of others.

    In an overview by country: "India's Doe called Mexico's Roe. A first round is to take place in May". In an article
    on a pact: "Doe and Roe reviewed it. The fourth round of those talks will be held in May".
    """
    if text.pact is not None and not any(t.lower_ in {"those", "these", "their"} for t in trigger.token.subtree):
        return []
    every = (_states(text, t) for t in reversed(told) if text.same_block(t.token, trigger.token))
    states = next((found for found in every if len(found) == _PAIR), [])
    return [] if set(states) & set(text.negotiating) else states


def _of_round_before(text: Text, told: list[Trigger]) -> list[Ref]:
    """The states of the round told last: an article names hosts and others, too, who are no side."""
    if text.pact is not None:
        return []
    rounds = (_states(text, t) for t in reversed(told) if t.kind is FactKind.ROUND)
    return next((found for found in rounds if len(found) >= _PAIR), [])


def same_persons(text: Text, trigger: Trigger, told: list[Trigger]) -> list[Actor]:
    """As in "Doe met Roe in Lima. On Friday the two ministers met again": those of the last event of just these states.

    The text may have named a third minister since, or have told the office of one of them only.
    """
    states = {a.ref for a in trigger.actors}
    group = {a.token for a in trigger.actors}
    two = len(states) == _PAIR and len(group) == 1 and all(text.state(ref) == ref for ref in states)
    head = text.doc[min(group)] if two else None
    if head is None or not any(c.lower_ in {"two", "both"} for c in head.children) or head.lemma_ not in _RANKS:
        return []
    near = (t for t in reversed(told) if trigger.token.idx - t.token.idx <= _NEAR)
    persons = ([a for a in dict.fromkeys(t.actors) if text.is_person(a)] for t in near)
    last = next((found for found in persons if found), [])
    fits = len(last) == _PAIR and all(text.state(a.ref) in states | {None} for a in last)
    return [Actor(a.ref, head.i, safe=False) for a in last] if fits else []


def _states(text: Text, trigger: Trigger) -> list[Ref]:
    return list(dict.fromkeys(s for a in trigger.actors if (s := text.state(a.ref)) is not None))

"""Whose a round is that is told without its sides: "The next round will be held in May"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import FactKind
from kg.stages.relate.references import Actor

if TYPE_CHECKING:
    from kg.model import Ref
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
_PAIR = 2


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


def _states(text: Text, trigger: Trigger) -> list[Ref]:
    return list(dict.fromkeys(s for a in trigger.actors if (s := text.state(a.ref)) is not None))

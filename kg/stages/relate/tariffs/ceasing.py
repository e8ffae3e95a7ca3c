"""Tariffs that somebody stops charging: "will no longer collect its duty", "will cease to levy 10 percent on wine"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.acts import Act
from kg.stages.relate.verb_forms import no_longer

if TYPE_CHECKING:
    from kg.tokens import Token

_CHARGING = frozenset({"charge", "levy", "collect", "impose", "apply", "tax"})
_CEASING = frozenset({"stop", "cease", "quit", "discontinue"})


def ceasing(doing: Act) -> Act:
    """What is done to a tariff, where who charged it stops to do so: it is removed."""
    verb = doing.verb
    if verb is None or verb.lemma_ not in _CHARGING or doing.kind not in {"impose", "pay"}:
        return doing
    if verb.dep_ in {"xcomp", "pcomp", "dobj"} and verb.head.lemma_ in _CEASING:
        return Act("remove", verb.head)
    return Act("remove", verb) if _left_off(verb) else doing


def _left_off(verb: Token) -> bool:
    """As in "will no longer charge"; not in the passive, where the goods may be charged something else."""
    return any(no_longer(c) for c in verb.children) and not any(c.dep_ == "auxpass" for c in verb.children)

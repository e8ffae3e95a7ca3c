"""Events of one sentence told by verb and noun together: which of them count, and what the one has of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import FactKind
from kg.stages.relate.events.counted import count_of
from kg.stages.relate.modality import Stage

if TYPE_CHECKING:
    from kg.stages.relate.events.trigger import Trigger


def by_count(found: list[Trigger]) -> list[Trigger]:
    """As in "talked to Doe in two video calls in June": the noun with its number tells of all, the verb of no third."""
    counted = [t for t in found if t.token.tag_ == "NNS" and t.token.dep_ == "pobj" and count_of(t) > 1]
    told = {c.i for t in counted if (c := t.carrier) is not None}
    above = [t for t in found if t.token.i in told and t.token.pos_ == "VERB" and t.kind is not FactKind.VISIT]
    for trigger in counted if above else ():
        trigger.anaphoric = False
    return [t for t in found if t not in above]


def share_actors(trigger: Trigger, found: list[Trigger]) -> None:
    """As in "met for talks", "sat down for their second round": the noun has the actors of its verb.

    Talks for which one is to travel are as far as the journey: "is due in London for talks with Doe".
    """
    if trigger.carrier is None or trigger.kind in {FactKind.VISIT, FactKind.SIGNING}:
        return
    for other in found:
        ahead = other.kind is FactKind.VISIT and other.stage in {Stage.PLANNED, Stage.SOUGHT, Stage.CANCELLED}
        if other.token == trigger.carrier and other.reading == "leave" and trigger.token.head.lower_ == "for":
            trigger.stage = Stage.PLANNED if other.stage is Stage.HELD else other.stage  # "left for Lima for talks"
        if other.token == trigger.carrier and ahead and trigger.token.head.lower_ == "for":
            trigger.stage = other.stage
        if other.token == trigger.carrier and other.by_phone and trigger.kind is FactKind.ROUND:
            other.kind, other.by_phone = FactKind.ROUND, False  # "In the first round, the two conferred by video link"
        if other.token == trigger.carrier and other.kind is not FactKind.VISIT:
            also = [a for a in trigger.actors if other.reading == "attend" and a not in other.actors]
            if other.reading == "meet" and len(other.actors) == 1 and trigger.token.dep_ == "dobj":
                other.actors = trigger.actors  # "has a lunch pencilled in with Doe"
            at_it = trigger.token.head.lower_ in {"in", "during", "at"} and other.stage is Stage.NEGATED
            asked = other.reading == "attend" and trigger.stage is not Stage.HELD  # "conveyed a proposal for talks"
            trigger.stage = trigger.stage if at_it or asked else other.stage  # "did not raise it in her talks with Doe"
            trigger.actors, trigger.anaphoric = [*other.actors, *also], True

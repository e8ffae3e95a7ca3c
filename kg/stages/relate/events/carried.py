"""Who takes part in an event by the verb that carries its noun: "Doe held talks with Roe", "gave a dinner for Roe"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members
from kg.model import EntityKind, FactKind
from kg.stages.relate.events.destinations import is_stop
from kg.stages.relate.events.partners import MEALS
from kg.stages.relate.events.trigger import CARRIERS, below, kind_of_noun, people, tellers
from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.verb_forms import travels

if TYPE_CHECKING:
    from kg.stages.relate.references import Actor
    from kg.stages.relate.text import Text
    from kg.tokens import Token
_TAKES_CALLS = frozenset({"receive", "get", "take", "field", "have"})


def of_carrier(text: Text, token: Token, holder: Token, kind: FactKind, found: list[Actor]) -> list[Actor]:
    """The actors with those of the verb: "[Doe] held talks [with Roe]"."""
    partners = text.prepositions(holder, "with", "between")
    if kind is FactKind.CALL and holder.lemma_ in {"make", "place", "hold"}:  # "made calls on Sunday to Doe and Roe"
        partners += text.prepositions(holder, "to")
    if kind is FactKind.CALL and holder.lemma_ in _TAKES_CALLS:  # "received a call on Friday from Doe"
        partners += text.prepositions(holder, "from")
    partners = partners or [p for p in below(holder, "between") if text.is_time(p.head.head)]
    found = found + people(text, partners or ([] if found else below(holder, "with")))
    if holder.lemma_ == "be" and kind is FactKind.VISIT:  # "The trip to Lima will be the third by Doe"
        told = (c for c in holder.children if c.dep_ == "attr")
        found += people(text, [p for c in told for p in text.prepositions(c, "by", "of")])
    subjects = [] if is_stop(token) is not None else text.subjects(holder)  # "Rome was the first stop of Doe"
    if holder.lemma_ == "include" and token.dep_ == "dobj" and kind is not FactKind.VISIT:
        trips = [t for t in subjects if kind_of_noun(t) is FactKind.VISIT]  # "Doe's visit will include talks with Roe"
        return people(text, [c for t in trips for c in t.children if c.dep_ == "poss"]) + found
    joined = [c for c in holder.children if c.dep_ == "conj" and c.lemma_ == holder.lemma_]
    subjects += [p for c in joined for p in text.prepositions(c, "by")]  # "was chaired by Doe and co-chaired by Roe"
    purpose = token.dep_ == "pobj" and any(c.dep_ in {"nsubjpass", "auxpass"} for c in holder.children)
    to_summit = kind is FactKind.SUMMIT and holder.lemma_ == "invite"
    came = [] if to_summit else _guests(text, token, holder)
    found = found + came
    if (kind is FactKind.VISIT and not subjects) or purpose:  # "was received by Doe for talks"
        subjects = subjects + text.objects(holder)
    lemma = holder.lemma_.lower()
    asking = lemma in members("event_company", "asking")
    asked = asking and len({text.state(a.ref) or a.ref for a in found}) > 1
    goal = token.head.lower_ == "for" and kind is not FactKind.SIGNING
    one = len({text.state(a.ref) or a.ref for a in found}) == 1
    blocs = any(text.kind(a.ref) is EntityKind.BLOC for a in found)
    facing = one and not blocs and kind is not FactKind.SUMMIT  # "flew to Rome for talks with Doe"
    leaves = kind is FactKind.ROUND and not found  # "left for Rome for another round of talks"
    ahead = goal and (facing or leaves or (not found and stage(holder) in {Stage.PLANNED, Stage.SOUGHT}))
    there = kind is FactKind.SUMMIT and token.head.lower_ == "to"
    bound = lemma in travels() and (ahead or there)  # "will fly to Rome for a summit", "flew to the summit in Rome"
    busy = lemma == "be" and token.head.lower_ == "for" and kind is not FactKind.VISIT  # "were in Rome for talks"
    if lemma == "discuss" and found and kind in {FactKind.VISIT, FactKind.SUMMIT}:
        return found  # "Doe and Roe discussed a visit by Poe, a summit of the bloc"
    carried = lemma in CARRIERS or came or busy or kind is FactKind.VISIT or bound
    if token not in subjects and not asked and carried:
        return (people(text, subjects) or tellers(text, holder)) + found
    return found


def _guests(text: Text, token: Token, holder: Token) -> list[Actor]:
    """Who comes to an event: "joined Doe for talks", "the talks brought Doe to Rome", "gave Doe an audience".

    Also "gave a dinner for Doe".
    """
    verbs = members("event_company", "guest")
    given = token.dep_ == "dobj" and holder.lemma_ in {"give", "grant", "accord", "throw", "host", "offer"}
    asked = text.prepositions(holder, "for") if token.lemma_.lower() in MEALS and given else []
    asked += text.prepositions(holder, "to") if given and token.lower_ == "audience" else []
    if given or (holder.lemma_.lower() in verbs and (token.dep_ == "pobj" or token in text.subjects(holder))):
        asked += [t for t in text.objects(holder) if t.i != token.i]
    return [a for a in people(text, asked) if text.is_person(a)]

"""Whose an event is that is told without its people: "The next round will be held in May", "the two ministers met"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import mapping
from kg.model import FactKind
from kg.stages.relate.events.trigger import below, people
from kg.stages.relate.modality import Stage
from kg.stages.relate.references import Actor

if TYPE_CHECKING:
    from kg.model import Ref
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
    from kg.tokens import Token
_PAIR = 2
_RANKS = frozenset({"minister", "envoy", "negotiator", "secretary", "president", "premier", "leader", "man", "woman"})
_BELOW = frozenset({"minister", "envoy", "negotiator", "secretary"})  # who do not head a state
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
    near = [t for t in reversed(told) if trigger.token.idx - t.token.idx <= _NEAR]
    here = [t for t in near if text.same_block(t.token, trigger.token)]
    first = [t for t in told[:1] if head.lemma_ not in _BELOW or not any(_leads(text, a) for a in t.actors)]
    persons = ([a for a in dict.fromkeys(t.actors) if text.is_person(a)] for t in (*here, *first, *near))
    last = next((found for found in persons if found), [])  # in a new paragraph those of whom the text tells first
    fits = len(last) == _PAIR and all(text.state(a.ref) in states | {None} for a in last)
    return [Actor(a.ref, head.i, safe=False) for a in last] if fits else []


def _leads(text: Text, actor: Actor) -> bool:
    """Whether somebody heads a state or a government."""
    heads = {"head of state", "head of government"}
    return any(o.holder == actor.ref and mapping("offices").get(o.head) in heads for o in text.mentions.offices)


def _states(text: Text, trigger: Trigger) -> list[Ref]:
    return list(dict.fromkeys(s for a in trigger.actors if (s := text.state(a.ref)) is not None))


def beside_the_talks(text: Text, last: Trigger, told: list[Trigger]) -> bool:
    """As in "Peru and Chile held talks. Their host met Doe. Another round is due": of the sides, not the host."""
    pair = set(text.two_sides) if text.about_talks else set()
    apart = len(pair) == _PAIR and {text.state(a.ref) for a in last.actors} != pair
    return apart and any({text.state(a.ref) for a in t.actors} == pair for t in told if t.stage is Stage.HELD)


def of_clause(text: Text, trigger: Trigger) -> list[Actor]:
    """As in "Peru has had no contact with Chile since a meeting in Rome": those of whom the clause tells."""
    verb = next((t for t in trigger.token.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    if trigger.token.head.lower_ != "since" or verb is None:
        return []
    found = people(text, [*text.subjects(verb), *below(verb, "with")])
    return found if len({text.state(a.ref) or a.ref for a in found}) > 1 else []


def told_by_both(text: Text, trigger: Trigger) -> list[Ref]:
    """As in "Peru and Chile agreed that talks would resume in July": the states that say so, where they are two."""
    if trigger.kind is FactKind.SIGNING:
        return []  # "told Doe and Roe that the pact was signed"
    verb = trigger.carrier if trigger.carrier is not None else trigger.token
    says = next((t for t in (verb, *verb.ancestors) if t.dep_ == "ccomp"), None)
    states = [text.state(a.ref) for a in people(text, text.subjects(says.head))] if says is not None else []
    found = [s for s in dict.fromkeys(states) if s is not None]
    return found if len(found) == _PAIR else []


def their(trigger: Trigger) -> Token | None:
    """The "their" of "Their call lasted an hour", "The call was their second", "since their talks in Rome"."""
    said = [c for c in trigger.token.head.children if c.dep_ == "attr" and trigger.token.dep_ == "nsubj"]
    near = (c for t in (trigger.token, *said) for c in t.children)
    return next((c for c in near if c.lower_ == "their"), None)


def meant(text: Text, trigger: Trigger, whose: Token) -> list[Actor]:
    """As in "Doe urged Roe to wait. The call was their second": who are meant, where no event was told of them."""
    found = [a._replace(token=trigger.token.i, safe=False) for a in people(text, [whose])]
    return found if len({text.state(a.ref) or a.ref for a in found}) > 1 else []

"""Who turns down what another wants: "Doeland demands a quota. Roeland rules that out" is a refusal of Roeland's.

The verb alone names nobody; the two positions tell it where they are about the same words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Assertion, Claim, FactKind, Ref
from kg.stages.relate.actions.words import nouns
from kg.stages.relate.positions.objects import IDEAS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Entity
    from kg.stages.relate.text import Text

_AGAINST = frozenset({"Rejects", "RulesOut"})
_WANTED = frozenset({"Seeks", "Demands", "Offers"})
_RULE = "action-answer"


def answers(text: Text, claims: Sequence[Claim]) -> Iterator[Claim]:
    """A refusal for each position against what another state asks, demands or offers, where no verb tells it."""
    taken = [c for c in claims if c.kind is FactKind.POSITION]
    told = {_pair(text, c) for c in claims if c.kind is FactKind.ACTION}
    wanted = [c for c in taken if _value(c, "stance") in _WANTED]
    for claim in (c for c in taken if _value(c, "stance") in _AGAINST):
        for n, (source, recipient) in enumerate(_sides(text, claim, wanted)):
            states: tuple[Ref | None, ...] = (_state(text, claim, source), recipient)
            if states in told:
                continue
            told.add(states)
            evidence = text.words(text.token(claim.evidence.words[0]).sent, claim.evidence.words, _RULE)
            said = {"source": source, "recipient": recipient, "eventCode": "REJECT", "cameoRoot": "12",
                    "status": "Done"}  # fmt: skip
            assertions = tuple(Assertion(name, value, evidence) for name, value in said.items())
            key = Ref(f"action@{claim.evidence.words[0]}.answer{n}")
            yield Claim(key, FactKind.ACTION, assertions, evidence, entities=claim.entities)


def _sides(text: Text, claim: Claim, wanted: Sequence[Claim]) -> Iterator[tuple[Ref, Ref]]:
    """Who turns down and the state whose wish it is: whose position is about the same words, or who tells it there."""
    first, last = _about(claim)
    asked = [w for w in wanted if _about(w)[0] < last and first < _about(w)[1]]
    wishing = [s for w in asked for h in _holders(w) if (s := _state(text, w, h)) is not None]
    wishing = wishing or _whose(text, claim)
    for source in _holders(claim):
        mine = _state(text, claim, source)
        if _is_court(text, claim, source):
            continue  # of the law, not between states
        if mine is not None and wishing and mine not in wishing:
            yield source, wishing[0]


def _whose(text: Text, claim: Claim) -> list[Ref]:
    """Whose idea a position is about: "Doeland's request", or who acts in the sentence before that "that" means."""
    words = text.doc[text.token(_about(claim)[0]).i : text.token(_about(claim)[1] - 1).i + 1]
    ideas = [t for t in words if t.lemma_ in IDEAS]
    heads = [c for t in ideas for c in t.children if c.dep_ in {"poss", "amod", "compound", "nmod"}]
    if not ideas and words.start < text.token(claim.evidence.words[0]).sent.start:
        heads = [h for h in text.subjects(words[0].sent.root) if h.pos_ != "PRON"]
    named = [a.ref for h in heads for a in text.actors(h)]
    return [s for r in named if (s := text.state(r)) is not None][:1]


def _about(claim: Claim) -> tuple[int, int]:
    """The characters that a position is about."""
    return next(a.evidence.words for a in claim.assertions if a.property == "text")


def _value(claim: Claim, name: str) -> str:
    return next((str(a.value) for a in claim.assertions if a.property == name), "")


def _holders(claim: Claim) -> list[Ref]:
    return [a.value for a in claim.assertions if a.property == "holder" and isinstance(a.value, Ref)]


def _is_court(text: Text, claim: Claim, holder: Ref) -> bool:
    known = next((e for e in claim.entities if e.id == holder), None) or text.entities.get(holder)
    return known is not None and not nouns("court").isdisjoint(known.label.lower().split())


def _state(text: Text, claim: Claim, holder: Ref) -> Ref | None:
    """The state or bloc that a holder is or speaks for."""
    brought: dict[Ref, Entity] = {e.id: e for e in claim.entities}
    if holder in text.entities and holder not in brought:
        return text.state(holder)
    return brought[holder].country if holder in brought else None


def _pair(text: Text, claim: Claim) -> tuple[Ref | None, ...]:
    """The states of a refusal told by a verb."""
    values = {a.property: a.value for a in claim.assertions}
    if values.get("cameoRoot") != "12":
        return ()
    return tuple(_state(text, claim, Ref(str(values[name]))) for name in ("source", "recipient"))

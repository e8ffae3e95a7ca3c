"""Agreements that a text tells without naming both sides with the verb: "the accord was announced".

An agreement binds both sides, so it is told once for each. A signing that the text tells as held is the agreement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Assertion, BlockKind, Claim, FactKind, Ref
from kg.stages.relate.actions.blame import TELLING
from kg.stages.relate.actions.deeds import between
from kg.stages.relate.actions.mode import Mode, mode
from kg.stages.relate.actions.words import is_one_of, lemma, nouns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.stages.relate.actions.actors import Cast
    from kg.stages.relate.text import Text
    from kg.tokens import Token

_BEFORE = frozenset({"after", "since", "before", "when", "once", "until", "if", "unless", "whether"})
_PARTS = frozenset({"outline", "term", "detail", "text", "framework", "content", "contour", "substance", "package",
                    "version"})  # fmt: skip
BODY = frozenset({BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.SPEECH})
_PAIR = 2
_OLD = frozenset({"date", "stem"})  # "the treaty between Doeland and Roeland dates from 1991"
STORY = 3  # sentences: a text that tells who talks with whom


class Accords:
    """The agreements of a text, each told once, in the words that tell it first."""

    def __init__(self, text: Text, claims: Sequence[Claim]) -> None:
        self.text = text
        self.signed = _signed(text, claims)
        self.known: set[frozenset[Ref]] = set()

    def told(self, cast: Cast, here: Sequence[Claim]) -> Iterator[Claim]:
        """The agreements of a sentence that nothing told before; `here` are its other actions."""
        if len(self.text.sentences) < STORY:
            return  # a lead alone names its sides with the verb
        for token, sides in _accords(self.text, cast):
            pair = frozenset(sides)
            before = [parties for i, parties in self.signed if i < cast.sent.end_char]
            if pair in self.known or len(pair) < len(sides) or any(pair <= parties for parties in before):
                continue
            self.known.add(pair)
            done = {self._sides(c) for c in here}
            for n, (a, b) in enumerate((sides, sides[::-1])):
                if (a, b) not in done:
                    yield self._claim(cast, token, a, b, n)

    def _claim(self, cast: Cast, token: Token, source: Ref, recipient: Ref, n: int) -> Claim:
        words = (token.idx, token.idx + len(token))
        evidence = self.text.words(cast.sent, words, "action-accord")
        said = {"source": source, "recipient": recipient, "eventCode": "AGREE", "cameoRoot": "03", "status": "Done"}
        assertions = tuple(Assertion(name, value, evidence) for name, value in said.items())
        brought = tuple(cast.entities[r] for r in (source, recipient) if r in cast.entities)
        return Claim(Ref(f"action@{token.idx}.accord{n}"), FactKind.ACTION, assertions, evidence, entities=brought)

    def _sides(self, claim: Claim) -> tuple[Ref | None, ...]:
        """The states of an action that tells an agreement."""
        values = {a.property: a.value for a in claim.assertions}
        ends = [values[name] for name in ("source", "recipient") if values["cameoRoot"] == "03"]
        known = {**self.text.entities, **{e.id: e for e in claim.entities}}
        return tuple(known[r].country or r for r in ends if isinstance(r, Ref) and r in known)


def _accords(text: Text, cast: Cast) -> Iterator[tuple[Token, tuple[Ref, Ref]]]:
    """The agreements that a sentence tells, between the sides it names, else those of the talks."""
    for token in cast.sent:
        noun = token.pos_ in {"NOUN", "PROPN"} and is_one_of(token, "accord") and _made(token)
        if not noun and not (token.lemma_.lower() == "negotiation" and _concluded(token)):
            continue
        sides = _sides(text, cast, token)
        if sides is not None:
            yield token, sides
            return


def _signed(text: Text, claims: Sequence[Claim]) -> list[tuple[int, frozenset[Ref]]]:
    """The parties of the signings told as held, each with where it is told."""
    found = []
    for claim in claims:
        held = any(a.property == "status" and a.value == "Held" for a in claim.assertions)
        told = text.block(text.token(claim.evidence.words[0])) in BODY  # a headline "seals a deal" without a signing
        if claim.kind is FactKind.SIGNING and held and told:
            parties = frozenset(a.value for a in claim.assertions if isinstance(a.value, Ref))
            found.append((claim.evidence.start, parties))
    return found


def _made(noun: Token) -> bool:
    """Whether an agreement is told as reached: by a verb of reaching, or as what is in place ("under the accord")."""
    if any(c.lower_ in {"no", "any", "another"} for c in noun.children):
        return False
    definite = any(c.lower_ in {"the", "this", "that"} for c in noun.children)
    if definite and noun.doc[noun.i + 1].lower_ == "between":
        stage = noun.dep_ == "pobj" and noun.head.head.pos_ == "NOUN"  # "the entry into force of the accord"
        old = noun.head.lemma_ in _OLD or (noun.head.lemma_ == "be" and _dated(noun.head))  # "is from 1979"
        return not _dated(noun) and not old and noun.sent.start > 0 and not stage
    if noun.dep_ == "pobj" and noun.head.lower_ == "under":
        return any(c.dep_ == "acl" and lemma(c) in nouns("accord-made") for c in noun.children)
    if any(c.dep_ == "acl" and c.tag_ == "VBN" and lemma(c) in nouns("accord-made") for c in noun.children):
        return definite
    if any(c.dep_ == "relcl" and lemma(c) in nouns("accord-made") and _done(c) for c in noun.children):
        return True  # "since the accord that the two concluded"
    part = noun
    while part.dep_ == "pobj" and part.head.lower_ == "of" and part.head.head.lemma_.lower() in _PARTS:
        part = part.head.head  # "the outline of a deal was settled"
    on = part.dep_ == "pobj" and part.head.lower_ in {"on", "to"} and part.head.head.lemma_ == "agree"
    verb = part.head.head if on else part.head
    return (on or part.dep_ in {"dobj", "nsubjpass"}) and lemma(verb) in nouns("accord-made") and _done(verb)


def _concluded(noun: Token) -> bool:
    """Whether negotiations are told as brought to their end: "declared the negotiations concluded"."""
    verb = noun.head
    if noun.dep_ == "nsubj" and verb.dep_ in {"ccomp", "oprd", "xcomp"}:
        return verb.lemma_ in nouns("talks-ended") and verb.tag_ in {"VBN", "VBD"}
    return noun.dep_ in {"dobj", "nsubjpass"} and verb.lemma_ in nouns("talks-ended") and _done(verb)


def _done(verb: Token) -> bool:
    """Whether a verb tells what happened: not planned, nor long past ("after the two had struck a deal")."""
    told = verb.dep_ == "ccomp" and verb.head.lemma_ in TELLING  # "announced that they had settled"
    past = not told and any(c.lower_ == "had" and c.dep_ == "aux" for c in verb.children)
    before = verb.dep_ == "advcl" and any(c.lower_ in _BEFORE for c in verb.children)
    return mode(verb) is Mode.DONE and not past and not before


def _dated(noun: Token) -> bool:
    """Whether an agreement is an old one: "under the agreement of 2000"."""
    return any(t.ent_type_ == "DATE" or t.like_num for t in noun.subtree)


def _sides(text: Text, cast: Cast, token: Token) -> tuple[Ref, Ref] | None:
    """The two states that an agreement binds."""
    own = [s.state for s in between(cast, token)]
    owner = [token.head.head] if any(c.lower_ == "whose" for c in token.children) else text.subjects(token.head)
    inside = [s for s in cast.sightings if token.left_edge.i <= s.i <= token.right_edge.i]
    own = own or [s.state for s in (*(s for head in owner for s in cast.phrase(head)), *inside)]
    own = list(dict.fromkeys(own))
    if len(own) == _PAIR:
        return own[0], own[1]
    named = list(dict.fromkeys(s.state for s in cast.sightings))
    main = text.two_sides if len(text.two_sides) == _PAIR and (not named or set(named) & set(text.two_sides)) else named
    if len(main) != _PAIR or not set(own) <= set(main):
        return None
    return main[0], main[1]

"""Whose parliament or government a sentence means: "The bill sets duties", "It would raise the tariff"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.goods.products import state_at

if TYPE_CHECKING:
    from kg.stages.relate.goods.products import Named
    from kg.stages.relate.text import Text
    from kg.tokens import Token

BODIES = frozenset({
    "government", "country", "administration", "cabinet", "ministry", "parliament", "bill", "lawmakers", "senators",
    "deputies", "legislators", "law", "congress", "senate"
})  # fmt: skip
_MEASURES = frozenset({"measure", "plan", "law", "bill", "order", "scheme", "regime", "proposal", "act", "decree"})
_BILL_REACH = 150  # tokens from "Mexican lawmakers" to what their bill does


def told_before(text: Text, first: int, heads: list[Token]) -> list[Token]:
    """The subject of the sentence before where "it" is that of this one: "The bill passed. It sets duties"."""
    if len(heads) != 1 or heads[0].lower_ not in {"it", "they"}:
        return heads
    before = [s for s in text.sentences if s.end <= first][-1:]
    return [t for s in before for t in s if t.dep_ == "nsubj"][:1]


def measure(text: Text, noun: Token | None) -> list[Named]:
    """As in "the EU's new steel measure, under which a tariff of 50 percent is to be applied"."""
    for i in range(noun.i - 1, max(noun.sent.start + 1, noun.i - 8), -1) if noun is not None else ():
        if text.doc[i].lower_ == "which" and text.doc[i - 1].lower_ == "under":
            antecedent = text.doc[i - 2 - (text.doc[i - 2].text == ",")]
            parts = antecedent.subtree if antecedent.lemma_ in _MEASURES else ()
            return next(([n] for t in parts if t.i <= antecedent.i and (n := state_at(text, t.i)) is not None), [])
    return []


def home(text: Text, before: int) -> list[Named]:
    """The state of the last parliament or government named before a token: "Mexican lawmakers ... The bill sets"."""
    for i in range(before - 1, max(0, before - _BILL_REACH), -1):
        if text.doc[i].lower_ in BODIES:
            owner = i - 1 - (text.doc[i - 1].tag_ == "POS")
            named = state_at(text, owner) if owner >= 0 else None
            if named is not None:
                return [named]
    return []

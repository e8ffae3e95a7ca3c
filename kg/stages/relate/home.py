"""The state of a body that a text names without one: "the government", "the army"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.model import Ref
    from kg.stages.relate.text import Text
    from kg.tokens import Token

HOME_BODIES = frozenset({"government", "cabinet", "army", "military", "parliament"})
_RULED = frozenset({"government", "administration", "cabinet", "country", "delegation"})
_OFFICES = frozenset({"ministry", "office"})  # "the Foreign Ministry"
_OWN = frozenset({"poss", "amod", "compound", "nmod"})
_FAR = 400  # tokens back in which the body was named with its state


def of_ruler(body: Token) -> Token | None:
    """The pronoun in "her government", "his administration": they act for the state of whom it means."""
    whose = (c for c in body.children if c.lower_ in {"his", "her"} and c.dep_ == "poss")
    return next(whose, None) if body.lower_ in _RULED else None


def home_state(text: Text, body: Token) -> Ref | None:
    """The state whose body was named before ("Sudan's army ... the army"), else that from which the report is written.

    Without a dateline it is the state named most.
    """
    lemma = body.lemma_.lower()
    if lemma not in HOME_BODIES | _OFFICES:
        return None
    known = text.entity(body)
    stateless = known is None or (text.kind(known) is EntityKind.ORGANIZATION and text.state(known) is None)
    named = body.text == "Parliament" or any(c.lower_ == "the" for c in body.children)
    if not stateless or not named or (known is None and lemma in _OFFICES):
        return None
    owned = any(c.dep_ in _OWN and (known is None or c.dep_ == "poss") for c in body.children)
    if owned or text.prepositions(body, "of", "in"):
        return None
    for token in reversed(text.doc[max(body.i - _FAR, 0) : body.i]):
        if token.lemma_.lower() == lemma:
            near = [text.entity(t) for t in (token, *token.children) if t.dep_ in _OWN or t is token]
            states = [s for r in near if r is not None and (s := text.state(r)) is not None]
            if states:
                return states[0]
    home = text.dateline.country if text.dateline is not None else None
    return home if home in text.parties else next(iter(text.parties), None)

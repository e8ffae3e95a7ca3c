"""Which state a word of a text on tariffs stands for: a name, a capital, or somebody who acts for it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.lexicon import mapping, words
from kg.model import EntityKind, Ref
from kg.stages.relate.goods.products import Named, state_at

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Token

LIKELIEST = Ref("country/US")  # the state whose tariffs most news are about
_BESIDE = 32  # characters between a person or office and the name of the state
_BEHIND = 12  # characters from an office to the state in "president of Mexico"


def state_of(text: Text, token: Token) -> Named | None:
    """The state that a token names or that the person or body named there acts for."""
    named = state_at(text, token.i)
    if named is not None:
        return named
    union = token.text == "Union" and token.i and token.nbor(-1).lower_ == "the" and token.ent_type_ != "PERSON"
    if token.lower_ == "bloc" or union:  # the first one that the text names
        blocs = (m for m in text.mentions.mentions if text.kind(m.entity) is EntityKind.BLOC)
        return next(((m.entity, m.start, m.end) for m in blocs), None)
    actor = text.who(token)
    state = text.state(actor.ref) if actor is not None else None
    if actor is None or state is None or (state != LIKELIEST and not told_of(text, actor.ref, state)):
        return None  # a guess at the state counts only where it is the likeliest one
    return (state, *text.span_of(token.i))


@cache
def _untaxed() -> frozenset[str]:
    return frozenset(f"country/{code}" for code in words("without_tariffs"))


def trading(state: Ref) -> bool:
    """Whether a state or bloc can charge tariffs or be charged them; the WTO and the United Nations cannot."""
    return state not in _untaxed()


def levying(state: Ref) -> Ref:
    """Whose tariffs are charged at the border of a state: its own, or those of its customs union."""
    union = mapping("customs_unions").get(state.rpartition("/")[2])
    return Ref(f"country/{union}") if union is not None else state


def charges(text: Text, state: Ref) -> bool:
    """Whether a state or bloc charges tariffs: ASEAN or the BRICS sell goods, but have no tariff in common."""
    bloc = state in text.entities and text.kind(state) is EntityKind.BLOC
    return trading(state) and (not bloc or state.rpartition("/")[2].upper() in mapping("customs_unions"))


def told_of(text: Text, person: Ref, state: Ref) -> bool:
    """Whether the text says for which state somebody acts, so that it is not only guessed from what else it tells."""
    if text.kind(person) is not EntityKind.PERSON:
        return True
    near = [(o.start - _BESIDE, o.end + _BEHIND) for o in text.mentions.offices if o.holder == person]
    near += [(m.start - _BESIDE, m.start) for m in text.mentions.mentions if m.entity == person]
    named = (m for m in text.mentions.mentions if text.kind(m.entity) is not EntityKind.PERSON)
    places = [m for m in named if text.state(m.entity) == state]
    return any(first <= m.start < end for m in places for first, end in near)


def first_state(text: Text, start: int, reach: int) -> list[Named]:
    """The first state named in a noun phrase that begins at a token."""
    for i in range(start, min(start + reach, len(text.doc))):
        named = state_of(text, text.doc[i])
        if named is not None:
            return [named]
        if text.doc[i].pos_ in {"VERB", "AUX", "PUNCT", "ADP"} or (
            text.doc[i].pos_ == "SCONJ" and text.doc[i].lower_ != "that"  # "in steps unless Mexico acts"
        ):
            break
    return []

"""To which states a text ascribes tariffs: where it names their imposer, and where it tells who suffers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import BlockKind
from kg.stages.relate.goods.products import state_at
from kg.stages.relate.passages import once
from kg.stages.relate.tariffs.acts import ASK, OFFER, above, act, governor
from kg.stages.relate.tariffs.sides import agents, modifiers
from kg.stages.relate.tariffs.states import LIKELIEST, charges, levying, state_of
from kg.stages.relate.tariffs.words import marks, verb_class
from kg.tokens import of_text

if TYPE_CHECKING:
    from kg.model import Ref
    from kg.stages.relate.goods.products import Named
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text
    from kg.tokens import Token, Tokens

_DEEDS = frozenset({"impose", "raise", "hit", "threaten"})
_BACK = frozenset({"retaliation", "countermeasure", "counter-measure"})  # "India has put off its retaliation"
_WEIGHT = 3  # tariffs told that a headline outweighs
_SILENT = frozenset({"tariff-row", "tariff-getter"})  # rules that take their imposer from elsewhere


def owners_of(text: Text, found: list[Frame]) -> list[Named]:
    """The states to which the text ascribes tariffs, also where it says no more of them: "Trump's tariff policy"."""
    told = {f.at.i for f in found}
    named = [f.imposers[0] for f in found if f.imposers and f.rule not in _SILENT]
    for i in marks(text.doc).nouns - told:
        named += _ascribed(text, text.doc[i])
    named += [o for t in _back(text.doc) for o in modifiers(text, t)[0]]
    return sorted(((levying(o[0]), *o[1:]) for o in (*named, *_theme(text)) if charges(text, o[0])), key=lambda o: o[1])


@of_text
def _back(doc: Tokens) -> list[Token]:
    """The nouns that tell of tariffs in answer to others."""
    return [t for t in doc if t.lemma_.lower() in _BACK and t.pos_ == "NOUN"]


def _nobody() -> list[Named]:
    return []


@once(_nobody)
def _ascribed(text: Text, noun: Token) -> list[Named]:
    """Whose the tariff is that a noun speaks of, by the words around it."""
    kind = text.block(noun)
    if kind is BlockKind.META:
        return []
    poor = kind is BlockKind.HEADLINE and noun.dep_ != "dobj"  # who acts is not read from the parse of headlines
    acting = [] if poor else agents(text, noun, act(noun, governor(noun), to_rate=False))
    return modifiers(text, noun)[0] or acting[:1] or _resisted(text, noun)


def _resisted(text: Text, noun: Token) -> list[Named]:
    """As in "China has asked that the duties be withdrawn": those of the other of two sides."""
    doing = act(noun, governor(noun), to_rate=False)
    if doing.verb is None or doing.kind not in {"lower", "remove", "pause"} or above(doing.verb) not in ASK:
        return []
    asking = [s for v in doing.verb.ancestors if v.lemma_.lower() in ASK for s in text.subjects(v)]
    states = [n[0] for t in asking if (n := state_of(text, t)) is not None]
    return _other(text, states[0], noun.idx) if states else []


def _other(text: Text, state: Ref, before: int) -> list[Named]:
    """The other one of the two sides of a text, where it was named last."""
    sides = text.two_sides
    if state not in sides or len(sides) != 2:
        return []
    other = next(s for s in sides if s != state)
    near = [m for m in text.mentions.mentions if m.entity == other and m.start < before]
    return [(other, near[-1].start, near[-1].end)] if near else []


def _theme(text: Text) -> list[Named]:
    """The state that a headline says to impose on the goods of another: "Canada hits Chinese cars"."""
    heading = [t for b in text.document.blocks if b.kind is BlockKind.HEADLINE for t in text.within(b.start, b.end)]
    deed = next((t for t in heading if verb_class(t) & _DEEDS and t.lemma_ not in OFFER | {"offer"}), None)
    if deed is None or deed.tag_ == "VBN" or any(t.dep_ == "auxpass" for t in deed.children):
        return []
    named = [(t.i, n) for t in heading if (n := state_at(text, t.i)) is not None]
    before, behind = [n for i, n in named if i < deed.i], [n for i, n in named if i > deed.i]
    clear = len({n[0] for n in before}) == 1 and bool(behind) and behind[0][0] != before[0][0]
    return before[:1] * _WEIGHT if clear else []


def in_ground(text: Text, frame: Frame) -> set[Ref]:
    """The states in a reason, which do not impose: "countries doing business with Iran"."""
    if frame.ground is None or frame.imposers:
        return set()
    inside = (m for m in text.mentions.mentions if frame.ground[1] <= m.start < frame.ground[2])
    return {s for m in inside if (s := text.state(m.entity)) is not None and s != LIKELIEST}

"""What the words that open a sentence tell of its tariffs: whose they are, and on which goods."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.acts import NOTHING
from kg.stages.relate.tariffs.sides import acting_between, agents, inside, modifiers
from kg.stages.relate.tariffs.states import state_of
from kg.stages.relate.tariffs.words import is_tariff

if TYPE_CHECKING:
    from kg.stages.relate.goods.products import Goods, Named
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.tariffs.goods import Reader

_PLANS = frozenset({"plan", "proposal", "order", "decree", "law", "bill", "regulation", "scheme", "draft", "measure"})
_SHELTERING = frozenset({
    "protect", "shield", "shelter", "guard", "wall", "fence", "insulate", "cushion", "defend", "safeguard", "seal"
})  # fmt: skip
_PLANNING = frozenset({"plan", "want", "intend", "propose", "decide", "announce", "threaten", "prepare"})
_FIRST = 7  # tokens in which a plan stands
_LABEL = 9  # tokens up to the colon behind goods


def under(reader: Reader, frame: Frame) -> list[Named]:
    """As in "In the countermeasures published by Beijing, soybeans are hit with 10%": whose tariffs open a sentence."""
    if frame.pays and (planner := _planner(reader, frame)) is not None:
        return [planner]
    if not frame.pays or reader.text.doc[frame.sent.start].lower_ not in {"in", "under", "with", "by"}:
        return []
    before = reader.text.doc[frame.sent.start : frame.at.i]
    plan = next((t for t in before[:_FIRST] if t.lemma_.lower() in _PLANS), None)
    if plan is not None and plan.dep_ == "pobj" and (whose := inside(reader.text, plan)) is not None:
        return [whose]  # "Under a plan of the Commission steel would pay 50 percent"
    noun = next((t for t in before if is_tariff(t)), None)
    if noun is None or noun == frame.host:
        return []
    return modifiers(reader.text, noun)[0] or agents(reader.text, noun, NOTHING)


def _planner(reader: Reader, frame: Frame) -> Named | None:
    """As in "The EU plans to follow suit: whatever exceeds the quota is to be charged 50 percent"."""
    colon = next((t.i for t in frame.sent if t.text == ":" and t.i < frame.at.i), None)
    before = reader.text.doc[frame.sent.start : colon] if colon is not None else ()
    planning = any(t.lemma_ in _PLANNING for t in before)
    subjects = (state_of(reader.text, t) for t in before if planning and t.dep_ == "nsubj")
    return next((n for n in subjects if n is not None), None)


def sheltered(reader: Reader, frame: Frame) -> None:
    """As in "Canada's farmers are shielded by tariffs of up to 270 percent": the goods are those of who imposes."""
    noun = frame.host
    link = noun.head if noun is not None and noun.dep_ == "pobj" else None
    if link is None or link.lower_ not in {"by", "with", "behind"} or link.head.lemma_ not in _SHELTERING:
        return
    clause = link.head.dep_ == "relcl"
    whose = [link.head.head] if clause else reader.text.subjects(link.head)
    own = [n for t in whose if (n := state_of(reader.text, t) or inside(reader.text, t)) is not None]
    plain = bool(own)
    own = own or [*frame.targets, *(s for g in frame.goods for s in g.states)] or _acting_before(reader, frame)
    if own and (plain or not frame.imposers):
        frame.imposers, frame.targets = own[:1], []
        frame.goods = [replace(g, label=g.bare, states=[]) if g.states else g for g in frame.goods]


def _acting_before(reader: Reader, frame: Frame) -> list[Named]:
    """Who acts in the sentence before, or is named first in this one."""
    before = [s for s in reader.text.sentences if s.end <= frame.sent.start]
    acting = acting_between(reader.text, before[-1].start, before[-1].end) if before else []
    named = (n for t in frame.sent if t.i < frame.at.i and (n := state_of(reader.text, t)) is not None)
    return [*named][:1] or acting[:1]


def topic(reader: Reader, frame: Frame) -> list[Goods]:
    """As in "Steel and aluminium: the United States charges 25 percent": the goods that open a sentence."""
    colon = next((t.i for t in reader.text.doc[frame.sent.start : frame.sent.start + _LABEL] if t.text == ":"), None)
    if colon is None or colon >= frame.at.i:
        return []
    named = reader.listing(frame.sent.start, colon)
    return named.goods if named.end >= colon and all(g.concept is not None for g in named.goods) else []

"""What two sides offer and ask in haggling over a tariff: "wants 15 percent on rice; New Delhi has offered 40"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.stages.relate.goods.lists import listing
from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.tariffs.acts import Act
from kg.stages.relate.tariffs.frame import Frame
from kg.stages.relate.tariffs.group import Amount, single
from kg.stages.relate.tariffs.sides import inside
from kg.stages.relate.tariffs.states import state_of, trading

if TYPE_CHECKING:
    from kg.stages.relate.goods.products import Goods, Named
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_GIVING = frozenset({"offer", "propose", "put", "go", "come", "concede", "suggest"})
_ASKING = frozenset({"ask", "call", "demand", "insist", "want", "hold", "push", "seek", "request", "press", "settle"})
_BIDDING = _GIVING | _ASKING | {"agree"}
_LINKS = {"ask": "for", "call": "for", "push": "for", "press": "for", "hold": "for", "settle": "for", "insist": "on",
          "go": "to", "come": "to", "agree": "on"}  # fmt: skip
_FILLING = frozenset({
    "for", "on", "to", "at", "with", "out", "down", "up", "back", "only", "just", "a", "rate", "of", "about",
    "around", "no", "more", "than", "least", "as", "low", "far", "-", "duty", "tariff", "level"
})  # fmt: skip
_BEHIND = frozenset({
    "%", "percent", "per", ",", ".", ";", "and", "while", "but", "on", "for", "over", "in", "within", "if", "instead",
    ")", "–", "—", "after", "from", "as", "at", "”", '"'
})  # fmt: skip
_FROM = re.compile(r"(?:\s?%|\s?per ?cent)?,? (?:up |down )?from (?P<old>\d{1,3}(?:\.\d+)?)\b", re.IGNORECASE)
_WEAK = frozenset({"tariff-levied", "tariff-listed"})  # rules that know no verb of the rate
_RATE = re.compile(r"\d{1,3}(?:\.\d+)?")
_ZERO = frozenset({"zero", "nil"})
_HIGHEST = 300
_NEAR = 70  # tokens between a bid and the tariff that it is about
_REACH = 8  # tokens from the verb to the rate


def bids(text: Text, sent: Span, here: list[Frame], found: list[Frame]) -> list[Frame]:
    """The tariffs of a sentence with those that a side offers or asks for, where one is told before or goods are named.

    Args:
        text: The document.
        sent: The sentence.
        here: The tariffs read in it.
        found: Those read before.
    """
    if "?" in sent[-2:].text:
        return here
    claimed = {i: f for f in here if f.group is not None for i in f.group.tokens}
    bid: list[Frame] = []
    for verb in sent:
        bidding = verb.lemma_ in _BIDDING and verb.pos_ in {"VERB", "AUX"}
        if not bidding or stage(verb) is Stage.NEGATED:
            continue
        at = _rate(text, sent, verb)
        zero = at is not None and at.lower_ in _ZERO and verb.lemma_ in _ASKING  # none asks it of himself
        weak = at is not None and (at.i not in claimed or claimed[at.i].rule in _WEAK or zero)
        side = _side(text, verb) if at is not None and weak else None
        if at is not None and side is not None:
            last = next((f for f in reversed([*found, *here, *bid]) if f.at.i < at.i), None)
            frame = _bid(text, sent, verb, at, side, last)
            bid += [frame] if frame is not None else []
            here = [f for f in here if frame is None or f is not claimed.get(at.i)]
    return sorted([*here, *bid], key=lambda f: f.at.i) if bid else here


def _rate(text: Text, sent: Span, verb: Token) -> Token | None:
    """The rate behind a verb, with nothing but words of measure between."""
    words: list[str] = []
    for token in text.doc[verb.i + 1 : min(sent.end, verb.i + _REACH)]:
        if _RATE.fullmatch(token.text) or token.lower_ in _ZERO:
            after = text.doc[token.i + 1].lower_ if token.i + 1 < sent.end else "."
            linked = _LINKS.get(verb.lemma_, "") in {"", *words}
            tabled = verb.lemma_ != "put" or "on the table" in text.doc[token.i : token.i + 6].text
            rate = token.lower_ in _ZERO or Decimal(token.text) <= _HIGHEST
            return token if after in _BEHIND and linked and tabled and rate and not text.is_time(token) else None
        if token.lower_ not in _FILLING:
            return None
        words.append(token.lower_)
    return None


def _side(text: Text, verb: Token) -> Named | None:
    """The state that offers or asks."""
    while verb.dep_ in {"xcomp", "conj"} and not text.subjects(verb):
        verb = verb.head
    heads = text.subjects(verb)
    named = (n for h in heads if (n := state_of(text, h) or inside(text, h)) is not None)
    return next((n for n in named if trading(n[0])), None)


def _bid(text: Text, sent: Span, verb: Token, at: Token, side: Named, last: Frame | None) -> Frame | None:
    value = Decimal(0) if at.lower_ in _ZERO else Decimal(at.text)
    group = single(text, Amount(value, at.idx, at.idx + len(at)))
    goods = _goods(text, sent, at)
    near = last is not None and bool(last.rates or last.goods) and sent.start - last.sent.end < _NEAR
    old = _FROM.match(text.document.text, at.idx + len(at))
    if old is not None:
        group.previous = Amount(Decimal(old["old"]), old.start("old"), old.end("old"))
    if last is not None and near:
        own = side[0] in {i[0] for i in last.imposers}
        if own if verb.lemma_ in _ASKING else side[0] in {t[0] for t in last.taxed}:
            return None  # who charges does not ask, and who pays does not offer
        same = last.status == "InForce" and not goods
        before = last.group.rates[0] if same and last.group is not None and last.group.rates else None
        group.previous = group.previous or before or (last.group.previous if last.group is not None else None)
        bid = replace(last, sent=sent, at=at, rule="tariff-bid", group=group, goods=goods or last.goods, when=None)
        bid.status, bid.firm, bid.until, bid.ground, bid.leader = "Proposed", True, None, None, last
        bid.targets = [] if goods else last.targets
        if verb.lemma_ == "want" and goods and value and not last.imposers:
            bid.imposers, bid.targets = [side], last.taxed  # "for potash the Commission wants 50 per cent"
        if verb.lemma_ == "agree":  # "India had agreed on 18 percent": what it will be charged
            bid.status, bid.targets, bid.goods, bid.leader = "Agreed", [side], goods, None
            bid.imposers = [i for i in last.imposers if i[0] != side[0]]
            group.previous = None
        return bid
    other = [s for s in text.two_sides if s != side[0]]
    if not goods or len(other) != 1:
        return None
    first = next(((m.entity, m.start, m.end) for m in text.mentions.mentions if m.entity == other[0]), side)
    sides = (side, first) if verb.lemma_ in _GIVING else (first, side)
    bid = Frame(sent, at, "tariff-bid", Act("lower", verb), group=group, goods=goods, status="Proposed", firm=True)
    bid.imposers, bid.targets = [sides[0]], [sides[1]]
    return bid


def _goods(text: Text, sent: Span, at: Token) -> list[Goods]:
    """The goods that the rate is for: "40 on rice", "For wine they offered 50"."""
    after = at.i + 1
    while after < sent.end and text.doc[after].lower_ in {"%", "percent", "per", "cent"}:
        after += 1
    if after < sent.end and text.doc[after].lower_ in {"on", "for"}:
        return [g for g in listing(text, after + 1, sent.end).goods if g.concept is not None]
    clause = max((t.i + 1 for t in text.doc[sent.start : at.i] if t.text in {";", ":"}), default=sent.start)
    if text.doc[clause].lower_ in {"for", "on"}:
        return [g for g in listing(text, clause + 1, at.i).goods if g.concept is not None]
    return []

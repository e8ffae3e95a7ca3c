"""What the tariffs of one sentence share: the origin told once behind them, the words before a list of labels."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.words import RATE_NOUNS

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.tariffs.group import Group
    from kg.stages.relate.tariffs.verbs import Host
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token


_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "its"})
_BEYOND = re.compile(
    r"\b(?:above|beyond|outside|over|exceed(?:s|ing)?|in excess of|past) "
    r"(?:that|this|it|them|those|these|(?:the|that|this|its|their) (?:\w+ )?"
    r"(?:quotas?|limits?|threshold|ceiling|volumes?|amount|figure|number|tonnage))\b"
    r"|\bout-of-quota\b|\bonce (?:the|that|this) (?:\w+ )?quota\b",
    re.IGNORECASE,
)


def share(found: list[Frame]) -> None:
    """Give the tariffs of a sentence what it tells once for all of them."""
    _shared_origin(found)
    _shared_bearer(found)
    _parts(found)
    _shared_day(found)


def _shared_origin(found: list[Frame]) -> None:
    """As in "25 percent on steel and 10 percent on aluminum from Canada": whose goods both are."""
    for frame, after in pairwise(found):
        behind = [g for g in after.goods if g.of_state and g.start > after.at.idx]
        open_ = bool(frame.goods) and not frame.taxed and all(g.key and g.start > frame.at.idx for g in frame.goods)
        if after.rule == "tariff-listed" and behind and open_ and after.doing == frame.doing:
            frame.targets = list(behind[-1].states)
        leading = [s for g in frame.goods[-1:] for s in g.states if s[1] == g.start]
        led = leading or ([] if any(g.states for g in frame.goods[-1:]) else frame.targets)
        if frame.rule == after.rule == "tariff-beside" and frame.doing.kind and frame.doing == after.doing and led:
            after.targets = after.targets if after.taxed else led  # "on American cars (60 percent), spirits (70)"


def _shared_bearer(found: list[Frame]) -> None:
    """As in "On top of a levy of 10 percent, Peru faces 25 percent": who bears what others come on top of."""
    for frame in found:
        main = next((f for f in found if f.at.i > frame.at.i and f.taxed and not f.background), None)
        if frame.background and main is not None and not (frame.goods or frame.targets):
            frame.targets, frame.imposers = main.taxed, frame.imposers or main.imposers


def _parts(found: list[Frame]) -> None:
    """As in "pays 45 percent: 35 percent of anti-dumping duties and 10 under Section 232": what a rate sums up."""
    for frame in found[1:]:
        whole = found[0]
        colon = ":" in frame.at.doc[whole.at.i : frame.at.i].text and whole.group is not None and bool(whole.rates)
        sides = {s[0] for s in (*whole.imposers, *whole.taxed)}
        open_ = bool(frame.rates) and not frame.goods and {s[0] for s in (*frame.targets, *frame.imposers)} <= sides
        if colon and open_ and sum(sorted(r for f in found[1:] for r in f.rates)[:2]) <= max(whole.rates):
            frame.goods, frame.targets, frame.imposers = whole.goods, whole.taxed, whole.imposers


def _shared_day(found: list[Frame]) -> None:
    """The day told once behind a list is that of all: "25 percent on steel and 10 percent on aluminum on June 1"."""
    for frame in found:
        rest = [f for f in found if (f.head is frame.head or _one_noun(f, frame)) and f.rule != "tariff-elsewhere"]
        days = {f.when.date: f.when for f in rest if f.when is not None}
        when = next(iter(days.values())) if len(days) == 1 else None
        open_ = frame in rest and frame.when is None and (frame.group is None or not frame.group.now)
        if open_ and when is not None and when.start > max(f.at.idx for f in rest):
            frame.when = when


def _one_noun(frame: Frame, other: Frame) -> bool:
    """As in "a 25 percent tariff on its goods, 10 percent in the case of energy, took effect on Tuesday"."""
    if frame.host is None or other.host is None or frame.kind != other.kind or frame.kind not in {"effect", "keep"}:
        return False
    joined = any(b.dep_ == "conj" and b.head == a for a, b in ((frame.host, other.host), (other.host, frame.host)))
    return frame.host == other.host or joined  # "the steel tariff of 25 percent and the tin tariff, in force since"


def headed(found: list[Frame]) -> None:
    """What a list of labels shares: "Mexico's duties on American goods: pork 20 percent, cheese 25 percent"."""
    listed = [f for f in found if f.rule in {"tariff-labelled", "tariff-listed"}]
    first = next((f for f in listed if f.rule == "tariff-labelled"), None)
    head = next((f for f in found if first and f.rule == "tariff-goods" and f.at.i < first.at.i), None)
    if head is None or any(g.key for g in head.goods):
        return
    found.remove(head)
    for frame in listed:
        frame.imposers = frame.imposers or head.imposers
        frame.targets = frame.targets or ([] if frame.taxed else head.taxed)


def leads(frame: Frame) -> bool:
    """Whether goods or states stand before their rate: "for Serbia it is 35 percent and for Bosnia 30"."""
    starts = [g.start for g in frame.goods] + [t[1] for t in frame.targets]
    return bool(starts) and frame.group is not None and max(starts) < frame.group.words[0]


def as_before(frame: Frame, before: Frame, group: Group) -> None:
    """A further rate of a list shares what it does not say itself with the one before."""
    frame.doing, frame.leader, frame.maker = before.doing, before, before.maker and not frame.goods
    if before.kind == "remove" and before.rates == {Decimal(0)} and before.group is not None and group.rates:
        group.lead_to(before.group.rates)  # "its duties of 30 percent on A and 20 on B"
    frame.imposers = frame.imposers or before.imposers
    onto = frame.at.doc[group.last + 1 : group.last + 2].text == "on"
    frame.goods = frame.goods or ([] if frame.targets or onto else before.goods)
    frame.targets = frame.targets if frame.taxed else before.targets
    apart = bool({";", "but"} & {t.lower_ for t in frame.at.doc[before.at.i : frame.at.i]})
    when = frame.when or (None if apart else before.when)
    frame.status, frame.firm, frame.when = before.status, before.firm, when


def beyond(text: Text, frame: Frame, before: Frame | None, span: tuple[int, int]) -> None:
    """The goods of the tariff told before, where a rate is that of what exceeds a quota: "15 percent above it"."""
    words = text.doc[span[0] : span[1]].text
    if before is None or any(g.key for g in frame.goods) or not _BEYOND.search(words):
        return
    frame.goods = [g for g in before.goods if g.key] or before.goods
    frame.targets = frame.targets or before.taxed
    frame.imposers = frame.imposers or before.imposers


def verbless(words: Span) -> bool:
    """Whether a rate has no verb of its own: "the rate on cabinets to rise to 50, and that on sofas to 30"."""
    return not any(t.pos_ == "VERB" for t in words)


def from_before(text: Text, group: Group, held: Host, before: Frame | None) -> None:
    """The rate of the tariff told before, where only the one that it follows is told: "and for chocolate from 20"."""
    last = before.group if before is not None else None
    if last is None or group.previous is not None or not group.rates:
        return
    had_been = held.kind == "case" and held.verb is not None and any(c.lower_ == "had" for c in held.verb.children)
    if had_been or (last.previous is not None and text.doc[group.first - 1].lower_ == "from"):
        group.previous, group.rates = group.rates[0], last.rates  # "; for cars it had been 27.5 percent"


def definite(noun: Token) -> bool:
    """Whether a noun speaks of a tariff told before: "the duty", "its rate"."""
    return noun.lower_ in RATE_NOUNS or any(c.dep_ == "poss" or c.lower_ in _DEFINITE for c in noun.children)

"""What the sentences of a text together tell of tariffs: what "it" and "the duty" mean, and who imposes."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import BlockKind
from kg.stages.relate.goods.meant import meant
from kg.stages.relate.goods.products import state_at
from kg.stages.relate.tariffs.added import NEAR, REACH, THAT_LEVEL, add
from kg.stages.relate.tariffs.again import AGAIN
from kg.stages.relate.tariffs.alike import alike
from kg.stages.relate.tariffs.before import among_removed, follows, of_same_goods, pays_too, points_back, the_rest
from kg.stages.relate.tariffs.bids import bids
from kg.stages.relate.tariffs.charging import charged
from kg.stages.relate.tariffs.detailed import detail, made
from kg.stages.relate.tariffs.digest import digested
from kg.stages.relate.tariffs.examples import examples
from kg.stages.relate.tariffs.fields import field
from kg.stages.relate.tariffs.frames import frames
from kg.stages.relate.tariffs.grounds import carried_over, deal_told
from kg.stages.relate.tariffs.grouped import by_rate
from kg.stages.relate.tariffs.leads import announced
from kg.stages.relate.tariffs.lines import lines
from kg.stages.relate.tariffs.mutual import mutual
from kg.stages.relate.tariffs.parties import settle
from kg.stages.relate.tariffs.planned import planned
from kg.stages.relate.tariffs.plans import as_drafted
from kg.stages.relate.tariffs.previous import before_that, moved_on
from kg.stages.relate.tariffs.rate_first import rate_first
from kg.stages.relate.tariffs.rows import remarked, rows
from kg.stages.relate.tariffs.staged import dated, staged
from kg.stages.relate.tariffs.totals import totals
from kg.stages.relate.tariffs.words import marks, plain, spoken, stands_for

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_HAD_BEEN = re.compile(r"\b(?:had been|was to have|were to have|was originally|were originally|was initially)\b")
_OUT_OF_TURN = frozenset({"had", "has", "have", "will", "would", "may", "might", "could", "still", "already", "since"})
_GENERAL = frozenset({"reciprocal", "baseline", "universal", "general", "blanket", "country-specific"})
_SHARES = frozenset({"tariff-getter", "tariff-payer", "tariff-listed", "tariff-labelled"})
_ANNOUNCED = 300  # characters between the day on which tariffs take effect and who gets which


@lru_cache(maxsize=1)
def read(text: Text) -> tuple[Frame, ...]:
    """The tariffs of a text, in order; without a tariff noun only where goods or states are charged a rate."""
    told = bool(marks(text.doc).ordered)
    percent = any(q.kind == "percent" for q in text.mentions.quantities) or bool(lines(text.document.text))
    found = _read(text) if told or percent else []
    if told or not found:
        return tuple(found)
    return tuple(found) if any(_charged(frame) for frame in found) else ()


def _charged(frame: Frame) -> bool:
    """As in "Canadian goods have been charged 35 per cent": a tariff, though no word says so."""
    sold = any(g.concept or g.generic or g.states for g in frame.goods)
    sided = bool(frame.imposers or frame.taxed)
    return bool(frame.rates) and sided and (sold or (bool(frame.taxed) and not frame.goods))


def _read(text: Text) -> list[Frame]:
    concluded = deal_told(plain(text.doc))
    found: list[Frame] = []
    context: Time | None = None
    ordered = None
    for sent in text.sentences:
        row = [] if field(text, sent, found) or before_that(text, sent, found) else dated(text, sent, found, context)
        row = rate_first(text, sent, found, context) if row is None else row
        row = by_rate(text, sent, found, context) if row is None else row
        row = digested(text, sent, found, context) if row is None else row
        row = rows(text, sent, found, context) if row is None else row
        if row is not None:
            found += row
            continue
        context = announced(text, sent) or context
        here = frames(text, sent, concluded=concluded, before=found[-1] if found else None)
        among_removed(text, sent, here, concluded=concluded)
        here = staged(text, sent, here, found)
        here = here or (planned(text, sent) if found else [])
        ordered = carried_over(sent, here, found, ordered)
        here += alike(text, sent, [*found, *here])
        here = totals(text, sent, bids(text, sent, here, found), found)
        if text.block(sent[0]) is BlockKind.HEADLINE:  # too short to say what it leaves open
            here = [frame for frame in here if frame.imposers or frame.taxed]
        if text.block(sent[0]) is BlockKind.SUBHEAD and charged(text).states:  # "Duties on American goods, by country"
            here = [frame for frame in here if frame.imposers or frame.group is not None]
        as_drafted(found, here)
        here = [] if found and THAT_LEVEL.search(spoken(sent)) else here
        row_before = remarked(text, sent, found)
        for n, frame in enumerate(here):
            if row_before is not None and frame.when is None and frame.status == "InForce":
                frame.when, frame.status, frame.firm = row_before.when, row_before.status, row_before.firm
            levied = frame.rule == "tariff-levied" or (n > 0 and here[0].rule == "tariff-levied")
            if levied and frame.when is None and context is not None and sent.start_char - context.end < 60:
                frame.when = context
                frame.status = (
                    "Threatened" if (context.first or "") > (text.document.published or "9") else frame.status
                )
            if _to_come(text, frame, context):
                frame.when, frame.status = context, "Threatened"
            _ones(frame, [*found, *here[:n]])
            frame.goods = [g for goods in frame.goods for g in meant(text, goods)]
            before = [*found, *here[:n]] if points_back(frame) or (n and pays_too(frame, here[n - 1])) else found
            if before:
                _as_another(frame, before)
                _topical(text, frame, before[-1])
                _charged_so_far(frame, before[-1])
                _refer(frame, before)
            made(frame, before)
            frame.when = frame.when or _of_entry(text, frame)
            if n:
                _beside(frame, here[n - 1])
        detail(found, here, text.document.published)
        if found:
            add(text, sent, found, here)
            here += examples(text, sent, found, here)
        found += [f for f in here if f.rule != "tariff-rise" or f.taxed or follows(f, [*found, *here])]
    settle(text, found)
    found = mutual(text, found)
    unrated = [(f.intro, f.maker or f.rule == "tariff-staged") for f in found if f.intro and f.intro.group is None]
    heads = [intro for intro, maker in unrated if maker or last_general(intro)]
    return [f for f in found if f not in heads]


def _to_come(text: Text, frame: Frame, context: Time | None) -> bool:
    """As in "ordered new tariffs, which take effect on Aug. 7. Laos got 40 percent, Peru 10"."""
    apart = frame.when is not None or frame.kind == "keep" or any(g.key for g in frame.goods)
    if context is None or apart or frame.status != "InForce":
        return False
    near = 0 <= frame.sent.start_char - context.end < _ANNOUNCED and frame.rule in _SHARES
    now = any(t.lower_ in {"now", "already", "since", "currently", "today", "so"} for t in frame.sent)
    return near and not now and (context.first or "") > (text.document.published or "9")


def _of_entry(text: Text, frame: Frame) -> Time | None:
    """The day of the entry of a chronology in which a tariff is told as put into force: "18 October 2019"."""
    entry = text.entry(frame.at)
    told = frame.status == "InForce" and frame.kind not in {"keep", "threaten"} and not frame.background
    if entry is None or entry.clock is not None or not told or (frame.group is not None and frame.group.now):
        return None
    verb = frame.doing.verb
    around = {c.lower_ for c in verb.children} if verb is not None else set()
    return entry if not around & _OUT_OF_TURN else None


def _ones(frame: Frame, told: list[Frame]) -> None:
    """As in "Japanese cars ... Korean ones": the goods told last, of another state."""
    last = next((g for f in reversed(told) for g in reversed(f.goods)), None)
    for goods in [g for g in frame.goods if g.head == "one" and g.concept is None]:
        frame.goods.remove(goods)
        if last is None or last.generic:
            frame.targets += goods.states
        else:
            frame.goods.append(replace(last, label=last.bare, states=goods.states))


def _beside(frame: Frame, before: Frame) -> None:
    """What a tariff shares with the one told before it in the sentence."""
    if frame.host is not None and frame.host.tag_ == "POS" and frame.imposers[:1] != before.imposers[:1]:
        # "China's duty on sake goes down, South Korea's too"; but the U.S. tariff on Chinese goods is not China's own
        mutual = {t[0] for t in before.taxed} & {i[0] for i in frame.imposers}
        frame.goods = frame.goods or ([] if mutual else before.goods)
    if frame.rule == "tariff-owned" and not frame.goods and before.pays:  # "Peru's tea pays 10 percent and Chad's 50"
        frame.goods = [replace(g, label=g.bare, states=[]) for g in before.goods if g.key]
    if frame.rule == "tariff-getter" and frame.taxed[:1] == before.imposers[:1]:
        frame.imposers, frame.targets = before.imposers, before.taxed  # "suspended the 24 percent, keeping 10"
    if frame.host is not None and frame.host == before.host:
        if not frame.goods or {g.key for g in frame.goods} == {g.key for g in before.goods}:
            moved_on(frame, before)  # "a duty of 10 percent, which they want to raise to 50 percent"
        frame.goods = frame.goods or before.goods
    elliptic = frame.rule == "tariff-change" or (frame.host is not None and stands_for(frame.host))
    shares = frame.rule in {"tariff-listed", "tariff-kept", "tariff-case"} or (not frame.taxed and elliptic)
    if shares and _one_side(frame, before):
        frame.imposers, frame.targets = before.imposers, frame.targets or ([] if frame.taxed else before.taxed)


def _one_side(frame: Frame, other: Frame) -> bool:
    return not frame.imposers or {i[0] for i in frame.imposers} <= {i[0] for i in other.imposers}


def _topical(text: Text, frame: Frame, last: Frame) -> None:
    """On whom a tariff falls by whom its paragraph is about: "China is a case of its own. ... the duty was halved"."""
    start = text.document.text.rfind("\n\n", 0, frame.at.idx) + 2
    open_ = not (frame.taxed or frame.described or frame.answers) and (frame.refers or frame.rule == "tariff-case")
    if not open_ or start < 2 or last.sent[0].idx >= start:
        return
    opening = next((s for s in text.sentences if s.start_char >= start), None)
    subjects = [t for t in opening or () if t.dep_ == "nsubj" and t.head.dep_ == "ROOT"]
    state = state_at(text, subjects[0].i) if subjects else None
    if opening is not None and opening[0].lower_ == "for":  # "For Peru it is a blow. The 40 percent surcharge"
        state = state_at(text, opening.start + 1) or state
    if state is not None and state[0] not in {i[0] for i in frame.imposers or last.imposers}:
        frame.imposers, frame.targets = frame.imposers or last.imposers, [state]


def _as_another(frame: Frame, found: list[Frame]) -> None:
    """As in "Jumpers are hit by the same rate": the day, ground and sides of the tariff told at that rate."""
    other = next((f for f in reversed(found) if f.rates & frame.rates), None) if frame.at.lower_ in AGAIN else None
    if other is not None and _one_side(frame, other):
        frame.imposers = frame.imposers or other.imposers
        frame.targets = frame.targets if frame.taxed else other.taxed
        frame.when, frame.ground = frame.when or other.when, frame.ground or other.ground
        frame.status = other.status if frame.status == "InForce" else frame.status


def _charged_so_far(frame: Frame, last: Frame) -> None:
    """As in "plans to charge 50 percent on steel. The rate at present is 25 percent": what is paid until then."""
    mine, theirs = {g.key for g in frame.goods}, {g.key for g in last.goods}
    open_ = frame.refers and not frame.taxed and (not mine or mine == theirs)
    if not open_ or frame.group is None or not frame.group.now or not 0 <= frame.sent.start - last.sent.end <= 1:
        return
    coming = last.status in {"Threatened", "Proposed", "Agreed"} and last.group is not None
    if coming and last.group is not None and last.group.previous is None and frame.rates.isdisjoint(last.rates):
        last.group.previous = frame.group.rates[0]


def _refer(frame: Frame, found: list[Frame]) -> None:
    """Take over what "the duty", "the rate" or "it" leaves open from the tariff told last."""
    last = found[-1]
    gap = frame.sent.start - last.sent.end
    of_same_goods(frame, found)
    if frame.pays and frame.goods and not frame.taxed and not frame.described and gap <= 2 and _one_side(frame, last):
        # "Kenyan shirts are charged full duty. Cotton shirts pay 42 percent."
        frame.imposers, frame.targets = last.imposers, last.taxed
    if frame.answers and frame.imposers and not frame.taxed and last.imposers:
        other = [i for i in last.imposers[:1] if i[0] != frame.imposers[0][0]]
        frame.targets = other or (last.taxed[:1] if last.taxed and last.imposers[0][0] == frame.imposers[0][0] else [])
    mine = frame.refers and not frame.imposers and gap <= 1 and not frame.goods and len(last.imposers) == 1
    if mine and [t[0] for t in frame.targets] == [last.imposers[0][0]] and frame.kind in {"raise", "lower"}:
        frame.imposers, frame.targets = last.imposers, []  # "The EU charges 25 percent. Its rate is to be doubled"
    refers = frame.refers or frame.rule == "tariff-getter"
    onward = frame.kind in {"raise", "lower"} and frame.rule == "tariff-change" and gap <= 1  # to another rate
    equal = [f for f in reversed(found) if f.rates & frame.rates] if frame.refers and not onward else []
    if frame.refers and not equal:  # "The 39 percent came into force in August": what it was before
        equal = [f for f in reversed(found) if f.group and f.group.previous and f.group.previous.value in frame.rates]
    if frame.refers and frame.ground is not None and not equal:  # "the fentanyl tariff": the one with that ground
        equal = [f for f in reversed(found) if f.ground is not None and f.ground[0] == frame.ground[0]]
    same = min(equal, key=lambda f: any(g.key for g in f.goods), default=None)  # one on goods of any kind first
    if same is not None:
        last, gap = same, 0  # "the 25 percent tariff": the one told at that rate
    if not refers or gap > REACH or frame.described or frame.targets or any(g.key or g.states for g in frame.goods):
        return
    others = {i[0] for i in last.imposers} or ({i[0] for i in frame.imposers} - {t[0] for t in last.taxed})
    if frame.imposers and frame.imposers[0][0] not in others:
        return
    if last.rule == "tariff-row" and same is None:
        last = last.intro or last  # "The additional duty" below a list is on no single line
    if gap <= NEAR:
        moved_on(frame, last)
        frame.stranger = frame.stranger and last.stranger  # whoever brings "it" down: it is the one told of
    frame.imposers = frame.imposers or last.imposers
    general = frame.host is not None and any(t.lower_ in _GENERAL for t in text_before(frame.host))
    frame.targets, frame.goods = last.targets, frame.goods or ([] if the_rest(frame) else last.goods)
    if general and not last_general(last):  # "the reciprocal tariff" is not the one on cars
        frame.targets, frame.goods = last.taxed, []
    _as_told(frame, last)


def _as_told(frame: Frame, last: Frame) -> None:
    """How far a tariff has come by what was told of it before."""
    if _overtaken(frame) and last.status in {"Paused", "Lifted"}:
        frame.status, frame.firm = last.status, True
    if not frame.firm and last.firm and last.rule == "tariff-goods":
        # "China will lift its duties on wine. The duties of 218.4 percent had ..."
        frame.status, frame.firm = "Lifted" if 0 in last.rates else last.status, True


def _overtaken(frame: Frame) -> bool:
    """As in "They had been due to go up to 25 percent on January 1": a plan of the past."""
    verb = frame.doing.verb
    before = frame.at.doc[max(frame.sent.start, verb.i - 5) : verb.i].text if verb is not None else ""
    return _HAD_BEEN.search(before) is not None


def text_before(noun: Token) -> Span:
    """The words right before a tariff noun."""
    return noun.doc[max(0, noun.i - 3) : noun.i]


def last_general(frame: Frame) -> bool:
    """Whether a tariff falls on goods of any kind."""
    return not any(g.key for g in frame.goods)


def ahead(text: Text) -> list[tuple[Frame, Time]]:
    """The tariffs with a day after publication on which they take effect, or on which their pause ends."""
    published = text.document.published
    if published is None:
        return []
    found = [(f, f.until if f.status == "Paused" and f.until is not None else f.when) for f in read(text)]
    return [(f, day) for f, day in found if day is not None and (day.first or day.date or "") > published]

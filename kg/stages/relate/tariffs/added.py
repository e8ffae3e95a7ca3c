"""What a sentence behind a tariff adds to it: its day, its ground, its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.stages.relate.goods.products import state_at
from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.tariffs.acts import act, governor
from kg.stages.relate.tariffs.clauses import ENDED, ended
from kg.stages.relate.tariffs.frame import Frame
from kg.stages.relate.tariffs.grounds import cause, grounds, reasons
from kg.stages.relate.tariffs.rates import groups
from kg.stages.relate.tariffs.reckoned import days_before
from kg.stages.relate.tariffs.times import effective, retroactive, starting
from kg.stages.relate.tariffs.words import FINITE, RATE_NOUNS, is_tariff, spoken

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_IN_EFFECT = re.compile(
    r"\b(?:order|decree|measures?|tariffs?|dut(?:y|ies)|lev(?:y|ies)|rates?|surcharge|increase|[Ii]t|[Tt]hey|which),? "
    r"(?:(?:has|have|had) been |is |are |was |were )?(?:already |now )?(?:in (?:effect|force)|effective) since\b"
)
THAT_LEVEL = re.compile(r"\bto (?:that|this) (?:level|rate|figure)\b[^.;]*\bfrom\b")
_UP_FROM = re.compile(
    r"(?:the|that|its|this) (?:new |\w+ )?(?:rate|tariff|dut(?:y|ies)|levy|surcharge|level)s? "
    r"(?:is|was|are|were|compares?|compared) (?:up |down )?(?:from|with|to)\b",
    re.IGNORECASE,
)
_BACK = frozenset({
    "it", "they", "measure", "last", "latter", "increase", "both", "all", "change", "changes", "step", "move",
    "decision", "penalty", "hike", "collection", *RATE_NOUNS
})  # fmt: skip
_RIGHT_BACK = _BACK | {"measures", "increases", "steps"}  # of the sentence before
_PENDING = re.compile(
    r"\b(?:ha(?:s|ve) (?:still )?(?:yet )?to|(?:must|needs? to)(?: still)?) "
    r"(?:approve|ratify|endorse|adopt|clear|pass|agree to|vote on|sign off on) "
    r"(?:it|them|this|the (?:plan|proposal|measures?|bill|increase|tariffs?|dut(?:y|ies)))\b",
    re.IGNORECASE,
)
_TO_PASS = re.compile(
    r"\b(?:ha(?:s|ve) (?:still |yet )*to|must (?:still |first )*|still (?:needs?|ha(?:s|ve)) to|needs? to) ?be "
    r"(?:approved|ratified|endorsed|adopted|passed|cleared|voted on|debated)\b",
    re.IGNORECASE,
)
_BLESSING = re.compile(
    r"\b(?:needs?|requires?|awaits?|waits? for|is subject to|has to win|must win) (?:the )?(?:\w+ )?"
    r"(?:blessing|approval|consent|backing|assent|nod|go-ahead|support|ratification|vote)\b",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"\b(?:it|they|plan|proposal|measures?|bill|increase|tariffs?|duty|duties|decree|regulation|step)\b", re.IGNORECASE
)
_BACKDATED = re.compile(
    r"\b(?:with (?:retroactive |immediate )?effect (?:from|as of)|backdated to"
    r"|retroactive(?:ly)? (?:effect )?(?:to|from|as of|as from))\b",
    re.IGNORECASE,
)
_COLLECTING = frozenset({"collect", "charge", "levy"})
_MOVED = {"lower": "lower", "reduced": "lower", "higher": "raise", "increased": "raise"}
_ALL = frozenset({"both", "all", "these", "they"})
_OPEN = frozenset({"before", "until", "unless", "if", "once", "when"})
_REASONS = frozenset({
    "reason", "ground", "grounds", "cite", "cites", "cited", "citing", "blame", "blames", "blamed", "justified",
    "measure", "because"
})  # fmt: skip
_MONTH = 7  # characters of "2025-08", which a day told later makes exact
_UNDONE = re.compile(r"\b(?:no longer|lift|scrap|withdraw|withdrew|suspend|paus|drop|spare|exempt)", re.IGNORECASE)
_REASON_REACH = 60  # tokens over which a reason belongs to the tariff told last
_PLAIN = frozenset({"tariff", "duty", "levy"})
_GIVING = frozenset({"justify", "cite", "explain", "blame", "reason", "justification", "penalty", "punishment"})
_HOLDING = frozenset({"argue", "accuse", "call", "claim", "complain", "say", "speak", "find", "maintain", "contend"})
NEAR = 40  # tokens over which "lower the duty to 3 percent" starts from the rate told before
REACH = 180  # tokens over which "the duty" and "it" refer back: about six sentences of a report


def add(text: Text, sent: Span, found: list[Frame], here: list[Frame]) -> None:
    """What a sentence behind adds: "Trump cited fentanyl as the ground", "The new rate takes effect on Feb. 1"."""
    last = next((f for f in reversed(found) if not f.background), found[-1])
    gap = sent.start - last.sent.end
    if gap <= NEAR and not here:
        _took_effect(text, sent, last)
        _backdated(text, sent, found)
        _pending(sent, found)
    done = ended(sent, beside=gap <= 1) if gap <= NEAR else None
    if done is not None:
        found[-1].status, found[-1].firm = done, True  # "He suspended that rate in April"
    last = _of_state(text, sent, found) or last
    collecting = _collector(sent)
    back = _RIGHT_BACK if gap <= 1 else _BACK
    tariff = next((t for t in sent if is_tariff(t) or (t.lower_ in back and _stands(t))), collecting)
    if last.ground is None and all(f.background for f in here):
        aside = tariff is not None and tariff.pos_ == "PRON" and tariff.head.dep_ == "advcl"  # "stays as it is"
        _reason(sent, found, last, gap, tariff if not aside else None)
    told_here = any((f.refers and not f.provoked) or f.host == tariff for f in here)
    if tariff is None or tariff.dep_ not in {"nsubj", "nsubjpass"} or told_here:
        return
    meant = _meant(tariff, found, gap)
    now = ENDED.get(act(None, tariff.head, to_rate=False).kind)
    several = bool(_ALL & {tariff.lower_, *(c.lower_ for c in tariff.children)}) or tariff == collecting
    open_ = any(c.dep_ == "mark" and c.lower_ in _OPEN for c in tariff.head.children)  # "not before the duty is lifted"
    passive = tariff.dep_ == "nsubjpass" and stage(tariff.head) is Stage.HELD and not open_
    passive = passive and any(c.tag_ in FINITE for c in tariff.head.children if c.dep_ in {"aux", "auxpass"})
    if meant is not None and now is not None and passive:
        for frame in [f for f in found if f is meant or (several and f.sent.start == meant.sent.start)]:
            frame.status, frame.firm = now, True  # "Both duties have been lifted"
        return
    month = meant.when.date if meant is not None and meant.when is not None else ""
    ordered = month == text.document.published and gap <= 1  # "imposed today. It takes effect on 16 November"
    month = "" if ordered else month
    open_ = meant is not None and (not month or len(month) == _MONTH)
    time = next((t for s in _telling(tariff) if (t := starting(text, sent, s))), None) if open_ else None
    time = time or (_eve(text, sent, tariff) if open_ else None)
    if meant is None or time is None or not (time.date or "").startswith(month or ""):
        return
    rows_before = [f for f in found if f.rule == "tariff-row" and f.when is None]
    near = [f for f in found if f.when is meant.when and sent.start - f.sent.end < NEAR]
    plural = tariff.tag_ == "NNS"  # "Peru is to pay 17 percent, Chile 12. The duties start"
    told = [f for f in near if several or f.sent.start == meant.sent.start] if several or plural else [meant]
    if plural and gap > NEAR and tariff.lower_ in RATE_NOUNS:  # "The new rates take effect on August 7", below points
        told = [f for f in found if f.when is None and f.rates and f.status in {"Agreed", "Threatened"}]
    for frame in rows_before if meant.rule == "tariff-row" else told:
        frame.when = time
        frame.ground = frame.ground or next(iter(grounds(sent)), None) or cause(sent)
        if (frame.status == "InForce" or frame.eased) and (time.first or "") > (text.document.published or "9"):
            frame.status = "Agreed" if frame.kind in {"lower", "remove"} else "Threatened"
        elif frame.status in {"Agreed", "Threatened"} and _done(tariff.head) and _past(text, time):
            frame.status, frame.firm = "InForce", True  # "The rate came down on Aug. 7"


def _telling(tariff: Token) -> list[Token]:
    """A tariff and the pronoun of a clause about it: "The levies, which take effect on March 20, answer those"."""
    clauses = [c for c in tariff.children if c.dep_ == "relcl"]
    return [tariff, *(c for v in clauses for c in v.children if c.dep_ == "nsubj" and c.lower_ in {"which", "that"})]


def _past(text: Text, time: Time) -> bool:
    """Whether a day lies before publication."""
    return (time.last or time.date or "9") <= (text.document.published or "")


def _eve(text: Text, sent: Span, tariff: Token) -> Time | None:
    """The day meant by "spoke on August 6, the day before the duty took effect"."""
    effect = tariff.dep_ == "nsubj" and tariff.head.lemma_ in {"take", "come", "go", "enter", "kick", "start", "begin"}
    return days_before(text, sent, tariff) if effect else None


def _done(verb: Token) -> bool:
    """Whether what a verb tells has come to pass."""
    past = verb.tag_ == "VBD" or any(c.lower_ in {"has", "have"} for c in verb.children)
    return past and stage(verb) is Stage.HELD and not any(c.lower_ == "had" for c in verb.children)


def _reason(sent: Span, found: list[Frame], last: Frame, gap: int, tariff: Token | None) -> None:
    """Why the tariff told last is charged: "Trump justified it with the trial", "It argues that imports ..."."""
    spoken_of = tariff is not None
    lemmas = {t.lemma_.lower() for t in sent}
    giving = spoken_of and bool(lemmas & _GIVING)
    reason = spoken_of or any(t.lower_ in _REASONS for t in sent) or (gap <= 1 and bool(lemmas & _HOLDING))
    if not reason or gap > (REACH if giving else _REASON_REACH):
        return
    why = next(iter(grounds(sent) if _UNDONE.search(spoken(sent)) else reasons(sent, deed=False)), None)
    deeds = (f for f in found if f.sent == last.sent and f.deed and not f.background)
    meant = last if last.deed or last.leader is not None else next(deeds, last)
    all_ = tariff is not None and (tariff.tag_ == "NNS" or tariff.lower_ in _ALL)
    run = _run(found, meant) if all_ and why is not None else []
    told = (f for f in found if f.head is meant.head or _done_at_once(f, meant) or any(f is r for r in run))
    for frame in [f for f in told if f.ground is None]:
        frame.ground = why


def _run(found: list[Frame], last: Frame) -> list[Frame]:
    """The tariffs of one imposer and status that the sentences up to the last one tell: "the duties" are all."""
    start = last.sent.end
    run: list[Frame] = []
    for frame in reversed(found):
        if start - frame.sent.end > 1 or frame.status != last.status or not _one_side(frame, last):
            break
        run.append(frame)
        start = frame.sent.start
    return run


def _one_side(frame: Frame, other: Frame) -> bool:
    mine, theirs = {i[0] for i in frame.imposers}, {i[0] for i in other.imposers}
    return not mine or not theirs or mine == theirs


def _done_at_once(frame: Frame, other: Frame) -> bool:
    """As in "doubled the duties, to 50 percent on steel and to 20 percent on tin"."""
    return frame.doing.verb is not None and frame.doing.verb == other.doing.verb


def _of_state(text: Text, sent: Span, found: list[Frame]) -> Frame | None:
    """As in "Coffee from Brazil pays 50 percent, tea from Chad 10. Trump imposed the Brazilian duty on Aug. 6"."""
    for noun in (t for t in sent if is_tariff(t)):
        states = {n[0] for c in noun.children if c.dep_ in {"amod", "compound"} and (n := state_at(text, c.i))}
        frame = next((f for f in reversed(found) if states & {t[0] for t in f.taxed} and f.rates), None)
        if frame is None or states & {i[0] for i in frame.imposers}:
            continue
        doing = act(noun, governor(noun), to_rate=False)
        told = Frame(sent, noun, "tariff-goods", doing, host=noun)
        if frame.when is None and doing.kind == "impose":
            frame.when = effective(text, told, doing, own=(sent.start, sent.end))
        return frame
    return None


def _collector(sent: Span) -> Token | None:
    """Who "Customs officers start collecting on May 4" tells of, which names no tariff."""
    verbs = (t for t in sent if t.lemma_ in _COLLECTING and t.dep_ == "xcomp")
    alone = (v for v in verbs if not any(c.dep_ == "dobj" for c in v.children))
    return next((c for v in alone for c in v.head.children if c.dep_ == "nsubj"), None)


def _backdated(text: Text, sent: Span, found: list[Frame]) -> None:
    """As in "US customs will publish the notice next week, with retroactive effect from November 14"."""
    match = _BACKDATED.search(spoken(sent))
    start = sent.start_char + match.end() if match is not None else -1
    time = next((t for t in text.times(sent) if match is not None and 0 <= t.start - start <= 1 and t.date), None)
    frame = next((f for f in reversed(found) if f.rates), None)
    if time is not None and frame is not None and frame.when is None:
        frame.when = retroactive(text, sent, time)


def _pending(sent: Span, found: list[Frame]) -> None:
    """As in "The European Parliament has to approve it first": not a threat yet."""
    words = spoken(sent)
    pending = _PENDING.search(words) or (
        (_BLESSING.search(words) or _TO_PASS.search(words)) and _PROPOSED.search(words)
    )
    for frame in found if pending else ():
        if frame.status == "Threatened" and sent.start - frame.sent.end <= NEAR:
            frame.status = "Proposed"


def _took_effect(text: Text, sent: Span, last: Frame) -> None:
    """As in "The order, in effect since 6 August, raised the rate to that level from the 10 percent charged before"."""
    words = spoken(sent)
    since = next((t for t in text.times(sent) if t.preposition == "since" and t.kind == "DATE"), None)
    match = _IN_EFFECT.search(words)
    if match is not None and since is not None and 0 <= since.start - sent.start_char - match.end() <= 1:
        last.when, last.status, last.firm = since if since.date else last.when, "InForce", True
    told = THAT_LEVEL.search(words) or _UP_FROM.match(words)
    old = next((g for g in groups(text, sent) if g.rates), None) if told else None
    if old is not None and last.group is not None and last.group.previous is None:
        last.group.previous = old.rates[0]


def _meant(tariff: Token, found: list[Frame], gap: int) -> Frame | None:
    """The tariff that "the surcharge" or "it" speaks of: the last one told by the same noun, else the last one near."""
    if tariff.lower_ == "penalty":
        return next((f for f in reversed(found) if f.ground is not None and f.further), None)
    last = found[-1]
    alike = last.host is not None and {last.host.lemma_, tariff.lemma_} <= _PLAIN
    if gap <= 1 and last.deed and alike:
        return last  # "approved tariffs of 50 percent. The duties take effect in May": not those of the headline
    for frame in reversed(found) if is_tariff(tariff) else ():
        if frame.group is not None and frame.host is not None and frame.host.lemma_ == tariff.lemma_:
            return frame
    if any(c.lower_ == "first" for c in tariff.children):  # "The first step is due on Monday": of several
        return next((f for f in found if f.when is None and f.group is not None and f.status == "Threatened"), None)
    kind = next((_MOVED[c.lower_] for c in tariff.children if c.lower_ in _MOVED), None)
    if kind is not None:  # "the lower rate": the one that it is cut to
        return next((f for f in reversed(found) if f.group is not None and f.kind == kind), None)
    if tariff.lower_ in RATE_NOUNS:  # "the new rate": one that follows another
        return next((f for f in reversed(found) if f.group is not None and f.group.previous is not None), found[-1])
    return found[-1] if gap <= REACH else None


def _stands(token: Token) -> bool:
    """Whether a word stands for something told: "the last of these", not "the last quarrel", "our own measures"."""
    if any(c.lower_ == "own" for c in token.children):
        return False
    return token.pos_ in {"NOUN", "PRON"} or token.dep_ in {"nsubj", "nsubjpass"}

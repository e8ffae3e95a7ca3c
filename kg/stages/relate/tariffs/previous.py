"""Which of the rates of a sentence is the one that held before: "now 25 percent", "on which it charges 150 percent"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.group import Amount
from kg.stages.relate.tariffs.words import verb_class

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.tariffs.group import Group
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_CHANGES = frozenset({"raise", "lower", "remove", "move", "effect"})
_UP = frozenset({"rise", "climb", "jump", "increase", "double", "triple", "hike"})
_DOWN = frozenset({"cut", "reduction", "decrease"})
_IT = r"(?:it|they|that|this|the (?:rate|duty|tariff|levy))(?: had)? (?:was|were|been|stood at|charged)(?: at)?"
_BEFORE_THAT = re.compile(
    rf"\W*(?:(?:before|until) (?:that|then)|previously|formerly),? {_IT} (?:only |just |still )?", re.IGNORECASE
)
_IT_WAS = re.compile(rf"\W*{_IT} (?:only |just )?", re.IGNORECASE)
_THEN = re.compile(r",? (?:before(?: that| then)?|until then|previously)\W*", re.IGNORECASE)
_AHEAD = frozenset({"Agreed", "Proposed", "Threatened"})


def before_that(text: Text, sent: Span, found: list[Frame]) -> bool:
    """Take up the rate before the one told last: "Before that it was 39%", "It had been 39% before"."""
    rates = [q for q in text.mentions.quantities if sent.start_char <= q.start < sent.end_char and q.kind == "percent"]
    last = found[-1] if found else None
    if len(rates) != 1 or last is None or rates[0].value is None or sent.start - last.sent.end > 1:
        return False
    before, behind = sent.text[: rates[0].start - sent.start_char], sent.text[rates[0].end - sent.start_char :]
    opens = _BEFORE_THAT.fullmatch(before) and not behind.strip(" .")
    if not (opens or (_IT_WAS.fullmatch(before) and _THEN.fullmatch(behind))):
        return False
    for frame in found:
        if frame.sent.start == last.sent.start and frame.group is not None and frame.group.previous is None:
            frame.group.previous = Amount(rates[0].value, rates[0].start, rates[0].end)
    return True


def earlier(found: list[Frame], loose: list[Group], *, concluded: bool) -> list[Frame]:
    """The tariffs of a sentence, where the rate that holds now is told beside the one that follows it.

    Args:
        found: The tariffs read, in order.
        loose: Percentages told as holding now which no tariff noun or verb claimed.
        concluded: Whether the text reports an agreement.
    """
    found = sorted(found, key=lambda f: f.at.i)
    for frame in found:
        same = next((f for f in found if f is not frame and frame.host is not None and f.host == frame.host), None)
        moved = same is not None and same.rule == "tariff-change" and same.kind in _CHANGES and _alone(same)
        verb = same.doing.verb if same is not None else None
        own = verb is not None and frame.host is not None and verb.dep_ != "relcl" and _is_of(verb, frame.host)
        now = frame.rule == "tariff-of" and frame.group is not None and (frame.group.now or own)
        coming = frame.kind in {"impose", "effect", "threaten"} and frame.status == "Threatened"
        if same is not None and moved and not coming and (now or frame.rule == "tariff-modifier"):
            _merge(frame, same, concluded=concluded)  # "its 45 percent tariff on grapes goes to zero"
            found = [f for f in found if f is not frame]
    for n, frame in enumerate(found):
        if _holds(frame) and any(f.group and f.group.previous and f.group.previous.value in frame.rates for f in found):
            found = [f for f in found if f is not frame]  # "now 150 percent, is to be halved to 75"
        elif _holds(frame):
            change = next((f for f in [*found[n + 1 :], *reversed(found[:n])] if _follows(f, frame)), None)
            if change is not None:
                _merge(frame, change, concluded=concluded)
                found = [f for f in found if f is not frame]
            elif any(_removed(f) for f in found[:n]):
                _remove(frame, next(f for f in found[:n] if _removed(f)))
    found = _once(_paid_before(found))
    _free_too(found)
    for frame in [f for f in found if _unchanged(f)]:
        frame.group.previous = None  # type: ignore[union-attr]
        if any(f is not frame and f.host == frame.host and f.rates == frame.rates for f in found):
            found = [f for f in found if f is not frame]  # two readings of "drop its 19 percent tariff to zero"
    for group in loose:
        changing = [f for f in found if _changing(f) or _removed(f)]
        before = [f for f in changing if f.at.i < group.first][-1:] or changing[:1]
        if before and before[0].group is not None and before[0].group.previous is None:
            before[0].group.start_from(group)
    return found


def _is_of(verb: Token, noun: Token) -> bool:
    """Whether a tariff is the subject or object of a verb: "the duty fell", "the duties are to fall"."""
    return noun.head.i == verb.i or (verb.dep_ == "xcomp" and noun.head.i == verb.head.i)


def _paid_before(found: list[Frame]) -> list[Frame]:
    """As in "Olive oil, which is taxed at 45 percent, will enter free of duty": the rate of a clause beside it."""
    for frame in list(found):
        goods = {g.start for g in frame.goods}
        new = next((f for f in found if f is not frame and goods & {g.start for g in f.goods}), None)
        verb = frame.doing.verb
        if new is None or verb is None or verb.dep_ != "relcl" or not (_alone(frame) and _alone(new)):
            continue
        if frame.group is None or new.group is None or not (frame.group.now or _changing(new)):
            continue
        if frame.group.now or frame.status == "InForce":
            new.group.start_from(frame.group)
            new.imposers = new.imposers or frame.imposers
            found = [f for f in found if f is not frame]
    return found


def _free_too(found: list[Frame]) -> None:
    """What is freed in a list pays nothing in the end, however much it pays now."""
    for frame in found:
        freed = next((f for f in found if f.rule == "tariff-free" and _before_freeing(frame, f)), None)
        if freed is not None and frame.group is not None and freed.group is not None:
            frame.group.lead_to(list(freed.group.rates))
            frame.status, frame.firm, frame.doing = freed.status, freed.firm, freed.doing


def _before_freeing(frame: Frame, freed: Frame) -> bool:
    """As in "Cheese, now taxed at 30 percent, and machines, at up to 44, will be free of duty": a rate in the list."""
    beside = frame.rule in {"tariff-listed", "tariff-beside", "tariff-labelled"} and _alone(frame) and bool(frame.goods)
    verb = freed.doing.verb
    if not beside or verb is None or not frame.at.i < verb.i:
        return False
    between = frame.at.doc[frame.at.i : verb.i]
    return not any(t.pos_ == "VERB" or t.text in {";", ":"} for t in between)


def moved_on(frame: Frame, before: Frame) -> None:
    """Take the rate before from the tariff spoken of: "its duty of 6 percent ... could lower the duty to 3 percent"."""
    if not (_alone(frame) and _alone(before)) or frame.group is None or before.group is None:
        return
    old, new = before.group.rates[0], frame.group.rates[0]
    verb = frame.doing.verb.lemma_ if frame.doing.verb is not None else ""
    noun = frame.host.lemma_ if frame.rule == "tariff-rise" and frame.host is not None else ""
    rises = verb in _UP or (frame.doing.verb is not None and frame.doing.verb.nbor(1).lower_ == "up")
    up = frame.kind == "raise" or (frame.kind == "move" and rises) or noun in _UP
    down = frame.kind == "lower" or (frame.kind == "move" and not rises) or noun in _DOWN
    if (up and new.value > old.value) or (down and new.value < old.value):
        frame.group.start_from(before.group)
        if before.status == "Threatened" and frame.status == "InForce" and frame.when is None and frame.kind == "move":
            frame.status = "Threatened"  # what rises from a rate that is still to come


def _once(found: list[Frame]) -> list[Frame]:
    """As in "They used to enter at 2.5 percent and now pay 27.5": what goods paid before they paid something else."""
    past = [f for f in found if _alone(f) and f.doing.verb is not None and _is_past(f.doing.verb)]
    rest = [f for f in found if f not in past]
    for frame in past:
        new = next((f for f in rest if _alone(f) and f.rates != frame.rates and _one_tariff(f, frame)), None)
        if new is not None and new.group is not None and frame.group is not None:
            new.group.start_from(frame.group)
            found = [f for f in found if f is not frame]
    return found


def _one_tariff(frame: Frame, other: Frame) -> bool:
    """Whether two frames may tell of one tariff by their goods."""
    mine, theirs = {g.key for g in frame.goods if g.key}, {g.key for g in other.goods if g.key}
    return not mine or not theirs or mine == theirs


def _is_past(verb: Token) -> bool:
    """Whether a deed is told as no longer done: "used to pay", "until now have paid", "had been charged"."""
    before = verb.doc[max(0, verb.i - 4) : verb.i].text.lower()
    if any(c.lower_ == "had" for c in verb.children if c.dep_ == "aux") and verb_class(verb) & {"pay", "hit"}:
        return True
    if verb.tag_ == "VBD" and verb.lemma_ in {"be", "stand"} and any(c.lower_ == "until" for c in verb.children):
        return True
    return (verb.dep_ == "xcomp" and verb.head.lower_ == "used") or "until now" in before or "up to now" in before


def _holds(frame: Frame) -> bool:
    """Whether a frame tells the rate of today or of the past."""
    group = frame.group
    return _alone(frame) and group is not None and frame.kind != "keep" and (group.now or frame.rule == "tariff-which")


def _unchanged(frame: Frame) -> bool:
    """Whether a frame leads from a rate to itself."""
    group = frame.group
    return group is not None and group.previous is not None and {group.previous.value} == frame.rates


def _alone(frame: Frame) -> bool:
    """Whether a frame tells one rate, or several in step, and none before it."""
    return frame.group is not None and frame.group.previous is None and bool(frame.group.rates)


def _changing(frame: Frame) -> bool:
    return frame.group is not None and bool(frame.group.rates) and (
        frame.kind in _CHANGES or 0 in frame.rates or (frame.pays and frame.status in _AHEAD)
    )  # fmt: skip


def _removed(frame: Frame) -> bool:
    return frame.kind == "remove" and frame.rates == {Decimal(0)}


def _follows(change: Frame, now: Frame) -> bool:
    """Whether one frame tells what becomes of the rate that the other tells."""
    if not _changing(change) or change.group is None or change.group.previous is not None or change.rates == now.rates:
        return False
    if change.doing.verb is not None and _is_past(change.doing.verb):
        return False  # "which used to enter duty-free, have been paying 15 percent since August 7"
    if change.kind == "remove" and change.at.i < now.at.i and now.goods:
        return False  # goods of its own: "abolish the duty on cheese and on pasta, now taxed at 20 percent"
    freed = change.kind in _CHANGES or change.pays or change.rule == "tariff-free"
    if not freed and now.goods and not change.goods:
        return False  # "seeks zero-duty access for its shoes, on which Peru levies up to 12 percent"
    mine, theirs = {g.key for g in now.goods}, {g.key for g in change.goods}
    return (not theirs or not mine or mine == theirs) and not (
        now.imposers and change.imposers and now.imposers[0][0] != change.imposers[0][0]
    )


def _merge(now: Frame, change: Frame, *, concluded: bool) -> None:
    if change.group is not None and now.group is not None:
        change.group.start_from(now.group)
    change.imposers = change.imposers or now.imposers
    if not change.goods and not change.targets:
        change.goods, change.targets = now.goods, now.targets
    change.pays, change.described = change.pays or now.pays, change.described or now.described
    change.refers = change.refers and not change.taxed
    falls = bool(change.rates) and now.group is not None and min(change.rates) < now.group.rates[0].value
    holding = change.kind == "move" and change.status == "InForce" and not change.firm
    if concluded and (holding or (falls and change.status == "Threatened")):
        change.status = "Agreed"  # what falls once the agreement holds


def _remove(frame: Frame, removal: Frame) -> None:
    """As in "abolish its duties on cheese and on pasta, currently taxed at 20 percent"."""
    gone = Amount(Decimal(0), removal.at.idx, removal.at.idx + len(removal.at))
    if frame.group is not None:
        frame.group.lead_to([gone])
    frame.imposers = frame.imposers or removal.imposers
    frame.targets = frame.targets or ([] if frame.taxed else removal.taxed)
    frame.status, frame.firm, frame.doing = removal.status, removal.firm, removal.doing

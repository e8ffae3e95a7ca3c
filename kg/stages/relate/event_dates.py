"""What a time expression says of an event: its date, range, part of day and clock time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:

    from spacy.tokens import Span

    from kg.model import Time, Value
    from kg.stages.relate.event_trigger import Trigger
    from kg.stages.relate.text import Text
_TILL = frozenset({"until", "till", "through"})
_BEFORE = _TILL | {"by", "before", "within"}  # the day is not that of the event, its month is
_BEHIND = 9  # tokens
_OUT_OF_TURN = frozenset({"had", "has", "earlier", "previously", "ago", "once", "before", "repeatedly", "often",
                          "recently"})  # fmt: skip


class Say(Protocol):
    """Takes a property, its value and the characters of the words that tell it."""

    def __call__(self, name: str, value: Value, words: tuple[int, int]) -> None: ...  # noqa: D102


def scheduled(text: Text, trigger: Trigger, when: list[Time]) -> bool:
    """As in "leaves for Tokyo on Sunday": the present tense with a later day is a plan."""
    verb = trigger.token if trigger.token.pos_ in {"VERB", "AUX"} else trigger.carrier
    published = text.document.published
    if verb is None or published is None or any(c.lower_ in {"has", "have"} for c in verb.children):
        return False
    running = verb.tag_ == "VBG" and any(c.lower_ in {"is", "are"} for c in verb.children)
    later = (t for t in when if t.first is not None and t.first > published)
    return (running or verb.tag_ in {"VBZ", "VBP"}) and any(t.preposition not in _TILL for t in later)


def next_times(text: Text, trigger: Trigger) -> list[Time]:
    """The date behind a round told without noun and verb: "and the second a week later in Rome"."""
    sent = trigger.token.sent
    last = sent.doc[min(trigger.token.i + _BEHIND, sent.end - 1)].idx
    return [t for t in text.times(sent) if trigger.token.idx < t.start <= last and t.date][:1]


def told_in_turn(trigger: Trigger) -> bool:
    """Whether an event is told in the simple past, in the order of the story: its day is the one the story has reached.

    "had met", "has spoken", "earlier" step out of the order.
    """
    verb = trigger.token if trigger.token.pos_ == "VERB" else trigger.carrier
    if verb is None or trigger.anaphoric or len(trigger.actors) < 2:
        return False
    while verb.dep_ == "xcomp" and verb.head.pos_ == "VERB":  # "went on to meet"
        verb = verb.head
    around = {c.lower_ for c in verb.children}
    return (verb.tag_ == "VBD" or bool(around & {"was", "were"})) and not around & _OUT_OF_TURN


def say_time(time: Time, say: Say) -> None:
    """All that a time expression says of an event."""
    words = (time.start, time.end)
    if time.date is not None and time.preposition in _BEFORE:
        say("date", time.date[:7], words)
        if time.preposition in _TILL:
            say("endDate", time.date, words)
    elif time.date is not None:
        _say_date(time, time.date, say)
    if time.part_of_day:
        say("partOfDay", time.part_of_day, words)
    if time.clock:
        say("time", time.clock, words)


def _say_date(time: Time, day: str, say: Say) -> None:
    """The date, and first and last day where it is more than one; a range begins with its first."""
    words = (time.start, time.end)
    if time.first is None or time.last is None or time.first == time.last:
        say("date", day, words)
        return
    ranged = time.value is not None and "/" in time.value
    say("date", time.first if ranged else day, words)
    say("earliest", time.first, words)
    say("latest", time.last, words)
    if ranged:
        say("endDate", time.last, words)


def say_shifted(text: Text, sent: Span, trigger: Trigger, say: Say) -> None:
    """As in "The calls came a day after they held a meeting": the meeting's date, counted from that of the calls."""
    clause = trigger.carrier if trigger.carrier is not None else trigger.token
    marks = (c.lower_ for c in clause.children if c.dep_ in {"mark", "prep"} and c.lower_ in {"after", "before"})
    mark = next(marks, None)
    if mark is None and clause.dep_ == "pcomp" and clause.head.lower_ in {"after", "before"}:
        mark = clause.head.lower_
    if mark is None:
        return
    for time in text.times(sent):
        gap = _days(time) if time.kind == "DURATION" else None
        behind = text.tokens(time.start, time.end)[-1] + 1
        if gap and text.doc[behind : behind + 1].text == mark:
            base = text.last_day(before=time.start)
            if base is not None:
                day = date.fromisoformat(base) - timedelta(days=gap if mark == "after" else -gap)
                say("date", day.isoformat(), (time.start, time.end))


def exact(text: Text, time: Time) -> Time:
    """A time that the text around makes a day: "a week later" than another day, "in May ... on the 12th"."""
    words = text.document.text[time.start : time.end].lower()
    ordinal = re.fullmatch(r"the (\d+)(st|nd|rd|th)", words)
    if ordinal and time.date:
        told = text.times(text.token(time.start).sent)
        month = [t.date for t in told if t.start < time.start and t.date and len(t.date) == 7]
        if month:  # "visited in May, where they talked on the 12th"
            return _on(time, f"{month[-1]}-{int(ordinal[1]):02d}")
    if not time.anchored or words not in {"a week later", "a week earlier", "one week later", "one week earlier"}:
        return time
    base = text.last_day(before=time.start)
    if base is None or len(base) < 10:
        return time
    week = timedelta(days=7 if words.endswith("later") else -7)
    return _on(time, (date.fromisoformat(base) + week).isoformat())


def _on(time: Time, day: str) -> Time:
    return replace(time, date=day, first=day, last=day, value=day)


def _days(time: Time) -> int | None:
    """The days of a length told in days or weeks."""
    match = re.fullmatch(r"P(\d+)([DW])", time.value or "")
    return int(match[1]) * (7 if match[2] == "W" else 1) if match else None

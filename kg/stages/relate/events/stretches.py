"""Events of several days: their first and last day by their length, and which of their days an event in them had."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.model import FactKind
from kg.stages.relate.events.dates import BEFORE, END, TILL, turn_of
from kg.stages.relate.events.shifted import days_of
from kg.stages.relate.events.trigger import ORDINALS

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.events.dates import Say
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
    from kg.tokens import Token
_LONGEST_ROUND = 14  # days
_OVER = frozenset({"over", "during", "in", "for"})
_CLOSE = frozenset({"close", "end", "conclusion"})


def nth_day(text: Text, trigger: Trigger) -> Time | None:
    """As in "met Doe on the last day of the Nov. 12-14 session", "on the second day": of the stretch told last."""
    day = day_told(trigger)
    which = next((n for c in day.children if (n := _which_day(c)) is not None), None) if day is not None else None
    if day is None or which is None:
        return None
    told = [t for t in text.mentions.times if t.first and t.last and t.first < t.last and t.start < day.sent.end_char]
    inside = [t for t in told if day in text.token(t.start).ancestors]
    stretch = (inside or [t for t in told if t.end_date and t.start < day.idx])[-1:]
    if not stretch or stretch[0].first is None or stretch[0].last is None:
        return None
    first, last = (date.fromisoformat(end) for end in (stretch[0].first, stretch[0].last))
    here = last if which < 0 else first + timedelta(days=which)
    if (last - first).days > _LONGEST_ROUND or here > last:
        return None
    found = here.isoformat()
    return replace(stretch[0], date=found, first=found, last=found, value=found, end_date=None, start=day.idx,
                   end=day.idx + len(day), preposition="on")  # fmt: skip


def day_told(trigger: Trigger) -> Token | None:
    """The "day" of "met on the last day", of which there is a number."""
    verb = trigger.token if trigger.token.pos_ == "VERB" else trigger.carrier
    on = (p for c in verb.children if c.lower_ == "on" for p in c.children) if verb is not None else ()
    return next((t for t in on if t.lower_ == "day" and any(_which_day(c) is not None for c in t.children)), None)


def _which_day(word: Token) -> int | None:
    if word.lower_ in {"last", "final", "closing", "concluding"}:
        return -1
    number = ORDINALS.get(word.lower_)
    return number - 1 if number is not None else None


def for_days(trigger: Trigger) -> bool:
    """As in "Three days of talks ended in Lima on Friday": of the sides of the article, where nobody else is named."""
    of = trigger.token.head
    days = of.lower_ == "of" and of.head.lemma_ == "day" and any(c.tag_ == "CD" for c in of.head.children)
    return days and trigger.reading == "vague" and not trigger.actors


def say_stretch(text: Text, trigger: Trigger, time: Time, say: Say) -> bool:
    """As in "wrapped up two days of talks on Friday", "the four-day round began on Monday": first and last day.

    Whether the sentence says so.
    """
    if time.date is None or len(time.date) < 10 or time.end_date is not None:
        return False
    through = time.preposition in TILL | {"to"}
    if time.preposition in BEFORE and not through:
        return False
    closing = any(t.lemma_ in _CLOSE for t in trigger.token.ancestors)  # "said at the close of two days of talks"
    turn = "" if through else turn_of(text, time) or ("end" if closing else "")
    for length in (*text.times(trigger.token.sent), *_next_length(text, trigger)):
        days = days_of(length) if length.kind == "DURATION" else None
        between = text.document.text[length.end : time.start].split()
        up_to = through and between in ([time.preposition], [time.preposition, "on"])  # "nine days through Sept. 27"
        told = up_to or (turn and _length_of(text, length, trigger.token))
        if not days or not 1 < days <= _LONGEST_ROUND or not told:
            continue
        other = date.fromisoformat(time.date) + timedelta(days=(days - 1) * (1 if turn == "begin" else -1))
        first, last = sorted((time.date, other.isoformat()))
        for name, day in (("date", first), ("endDate", last)):
            say(name, day, (min(time.start, length.start), max(time.end, length.end)))
        return True
    return False


def _next_length(text: Text, trigger: Trigger) -> list[Time]:
    """As in "The second round ended on Thursday. Over two days the envoys sat together": the length of the round."""
    sent = trigger.token.sent
    if trigger.kind is not FactKind.ROUND or sent.end >= len(text.doc):
        return []
    following = text.doc[sent.end].sent
    if following[0].lower_ not in _OVER:
        return []
    return [t for t in text.times(following) if text.token(t.start).i <= following.start + 2]


def _length_of(text: Text, length: Time, noun: Token) -> bool:
    """Whether a length belongs to an event noun: "the four-day round", "two days of talks", "ended after two days"."""
    span = text.tokens(length.start, length.end)
    last = text.doc[span[-1]]
    if last.sent.start != noun.sent.start:
        return True
    verb = next((t for t in last.ancestors if t.pos_ == "VERB"), noun)
    of_it = verb.dep_ == "relcl" and verb.i > noun.i  # "the round, which lasted two days"
    ended = length.preposition in _OVER | {"after"} and verb.lemma_ in END and (of_it or noun in verb.children)
    if ended or (of_it and verb.lemma_ == "last"):
        return True
    return last.head == noun or (noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.i in span)

"""What a time expression says of an event: its date, range, part of day and clock time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from kg.dates import WEEKDAYS, covering
from kg.model import FactKind
from kg.stages.relate.events.counted import count_of, counted
from kg.stages.relate.events.shifted import days_of
from kg.stages.relate.events.trigger import ORDINALS
from kg.stages.relate.verb_forms import homeward

if TYPE_CHECKING:
    from kg.model import Time, Value
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
    from kg.tokens import Token
TILL = frozenset({"until", "till", "through"})
BEFORE = TILL | {"by", "before", "within"}  # the day is not that of the event, its month is
_BEHIND = 9  # tokens
_DAY = 10  # characters of a day
_TODAY = frozenset({"today", "tonight", "this afternoon", "this evening", "this morning", "in the day"})
_RUNNING = frozenset({"this week", "this weekend", "this month"})
_SHORTLY = frozenset({"shortly", "soon", "next"})
_LONGEST_AHEAD = 400  # days
_FEW = 9  # tokens before a length
_UNIT = r"(?i)\b(hour|day|week|month|year)s?\b"
_NOW = frozenset({"is", "are", "am", "'s", "'re", "'m", "’s", "’re", "’m"})
_ONWARD = frozenset({"fly", "head", "leave", "depart", "go", "proceed", "come"})
_BEGIN = frozenset({"begin", "start", "open", "commence", "kick", "launch"})
END = frozenset({"end", "conclude", "finish", "close", "wrap", "complete", "adjourn"})


class Say(Protocol):
    """Takes a property, its value and the characters of the words that tell it."""

    def __call__(self, name: str, value: Value, words: tuple[int, int]) -> None: ...  # noqa: D102


def scheduled(text: Text, trigger: Trigger, when: list[Time]) -> bool:
    """As in "leaves for Tokyo on Sunday": the present tense with a later day is a plan."""
    verb = trigger.token if trigger.token.pos_ in {"VERB", "AUX"} else trigger.carrier
    published = text.document.published
    while verb is not None and verb.tag_ == "VB" and verb.dep_ in {"advcl", "xcomp"} and verb.head.pos_ == "VERB":
        verb = verb.head  # "flies to Lima on Friday to see Roe"
    if verb is None or published is None or any(c.lower_ in {"has", "have"} for c in verb.children):
        return False
    if trigger.reading == "back":
        return False  # "flies home from Rome on Friday"
    running = verb.tag_ == "VBG" and any(c.lower_ in _NOW for c in verb.children)
    later = (t for t in when if t.first is not None and (t.first > published or _still_to_come(text, trigger, t)))
    onward = verb.tag_ == "VBZ" and (verb.lemma_ == "proceed" or any(c.lower_ == "on" for c in verb.children))
    if (running or verb.tag_ in {"VBZ", "VBP"}) and _soon(verb):
        return True
    if verb.lemma_ in _ONWARD and (running or onward) and not any(t.date for t in when):
        return True  # "is flying on to Rome", "From Lima he proceeds to Rome"
    return (running or verb.tag_ in {"VBZ", "VBP"}) and any(t.preposition not in TILL for t in later)


def _still_to_come(text: Text, trigger: Trigger, time: Time) -> bool:
    """As in "meets Roe in Lima today", "on Friday", written on one, "heads to Rome this week": no day that is over."""
    words = text.document.text[time.start : time.end].lower().removeprefix("later ")
    today = time.first == text.document.published and (words in _TODAY or words in WEEKDAYS)
    going_on = words in _RUNNING and (time.last or "") > (text.document.published or "9999")
    told = trigger.carrier  # not "concludes a visit today", "is the third this month"
    over = told is not None and (ends(told) or told.lemma_ == "be")
    return (today or going_on) and not over and trigger.reading != "stay" and trigger.token.tag_ != "VBG"


def _soon(verb: Token) -> bool:
    """As in "lands in Lima in a few hours", "leaves shortly"."""
    lengths = (p for c in verb.children if c.lower_ == "in" for p in c.children)
    return any(p.lemma_ in {"minute", "hour"} for p in lengths) or any(c.lower_ in _SHORTLY for c in verb.children)


def next_times(text: Text, trigger: Trigger) -> list[Time]:
    """The date behind a round told without noun and verb: "and the second a week later in Rome"."""
    sent = trigger.token.sent
    last = sent.doc[min(trigger.token.i + _BEHIND, sent.end - 1)].idx
    behind = (t for t in text.times(sent) if trigger.token.idx < t.start <= last and t.date)
    return [t for t in behind if t.preposition != "since"][:1]  # not "their fifth since March"


def dates_of(text: Text, trigger: Trigger, times: list[Time]) -> list[Time]:
    """The time expressions that date an event, of lengths only those that reach ahead.

    Not "the third since March", "has been in Washington twice since Monday", but "had been negotiating since Monday",
    "has been in Washington since Monday".
    """
    staying = trigger.reading == "stay" and trigger.token.tag_ == "VBN" and count_of(trigger) == 1
    going_on = trigger.token.tag_ == "VBG" or staying
    times = [replace(t, preposition=None) if _not_until(text, t) else t for t in times]
    published = text.document.published or "9999"
    ahead = [_within(text, t) for t in times if t.kind == "DURATION" and t.preposition != "for"]
    if any(t.date and not _of_kind(text, t) for t in times):
        times = [t for t in times if not _of_kind(text, t)]
    own = trigger.token.idx if trigger.reading == "ordinal" else -1  # "concluded it in March and will begin the 15th"
    times = [t for t in times if not t.start <= own < t.end]
    dated = [t for t in times if t.kind in {"DATE", "TIME"}] + [t for t in ahead if t.first and t.first >= published]
    found = [exact(text, t) for t in dated if (going_on or t.preposition != "since") and not _how_often(text, t)]
    found = [_week_before(text, trigger, t) for t in found if not _told_exactly(text, t, found)]
    if not found and counted(trigger.token) > 1 and _perfect(trigger):
        found = [t for t in (_so_far(time, published) for time in dated) if t is not None]
    if trigger.token.dep_ == "pobj" and trigger.token.head.lower_ in {"after", "following"}:
        found = [t for t in found if t.preposition not in BEFORE]  # "After a dinner they have until Sunday"
    if come_from(trigger):  # there until the day of the journey home
        return [replace(t, preposition="until", clock=None) for t in found if t.preposition != "since"]
    return found


def come_from(trigger: Trigger) -> bool:
    """As in "returned on Tuesday from Lima", "from a visit to Lima"."""
    noun, verb = trigger.token, trigger.carrier
    return trigger.reading == "back" or (
        trigger.kind is FactKind.VISIT and noun.head.lower_ == "from" and verb is not None and homeward(verb)
    )


def _told_exactly(text: Text, time: Time, found: list[Time]) -> bool:
    """As in "a week ago, on Jan. 13": a day counted roughly, behind which the day itself stands."""
    words = text.document.text[time.start : time.end].lower()
    behind = [t for t in found if t.start > time.end and t.date and len(t.date) == _DAY and t.kind == "DATE"]
    between = text.document.text[time.end : behind[0].start] if behind else ""
    return words.endswith((" ago", " earlier", " later")) and between.strip() in {",", ", on", "(", "(on"}


def _week_before(text: Text, trigger: Trigger, time: Time) -> Time:
    """As in "They had last met on Tuesday", written on one: not on the day of the report."""
    told = text.document.text[time.start : time.end].lower().split()
    verb = trigger.token if trigger.token.pos_ in {"VERB", "AUX"} else trigger.carrier
    last = verb is not None and any(c.lower_ == "last" and c.dep_ == "advmod" for c in verb.children)
    if not last or time.date != text.document.published or time.date is None or told[0] not in WEEKDAYS:
        return time
    return _on(time, (date.fromisoformat(time.date) - timedelta(days=7)).isoformat())


def _not_until(text: Text, time: Time) -> bool:
    """As in "not until Friday did they speak": on that day."""
    return text.document.text[: time.start].lower().split()[-2:] == ["not", "until"]


def _of_kind(text: Text, time: Time) -> bool:
    """As in "late-night talks", "the night train": a part of a day that says what kind of thing it is, not when."""
    last = text.doc[text.tokens(time.start, time.end)[-1]]
    named = {"night", "evening", "morning", "afternoon", "day"}
    return time.part_of_day is not None and last.lower_ in named and last.dep_ in {"compound", "nmod", "amod"}


def _perfect(trigger: Trigger) -> bool:
    """As in "have met", "have been held": told from the view of the report, not in the order of the story."""
    verb = trigger.token if trigger.token.pos_ in {"VERB", "AUX"} else trigger.carrier
    return verb is not None and any(c.dep_ == "aux" and c.lower_ in {"has", "have"} for c in verb.children)


def _so_far(time: Time, published: str) -> Time | None:
    """Of "have met three times since May" what covers the days from then to the report: the year."""
    if time.preposition != "since" or time.first is None or not time.first < published < "9999":
        return None
    covers = covering(time.first, published)
    return replace(time, date=covers, value=covers, last=published, preposition=None) if covers else None


def _how_often(text: Text, time: Time) -> bool:
    """As in "met twice in two days", "the highest-level contact in six years": a length, not a day to come."""
    before = text.document.text[: time.start].split()[-2:]
    head, own = text.token(time.start).head, text.tokens(time.start, time.end)  # "her first trip to Rome in a year"
    nth = any(c.lower_ in ORDINALS and c.i not in own for t in (head, head.head) for c in t.children)
    most = any(t.tag_ in {"JJS", "RBS"} for t in text.doc[max(head.sent.start, own[0] - _FEW) : own[0]])
    often = nth or most or bool({"twice", "times", "time", "second", "third"} & set(before))
    unit = re.search(_UNIT, text.document.text[time.start : time.end])  # "twice in March" has its month
    return often and time.preposition == "in" and unit is not None


def _within(text: Text, time: Time) -> Time:
    """Of "within two weeks" the days from tomorrow on."""
    days = days_of(time)
    if time.preposition != "within" or not days or days > _LONGEST_AHEAD or text.document.published is None:
        return time
    ends = [date.fromisoformat(text.document.published) + timedelta(days=n) for n in (1, days)]
    first, last = (end.isoformat() for end in ends)
    return replace(time, date=covering(first, last), first=first, last=last)


def began_and_ended(text: Text, times: list[Time]) -> list[Time]:
    """As in "The round, which started on Tuesday, ended this morning": the range from one day to the other."""
    told = {turn_of(text, t): t for t in times if t.date is not None and len(t.date) == 10}
    first, last = told.get("begin"), told.get("end")
    if first is None or last is None or first.date is None or last.date is None or not first.date < last.date:
        return []
    start, end = min(first.start, last.start), max(first.end, last.end)
    return [replace(first, start=start, end=end, value=f"{first.date}/{last.date}", last=last.date, end_date=last.date)]


def running(text: Text, trigger: Trigger, dates: list[Time]) -> list[Time]:
    """As in "talks on Sunday and Monday", "was in Rome on Thursday and Friday": one event of two days, not two."""
    days = [t for t in dates if t.part_of_day is None]
    met = trigger.reading == "meet" and trigger.kind is FactKind.MEETING and count_of(trigger) == 1
    lasting = met or trigger.reading == "vague" or trigger.kind in {FactKind.VISIT, FactKind.ROUND, FactKind.SUMMIT}
    if len(dates) != 2 or len(days) != 2 or not lasting:
        return dates
    first, last = days
    if not follows(text, first, last):
        return dates
    return [replace(first, end=last.end, value=f"{first.date}/{last.date}", last=last.date, end_date=last.date)]


def follows(text: Text, first: Time, last: Time) -> bool:
    """Whether a day is joined by "and" to the one before it: "on Thursday and Friday"."""
    if not first.date or not last.date or {len(first.date), len(last.date)} != {_DAY} or first.end_date:
        return False
    next_day = (date.fromisoformat(first.date) + timedelta(days=1)).isoformat()
    return last.date == next_day and text.document.text[first.end : last.start].split() in (["and"], ["and", "on"])


def ends(verb: Token) -> bool:
    """As in "began on Monday and ended on Friday"."""
    return verb.lemma_.lower() in END


def turn_of(text: Text, time: Time) -> str:
    """Whether the verb of a time tells of a begin or an end."""
    verb = text.doc[text.tokens(time.start, time.end)[-1]]
    while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
        verb = verb.head
    lemma = verb.lemma_.lower()
    return "begin" if lemma in _BEGIN else "end" if lemma in END else ""


def say_time(time: Time, say: Say) -> None:
    """All that a time expression says of an event."""
    words = (time.start, time.end)
    if time.preposition in TILL and time.clock:  # "went on until midnight on Friday"
        if time.date is not None and not time.anchored:
            say("date", time.date, words)
        return
    hour = time.kind == "TIME" and time.preposition == "before"  # "shortly before noon on Friday"
    if time.date is not None and time.preposition in BEFORE and not hour:
        of_year = time.value is not None and len(time.value) == len("2025")  # "before the end of the year"
        say("date", time.date[: len("2025" if of_year else "2025-05")], words)
        if time.preposition in TILL:
            say("endDate", time.date, words)
    elif time.date is not None:
        _say_date(time, time.date, say)
    if time.part_of_day:
        say("partOfDay", time.part_of_day, words)
    if time.clock and not hour:
        say("time", time.clock, words)


def _say_date(time: Time, day: str, say: Say) -> None:
    """The date, and first and last day where it is more than one; a range begins with its first."""
    words = (time.start, time.end)
    if time.first is None or time.last is None or time.first == time.last:
        say("date", day, words)
        return
    ranged = time.end_date is not None  # a weekend is not
    say("date", time.first if ranged else day, words)
    say("earliest", time.first, words)
    say("latest", time.last, words)
    if ranged:
        say("endDate", time.last, words)


_HOURS = frozenset({"noon", "midday", "midnight", "morning", "afternoon", "evening", "a.m.", "p.m.", "am", "pm"})


def exact(text: Text, time: Time) -> Time:
    """A time that the text around makes a day: "a week ago", "a week later", "in May ... on the 12th"."""
    words = text.document.text[time.start : time.end].lower()
    ordinal = re.fullmatch(r"the (\d+)(st|nd|rd|th)", words)
    if ordinal and time.date:
        told = text.times(text.token(time.start).sent)
        month = [t.date for t in told if t.start < time.start and t.date and len(t.date) == 7]
        if month:  # "visited in May, where they talked on the 12th"
            return _on(time, f"{month[-1]}-{int(ordinal[1]):02d}")
    if time.anchored and words.split()[-1] in _HOURS and time.date == text.last_day(before=time.start):
        reached = text.day_before(time.start)  # "before noon", counted from a day that was only recalled
        return _on(time, reached.date) if reached is not None and reached.date else time
    published = text.document.published
    if re.fullmatch(r"(?:a|one) week ago", words) and published is not None:
        return _on(time, (date.fromisoformat(published) - timedelta(days=7)).isoformat())
    if not time.anchored or not re.fullmatch(r"(?:a|one) week (?:later|earlier|afterwards?|after that)", words):
        return time
    base = text.last_day(before=time.start)
    if base is None or len(base) < 10:
        return time
    week = timedelta(days=-7 if words.endswith("earlier") else 7)
    return _on(time, (date.fromisoformat(base) + week).isoformat())


def _on(time: Time, day: str) -> Time:
    return replace(time, date=day, first=day, last=day, value=day)

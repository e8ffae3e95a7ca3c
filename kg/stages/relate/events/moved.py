"""The days of what was put off or called off: "has been postponed to next Tuesday", "Thursday's meeting is off"."""

from __future__ import annotations

from calendar import month_name
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.dates import WEEKDAYS
from kg.lexicon import members
from kg.stages.relate.events.dates import turn_of
from kg.stages.relate.modality import Stage, stage

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
    from kg.tokens import Token
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_MONTHS = frozenset(name for month in month_name[1:] for name in (month.lower(), month[:3].lower(), month[:4].lower()))
_SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter"})
_HALF_A_WEEK = 4  # days
_LONG_AGO = 60  # days
_DAY = 10  # characters of a day
_IS_ON = frozenset({"take", "be", "hold", "happen", "go", "occur"})
_PARTICLES = {"put": {"off", "back"}, "set": {"back"}, "bring": {"forward"}}  # "put off", not "put"


def postponed(text: Text, trigger: Trigger) -> Time | None:
    """The new day of "has been postponed to next Tuesday", for which the event is planned again."""
    verb = trigger.carrier
    while verb is not None and verb.dep_ in _SUBJECTS and verb.head.pos_ == "VERB":
        verb = verb.head  # "[The talks scheduled for Monday] were postponed to Friday", as the parse has it
    if verb is None or not is_moved(verb):
        return _instead(text, verb) if verb is not None else None
    after = _after_all(verb)
    for time in text.times(trigger.token.sent):
        owner = next((t for t in text.token(time.start).ancestors if t.pos_ in {"VERB", "AUX"}), verb)
        if after is not None and owner == after and time.date is not None:
            return time
        if time.preposition == "from" and time.end_date is not None and owner == verb:  # "from June 30 to July 10"
            return replace(time, preposition=None, date=time.end_date, first=time.end_date, end_date=None)
        later = time.start > verb.idx and time.preposition in {"to", "until", "till", "for"}
        if later and owner == verb and time.date is not None:  # not "that had been planned for Monday"
            return replace(_later(text, time), preposition=None)
    return _settled_on(text, trigger)


def _settled_on(text: Text, trigger: Trigger) -> Time | None:
    """As in "The talks have been put off. The two sides have settled on May 2 instead"."""
    first = trigger.token.sent
    behind = text.doc[first.end].sent if first.end < len(text.doc) else first
    for sent in (first, behind) if text.same_block(first[0], behind[0]) else (first,):
        for time in text.times(sent):
            last = text.tokens(time.start, time.end)[-1]
            if time.date is not None and text.doc[last + 1 : last + 2].text == "instead":
                return time
    return None


def which_day(text: Text, trigger: Trigger, when: list[Time]) -> str:
    """What the day of an event is beside others that are told of it.

    "new" in "the talks will now take place on Friday", "old" in "had been set for Monday", "first" in "opened on
    Monday", "last" in "ended on Friday", else "".
    """
    verb = trigger.token if trigger.token.pos_ == "VERB" else trigger.carrier
    days = [t for t in when if t.date is not None and len(t.date) == _DAY and t.end_date is None]
    if verb is None or len(days) != 1:
        return ""
    if trigger.stage is Stage.PLANNED:
        around = {c.lower_ for c in (verb, *verb.children)}
        if around & {"originally", "initially"} or ("had" in around and not around & {"now", "instead"}):
            return "old"
        return "new" if around & {"now", "instead"} or is_moved(verb) else ""
    turn = turn_of(text, days[0]) if trigger.stage is Stage.HELD else ""
    return {"begin": "first", "end": "last"}.get(turn, "")


def once_put_off(text: Text, trigger: Trigger, told: list[Trigger]) -> None:
    """As in "Doe and Roe met in Rome. The meeting had been put off once": which was held after all."""
    verb, last = trigger.carrier, told[-1] if told else None
    if verb is None or last is None or last.stage is not Stage.HELD or not trigger.anaphoric or trigger.actors:
        return
    had = any(c.lower_ == "had" and c.dep_ == "aux" for c in verb.children)
    if had and is_moved(verb) and last.kind is trigger.kind and not any(t.date for t in text.times(verb.sent)):
        trigger.stage = Stage.NEGATED


def is_moved(verb: Token) -> bool:
    """Whether a verb gives an event a new day: "moved", "put off", "brought forward"."""
    particles = _PARTICLES.get(verb.lemma_)
    return verb.lemma_ in members("event_company", "moved") and (
        particles is None or any(c.lower_ in particles for c in verb.children)
    )


def _instead(text: Text, verb: Token) -> Time | None:
    """The day of "the trip, planned for Monday, will now take place on Friday"."""
    if stage(verb) is not Stage.PLANNED or not any(c.lower_ in {"now", "instead"} for c in verb.children):
        return None
    times = (t for t in text.times(verb.sent) if t.date is not None and t.start > verb.idx)
    return next((t for t in times if next(a for a in text.token(t.start).ancestors if a.pos_ == "VERB") == verb), None)


def _after_all(verb: Token) -> Token | None:
    """The verb of "was postponed and will take place tomorrow"."""
    joined = (c for c in verb.children if c.dep_ == "conj" and c.lemma_ in _IS_ON)
    return next((c for c in joined if stage(c) is Stage.PLANNED), None)


def _later(text: Text, time: Time) -> Time:
    """A bare weekday to which something is moved lies behind the report: "was pushed back to Monday"."""
    day, published = time.date or "", text.document.published or ""
    weekday = text.document.text[time.start : time.end].lower() in WEEKDAYS
    if not weekday or len(day) < 10 or day > published:
        return time
    moved = (date.fromisoformat(day) + timedelta(days=7)).isoformat()
    return replace(time, date=moved, first=moved, last=moved, value=moved)


def off_day(text: Text, time: Time) -> Time:
    """The weekday of what was called off, the nearest to the report: "Thursday's meeting has been postponed"."""
    day, published = time.date or "", text.document.published
    if published is None or len(day) < 10 or text.document.text[time.start : time.end].lower() not in WEEKDAYS:
        return time
    past = (date.fromisoformat(published) - date.fromisoformat(day)).days
    return _later(text, time) if past >= _HALF_A_WEEK else time


def ahead_of_us(text: Text, trigger: Trigger, time: Time) -> Time:
    """The month or day, told without its year, of what is planned or sought: "has invited Roe to Lima in April".

    Not of what is told of the past: "had wanted to meet in April", "was to be signed in May".
    """
    published, words = text.document.published, text.document.text[time.start : time.end].lower()
    open_ = trigger.stage in {Stage.PLANNED, Stage.SOUGHT} and published is not None
    if not open_ or time.last is None or time.date is None or not time.last < (published or "") or time.anchored:
        return time
    month = any(word.rstrip(".,") in _MONTHS | _SEASONS for word in words.split())
    stated = any(len(word) == len("2025") and word.isdigit() for word in words.replace(",", " ").split())
    above = (t for t in (trigger.token, *trigger.token.ancestors) if t.pos_ in {"VERB", "AUX"})
    past = any(c.lower_ in {"was", "were", "had"} for t in above for c in (t, *t.children))
    verb = next((t for t in text.token(time.start).ancestors if t.pos_ in {"VERB", "AUX"}), trigger.token)
    past = past or (verb.tag_ == "VBD" and time.start < verb.idx)  # "In April Doe invited Roe", on that day
    if not month or stated or past or words.startswith("last") or _year_on(time.last) < (published or ""):
        return time
    if len(time.date) == _DAY and published and _gone(time.last, published) < _LONG_AGO:
        return time  # on June 28, "agreed to meet on June 2"
    date_, first, last, end = map(_year_on, (time.date, time.first or time.date, time.last, time.end_date or ""))
    return replace(time, value=_year_on(time.value or ""), date=date_, first=first, last=last, end_date=end or None)


def _gone(day: str, published: str) -> int:
    """How many days lie between a day and the report."""
    return (date.fromisoformat(published) - date.fromisoformat(day)).days


def _year_on(day: str) -> str:
    return f"{int(day[:4]) + 1}{day[4:]}" if day[:4].isdigit() else day

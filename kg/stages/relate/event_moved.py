"""The days of what was put off or called off: "has been postponed to next Tuesday", "Thursday's meeting is off"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.dates import WEEKDAYS

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.event_trigger import Trigger
    from kg.stages.relate.text import Text
_HALF_A_WEEK = 4  # days


def postponed(text: Text, trigger: Trigger) -> Time | None:
    """The new day of "has been postponed to next Tuesday", for which the event is planned again."""
    verb = trigger.carrier
    if verb is None or verb.lemma_ not in {"postpone", "move", "reschedule", "delay", "shift", "push"}:
        return None
    for time in text.times(trigger.token.sent):
        moved = next((t for t in text.token(time.start).ancestors if t.pos_ in {"VERB", "AUX"}), verb) == verb
        later = time.start > verb.idx and time.preposition in {"to", "until", "till", "for"}
        if later and moved and time.date is not None:  # not "that had been planned for Monday"
            return replace(_later(text, time), preposition=None)
    return None


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

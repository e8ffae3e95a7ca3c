"""The days of what was put off or called off: "has been postponed to next Tuesday", "Thursday's meeting is off"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.dates import WEEKDAYS
from kg.stages.relate.modality import Stage, stage

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Time
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
_HALF_A_WEEK = 4  # days


def postponed(text: Text, trigger: Trigger) -> Time | None:
    """The new day of "has been postponed to next Tuesday", for which the event is planned again."""
    verb = trigger.carrier
    if verb is None or verb.lemma_ not in {"postpone", "move", "reschedule", "delay", "shift", "push"}:
        return None
    after = _after_all(verb)
    for time in text.times(trigger.token.sent):
        owner = next((t for t in text.token(time.start).ancestors if t.pos_ in {"VERB", "AUX"}), verb)
        if after is not None and owner == after and time.date is not None:
            return time
        later = time.start > verb.idx and time.preposition in {"to", "until", "till", "for"}
        if later and owner == verb and time.date is not None:  # not "that had been planned for Monday"
            return replace(_later(text, time), preposition=None)
    return None


def _after_all(verb: Token) -> Token | None:
    """The verb of "was postponed and will take place tomorrow"."""
    joined = (c for c in verb.children if c.dep_ == "conj" and c.lemma_ in {"take", "be", "happen", "go", "occur"})
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

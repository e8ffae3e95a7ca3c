"""What a list says of its rates beside them: their days, and sentences without a rate that tell day or ground."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.grounds import grounds
from kg.stages.relate.tariffs.list_words import closes
from kg.stages.relate.tariffs.words import is_tariff

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.tariffs.group import Group
    from kg.stages.relate.text import Text
    from kg.tokens import Span

_BEGUN = re.compile(
    r"^\W*(?:in (?:force|effect)|effective|applie[sd]|since|valid|takes effect|starts?)\b", re.IGNORECASE
)
_HELD = re.compile(r"\b(?:in (?:force|effect|place)|effective|applied|charged|introduced|imposed|brought in)\b|since\b")
_UNDONE = re.compile(r"\b(?:no longer|exempt|spared?|except|lifted|dropped)\b", re.IGNORECASE)
_SPOKEN_OF = frozenset({"it", "they", "both", "all", "these", "measure", "measures", "rate", "rates"})
_ASIDE = re.compile(
    r"\b(?:announced|threatened|agreed|proposed|promised|adopted|signed|decided|said|wrote|letter|order|hold|before)"
    r"\b[^,;.]{0,40}$|\b(?:due|decision|ruling)\b[^,;.]{0,25}\bby $",
    re.IGNORECASE,
)
_STARTING = frozenset({"since", "from", "for", "effective"})


def days(text: Text, words: Span, group: Group | None = None) -> tuple[Time | None, Time | None]:
    """The day on which a rate took or takes effect, and the day on which it ends; not those of the rate before it."""
    when = until = None
    for time in text.times(words):
        if time.kind != "DATE" or not time.date or (group is not None and _of_old(text, time, group)):
            continue
        before = text.document.text[words.start_char : time.start][-60:]
        if time.preposition not in _STARTING and text.document.text[time.start : time.end].lower() in {"today", "now"}:
            continue  # what holds now, not since when
        if closes(text, time):
            until = until or time
        elif time.preposition in _STARTING:
            when = time if when is None or when.preposition not in _STARTING or _summed(text, when, time) else when
        elif not _ASIDE.search(before):
            when = when or time
    return when, until


def _summed(text: Text, first: Time, time: Time) -> bool:
    """As in "50% (10% since April, 40% since August)": the last of two days in one bracket."""
    between = text.document.text[first.end : time.start]
    return "%" in between and not set("();.") & set(between) and (first.date or "") < (time.date or "")


def _of_old(text: Text, time: Time, group: Group) -> bool:
    """As in "20%, from July 5; 10% until then", "50% today, 0% after five years"."""
    old = group.previous
    if old is None or not group.rates:
        return False
    new = group.rates[0].start
    if text.document.text[new : old.start].count("(") > text.document.text[new : time.start].count(")"):
        return time.start > old.start  # "39% (31 in April)"
    return old.start < time.start < new or (time.start > old.start > new and closes(text, time))


def remark(text: Text, part: Span, same: list[Frame]) -> None:
    """What a sentence without a rate says of those before it: "In force since 1 May."."""
    subject = next((t for t in part if t.dep_ in {"nsubj", "nsubjpass"}), None)
    spoken_of = subject is not None and (is_tariff(subject) or subject.lower_ in _SPOKEN_OF) and _HELD.search(part.text)
    if _BEGUN.match(part.text) or spoken_of:
        when, until = days(text, part)
        for frame in _meant(part, same):
            frame.when, frame.until = frame.when or when, frame.until or until
    if not _UNDONE.search(part.text):
        ground = next(iter(grounds(part)), None)  # "Both rest on Section 232", "The White House cites fentanyl"
        for frame in _meant(part, same):
            frame.ground = frame.ground or ground


def _meant(part: Span, same: list[Frame]) -> list[Frame]:
    """The tariffs before a sentence that it speaks of: those on the goods it names, else all."""
    named = {t.lemma_.lower() for t in part}
    return [f for f in same if any(set(g.key.split()) & named for g in f.goods)] or same

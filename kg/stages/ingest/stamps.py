"""The day of publication as a line of a page gives it: "Updated 9 May 2025, 14:05", "Press release | May 9, 2025"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache

from kg.lexicon import members
from kg.stages.ingest.dateline import cities
from kg.stages.ingest.dates import DATE, WEEKDAY, beside_times, is_time_line, readings

# "This article was first published on 9 May 2025."
_TOLD = re.compile(
    r"(?:this|the) (?:article|story|report|page|post|release|column|interview|piece)\b.{0,20}\b"
    r"(?:first|originally)?\s?(?:published|posted|issued|released)\b.{0,60}",
    re.IGNORECASE,
)
_DATED = re.compile(DATE, re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[a-z]{3})[.!?]\s+")
# "Friday, Aug. 31, 2018. All times Eastern; newest entry first": the head of a live page
_OF_ENTRIES = re.compile(rf"(?P<day>(?:{WEEKDAY},?\s+)?{DATE})\s*[.,;:|–—-]\s*(?:all )?times\b", re.IGNORECASE)
_SPANNING = re.compile(r"\b(?:from|since|until|till|by|after|before|what)\s$", re.IGNORECASE)  # "from 1 May 2025"
_FIGURE = re.compile(r"%|\bper ?cent\b|^[+\d.,\s–-]+$", re.IGNORECASE)
_PLACED = re.compile(rf",\s(?P<city>[^,]+),\s(?:{WEEKDAY},?\s+)?{DATE}\.?", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\b[ap]\.m\.$")
_PROSE = re.compile(r"[a-z]{3}[.!?]\s|[;?!%]|\d\d? (?:to|or|and) \d")
_WEEKDAY = re.compile(WEEKDAY, re.IGNORECASE)
_AMERICAN = re.compile(r"\b(?:[ECMP][DS]?T|Eastern|Pacific)\b")  # there the month stands first
_SMALL = 3  # words in small letters beside a place and a day
_NEAR = 14  # days between a report and the days that it tells of
_CODE = re.compile(r"(?i:no|nos|nr|ref|reference|number)\.?:?|[A-Z]{0,6}[\d/.()-]*\d[\w/.()-]*")


class Says(IntEnum):
    """What a line says of its day; the lower one goes before the higher one."""

    PUBLISHED = 0
    NOTHING = 1
    CHANGED = 2


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day that a line gives beside names only: `days` has two where it can be read in two ways ("3/4/2025")."""

    days: tuple[str, ...]
    says: Says
    rest: tuple[str, ...]  # the words that are neither date nor label

    @property
    def bare(self) -> bool:
        """Whether nothing but names of reference stand beside the day: "Ref. no. 12/2025 | 9 May 2025"."""
        return all(_CODE.fullmatch(word) for word in self.rest)


@cache
def _labels(what: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(members('page_dates', what)))})\b", re.IGNORECASE)


def read_stamp(flat: str) -> Stamp | None:
    """The day, with its year, of a line that is no prose and has few words but names beside it, or None."""
    if len(flat) > 120 or not any(c.isdigit() for c in flat):
        return None
    *before, last = _SENTENCE.split(flat)
    if before and _label_at(last):
        return read_stamp(last)  # "Example Advisers. Last updated 9 May 2025"
    entries = _OF_ENTRIES.match(flat)
    if entries:
        return read_stamp(entries["day"])
    found = _found(flat)
    if found is None:
        return None
    days, says = found
    if _TOLD.fullmatch(flat):
        return Stamp(days, says, ())
    if is_time_line(flat):
        return Stamp(days, says, ()) if not _labels("other").search(flat) else None
    rest = beside_times(flat).split()
    ends = flat.endswith(".") and not _ABBREVIATED.search(flat) and not _label_at(flat)
    if ends:
        return None
    if _PROSE.search(flat) or _labels("other").search(" ".join(rest)):
        return _of_parts(flat)
    if len(rest) > 8 or sum(word[0].islower() for word in rest) > (_SMALL if _placed(flat) else 1):
        return _of_parts(flat)
    return Stamp(days, says, tuple(rest))


def _of_parts(flat: str) -> Stamp | None:
    """The day of a line of fields: "Example Times | Business | Jane Doe, our correspondent in Rome | 9/5/2025".

    Not that of a row of a table, which has figures in other fields: "Japan | 15% | 12% | September 16, 2025".
    """
    if "|" not in flat:
        return None
    parts = [(part, read_stamp(part)) for part in map(str.strip, flat.split("|"))]
    found = [stamp for _, stamp in parts if stamp is not None]
    row = any(_FIGURE.search(part) for part, stamp in parts if stamp is None)
    return min(found, key=lambda one: one.says) if found and not row else None


def _placed(flat: str) -> bool:
    """Whether a line ends with a known city and the day: "State Department briefing room, Washington, July 9, 2025"."""
    match = next((m for m in _PLACED.finditer(flat) if m.end() == len(flat)), None)
    return match is not None and match["city"] in cities()


def _label_at(flat: str) -> bool:
    """Whether a line begins with what was done on the day: "Last updated"."""
    words = re.sub(r"(?i)^\W*(?:(?:first|last|originally)\s+)?", "", flat)
    return bool(_labels("published").match(words) or _labels("changed").match(words))


def _found(flat: str) -> tuple[tuple[str, ...], Says] | None:
    """The first day that is said to be of publication, else the first without a label, else the first of a change."""
    told: list[tuple[Says, tuple[str, ...]]] = []
    before = 0
    for match in _DATED.finditer(flat):
        days = _fitting(next(readings(match[0]), ()), flat)
        if not days:
            continue
        label = flat[before : match.start()]
        if _SPANNING.search(label):
            continue
        says = Says.PUBLISHED if _labels("published").search(label) else Says.NOTHING
        told.append((Says.CHANGED if _labels("changed").search(label) else says, days))
        before = match.end()
    if not told:
        return None
    says, days = min(told, key=lambda one: one[0])
    return days, says


def _fitting(days: tuple[str, ...], flat: str) -> tuple[str, ...]:
    """Of two readings ("3/4/2025") the one that the weekday or the clock of the line bears out, or both."""
    if len(days) < 2:
        return days
    weekday = _WEEKDAY.search(flat)
    fit = [day for day in days if weekday and f"{date.fromisoformat(day):%a}".lower() == weekday[0][:3].lower()]
    if len(fit) == 1:
        return (fit[0],)
    return days[1:] if _AMERICAN.search(flat) else days


def settle(days: tuple[str, ...], text: str) -> str | None:
    """The day that is meant; of two readings ("3/4/2025") the one near which the text names more days, or None."""
    if len(days) == 1:
        return days[0]
    near = [sum(len(n) == 1 and _apart(day, n[0]) <= _NEAR for n in readings(text, day)) for day in days]
    return days[near.index(max(near))] if near[0] != near[1] else None


def _apart(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def words_before(flat: str) -> str:
    """The title that stands in one line with a labelled day: "Duties on steel, by country. Status: 9 May 2025"."""
    *before, last = _SENTENCE.split(flat)
    return flat[: flat.rindex(last)].rstrip() if before and _label_at(last) else ""


def of_another(flat: str) -> bool:
    """Whether a line names something else that its day is of: "Deadline: 9 May 2025"."""
    return _labels("other").search(flat) is not None


def is_dated(flat: str) -> bool:
    """True where a line holds a date with its year and few words but names: "Opinion by Jane Doe, 3 May 2026"."""
    return read_stamp(flat) is not None


def is_labelled(flat: str) -> bool:
    """True for a line that says of its day that the page was published or changed on it."""
    stamp = read_stamp(flat)
    return stamp is not None and stamp.says is not Says.NOTHING

"""Words of time in a text -> `Phrase`: what the words say, before anything is counted from another date."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.stages.recognize import time_patterns
from kg.stages.recognize.time_amounts import Amount, amount_of, count, unit_of
from kg.stages.recognize.time_patterns import lexicon

if TYPE_CHECKING:
    from collections.abc import Callable

# "100,000 cars a year" is a rate, "lasted a year" a duration.
_BEFORE_A = re.compile(
    r"(?:\b(?:for|in|within|over|of|after|last(?:s|ed|ing)?|takes?|took|taking|spen[dt]s?|ran|run|than|about)|[,(])\s+$",
    re.IGNORECASE,
)
_FREE = re.compile(r"\s*(?:[.,;:)]|$)|\s+(?:in|at|by|with|and|but|for|to|on|over|during|from|about|via|when|while)\b")
_HAD = re.compile(r"\s+(?:he|she|they|both)\s+had\b")
_ENDS = frozenset({"", ".", "!", "?", "\n", '"', "”"})  # before the first word of a sentence
_HOURS_OF_A_DAY = 24
# "the first summit in eight years", "the biggest rise in ten months"; not "the first round will begin in two weeks"
_RANKED = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|\d+(?:st|nd|rd|th)|only|most|worst|best|(?:bigg|larg|high|low|long"
    r"|sharp|strong|steep|clos|deep|weak|small|great|tough)est)\b"
    r"(?:(?!\b(?:will|would|is|are|was|were|be|shall|should|may|can|could|starts?|begins?)\b)[^.,;:!?])*$",
    re.IGNORECASE,
)
_CLAUSE = 90  # characters between such a word and the span
_MINUTES = {"TM": 1, "TH": 60}
_BY_LENGTH = ("TS", "TM", "TH", "D", "W", "2W", "M", "Y", "10Y")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A time expression as it stands in the text.

    `form` is the name of the pattern; the other fields are what it read. `shift` counts units from another date,
    which is the publication date, or with `counted` the last date of the text.
    """

    start: int
    end: int
    form: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None  # "June 14 to 17"
    weekday: int | None = None
    which: int | None = None  # "last Friday" -1, "this" 0, "next" 1
    counted: bool = False
    shift: Decimal | None = None
    unit: str | None = None  # TIMEX3 unit, or the part of a year: Q1, H2, SU
    amount: tuple[tuple[Decimal | None, str], ...] = ()  # of a duration: number (None: "several") and unit
    mod: str | None = None
    part: str | None = None  # MO, AF, EV, NI
    clock: str | None = None  # HH:MM
    until: Phrase | None = None  # other end of a range
    of_week: tuple[int, bool] | None = None  # "Tuesday of next week": which week, and whether counted
    of_year: tuple[int, bool] | None = None  # "July 1 next year": likewise
    out: bool = False  # "before the month is out": the last day


_Groups = dict[str, str]


def phrase(text: str, start: int) -> Phrase | None:
    """The time expression that begins at `start`, with what precedes it ("early", "the end of"), or None."""
    if before := time_patterns.prefix(text, start):
        inner = _plain(text, before[1].end(), inner=True)
        if inner and (found := _prefixed(*before, inner)):
            return found
    return _plain(text, start, inner=False)


def _plain(text: str, start: int, *, inner: bool) -> Phrase | None:
    found = time_patterns.match(text, start, inner=inner)
    return _read(*found, text) if found else None


def _prefixed(name: str, match: re.Match[str], inner: Phrase) -> Phrase | None:
    if inner.form in {"duration", "offset", "set", "span", "clock", "iso", "ahead"}:
        return None
    groups = _words(match)
    if name == "week of":
        return replace(inner, start=match.start(), form="week of", unit="WE" if groups["unit"] == "weekend" else "W")
    word = groups.get("stretch") or groups.get("stretch2")
    mod = _stretch(word) if word else ("START" if groups["ordinal"] in {"first", "opening"} else "END")
    return replace(inner, start=match.start(), mod=mod, out="stretch2" in groups and mod == "END")


def _words(match: re.Match[str]) -> _Groups:
    return {name: " ".join(value.lower().split()) for name, value in match.groupdict().items() if value is not None}


def _stretch(word: str) -> str:
    return {"later": "AFTER", "earlier": "BEFORE"}.get(word) or lexicon("stretch")[word]


def _read(form: str, match: re.Match[str], text: str) -> Phrase | None:
    groups = _words(match)
    fields: dict[str, Any] = {}
    for name in _FIELDS.keys() & groups.keys():
        fields |= _FIELDS[name](groups[name])
    found = Phrase(match.start(), match.end(), form, **fields)
    if form not in _READERS:
        return found
    if form == "ahead":  # without the "in"
        read = [match.start(name) for name, value in match.groupdict().items() if value is not None]
        found = replace(found, start=min(read))
    return _READERS[form](found, groups, text)


def _which(words: str) -> tuple[int, bool]:
    """How many units on, and whether from the last date of the text rather than from publication."""
    counted = lexicon("counted")
    return (int(counted[words]), True) if words in counted else (int(lexicon("which")[words]), False)


_FIELDS: dict[str, Callable[[str], dict[str, Any]]] = {
    "year": lambda word: {"year": int(word)},
    "day": lambda word: {"day": int(word)},
    "last_day": lambda word: {"last_day": int(word)},
    "month2": lambda word: {"month": int(word)},
    "month": lambda word: {"month": int(word) if word.isdigit() else int(lexicon("month")[word])},
    "weekday": lambda word: {"weekday": int((lexicon("weekday") | lexicon("short weekday"))[word.rstrip(".")])},
    "which": lambda word: dict(zip(("which", "counted"), _which(word), strict=True)),
    "of_week": lambda word: {"of_week": _which(word)},
    "of_year": lambda word: {"of_year": _which(word)},
    "stretch": lambda word: {"mod": _stretch(word)},
    "mod": lambda word: {"mod": lexicon("modifier")[word]},
    "part": lambda word: {"part": lexicon("part")[word]},
    "unit": lambda word: {"unit": unit_of(word)},
}


def _duration(found: Phrase, groups: _Groups, text: str) -> Phrase | None:
    amount = amount_of(groups)
    if re.match(r"[-\s]olds?\b", text[found.end : found.end + 5]):
        return None  # an age
    if groups.get("n") in {"a", "an"} and (
        amount[0][1] in {"TS", "TM", "D", "W", "M", "Y"}
        and not found.mod
        and not _BEFORE_A.search(text[max(0, found.start - 12) : found.start])
    ):
        return None
    if _two_spells(amount):
        return _first_spell(found, groups, text)
    mod = {"so": "APPROX", "more": "EQUAL_OR_MORE"}.get(groups.get("more", "")) or found.mod
    return replace(found, amount=amount, mod=mod, unit=None)


def _two_spells(amount: Amount) -> bool:
    """Whether a unit is followed by one no smaller, so that they make no sum: "for 40 minutes, a day after"."""
    return len(amount) > 1 and _BY_LENGTH.index(amount[1][1]) >= _BY_LENGTH.index(amount[0][1])


def _first_spell(found: Phrase, groups: _Groups, text: str) -> Phrase:
    """The first of two lengths that make no sum."""
    number = r"\s+".join(map(re.escape, groups["n2"].split()))
    second = re.compile(rf"(?:,?\s+and\s+|,?\s+){number}[-\s]", re.IGNORECASE)
    length = [m.start() for m in second.finditer(text[found.start : found.end])][-1]
    return replace(found, form="duration", end=found.start + length, amount=amount_of(groups)[:1], unit=None)


def _offset(found: Phrase, groups: _Groups, text: str) -> Phrase | None:
    """A date: "two days later". "two days after the summit" counts from an event: a stretch of two days."""
    ago = groups.get("ago") or groups["eve"]
    amount = amount_of(groups) if "unit" in groups or "unit0" in groups else ((Decimal(1), "D"),)
    if _two_spells(amount):
        return _first_spell(found, groups, text)
    # "The evening before she had met Doe"
    opens = text[: found.start].rstrip(" ")[-1:] in _ENDS and _HAD.match(text, found.end)
    if ago in {"before", "after", "prior", "of"} and not (opens or _FREE.match(text, found.end)):
        length = len(text[found.start : found.end - len(ago)].rstrip())
        return replace(found, form="duration", end=found.start + length, amount=amount, unit=None)
    sign = Decimal((lexicon("offset") | lexicon("counted offset"))[ago])
    number, unit = amount[0]
    if unit == "TH" and number and number % _HOURS_OF_A_DAY == 0 and not found.mod:  # "forty-eight hours later"
        number, unit = number / _HOURS_OF_A_DAY, "D"
    shift = None if number is None or len(amount) > 1 else sign * number
    counted = ago in lexicon("counted offset")
    return replace(found, form="offset", counted=counted, shift=shift, unit=unit, amount=amount)


def _ahead(found: Phrase, groups: _Groups, text: str) -> Phrase | None:
    number, unit = (amount := amount_of(groups))[0]
    ranked = _RANKED.search(text, max(0, found.start - _CLAUSE), found.start) is not None
    if ranked and "time" not in groups:
        return replace(found, form="duration", amount=amount, unit=None)
    return replace(found, form="offset" if "time" in groups else "ahead", shift=number, unit=unit, amount=amount)


def _span(found: Phrase, groups: _Groups, _text: str) -> Phrase | None:
    toward = groups["toward"]
    sign = 0 if toward == "first" else 1 if toward in {"coming", "next"} else -1
    number = count(groups["n"]) if "n" in groups else (Decimal(1) if found.form == "past unit" else None)
    return replace(found, form="span", shift=Decimal(sign), amount=((number, unit_of(groups["unit"])),))


def _year_part(found: Phrase, groups: _Groups, text: str) -> Phrase | None:
    if found.form == "short quarter":
        return replace(found, form="year part", unit=groups["q"].upper())
    number, last = int(lexicon("ordinal")[groups["ordinal"]]), 4 if groups["of"] == "quarter" else 2
    if number > last or re.match(r"\s+of\s+(?:the|a)\s", text[found.end : found.end + 8]):
        return None
    unit = ("Q" if last == 4 else "H") + str(number if number > 0 else last)
    return replace(found, unit=unit)


def _clock(found: Phrase, groups: _Groups, _text: str) -> Phrase | None:
    if "named" in groups:
        return replace(found, clock=lexicon("clock word")[groups["named"]])
    if "half" not in groups:
        return replace(found, clock=f"{int(groups['hour2']):02d}:{groups['minute2']}")
    clock = _half_day(groups["hour"], groups.get("minute"), groups["half"])
    if clock is None or "hour0" not in groups:
        return replace(found, clock=clock) if clock else None
    begin = _half_day(groups["hour0"], groups.get("minute0"), groups["half"])
    if begin and begin > clock:  # "11 to 1 p.m."
        begin = _half_day(groups["hour0"], groups.get("minute0"), "a")
    return replace(found, clock=begin, until=replace(found, clock=clock)) if begin else None


def _beside_clock(found: Phrase, groups: _Groups, _text: str) -> Phrase | None:
    """As in "half an hour after midnight"."""
    number, unit = amount_of(groups)[0]
    if number is None or unit not in _MINUTES:
        return None
    hour, minute = map(int, lexicon("clock word")[groups["named"]].split(":"))
    away = int(number * _MINUTES[unit]) * (-1 if groups["side"] == "before" else 1)
    hour, minute = divmod((hour * 60 + minute + away) % (24 * 60), 60)
    return replace(found, form="clock", unit=None, clock=f"{hour:02d}:{minute:02d}")


def _half_day(hour: str, minute: str | None, half: str) -> str | None:
    if not 1 <= int(hour) <= 12:
        return None
    return f"{int(hour) % 12 + (12 if half == 'p' else 0):02d}:{minute or '00'}"


def _holiday(found: Phrase, groups: _Groups, _text: str) -> Phrase | None:
    month, day = lexicon("holiday")[groups["holiday"].replace("’", "'")].split("-")
    return replace(found, form="month day", month=int(month), day=int(day))


def _day_checked(found: Phrase, _groups: _Groups, _text: str) -> Phrase | None:
    """No day 31 in June, no range that runs backwards."""
    longest = 29 if found.month == 2 else 30 if found.month in {4, 6, 9, 11} else 31
    if not 1 <= (found.month or 0) <= 12 or (found.day or 0) > longest:
        return None
    return found if found.last_day is None or (found.day or 0) < found.last_day <= longest else None


_READERS: dict[str, Callable[[Phrase, _Groups, str], Phrase | None]] = {
    "duration": _duration,
    "offset": _offset,
    "around day": _offset,
    "ahead": _ahead,
    "span": _span,
    "past unit": _span,
    "year part": _year_part,
    "short quarter": _year_part,
    "clock": _clock,
    "beside clock": _beside_clock,
    "holiday": _holiday,
    "iso": _day_checked,
    "month day": _day_checked,
    "day month": _day_checked,
    "relative day": lambda p, g, _: replace(p, shift=Decimal(lexicon("day")[g["relative"]])),
    "tonight": lambda p, _g, _t: replace(p, form="relative day", shift=Decimal(0), part="NI"),
    "dawn": lambda p, _g, _t: replace(p, form="part", part="MO"),
    "out": lambda p, _g, _t: replace(p, form="unit", which=0, mod="END", out=True),
    "the unit": lambda p, _g, _t: replace(p, form="unit", which=0),
    "course": lambda p, _g, _t: replace(p, form="unit", which=0),
    "bracketed": _day_checked,
    "in the day": lambda p, _g, _t: replace(p, form="part") if p.unit == "D" else replace(p, form="unit", which=0),
}

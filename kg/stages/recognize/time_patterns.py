"""The patterns of time expressions, tried in their order at the start of a word.

Words come from `kg/lexicon/times.tsv`. `time_grammar` turns what a pattern matched into a `Phrase`.
"""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import table


@cache
def lexicon(kind: str) -> dict[str, str]:
    """Words of one class in lower case, with their values, longest first so that patterns prefer them."""
    found = {row[0].lower(): row[2] for row in table("times") if row[1] == kind}
    return {word: found[word] for word in sorted(found, key=lambda w: (-len(w), w))}


def _any(*kinds: str) -> str:
    return "|".join(re.escape(word).replace("\\ ", " ") for kind in kinds for word in lexicon(kind))


def _capital(kind: str, tail: str = "") -> str:
    """Names of months and days count only as they are written: "may" and "march" are verbs."""
    names = (word.capitalize() for word in lexicon(kind))
    return "(?-i:" + "|".join(f"{name}{tail}|{name.upper()}{tail}" for name in names) + ")"


_UNITS = _any("unit")
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_WORD = rf"(?:{_TENS})[-\s](?:one|two|three|four|five|six|seven|eight|nine)|{_any('number')}"
_NUMBER = (
    r"(?:(?<!\d-)\d+(?:\.\d+)?(?:[-\s]?[123]/[234]|[½¼¾])?|an?(?=[-\s][hmdwyf])"
    rf"|(?:a (?=hundred))?(?:{_WORD})|{_any('pair')})"
)
_HALF = r"(?: and (?:a |one[-\s])?(?P<tail>half|quarter|three[-\s]quarters))?"
_MOD = rf"(?:(?P<mod>{_any('modifier')}) )?"
_AMOUNT = (
    rf"(?:(?P<half>half an?|a half|half|a quarter of an?|three[-\s]quarters of an?)[-\s](?P<unit0>{_UNITS})s?"
    rf"|(?P<n>{_NUMBER}|{_any('vague number')}){_HALF}[-\s]?(?P<unit>{_UNITS})s?{_HALF.replace('tail', 'tail2')}"
    rf"(?:(?:,? and |, | )(?P<n2>{_NUMBER})[-\s](?!week|fortnight|year|decade)(?P<unit2>{_UNITS})s?)?)(?!\w)"
)
_MONTH = rf"(?P<month>{_capital('month')})(?!\w)(?:\.(?= \d))?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d%]|[.,]\d)"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?!\d)(?:st|nd|rd|th)?"
_DAY2 = _DAY.replace("P<day>", "P<last_day>")
_DAY2 = rf"(?:(?: ?[-–—] ?| to | through | and | until ){_DAY2})?"
_NO_COUNT = r"(?![\d%/]|[.,:]\d| ?(?:percent|per cent|pct|million|billion|[ap]\.?m\b|countries|officials))"
_WEEKDAY = (
    rf"(?P<weekday>{_capital('weekday')}(?!\w)|"
    rf"{_capital('short weekday', '[.]')}(?=,? (?:\d|{_capital('month')})))"
)
_AGO = rf"(?P<ago>{_any('offset', 'counted offset')})(?!\w)"
_WHICH = rf"(?P<which>{_any('which', 'counted')})"
_OF_YEAR = rf",? (?:of )?(?P<of_year>{_any('which', 'counted')}) year(?!\w|['’]s)"
_PERIOD = rf"(?P<unit>{_UNITS}|{_any('calendar unit', 'season')})"
_STRETCH = r"(?P<stretch>early|earlier|late|later|mid)"

# Order matters: the first that fits wins, so the longer reading of the same words stands first.
_PATTERNS: dict[str, str] = {
    "iso": r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
    "bracketed": r"(?<=\()(?P<day>\d{1,2})(?:(?:[-–](?P<last_day>\d{1,2}))/(?P<month>0?[1-9]|1[0-2])"
    r"|/(?P<month2>0[1-9]))(?=\))",
    "decade": r"(?:the )?(?P<year>(?:19|20)\d)0s",
    "day month": rf"(?:the )?{_DAY}{_DAY2} (?:of )?{_MONTH}(?:,? {_YEAR}|{_OF_YEAR})?",
    "month day": rf"{_MONTH} {_DAY}(?![\d/%]|:\d|,\d\d\d){_DAY2}{_NO_COUNT}(?:,? {_YEAR}|{_OF_YEAR})?",
    "month": rf"(?:{_WHICH} )?{_MONTH}(?:,? (?:of )?{_YEAR}|{_OF_YEAR})?",
    "day": rf"the {_DAY}(?<=[a-z])(?= (?:and|but|in|at|of (?:this|the|next|last) month|with|for|to|by)\b| ?[.,;:)]|$)",
    "set": rf"(?:every|each|per|once an?|twice an?) (?:other |second |two )?(?:{_UNITS}|{_capital('weekday')})s?(?!\w)",
    "out": r"(?:the |(?=\w+(?:-|['’])))(?P<unit>week|month|year)"
    r"(?: (?:is (?:out|over)|ends|runs out|closes)|['’]s end|-end)(?!\w)",
    "course": r"(?<=course\sof\s)the (?P<unit>week|month|year)(?!\w)",
    "in the day": rf"{_STRETCH} (?:in|on) the (?P<unit>day|week|month|year)(?!\w)",
    "weekday": rf"(?:{_WHICH} )?{_WEEKDAY}(?: (?:of )?(?P<of_week>{_any('which', 'counted')}) week)?",
    "relative day": rf"(?P<relative>{_any('day')})(?!\w)",
    "tonight": r"tonight(?!\w)",
    "holiday": rf"(?P<holiday>{_any('holiday')})(?!\w)".replace("'", "['’]"),
    "around day": rf"the (?:day|(?P<part>{_any('part')})) (?P<ago>(?:before|after)(?: that)?)(?!\w)"
    r"|(?<=\bon\s)the eve (?P<eve>of)(?!\w)",
    "dawn": r"the (?:early|small|wee) hours(?: of (?:the )?(?:morning))?",
    "year part": rf"(?:the )?(?P<ordinal>first|second|third|fourth|last|final) (?P<of>quarter|half)"
    rf"(?: (?:of )?(?:{_YEAR}|{_WHICH} year|the year))?(?!\w)",
    "short quarter": rf"(?P<q>[QH][1-4]) (?:of )?{_YEAR}",
    "season": rf"(?:the )?(?P<unit>{_any('season')}) (?:of )?{_YEAR}",
    "open season": rf"(?:(?<=\bin\s)|(?<=\bby\s)|(?<=\bover\s)|(?<=\bduring\s)|(?<=\bbefore\s))"
    rf"the (?P<unit>{_any('season')})(?!\w)(?! of)",
    "open weekend": r"(?:(?<=\bat\s)|(?<=\bover\s)|(?<=\bduring\s))the (?P<unit>weekend)(?!\w)",
    "fiscal": rf"(?:the )?(?:fiscal(?: year)?|FY) ?{_YEAR}",
    "part": rf"(?:{_WHICH}|the|an?) (?:(?P<stretch>early|late|later|mid)[-\s])?(?P<part>{_any('part')})(?!\w)",
    "bare part": rf"(?P<part>{_any('part')})(?!\w)",
    "clock": r"(?:(?P<hour0>1?\d)(?:[:.](?P<minute0>[0-5]\d))?(?: ?[-–—] ?| to ))?"
    r"(?P<hour>1?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])(?:m(?!\w)|\.m\.?)"
    r"|(?P<hour2>[01]?\d|2[0-3]):(?P<minute2>[0-5]\d)(?!\d|:\d)"
    rf"|(?P<named>{_any('clock word')})(?!\w)",
    "span": rf"(?:(?:the|this) )?(?P<toward>past|last|previous|recent|coming|next|first)"
    rf" (?:(?P<n>{_NUMBER}|{_any('vague number')}) )?(?P<unit>{_UNITS})s(?!\w)",
    "past unit": rf"the (?P<toward>past) (?P<unit>{_UNITS})(?!\w)",
    "unit": rf"{_WHICH} {_PERIOD}(?!\w)",
    "beside clock": rf"(?<!\bfor\s){_AMOUNT} (?P<side>after|past|before) (?P<named>{_any('clock word')})(?!\w)",
    "offset": rf"(?<!\bfor\s){_MOD}{_AMOUNT} {_AGO}",
    "ahead": rf"in {_MOD}{_AMOUNT}(?:['’]s?)?(?P<time> time)?",
    "duration": rf"{_MOD}{_AMOUNT}(?: or (?P<more>so|more))?",
    "year": rf"{_YEAR}(?!\w)",
}
_PREFIXES = {
    "stretch": rf"(?:{_STRETCH}(?:[-\s](?:on |in )?)"
    r"|(?:the (?:very )?)?(?P<stretch2>beginning|start|middle|end|close)(?: of |-)"
    r"|(?:the )?(?P<ordinal>first|last|second|final|opening|closing)"
    r" (?:week|days|part|half(?! of (?:\d|(?:the|this|last|next) year))) of )",
    "week of": r"(?:the )?(?P<unit>week|weekend) (?:of|beginning|starting) ",
}
# What may follow "the end of", "early": those above, and a unit that stands for the current one.
_INNER = {"the unit": r"(?:the )?(?P<unit>week|month|year)(?!\w)"}


def _compile(pattern: str) -> re.Pattern[str]:
    """A blank in a pattern stands for any white space: lines may break within an expression."""
    return re.compile(pattern.replace(" ?", r"\s?").replace(" ", r"\s+"), re.IGNORECASE)


_RULES = {name: _compile(pattern) for name, pattern in {**_PATTERNS, **_INNER, **_PREFIXES}.items()}


def _alternatives(names: list[str]) -> re.Pattern[str]:
    """All patterns in one, to find quickly which one fits; its own groups are then read with the pattern itself."""
    flat = (re.sub(r"\(\?P<\w+>", "(?:", _RULES[name].pattern) for name in names)
    return re.compile("|".join(f"({pattern})" for pattern in flat), re.IGNORECASE)


_NAMES = [*_PATTERNS, *_INNER]
_ANY_RULE = _alternatives(_NAMES)
_ANY_PREFIX = _alternatives(list(_PREFIXES))


def match(text: str, start: int, *, inner: bool = False) -> tuple[str, re.Match[str]] | None:
    """The first pattern that fits at `start`, and its match; `inner` after a prefix such as "the end of"."""
    found = _ANY_RULE.match(text, start)
    if not found or not found.lastindex:
        return None
    name = _NAMES[found.lastindex - 1]
    groups = _RULES[name].match(text, start)
    return (name, groups) if groups and (inner or name not in _INNER) else None


def prefix(text: str, start: int) -> tuple[str, re.Match[str]] | None:
    """The prefix that stands at `start` ("early", "the end of", "the week of"), and its match."""
    found = _ANY_PREFIX.match(text, start)
    if not found or not found.lastindex:
        return None
    name = list(_PREFIXES)[found.lastindex - 1]
    groups = _RULES[name].match(text, start)
    return (name, groups) if groups else None

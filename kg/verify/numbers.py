"""Numbers read again from words, apart from the rules that read them first: minutes, percent, ordinals, clock times."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import combinations

_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
          "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")  # fmt: skip
ORDINALS = ("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
             "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
             "seventeenth", "eighteenth", "nineteenth")  # fmt: skip
_TENTHS = ("twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth")
_NUMBER = r"\d+(?:\.\d+)?"
_LIST = rf"({_NUMBER}(?:\s*(?:,|,? and|or|to|-)\s*{_NUMBER})*)"
_MINUTES = re.compile(rf"{_LIST}[\s-]*(?:minutes?|mins?)\b")
_PART_AFTER = re.compile(
    rf"({_NUMBER})(?: and a (half|quarter)[\s-]*hours?|[\s-]*hours? and a (half|quarter))\b"
)
_HOURS_MINUTES = re.compile(
    rf"({_NUMBER})[\s-]*(?:hours?|hrs?)(?:,? and|,)?[\s-]*({_NUMBER})[\s-]*(?:minutes?|mins?)\b"
)
_HOURS = re.compile(rf"{_LIST}[\s-]*(?:hours?|hrs?)\b")
_FRACTIONS = (
    (re.compile(r"three[\s-]quarters of an hour"), Decimal(45)),
    (re.compile(r"(?:a )?quarter of an hour|(?<!and a )quarter[\s-]hour"), Decimal(15)),
    (re.compile(r"(?<!and a )half (?:an )?hour|half-(?:an-)?hour"), Decimal(30)),
)
_PERCENT = re.compile(
    rf"{_LIST}[\s-]*(?:%|percent(?:age)?\b|per ?cent\b|pct\b|(?:percentage[\s-])?points?\b|basis\b)"
)
_CLOCK = re.compile(
    r"\b(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?\s?m\b|\b(\d{1,2})[:.](\d{2})\b|\b(noon|midday|midnight)\b", re.IGNORECASE
)


def digits(text: str) -> str:
    """The text in lower case with number words as digits: "twenty-five" -> "25", "an hour" -> "1 hour"."""
    text = text.lower().replace("–", "-").replace("—", " - ").replace("½", ".5")
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    units = "|".join(_UNITS[1:10])
    text = re.sub(rf"\b({'|'.join(_TENS)})(?:[\s-]({units}))?\b", lambda m: str(
        20 + 10 * _TENS.index(m[1]) + (_UNITS.index(m[2]) if m[2] else 0)), text)  # fmt: skip
    text = re.sub(rf"\b({'|'.join(_UNITS)})\b", lambda m: str(_UNITS.index(m[1])), text)
    text = re.sub(r"\b(\d+) and a half\b(?! hour)", r"\1.5", text)
    return re.sub(r"\ban?(?: single)?[\s-](?=hour|minute|hundred)|(?<=[ -])(?=hour-long\b)", "1 ", text)


def _all(found: str) -> set[Decimal]:
    return {Decimal(n) for n in re.findall(_NUMBER, found)}


def minutes(text: str) -> set[Decimal]:
    """Every length of time that the words state, in minutes."""
    text, found = text.lower(), set()
    for pattern, length in _FRACTIONS:
        text, times = pattern.subn(" ", text)
        found |= {length} if times else set()
    text = digits(text)
    for pattern in (_PART_AFTER, _HOURS_MINUTES):
        for match in pattern.finditer(text):
            part = {"half": 30, "quarter": 15}.get(match[2] or match[3]) if pattern is _PART_AFTER else match[2]
            found.add(Decimal(match[1]) * 60 + Decimal(part or 0))
        text = pattern.sub(" ", text)
    found |= {n for match in _MINUTES.finditer(text) for n in _all(match[1])}
    found |= {n * 60 for match in _HOURS.finditer(text) for n in _all(match[1])}
    if re.search(r"\bhour-long\b|\bfor the hour\b", text):
        found.add(Decimal(60))
    clocks = sorted(clock_minutes(text))
    return found | {Decimal(b - a) for a, b in combinations(clocks, 2)}


def percents(text: str) -> set[Decimal]:
    """Every number that is a percentage; all numbers where the words have no percentage at all (a row of a table)."""
    text = digits(text)
    found = {n for match in _PERCENT.finditer(text) for n in _all(match[1])}
    found |= {Decimal(0)} if re.search(
        r"\b(?:scrap|abolish|eliminat|remov|free|lift|drop|exempt|waive|no tariff)"
        r"|\b(?:to|at|from|of|and) 0\b|\b0 (?:tariff|dut|rate)",
        text,
    ) else set()  # fmt: skip
    if not found:
        return {Decimal(n) for n in re.findall(_NUMBER, text)}
    for many, words in ((2, r"\bdoubl|\btwofold"), (3, r"\btripl|\bthreefold")):
        found |= {n * many for n in found} | {n / many for n in found} if re.search(words, text) else set()
    return found


def ordinals(text: str) -> set[int]:
    """Every ordinal, and every number next to "round": "the seventh", "7th", "Round 7", "opening"."""
    lower = text.lower()
    tens = dict(zip(_TENTHS, range(20, 100, 10), strict=True))
    found = {i for i, word in enumerate(ORDINALS) if re.search(rf"(?<!-)\b{word}\b", lower)}
    found |= {n for word, n in tens.items() if re.search(rf"\b{word}\b", lower)}
    for i, ten in enumerate(_TENS):
        after = re.findall(rf"\b{ten}[\s-](\w+)\b", lower)
        found |= {20 + 10 * i + ORDINALS.index(word) for word in after if word in ORDINALS}
    found |= {int(n) for n in re.findall(r"\b(\d+)(?:st|nd|rd|th)\b", lower)}
    found |= {1} if re.search(r"\b(?:opening|inaugural)\b", lower) else set()
    return found | {int(n) for n in re.findall(r"\brounds? (\d+)\b", digits(text))}


def clock_minutes(text: str) -> set[int]:
    """Every time of day, in minutes from midnight: "9:30 a.m." -> 570."""
    found = set()
    for hour, minute, half, hour24, minute24, word in _CLOCK.findall(text):
        if word:
            found.add(0 if word.lower() == "midnight" else 720)
        elif half:
            found.add((int(hour) % 12 + 12 * (half.lower() == "p")) * 60 + int(minute or 0))
        elif int(hour24) < 24 and int(minute24) < 60:
            found.add(int(hour24) * 60 + int(minute24))
    return found

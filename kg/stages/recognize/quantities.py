"""Stage 3 of 7: quantities of a text: percent, percentage points, money, masses, counts, fractions.

"from 2.5 percent to 27.5 percent" and "25 or 40 percent" state two values; "between 30 and 35 percent" and "30% to
35%" state a range. Percentage points are never percent.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.model import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.tokens import Token, Tokens


_KINDS = {"percent": "percent", "points": "points", "currency": "money", "mass": "mass"}
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_UNITS_1 = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SMALL = rf"(?:zero|(?:{_TENS})(?:[-\s](?:{_UNITS_1}))?|{_TEENS}|{_UNITS_1})(?!\w)"
_WORDS = rf"(?:{_SMALL}\s(?:hundred)(?:\s(?:and\s)?{_SMALL})?|a\s(?=hundred|thousand|million|billion)|{_SMALL})"
_AND_A_HALF = r"(?:\s?(?:1/2|1/4|3/4)|[½¼¾]|\sand\sa\s(?:half|quarter))?"
_FRACTION = re.compile(
    rf"(?:(?P<count>an?|{_UNITS_1})[-\s])?(?P<part>half|third|quarter|fifth|sixth|seventh|eighth|tenth)s?(?!\w)",
    re.IGNORECASE,
)
# "the first half of 2025", "a quarter of an hour", "half-hour" are times.
_NO_FRACTION = re.compile(
    r"[-\s](?:an?[-\s])?(?:hour|day|year|month|decade|point)|\sof\s(?:an?\s|the\s)?(?:hour|day|year|\d{4})",
    re.IGNORECASE,
)
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "tenth": 10}
_HALF_PERCENT = re.compile(
    r"(?P<part>half|a\squarter|three[-\s]quarters)(?:\sof)?(?:\san?)?\s(?=percent|per\scent|pct|basis|percentage)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|some|nearly|almost|over|under|(?:less|more|fewer) than|(?:up|close) to"
    r"|at least|at most|estimated)|~)\s*(?:[A-Z]{0,3}[$€£¥]\s?)?$",
    re.IGNORECASE,
)
_LIST = r"\s?(?:,\s?(?:and\s|or\s)?|\sand\s|\sor\s|/)"
_RANGE = re.compile(r"\s?(?:-|–|—)\s?|\sto\s|\sand\s", re.IGNORECASE)
_PAIR = re.compile(r"[a-z%]$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s(?:[A-Z]{0,3}[$€£¥])?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s(?:about\s|around\s|the\s(?:current|previous)\s)?(?:[A-Z]{0,3}[$€£¥])?$", re.IGNORECASE)


@cache
def _rows(*kinds: str) -> dict[str, tuple[str, str, Decimal]]:
    """Word in lower case -> class, unit, factor; longest first so that patterns prefer them."""
    found = {row[0].lower(): (row[1], row[2], Decimal(row[3])) for row in table("units") if row[1] in kinds}
    return {word: found[word] for word in sorted(found, key=lambda w: (-len(w), w))}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A number with an optional sign of a currency and scale; a unit after it."""

    def either(*kinds: str) -> str:
        return "|".join(re.escape(word).replace("\\ ", r"\s") for word in _rows(*kinds))

    number = re.compile(
        rf"(?P<sign>{either('currency sign')})?\s?(?P<number>(?:{_DIGITS}){_AND_A_HALF}|{_WORDS}{_AND_A_HALF})"
        rf"(?:[-\s]?(?P<scale>{either('scale')})(?!\w))?(?:\s(?P<scale2>crore|million)(?!\w))?",
        re.IGNORECASE,
    )
    unit = re.compile(rf"[-\s]?(?P<unit>{either('percent', 'points', 'currency', 'mass')})(?!\w)", re.IGNORECASE)
    return number, unit


def quantities(doc: Tokens) -> tuple[Quantity, ...]:
    """Quantities of a document in the order of the text, without overlap.

    Dates, clock times and durations are no quantities: see `times`.
    """
    text = doc.text
    found: list[Quantity] = []
    waiting: list[Quantity] = []  # numbers without a unit: "25 and 40 percent"
    for read in _numbers(doc, text):
        between = text[waiting[-1].end : read.start] if waiting else ""
        if waiting and not (re.fullmatch(_LIST, between) or _RANGE.fullmatch(between)):
            waiting = []
        if not read.kind:
            if found and found[-1].kind == "money" and text[found[-1].end : read.start] in {"-", "–"}:
                found[-1] = replace(_with_unit(found[-1], replace(read, kind="money", unit=found[-1].unit)),
                                    end=read.end, high=read.value)  # fmt: skip
                found[-1] = replace(found[-1], value=None, low=found[-1].value)  # "$5-10 billion"
            else:
                waiting.append(read)
            continue
        shared = [_with_unit(number, read) for number in waiting]
        waiting = []
        for quantity in (*shared, read):
            if found and _is_range(found[-1], quantity, doc, text):
                before = found.pop()
                found.append(
                    replace(quantity, start=before.start, value=None, low=before.value, high=quantity.value,
                            approximate=before.approximate or quantity.approximate)
                )  # fmt: skip
            else:
                found.append(quantity)
    return tuple(found)


def _with_unit(number: Quantity, other: Quantity) -> Quantity:
    """A number that shares the unit of a later one: "5 to 10 billion yen" shares the scale too."""
    value = number.value
    scale = _scale(other)
    if value is not None and other.value is not None and scale > 1 and value < 1000:
        value = value * scale
    return replace(number, kind=other.kind, unit=other.unit, value=value)


def _scale(quantity: Quantity) -> Decimal:
    """The largest power of a thousand in an amount of money, a mass or a count."""
    scale = Decimal(1)
    while quantity.kind not in {"percent", "points"} and quantity.value and abs(quantity.value) >= scale * 1000 * 1000:
        scale *= 1000
    return scale if scale == 1 or (quantity.value or 0) < scale * 1000 else scale * 1000


def _is_range(first: Quantity, second: Quantity, doc: Tokens, text: str) -> bool:
    link = text[first.end : second.start]
    if first.value is None or second.value is None or (first.kind, first.unit) != (second.kind, second.unit):
        return False
    if not _RANGE.fullmatch(link) or first.value >= second.value:
        return False
    before = text[max(0, first.start - 40) : first.start]
    if link.strip().lower() == "and":
        return bool(_BETWEEN.search(before))
    if _FROM.search(before):
        return False
    if not _PAIR.search(text[first.start : first.end]):
        return True  # "30 to 35 percent"
    # "rose 10 percent to 35 percent" states a change and a result, "tariffs of 30% to 35%" a range.
    span = doc.char_span(first.start, first.start + 1, alignment_mode="expand")
    return span is None or span.start == 0 or doc[span.start - 1].pos_ not in {"VERB", "NOUN", "PROPN"}


def _numbers(doc: Tokens, text: str) -> Iterator[Quantity]:
    """Numbers in order; those of kind "" have no unit of their own."""
    if not len(doc):
        return
    words, prefixes = _starts()
    end = 0
    tokens = doc.to_array(["LOWER", "PREFIX", "LIKE_NUM", "IDX"]).tolist()
    for index, (lower, prefix, number, start) in enumerate(tokens):
        if not number and lower not in words and prefix not in prefixes:
            continue
        if start < end:
            continue
        read = _fraction(text, start) or _number(doc, index, start, text)
        if read:
            end = read.end
            approximate = bool(_ABOUT.search(text, max(0, start - 24), start))
            yield replace(read, approximate=True) if approximate else read


@cache
def _starts() -> tuple[frozenset[int], frozenset[int]]:
    """Hashes of the words, and of the first letters of words, with which a quantity can begin."""
    from spacy.strings import get_string_id

    words = {*_rows("currency sign"), *_PARTS, "a", "an", "zero", "thirds", "quarters"}
    signs = "0123456789$€£¥₹₩"
    return frozenset(get_string_id(word) for word in words), frozenset(get_string_id(sign) for sign in signs)


def _fraction(text: str, start: int) -> Quantity | None:
    if half := _HALF_PERCENT.match(text, start):
        unit = _patterns()[1].match(text, half.end())
        part = half["part"].lower()
        value = Decimal("0.5") if part == "half" else Decimal("0.25") if part.startswith("a") else Decimal("0.75")
        if unit:
            kind, symbol, factor = _rows("percent", "points", "currency", "mass")[_plain(unit["unit"])]
            return Quantity(start, unit.end(), _KINDS[kind], value * factor, symbol)
    match = _FRACTION.match(text, start)
    if match is None or _NO_FRACTION.match(text, match.end()):
        return None
    part, count = match["part"].lower(), (match["count"] or "").lower()
    after = text[match.end() : match.end() + 5].lower()
    plural = text[match.end() - 1].lower() == "s"
    ordinal = part != "half" and not plural and not after.startswith(" of")
    if ordinal or (part == "half" and not after.startswith((" of", " the", " its", " all"))) or (plural and not count):
        return None
    times = 1 if count in {"", "a", "an"} else _count(count)
    value = (Decimal(times) / _PARTS[part]).quantize(Decimal("0.0001")).normalize()
    return Quantity(match.start(), match.end(), "fraction", value, "1")


def _count(words: str) -> int:
    from text_to_num import text2num

    return int(text2num(" ".join(words.lower().split()), "en"))


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _number(doc: Tokens, index: int, start: int, text: str) -> Quantity | None:
    number, unit = _patterns()
    match = number.match(text, start)
    if match is None:
        return None
    value = _value(match["number"])
    for scale in (match["scale"], match["scale2"]):
        value *= _rows("scale")[scale.lower()][2] if scale else 1
    value = value.to_integral_value() if value == value.to_integral_value() else value
    if match["sign"]:
        code = _rows("currency sign")[match["sign"].lower()][1]
        return Quantity(start, match.end(), "money", value, code)
    after = unit.match(text, match.end())
    if after and not (after["unit"].lower() == "won" and _tag(doc, after.start("unit")) != "NOUN"):
        kind, symbol, factor = _rows("percent", "points", "currency", "mass")[_plain(after["unit"])]
        return Quantity(start, after.end(), _KINDS[kind], value * factor, symbol)
    return _counted(doc, index, Quantity(start, match.end(), "", value, ""))


def _tag(doc: Tokens, start: int) -> str:
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    return span[0].pos_ if span is not None else ""


def _value(words: str) -> Decimal:
    lowered = words.lower().replace(",", "")
    digits = re.match(r"[\d.]+", lowered)
    tail = re.search(r"(1/2|½|half)|(1/4|¼|quarter)|(3/4|¾)", lowered)
    rest = Decimal(("0.5", "0.25", "0.75")[(tail.lastindex or 1) - 1]) if tail else Decimal(0)
    if digits:
        return Decimal(digits[0]) + rest
    plain = re.sub(r"\sand\sa\s(?:half|quarter)$|[½¼¾]|\s?\d/\d$", "", lowered).strip()
    return (Decimal(1) if plain == "a" else Decimal(_count(plain))) + rest


def _counted(doc: Tokens, index: int, read: Quantity) -> Quantity | None:
    """The number with the noun it counts ("25 senior officials"); one of a date, a name or a time gives None."""
    last = index
    while last + 1 < len(doc) and doc[last + 1].idx < read.end:
        last += 1
    token = doc[last]
    dated = token.ent_type_ in {"DATE", "TIME"}
    before = doc[index - 1].lower_.rstrip(".") if index else ""
    year = dated and len(token) == 4 and token.is_digit
    if token.ent_type_ in {"ORDINAL", "LAW"} or before in _months() or year:
        return None
    noun: Token = token.head
    named = dated or token.dep_ != "nummod" or noun.pos_ != "NOUN" or not last < noun.i <= last + 4
    if named or noun.lower_ in _not_counted() or any(t.like_num or not t.is_alpha for t in doc[last + 1 : noun.i]):
        return read
    return replace(read, end=noun.idx + len(noun), kind="count", unit=noun.text)


@cache
def _months() -> frozenset[str]:
    return frozenset(row[0].lower() for row in table("times") if row[1] == "month")


@cache
def _not_counted() -> frozenset[str]:
    """Nouns after a number that make no count: units of time, and of the other quantities."""
    units = {row[0] for row in table("times") if row[1] in {"unit", "calendar unit"}}
    others = {word for row in table("units") for word in row[0].split()} - {"points", "point"}
    return frozenset(units | {f"{unit}s" for unit in units} | others)

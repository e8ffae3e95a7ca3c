"""Stage 3 of 7: time expressions of a text: when, for how long.

Words that can begin an expression are found in the tokens (spaCy misses "in the evening" and splits "Thursday
morning"); spaCy tells whether "2024" is a year and "May" a month, and its parse which clause a time belongs to.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.lexicon import table
from kg.stages.recognize.tense import Direction, direction
from kg.stages.recognize.time_brackets import with_bracket
from kg.stages.recognize.time_grammar import Phrase, phrase
from kg.stages.recognize.time_lines import TimelineYears, heads
from kg.stages.recognize.time_values import Context, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Time
    from kg.tokens import Token, Tokens

_DAY_FORMS = frozenset(
    {"iso", "month day", "day month", "weekday", "relative day", "day", "unit", "offset", "week of"}
)
_ABSOLUTE = frozenset({"duration", "set", "iso", "year", "decade", "fiscal", "span", "season"})
_RANGES = _DAY_FORMS | {"month", "year", "clock", "year part"}
_BEGIN = frozenset({"the", "a", "an", "very", "recent", "half", "q1", "q2", "q3", "q4", "h1", "h2", "fiscal", "fy",
                    "every", "each", "per", "once", "twice", "in", "late", "later", "tonight"})  # fmt: skip
_HOLD = frozenset({"a.m.", "p.m.", "am", "pm", "a.m", "p.m", "tonight", "fy", "half", "eve"})
# Classes of the lexicon whose words stand everywhere, so that they show no time expression.
_COMMON = frozenset({"number", "vague number", "pair", "ordinal", "modifier", "stretch", "which", "counted", "offset",
                     "counted offset"})  # fmt: skip
_SHAPES = frozenset({"dddd", "d:dd", "dd:dd", "ddddx", "dddd-dd-dd", "ddxx", "dxx", "d/dd", "dd/dd", "d-d/dd",
                     "dd-dd/dd", "d-dd/dd"})  # 2024, 9:30, 1990s, 9th, (6-7/07)
_LONGEST = 7  # tokens from the begin of an expression to the word that shows it: "some two and a half hours"
_TO_PART = re.compile(r",?\s+(?:in\s+the\s+(?:early\s+|late\s+)?|at\s+|around\s+|from\s+)?(?:about\s+)?")
_TO_DAY = re.compile(
    r"(?:\s+(?:[A-Z]{2,4}T?|(?:local|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\s+time))?(?:\s\([^()\n]{3,24}\))?,?\s+(?:on\s+|of\s+)?"
)
_TO_DATE = re.compile(r",?\s+\(?(?:the\s+)?")
_SEPARATOR = re.compile(r"\s*[-–—]\s*|\s+(?:to|through|until|till)\s+(?:on\s+)?")
_AND = re.compile(r"\s+and\s+")
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_PREPOSITION = re.compile(r"([A-Za-z]+)\s+(?:the\s+|about\s+|around\s+|as\s+early\s+as\s+|late\s+on\s+)?$")
_PREPOSITIONS = frozenset(
    {"until", "till", "by", "since", "from", "before", "after", "within", "through", "for", "on", "in", "at", "over",
     "during", "between", "starting", "beginning", "effective", "as", "to", "of", "around", "following"}
)  # fmt: skip
_BEFORE_YEAR = frozenset(
    {"in", "of", "since", "by", "until", "from", "to", "during", "before", "after", "through", "between", "early",
     "late", "mid", "than", "year", "for", "and", "-", "–", "back", "late-", "(", ","}
)  # fmt: skip
# The line that opens an agency report, and the line that tells the publication date: they date the report, not a fact.
_DATELINE = re.compile(r"[A-Z][A-Za-z.'’ -]*,[^\n]{0,60}?\s(?:--|[—–]|-)\s|date\s+\d{4}-\d\d-\d\d")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s*$", re.IGNORECASE)
_BEFORE_MONTH = frozenset({"in", "since", "until", "by", "during", "from", "early", "late", "mid"})
_NEAR_SENTENCES = 3


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """Words with which an expression can begin, and words of which it holds at least one."""
    starts, holds = set(_BEGIN), set(_HOLD)
    for row in table("times"):
        words = row[0].lower().split()
        starts.add(words[0])
        if row[1] not in _COMMON:
            holds |= {words[-1], f"{words[-1]}s", f"{words[-1]}."}
            starts |= {words[0], f"{words[0]}."}
    return frozenset(starts), frozenset(holds)


def times(doc: Tokens, *, published: str | None) -> tuple[Time, ...]:
    """Time expressions of a document, in the order of the text.

    Args:
        doc: A parsed document; offsets are those of its text.
        published: Publication date as `YYYY-MM-DD`, which relative expressions count from; None keeps them unknown.

    Returns:
        Records without overlap. A word that only looks like a time (an age, "May" as a verb) gives none.
    """
    # A year of one or five digits is an error of the source, and would overflow the calendar.
    here = date.fromisoformat(published) if published and "1800" <= published[:4] < "2200" else None
    text = doc.text
    found: list[Time] = []
    anchors: list[tuple[str, int]] = []
    told_days: list[str] = []
    day_of_page: list[str] = []  # the day that headed a line last
    year, year_at = 0, -1
    timeline = TimelineYears(text, here)
    full, full_at = "", -2  # the last date with its year, and its sentence
    told: int | None = None  # the year told last, which dates the days of a text without a date of its own
    for found_phrase, token, sentence in _phrases(doc, text):
        read = timeline.dated(found_phrase)
        if here is None and read.month and not read.year and told:
            read = replace(read, year=told)
        preposition = _preposition(text, read.start)
        if read.month and preposition != "since":  # "in force since July 2020" is the background
            told = read.year or told
        near = [value for value, at in anchors if at > sentence - _NEAR_SENTENCES]
        if read.form == "clock" and heads(text, read.start):
            near = day_of_page  # "5:05 p.m. They are back": not of a day that the entry before told
        context = Context(
            here,
            Direction.NEAR if read.form in _ABSOLUTE else direction(token, preposition),
            [value for value, _ in anchors],
            near,
            year if year_at == sentence else None,
            preposition,
            full if sentence - full_at <= 1 else None,
            told_days,
        )
        time = resolve(read, context)
        found.append(time)
        if read.form in _DAY_FORMS and time.date and heads(text, read.start):
            day_of_page = [time.date]
        if time.date and read.month and preposition != "since":
            dated = bool(read.year or read.of_year) or (time.date[:4] == full[:4] and sentence - full_at <= 1)
            full, full_at = (time.date, sentence) if dated else ("", -2)
        of_year = read.form == "year" and preposition == "in" and not _aside(token)
        if of_year or (read.form == "unit" and read.unit == "Y" and time.date and read.which):  # "in 2024", "last year"
            year, year_at = int(str(time.date)[:4]), sentence
        if time.kind in {"DATE", "TIME"} and time.value and time.first:
            days = [part.split("T")[0] for part in time.value.split("/")]
            anchors.extend((day, sentence) for day in days)
            told_days.extend(days if preposition != "since" else ())
    return tuple(found)


def _aside(year: Token) -> bool:
    """As in "The talks, broken off in 2015, were resumed on March 16": the year of something else."""
    verb = next((t for t in year.ancestors if t.pos_ == "VERB"), None)
    return verb is not None and verb.dep_ in {"acl", "relcl"}


def _phrases(doc: Tokens, text: str) -> Iterator[tuple[Phrase, Token, int]]:
    """Expressions in order, each with its head token and the number of its sentence."""
    if not len(doc):
        return
    array = doc.to_array(["LOWER", "PREFIX", "SHAPE", "SENT_START", "IDX"])
    sentences = np.cumsum(array[:, 3] == 1).tolist()
    places = array[:, 4].tolist()
    end = 0
    for index in _candidates(array):
        start = places[index]
        if start < end:
            continue
        read = phrase(text, start)
        if read is None or not _is_time(read, doc, index, text):
            continue
        read = _joined(text, read)
        end = read.end
        last = bisect_right(places, end - 1) - 1
        if read.form == "bare part" or _parted(doc, index, last):
            continue
        yield read, doc[index : last + 1].root, sentences[index]


def _parted(doc: Tokens, first: int, last: int) -> bool:
    """Whether a sentence ends within: two blocks are no expression, but spaCy may cut a sentence at "Aug. 1"."""
    return any(doc[i].is_sent_start and not doc[i - 1].text.endswith(".") for i in range(first + 1, last + 1))


def _candidates(array: np.ndarray[Any, Any]) -> list[int]:
    """Tokens with which an expression can begin, where a word that shows one follows soon enough."""
    starts, holds, digits, shapes = _hashes()
    lower, prefix = array[:, 0].tolist(), array[:, 1].tolist()
    found: set[int] = set()
    for index, shape in enumerate(array[:, 2].tolist()):
        if lower[index] in holds or shape in shapes:
            reach = range(max(0, index - _LONGEST), index + 1)
            found.update(at for at in reach if lower[at] in starts or prefix[at] in digits)
    return sorted(found)


@cache
def _hashes() -> tuple[frozenset[int], ...]:
    from spacy.strings import get_string_id

    classes = (*_words(), frozenset("0123456789"), _SHAPES)
    return tuple(frozenset(get_string_id(word) for word in words) for words in classes)


def _preposition(text: str, start: int) -> str | None:
    match = _PREPOSITION.search(text, max(0, start - 30), start)
    word = match[1].lower() if match else ""
    return word if word in _PREPOSITIONS else None


def _is_time(read: Phrase, doc: Tokens, index: int, text: str) -> bool:
    """Whether the words are a time here: spaCy's entity and tag decide about years, bare months and parts of day."""
    token = doc[index]
    before = text[max(0, read.start - 12) : read.start]
    if read.form == "year" and text[read.start : read.end].isdigit():
        word = doc[index - 1].lower_ if index else ""
        return not _COPYRIGHT.search(before) and (token.ent_type_ == "DATE" or word in _BEFORE_YEAR)
    if read.form == "month" and not read.year:
        month = next((t for t in doc[index : index + 3] if t.idx + len(t) >= read.end), token)
        named = month.dep_ == "compound" and month.head.pos_ == "PROPN" and month.head.i == month.i + 1
        named = named and not (index and doc[index - 1].lower_ in _BEFORE_MONTH)  # "In March China raised it"
        return month.ent_type_ != "PERSON" and month.tag_ not in {"MD", "VB"} and not named
    if read.form == "day" and (number := doc[min(index + 1, len(doc) - 1)]).dep_ == "appos":
        return number.head.lemma_.lower() not in _NUMBERED  # "the previous round, the 22nd, was held in May"
    if read.form in {"iso", "month day", "day month"}:
        return not _in_dateline(doc, index, text, read)
    return True


_NUMBERED = frozenset({"one", "round", "session", "meeting", "summit", "sitting", "call", "visit"})


def _in_dateline(doc: Tokens, index: int, text: str, read: Phrase) -> bool:
    begin: int = doc[index].sent.start_char
    begin = max(begin, text.rfind("\n", 0, read.start) + 1)
    match = _DATELINE.match(text, begin) if read.start - begin <= 60 else None
    return bool(match and read.start < match.end())


def _joined(text: str, read: Phrase) -> Phrase:
    """The expression with those next to it: "Thursday morning", "noon on Friday", "Tuesday, July 1", ranges."""
    while True:
        grown = _with_part(text, read) or _with_day(text, read) or _with_date(text, read) or _with_end(text, read)
        if grown is None:
            return with_bracket(text, read)
        read = grown


def _after(text: str, read: Phrase, link: re.Pattern[str]) -> Phrase | None:
    match = link.match(text, read.end)
    return phrase(text, match.end()) if match else None


def _with_part(text: str, read: Phrase) -> Phrase | None:
    if read.form not in _DAY_FORMS or read.part or read.clock or (read.form in {"unit", "offset"} and read.unit != "D"):
        return None
    other = _after(text, read, _TO_PART)
    if other is None or other.form not in {"part", "bare part", "clock"} or other.which is not None:
        return None
    if other.form == "part" and text[read.end :].lstrip()[:2] in {"a ", "an"}:
        return None  # "on Friday an evening session"
    until = replace(read, clock=other.until.clock) if other.until else None
    return replace(read, end=other.end, part=other.part, clock=other.clock, until=until, mod=other.mod or read.mod)


def _with_day(text: str, read: Phrase) -> Phrase | None:
    if read.form not in {"part", "bare part", "clock"} or read.which is not None:
        return None
    other = _after(text, read, _TO_DAY)
    if other is None or other.form not in _DAY_FORMS or other.until or (other.unit or "D") != "D":
        return None
    until = replace(other, clock=read.until.clock) if read.until else None
    return replace(other, start=read.start, part=read.part or other.part, clock=read.clock, until=until,
                   mod=read.mod or other.mod)  # fmt: skip


def _with_date(text: str, read: Phrase) -> Phrase | None:
    """Of "Tuesday, July 1" the day of the month says more; "July 1, Tuesday" needs no more."""
    if read.form not in {"weekday", "relative day"} or read.until:
        return None
    other = _after(text, read, _TO_DATE)
    if other is None or other.form not in {"iso", "month day", "day month"} or other.last_day:
        return None
    return replace(other, start=read.start, part=read.part or other.part, clock=read.clock or other.clock,
                   weekday=read.weekday)  # fmt: skip


def _with_end(text: str, read: Phrase) -> Phrase | None:
    if read.form not in _RANGES or read.until or read.last_day:
        return None
    link = _AND if _BETWEEN.search(text, max(0, read.start - 12), read.start) else _SEPARATOR
    other = _after(text, read, link)
    if other is None or (other.form == "year") != (read.form == "year") or bool(other.clock) != bool(read.clock):
        return None
    forms = {read.form, other.form}
    same = len(forms) == 1 or forms <= _DAY_FORMS
    return replace(read, end=other.end, until=other) if same and not other.until else None

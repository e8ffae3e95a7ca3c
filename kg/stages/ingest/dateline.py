"""Datelines: the place, day and agency before the first sentence of a report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.iris import fold
from kg.lexicon import words
from kg.stages.ingest.dates import DATE, WEEKDAY, read_date

_UPPER = r"[^\W\d_a-zà-öø-ÿ]"
_CAPS = rf"(?:{_UPPER}++(?:[.'’\-]{_UPPER}++)*\.?)"
# Each letter can match in one way only: a second one makes the search exponential in the words of a line.
_TITLE = r"(?:[A-ZÀ-ÖØ-ÞĐ][^\W\d_]*+(?:[.'’\-][^\W\d_]++)*+\.?+)"
_CAPS_PLACE = rf"(?:{_CAPS}(?:\s+{_CAPS}){{0,3}})"
_TITLE_PLACE = rf"(?:{_TITLE}(?:\s+(?:{_TITLE}|de|of|la|el)){{0,3}})"
_PLACE = rf"(?:{_CAPS_PLACE}|{_TITLE_PLACE})"
_REGION = rf"(?:,\s*{_PLACE}(?=\s*[,(|/—–\-:]|\s+\())?"
_DATE = rf"(?i:(?:{WEEKDAY},?\s+)?(?:{DATE}))"
_DAY = rf"{_DATE}|{WEEKDAY}"
_AGENCY = r"\(\s*(?P<agency>[^()]{2,40}?)\s*\)"
_DASH = r"(?:\.\s?)?(?:--+|[—–―─]|-(?=\s)|-(?=[A-Z]))"
_HEAD = rf"(?P<place>{_PLACE}{_REGION}(?:\s*(?:/|\band\b)\s*{_PLACE}{_REGION})?)(?:\s\[{_PLACE}\])?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        # WASHINGTON, June 27 (Agency) -- | Washington, May 1 (Agency)-- | Geneva, 12 May 2025 – | CITY, June 3:
        rf"{_HEAD},?\s+\(?(?P<date>{_DAY})\)?[.,]?\s*(?:{_AGENCY}\s*)?(?:{_DASH}|:|\|)\s*",
        # WASHINGTON (Agency) - | CITY, (Agency): | City (Agency) June 3 -- | City (Agency) - 3 June 2025 -
        rf"{_HEAD},?\s+{_AGENCY}[,.]?\s*(?:(?:{_DASH}\s*)?(?P<date>{_DAY})[.,]?)?\s*(?:{_DASH}|:|\||(?<=\d\.))\s*",
        # City (Agency, 3 June 2025) -
        rf"{_HEAD},?\s+\(\s*(?P<agency>[^(),]{{2,40}}),\s*(?P<date>{_DATE})\s*\)\s*(?:{_DASH}|:|\|)\s*",
        # City, June 27, Example News Agency - Text
        rf"{_HEAD},?\s+(?P<date>{_DAY})[.,]?\s+(?P<agency>{_TITLE}(?:\s+{_TITLE}){{0,4}}\s+"
        rf"(?:Agency|News|Press|Wire|Service))\s*(?:{_DASH}|:)\s*",
        # CITY, June 27 (Agency). Text
        rf"{_HEAD},?\s+(?P<date>{_DAY})[.,]?\s*{_AGENCY}\.?\s+(?=[A-Z“\"])",
        # City, June 3, 2025. Text
        rf"(?=.{{0,60}}\b(?:19|20)\d\d\.\s){_HEAD},\s+(?P<date>{_DATE})\.\s+(?=[A-Z“\"])",
        # CITY, May 17. /AGENCY/. | CITY /Agency/ --
        rf"{_HEAD}(?:,\s+(?P<date>{_DAY})\.?)?\s*/(?P<agency>[A-Z][\w .-]{{1,20}})/\s*[.:\-–—]*\s*",
        # CITY, COUNTRY | Agency | | CITY | June 3 |
        rf"{_HEAD}\s*\|\s*(?:(?P<date>{_DAY})|(?P<agency>[A-Z][\w .&]{{1,30}}))\s*(?:\||{_DASH})\s*",
        # (City, 3 June 2025) | [City, 3 June 2025]
        rf"[(\[]{_HEAD},?\s+(?P<date>{_DATE})[)\]]\s*(?:{_DASH}|:|\|)?\s*",
        # June 3, 2025 (CITY) - | 3 June 2025, City –
        rf"(?P<date>{_DATE})\s*[,(–—-]\s*\(?{_HEAD}\)?\s*{_DASH}\s*",
    )
)
# Every dateline has one of these.
_SIGN = re.compile(r"^[^a-z\d_.,]{3,30}\.\s|\d\d\d\d\.\s|--|[—–―─|/:]|[\s.]-\s|-[A-Z]|[)\]]")
_BARE_END = r"\.?\s*(?:--+|\s-\s|(?<=\.)-\s|[—–―─]|:\s|\|)\s*"
# City - 3 June 2025 - | City: June 3, 2025 Text
_PLACE_FIRST = re.compile(
    rf"{_HEAD}\s*(?:{_DASH}|:)\s*(?P<date>{_DATE})\s*(?:{_AGENCY}\s*)?(?:{_DASH}|:|\||\.\s|(?<=\d\d\d\d\s)(?=[A-Z]))\s*"
)
_DATE_ALONE = re.compile(rf"(?P<date>{_DATE})\s*(?:{_DASH}|\|)\s*")
_BARE_CAPS = re.compile(
    rf"(?P<place>{_CAPS_PLACE}{_REGION}(?:\s*(?:/|AND|and)\s*{_CAPS_PLACE})*){_BARE_END}"
)
_CAPS_STOP = re.compile(rf"(?P<place>{_CAPS}(?:\s+{_CAPS}){{0,2}})\.\s+(?=[A-Z“\"])")  # "LIMA. The ministers"
_BARE_TITLE = re.compile(rf"{_HEAD}{_BARE_END}")
_DAYS = re.compile(rf"(?:{WEEKDAY})\b")  # "Friday, 24 February – The minister travels": no city
_AGENCY_FIRST = re.compile(r"[(\[](?P<agency>[A-Z][\w .&/-]{1,30})[)\]]\s*(?:[-–—:|]+\s*)?")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A prefix of a paragraph; `length` counts its characters up to the first of the sentence."""

    length: int
    place: str | None
    date: str | None
    agency: str | None
    words: str | None = None  # the date as written


def read_dateline(flat: str, *, first: bool, near: str | None) -> Dateline | None:
    """The dateline at the start of a paragraph, or None.

    A place alone ("TOKYO —") counts on the `first` paragraph of the body only; elsewhere a day or an agency must
    stand with it. `near` (xsd:date) gives the year where the dateline has none.
    """
    head = flat[:100]
    if not _SIGN.search(head):
        return None
    match = next((m for form in _FORMS if (m := form.match(head)) and not _DAYS.match(m["place"])), None)
    if match is None and first:
        match = _bare(head)
    if match is None and first:
        match = _AGENCY_FIRST.match(head)
        if match and not _begins(flat, match.end()):
            return None
    if match is None or not _begins(flat, match.end()):
        return None
    found = match.groupdict()
    if match.re is _FORMS[-1] and match["place"].title() not in cities():
        return Dateline(match.end(), None, read_date(match["date"], near), match["place"], match["date"])
    place = " ".join(found["place"].split()) if found.get("place") else None
    day = read_date(found["date"], near) if found.get("date") else None
    agency = found.get("agency")
    return Dateline(match.end(), place, day, agency.strip() if agency else None, found.get("date"))


def _bare(head: str) -> re.Match[str] | None:
    match = _DATE_ALONE.match(head)
    if match and read_date(match["date"]):
        return match
    match = _CAPS_STOP.match(head)
    if match and fold(match["place"]).title() in {fold(city).title() for city in cities()}:
        return match
    match = _PLACE_FIRST.match(head) or _BARE_CAPS.match(head)
    if match and match.re is _PLACE_FIRST:
        return match if match["place"].split(",")[0].title() in cities() else None
    if match and match["place"].split()[0].lower() not in words("labels") and len(match["place"]) > 2:
        return match
    match = _BARE_TITLE.match(head)
    return match if match and match["place"].split(",")[0] in cities() else None


@cache
def cities() -> frozenset[str]:
    """Names of cities that a place alone is known by."""
    return words("capitals") | words("cities")


def _begins(flat: str, at: int) -> bool:
    """A sentence follows: not the end of the line, and not a small letter."""
    return at < len(flat) and not flat[at].islower()

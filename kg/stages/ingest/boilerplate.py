"""Lines that are not the article: bylines, credits, share bars, tags, lists of other articles, legal lines."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import table
from kg.stages.ingest.dates import is_time_line

# "(c)" may also number an item of a list, which is a sentence or tells a rate.
_CREDIT = re.compile(r"(?:©|copyright\b|℗).*|\(c\)\s*(?:(?:19|20)\d\d\b.*|(?!.*%).{1,60}[^.;:,\s])", re.IGNORECASE)
_END = re.compile(r"[\W_]*(?:end ?items?|ends?|eom|(?<=-)30)(?:\s?[/-]\s?\w{1,6})?[\W_]*", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:e-?mail:?\s+)?[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+", re.IGNORECASE)
_EXCHANGE = re.compile(r"\(\s*(?:[$€£¥₩]\s?\d|\d+(?:\.\d+)? [A-Za-z.]+ ?=).{0,20}=?.{1,40}\)")  # "($1 = 9.4 crowns)"
_LEGAL = re.compile(
    r"\ball rights reserved\b|\bmay not be (?:published|reproduced|republished)\b|\bterms of (?:use|service)"
    r"\b.*\bprivacy\b|\bprivacy policy\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?:\W*\b(?:share|tweet|facebook|twitter|x|linkedin|whatsapp|email|e-mail|print|telegram|reddit|copy "
    r"link|save|bookmark|pinterest|messenger|link)\b)+\W*",
    re.IGNORECASE,
)
# A correction of an earlier report that tells what happened: "Correction: We wrote that they met on Monday. It was ..."
_RETOLD = re.compile(
    r"correction:\s.*\b(?:we|this (?:news)?paper|(?:article|report|story))\b.{0,60}"
    r"\b(?:wrote|said|reported|called|stated|gave)\b.*[.]\s+\S.*",
    re.IGNORECASE | re.DOTALL,
)
_READING = re.compile(r"\d+[ -]min(?:ute)?s?(?: read)?", re.IGNORECASE)
# A credit at the end of the last sentence: "...capital.© KYODO", "... on Friday. (Example Wire)", "... - Example Wire".
TAIL_CREDIT = re.compile(
    r"""(?<=[.!?"'”’)])\s*"""
    r"""(?P<credit>(?:©|[Cc]opyright\s|℗).{1,80}|\([cC]\)\s.{1,60}[^.;:,\s]|"""
    r"""[-–—/]{1,2}\s?[A-Z][\w.&]*(?:[ /][A-Z][\w.&]*){0,3}|"""
    r"""\((?:[A-Z][\w.&]*)(?:[ /-][A-Z\d][\w.&]*){0,3}\)|\[[A-Z][\w.&]*(?: [A-Z][\w.&]*){0,3}\]|/[A-Z][\w ]{1,20}/|"""
    r"""(?<=\s)[A-Z]{2,}(?: [A-Z]{2,}){0,3}|\(?END\)?|#{3})$"""
)


@cache
def _lexicon() -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    by_kind: dict[str, list[str]] = {"line": [], "start": [], "list": []}
    for how, words in table("boilerplate"):
        by_kind[how].append(words)
    return frozenset(by_kind["line"]), tuple(by_kind["start"]), frozenset(by_kind["list"])


def _key(flat: str) -> str:
    return flat.replace("’", "'").lower().strip(" \t:.…>»→*#|[]()_-–—!\"'“”")


def opens_list(flat: str) -> bool:
    """True for a line such as "Related articles", which the titles of other articles follow."""
    key = _key(flat)
    lists = _lexicon()[2]
    if key in lists:
        return True
    return len(key) < 60 and (key.startswith(("more from ", "more on ")) or key.endswith(_list_ends()))


@cache
def _list_ends() -> tuple[str, ...]:
    return tuple(sorted(f" {words}" for words in _lexicon()[2] if " " in words))


def is_boilerplate(flat: str) -> bool:
    """True for a line that no article has as its text, wherever it stands."""
    lines, starts, _ = _lexicon()
    key = _key(flat)
    return (
        not key
        or key in lines
        or (key.startswith(starts) and not _RETOLD.match(flat))
        or bool(_CREDIT.fullmatch(flat) and len(flat) < 300)
        or bool(len(flat) < 300 and _LEGAL.search(flat))
        or bool(_SHARE.fullmatch(flat))
        or bool(_READING.fullmatch(flat) or _ADDRESS.fullmatch(flat))
        or ("=" in flat and bool(_EXCHANGE.fullmatch(flat)))
    )


def is_credit(flat: str) -> bool:
    """True for a copyright line: "© KYODO", "(c) 2025 Example Wire"."""
    return bool(_CREDIT.fullmatch(flat)) and len(flat) < 300


def is_end_mark(flat: str) -> bool:
    """True for the last line of a report or transcript: "Enditem/jd", "-30-", "END  12:40 P.M. EDT"."""
    return bool(_END.fullmatch(flat)) or (flat.startswith("END") and is_time_line(flat[3:].strip()))

"""Lines that are not the article: bylines, credits, share bars, tags, lists of other articles, legal lines."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import table
from kg.stages.ingest.dates import DAY_MONTH, TIME, WEEKDAY, is_time_line

_NAME = r"(?:[A-ZÀ-ÖØ-ÞŁŠŽĐ][\w'’.\-]*|d['’][A-Z]\w+|de|da|di|del|dos|van|von|der|den|bin|al|el|la|le)"
NAMES = re.compile(rf"{_NAME}(?:\s+{_NAME}){{0,5}}")
_BYLINE = re.compile(
    rf"(?:by|story by|written by|text by|words by|analysis by|from)\s*:?\s+(?P<who>{_NAME}(?:[\s,/|"
    rf"&]+(?:and\s+)?{_NAME})*)"
    r"(?P<rest>.*)",
    re.IGNORECASE,
)
_CORRESPONDENT = re.compile(
    r"(?:by|from) (?:our|a|the) .*(?:correspondents?|reporters?|staff|bureau|desk)\b.*",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r".*\b(?:staff|senior|special|chief|political|economics?|trade|foreign|diplomatic)?\s*(?:writers?|correspondents?|"
    r"reporters?|editor|bureau chief)$",
    re.IGNORECASE,
)
# "(c)" may also number an item of a list, which is a sentence.
_CREDIT = re.compile(r"(?:©|copyright\b|℗).*|\(c\)\s*(?:(?:19|20)\d\d\b.*|.{1,60}[^.;:,\s])", re.IGNORECASE)
_DAY = rf"(?:{WEEKDAY},?\s+)?{DAY_MONTH}"
PLACE_AND_DAY = re.compile(rf"(?P<place>{_NAME}(?:\s+{_NAME}){{0,2}}),\s+(?P<day>{_DAY})")
POSTED = re.compile(rf"(?:posted|published|updated|written)\b.{{0,40}}?\s{_DAY}.{{0,40}}(?<!\.)", re.IGNORECASE)
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
_READING = re.compile(r"\d+[ -]min(?:ute)?s?(?: read)?", re.IGNORECASE)
# A credit at the end of the last sentence: "...capital.© KYODO", "... on Friday. (Example Wire)", "... - Example Wire".
TAIL_CREDIT = re.compile(
    r"""(?<=[.!?"'”’)])\s*"""
    r"""(?P<credit>(?:©|[Cc]opyright\s|℗).{1,80}|\([cC]\)\s.{1,60}[^.;:,\s]|"""
    r"""[-–—/]{1,2}\s?[A-Z][\w.&]*(?:[ /][A-Z][\w.&]*){0,3}|"""
    r"""\((?:[A-Z][\w.&]*)(?:[ /-][A-Z\d][\w.&]*){0,3}\)|\[[A-Z][\w.&]*(?: [A-Z][\w.&]*){0,3}\]|/[A-Z][\w ]{1,20}/|"""
    r"""\(?END\)?|#{3})$"""
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
        or key.startswith(starts)
        or bool(_CREDIT.fullmatch(flat) and len(flat) < 300)
        or bool(len(flat) < 300 and _LEGAL.search(flat))
        or bool(_SHARE.fullmatch(flat))
        or bool(_READING.fullmatch(flat))
    )


def is_credit(flat: str) -> bool:
    """True for a copyright line: "© KYODO", "(c) 2025 Example Wire"."""
    return bool(_CREDIT.fullmatch(flat)) and len(flat) < 300


def byline(flat: str) -> tuple[str, ...] | None:
    """The authors that a byline names (maybe none: "From our correspondent"), or None where the line is none."""
    if len(flat) > 150 or (flat.rstrip().endswith((".", "?", "!", ":")) and not re.search(r"\b[A-Z]\.$|Jr\.$", flat)):
        return None
    plain = flat.strip("*_ ")
    if _CORRESPONDENT.fullmatch(plain):
        return ()
    match = _BYLINE.fullmatch(plain)
    if match is None or not plain[match.start("who")].isupper() or len(match["rest"].split()) > 8:
        return None
    rest = match["rest"].strip(" ,|/-–—•·")
    if rest and not (rest.lower().startswith(("in ", "at ", "for ", "of ")) or TIME.search(rest) or rest[0].isupper()
                     or _STAFF.fullmatch(rest)):  # fmt: skip
        return None
    names = re.split(r"\s*(?:,|&|\||/|\band\b)\s*", match["who"])
    people = [name for name in names if len(name.split()) > 1 and not is_agency(name)]
    return tuple(name.title() if name.isupper() else name for name in people)


def is_agency(words: str) -> bool:
    """True for the name of a medium rather than a person, by its last word or its capitals."""
    return words.split()[-1].lower() in _MEDIA


_BODY = frozenset({"ministry", "office", "department", "embassy", "secretariat", "commission", "bureau", "government"})
_MEDIA = frozenset(
    {
        "news", "press", "times", "post", "agency", "wire", "writer", "writers", "reporter", "reporters", "staff",
        "correspondent", "desk", "shimbun", "daily", "herald", "tribune", "journal", "bureau", "media", "online",
        "service", "today", "editor"
    }
)


def is_name_line(flat: str) -> bool:
    """True for a line of capitalised words only: a bare byline or a paper's name ("Jane Doe", "THE EXAMPLE TIMES")."""
    words = re.split(r"[\s,/|]+", flat.strip())
    return len(words) <= 7 and all(w[:1].isupper() or w in {"and", "of", "in", "for", "&", "the"} for w in words) \
        and not any(c.isdigit() for c in flat) and not flat.endswith((".", "?", "!", ":"))  # fmt: skip


def is_issuer(flat: str) -> bool:
    """True for the body that issues a release, above the headline: "Ministry of Trade, Republic of Freedonia"."""
    return is_name_line(flat) and bool(_BODY & set(flat.lower().replace(",", " ").split()))


def is_end_mark(flat: str) -> bool:
    """True for the last line of a transcript: "END  12:40 P.M. EDT"."""
    return flat.startswith("END") and is_time_line(flat[3:].strip())


def is_head_meta(flat: str) -> bool:
    """True for a byline, time line or correspondent line, as they stand between headline and body."""
    if PLACE_AND_DAY.fullmatch(flat) or POSTED.fullmatch(flat):
        return True
    return byline(flat) is not None or is_time_line(flat) or (len(flat) < 80 and bool(_STAFF.fullmatch(flat)))

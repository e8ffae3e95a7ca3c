"""The lines of lists and tables that state rates, in any layout, cut into their parts.

"Japan: 15% (24%)", "Japan | 15% | 24%", "- Japan – 15 percent from 25", "15%: Japan, Peru", "Cars: 25% (UK: 10%)".
Read from the characters alone; what the parts mean is told in `rows`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.stages.relate.tariffs.running import lined

_RATE = r"(?:\d{1,3}(?:\.\d+)?\s?(?:%|per ?cent\b|pct\b)|(?:zero|nil|duty[- ]free|exempt|none)\b)"
_OPEN = (
    r"(?:rate |still |yet |not |un|to be )*"
    r"(?:undecided|decided|determined|announced|set|fixed|open|known|t\.?b\.?[ad])\b"
)
_BREAK = r"(?:\s*[:|\t=]\s*|\s+(?:[–—→-]|->)+\s*|\s*\.{3,}\s*|\s{2,})"
_APPROX = (
    r"(?:about |around |up to |up |down |from |a |additional |flat |now |still |no more than |at most |lowered "
    r"|cut |reduced |raised |increased |capped at |\+)*"
)
_ORDINAL = r"(?:\d{1,2}[.)]\s+)?"  # of a numbered list
_LABELLED = re.compile(
    rf"^\W*{_ORDINAL}(?P<label>[^\d%|:\t;.()]{{2,70}}?){_BREAK}(?P<rest>{_APPROX}(?:{_RATE}|{_OPEN}).*)$", re.IGNORECASE
)
_PLAIN = re.compile(
    rf"^\W*(?P<label>[A-Z][^\d%|:\t;.()]{{1,70}}?)\s\(?"
    rf"(?P<rest>{_RATE}(?:\s*\(.*\)|,?\s(?:from|since|on(?= \S+ \d)|as of|up|down)\b.*|\))?)$",
    re.IGNORECASE,
)
# for lines that open with words before their rate, as in a list by "Rate of 10%"
_LEVEL = r"(?:(?:(?:at|all at|a|the|paying|rate|tariff|duty|level|band|group|tier|with|of)\b:?\s+){1,3})?"
_RATE_FIRST = re.compile(
    rf"^\W*{_LEVEL}(?P<rest>{_RATE}(?:\s\([^)]*\))?)(?:\s*[:|\t]\s*|\s+[–—-]\s+|\s(?:on |for )?)(?P<label>.+)$",
    re.IGNORECASE,
)
_CELLS = re.compile(r"\s*[|\t]\s*|\s*(?:\.\s?){3,}|\s{2,}")  # "Rice . . . . 50"
_INNER = re.compile(rf"(?P<label>[A-Z][^\d%;,:()]{{1,40}}?)\s*(?:[:=–—-]|\bat\b|\bpays?\b)?\s*(?P<rate>{_RATE})")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|said|says|rose|fell|pays?|faces?|charge[sd]?|gets?|got|puts?|takes?"
    r"|(?:impos|propos|rais|introduc|announc)e[sd]?|lev(?:y|ies|ied)|slap(?:s|ped)|wants?|add(?:s|ed)|costs?|hits?"
    r"|took|cuts?|drop(?:s|ped)|threaten(?:s|ed)|demand(?:s|ed))\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:was|from|up|down|previously|before)\b", re.IGNORECASE)
_REMARK = re.compile(r"(?<=[)%a-z])\.\s+(?=[A-Z“\"])")
_LONGEST = 240  # characters of a line
_ROLES = (
    ("", r"\b(?:free|abolish\w*|phas\w+|staging)\b"),  # when the duty falls away: "Free from"
    ("sum", r"\b(?:total|combined|altogether|all in|overall|to pay)\b"),
    ("base", r"\b(?:ordinary|normal|mfn|most[- ]favou?red|bound)\b"),
    ("old", r"\b(?:old|previous|before|former|earlier|was|until|announced|threatened|original)\b"),
    ("date", r"\b(?:date|effective|since|from|start|in force|takes? effect|when)\b"),
    ("rate", r"\b(?:rate|tariff|duty|new|now|current|per ?cent|after|levy)\b|%"),
    ("label", r"\b(?:country|countries|partner|economy|product|goods|item|sector|market|origin|exporter)\b"),
)  # fmt: skip
_PRESENT = re.compile(r"^from$|\b(?:today|current\w*|now|present|base|applied)\b", re.IGNORECASE)
_AFTER = re.compile(
    r"^to$|\b(?:after|from|as of|new|final|future|agree\w*|deal|pact|accord|treaty|preferential|under|then|end)\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"^(?:on |as of |until |before )?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d"
                    r"|\d\d? [A-Za-z]+|(?:19|20)\d\d$)", re.IGNORECASE)  # fmt: skip
_NUMBER = r"\d{1,3}(?:\.\d+)?"
_PCT = r"(?:\s?%|\s?per ?cent)?"
_CELL = rf"(?P<rate>{_NUMBER}){_PCT}(?:\s*\((?:was |from |before )?(?P<old>{_NUMBER}){_PCT}\))?"  # "120 (60)"
_UNIT = re.compile(
    r"\((?:all )?(?:(?:[^()\n]*\b)?in )?(?:percent|per cent|%)(?:[;,][^()\n]*)?\)|\bfigures (?:are )?in per ?cent\b"
    r"|, (?:all )?in (?:percent|per cent|%)(?= ?(?:[:.(\n]|$))",
    re.IGNORECASE,
)
_CELL_NAMES = {"rate": "main", "old": "old", "date": "dated"}


class Line(NamedTuple):
    """A line that states a rate, in characters of the text."""

    start: int
    end: int
    labels: tuple[tuple[int, int], ...]  # "Japan", or "Brazil" and "coffee" of two columns
    main: tuple[int, int]  # the first statement: "50%, doubled from 25% on 4 June"
    inner: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()  # label and rate of "(UK: 25%)"
    more: tuple[tuple[int, int], ...] = ()  # statements behind a semicolon
    old: tuple[int, int] | None = None  # the cell with the rate before
    dated: tuple[int, int] | None = None  # the cell with the date
    headed: bool = False  # whether the columns have names
    at: tuple[int, ...] = ()  # which columns `main` and `more` are
    columns: tuple[tuple[int, int], ...] = ()  # the names of these


@lru_cache(maxsize=2)
def lines(text: str) -> tuple[Line, ...]:
    """The lines of lists and tables with a rate, in order; of a line with remarks, what stands before these."""
    found, start, header, names = [], 0, list[str](), list[tuple[int, int]]()
    above, above_names = header, names  # of the table before, which hold for one of as many columns below it
    unit = _UNIT.search(text) is not None
    for raw in lined(text).split("\n"):
        here, start = start, start + len(raw) + 1
        if raw.strip() and not any(c.isalnum() for c in raw):
            continue  # "|---|---|" parts the names of the columns from the rows
        cells = [c for c in _CELLS.split(raw.strip()) if c]
        remark = _REMARK.search(raw)
        if not header and len(cells) == len(above):
            header, names = above, above_names
        line = _line(raw[: remark.start() + 1] if remark else raw, here, header, unit=unit)
        if line is not None:
            found.append(line)
            if line.headed and len(names) == len(header):
                found[-1] = line._replace(columns=tuple(names[n] for n in line.at))
        elif len(cells) > 1 and not any(re.search(rf"%|^{_NUMBER}$", c) for c in cells):
            header = cells  # "Goods | Until 31 December | From 1 January"
            names = [_shift(c, here) for c in _cells(raw)]
            above, above_names = header, names
        elif raw.strip() and not re.search(r"\d", raw):
            header = []
    return tuple(found)


def _line(raw: str, at: int, header: list[str], *, unit: bool) -> Line | None:
    if not raw.strip() or len(raw) > _LONGEST:
        return None
    cells = _cells(raw)
    if len(cells) > 1:
        return _row(raw, cells, at, header, unit=unit)
    match = _LABELLED.match(raw) or _PLAIN.match(raw) or _RATE_FIRST.match(raw)
    if match is None or _FINITE.search(match["label"]):
        return None
    label, rest = match.span("label"), match.span("rest")
    if label[0] > rest[0] and (_FINITE.search(raw) or re.search(r"\d", match["label"])):
        return None
    return _parts(raw, rest, Line(at, at + len(raw), (_shift(label, at),), _shift(rest, at)), at)


def _cells(raw: str) -> list[tuple[int, int]]:
    """The cells of a row with columns."""
    marker = re.match(rf"[ |\t\-•*]*{_ORDINAL}", raw)
    found, first = [], marker.end() if marker else 0
    for gap in [*_CELLS.finditer(raw, first), None]:
        end = gap.start() if gap else len(raw.rstrip())
        found += [(first, end)] if end > first else []
        first = gap.end() if gap else first
    return found


def _row(raw: str, cells: list[tuple[int, int]], at: int, header: list[str], *, unit: bool) -> Line | None:
    """A row by what the heading says of its columns; without a heading the first rate is the new one.

    Where the text tells that its figures are percent, or the heading of a column does, bare numbers are rates.
    """
    words = [raw[first:end] for first, end in cells]
    rated = [n for n, word in enumerate(words) if re.match(rf"{_APPROX}{_RATE}", word, re.IGNORECASE)]
    if unit and not rated:
        rated = [n for n, word in enumerate(words) if n and re.fullmatch(_CELL, word)]
    roles = _roles(header, rated) if len(header) == len(cells) else []
    headed = bool(roles)
    if not roles:
        roles = ["label" if n < min(rated, default=0) else "" for n in range(len(cells))]
        for role, n in zip(("rate", "old"), rated, strict=False):
            roles[n] = role
    bare = [n for n, c in enumerate(header) if "%" in c or "per cent" in c.lower() or "percent" in c.lower()]
    rated += [n for n in bare if n < len(words) and re.fullmatch(_NUMBER, words[n])]
    at_role = {role: n for n, role in reversed(list(enumerate(roles)))}
    labels = tuple(_shift(cells[n], at) for n, role in enumerate(roles) if role == "label")
    if not labels or at_role.get("rate") not in rated:
        return None
    spans = {name: _shift(cells[at_role[role]], at) for role, name in _CELL_NAMES.items() if role in at_role}
    both = re.fullmatch(_CELL, words[at_role["rate"]])
    if both and both["old"] and "old" not in spans:
        first = spans["main"][0]
        spans |= {name: _shift(both.span(part), first) for name, part in (("main", "rate"), ("old", "old"))}
    later = [n for n, role in enumerate(roles) if role == "rate" and n in rated and n != at_role["rate"]]
    more = tuple(_shift(cells[n], at) for n in later)  # of "On entry into force | After ten years"
    return Line(at, at + len(raw), labels, spans["main"], more=more, old=spans.get("old"), dated=spans.get("dated"),
                headed=headed, at=(at_role["rate"], *later))  # fmt: skip


def _roles(header: list[str], rated: list[int]) -> list[str]:
    """What the columns of a table hold, by the words above them and by which of their cells are rates."""
    roles = [next((r for r, p in _ROLES if re.search(p, c, re.IGNORECASE)), "") for c in header]
    several = [n for n, role in enumerate(roles) if role in {"rate", "", "date"} and n in rated]
    for n in several:
        roles[n] = "rate"
    if len(several) > 1 and _turns(header[several[0]], header[several[-1]]):
        roles[several[0]] = "old"  # "Duty today | Duty after five years", "2025 | 2026"
    if "base" in roles and any(n in rated for n, role in enumerate(roles) if role == "sum"):
        roles = ["rate" if role == "sum" else "" if role == "rate" else role for role in roles]
    return roles


def _turns(first: str, last: str) -> bool:
    """Whether of two columns the first holds what holds now, or the earlier year: "April 2" and "From August 7"."""
    years = [re.search(r"\b(?:19|20)\d\d\b", c) for c in (first, last)]
    if years[0] and years[1] and years[0][0] != years[1][0]:
        return years[0][0] < years[1][0]
    before = _PRESENT.search(first) is not None or _DATED.search(first) is not None
    return before and _AFTER.search(last) is not None


def _parts(raw: str, rest: tuple[int, int], line: Line, at: int) -> Line:
    """Cut what stands behind a label into statements and the rates of single states in brackets."""
    inner, covered = [], raw[: rest[1]]
    for bracket in re.finditer(r"\(([^)]*)\)", raw[rest[0] : rest[1]]):
        first = rest[0] + bracket.start(1)
        pairs = [m for m in _INNER.finditer(bracket[1]) if not _BEFORE.match(m["label"])]
        inner += [(_shift(m.span("label"), at + first), _shift(m.span("rate"), at + first)) for m in pairs]
        if pairs:
            covered = covered[: first - 1] + " " * len(bracket[0]) + covered[first - 1 + len(bracket[0]) :]
    statements, first = [], rest[0]
    for part in covered[rest[0] :].split(";"):
        statements.append((at + first, at + first + len(part)))
        first += len(part) + 1
    end = min([statements[0][1], *(i[0][0] for i in inner)])
    return line._replace(main=(statements[0][0], end), inner=tuple(inner), more=tuple(statements[1:]))


def _shift(span: tuple[int, int], by: int) -> tuple[int, int]:
    return span[0] + by, span[1] + by

"""Lines and paragraphs of a text, by their offsets: where a paragraph wrapped at a column begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029\t]")
_SENTENCE_END = re.compile(r"""[.!?…:;]["'”’»)\]*_]*$""")
_CREDIT_END = re.compile(r"""[.!?…"”’)]\s*(?:©|\([cC]\)\s|[Cc]opyright\s).{0,60}$""")  # "...capital.© KYODO"
# Starts of lines that never continue the line before: bullets, numbers, quoted lines, headings, transcript labels.
_MARKER = re.compile(r"[-–—•‣◦▪●○·*>#|]\s|>|[•‣◦▪●]|\(?\d{1,2}[.)]\s|[A-Z][A-Z .'’]+:\s|[QA][:.]\s")


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: one line, or several that were wrapped. `flat` has a space for each line break, same length."""

    start: int
    end: int
    flat: str
    gap: bool  # a blank line stands before it, or it is the first
    indent: int = 0


def paragraphs(text: str, start: int = 0, end: int | None = None) -> list[Para]:
    """The paragraphs of `text[start:end]`, without blanks around them.

    A blank line always ends a paragraph. Without one, a line is continued by the next only where the text is wrapped:
    the first word of the next line would not have fitted on it.
    """
    lines = _lines(text, start, len(text) if end is None else end)
    width = _width(lines)
    paras: list[Para] = []
    last: Para | None = None
    for line in lines:
        if last is not None and width and _continues(last, line, width, bullet=bool(_MARKER.match(paras[-1].flat))):
            paras[-1] = _para(text, paras[-1].start, line.end, paras[-1].gap, paras[-1].indent)
        else:
            paras.append(line)
        last = line
    return paras


def is_sentence(flat: str) -> bool:
    """True where a paragraph ends as sentences do (or as an introduction to a list does, with a colon)."""
    return bool(_SENTENCE_END.search(flat))


def _para(text: str, start: int, end: int, gap: bool, indent: int) -> Para:
    return Para(start, end, _BREAK.sub(" ", text[start:end]), gap, indent)


def _lines(text: str, begin: int, end: int) -> list[Para]:
    lines: list[Para] = []
    last_end = begin
    for match in _LINE.finditer(text, begin, end):
        raw = match[0]
        stripped = raw.strip()
        if not stripped:
            continue
        indent = len(raw) - len(raw.lstrip())
        start = match.start() + indent
        between = text[last_end:start].replace("\r\n", "\n")
        breaks = len(re.findall(r"[\n\r\v\f\x85\u2028\u2029]", between))
        lines.append(_para(text, start, start + len(stripped), breaks > 1 or not lines, indent))
        last_end = start + len(stripped)
    return lines


def _width(lines: list[Para]) -> int:
    """The column at which the text is wrapped, or 0.

    It shows in lines that end within a sentence and go on in lower case. Articles with a paragraph to a line have
    longer lines than any such; wrapped ones have columns of 50 to 120.
    """
    ends = [
        len(a.flat)
        for a, b in pairwise(lines)
        if not b.gap and b.flat[0].islower() and not _closes(a.flat) and len(a.flat) >= 45
    ]
    width = max(ends, default=0)
    longer = sum(len(line.flat) > width + 3 for line in lines)
    return width if width <= 120 and longer <= len(lines) // 5 else 0


def _closes(flat: str) -> bool:
    """Whether a line ends a paragraph: with a sentence, or with a credit behind one."""
    return bool(_SENTENCE_END.search(flat) or _CREDIT_END.search(flat))


def _continues(last: Para, line: Para, width: int, *, bullet: bool) -> bool:
    if line.gap or _MARKER.match(line.flat) or _CREDIT_END.search(last.flat):
        return False
    if line.indent > last.indent:
        return bullet  # hanging indent; else the first line of a paragraph
    if line.flat[0].islower() and len(last.flat) > width // 2 and not _closes(last.flat):
        return True  # a ragged line within a sentence
    return len(last.flat) + 1 + len(line.flat.split(None, 1)[0]) > width

"""The day of publication where no line gives it by itself: in the title of an edition, an opening, a last line."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from kg.model import BlockKind
from kg.stages.ingest.dates import DATE, WEEKDAY, is_time_line, read_date
from kg.stages.ingest.lines import is_sentence
from kg.stages.ingest.stamps import of_another

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Block

_CLOCK = r"\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?"
# Set off on both sides, so none that a title tells of: "Brief – Oslo, Tuesday 30 December 2025", not "from 1 May 2025"
_SET_OFF = re.compile(
    rf"(?:^|[–—|:(,/·•]\s*|\s-\s+|[,(|]\s*{WEEKDAY},?\s+|(?:^|\s){_CLOCK},?\s+|[–—|:-]\s+{WEEKDAY},?\s+|"
    rf"\b(?:newsletter|edition|issue|brief|briefing|filed|sent)\s(?:of|for|on)?\s?(?:{WEEKDAY},?\s+)?|"
    rf"\(END\)\s*)(?P<day>{DATE})(?=\)?\s*(?:$|[–—|,.;]|\s-\s|{_CLOCK}))",
    re.IGNORECASE,
)
_OPENS = re.compile(
    rf"\b(?:(?:it|today|this)\s(?:is|was)|it['’]s)\s(?:{WEEKDAY},?\s+)?(?:the\s)?(?P<day>{DATE})", re.IGNORECASE
)
_LONG = 20  # words of a line that is no prose
_OPENING = 160  # characters
_BODY = frozenset({BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.SPEECH, BlockKind.TABLE_ROW, BlockKind.CAPTION})


def loose_day(article: str, blocks: Sequence[Block]) -> str | None:
    """The day, with its year, that a line above the body sets off, its opening words say, or its last line sets off."""
    above = [article[block.start : block.end] for block in takewhile(lambda b: b.kind not in _BODY, blocks)]
    body = next((block for block in blocks if block.kind in _BODY), None)
    last = [line for line in article.splitlines() if line.strip()][-1:]
    days = {day for line in (*above, *last) for day in _set_off(line.strip())}
    opening = _OPENS.search(article[body.start : body.start + _OPENING]) if body is not None else None
    if opening is not None and not days:
        return read_date(opening["day"])
    return next(iter(days)) if len(days) == 1 else None


def _set_off(flat: str) -> Iterator[str]:
    """The days that a line sets off, where it is no prose and names no other thing that the day could be of."""
    apart = is_time_line(flat) or len(flat.split()) > _LONG or "%" in flat or is_sentence(flat) or of_another(flat)
    for found in () if apart else _SET_OFF.finditer(flat):
        day = read_date(found["day"])
        if day is not None:
            yield day

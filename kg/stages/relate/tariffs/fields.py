"""Lines of a record below its rate: "Effective: 10 March", "Reason: anti-dumping", "Status: suspended"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.grounds import grounds
from kg.stages.relate.tariffs.list_words import ahead, closes, told

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text
    from kg.tokens import Span

_FIELD = re.compile(
    r"^\W*(?:(?P<day>effective|(?:entry )?in(?:to)? force|applied|valid|starts?)(?: date| from| since| as of)?"
    r"|(?P<why>(?:legal )?(?:grounds?|basis|reasons?|justification))|(?P<stage>status))\s*:\s*(?P<words>[^;()]{2,90})",
    re.IGNORECASE,
)


def field(text: Text, part: Span, found: list[Frame]) -> bool:
    """Take up what a line tells of the rates above it in its paragraph; whether it tells nothing else."""
    match = _FIELD.match(part.text)
    if match is None:
        return False
    begin = text.document.text.rfind("\n\n", 0, part.start_char)
    rates = [f for f in found if f.rule == "tariff-row" and begin < f.at.idx < part.start_char]
    start, words = part.start_char + match.start("words"), match["words"].strip()
    if match["why"]:
        ground = next(iter(grounds(part)), (words.rstrip("."), start, start + len(words.rstrip("."))))
        for frame in rates:
            frame.ground = frame.ground or ground
    elif match["day"]:
        days = [t for t in text.times(part) if t.kind == "DATE" and t.date and not closes(text, t)]
        for frame in rates if days else ():
            frame.when, later = days[0], ahead(text, days[0])
            frame.status = "Threatened" if later and frame.status == "InForce" else frame.status
    elif (stage := told(words)) is not None:
        for frame in rates:
            frame.status, frame.firm = stage, True
    return bool(rates) and "%" not in part.text

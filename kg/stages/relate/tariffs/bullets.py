"""What a side undertakes in lines below a lead-in: "Under the accord Peru will:" above "- cut its duty on cork"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.stages.relate.goods.products import state_at
from kg.stages.relate.tariffs.plans import bidden
from kg.stages.relate.tariffs.sides import DEEDS, acting_between

if TYPE_CHECKING:
    from kg.stages.relate.goods.products import Named
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text

_LEAD = re.compile(r"\b(?:will|would|shall|must|to|has|have|is|are|agreed|side|part|following|undertakes?)\W*:\s*$")
_MARK = re.compile(r"\s*(?:[-–—•*·‣▪>#]|\(?\d{1,2}[.)])\s*")
_VERBAL = frozenset({"AUX", "VERB", "PART", "ADV", "PUNCT", "SPACE"})
_FAR = 12  # lines from a lead-in to the last line below it


def undertaken(text: Text, frame: Frame) -> None:
    """Give a tariff told in such a line to the side that the lead-in tells of."""
    verb = frame.doing.verb
    if frame.kind not in DEEDS or not bidden(verb):
        return
    sides = _side(text, frame.sent[0].idx)
    if not sides or any(s[0] in {i[0] for i in frame.imposers} for s in sides):
        return
    frame.imposers = sides
    frame.targets = [t for t in frame.targets if t[0] != sides[0][0]]


def _side(text: Text, at: int) -> list[Named]:
    """Whose undertakings the lines are among which a character stands; empty where no lead-in tells it."""
    words = text.document.text
    end = words.rfind("\n", 0, at + 1)
    end = at if end < 0 else end
    for _ in range(_FAR):
        if end <= 0:
            return []
        start = words.rfind("\n", 0, end) + 1
        line, stop = words[start:end], end
        end = start - 1
        if not line.strip() or (_MARK.match(line) and not line.rstrip().endswith(":")):
            continue
        if not line.rstrip().endswith(":"):
            return []
        span = text.tokens(start, stop)
        named = [n for i in span if (n := state_at(text, i)) is not None]
        if len({n[0] for n in named}) == 1:
            return named[:1]
        if not _LEAD.search(line):
            return []
        near = next((i for i in reversed(span) if text.doc[i].pos_ not in _VERBAL), span[0])
        last = state_at(text, near)  # "Under the pact with Norway, Peru is to:"
        return [last] if last is not None else acting_between(text, span[0], span[-1] + 1)[-1:]
    return []

"""Headings of comment sections: "Comments (3)", "Join the discussion", "4 thoughts on ..."."""

from __future__ import annotations

import re
from functools import cache

from kg import lexicon

_COUNT = r"(?:[:\-–|]?\s*[(\[]?\s*\d+\s*[)\]]?)?"
_CERTAIN = re.compile(
    r"(?i)(?:\d|\breaders?\b|join the|have your say|\byour\b|\buser\b|comments? section|comment of the)"
)


@cache
def _foreign() -> str:
    return "|".join(sorted(lexicon.words("comment_headings"), key=len, reverse=True))


@cache
def _heading() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:\d+|no|view|read|show|all|latest|top|selected|your|our|the|reader|readers['’]?|user|public|"
        rf"best|most|liked|popular|rated|recommended|recent|newest|featured|other|more|further|staff)\s+){{0,3}}"
        rf"(?:comments?|responses|replies|discussion|conversation|reactions|feedback|letters)"
        rf"(?:\s+(?:section|from (?:our )?readers|by readers|on this (?:story|article)|below))?\s*{_COUNT}\s*:?|"
        rf"join the (?:discussion|conversation|debate).{{0,20}}|have your say.{{0,20}}|what (?:do )?(?:our |you |"
        rf"the )?(?:readers )?"
        rf"(?:say|think|are saying)\s*[?:]?|readers (?:write|respond|react|say).{{0,20}}|letters to the editor|"
        rf"(?:opinions?|views?|voices?) of (?:our )?readers\s*{_COUNT}|comments? of the (?:day|week)|"
        rf"discuss\s*{_COUNT}|"
        rf"\d+ (?:comments?|responses?|thoughts?|replies)(?: (?:to|on|so far)|,).*|"
        rf"\d+ comments?(?:\s{{2,}}|\s*[|·•]).*|"
        rf"(?:your|readers?['’]?) (?:views?|voices?|opinions?|thoughts|letters|mail|panel|forum|corner|page)"
        rf"\s*{_COUNT}|"
        rf"(?:forum|posts?|voices)\s*{_COUNT}(?: (?:posts?|messages?|entries))?|\d+ (?:posts?|messages)|"
        rf"what (?:people|others|you|readers) (?:say|think|are saying|said|wrote|write)\s*{_COUNT}|"
        rf"comments?\s*{_COUNT}\s*(?:[|·–-]).*(?:sort|"
        rf"newest|oldest|picks|rated|recommended|liked|popular|by (?:time|date)).*|"
        rf"(?:guardian|nyt|editors?['’]?|readers?['’]?|staff|our) picks?|"
        rf"(?:\d+\s+)?(?:{_foreign()})\s*{_COUNT}(?:\s*[/|·]\s*comments?.{{0,30}})?",
        re.IGNORECASE,
    )


def is_heading(flat: str) -> bool:
    """True for the heading of a comment section."""
    return len(flat) < 100 and _heading().fullmatch(flat.strip("#*_=- ").strip()) is not None


def is_certain(flat: str) -> bool:
    """True where a heading can be nothing else: it counts, names the readers, or is of another language."""
    return _CERTAIN.search(flat) is not None or re.search(rf"(?i)\b(?:{_foreign()})\b", flat) is not None

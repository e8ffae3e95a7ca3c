"""Headings of comment sections: "Comments (3)", "Join the discussion", "4 thoughts on ..."."""

from __future__ import annotations

import re

_COUNT = r"(?:[:\-–|]?\s*[(\[]?\s*\d+\s*[)\]]?)?"
_HEADING = re.compile(
    rf"(?:(?:\d+|no|view|read|show|all|latest|top|selected|your|our|the|reader|readers['’]?|user|public|"
    rf"best|most|liked|popular|recommended|recent|newest|featured)\s+){{0,3}}"
    rf"(?:comments?|responses|replies|discussion|conversation|reactions|feedback|letters)"
    rf"(?:\s+(?:section|from (?:our )?readers|by readers|on this (?:story|article)|below))?\s*{_COUNT}\s*:?|"
    rf"join the (?:discussion|conversation|debate).{{0,20}}|have your say.{{0,20}}|what (?:do )?(?:our |you |"
    rf"the )?(?:readers )?"
    rf"(?:say|think|are saying)\s*[?:]?|readers (?:write|respond|react|say).{{0,20}}|letters to the editor|"
    rf"\d+ (?:comments?|responses?|thoughts?|replies) (?:to|on|so far).*|\d+ comments?(?:\s{{2,}}|\s*[|·•]).*|"
    rf"(?:your|readers?['’]?) (?:views?|voices?|opinions?|thoughts|letters|mail|panel|forum|corner|page)\s*{_COUNT}|"
    rf"(?:forum|posts?|voices)\s*{_COUNT}(?: (?:posts?|messages?|entries))?|\d+ (?:posts?|messages)|"
    rf"what (?:people|others|you) (?:say|think|are saying)|comments?\s*{_COUNT}\s*(?:\||·|-).*(?:sort|"
    rf"newest).*",
    re.IGNORECASE,
)
_CERTAIN = re.compile(r"(?i)(?:\d|\breaders?\b|join the|have your say|\byour\b|\buser\b|comments? section)")


def is_heading(flat: str) -> bool:
    """True for the heading of a comment section."""
    return len(flat) < 100 and _HEADING.fullmatch(flat.strip("#*_=- ").strip()) is not None


def is_certain(flat: str) -> bool:
    """True where a heading can be nothing else: it counts, or names the readers."""
    return _CERTAIN.search(flat) is not None

"""Lines around reader comments that are neither author nor text: buttons, counters, votes, times, removed comments."""

from __future__ import annotations

import re
from functools import cache

from kg import lexicon
from kg.stages.ingest.dates import TIME, is_time_line

VOTES = re.compile(
    r"(?i)\s*(?:[(\[]?\s*[+\-–−]?\d+(?:\.\d+)?k?\s*(?:likes?|votes?|points?|upvotes?|replies|reply|👍|👎|▲|▼|♥)?\s*"
    r"(?:\(\s*[+\-–−]?\d+\s*/\s*[+\-–−]?\d+\s*\))?\s*[)\]]?|[▲▼👍👎♥❤⬆⬇]\s*\d*)\s*"
)
_SIGNS = re.compile(r"[\d\s👍👎△▽▲▼⬆⬇⌃⌄•·|+\-–−()/›»]{1,20}")
_PHRASE = re.compile(
    r"(?i)\W*(?:(?:view|show|hide|load|see|read)\b.{0,12}\b(?:replies|reply|comments|more)|"
    r"(?:sort(?:ed)?|order(?:ed)?) by:?.{0,20}|top comments|quote|pin(?:ned)? by .{1,40}|liked|avatar|user|thanks|"
    r"(?:log ?in|sign ?in|register) (?:or (?:register|sign up) )?to (?:reply|comment|leave a comment|post).{0,20}|"
    r"(?:leave|post|add|write) (?:a|your) (?:comment|reply).{0,20}|\d+/\d+ characters?(?: left)?|"
    r"(?:in reply|replying|in response|reply) to:? .{1,40}|@?\S+ replied|"
    r"(?:subject|title|score|posts|joined|location|editor['’]s note):\s.{1,80}|.{2,20} comments plug-?in|"
    r"\d+ (?:comments?|people like this))\W*"
)
_COMMENT = r"(?:comments?|posts?|messages?|discussion|thread|conversation|debate|repl(?:y|ies)|commenting)"
# What a site says of its comments: "Comments are closed.", "This comment has been removed by a moderator."
_NOTICE = re.compile(
    rf"(?i)\W*(?:(?:this|the|your|these|all|our|following|reader|user)\s+){{0,2}}{_COMMENT}"
    r"(?:\s+(?:section|thread|area)s?)?(?:\s+(?:on|to|below|here|for)\b(?:\s\w+){0,4})?\s+"
    r"(?:(?:is|are|was|were|has|have|had|been|now|currently|do|does|may|will|not|no longer|being)\s+)*"
    r"(?:closed|open|removed|deleted|hidden|withdrawn|disabled|moderated|awaiting|translated|written|published in full|"
    r"represent|reflect|edited for|reviewed|turned off|available|subject to|collapsed|unavailable)\b.{0,200}|"
    rf"\W*(?:\d+[.)]\s+)?(?:{_COMMENT}\s+)?(?:removed|deleted|withdrawn|hidden)\s+"
    r"(?:by|at|due to|for (?:breaking|violating))\b.{0,60}|"
    r"\W*(?:the )?(?:views|opinions) (?:and opinions )?expressed\b.{0,200}|"
    r".{0,40}\b(?:community|house|forum|comment(?:ing)?) (?:rules|guidelines|standards|policy)\b.{0,40}"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def is_junk(flat: str) -> bool:
    """True for the buttons and counters of a comment section: "Reply", "+3 ( +5 / -2 )", "2 hours ago"."""
    if is_notice(flat):
        return True
    if len(flat) > 100:
        return False
    if VOTES.fullmatch(flat) or _SIGNS.fullmatch(flat) or _PHRASE.fullmatch(flat) or not flat.strip("-=_*~. "):
        return True
    return is_time_line(flat) or is_row(flat)


def is_notice(flat: str) -> bool:
    """True for a site's own words about its comments, or in the place of one that is gone."""
    return len(flat) < 250 and _NOTICE.fullmatch(flat) is not None


def is_row(flat: str) -> bool:
    """A row of buttons: "Like · Reply · 3h", "12 Recommend"; a sentence of such words ends with its full stop."""
    words = [word.lower() for word in _WORD.findall(TIME.sub(" ", flat))]
    known = lexicon.mapping("comment_buttons")
    if is_badge(flat):
        return True
    counted = len(words) > 1 and any(c.isdigit() for c in flat)
    pressed = counted or any(known.get(word) != "beside" for word in words)
    return pressed and all(word in known for word in words) and bool(words) \
        and (not flat.endswith((".", "!", "?")) or len(words) == 1)  # fmt: skip


def is_badge(flat: str) -> bool:
    """True for what a site says of a writer: "Top fan", "VERIFIED SUBSCRIBER"."""
    return re.fullmatch(rf"(?i)\W*{badges()}\W*", flat) is not None


@cache
def badges() -> str:
    """A pattern for one or two badges, as they stand beside a name."""
    words = "|".join(sorted(lexicon.members("comment_buttons", "badge"), key=len, reverse=True))
    return rf"(?:(?:{words})(?:\s(?:{words}))?)"

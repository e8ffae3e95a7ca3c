"""Lines around reader comments that are neither author nor text: buttons, counters, votes, times."""

from __future__ import annotations

import re

from kg import lexicon
from kg.stages.ingest.dates import TIME, is_time_line

VOTES = re.compile(
    r"(?i)\s*(?:[(\[]?\s*[+\-–−]?\d+(?:\.\d+)?k?\s*(?:likes?|votes?|points?|upvotes?|replies|reply|👍|👎|▲|▼|♥)?\s*"
    r"(?:\(\s*[+\-–−]?\d+\s*/\s*[+\-–−]?\d+\s*\))?\s*[)\]]?|[▲▼👍👎♥❤⬆⬇]\s*\d*)\s*"
)
_SIGNS = re.compile(r"[\d\s👍👎△▽▲▼⬆⬇•·|+\-–−()/›»]{1,20}")
_PHRASE = re.compile(
    r"(?i)\W*(?:(?:view|show|hide|load|see|read)\b.{0,12}\b(?:replies|reply|comments|more)|"
    r"sort(?:ed)? by:?.{0,20}|top comments|quote|pin(?:ned)?|liked|avatar|verified|thanks|top fan|op|"
    r"(?:log ?in|sign ?in|register) (?:or (?:register|sign up) )?to (?:reply|comment|leave a comment|post).{0,20}|"
    r"(?:leave|post|add|write) a (?:comment|reply).{0,20}|"
    r"(?:in reply|replying|in response|reply) to:? .{1,40}|@?\S+ replied|"
    r"comments? (?:are |is )?(?:now )?closed.{0,40}|comment deleted|"
    r"this comment (?:was|has been) (?:deleted|removed).{0,40}|\d+ (?:comments?|people like this))\W*"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def is_junk(flat: str) -> bool:
    """True for the buttons and counters of a comment section: "Reply", "+3 ( +5 / -2 )", "2 hours ago"."""
    if len(flat) > 100:
        return False
    if VOTES.fullmatch(flat) or _SIGNS.fullmatch(flat) or _PHRASE.fullmatch(flat) or not flat.strip("-=_*~. "):
        return True
    return is_time_line(flat) or is_row(flat)


def is_row(flat: str) -> bool:
    """A row of buttons: "Like · Reply · 3h", "12 Recommend"; a sentence of such words ends with its full stop."""
    words = [word.lower() for word in _WORD.findall(TIME.sub(" ", flat))]
    known = lexicon.mapping("comment_buttons")
    return bool(words) and all(word in known for word in words) and any(known[word] == "button" for word in words) \
        and (not flat.endswith((".", "!", "?")) or len(words) == 1)  # fmt: skip

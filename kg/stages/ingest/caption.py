"""Captions of pictures: what a picture shows is told in the present tense, and is no event of the day."""

from __future__ import annotations

import re

_CREDIT = re.compile(
    r"(?:\((?:[A-Z][\w.&]* ?){0,3}(?:photo|image|file|pool|getty)[^()]*\)|\[(?:photo|image)[^\]]*\]|"
    r"(?:^|\s)(?:REUTERS|AP|AFP|EPA|VNA|VNS|Getty Images|Bloomberg)\s?(?:/|Photo\b)\s?[^.]{0,50}|"
    r"(?:photo|image|picture)(?: credit)?(?: by|:)\s.{2,60}|—?\s?(?:file photo|handout)(?: by .{2,60})?)\W*$",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:\W*(?:file\s?photo|file photograph|photo|photograph|picture|pictured|image|caption|"
    r"in this (?:file )?(?:photo|image|"
    r"picture)|(?:photo|image) (?:by|from)|pool photo|file picture|file)\b\s*(?:[:\-–—,|]|shows|taken|by)|FILE\b)",
    re.IGNORECASE,
)
_SHOWS = re.compile(
    r"\b(?:speaks? (?:to (?:reporters|the (?:media|press)|journalists)|at|during)|shakes? hands|shaking hands|"
    r"poses?\b|posing|"
    r"walks?\b|waves?\b|waving|gestures?\b|looks? on|looking on|arrives?\b|leaves?\b|leave\b|attends?\b|listens?\b|"
    r"stands?\b|"
    r"sits?\b|addresses\b|answers? (?:reporters'? )?questions|greets?\b|is (?:seen|shown|pictured)|are (?:seen|shown|"
    r"pictured)"
    r"|(?:seen|pictured) (?:here|at|in|on|during|with)|delivers\b|boards?\b|holds? (?:up|a press|a news|a document|"
    r"a copy))"
)


# "... in Bern. EXAMPLE-PHOTO", "... on Tuesday. Photo: Example / Jane Doe": the part that names who took it.
_TAKEN = re.compile(
    r"(?<=[.!?\"”])\s+(?P<credit>(?i:photo|image|picture|foto)(?:graph)?(?i: credit| by)?\s?[:/]\s?.{2,60}|"
    r"[A-Z]{2,}(?:[-/ ][A-Z]{2,}){0,3})$"
)


def credit_start(flat: str) -> int | None:
    """Where the name of who took the picture begins at the end of a caption, or None."""
    match = _TAKEN.search(flat)
    return match.start("credit") if match else None


def is_caption(flat: str, *, before_body: bool) -> bool:
    """True where a line reads as a caption.

    Anywhere: it opens with "Photo:" or "FILE -" or ends with a picture credit. Before the body also: one sentence in
    the present tense with a verb of posture or movement ("shakes hands", "speaks to reporters").
    """
    if len(flat) > 500:
        return False
    if _OPENS.match(flat) or _CREDIT.search(flat):
        return True
    single = len(re.findall(r"[.!?](?=\s+[A-Z])", flat.replace("U.S.", "US"))) == 0
    if before_body and credit_start(flat) is not None and len(flat.split()) <= 60:
        return True
    return before_body and single and 5 <= len(flat.split()) <= 45 and bool(_SHOWS.search(flat))

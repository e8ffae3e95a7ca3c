"""Captions of pictures: what a picture shows is told in the present tense, and is no event of the day."""

from __future__ import annotations

import re

_CAP = r"[A-ZÀ-ÖØ-ÞŁŠŽĐ][\w'’.&\-]*"
_SMALL = r"(?:de|da|di|dos|van|von|der|den|bin|al|of|for|and|the|via)\b"
_NAME = rf"{_CAP}(?:\s+(?:{_CAP}|{_SMALL})){{1,4}}"
_WHO = rf"{_CAP}(?:(?:\s*[/,|&]\s*|\s+)(?:{_CAP}|{_SMALL})){{0,9}}"
_WORK = (
    r"(?i:(?:(?:pool|file|handout|undated|courtesy)\s+)*(?:photo(?:graph|grapher|graphy)?s?|images?|pictures?|foto|credit|"
    r"video|graphics?|illustrations?)(?:\s+(?:credit|courtesy))?\s*(?:\bby\b|:|/|\bcourtesy of\b|\bof\b)|"
    r"(?:photo )?courtesy (?:of\b|:)|handout by\b)"
)
_AGENCIES = r"(?:REUTERS|AP|AFP|EPA|VNA|VNS|DPA|Reuters|Bloomberg|Getty Images)"
_BEGIN = r"(?:^|(?<=[\s.!?\"”’)\]])\s*)"
# Who took the picture, at the end of a caption.
_CREDITS = tuple(
    re.compile(form)
    for form in (
        # Photo: Jane Doe/Agency | (Photo by Jane Doe) | [Image credit: Jane Doe] | - Pool photo by Jane Doe
        rf"{_BEGIN}[(\[|/—–-]*\s*(?:{_AGENCIES}\s+)?{_WORK}\s*{_WHO}\W*$",
        # (Jane Doe/Agency) | [Agency/Jane Doe via Wire]
        rf"\s*[(\[]\s*(?=[^()]*/)(?=[^()]*{_NAME}){_WHO}\s*[)\]]\W*$",
        # (Jane Doe, Example Photo)
        rf"\s*[(\[]{_NAME},\s+(?:{_CAP}\s+)*(?i:photos?|images|pictures|press|agency|news|wire|times)\s*[)\]]\W*$",
        # on Tuesday. | Jane Doe/Agency | on Tuesday | Agency/Jane Doe
        rf"(?<=[.!?\"”])\s*[|/]\s*{_WHO}$|\s[|/]\s+(?=.*/)(?=.*{_NAME}){_WHO}$",
        # on Tuesday. — Jane Doe for Example Times
        rf"(?<=[.!?\"”])\s*[—–-]+\s*{_NAME}/{_WHO}$|\s[—–]\s+{_NAME}\s+for\s+{_WHO}$",
        # on Tuesday. Jane Doe/Agency
        rf"(?<=[.!?\"”])\s+(?=.*/)(?=.*{_NAME}){_WHO}$",
        # in Rome AGENCY/Jane Doe | in Rome Jane Doe/AGENCY
        rf"{_BEGIN}(?:(?:[A-Z]{{2,}}(?:-[A-Z]{{2,}})*|{_AGENCIES})(?: Photo)?/{_NAME}|"
        rf"{_CAP} {_CAP}/(?:[A-Z]{{2,}}|{_AGENCIES}))(?:\s+via\s+{_WHO})?\W*$",
        # on Tuesday. KEYSTONE-EXAMPLE
        r"(?<=[.!?\"”])\s+[A-Z]{2,}(?:[-/ ][A-Z]{2,}){0,3}$",
        rf"\s*(?:©|\([cC]\))\s*{_WHO}$",
    )
)
# A credit that names nobody, or a place in the line that only captions have.
_MARKED = re.compile(
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
_LONGEST = 500  # characters of a caption
_TAIL = 120  # characters of a credit


def credit_start(flat: str) -> int | None:
    """Where the name of who took the picture begins at the end of a caption (0: the line is nothing else), or None."""
    if len(flat) > _LONGEST:
        return None
    cut = max(0, len(flat) - _TAIL)
    found = [match.start() + cut for form in _CREDITS if (match := form.search(flat[cut:]))]
    return min(found, default=None)


def is_caption(flat: str, *, before_body: bool) -> bool:
    """True where a line reads as a caption.

    Anywhere: it opens with "Photo:" or "FILE -" or ends with a picture credit. Before the body also: one sentence in
    the present tense with a verb of posture or movement ("shakes hands", "speaks to reporters").
    """
    if len(flat) > _LONGEST:
        return False
    if _OPENS.match(flat) or _MARKED.search(flat):
        return True
    single = len(re.findall(r"[.!?](?=\s+[A-Z])", flat.replace("U.S.", "US"))) == 0
    if before_body and credit_start(flat) is not None and len(flat.split()) <= 60:
        return True
    return before_body and single and 5 <= len(flat.split()) <= 45 and bool(_SHOWS.search(flat))

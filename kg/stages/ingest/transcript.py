"""Transcripts: which paragraphs begin with the label of a speaker ("Q:", "REPORTER:", "MR. SMITH:")."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from kg.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.stages.ingest.lines import Para

_WORD = r"(?:[A-ZÀ-ÖØ-ÞŁŠŽĐ][\w'’\-]*\.?|de|da|van|von|bin|al|of|for|the|and|to)"
_LABEL = re.compile(
    rf"\**(?P<label>[A-ZÀ-ÖØ-ÞŁŠŽĐ][\w'’\-]*\.?(?:,?\s+{_WORD}){{0,7}}(?:,\s+[a-z][^:.?!\n]{{2,50}})?(?P<whose>\s*\([^()]{{1,60}}\))?)\**:\**(?:\s+|$)"
)
_LETTER = re.compile(r"\**(?P<label>[QA]\d{0,2})(?:\**[.:]\**\s+|\s{2,}|\s+(?=[A-Z][a-z]*\b))")
_ROLES = frozenset(
    {
        "q", "a", "question", "answer", "reporter", "journalist", "press", "moderator", "host", "interviewer",
        "anchor", "correspondent", "speaker", "participant", "audience"
    }
)


def speaker_labels(paras: Sequence[Para]) -> dict[int, tuple[int, int, int]]:
    """Index of a paragraph -> start and end of its label, and where its words begin, relative to the paragraph.

    A transcript shows in labels that come again, or that name a role ("Q", "Reporter"); "Place: Geneva" in a list of
    particulars comes once. Without two labelled paragraphs nothing is a label.
    """
    found: dict[int, tuple[int, int, int]] = {}
    names: Counter[str] = Counter()
    labels: dict[int, str] = {}
    letters = sum(bool(_LETTER.match(para.flat)) for para in paras)
    for i, para in enumerate(paras):
        match = (_LETTER.match(para.flat) if letters >= 2 else None) or _LABEL.match(para.flat)
        if match and match["label"].lower() not in words("record_fields"):
            label = match["label"].removesuffix(match.groupdict().get("whose") or "")
            role = label.lower() in _ROLES  # "Q (Example News):" is a question, whoever asks it
            end = match.start("label") + len(label) if role else match.end("label")
            found[i] = (match.start("label"), end, match.end())
            labels[i] = label.split(",")[0]  # "Jane Doe, Commissioner for Trade", later "Jane Doe"
            names[labels[i]] += 1
    spoken = [name for name, n in names.items() if n > 1 or name.rstrip("0123456789").lower() in _ROLES]
    if len(found) < 2 or not spoken or sum(names[name] for name in spoken) < 2:
        return {}
    capitals = all(name.isupper() for name in spoken)
    return {i: at for i, at in found.items() if not capitals or labels[i].isupper()}

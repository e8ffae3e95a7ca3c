"""What was not understood: numbers, dates and names that no fact took up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Unread

if TYPE_CHECKING:
    from kg.model import Fact, Mentions
    from kg.tokens import Tokens

_NUMBERS = frozenset({"PERCENT", "MONEY", "QUANTITY", "CARDINAL", "ORDINAL"})
_DATES = frozenset({"DATE", "TIME"})


def unread(doc: Tokens, mentions: Mentions, facts: tuple[Fact, ...]) -> tuple[Unread, ...]:
    """The numbers, dates and names of the article's sentences that stand in no fact's words and name no entity."""
    words = [a.evidence.words for f in facts for a in f.assertions] + [(m.start, m.end) for m in mentions.mentions]
    taken = bytearray(len(doc.text) + 1)
    for start, end in words:
        taken[start:end] = b"x" * (min(end, len(taken)) - start)
    inside = [(s.start, s.end) for s in mentions.sentences]
    found = []
    for ent in doc.ents:
        what = "number" if ent.label_ in _NUMBERS else "date" if ent.label_ in _DATES else "name"
        start, end = ent.start_char, ent.end_char
        if not any(taken[start:end]) and any(a <= start and end <= b for a, b in inside):
            found.append(Unread(start, end, what))
    return tuple(found)

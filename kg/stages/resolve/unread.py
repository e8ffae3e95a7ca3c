"""What was not understood: numbers, dates and names that no fact took up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Unread

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.model import Fact, Mentions

_NUMBERS = frozenset({"PERCENT", "MONEY", "QUANTITY", "CARDINAL", "ORDINAL"})
_DATES = frozenset({"DATE", "TIME"})


def unread(doc: Doc, mentions: Mentions, facts: tuple[Fact, ...]) -> tuple[Unread, ...]:
    """The numbers, dates and names of the article's sentences that stand in no fact's words and name no entity."""
    taken = [a.evidence.words for f in facts for a in f.assertions] + [(m.start, m.end) for m in mentions.mentions]
    inside = [(s.start, s.end) for s in mentions.sentences]
    found = []
    for ent in doc.ents:
        what = "number" if ent.label_ in _NUMBERS else "date" if ent.label_ in _DATES else "name"
        start, end = ent.start_char, ent.end_char
        if any(a <= start and end <= b for a, b in inside) and not any(a < end and start < b for a, b in taken):
            found.append(Unread(start, end, what))
    return tuple(found)

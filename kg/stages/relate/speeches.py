"""Texts in the first person: remarks, a speech or a letter, of which its author says every sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import BlockKind, EntityKind
from kg.stages.relate.speakers import Voice

if TYPE_CHECKING:
    from kg.stages.relate.quotes import Quotes
    from kg.stages.relate.text import Text

_TITLE = re.compile(r"\b(?:remarks|statement|speech|address|letter|message)\s+(?:by|of|from)\b", re.IGNORECASE)
_FIRST = frozenset({"i", "we", "my", "our"})
_HEAD = 3  # sentences: the title, a dateline, who speaks
_NEAR = 80  # characters between the title and the name of who speaks
_ENOUGH = 3  # sentences in the first person outside quotations; a report quotes them, a speech consists of them


def author(text: Text, quotes: Quotes) -> Voice | None:
    """Who speaks in a text that is a speech: the one named in its title, "Remarks by", if it is in the first person."""
    last = text.sentences[: _HEAD][-1].end_char if text.sentences else 0
    title = _TITLE.search(text.document.text[:last])
    if title is None:
        return None
    own = [
        s for s in text.sentences if text.block(s[0]) in {BlockKind.PARAGRAPH, BlockKind.BULLET}
        and any(t.lower_ in _FIRST and quotes.of(t.i) is None for t in s)
    ]  # fmt: skip
    if len(own) < _ENOUGH:
        return None
    for mention in text.mentions.mentions:
        near = title.end() <= mention.start < title.end() + _NEAR
        if near and text.kind(mention.entity) in {EntityKind.PERSON, EntityKind.ORGANIZATION}:
            return Voice((mention.entity,), (), (mention.start, mention.end))
    return None

"""Which words of a document stand between quotation marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.model import Document

OPENING, CLOSING = frozenset({"“", "«", "„", "``"}), frozenset({"”", "»", "''"})
_STRAIGHT = '"'
MARKS = OPENING | CLOSING | {_STRAIGHT, "'", "’", "‘"}


class Quotes:
    """The quotations of a document: stretches of tokens, without their marks, that do not cross a paragraph."""

    def __init__(self, document: Document, doc: Doc) -> None:
        self.spans: list[tuple[int, int]] = []
        self._of: dict[int, int] = {}
        ends = [b.end for b in document.blocks]
        n, start = 0, None
        for token in doc:
            while n < len(ends) and token.idx >= ends[n]:
                if start is not None:  # a quotation that runs on into the next paragraph is not closed
                    self._add(start, token.i)
                    start = None
                n += 1
            start = self._step(token, start)
        if start is not None:
            self._add(start, len(doc))

    def _step(self, token: Token, start: int | None) -> int | None:
        char = token.text[:1]
        if char in OPENING or (char == _STRAIGHT and start is None):
            return token.i + 1
        if start is not None and char in CLOSING | {_STRAIGHT}:
            self._add(start, token.i)
            return None
        return start

    def _add(self, start: int, end: int) -> None:
        if end > start:
            self._of.update({i: len(self.spans) for i in range(start, end)})
            self.spans.append((start, end))

    def of(self, i: int) -> int | None:
        """The number of the quotation that a token stands in."""
        return self._of.get(i)

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """The stretches of tokens [start, end) that are quoted, in order."""
        numbers = dict.fromkeys(n for i in range(start, end) if (n := self._of.get(i)) is not None)
        return [(max(start, self.spans[n][0]), min(end, self.spans[n][1])) for n in numbers]

    def before(self, i: int) -> int | None:
        """The number of the quotation that ends right before a token, a mark between them at most."""
        return next((n for k in (i - 1, i - 2) if k >= 0 and (n := self._of.get(k)) is not None), None)

"""Which words of a document stand between quotation marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Document
    from kg.tokens import Token, Tokens

CLOSING = frozenset({"”", "»", "''"})
_STRAIGHT, _SINGLE = '"', "single"
# What closes each opening mark. Apostrophes are told from single quotation marks by their tag.
_OPENS = {"“": "”", "„": "“", "«": "»", "``": "''", _STRAIGHT: _STRAIGHT, "single open": _SINGLE}
MARKS = CLOSING | {"“", "«", "„", "``", _STRAIGHT, "'", "’", "‘"}


def _mark(token: Token) -> str:
    """The quotation mark that a token is, or ""."""
    if token.text in {"‘", "'", "’"}:
        if token.text == "‘" or (token.text == "'" and token.tag_ == "``"):
            return "single open"
        return "" if token.tag_ == "POS" else _SINGLE
    return token.text if token.text in _OPENS or token.text in CLOSING else ""


class Quotes:
    """The quotations of a document: stretches of tokens, without their marks, that do not cross a paragraph."""

    def __init__(self, document: Document, doc: Tokens) -> None:
        self.spans: list[tuple[int, int]] = []
        self._of: dict[int, int] = {}
        ends = [b.end for b in document.blocks]
        n, start, closing = 0, None, ""
        for token in doc:
            while n < len(ends) and token.idx >= ends[n]:
                if start is not None and closing != _SINGLE:  # one that runs on into the next paragraph is not closed
                    self._add(start, token.i)
                start = None
                n += 1
            kind = _mark(token)
            if start is None and kind in _OPENS:
                start, closing = token.i + 1, _OPENS[kind]
            elif start is not None and kind == closing:
                self._add(start, token.i)
                start = None
        if start is not None and closing != _SINGLE:
            self._add(start, len(doc))

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

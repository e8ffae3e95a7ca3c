"""Names in headings of which every word has a capital: "Doe Signs Investment Memo"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.iris import fold
from kg.stages.recognize.name_context import name_words
from kg.stages.recognize.office_words import head_at

if TYPE_CHECKING:
    from kg.tokens import Tokens

_OFFICE = 5  # tokens behind the comma in which an office stands
_STOPS = frozenset(".!?;")


def without_headings(
    doc: Tokens, full: list[tuple[int, int]], labels: tuple[tuple[int, int], ...]
) -> list[tuple[int, int]]:
    """Of a line in which every word has a capital only what the text names too: "Doe Signs Investment Memo".

    A surname alone is found there as anywhere. The speakers' labels of a transcript are no headings.
    """
    spoken = frozenset(i for start, end in labels for i in range(start, end))
    apart = {s[0] for s in full if s[0] in spoken or _with_office(doc, s[1])}
    heads = {s[0] for s in full if s[0] not in apart and _in_capitals(doc, s[0])}
    known = {fold(w) for s in full if s[0] not in heads for w in name_words(doc, s)}
    if not known:
        return full
    kept = [t for s in full if (t := _known_part(doc, s, known) if s[0] in heads else s) is not None]
    return [_without_verb(doc, s) if s[0] not in apart and _in_capitals(doc, s[0]) else s for s in kept]


def _with_office(doc: Tokens, end: int) -> bool:
    """As in "Jane Doe, Executive Vice-President of the Commission", in a list of the speakers."""
    behind = range(end + 1, min(end + 1 + _OFFICE, len(doc)))
    return doc[end : end + 1].text == "," and any(head_at(doc, k) is not None for k in behind)


def _without_verb(doc: Tokens, span: tuple[int, int]) -> tuple[int, int]:
    """The name that opens a heading without its verb: of "Jane Q. Doe Cuts Tariffs" the text has "Doe" alone."""
    if span[1] - span[0] < 3:
        return span
    verb, last = doc[span[1] - 1].text, doc[span[1] - 2].text
    below = {t.text for t in doc[doc[span[0]].sent.end : len(doc)]}
    return (span[0], span[1] - 1) if last in below and verb not in below and verb.endswith("s") else span


def _known_part(doc: Tokens, span: tuple[int, int], known: set[str]) -> tuple[int, int] | None:
    """Of a span that holds a known word the longest run of two and more of them; another is told there alone."""
    if all(fold(t.text) not in known for t in doc[span[0] : span[1]]):
        return span
    best, first = (span[0], span[0]), span[0]
    for k in range(span[0], span[1] + 1):
        if k == span[1] or fold(doc[k].text) not in known:
            best = max(best, (first, k), key=lambda run: run[1] - run[0])
            first = k + 1
    return best if best[1] - best[0] > 1 else None


def _in_capitals(doc: Tokens, i: int) -> bool:
    """Whether a word stands in a heading, which no stop ends, of which every longer word has a capital."""
    sent = doc[i].sent
    longer = [t for t in sent if t.is_alpha and len(t) > 3 and t.pos_ not in {"ADP", "CCONJ", "SCONJ", "PRON", "DET"}]
    ended = any(t.text in _STOPS for t in sent[-2:])
    return not ended and len(longer) > 3 and all(t.text[0].isupper() for t in longer)

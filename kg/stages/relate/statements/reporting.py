"""The reports of a sentence: "Doe said on Tuesday that ...", each with the words that it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.quotes import MARKS
from kg.stages.relate.statements.content import content
from kg.stages.relate.statements.verbs import CLAUSES, READINGS, Report, report

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Span


def reports(text: Text, sent: Span) -> list[Report]:
    """The reports of a sentence in order, with what each says; a report without words is left out."""
    found = [r for t in sent if t.lemma_.lower() in READINGS and (r := report(text, t)) is not None]
    found = _unchained(sent, [r for r in found if not _within(r, found)])
    for one in found:
        one.content = _own_part(sent, one, found, content(sent, one, found))
    for one in found:
        for other in found:
            inside = other.first <= one.verb.i <= other.last  # "said Jane Doe, who accused them of lying"
            if other.around and other is not one and not inside:
                one.content = _without(one.content, other.first, other.last + 1)
    denied = [r for r in found if r.denied]
    return [r for r in found if r.content and not any(_covers(d, r) for d in denied if d is not r)]


def _within(inner: Report, found: list[Report]) -> bool:
    """Whether a report belongs to the words of another: "They said sorry more than once", reported Doe."""
    above = next((r for r in found if r.verb.i == inner.verb.head.i and r.verb.i > inner.verb.i), None)
    bare = not any(c.dep_ in CLAUSES for c in inner.verb.children)
    pronoun = any(c.dep_ == "nsubj" and c.lower_ in {"they", "he", "she", "we", "i"} for c in inner.verb.children)
    quoted = above is not None and above.first > inner.verb.i and above.verb.doc[above.first - 1].text in MARKS
    return inner.verb.dep_ == "ccomp" and bare and pronoun and quoted


def _covers(denied: Report, other: Report) -> bool:
    """Whether a report stands inside what another denies: nobody said it."""
    return any(a <= other.verb.i < b for a, b in denied.content)


def _without(content: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """The ranges of tokens without another attribution that stands inside: "Doe replied, Roe said, that ..."."""
    pieces = [p for a, b in content for p in ((a, min(b, start)), (max(a, end), b)) if p[1] > p[0]]
    return list(dict.fromkeys(pieces))


def _own_part(sent: Span, one: Report, found: list[Report], ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges without what stands beyond a semicolon, where another report tells it."""
    others = [r.verb.i for r in found if r is not one]
    first, last = sent.start, sent.end
    for token in sent:
        if token.text == ";" and token.i < one.verb.i and any(i < token.i for i in others):
            first = token.i + 1
        elif token.text == ";" and token.i > one.verb.i and any(i > token.i for i in others):
            last = min(last, token.i)
    return [(max(a, first), min(b, last)) for a, b in ranges if min(b, last) > max(a, first)]


def _unchained(sent: Span, found: list[Report]) -> list[Report]:
    """Of "the tariffs were harmful, he said he had told them" the inner report alone: both have one content."""
    outer: set[int] = set()
    for inner in found:
        above = next((r for r in found if r.verb.i == inner.verb.head.i and inner.first == r.last + 1), None)
        if above is None or inner.verb.dep_ != "ccomp" or any(c.dep_ in CLAUSES for c in inner.verb.children):
            continue
        if above.first > sent.start and sent.doc[above.first - 1].text in MARKS | {","}:
            inner.first = above.first
            outer.add(above.verb.i)
    return [r for r in found if r.verb.i not in outer]

"""Who bears the same tariff, told without its rate: "as will Finland", "So will chips", "The same goes for Peru"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.goods import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Time
    from kg.stages.relate.goods.phrases import Listing
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text
    from kg.tokens import Span

_LIKE = frozenset({"as", "so"})
_PRESENT = frozenset({"do", "does", "did", "is", "are", "was", "were", "has", "have", "had"})
_HELPERS = _PRESENT | {"will", "would", "shall", "must"}
_HOLDING = frozenset({"go", "hold", "apply", "be", "count"})
_TRUE = frozenset({
    "true", "also", "will", "would", "too", "rate", "tariff", "duty", "level", "confirmed", "agreed", "set", "fixed",
    "planned", "foreseen", "applied", "reserved", "in", "store"
})  # fmt: skip
_LINKS = frozenset({"for", "to", "of", "with"})
_REACH = 4  # tokens from "the same" to "for": "the same will be true of"
_DEEDS = frozenset({"impose", "raise", "lower", "remove", "threaten"})


def alike(text: Text, sent: Span, found: list[Frame]) -> Iterator[Frame]:
    """The tariffs of a sentence that it only likens to one told before them, in it or in the sentence before.

    Args:
        text: The document.
        sent: The sentence.
        found: The tariffs told so far, those of the sentence too.
    """
    reader = Reader(text, sent, frozenset())
    for i, start in _openings(sent):
        base = next((f for f in reversed(found) if f.rates and f.at.i < i), None)
        own = any(f.at.i > i and f.sent.start == sent.start for f in found)  # "Peru follows with 39 percent"
        if base is None or sent.start - base.sent.end > 1 or (own and sent.doc[i].lemma_ == "follow"):
            continue
        told = reader.listing(start, i if start <= i else sent.end)
        told.goods = [g for g in told.goods if g.concept is not None or g.states or g.generic]
        here = range(start, told.end)
        for frame in [f for f in found if f.sent.start == sent.start]:  # "as will Finland" is no subject of "face"
            frame.imposers = [n for n in frame.imposers if text.tokens(n[1], n[2])[0] not in here]
        if told.goods or told.states:
            frame = _as_base(text, base, told, i, now=sent.doc[start - 1].lower_ in _PRESENT)
            follows = sent.doc[i].lemma_ == "follow"
            yield replace(frame, when=_day_behind(text, sent, i), status=_later(base)) if follows else frame


def _openings(sent: Span) -> Iterator[tuple[int, int]]:
    """Where a comparison begins, and the list of those who are alike."""
    doc = sent.doc
    for token in sent[:-2]:
        i = token.i
        if token.lemma_ != "follow" and token.lower_ not in _LIKE and token.lower_ != "the":
            continue
        fresh = i == sent.start or doc[i - 1].text in {",", ";", "–", "—", "("} or doc[i - 1].lower_ == "and"
        if fresh and token.lower_ in _LIKE and doc[i + 1].lower_ in _HELPERS:
            yield i, i + 2
        elif token.lemma_ == "follow" and not any(c.dep_ == "dobj" for c in token.children):
            yield i, _list_before(sent, i)
        elif fresh and doc[i : i + 2].text.lower() == "the same":
            link = _link(doc[i + 2 : min(i + 2 + _REACH, sent.end)])
            yield from [(i, link + 1)] if link is not None else []


def _link(behind: Span) -> int | None:
    """The "for" of "the same goes for", "the same rate was confirmed for"; none in "the same was said of"."""
    link = next((t.i for t in behind if t.lower_ in _LINKS), None)
    between = [t for t in behind if link is not None and t.i < link]
    holds = any(t.lemma_ in _HOLDING for t in between)
    return link if holds and all(t.lemma_ in _HOLDING or t.lower_ in _TRUE for t in between) else None


def _list_before(sent: Span, i: int) -> int:
    """Where the list before a verb begins: behind a mark that no "and" follows, and "with" or "and"."""
    doc, start = sent.doc, sent.start
    for token in sent[: i - sent.start]:
        rest = doc[token.i + 1 : i]
        if token.text in {";", ":"} or (token.text == "," and not any(t.lower_ == "and" for t in rest[1:])):
            start = token.i + 1
    return start + (doc[start].lower_ in {"and", "with", "while", "but"})


def _day_behind(text: Text, sent: Span, i: int) -> Time | None:
    """When those follow who are charged later: "Engines follow on May 3"."""
    behind = (t for t in text.times(sent) if t.start > sent.doc[i].idx and t.date and t.kind == "DATE")
    return next(behind, None)


def _later(base: Frame) -> str | None:
    """What follows lies ahead, whatever holds already."""
    return "Threatened" if base.status == "InForce" else base.status


def _as_base(text: Text, base: Frame, told: Listing, i: int, *, now: bool) -> Frame:
    """A tariff like the one told before, of those who impose it or on those who bear it."""
    group = replace(base.group) if base.group is not None else None
    status = "InForce" if now and base.status == "Threatened" else base.status
    frame = replace(base, at=base.at.doc[i], rule="tariff-alike", group=group, status=status, leader=base, refers=False)
    verb = base.doing.verb if base.kind in _DEEDS else None
    subjects = {t.idx for t in text.subjects(verb)} if verb is not None else set()
    if any(start <= idx < end for idx in subjects for _, start, end in base.imposers) and not told.goods:
        return replace(frame, imposers=told.states)  # "Canada will charge 25 percent. So will Mexico."
    taxed = [] if any(g.states for g in told.goods) else told.states or base.taxed
    goods = told.goods or [replace(g, label=g.bare, states=[]) for g in base.goods if g.key]
    return replace(frame, goods=goods, targets=taxed)

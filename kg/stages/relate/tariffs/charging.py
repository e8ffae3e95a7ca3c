"""Whether the states that label the entries of a list charge its rates or pay them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.stages.relate.goods.lists import listing
from kg.stages.relate.goods.phrases import Listing
from kg.stages.relate.goods.products import state_at, unique
from kg.stages.relate.tariffs.entries import entries
from kg.stages.relate.tariffs.headings import heading, titles
from kg.stages.relate.tariffs.states import LIKELIEST, state_of
from kg.stages.relate.tariffs.words import classes

if TYPE_CHECKING:
    from kg.model import Ref
    from kg.stages.relate.goods.products import Named
    from kg.stages.relate.text import Text
    from kg.tokens import Span

_RATE = re.compile(r"\d\s?(?:%|per ?cent\b)", re.IGNORECASE)

_TWO = 2  # sides of an agreement


def imposing(text: Text) -> bool:
    """Whether the labels charge: the likeliest state to do so is one of them, or the titles tell it."""
    labels = _labels(text)
    owner = charging(text)
    likely = LIKELIEST in labels and (owner is None or owner[0] in labels)
    return likely or bool(charged(text).states) or _crossed(text, labels)


def _crossed(text: Text, labels: set[Ref]) -> bool:
    """As in "India: zero duty on British gin" above "Britain: zero duty on Indian shoes": each charges the other."""
    if len(labels) != _TWO:
        return False
    crossed = False
    for entry in entries(text):
        own = {s[0] for s in entry.states.states}
        here = {n[0] for t in text.within(entry.start, entry.end) if (n := state_at(text, t.i)) is not None}
        if own & here and not entry.inline:
            return False
        crossed |= bool(own and here & (labels - own))
    return crossed


@lru_cache(maxsize=1)
def charging(text: Text) -> Named | None:
    """The one state whose tariffs the titles of a list announce: "China's extra duties, by origin of the goods"."""
    first, labels = _first(text), _labels(text)
    for line in reversed(titles(text, first) if labels else []):
        if by := heading(text, line.text.strip(), first)[0]:
            return by[0]
    return None


def _first(text: Text) -> int:
    """Where the list begins: at its first rate."""
    return next((e.line for e in entries(text) if _RATE.search(e.words(text))), 0)


@lru_cache(maxsize=1)
def charged(text: Text) -> Listing:
    """Whose goods the labels of a list charge, and which.

    Those of a title that names no other state but one of the labels: "Duties on American goods", "Ottawa's surtaxes on
    American goods". Of several titles the one nearest above the list decides, with the sentence that leads to it.
    """
    first, labels = _first(text), _labels(text)
    for line in reversed(titles(text, first) if labels else []):
        if _RATE.search(line.text) and not line.text.rstrip().endswith(":"):
            continue  # "Taiwan's exports will be charged 15 percent.": a tariff among others
        by, on = heading(text, line.text.strip(), first)
        imposers = {i[0] for i in by}
        read = _sold(text, line) if by or not on else Listing(states=on)  # "Answers to the American tariffs on steel"
        sold = [s for s in read.states if s[0] not in imposers]
        others = {n[0] for t in line if (n := state_of(text, t)) is not None} - {s[0] for s in sold}
        if (imposers | others) - labels:
            return Listing()
        if sold and not labels & {s[0] for s in sold}:
            return Listing([g for g in read.goods if g.key], sold)
    return Listing()


def _labels(text: Text) -> set[Ref]:
    return {s[0] for e in entries(text) for s in e.states.states}


def _sold(text: Text, line: Span) -> Listing:
    """The states whose goods or sellers a line names: "Duties on American goods", "What Swiss exporters pay"."""
    found = Listing()
    for token in line:
        state = state_at(text, token.i)
        if state is not None:
            sellers = any("seller" in classes(t.lemma_.lower()) for t in text.doc[token.i + 1 : token.i + 4])
            goods = [g for g in listing(text, token.i, line.end).goods[:1] if g.generic or g.concept is not None]
            found.states += [*([state] if sellers else []), *(s for g in goods for s in g.states)]
            found.goods += [g for g in goods if g.states]
    return Listing(found.goods, unique(found.states))

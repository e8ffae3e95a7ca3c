"""Rates beside labels without a verb: "pork 20 percent, cheese 25 percent", "20 percent for Peru, 19 for Chile"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.goods.lists import listing
from kg.stages.relate.tariffs.verbs import Host
from kg.stages.relate.tariffs.words import classes

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.group import Group
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_LINKS = frozenset({",", "(", "at", "with", "–", "—", ":", "=", "gets", "pays"})
_OPENING = frozenset({",", ";", ":", ")", "and", "then", "for", "on", "each", "–", "—", "while", "but", "%"})
_LONGEST = 14  # tokens of a label


def labelled(text: Text, sent: Span, group: Group, left: int, right: int) -> Host | None:
    """A rate behind its label, where a colon opens the list or another label with a rate follows."""
    onto = text.doc[group.last + 1 : group.last + 2].text.lower() in {"on", "of"}
    if onto or _of_shares(sent):
        return None
    colon = next((t.i for t in reversed(text.doc[left : group.first]) if t.text == ":"), None)
    if colon is not None and colon == group.first - 1 and colon > left:
        return _before_colon(text, sent, group, colon)
    start = label_start(text, left if colon is None else colon + 1, group.first)
    if start is None:
        return None
    each = text.doc[group.last + 1 : group.last + 2].text.lower() == "each"
    more = right < sent.end and label_start(text, group.last + 1 + each, right) is not None
    told = colon is not None and any("trading" in classes(t.lemma_.lower()) or t.like_num for t in text.doc[:colon])
    return Host("labelled", text.doc[start]) if more or told or each else None


def _of_shares(sent: Span) -> bool:
    """Whether a sentence tells percentages of another kind: of votes, prices, growth."""
    return any("percentage" in classes(t.lemma_.lower()) for t in sent)


def _before_colon(text: Text, sent: Span, group: Group, colon: int) -> Host | None:
    """As in "Letters to Oslo and Lima: 30 percent each"."""
    start = colon
    while start > sent.start and text.doc[start - 1].pos_ in {"PROPN", "NOUN", "ADJ", "CCONJ"}:
        start -= 1
    each = text.doc[group.last + 1 : group.last + 2].text.lower() == "each"
    return Host("beside", text.doc[colon]) if each and label_start(text, start, colon) is not None else None


def label_start(text: Text, start: int, stop: int) -> int | None:
    """Where the list of goods or states begins that is all that stands between two tokens."""
    while stop > start and text.doc[stop - 1].lower_ in _LINKS:
        stop -= 1
    while start < stop and text.doc[start].lower_ in _OPENING:
        start += 1
    if not 0 < stop - start <= _LONGEST or text.doc[stop - 1].pos_ == "ADJ":
        return None
    found = listing(text, start, stop)
    named = found.states or any(g.concept is not None or g.states for g in found.goods)
    return start if named and found.end >= stop and not found.strange else None


def distributed(text: Text, sent: Span, group: Group, right: int) -> Token | None:
    """The "for" of "20 percent for Vietnam, 19 for Indonesia": a state behind each of two rates."""
    link, again = group.last + 1, right
    while again < sent.end and (text.doc[again].like_num or text.doc[again].lower_ in {"percent", "per", "cent", "%"}):
        again += 1
    if again >= sent.end - 1 or text.doc[link].lower_ != "for" or text.doc[again].lower_ != "for":
        return None
    both = all(listing(text, i + 1, min(i + 8, sent.end)).states for i in (link, again))
    return text.doc[link] if both and not _of_shares(sent) else None

"""Goods on a list of countermeasures of which no rate is told: "The package covers aircraft, cars and bourbon"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import BlockKind
from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.tariffs.frame import Frame
from kg.stages.relate.tariffs.goods import Reader
from kg.stages.relate.tariffs.sides import acting_between
from kg.stages.relate.tariffs.words import plain, spoken, verb_class

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Span

_ANSWER = re.compile(r"\b(?:counter-?measures?|retaliation|retaliatory|retaliate|rebalancing)\b", re.IGNORECASE)
_LIST = re.compile(r"\b(?:list|package|round|set|raft|countermeasures?|counter-measures?)\b", re.IGNORECASE)
_NAMING = re.compile(
    r"\b(?:among (?:them|those)|including|such as|notably|namely|ranging from"
    r"|(?:hit|target|cover|include|strike)(?:s|ing)?|aimed at|directed at|against|on)\b|:",
    re.IGNORECASE,
)
_EASING = frozenset({"remove", "pause", "lower", "escape"})
_READY = re.compile(r"\b(?:ready|prepared|adopted|approved|decided|notified|will)\b", re.IGNORECASE)
_BEFORE = 260  # characters before "The package covers" in which it is called one of countermeasures
_TITLES = frozenset({BlockKind.HEADLINE, BlockKind.SUBHEAD, BlockKind.META, BlockKind.CAPTION})


def planned(text: Text, sent: Span) -> list[Frame]:
    """The tariffs on the goods that a sentence names as those of a list of countermeasures, without a rate."""
    words = spoken(sent)
    if _LIST.search(words) is None or text.block(sent[0]) in _TITLES or "?" in words[-2:]:
        return []
    before = plain(text.doc)[max(0, sent.start_char - _BEFORE) : sent.start_char]
    answering = _ANSWER.search(words) or (_ANSWER.search(before) and re.match(r"(?:The|Its|Their|This|That)\b", words))
    verbs = [t for t in sent if t.pos_ == "VERB"]
    eased = any(verb_class(t) & _EASING or stage(t) is Stage.NEGATED for t in verbs)
    if not answering or eased:
        return []
    reader = Reader(text, sent, frozenset())
    for match in _NAMING.finditer(words):
        start = text.token(sent.start_char + match.end() - 1).i + 1
        found = reader.listing(start, sent.end)
        goods = [g for g in found.goods if g.concept is not None and not g.generic]
        if len(goods) > 1:
            break
    else:
        return []
    head = reader.listing(sent.start, start)
    states = [s for g in head.goods for s in g.states] or found.states
    acting = acting_between(text, sent.start, start)
    targets = [s for s in states if s[0] not in {a[0] for a in acting}]
    status = "Threatened" if _READY.search(words) else "Proposed"
    return [
        Frame(sent, text.token(goods[0].start), "tariff-goods", imposers=acting[:1], targets=targets[:1], goods=goods,
              status=status, firm=True, answers=True)
    ]  # fmt: skip

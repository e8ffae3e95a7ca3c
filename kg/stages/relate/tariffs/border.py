"""At whose border goods are charged: "on entering the United States", "at Dutch ports", "cost American buyers"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.goods.products import state_at
from kg.stages.relate.tariffs.states import first_state
from kg.stages.relate.tariffs.words import classes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Ref
    from kg.stages.relate.goods.products import Named
    from kg.stages.relate.text import Text
    from kg.tokens import Span

_ENTER = frozenset({"enter", "reach"})
_SEND = frozenset({"sell", "send", "ship", "export", "deliver", "go", "shipment", "sale", "delivery", "import"})
_OWN = frozenset({"retaliation", "countermeasure", "answer", "response", "list"})
_AWAY = frozenset({"outside", "beyond"})
_BACK = 60  # tokens from "there" back to the state that it means
_REACH = 9  # tokens from "sell" to "to the United States"


def borders(text: Text, sent: Span, but: set[Ref]) -> list[Named]:
    """The first state at whose border a sentence says goods are charged, but for those whose goods they are."""
    return [n for n in (*_told(text, sent), *_there(text, sent)) if n[0] not in but][:1]


def _there(text: Text, sent: Span) -> Iterator[Named]:
    """As in "goods are charged 10 percent in the United States. Aluminum pays 50 percent there"."""
    there = next((t.i for t in sent if t.lower_ == "there" and t.dep_ == "advmod"), None)
    for i in range(there or 0, max(0, (there or 0) - _BACK), -1):
        if text.doc[i].lower_ in {"in", "to", "into"} and (found := first_state(text, i + 1, 3)):
            yield found[0]
            return


def _told(text: Text, sent: Span) -> Iterator[Named]:
    doc = text.doc
    for token in sent:
        named = state_at(text, token.i)
        if named is None:
            continue
        first, last = text.tokens(named[1], named[2])[0], text.tokens(named[1], named[2])[-1]
        before = [t for t in doc[max(sent.start, first - _REACH) : first] if t.lower_ not in {"the", "a", "an"}]
        behind = doc[last + 1 : min(sent.end, last + 3)]
        owned = last + 2 < sent.end and doc[last + 1].tag_ == "POS" and doc[last + 2].lemma_.lower() in _OWN
        if owned:
            yield named  # "Canada's retaliation began: 25 percent on American goods"
        if owned or not before:
            continue
        link, earlier = before[-1], before[:-1]
        entry = link.lower_ == "into" and bool(earlier) and earlier[-1].lower_ == "entry"
        entered = entry or link.lemma_ in _ENTER or link.lower_ in _AWAY
        sent_there = link.lower_ in {"to", "into"} and any(t.lemma_ in _SEND for t in earlier)
        made_not = link.lower_ == "in" and any(t.dep_ == "neg" for t in earlier[-3:])  # "not built in America"
        counter = any(classes(t.lemma_.lower()) & {"importing", "gate"} for t in behind)
        buyers = link.lemma_ == "cost" and not any(t.pos_ == "NOUN" for t in behind)
        if entered or sent_there or made_not or counter or buyers:
            yield named

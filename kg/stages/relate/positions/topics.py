"""The noun phrase that a position is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.iris import document_key, ref
from kg.lexicon import mapping
from kg.model import Entity, EntityKind

if TYPE_CHECKING:
    from kg.stages.relate.text import Text

EDGES = " \t\n,;:.—–-\"“”"
_QUOTES = frozenset("\"“”")
_TOPIC = 8  # words: a longer phrase is no topic but a clause
_EMPTY = frozenset({"time", "table", "moment", "day", "date"})  # "to resume at any time": of no time


def topic_of(text: Text, start: int, end: int) -> Entity | None:
    """The noun phrase that a clause is about, if it is short: "a new agreement on softwood lumber"."""
    asked = (t.i for t in text.doc[start:end] if t.tag_ == "TO" and t.head.dep_ == "xcomp")
    start = next(asked, start)  # "urged the government to lift the duty": not the government
    nouns = (t for t in text.doc[start:end] if t.pos_ in {"NOUN", "PROPN"})
    heads = [t for t in nouns if t.dep_ not in {"compound", "poss"}]  # "pressed Doeland for a quota": not Doeland
    heads = [t for t in heads if t.lemma_.lower() not in _EMPTY]
    head = next((t for t in heads if text.who(t) is None), heads[0] if heads else None)
    if head is None:
        named = (mapping("verb_nouns").get(t.lemma_.lower()) for t in text.doc[start:end] if t.pos_ == "VERB")
        label = next((noun for noun in named if noun is not None), None)  # "is ready to negotiate": of negotiations
        return _topic_called(text, label) if label is not None else None
    first, last = max(head.left_edge.i, start), min(head.right_edge.i + 1, end)
    clause = next((t.left_edge.i for t in head.children if t.dep_ in {"relcl", "acl"} and t.i > head.i), last)
    words = text.doc[first : min(last, clause)].text.split()
    while words and words[0].lower() in {"the", "a", "an", "its", "their", "his", "her", "our", "any"}:
        words = words[1:]
    label = _whole(" ".join(words).strip(EDGES))
    return _topic_called(text, label) if label and len(words) <= _TOPIC else None


def _whole(label: str) -> str:
    """Without a quotation of which it has one mark alone: of 'decision "unfair' the decision."""
    lone = max((i for i, c in enumerate(label) if c in _QUOTES), default=-1)
    if sum(c in _QUOTES for c in label) % 2 == 0:
        return label
    return label[:lone].rstrip(EDGES) if label[lone - 1] == " " else label[:lone] + label[lone + 1 :]


def _topic_called(text: Text, label: str) -> Entity:
    return Entity(ref("topic", document_key(text.document.id), label), EntityKind.TOPIC, label)

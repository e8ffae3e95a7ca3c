"""Speakers without a name, called by their phrase: "a senior official", "one of the two", "the industry body"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.iris import document_key, ref, slug
from kg.lexicon import mapping
from kg.model import Entity, EntityKind

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Token

_BODIES = frozenset({"chamber", "confederation", "federation", "association", "union", "league", "alliance"})
_MODIFIERS = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod", "case", "quantmod"})


def unnamed(text: Text, head: Token, kind: EntityKind) -> Entity:
    """A source, or a body that no list knows, labelled by its phrase."""
    left = head.i
    while left > head.sent.start and _modifies(text.doc[left - 1]):
        left -= 1
    return _labelled(text, left, _field(head), kind)


def _modifies(token: Token) -> bool:
    """Whether a word before a noun belongs to its phrase; so does what is left of a genitive: "the farmers' union"."""
    return token.dep_ in _MODIFIERS and (not token.is_punct or token.dep_ == "case")


def _field(head: Token) -> int:
    """The last word of a body's name: "the chamber of commerce"; of other nouns the noun itself."""
    of = head.nbor() if head.i + 2 < head.sent.end and head.lemma_.lower() in _BODIES else head
    field = next((t for t in of.children if t.dep_ == "pobj" and t.i <= of.i + 2), None) if of.lower_ == "of" else None
    return field.i if field is not None and field.pos_ in {"NOUN", "PROPN"} else head.i


def _labelled(text: Text, left: int, last: int, kind: EntityKind) -> Entity:
    """A source or body called by the words from `left` to `last`."""
    words = " ".join(text.doc[left : last + 1].text.split())
    body = kind is EntityKind.ORGANIZATION
    bare = words.removeprefix("The ").removeprefix("the ") if body else _lower(words)
    states = [r for k in range(left, last + 1) if (r := text.entity(text.doc[k])) is not None and r in text.entities]
    state = next((s for r in states if (s := text.state(r)) is not None), None)
    if body:
        return Entity(ref("org", bare), kind, bare, country=state)
    label = bare if not words.isupper() else words
    plain = label.removeprefix("the ").removeprefix("a ").removeprefix("an ")
    return Entity(ref("source", document_key(text.document.id), slug(plain)), kind, label, country=state)


def _lower(words: str) -> str:
    """Words without the capital of a sentence's beginning; "EU diplomats" keep theirs."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def share(text: Text, head: Token) -> Entity | None:
    """Some of a group without names: "one of the two", "another", "those present"; not "one of the problems"."""
    group = next(iter(text.prepositions(head, "of", "in", "on", "at", "from")), None)
    told = next((c for c in head.children if c.dep_ in {"acl", "relcl", "amod"} and c.i > head.i), None)
    if head.lower_ == "those" and told is None and group is None:
        return None
    if group is not None and head.lower_ != "those" and not _of_people(group):
        return None
    last = group.i if group is not None and (told is None or group.i < told.i) else _short(told) if told else head.i
    after = next((c for c in group.children if c.dep_ in {"acl", "amod"}), None) if group is not None else None
    if after is not None and after.i == last + 1:
        last = _short(after)  # "one of those present"
    return _labelled(text, head.left_edge.i, last, EntityKind.SOURCE)


def _short(told: Token) -> int:
    """The last token of what tells more of a group, up to a comma: "those briefed on the call"."""
    inside = range(told.i, told.right_edge.i + 1)
    return next((i - 1 for i in inside if told.doc[i].is_punct), told.right_edge.i)


def _of_people(group: Token) -> bool:
    kind = mapping("speaker_nouns").get(group.lemma_.lower())
    those = any(c.lower_ == "those" for c in group.children)  # "one of those present"
    return those or kind in {"person", "group", "share"} or group.pos_ in {"PRON", "NUM"}

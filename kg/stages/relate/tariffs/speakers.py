"""For which state a sentence about tariffs speaks: that of its speaker, or of the label above a speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import BlockKind, EntityKind
from kg.stages.relate.tariffs.sides import DEEDS
from kg.stages.relate.tariffs.states import state_of, told_of

if TYPE_CHECKING:
    from kg.stages.relate.goods.products import Named
    from kg.stages.relate.tariffs.acts import Act
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text
    from kg.tokens import Span

_UNNAMED = frozenset({"he", "she", "president", "administration"})
_ANNOUNCING = frozenset({"announce", "threaten", "vow", "promise", "warn", "declare"})
_SAYING = frozenset({
    "say", "tell", "announce", "add", "warn", "declare", "write", "post", "threaten", "vow", "promise"
})  # fmt: skip


def speaking(text: Text, sent: Span) -> Named | None:
    """The state that the speaker of a sentence acts for: "Trump said that tariffs on cars would follow"."""
    for token in sent:
        if token.pos_ == "VERB" and token.lemma_ in _SAYING:
            for child in token.children:
                if child.dep_ == "nsubj" and (named := state_of(text, child)) is not None:
                    return named
    return None


def us(text: Text, sent: Span) -> Named | None:
    """The state for which "we" and "our" speak: that of the label above a speech, or of who is quoted."""
    labels = [b for b in text.document.blocks if b.kind is BlockKind.SPEAKER and b.end <= sent.start_char]
    for block in reversed(labels):
        actors = (text.who(text.doc[i]) for i in text.tokens(block.start, block.end))
        states = ((a.ref, text.state(a.ref)) for a in actors if a is not None)
        found = next((state for ref, state in states if state is not None and told_of(text, ref, state)), None)
        if found is not None:
            return (found, block.start, block.end)
    return speaking(text, sent) or _ours(text)


def _ours(text: Text) -> Named | None:
    """The state of the writer, by an officer of it: "our trade minister, Jane Doe"."""
    for token in text.doc[:-1]:
        if token.lower_ in {"our", "my"}:
            actors = (text.who(t) for t in text.doc[token.i + 1 : token.i + 4] if text.office(t) is not None)
            refs = (a.ref for a in actors if a is not None and text.kind(a.ref) is EntityKind.PERSON)
            state = next((s for r in refs if (s := text.state(r)) is not None), None)
            if state is not None:
                return (state, token.idx, token.idx + len(token))
    return None


def announcing(sent: Span) -> bool:
    """Whether a speaker says what he is about to do rather than what others do."""
    return any(t.pos_ == "VERB" and t.lemma_ in _ANNOUNCING for t in sent)


def keeps(frame: Frame) -> bool:
    """As in "The tariff on rice will be kept, the minister said": it is his own."""
    verb = frame.doing.verb if frame.kind == "keep" else None
    return verb is not None and verb.tag_ == "VBN" and any(c.lower_ in {"will", "would"} for c in verb.children)


def stranger(text: Text, doing: Act) -> bool:
    """Whether a person does it whose state the text does not tell."""
    if doing.verb is None or doing.kind not in DEEDS:
        return False
    for head in text.subjects(doing.verb):
        entity = text.entity(head)
        if entity is None and (head.pos_ == "PROPN" or head.lower_ in _UNNAMED or text.office(head) is not None):
            return True
        if entity is not None and text.kind(entity) is EntityKind.PERSON and text.state(entity) is None:
            return True
    return False

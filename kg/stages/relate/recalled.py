"""Days that are told beside a story, and are not those that it has reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.verb_forms import homeward

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.passages import Passages

# "the round, which began on Monday", is the story; "the duty, which took effect on Monday", is not
_OF_EVENTS = frozenset({"begin", "start", "open", "end", "close", "conclude", "last", "run", "hold", "be", "continue",
                        "resume", "follow", "go", "meet", "gather"})  # fmt: skip
_RECALLING = frozenset({"for", "since", "about", "after", "following", "with", "to", "from"})


def of_another(text: Passages, time: Time, offset: int) -> bool:
    """Whether a day is told beside a name: "Doe, who arrived on Friday, met Roe"; not "who was there on Friday"."""
    verb = next((t for t in text.token(time.start).ancestors if t.pos_ in {"VERB", "AUX"}), None)
    if verb is None:
        return False
    token = text.token(offset)
    if homeward(verb):  # "returned on Tuesday from Rome, where she met Roe"
        return any(t.dep_ == "relcl" and verb.is_ancestor(t) for t in (token, *token.ancestors))
    beside = verb.dep_ == "relcl" and verb.lemma_ not in {"be", "attend"}
    return beside and not verb.left_edge.i <= token.i <= verb.right_edge.i


def recalls(text: Passages, time: Time) -> bool:
    """Whether a day is of a thing beside the story: "thanked Roe for his call on May 2", "had met on May 2".

    So too of "the tax, which fell on May 2".
    """
    token = text.token(time.start)
    noun = token.head.nbor(-1) if token.head.dep_ == "prep" and token.head.i else token  # hung on the verb
    if noun.dep_ == "pobj" and noun.head.lower_ in _RECALLING and any(c.tag_ == "PRP$" for c in noun.children):
        return True
    while token.pos_ not in {"VERB", "AUX"} and token.head.i != token.i:
        recalled = token.dep_ == "pobj" and token.pos_ == "NOUN" and not text.is_time(token)
        if recalled and token.head.lower_ in _RECALLING:
            return True
        token = token.head
    which = any(c.dep_ in {"nsubj", "nsubjpass"} and c.lower_ in {"which", "that"} for c in token.children)
    aside = token.dep_ == "relcl" and which and token.lemma_ not in _OF_EVENTS
    return aside or any(c.dep_ == "aux" and c.lower_ == "had" for c in token.children)


def in_interview(text: Passages, time: Time) -> bool:
    """As in "said in an interview on Tuesday": a day of its own."""
    verb = next((t for t in text.token(time.start).ancestors if t.pos_ in {"VERB", "AUX"}), None)
    return verb is not None and any(c.lower_ == "interview" for p in verb.children for c in p.children)

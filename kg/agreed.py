"""Where something was agreed, told behind what was agreed: "agreed to boost trade at talks in Lima on Monday".

The parse hangs the talks and their day on the infinitive, which lies ahead. Stages 3 and 4 ask: they were held.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.lexicon import members, table
from kg.tokens import of_token

if TYPE_CHECKING:
    from kg.tokens import Token
_AT = frozenset({"at", "in", "during"})
_TO_FOLLOW = frozenset({"next", "upcoming", "forthcoming", "coming", "planned", "future", "second", "following", "new",
                        "another", "further", "later", "regular", "fresh", "more"})  # fmt: skip


@cache
def _nouns() -> frozenset[str]:
    return frozenset(word for word, _, reading in table("event_words") if reading in {"noun", "vague"})


@of_token
def agreed_at(infinitive: Token) -> int:
    """The place in the text of the preposition before the event at which an infinitive was agreed on; else 0."""
    above = infinitive.head
    if infinitive.dep_ not in {"xcomp", "ccomp"} or above.lemma_ not in members("event_company", "settles"):
        return 0
    told = above.tag_ == "VBD" or any(c.lower_ in {"has", "have", "had"} and c.dep_ == "aux" for c in above.children)
    bare = any(c.lower_ == "to" and c.dep_ == "aux" for c in infinitive.children)
    if not (told and bare) or infinitive.lemma_ in members("event_company", "done there"):
        return 0
    return next((t.i for t in infinitive.subtree if _opens(t) and _clause(t) == infinitive), 0)


def _opens(prep: Token) -> bool:
    """As in "during their talks"; not "at their next meeting"."""
    if prep.dep_ != "prep" or prep.lower_ not in _AT:
        return False
    events = (p for p in prep.children if p.dep_ == "pobj" and p.pos_ == "NOUN" and p.lemma_.lower() in _nouns())
    return any(not {c.lower_ for c in p.children} & _TO_FOLLOW for p in events)


def _clause(token: Token) -> Token:
    """The verb of the clause that a token stands in."""
    while token.pos_ not in {"VERB", "AUX"} and token.head.i != token.i:
        token = token.head
    return token

"""Duties within a quota: "will open a quota of 5,000 tonnes for Serbian beef at a duty of 10 percent"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.goods.phrases import Listing
from kg.stages.relate.tariffs.sides import inside
from kg.stages.relate.tariffs.states import state_of

if TYPE_CHECKING:
    from kg.stages.relate.goods.products import Named
    from kg.stages.relate.tariffs.goods import Reader
    from kg.tokens import Token

_OPENING = frozenset({
    "open", "grant", "give", "set", "create", "offer", "introduce", "allow", "establish", "provide", "fix", "keep",
    "double", "raise", "widen", "enlarge", "expand", "concede"
})  # fmt: skip
_GETTING = frozenset({"get", "receive", "obtain", "win", "secure", "gain", "have", "enjoy"})
_LINKS = frozenset({"for", "of", "on"})


def quota(reader: Reader, phrase: Token | None) -> tuple[Listing, list[Named]]:
    """The goods of the quota that a duty holds within, and who opens it; both empty where none is told.

    Args:
        reader: Reads lists of the sentence.
        phrase: The tariff noun.
    """
    if phrase is None or phrase.dep_ != "pobj" or phrase.head.lower_ not in {"at", "with", "under"}:
        return Listing(), []
    doc = reader.text.doc
    before = reversed(doc[reader.sent.start : phrase.i])
    noun = next((t for t in before if t.lower_ in {"quota", "quotas"}), None)
    if noun is None:
        return Listing(), []
    links = (i for i in range(noun.i + 1, phrase.i) if doc[i].lower_ in _LINKS and not doc[i + 1].like_num)
    found = next((more for i in links if (more := reader.listing(i + 1, phrase.i)).goods), Listing())
    verb = next((t for t in [noun, *noun.ancestors] if t.pos_ == "VERB"), None)
    heads = reader.text.subjects(verb) if verb is not None else []
    acting = [n for t in heads if (n := state_of(reader.text, t) or inside(reader.text, t)) is not None]
    if verb is not None and verb.lemma_ in _GETTING and not found.states:
        found.states = acting[:1]
    return found, acting[:1] if verb is not None and verb.lemma_ in _OPENING else []

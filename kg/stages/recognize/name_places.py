"""Names that the model takes for persons, while the text names places or firms by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members
from kg.stages.recognize.name_context import HONORIFICS, apposed
from kg.stages.recognize.office_words import head_at

if TYPE_CHECKING:
    from kg.tokens import Token, Tokens

_AT = frozenset({"in", "at", "near", "into"})
_IN_PERSONS = frozenset({"confidence", "faith", "trust", "interest", "belief", "hope", "anger", "aim", "direct"})


def only_a_place(doc: Tokens, start: int, end: int) -> bool:
    """As in "over the border at Agua Caliente", "shipping in the Khor Abdullah": wherever the text has the name."""
    if not _as_place(doc, start, end):
        return False
    name = [t.text for t in doc[start:end]]
    last = (k for k, t in enumerate(doc) if t.text == name[-1] and not start <= k < end)
    return all(_again(doc, k, name) for k in last)


def _again(doc: Tokens, k: int, name: list[str]) -> bool:
    """Whether a name that ends at a token is that of the place again: "the Khor Abdullah [waterway]"."""
    first = k - len(name) + 1
    if first < 0 or [t.text for t in doc[first : k + 1]] != name:
        return False
    part = doc[k].dep_ in {"compound", "nmod"} and doc[k].head.i > k and doc[k].head.text.islower()
    return part or _as_place(doc, first, k + 1)


def _as_place(doc: Tokens, start: int, end: int) -> bool:
    """Whether a name stands behind "in", "at" or "the" with no office and no word of courtesy beside it."""
    before = doc[start - 1] if start else doc[start]
    beside = start > 1 and (head_at(doc, start - 1) or before.lower_ in HONORIFICS or head_at(doc, start - 2))
    if not start or beside or before.text == "," or apposed(doc, start, end):
        return False  # "At a camp in Tawila, Jane Doe said"
    root = doc[end - 1]
    part = root.dep_ in {"compound", "nmod", "poss"}
    if before.lower_ == "the":
        return not part and end - start > 1
    while root.dep_ == "conj" and root.head.i < root.i:
        root = root.head
    prep: Token = before if before.lower_ in _AT else root.head
    return not part and prep.lower_ in _AT and root.dep_ == "pobj" and prep.head.lemma_.lower() not in _IN_PERSONS


def firm_before(doc: Tokens, end: int) -> bool:
    """As in "Rolex | CEO Jane Doe": the model takes some firms for persons."""
    at = head_at(doc, end) if end < len(doc) else None
    return at is not None and at[1] in members("office_kinds", "private") and doc[at[0] : at[0] + 1].text.istitle()

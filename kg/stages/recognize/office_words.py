"""The words of offices: heads ("minister"), their ranks, one form for all wordings, and the states that have them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kg.lexicon import mapping, members, table
from kg.tokens import of_text

if TYPE_CHECKING:

    from kg.tokens import Token, Tokens


Head: TypeAlias = tuple[int, str, bool]  # end, form in the list, whether it is a plural
QUALIFIERS = members("office_kinds", "qualifier")
_CAPITALS = 2  # letters of an abbreviation at most, which name nobody: "the USTR AG"


def _heads() -> dict[str, str]:
    """Rank by head."""
    return mapping("offices")


def rank(head: str) -> str:
    """The rank that comes with a head of the list."""
    return _heads()[head]


def singular(word: str) -> str:
    """A word without the ending of the plural: "secretaries" -> "secretary"."""
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("women"):
        return word[:-5] + "woman"
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@cache
def _longest() -> dict[str, int]:
    """The most tokens of a head, by its first word alone ("vice") and up to its first space ("vice-president")."""
    found: dict[str, int] = {}
    for head in _heads():
        tokens = head.count(" ") + head.count("-") * 2 + 1
        for first in {head.split(" ", 1)[0], re.split(r"[ -]", head, maxsplit=1)[0]}:
            found[first] = max(found.get(first, 0), tokens)
    return found


@lru_cache(maxsize=50_000)
def _reach(word: str) -> int:
    """The most tokens of a head that begins with a word in small letters, in the singular or the plural; 0 for none."""
    return max(_longest().get(word, 0), _longest().get(singular(word), 0))


class _Short(NamedTuple):
    """What an abbreviation stands for."""

    office: str
    head: str
    anywhere: bool  # else only right before a name


@cache
def _abbreviations() -> dict[str, _Short]:
    """The offices by abbreviation: "PM"."""
    rows = table("office_abbreviations")
    return {short: _Short(office, head, where == "anywhere") for short, office, head, where in rows}


def _is_abbreviation(doc: Tokens, i: int, short: _Short) -> bool:
    """Whether a token is the abbreviation of an office: no "5 PM", no "the NSA listens"."""
    if i and any(c.isdigit() for c in doc[i - 1].text):
        return False
    behind = doc[i + 1 : i + 2].text
    return short.anywhere or behind.istitle() or (behind.isupper() and len(behind) > _CAPITALS)  # "EVP DOE"


def head_at(doc: Tokens, i: int) -> Head | None:
    """End, list form and plurality of the longest head that begins at token `i`."""
    return heads(doc).get(i)


@of_text
def heads(doc: Tokens) -> dict[int, Head]:
    """The same for all tokens with which a head begins, in order."""
    shorts, found = _abbreviations(), {}
    for token in doc:
        short = shorts.get(token.text)
        if short is not None and _is_abbreviation(doc, token.i, short):
            found[token.i] = token.i + 1, short.head, False
        elif (reach := _reach(token.lower_)) and (head := _longest_head(doc, token.i, reach)) is not None:
            found[token.i] = head
    return found


def _longest_head(doc: Tokens, i: int, reach: int) -> Head | None:
    """The longest head of at most `reach` tokens that begins at a token."""
    ranks, first = _heads(), doc[i].lower_
    for n in range(min(reach, len(doc) - i), 0, -1):
        text = doc[i : i + n].text.lower() if n > 1 else first
        if text in ranks:
            return i + n, text, False
        rest, _, last = text.rpartition(" ")
        single = f"{rest} {singular(last)}" if rest else singular(last)
        united = first == "states" and i > 0 and doc[i - 1].text == "United"  # "the United States Secretary"
        if n > 1 and single not in ranks and not united:  # "heads of state", "attorneys general"
            single = text.replace(first, singular(first), 1)
        if single != text and single in ranks:
            return i + n, single, True
    return None


def head_like(token: Token) -> bool:
    """Whether the token alone is the head of an office."""
    return token.lower_ in _heads() and token.lower_ not in QUALIFIERS and token.lower_ not in {"general", "chief"}


def in_full(label: str) -> str:
    """The wording in small letters, without abbreviations: "PM" -> "prime minister"."""
    shorts = _abbreviations()
    return " ".join(shorts[word].office if word in shorts else word for word in label.split()).lower()


def normal_form(label: str, head: str) -> str:
    """The wording that different forms of one office share: "minister for trade" -> "trade minister"."""
    dropped = {"the", "top", "chief", "lead", "senior"} - set(head.split())
    kept = [w for w in in_full(label).replace("-", " - ").split() if w not in dropped]
    text = " ".join(kept).replace(" - ", "-")
    if head in {"secretary of state", "chief of staff"} or " of state" in text:
        return text
    for joint in (" in charge of ", " responsible for ", " for ", " of "):
        if text.startswith(head + joint):
            return f"{text[len(head + joint) :].removeprefix('the ')} {head}"
    return text or head


def country_of(label: str, head: str) -> str | None:
    """The state whose office this is, for offices that only one state has."""
    known = mapping("office_countries")
    label = label.lower().removeprefix("shadow ")  # the opposition's for an office
    return known.get(label) or known.get(normal_form(label, head))


@cache
def lacking(head: str) -> frozenset[str]:
    """The states that have no office of this name."""
    return frozenset(mapping("office_exclusions").get(head, "").split())

"""How far a personal name goes that begins at a token: capitals, particles, hyphens, and words that are names too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members, words
from kg.stages.recognize.name_context import PARTICLES, is_given_name, is_name_word
from kg.stages.recognize.office_words import head_at

if TYPE_CHECKING:
    from kg.tokens import Token, Tokens

HONOURS = members("name_parts", "honour")  # "Jane Doe MP"
_CALENDAR = members("name_parts", "calendar")  # "Minister Jan Doe" is dated by no month
_SURNAMES = members("name_parts", "surname")
_SHORT_NAMES = frozenset({"he", "she", "to", "so", "do", "an", "it", "you", "we", "no", "may", "a"})
_NUMBERS = frozenset({"DATE", "TIME", "PERCENT", "MONEY"})
NAME_LENGTH = 6  # words: "Maria Ana Doe da Silva" is five


def name_end(doc: Tokens, start: int, places: frozenset[int]) -> int:
    """End of a personal name that begins at a token: up to six capitalised words, particles and hyphens."""
    i, n = start, 0
    while i < len(doc) and n < NAME_LENGTH and not (i > start and "\n" in doc[i - 1].text):
        token = doc[i]
        if i in places or _is_date(doc, i) or (token.is_sent_start and i > start):
            break
        if token.lower_ in HONOURS and token.text.isupper():
            break
        if is_name_word(token) and (_may_be_named(doc, i, first=n == 0) or surname(doc, i, start)):
            n += 1
        elif n and token.text == "-" and not doc[i - 1].whitespace_ and i + 1 < len(doc) and not token.whitespace_:
            i += 2
            continue
        elif token.lower_ in PARTICLES and i + 1 < len(doc) and _goes_on(doc[i + 1]):
            n += 1 if n else 0
        else:
            break
        i += 1
    while i > start and not is_name_word(doc[i - 1]) and not doc[i - 1].text[0].isalpha():
        i -= 1
    return i if n else start


def surname(doc: Tokens, i: int, start: int) -> bool:
    """Whether a word that is a surname too closes the name that begins at a token: "Jane Rice", "Liu He"."""
    token, following = doc[i], doc[i + 1 : i + 2].text
    if i == start or token.lower_ not in _SURNAMES or not token.text.istitle() or token.is_sent_start:
        return False
    given = token.ent_type_ == "PERSON" or is_given_name(doc[i - 1].text)
    return given and doc[i - 1].lower_ not in words("not_names") and not following.istitle()


def month_like(doc: Tokens, i: int) -> bool:
    """Whether a word is the "Jan" of a name, not of a date: behind an office, or before another name."""
    if doc[i].lower_ not in _CALENDAR or not doc[i + 1 : i + 2].text.istitle():
        return False
    return doc[i + 1].lower_ not in words("not_names") and (i == 0 or doc[i - 1].pos_ not in {"ADP", "NUM"})


def _is_date(doc: Tokens, i: int) -> bool:
    """Whether the model takes a token for part of a date or number, and it is no "Jan" before another name."""
    named = month_like(doc, i) or (i > 0 and month_like(doc, i - 1))
    return doc[i].ent_type_ in _NUMBERS and not named and not _behind_dash(doc, i)


def _behind_dash(doc: Tokens, i: int) -> bool:
    """Whether a word opens an entry of a timeline, whose date the model takes it for: "June 5 - Ken Tanaka arrives"."""
    while i and doc[i].text.istitle() and doc[i].lower_ not in words("not_names"):
        i -= 1
        if doc[i].text in {"-", "–", "—"}:
            return doc[i - 1].like_num or doc[i - 1].ent_type_ == "DATE"
    return False


def _may_be_named(doc: Tokens, i: int, *, first: bool) -> bool:
    """Whether a word with a capital may be part of a name; `first` where it would be the first one."""
    if first and head_at(doc, i):
        return False
    as_name = first and i > 0 and (pronoun_like(doc[i]) or month_like(doc, i))
    as_name = as_name or (not first and _opens_given_name(doc, i))
    return as_name or doc[i].lower_ not in words("not_names")


def _opens_given_name(doc: Tokens, i: int) -> bool:
    """Whether a capital "In" or "On" is half of a Korean given name: "Cheong In-kyo", "Cho On-young"."""
    behind = doc[i + 1 : i + 3].text
    return doc[i].text.istitle() and not doc[i].whitespace_ and behind[:1] == "-" and behind[1:].strip().islower()


def _goes_on(token: Token) -> bool:
    return token.text[0].isupper() or token.lower_ in PARTICLES


def pronoun_like(token: Token) -> bool:
    """A capital "He" or "To" within a sentence is a name: "Vice Premier He Tanaka"."""
    return not token.is_sent_start and token.lower_ in _SHORT_NAMES

"""Surnames that no full name explains: what all the namings of one word in a text say together.

The model takes a surname that it does not know for a firm, a town or a work of art. So its kind counts little here, and
what counts is what only persons do, have and are called: "Doe, who is well again", "Doe's visit", "ministers Doe and
Roe", "Doe of Kenya [...] Roe of Uganda". Each naming adds to the evidence for the word; one that a firm or a town would
have takes from it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.lexicon import mapping, members, words
from kg.stages.recognize.belonging import POSSESSIVE
from kg.stages.recognize.geography import country
from kg.stages.recognize.name_context import (
    HONORIFICS,
    acts_as_person,
    behind_office,
    in_longer_name,
    in_place,
    in_title,
    is_meant_by_he,
    is_name_word,
)
from kg.stages.recognize.office_words import head_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kg.stages.recognize.belonging import Homes
    from kg.tokens import Token, Tokens

_ENOUGH = 2.0
_SAID = 0.5  # firms and bodies say, offer and sign too
_MOST_SAID = 1.0
_PRONOUN = 1.5
_OFFICE_WORDS = 5  # tokens between a comma and an office
_OFFICE_KINDS = frozenset({"DET", "PRON", "ADJ", "NOUN", "PROPN", "NUM"})
_PARALLEL = 20  # tokens
_SHORTEST = 3  # letters
_HE = frozenset({"he", "she", "his", "her", "him"})
_CLOSES = frozenset({",", ".", ")", "–", "—", ";", ":", "?"})
_NEAR = frozenset({"in", "at", "near", "around", "outside", "into", "via", "across", "through", "inside"})
_OFFICE = frozenset({"office", "spokesman", "spokeswoman", "spokesperson", "letter", "speech", "remarks", "words"})


def lone_names(doc: Tokens, places: frozenset[int], taken: Collection[int], homes: Homes) -> frozenset[int]:
    """The tokens of words that name persons alone, by all their namings together."""
    every: dict[str, list[Token]] = defaultdict(list)
    listed = set(listed_names(doc, places))
    for token in doc:
        if token.text[0].isupper() and token.i not in places and token.i not in taken:
            every[token.text].append(token)
    found: set[int] = set()
    for text, tokens in every.items():
        if not _may_be_surname(doc, text, tokens):
            continue
        alone = [t for t in tokens if not in_longer_name(doc, t.i) or t.i in listed]
        if len(alone) < len(tokens) or _weight(doc, alone, listed, homes) < _ENOUGH:
            continue
        found.update(t.i for t in alone if not _of_place(doc, t.i))
    return frozenset(found)


def _may_be_surname(doc: Tokens, text: str, tokens: list[Token]) -> bool:
    """Whether a word is written as surnames are, and is no word of another kind."""
    low = text.lower()
    if len(text) < _SHORTEST or not is_name_word(tokens[0]) or text.isupper():
        return False
    if any(low in words(name) for name in ("not_names", "office_fields", "organizations", "movements")):
        return False
    if low in HONORIFICS or low in members("name_company", "firm") or low in members("state_words", "locality"):
        return False
    if country(text) is not None or head_at(doc, tokens[0].i) or any(in_title(doc, t.i) for t in tokens):
        return False
    common = (t.pos_ != "PROPN" and (t.is_sent_start or t.lemma_.lower() != low) for t in tokens)
    return not all(common)


def _of_place(doc: Tokens, i: int) -> bool:
    return in_place(doc, i) or (i > 0 and doc[i - 1].lower_ in _NEAR)


def _weight(doc: Tokens, tokens: list[Token], listed: set[int], homes: Homes) -> float:
    """How much speaks for a person, from all namings of a word."""
    said = person = total = 0.0
    for token in tokens:
        total += 2.0 * (token.i in listed) + _beside(doc, token, homes)
        acts, by_word = _acts(token)
        total += acts
        said += by_word
        person = max(person, float(token.ent_type_ == "PERSON"))
    return total + person + min(said, _MOST_SAID)


def _beside(doc: Tokens, token: Token, homes: Homes) -> float:
    """What the words right beside one naming say."""
    i = token.i
    before = doc[i - 1] if i else None
    behind = doc[i + 1 : i + 3]
    found = 0.0
    if before is not None and (before.lower_ in {"the", "a", "an"} or _of_place(doc, i) or before.text in {"&", "-"}):
        found -= 2
    if behind and (behind[0].text == "&" or behind[0].pos_ == "NOUN"):
        found -= 1
    if len(behind) == 2 and behind[0].text == ",":
        free = before is None or before.pos_ != "ADP" or before.head.pos_ == "VERB"  # no "traders from Doe, who"
        found += 2.0 * (behind[1].lower_ == "who" and free) - 2.0 * (behind[1].lower_ == "which")
        found += 2.0 * _apposed_fellow(doc, i + 1)
    if len(behind) == 2 and behind[0].text in POSSESSIVE:
        noun = behind[1].lower_
        found += 2.0 * (noun in members("name_company", "own")) + _SAID * (noun in _OFFICE)
    closed = i + 1 >= len(doc) or behind[0].text in _CLOSES
    if closed and before is not None and before.text == "," and (behind_office(doc, i) or _fellow(doc, i - 1)):
        found += 2
    if before is not None and before.lower_ in POSSESSIVE and homes.beside(i, i + 1):
        found += 1  # "Kenya's Doe"
    elif (closed or behind[0].text in {"of", "for", "(", "from"}) and homes.behind(i + 1):
        found += 1.5 + 0.5 * _in_parallel(doc, token, homes)  # "Doe of Kenya"
    told = before is not None and before.lower_ == "to" and i > 1 and doc[i - 2].lower_ == "according"
    if before is not None and before.lower_ == "and" and _titled(doc, i - 2):
        found += 0.5  # "Minister Roe and Doe of Kenya"
    called = doc[max(i - 3, 0) : i].text.lower().endswith("who is called")
    return found + told + 1.5 * (homes.serving(i, i + 1) is not None) + 2.0 * called


def _titled(doc: Tokens, i: int) -> bool:
    """Whether an office or a word of courtesy stands right before a word."""
    return i > 0 and (doc[i - 1].lower_ in HONORIFICS or any(
        (at := head_at(doc, k)) is not None and at[0] == i for k in range(max(i - 3, 0), i)))


def _in_parallel(doc: Tokens, token: Token, homes: Homes) -> bool:
    """Whether another name near is told with its state too: "Doe of Kenya agreed. Roe of Mali did not"."""
    near = doc[max(token.i - _PARALLEL, 0) : token.i + _PARALLEL]
    return any(t.text[0].isupper() and abs(t.i - token.i) > 1 and homes.behind(t.i + 1) for t in near)


def _apposed_fellow(doc: Tokens, comma: int) -> bool:
    """Whether a colleague or counterpart is told behind the comma: "Doe, her Ugandan counterpart,"."""
    fellows = members("name_company", "fellow")
    for t in doc[comma + 1 : comma + 5]:
        if t.lower_ in fellows:
            return True
        if t.pos_ not in {"PRON", "DET", "ADJ", "PROPN", "NOUN", "PART"}:
            return False
    return False


def _fellow(doc: Tokens, comma: int) -> bool:
    """Whether a colleague, guest or host is told before the comma."""
    fellows = members("name_company", "fellow")
    return any(doc[k].lower_ in fellows for k in range(max(comma - 3, 0), comma)) and doc[comma - 1].pos_ != "VERB"


def _acts(token: Token) -> tuple[float, float]:
    """What the verb of one naming says: of deeds that only persons do, and of those that firms and bodies do too."""
    root = token
    while root.dep_ in {"conj", "appos"} and root.head.i != root.i:
        root = root.head
    verb = root.head
    lemma = verb.lemma_.lower()
    if root.dep_ == "nsubj" and (lemma in {"be", "become"}) and _is_somebody(token, verb):
        return 2.0, 0.0  # "Doe had been energy minister"
    if root.dep_ not in {"nsubj", "nsubjpass"} or verb.pos_ not in {"VERB", "AUX"}:
        return (0.5, 0.0) if acts_as_person(token) else (0.0, 0.0)
    bodies = members("name_company", "bodies")
    own = lemma in words("human_verbs") and lemma not in bodies
    said = lemma in bodies or lemma in words("speech_verbs")
    told = _pronoun(token, verb) or float(is_meant_by_he(token.doc, token.i + 1, token))
    return told + float(own), _SAID * (said and not own)


def _is_somebody(token: Token, verb: Token) -> bool:
    """Whether a word is said to be the holder of an office, or a host or guest."""
    fellows = members("name_company", "fellow") - {"side", "number", "partner"}
    told = (c for c in verb.children if c.dep_ == "attr" and c.i > token.i)
    return any(c.lower_ in words("offices") or c.lower_ in fellows for c in told)


def _pronoun(token: Token, verb: Token) -> float:
    """What a pronoun in what the subject says or does tells: "Doe said she would", "Doe said it would"."""
    for inner in verb.subtree:
        if inner.i <= token.i:
            continue
        if inner.lower_ in _HE:
            return _PRONOUN
        if inner.lower_ in {"it", "its"} and inner.dep_ in {"nsubj", "poss"}:
            return -1.0
        if inner.pos_ == "PROPN" or inner.lower_ in words("offices") or inner.lower_ in mapping("speaker_nouns"):
            return 0.0
    return 0.0


def listed_names(doc: Tokens, places: frozenset[int]) -> Iterator[int]:
    """The lone surnames that an office in the plural is told of: "ministers Doe and Roe", "the leaders, Doe and Roe".

    Also in brackets or behind a comma where states are told first: "the ministers of Kenya and Mali (Doe and Roe)".
    """
    for token in doc:
        at = head_at(doc, token.i)
        if at is None or not at[2]:
            continue
        yield from _before_office(doc, token.i, places)
        k = at[0]
        stop = k
        if doc[k : k + 1].text in {"of", "from"}:
            stop = k + 1
            while stop < len(doc) and (stop in places or doc[stop].lower_ in {"and", "the", ","}) and (
                doc[stop].text != "," or stop + 1 in places
            ):
                stop += 1
            if stop == k + 1:
                continue
        opened = doc[stop : stop + 1].text in {",", "(", ":", "–", "—"}
        if stop > k and not opened:
            continue
        names = list(_series(doc, stop + opened, places))
        if len(names) > 1:
            yield from (i for i in names if i >= 0)


def _before_office(doc: Tokens, i: int, places: frozenset[int]) -> Iterator[int]:
    """The lone surnames that an office in the plural stands behind: "Doe and Roe, their water ministers,"."""
    k = i
    while k > max(i - _OFFICE_WORDS, 3) and doc[k - 1].text != "," and doc[k - 1].pos_ in _OFFICE_KINDS:
        k -= 1
    if doc[k - 1].text != "," or doc[k].lower_ not in {"the", "their", "both", "two"} or doc[k - 3].lower_ != "and":
        return
    for n in (k - 4, k - 2):
        if n >= 0 and is_name_word(doc[n]) and n not in places and doc[n].lower_ not in words("not_names"):
            yield n


def _series(doc: Tokens, k: int, places: frozenset[int]) -> Iterator[int]:
    """The names that commas and "and" join from a token on, each with a state; -1 for one of several words."""
    while k < len(doc) and is_name_word(doc[k]) and k not in places and doc[k].lower_ not in words("not_names"):
        end = k + 1
        while end < len(doc) and is_name_word(doc[end]) and end not in places:
            end += 1
        yield k if end == k + 1 else -1
        k = end
        if doc[k : k + 1].text in {"of", "for", "(", "from"} and k + 1 < len(doc):
            k += 1 + (doc[k + 1].lower_ == "the")
            while k < len(doc) and (k in places or doc[k].text == ")"):
                k += 1
        if k >= len(doc) or (doc[k].text != "," and doc[k].lower_ != "and"):
            return
        while k < len(doc) and (doc[k].text == "," or doc[k].lower_ == "and"):
            k += 1

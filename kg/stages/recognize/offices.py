"""Offices as they are worded in the text: before a name, after it, or without one.

An office phrase is found by its words, not by the parse tree, which is wrong too often in lists of titles: a head
("minister", "Trade Representative"), what qualifies it before ("U.S. Assistant"), and what it is of ("for trade").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kg.lexicon import members, words
from kg.stages.recognize.office_words import QUALIFIERS, head_at, head_like, heads, rank

if TYPE_CHECKING:

    from kg.stages.recognize.geography import Geo
    from kg.tokens import Token, Tokens

_DETERMINED = frozenset({"the", "his", "her", "its", "their", "our", "my"})
_PREPOSITIONS = frozenset({"of", "for", "in", "to", "on", "at", "with"})
_LINKING = frozenset({"of", "for", "and", "the", "'s", "’s", "-", "–", "&", "in", "charge", "to", "on", "s", "at"})
_OPENING = frozenset({"chief", "special", "lead", "senior", "deputy", "vice", "acting", "assistant"})
_EDGES = " -–'’,"
_DEPUTY_OF = 5  # tokens behind "deputy" in which the office is named: "deputy trade and industry minister"
_COMPLEMENT = 9  # tokens behind the head: "of the Ministry of Foreign Trade and Industry" is eight
_STATUS = {"acting": "Acting", "interim": "Acting", "caretaker": "Acting", "former": "Former", "ex": "Former",
           "ex-": "Former", "then": "Former", "elect": "Designate", "designate": "Designate", "outgoing": "Current",
           "incoming": "Designate", "late": "Former", "onetime": "Former"}  # fmt: skip
_NO_MODIFIER = frozenset({"DET", "VERB", "AUX", "PRON", "PUNCT", "ADP", "SCONJ", "CCONJ", "ADV", "SPACE", "SYM",
                          "INTJ"})  # fmt: skip


class Office(NamedTuple):
    """Words that name an office: tokens [start, end), without article and country."""

    start: int
    end: int
    head: str  # of the list: "prime minister"
    label: str  # wording, without article, country and status: "top tariff negotiator"
    country: str | None  # code, from a country or demonym in the phrase
    status: str  # Current, Acting, Former, Designate
    plural: bool
    definite: bool  # "the minister", "his minister": may refer to somebody named elsewhere


@dataclass(slots=True)
class Holding:
    """An office phrase with its holder: an index into the list of persons, or None."""

    office: Office
    person: int | None
    named: bool
    country: str | None


def offices(doc: Tokens, geo: tuple[Geo, ...], names: frozenset[int]) -> tuple[Office, ...]:
    """Every office phrase of the text in order; `names` are the tokens of personal names, which none contains."""
    places = {i: g for g in geo for i in range(g.start, g.end) if g.code}
    found: list[Office] = []
    behind = 0
    for i, at in heads(doc).items():
        unfit = i < behind or i in names or not doc[i].is_alpha or not _can_be_head(doc[i])
        if unfit or _names_a_thing(doc, at, names) or _qualifies_another(doc, at, places, names):
            continue
        floor = found[-1].end if found else 0
        if found and i < floor:  # the inner office of "adviser to Supreme Leader Doe" begins behind "to"
            floor = max((k + 1 for k in range(found[-1].start, i) if doc[k].lower_ == "to"), default=i)
        end, head, plural = at
        office = _phrase(doc, _Head(i, end, head, plural), places, names, floor)
        found.append(office)
        # "chief of staff to Prime Minister Jane Doe" holds an office of its own for the one named
        behind = end if office.end in names and office.end > end and " to " in office.label else office.end
    return tuple(found)


def _can_be_head(token: Token) -> bool:
    """Nouns and names only: "will chair the talks", "head to Geneva" and "leader" as adjective are none."""
    if token.pos_ in {"VERB", "AUX", "ADV"}:
        return False
    return not (token.lower_ in {"general", "chief", "deputy", "head", "chair", "member"} and token.pos_ == "ADJ")


def _names_a_thing(doc: Tokens, at: tuple[int, str, bool], names: frozenset[int]) -> bool:
    """Whether a word of offices opens the name of something else: "Executive Order", "Executive Yuan"."""
    end, form, _ = at
    behind = doc[end] if end < len(doc) else None
    opens = form in {"executive", "member", "justice", "champion"} and doc[end - 1].text[0].isupper()
    return opens and behind is not None and behind.text.istitle() and end not in names


def _qualifies_another(doc: Tokens, at: tuple[int, str, bool], places: dict[int, Geo], names: frozenset[int]) -> bool:
    """Whether a deputy or chief is that of an office behind: "deputy finance minister", "Chief U.S. Negotiator"."""
    k = at[0]
    if at[1] not in QUALIFIERS or at[2]:
        return False
    for _ in range(_DEPUTY_OF):
        if k >= len(doc) or k in names or "\n" in doc[k - 1].text or doc[k].is_sent_start:
            return False
        if head_at(doc, k) is not None:
            return True
        if k not in places and not _qualifies(doc, k, at[0] - 1, nearest=False):
            return False
        k += 1
    return False


class _Head(NamedTuple):
    """The head of an office phrase: tokens [start, end), its form in the list, and whether it is a plural."""

    start: int
    end: int
    form: str
    plural: bool


def _phrase(doc: Tokens, head: _Head, places: dict[int, Geo], names: frozenset[int], floor: int) -> Office:
    """The office phrase around a head; it begins at token `floor` at the earliest."""
    i, end, plural = head.start, head.end, head.plural
    start, stop = _left(doc, head, places, names, floor), _right(doc, end, places, names)
    fuller = (at[1] for k in range(start, i) if (at := head_at(doc, k)) is not None and at[0] == end)
    form = next(fuller, head.form)  # "general secretary"
    first: Geo | None = None  # the state served
    status, kept = "Current", []
    for k in range(start, stop):
        low = doc[k].lower_
        if k in places:
            if not (k >= end and _sent_to(doc, head, end, k)):
                first = first or places[k]
            if k < i and places[k].kind != "government" and (plural or places[k] == first):
                continue  # but of "Kenya's EU affairs minister" the second is what the office is for
        if low == "own" and k < i:
            continue
        if (low in _STATUS and k < i) or (low in {"elect", "designate"} and k >= end):
            status = _STATUS[low]
        elif not (low in {"'s", "’s"} and k < i):
            kept.append(k)
    before = doc[start - 1].lower_ if start else ""
    owned = any(doc[k].lower_ in {"'s", "’s"} for k in range(start, i))  # "South Korea's trade minister"
    definite = owned or (start > 0 and (before in _DETERMINED or doc[start].dep_ == "poss"))
    state = first.code if first is not None else None
    return Office(start, stop, form, _label(doc, kept, i), state, status, plural, definite)


def _sent_to(doc: Tokens, head: _Head, end: int, k: int) -> bool:
    """Whether an envoy is sent to a state: "ambassador to Japan", "negotiator with Iran" serves another."""
    return rank(head.form) == "envoy" and doc[end].lower_ in {"to", "with", "in"} and \
        not any(doc[i].lower_ in {"of", "from"} for i in range(end, k))


def _label(doc: Tokens, kept: list[int], head: int) -> str:
    """The wording of an office from the tokens kept of its phrase."""
    inside = set(kept)
    text = "".join(doc[k].text + (doc[k].whitespace_ if k + 1 in inside else " ") for k in kept)
    text = " ".join(text.split()).strip(_EDGES)
    for opening in ("'s ", "’s ", "- ", "the "):
        text = text.removeprefix(opening)
    return text.strip(_EDGES) or doc[head].text


def _left(doc: Tokens, head: _Head, places: dict[int, Geo], names: frozenset[int], floor: int) -> int:
    """First token of the qualifiers before a head: countries, nouns, adjectives, hyphens, possessives of states."""
    k = i = head.start
    while k > floor and k - 1 not in names:
        before = doc[k - 1]
        if "\n" in before.text or doc[k].is_sent_start:
            break
        if k - 1 in places:
            k = places[k - 1].start
        elif before.lower_ in {"'s", "’s", "'", "’"} and k >= 2 and k - 2 in places:
            k = places[k - 2].start
        elif before.lower_ == "and" and k - 2 in places and not (head.plural and k in places):
            break  # "Minister Doe of Mali and Peruvian Minister Roe"; but "the Malian and Peruvian ministers"
        elif _qualifies(doc, k - 1, i, nearest=k == i) or (before.lower_ == "own" and k - 1 > floor):
            k -= 1
        else:
            break
    while k < i and (doc[k].lower_ in {"-", "–", "'s", "’s", "and", "&"}):
        k += 1
    return k


def _qualifies(doc: Tokens, k: int, head: int, *, nearest: bool) -> bool:
    """Whether a token before a head belongs to the name of the office; `nearest` where it stands right before it."""
    token = doc[k]
    low = token.lower_
    if low in {"-", "–", "&"}:
        return True
    if low == "and":
        return _joins_names(doc, k, head)
    if low == ",":
        return _lists_fields(doc, k)
    if not token.is_alpha:
        return False
    if low in QUALIFIERS or low in _STATUS or (low == "under" and nearest):
        return True
    if token.pos_ in _NO_MODIFIER or head_like(token) or token.ent_type_ in {"DATE", "TIME"} or low == "own":
        return False
    if k and doc[k - 1].like_num and doc[k - 1].ent_type_ in {"DATE", "CARDINAL"}:
        return False  # "on 10 April President Doe said"
    if doc[head].text[0].isupper() and not token.text[0].isupper():
        return False  # "at the ceremony Minister Doe said"
    return token.pos_ not in {"NUM", "PART"} and low not in {"mr", "ms", "mrs", "dr"}


def _joins_names(doc: Tokens, i: int, head: int) -> bool:
    """Whether "and" stands inside the name of an office: "Business and Trade Secretary", "trade and labor minister"."""
    if not 0 < i < head - 1:
        return False  # "Doe and President Roe"
    before, after, fields = doc[i - 1], doc[i + 1], words("office_fields")
    if after.lower_ in _OPENING:
        return False  # "Department of Commerce and Chief Negotiator"
    if before.lower_ in fields and after.lower_ in fields:
        return True
    return before.text[0].isupper() and after.text[0].isupper() and not head_like(before)


def _right(doc: Tokens, end: int, places: dict[int, Geo], names: frozenset[int]) -> int:
    """End of what the office is of: "minister [for economic growth]", "chief of staff [to the prime minister]"."""
    k = end
    if k + 1 < len(doc) and doc[k].text == "-" and doc[k + 1].lower_ in {"elect", "designate"}:
        k += 2
    if k < len(doc) and doc[k].lower_ in {"elect", "designate"}:
        k += 1
    if doc[k : k + 4].text.lower() == "-in-charge":  # "minister-in-charge of trade relations"
        k += 4
    if k >= len(doc) or not _opens_complement(doc, k, end):
        return k
    stop = k + 1
    while stop < len(doc) and stop - end < _COMPLEMENT and stop not in names and _goes_on(doc, stop, places):
        stop += 1
    while stop > k and doc[stop - 1].lower_ in _LINKING:
        stop -= 1
    return stop if stop > k else end


def _opens_complement(doc: Tokens, k: int, end: int) -> bool:
    """Whether the preposition at a token, behind a head that ends there, tells what the office is of."""
    low, following = doc[k].lower_, doc[k + 1 : k + 2].text
    if low not in _PREPOSITIONS or (low == "in" and following != "charge"):
        return False
    if low in {"at", "on", "with"}:
        return doc[end - 1].lower_ in members("office_kinds", "body") and _of_a_body(doc, k + 1)
    return low != "to" or following == "the" or following.istitle()


def _goes_on(doc: Tokens, k: int, places: dict[int, Geo]) -> bool:
    """Whether a token still belongs to what an office is of."""
    token, low = doc[k], doc[k].lower_
    if "\n" in token.text or token.is_sent_start or low in members("name_parts", "honorific"):
        return False
    if low == ",":
        return _lists_fields(doc, k)
    if low in {"to", "on", "in", "at"} and doc[k - 1].lower_ not in {"minister", "secretary"}:
        return low == "in" and doc[k + 1 : k + 2].text == "charge"
    if low in {"'", "’"}:  # "president of the National Farmers' Federation", "of the growers' association"
        return doc[k - 1].text.endswith("s") and doc[k + 1].pos_ in {"NOUN", "PROPN", "CCONJ"}
    named = token.pos_ in {"NOUN", "PROPN", "ADJ"} and token.is_alpha
    return low in _LINKING or named or k in places or token.text == "U.S."


def _lists_fields(doc: Tokens, k: int) -> bool:
    """Whether a comma stands within a list of fields: "Minister of Investment[,] Trade and Industry"."""
    fields = words("office_fields")
    if doc[k - 1].lower_ not in fields:
        return False
    k += 1
    while k + 1 < len(doc) and doc[k].lower_ in fields:
        if doc[k + 1].lower_ in {"and", "&"}:
            return doc[k + 2 : k + 3].text.lower() in fields
        k += 2 if doc[k + 1].text == "," else 1
    return False


def _of_a_body(doc: Tokens, k: int) -> bool:
    """Whether a name other than a date follows: "adviser at the White House", not "president on Wednesday"."""
    return any(token.text[0].isupper() and token.ent_type_ not in {"DATE", "TIME"} for token in doc[k : k + 2])

"""Offices as they are worded in the text: before a name, after it, or without one.

An office phrase is found by its words, not by the parse tree, which is wrong too often in lists of titles: a head
("minister", "Trade Representative"), what qualifies it before ("U.S. Assistant"), and what it is of ("for trade").
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.lexicon import mapping, table, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.stages.recognize.geography import Geo

_PREPOSITIONS = frozenset({"of", "for", "in", "to", "on", "at", "with"})
_LINKING = frozenset({"of", "for", "and", "the", "'s", "’s", "-", "–", "&", "in", "charge", "to", "on", "s", "at"})
# Offices that are told with the body they belong to: "adviser at the White House".
_OF_BODIES = frozenset({"adviser", "advisor", "director", "economist", "analyst", "fellow", "professor", "researcher", "head", "chief",
                        "official", "counselor", "counsellor", "partner", "lawyer", "manager", "spokesman", "spokeswoman"})  # fmt: skip
_STATUS = {"acting": "Acting", "interim": "Acting", "caretaker": "Acting", "former": "Former", "ex": "Former",
           "ex-": "Former", "then": "Former", "elect": "Designate", "designate": "Designate", "outgoing": "Current",
           "incoming": "Designate", "late": "Former", "onetime": "Former"}  # fmt: skip
_NO_MODIFIER = frozenset({"DET", "VERB", "AUX", "PRON", "PUNCT", "ADP", "SCONJ", "CCONJ", "ADV", "SPACE", "SYM", "INTJ"})
_QUALIFIERS = frozenset({"deputy", "vice", "acting", "chief", "top", "lead", "assistant", "associate", "former", "then",
                         "prime", "foreign", "senior", "special", "high", "joint", "federal", "union"})  # fmt: skip


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


@cache
def _heads() -> tuple[dict[str, str], int]:
    ranks = {row[0]: row[1] for row in table("offices")}
    return ranks, max(head.count(" ") + head.count("-") * 2 for head in ranks) + 1


def rank(head: str) -> str:
    """The rank that comes with a head of the list."""
    return _heads()[0][head]


def _singular(word: str) -> str:
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("women"):
        return word[:-5] + "woman"
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def head_at(doc: Doc, i: int) -> tuple[int, str, bool] | None:
    """End, list form and plurality of the longest head that begins at token `i`."""
    ranks, longest = _heads()
    for n in range(min(longest + 1, len(doc) - i), 0, -1):
        text = doc[i : i + n].text.lower()
        if text in ranks:
            return i + n, text, False
        if n <= 2:
            single = " ".join((*text.split(" ")[:-1], _singular(text.split(" ")[-1])))
            if single != text and single in ranks:
                return i + n, single, True
    return None


def offices(doc: Doc, geo: tuple[Geo, ...], names: frozenset[int]) -> tuple[Office, ...]:
    """Every office phrase of the text in order; `names` are the tokens of personal names, which none contains."""
    places = {i: g for g in geo for i in range(g.start, g.end) if g.code}
    found: list[Office] = []
    i = 0
    while i < len(doc):
        at = head_at(doc, i) if doc[i].is_alpha and i not in names and _can_be_head(doc[i]) else None
        if at is None:
            i += 1
            continue
        floor = found[-1].end if found else 0
        if found and i < floor:  # the inner office of "adviser to Supreme Leader Doe" begins behind "to"
            floor = max((k + 1 for k in range(found[-1].start, i) if doc[k].lower_ == "to"), default=i)
        office = _phrase(doc, i, *at, places=places, names=names, floor=floor)
        found.append(office)
        # "chief of staff to Prime Minister Jane Doe" holds an office of its own for the one named
        i = at[0] if office.end in names and office.end > at[0] and " to " in office.label else office.end
    return tuple(found)


def _can_be_head(token: Token) -> bool:
    """Nouns and names only: "will chair the talks", "head to Geneva" and "leader" as adjective are none."""
    if token.pos_ in {"VERB", "AUX", "ADV"}:
        return False
    return not (token.lower_ in {"general", "chief", "deputy", "prime", "vice", "head", "chair", "member"} and
                token.pos_ == "ADJ" and token.lower_ not in {"prime", "vice"})  # fmt: skip


def _phrase(doc: Doc, i: int, end: int, head: str, plural: bool, *, places: dict[int, Geo], names: frozenset[int],
            floor: int) -> Office:  # fmt: skip
    start = _left(doc, i, places, names, floor)
    stop = _right(doc, end, places, names)
    fuller = [at[1] for k in range(start, i) if (at := head_at(doc, k)) is not None and at[0] == end]  # "general secretary"
    country, status, kept = None, "Current", []
    for k in range(start, stop):
        low = doc[k].lower_
        if k in places:
            country = country or places[k].code
            if k < i and places[k].kind != "government":
                continue
        if (low in _STATUS and k < i) or (low in {"elect", "designate"} and k >= end):
            status = _STATUS[low]
            continue
        if low in {"'s", "’s"} and k < i:
            continue
        kept.append(k)
    label = _label(doc, kept, i)
    definite = start > 0 and (doc[start - 1].lower_ in {"the", "his", "her", "its", "their"} or doc[start].dep_ == "poss")
    return Office(start, stop, fuller[0] if fuller else head, label, country, status, plural, definite)


def _label(doc: Doc, kept: list[int], head: int) -> str:
    gaps = [doc[k].whitespace_ if k + 1 in kept else " " for k in kept]
    text = "".join(doc[k].text + gap for k, gap in zip(kept, gaps, strict=True))
    text = " ".join(text.replace("\n", " ").split()).strip(" -–'’,")
    for opening in ("'s ", "’s ", "- ", "the "):
        if text.startswith(opening):
            text = text[len(opening) :]
    return text.strip(" -–'’,") or doc[head].text


def _left(doc: Doc, i: int, places: dict[int, Geo], names: frozenset[int], floor: int) -> int:
    """First token of the qualifiers before a head: countries, nouns, adjectives, hyphens, possessives of states."""
    k = i
    while k > floor and k - 1 not in names:
        before = doc[k - 1]
        if "\n" in before.text or doc[k].is_sent_start:
            break
        if k - 1 in places:
            k = places[k - 1].start
            continue
        if before.lower_ in {"'s", "’s", "'", "’"} and k >= 2 and k - 2 in places:
            k = places[k - 2].start
            continue
        if before.lower_ in {"-", "–", "&"} or (before.lower_ == "and" and _joins_names(doc, k - 1)):
            k -= 1
            continue
        if before.is_alpha and (before.lower_ in _QUALIFIERS or before.lower_ in _STATUS or before.lower_ == "under" and k == i):
            k -= 1
            continue
        if before.pos_ in _NO_MODIFIER or not before.is_alpha or head_like(before) or before.ent_type_ in {"DATE", "TIME"}:
            break
        if doc[i].text[0].isupper() and not before.text[0].isupper():
            break  # "at the ceremony Minister Doe said"
        if before.pos_ in {"NUM", "PART"} or before.lower_ in {"mr", "ms", "mrs", "dr"}:
            break
        k -= 1
    while k < i and (doc[k].lower_ in {"-", "–", "'s", "’s", "and", "&"}):
        k += 1
    return k


def _joins_names(doc: Doc, i: int) -> bool:
    """Whether "and" stands inside the name of an office: "Business and Trade Secretary", "trade and industry minister"."""
    if 0 < i < len(doc) - 1 and doc[i - 1].lower_ in words("office_fields") and doc[i + 1].lower_ in words("office_fields"):
        return True
    return 0 < i < len(doc) - 1 and doc[i - 1].text[0].isupper() and doc[i + 1].text[0].isupper() and not head_like(
        doc[i - 1]
    )


def head_like(token: Token) -> bool:
    """Whether the token alone is the head of an office."""
    return token.lower_ in _heads()[0] and token.lower_ not in _QUALIFIERS and token.lower_ not in {"general", "chief"}


def _right(doc: Doc, end: int, places: dict[int, Geo], names: frozenset[int]) -> int:
    """End of what the office is of: "minister [for economic revitalization]", "chief of staff [to the prime minister]"."""
    k = end
    if k + 1 < len(doc) and doc[k].text == "-" and doc[k + 1].lower_ in {"elect", "designate"}:
        k += 2
    if k < len(doc) and doc[k].lower_ in {"elect", "designate"}:
        k += 1
    if k >= len(doc) or doc[k].lower_ not in _PREPOSITIONS or doc[k].lower_ == "in" and doc[k + 1 : k + 2].text != "charge":
        return k
    if doc[k].lower_ in {"at", "on", "with"} and not (doc[end - 1].lower_ in _OF_BODIES and _of_a_body(doc, k + 1)):
        return k
    if doc[k].lower_ == "to" and not (doc[k + 1 : k + 2].text in {"the", "Prime", "President"} or doc[k + 1 : k + 2].text.istitle()):
        return k
    stop = k + 1
    while stop < len(doc) and stop - end < 9 and stop not in names:
        token = doc[stop]
        if "\n" in token.text or token.is_sent_start:
            break
        low = token.lower_
        ok = low in _LINKING or (token.pos_ in {"NOUN", "PROPN", "ADJ"} and token.is_alpha) or stop in places or token.text == "U.S."
        if not ok or (low in {"to", "on", "in", "at", "for"} and doc[stop - 1].lower_ not in {"minister", "secretary"} and low != "for"
                      and not (low == "in" and doc[stop + 1 : stop + 2].text == "charge")):  # fmt: skip
            break
        stop += 1
    while stop > k and (doc[stop - 1].lower_ in _LINKING):
        stop -= 1
    return stop if stop > k + 1 or stop == k + 1 and doc[k].lower_ not in _PREPOSITIONS else end if stop <= k else stop


def _of_a_body(doc: Doc, k: int) -> bool:
    """Whether a name other than a date follows: "adviser at the White House", not "president on Wednesday"."""
    return any(token.text[0].isupper() and token.ent_type_ not in {"DATE", "TIME"} for token in doc[k : k + 2])


def normal_form(label: str, head: str) -> str:
    """The wording that different forms of one office share: "minister for trade" -> "trade minister"."""
    dropped = {"the", "top", "chief", "lead", "senior"} - set(head.split())
    kept = [w for w in label.lower().replace("-", " - ").split() if w not in dropped]
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
    return known.get(label.lower()) or known.get(normal_form(label, head))


@cache
def lacking(head: str) -> frozenset[str]:
    """The states that have no office of this name."""
    return frozenset(mapping("office_exclusions").get(head, "").split())

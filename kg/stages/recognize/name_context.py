"""Whether words stand where a personal name must, or may not: by offices, verbs, prepositions and names beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import mapping, members, words
from kg.stages.recognize.geography import country
from kg.stages.recognize.office_words import head_at
from kg.stages.recognize.origins import origins

if TYPE_CHECKING:
    from kg.tokens import Token, Tokens

HONORIFICS = members("name_parts", "honorific")
PARTICLES = members("name_parts", "particle")
_GIVEN = 4  # letters of a given name that says enough alone: "Keir", not "Li"
_ALL_NAMES = 0.8  # share of the words of a name that are common in one state
_OF_OFFICE = 13  # tokens of an office with its field and state
_PLACED = 5  # tokens of "in the Hague" and the like
_NAMESAKE = ("also called", "also named", "is called", "also a", "another", "a second")
_APPOSED = 6  # tokens behind the comma in which an office must come


def is_given_name(word: str) -> bool:
    """Whether a word alone says that a personal name begins: "Keir", not "Li"."""
    return len(word) >= _GIVEN and max(origins((word,)).values(), default=0) == 1


def is_given(doc: Tokens, start: int, stop: int) -> bool:
    """Whether words begin as personal names do and nothing beside them makes them the name of another thing."""
    name = name_words(doc, (start, stop))
    shares = origins(name)
    if not is_given_name(name[0]) and max(shares.values(), default=0) < _ALL_NAMES:
        return False
    before, after = doc[start - 1] if start else None, doc[stop] if stop < len(doc) else None
    if before is not None and (before.lower_ in {"the", "a", "an"} or (before.text == "&")):
        return False
    if before is not None and before.lower_ in {"in", "at", "near"} and doc[stop - 1].lower_ in words("not_names"):
        return False  # "in Victoria Falls"
    if after is not None and (after.text in {"&", "'s", "’s"} or (after.text[0].isupper() and after.pos_ == "PROPN")):
        return doc[stop].text in {"'s", "’s"}
    return doc[stop - 1].ent_type_ != "ORG" or max(origins(name[-1:]).values(), default=0) < 1  # "Morgan Stanley"


def told_of_again(doc: Tokens, stop: int) -> bool:
    """Whether the last word of a name stands alone behind it where only a person can."""
    last = doc[stop - 1].text
    return any(
        t.text == last and t.pos_ == "PROPN" and not in_longer_name(doc, t.i)
        and (acts_as_person(t) or apposed(doc, t.i, t.i + 1)) for t in doc[stop : len(doc)]
    )  # fmt: skip


def behind_office(doc: Tokens, i: int) -> bool:
    """Whether an office stands before the comma: "The French minister, Jane Doe", "its envoy in Oslo, Jane Doe"."""
    if i < 2 or doc[i - 1].text != ",":
        return False
    end = place_before(doc, i - 1)
    at_end = any((at := head_at(doc, k)) and at[0] == end and not at[2] for k in (end - 1, end - 2) if k >= 0)
    fellow = _fellow_end(doc, i - 1)
    return at_end or fellow or _office_of(doc, i - 1)


def _fellow_end(doc: Tokens, comma: int) -> bool:
    """Whether a guest or colleague stands before a comma, from where he comes or not: "her guest from Lima,"."""
    fellows = members("name_company", "fellow")
    for k in range(comma - 1, max(comma - _PLACED, 0), -1):
        if doc[k].lower_ in fellows:
            return doc[k].pos_ != "VERB"
        if doc[k].pos_ not in {"PROPN", "DET"} and doc[k].lower_ not in {"from", "of", "in"}:
            return False
    return False


def _office_of(doc: Tokens, end: int) -> bool:
    """Whether an office with its field and state ends at a token: "The Minister of Health of the Republic of Peru"."""
    for k in range(end - 1, max(end - _OF_OFFICE, -1), -1):
        if doc[k].pos_ not in {"PROPN", "NOUN", "ADJ", "DET", "CCONJ"} and doc[k].lower_ not in {"of", "for", "&"}:
            return False
        at = head_at(doc, k)
        if at is not None and at[0] < end and doc[at[0]].lower_ in {"of", "for"}:
            return not at[2]
    return False


def place_before(doc: Tokens, k: int) -> int:
    """Where a place or body begins that ends at a token, with its preposition: "in Oslo" of "its envoy in Oslo,"."""
    for n in range(k - 1, max(k - _PLACED, 0), -1):
        if doc[n].lower_ in {"in", "at", "to"}:
            return n
        if doc[n].pos_ not in {"PROPN", "DET"}:
            break
    return k


def acts_as_person(root: Token) -> bool:
    """Whether a name stands where only a person can: it speaks, meets, calls or is met, called, received."""
    while root.dep_ in {"conj", "appos"} and root.head.i != root.i:
        root = root.head
    head = root.head
    if root.dep_ in {"nsubj", "nsubjpass", "dobj", "poss"}:
        return head.lemma_.lower() in words("human_verbs")
    if root.dep_ == "pobj" and head.lower_ in {"with", "by", "to"}:
        return head.head.lemma_.lower() in words("human_verbs")
    return False


def alone_acts(root: Token) -> bool:
    """Whether a name stands with a verb that only persons do, or have done to them: firms say and agree too."""
    while root.dep_ in {"conj", "appos"} and root.head.i != root.i:
        root = root.head
    verb = root.head.head if root.dep_ == "pobj" else root.head
    if root.dep_ == "pobj" and root.head.lower_ == "to" and verb.lemma_.lower() in words("speech_verbs"):
        return True  # "complained to Mali's Doe"
    lemma = verb.lemma_.lower()
    if lemma in members("name_company", "led") and root.dep_ == "pobj" and root.head.lower_ == "by":
        return True  # "the Omani side was led by Doe"
    alone = lemma not in words("speech_verbs") or lemma in members("name_company", "told") or root.dep_ != "nsubj"
    return acts_as_person(root) and alone and lemma != "host"


def is_meant_by_he(doc: Tokens, stop: int, root: Token) -> bool:
    """Whether "he" or "she" is the first told of behind a subject: "Mali's Doe has come back. She has a promise"."""
    if root.dep_ != "nsubj":
        return False
    sent = doc[stop - 1].sent
    end = doc[sent.end].sent.end if sent.end < len(doc) else sent.end
    for t in doc[stop:end]:
        if t.lower_ in {"he", "she"}:
            return True
        if t.ent_type_ == "PERSON" or head_at(doc, t.i) or t.lower_ in {"it", "who", "they"}:
            return False
    return False


def meets_somebody(token: Token) -> bool:
    """Whether a word is the subject of a verb that only persons do, to another person: "Doe had wanted to meet Roe"."""
    verb = token.head
    if token.dep_ not in {"nsubj", "nsubjpass"} or token.pos_ != "PROPN":
        return False
    done = [verb, *(t for t in verb.subtree if t.dep_ in {"xcomp", "ccomp", "conj"} and t.pos_ == "VERB")]
    if not any(t.lemma_.lower() in words("human_verbs") for t in done):
        return False
    return any(t.i > token.i and (t.ent_type_ == "PERSON" or t.lower_ in words("offices")) for t in verb.subtree)


def name_words(doc: Tokens, span: tuple[int, int]) -> tuple[str, ...]:
    """The words of a name, hyphenated ones whole; of several in capitals ("JANE DOE") with small letters."""
    words = tuple(doc[span[0] : span[1]].text.split())
    if len(words) > 1 and all(len(word) > 1 and word.isupper() for word in words):
        return tuple(word.lower() if word.lower() in PARTICLES else word.title() for word in words)
    return words


def is_name_word(token: Token) -> bool:
    """Whether a word is written as names are: a capital, then letters, hyphens, apostrophes and full stops."""
    text = token.text
    if not text[0].isupper() or not any(c.isalpha() for c in text):
        return len(text) > 2 and text[:3].lower() in {"al-", "el-"}
    return text.replace("-", "").replace("'", "").replace("’", "").replace(".", "").isalpha()


def apposed(doc: Tokens, start: int, end: int) -> bool:
    """Whether an office follows after a comma: "Ken Tanaka, the vice premier"."""
    if end >= len(doc) or doc[end].text != ",":
        return False
    for k in range(end + 1, min(end + 1 + _APPOSED, len(doc))):
        if doc[k].lower_ == "whose":
            return False
        if doc[k].is_alpha and (at := head_at(doc, k)):
            if at[2]:
                return False  # "Ilves, whose partners", "Mandate, the maker of ministers' robes"
            named = all(is_name_word(t) or t.text == "-" for t in doc[start:end])
            last = _office_end(doc, k)
            return named and not doc[last : last + 1].text[:1].isupper()
        if doc[k].pos_ in {"VERB", "AUX", "PUNCT"}:
            return False
    return False


def _office_end(doc: Tokens, k: int) -> int:
    """Behind the last office among the words with capitals that go on from an office: "Deputy U.S. Trade Envoy"."""
    end = k
    while k < len(doc) and (k == end or doc[k].text[0].isupper()):
        at = head_at(doc, k)
        k = at[0] if at is not None else k + 1
        end = k if at is not None else end
    return end


def is_namesake(doc: Tokens, span: tuple[int, int]) -> bool:
    """Whether a name is told as that of another one too: "also called Jane Doe", "another Jane Doe", "no relation"."""
    before = doc[max(span[0] - 2, 0) : span[0]].text.lower()
    behind = doc[span[1] : span[1] + 5].text.lower()
    return before.endswith(_NAMESAKE) or any(cue in behind for cue in ("not related", "no relation", "namesake"))


def in_place(doc: Tokens, i: int) -> bool:
    """As in "the island of Jeju", "the province of Surin"."""
    return i > 1 and doc[i - 1].lower_ == "of" and doc[i - 2].lemma_.lower() in members("state_words", "locality")


def of_state(doc: Tokens, i: int) -> bool:
    """As in "Canada's Jane Doe": behind the possessive of a state."""
    owned = i > 1 and doc[i - 1].lower_ in {"'s", "’s", "'", "’"}
    return owned and (doc[i - 2].ent_type_ == "GPE" or country(doc[i - 2].text) is not None)


def of_firm(doc: Tokens, start: int, stop: int) -> bool:
    """Whether a name has a word that firms have in theirs: "Deutsche Telekom", "Nippon Steel", "HSBC India"."""
    firm = members("name_company", "firm")
    return any(t.lower_ in firm or (len(t) > 1 and t.text.isupper()) for t in doc[start:stop])


def opens_name(doc: Tokens, start: int, end: int) -> bool:
    """Whether the word of a place is the given name of a person: "Israel Doe", "Paraguay's president, Santiago Doe".

    The model says so, or an office stands right before it. It takes "Kenyan Economics" for one before "Minister".
    """
    if end - start != 1 or not doc[start].text.istitle():
        return False
    polite = start > 0 and doc[start - 1].lower_ in HONORIFICS  # "Dame Frances Doe"
    behind = (polite or behind_office(doc, start)) and start + 1 < len(doc) and doc[start + 1].text[0].isupper()
    kinds = {"PERSON", doc[start].ent_type_, *([""] if polite else [])} if behind else {"PERSON"}
    if doc[start].ent_type_ not in kinds:
        return False
    stop = end
    while stop < len(doc) and doc[stop].ent_type_ in kinds and is_name_word(doc[stop]) and not head_at(doc, stop):
        stop += 1
    if not behind and stop < len(doc) and head_at(doc, stop) is not None:
        return False
    begins = start == 0 or behind or doc[start - 1].ent_type_ != "PERSON"
    return begins and 1 <= stop - end <= 2 and (behind or stop == len(doc) or doc[stop].ent_type_ != "PERSON"
                                                 or doc[stop].lower_ in {"'s", "’s"})  # fmt: skip


def is_place_name(doc: Tokens, i: int) -> bool:
    """Whether a name that no list knows stands where only a place can: "the island of Jeju", "a watchmaker in Biel"."""
    if in_place(doc, i) or (i > 0 and doc[i - 1].lower_ in {"in", "at", "near", "into"}):
        return True
    kinds = mapping("speaker_nouns")
    if i > 1 and doc[i - 1].lower_ == "from" and kinds.get(doc[i - 1].head.lemma_.lower()) in {"person", "group"}:
        return doc[i - 1].head.text.endswith("s")  # "traders from Kasumbalesa"
    moves = i > 0 and doc[i - 1].lower_ in {"to", "from", "for"} and doc[i - 1].head.i < i  # "flew to Mumbai"
    return moves and doc[i - 1].head.lemma_.lower() in members("state_words", "motion")


def in_title(doc: Tokens, i: int) -> bool:
    """Whether a word is a later part of an office: "General" in "the Secretary General"."""
    return any((at := head_at(doc, k)) is not None and at[0] > i for k in range(max(i - 2, 0), i))


def in_longer_name(doc: Tokens, i: int) -> bool:
    """Whether another name word, no title, stands right beside a word."""
    return any(
        0 <= k < len(doc) and doc[k].pos_ == "PROPN" and doc[k].text[0].isupper() and doc[k].lower_ not in HONORIFICS
        and not head_at(doc, k) for k in (i - 1, i + 1)
    )  # fmt: skip

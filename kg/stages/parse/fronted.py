"""The day before a subject without a comma, "On 3 March Switzerland hosted talks", which the parser takes for one name.

It then gives the sentence no subject, or another one: `tests/test_parse.py` has the days and names. Behind a verb of
speech the parser gives the day to what is said: "said on Friday she would visit Lima", "said on Friday Doe would go".
"""

from __future__ import annotations

from calendar import month_name
from typing import TYPE_CHECKING

from kg.dates import WEEKDAYS
from kg.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BEFORE = frozenset({"on", "in", "by", "since", "until", "from", "at", "of"})
_MONTHS = frozenset(form for name in month_name[1:] for form in (name.lower(), name[:3].lower(), name[:4].lower()))
_PARTS_OF_DAY = frozenset({"morning", "afternoon", "evening", "night"})
_BESIDE_DAYS = frozenset({"early", "late", "mid", "mid-", "eve"})
_LED_IN = frozenset({"late", "early", "also", "only", "already"})
_OPENS = frozenset({"PROPN", "NOUN", "DET", "ADJ", "PRON"})
_NAME = _OPENS | {"PART", "ADV", "CCONJ", "NUM"}
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "MD"})
_LINKS = frozenset({"of", "with", "between"})  # "talks with Doe"
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NEAR = 6  # words from "said" to the day: "told reporters in Rome on Friday"
_LONGEST = 24  # words of a name with its office and what is set off behind it


def part_days_and_names(doc: Doc) -> None:
    """In each sentence, make the name behind a day that opens it, or what is said in it, the subject of its verb."""
    for token in doc:
        if token.tag_ == "VBD" and token.lemma_ in words("speech_verbs"):
            _part_saying(token)
        if token.is_sent_start and token.i + 2 < len(doc):
            _part_host(token)
            first = token.nbor() if token.lower_ in _LED_IN else token
            if first.lower_ in _BEFORE:
                _part(first)


def _part_host(first: Token) -> None:
    """Of "At the invitation of Peru's king, Jan Doe, the minister of Chile, John Roe, visited Lima" it is Roe."""
    inviting = next((c for c in first.children if c.dep_ == "pobj"), None) if first.lower_ == "at" else None
    if inviting is None or inviting.lemma_ != "invitation" or first.head.pos_ != "VERB":
        return
    host = next((p for c in inviting.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"), None)
    name = next((c for c in first.head.children if c.dep_ == "nsubj"), None)
    apposed = [c for c in name.children if c.dep_ == "appos"] if name is not None else []
    if host is None or name is None or not apposed:
        return
    guest, *others = apposed
    if not others and not any(c.dep_ == "appos" for c in guest.children):
        return  # "At the invitation of Peru, Jane Doe, the minister of Chile, visited Lima"
    for other in others:
        other.head = guest
    guest.head, guest.dep_ = first.head, "nsubj"
    name.head, name.dep_ = host, "appos"


def _part(first: Token) -> None:
    """Hang the day that opens a sentence on its preposition, and the name behind it on the verb as its subject."""
    name = _behind_day(first)
    verb = _verb_behind(name) if name is not None else None
    if name is None or verb is None:
        return
    main = verb.head if verb.dep_ in {"aux", "auxpass"} and verb.head.i > verb.i else verb
    subject = next((c for c in main.children if c.dep_ in _SUBJECTS and c.i < verb.i), None)
    head = _head_of(name, verb)
    if subject is not None and _listed(head, subject):  # "On Friday Britain, France and Germany said"
        subject.head, subject.dep_ = head, "conj"
    elif subject is not None and subject.left_edge.i >= name.i:
        return
    _hang(main, first, verb.i)
    if main.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass"} for c in main.children):
        main.tag_ = "VBD"
    _rehang(first, name, head, verb.i, main)


def _part_saying(says: Token) -> None:
    """Hang the day behind a verb of speech on it: "said on Friday she would visit Lima"."""
    doc = says.doc
    near = (t for t in doc[says.i + 1 : min(says.i + _NEAR, len(doc) - 1)] if t.lower_ in _BEFORE)
    first = next((t for t in near if _is_day(t.nbor())), None)
    name = _behind_day(first) if first is not None and not _crosses(says, first) else None
    if first is None or name is None or _verb_behind(name) is None:
        return
    _part(first)
    if first.head.i > first.i:
        first.head, first.dep_ = says, "prep"


def _crosses(says: Token, first: Token) -> bool:
    """Whether another verb or a comma stands between a verb of speech and the day behind it."""
    return any(t.is_punct or t.pos_ in {"VERB", "AUX", "SCONJ"} for t in says.doc[says.i + 1 : first.i])


def _is_day(token: Token) -> bool:
    return token.lower_ in WEEKDAYS or token.lower_.rstrip(".") in _MONTHS


def _behind_day(first: Token) -> Token | None:
    """The first word of what stands right behind the day that a sentence begins with."""
    told, doc = False, first.doc
    for token in doc[first.i + 1 : first.i + _LONGEST]:
        word = token.lower_.rstrip(".")
        dated = word in _MONTHS or word in WEEKDAYS or word in _PARTS_OF_DAY or word[:-2].isdigit()  # "3rd"
        told = told or dated
        place = token.pos_ == "PROPN" and token.nbor(-1).lower_ == "in" and token.i + 1 < len(doc)
        more = not told or (token.i + 1 < len(doc) and token.nbor().lower_[:-2].isdigit())
        beside = word in _BESIDE_DAYS or (word == "the" and more)  # "On the evening of the 3rd Doe"
        if dated or word.isdigit() or beside or word in _BEFORE:
            continue
        if place and not told and token.nbor().lower_ in _BEFORE:  # "In Geneva on 3 March"
            continue
        opens = token.pos_ in _OPENS and token.lower_ not in {"when", "which", "that"}
        return token if told and opens and token.nbor(-1).lower_ not in _BEFORE else None
    return None


def _verb_behind(name: Token) -> Token | None:
    """The first verb with a tense behind a name and what is set off from it by commas."""
    doc, i = name.doc, name.i
    end = min(i + _LONGEST, len(doc))
    while i < end:
        token = doc[i]
        if token.text == ",":
            i = next((t.i for t in doc[i + 1 : end] if t.text == ","), i)
        elif token.tag_ in _FINITE and token.pos_ in {"VERB", "AUX"}:
            return token if token.i > name.i else None
        elif token.pos_ not in _NAME and token.lower_ not in _LINKS:
            return None
        i += 1
    return None


def _listed(name: Token, subject: Token) -> bool:
    """Whether the parse took the second or last of several names for the subject, the first for a part of the day."""
    before = subject.left_edge.nbor(-1)
    several = any(c.dep_ == "conj" and c.i > subject.i for c in subject.children) and before.i == name.i + 1
    return name.nbor().text == "," and (several or (before.dep_ == "cc" and before.head == name))


def _head_of(name: Token, verb: Token) -> Token:
    """The head of a name: its last word, or what "of", "with", "and" or a comma behind it hang on."""
    last = verb.nbor(-1)
    for token in name.doc[name.i + 1 : verb.i]:
        if token.text in _LINKS | {",", "and"}:
            last = token.nbor(-1)
            break
    while last.pos_ == "ADV" and last.i > name.i:
        last = last.nbor(-1)
    return last


def _hang(verb: Token, first: Token, end: int) -> None:
    """Hang the verb, where it stands below the day or the name, on the clause above; else it heads the sentence."""
    chain, token = [], verb
    while token.head != token:
        token = token.head
        chain.append(token)
    inside = [n for n, t in enumerate(chain) if first.i <= t.i < end]
    if not inside:
        return
    above = next(iter(chain[inside[-1] + 1 :]), verb)
    between = first.doc[end : above.i]
    joined = any(t.dep_ == "cc" and t.head.i < end for t in between)
    if above == verb:
        verb.head, verb.dep_ = verb, "ROOT"
    elif joined and not any(c.dep_ in _SUBJECTS for c in above.children):  # "On 3 March Doe met Roe and flew on"
        verb.head, verb.dep_ = (verb if above.head == above else above.head), above.dep_
        above.head, above.dep_ = verb, "conj"
    else:
        verb.head, verb.dep_ = above, "ccomp"


def _rehang(first: Token, name: Token, head: Token, end: int, verb: Token) -> None:
    """Give the preposition its day, the verb its subject, and what hung on either of them to the verb."""
    behind = first.doc[end : first.sent.end]
    first.head, first.dep_ = verb, "prep"
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    head.head, head.dep_ = verb, "nsubjpass" if passive else "nsubj"
    for token in first.doc[name.i : end]:
        if token != head and (token.head.i < name.i or token.head == token):
            token.head, token.dep_ = head, "compound" if token.i < head.i else "appos"
    prep = first
    for token in first.doc[first.i + 1 : name.i]:
        if token.head.i >= name.i:
            token.head, token.dep_ = prep, "pobj"
        elif token.head == token:  # "In Geneva [on] 3 March"
            token.head, token.dep_ = verb, "prep"
        prep = token if token.lower_ in _BEFORE else prep
    for token in behind:
        if token != verb and token.head.i < end:
            token.head = verb
            if token.dep_ in {"pobj", "appos", "conj"} and token.pos_ != "VERB":  # "hosted the talks"
                token.dep_ = "dobj"

"""The day before a name without a comma, "On 3 March Switzerland hosted talks", which the parser takes for one name.

Of 896 such sentences (14 ways to tell a day, 8 subjects, 8 verbs) it gave 163 no subject; see `tests/test_parse.py`.
"""

from __future__ import annotations

from calendar import month_name
from typing import TYPE_CHECKING

from kg.dates import WEEKDAYS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BEFORE = frozenset({"on", "in", "by", "since", "until", "from", "at", "of"})
_MONTHS = frozenset(form for name in month_name[1:] for form in (name.lower(), name[:3].lower(), name[:4].lower()))
_PARTS_OF_DAY = frozenset({"morning", "afternoon", "evening", "night"})
_BESIDE_DAYS = frozenset({"early", "late", "mid", "mid-", "the", "eve"})
_NAME = frozenset({"PROPN", "NOUN", "ADJ", "PART", "DET"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "MD"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_LONGEST = 12  # words of a name with its office


def part_days_and_names(doc: Doc) -> None:
    """In each sentence, make the name behind a day that opens it the subject of its verb."""
    for token in doc:
        if token.is_sent_start:
            _part(token)


def _part(first: Token) -> None:
    """Hang the day that opens a sentence on its preposition, and the name behind it on the verb as its subject."""
    name = _behind_day(first)
    if name is None:
        return
    verb = _verb_behind(name)
    if verb is None:
        return
    main = verb.head if verb.dep_ in {"aux", "auxpass"} and verb.head.i > verb.i else verb
    subject = next((c for c in main.children if c.dep_ in _SUBJECTS and c.i < verb.i), None)
    if subject is not None and subject.left_edge.i >= name.i:
        return
    last = _last_of_name(verb)
    _hang(main, first, last)
    if main.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass"} for c in main.children):
        main.tag_ = "VBD"
    _rehang(first, name, last, main)


def _behind_day(first: Token) -> Token | None:
    """The proper noun right behind the day that a sentence begins with."""
    if first.lower_ not in _BEFORE:
        return None
    told, doc = False, first.doc
    for token in doc[first.i + 1 : first.i + _LONGEST]:
        word = token.lower_.rstrip(".")
        ordinal = word[:-2].isdigit() and word[-2:] in {"st", "nd", "rd", "th"}
        dated = word in _MONTHS or word in WEEKDAYS or word in _PARTS_OF_DAY or ordinal
        told = told or dated
        place = token.pos_ == "PROPN" and token.nbor(-1).lower_ == "in" and token.i + 1 < len(doc)
        if dated or word.isdigit() or word in _BESIDE_DAYS or token.lower_ in _BEFORE:
            continue
        if place and not told and token.nbor().lower_ in _BEFORE:  # "In Geneva on 3 March"
            continue
        return token if told and token.pos_ == "PROPN" and token.nbor(-1).lower_ not in _BEFORE else None
    return None


def _verb_behind(name: Token) -> Token | None:
    """The first verb with a tense behind a name that nothing else parts from it."""
    for token in name.doc[name.i : name.i + _LONGEST]:
        if token.tag_ in _FINITE and token.pos_ in {"VERB", "AUX"}:
            return token if token.i > name.i else None
        if token.pos_ not in _NAME and token.pos_ != "ADV":
            return None
    return None


def _last_of_name(verb: Token) -> Token:
    """The last word of the name before a verb."""
    last = verb.nbor(-1)
    while last.pos_ == "ADV":
        last = last.nbor(-1)
    return last


def _hang(verb: Token, first: Token, last: Token) -> None:
    """Hang the verb, where it stands below the day or the name, on the clause above; else it heads the sentence."""
    chain, token = [], verb
    while token.head != token:
        token = token.head
        chain.append(token)
    inside = [n for n, t in enumerate(chain) if first.i <= t.i <= last.i]
    if not inside:
        return
    above = next(iter(chain[inside[-1] + 1 :]), verb)
    between = first.doc[last.i + 1 : above.i]
    joined = any(t.dep_ == "cc" and t.head.i <= last.i for t in between)
    if above == verb:
        verb.head, verb.dep_ = verb, "ROOT"
    elif joined and not any(c.dep_ in _SUBJECTS for c in above.children):  # "On 3 March Doe met Roe and flew on"
        verb.head, verb.dep_ = (verb if above.head == above else above.head), above.dep_
        above.head, above.dep_ = verb, "conj"
    else:
        verb.head, verb.dep_ = above, "ccomp"


def _rehang(first: Token, name: Token, last: Token, verb: Token) -> None:
    """Give the preposition its day, the verb its subject, and what hung on either of them to the verb."""
    first.head, first.dep_ = verb, "prep"
    for token in first.doc[name.i : last.i]:
        if token.head.i < name.i:
            token.head, token.dep_ = last, "compound"
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    last.head, last.dep_ = verb, "nsubjpass" if passive else "nsubj"
    prep = first
    for token in first.doc[first.i + 1 : name.i]:
        if token.head.i >= name.i:
            token.head, token.dep_ = prep, "pobj"
        prep = token if token.lower_ in _BEFORE else prep
    for token in first.doc[last.i + 1 : first.sent.end]:
        if token != verb and token.head.i <= last.i:
            token.head = verb
            if token.dep_ in {"pobj", "appos", "conj"} and token.pos_ != "VERB":  # "hosted the talks"
                token.dep_ = "dobj"

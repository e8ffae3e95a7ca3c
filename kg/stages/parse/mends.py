"""Slips of the tagger and the parser that a tree or a word gives away, corrected before anything reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.parse.finite import day_of_saying, last_of_two, main_verb, name_before, reports
from kg.stages.parse.fronted import part_days_and_names
from kg.stages.parse.names import PARTS, deed, deeds, join_last, part_name

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LIKE_ITS_PAST = frozenset({"put", "set", "cut", "hit", "let", "shut", "quit", "spread", "split", "cast",
                            "wound", "found"})  # "wound up", which the tagger takes for the present
_TOWARDS = frozenset({"to", "for", "into", "in", "with", "at", "on"})
_HELPED = frozenset({"aux", "auxpass", "mark"})  # what a verb has below it that is no bare participle
_PAST = frozenset({"VBD", "VBN"})
_OF_NAME = frozenset({"amod", "compound", "nmod", "acl"})
_CLAUSES = frozenset({"ROOT", "ccomp", "conj", "advcl", "relcl"})


def mend(doc: Doc) -> None:
    """Correct slips of the tagger that a tree or a word gives away.

    A noun with a subject is a verb ("The ministers of defence meet"), a verb whose past is like its present tells of
    the past in news ("Doe and Roe put their names to it"), there is no verb in "came face to face", and what has an
    object is no adjective ("met Doe and phoned Roe"). A day is no part of the name behind it ("On Friday Doe met Roe").
    """
    part_days_and_names(doc)
    for token in doc:
        tag, dep, word = token.tag_, token.dep_, token.lower_
        if dep in PARTS:
            part_name(token)
        elif dep == "conj":
            join_last(token)
        if word in _WORDS:
            _WORDS[word](token)
        if tag == "NNS":
            _verb_of_name(token)
            _verb_of_title(token)
            reports(token)
        elif tag in _PAST:
            _reduced(token)
            _aside(token)
            main_verb(token)
        elif tag == "JJ" and dep == "conj" and word.endswith("ed"):
            told = any(c.dep_ == "dobj" for c in token.children)
            token.pos_, token.tag_ = ("VERB", "VBD") if told else (token.pos_, token.tag_)
        elif tag == "VB" and dep == "ccomp":
            _noun_with_article(token)
        elif tag in {"VBP", "VB"} and word in _LIKE_ITS_PAST:
            below = {c.dep_ for c in token.children}
            token.tag_ = "VBD" if "nsubj" in below and "aux" not in below else token.tag_
        if word == "face" and token.pos_ == "VERB" and token.i > 1 and token.nbor(-2).lower_ == "face":
            token.pos_, token.tag_ = "NOUN", "NN"
        if dep in _CLAUSES:
            _verb_with_subject(token)
            _verb_within_name(token)


def _round_by_number(word: Token) -> None:
    """Make a noun of "round" in "Round two of the talks", "sat for round 3 in Bern"; what hung on its number is its."""
    number = word.nbor() if word.i + 1 < len(word.doc) else word
    if not number.like_num:
        return
    if word.head == number:
        word.head, word.dep_ = (number.head, number.dep_) if number.head != number else (word, "ROOT")
    elif number.head != word:
        return
    number.head, number.dep_ = word, "nummod"
    for child in [c for c in number.children if c != word]:
        child.head = word
    told = next((c for c in word.children if c.dep_ == "advcl" and c.tag_ in _PAST and c.i > number.i), None)
    if word.dep_ == "ROOT" and told is not None and not any(c.dep_ == "nsubj" for c in told.children):
        told.head, told.dep_ = told, "ROOT"  # "Round two of the talks opened"
        word.head, word.dep_ = told, "nsubj"
    word.pos_, word.tag_ = "NOUN", "NN"


def _noun_with_article(word: Token) -> None:
    """Make a noun of "deal" in "signed a minerals deal on May 3"."""
    if any(c.dep_ == "det" for c in word.children):
        word.pos_, word.tag_, word.dep_ = "NOUN", "NN", "dobj"


def _verb_with_subject(noun: Token) -> None:
    """Make a verb of "meet" in "The ministers of defence meet", and of "rang" in "Doe rang Roe", taken for a name."""
    if noun.dep_ == "ROOT" and noun.pos_ == "PROPN" and noun.is_lower:
        if any(c.dep_ == "nsubj" and c.i < noun.i for c in noun.children):
            noun.pos_, noun.tag_ = "VERB", "VBD"
        return
    if noun.pos_ != "NOUN":
        return
    subject = any(c.dep_ == "nsubj" and c.i < noun.i for c in noun.children)
    if subject and noun.dep_ in _CLAUSES and not any(c.dep_ in {"det", "amod", "cop"} for c in noun.children):
        noun.pos_, noun.tag_ = "VERB", "VBP" if noun.tag_ == "NN" else "VBZ"


def _verb_within_name(root: Token) -> None:
    """Make a verb of "phoned" in "Doe phoned Chinese President Roe", all of which the parse takes for one name.

    Or of which it takes the first word for the verb, as "Trump".
    """
    first = root.left_edge
    if root.dep_ != "ROOT" or not first.text[0].isupper() or first.tag_ == "DT":
        return
    end = min(first.i + 4, root.i if root != first else first.i + 2, len(root.doc) - 1)
    behind = root.doc[first.i + 1 : end]
    verb = next((t for t in behind if t.tag_ in _PAST or (t.tag_ == "JJ" and deed(t.lower_))), None)
    if verb is None or verb.dep_ not in _OF_NAME or not verb.nbor().text[0].isupper():
        return
    names = root.doc[first.i : verb.i]
    if root.tag_ in _PAST or not all(t.text[0].isupper() and t.is_alpha for t in names):
        return
    verb.lemma_, verb.pos_, verb.tag_ = deed(verb.lower_) or verb.lemma_, "VERB", "VBD"
    verb.head, verb.dep_ = verb, "ROOT"
    if root == first:
        for child in [c for c in root.children if c.i > verb.i]:
            child.head = verb
    else:
        root.head, root.dep_ = verb, "dobj"
    for child in [c for c in root.children if c.i > root.i and c.dep_ in {"prep", "punct", "npadvmod"}]:
        child.head = verb
    for name in names:
        if not first.i <= name.head.i < verb.i or name == names[-1]:
            name.head, name.dep_ = (verb, "nsubj") if name == names[-1] else (names[-1], "compound")
    names[-1].pos_ = "PROPN"


def _verb_of_name(noun: Token) -> None:
    """Make a verb of "flies" in "On Monday Doe flies to Rome": no noun has a name before it and a time before that."""
    name = noun.nbor(-1) if noun.i > 1 and noun.dep_ == "ROOT" and noun.tag_ == "NNS" else noun
    when = any(c.dep_ in {"prep", "advmod", "npadvmod"} and c.i < name.i for c in noun.children)
    behind = any(c.dep_ in {"prep", "appos", "dobj", "npadvmod"} and c.i > noun.i for c in noun.children)
    when = when or (name.ent_type_ == "PERSON" and behind)
    if name != noun and name.dep_ == "compound" and name.pos_ == "PROPN" and when and noun.lemma_ in deeds():
        noun.pos_, noun.tag_, name.dep_ = "VERB", "VBZ", "nsubj"
        for child in noun.children:
            if child.dep_ in {"npadvmod", "appos"} and child.i > noun.i and child.ent_type_ == "PERSON":
                child.dep_ = "dobj"  # "Doe telephones Chilean President Roe"


def _verb_of_title(noun: Token) -> None:
    """Make a verb of "heads" in "Trade minister Han Min-ji heads to Rome", which the parse puts beside the title."""
    title = noun.head
    if noun.tag_ != "NNS" or noun.dep_ != "appos" or title.dep_ != "ROOT" or title.pos_ not in {"NOUN", "PROPN"}:
        return
    whole = noun.nbor(-1).subtree if noun.nbor(-1).head == noun and title.i < noun.i else ()
    named = any(t.ent_type_ == "PERSON" for t in whole)
    if not named or noun.i + 1 >= len(noun.doc) or noun.nbor().lower_ not in _TOWARDS or noun.lemma_ not in deeds():
        return
    for child in [c for c in title.children if c.i > noun.i]:
        child.head = noun
    noun.pos_, noun.tag_, noun.dep_, noun.head = "VERB", "VBZ", "ROOT", noun
    name = noun.nbor(-1)
    title.head, title.dep_ = name, "compound"
    name.head, name.dep_, name.pos_ = noun, "nsubj", "PROPN"
    for part in [c for c in noun.children if c.i < name.i]:
        part.head = name


def _aside(participle: Token) -> None:
    """Give the subject of "The trip, set for May, was scrapped" to its verb where the parse gives it to the aside."""
    below = {c.dep_: c for c in participle.children}
    subject, verb = below.get("nsubj") or below.get("nsubjpass"), participle.head
    if participle.dep_ == "ROOT" and "conj" in below and "cc" not in below:
        verb = below["conj"]
    bare = participle.tag_ == "VBN" and participle.dep_ in {"advcl", "ROOT"} and not below.keys() & _HELPED
    if not bare or subject is None or not subject.i < participle.i < verb.i:
        return
    how = below.get("advmod")  # ", first set for May,"
    first = how if how is not None and how.i == participle.i - 1 else participle
    if first.nbor(-1).text != ",":
        return
    theirs = {c.dep_ for c in verb.children}
    if theirs & {"nsubj", "nsubjpass", "expl"} or verb.pos_ not in {"VERB", "AUX"}:
        return
    if participle.dep_ == "ROOT":
        verb.head, verb.dep_ = verb, "ROOT"
    subject.head, subject.dep_ = verb, "nsubjpass" if "auxpass" in theirs else "nsubj"
    participle.head, participle.dep_ = subject, "acl"


def _reduced(participle: Token) -> None:
    """Give the subject of "A meeting set for Sunday was put off" to its verb where the parse gives it to "set"."""
    verb = participle.head
    below = {c.dep_: c for c in participle.children}
    subject = below.get("nsubj")
    bare = participle.tag_ in _PAST and not below.keys() & _HELPED
    bare = bare and participle.dep_ in {"csubj", "csubjpass"} and "dobj" not in below  # not "What Doe proposed was"
    if bare and subject is not None and subject.i < participle.i < verb.i:
        passive = any(c.dep_ == "auxpass" for c in verb.children)
        subject.head, subject.dep_ = verb, "nsubjpass" if passive else "nsubj"
        participle.head, participle.dep_, participle.tag_ = subject, "acl", "VBN"


def _prefix(co: Token) -> None:
    """Hang "co" of "co-chaired" on the verb, and the name before it, of which the parse makes a part, where it hung."""
    if co.lower_ != "co" or co.i + 2 >= len(co.doc) or co.nbor().text != "-" or not co.nbor(2).tag_.startswith("VB"):
        return
    name, verb = (co.nbor(-1) if co.i > co.sent.start else co), co.nbor(2)
    part = name.head == co and name.dep_ == "compound" and co.head != co
    if part:
        name.head, name.dep_ = co.head, co.dep_
    elif co.is_ancestor(verb):
        verb.dep_, verb.head = co.dep_, (co.head if co.head != co else verb)
    for child in list(co.children):
        child.head = name if part and child.i < name.i else verb
    above = next((t for t in verb.ancestors if t.pos_ == "VERB"), verb)
    if verb.dep_ == "acl" and above.lemma_ == verb.lemma_ and co.nbor(-1).lower_ == "and":
        verb.head, verb.dep_ = above, "conj"  # "was chaired by Doe and co-chaired by Roe"
    elif verb.tag_ == "VBN" and co.nbor(-1).pos_ == "NOUN" and not any(c.dep_ in _HELPED for c in verb.children):
        verb.head, verb.dep_ = co.nbor(-1), "acl"  # "the summit co-chaired by Doe"
    co.head, co.dep_, co.pos_, co.tag_ = verb, "advmod", "ADV", "RB"
    co.nbor().head, co.nbor().dep_, co.nbor().pos_ = verb, "punct", "PUNCT"


def _one_on_one(one: Token) -> None:
    """Make the object of "had a one-on-one with Doe last week" of what the parse hangs on a noun far behind it."""
    word = one.doc[one.i : one.i + 5].text.lower()
    verb = next((t for t in reversed(one.doc[one.sent.start : one.i]) if t.pos_ == "VERB"), None)
    if word != "one-on-one" or verb is None or one.head.i < one.i + 5 or any(c.dep_ == "dobj" for c in verb.children):
        return
    one.head, one.dep_, one.pos_, one.tag_ = verb, "dobj", "NOUN", "NN"


def _last(word: Token) -> None:
    name_before(word)
    last_of_two(word)


_WORDS = {"co": _prefix, "one": _one_on_one, "last": _last, "on": day_of_saying, "round": _round_by_number}

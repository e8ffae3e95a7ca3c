"""Main verbs that the parse takes for a participle or a noun: "Peru's prime minister, Jan Doe, called on the council".

It then gives the sentence no verb at all, and its first noun stands at the top: `tests/test_parse.py` has such
sentences, and those without a verb that stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
_HELPED = _SUBJECTS | {"aux", "auxpass", "mark", "agent"}
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON"})
_OBJECTIVE = frozenset({"want", "see", "get", "have", "keep", "leave", "find", "need", "like", "call", "consider"})
_REPORTS = frozenset({"report", "claim", "note", "state", "write"})
# past forms that are no participle of something done to what they stand behind: "A meeting followed in Rome"
_OF_ITS_OWN = frozenset({
    "follow", "leave", "confer", "negotiate", "part", "protest", "arrive", "return", "end", "meet", "speak", "talk",
    "travel", "fly", "head", "land", "continue", "resume", "fail", "collapse", "stall", "convene", "gather", "agree",
    "insist", "call", "conclude", "visit", "respond", "reply", "react", "sign", "begin", "open"
})  # fmt: skip


def main_verb(verb: Token) -> None:
    """Make the main verb of a past form that hangs on the noun at the top of its sentence as a participle."""
    below = {c.dep_ for c in verb.children}
    if verb.tag_ == "VBN" and "nsubj" in below and not below & {"aux", "auxpass", "neg"}:
        if verb.dep_ in {"ROOT", "relcl"} or (verb.dep_ == "ccomp" and verb.head.lemma_ not in _OBJECTIVE):
            verb.tag_ = "VBD"  # "Trump announced", "the deal that they reached"
        return
    alone = verb.dep_ == "relcl" and verb.tag_ == "VBD" and _unopened(verb)
    if below & (_SUBJECTS if alone else _HELPED) or not (alone or verb.dep_ == "acl"):
        return
    top = verb.sent.root
    if top.pos_ not in _NOMINAL or top.i > verb.i or verb.sent[-1].text != ".":
        return
    if verb.tag_ == "VBN" and not (below & {"dobj", "prt"} or verb.lemma_ in _OF_ITS_OWN):
        return
    commas = sum(t.text == "," for t in verb.doc[top.i : verb.i])
    if verb.nbor(-1).text == "," and commas == 1:
        return  # "The sixth round, planned for August."
    for child in [c for c in top.children if c.i > verb.i or (c.i == verb.i - 1 and c.dep_ == "punct")]:
        child.head = verb
    if verb.head != top:
        for child in [c for c in verb.head.children if c.i > verb.i]:
            child.head = verb
    verb.head, verb.dep_ = verb, "ROOT"
    verb.tag_ = verb.tag_ if "auxpass" in below else "VBD"
    top.head, top.dep_ = verb, "nsubjpass" if "auxpass" in below else "nsubj"


def _unopened(verb: Token) -> bool:
    """As in "Jan Doe, minister of trade, on Friday received Roe": no word opens a clause about the name."""
    name = verb.head
    between = verb.doc[name.i + 1 : verb.i]
    return name.dep_ == "ROOT" and not any(t.tag_.startswith("W") or t.lower_ == "that" for t in between)


def last_of_two(word: Token) -> None:
    """Of "The two last talked by phone on May 2" it is the two who talked."""
    two = next((c for c in word.children if c.dep_ == "nummod" and c.lower_ in {"two", "three", "pair"}), None)
    if two is None or word.dep_ != "advmod" or word.head.pos_ != "VERB" or two.i != word.i - 1:
        return
    two.head, two.dep_ = word.head, "nsubj"
    for article in [c for c in word.children if c.dep_ == "det" and c.i < two.i]:
        article.head = two
    word.pos_, word.tag_ = "ADV", "RB"


def name_before(adverb: Token) -> None:
    """Make a subject of the name that the parse hangs on "last" in "Doe last visited Rome in May"."""
    name = adverb.nbor(-1) if adverb.i > adverb.sent.start else adverb
    if name.head == adverb and name.dep_ == "compound" and adverb.head.pos_ == "VERB":
        name.head, name.dep_ = adverb.head, "nsubj"


def day_of_saying(on: Token) -> None:
    """Hang the day of "said on Friday her government would hold talks" on the verb of saying before it."""
    said = on.nbor(-1) if on.i > on.sent.start else on
    told = on.head if on.head.i > on.i and on.head.dep_ == "ccomp" else on
    if said.tag_ == "VBD" and on.dep_ == "prep" and told != on and told.head == said:
        on.head = said


def reports(noun: Token) -> None:
    """Make a verb of "reports" in "IRNA reports that a round took place", "..., the press service reports."."""
    clause = next((c for c in noun.children if c.dep_ in {"ccomp", "acl"}), None)
    who = noun.nbor(-1) if noun.i > noun.sent.start else noun
    if noun.dep_ != "ROOT" or noun.lemma_ not in _REPORTS or clause is None or who.head != noun:
        return
    if who.dep_ not in {"compound", "nmod"} or not any(c.dep_ in {"nsubj", "nsubjpass"} for c in clause.children):
        return
    noun.pos_, noun.tag_, clause.dep_ = "VERB", "VBZ", "ccomp"
    who.dep_ = "nsubj"
    for child in [c for c in noun.children if c.i < who.i and c.dep_ in {"det", "poss", "amod", "compound", "nmod"}]:
        child.head = who

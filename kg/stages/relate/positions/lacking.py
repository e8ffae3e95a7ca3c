"""Stances told by what is not there: "nothing suggests that", "in no hurry to", "there is no way Doe will"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.positions.objects import COMPLEMENTS, clause_end
from kg.stages.relate.positions.refusals import no_such
from kg.stages.relate.positions.words import Row, Stance, negated, pick

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Token

_NONE = frozenset({"no", "little", "few", "scant"})
_SHOWN = frozenset({"show", "signal", "display", "express", "give", "indicate"})
_TRIED = frozenset({"move", "effort", "attempt"})
_MADE = frozenset({"make"})
_VAIN = frozenset({"point", "sense", "merit", "use", "need"})
_TRAVEL = frozenset({"travel", "come", "go", "fly", "meet", "visit", "talk"})
_HINTING = frozenset({"sign", "indication", "hint", "evidence", "signal"})
_WILL = frozenset({"will", "would", "'ll", "’ll", "can", "could"})
_AHEAD = frozenset({"will", "would", "can", "could", "wo", "shall"})
_AIMS = frozenset({"intention", "plan", "appetite", "interest"})
_WHOSE = frozenset({"have", "see", "show", "express"})


def unshown(text: Text, noun: Token, row: Row) -> Stance | None:
    """What somebody has yet to show: "has yet to show any willingness to compromise", "showed no willingness"."""
    verb, children = noun.head, {c.lower_ for c in noun.children}
    yet = any(c.lower_ == "yet" for t in (verb, verb.head) for c in t.children) and verb.tag_ == "VB"
    lacking = bool(children & _NONE) or yet or negated(verb)
    after = [c for c in noun.children if c.i > noun.i and c.dep_ in {"acl", "prep", "relcl"}]
    after = after or [c for c in verb.children if c.i > noun.i and c.dep_ == "xcomp"]  # "so far to accept it"
    subjects, shown = tuple(text.subjects(verb)), verb.lemma_ in (_MADE if noun.lemma_ in _TRIED else _SHOWN)
    if noun.dep_ != "dobj" or not shown or not lacking or not after or not subjects:
        return None
    return Stance(noun, row.stance, subjects, (after[0].left_edge.i, max(c.right_edge.i for c in after) + 1))


def nothing(text: Text, verb: Token, row: Row) -> Stance | None:
    """No sign in other words: "nothing suggests that Doe will free them", "little points to Doe yielding"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    if subject is None or subject.lower_ not in {"nothing", "little"} or clause is None:
        return None
    own = tuple(text.subjects(clause))
    return Stance(verb, row.stance, own, (clause.i, clause_end(clause))) if own else None


def unhurried(text: Text, noun: Token, row: Row) -> Stance | None:
    """Who is in no hurry, in no mood to do it: "is in no rush to sign", "was in no mood for a compromise"."""
    verb = noun.head.head
    held = noun.head.lower_ == "in" and verb.lemma_ == "be" and any(c.lower_ == "no" for c in noun.children)
    after = [c for t in (noun, noun.head, verb) for c in t.children
             if c.i > noun.i and (c.dep_ in {"acl", "xcomp", "relcl", "advcl"} or c.lower_ == "for")]  # fmt: skip
    subjects = tuple(text.subjects(verb)) if held else ()
    if not subjects or not after:
        return None
    return Stance(noun, row.stance, subjects, (after[0].left_edge.i, clause_end(after[0])))


def no_way(text: Text, noun: Token, row: Row) -> Stance | None:
    """What will not be done by any means: "there is no way we will hand over the port", "no chance of a quota"."""
    verb = noun.head
    there = any(c.dep_ == "expl" for c in verb.children) and any(c.lower_ == "no" for c in noun.children)
    below = next((c for t in (noun, verb) for c in t.children if c.i > noun.i
                  and c.dep_ in {"relcl", "acl", "ccomp"} and c.pos_ in {"VERB", "AUX"}), None)  # fmt: skip
    if not there or below is None or not any(c.lower_ in _WILL for c in below.children):
        return None
    if not any(c.i > below.i and c.dep_ in COMPLEMENTS for c in below.children):
        return None
    subjects = tuple(text.subjects(below))
    return Stance(noun, row.stance, subjects, (below.i, clause_end(below))) if subjects else None


def none(text: Text, noun: Token, row: Row) -> Stance | None:
    """What somebody lacks: "has no intention of lowering", "sees no reason to"; or has: "has room to go further"."""
    lacking = any(c.lower_ in {"no", "little"} for c in noun.children) or negated(noun.head)
    stance = pick(row, negative=not lacking)
    expletive = any(c.dep_ == "expl" for c in noun.head.children)
    if noun.lemma_ in _VAIN and expletive and lacking:  # "there is no point in signing", says who speaks
        to = "for" if noun.lemma_ == "need" else "in"
        vain = next((c for t in (noun, noun.head) for c in t.children if c.lower_ == to and c.i > noun.i), None)
        if vain is None or any(c.lemma_ in _TRAVEL for c in vain.children):
            return None  # "there was no point in travelling to Oslo": no stance in the talks
        return Stance(noun, row.stance, (), (vain.i + 1, vain.right_edge.i + 1))
    there = noun.lemma_ in _AIMS and expletive  # "there is no intention of"
    if stance is None or not (there or (noun.dep_ == "dobj" and noun.head.lemma_ in _WHOSE)):
        return None
    subjects = tuple(text.subjects(noun.head))
    inside = {"acl", "prep", "relcl", "xcomp"}
    after = [c for t in (noun, noun.head) for c in t.children if c.i > noun.i and c.dep_ in inside]
    if there:  # "there is little appetite in Berlin for a pause"
        near = (t for h in (noun, noun.head) for t in text.prepositions(h, "in", "among", "from"))
        subjects = tuple(t for t in near if text.who(t) is not None or text.state_of_place(t) is not None)
        after = [c for c in after if not any(p in subjects for p in c.children)]
    if not (subjects or there) or not after or after[0].left_edge.lower_ == "why":
        return None
    if there and noun.lemma_ == "plan" and after[0].left_edge.lower_ != "to":
        return None  # "there are no plans for a visit"
    about = (after[0].left_edge.i, max(c.right_edge.i for c in after) + 1)
    return Stance(noun, stance, subjects, about)


def there(_: Text, noun: Token, row: Row) -> Stance | None:
    """What a speaker says there will not be: "there will be no concession on dairy", "there can be no question of"."""
    verb = noun.head
    no = no_such(noun) or negated(verb)
    expletive = any(c.dep_ == "expl" and c.lower_ == "there" for c in verb.children)
    ahead = any(c.lower_ in _AHEAD for c in verb.children) or verb.tag_ in {"VBZ", "VBP"}
    if verb.lemma_ != "be" or not (no and expletive) or not (ahead or noun.lemma_ == "question"):
        return None
    of = next((c for c in noun.children if c.lower_ == "of"), None)
    if noun.lemma_ == "question":
        return Stance(noun, row.stance, (), (of.i + 1, of.right_edge.i + 1)) if of is not None else None
    if not any(c.i > verb.i and c.dep_ in COMPLEMENTS for c in verb.children):
        return None
    return Stance(noun, row.stance, (), (noun.i, noun.right_edge.i + 1))


def sign(text: Text, noun: Token, row: Row) -> Stance | None:
    """No sign: "has shown no signs of lowering the tariffs", "there is no sign that Doe will", "of Doe doing it"."""
    none = any(c.lower_ in {"no", "few", "little"} for c in noun.children)
    none = none or (noun.dep_ == "dobj" and negated(noun.head))
    subjects = tuple(text.subjects(noun.head)) if noun.dep_ == "dobj" else ()
    inside = {"prep", "acl", "ccomp", "relcl"}
    after = [c for c in noun.children if c.i > noun.i and c.dep_ in inside and c.lower_ != "from"]
    if none and not subjects and any(c.dep_ == "expl" for c in noun.head.children):
        return _none_there(text, noun, row, after or [c for c in noun.head.children if c.dep_ == "ccomp"])
    if not none or not subjects or not after:
        return None
    return Stance(noun, row.stance, subjects, (after[0].left_edge.i + 1, noun.right_edge.i + 1))


def _none_there(text: Text, noun: Token, row: Row, after: list[Token]) -> Stance | None:
    """Reads "there was no sign that Doe would lift the tariffs": Doe shows none."""
    clause = next((p for c in after for p in (c, *c.children) if p.pos_ in {"VERB", "AUX"}), None)
    of = next((c for c in after if c.lower_ == "of"), None)
    if clause is None and of is not None:  # "there is no sign of a compromise on rice", says who speaks
        sent_by = tuple(t for p in of.children for t in text.prepositions(p, "from"))  # "of movement from Roeland"
        held = tuple(t for t in sent_by if text.who(t) is not None or text.state_of_place(t) is not None)
        return Stance(noun, row.stance, held, (of.i + 1, max(t.right_edge.i for t in (noun, noun.head)) + 1))
    if clause is None:
        return None
    own = [c for c in clause.children if c.dep_ in {"nsubj", "poss"}]
    senders = tuple(text.prepositions(noun, "from", "in"))
    holders = senders or tuple(own)
    first = clause.left_edge.i if senders else max([clause.left_edge.i, *(c.right_edge.i + 1 for c in own)])
    return Stance(noun, row.stance, holders, (first, clause.right_edge.i + 1)) if holders else None


def unseen(clause: Token) -> bool:
    """Whether a clause tells what there is no sign of: "no signs that Doe is willing to"."""
    sign = clause.head
    hinting = clause.dep_ in {"acl", "relcl", "ccomp"} and sign.lemma_ in _HINTING
    return hinting and any(c.lower_ in _NONE for c in sign.children)

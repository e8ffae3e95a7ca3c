"""What one says one will not do: "would not accept", "is not going to sign", "refused to rule out"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.positions.objects import COMPLEMENTS, clause_end
from kg.stages.relate.positions.words import Row, Stance, negated

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Token

_SWORN = frozenset({"vow", "swear", "decide", "choose", "resolve"})  # "vowed not to give in"
_SELF = frozenset({"it", "they", "he", "she", "we", "i"})
FORCED = frozenset({"bully", "force", "pressure", "rush", "coerce", "intimidate", "push", "blackmail"})
_ASSURED = frozenset({"guarantee", "assure", "assurance", "demand", "insist", "ensure", "hope", "ask", "promise",
                      "pledge", "want"})  # fmt: skip
_WILL = frozenset({"will", "would", "wo", "'ll", "’ll", "can", "ca", "shall"})
_WORDS = frozenset({"answer", "comment", "commentary", "date", "detail", "figure", "interview", "name", "reason",
                    "timetable"})  # fmt: skip
_BOWS = frozenset({"accept", "tolerate", "recognise", "recognize"})  # "does not accept": a refusal too
_DECIDED = frozenset({"will", "would", "wo", "'ll", "’ll", "shall"})
_ALONE = frozenset({"retaliate", "compromise", "surrender", "yield", "budge", "capitulate", "bow", "cave", "bend",
                    "withdraw", "retreat", "relent", "disarm"})  # fmt: skip
_SAYING = frozenset({"say", "tell", "insist", "warn", "add", "state", "stress", "announce", "declare", "reply",
                     "repeat"})  # fmt: skip
# "could not accept": not "could not open"
_BEAR = frozenset({"accept", "allow", "tolerate", "permit", "agree", "support", "endorse"})


def will(text: Text, verb: Token, row: Row) -> Stance | None:
    """A refusal: "will not accept", "would never give up", "cannot agree to"."""
    children = list(verb.children)
    aux = {c.lower_ for c in children if c.dep_ == "aux"}
    circumstances = _in_no_case(verb)
    going = _not_going(verb)
    sworn = verb.dep_ == "xcomp" and verb.head.lemma_ in _SWORN and any(c.dep_ == "neg" for c in children)
    could = "could" in aux and (verb.lemma_ in _BEAR or (bool(row.form) and _told(verb)))
    ahead = sworn or bool(aux & _WILL) or could or _bows(verb, aux)
    if not row.form and not going and not sworn and not aux & _DECIDED:
        return None  # "cannot choose the weather": no will
    to = any(c.dep_ == "xcomp" or c.lower_ == "to" for c in children)
    if verb.lemma_ == "agree" and aux & {"could", "can"} and not to:
        return None  # "the two could not agree on it": what happened
    refused = going or ((negated(verb) or circumstances or none_of(verb)) and ahead)
    if verb.tag_[:2] != "VB" or not refused:
        return None
    passive = [c for c in children if c.dep_ == "nsubjpass"]
    if going and not passive and any(c.dep_ == "auxpass" for c in children):  # "rice is not going to be negotiated"
        passive = [c for c in verb.head.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if passive and verb.lemma_ in FORCED:  # "will not be bullied into a deal"
        return Stance(verb, row.stance, tuple(passive), (verb.i, clause_end(verb)))
    if passive and verb.dep_ == "relcl":
        return None  # "a quota which cannot be extended": what is known of it
    if passive:  # "the ban will not be lifted", says who speaks
        agents = [p for c in children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
        return Stance(verb, row.stance, tuple(agents), (passive[0].left_edge.i, clause_end(verb))) if row.form else None
    if any(c.dep_ == "dobj" and c.lemma_ in _WORDS for c in children):
        return None  # "would not give a date": only keeps silent
    never = circumstances or _never(verb)
    subjects = tuple(text.subjects(verb))
    if verb.dep_ in {"acl", "ccomp"} and verb.head.lemma_.lower() in _ASSURED and not own_will(verb):
        return None  # "demands guarantees that Doeland will not leave": no stance of Doeland
    if (what := _what_is(verb)) is not None and subjects:
        return Stance(verb, row.stance, subjects, what)
    alone = not any(c.i > verb.i and c.dep_ in COMPLEMENTS for c in children)
    shared = _shared(verb) if alone else None
    if alone and shared is None and verb.lemma_ not in _ALONE:
        return None
    about = shared or (verb.i, clause_end(verb))
    return Stance(verb, "RulesOut" if never else row.stance, subjects, about) if subjects else None


def _told(verb: Token) -> bool:
    """Whether somebody says it of himself: "said that it could not lower its tariff"; "could" alone may be the past."""
    own = any(c.dep_ == "nsubj" and c.lower_ in _SELF for c in verb.children)
    return verb.dep_ == "ccomp" and verb.head.lemma_ in _SAYING and own


def _what_is(verb: Token) -> tuple[int, int] | None:
    """The words that tell "what Doeland cannot accept": "is a quota on rice"."""
    be = verb.head
    if verb.dep_ != "csubj" or be.lemma_ != "be" or not any(c.lower_ == "what" for c in verb.children):
        return None
    return be.i + 1, be.right_edge.i + 1


def _shared(verb: Token) -> tuple[int, int] | None:
    """The object that a verb has in common with the one before: "has not discussed, and would not accept, the idea"."""
    if verb.dep_ != "conj" or verb.i + 2 >= verb.sent.end or verb.nbor().text != ",":
        return None
    nouns = [t for t in verb.doc[verb.i + 2 : verb.sent.end] if t.left_edge.i == verb.i + 2 and t.pos_ == "NOUN"]
    return (verb.i + 2, nouns[-1].right_edge.i + 1) if nouns else None


def _bows(verb: Token, aux: set[str]) -> bool:
    """As in "does not accept the ban"; "I don't accept that" only contradicts."""
    named = any(c.dep_ == "dobj" and (c.pos_ in {"NOUN", "PROPN"} or c.lower_ == "what") for c in verb.children)
    return verb.lemma_ in _BOWS and named and bool(aux & {"do", "does", "did"})


def own_will(verb: Token) -> bool:
    """What one insists that one will not do oneself: "insists that it will not touch the tax"."""
    own = any(c.dep_ == "nsubj" and c.lower_ in _SELF for c in verb.children)
    return own and verb.head.lemma_ == "insist" and negated(verb) and any(c.lower_ in _WILL for c in verb.children)


def refused(verb: Token) -> bool:
    """Whether a verb tells what one will not do, whatever the verb is."""
    negative = any(c.dep_ == "neg" for c in verb.children)
    return negative or _never(verb) or none_of(verb) or _not_going(verb) or _in_no_case(verb)


def _not_going(verb: Token) -> bool:
    """As in "is not going to accept", "is not about to open"."""
    head = verb.head
    if verb.dep_ != "xcomp" or head.lower_ not in {"going", "about"}:
        return False
    return negated(head) or (head.lower_ == "about" and negated(head.head))


def never(verb: Token) -> bool:
    """Whether one says it will never be done to anything: "would never hold them at gunpoint"."""
    object_ = any(c.dep_ == "dobj" for c in verb.children)
    return object_ and (_never(verb) or _in_no_case(verb))


def _never(verb: Token) -> bool:
    """As in "will never sign", "It will never, Doe said, sign"."""
    return any(t.lower_ == "never" for c in verb.children for t in (c, *(c.children if c.dep_ == "aux" else ())))


def _in_no_case(verb: Token) -> bool:
    """As in "will under no circumstances accept", "on no account will Doe sign"."""
    cases = (c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"under", "on", "in"})
    return any(p.lemma_ in {"circumstance", "account", "case"} and any(g.lower_ == "no" for g in p.children)
               for c in cases for p in c.children)  # fmt: skip


def none_of(verb: Token) -> bool:
    """Whether a verb is refused by its object: "would sign no deal"."""
    return any(c.dep_ == "dobj" and no_such(c) for c in verb.children)


def no_such(noun: Token) -> bool:
    """As in "no deal", "no more hostages"."""
    return any(c.lower_ == "no" or (c.lower_ == "more" and c.i < noun.i and any(g.lower_ == "no" for g in c.children))
               for c in noun.children)  # fmt: skip


def not_to(verb: Token) -> bool:
    """Whether one refuses to take a stance: "refused to rule out a quota"."""
    return verb.dep_ == "xcomp" and verb.head.lemma_ in {"refuse", "decline"} and verb.lemma_ in {"rule", "exclude"}

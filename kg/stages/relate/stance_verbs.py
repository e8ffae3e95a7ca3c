"""Stances told by verbs, adjectives and prepositions: "demands that", "would not accept", "is ready to"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.stance_words import MAYBE, Row, Stance, negated, pick

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.stages.relate.text import Text

COMPLEMENTS = frozenset({"dobj", "xcomp", "ccomp", "prep", "attr", "acomp", "dative", "oprd", "pobj", "pcomp", "advcl",
                         "prt"})  # fmt: skip
SILENT = frozenset({"comment", "say", "elaborate", "name", "speculate", "disclose", "reveal", "identify", "answer",
                    "give", "specify", "listen"})  # "declined to comment" is no position
_GOING_ON = frozenset({"continue", "go", "begin", "start", "plan", "intend", "vow", "keep", "come"})
_TOWARD = frozenset({"to", "for", "against", "about", "on", "in", "of", "with"})
FORCED = frozenset({"bully", "force", "pressure", "rush", "coerce", "intimidate", "push", "blackmail"})
_ASSURED = frozenset({"guarantee", "assurance", "demand", "insist", "ensure", "hope", "ask", "promise", "pledge",
                      "want"})  # fmt: skip
_IDEAS = frozenset({"demand", "proposal", "offer", "idea", "plan", "request", "condition", "move"})
_WILL = frozenset({"will", "would", "wo", "'ll", "’ll", "can", "ca", "shall"})
_ADJECTIVES = frozenset({"JJ", "JJR", "VBN", "VBG"})


def governing(text: Text, verb: Token, row: Row) -> Stance | None:
    """A stance of the subject about what hangs on the verb: "demands that", "was rejected by"."""
    children = list(verb.children)
    if verb.tag_[:2] != "VB" or verb.dep_ in {"amod", "compound"} or not _stands(verb, children):
        return None
    lower = {c.lower_ for c in children}
    if row.second and (row.second not in lower or "forward" in lower):
        return None
    if row.second and row.second != "down" and any(c.dep_ == "oprd" for c in children):
        return None
    stance = pick(row, negative=negated(verb))
    agents = [p for c in children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
    subjects = agents or _subjects(text, verb)
    if verb.tag_ == "VBD" and any(t.lower_ in {"i", "we"} for t in subjects):
        return None  # "I wanted to show": a wish of the past
    about = _complement(verb, children, row.second)
    if verb.lemma_ == "appeal" and not any(c.dep_ in {"xcomp", "advcl"} or c.lower_ == "for" for c in children):
        return None  # "appealed to the court": for what is not said
    asked = any(c.dep_ in {"xcomp", "advcl"} for c in children)
    if row.second in {"on", "upon"} and verb.lemma_ == "call" and not asked:
        return None  # "called on Doe at the ministry": a visit
    if stance is None or about is None or not (subjects or verb.dep_ in {"advcl", "acl"}):
        return None
    if any(c.dep_ in {"xcomp", "ccomp"} and (c.lemma_ in SILENT or _asks(c)) for c in children):
        return None
    return Stance(verb, stance, tuple(subjects), about)


def _subjects(text: Text, verb: Token) -> list[Token]:
    """The subjects of a verb; of "against Doeland and Roeland, which refuse to" all that are named right before."""
    which = next((c for c in verb.children if c.dep_ == "nsubj" and c.lower_ == "which"), None)
    if which is None or verb.dep_ != "relcl" or verb.tag_ != "VBP" or text.doc[which.i - 1].text != ",":
        return text.subjects(verb)
    first = text.doc[which.i - 2]
    while first.dep_ in {"conj", "compound"} and first.head.i < which.i and first.head.i != first.i:
        first = first.head
    return list(text.conjuncts(first)) if text.who(first) is not None else text.subjects(verb)


def _asks(clause: Token) -> bool:
    """A question is no request: "asked whether", "asked what"."""
    return clause.left_edge.lower_ in {"whether", "if", "how", "what", "why", "when", "who", "where", "which"}


def _stands(verb: Token, children: list[Token]) -> bool:
    """Whether the verb tells a stance taken, not one that is supposed or only planned."""
    aux = {c.lower_ for c in children if c.dep_ == "aux"}
    if aux & MAYBE or any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in children):
        return False
    if "to" in aux:
        return verb.dep_ == "xcomp" and verb.head.lemma_ in _GOING_ON
    return not (verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"})


def _complement(verb: Token, children: list[Token], second: str) -> tuple[int, int] | None:
    passive = next((c for c in children if c.dep_ == "nsubjpass"), None)
    if passive is not None:
        agents = [c.i for c in children if c.dep_ == "agent"]
        if passive.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl":
            passive = verb.head
            return (passive.left_edge.i, min(passive.right_edge.i + 1, verb.i)) if agents else None
        goal = next((c for c in children if c.dep_ in {"xcomp", "ccomp"} and c.i > verb.i), None)
        if goal is not None and agents:  # "was urged by Doe to open its market"
            return goal.left_edge.i, goal.right_edge.i + 1
        return (passive.left_edge.i, max(agents)) if agents else None
    what = any(c.dep_ == "dobj" and c.lower_ == "what" for c in children)
    if what and verb.dep_ in {"ccomp", "pcomp", "attr"} and verb.head.lemma_ == "be":  # "a quota is what Doeland wants"
        subject = next((c for c in verb.head.children if c.dep_ == "nsubj"), None)
        return (subject.left_edge.i, subject.right_edge.i + 1) if subject is not None else None
    if verb.dep_ == "csubj" and verb.head.lemma_ == "be":  # "what we want is to ..."
        return verb.head.i + 1, verb.head.right_edge.i + 1
    after = [c for c in children if c.i > verb.i and c.dep_ in COMPLEMENTS and not _when(c)]
    if verb.dep_ == "relcl" and any(c.dep_ == "dobj" and c.i < verb.i for c in children):
        return _antecedent(verb)
    core = [c for c in after if c.dep_ not in {"prep", "advcl", "prt"} or (c.lower_ == second and c.dep_ != "prt")]
    if core and verb.dep_ == "relcl" and core[0].i == verb.i + 1 and core[0].tag_ == "VBN":  # "which Doe wants lifted"
        return _antecedent(verb)
    if not core:
        return None
    end = max(c.right_edge.i for c in after) + 1
    stops = [c.left_edge.i for c in children if c.i > verb.i and c.dep_ == "conj"]
    return max(min(c.left_edge.i for c in core), verb.i + 1), min([end, *stops])


def _when(child: Token) -> bool:
    """A clause that tells when or why a stance is taken, and is no part of what it is about."""
    return child.dep_ == "advcl" and any(c.lower_ in {"after", "until", "while", "because", "although", "though", "as"}
                                         for c in child.children)  # fmt: skip


def _antecedent(verb: Token) -> tuple[int, int] | None:
    """What a relative clause takes a stance on: "the ban, which Doe opposes".

    Of "..., a demand that Doe rejected" it is the clause before.
    """
    noun = verb.head
    if noun.dep_ == "appos" and noun.lemma_ in _IDEAS:
        return noun.sent.start, noun.left_edge.i
    return noun.left_edge.i, verb.left_edge.i


def person(text: Text, verb: Token, row: Row) -> Stance | None:
    """A verb that takes a stance only where somebody named is its subject: "Tokyo requires", not "the law requires"."""
    found = governing(text, verb, row)
    ours = found is not None and any(t.lower_ in {"we", "i"} or text.who(t) is not None for t in found.holders)
    return found if ours else None


def will(text: Text, verb: Token, row: Row) -> Stance | None:
    """A refusal: "will not accept", "would never give up", "cannot agree to"."""
    children = list(verb.children)
    aux = {c.lower_ for c in children if c.dep_ == "aux"}
    circumstances = any(c.lower_ == "under" and any(g.lower_ == "no" for g in c.subtree) for c in children)
    going = verb.dep_ == "xcomp" and verb.head.lower_ == "going" and negated(verb.head)  # "is not going to accept"
    refused = going or ((negated(verb) or circumstances) and bool(aux & _WILL))
    if verb.tag_[:2] != "VB" or not refused:
        return None
    passive = [c for c in children if c.dep_ == "nsubjpass"]
    if passive and verb.lemma_ in FORCED:  # "will not be bullied into a deal"
        return Stance(verb, row.stance, tuple(passive), (verb.i, clause_end(verb)))
    if passive:
        return None
    never = circumstances or any(c.lower_ == "never" for c in children)
    subjects = tuple(text.subjects(verb))
    if verb.dep_ in {"acl", "ccomp"} and verb.head.lemma_.lower() in _ASSURED:
        return None  # "demands guarantees that Doeland will not leave": no stance of Doeland
    alone = not any(c.i > verb.i and c.dep_ in COMPLEMENTS for c in children)
    if alone and verb.lemma_ not in {"retaliate", "compromise"}:
        return None
    about = (verb.i, clause_end(verb))
    return Stance(verb, "RulesOut" if never else row.stance, subjects, about) if subjects else None


def would(text: Text, verb: Token, row: Row) -> Stance | None:
    """A wish: "would like to", "would love a deal"."""
    if not any(c.lower_ in {"would", "'d", "’d"} for c in verb.children) or negated(verb):
        return None
    after = [c for c in verb.children if c.i > verb.i and c.dep_ in COMPLEMENTS]
    subjects = tuple(text.subjects(verb) or [c for c in verb.children if c.dep_ == "nsubj"])
    if not after or not subjects:
        return None
    return Stance(verb, row.stance, subjects, (after[0].left_edge.i, clause_end(verb)))


def clause_end(head: Token) -> int:
    """The end of a clause, before what its subject does next."""
    stops = [c.left_edge.i for c in head.children if c.dep_ == "conj" and c.i > head.i]
    return min([head.right_edge.i + 1, *stops])


def adjective(text: Text, token: Token, row: Row) -> Stance | None:
    """A readiness or wish: "is ready to", "remains open to", "stands prepared to", "unwilling to"."""
    after = [c for c in token.children if c.i > token.i and c.dep_ in {"xcomp", "prep", "ccomp", "advcl"}]
    if not after or token.dep_ in {"amod", "dobj"} or token.tag_ not in _ADJECTIVES:
        return None
    after = [c for c in after if c.dep_ != "prep" or c.lower_ in _TOWARD]
    after = [c for c in after if c.lower_ != "in" or token.lower_ == "interested"]
    if not after:
        return None
    head = token if token.pos_ == "VERB" and token.dep_ in {"ROOT", "ccomp", "conj"} else token.head
    while head.pos_ == "ADJ" and head.dep_ == "conj" and head.head.i != head.i:
        head = head.head.head if head.head.pos_ == "ADJ" else head.head
    subjects = tuple(text.subjects(head) or [c for c in head.children if c.dep_ in {"nsubj", "nsubjpass"}])
    stance = pick(row, negative=negated(head) or negated(token))
    if stance is None or not subjects or any(c.lower_ in MAYBE for c in head.children):
        return None
    return Stance(token, stance, subjects, (after[0].left_edge.i, token.right_edge.i + 1))


def preposition(text: Text, token: Token, row: Row) -> Stance | None:
    """A stance by a preposition: "Paris is against the accord"."""
    if token.dep_ != "prep" or token.head.lemma_ != "be" or negated(token.head):
        return None
    subjects = tuple(text.subjects(token.head))
    return Stance(token, row.stance, subjects, (token.i + 1, token.right_edge.i + 1)) if subjects else None

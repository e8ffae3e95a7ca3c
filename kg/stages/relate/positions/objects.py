"""What a stance is about: the object or clause of its verb, what a relative clause goes back to, the clause above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.verb_forms import behind_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.tokens import Token

COMPLEMENTS = frozenset({"dobj", "xcomp", "ccomp", "prep", "attr", "acomp", "dative", "oprd", "pobj", "pcomp", "advcl",
                         "prt"})  # fmt: skip
_ASIDES = frozenset({"in return", "in exchange", "in turn", "for now", "for once", "at last", "once more"})
_REQUESTS = frozenset({"ask", "urge", "press", "tell", "invite", "request", "appeal", "call", "demand", "order",
                       "pressure"})  # fmt: skip
IDEAS = frozenset({"demand", "proposal", "offer", "idea", "plan", "request", "condition", "move", "suggestion",
                   "appeal", "overture", "initiative", "notion"})  # fmt: skip


def own_parts(verb: Token, words: Sequence[str]) -> list[Token]:
    """The parts of a verb with those of the words that belong to it: "walk away | from the deal"."""
    beside = (g for c in verb.children if words for g in behind_day(c) if g.lower_ in words)
    return [*verb.children, *(g for c in verb.children if c.lower_ in words[:-1] for g in c.children), *beside]


def complement(verb: Token, *words: str) -> tuple[int, int] | None:
    """What a verb takes a stance on, as tokens [start, end); `words` belong to the verb, the last before its object."""
    children, second = own_parts(verb, words), words[-1] if words else ""
    passive = next((c for c in children if c.dep_ == "nsubjpass"), None)
    if verb.dep_ == "acl" and verb.tag_ == "VBN":  # "the quota rejected by Doe"
        return antecedent(verb)
    if passive is not None:
        agents = [c.i for c in children if c.dep_ == "agent"]
        if passive.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl":
            passive = verb.head
            return (passive.left_edge.i, min(passive.right_edge.i + 1, verb.i)) if agents else None
        goal = next((c for c in children if _goal(c) and c.i > verb.i), None)
        if goal is not None and agents:  # "was urged by Doe to open its market"
            return goal.left_edge.i, goal.right_edge.i + 1
        return (passive.left_edge.i, max(agents)) if agents else None
    what = any(c.dep_ == "dobj" and c.lower_ == "what" for c in children)
    if what and verb.dep_ in {"ccomp", "pcomp", "attr"} and verb.head.lemma_ == "be":  # "a quota is what Doeland wants"
        subject = next((c for c in verb.head.children if c.dep_ == "nsubj"), None)
        return (subject.left_edge.i, subject.right_edge.i + 1) if subject is not None else None
    if verb.dep_ == "csubj" and verb.head.lemma_ == "be":  # "what we want is to ..."
        return verb.head.i + 1, verb.head.right_edge.i + 1
    if verb.dep_ == "relcl" and verb.head.lower_ in {"all", "thing"} and verb.head.head.lemma_ == "be":
        return verb.head.head.i + 1, verb.head.head.right_edge.i + 1  # "all we ask is a quota"
    after = [c for c in children if c.i > verb.i and c.dep_ in COMPLEMENTS and not _when(c)]
    after = [c for c in after if c.lower_ not in words[:-1]]
    before = [c for c in children if c.i < verb.i] if verb.dep_ == "relcl" else []
    if before and (any(_fronted(c, second) for c in before) or reaching(verb) or _stranded(verb, second)):
        return antecedent(verb)
    if not after and verb.dep_ == "xcomp" and verb.head.dep_ == "relcl":  # "the ban that Doe keeps demanding"
        return antecedent(verb.head)
    core = [c for c in after if c.dep_ not in {"prep", "advcl", "prt"} or (c.lower_ == second and c.dep_ != "prt")]
    core = core or [c for c in after if c.dep_ == "advcl" and c.left_edge.lower_ == second]  # "asked for it to be cut"
    core = core or [c for c in after if _gerund(c, verb)]
    if core and verb.dep_ == "relcl" and core[0].i == verb.i + 1 and core[0].tag_ == "VBN":  # "which Doe wants lifted"
        return antecedent(verb)
    if not core:
        parted = any(c.dep_ == "prt" and c.lower_ == second for c in children)  # "a condition Doe turned down"
        bare = antecedent(verb) if _bare(verb) and (not second or parted) else None
        return _behind_aside(after) or _as_asked(verb) or _behind_place(after) or bare
    end = max(c.right_edge.i for c in after) + 1
    stops = [c.left_edge.i for c in children if c.i > verb.i and c.dep_ == "conj"]
    last = min([end, *stops])
    last -= last > verb.i + 2 and verb.doc[last - 1].dep_ == "cc"  # "for a pause | and for talks"
    return max(min(c.left_edge.i for c in core), verb.i + 1), last


def _gerund(clause: Token, verb: Token) -> bool:
    """Whether a clause right behind a verb is its object: "ruled out joining the ban", taken for a circumstance."""
    before = clause.doc[clause.i - 1]
    return clause.tag_ == "VBG" and clause.dep_ == "advcl" and (before == verb or before.dep_ == "prt")


def _behind_aside(after: list[Token]) -> tuple[int, int] | None:
    """The object that the parse hung on an aside before it: "demanded in return | softer rules"."""
    for aside in after:
        first, words = aside.i + 2, [t.lower_ for t in aside.doc[aside.i : aside.i + 3]]
        if " ".join(words[:2]) in _ASIDES and words[2:] != ["for"] and aside.right_edge.i >= first:
            return first, aside.right_edge.i + 1
    return None


def _behind_place(after: list[Token]) -> tuple[int, int] | None:
    """The request that the parse hung on where it was made: "demanded in a letter | that Doe stop the sale"."""
    places = (p for c in after if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj")
    clauses = (c for p in places for c in p.children if c.dep_ in {"relcl", "acl"} and c.tag_ == "VB")
    told = next((c for c in clauses if c.left_edge.lower_ == "that" and any(g.dep_[:5] == "nsubj" for g in c.children)),
                None)  # fmt: skip
    return (told.left_edge.i, told.right_edge.i + 1) if told is not None else None


def _goal(clause: Token) -> bool:
    """Whether a clause tells what somebody is urged to do, also where the parse hung it on as a purpose."""
    to = clause.dep_ == "advcl" and clause.tag_ == "VB" and any(c.lower_ == "to" for c in clause.children)
    return to or clause.dep_ in {"xcomp", "ccomp"}


def reaching(clause: Token) -> bool:
    """Whether a relative clause is about the object of a verb below: "which Doe has urged Roe to remove"."""
    which = (t for t in clause.subtree if t.lower_ in {"which", "that"} and t.tag_ in {"WDT", "IN"} and t.i < clause.i)
    heads = (t.head.head if t.dep_ == "pobj" else t.head for t in which if t.dep_ in {"dobj", "pobj"})
    return any(head.i != clause.i for head in heads)


def _bare(clause: Token) -> bool:
    """Whether a relative clause has a subject of its own and no pronoun: "an idea Doe opposes"."""
    own = [c for c in clause.children if c.dep_ == "nsubj" and c.i < clause.i]
    return clause.dep_ == "relcl" and len(own) == 1 and own[0].tag_ not in {"WDT", "WP", "WP$"}


def _fronted(child: Token, second: str) -> bool:
    """Whether a relative clause begins with its object: "which Doe opposes", "for which Doe has been pressing"."""
    which = any(c.lower_ == "which" for c in child.children)
    return child.dep_ == "dobj" or (child.dep_ == "prep" and child.lower_ == second and which)


def _stranded(verb: Token, second: str) -> bool:
    """Whether a relative clause leaves the preposition behind: "the truce that Doe had asked for"."""
    left = (c for c in verb.children if c.i > verb.i and c.dep_ == "prep" and c.lower_ == second)
    return any(p.dep_ == "pobj" and p.i < verb.i for c in left for p in c.children)


def _as_asked(verb: Token) -> tuple[int, int] | None:
    """The clause that one behind it says is wanted: "to lift the duty, as Doeland demands"."""
    mark = next((c for c in verb.children if c.lower_ == "as" and c.i < verb.i), None)
    above = verb.head
    if verb.dep_ != "advcl" or mark is None or above.i > mark.i or above.pos_ != "VERB":
        return None
    return above.i + 1, mark.i - (mark.doc[mark.i - 1].text == ",")


def requested(verb: Token) -> tuple[int, int] | None:
    """What one was asked to do who then "refused", "declined to do so": the infinitive before it in the sentence."""
    before = verb.doc[verb.sent.start : verb.i]
    asked = (c for t in before if t.lemma_.lower() in _REQUESTS for c in t.children
             if c.dep_ in {"xcomp", "acl", "advcl"} and c.tag_ == "VB" and t.i < c.i < verb.i)  # fmt: skip
    clause = next(asked, None)
    return (clause.left_edge.i, min(clause_end(clause), verb.i)) if clause is not None else None


def _when(child: Token) -> bool:
    """A clause that tells when or why a stance is taken, and is no part of what it is about."""
    return child.dep_ == "advcl" and any(c.lower_ in {"after", "until", "while", "because", "although", "though", "as"}
                                         and c.i < child.i for c in child.children)  # fmt: skip


def antecedent(verb: Token) -> tuple[int, int]:
    """What a relative clause takes a stance on: "the ban, which Doe opposes".

    Of "..., a demand that Doe rejected" it is the clause before.
    """
    noun = verb.head
    if noun.lower_ == "one" and noun.dep_ == "attr":  # "a ban is one that Doe rejects"
        noun = next((c for c in noun.head.children if c.dep_ == "nsubj"), noun)
        return noun.left_edge.i, noun.right_edge.i + 1
    if verb.doc[verb.left_edge.i - 1].text == "," and verb.left_edge.lower_ == "which":
        noun = whole(noun)
    if noun.lemma_ in IDEAS and noun.doc[noun.left_edge.i - 1].text == ",":
        if noun.dep_ in {"appos", "npadvmod"}:
            return _told_by(whole(noun.head)), noun.left_edge.i
        before = [c for c in noun.head.children if noun.head.i < c.i < noun.i and c.dep_ in {"dobj", "xcomp", "ccomp"}]
        if noun.dep_ == "dobj" and before:  # "is pressing Doe to pay, a demand that Doe rejects"
            return before[-1].left_edge.i, noun.left_edge.i
    return noun.left_edge.i, verb.left_edge.i


def _told_by(noun: Token) -> int:
    """Where the words begin that an idea sums up: of "if the plant is built in Doeland, a condition" the clause."""
    verb = noun
    while noun.pos_ == "PROPN" and verb.pos_ != "VERB" and verb.head.i < verb.i:
        verb = verb.head
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i < verb.i), None)
    return (subject if verb.pos_ == "VERB" and subject is not None else noun).left_edge.i


def whole(noun: Token) -> Token:
    """The head of the whole phrase that ", which" goes back to: of "a duty of 6% on fish" not the fish."""
    top = noun
    while top.dep_ in {"pobj", "prep", "amod", "acl"} and (top.head.pos_ != "VERB" or top.head.dep_ in {"amod", "acl"}):
        top = top.head
    if top.pos_ in {"NOUN", "PROPN"}:
        return top
    return next((c for c in top.head.children if c.dep_ == "dobj" and c.i < top.i), noun)  # "pay 5% here, which"


def clause_end(head: Token) -> int:
    """The end of a clause, before what its subject does next: "will not retaliate | but will sue"."""
    end = min([head.right_edge.i + 1, *(c.left_edge.i for c in head.children if c.dep_ == "conj" and c.i > head.i)])
    while end > head.i + 1 and (head.doc[end - 1].dep_ == "cc" or head.doc[end - 1].text == ","):
        end -= 1
    return end

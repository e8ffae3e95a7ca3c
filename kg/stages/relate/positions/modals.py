"""Stances told by a modal or by what is lacking: "must keep", "could live with", "has no intention of"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.positions.objects import COMPLEMENTS, clause_end, whole
from kg.stages.relate.positions.refusals import will
from kg.stages.relate.positions.verbs import POLITE, governing
from kg.stages.relate.positions.words import BACK, MAYBE, Row, Stance, negated, pick

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Token

_COULD = frozenset({"can", "could", "may", "might", "ca", "would"})
_AHEAD = frozenset({"will", "would", "can", "could", "wo", "shall"})
_MADE = frozenset({"make", "send", "put", "table", "submit", "present", "improve", "sweeten"})
_KNOWN = frozenset({"be", "have", "know", "become"})  # "differences must not become disputes"
_GUESSED = frozenset({"way", "reason", "mistake", "something", "doubt", "limit", "explanation"})
_BOUND = frozenset({"dependent", "conditional", "contingent"})
_ONCE = frozenset({"if", "once", "after", "when", "provided"})
_PUT_OFF = frozenset({"call", "cancel", "postpone", "delay", "adjourn", "break", "abandon"})  # "had to be called off"
_SETTLED = frozenset({"do", "decide", "see", "say", "settle", "agree", "work", "discuss", "finish", "complete"})
_OURS = frozenset({"side", "party", "country", "government"})  # "both sides had to leave early"
_GOING = frozenset({"go", "come", "end", "stop", "cease", "fall"})  # "the duty has to go", "a deal had to come by May"
_THROUGH = frozenset({"to", "for", "on"})


def alone(text: Text, verb: Token, row: Row) -> Stance | None:
    """A verb that tells a stance without an object: "warned against tariffs", not "warned Doe against it"."""
    return None if any(c.dep_ == "dobj" for c in verb.children) else governing(text, verb, row)


def can(text: Text, verb: Token, row: Row) -> Stance | None:
    """What one could accept: "could live with a quota", "cannot live with it"."""
    goal = next((c for c in verb.children if c.lower_ == row.second), None)
    if goal is None or not any(c.lower_ in _COULD for c in verb.children) or _open(verb):
        return None
    stance = row.negated if negated(verb) else row.stance
    return Stance(verb, stance, tuple(text.subjects(verb)), (goal.i + 1, goal.right_edge.i + 1))


def _open(verb: Token) -> bool:
    """Whether a clause is left open or of another's making: "whether Doe could", "an offer under which Doe would"."""
    mark = any(c.dep_ == "mark" and c.lower_ in {"whether", "if", "unless"} for c in verb.children)
    which = (p for c in verb.children if c.dep_ == "prep" and c.i < verb.i for p in c.children)
    return mark or (verb.dep_ == "relcl" and any(p.lower_ == "which" for p in which))


def keep(text: Text, verb: Token, row: Row) -> Stance | None:
    """A promise: "would honour the agreement", "will abide by it"; the negated is a refusal."""
    if negated(verb):
        return will(text, verb, row._replace(stance="Rejects"))
    if not any(c.lower_ in {"will", "would", "'ll", "’ll"} for c in verb.children):
        return None
    if row.second and not any(c.lower_ == row.second for c in verb.children):
        return None
    after = [c for c in verb.children if c.i > verb.i and c.dep_ in COMPLEMENTS]
    subjects = tuple(text.subjects(verb))
    return Stance(verb, row.stance, subjects, (verb.i, clause_end(verb))) if after and subjects else None


def toward(text: Text, verb: Token, row: Row) -> Stance | None:
    """An effort with an aim: "is working to reach a deal", "will go on working so that a deal can be reached"."""
    above = verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ == "on" else verb  # "go on working"
    aims = [c for t in (verb, above) for c in t.children if c.i > verb.i and c.dep_ in {"xcomp", "advcl"} and _aim(c)]
    if not aims or negated(verb) or any(c.lower_ in MAYBE for c in verb.children) or verb.dep_ in {"acl", "amod"}:
        return None
    if verb.dep_ == "xcomp" and verb.head.pos_ == "ADJ":
        return None  # "is willing to work with Doe to": that is a stance already
    subjects = tuple(t for t in text.subjects(verb) if text.who(t) is not None)
    end = max(clause_end(verb), *(c.right_edge.i + 1 for c in aims))
    return Stance(verb, row.stance, subjects, (verb.i, end)) if subjects else None


def _aim(clause: Token) -> bool:
    words = [c.lower_ for c in clause.children if c.dep_ in {"aux", "mark"}]
    return "to" in words or ("so" in words and "that" in words)


def rather(text: Text, token: Token, row: Row) -> Stance | None:
    """A preference: "would rather have a treaty"."""
    verb = token.head
    if verb.tag_ != "VB" or not any(c.lower_ in {"would", "'d", "’d"} for c in verb.children) or negated(verb):
        return None
    subjects = tuple(text.subjects(verb))
    return Stance(token, row.stance, subjects, (token.i + 1, clause_end(verb))) if subjects else None


def must(_: Text, token: Token, row: Row) -> Stance | None:
    """What a speaker says must be: "the United States must lift the tariffs"; nothing that "we" or "it" must do."""
    verb = token.head
    if token.lemma_ == "have":  # "the ban has to be lifted"; what a state has to do itself may be a mere need
        return _had_to(token, row)
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None and verb.lemma_ == "be" and not negated(verb):  # "there must be progress on the dam first"
        what = next((c for c in verb.children if c.dep_ == "attr" and c.lemma_ not in _GUESSED), None)
        there = what is not None and any(c.dep_ == "expl" and c.lower_ == "there" for c in verb.children)
        return Stance(token, row.stance, (), (what.left_edge.i, clause_end(verb))) if what and there else None
    known = verb.lemma_ in _KNOWN and not any(c.dep_ == "attr" and c.lemma_ == "part" for c in verb.children)
    back = subject is not None and subject.lower_ in BACK and subject.dep_ == "nsubjpass"  # "They must be lifted"
    if token.dep_ == "aux" and back and subject is not None:
        return Stance(token, row.stance, (), (subject.i, subject.i + 1))
    if token.dep_ != "aux" or subject is None or subject.pos_ == "PRON" or known:
        return None
    return Stance(token, row.stance, (), (subject.left_edge.i, clause_end(verb)))


def _had_to(verb: Token, row: Row) -> Stance | None:
    below = next((c for c in verb.children if c.dep_ == "xcomp" and any(g.lower_ == "to" for g in c.children)), None)
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    named = subject is not None and subject.pos_ == "PROPN" and verb.dep_ == "ccomp"  # "'Doeland has to be left out,'"
    if below is None or subject is None or not (subject.pos_ == "NOUN" or named) or negated(verb):
        return None
    if below.lemma_ in _SETTLED | _PUT_OFF or any(c.lower_ == "yet" for c in verb.children):
        return None  # "details have yet to be decided", "the review has to be done by May"
    alone = below.lemma_ in _GOING and not any(c.dep_ == "prt" for c in below.children)
    alone = alone and not (below.lemma_ == "go" and any(c.dep_ == "prep" for c in below.children))
    part = any(c.dep_ in {"attr", "acomp"} and c.lemma_ == "part" for c in below.children)
    passive = any(c.dep_ == "auxpass" for c in below.children) or alone or part
    of_all = any(c.lower_ in {"any", "both", "all"} for c in subject.children)  # "any deal has to include fish"
    if not passive and not (of_all and (verb.dep_ == "ccomp" or subject.lemma_ not in _OURS)):
        return None
    return Stance(verb, row.stance, (), (subject.left_edge.i, clause_end(verb)))


def condition(_: Text, noun: Token, row: Row) -> Stance | None:
    """What a speaker says there will be no deal without: "no deal without rice"; or as long as something lasts."""
    verb = noun.head
    words = {c.lower_ for c in verb.children}
    no = negated(verb) or any(c.lower_ == "no" for c in noun.children)
    if not no or "there" not in words or not words & _AHEAD:
        return None
    for child in (c for t in (noun, verb) for c in t.children):
        if child.lower_ == "without" and child.dep_ == "prep":
            return Stance(noun, "Demands", (), (child.i + 1, child.right_edge.i + 1))
        mark = next((c for c in child.children if c.dep_ == "mark"), None) if child.dep_ == "advcl" else None
        if mark is not None and mark.lower_ in {"unless", "until", "before"}:
            return Stance(noun, "Demands", (), (mark.i + 1, child.right_edge.i + 1))
    lasting = any(c.lower_ == "long" and any(g.dep_ == "advcl" for g in c.children) for c in verb.children)
    return Stance(noun, row.stance, (), (noun.i, clause_end(verb))) if lasting else None


def could(text: Text, verb: Token, row: Row) -> Stance | None:
    """What one says one could do: "could accept a quota"; the negated is a refusal."""
    if not any(c.lower_ in {"could", "can"} for c in verb.children) or negated(verb) or _open(verb):
        return None
    after = [c for c in verb.children if c.i > verb.i and c.dep_ in COMPLEMENTS]
    subjects = tuple(text.subjects(verb))
    before = [c for c in verb.children if c.i < verb.i and c.dep_ == "prep" and c.lower_ in {"on", "about", "over"}]
    if before and not after and subjects:  # "on fish we can talk"
        return Stance(verb, row.stance, subjects, (before[0].i + 1, before[0].right_edge.i + 1))
    return Stance(verb, row.stance, subjects, (after[0].left_edge.i, clause_end(verb))) if after and subjects else None


def first(text: Text, token: Token, row: Row) -> Stance | None:
    """What comes first: "steel comes first", says who speaks, "for Doeland"; "Doeland puts steel first"."""
    verb = token.head
    if token.dep_ != "advmod" or negated(verb) or token.i < verb.i or any(c.lower_ in MAYBE for c in verb.children):
        return None
    if verb.lemma_ == "put":
        what, held = next((c for c in verb.children if c.dep_ == "dobj"), None), tuple(text.subjects(verb))
        return Stance(token, row.stance, held, (what.left_edge.i, what.right_edge.i + 1)) if what and held else None
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if verb.lemma_ != "come" or subject is None or subject.pos_ == "PRON" or text.who(subject) is not None:
        return None
    held = tuple(t for head in (token, verb) for t in text.prepositions(head, "for") if text.who(t) is not None)
    return Stance(token, row.stance, held, (subject.left_edge.i, subject.right_edge.i + 1))


def part(_: Text, noun: Token, row: Row) -> Stance | None:
    """What a speaker says will be no part of a deal: "rice will never be part of it", "cannot be part of it"."""
    verb = noun.head
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    ahead = any(c.lower_ in _AHEAD for c in verb.children)
    if noun.dep_ != "attr" or verb.lemma_ != "be" or subject is None or subject.pos_ == "PRON" or not ahead:
        return None
    stance = pick(row, negative=negated(verb) or any(c.lower_ == "no" for c in noun.children))
    return Stance(noun, stance, (), (subject.left_edge.i, clause_end(verb))) if stance is not None else None


def only(text: Text, token: Token, row: Row) -> Stance | None:
    """What one makes a condition: "will sign only if the duty goes", "will only return after an apology"."""
    above = token.head
    if above.dep_ == "advmod" and above.head.dep_ == "advcl":  # "only when the ban is lifted": hung on "when"
        above = above.head
    clause = above if above.dep_ == "advcl" else next((c for c in above.children if c.dep_ == "advcl"), None)
    verb = clause.head if clause is not None else above
    if clause is None or not any(c.lower_ in _AHEAD for c in verb.children) or negated(verb):
        return None
    mark = next((c for c in clause.children if c.lower_ in _ONCE), None)
    subjects = tuple(text.subjects(verb))
    if mark is None or mark.i < token.i or not subjects:
        return None
    return Stance(token, row.stance, subjects, (mark.i + 1, clause.right_edge.i + 1))


def tied(text: Text, verb: Token, row: Row) -> Stance | None:
    """What one makes one's own step hang on: "conditioned its return on an apology", "tied its signature to a list"."""
    bound = next((c for c in verb.children if c.lower_ in _BOUND), None)  # "made its approval dependent on the funds"
    if (verb.lemma_ == "make") != (bound is not None):
        return None
    heads = (*verb.children, *(bound.children if bound is not None else ()))
    what = next((c for c in heads if c.dep_ in {"dobj", "nsubj"} and c.i > verb.i), None)
    if what is None or negated(verb) or not any(c.lower_ in {"its", "their", "his", "her"} for c in what.children):
        return None
    near = [c for t in (verb, what, *([bound] if bound is not None else [])) for c in t.children]
    goals = (p for c in near if c.lower_ == row.second and c.i > what.i for p in c.children)
    goal, subjects = next((p for p in goals if p.dep_ in {"pobj", "pcomp"}), None), tuple(text.subjects(verb))
    return Stance(verb, row.stance, subjects, (goal.left_edge.i, goal.right_edge.i + 1)) if goal and subjects else None


def door(text: Text, noun: Token, row: Row) -> Stance | None:
    """The door left open: "left the door open to talks", "keeps the door open for a deal"."""
    verb = noun.head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
        verb = verb.head
    if noun.dep_ == "nsubj" and verb.lemma_ in {"be", "remain", "stay"}:  # "the door remains open to talks"
        how = next((c for c in verb.children if c.dep_ == "acomp" and c.lower_ in {"open", "closed", "shut"}), None)
        heads = [t for t in (how, verb, noun) if t is not None]
        to = next((c for t in heads for c in t.children if c.lower_ in _THROUGH and c.i > noun.i), None)
        if to is None or how is None:
            return None
        shut = how.lower_ != "open" or negated(verb)
        return Stance(noun, "Rejects" if shut else row.stance, (), (to.i + 1, to.right_edge.i + 1))
    stance = {"shut": "Rejects", "close": "Rejects", "slam": "Rejects"}.get(verb.lemma_, row.stance)
    if verb.lemma_ not in {"leave", "keep", "hold", "shut", "close", "slam"} or negated(verb):
        return None
    goal = next((t for t in verb.subtree if t.i > noun.i and t.dep_ == "prep" and t.lower_ in _THROUGH), None)
    subjects = tuple(text.subjects(verb))
    shut = noun.dep_ == "nsubjpass"  # "the door is closed to talks", says who speaks
    return Stance(noun, stance, subjects, (goal.i + 1, goal.right_edge.i + 1)) if goal and (subjects or shut) else None


def offered(text: Text, noun: Token, row: Row) -> Stance | None:
    """An offer that is made and told: "sent Washington a new offer: more pork"."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_ not in _MADE or negated(verb):
        return None
    subjects = tuple(text.subjects(verb))
    colon = next((t.i for t in noun.sent if t.i > noun.i and t.text == ":"), None)
    if colon is None or not subjects:
        return None
    return Stance(noun, row.stance, subjects, (colon + 1, noun.sent.end))


def tabled(text: Text, noun: Token, row: Row) -> Stance | None:
    """What is put on the table: "laid a quota of 5,000 tonnes on the table"."""
    verb = noun.head.head
    if noun.head.lower_ != "on" or verb.lemma_ not in {"put", "lay", "place"} or negated(verb):
        return None
    what = next((c for c in verb.children if c.dep_ == "dobj" and c.pos_ in {"NOUN", "PROPN"}), None)
    subjects = tuple(text.subjects(verb))
    return Stance(noun, row.stance, subjects, (what.left_edge.i, what.right_edge.i + 1)) if what and subjects else None


def said_no(text: Text, verb: Token, row: Row) -> Stance | None:
    """A plain no: "said no to quotas"."""
    no = next((c for c in verb.children if c.lower_ == "no"), None)
    if no is None or any(c.dep_ == "neg" for c in verb.children):
        return None
    goal = next((c for t in (verb, no) for c in t.children if c.lower_ == "to" and c.dep_ == "prep"), None)
    subjects = tuple(text.subjects(verb))
    return Stance(verb, row.stance, subjects, (goal.i + 1, goal.right_edge.i + 1)) if goal and subjects else None


def time(_: Text, noun: Token, row: Row) -> Stance | None:
    """What a speaker says it is time for: "it is time to scrap the tariffs"."""
    goal = next(
        (c for t in (noun, noun.head) for c in t.children if c.dep_ in {"acl", "xcomp", "relcl"} and c.i > noun.i), None
    )
    it = any(c.lower_ == "it" for c in noun.head.children)
    if noun.dep_ != "attr" or noun.head.lemma_ != "be" or not it or goal is None or negated(noun.head):
        return None
    return Stance(noun, row.stance, (), (goal.left_edge.i, goal.right_edge.i + 1))


def would(text: Text, verb: Token, row: Row) -> Stance | None:
    """A wish: "would like to", "would love a deal"."""
    if not any(c.lower_ in {"would", "'d", "’d"} for c in verb.children) or negated(verb):
        return None
    if _open(verb):
        return None  # "did not say whether he would accept it"
    if row.second and not any(c.lower_ == row.second for c in verb.children):
        return None  # "would settle for 15%", not "would settle the dispute"
    if verb.dep_ == "relcl" and any(c.lower_ == "that" for c in verb.children) and (held := text.subjects(verb)):
        return Stance(verb, row.stance, tuple(held), (whole(verb.head).left_edge.i, verb.left_edge.i))  # "a duty that"
    after = [c for c in verb.children if c.i > verb.i and c.dep_ in COMPLEMENTS]
    subjects = tuple(text.subjects(verb) or [c for c in verb.children if c.dep_ == "nsubj"])
    if not after or not subjects or any(c.dep_ == "xcomp" and c.lemma_ in POLITE for c in after):
        return None
    return Stance(verb, row.stance, subjects, (after[0].left_edge.i, clause_end(verb)))

"""Stances told by nouns, adjectives of judgement and fixed phrases: "its demand that", "is off the table"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import mapping
from kg.stages.relate.positions.differing import differing
from kg.stages.relate.positions.verbs import TALES
from kg.stages.relate.positions.words import BACK, NAMING, Row, Stance, negated, pick

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Token

_GIVEN = frozenset({"priority", "importance", "emphasis"})
_TERMS = frozenset({"condition", "precondition", "prerequisite"})
_VOICED = frozenset({"lodge", "raise", "file", "express", "voice", "repeat", "reiterate", "renew", "make", "restate",
                     "signal", "state", "show", "convey", "announce", "declare", "table", "submit", "put"})  # fmt: skip
_HANDED = _VOICED | {"send", "give", "deliver", "present", "hand", "reject", "receive", "answer", "leave"}
_HAVING = frozenset({"have", "hold", "harbour", "harbor"})
_HAD = frozenset({"objection", "reservation", "misgiving", "opposition", "resistance", "hostility", "unease"})
_LISTING = frozenset({"have", "name", "set", "list", "state", "make"})
_ENDING = frozenset({"drop", "withdraw", "abandon", "overcome", "shed", "shelve", "relinquish", "retract", "scrap"})
_STRESSED = frozenset({"stress", "underline", "underscore", "emphasise", "emphasize", "highlight", "reiterate",
                       "affirm", "reaffirm"})  # fmt: skip
_BEING = frozenset({"be", "remain", "become", "stay"})
_ITS = frozenset({"its", "their", "his", "her"})


def noun(text: Text, noun: Token, row: Row) -> Stance | None:
    """A stance as a noun: "its demand that", "opposition from Paris to", "voiced its readiness to"."""
    if noun.pos_ not in {"NOUN", "PROPN"} or noun.dep_ == "compound" or any(c.lower_ == "no" for c in noun.children):
        return None
    if row.second and not any(c.lower_ == row.second for c in noun.children):
        return None  # "a wish list", not any list
    verb, holders, about, listed = noun.head, _held_by(text, noun), _content(noun), _listed(noun)
    given_up = _given_up(verb) != negated(verb)  # "has not given up its opposition": still holds it
    if not holders and any(c.dep_ in {"acl", "ccomp", "relcl"} for c in about):  # "the demand of Peru that it leave"
        holders = [t for t in text.prepositions(noun, "of") if text.who(t) is not None]
        about, given_up = ([c for c in about if c.lower_ != "of"], False) if holders else (about, given_up)
    if listed is not None and noun.dep_ == "dobj" and verb.lemma_ in _LISTING:  # "Doeland has one demand: that it go"
        return Stance(noun, row.stance, tuple(text.subjects(verb)), listed)
    if holders and not about and listed is not None:
        return Stance(noun, row.stance, tuple(holders), listed)
    if not holders or not about or (noun.dep_ == "dobj" and given_up):
        return None
    last = max(noun.right_edge.i, about[0].right_edge.i)
    return Stance(noun, row.stance, tuple(holders), (about[0].left_edge.i, last + 1))


def _held_by(text: Text, noun: Token) -> list[Token]:
    """Whose stance a noun tells: its owner, or who voices it."""
    named = [c for c in noun.children if c.dep_ in {"poss", "amod", "compound"} and (c.dep_ == "poss" or text.who(c))]
    verb, above = noun.head, _clause_of(noun)
    if noun.lemma_ == "need":  # "stressed the need for a quota", not "its need for gas"
        return text.subjects(verb) if noun.dep_ == "dobj" and verb.lemma_ in _STRESSED else []
    if noun.lemma_ in {"hope", "search"}:  # "met in the hope of"; "voiced the hope that" is a courtesy
        if noun.dep_ == "dobj" and verb.lemma_ in _VOICED and _others_do(text, noun):
            return text.subjects(verb)
        aim = noun.head.lower_ == "in" and (noun.lemma_ == "hope" or not any(c.dep_ == "det" for c in noun.children))
        return text.subjects(above) if aim and above is not None else []
    if above is not None and noun.dep_ != "nsubj" and any(c.lower_ in _ITS for c in named):
        named = text.subjects(above) or named  # "sticks to its demand"
    voiced = verb.lemma_ in _VOICED or (verb.lemma_ in _HAVING and noun.lemma_ in _HAD)
    if noun.dep_ == "dobj" and voiced and not negated(verb) and (voicing := text.subjects(verb)):
        return voicing
    there = text.prepositions(noun, "in") if noun.lemma_ in _HAD else []
    there = [t for t in there if text.who(t) is not None or text.state_of_place(t) is not None]
    return named + (text.prepositions(noun, "from", "by", "among") or there)


def _others_do(text: Text, noun: Token) -> bool:
    """Whether a hope is of what others do: "the hope that Doeland would lift it", not "that the visit would help"."""
    clause = next((c for c in noun.children if c.dep_ in {"acl", "ccomp", "relcl"} and c.tag_ == "VB"), None)
    subject = next((c for c in clause.children if c.dep_ == "nsubj"), None) if clause is not None else None
    return subject is not None and text.who(subject) is not None


def _content(noun: Token) -> list[Token]:
    """The parts behind a noun that tell what its stance is about."""
    verb = noun.head
    about = [c for c in noun.children if c.i > noun.i and c.dep_ in {"acl", "ccomp", "relcl", "prep", "advcl", "xcomp"}
             and c.lower_ not in {"from", "by", "among"}]  # fmt: skip
    if noun.lemma_ in _HAD:  # "resistance in Rome to the pact"
        about = [c for c in about if c.lower_ != "in"]
    if noun.dep_ == "dobj" and verb.lemma_ in _VOICED and not about:  # "voiced opposition to the ban": hung on the verb
        about = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"to", "for"} and c.i > noun.i]
    about = [c for c in about if c.lower_ != "on" or verb.lemma_ != "put"]  # "put a new offer on the table"
    about = [c for c in about if c.dep_ != "acl" or c.tag_ != "VBN" or c.lemma_ not in _HANDED]  # "offer sent in May"
    about = [c for c in about if not (c.dep_ == "relcl" and c.left_edge.lower_ in {"which", "who"})]  # no content
    if noun.lemma_ == "interest":  # "its interest in fish", not "the interest of all", "its interests in depth"
        return [c for c in about if c.lower_ == "in" and noun.tag_ == "NN"]
    if noun.lemma_ == "call":  # "its call for a quota", not "a call with the minister"
        return [c for c in about if c.lower_ == "for"]
    return about


def _given_up(verb: Token) -> bool:
    """Whether a verb ends a stance: "dropped its demand", "gave up its opposition"."""
    up = verb.lemma_ == "give" and any(c.lower_ == "up" for c in verb.children)
    return up or verb.lemma_ in _ENDING


def _quoted(token: Token) -> bool:
    """Whether a closing quotation mark stands between an adjective and the noun that the parse hung it on."""
    behind = token.doc[token.i + 1 : token.head.i] if token.dep_ == "amod" and token.head.i > token.i else ()
    return any(t.text in {'"', "”"} for t in behind)


def _listed(noun: Token) -> tuple[int, int] | None:
    """What demands are said to be: "its demands include a quota", "among its demands is a quota", "its demand, a pact".

    Behind a colon all that follows: "Doeland's wish list is long: quotas for lamb, fewer checks".
    """
    colon = next((t.i for t in noun.sent if t.i > noun.i and t.text == ":"), None)
    if colon is not None and (colon == noun.i + 1 or noun.head.i == noun.sent.root.i) and not _finite(noun, colon + 1):
        return colon + 1, noun.sent.end
    beside = next((c for c in noun.children if c.dep_ == "appos" and c.doc[c.left_edge.i - 1].text == ","), None)
    if beside is not None and beside.left_edge.i - 2 == noun.i:
        return beside.left_edge.i, beside.right_edge.i + 1
    verb = noun.head.head if noun.head.lower_ in {"among", "on"} else noun.head
    within = {"include": {"dobj"}, "be": {"attr", "nsubj", "nsubjpass"}}.get(verb.lemma_, set())
    what = next((c for c in verb.children if c.dep_ in within and c.i > verb.i), None)
    plural = (noun.tag_ == "NNS" or noun.lemma_ == "list") and noun.dep_ in {"nsubj", "pobj"}
    return (what.left_edge.i, what.right_edge.i + 1) if plural and what is not None and not negated(verb) else None


def _finite(noun: Token, first: int) -> bool:
    """Whether what stands behind a colon is a sentence of its own rather than a list."""
    behind = noun.doc[first : noun.sent.end]
    clause = len(behind) > 0 and behind[0].lower_ in {"that", "to"}
    clause = clause or any(t.lower_ in {"should", "must"} for t in behind)  # "renewed its request: Doeland should wait"
    return not clause and any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} and t.dep_ != "relcl" for t in behind)


def _clause_of(token: Token) -> Token | None:
    """The verb of the clause that a phrase is the predicate of.

    Of "'Rice is non-negotiable,' Doeland's minister, Jane Doe, said" the parse may hang the phrase on the minister.
    """
    if _quoted(token):
        before = token.doc[token.sent.start : token.i]
        return next((t for t in reversed(before) if t.lemma_ in _BEING and t.pos_ in {"AUX", "VERB"}), None)
    while token.head.i != token.i and (token.pos_ not in {"VERB", "AUX"} or token.dep_ == "oprd"):
        token = token.head
    return token if token.pos_ in {"VERB", "AUX"} else None


def phrase(text: Text, token: Token, row: Row) -> Stance | None:
    """A fixed phrase about the subject of its clause: "rice is off the table", "sovereignty is not negotiable"."""
    size = len(row.second.replace("-", " - ").split())
    words = text.doc[max(token.i + 1 - size, token.sent.start) : token.i + 1].text.strip().lower()
    clause = _clause_of(token)
    if words.endswith(f"{token.lemma_}s"):  # "red lines"
        words = words[:-1]
    if words.replace(" - ", "-") != row.second or _of_noun(token, clause, token.i - size):
        return None
    if words in {"on the table", "on the agenda"} and clause is not None and clause.tag_ in {"VBD", "VBN"}:
        return None  # "was not on the table on Thursday": not discussed, nor ruled out
    if token.dep_ == "dobj" and clause is not None and clause.lemma_ == "have":
        return None  # "has its red lines"
    return judged(text, token, row)


def _of_noun(token: Token, clause: Token | None, before: int) -> bool:
    """Whether a phrase only describes another noun of its clause: "the terms on the table"."""
    while token.head.i != token.i and token != clause:
        if token.i <= before and token.pos_ in {"NOUN", "PROPN"}:
            return True
        token = token.head
    return False


def judged(text: Text, token: Token, row: Row) -> Stance | None:
    """A judgement of the subject of a clause: "the step is regrettable"; held by who speaks."""
    verb = _clause_of(token)
    named = verb is not None and verb.lemma_ in NAMING and (token.head.pos_ == "ADP" or token.i > token.head.i)
    # "described it as unfair", "called a quota for fish unfair"
    if verb is None or (token.dep_ == "amod" and not named and not _quoted(token)):
        return None
    stance = pick(row, negative=negated(verb) or any(c.lower_ == "not" for c in token.children))
    if verb.lemma_ in {"draw", "set", "cross"}:
        return _drawn(text, verb, token, stance)
    if verb.lemma_ in NAMING:
        return _called(text, verb, token, stance)
    owners = tuple(c for c in token.children if c.dep_ == "poss")
    if token.dep_ == "nsubj" and owners and (what := _named_as(verb)) is not None and stance is not None:
        return Stance(token, stance, owners, what)  # "our red line is rice"
    heads = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass", "csubj"}] or _to_do(verb)
    heads = heads or text.subjects(verb)
    subject = heads[-1] if heads else None  # "No. The cut is off the table": the nearer one
    if verb.dep_ == "conj" and verb.doc[verb.i - 1].text == ",":  # "A further cut, he told Doe, was off the table"
        told = (c for c in verb.head.children if c.i < verb.head.i and c.dep_ == "advcl" and c.pos_ == "NOUN")
        subject = next(told, subject)
    if subject is not None and subject.pos_ == "PRON" and verb.dep_ == "conj":  # "The trial, he said, was no subject"
        said = (c for c in verb.head.children if c.dep_ == "ccomp" and c.i < verb.head.i)
        subject = next((c for s in said for c in s.children if c.dep_ in {"nsubj", "nsubjpass"}), subject)
    if stance is None or subject is None or (subject.pos_ == "PRON" and not _goes_back(subject, verb, stance)):
        return None
    first, last = subject.left_edge.i, max(subject.right_edge.i, token.i if subject.pos_ != "PRON" else subject.i)
    sides = [t for head in (token, token.head, verb) for t in text.prepositions(head, "for", "to")]
    sides += [t for t in text.prepositions(subject, "for") if t.i < subject.i]  # "for Canada a quota is off the table"
    held = owners or tuple(t for t in sides if _speaks(text, t))  # "is out of the question for Canada"
    return Stance(token, stance, held[:1], (first, last + 1))


def _goes_back(subject: Token, verb: Token, stance: str) -> bool:
    """Whether what is ruled out was told before: "That is not up for discussion"; not "it is taboo to"."""
    clause = any(c.dep_ in {"ccomp", "xcomp", "advcl", "csubj"} and c.i > verb.i for c in verb.children)
    return stance == "RulesOut" and subject.lower_ in BACK and not clause


def _to_do(verb: Token) -> list[Token]:
    """The infinitive that a judgement is of: "to reopen the deal is out of the question"."""
    clauses = (c for c in verb.children if c.dep_ in {"advcl", "xcomp"} and c.i < verb.i and c.tag_ == "VB")
    return [c for c in clauses if c.left_edge.lower_ == "to"][:1]


def _named_as(verb: Token) -> tuple[int, int] | None:
    """What a noun before "is" is said to be: "its red lines are beef and dairy", "our red line is that"."""
    what = next((c for c in verb.children if c.dep_ in {"attr", "ccomp", "xcomp"} and c.i > verb.i), None)
    return (what.left_edge.i, what.right_edge.i + 1) if what is not None and verb.lemma_ in _BEING else None


def _speaks(text: Text, token: Token) -> bool:
    return text.who(token) is not None or mapping("speaker_nouns").get(token.lemma_.lower()) in {"person", "group"}


def _drawn(text: Text, verb: Token, token: Token, stance: str | None) -> Stance | None:
    """Reads "drew a red line at dairy"."""
    goals = (c for t in (token, verb) for c in t.children if c.lower_ in {"at", "on", "over"} and c.i > verb.i)
    goal = next(goals, None)
    subjects = tuple(text.subjects(verb))
    if stance is None or goal is None or not subjects or verb.lemma_ == "cross":
        return None
    return Stance(token, stance, subjects, (goal.i + 1, goal.right_edge.i + 1))


def _called(text: Text, verb: Token, token: Token, stance: str | None) -> Stance | None:
    """A judgement by naming: "called the increase unwarranted" is held by the subject, about the object."""
    subjects = tuple(text.subjects(verb))
    if stance is None or not subjects or token.i < verb.i or any(c.lemma_ in TALES for c in verb.children):
        return None
    return Stance(token, stance, subjects, (verb.i + 1, max(token.right_edge.i, token.i) + 1))


def priority(text: Text, noun: Token, row: Row) -> Stance | None:
    """A priority: "placed top priority on", "the talks are a top priority", "our first priority is"."""
    verb = noun.head if noun.dep_ in {"dobj", "attr", "nsubj", "nsubjpass", "oprd"} else _clause_of(noun)
    if verb is None or negated(verb):
        return None
    one = noun.head.head  # "one of Doeland's conditions is a quota"
    among = noun.dep_ == "pobj" and noun.head.lower_ == "of" and one.lower_ == "one" and one.dep_ == "nsubj"
    owners = (*(c for c in noun.children if c.dep_ == "poss"), *text.prepositions(noun, "for", "of"))
    if noun.dep_ == "appos" and noun.head.dep_ == "dobj" and noun.head.head.lemma_ == "make":
        makers = tuple(text.subjects(noun.head.head))  # "made the return of the base | a condition"
        return Stance(noun, row.stance, makers, (noun.head.left_edge.i, noun.left_edge.i)) if makers else None
    if noun.dep_ in {"dobj", "oprd"} and verb.lemma_ == "make":  # "made the ban a condition of any deal"
        beside = (*verb.children, *noun.children)  # "made the return of the base | a condition"
        what = next((c for c in beside if c.dep_ in {"dobj", "nsubj"} and verb.i < c.i < noun.i), None)
        held = tuple(text.subjects(verb))
        return Stance(noun, row.stance, held, (what.left_edge.i, what.right_edge.i + 1)) if what is not None else None
    if noun.lemma_ == "importance" and noun.dep_ == "pobj" and not owners:
        return None  # "the visit was of historic importance": no priority of who says so
    if noun.lemma_ not in _GIVEN and (noun.dep_ in {"dobj", "nsubjpass"} or verb.lemma_ not in _BEING):
        return None
    if noun.dep_ in {"dobj", "nsubjpass"}:
        goals = (c for t in (noun, verb) for c in t.children if c.lower_ in {"on", "to"})
        goal = next((c for c in goals if c.dep_ in {"prep", "dative"}), None)
        held = tuple(text.subjects(verb))
        return Stance(noun, row.stance, held, (goal.i + 1, goal.right_edge.i + 1)) if goal is not None else None
    if (noun.dep_ == "nsubj" or among) and (verb.lemma_ not in {"be", "remain"} or not owners):
        return None
    if noun.dep_ == "nsubj" or among:
        said = _named_as(verb)
        return Stance(noun, row.stance, owners, (said[0], verb.right_edge.i + 1)) if said is not None else None
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "csubj"}), None)
    if subject is None or (noun.lemma_ not in _GIVEN | _TERMS and not owners):
        return None
    if noun.lemma_ in _TERMS:  # not "a condition for talks"
        owners = tuple(t for t in owners if _speaks(text, t))
    return Stance(noun, row.stance, owners, (subject.left_edge.i, subject.right_edge.i + 1))


def differs(text: Text, token: Token, row: Row) -> Stance | None:
    """Two sides that differ over something."""
    found = differing(text, token, row.form)
    return Stance(token, row.stance, found[0], found[1]) if found is not None else None

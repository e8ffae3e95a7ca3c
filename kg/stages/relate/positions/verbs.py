"""Stances told by verbs: "demands that", "would like", "urged Doeland to"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.positions.objects import (
    IDEAS,
    antecedent,
    clause_end,
    complement,
    own_parts,
    requested,
)
from kg.stages.relate.positions.refusals import none_of, not_to, own_will
from kg.stages.relate.positions.words import MAYBE, NAMING, Row, Stance, negated, pick

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Token

SILENT = frozenset({"comment", "say", "elaborate", "name", "speculate", "disclose", "reveal", "identify", "answer",
                    "give", "specify", "listen", "despair", "panic", "disappear", "die"})
# "declined to comment" is no position
_HEARD = frozenset({"believe", "say", "report", "understand", "know", "think"})  # "is understood to want"
_FORESEEING = frozenset({"fear", "expect", "predict", "think", "believe", "suspect", "worry", "doubt"})
_YIELDING = frozenset({"lift", "drop", "remove", "abolish", "scrap", "cut", "lower", "reduce", "end", "stop", "honour",
                       "withdraw", "honor", "respect", "implement", "fulfil", "fulfill", "comply", "keep", "open",
                       "ease", "release", "return", "hand", "pay", "buy", "make", "show", "offer", "give", "stick",
                       "abide", "treat", "exempt", "revoke", "repeal", "suspend", "halve", "restore"})  # fmt: skip
_GOING_ON = frozenset({"continue", "go", "begin", "start", "plan", "intend", "vow", "keep", "come"})
_AGAINST = frozenset({"reject", "oppose", "refuse", "resist", "veto", "block"})
_WISHES = frozenset({"want", "hope", "wish", "intend", "aim", "like", "plan", "need"})
POLITE = frozenset({"thank", "know", "hear", "understand", "congratulate", "stress", "say", "point", "emphasise",
                    "emphasize", "add", "remind", "note", "begin", "start"})  # "would like to thank" is no wish
_LASTING = frozenset({"work", "fight", "push", "press", "campaign", "argue"})
TALES = frozenset({"report", "rumour", "rumor", "speculation", "allegation", "accusation", "claim", "charge", "story",
                    "criticism", "complaint"})  # who rejects them takes no stance in the talks
_YIELDED = frozenset({"cut", "reduction", "exemption", "suspension", "relief", "end", "concession", "quota", "pause",
                      "lowering", "removal", "rollback", "easing", "delay"})  # fmt: skip
_MEASURES = frozenset({"tariff", "measure", "duty", "levy", "tax", "quota", "ban", "curb", "sanction", "surcharge",
                       "subsidy", "rate", "restriction"})  # fmt: skip


_DEALS = frozenset({"truce", "ceasefire", "deal", "pact", "treaty", "compromise", "settlement", "draft", "text"})


def governing(text: Text, verb: Token, row: Row) -> Stance | None:
    """A stance of the subject about what hangs on the verb: "demands that", "was rejected by"."""
    second = row.second.split()
    children = own_parts(verb, second)
    if verb.dep_ == "aux" and verb.tag_ in {"VBD", "VBZ", "VBP"}:
        return _as_auxiliary(verb, row)
    if verb.tag_[:2] != "VB" or verb.dep_ in {"amod", "compound"} or not _stands(verb, children):
        return None
    lower = {c.lower_ for c in children if c.i > verb.i or verb.dep_ == "relcl"}  # not "for its part, Doe applied"
    if _parted(verb, second) and not negated(verb) and (held := _subjects(text, verb)):
        return Stance(verb, row.stance, tuple(held), (verb.i + 1, verb.i + 2))
    if not set(second) <= lower | _marks(children) or (second and (lower - set(second)) & {"forward"}):
        return None
    if second and row.second != "down" and any(c.dep_ == "oprd" for c in children):
        return None
    negative = negated(verb) or none_of(verb) or not_to(verb)
    did_not = negative and verb.lemma_ == "refuse" and not any(c.tag_ == "MD" for c in verb.children)
    stance = pick(row, negative=negative) if not did_not else None  # but "would not refuse to meet"
    agents = [p for c in children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
    subjects = agents or _subjects(text, verb)
    if stance is None or _no_stance(verb, stance, subjects):
        return None
    about = complement(verb, *second) or _asked_before(verb)
    if verb.lemma_ == "appeal" and not any(c.dep_ in {"xcomp", "advcl"} or c.lower_ == "for" for c in children):
        return None  # "appealed to the court": for what is not said
    if verb.lemma_ == "call" and _visited_or_named(children, row.second):
        return None
    if about is None or not (subjects or verb.dep_ in {"advcl", "acl"} or _joined(verb)):
        return None
    if any(c.dep_ in {"xcomp", "ccomp"} and _told_below(verb, c) for c in children):
        return None
    if verb.lemma_ in _LASTING and any(text.is_time(t) for t in text.doc[about[0] : about[1]] if t.dep_ == "pobj"):
        return None  # "worked for 12 hours"
    return Stance(verb, stance, tuple(subjects), _behind_aside(text, about))


def _asked_before(verb: Token) -> tuple[int, int] | None:
    """What one was asked who "refused", "declined to do so"; of "Doe refuses." the verb itself goes back to it."""
    if verb.lemma_ not in {"refuse", "decline"}:
        return None
    alone = verb.lemma_ == "refuse" and verb.dep_ in {"ROOT", "conj"}
    return requested(verb) or ((verb.i, verb.i + 1) if alone else None)


def _parted(verb: Token, second: list[str]) -> bool:
    """As in "ruled that out", "turned it down", which the parse takes for "ruled that"."""
    behind = verb.doc[verb.i + 1 : min(verb.i + 3, verb.sent.end)]
    return len(second) == 1 and len(behind) > 1 and behind[0].lower_ in {"it", "that", "this"} and (
        behind[1].lower_ == second[0] and second[0] in {"out", "down", "aside", "off"})  # fmt: skip


def _as_auxiliary(verb: Token, row: Row) -> Stance | None:
    """A stance whose verb the parse took for an auxiliary: "which Doe wants lifted", "we oppose splitting the pact"."""
    below = verb.head
    own = [c for c in below.children if c.dep_ == "nsubj" and c.i < verb.i and c.tag_ not in {"WDT", "WP"}]
    own = own or [c for c in verb.children if c.dep_ == "nsubj" and c.tag_ not in {"WDT", "WP"}]
    if not own or below.tag_ not in {"VBN", "VBG"} or negated(below) or row.second or row.stance == "-":
        return None
    about = antecedent(below) if below.dep_ == "relcl" else (verb.i + 1, clause_end(below))
    return Stance(verb, row.stance, tuple(own[-1:]), about)


def _behind_aside(text: Text, about: tuple[int, int]) -> tuple[int, int]:
    """The request of "asked Doeland, which charges 10%, to drop the duty", where the parse hung it on the aside."""
    words = text.doc[about[0] : about[1]]
    aside = next((t.i for t in words if t.lower_ in {"which", "who"} and t.i > about[0]), None)
    if aside is None or text.doc[aside - 1].text != ",":
        return about
    to = (t.i for t in words if t.i > aside and t.lower_ == "to" and t.tag_ == "TO" and text.doc[t.i - 1].text == ",")
    return next(to, about[0]), about[1]


def _told_below(verb: Token, clause: Token) -> bool:
    """Whether the clause below a verb is no wish of the talks, or tells itself where one stands."""
    courtesy = silent(clause) or _asks(verb, clause) or _courteous(verb, clause) or _asserts(verb, clause)
    return courtesy or not_to(clause) or own_will(clause)


def _asserts(verb: Token, clause: Token) -> bool:
    """Whether one only says that something is so: "insisted that the pact was alive", not "that the ban be lifted"."""
    if verb.lemma_ != "insist" or clause.dep_ != "ccomp" or clause.i < verb.i or negated(clause):
        return False
    if clause.lemma_ in {"have", "be"} and any(c.dep_ == "xcomp" for c in clause.children):
        return False  # "that it has to go", "that it was to come first"
    helped = (c.tag_ for c in clause.children if c.dep_[:3] == "aux")
    return clause.lower_ != clause.lemma_ and any(tag in {"VBD", "VBZ"} for tag in (clause.tag_, *helped))


def _marks(children: list[Token]) -> set[str]:
    """The words that open the clauses of a verb: "asked for the duty to be lifted"."""
    clauses = (c for c in children if c.dep_ in {"advcl", "ccomp", "xcomp"})
    return {g.lower_ for c in clauses for g in c.children if g.dep_ == "mark"}


def _visited_or_named(children: list[Token], second: str) -> bool:
    """Whether a call is a visit or a name: "called on Doe for a chat", "called it a good day for both"."""
    if second in {"on", "upon"}:
        return not any(c.dep_ in {"xcomp", "advcl"} for c in children)
    on = (c for c in children if c.lower_ in {"on", "upon"} and not any(p.ent_type_ == "DATE" for p in c.children))
    return any(on) or any(c.dep_ in {"dobj", "oprd"} for c in children)


def silent(clause: Token) -> bool:
    """Whether one only declines to speak: "refused to give details", not "refused to give up its tax"."""
    told = any(c.dep_ in {"prt", "nsubjpass"} for c in clause.children)
    return clause.lemma_ in SILENT and not told


def _courteous(verb: Token, clause: Token) -> bool:
    """Whether a hope is none of the talks: "hoped that it would be a step ahead", "hoped to meet in May"."""
    if verb.lemma_ != "hope":
        return False
    told = any(c.dep_ in {"nsubj", "nsubjpass"} and c.lower_ in {"it", "this", "that"} for c in clause.children)
    return told or (clause.dep_ == "xcomp" and clause.lemma_ in {"meet", "be", "travel"})


def _joined(verb: Token) -> bool:
    """Whether a verb goes on with what its subject says: "noted that ... and asked that ..."."""
    return verb.dep_ == "ccomp" and verb.doc[verb.i - 1].dep_ == "cc" and verb.head.tag_ == verb.tag_


def _no_stance(verb: Token, stance: str, subjects: list[Token]) -> bool:
    """Whether a verb tells a wish of the past, a denial of rumours, or blame of anything but a measure."""
    past = any(t.lower_ in {"i", "we"} for t in subjects) and verb.tag_ == "VBD"
    past = past or any(c.dep_ == "aux" and c.lower_ in {"had", "'d", "’d"} for c in verb.children)
    if past and verb.lemma_ in _WISHES:
        return True
    if any(_formerly(c) for c in verb.children):
        return True
    if any(c.dep_ == "dobj" and c.lower_ == "other" for c in verb.children):
        return True  # "fought each other"
    if verb.lemma_ == "wish" and any(c.dep_ == "dobj" for c in verb.children):
        return True  # "wished Doe a happy birthday"
    if verb.lemma_ in _WISHES and any(c.dep_ == "xcomp" and c.lemma_ in POLITE for c in verb.children):
        return True  # "I want to thank Doe"
    own = any(c.dep_ == "xcomp" and any(g.lower_ == "to" for g in c.children) for c in verb.children)
    if (own and verb.lemma_ == "propose") or any(c.dep_ == "mark" and c.lower_ == "than" for c in verb.children):
        return True  # "proposed to double its tariff": what one does oneself; "no better than Doe offers"
    if verb.lemma_ == "want" and stance == "Opposes" and own:
        return True  # "does not want to hurry"
    blamed = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
    if stance == "Rejects" and any(t.lemma_ in TALES for t in blamed):
        return True
    if stance == "Offers" and any(t.lemma_ in _MEASURES for c in blamed for t in c.subtree if t.dep_ == "pobj"):
        return not any(t.lemma_ in _YIELDED for c in blamed for t in c.subtree)  # "put forward a package of sanctions"
    whatever = any(c.lower_ in {"whatever", "whichever"} for c in verb.children)  # "whatever Doe offers"
    if verb.lemma_ == "exclude" and any(c.lower_ == "from" for c in verb.children):
        return True  # "excluded Doe from the list"
    return whatever or any(t.lemma_ in {"door", "anonymity"} for t in blamed)  # "slammed the door"


def _formerly(word: Token) -> bool:
    """As in "once voted against it", not "once more", "once again voted"."""
    told = word.dep_ == "advmod" and word.lower_ in {"once", "formerly", "originally"}
    return told and not (word.lower_ == "once" and word.nbor().lower_ in {"more", "again"})


def _blamed(verb: Token) -> list[Token]:
    """What a verb of blame blames: its object, or what stands behind "against", "at", "for"; of a clause its head."""
    clause = [verb.head] if verb.dep_ in {"acl", "relcl"} else []
    return clause + [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass", "prep", "ccomp"}]


def _subjects(text: Text, verb: Token) -> list[Token]:
    """The subjects of a verb; of "against Doeland and Roeland, which refuse to" all that are named right before."""
    which = next((c for c in verb.children if c.dep_ == "nsubj" and c.lower_ == "which"), None)
    if which is None or verb.dep_ != "relcl" or verb.tag_ != "VBP" or text.doc[which.i - 1].text != ",":
        return text.subjects(verb)
    first = text.doc[which.i - 2]
    while first.dep_ in {"conj", "compound"} and first.head.i < which.i and first.head.i != first.i:
        first = first.head
    return list(text.conjuncts(first)) if text.who(first) is not None else text.subjects(verb)


def _asks(verb: Token, clause: Token) -> bool:
    """A question is no request: "asked whether", "asked what"; "rejected what he called a threat" asks nothing."""
    first = clause.left_edge
    if first.lower_ == "what" and clause.lemma_ in NAMING and verb.lemma_ != "ask":
        return False
    aside = first.lower_ in {"which", "who"} and first.nbor(-1).text == ","  # "asked Doeland, which levies it, to"
    return not aside and first.lower_ in {"whether", "if", "how", "what", "why", "when", "who", "where", "which"}


def _stands(verb: Token, children: list[Token]) -> bool:
    """Whether the verb tells a stance taken, not one that is supposed or only planned."""
    aux = {c.lower_ for c in children if c.dep_ == "aux"}
    if aux & MAYBE or any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in children):
        return False
    if "to" in aux:
        if verb.head.lemma_ == "threaten" and verb.lemma_ in _AGAINST:
            return True  # "threatened to veto the budget"
        heard = verb.head.lemma_ in _HEARD and any(c.dep_ == "auxpass" for c in verb.head.children)
        return verb.dep_ == "xcomp" and (verb.head.lemma_ in _GOING_ON or heard or not_to(verb))
    if verb.dep_ == "ccomp" and verb.head.lemma_ in _FORESEEING and aux & {"will", "would"}:
        return False  # "many fear that Doeland will demand more"
    if verb.dep_ == "xcomp" and verb.head.lemma_ in {"hear", "see"}:
        return False  # "is heard criticising tariffs"
    if verb.dep_ == "pcomp" and verb.head.head.lemma_ in {"accuse", "suspect", "charge", "blame"}:
        return False  # "accused Doe of not wanting peace"
    if verb.dep_ in {"acl", "relcl"} and verb.head.lemma_ in TALES:
        return False  # "reports that Doe had requested a base"
    now = bool(aux & {"has", "have"})  # "although it has declined", not "after it had declined"
    participle = verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"} and not now
    return not participle or _refused_by(verb)


def _refused_by(verb: Token) -> bool:
    """As in "the quota, rejected by Doe, will be no part of it"; what one proposed only tells which thing is meant."""
    return verb.dep_ == "acl" and verb.lemma_ in _AGAINST and any(c.dep_ == "agent" for c in verb.children)


def expecting(text: Text, verb: Token, row: Row) -> Stance | None:
    """What one expects of others: "expects Doeland to lift its ban"; not what one only foresees."""
    found = governing(text, verb, row)
    clause = next((c for c in verb.children if c.dep_ in {"xcomp", "ccomp"} and c.i > verb.i), None)
    if clause is None or clause.lemma_ not in _YIELDING or not any(c.lower_ == "to" for c in clause.children):
        return None
    between = (c for t in (verb, clause) for c in t.children if verb.i < c.i < clause.i)
    return found if any(c.dep_ in {"nsubj", "nsubjpass", "dobj"} for c in between) else None


def person(text: Text, verb: Token, row: Row) -> Stance | None:
    """A verb that takes a stance only where somebody named is its subject: "Tokyo requires", not "the law requires"."""
    if verb.lemma_ == "need" and verb.tag_ == "VBD" and verb.dep_ != "ccomp":
        return None  # "the cabinet needed more time": what the narrator tells of the past
    found = governing(text, verb, row)
    ours = found is not None and any(t.lower_ in {"we", "i"} or text.who(t) is not None for t in found.holders)
    return found if ours else None


def suggesting(text: Text, verb: Token, row: Row) -> Stance | None:
    """What somebody named suggests to do: "suggested a summit", "that both pull back"; not "that Doe was to blame"."""
    clause = next((c for c in verb.children if c.dep_ in {"ccomp", "xcomp", "advcl"} and c.i > verb.i), None)
    if clause is not None and clause.tag_ != "VBG":
        aux = {c.lower_ for c in clause.children if c.dep_ in {"aux", "auxpass"}}
        if clause.tag_ not in {"VB", "VBN", "VBP"} or not (aux <= {"should", "be", "could"}):
            return None
    return person(text, verb, row)


def blaming(text: Text, verb: Token, row: Row) -> Stance | None:
    """A verb of blame or scorn, a stance only of a measure or where a proposal is turned down: not "slammed Doe"."""
    told = (t.lemma_ for c in _blamed(verb) for t in c.subtree)
    scorned = _MEASURES | IDEAS | _DEALS if row.stance == "Rejects" else _MEASURES
    return governing(text, verb, row) if any(t in scorned for t in told) else None

"""Whether an action is done, ahead, refused, or only wanted, said to be wanted, or imagined."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from kg.stages.relate.actions.words import lemma, match

if TYPE_CHECKING:
    from kg.tokens import Token


class Mode(StrEnum):
    """How real an action is."""

    DONE = "done"
    FUTURE = "future"
    NOT = "will not"
    NONE = "none"


_WILL = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_MAYBE = frozenset({"may", "might", "could", "can", "should", "must", "ca", "ought"})
_NOT = frozenset({"not", "n't", "n’t", "never"})
_PLANS = frozenset({"plan", "intend", "expect", "schedule", "due", "set", "slate", "prepare", "ready", "decide",
                    "arrange", "go", "poise", "determine", "resolve", "about", "be", "bind", "propose", "willing",
                    "prepared", "aim"})  # fmt: skip
_WISHES = frozenset({"want", "hope", "wish", "like", "seek", "try", "attempt", "able", "unable",
                     "need", "have", "likely", "wait", "help", "mean", "suggest", "recommend", "favour", "favor",
                     "discuss", "look"})  # fmt: skip
_WEIGHS = frozenset({"consider", "mull", "contemplate", "weigh"})
_FILLED = frozenset({"dobj", "attr", "acomp", "ccomp", "xcomp"})
_ENDS = frozenset({"stop", "cease", "quit", "halt", "end", "avoid", "refrain"})
_TOPICS = frozenset({"on", "about", "of", "for", "over", "against", "toward", "towards"})
_CHARGED = frozenset({"of", "for", "from", "against", "over", "about", "without"})  # "jailed for spying": told only
_ALMOST = frozenset({"nearly", "almost", "narrowly", "barely", "hardly"})
_CONDITIONS = frozenset({"if", "unless", "whether", "should", "in_case"})
_UP = frozenset({"xcomp", "ccomp", "conj", "advcl", "pcomp", "prep", "acl", "relcl", "dobj", "pobj", "oprd",
                 "attr", "acomp", "nsubj", "nsubjpass", "amod", "dep", "appos", "npadvmod", "agent"})  # fmt: skip


def mode(verb: Token) -> Mode:
    """The mode of a verb by its own auxiliaries and by the words above it.

    What stands below a verb that urges, refuses, accuses or threatens is what is urged, refused, blamed or threatened.
    """
    kind = _own(verb)
    child = verb
    open_end = _infinitive(verb)  # a purpose or wish, until a verb above makes it a promise or a deed
    while kind is not Mode.NONE and child.dep_ in _UP and child.head.i != child.i:
        head = child.head
        if _told(child):
            break  # "to lift the sanctions that Doeland imposed": told, whatever is asked
        if head.pos_ in {"VERB", "AUX", "ADJ"} or lemma(head) in _PLANS:
            above = _above(child, head, kind)
            if above is None:
                break
            open_end = open_end and child.dep_ == "conj" and _infinitive(head)
            kind = above
        elif child.dep_ == "prep" and kind is Mode.DONE and _topic(child, head):
            return Mode.NONE  # "talks on joining", "hopes of winning back"
        elif child.dep_ == "acl" and child.tag_ in {"VB", "VBG"}:
            return Mode.NONE  # "an offer to mediate", "a plan for sending troops"
        child = head
    return Mode.NONE if open_end else kind


def _told(clause: Token) -> bool:
    """Whether a clause beside a noun tells what is done anyway: "sanctions that Doe imposed", "which Roe rejects"."""
    if clause.dep_ == "relcl" and clause.tag_ == "VBD":
        return True
    gap = clause.dep_ == "relcl" or not any(c.dep_ in _FILLED for c in clause.children)  # not "talk that Doe was angry"
    said = clause.dep_ in {"relcl", "acl"} and clause.tag_ in {"VBD", "VBZ"} and gap
    return said and (row := match(clause, ())) is not None and row.root in {"10", "11", "12"}


def _topic(preposition: Token, noun: Token) -> bool:
    """Whether a clause behind a preposition is only what a noun is about."""
    return _gerund(preposition) and noun.pos_ == "NOUN" and preposition.lower_ in _TOPICS


def _gerund(preposition: Token) -> bool:
    return any(c.dep_ == "pcomp" and c.tag_ == "VBG" for c in preposition.children)


def _infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def _own(verb: Token) -> Mode:
    aux = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    negated = any(c.dep_ == "neg" or c.lower_ in _NOT for c in verb.children) or _nobody(verb) or _inverted(verb)
    if any(c.lower_ in _ALMOST for c in verb.children) or _long_ago(verb):
        return Mode.NONE
    if any(c.dep_ in {"mark", "advmod"} and c.lower_ in _CONDITIONS for c in verb.children):
        return Mode.NONE
    if negated and aux & {"can", "ca"} and lemma(verb) in {"accept", "tolerate"}:
        return Mode.NOT  # "cannot accept the demand": refuses it
    if aux & _MAYBE:
        return Mode.NONE
    if aux & (_WILL | {"would", "'d", "’d"}):
        if "have" in aux:
            return Mode.NONE
        return Mode.NOT if negated else Mode.FUTURE
    past = verb.dep_ == "relcl" and "had" in aux and any(c.lower_ in {"which", "who"} for c in verb.children)
    if past and ((row := match(verb, ())) is None or row.root not in {"02", "10"}):
        return Mode.NONE  # "Doe, who had met Roe a year earlier, ...": told in passing
    if negated:  # "does not recognise", "not to meet"; what did not happen is nothing
        return Mode.NOT if aux & {"to", "does", "do"} else Mode.NONE
    return Mode.DONE


def _long_ago(verb: Token) -> bool:
    """As in "restored relations, eight years after they went to war"."""
    marks = [c for c in verb.children if c.lower_ in {"after", "since"} and c.dep_ in {"mark", "prep"}]
    return verb.dep_ == "advcl" and any(c.i > 0 and c.nbor(-1).lemma_ in {"year", "decade"} for c in marks)


def _nobody(verb: Token) -> bool:
    """As in "no soldier has crossed", "not a single soldier has crossed"."""
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    return any(t.lower_ in {"no", "not", "none", "neither"} for s in subjects for t in (s, *s.children) if t.i <= s.i)


def _inverted(verb: Token) -> bool:
    """As in "Not until they leave will Doe talk", "Never will Doe agree"."""
    aux = next((c for c in verb.children if c.dep_ == "aux"), None)
    after = aux is not None and any(c.dep_ == "nsubj" and c.i > aux.i for c in verb.children)
    first = verb.sent[0].lower_ if after else ""
    return first in {"not", "never", "nor", "neither"}


def _beside(child: Token, head: Token, kind: Mode) -> Mode | None:
    """What a verb joined by "and" shares: "urged it to stop and leave", "will meet and sign"; None for a new start."""
    if any(c.dep_ in {"nsubj", "nsubjpass"} or (c.dep_ == "aux" and c.lower_ != "to") for c in child.children):
        return None
    past = {child.tag_, head.tag_} <= {"VBD", "VBN"}  # the model takes one for the other
    if not past and child.tag_ not in {"VB", "VBP", head.tag_} and child.lower_ != child.lemma_:
        return None
    own = _own(head)
    return own if own is not Mode.DONE else kind


def _above(child: Token, head: Token, kind: Mode) -> Mode | None:
    """What the word above makes of the action; None where the climb ends."""
    to = _infinitive(child)
    if child.dep_ == "prep" and kind is Mode.DONE and child.lower_ in _CHARGED and _gerund(child):
        return Mode.NONE
    if child.dep_ == "advcl" and child.tag_ == "VBG" and not any(c.dep_ == "mark" for c in child.children):
        return kind if _own(head) is Mode.DONE else _own(head)  # "..., killing five": as real as what it goes with
    if child.dep_ in {"advcl", "relcl"} and not to:
        return None
    if child.dep_ == "conj":
        return _beside(child, head, kind)
    if child.dep_ == "ccomp" and any(t.text == ";" for t in child.doc[child.i : head.i]):
        return None  # "Doe demanded it; Roe refused"
    return _under(child, head, kind, to=to)


def _under(child: Token, head: Token, kind: Mode, *, to: bool) -> Mode | None:
    """What a verb makes of the action in the clause below it."""
    word = lemma(head)
    if word in _ENDS and child.tag_ == "VBG":
        return Mode.NONE
    row = match(head, ())
    if row is not None and row.root == "03" and "needs-inner" in row.marks and child.dep_ == "ccomp":
        return kind  # "signalled that it would leave"
    if row is not None and row.marks & {"control", "needs-inner"} and (to or child.dep_ != "advcl"):
        return Mode.NONE
    if row is not None and {"promise", "will"} <= row.marks and any(c.lower_ == "had" for c in head.children):
        return Mode.NONE  # "had wanted to leave"
    if row is not None and "promise" in row.marks:
        return Mode.NOT if kind is Mode.NOT else Mode.FUTURE
    excluded = word == "rule" and (child.tag_ == "VBG" or child.lower_ == "out")  # "ruled out joining the ban"
    if excluded or (word in _WISHES and (to or child.tag_ == "VBG" or child.dep_ in {"xcomp", "ccomp"})):
        return Mode.NONE
    willing = head.pos_ == "ADJ" and word in {"open", "willing", "ready", "prepared"}
    if willing or (word in _WEIGHS and child.tag_ == "VBG"):  # "is considering breaking off relations"
        return Mode.FUTURE
    if word in _PLANS and to:
        if word == "decide" and kind is Mode.DONE:
            return Mode.FUTURE
        return Mode.NOT if kind is Mode.NOT or _own(head) in {Mode.NOT, Mode.NONE} else Mode.FUTURE
    if to and child.dep_ == "advcl":
        return Mode.NONE  # "sent troops to drive out the rebels"
    if to and child.dep_ == "xcomp":
        own = _own(head)
        return own if own is not Mode.DONE else kind
    return kind

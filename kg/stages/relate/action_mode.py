"""Whether an action is done, ahead, refused, or only wanted, said to be wanted, or imagined."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from kg.stages.relate.action_words import lemma, match

if TYPE_CHECKING:
    from spacy.tokens import Token


class Mode(StrEnum):
    """How real an action is."""

    DONE = "done"
    FUTURE = "future"
    NOT = "will not"
    NONE = "none"


class How(NamedTuple):
    """The mode of an action, and whether the sentence tells it in passing."""

    kind: Mode
    aside: bool = False


_WILL = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_MAYBE = frozenset({"may", "might", "could", "can", "should", "must", "ca", "ought"})
_NOT = frozenset({"not", "n't", "n’t", "never"})
_PLANS = frozenset({"plan", "intend", "expect", "schedule", "due", "set", "slate", "prepare", "ready", "decide",
                    "arrange", "go", "poise", "determine", "resolve", "about", "be", "bind", "propose", "willing",
                    "prepared", "aim"})  # fmt: skip
_WISHES = frozenset({"want", "hope", "wish", "like", "seek", "try", "attempt", "consider", "able", "unable",
                     "need", "have", "likely", "wait", "help", "mean", "suggest", "recommend", "favour", "favor",
                     "discuss", "mull", "contemplate"})  # fmt: skip
_CONDITIONS = frozenset({"if", "unless", "whether", "should", "in_case"})
_ASIDE = frozenset({"after", "since", "when", "while", "as", "because", "although", "though", "before", "until",
                    "following", "despite", "whose", "which", "who", "that", "where"})  # fmt: skip
_BEFORE_GERUND = frozenset({"after", "since", "before", "for", "of", "in", "by", "from", "about", "over"})
_UP = frozenset({"xcomp", "ccomp", "conj", "advcl", "pcomp", "prep", "acl", "relcl", "dobj", "pobj", "oprd",
                 "attr", "acomp", "nsubj", "nsubjpass", "amod", "dep", "appos", "npadvmod", "agent"})  # fmt: skip


def mode(verb: Token) -> How:
    """The mode of a verb by its own auxiliaries and by the words above it.

    What stands below a verb that urges, refuses, accuses or threatens is what is urged, refused, blamed or threatened.
    """
    kind = _own(verb)
    child, aside = verb, _aside(verb)
    while kind is not Mode.NONE and child.dep_ in _UP and child.head.i != child.i:
        head = child.head
        if head.pos_ in {"VERB", "AUX", "ADJ"} or lemma(head) in _PLANS:
            above = _above(child, head, kind)
            if above is None:
                break
            kind = above
        elif child.dep_ == "acl" and child.tag_ in {"VB", "VBG"}:
            return How(Mode.NONE)  # "an offer to mediate", "a plan for sending troops"
        child = head
        aside = aside or _aside(child)
    return How(kind, aside)


def _own(verb: Token) -> Mode:
    aux = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    negated = any(c.dep_ == "neg" or c.lower_ in _NOT for c in verb.children)
    if any(c.dep_ in {"mark", "advmod"} and c.lower_ in _CONDITIONS for c in verb.children):
        return Mode.NONE
    if aux & _MAYBE:
        return Mode.NONE
    if aux & (_WILL | {"would", "'d", "’d"}):
        if "have" in aux:
            return Mode.NONE
        return Mode.NOT if negated else Mode.FUTURE
    if negated:
        return Mode.NOT if "to" in aux else Mode.NONE
    return Mode.DONE


def _above(child: Token, head: Token, kind: Mode) -> Mode | None:
    """What the word above makes of the action; None where the climb ends."""
    word = lemma(head)
    to = any(c.lower_ == "to" and c.dep_ == "aux" for c in child.children)
    if child.dep_ in {"advcl", "relcl"} and not to:
        return None
    if child.dep_ == "conj":
        bare = not any(c.dep_ in {"nsubj", "nsubjpass", "aux"} for c in child.children)
        own = _own(head)
        if not bare or child.tag_ not in {"VB", head.tag_}:
            return None
        return own if own is not Mode.DONE else kind
    row = match(head, ())
    if row is not None and row.marks & {"control", "needs-inner"} and (to or child.dep_ != "advcl"):
        return Mode.NONE
    if row is not None and "promise" in row.marks:
        return Mode.NOT if kind is Mode.NOT else Mode.FUTURE
    if word in _WISHES and (to or child.tag_ == "VBG" or child.dep_ in {"xcomp", "ccomp"}):
        return Mode.NONE
    if head.pos_ == "ADJ" and word in {"open", "willing", "ready", "prepared"}:
        return Mode.FUTURE
    if word in _PLANS and to:
        if word == "decide" and kind is Mode.DONE:
            return Mode.FUTURE
        return Mode.NOT if kind is Mode.NOT or _own(head) in {Mode.NOT, Mode.NONE} else Mode.FUTURE
    if to and child.dep_ == "xcomp":
        own = _own(head)
        return own if own is not Mode.DONE else kind
    return kind


def _aside(verb: Token) -> bool:
    """Whether a clause tells something in passing: behind "after", "since" or a relative pronoun."""
    if verb.dep_ == "relcl":
        return True
    if verb.dep_ == "pcomp":
        return verb.head.lower_ in _BEFORE_GERUND
    return verb.dep_ == "advcl" and any(c.lower_ in _ASIDE for c in verb.children)

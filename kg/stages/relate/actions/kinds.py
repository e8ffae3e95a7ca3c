"""Which reading of a verb its doer and its objects allow, and its class, root and status by tense and negation."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.stages.relate.actions.deeds import HARMING
from kg.stages.relate.actions.mode import Mode
from kg.stages.relate.actions.namings import groups
from kg.stages.relate.actions.other import conditional
from kg.stages.relate.actions.words import is_one_of, nouns

if TYPE_CHECKING:
    from kg.stages.relate.actions.actors import Cast
    from kg.stages.relate.actions.words import Pattern
    from kg.tokens import Token

_CROWD = {"14": "PROTEST", "18": "ASSAULT"}
GIVING = frozenset({"04", "05", "06", "07", "08"})  # what one does for the other: its future is a promise
_VOICED = frozenset({"02", "10", "11", "13"})  # what a crowd says is a protest
PROMISED = frozenset({"pledge", "promise", "undertake", "agree", "guarantee", "swear"})
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "SYM"})  # what an object begins with


def fitting(cast: Cast, pattern: Pattern, verb: Token, head: Token | None) -> bool:
    """Whether the head of the doer's phrase and the object are such as a pattern asks for."""
    return _by(cast, pattern, head) and _has_object(pattern, verb)


def _by(cast: Cast, pattern: Pattern, head: Token | None) -> bool:
    """Whether those do it whom a pattern asks for: a crowd, troops, missiles."""
    if "crowd" in pattern.marks:
        return _is(head, "who-crowd")
    if "needs-army" in pattern.marks and head is not None and cast.is_state(head):
        return True
    for mark in pattern.marks & {"needs-troops", "needs-army", "needs-missile"}:
        named = [cast.text.doc[s.i] for t in (head,) if t for s in cast.phrase(t)]
        return any(is_one_of(t, mark.removeprefix("needs-").replace("army", "troops")) for t in (head, *named) if t)
    return True


def _has_object(pattern: Pattern, verb: Token) -> bool:
    """Whether there is something that harm is done to: "the boat sank" harms nobody."""
    if pattern.root not in HARMING or pattern.nouns or pattern.marks & {"both", "mutual"} or pattern.slots[0] != "obj":
        return True
    after = verb.doc[verb.i + 1 + bool(pattern.particle)] if verb.i + 2 < verb.sent.end else None
    near = after is not None and after.pos_ in _PHRASE and not after.is_punct
    own = any(c.dep_ in {"dobj", "nsubjpass", "dative", "agent"} for c in verb.children)
    return near or own or verb.dep_ in {"acl", "relcl", "conj"} or verb.tag_ == "VBN"


def coded(pattern: Pattern, verb: Token, head: Token | None, how: Mode) -> tuple[str, str, str] | None:
    """Class, root and status after source, tense and negation."""
    code, root = pattern.code, pattern.root
    if code == "@PROTEST":
        code, root = ("PROTEST", "14") if _is(head, "who-crowd") else ("ACCUSE", "11")
    elif pattern.other_root is not None and _is(head, pattern.other_root[0], people=False):
        root = pattern.other_root[1]
        code = _CROWD.get(root, code)
    if pattern.other_root and how is Mode.DONE and _is(head, "who-rebel") and (root == "17" or _civilians(verb)):
        root, code = "18", "ASSAULT"
    if root in _VOICED | {"17"} and _is(head, "who-protest"):
        root, code = "14", "PROTEST"
    if how is Mode.DONE:
        return code or _public(pattern), root, "Done"
    if how is Mode.FUTURE:
        if root in GIVING:
            return "AGREE", "03", "Planned"
        if root in HARMING or pattern.nouns == nouns("court"):  # "will take it to court"
            return "THREATEN", "13", "Threatened"
        if root == "12" and any(c.dep_ == "advcl" and conditional(c) for c in verb.children):
            return "THREATEN", "13", "Threatened"  # "will veto its entry unless the row is settled"
        return code or _public(pattern), root, "Done"
    if root in HARMING and verb.head.lemma_ in PROMISED:
        return "AGREE", "03", "Done"  # "promised not to attack"
    if root in GIVING | {"03"}:  # what one will not do
        return "REJECT", "12", "Done"
    return None


def _public(pattern: Pattern) -> str:
    """The nearest class of a public statement: what is denied is rejected, what is considered may be agreed."""
    return "AGREE" if pattern.nouns & {"proposal"} else "REJECT"


def _is(head: Token | None, name: str, *, people: bool = True) -> bool:
    """Whether the head of the source's phrase is of a class: "Turkish gunmen"; "Moroccans" are a crowd."""
    if head is None:
        return False
    if name == "who-rebel" and head.text in groups():
        return True
    if is_one_of(head, name):
        return True
    plural = head.text[:1].isupper() and head.tag_ in {"NNS", "NNPS"} and not head.text.isupper()
    plural = plural and head.text not in _ends_of_names()  # not "Honduras", "the Philippines"
    return name == "who-crowd" and people and plural


@cache
def _ends_of_names() -> frozenset[str]:
    """The last words of the names of states."""
    return frozenset(name.split()[-1] for _, name, _ in table("states"))


def _civilians(verb: Token) -> bool:
    """Whether a verb is done to people who bear no arms."""
    done_to = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
    return any(is_one_of(t, "who-civil") for t in done_to)

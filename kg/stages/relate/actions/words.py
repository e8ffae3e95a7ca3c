"""The words that tell an action between states: patterns of `actions.tsv` laid on a verb and what follows it."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.dates import WEEKDAYS
from kg.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.tokens import Token

REACH = 12  # tokens behind a verb in which its particle and its object are looked for
_VERBAL = frozenset({"VBG", "VBD", "VBZ", "VBP"})
_MANY = 3  # digits: "100,000 people" are thousands
_CLOSE = 4  # tokens behind a verb in which its particle stands, where it does not hang on it
_MARKS = frozenset({"control", "promise", "self", "both", "mutual", "event", "crowd", "needs-troops",
                    "needs-army", "needs-missile", "needs-inner", "needs-body", "future-only", "told", "reverse",
                    "will", "asks", "bare"})  # fmt: skip
_OWN_KIND = ("who-works", "accord", "own-thing")
_APART = frozenset({"acl", "relcl", "advcl", "pcomp"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
# Forms that the model may leave as they are.
_FORMS = {"held": "hold", "shot": "shoot", "slammed": "slam", "retook": "retake", "retaken": "retake", "route": "rout"}


class Pattern(NamedTuple):
    """One row of the list: what must follow the verb, and what it then means."""

    particle: frozenset[str]
    nouns: frozenset[str]
    code: str  # PLOVER class, "" for a public statement
    root: str
    other_root: tuple[str, str] | None  # (class of the source, root that it has instead)
    marks: frozenset[str]
    slots: tuple[str, ...]


@cache
def nouns(name: str) -> frozenset[str]:
    """The lemmas of a class of nouns; a name that is no class stands for itself."""
    return next((frozenset(row[1].split()) for row in table("action_nouns") if row[0] == name), frozenset({name}))


@cache
def patterns() -> dict[str, tuple[Pattern, ...]]:
    """The patterns of each verb, those that ask for more words first, then in order of the list."""
    found: dict[str, list[Pattern]] = {}
    for words, code, root, reading in table("actions"):
        verbs, _, object_ = words.partition(" [")
        verb, _, particle = verbs.partition(" ")
        wanted = frozenset(n for name in object_.rstrip("]").split("|") if name for n in nouns(name))
        plain, _, other = root.partition("@")
        parts = reading.split()
        pattern = Pattern(
            frozenset(particle.split("|")) - {""}, wanted, code.strip("-"), plain or "11",
            (f"who-{other[:-2].lower()}", other[-2:]) if other else None,
            frozenset(parts) & _MARKS, tuple(p for p in parts if p not in _MARKS) or ("obj", "any"),
        )  # fmt: skip
        for one in verb.split("|"):
            found.setdefault(one, []).append(pattern)
    for words, code, root, forms, behind in table("action_deeds"):
        if "light" in forms.split():
            slots = (*(p for p in behind.split() if p != "only"), "obj", "any")
            pattern = Pattern(frozenset(), frozenset(words.split()), code, root, None, frozenset({"control"}), slots)
            for one in nouns("light"):
                found.setdefault(one, []).append(pattern)
    return {verb: tuple(sorted(rows, key=lambda p: -bool(p.nouns) - bool(p.particle))) for verb, rows in found.items()}


def lemma(token: Token) -> str:
    """The lemma in lower case, where the model gives the form itself for a past tense too."""
    return _lemma(token.lemma_)


@lru_cache(maxsize=1 << 14)
def _lemma(given: str) -> str:
    low = given.lower()
    if low in patterns():
        return low
    if low in _FORMS:
        return _FORMS[low]
    for ending in ("ed", "d", "s", "es", "ing"):
        if low.endswith(ending) and low[: -len(ending)] in patterns():
            return low[: -len(ending)]
    return low


def match(verb: Token, passive: Sequence[Token]) -> Pattern | None:
    """The pattern of a verb that the words around it fit: the one whose words stand nearest, else the first.

    Args:
        verb: The verb.
        passive: The tokens of its passive subject, which stands for the object.
    """
    return next(iter(matches(verb, passive)), None)


def matches(verb: Token, passive: Sequence[Token]) -> list[Pattern]:
    """All patterns of a verb that the words around it fit, as in `match`, the best first."""
    rows = patterns().get(lemma(verb), ())
    if not rows:
        return []
    after = _Words(verb, passive)
    fits = [row for row in rows if after.have(row) and _apt(row, verb)]
    found = [(place, n) for n, row in enumerate(fits) if (place := _place(row, after)) is not None]
    return [fits[n] for _, n in sorted(found, key=lambda f: (not (fits[f[1]].particle and fits[f[1]].nouns), f))]


def _apt(row: Pattern, verb: Token) -> bool:
    """Whether the clauses around a verb allow a reading: below a teller, with a clause of its own."""
    if "told" in row.marks:
        return verb.dep_ == "ccomp"
    if "bare" in row.marks:
        return not any(c.dep_ == "dobj" for c in verb.children)
    if "will" in row.marks:  # "wants to leave", not "wants Doe to leave"
        inner = [c for c in verb.children if c.dep_ in {"xcomp", "ccomp"}]
        asked = any(c.dep_ in {"dobj", "dative"} for c in verb.children)
        own = [c for c in inner if c.tag_ == "VB" and not any(t.dep_ in {"nsubj", "nsubjpass"} for t in c.children)]
        return not asked and bool(own)
    return True


class _Words:
    """The words that a verb is read with: those behind it, and those of its passive subject."""

    def __init__(self, verb: Token, passive: Sequence[Token]) -> None:
        self.after = following(verb)
        self.forms = [_forms(t) for t in self.after]
        self.object = {form for t in passive for form in _forms(t)}
        self.all = self.object.union(*self.forms)

    def have(self, row: Pattern) -> bool:
        """Whether the words that a pattern asks for are among these at all, wherever they stand."""
        if row.particle and row.particle.isdisjoint(self.all):
            return False
        return not row.nouns or not row.nouns.isdisjoint(self.all)


def _place(row: Pattern, words: _Words) -> int | None:
    """How far behind the verb the word stands that a pattern asks for; None where it is not there."""
    after, place = words.after, None
    if row.particle:
        beside = after if row.nouns else [t for k, t in enumerate(after) if k < _CLOSE or t.head.i == after[0].i - 1]
        place = next((k for k, t in enumerate(beside) if t.lower_ in row.particle and not _aside(t)), None)
        if place is None:
            return None
    if row.nouns:
        if not row.nouns.isdisjoint(words.object):
            return 0
        fits = (k for k, forms in enumerate(words.forms) if not row.nouns.isdisjoint(forms) and _thing(after[k], row))
        return next((k for k in fits if not _of_another(after[k], after[0].i - 1)), None)
    return REACH + _CLOSE if place is None else _CLOSE + place  # nouns tell more than particles


def _of_another(thing: Token, verb: int) -> bool:
    """Whether a word belongs to what another verb tells: "signed an order putting the deal into force"."""
    while thing.i > verb and thing.head.i != thing.i:
        if thing.dep_ in _APART and thing.pos_ == "VERB":
            return True
        thing = thing.head
    return False


def _dates(token: Token) -> bool:
    """Whether a preposition only says when: "on Tuesday"."""
    behind = token.doc[token.i + 1] if token.i + 1 < token.sent.end else None
    return behind is not None and (behind.lower_ in WEEKDAYS or behind.ent_type_ in {"DATE", "TIME"})


def _aside(token: Token) -> bool:
    """Whether a particle tells when, or belongs to a noun: "on Tuesday", "welcomed a decision to free the suspects"."""
    return _dates(token) or (token.dep_ == "aux" and token.head.dep_ == "acl")


def _thing(token: Token, row: Pattern) -> bool:
    """Whether a word can be what a pattern asks for: no verb, no part of a name but a diplomat's title."""
    of = [t for c in token.children if c.lower_ == "of" for t in c.children if is_one_of(t, "talks")]
    if of:
        return of[0].lemma_.lower() in row.nouns  # "opened a round of talks" fires at nobody
    on_day = token.dep_ == "pobj" and token.ent_type_ == "DATE" and token.head.lower_ == "on"
    ago = token.dep_ == "npadvmod" and (row.nouns != nouns("deadline") or token.nbor().lower_ == "ago")
    if on_day or ago:
        return False  # "gave its paper a week ago", "gave up on the third day"
    if token.tag_ in _VERBAL:
        return token.tag_ == "VBG" and token.lower_ in row.nouns  # "charged with spying"
    if token.dep_ == "poss" or (token.dep_ == "compound" and any(is_one_of(token.head, c) for c in _OWN_KIND)):
        return False  # "aid workers", "a trade agreement", "the president's remarks"
    return (token.pos_ != "PROPN" or bool(row.nouns & {"ambassador", "embassy", "tribunal"}))


def _forms(token: Token) -> set[str]:
    many = token.like_num and "," in token.text and len(token.text) > _MANY
    return {token.lemma_.lower(), token.lower_, *(("thousand",) if many else ())}


def is_one_of(head: Token, name: str) -> bool:
    """Whether a word is of a class of nouns, whatever its number; a name of an abbreviated body is none."""
    forms = {head.lemma_.lower(), head.lower_, head.lower_.removesuffix("s")}
    return bool(forms & nouns(name))


def following(verb: Token) -> list[Token]:
    """The tokens behind a verb as far as its object may reach: up to a full stop or another finite verb."""
    found = []
    for token in verb.doc[verb.i + 1 : min(verb.i + 1 + REACH, verb.sent.end)]:
        if token.text in {".", ";", ":"} or (token.tag_ in _FINITE and token.pos_ in {"VERB", "AUX"}):
            break
        found.append(token)
    return found

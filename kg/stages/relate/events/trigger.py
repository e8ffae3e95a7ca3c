"""A word that names an event, and who takes part by the words around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING, TypeAlias

from kg.lexicon import members, table
from kg.model import EntityKind, FactKind
from kg.stages.relate.clauses import done_by
from kg.stages.relate.modality import Stage
from kg.stages.relate.passages import once
from kg.stages.relate.references import Actor
from kg.tokens import of_token

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.stages.relate.text import Text
    from kg.tokens import Token, Tokens
Number: TypeAlias = "tuple[int, tuple[int, int]]"  # with the characters of the words that tell it
CARRIERS = members("event_company", "carrier")
BY_PHONE = members("event_company", "by phone")
LISTENERS = members("event_company", "listener")
ORDINALS = {"first": 1, "opening": 1, "inaugural": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
            "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
            "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
            "nineteenth": 19, "twentieth": 20}  # fmt: skip
ORDINALS |= {f"{n}{'th' if 3 < n < 21 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}": n for n in range(1, 31)}
GROUPS = frozenset({"delegation", "team", "mission", "group"})
SPELLS = frozenset({"minute", "hour", "day", "week", "month", "night", "evening", "marathon", "bout", "couple"})
ASIDE = frozenset({"sideline", "margin", "fringe", "occasion"})  # "on the sidelines of the summit"
_BESIDE = frozenset({"sidelines", "margins", "fringes", "during", "at", "occasion", "alongside"})
_SEVERAL = frozenset({"handful", "number", "dozen", "party", "row", "string", "host", "panel", "crowd", "trio"})
_GROUPS_OF_PEOPLE = GROUPS | _SEVERAL
_TELL = frozenset({"say", "tell", "add", "note", "announce", "report", "explain", "state"})
ELSE_WHEN = frozenset({"before", "after", "following", "ahead", "since", "until"})
_SENT = frozenset({"send", "dispatch", "despatch"})


@cache
def event_nouns() -> frozenset[str]:
    """The nouns that name events."""
    return frozenset(_kinds_of_nouns())


def kind_of_noun(noun: Token) -> FactKind | None:
    """The kind of event that a noun names, if any."""
    return _kinds_of_nouns().get(noun.lemma_.lower())


@cache
def _kinds_of_nouns() -> dict[str, FactKind]:
    return {word: FactKind(kind) for word, kind, reading in table("event_words") if reading in {"noun", "vague"}}


@dataclass(slots=True)
class Trigger:
    """A word that names an event."""

    token: Token
    kind: FactKind
    reading: str
    carrier: Token | None = None  # the verb that a noun hangs on
    stage: Stage = Stage.HELD
    actors: list[Actor] = field(default_factory=list)
    anaphoric: bool = False
    by_phone: bool = False
    apart: bool = False  # its events are told one by one
    place: Token | None = None  # of one event of a series, or told elsewhere than behind the word
    number: Number | None = None  # of one event of a series


def people(text: Text, tokens: Iterable[Token]) -> list[Actor]:
    """The actors of some noun phrases in order; of a delegation or group those who are named, where any is."""
    return list(dict.fromkeys(a for t in tokens for a in _people(text, t)))


@once(list[Actor])
def _people(text: Text, token: Token) -> list[Actor]:
    found = _leaders(text, token) or _among(text, token) or _senders(text, token) or text.actors(token)
    return found + [a for a in _company(text, token) if a not in found] if found else found


def _company(text: Text, token: Token) -> list[Actor]:
    """Who is with somebody: "Doe, accompanied by Roe, met Poe"."""
    told = [c for t in (token, *token.children) if t == token or t.dep_ == "appos" for c in t.children]
    known = members("event_company", "beside")
    beside = (c for c in told if c.dep_ in {"acl", "advcl"} and c.lemma_ in known and done_by(c))
    found = [a for c in beside for t in text.subjects(c) for a in text.actors(t)]
    return [a for a in found if text.kind(a.ref) is EntityKind.PERSON]


def doers(text: Text, verb: Token) -> list[Actor]:
    """Who does what a verb tells, or who tells of it where the clause above is of nobody."""
    passive = done_by(verb) or any(c.dep_ == "auxpass" for c in verb.children)
    found = people(text, text.subjects(verb)) or ([] if passive else tellers(text, verb))
    return found or at_invitation(text, verb)


def at_invitation(text: Text, verb: Token) -> list[Actor]:
    """As in "At the invitation of Doe, Roe, Minister of Peru, visited Lima": the parse joins Roe to Doe."""
    if not any(p.lemma_ == "invitation" for p in text.prepositions(verb, "at", "upon")):
        return []
    named = text.persons_between(verb.sent.start, verb.i)
    return [Actor(m.entity, text.tokens(m.start, m.end)[0]) for m in named[1:][-1:]]


def tellers(text: Text, verb: Token) -> list[Actor]:
    """Who tells of it, but no spokesman: "Doe said a deal was near after meeting Roe", "'We met Roe', Doe said"."""
    ours = any(c.lower_ == "we" for c in verb.children if c.dep_ == "nsubj")
    own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
    if not ours and (own or verb.tag_ not in {"VBG", "VBN"} or verb.dep_ not in {"pcomp", "advcl"}):
        return []
    above = (t for t in verb.ancestors if t.pos_ in {"VERB", "AUX"} and (t.lemma_ in _TELL or not ours))
    found = next((found for t in above if (found := people(text, text.subjects(t)))), [])
    return [a for a in found if not speaks_for_others(text, a)]


def speaks_for_others(text: Text, actor: Actor) -> bool:
    """Whether somebody tells of the talks of others: a spokesman, a source."""
    unnamed = text.kind(actor.ref) is EntityKind.SOURCE
    return unnamed or any(o.holder == actor.ref and "spokes" in o.head for o in text.mentions.offices)


def _among(text: Text, token: Token) -> list[Actor]:
    """Who is named of a group: "a handful of bosses, among them Doe and Roe", "ministers including Doe"."""
    if token.pos_ != "NOUN" or (token.tag_ != "NNS" and token.lemma_.lower() not in _GROUPS_OF_PEOPLE):
        return []
    marks = (t.i for t in token.doc[token.i + 1 : _next_clause(token.i + 1, token.sent.end, token.doc)]
             if t.lower_ in {"including", "notably"} or (t.lower_ == "among" and t.nbor().lower_ in {"them", "these"}))
    start = next(marks, None)
    if start is None:
        return []
    named = text.persons_between(start, _next_clause(start + 1, token.sent.end, token.doc))
    return [Actor(m.entity, text.tokens(m.start, m.end)[0]) for m in named]


def _next_clause(start: int, end: int, doc: Tokens) -> int:
    """Where the next verb with a tense stands, or the sentence ends."""
    return next((t.i for t in doc[start:end] if t.pos_ == "VERB" and t.tag_ in {"VBD", "VBZ", "VBP"}), end)


def _senders(text: Text, token: Token) -> list[Actor]:
    """Whose a team is that is told without a state: "a technical team sent by Brussels", "a mission from Delhi"."""
    if token.lemma_.lower() not in GROUPS or any(text.state(a.ref) for a in text.actors(token)):
        return []
    behind = text.prepositions(token, "from")
    behind += [s for c in token.children if c.dep_ == "acl" and c.lemma_ in _SENT for s in text.subjects(c)]
    states = [a for t in behind for a in text.actors(t) if text.kind(a.ref) in {EntityKind.COUNTRY, EntityKind.BLOC}]
    return states[:1]


def _leaders(text: Text, token: Token) -> list[Actor]:
    """Who leads a delegation: "a delegation led by Doe", "experts under Doe", "Doe leads a team that is in Delhi"."""
    one = token.lower_ == "one" and token.dep_ == "conj" and token.head.lemma_.lower() in GROUPS
    group = token.lemma_.lower() in GROUPS or one  # "the Peruvian delegation, led by Doe, and the Chilean one, led by"
    if not group and token.lower_ not in members("event_company", "delegates"):
        return []
    both = any(t.lower_ in {"both", "two"} for t in token.subtree)  # not "officials under President Doe"
    under = text.prepositions(token, "under") if group or both else []
    for child in token.children:  # "a delegation consisting of Doe and Roe"
        if child.dep_ == "acl" and child.lemma_ in {"consist", "compose", "comprise"}:
            under += [*text.prepositions(child, "of"), *text.objects(child)]
    under += [s for c in _asides(text, token) if c.lemma_ in {"lead", "head"} for s in text.subjects(c)]
    if token.dep_ == "dobj" and token.head.lemma_ in {"lead", "head"}:
        under += text.subjects(token.head)
    if under:  # "experts under Doe, the deputy minister, and Roe": the parse joins Roe to the experts
        under += [c for c in token.children if c.dep_ == "conj" and c.i > under[-1].i]
    found = [a for t in under for a in text.actors(t)]
    led = [a for a in found if text.kind(a.ref) is EntityKind.PERSON]
    ours = {text.state(a.ref) for a in led}  # "between a team led by Doe and Peruvian officials": the parse joins these
    if None in ours:  # "Indian officials led by Doe"
        found += text.actors(token)
    return led + [a for a in found if a not in led and text.state(a.ref) not in ours] if led else []


def _asides(text: Text, token: Token) -> list[Token]:
    """The participles behind a noun: "a team of experts [led] by Doe", "The teams sat in Rome, [led] by Doe"."""
    own = [token, *text.prepositions(token, "of")]
    around = [token.head, *filter(text.is_time, token.head.subtree)] if token.dep_ == "nsubj" else []
    return [c for t in (*own, *around) for c in t.children if c.dep_ in {"acl", "advcl"} and (t in own or done_by(c))]


def below(verb: Token, name: str) -> list[Token]:
    """Heads behind a preposition anywhere below a verb, but not in another clause."""
    return [
        p for t in _prepositions(verb) if t.lower_ == name and _clause(t) == verb
        and not _of_another_time(t, verb) for p in t.children if p.dep_ == "pobj"
    ]  # fmt: skip


@of_token
def _prepositions(verb: Token) -> list[Token]:
    """Those anywhere below a verb."""
    return [t for t in verb.subtree if t.dep_ in {"prep", "agent"}]


def _of_another_time(token: Token, verb: Token) -> bool:
    """As in "met Doe two days before his summit [with] Roe": of what comes before or after."""
    between = takewhile(lambda t: t.i != verb.i, token.ancestors)
    marks = (t for t in between if t.lower_ in ELSE_WHEN and t.dep_ == "prep")
    return any(c.lemma_.lower() in event_nouns() for t in marks for c in t.children)


def _clause(token: Token) -> Token:
    """The verb of the clause that a token stands in."""
    while token.head.i != token.i:
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            break
    return token


def within(trigger: Trigger, other: Trigger) -> bool:
    """As in "on the sidelines of the summit", "met during the summit"."""
    if other.kind not in {FactKind.SUMMIT, FactKind.ROUND}:
        return False
    above = list(islice(other.token.ancestors, 9))
    for n, token in enumerate(above[:6]):
        if (above[n - 1] if n else other.token).dep_ == "relcl":
            return False
        if token.lower_ in _BESIDE - ({"occasion"} if trigger.kind is FactKind.VISIT else set()):
            verb = next((m for m, t in enumerate(above[n + 1 :]) if t.tag_ == "VBD"), len(above))
            return any(t in (trigger.token, trigger.carrier) for t in above[n + 1 : n + verb + 2])
    return False

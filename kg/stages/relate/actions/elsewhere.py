"""What a whole text tells by other facts, or only in passing, though a lead sentence of its own would tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.actions.deeds import HARMING, in_passing
from kg.stages.relate.actions.kinds import GIVING, PROMISED
from kg.stages.relate.actions.mode import Mode
from kg.stages.relate.actions.words import is_one_of, lemma, nouns
from kg.stages.relate.positions.refusals import own_will
from kg.stages.relate.positions.verbs import silent

if TYPE_CHECKING:
    from kg.stages.relate.actions.words import Pattern
    from kg.tokens import Token

_WISHES = frozenset({"want", "hope", "wish", "like"})
MEETING = frozenset({"meet", "see", "talk", "speak", "visit", "hold", "resume", "continue", "reconvene", "negotiate"})
_GOING_ON = frozenset({"resume", "continue", "hold"})
_TOLD_LATER = frozenset({"02", "10", "11"})  # demands and blame
_AHEAD = frozenset({"will", "would", "shall", "should", "must"})
_EASED = frozenset({"05", "08"})
_ASIDE = frozenset({"acl", "relcl", "advcl", "ccomp", "csubj", "pcomp"})
_LEADING = frozenset({"prt", "prep", "advmod", "xcomp", "ccomp", "acomp", "oprd"})
_SAID = frozenset({"11", "12"})
_CHECKED = "09"  # "observers will monitor the truce" blames nobody


def said_elsewhere(pattern: Pattern, verb: Token, how: Mode) -> bool:
    """Whether a text tells it by other facts.

    Courtesies are statements, talks and journeys ahead are events, wishes, offers and readiness are positions; who
    declines to name a date refuses nobody, who asks not to be named asks nobody.
    """
    if (pattern.root == "12" or lemma(verb) == "ask") and any(c.dep_ == "xcomp" and silent(c) for c in verb.children):
        return True
    if verb.dep_ == "xcomp" and how is Mode.FUTURE and lemma(verb.head) in _WISHES:
        return True  # "want to settle the dispute"
    if _not_done(pattern, verb, how):
        return True
    if lemma(verb) == "agree" and any(_view(c) for c in verb.children):
        return True
    own = lemma(verb) == "ask" and not any(c.dep_ in {"dobj", "dative", "nsubjpass"} for c in verb.children)
    talking = (own or pattern.root == "03") and any(_talks(t) for t in _inner(verb))  # "asked to see Doe"
    journey = pattern.root == "04" and how is Mode.FUTURE
    asked = verb.tag_ == "VBN" and verb.dep_ == "advcl" and not any(c.dep_ == "agent" for c in verb.children)
    turning = "to" in pattern.particle and lemma(verb) == "turn" and verb.tag_ == "VBG"  # "Turning to Ukraine, he"
    position = lemma(verb) in nouns("told-as-position") or pattern.nouns in (nouns("due"), nouns("ready"))
    people = pattern.root == "06" and nouns("suspect") <= pattern.nouns
    given = people or pattern.root == "11" or (pattern.root == "08" and pattern.nouns)  # prisoners, not papers
    measure = lemma(verb) in nouns("made-public") and not given  # tariffs made public
    courtesy = measure or pattern.root == "01" or lemma(verb) in nouns("courtesy")
    return courtesy or position or talking or journey or asked or turning


def _view(clause: Token) -> bool:
    """Whether what two agree is only how they see it: "agreed that more time was needed", not "that it would end"."""
    ahead = any(c.lower_ in _AHEAD and c.dep_ == "aux" for c in clause.children)
    finite = any(t.tag_ in {"VBD", "VBZ", "VBP"} for t in (clause, *clause.children))
    open_ = any(t.tag_ in {"WRB", "WP", "WDT"} for t in clause.children if t.i < clause.i)  # "agreed how it is to end"
    return clause.dep_ == "ccomp" and clause.i > clause.head.i and not (ahead or open_) and finite


def _not_done(pattern: Pattern, verb: Token, how: Mode) -> bool:
    """Whether a verb tells no deed to the other side: said later, a stance, an embrace, a reason."""
    later = how is Mode.FUTURE and pattern.root in _TOLD_LATER and pattern.nouns != nouns("court")  # "would take it up"
    stands = lemma(verb) == "insist" and any(own_will(c) for c in verb.children)  # "insists that it will not pay"
    embraced = lemma(verb) == "embrace" and not any(c.dep_ in {"dobj", "nsubjpass"} for c in verb.children)
    return later or stands or embraced or (pattern.root == "19" and in_passing(verb))


def _inner(verb: Token) -> list[Token]:
    """The verbs of what is agreed, offered or hoped for."""
    heads = [verb, *(c for c in verb.children if c.dep_ in {"acomp", "attr"} or c.lower_ == "to")]
    return [c for t in heads for c in t.children if c.dep_ in {"xcomp", "ccomp", "pcomp", "pobj"} and c.i > verb.i]


def _talks(token: Token) -> bool:
    """Whether a word below a verb of agreeing tells of talks alone: "agreed to seek a summit", "open to a meeting"."""
    things = [token, *(c for c in token.children if c.dep_ == "dobj")]
    of_flights = lemma(token) in _GOING_ON and len(things) > 1 and things[1].lemma_.lower() not in nouns("talking")
    if of_flights and things[1].pos_ == "NOUN":  # "agreed to resume direct flights"
        return False
    return lemma(token) in MEETING or any(t.lemma_.lower() in nouns("talks") for t in things if t.pos_ == "NOUN")


def no_news(pattern: Pattern, verb: Token, how: Mode) -> bool:
    """Whether a verb tells nothing that is done to the other side in a text that is about talks."""
    if pattern.root == _CHECKED:
        return True
    if how is Mode.FUTURE and pattern.root in _EASED and not _promised(verb):
        return True  # "would lift its tariff": a plan; only who promises it gives his word
    if pattern.root in GIVING and pattern.slots[0] == "obj" and not pattern.nouns and not _object(verb):
        return True  # "returned from Washington"
    if pattern.root in HARMING and any(is_one_of(t, "sanction") for t in _doing(verb)):
        return True  # "steel is hit by a tariff"
    if pattern.root in _SAID and pattern.particle and not _led_by(pattern, verb):
        return True  # "turn a promise on steel into"
    return pattern.root in HARMING | GIVING and bool(pattern.nouns) and not _own(pattern, verb)


def _led_by(pattern: Pattern, verb: Token) -> bool:
    """Whether the particle that a pattern asks for belongs to the verb rather than to a noun behind it."""
    for token in verb.sent:
        above = token.head if token.head.dep_ in _LEADING else token
        if token.lower_ in pattern.particle and (token.i == verb.i + 1 or verb.i in {token.head.i, above.head.i}):
            return True
    return False


def _promised(verb: Token) -> bool:
    """Whether somebody gives his word for what a verb tells: "promised to release"."""
    above = verb.head
    while above.dep_ in {"conj", "xcomp"} and above.head.i != above.i and above.lemma_ not in PROMISED:
        above = above.head
    return above.lemma_ in PROMISED


def _object(verb: Token) -> bool:
    return any(c.dep_ in {"dobj", "dative", "nsubjpass"} for c in verb.children) or verb.dep_ in {"acl", "relcl"}


def _doing(verb: Token) -> list[Token]:
    """The subject or agent of a verb."""
    agents = [p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
    return agents + [c for c in verb.children if c.dep_ == "nsubj"]


def _own(pattern: Pattern, verb: Token) -> bool:
    """Whether the noun that a pattern asks for is the verb's own: not "trade barriers raised by their side"."""
    for token in verb.sent:
        if not pattern.nouns.isdisjoint({token.lemma_.lower(), token.lower_}) and _hangs_on(token, verb):
            return True
    return False


def _hangs_on(token: Token, verb: Token) -> bool:
    """Whether a word stands below a verb without a clause between, or a relative clause is about it."""
    about = verb.dep_ in {"acl", "relcl", "conj"} and verb.head.i in {token.i, token.head.i}
    while token.i != verb.i and token.head.i != token.i and (token.dep_ not in _ASIDE or token.head.i == verb.i):
        token = token.head
    return about or token.i == verb.i

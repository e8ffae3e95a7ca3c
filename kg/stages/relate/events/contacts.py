"""Meetings told by what was done with somebody: "took up the matter with Doe in Rome", "argued it out with Roe"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.agreed import agreed_at
from kg.lexicon import mapping, members, words
from kg.stages.relate.events.trigger import BY_PHONE, LISTENERS, below, people
from kg.stages.relate.events.verbs import in_person
from kg.stages.relate.verb_forms import travels

if TYPE_CHECKING:
    from kg.stages.relate.text import Actor, Text
    from kg.tokens import Token
_DAY = 10  # characters of a day
_TELL = frozenset({"tell", "assure", "warn", "urge", "press", "brief", "remind", "promise", "lobby", "inform"})
_AFAR = frozenset({"letter", "message", "note", "interview", "tweet", "post", "statement", "speech", "call", "cable"})
_HANDED = frozenset({"letter", "message", "invitation", "note", "gift"})  # "delivered a letter to Doe in Rome"
_JOURNEYS = frozenset({"visit", "trip", "stop", "stopover", "stay", "tour", "day"})
_ABSENT = frozenset({"join", "represent", "replace", "succeed", "follow", "support", "honour", "bury", "mourn"})


def contact(text: Text, verb: Token) -> list[Actor]:
    """Who was together where a verb does not name a meeting but tells of one.

    Somebody of one state does something with a named person of another, and the clause tells how long it took, that it
    was face to face, or the city and the day. What is put to somebody needs as much: "put it to Doe in person".
    """
    if agreed_at(verb):
        return []  # "promised to lower duties at a meeting with Doe"
    if (sought := _of_journey(text, verb)):
        return sought
    if (both := _where_both(text, verb)):
        return both
    lemma = verb.lemma_.lower()
    if lemma in _TELL:
        return _told_there(text, verb)
    if lemma in members("event_company", "together"):
        both = [a for a in people(text, text.subjects(verb)) if text.is_person(a)]
        if len({text.state(a.ref) for a in both} - {None}) > 1 and _at_a_place_and_day(text, verb):
            return both
    wished = f"{lemma}/VERB" in mapping("modality") and any(c.dep_ == "dobj" for c in verb.children)
    if wished or verb.pos_ != "VERB" or lemma in members("event_company", "apart") or lemma in words("speech_verbs"):
        return []
    told, shared = below(verb, "to"), below(verb, "with")
    if not (told or shared) or any(t.lower_ in BY_PHONE for t in verb.subtree):
        return []
    ours = [a for a in people(text, text.subjects(verb)) if text.is_person(a)]
    partners = people(text, [t for t in [*shared, *told] if t.lemma_.lower() not in LISTENERS])
    own = {text.state(a.ref) for a in ours} - {None}
    partners = [a for a in partners if text.is_person(a) and text.state(a.ref) not in own]
    if not ours or not partners:
        return []
    timed = any(t.minutes is not None and _of(text, verb, t.start) for t in text.times(verb.sent))
    there = any(_is_city(text, t) for t in below(verb, "in") + below(verb, "at"))
    dated = any(t.date is not None for t in text.times(verb.sent))
    with_them = (bool(shared) or any(o.lemma_ in _HANDED for o in text.objects(verb))) and there and dated
    return ours + partners if timed or in_person(verb) or with_them else []


def _where_both(text: Text, verb: Token) -> list[Actor]:
    """As in "flies to London, where she and Roe want to strike a bargain": what two of two states do in a city."""
    clause = verb
    while clause.dep_ == "xcomp" and clause.head.pos_ in {"VERB", "AUX"}:
        clause = clause.head
    here = any(c.lower_ == "where" for t in (verb, clause) for c in t.children)
    above = next((t for t in clause.ancestors if t.pos_ == "VERB"), clause)  # "arrived in Rome on Monday, where"
    there = _is_city(text, clause.head) or (
        text.is_time(clause.head) and any(_is_city(text, t) for t in text.prepositions(above, "in", "to"))
    )
    if clause.dep_ != "relcl" or not here or not there or verb.pos_ != "VERB":
        return []
    if any(c.dep_ == "xcomp" for c in verb.children):
        return []  # the verb below tells what they do
    subjects = [c for c in clause.children if c.dep_ == "nsubj"]
    both = [a for a in people(text, subjects) if text.is_person(a)]
    return both if len({text.state(a.ref) for a in both} - {None}) > 1 else []


def _told_there(text: Text, verb: Token) -> list[Actor]:
    """As in "Doe told Roe in Rome on Friday that he would sign": face to face, where neither phone nor letter is told.

    What hangs on the verb itself is meant: not "told Roe that talks in Rome on Friday had failed".
    """
    ours = [a for a in people(text, text.subjects(verb)) if text.is_person(a)]
    own = {text.state(a.ref) for a in ours} - {None}
    whom = [a for a in people(text, text.objects(verb)) if text.is_person(a)]
    whom = [a for a in whom if text.state(a.ref) not in own | {None}]
    afar = any(t.lower_ in BY_PHONE or t.lemma_.lower() in _AFAR for t in verb.subtree)
    there = whom and own and not afar and _at_a_place_and_day(text, verb)
    return ours + whom if there else []


def together_in(text: Text, verb: Token) -> list[Actor]:
    """As in "was in Tunis on Thursday with President Doe": whom of another state one is with in a city."""
    ours = [a for a in people(text, text.subjects(verb)) if text.is_person(a)]
    own = {text.state(a.ref) for a in ours} - {None}
    partners = [a for a in people(text, text.prepositions(verb, "with")) if text.is_person(a)]
    partners = [a for a in partners if text.state(a.ref) not in own | {None}]
    return ours + partners if ours and own and partners and _at_a_place_and_day(text, verb) else []


def _at_a_place_and_day(text: Text, verb: Token) -> bool:
    """As in "Doe and Roe had agreed in Rome on May 6 to": what two do together at a place on a day."""
    near = text.prepositions(verb, "in", "at")
    near += [t for t in below(verb, "in") if (who := text.who(t.head.head)) is not None and text.is_person(who)]
    there = any(_is_city(text, t) for t in near)  # also hung on a name, but not "at a summit in Rome"
    return there and any(t.date and len(t.date) == _DAY and _of(text, verb, t.start) for t in text.times(verb.sent))


def _of_journey(text: Text, verb: Token) -> list[Actor]:
    """As in "will fly to London to brief Doe", "flew to Delhi to persuade Roe": whom one travels to."""
    used = verb.head.lemma_ == "use" and any(o.lemma_ in _JOURNEYS for o in text.objects(verb.head))
    travelled = used or verb.head.lemma_ in travels()  # "used a stop in Rome to brief Doe"
    if verb.dep_ not in {"advcl", "xcomp"} or not travelled or verb.lemma_ in _ABSENT:
        return []
    purpose = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    purpose = purpose and not any(t.lower_ in BY_PHONE or t.lemma_ == "call" for t in verb.subtree)
    if any(c.dep_ == "prt" for c in verb.head.children):
        return []  # "went on to praise Doe"
    if not purpose:
        return []
    ours = [a for a in people(text, text.subjects(verb.head)) if text.is_person(a)]
    own = {text.state(a.ref) for a in ours} - {None}
    whom = people(text, text.objects(verb) + below(verb, "with"))
    whom = [a for a in whom if text.is_person(a) and text.state(a.ref) not in own]
    return ours + whom if ours and own and whom else []


def _of(text: Text, verb: Token, start: int) -> bool:
    """Whether a time stands in the clause of a verb."""
    token = text.token(start)
    return next((t == verb for t in token.ancestors if t.pos_ in {"VERB", "AUX"}), False)


def _is_city(text: Text, token: Token) -> bool:
    mention = text.entity(token)
    named = mention is not None and (mention.startswith("place/") or token.text in words("capitals"))
    return token.lower_ == "capital" or named

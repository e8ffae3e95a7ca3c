"""Nouns that name events, with the verb that carries them: "held talks", "a visit to Tokyo", "the third round"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.agreed import agreed_at
from kg.lexicon import members
from kg.model import EntityKind, FactKind
from kg.stages.relate.events.abroad import of_own_state, where_told, without_hosts
from kg.stages.relate.events.bodies import is_body, of_both
from kg.stages.relate.events.calls import phoned
from kg.stages.relate.events.carried import of_carrier
from kg.stages.relate.events.destinations import destination, is_stop, own_goal
from kg.stages.relate.events.journeys import guests
from kg.stages.relate.events.no_event import broken_off, no_event
from kg.stages.relate.events.numbers import numbered
from kg.stages.relate.events.partners import (
    MEALS,
    after_it,
    asked_for,
    heads_behind,
    in_clause,
    joined,
    means,
    of_occasion,
    other_side,
    said_of_it,
)
from kg.stages.relate.events.places import names_place
from kg.stages.relate.events.trigger import (
    BY_PHONE,
    CARRIERS,
    LISTENERS,
    ORDINALS,
    SPELLS,
    Trigger,
    at_invitation,
    people,
)
from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.verb_forms import is_to, travels

if TYPE_CHECKING:
    from kg.stages.relate.references import Actor
    from kg.stages.relate.text import Text
    from kg.tokens import Token
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "earlier", "previous", "such"})
_OCCASION = frozenset({"of", "in", "for", "at", "during", "on", "into", "to", "with", "from"})
_WHICH = frozenset({"final", "last", "latest", "next", "new", "previous", "earlier", "fresh", "another", "further"})
_EMERGE = frozenset({"emerge", "come", "walk", "storm"})
_WHERE = frozenset({"in", "during", "at", "over", "on"})
_ON_IT = frozenset({"after", "during", "on", "from", "before", "following", "of"})  # "flew home after a stay in Lima"
_INVOLVING = frozenset({"involving", "including", "featuring", "uniting", "bringing"})
_OF_VISIT = frozenset({EntityKind.PERSON, EntityKind.COUNTRY, EntityKind.BLOC, EntityKind.ORGANIZATION})
_LED = frozenset({"lead", "head", "chair", "co-chair", "host", "mediate", "moderate", "conduct", "attend", "open"})


def noun(text: Text, token: Token, kind: FactKind, reading: str) -> Trigger | None:
    """The event that a noun names, or None where the words around it tell of another thing."""
    if no_event(token, kind):
        return None
    by_phone = any(t.lower_ in BY_PHONE for t in (*token.children, *means(token)))
    if kind is FactKind.MEETING and by_phone:
        kind = FactKind.CALL
    holder = carrier(token)
    paid = holder is not None and holder.lemma_ == "pay"
    called_on = paid and kind is FactKind.VISIT and any(
        text.is_person(a) for a in people(text, text.prepositions(token, "to")))  # fmt: skip
    if called_on or (token.lower_ == "call" and (paid or any(c.lower_ == "courtesy" for c in token.children))):
        kind = FactKind.MEETING
    if kind is FactKind.MEETING and holder is not None and holder.lemma_ in {"hold", "have"} and phoned(holder):
        kind, by_phone = FactKind.CALL, True  # "held talks with Doe via video link"
    trigger = Trigger(token, kind, reading, holder, by_phone=by_phone)
    trigger.stage = stage(token)
    to_summit = kind is FactKind.SUMMIT and holder is not None and holder.lemma_ == "invite"
    if to_summit or (kind is FactKind.VISIT and (be := is_stop(token)) is not None and be.tag_ == "VBZ"):
        trigger.stage = Stage.PLANNED
    trigger.actors = _actors(text, token, holder, kind)
    determiners = {c.lower_ for c in token.children if c.dep_ in {"det", "poss", "amod"}}
    possessed = any(c.dep_ == "poss" and text.is_time(c) for c in token.children)  # "Tuesday's meeting"
    if possessed and _once_set(token):
        return None
    if "the" in determiners and _beside_call(token):
        trigger.actors = []  # those who phone are not those of the meeting
    trigger.kind = _of_bloc(text, trigger)
    if kind is FactKind.VISIT:
        _paid(text, trigger)
    theirs = not trigger.actors and any(c.tag_ == "PRP$" for c in token.children)  # "Their conversation lasted an hour"
    trigger.anaphoric = theirs or bool(determiners & _DEFINITE) or not determiners or possessed
    if kind is FactKind.ROUND and not _of_talks(text, trigger):
        return None
    lasted = any(t.minutes is not None for t in text.times(token.sent))  # "broke off the talks after an hour"
    if reading == "vague" and trigger.stage is Stage.HELD and broken_off(token) and not lasted:
        return None
    return _journey(text, trigger) if kind is FactKind.VISIT else trigger


def _beside_call(noun: Token) -> bool:
    """As in "phoned Roe before and after the meeting"."""
    link = noun.head
    while link.dep_ == "conj" and link.pos_ == "ADP":
        link = link.head
    return noun.dep_ == "pobj" and link.lower_ in {"before", "after"} and link.head.pos_ == "VERB" and phoned(link.head)


def _journey(text: Text, trigger: Trigger) -> Trigger | None:
    """The visit with where it leads and those who travel; None where one of these is not told."""
    token = trigger.token
    goal = destination(text, token, "noun")
    if goal is None or goal in own_goal(text, token):
        trigger.place = where_told(text, trigger)
    goal = trigger.place or goal
    called_off = trigger.anaphoric and trigger.stage is Stage.CANCELLED
    if not called_off and (not trigger.actors or goal is None or of_own_state(text, trigger)):
        return None
    trigger.actors = without_hosts(text, trigger, goal)
    return trigger


def _of_bloc(text: Text, trigger: Trigger) -> FactKind:
    """As in "at the NATO gathering in Rome on Friday", which is a summit."""
    of_bloc = any(text.kind(a.ref) is EntityKind.BLOC for a in trigger.actors)
    dated = any(t.date for t in text.times(trigger.token.sent))
    return FactKind.SUMMIT if trigger.token.lower_ == "gathering" and of_bloc and dated else trigger.kind


def _once_set(noun: Token) -> bool:
    """As in "Sunday's session had originally been set for May 3": the day that was given up of one told elsewhere."""
    around = {c.lower_ for c in noun.head.children}
    return noun.dep_ == "nsubjpass" and "had" in around and bool(around & {"originally", "initially", "first"})


def _paid(text: Text, trigger: Trigger) -> None:
    """Who pays a visit by a clause behind it, "the visit that Doe wants to pay to Japan", or whose trip it was.

    A trip called off without a name is that of the person of the sentence before, or of whom the article speaks most.
    """
    token = trigger.token
    asked = next((t for t in token.ancestors if t.lemma_.lower() in {"invitation", "invite"}), None)
    if asked is not None and any(t.lemma_ in {"pay", "make"} for t in token.ancestors):  # "invited Doe to pay a visit"
        trigger.actors = guests(text, asked) if asked.pos_ == "NOUN" else people(text, text.objects(asked))
        trigger.stage = Stage.SOUGHT
    paid = [t for t in token.subtree if t.lemma_ in {"pay", "make"} and t.pos_ == "VERB" and t.i > token.i]
    if paid and any(c.dep_ == "relcl" for c in token.children):
        trigger.actors, trigger.stage = people(text, text.subjects(paid[0])), stage(paid[0])
    elif not trigger.actors and token.dep_ == "pobj" and token.head.lower_ in _ON_IT:
        clause = next((found for t in token.ancestors if (found := people(text, text.subjects(t)))), [])
        trigger.actors = [a for a in clause if text.is_person(a)]
    if not trigger.actors and trigger.carrier is not None and not text.subjects(trigger.carrier):
        trigger.actors = at_invitation(text, trigger.carrier)
    if not trigger.actors and any(c.tag_ == "PRP$" for c in token.children):  # "Her visit to Rome, Doe said, was short"
        said = (c for t in token.ancestors for c in t.children if c.dep_ == "parataxis")
        trigger.actors = [a for c in said for a in people(text, text.subjects(c)) if text.is_person(a)]
    if not trigger.actors and trigger.stage is Stage.CANCELLED:
        last = text.subject_before(token) or text.last_subject(token) or text.protagonist(token)
        trigger.actors = [last] if last is not None else []


def carrier(noun: Token) -> Token | None:
    """The verb of which an event noun is subject or object, or whose occasion it is ("met for talks")."""
    token = _spell(noun) or noun
    while token.dep_ in {"conj", "pobj", "prep", "appos"} and token.head.i != token.i:
        if token.head.lower_ in {"sidelines", "margins", "fringes", "eve", "heels"}:
            return None
        meal = token.lower_ == "over" and noun.lemma_.lower() in MEALS  # "settled it over dinner"
        if token.dep_ == "prep" and not meal and (token.lower_ not in _OCCASION or _aside(token)):
            return None
        token = token.head
        if token.dep_ == "advmod" and token.lower_ in {"away", "out", "back"}:  # "came away from the talks"
            token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            return _agreed(token)
    length = token != noun and token.dep_ == "npadvmod"  # "ended a week of talks": the parse takes the week for when
    if (length or token.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"}) and token.head.pos_ in {"VERB", "AUX"}:
        told = next((c for c in token.head.children if is_to(c)), token.head)  # "The talks are to be held in Rome"
        return _agreed(told) if token != noun else told
    return None


def _agreed(verb: Token) -> Token:
    """The verb of which an infinitive tells what was agreed: "urged Doe to cut duties at a meeting"."""
    return verb.head if agreed_at(verb) else verb


def _aside(prep: Token) -> bool:
    """As in "was in town [for the summit]": where one is, which has its own occasion."""
    return prep.lower_ == "for" and prep.head.lemma_ in {"town", "city", "capital", "country"}


def _of_talks(text: Text, trigger: Trigger) -> bool:
    """A round of talks, not of a cup: it says so, or it has two sides."""
    token = trigger.token
    of = {p.lemma_.lower() for p in text.prepositions(token, "of")}
    around = {c.lower_ for c in token.children}
    around |= {"first"} if numbered(token) is not None else set()  # also "round two"
    sides = {text.state(a.ref) or a.ref for a in trigger.actors}
    if of:
        of_sides = {p.lower_ for p in text.prepositions(token, "of")} & members("group_words", "states")
        return bool(of & members("event_company", "of talks") or (of_sides and text.about_talks)
                    or (len(sides) > 1 and of & members("event_company", "of sides")))  # fmt: skip
    held = trigger.carrier is not None and trigger.carrier.lemma_.lower() in CARRIERS
    held = held or any(c.dep_ == "acl" and c.lemma_ == "hold" for c in token.children)  # "the round, held in May"
    ahead = trigger.carrier is not None and trigger.carrier.lemma_ == "go" and trigger.stage is Stage.PLANNED
    if (held or ahead) and text.about_talks and around & (ORDINALS.keys() | _WHICH):
        return True
    named = len(text.sides) > 1 and (text.about_talks or around & ORDINALS.keys())
    if token.lower_ == "one" or around & members("event_company", "of trade") or named:
        return True
    return len(sides) > 1 or any(c.dep_ == "poss" and text.entity(c) for c in token.children)


def _actors(text: Text, token: Token, holder: Token | None, kind: FactKind) -> list[Actor]:
    """Who takes part in the event that a noun names: by its own phrase, then by the verb that carries it."""
    found = _in_phrase(text, token, holder, kind)
    if holder is not None and holder.lemma_.lower() not in members("event_company", "no carrier"):
        found = of_carrier(text, token, holder, kind, found)
    found += in_clause(text, token, found)
    where = _WHERE if kind is FactKind.VISIT else _WHERE - {"on"}  # "briefed Roe on the talks"
    if holder is not None and token.head.lower_ == "from" and holder.lemma_ in _EMERGE and kind is not FactKind.VISIT:
        found = people(text, text.subjects(holder)) + found  # "came away from the session in Rome"
    own = kind is FactKind.VISIT and found  # "met Roe during his visit"
    course = token.head.lower_ == "of" and token.head.head.lower_ == "course"  # "in the course of a meeting"
    if token.dep_ == "pobj" and (course or token.head.lower_ in where) and holder is not None and not own:
        found += of_occasion(text, token, holder, found)
    if kind is not FactKind.VISIT:
        found = found or said_of_it(text, token) or after_it(text, token) or asked_for(text, token, holder)
        held_by = text.subjects(holder) if holder is not None and holder.lemma_.lower() in CARRIERS else []
        delegates = members("event_company", "delegates")
        sent = [t for t in heads_behind(token, kind) + held_by if t.lower_ in delegates or is_body(t)]
        found = found or of_both(text, sent)
        found = other_side(text, token, holder, found) + found
    return list(dict.fromkeys(found))


def _spell(noun: Token) -> Token | None:
    """The noun above in "three days of talks", on which the parse hangs who talks, and in "a 30-minute one-on-one"."""
    if noun.dep_ == "nummod" and noun.lower_ == "one":
        return noun.head
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    return above if above is not None and above.lemma_.lower() in SPELLS else None


def _in_phrase(text: Text, token: Token, holder: Token | None, kind: FactKind) -> list[Actor]:
    """As in "Doe's meeting with Roe", "Japan-U.S. talks", "a round of talks between Japan and the U.S."."""
    held = holder is not None and holder.lemma_.lower() in CARRIERS and bool(text.subjects(holder))
    held_by = held and kind is not FactKind.VISIT
    own = [
        c for c in token.children
        if (c.dep_ == "poss" and not (held_by and c.tag_ == "PRP$"))
        or (c.dep_ in {"compound", "nmod", "amod"} and text.entity(c) is not None)
    ]  # fmt: skip
    own += [d for c in own for d in c.children if d.dep_ in {"compound", "nmod"}
            and text.entity(d) not in {None, text.entity(c)}]  # fmt: skip
    own = [c for c in own if not names_place(text, c) or text.entity(c) in text.likely_sides]  # "the Madrid round"
    if kind is FactKind.VISIT:  # "her first official visit", "her Peru visit"
        goal = own_goal(text, token)
        kinds = {c.i: text.kind(r) for c in own if (r := text.entity(c)) is not None}  # "official" is nobody's
        own = [c for c in own if c not in goal and (c.dep_ == "poss" or kinds.get(c.i) in _OF_VISIT)]
    clause = next((t for t in token.ancestors if t.dep_ == "relcl"), None)
    if clause and any(c.lower_ == "whose" for c in own):  # "EU leaders, whose summit was to open"
        own.append(text.antecedent(clause))
    found = [a for a in people(text, own) if text.kind(a.ref) is not EntityKind.PLACE]
    involved = [p for c in token.children if c.lower_ in _INVOLVING for p in (*text.objects(c), *_of(c))]
    after = text.doc[token.i + 2 : token.sent.end] if token.tag_ == "NNS" else ()  # "talks, including one with Doe"
    involved += [p for t in after if t.lower_ == "one" and t.nbor(-1).lower_ == "including"
                 for p in text.prepositions(t, "with")]
    found += people(text, involved)  # "a meeting involving Doe and Roe"
    behind = [p for t in (token, _spell(token)) if t is not None for p in heads_behind(t, kind)]
    found += people(text, [t for t in behind if t.lower_ not in LISTENERS and t.i != token.i])
    if kind is not FactKind.VISIT:
        found += [a for a in _led(text, token) if a not in found]
    if any(text.is_person(a) for a in found):
        found += joined(text, token)
    said = text.prepositions(token, "of") if kind is FactKind.ROUND else []
    found += [_for_state(text, token, holder, a) for t in said for a in _actors(text, t, None, FactKind.MEETING)]
    return found


def _for_state(text: Text, noun: Token, holder: Token | None, actor: Actor) -> Actor:
    """Who tells of a round of talks stands for the own state: "Doe said that a round of talks with Peru was near".

    But who travels or is there for one takes part in it.
    """
    state = text.state(actor.ref)
    bound = holder is not None and (holder.lemma_.lower() in travels() or holder.lemma_ == "be")
    goes = bound and holder is not None and text.doc[actor.token] in text.subjects(holder)
    itself = goes or text.doc[actor.token] in noun.subtree
    return actor if itself or state is None or not text.is_person(actor) else actor._replace(ref=state, safe=False)


def _of(prep: Token) -> list[Token]:
    """What stands behind a word that the parse takes for a preposition or for a verb."""
    return [p for p in prep.children if p.dep_ == "pobj"]


def _led(text: Text, noun: Token) -> list[Actor]:
    """Who led the talks or their delegations: "a round of talks between delegations headed by Doe and Roe"."""
    led = (t for t in noun.subtree if t.i > noun.i and t.dep_ == "acl" and t.tag_ == "VBN" and t.lemma_ in _LED)
    return [a for verb in led for a in people(text, text.subjects(verb)) if text.is_person(a)]

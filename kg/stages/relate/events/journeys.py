"""Journeys: who travels where: "arrived in Geneva", "is due in London", "invited Doe to Tokyo"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members
from kg.model import EntityKind, FactKind, Ref
from kg.stages.relate.called_off import taken_up
from kg.stages.relate.events.destinations import CARRIERS, destination, hosts, is_place
from kg.stages.relate.events.trigger import GROUPS, Trigger, people
from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.verb_forms import REPORTING, homeward

if TYPE_CHECKING:

    from kg.stages.relate.text import Actor, Text
    from kg.tokens import Token
_TRAVELLERS = frozenset({EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.SOURCE})
_HOMEWARD = frozenset({"return", "leave", "depart"})
_ON = frozenset({"on", "onward", "onwards", "thence"})
_ASKED = frozenset({"invite", "invitation", "ask", "urge"})
_TRIPS = frozenset({"tour", "trip", "visit", "journey", "mission", "itinerary", "travel", "leg", "schedule",
                    "programme", "program", "route", "swing"})  # fmt: skip
_BROUGHT = frozenset({"message", "campaign", "case", "plea", "appeal", "offer", "plan", "proposal", "complaint",
                      "grievance", "concern", "demand"})  # fmt: skip
_CONVEYED = frozenset({"fly", "take", "bring", "whisk", "drive", "rush", "ferry"})
_TAKEN = frozenset({"accept", "receive", "get", "decline", "reject", "welcome"})


def journey(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> Trigger | None:
    """A visit needs a traveller and a place abroad that one goes to or stays in."""
    verb = trigger.token
    if trigger.reading == "stay" and verb.lemma_ == "be" and any(c.dep_ == "xcomp" for c in verb.children):
        return None  # "In Lima Doe is to host Roe"
    place = destination(text, verb, trigger.reading) or _elsewhere(text, trigger)
    if place is None and verb.lemma_ in {"visit", "come"} and not text.objects(verb):
        return _to_the_host(text, trigger, subjects)
    if place is None or _no_guests(text, verb):
        return None
    if trigger.reading in {"expected", "invite"}:
        return _expected(text, trigger, objects)
    if trigger.reading == "send":
        subjects = _sent(text, verb)
    if trigger.reading == "take":
        subjects = _taken(text, verb, subjects, objects)
    subjects = _invited(text, verb) or subjects
    subjects = subjects or _conveyed(text, verb, objects)
    if verb.lemma_ == "accompany":
        subjects = objects + subjects
    subjects = subjects or _aboard(text, verb)
    travellers = [a for a in subjects if text.kind(a.ref) in _TRAVELLERS] or _delegates(text, verb)
    travellers = travellers or (subjects if trigger.reading == "send" else [])
    if not travellers or _at_home(text, trigger, place, travellers):
        return None  # "returned to the White House", "left for Tokyo": nobody visits the own country
    if trigger.reading == "back" and stage(verb) is not Stage.HELD:
        return None
    if trigger.reading == "stay" and _in_one_house(text, place, travellers):
        trigger.kind, trigger.reading = FactKind.MEETING, "attend"
    if trigger.reading == "go" and any(c.lower_ in _ON and not text.is_time(c.nbor()) for c in verb.children):
        trigger.reading, trigger.place = "leave", place  # "flew on to Lima": what was told before took place elsewhere
    trigger.actors, trigger.stage = travellers + _companions(text, verb, place, travellers), _how_far(verb)
    return trigger


def _no_guests(text: Text, verb: Token) -> bool:
    """Whether troops, helpers or goods go there: "soldiers crossed into Doe", "sent medics", "flew food to Doe"."""
    goods = [c for c in verb.children if c.dep_ == "dobj"]
    sent = goods if goods and verb.lemma_ in {"send", "dispatch", "fly"} else text.subjects(verb)
    no_guests = members("event_company", "no guest")
    if goods and verb.lemma_ == "fly" and not people(text, goods) and not {t.lemma_ for t in goods} & CARRIERS:
        return True
    return bool(sent) and any(t.lower_ in no_guests for t in (sent[0], *sent[0].children) if t.i <= sent[0].i)


def _companions(text: Text, verb: Token, place: Token, travellers: list[Actor]) -> list[Actor]:
    """As in "flew to Lima with her trade minister": persons of the own state; those of another are met there."""
    states = {text.state(a.ref) for a in travellers if text.is_person(a)} - {None}
    known, there = {a.ref for a in travellers}, text.state_of_place(place)
    beside = [a for a in people(text, text.prepositions(verb, "with", "alongside")) if text.is_person(a)]
    ours = [a for a in beside if text.state(a.ref) in {None, *states} or (not states and text.state(a.ref) != there)]
    return [a for a in ours if a.ref not in known]


def _elsewhere(text: Text, trigger: Trigger) -> Token | None:
    """Where one comes from, "flew home from Lima", or has come, "arrived on Sunday", which is told elsewhere."""
    verb = trigger.token
    if trigger.reading in {"go", "leave"} or any(c.lower_ == "back" for c in verb.children):
        trigger.place = left(text, verb)
        trigger.reading = "back" if trigger.place is not None else trigger.reading
    if trigger.place is None and trigger.reading == "go" and _has_come(text, verb):
        trigger.place = text.last_place(verb)
    return trigger.place


def _to_the_host(text: Text, trigger: Trigger, subjects: list[Actor]) -> Trigger | None:
    """As in "invited Doe to visit this year", "Roe said that Doe would come soon": to those who say so."""
    verb = trigger.token
    trigger.actors, trigger.stage = _invited(text, verb) or _told_by_host(text, verb, subjects), stage(verb)
    return trigger if trigger.actors and all(text.is_person(a) for a in trigger.actors) else None


def _how_far(verb: Token) -> Stage:
    """As `stage`; "due in Rome" is planned, and who "will remain in Rome" is there."""
    own = stage(verb)
    if own is Stage.HELD and any(c.lower_ in {"due", "headed", "bound"} for c in verb.children):
        return Stage.PLANNED
    to_come = verb.dep_ == "pcomp" and verb.head.lower_ == "before" and verb.head.head.lemma_ in REPORTING
    if own is Stage.HELD and to_come:  # "told reporters before boarding a plane for Lima"
        return Stage.PLANNED
    return Stage.HELD if own is Stage.PLANNED and verb.lemma_ == "remain" else own


def _in_one_house(text: Text, place: Token, there: list[Actor]) -> bool:
    """As in "The negotiators, among them Doe and Roe, were in Lancaster House": people of two states meet there."""
    entity = text.entities.get(text.entity(place) or Ref(""))
    states = {text.state(a.ref) for a in there} - {None}
    return entity is not None and entity.within is not None and len(states) > 1


def left(text: Text, verb: Token) -> Token | None:
    """Where one has been that comes from there: "flew home from Lima", "returned from four days in Lima", "left Lima".

    A journey that is named there, "came home from a visit to Lima", tells of itself.
    """
    around, back = {c.lower_ for c in verb.children}, homeward(verb)
    gone = verb.lemma_ in {"leave", "depart"} or (verb.lemma_ == "fly" and "out" in around)
    candidates = text.prepositions(verb, "from") if back or gone else []
    for child in verb.children:
        if child.lower_ in {"back", "home", "out"} and back | gone:
            candidates += text.prepositions(child, "from", "of")
    candidates += text.objects(verb) if verb.lemma_ == "leave" else []
    candidates += [p for t in candidates if text.is_time(t) for p in text.prepositions(t, "in", "at")]
    return next((t for t in candidates if is_place(text, t)), None)


def _has_come(text: Text, verb: Token) -> bool:
    """As in "arrived on Sunday", "flew in with a small team": to the place told of last."""
    if any(c.dep_ == "prep" and c.lower_ in {"in", "at", "to", "from", "into"} and any(
        not text.is_time(p) for p in c.children
    ) for c in verb.children):
        return False
    if not any(c.dep_ == "nsubj" for c in verb.children):
        return False
    come_in = any(c.lower_ == "in" and c.dep_ in {"prt", "advmod", "prep"} for c in verb.children)
    return (verb.lemma_ == "arrive" and verb.pos_ == "VERB") or (verb.lemma_ in {"fly", "jet"} and come_in)


def _at_home(text: Text, trigger: Trigger, place: Token, travellers: list[Actor]) -> bool:
    """Whether one goes back to the own country, or to a spot of the own government."""
    verb = trigger.token
    goal = text.entity(place)
    if goal is None:
        return False
    entity = text.entities[goal]
    state = goal if entity.kind is EntityKind.COUNTRY else entity.country
    back = verb.lemma_ in _HOMEWARD or any(c.lower_ in {"back", "home"} for c in verb.children)
    if trigger.place is not None:
        unsure = {state} if back and verb.lemma_ != "leave" and verb.lemma_ != "depart" else {state, None}
        return state is None or any(text.state(a.ref) in unsure for a in travellers)  # "came back from Lima"
    ours = state is not None and all(text.state(a.ref) == state for a in travellers)
    return ours and (back or trigger.reading == "stay" or entity.within is not None)


def _sent(text: Text, verb: Token) -> list[Actor]:
    """Who is sent: "sent Doe to Lima", "would like to send a team to Lima", which is of the state that sends it."""
    for head in text.objects(verb):
        named = [a for a in people(text, [head]) if a.safe]
        if named or head.lemma_.lower() in GROUPS or head.lower_ in members("event_company", "delegates"):
            return named or people(text, text.subjects(verb))
    return []


def _taken(text: Text, verb: Token, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:
    """Who travels in "a tour that will take Doe to Lima", "Doe took her message to Lima", "brought a team to Lima"."""
    heads = {t.lemma_.lower() for t in text.subjects(verb)}
    if heads & (CARRIERS | _TRIPS):
        return objects
    carried = {t.lemma_.lower() for t in text.objects(verb)}
    return [a for a in subjects if text.is_person(a)] if carried & (GROUPS | _BROUGHT) else []


def _conveyed(text: Text, verb: Token, objects: list[Actor]) -> list[Actor]:
    """Who travels in "was flown to Lima"."""
    passive = verb.lemma_ in _CONVEYED and any(c.dep_ == "auxpass" for c in verb.children)
    return [a for a in objects if text.is_person(a)] if passive else []


def _aboard(text: Text, verb: Token) -> list[Actor]:
    """As in "Doe's plane landed in Lima", "The flight with Doe on board touched down": who travels in it."""
    planes = [t for t in text.subjects(verb) if t.lemma_ in CARRIERS]
    inside = [c for t in planes for c in t.children if c.dep_ == "poss"]
    inside += [p for t in planes for p in text.prepositions(t, "with")]
    inside += [o for t in planes for c in t.children if c.lemma_ in {"carry", "bring"} for o in text.objects(c)]
    return [a for a in people(text, inside) if text.is_person(a)]


def _delegates(text: Text, verb: Token) -> list[Actor]:
    """As in "Japanese experts", "a team sent by Tokyo", who stand for their state."""
    groups = GROUPS | members("event_company", "delegates")
    sent = (t for t in text.subjects(verb) if t.lower_ in groups or t.lemma_.lower() in groups)
    found = [a for a in people(text, sent) if text.state(a.ref) is not None]
    return found if len({text.state(a.ref) for a in found}) == 1 else []  # "the negotiators were in Rome"


def _expected(text: Text, trigger: Trigger, objects: list[Actor]) -> Trigger | None:
    """As in "Doe is expected in Tokyo on Friday", "Roe invited Doe to Tokyo"; not "Doe is expected to sign"."""
    verb = trigger.token
    trigger.actors = [a for a in objects if text.is_person(a)]
    if not trigger.actors and trigger.reading == "expected":  # "A Chilean delegation is expected in Lima"
        sent = [t for t in text.objects(verb) if t.lemma_.lower() in GROUPS]
        trigger.actors = [a for a in people(text, sent) if text.state(a.ref) is not None]
    invited = trigger.reading == "invite"
    trigger.stage = _of_invitation(verb) if invited else Stage.PLANNED
    passive = any(c.dep_ == "auxpass" for c in verb.children) or bool(hosts(text, verb))
    passive = passive or any(is_place(text, p) for p in text.prepositions(verb, "in"))  # "officials expect Doe in Lima"
    infinitive = any(c.dep_ in {"xcomp", "ccomp"} for c in verb.children)
    return trigger if trigger.actors and (passive or invited) and not infinitive else None


def _of_invitation(verb: Token) -> Stage:
    """What was invited is sought, unless the invitation is not given."""
    own = stage(verb)
    return own if own in {Stage.NEGATED, Stage.HYPOTHETICAL} else Stage.SOUGHT


def _invited(text: Text, verb: Token) -> list[Actor]:
    """Who is to travel in "invited Doe to visit" and "his invitation to Doe to come"."""
    head = verb.head
    clause = verb.dep_ in {"xcomp", "ccomp", "acl", "advcl", "relcl"}
    if not clause or head.lemma_.lower() not in _ASKED:
        return []
    return people(text, text.objects(head)) if head.pos_ == "VERB" else guests(text, head)


def _told_by_host(text: Text, verb: Token, subjects: list[Actor]) -> list[Actor]:
    """As in "President Doe said that Roe would visit soon": who comes to the state that says so."""
    says = verb.head if verb.dep_ == "ccomp" and verb.head.lemma_ in REPORTING else None
    hosts_ = {text.state(a.ref) for a in people(text, text.subjects(says))} - {None} if says is not None else set()
    guests_ = [a for a in subjects if text.is_person(a) and text.state(a.ref) not in hosts_ | {None}]
    return guests_ if hosts_ and stage(verb) in {Stage.PLANNED, Stage.SOUGHT} else []


def guests(text: Text, invitation: Token) -> list[Actor]:
    """Who is invited: "an invitation to Doe", "for Doe to come", "extended to Doe", "Doe accepted an invitation"."""
    hosts = {a.ref for a in people(text, text.prepositions(invitation, "from", "by"))}
    named = text.prepositions(invitation, "to", "for")
    for clause in invitation.children:
        named += [c for c in clause.children if clause.pos_ == "VERB" and c.dep_ == "nsubj"]
    verb = invitation.head
    if invitation.dep_ in {"dobj", "nsubjpass", "nsubj"} and verb.pos_ == "VERB":
        named += text.prepositions(verb, "to") + [c for c in verb.children if c.dep_ == "dative"]
        named += text.subjects(verb) if verb.lemma_ in _TAKEN else []
    found = [a for a in people(text, named) if text.is_person(a) and a.ref not in hosts]
    behind = _person_behind(text, invitation, hosts)
    return found or behind


def _person_behind(text: Text, invitation: Token, hosts: set[Ref]) -> list[Actor]:
    """As in "conveyed an invitation from Doe to Roe", where the parse hangs "to Roe" on Doe."""
    for token in text.doc[invitation.i + 1 : invitation.sent.end]:
        if token.pos_ == "VERB":
            break
        if token.lower_ in {"to", "for"}:
            named = (a for p in token.children for a in people(text, [p]) if text.is_person(a) and a.ref not in hosts)
            if (guest := next(named, None)) is not None:
                return [guest]
    return []


def invitation(text: Text, noun: Token) -> Trigger | None:
    """As in "An invitation to Tokyo was extended to Doe"; a verb of travel below tells of the journey itself."""
    goal = destination(text, noun, "noun")
    if goal is None:
        return None
    invited = guests(text, noun)
    own = stage(noun)
    asked = Stage.PLANNED if taken_up(noun) else Stage.SOUGHT
    how = Stage.NEGATED if own in {Stage.NEGATED, Stage.HYPOTHETICAL} else asked
    return Trigger(noun, FactKind.VISIT, "noun", None, how, invited) if invited else None

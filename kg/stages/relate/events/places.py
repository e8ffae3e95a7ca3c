"""Where an event takes place: the city or spot that hangs on its words, or stands nearest behind them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from kg.iris import ref
from kg.lexicon import words as lexicon
from kg.model import Entity, EntityKind, FactKind, Ref
from kg.stages.relate.events.destinations import destination, town
from kg.stages.relate.events.former import held_in, of_one_before
from kg.stages.relate.events.times import told_of
from kg.stages.relate.events.trigger import ASIDE, event_nouns, people
from kg.stages.relate.modality import Stage
from kg.stages.relate.verb_forms import REPORTING, travels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
    from kg.tokens import Token
Place: TypeAlias = "tuple[Entity, tuple[int, int]]"  # with the characters of the words that tell it
_AFTER = frozenset({"after", "following", "when"})
_CONFLICTS = frozenset({"truce", "ceasefire", "cease", "fire", "war", "conflict", "fighting", "crisis", "peace"})
_MATTERS = frozenset({"situation", "development", "event", "progress", "unrest", "election"})
_CEREMONIES = frozenset({"ceremony", "event", "session", "meeting", "summit", "visit", "reception"})
_SET_FOR = frozenset({"plan", "schedule", "pencil", "slate", "set", "fix", "foresee", "book", "earmark"})
_SPEAKING = frozenset({"discuss", "speak"})
_REACH = 14  # tokens behind a verb in which "there" stands
_REACH_OF_ORDINAL = 10  # the same for the place of "the second"


def places(text: Text, trigger: Trigger) -> Iterator[Place]:
    """Each place of an event, with the words that tell it: city and spot are two."""
    token = trigger.token
    if trigger.place is not None:
        yield from _place(text, trigger.place)
        return
    if trigger.kind is FactKind.VISIT:
        goal = destination(text, token, trigger.reading)
        if goal is not None:
            yield from _place(text, goal)
        return
    found = list(_hanging(text, trigger, list(_heads(trigger)))) or list(_near(text, trigger))
    found = found or list(_hanging(text, trigger, list(_above(text, trigger))))
    for place, words in found or _beside(text, trigger):
        city = text.dateline if trigger.stage is Stage.HELD else None
        if city is not None and place.country == city.country and place.label == text.state_label(city):
            yield city, words  # who reports from Geneva that they met in Switzerland tells of Geneva
        else:
            yield place, words


def _heads(trigger: Trigger) -> Iterator[Token]:
    """The words on which the place of an event hangs: its own, its verb, and those that go with the verb.

    As in "is expected to take place in Rome", "It was in Rome that they met".
    """
    token = trigger.token
    verb = trigger.carrier if trigger.carrier is not None else token if token.pos_ in {"VERB", "AUX"} else None
    if trigger.reading == "ordinal" and verb is not None and verb.i < token.i:
        verb = None  # that of the first: "was held in Rome, the second in Lima"
    found = [token] if verb is None or verb == token else [token, verb]
    anchors = {token.i: token.i}
    others = {t.i for t in token.sent if t.i > token.i and t.pos_ == "NOUN" and t.lemma_.lower() in event_nouns()
              and t.head.lower_ != "of"}  # but "the third round of the negotiations, which took place in Rome"
    found += [
        v for v in token.sent
        if v.pos_ in {"VERB", "AUX"} and v.dep_ == "relcl" and v not in found and told_of(v, anchors) is not None
        and not any(i < v.i for i in others)
    ]  # fmt: skip
    found += [c for v in found if v.pos_ == "AUX" for c in v.children if c.dep_ == "xcomp"]  # "which is to be held"
    yield from found
    if verb is None:
        return
    yield from (c for c in verb.children if c.dep_ == "xcomp" and c.pos_ == "VERB")
    marks = {c.lower_ for c in verb.children if c.dep_ == "mark"}
    if verb.dep_ == "ccomp" and "that" in marks and any(c.lower_ == "it" for c in verb.head.children):
        yield verb.head


def _above(text: Text, trigger: Trigger) -> Iterator[Token]:
    """The verbs above an event without a place of its own: "said in Rome after meeting Doe"."""
    verb = trigger.carrier if trigger.carrier is not None else trigger.token
    if trigger.token.dep_ == "pobj" and trigger.token.head.lower_ in _AFTER and trigger.kind is not FactKind.CALL:
        took_part = {a.ref for a in trigger.actors}  # not "President Doe said in Rome after the talks"
        yield from (t for t in trigger.token.ancestors if t.pos_ == "VERB" and t.lemma_ in REPORTING
                    and any(a.ref in took_part for a in people(text, text.subjects(t))))  # fmt: skip
    if trigger.token.dep_ == "pobj" and trigger.token.head.lower_ in {"in", "during"} and _new(trigger.token):
        yield trigger.token.head.head  # "affirmed it in Rome, in a meeting of two hours"
    if trigger.kind is FactKind.SUMMIT:  # "met in Rome on the sidelines of the summit"
        above = list(trigger.token.ancestors)
        yield from next((above[n + 1 :] for n, t in enumerate(above) if t.lemma_ in ASIDE), [])[:2]
    if verb.pos_ not in {"VERB", "AUX"}:
        return
    after = verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _AFTER for c in verb.children)
    if after or (verb.dep_ == "pcomp" and verb.head.lower_ in _AFTER):
        yield from (t for t in verb.ancestors if t.pos_ == "VERB")


def _new(noun: Token) -> bool:
    return any(c.lower_ in {"a", "an"} for c in noun.children)


def _there(head: Token) -> bool:
    """Whether "there" follows in the clause of a verb: "will meet Doe there on Friday"."""
    for token in head.doc[head.i + 1 : min(head.i + _REACH, head.sent.end)]:
        if token.lower_ == "there" and token.dep_ != "expl":
            return True
        if token.pos_ in {"VERB", "SCONJ"} or token.text in {";", ":"}:
            break
    return False


def _near(text: Text, trigger: Trigger) -> Iterator[Place]:
    """The first place behind the event word in its clause, where the parse hung it elsewhere: "met Doe in Geneva"."""
    if (spoken := trigger.kind is FactKind.CALL) and (trigger.by_phone or trigger.reading != "vague"):
        return
    first, end = trigger.token.i, trigger.token.sent.end
    limit = end if trigger.reading != "ordinal" else min(first + _REACH_OF_ORDINAL, end)
    if trigger.carrier is not None and trigger.carrier.lemma_ == "follow" and trigger.carrier.i > first:
        limit = trigger.carrier.i  # "Friday's round follows a session in Rome"
    for token in text.doc[first + 1 : limit]:
        if token == trigger.carrier:  # "Talks were held between Doe and Roe in Lima"
            continue
        clause = token.pos_ in {"VERB", "SCONJ"} and token.dep_ not in {"amod", "acl", "dobj"}
        clause = clause or token.lower_ == "those" or of_one_before(token)  # "the fourth round, after those in Rome"
        if clause and (held_in(token) or (token.dep_ == "relcl" and told_of(token, {first: first}) is not None)):
            continue  # "the meeting that Doe had in Rome"
        if clause or token.text in {";", ":"}:
            return
        before = text.doc[token.i - 1 - (text.doc[token.i - 1].lower_ == "the")].lower_
        if token.lower_ == "capital" and any(t.lower_ == "in" for t in text.doc[token.i - 3 : token.i]):
            yield from _named_before(text, token)  # "in the Omani capital"
            return
        entity = text.entity(token)
        if before in {"in", "at"} and entity is not None and _is_spot(text, token):
            if _of_another_thing(text, token) or _spoken_of(trigger, token) or (spoken and not _hung_on(text, token)):
                continue
            yield from _place(text, token)
            return


def _is_spot(text: Text, token: Token) -> bool:
    """A place, also a capital, which as a rule stands for its government: "talks between Doe and Roe in Lima"."""
    entity = text.entity(token)
    return entity is not None and (text.kind(entity) is EntityKind.PLACE or token.text in lexicon("capitals"))


def _hung_on(text: Text, place: Token) -> bool:
    """As in "had a conversation with Doe in Osaka": the parse hangs where it was on the partner."""
    inside = text.tokens(*text.span_of(place.i))
    above = next((t for t in place.ancestors if t.pos_ != "ADP" and t.i not in inside), place)
    actor = text.who(above)
    return actor is not None and text.is_person(actor)


def _spoken_of(trigger: Trigger, place: Token) -> bool:
    """As in "discussed the situation in Gaza": where that is of which one speaks, however the parse hangs it."""
    prep = place.head
    matter = prep.nbor(-1) if prep.i > trigger.token.i + 1 else place
    return trigger.reading in _SPEAKING and matter.lemma_.lower() in _CONFLICTS | _MATTERS


def _of_another_thing(text: Text, place: Token) -> bool:
    """As in "secretary in the Department of Trade", "talks on a truce in Gaza": where one serves, where it is due."""
    before = next((t for t in reversed(place.doc[max(0, place.i - 3) : place.i]) if t.lower_ in {"in", "at"}), place)
    serves = place.lower_ in {"department", "ministry"} and text.office(before.head) is not None
    return serves or before.head.lemma_.lower() in _CONFLICTS


def _beside(text: Text, trigger: Trigger) -> Iterator[Place]:
    """Who was there, "in the room in Geneva"; the venue: "Rome was the venue of the second"."""
    token = trigger.token
    if trigger.reading == "attend" and not text.is_minutes(token):
        for before, place in pairwise(token.sent):
            entity = text.entity(place)
            known = entity is not None and text.kind(entity) is EntityKind.PLACE
            if before.lower_ in {"in", "at"} and known and not _of_another_thing(text, place):
                yield from _place(text, place)
                return
    if trigger.kind is FactKind.SIGNING:  # "At a ceremony in Rome, Doe and Roe signed"
        halls = [t for t in text.prepositions(token, "at", "in", "during") if t.lemma_.lower() in _CEREMONIES]
        yield from (p for t in halls for q in text.prepositions(t, "in", "at") for p in _place(text, q))
    yield from _in_passing(text, trigger)
    verb = trigger.carrier
    if verb is not None and verb.lemma_ == "host" and trigger.kind is not FactKind.CALL:
        for subject in text.subjects(verb):  # "Rome will host the next round"
            if subject.text in lexicon("capitals") and (state := text.entity(subject)) is not None:
                yield _city(subject.text, state), text.span_of(subject.i)
    of = token.head
    if of.lower_ == "of" and of.head.lemma_ in {"venue", "site", "scene"} and of.head.dep_ == "attr":
        for subject in text.subjects(of.head.head):
            yield from _place(text, subject)


def _in_passing(text: Text, trigger: Trigger) -> Iterator[Place]:
    """Where the subject was by words set off behind it: "Doe, in Rome for the summit, met Roe"."""
    verb = trigger.carrier if trigger.carrier is not None else trigger.token
    subjects = [c for c in verb.children if c.dep_ == "nsubj"] if trigger.kind is not FactKind.CALL else []
    for prep in (p for s in subjects for p in s.children if p.lower_ == "in" and p.nbor(-1).text == ","):
        for place in prep.children:
            yield from _place(text, place)


def _hanging(text: Text, trigger: Trigger, heads: list[Token]) -> Iterator[Place]:
    """The places that hang on the words of an event: "in Geneva", "here", "there", "the Geneva talks"."""
    for head in heads:
        bound = head == trigger.carrier and trigger.token.head.lower_ == "for" and head.lemma_ in travels()
        bound = bound and trigger.stage is not Stage.HELD  # else the stay itself tells it
        # "summoned the envoy to the palace", "will fly to Rome for a summit"
        into = ["to"] if trigger.reading == "host" or bound or head.lemma_ == "bring" else []
        into += ["for"] if head == trigger.carrier and head.lemma_ in _SET_FOR else []  # "is scheduled for Rome in May"
        days = [p for c in head.children if c.dep_ == "prep" for p in c.children if text.is_time(p)]
        for token in (p for t in (head, *days) for p in text.prepositions(t, "in", "at", *into)):
            if _spoken_of(trigger, token):
                continue
            yield from _place(text, token)  # also "is planned for July 10 in Rome", hung on the day
        here = next((c for c in head.children if c.lower_ == "here"), None)
        if here is not None:
            yield from _place(text, here)
        place = text.last_place(head) if _there(head) else None
        if place is not None:
            yield from _place(text, place)
        clause = head
        while clause.dep_ in {"xcomp", "acomp"}:  # "where she is scheduled to meet Doe"
            clause = clause.head
        where = next((c for t in (head, clause) for c in t.children if c.lower_ == "where"), None)
        if where is not None and clause.dep_ == "relcl":
            yield from list(_place(text, clause.head)) or _right_before(text, where)
    for child in trigger.token.children:
        entity = text.entity(child) if child.dep_ in {"compound", "nmod"} else None
        if entity is not None and names_place(text, child):
            yield _city(child.text, entity), text.span_of(child.i)
        elif entity is not None and text.kind(entity) is EntityKind.PLACE:
            yield from _place(text, child)


def _right_before(text: Text, where: Token) -> Iterator[Place]:
    """The place named right before "where": "at the United Nations in New York, where they met"."""
    for token in reversed(where.doc[max(where.sent.start, where.i - 3) : where.i]):
        found = text.entity(token)
        if found is not None and text.kind(found) is EntityKind.PLACE:
            yield from _place(text, token)
            return


def names_place(text: Text, token: Token) -> bool:
    """Whether a capital before an event is where it took place: "the Madrid round"; not "the Madrid-Lima talks"."""
    entity = text.entity(token)
    alone = token.text in lexicon("capitals") and token.dep_ == "compound" and token.nbor().text not in {"-", "–"}
    joined = any(c.dep_ in {"compound", "nmod", "conj"} for c in token.children)
    return alone and not joined and entity is not None and text.kind(entity) is EntityKind.COUNTRY


def _place(text: Text, token: Token) -> Iterator[Place]:
    """The place that a token names, and the city of a spot; nothing where it names none."""
    token = town(text, token)
    found = text.entity(token)
    kind = text.kind(found) if found is not None else None
    words = text.span_of(token.i)
    if token.lower_ == "here":
        yield from [(text.dateline, words)] if text.dateline is not None else []
    elif found is not None and kind is EntityKind.PLACE:
        place = text.entities[found]
        yield place, words
        if place.within is not None:
            label = place.within.removeprefix("place/").replace("-", " ").title()
            yield _city(label, place.country), words
    elif found is not None and kind is EntityKind.COUNTRY and token.pos_ in {"PROPN", "NOUN"}:
        by_itself = token.text in lexicon("capitals")
        yield _city(token.text if by_itself else text.entities[found].label, found), words
    elif token.lower_ in {"capital", "city", "town"}:
        yield from _named_before(text, token)


def _named_before(text: Text, token: Token) -> Iterator[Place]:
    """What "the Omani capital", "the capital", "the city" stand for."""
    words = (token.idx, token.idx + len(token))
    states = [e for c in token.children if (e := text.entity(c)) is not None and e.startswith("country/")]
    if token.lower_ in {"city", "town"} or not states:
        last = text.last_place(token, city=True)
        entity = text.entity(last) if last is not None else None
        if token.lower_ in {"city", "town"} and entity is not None:
            yield text.entities[entity], words
            return
        here = text.dateline  # "in town for the summit", told there
        seat = here is not None and token.lower_ == "capital" and here.label in lexicon("capitals")
        if here is not None and (seat or token.lower_ == "town"):
            yield here, words
        return
    city = text.capital(states[0].removeprefix("country/"))
    if city:
        yield _city(city, states[0]), words


def _city(label: str, state: Ref | None = None) -> Entity:
    return Entity(ref("place", label), EntityKind.PLACE, label, country=state)

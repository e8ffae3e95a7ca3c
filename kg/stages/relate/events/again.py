"""Events told as one more of those before: "another meeting is planned", "and a third is due on Friday"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members
from kg.model import FactKind
from kg.stages.relate.events.moved import is_moved
from kg.stages.relate.events.numbers import numbered
from kg.stages.relate.events.trigger import CARRIERS, ORDINALS, Trigger, event_nouns, people
from kg.stages.relate.events.verbs import in_person
from kg.stages.relate.events.whose import beside_the_talks, meant, of_clause, same_persons, sides_of_round, their
from kg.stages.relate.modality import Stage, stage

if TYPE_CHECKING:
    from kg.stages.relate.references import Actor
    from kg.stages.relate.text import Text
    from kg.tokens import Token
_GATHER = frozenset({"try", "meet", "gather", "convene", "assemble", "sit", "reconvene"})
_RESUMED = frozenset({"resume", "continue", "restart"})
_HELD = frozenset({"hold", "take", "begin", "start", "open", "happen", "convene", "host"})
_EXPECTED = frozenset({"expect", "schedule", "plan", "set", "pencil", "slate", "rearrange", "reschedule", "foresee"})
_SENTENCE = 40  # tokens before the sentence of "it" in which its event is told
_FOLLOWING = frozenset({"after", "following", "since"})
_PREVIOUS = frozenset({"previous", "last", "preceding", "earlier"})
_KNOWN = frozenset({"the", "their", "a", "an"})
_PAIR = 2
_SPOKEN = frozenset({FactKind.MEETING, FactKind.CALL})
_TALKS = _SPOKEN | {FactKind.SUMMIT, FactKind.ROUND}
_SENT = frozenset({"delegations", "teams", "sides", "negotiators"})
_CHAIRED = frozenset({"chair", "co-chair", "lead", "head", "moderate", "mediate"})
_EARLIER = frozenset({"first", "second", "third", "fourth", "last", "previous"})
_LATER = ORDINALS.keys() - {"first", "opening", "inaugural"}
_REACH = 500  # characters back in which the event before is told
_NEAR = 250  # the same where its noun is left out
_FOR_AN_EVENT = members("event_company", "again")  # verbs of which an event is the subject
_NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "conj", "attr", "appos"})
_READINGS = frozenset({"noun", "vague", "phone", "meet", "speak", "see"})


def like_before(text: Text, trigger: Trigger, told: list[Trigger]) -> None:
    """Give a meeting or call that is told as one more, and of nobody, those of the last one."""
    around = {c.lower_ for c in trigger.token.children}
    trigger.actors = same_persons(text, trigger, told) or trigger.actors
    if trigger.stage is Stage.CANCELLED and around & {"a", "an"} and trigger.kind is not FactKind.ROUND:
        _never_met(text, trigger, told)
        return
    if trigger.kind is FactKind.ROUND and not trigger.actors and (both := sides_of_round(text, trigger, told)):
        trigger.actors = both
        return
    proposed = trigger.token.dep_ == "nsubjpass" and trigger.kind is not FactKind.VISIT  # "A meeting was proposed"
    if trigger.stage is Stage.SOUGHT and around & {"a", "an"} and (proposed or len(trigger.actors) == 1):
        both = _of_last(text, trigger, told)  # "spoke to Roe on Monday. She asked for a meeting"
        known = {ref for a in both for ref in (a.ref, text.state(a.ref))}
        trigger.actors = both if all(a.ref in known for a in trigger.actors) else trigger.actors
        return
    named = {a.ref for a in trigger.actors if text.is_person(a)}
    if _since(trigger) and _sides(text, trigger) < _PAIR and len(named) < _PAIR:
        theirs = of_clause(text, trigger) or _of_last(text, trigger, told)
        trigger.actors, trigger.anaphoric = theirs or trigger.actors, False
        trigger.reading = "earlier" if _followed(trigger) else trigger.reading
        return
    if trigger.kind in _SPOKEN and not trigger.actors and (whose := their(trigger)):
        trigger.actors = _of_last(text, trigger, told) or meant(text, trigger, whose)
        return
    if _one_before(text, trigger, around):
        last = _last(text, trigger.token, told, _NEAR, None)
        of_last = [a._replace(safe=False) for a in last.actors] if last is not None else _of_last(text, trigger, told)
        trigger.actors = of_last or trigger.actors
        return
    follows = trigger.carrier is not None and trigger.carrier.lemma_ in {"follow", "come", "ensue", "take"}
    moved = trigger.carrier is not None and is_moved(trigger.carrier)
    if trigger.stage is Stage.HELD and not (follows or moved):
        return  # "hosted another meeting of the dialogue"
    again = around & (members("event_company", "one more") | _LATER)
    if not again or trigger.kind not in _SPOKEN or _sides(text, trigger) > 1:
        return
    last = _last(text, trigger.token, told, _REACH, trigger.kind)
    if last is not None and not text.same_block(last.token, trigger.token):  # in a new paragraph of those told of first
        first = (t for t in told if t.kind is trigger.kind and t.stage is Stage.HELD and _sides(text, t) > 1)
        last = next(first, last)
    if last is None or {a.ref for a in trigger.actors} - {s for a in last.actors for s in (a.ref, text.state(a.ref))}:
        return  # "A new meeting with Poe is planned"
    if trigger.actors or not beside_the_talks(text, last, told):
        trigger.actors = [a._replace(safe=False) for a in last.actors]


def by_phone_too(trigger: Trigger, told: list[Trigger]) -> None:
    """As in "It was their second call in two days. On Tuesday they had argued for an hour": the first was one, too."""
    last = told[-1] if told else None
    it = trigger.reading == "attend" and not trigger.actors and trigger.token.lemma_ == "last"  # "It lasted an hour"
    if it and last is not None and last.kind is FactKind.CALL and trigger.token.idx - last.token.idx <= _NEAR:
        trigger.kind, trigger.by_phone = FactKind.CALL, True
        return
    if trigger.reading != "speak" or last is None or last.kind is not FactKind.CALL or in_person(trigger.token):
        return
    counted = any(t.lower_ in _LATER for t in last.token.sent)
    if counted and trigger.token.idx - last.token.idx <= _NEAR:
        trigger.kind, trigger.by_phone = FactKind.CALL, True


def of_round(text: Text, trigger: Trigger, told: list[Trigger]) -> None:
    """As in "The first round ended on Friday. The delegations met for two days": the round told just before."""
    last = told[-1] if told else None
    if last is None or last.kind is not FactKind.ROUND or trigger.reading != "meet" or trigger.stage is not Stage.HELD:
        return
    sent = any(t.lower_ in _SENT and any(c.lower_ == "the" for c in t.children) for t in text.subjects(trigger.token))
    trigger.anaphoric = trigger.anaphoric or (sent and trigger.token.idx - last.token.idx <= _NEAR)


def chaired(text: Text, trigger: Trigger, told: list[Trigger]) -> None:
    """As in "Ministers met in Rome. Doe chaired the meeting", "Doe attended the meeting": who was at the one before."""
    noun, verb, last = trigger.token, trigger.carrier, told[-1] if told else None
    if last is None or verb is None:
        return
    led = noun.dep_ == "nsubjpass" and verb.lemma_ in _CHAIRED | {"attend", "join"}
    if not led and not (noun.dep_ == "dobj" and verb.lemma_ in {"attend", "join"}):
        return
    known = trigger.kind is FactKind.MEETING and trigger.anaphoric and not any(t.date for t in text.times(noun.sent))
    if known and last.kind is FactKind.MEETING and last.actors and text.same_block(last.token, noun):
        trigger.reading = "attend"


def _since(trigger: Trigger) -> bool:
    """As in "met for the first time since talks in Rome in May": an event of those of whom the clause tells."""
    noun = trigger.token
    talks = trigger.kind in _TALKS
    return talks and ((noun.dep_ == "pobj" and noun.head.lower_ == "since") or _followed(trigger))


def _followed(trigger: Trigger) -> bool:
    """As in "The meeting followed talks in Rome", "It came after two calls", "was preceded by a call": another one."""
    noun = trigger.token
    while noun.dep_ == "conj":
        noun = noun.head
    verb = noun.head if noun.dep_ == "dobj" else noun.head.head
    was = verb.lemma_ == "be" and noun.i > verb.i  # "It was their third call, following those in May and June"
    after = noun.dep_ == "pobj" and noun.head.lower_ in _FOLLOWING and (was or verb.lemma_ in {"come", "take"})
    if any(c.lower_ in {"the", "this", "that", "these"} for c in noun.children):
        return False
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    known = any(t.lower_ in {"it", "this", "that"} or t.lemma_.lower() in event_nouns() for t in subjects)
    led_in = noun.dep_ == "pobj" and noun.head.lower_ == "by" and verb.lemma_ in {"precede", "follow"}
    return known and (after or led_in or (noun.dep_ == "dobj" and verb.lemma_ in {"follow", "precede"}))


def _one_before(text: Text, trigger: Trigger, around: set[str]) -> bool:
    """As in "The previous meeting had been held in May": of those of whom the text has just told."""
    day = any(t.date for t in text.times(trigger.token.sent))
    nobody = trigger.kind is FactKind.MEETING and _sides(text, trigger) == 0
    return nobody and day and trigger.stage is Stage.HELD and bool(around & _PREVIOUS) and bool(around & _KNOWN)


def _never_met(text: Text, trigger: Trigger, told: list[Trigger]) -> None:
    """As in "The two have yet to meet. An encounter planned for June fell through": those of the sentence before."""
    if trigger.kind is not FactKind.VISIT and _sides(text, trigger) < _PAIR:
        trigger.actors = _of_last(text, trigger, told) or trigger.actors


def _of_last(text: Text, trigger: Trigger, told: list[Trigger]) -> list[Actor]:
    """Those of the event of several sides that was told just before."""
    near = (t for t in reversed(told) if trigger.token.idx - t.token.idx <= _NEAR and _sides(text, t) >= _PAIR)
    last = next(near, None)
    return [a._replace(safe=False) for a in last.actors] if last is not None else []


def one_more(text: Text, token: Token, told: list[Trigger]) -> Trigger | None:
    """The event that an ordinal or "another" names without a noun: "a third has been pencilled in for Friday"."""
    which = token.lower_ in {"one", "ones"} and any(
        c.lower_ in _PREVIOUS | {"next"} | ORDINALS.keys() for c in token.children
    )
    those = token.lower_ in {"those", "that"} and token.dep_ == "pobj" and token.head.lower_ in _FOLLOWING
    if token.lower_ not in ORDINALS and token.lower_ not in {"another", "next"} and not (which or those):
        return None
    following = token.nbor() if token.i + 1 < len(token.doc) else token
    verb = token.head
    while verb.dep_ == "conj" and verb.pos_ not in {"VERB", "AUX"}:
        verb = verb.head
    more = following.lower_ in {"of", "and"} or following.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"}
    if those and (last := _last(text, token, told, _NEAR, None)) is not None and following.lower_ in {"in", "at", "on"}:
        before = [a._replace(safe=False) for a in last.actors]
        return Trigger(token, last.kind, "earlier", actors=before, by_phone=last.by_phone)
    if token.dep_ not in _NOMINAL or more or token.lower_ == "opening":
        return None  # "spoke at the opening" names no round
    if verb.pos_ not in {"VERB", "AUX"} or verb.lemma_.lower() not in CARRIERS | _FOR_AN_EVENT:
        return None
    last = _last(text, token, told, _NEAR, None) or _one_of_them(text, token, verb, told)
    if last is None:
        return None
    known = token.lower_ != "next" and any(c.lower_ in {"the", "this"} for c in token.children)
    actors = _others(text, token, last) or [a._replace(safe=False) for a in last.actors]
    how = stage(token)
    how = Stage.HELD if how is Stage.NEGATED and token.head.lower_ != "for" else how
    return Trigger(token, last.kind, "ordinal", verb, how, actors, anaphoric=known, by_phone=last.by_phone)


def last_again(text: Text, verb: Token, told: list[Trigger]) -> Trigger | None:
    """The event that a verb tells of the last one told: "It will be held in Rome", "They will resume on Friday"."""
    return _it_met(text, verb, told) or _it_held(verb, told) or _resumed(text, verb, told)


def _it_met(text: Text, verb: Token, told: list[Trigger]) -> Trigger | None:
    """As in "It last gathered in May", "They will meet again on Friday": the body, or those, of the last event told."""
    if not told or verb.lemma_ not in _GATHER:
        return None
    around = {c.lower_ for c in verb.children}
    it = any(c.lower_ in {"it", "they"} and c.dep_ == "nsubj" for c in verb.children)
    if not it or not around & {"last", "next", "again", "previously"}:
        return None
    if verb.lemma_ == "try" and not any(t.date for t in text.times(verb.sent)):
        return None  # "They will try again on Friday in Rome"
    last = next((t for t in reversed(told[-2:]) if not t.anaphoric), told[-1])  # behind "That meeting took an hour"
    if last.kind not in {FactKind.MEETING, FactKind.ROUND} or _sides(text, last) < _PAIR:
        return None
    return Trigger(verb, last.kind, "meet", stage=stage(verb), actors=[a._replace(safe=False) for a in last.actors])


def _it_held(verb: Token, told: list[Trigger]) -> Trigger | None:
    """As in "The round is planned. It will be held in Rome", "She expected it to take place": the last event."""
    expected = verb.lemma_ in _EXPECTED and verb.tag_ == "VBN" and not any(c.dep_ == "xcomp" for c in verb.children)
    if not told or not (expected or verb.lemma_ in _HELD) or verb.tag_ == "VBG":
        return None
    takes = verb.lemma_ != "take" or any(c.dep_ == "dobj" and c.lower_ == "place" for c in verb.children)
    passive = verb.lemma_ != "hold" or any(c.dep_ == "auxpass" for c in verb.children)
    above = verb.head if verb.dep_ == "xcomp" else verb  # "It is to take place"
    subjects = [c for t in (verb, above) for c in t.children if c.dep_ in {"nsubj", "nsubjpass"}]
    last, before = told[-1], verb.sent.start - _SENTENCE
    if not (takes and passive) or not any(c.lower_ in {"it", "they"} for c in subjects):
        return None
    if any(c.lower_ == "they" for c in subjects) and last.token.tag_ != "NNS":
        return None
    if last.kind is FactKind.VISIT or last.token.i < before or (last.carrier or last.token) == verb:
        return None
    dated = expected and any(p.ent_type_ == "DATE" for c in verb.children if c.dep_ == "prep" for p in c.subtree)
    if expected and not dated:
        return None  # "It was expected"
    named = numbered(last.token)
    actors = [a._replace(safe=False) for a in last.actors]
    how = Stage.PLANNED if expected else stage(verb)  # "It is now expected in April"
    return Trigger(verb, last.kind, "meet", stage=how, actors=actors, anaphoric=True, number=named)


def _resumed(text: Text, verb: Token, told: list[Trigger]) -> Trigger | None:
    """As in "would resume them on Monday", "They will be resumed", "The delegations will continue on Thursday"."""
    if verb.lemma_ not in _RESUMED or not told or stage(verb) is not Stage.PLANNED:
        return None
    dated = any(t.date and verb in text.token(t.start).ancestors for t in text.times(verb.sent))
    last = _last(text, verb, told, _NEAR, None)
    if last is None or last.kind is FactKind.CALL or not dated:
        return None
    objects = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    them = any(c.lower_ in {"them", "they", "it"} for c in objects)
    go_on = not objects and any(c.lower_ in _SENT | {"they"} for c in subjects)
    if not (them or go_on):
        return None
    actors = [a._replace(safe=False) for a in last.actors]
    return Trigger(verb, last.kind, "meet", stage=Stage.PLANNED, actors=actors)


def _others(text: Text, token: Token, last: Trigger) -> list[Actor]:
    """As in "had a call with Doe and another with Roe": who did the first had the other too."""
    partners = people(text, text.prepositions(token, "with", "between"))
    verb = last.token if last.token.pos_ == "VERB" else last.carrier
    hosts = people(text, text.subjects(verb)) if verb is not None else []
    if len(partners) > 1 and any(c.lower_ == "between" for c in token.children):
        return partners
    return [*hosts, *(a for a in partners if a not in hosts)] if hosts and partners else []


def _last(text: Text, token: Token, told: list[Trigger], reach: int, kind: FactKind | None) -> Trigger | None:
    """The last meeting or call told of two sides."""
    for trigger in reversed(told):
        if token.idx - trigger.token.idx > reach:
            return None
        talks = trigger.kind in _TALKS and _sides(text, trigger) > 1
        if trigger.stage is Stage.HELD and (kind is None or trigger.kind is kind) and trigger.reading in _READINGS and (
            talks or trigger.kind is FactKind.ROUND
        ):  # fmt: skip
            return trigger
    return None


def _one_of_them(text: Text, token: Token, verb: Token, told: list[Trigger]) -> Trigger | None:
    """As in "It will be their second meeting. The first was in Rome in May": of those who are to meet again."""
    last = told[-1] if told else None
    past = token.lower_ in _EARLIER and verb.tag_ == "VBD" and token.dep_ in {"nsubj", "nsubjpass"}
    past = past and not any(c.dep_ in {"attr", "acomp"} for c in verb.children)  # "The first was a farmer"
    if last is None or not past or last.kind not in _SPOKEN | {FactKind.ROUND} or last.stage is not Stage.PLANNED:
        return None
    whole = last if _sides(text, last) > 1 else next((t for t in reversed(told) if _sides(text, t) > 1), None)
    near = whole is not None and token.idx - whole.token.idx <= _REACH
    return whole if near and whole is not None and whole.kind is last.kind else None


def _sides(text: Text, trigger: Trigger) -> int:
    sides = {text.state(a.ref) or a.ref for a in trigger.actors}
    return len(sides) + (text.pact in sides)  # the members of a pact are several

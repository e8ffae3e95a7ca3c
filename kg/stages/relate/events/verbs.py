"""Verbs that name events: "met", "phoned", "hosted", "arrived in", "signed"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.lexicon import members, words
from kg.model import EntityKind, FactKind
from kg.stages.relate.clauses import told_next
from kg.stages.relate.events.bodies import is_body, of_both
from kg.stages.relate.events.calls import call, phoned
from kg.stages.relate.events.journeys import journey
from kg.stages.relate.events.signings import signers
from kg.stages.relate.events.trigger import GROUPS, LISTENERS, Trigger, below, doers, people, tellers
from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.verb_forms import travels

if TYPE_CHECKING:

    from kg.stages.relate.text import Actor, Text
    from kg.tokens import Token
_FACE_TO_FACE = ("face to face", "face-to-face", "in person", "on the sidelines", "over lunch", "over dinner",
                 "over breakfast", "presence")  # fmt: skip
_GATHERINGS = frozenset({"forum", "summit", "conference", "assembly", "funeral", "ceremony", "gathering", "reception"})
_NEXT = 2  # tokens from a verb to its object
_BEHIND = 16  # tokens from the verb on in which this stands
_WITH = frozenset({"with", "to"})  # before a partner
_WITH_EACH_OTHER = frozenset({"together", "directly", "twice", "again", "privately", "briefly", "for"})


def verb(text: Text, token: Token, kind: FactKind, reading: str) -> Trigger | None:
    """The event that a verb names, or None where the words around it tell of another thing."""
    trigger = Trigger(token, kind, reading, by_phone=phoned(token))
    subjects = _both(text, token, doers(text, token))
    if not subjects and _passive(token):  # "was received in Geneva by Doe": the parse hangs "by" on the place
        subjects = people(text, below(token, "by"))
    objects = people(text, text.objects(token)) or _stray(text, token)
    if not objects and _passive(token):  # "Doe said a deal was near after being received by Roe"
        objects = tellers(text, token)
    reader = _READERS.get(reading)
    if reader is None:
        if _by_habit(token):
            return None
        return trigger if _to_somebody(text, trigger, subjects, objects) else journey(text, trigger, subjects, objects)
    trigger.actors = reader(text, trigger, subjects, objects)
    if not trigger.actors:
        return None
    trigger.stage = Stage.HYPOTHETICAL if _by_habit(token) else stage(token)
    return trigger


def _both(text: Text, verb: Token, subjects: list[Actor]) -> list[Actor]:
    """As in "Doe and Roe, who spoke on Monday, met": all of a list on whose last name the parse hangs the clause."""
    with_somebody = any(c.dep_ in {"dobj", "dative"} or c.lower_ in _WITH for c in verb.children)
    head = text.antecedent(verb)
    behind_all = len(subjects) == 1 and head.dep_ == "conj" and head.nbor().text == ","
    if not behind_all or verb.dep_ != "relcl" or with_somebody or _passive(verb):
        return subjects
    while head.dep_ == "conj":
        head = head.head
    return [a for a in people(text, [head]) if text.is_person(a)] or subjects


def _by_habit(verb: Token) -> bool:
    """As in "the two regularly sit down with Roe", "agreed to keep on negotiating": no single event is told."""
    if verb.tag_ == "VBG" and verb.dep_ in {"xcomp", "pcomp"} and _on(verb).lemma_ in _GO_ON:
        return True
    if verb.tag_ not in {"VBZ", "VBP"}:
        return False
    return any(t.lower_ in members("event_company", "habit") for c in verb.children for t in (c, *c.children))


def _on(gerund: Token) -> Token:
    """The verb that a gerund completes: "keep talking", "keep on talking"."""
    return gerund.head.head if gerund.head.pos_ == "ADP" else gerund.head


def _stray(text: Text, verb: Token) -> list[Actor]:
    """Persons right behind a verb that the parse did not take for its object: "has met Doe this morning"."""
    stray = [c for c in verb.children if c.i > verb.i and c.dep_ in {"advmod", "npadvmod", "dep", "attr", "oprd"}]
    found = people(text, [c for c in stray if c.left_edge.i <= verb.i + _NEXT or _behind_object(c, verb)])
    return [a for a in found if text.is_person(a)]


def _behind_object(name: Token, verb: Token) -> bool:
    """As in "met his host, Minister Doe": a name behind the comma that ends the object."""
    comma = name.left_edge.i - 1
    return verb.doc[comma].text == "," and verb.doc[comma - 1].dep_ == "dobj" and verb.doc[comma - 1].head == verb


def _passive(verb: Token) -> bool:
    return any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)


def _partners(text: Text, verb: Token) -> list[Actor]:
    behind = text.prepositions(verb, "with", "to", "between", "into", "opposite")
    if behind or text.objects(verb):  # not "Doe, who negotiated alongside him"
        behind += text.prepositions(verb, "alongside")
    hosts = [p for t in below(verb, "at") if t.lemma_ in {"invitation", "behest"} for p in text.prepositions(t, "of")]
    return people(text, behind + below(verb, "with") + hosts)


def _meet(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:
    """As in "Doe met Roe", "met with Roe"; not "the target was met"."""
    if _passive(trigger.token) and not objects:
        return []
    token = trigger.token
    met = [*text.objects(token), *text.prepositions(token, "with")] if token.lemma_ == "meet" else []
    if not objects and any(_nobody(text, t) for t in met if t.i > token.i):
        return []
    found = subjects + objects + _partners(text, trigger.token)
    return found if any(text.state(a.ref) for a in found) else found + of_both(text, text.subjects(token))


def _nobody(text: Text, token: Token) -> bool:
    """As in "met the target", "met with resistance", "met reporters": no one with whom one negotiates."""
    if token.pos_ != "NOUN" or text.is_time(token) or text.actors(token):
        return False
    lemma = token.lemma_.lower()
    return lemma in LISTENERS or lemma not in _persons()


@cache
def _persons() -> frozenset[str]:
    """The nouns for people whom one may meet to negotiate."""
    kinds = ("official", "collective", "leader")
    return frozenset().union(*(members("group_words", k) for k in kinds), members("speaker_nouns", "person"), GROUPS)


def _grant(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:  # noqa: ARG001
    """As in "Doe was given 20 minutes by Roe", "Roe gave Doe half an hour", "An hour was what Doe got"."""
    verb = trigger.token
    recipients = [c for c in verb.children if c.dep_ in {"nsubjpass", "dative"}] + text.prepositions(verb, "to")
    recipients += [c for c in verb.children if c.dep_ == "dobj" and not text.is_time(c)]
    what = verb.head.lemma_ == "be" and any(c.lower_ == "what" for c in verb.children)
    told = verb.doc[verb.sent.start if what else verb.i : min(verb.i + _BEHIND, verb.sent.end)]
    found = people(text, recipients)
    if not any(text.is_minutes(t) for t in told) or not any(text.is_person(a) for a in found + subjects):
        return []
    return found + subjects if found and subjects else []


def _see(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:
    """As in "Doe saw Roe"; not "Doe saw Roe as a rival"."""
    officials = any(_sent(text, t) for t in text.objects(trigger.token))
    named = officials or _leader(text, subjects, objects) or any(text.is_person(a) for a in objects)
    named = named and bool(subjects)
    return subjects + objects if named and not _has_clause(trigger.token) else []


def _leader(text: Text, subjects: list[Actor], objects: list[Actor]) -> bool:
    """As in "Doe received the Peruvian president": one who is told by the office, of another state than a person's."""
    ours = {text.state(a.ref) for a in subjects if text.is_person(a)} - {None}
    heads = ((a, text.doc[a.token]) for a in objects if not text.is_person(a))
    told = [a for a, t in heads if t.tag_ in {"NN", "NNP"} and t.lemma_.lower() in words("offices") | _persons()]
    return bool(ours) and any(text.state(a.ref) not in ours | {None} for a in told)


def _sent(text: Text, token: Token) -> bool:
    """Whether a word for several stands for a side: "Commission officials", "a delegation of Hamas"."""
    group = token.lemma_.lower() in GROUPS
    several = group or token.tag_ in {"NNS", "NNPS"}
    return several and any(text.state(a.ref) == a.ref or (group and text.state(a.ref)) for a in people(text, [token]))


def _speak(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:
    """As in "Doe spoke with Roe", "Doe and Roe spoke for 20 minutes"; not "Doe spoke to reporters"."""
    partners = [a for a in _partners(text, trigger.token) if text.doc[a.token].lemma_.lower() not in LISTENERS]
    if trigger.token.lemma_ == "consult" and (trigger.by_phone or in_person(trigger.token)):
        partners += objects  # "consulted Roe by phone"
    there = in_person(trigger.token) or _in_one_place(text, trigger.token) or _comes_to(text, trigger.token)
    return _conversation(text, trigger, subjects, partners, there=there)


def _discuss(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:  # noqa: ARG001
    """As in "Doe discussed tariffs with Roe": face to face where no phone is told of.

    Not "agreed to set up a group to discuss tariffs".
    """
    task = trigger.token.dep_ in {"advcl", "xcomp", "relcl", "acl"} and text.objects(trigger.token.head)
    if task and any(is_body(t) for t in (*text.objects(trigger.token.head), trigger.token.head)):
        return []
    return _conversation(text, trigger, subjects, people(text, below(trigger.token, "with")), there=True)


def _conversation(
    text: Text, trigger: Trigger, subjects: list[Actor], partners: list[Actor], *, there: bool
) -> list[Actor]:
    """Who spoke; sets the kind of event by how."""
    verb = trigger.token
    sides = {text.state(a.ref) or a.ref for a in subjects}
    each_other = len(sides) > 1 and not text.prepositions(verb, "to", "at", "about")
    among = len(subjects) > 1 and (each_other or trigger.by_phone or _together(verb) or in_person(verb))
    if not (subjects and partners) and not among:
        return []
    if trigger.by_phone:
        trigger.kind = FactKind.CALL
    elif there:
        trigger.kind = FactKind.MEETING
    return subjects + partners


_GO_ON = frozenset({"keep", "continue", "go", "carry"})
_FROM_AFAR = frozenset({"phone", "telephone", "call", "ring", "write", "post", "tweet", "message", "cable"})


def _host(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:
    """As in "Doe received Roe in Geneva"."""
    verb = trigger.token
    afar = verb.dep_ in {"advcl", "xcomp"} and verb.head.lemma_ in _FROM_AFAR  # "phoned Roe to greet him"
    if verb.lemma_ == "play":  # "played host to Roe"
        objects = people(text, below(verb, "to"))
    teams = text.about_talks and len({text.state(a.ref) or a.ref for a in objects}) > 1  # "hosted teams of both sides"
    guests = GROUPS | members("group_words", "official") | members("group_words", "leader")
    sent = any(_sent(text, t) and t.lemma_.lower() in guests for t in text.objects(verb))
    sent = sent and any(text.is_person(a) for a in subjects)
    if afar or not subjects or not (teams or sent or _leader(text, subjects, objects) or any(
        text.is_person(a) for a in objects
    )):  # fmt: skip
        return []
    return subjects + objects + people(text, text.prepositions(verb, "with", "alongside"))


def _gather(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:  # noqa: ARG001
    """As in "the G7 gathered" for a summit, "the envoys of Peru and Chile gathered" for a meeting."""
    blocs = [a for a in subjects if text.kind(a.ref) is EntityKind.BLOC]
    if blocs:
        trigger.kind = FactKind.SUMMIT
        return blocs
    found = subjects + _partners(text, trigger.token)
    several = len({text.state(a.ref) or a.ref for a in found}) > 1
    return found if several else of_both(text, text.subjects(trigger.token))


def _spend(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:  # noqa: ARG001
    """As in "Doe spent an hour with Roe"."""
    found = subjects + people(text, below(trigger.token, "with"))
    return found if len(found) > 1 else []


_READERS = {"meet": _meet, "grant": _grant, "see": _see, "speak": _speak, "discuss": _discuss, "phone": call,
            "host": _host, "gather": _gather, "spend": _spend, "sign": signers}  # fmt: skip


def _has_clause(verb: Token) -> bool:
    """Whether a verb has a complement beside its object: "saw Roe leave", "saw Roe as a rival"."""
    behind = (c for c in verb.children if c.i > verb.i and not told_next(c))  # not "Her next trip is short: she sees"
    clauses = (c for c in behind if c.dep_ in {"ccomp", "xcomp", "oprd", "acl", "prep"})
    return any(c.dep_ != "prep" or c.lower_ == "as" for c in clauses)


def in_person(verb: Token) -> bool:
    """As in "talked over lunch", "spoke face to face": no call."""
    after = verb.doc[verb.i : min(verb.i + _BEHIND, verb.sent.end)].text.lower()
    if any(words in after for words in _FACE_TO_FACE) or any(c.lower_ == "where" for c in verb.children):
        return True
    how = (c for c in verb.children if c.dep_ in {"prep", "advmod", "npadvmod"})
    return any(t.lower_ in members("event_company", "in person") for c in how for t in (c, *c.children))


def _in_one_place(text: Text, verb: Token) -> bool:
    """As in "spoke with Roe in Lima", "spoke to Roe at the forum in Davos"."""
    where = text.prepositions(verb, "in", "at")
    entities = [r for t in where if (r := text.entity(t)) is not None]
    cities = (r for r in entities if text.kind(r) is EntityKind.PLACE)
    return any(cities) or any(t.lemma_.lower() in _GATHERINGS for t in where)


def _comes_to(text: Text, verb: Token) -> bool:
    """As in "will come to Lima to speak with Roe"."""
    if verb.dep_ not in {"advcl", "xcomp"} or verb.head.lemma_ not in travels():
        return False
    goals = (text.entity(p) for p in text.prepositions(verb.head, "to", "in"))
    return any(r is not None and text.kind(r) in {EntityKind.PLACE, EntityKind.COUNTRY} for r in goals)


def _together(verb: Token) -> bool:
    """As in "Doe and Roe spoke twice", "spoke for 20 minutes": with each other."""
    return any(c.lower_ in _WITH_EACH_OTHER for c in verb.children)


def _to_somebody(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> bool:
    """Make a meeting of "visited Doe at his office", and whether it is one."""
    visited = any(text.is_person(a) and text.state(a.ref) for a in objects)
    if trigger.token.lemma_ != "visit" or not subjects or not visited:
        return False
    trigger.kind, trigger.reading = FactKind.MEETING, "meet"
    trigger.actors, trigger.stage = subjects + objects, stage(trigger.token)
    return True

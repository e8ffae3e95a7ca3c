"""Verbs that name events: "met", "phoned", "hosted", "arrived in", "signed"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members
from kg.model import EntityKind, FactKind
from kg.stages.relate.event_trigger import BY_PHONE, LISTENERS, Trigger, below, people
from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.text import Actor

if TYPE_CHECKING:

    from spacy.tokens import Token

    from kg.stages.relate.text import Text
_TOWARDS = {"leave": ("for",), "stay": ("in", "at", "to"), "noun": ("to", "in"), "expected": ("in", "at"),
            "go": ("to", "in", "at", "into")}  # fmt: skip
_FACE_TO_FACE = ("face to face", "face-to-face", "in person", "on the sidelines", "over lunch", "over dinner",
                 "over breakfast")  # fmt: skip
_BEHIND = 16  # tokens from the verb on in which this stands
_WITH_EACH_OTHER = frozenset({"together", "directly", "twice", "again", "privately", "briefly", "for"})
_TRAVELLERS = frozenset({EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.SOURCE})


def verb(text: Text, token: Token, kind: FactKind, reading: str) -> Trigger | None:
    """The event that a verb names, or None where the words around it tell of another thing."""
    trigger = Trigger(token, kind, reading, by_phone=_phone(token))
    subjects = people(text, text.subjects(token))
    if not subjects and _passive(token):  # "was received in Geneva by Doe": the parse hangs "by" on the place
        subjects = people(text, below(token, "by"))
    objects = people(text, text.objects(token))
    reader = _READERS.get(reading)
    if reader is None:
        return _journey(text, trigger, subjects, objects)
    trigger.actors = reader(text, trigger, subjects, objects)
    if not trigger.actors:
        return None
    trigger.stage = stage(token)
    return trigger


def _passive(verb: Token) -> bool:
    return any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)


def _partners(text: Text, verb: Token) -> list[Actor]:
    return people(text, text.prepositions(verb, "with", "to", "alongside", "between") + below(verb, "with"))


def _meet(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:
    """As in "Doe met Roe", "met with Roe"; not "the target was met"."""
    if _passive(trigger.token) and not objects:
        return []
    found = subjects + objects + _partners(text, trigger.token)
    return found if any(text.state(a.ref) for a in found) else found + _of_both(text, trigger.token)


def _of_both(text: Text, verb: Token) -> list[Actor]:
    """The two sides of the talks where "experts", "commanders of both sides" or "a joint committee" meet."""
    for head in text.subjects(verb):
        joint = any(c.lower_ in {"joint", "bilateral", "mixed"} for c in head.children)
        if head.lower_ in members("event_company", "delegates") or joint:
            return [Actor(state, head.i, safe=False) for state in text.two_sides]
    return []


def _grant(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:  # noqa: ARG001
    """As in "Doe was given 20 minutes by Roe"."""
    verb = trigger.token
    recipients = [c for c in verb.children if c.dep_ in {"nsubjpass", "dative"}]
    if not any(text.is_minutes(c) for c in verb.children) or not recipients:
        return []
    return people(text, recipients) + subjects


def _see(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:
    """As in "Doe saw Roe"; not "Doe saw Roe as a rival"."""
    named = any(text.is_person(a) for a in objects) and bool(subjects)
    return subjects + objects if named and not _has_clause(trigger.token) else []


def _speak(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:  # noqa: ARG001
    """As in "Doe spoke with Roe", "Doe and Roe spoke for 20 minutes"; not "Doe spoke to reporters"."""
    partners = [a for a in _partners(text, trigger.token) if text.doc[a.token].lemma_.lower() not in LISTENERS]
    return _conversation(trigger, subjects, partners, in_person=_in_person(trigger.token))


def _discuss(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:  # noqa: ARG001
    """As in "Doe discussed tariffs with Roe": face to face where no phone is told of."""
    return _conversation(trigger, subjects, people(text, below(trigger.token, "with")), in_person=True)


def _conversation(
    trigger: Trigger, subjects: list[Actor], partners: list[Actor], *, in_person: bool
) -> list[Actor]:
    """Who spoke; sets the kind of event by how."""
    verb = trigger.token
    among = len(subjects) > 1 and (trigger.by_phone or _together(verb) or _in_person(verb))
    if not (subjects and partners) and not among:
        return []
    if trigger.by_phone:
        trigger.kind = FactKind.CALL
    elif in_person:
        trigger.kind = FactKind.MEETING
    return subjects + partners


def _call(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:
    """As in "Doe phoned Roe", "Doe called Roe on Friday"."""
    verb = trigger.token
    hosts = [a for a in people(text, text.prepositions(verb, "on")) if text.is_person(a)]
    if verb.lemma_ == "call" and hosts and not any(c.dep_ in {"xcomp", "ccomp", "advcl"} for c in verb.children):
        trigger.kind = FactKind.MEETING  # "called on Roe at the ministry"; "called on Roe to resign" asks for something
        return subjects + hosts if subjects else []
    objects = objects or people(text, [c for c in verb.children if c.dep_ == "oprd"])
    return subjects + objects if _phones(text, verb, objects) else []


def _host(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:  # noqa: ARG001
    """As in "Doe received Roe in Geneva"."""
    return subjects + objects if subjects and any(text.is_person(a) for a in objects) else []


def _gather(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:  # noqa: ARG001
    """As in "the G7 gathered": blocs only."""
    return [a for a in subjects if text.kind(a.ref) is EntityKind.BLOC]


def _spend(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:  # noqa: ARG001
    """As in "Doe spent an hour with Roe"."""
    found = subjects + people(text, below(trigger.token, "with"))
    return found if len(found) > 1 else []


def _sign(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:  # noqa: ARG001
    """As in "Doe and Roe signed the agreement", "the pact between Japan and Canada was signed"."""
    verb = trigger.token
    signed = [o for o in text.objects(verb) if o.lemma_.lower() in members("event_company", "signed")]
    if not signed:
        return []
    owners = [c for o in signed for c in o.children if c.dep_ == "poss"]
    owners += [p for o in signed for p in text.prepositions(o, "between")]
    found = subjects + _partners(text, verb) or people(text, owners)
    definite = any(c.lower_ in {"the", "this", "their"} for o in signed for c in o.children)
    if not found and definite and _passive(verb):
        found = [Actor(s, verb.i, safe=False) for s in text.two_sides]
    return found


_READERS = {"meet": _meet, "grant": _grant, "see": _see, "speak": _speak, "discuss": _discuss, "phone": _call,
            "host": _host, "gather": _gather, "spend": _spend, "sign": _sign}  # fmt: skip


def _journey(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> Trigger | None:
    """A visit needs a traveller and a place that one goes to or stays in."""
    verb = trigger.token
    place = destination(text, verb, trigger.reading)
    if place is None:
        return None
    if trigger.reading == "expected":
        return _expected(text, trigger, objects)
    subjects = _invited(text, verb) or subjects
    if verb.lemma_ == "accompany":
        subjects = objects + subjects
    travellers = [a for a in subjects if text.kind(a.ref) in _TRAVELLERS]
    goal = text.entity(place)
    home = goal is not None and text.entities[goal].within is not None and all(
        text.state(a.ref) == text.entities[goal].country for a in travellers
    )
    if not travellers or home:
        return None  # "returned to the White House": nobody visits the seat of the own government
    trigger.actors, trigger.stage = travellers, stage(verb)
    return trigger


def _expected(text: Text, trigger: Trigger, objects: list[Actor]) -> Trigger | None:
    """As in "Doe is expected in Tokyo on Friday"; not "Doe is expected to sign"."""
    verb = trigger.token
    trigger.actors = [a for a in objects if text.is_person(a)]
    trigger.stage = Stage.PLANNED
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    infinitive = any(c.dep_ in {"xcomp", "ccomp"} for c in verb.children)
    return trigger if trigger.actors and passive and not infinitive else None


def _invited(text: Text, verb: Token) -> list[Actor]:
    """Who is to travel in "invited Doe to visit" and "his invitation to Doe to come"."""
    head = verb.head
    clause = verb.dep_ in {"xcomp", "ccomp", "acl", "advcl"}
    if clause and head.lemma_.lower() in {"invite", "invitation", "ask", "urge"}:
        guests = text.objects(head) if head.pos_ == "VERB" else text.prepositions(head, "to", "for")
        return people(text, guests)
    return []


def destination(text: Text, head: Token, reading: str) -> Token | None:
    """The token of the place that a journey leads to: "arrived in Washington", "visited Japan", "left for Tokyo"."""
    candidates = text.prepositions(head, *_TOWARDS[reading])
    if head.lemma_ in {"lead", "head"}:
        groups = [o for o in text.objects(head) if o.lemma_ in {"delegation", "mission", "team"}]
        candidates = [p for group in groups for p in (*candidates, *text.prepositions(group, "to"))]
    if reading == "go" and head.lemma_ == "visit":
        candidates = candidates + text.objects(head)
    for token in candidates:
        mention = text.entity(token)
        if mention is not None and text.kind(mention) in {EntityKind.PLACE, EntityKind.COUNTRY}:
            return token
        if token.lower_ == "capital":
            return token
    if reading in {"go", "stay"} and text.document.place:
        return next((c for c in head.children if c.lower_ == "here"), None)
    return None


def _has_clause(verb: Token) -> bool:
    """Whether a verb has a complement beside its object: "saw Roe leave", "saw Roe as a rival"."""
    clauses = (c for c in verb.children if c.dep_ in {"ccomp", "xcomp", "oprd", "acl", "prep"})
    return any(c.pos_ != "ADP" or c.lower_ == "as" for c in clauses)


def _phone(verb: Token) -> bool:
    """Whether it is told that one speaks from afar: "by phone", "in a video conference"."""
    how = (c for c in verb.children if c.dep_ in {"prep", "npadvmod", "advmod"})
    return any(t.lower_ in BY_PHONE for c in how for t in c.subtree)


def _in_person(verb: Token) -> bool:
    """As in "talked over lunch", "spoke face to face": no call."""
    after = verb.doc[verb.i : min(verb.i + _BEHIND, verb.sent.end)].text.lower()
    if any(words in after for words in _FACE_TO_FACE) or any(c.lower_ == "where" for c in verb.children):
        return True
    how = (c for c in verb.children if c.dep_ in {"prep", "advmod", "npadvmod"})
    return any(t.lower_ in members("event_company", "in person") for c in how for t in (c, *c.children))




def _together(verb: Token) -> bool:
    """As in "Doe and Roe spoke twice", "spoke for 20 minutes": with each other."""
    return any(c.lower_ in _WITH_EACH_OTHER for c in verb.children)


def _named_so(token: Token) -> bool:
    """As in "called Roe [a friend]", which the parse takes for an apposition; no comma stands before it."""
    names = (c for c in token.children if c.dep_ == "appos" and any(d.lower_ in {"a", "an"} for d in c.children))
    return any(c.left_edge.i == token.i + 1 for c in names)


def _phones(text: Text, verb: Token, objects: list[Actor]) -> bool:
    """As in "Doe called Roe"; not "Doe called for talks", "called Roe a friend", "so-called"."""
    if not any(text.kind(a.ref) in {EntityKind.PERSON, EntityKind.SOURCE} for a in objects):
        return False
    called = {a.token for a in objects}
    if any(_named_so(text.doc[i]) for i in called):
        return False
    for child in verb.children:
        said = child.i in called or child.lemma_ in members("event_company", "to say")
        if child.dep_ in {"oprd", "xcomp", "ccomp", "prt", "acomp"} and not said:
            return False
        aim = child.dep_ == "prep" and child.lower_ in {"for", "on", "upon", "off"}
        if aim and not any(text.is_time(p) for p in child.children):
            return False
    return True



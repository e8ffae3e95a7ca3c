"""Calls: "phoned", "called", "got a call from", "on the phone with", "settled it by telephone"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members, table
from kg.model import EntityKind, FactKind
from kg.stages.relate.events.trigger import BY_PHONE, ELSE_WHEN, LISTENERS, below, event_nouns, people

if TYPE_CHECKING:

    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Actor, Text
    from kg.tokens import Token
_LINES = frozenset({"phone", "telephone", "speakerphone", "line", "hotline", "videolink", "link"})
_QUOTES = frozenset({'"', "“", "”", "'", "‘", "''", "``"})
_OVER = frozenset({"on", "by", "over", "via", "off"})  # "got off the phone with Doe"
_MEANS = frozenset({"link", "line", "conference", "connection", "format", "screen", "mode", "app", "link-up", "linkup",
                    "hookup", "message", "round"})  # fmt: skip


def call(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:
    """As in "Doe phoned Roe", "Doe called Roe on Friday"."""
    verb = trigger.token
    on = text.prepositions(verb, "on")
    bare = (c for c in verb.children if c.lower_ == "on" and c.i == verb.i + 1 and c.dep_ in {"prt", "prep"})
    if any(not list(c.children) for c in bare):  # the parse hangs the name on the verb
        on += [c for c in verb.children if c.dep_ in {"pobj", "dobj"}]
    hosts = [a for a in people(text, on) if text.is_person(a)]
    if verb.lemma_ == "call" and hosts and not any(_asked(c) for c in verb.children):
        trigger.kind = FactKind.MEETING  # "called on Roe at the ministry"; "called on Roe to resign" asks for something
        return subjects + hosts if subjects else []
    objects = objects or people(text, [c for c in verb.children if c.dep_ == "oprd"])
    both = len({text.state(a.ref) for a in subjects if text.is_person(a)} - {None}) > 1
    if verb.lemma_ in {"phone", "telephone"} and both and not text.objects(verb):
        return subjects  # "Doe and Roe telephone and agree on it"
    return subjects + objects if _phones(text, verb, objects) else []


def _asked(clause: Token) -> bool:
    """What somebody is called on to do; not "called on Roe, handing over a letter"."""
    return clause.dep_ in {"xcomp", "ccomp"} or (clause.dep_ == "advcl" and clause.tag_ != "VBG")


def _phones(text: Text, verb: Token, objects: list[Actor]) -> bool:
    """As in "Doe called Roe"; not "Doe called for talks", "called Roe a friend", "so-called"."""
    leaders = any(text.doc[a.token].lemma_.lower() in members("group_words", "leader") for a in objects)
    if not leaders and not any(text.kind(a.ref) in {EntityKind.PERSON, EntityKind.SOURCE} for a in objects):
        return False
    if verb.lemma_ == "call" and any(_new(text.doc[a.token]) for a in objects):
        return False  # "called him a tough negotiator"
    called = {a.token for a in objects}
    if any(_named_so(text.doc[i]) or (verb.lemma_ == "call" and _quoted(text, i)) for i in called):
        return False
    if verb.lemma_ == "call" and any(_named_place(text, c) for c in verb.children):
        return False
    for child in verb.children:
        said = child.i in called or child.lemma_ in members("event_company", "to say")
        if child.dep_ in {"oprd", "xcomp", "ccomp", "prt", "acomp"} and not said and verb.lemma_ == "call":
            return False
        to = child.dep_ == "prep" and child.lower_ == "to" and verb.lemma_ == "call"
        if to and (_summons(child) or any(c.dep_ == "nsubjpass" for c in verb.children)):
            return False
        aim = child.dep_ == "prep" and child.lower_ in {"for", "on", "upon", "off"}
        if aim and not any(text.is_time(p) for p in (*child.children, child.nbor())):
            return False
    return True


def _named_place(text: Text, subject: Token) -> bool:
    """As in "Leninabad, as Khujand was called then: Doe and Roe": a city has a name."""
    place = text.entity(subject)
    return subject.dep_ == "nsubjpass" and place is not None and text.kind(place) is EntityKind.PLACE


def _new(token: Token) -> bool:
    """Whether a phrase opens with "a": "a very good negotiator"."""
    return any(t.lower_ in {"a", "an"} for t in token.subtree if t.i < token.i)


def _summons(to: Token) -> bool:
    """As in "called the ministers to a meeting"; who "was called to Rome" was not phoned either."""
    return any(c.lemma_.lower() in event_nouns() for c in to.children)


def _quoted(text: Text, i: int) -> bool:
    """As in "called Roe, the president, 'a crook'": a quotation behind a name is what he or she was called."""
    for token in text.doc[i + 1 : text.doc[i].sent.end - 1]:
        if token.pos_ in {"VERB", "AUX"}:
            return False
        if token.text in _QUOTES and token.nbor().lower_ in {"a", "an", "the"}:
            return True
    return False


def _named_so(token: Token) -> bool:
    """As in "called Roe [a friend]", which the parse takes for an apposition; no comma stands before it."""
    names = (c for c in token.children if c.dep_ == "appos" and any(d.lower_ in {"a", "an"} for d in c.children))
    return any(c.left_edge.i == token.i + 1 for c in names)


def phoned(verb: Token) -> bool:
    """Whether it is told that one speaks from afar: "by phone", "in a video call", "for an hour over the phone".

    Not "met a day after a phone call with Doe".
    """
    how = (c for c in verb.children if c.dep_ in {"prep", "agent", "npadvmod", "advmod"} and c.lower_ not in ELSE_WHEN)
    if any(from_afar(t) for c in how for t in c.subtree):
        return True
    behind = (t for c in verb.children if c.dep_ == "dobj" for t in c.subtree if t.dep_ == "prep" and t.lower_ in _OVER)
    return any(from_afar(g) for t in behind for c in t.children if c.dep_ == "pobj" for g in (c, *c.children))


def from_afar(token: Token) -> bool:
    """Whether a word tells how one speaks from afar; not "rules for online platforms", "on video games"."""
    if token.lower_ not in BY_PHONE:
        return False
    noun = token.head if token.dep_ in {"amod", "compound", "nmod"} else token
    return noun.lemma_.lower() in _MEANS or noun.lower_ in BY_PHONE or noun.lemma_.lower() in event_nouns()


def on_the_phone(text: Text, noun: Token) -> list[Actor]:
    """Who spoke, told without a verb of speech.

    "said after 40 minutes on the phone with Doe", "Doe was on the line with Roe", "Doe and Roe settled it by phone",
    "twenty minutes on the phone were enough for Doe and Roe to agree", "was settled by phone between Doe and Roe"; not
    "Doe told reporters by telephone".
    """
    if noun.lower_ in _LINES and noun.dep_ == "dobj" and noun.head.lemma_ in {"pick", "lift", "grab", "take"}:
        called = people(text, text.prepositions(noun.head, "to"))  # "picked up the phone to Doe"
        return people(text, text.subjects(noun.head)) + called if called else []
    if noun.lower_ not in _LINES or noun.dep_ != "pobj" or noun.head.lower_ not in _OVER:
        return []
    if noun.lower_ in {"line", "link"} and not (_of_speech(noun) or _had(text, noun)):
        return []
    if any(t.pos_ == "NOUN" and t.lemma_.lower() in event_nouns() for t in (noun.head.head, *noun.head.head.children)):
        return []  # "a conversation by telephone with Doe"
    verb = noun.head
    while verb.head.i != verb.i and not (verb.pos_ in {"VERB", "AUX"} and people(text, text.subjects(verb))):
        verb = verb.head
    if verb.lemma_.lower() in _told_by_verbs():
        return []
    found = people(text, text.subjects(verb))
    heard = below(verb, "with") + below(verb, "to") + [p for t in (noun, noun.head, noun.head.head) for p in _with(t)]
    heard += below(verb, "from") if verb.lemma_ == "hear" else []
    found += people(text, [t for t in [*heard, *text.objects(verb)] if t.lemma_.lower() not in LISTENERS])
    if not found:
        found = people(text, [s for c in verb.children if c.dep_ in {"advcl", "ccomp"} for s in text.subjects(c)])
    found = [a for a in dict.fromkeys(found) if text.kind(a.ref) is not EntityKind.ORGANIZATION]
    return found if len({text.state(a.ref) or a.ref for a in found}) > 1 else []


def _told_by_verbs() -> frozenset[str]:
    """Verbs that name the call themselves: "spoke by phone"."""
    return frozenset(w for w, _, reading in table("event_words") if reading in {"speak", "meet", "phone", "discuss"})


def _of_speech(noun: Token) -> bool:
    """As in "on the line with Doe", "by video link"; not "on the front line"."""
    video = any(c.lower_ in BY_PHONE for c in noun.children)
    after = noun.doc[noun.i + 1].lower_ if noun.i + 1 < len(noun.doc) else ""
    return video or after in {"with", "to"}


def _had(text: Text, noun: Token) -> bool:
    """As in "Doe had Roe on the line"."""
    verb = next((t for t in noun.ancestors if t.pos_ == "VERB"), None)
    held = verb is not None and verb.lemma_ in {"have", "get", "keep"} and any(c.lower_ == "the" for c in noun.children)
    return verb is not None and held and any(text.is_person(a) for a in people(text, text.objects(verb)))


def _with(token: Token) -> list[Token]:
    """Whom one speaks with, or who speaks: "by telephone with Doe", "by telephone between Doe and Roe"."""
    between = (c for c in token.children if c.lower_ in {"with", "between"})
    return [p for c in between for p in c.children if p.dep_ == "pobj"]

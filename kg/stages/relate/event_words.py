"""The words of a text that name events: verbs ("met", "phoned") and nouns with the verb that carries them ("held talks")."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.model import EntityKind, FactKind
from kg.stages.relate.modality import Stage, stage

from kg.stages.relate.text import Actor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from kg.stages.relate.text import Text

_BY_PHONE = frozenset({"phone", "telephone", "video", "videoconference", "video-link", "videolink", "teleconference", "hotline",
                       "cellphone", "zoom", "videoconferencing"})  # fmt: skip
_LISTENERS = frozenset({"reporter", "journalist", "press", "media", "correspondent", "lawmaker", "audience", "crowd", "news",
                        "conference", "broadcaster", "newspaper", "parliament", "congress"})  # fmt: skip
_NOT_SUPPORT = frozenset({"say", "tell", "add", "describe", "call", "note", "think", "believe", "know"})
CARRIERS = frozenset({"hold", "have", "conduct", "attend", "host", "chair", "lead", "begin", "start", "open", "end", "finish",
                       "conclude", "wrap", "resume", "continue", "complete", "join", "enter", "kick", "launch", "break", "co-chair",
                       "take", "stage", "convene", "share", "make", "place", "pay", "schedule", "arrange", "plan", "seek", "request",
                       "propose", "explore", "cancel", "postpone", "deny", "want", "demand", "offer", "set", "agree", "suggest",
                       "do", "organize", "organise", "cut", "suspend", "abandon", "scrap", "call", "return", "hope", "await",
                       "delay", "skip", "discuss", "expect", "participate", "engage", "sit", "meet", "attach"})  # fmt: skip


ORDINALS = {"first": 1, "opening": 1, "inaugural": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
            "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
            "fifteenth": 15}  # fmt: skip
_TO_SAY = frozenset({"discuss", "talk", "congratulate", "thank", "express", "offer", "say", "tell", "inform", "urge", "ask", "review"})
_IN_PERSON = frozenset({"lunch", "dinner", "breakfast", "coffee", "tea", "person", "face", "sidelines", "margins", "fringes"})
_ASKING = frozenset({"propose", "suggest", "demand", "request", "offer", "want", "seek", "urge", "discuss"})
_OF_TALKS = frozenset({"talk", "negotiation", "discussion", "consultation", "meeting", "dialogue", "session", "diplomacy", "bargaining"})
_OF_TRADE = frozenset({"tariff", "trade", "negotiating", "negotiation", "ministerial", "bilateral", "talks", "diplomatic", "peace"})


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


@cache
def _words() -> tuple[dict[str, tuple[FactKind, str]], dict[str, tuple[FactKind, str]]]:
    verbs, nouns = {}, {}
    for word, kind, reading in table("event_words"):
        target = nouns if reading in {"noun", "vague"} else verbs
        target[word] = (FactKind(kind), reading)
    return verbs, nouns


def triggers(text: Text, sent: Span) -> list[Trigger]:
    """The event words of a sentence, in order, with who takes part by the words around them."""
    verbs, nouns = _words()
    found: list[Trigger] = []
    if sent.text.rstrip().endswith("?"):
        return found
    for token in sent:
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB" and lemma not in verbs:  # the model leaves some past forms as they are
            lemma = next((w for w in (token.lower_[:-1], token.lower_[:-2]) if token.lower_.endswith("ed") and w in verbs), lemma)
        together = lemma == "come" and any(c.lower_ == "together" for c in token.children)
        if token.pos_ in {"VERB", "AUX"} and lemma in verbs and not together and not (lemma == "be" and _present(text, token)):
            kind, reading = verbs[lemma]
            trigger = _verb(text, token, kind, reading)
        elif token.pos_ in {"NOUN", "PROPN"} and (lemma in nouns or token.lower_ in nouns) and not _on_the_phone(text, token):
            kind, reading = nouns.get(lemma) or nouns[token.lower_]
            trigger = _noun(text, token, kind, reading)
        elif (lemma, True) in {(v, any(c.lower_ == w for c in token.children)) for v, w in (("sit", "down"), ("come", "together"))}:
            trigger = _verb(text, token, FactKind.MEETING, "meet")
        elif lemma == "last" and _it_lasted(text, token, found):
            trigger = Trigger(token, FactKind.MEETING, "attend", anaphoric=True)
        elif lemma == "sit" and (present := _sat_across(text, token)):
            trigger = Trigger(token, FactKind.MEETING, "attend", actors=present, anaphoric=True)
        elif token.lower_ == "phone" and (present := _on_the_phone(text, token)):
            told = next((t for t in token.ancestors if t.pos_ == "VERB"), None)
            trigger = Trigger(token, FactKind.CALL, "phone", told, stage(token), actors=present, by_phone=True)
        elif token.lemma_ == "be" and (present := _present(text, token)):
            trigger = Trigger(token, FactKind.MEETING, "attend", actors=present, anaphoric=True)
        elif token.lower_ in ORDINALS and _bare_ordinal(text, token):
            trigger = Trigger(token, FactKind.ROUND, "ordinal", carrier(token), stage=_ordinal_stage(token), anaphoric=True)
        else:
            continue
        if trigger is not None:
            found.append(trigger)
    for trigger in found:
        _share_actors(trigger, found)
    return found


def _present(text: Text, verb: Token) -> list[Actor]:
    """Who was there too: "Also in the room with Doe were Roe and Poe", "His interlocutors were Roe and Poe", "Facing Doe
    across the table were Roe and Poe". Lists of names and titles are parsed badly, so all persons of the sentence count
    but the one who says so."""
    there = [p for p in text.prepositions(verb, "in", "at") if p.lower_ in {"room", "side", "table", "attendance"}]
    present = any(c.dep_ == "acomp" and c.lower_ == "present" for c in verb.children)
    facing = any(c.dep_ == "advcl" and c.lemma_ == "face" for c in verb.children)
    partners = [c for c in verb.children if c.dep_ == "nsubj" and c.lemma_ in {"interlocutor", "counterpart", "partner", "host", "guest"}]
    if not (there or present or facing or partners) or stage(verb) is not Stage.HELD:
        return []
    found: dict[str, Actor] = {}
    owners = [c for p in partners for c in p.children if c.dep_ == "poss"]
    for token in [*owners, *(t for t in verb.sent if t.pos_ == "PROPN")]:
        actor = text.who(token)
        if actor is None or text.kind(actor.ref) is not EntityKind.PERSON or _says_so(token):
            continue
        found.setdefault(actor.ref, actor)
    return list(found.values()) if len(found) > 1 else []


def _says_so(token: Token) -> bool:
    """Whether a name stands in "according to Doe" or "Doe said"."""
    head = token
    while head.dep_ in {"compound", "appos", "flat"} and head.head.i != head.i:
        head = head.head
    return (head.head.lower_ == "to" and head.head.head.lower_ == "according") or (
        head.dep_ == "nsubj" and head.head.lemma_ in {"say", "tell", "add"}
    )


def _it_lasted(text: Text, verb: Token, found: list[Trigger]) -> bool:
    """ "It lasted two hours": the event told last."""
    return not found and any(c.dep_ == "nsubj" and c.lower_ == "it" for c in verb.children) and any(
        t.minutes is not None for t in text.times(verb.sent)
    )


def _sat_across(text: Text, verb: Token) -> list[Actor]:
    """ "Doe and Roe sat across from Poe": who faced whom at the talks told before."""
    if not any(c.lower_ in {"across", "opposite"} for c in verb.children):
        return []
    return _people(text, text.subjects(verb) + _below(verb, "from") + _below(verb, "opposite"))


def _on_the_phone(text: Text, noun: Token) -> list[Actor]:
    """ "said after 40 minutes on the phone with Doe": the speaker and Doe."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "on" or noun.i + 2 >= len(text.doc) or text.doc[noun.i + 1].lower_ != "with":
        return []
    partners = _people(text, [c for c in text.doc[noun.i + 1].children if c.dep_ == "pobj"])
    verb = noun.head
    while verb.head.i != verb.i and not (verb.pos_ == "VERB" and text.subjects(verb)):
        verb = verb.head
    callers = _people(text, text.subjects(verb))
    return callers + partners if callers and partners else []


def _bare_ordinal(text: Text, token: Token) -> bool:
    """ "The first round was held in April and the second in May", "a fourth is planned": a round without its noun."""
    if token.dep_ not in {"nsubj", "nsubjpass", "dobj", "conj", "attr", "pobj", "appos"} or token.pos_ == "ADV":
        return False
    following = text.doc[token.i + 1] if token.i + 1 < len(text.doc) else token
    if not any(c.dep_ == "det" for c in token.children) or following.lower_ == "of" or following.pos_ in {"NOUN", "PROPN", "ADJ"}:
        return False
    first = text.doc[max(0, token.i - 60) : token.i]
    return text.about_talks and any(t.lemma_.lower() == "round" for t in first)


def _ordinal_stage(token: Token) -> Stage:
    own = stage(token)
    return Stage.HELD if own is Stage.NEGATED else own


def _share_actors(trigger: Trigger, found: list[Trigger]) -> None:
    """ "met for talks", "sat down for their second round": the noun has the actors of its verb."""
    for other in found:
        if trigger.carrier is not None and other.token == trigger.carrier and other.kind is not FactKind.VISIT:
            if trigger.kind in {FactKind.MEETING, FactKind.ROUND, FactKind.CALL}:
                trigger.actors, trigger.stage = list(other.actors), other.stage
                trigger.anaphoric = True


def _people(text: Text, tokens: Iterator[Token] | list[Token]) -> list[Actor]:
    return list(dict.fromkeys(a for t in tokens for a in (*_leaders(text, t), *text.actors(t))))


def _leaders(text: Text, token: Token) -> list[Actor]:
    """Who leads a delegation: "a delegation led by Doe", "Doe is leading a delegation that is in Delhi"."""
    if token.lemma_.lower() not in {"delegation", "team", "mission"}:
        return []
    under = text.prepositions(token, "under")
    for child in token.children:
        if child.dep_ == "acl" and child.lemma_ in {"lead", "head"}:
            under += text.subjects(child)
    if token.dep_ == "dobj" and token.head.lemma_ in {"lead", "head"}:
        under += text.subjects(token.head)
    return [a for t in under for a in text.actors(t) if text.kind(a.ref) is EntityKind.PERSON]


def _verb(text: Text, verb: Token, kind: FactKind, reading: str) -> Trigger | None:
    subjects, objects = _people(text, text.subjects(verb)), _people(text, text.objects(verb))
    partners = _people(text, text.prepositions(verb, "with", "to", "alongside", "between") + _below(verb, "with"))
    trigger = Trigger(verb, kind, reading, by_phone=_phone(verb))
    passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
    if passive and not subjects:  # "was received in Geneva by Doe": the parse hangs "by" on the place
        subjects = _people(text, _below(verb, "by"))
    if reading == "meet":
        trigger.actors = subjects + objects + partners
        if not trigger.actors or (passive and not objects):
            return None
    elif reading == "grant":
        recipients = [c for c in verb.children if c.dep_ in {"nsubjpass", "dative"}]
        if not any(text.is_minutes(c) for c in verb.children) or not recipients:
            return None
        trigger.actors = _people(text, recipients) + subjects
    elif reading == "see":
        if not (any(text.kind(a.ref) is EntityKind.PERSON for a in objects) and subjects) or _has_clause(verb):
            return None
        trigger.actors = subjects + objects
    elif reading in {"speak", "discuss"}:
        partners = [a for a in partners if not _listener(text, a)]
        if reading == "discuss":
            partners = _people(text, _below(verb, "with"))
        if not (subjects and partners) and not (len(subjects) > 1 and (trigger.by_phone or _together(verb) or _in_person(verb))):
            return None
        trigger.actors = subjects + partners
        if trigger.by_phone:
            trigger.kind = FactKind.CALL
        if not trigger.by_phone and (_in_person(verb) or (reading == "discuss" and not trigger.by_phone)):
            trigger.kind = FactKind.MEETING
    elif reading == "phone":
        objects = objects or _people(text, [c for c in verb.children if c.dep_ == "oprd"])
        if not _phones(text, verb, objects):
            return None
        trigger.actors = subjects + objects
    elif reading == "host":
        if not (subjects and objects) or not any(text.kind(a.ref) is EntityKind.PERSON for a in objects):
            return None
        trigger.actors = subjects + objects
    elif reading == "gather":
        trigger.actors = [a for a in subjects if text.kind(a.ref) is EntityKind.BLOC]
        if not trigger.actors:
            return None
    elif reading == "spend":
        trigger.actors = subjects + _people(text, _below(verb, "with"))
        if len(trigger.actors) < 2:
            return None
    elif reading == "sign":
        signed = [o for o in text.objects(verb) if _agreement(o)]
        if not signed:
            return None
        owners = [c for o in signed for c in o.children if c.dep_ == "poss"] + [p for o in signed for p in text.prepositions(o, "between")]
        trigger.actors = subjects + partners or _people(text, owners)
        definite = any(c.lower_ in {"the", "this", "their"} for o in signed for c in o.children)
        if not trigger.actors and passive and definite:
            trigger.actors = [Actor(s, verb.i, safe=False) for s in text.two_sides]
        if not trigger.actors:
            return None
    else:
        return _journey(text, trigger, subjects, objects)
    trigger.stage = stage(verb)
    return trigger


def _journey(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> Trigger | None:
    """A visit needs a traveller and a place that one goes to or stays in."""
    verb = trigger.token
    if trigger.reading == "expected":
        trigger.actors = [a for a in objects if text.kind(a.ref) is EntityKind.PERSON]
        trigger.stage = Stage.PLANNED
        passive = any(c.dep_ == "auxpass" for c in verb.children)
        infinitive = any(c.dep_ in {"xcomp", "ccomp"} for c in verb.children)
        return trigger if trigger.actors and passive and not infinitive and destination(text, verb, "expected") is not None else None
    invited = _invited(text, verb)
    subjects = invited or subjects
    if verb.lemma_ == "accompany":
        subjects = objects + subjects
    travellers = [a for a in subjects if text.kind(a.ref) in {EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.SOURCE}]
    if not travellers or destination(text, verb, trigger.reading) is None:
        return None
    token = destination(text, verb, trigger.reading)
    goal = text.entity(token) if token is not None else None
    if goal is not None and text.entities[goal].within and all(text.state(a.ref) == text.entities[goal].country for a in travellers):
        return None  # "returned to the White House": nobody visits the seat of the own government
    trigger.actors = travellers
    trigger.stage = stage(verb)
    return trigger


def _invited(text: Text, verb: Token) -> list[Actor]:
    """Who is to travel in "invited Doe to visit" and "his invitation to Doe to come"."""
    head = verb.head
    if verb.dep_ in {"xcomp", "ccomp", "acl", "advcl"} and head.lemma_.lower() in {"invite", "invitation", "ask", "urge"}:
        guests = text.objects(head) if head.pos_ == "VERB" else text.prepositions(head, "to", "for")
        return _people(text, guests)
    return []


def destination(text: Text, head: Token, reading: str) -> Token | None:
    """The token of the place that a journey leads to: "arrived in Washington", "visited Japan", "left for Tokyo"."""
    wanted = {"leave": ("for",), "stay": ("in", "at", "to"), "noun": ("to", "in"), "expected": ("in", "at"), "go": ("to", "in", "at", "into")}[reading]
    candidates = text.prepositions(head, *wanted)
    if reading == "go" and head.lemma_ == "visit":
        candidates = candidates + text.objects(head)
    for token in candidates:
        mention = text.entity(token)
        if mention is not None and text.kind(mention) in {EntityKind.PLACE, EntityKind.COUNTRY}:
            return token
        if token.lower_ == "capital":
            return token
    if reading in {"go", "stay"} and any(c.lower_ == "here" for c in head.children) and text.document.place:
        return next(c for c in head.children if c.lower_ == "here")
    return None


def _has_clause(verb: Token) -> bool:
    return any(c.dep_ in {"ccomp", "xcomp", "oprd", "acl", "prep"} and (c.pos_ != "ADP" or c.lower_ == "as") for c in verb.children)


def _phone(verb: Token) -> bool:
    return any(t.lower_ in _BY_PHONE for c in verb.children if c.dep_ in {"prep", "npadvmod", "advmod"} for t in c.subtree)


def _in_person(verb: Token) -> bool:
    """ "talked over lunch", "spoke face to face": no call."""
    after = verb.doc[verb.i : min(verb.i + 16, verb.sent.end)].text.lower()
    if any(words in after for words in ("face to face", "face-to-face", "in person", "on the sidelines")):
        return True
    if any(c.lower_ == "where" for c in verb.children) or any(f"over {meal}" in after for meal in ("lunch", "dinner", "breakfast")):
        return True
    return any(t.lower_ in _IN_PERSON for c in verb.children if c.dep_ in {"prep", "advmod", "npadvmod"} for t in (c, *c.children))


def _listener(text: Text, actor: Actor) -> bool:
    return text.doc[actor.token].lemma_.lower() in _LISTENERS


def _together(verb: Token) -> bool:
    return any(c.lower_ in {"together", "directly", "twice", "again", "privately", "briefly"} for c in verb.children) or any(
        c.lower_ == "for" for c in verb.children
    )


def _phones(text: Text, verb: Token, objects: list[Actor]) -> bool:
    """ "Doe called Roe", not "Doe called for talks", "called Roe a friend", "so-called"."""
    if not any(text.kind(a.ref) in {EntityKind.PERSON, EntityKind.SOURCE} for a in objects):
        return False
    return not any(
        (c.dep_ in {"oprd", "xcomp", "ccomp", "prt", "acomp"} and c.lemma_ not in _TO_SAY and not any(a.token == c.i for a in objects))
        or (c.dep_ == "prep" and c.lower_ in {"for", "on", "upon", "off"} and not any(text.is_time(p) for p in c.children))
        for c in verb.children
    )


def _agreement(token: Token) -> bool:
    return token.lemma_.lower() in {"agreement", "deal", "pact", "treaty", "accord", "memorandum", "declaration", "protocol",
                                    "statement", "communique", "communiqué", "document", "contract", "mou", "text"}  # fmt: skip


def _below(verb: Token, name: str) -> list[Token]:
    """Heads behind a preposition anywhere below a verb, but not in another clause."""
    return [
        p for t in verb.subtree if t.dep_ in {"prep", "agent"} and t.lower_ == name and _clause(t) == verb for p in t.children if p.dep_ == "pobj"
    ]


def _clause(token: Token) -> Token:
    while token.head.i != token.i:
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            break
    return token


def carrier(noun: Token) -> Token | None:
    """The verb that an event noun is the subject or object of, or the event verb it is the occasion of ("met for talks")."""
    token = noun
    while token.dep_ in {"conj", "pobj", "prep", "appos"} and token.head.i != token.i:
        if token.head.lower_ in {"sidelines", "margins", "fringes"}:
            return None
        if token.dep_ == "prep" and token.lower_ not in {"of", "in", "for", "at", "during", "on", "into", "to", "with", "from"}:
            return None
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            return token
    if token.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"} and token.head.pos_ in {"VERB", "AUX"}:
        return token.head
    return None


def _noun(text: Text, noun: Token, kind: FactKind, reading: str) -> Trigger | None:
    if noun.dep_ in {"compound", "amod", "nmod"} and noun.head.pos_ in {"NOUN", "PROPN"} and noun.head.i > noun.i:
        return None  # "meeting room", "round table"
    if kind is FactKind.MEETING and noun.lower_ in {"talk"} or noun.lower_ in {"exchanges", "exchange"}:
        return None
    if noun.lower_ == "conference" and not any(t.lower_ in _BY_PHONE for t in noun.children):
        return None
    if noun.lower_ == "call" and any(c.lower_ == "courtesy" for c in noun.children):
        kind = FactKind.MEETING
    if noun.lower_ == "call" and any(c.dep_ == "prep" and c.lower_ == "for" for c in noun.children):
        return None
    if any(t.lower_ in _BY_PHONE for t in noun.children) and kind is FactKind.MEETING:
        kind = FactKind.CALL
    holder = carrier(noun)
    trigger = Trigger(noun, kind, reading, holder, by_phone=any(t.lower_ in _BY_PHONE for t in noun.children))
    trigger.stage = stage(noun)
    trigger.actors = _noun_actors(text, noun, holder, kind)
    determiners = {c.lower_ for c in noun.children if c.dep_ in {"det", "poss", "amod"}}
    definite = {"the", "this", "that", "these", "those", "its", "earlier", "previous", "such"}
    possessed = any(c.dep_ == "poss" and text.is_time(c) for c in noun.children)  # "Tuesday's meeting"
    trigger.anaphoric = bool(determiners & definite) or not determiners or possessed
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_.lower() in {"round", "rounds", "series"}:
        return None  # "a round of negotiations" is told by its round
    if kind is FactKind.ROUND and not _of_talks(text, trigger):
        return None
    if kind is FactKind.VISIT and not (trigger.anaphoric and trigger.stage is Stage.CANCELLED) and (
        not trigger.actors or destination(text, noun, "noun") is None
    ):
        return None
    return trigger


def _of_talks(text: Text, trigger: Trigger) -> bool:
    """A round of talks, not of a cup: it says so, or it has two sides."""
    noun = trigger.token
    of = [p.lemma_.lower() for p in text.prepositions(noun, "of")]
    around = {c.lower_ for c in noun.children}
    if of and not set(of) & _OF_TALKS:
        return False
    sides = {text.state(a.ref) or a.ref for a in trigger.actors}
    held = trigger.carrier is not None and trigger.carrier.lemma_.lower() in CARRIERS
    if not of and text.about_talks and around & (ORDINALS.keys() | {"final", "last", "latest", "next", "new"}) and held:
        return True
    return bool(of) or bool(around & _OF_TRADE) or len(sides) > 1 or any(c.dep_ == "poss" and text.entity(c) for c in noun.children)


def _noun_actors(text: Text, noun: Token, holder: Token | None, kind: FactKind) -> list[Actor]:
    held_by = holder is not None and bool(text.subjects(holder))
    own = [c for c in noun.children if (c.dep_ == "poss" and not (held_by and c.tag_ == "PRP$" and kind is not FactKind.VISIT)) or (c.dep_ in {"compound", "nmod", "amod"} and text.entity(c) is not None)]
    found = [a for a in _people(text, own) if text.kind(a.ref) is not EntityKind.PLACE]
    found += _people(text, [t for t in _noun_prepositions(noun) if t.lower_ not in _LISTENERS])
    if any(text.kind(a.ref) is EntityKind.PERSON for a in found):
        found += _joined(text, noun)
    if kind is FactKind.ROUND:
        for of in text.prepositions(noun, "of"):
            found += _noun_actors(text, of, None, FactKind.MEETING)
    if holder is not None and holder.lemma_.lower() not in _NOT_SUPPORT:
        found += _people(text, text.prepositions(holder, "with", "between"))
        subjects = text.subjects(holder)
        if kind is FactKind.VISIT and not subjects:
            subjects = text.objects(holder)
        asked = holder.lemma_.lower() in _ASKING and len({text.state(a.ref) or a.ref for a in found}) > 1
        if noun not in subjects and not asked and (holder.lemma_.lower() in CARRIERS or (kind is FactKind.VISIT)):
            found = _people(text, subjects) + found
    for child in noun.children:  # "a meeting in which Doe took part", "talks that Roe attended"
        if child.dep_ == "relcl" and child.lemma_ in {"attend", "join", "participate", "take"}:
            found += [a for a in _people(text, text.subjects(child)) if a.token != noun.i]
    if not found and holder is not None and noun.dep_ == "pobj" and any(c.lower_ in {"a", "an"} for c in noun.children):
        found = _people(text, text.subjects(holder))  # "gave it their blessing in a telephone call"
    sides = {text.state(a.ref) for a in found}
    off = holder is not None and holder.lemma_ in {"call", "cancel", "skip"} and stage(noun) is Stage.CANCELLED
    asked = stage(noun) is Stage.SOUGHT and holder is not None and holder.lemma_ in {"resume", "hold", "begin", "continue", "reopen"}
    if len(sides) == 1 and kind is not FactKind.VISIT and not asked and (off or any(c.lower_ == "with" for c in noun.children)):
        told_by = _people(text, text.subjects(holder)) if holder is not None else []  # "Doe called the talks with Roe frank"
        lead = [a for a in told_by if text.kind(a.ref) is EntityKind.PERSON and text.state(a.ref) not in sides]
        last = text.person_before(holder) if off and holder is not None else None
        last = last if last is not None and text.state(last.ref) not in sides else text.last_subject(noun)
        if not lead and last is not None and text.state(last.ref) not in sides:
            lead = [last]
        main = text.protagonist(noun)
        if not lead and main is not None and text.state(main.ref) not in sides:
            lead = [main]
        found = lead + found
    return list(dict.fromkeys(found))


def _joined(text: Text, noun: Token) -> list[Actor]:
    """Persons that the parse hung elsewhere: "the meeting of Doe and Roe with Poe" up to the next comma or verb."""
    found = []
    for token in text.doc[noun.i + 1 : noun.sent.end]:
        if token.pos_ in {"VERB", "AUX", "SCONJ"} or token.text in {",", ";", ":", "—"} and not found:
            break
        if token.text == "," and text.who(text.doc[min(token.i + 1, noun.sent.end - 1)]) is None:
            break
        actor = text.who(token) if token.pos_ == "PROPN" and token.dep_ != "poss" else None
        if actor is not None and text.kind(actor.ref) is EntityKind.PERSON:
            found.append(Actor(actor.ref, token.i))
    seen: dict[str, Actor] = {}
    for actor in found:
        seen.setdefault(actor.ref, actor)
    return list(seen.values())


def _noun_prepositions(noun: Token) -> list[Token]:
    return [
        p for c in noun.children if c.dep_ == "prep" and c.lower_ in {"with", "between", "of", "among", "by"} for p in c.children
        if p.dep_ == "pobj"
    ]  # fmt: skip

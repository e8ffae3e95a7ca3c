"""Nouns that name events, with the verb that carries them: "held talks", "a visit to Tokyo", "the third round"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members
from kg.model import EntityKind, FactKind
from kg.stages.relate.event_journeys import destination, guests
from kg.stages.relate.event_trigger import BY_PHONE, CARRIERS, LISTENERS, ORDINALS, Trigger, below, people
from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.text import Actor

if TYPE_CHECKING:

    from spacy.tokens import Token

    from kg.stages.relate.text import Text
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "earlier", "previous", "such"})
_OCCASION = frozenset({"of", "in", "for", "at", "during", "on", "into", "to", "with", "from"})
_MEALS = frozenset({"dinner", "lunch", "luncheon", "breakfast", "banquet", "reception", "supper", "brunch", "tea"})
_WHERE = frozenset({"in", "during", "at", "over", "on"})
_ON_IT = frozenset({"after", "during", "on", "from", "before", "following", "of"})  # "flew home after a stay in Lima"
_HOLDING = frozenset({"hold", "have", "attend", "stage", "conduct", "schedule", "plan", "arrange"})
_WORDS = frozenset({"have", "want", "get", "exchange", "seek", "swap", "request", "share"})
_SPELLS = frozenset({"minute", "hour", "day", "week", "month", "night", "evening", "marathon", "bout", "couple"})
_CLAUSES = frozenset({"ccomp", "xcomp", "pcomp", "advcl", "relcl"})
_LED = frozenset({"lead", "head", "chair", "co-chair", "host", "mediate", "moderate", "conduct", "attend", "open"})
_RESUMED = frozenset({"resume", "hold", "begin", "continue", "reopen"})


def noun(text: Text, token: Token, kind: FactKind, reading: str) -> Trigger | None:
    """The event that a noun names, or None where the words around it tell of another thing."""
    if _no_event(token, kind):
        return None
    by_phone = any(t.lower_ in BY_PHONE for t in (*token.children, *_means(token)))
    if kind is FactKind.MEETING and by_phone:
        kind = FactKind.CALL
    if token.lower_ == "call" and any(c.lower_ == "courtesy" for c in token.children):
        kind = FactKind.MEETING
    holder = carrier(token)
    trigger = Trigger(token, kind, reading, holder, by_phone=by_phone)
    trigger.stage = stage(token)
    trigger.actors = _actors(text, token, holder, kind)
    determiners = {c.lower_ for c in token.children if c.dep_ in {"det", "poss", "amod"}}
    possessed = any(c.dep_ == "poss" and text.is_time(c) for c in token.children)  # "Tuesday's meeting"
    if kind is FactKind.VISIT:
        _paid(text, trigger)
    trigger.anaphoric = bool(determiners & _DEFINITE) or not determiners or possessed
    if kind is FactKind.ROUND and not _of_talks(text, trigger):
        return None
    called_off = trigger.anaphoric and trigger.stage is Stage.CANCELLED
    if kind is FactKind.VISIT and not called_off and (
        not trigger.actors or destination(text, token, "noun") is None
    ):
        return None
    return trigger


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
    if not trigger.actors and trigger.stage is Stage.CANCELLED:
        last = text.subject_before(token) or text.last_subject(token) or text.protagonist(token)
        trigger.actors = [last] if last is not None else []


def _no_event(token: Token, kind: FactKind) -> bool:
    """As in "meeting room", "a talk", "a press conference", "a call for talks", "a round of [negotiations]"."""
    if token.dep_ in {"compound", "amod", "nmod"} and token.head.pos_ in {"NOUN", "PROPN"} and token.head.i > token.i:
        return True
    low = token.lower_
    by_phone = any(t.lower_ in BY_PHONE for t in token.children)
    if (kind is FactKind.MEETING and low == "talk" and not by_phone) or low in {"exchange", "exchanges"}:
        return True
    if low == "conference" and not by_phone:
        return True
    if token.lemma_.lower() == "word":  # "wants a word with Doe", "exchanged a few words with Roe"
        return token.head.lemma_ not in _WORDS or token.dep_ != "dobj" or not below(token.head, "with")
    if low == "call" and any(c.dep_ == "prep" and c.lower_ == "for" for c in token.children):
        return True
    of = token.dep_ == "pobj" and token.head.lower_ == "of"
    return of and token.head.head.lemma_.lower() in {"round", "rounds", "series"}


def carrier(noun: Token) -> Token | None:
    """The verb of which an event noun is subject or object, or whose occasion it is ("met for talks")."""
    token = _spell(noun) or noun
    while token.dep_ in {"conj", "pobj", "prep", "appos"} and token.head.i != token.i:
        if token.head.lower_ in {"sidelines", "margins", "fringes"}:
            return None
        if token.dep_ == "prep" and (token.lower_ not in _OCCASION or _aside(token)):
            return None
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            return token
    if token.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"} and token.head.pos_ in {"VERB", "AUX"}:
        return token.head
    return None


def _aside(prep: Token) -> bool:
    """As in "was in town [for the summit]": where one is, which has its own occasion."""
    return prep.lower_ == "for" and prep.head.lemma_ in {"town", "city", "capital", "country"}


def _of_talks(text: Text, trigger: Trigger) -> bool:
    """A round of talks, not of a cup: it says so, or it has two sides."""
    token = trigger.token
    of = {p.lemma_.lower() for p in text.prepositions(token, "of")}
    around = {c.lower_ for c in token.children}
    if of:
        return bool(of & members("event_company", "of talks"))
    held = trigger.carrier is not None and trigger.carrier.lemma_.lower() in CARRIERS
    if held and text.about_talks and around & (ORDINALS.keys() | {"final", "last", "latest", "next", "new"}):
        return True
    named = len(text.sides) > 1 and (text.about_talks or around & ORDINALS.keys())
    if token.lower_ == "one" or around & members("event_company", "of trade") or named:
        return True
    sides = {text.state(a.ref) or a.ref for a in trigger.actors}
    return len(sides) > 1 or any(c.dep_ == "poss" and text.entity(c) for c in token.children)


def _actors(text: Text, token: Token, holder: Token | None, kind: FactKind) -> list[Actor]:
    """Who takes part in the event that a noun names: by its own phrase, then by the verb that carries it."""
    found = _in_phrase(text, token, holder, kind)
    if holder is not None and holder.lemma_.lower() not in members("event_company", "no carrier"):
        found = _of_carrier(text, token, holder, kind, found)
    found += _in_clause(text, token, found)
    if token.dep_ == "pobj" and token.head.lower_ in _WHERE and holder is not None:
        found += _of_occasion(text, token, holder, found)
    if kind is not FactKind.VISIT:
        found = _other_side(text, token, holder, found) + found
    return list(dict.fromkeys(found))


def _in_clause(text: Text, token: Token, found: list[Actor]) -> list[Actor]:
    """Who took part by a clause behind: "talks that Roe attended", "a meeting in Rome at which Doe and Roe agreed"."""
    there: list[Actor] = []
    for verb in token.subtree:
        clause = verb.dep_ == "relcl" or (verb.dep_ == "acl" and any(c.dep_ == "nsubj" for c in verb.children))
        if not clause or verb.i < token.i:
            continue
        attended = verb.head == token and verb.lemma_ in {"attend", "join", "participate", "take"}
        held = verb.head == token and _they_hold(text, verb)
        there += people(text, text.subjects(verb)) if held else []
        which = (t.head.lower_ for t in text.doc[verb.left_edge.i : verb.i] if t.lower_ in {"which", "whom"})
        if attended or any(word in {"at", "in", "during", "to", "for"} for word in which):
            there += [a for a in people(text, text.subjects(verb)) if a.token != token.i and text.is_person(a)]
            there += people(text, [t for t in text.subjects(verb) if attended and t.i != token.i])
        spell = verb.head.lemma_.lower() in _SPELLS  # "a meeting of an hour that Doe had with Roe"
        if verb.lemma_ in {"have", "hold"} and (verb.head == token or spell):
            there += people(text, [t for t in text.subjects(verb) if t.i != token.i] + below(verb, "with"))
    return [a for a in there if a not in found]


def _they_hold(text: Text, verb: Token) -> bool:
    """As in "a session that officials of both states were to hold": who does it stands in the clause."""
    below_it = [verb, *(c for c in verb.children if c.dep_ == "xcomp")]
    own = any(c.dep_ == "nsubj" and c.lower_ not in {"that", "which"} for c in verb.children)
    return own and any(v.lemma_ in _HOLDING for v in below_it) and len(people(text, text.subjects(verb))) > 0


def _of_occasion(text: Text, token: Token, holder: Token, found: list[Actor]) -> list[Actor]:
    """Who is told to do a thing at an event: "gave it their blessing in a call", "made Roe an offer during talks"."""
    if len({text.state(a.ref) or a.ref for a in found}) > 1:
        return []
    verb = holder
    while not (there := people(text, text.subjects(verb))) and verb.dep_ in _CLAUSES and verb.head.pos_ == "VERB":
        verb = verb.head
    there += people(text, [t for t in (*below(holder, "to"), *below(holder, "with")) if t.lower_ not in LISTENERS])
    there += [a for a in people(text, text.objects(holder)) if text.is_person(a)]
    new = any(c.lower_ in {"a", "an"} for c in token.children)
    sides = {text.state(a.ref) or a.ref for a in (*found, *there)}
    return there if len(sides) > 1 or (new and not found) else []


def _spell(noun: Token) -> Token | None:
    """The noun above in "three days of talks", on which the parse hangs who talks."""
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    return above if above is not None and above.lemma_.lower() in _SPELLS else None


def _in_phrase(text: Text, token: Token, holder: Token | None, kind: FactKind) -> list[Actor]:
    """As in "Doe's meeting with Roe", "Japan-U.S. talks", "a round of talks between Japan and the U.S."."""
    held = holder is not None and holder.lemma_.lower() in CARRIERS and bool(text.subjects(holder))
    held_by = held and kind is not FactKind.VISIT
    own = [
        c for c in token.children
        if (c.dep_ == "poss" and not (held_by and c.tag_ == "PRP$"))
        or (c.dep_ in {"compound", "nmod", "amod"} and text.entity(c) is not None)
    ]  # fmt: skip
    found = [a for a in people(text, own) if text.kind(a.ref) is not EntityKind.PLACE]
    spell = _spell(token)
    behind = _behind(token, kind) + (_behind(spell, kind) if spell is not None else [])
    found += people(text, [t for t in behind if t.lower_ not in LISTENERS and t.i != token.i])
    if kind is not FactKind.VISIT:
        found += [a for a in _led(text, token) if a not in found]
    if any(text.is_person(a) for a in found):
        found += _joined(text, token)
    if kind is FactKind.ROUND:
        for of in text.prepositions(token, "of"):
            found += _actors(text, of, None, FactKind.MEETING)
    return found


def _led(text: Text, noun: Token) -> list[Actor]:
    """Who led the talks or their delegations: "a round of talks between delegations headed by Doe and Roe"."""
    led = (t for t in noun.subtree if t.i > noun.i and t.dep_ == "acl" and t.tag_ == "VBN" and t.lemma_ in _LED)
    return [a for verb in led for a in people(text, text.subjects(verb)) if text.is_person(a)]


def _of_carrier(text: Text, token: Token, holder: Token, kind: FactKind, found: list[Actor]) -> list[Actor]:
    """The actors with those of the verb: "[Doe] held talks [with Roe]"."""
    partners = text.prepositions(holder, "with", "between")
    found = found + people(text, partners or ([] if found else below(holder, "with")))
    subjects = text.subjects(holder)
    purpose = token.dep_ == "pobj" and any(c.dep_ in {"nsubjpass", "auxpass"} for c in holder.children)
    if (kind is FactKind.VISIT and not subjects) or purpose:  # "was received by Doe for talks"
        subjects = subjects + text.objects(holder)
    lemma = holder.lemma_.lower()
    asking = lemma in members("event_company", "asking")
    asked = asking and len({text.state(a.ref) or a.ref for a in found}) > 1
    if token not in subjects and not asked and (lemma in CARRIERS or kind is FactKind.VISIT):
        return people(text, subjects) + found
    return found


def _other_side(text: Text, token: Token, holder: Token | None, found: list[Actor]) -> list[Actor]:
    """Who faces the only side named: "Doe called the talks with Roe frank", "the talks with Roe were called off".

    The person who tells of it, else the one named last before (where called off), the subject of the sentence before,
    or the person whom the article mentions most, if of another state.
    """
    sides = {text.state(a.ref) for a in found}
    how = stage(token)
    off = how is Stage.CANCELLED and holder is not None and holder.lemma_ in {"call", "cancel", "skip"}
    asked = how is Stage.SOUGHT and holder is not None and holder.lemma_ in _RESUMED
    if len(sides) != 1 or asked or not (off or any(c.lower_ == "with" for c in token.children)):
        return []
    told_by = people(text, text.subjects(holder)) if holder is not None else _tellers(text, token)
    lead = [a for a in told_by if text.is_person(a) and text.state(a.ref) not in sides]
    if lead:
        return lead
    before = None
    for mention in text.persons_between(holder.sent.start, holder.i)[::-1] if off and holder is not None else []:
        if text.state(mention.entity) not in sides:
            before = Actor(mention.entity, text.tokens(mention.start, mention.end)[0], safe=False)
            break
    if before is None:
        before = text.last_subject(token)
    others = (before, text.protagonist(token))
    return next(([a] for a in others if a is not None and text.state(a.ref) not in sides), [])


def _tellers(text: Text, noun: Token) -> list[Actor]:
    """Who tells of an event after it: "Doe announced it after a conversation with Roe"."""
    above = (t for t in noun.ancestors if t.pos_ == "VERB")
    return next((found for verb in above if (found := people(text, text.subjects(verb)))), [])


def _joined(text: Text, noun: Token) -> list[Actor]:
    """Persons that the parse hung elsewhere: "the meeting of Doe and Roe with Poe" up to the next comma or verb."""
    found: dict[str, Actor] = {}
    for token in text.doc[noun.i + 1 : noun.sent.end]:
        if token.pos_ in {"VERB", "AUX", "SCONJ"} or (token.text in {",", ";", ":", "—"} and not found):
            break
        if token.text == "," and text.who(text.doc[min(token.i + 1, noun.sent.end - 1)]) is None:
            break
        actor = text.who(token) if token.pos_ == "PROPN" and token.dep_ != "poss" else None
        if actor is not None and text.is_person(actor):
            found.setdefault(actor.ref, Actor(actor.ref, token.i))
    return list(found.values())


def _behind(noun: Token, kind: FactKind) -> list[Token]:
    """The heads behind "with Doe", "between Doe and Roe", "a call from Doe", "a courtesy call on Roe"."""
    names = {"with", "between", "of", "among", "by", "from"}
    names |= {"to"} if kind is FactKind.CALL else set()
    names |= {"on"} if noun.lower_ == "call" and kind is FactKind.MEETING else set()
    names |= {"for"} if noun.lemma_.lower() in _MEALS else set()  # "gave a dinner for Doe"
    above = [noun, *(m for m in _means(noun) if m.lower_ in BY_PHONE)]
    above += [p for c in noun.children if c.lower_ in {"of", "on"} for p in c.children if p.ent_type_ == "DATE"]
    return [
        p for t in above for c in t.children if c.dep_ == "prep" and c.lower_ in names
        for p in c.children if p.dep_ == "pobj"
    ]  # fmt: skip


def _means(noun: Token) -> list[Token]:
    """How one speaks: "a conversation by telephone", "talks via video link"."""
    return [p for c in noun.children if c.lower_ in {"by", "on", "over", "via"} for p in c.children if p.dep_ == "pobj"]

"""Who else takes part in the event that a noun names: by a clause behind it, its occasion, or who faces one side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members
from kg.model import FactKind
from kg.stages.relate.clauses import SUBJECTS, whole
from kg.stages.relate.events.destinations import is_stop
from kg.stages.relate.events.trigger import (
    BY_PHONE,
    ELSE_WHEN,
    LISTENERS,
    SPELLS,
    below,
    event_nouns,
    people,
    speaks_for_others,
)
from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.text import Actor
from kg.stages.relate.verb_forms import REPORTING

if TYPE_CHECKING:
    from kg.model import Ref, Time
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
    from kg.tokens import Token
MEALS = frozenset({"dinner", "lunch", "luncheon", "breakfast", "banquet", "reception", "supper", "brunch", "tea"})
_COURTESY = members("name_parts", "honorific")
_ABOUT = frozenset({"on", "over", "about", "of", "concerning", "regarding"})
_SPANS = frozenset({"DATE", "TIME"})
_HOLDING = frozenset({"hold", "have", "attend", "stage", "conduct", "schedule", "plan", "arrange"})
_ENCOUNTER = frozenset({"meet", "receive", "host", "see", "welcome", "speak", "talk", "phone", "telephone", "visit"})
_ASK = frozenset({"ask", "press", "plead", "beg", "lobby", "appeal"})
_REQUEST = frozenset({"request", "seek", "propose", "suggest"})
_RUN = frozenset({"begin", "start", "open", "end", "close", "conclude", "finish", "wrap", "last"})
_SIGN = frozenset({"sign", "initial", "ink"})
_CLAUSES = frozenset({"ccomp", "xcomp", "pcomp", "advcl", "relcl"})
_RESUMED = frozenset({"resume", "hold", "begin", "continue", "reopen"})


def in_clause(text: Text, token: Token, found: list[Actor]) -> list[Actor]:
    """Who took part by a clause behind: "talks that Roe attended", "a meeting in Rome at which Doe and Roe agreed"."""
    there: list[Actor] = []
    for verb in token.subtree:
        clause = verb.dep_ == "relcl" or (verb.dep_ == "acl" and any(c.dep_ == "nsubj" for c in verb.children))
        if not clause or verb.i < token.i:
            continue
        attended = verb.head == token and verb.lemma_ in {"attend", "join", "participate", "take"}
        which = (t.head.lower_ for t in text.doc[verb.left_edge.i : verb.i] if t.lower_ in {"which", "whom"})
        if attended or any(word in {"at", "in", "during", "to", "for"} for word in which):
            there += [a for a in people(text, text.subjects(verb)) if a.token != token.i and text.is_person(a)]
            there += people(text, [t for t in text.subjects(verb) if attended and t.i != token.i])
        if any(c.lower_ == "where" for c in verb.children) and token.lemma_.lower() in event_nouns():
            both = [a for a in people(text, text.subjects(verb)) if text.is_person(a)]  # "the summit in Rome, where"
            there += both if len({text.state(a.ref) for a in both}) > 1 else []
        spell = verb.head.lemma_.lower() in SPELLS  # "a meeting of an hour that Doe had with Roe"
        if (verb.head == token or spell) and _they_hold(verb):
            there += people(text, [t for t in text.subjects(verb) if t.i != token.i] + below(verb, "with"))
        if verb.head == token and verb.lemma_ in {"make", "place"} and len(text.subjects(verb)) == 1:
            there += people(text, [t for t in text.subjects(verb) if t.i != token.i] + text.prepositions(verb, "to"))
    return [a for a in there if a not in found]


def _they_hold(verb: Token) -> bool:
    """As in "a session that officials of both states were to hold"."""
    return any(v.lemma_ in _HOLDING for v in (verb, *(c for c in verb.children if c.dep_ == "xcomp")))


def of_occasion(text: Text, token: Token, holder: Token, found: list[Actor]) -> list[Actor]:
    """Who is told to do a thing at an event: "gave it their blessing in a call", "made Roe an offer during talks"."""
    if len({text.state(a.ref) or a.ref for a in found}) > 1:
        return _of_sides(text, token, holder, found)
    if _signed_at_it(holder, token):
        return []
    verb = holder
    while not (there := people(text, text.subjects(verb))) and verb.dep_ in _CLAUSES and verb.head.pos_ == "VERB":
        verb = verb.head
    there += people(text, [t for t in (*below(holder, "to"), *below(holder, "with")) if t.lower_ not in LISTENERS])
    there += [a for a in people(text, below(holder, "on")) if text.is_person(a)]  # "hung up on Roe during a call"
    done = (holder, *(c for c in holder.children if c.dep_ == "xcomp"))  # "failed to persuade Roe in a call"
    there += [a for v in done for a in people(text, text.objects(v)) if text.is_person(a)]
    new = any(c.lower_ in {"a", "an"} for c in token.children)
    sides = {text.state(a.ref) or a.ref for a in (*found, *there)}
    return there if len(sides) > 1 or text.pact in sides or (new and not found) else []


def _of_sides(text: Text, noun: Token, verb: Token, found: list[Actor]) -> list[Actor]:
    """As in "At the Peru-Chile summit in Rome, Doe and Roe announced a truce": persons of just those states."""
    if noun.head.lower_ not in {"at", "in", "during"} or any(text.is_person(a) for a in found):
        return []
    there = [a for a in people(text, text.subjects(verb) + text.objects(verb)) if text.is_person(a)]
    sides, ours = {text.state(a.ref) for a in found}, {text.state(a.ref) for a in there}
    return there if len(ours) > 1 and ours <= sides else []


def _signed_at_it(verb: Token, noun: Token) -> bool:
    """As in "After the talks, the ministers Doe and Roe signed a pact": the talks may have been those of others."""
    return verb.lemma_ in _SIGN and any(c.lower_ == "the" for c in noun.children)


def said_of_it(text: Text, noun: Token) -> list[Actor]:
    """As in "The call, which lasted an hour, was the first between Doe and Roe", "was the one Doe had with Roe"."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ != "be":
        return []
    said = [c for c in verb.children if c.dep_ == "attr"]
    had = [v for c in said if c.lower_ in {"one", "that"} for v in c.children if v.dep_ == "relcl" and _they_hold(v)]
    sides = [t for v in had for t in (*text.subjects(v), *below(v, "with")) if t not in said]
    return people(text, [p for c in said for p in text.prepositions(c, "between", "with")] + sides)


def after_it(text: Text, noun: Token) -> list[Actor]:
    """As in "After talks in Rome, Doe and Roe announced a deal": those of two states who then did a thing together."""
    token = noun
    while token.dep_ == "pobj" and token.head.lower_ == "of":
        token = token.head.head
    if token.dep_ not in {"pobj", "dobj"} or token.head.lower_ not in {"after", "following"}:
        return []
    verb = next((t for t in token.head.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    if verb is not None and _signed_at_it(verb, noun):
        return []
    found = people(text, text.subjects(verb)) if verb is not None else []
    if verb is not None and verb.lemma_ in _ENCOUNTER:  # "met Doe on Friday after two calls that week"
        found += people(text, [*text.objects(verb), *text.prepositions(verb, "with", "to")])
    return found if len({text.state(a.ref) for a in found}) > 1 else []


def other_side(text: Text, token: Token, holder: Token | None, found: list[Actor]) -> list[Actor]:
    """Who faces the only side named: "Doe called the talks with Roe frank", "the talks with Roe were called off".

    The person who tells of it, else the one named last before (where called off), the subject of the sentence before,
    or the person whom the article mentions most, if of another state.
    """
    sides = {text.state(a.ref) for a in found}
    how = stage(token)
    off = how is Stage.CANCELLED and holder is not None and holder.lemma_ in {"call", "cancel", "skip"}
    asked = how is Stage.SOUGHT and holder is not None and holder.lemma_ in _RESUMED
    around = (*token.subtree, *(holder.children if holder is not None and token in text.objects(holder) else ()))
    if len(sides) > 1:
        return _third(text, token, found, sides)
    if len(sides) != 1 or asked or text.pact is not None or not (off or any(t.lower_ == "with" for t in around)):
        return []
    told_by = people(text, text.subjects(holder)) if holder is not None else _tellers(text, token)
    met = {a.ref for a in people(text, text.prepositions(token, "with"))}
    if met and any(text.is_person(a) and a in found and a.ref not in met for a in told_by):
        return []  # "She had a meeting with Roe", whose state may be read wrongly
    left = holder is not None and token in text.subjects(holder)  # "a meeting with Doe left Roe hopeful"
    told_by = told_by or (people(text, text.objects(holder)) if holder is not None and left else [])
    told_by = told_by or [a for a in _tellers(text, token) if not speaks_for_others(text, a)]
    known = {a.ref for a in found}  # of two without an office one does not know the states
    lead = [a for a in told_by if text.is_person(a) and a.ref not in known
            and (text.state(a.ref) is None or text.state(a.ref) not in sides)]  # fmt: skip
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
    facing = next(([a] for a in others if a is not None and text.state(a.ref) not in sides), [])
    if before is not None and facing == [before]:  # "Doe and Roe came home. A meeting with Poe lasted an hour"
        listed = people(text, [whole(text.doc[before.token])])
        facing += [a for a in listed if a.ref != before.ref and text.is_person(a) and text.state(a.ref) not in sides]
    runs = holder is not None and holder.lemma_ in _RUN and how is Stage.HELD  # "Talks with Peru ended here"
    pair = text.two_sides if runs and not facing and sides < set(text.two_sides) else []
    return facing or [Actor(s, token.i, safe=False) for s in pair if s not in sides]


def _third(text: Text, noun: Token, found: list[Actor], sides: set[Ref | None]) -> list[Actor]:
    """As in "Doe said after the session with Roe and Poe": who tells of what was held with those of other states."""
    after = noun.dep_ == "pobj" and noun.head.lower_ in {"after", "following"} and noun.head.head.lemma_ in REPORTING
    met = {a.ref for a in people(text, text.prepositions(noun, "with"))}
    if not after or not all(text.is_person(a) and a.ref in met for a in found):
        return []
    there = (a for a in _tellers(text, noun) if text.is_person(a) and not speaks_for_others(text, a))
    return [a for a in there if text.state(a.ref) not in sides | {None}]


def asked_for(text: Text, noun: Token, verb: Token | None) -> list[Actor]:
    """As in "asked Doe for a meeting", "requested a call": who asks, and of whom."""
    if verb is None or stage(noun) is not Stage.SOUGHT:
        return []
    aim = noun.dep_ == "pobj" and noun.head.lower_ == "for" and verb.lemma_ in _ASK
    if not aim and not (noun.dep_ == "dobj" and verb.lemma_ in _REQUEST):
        return []
    asked = text.objects(verb) if aim else text.prepositions(verb, "from", "of", "to")
    return [a for a in people(text, [*text.subjects(verb), *asked]) if text.is_person(a)]


def _tellers(text: Text, noun: Token) -> list[Actor]:
    """Who tells of an event after it: "Doe announced it after a conversation with Roe"."""
    above = (t for t in noun.ancestors if t.pos_ == "VERB")
    return next((found for verb in above if (found := people(text, text.subjects(verb)))), [])


def joined(text: Text, noun: Token) -> list[Actor]:
    """Persons that the parse hung elsewhere: "the meeting of Doe and Roe with Poe" up to the next comma or verb."""
    found: dict[str, Actor] = {}
    for token in text.doc[noun.i + 1 : noun.sent.end]:
        if token.pos_ in {"VERB", "AUX", "SCONJ"} or token.lower_ in ELSE_WHEN:
            break
        if token.text in {",", ";", ":", "—"} and not found:
            break
        if token.text == "," and not _one_named_next(text, token):
            break
        if _tells(token):
            break
        actor = text.who(token) if token.pos_ == "PROPN" and token.dep_ != "poss" else None
        if actor is not None and text.is_person(actor):
            found.setdefault(actor.ref, Actor(actor.ref, token.i))
    return list(found.values())


def _one_named_next(text: Text, comma: Token) -> bool:
    """Whether somebody follows in a list: "with Doe, Roe", "with the minister, Ms. Doe, the envoy of Peru, Roe"."""
    behind = (t for t in comma.doc[comma.i + 1 : comma.sent.end] if t.pos_ not in {"DET", "CCONJ"})
    following = next((t for t in behind if t.lower_ not in _COURTESY), comma)
    return text.who(following) is not None or text.office(following) is not None


def _tells(name: Token) -> bool:
    """Whether a name is that of who says so: "a meeting with Doe on Monday, spokesman Roe said"."""
    while name.dep_ == "compound":
        name = name.head
    return name.dep_ in SUBJECTS


def partners_for(text: Text, trigger: Trigger, minutes: Time) -> list[Actor]:
    """Who took part in "45 minutes with Doe and an hour with Roe": the subject and those behind the duration."""
    span = text.tokens(minutes.start, minutes.end)
    subjects = [a for t in text.subjects(trigger.token) for a in text.actors(t)]
    inner = [t for i in span for t in text.prepositions(text.doc[i], "with")]
    after = text.doc[span[-1] + 1] if span[-1] + 1 < len(text.doc) else None
    if not inner and after is not None and after.lower_ == "with":
        inner = [c for c in after.children if c.dep_ == "pobj"]
    partners = [a for t in inner[:1] for a in text.actors(t)]
    others = {a.ref for t in inner[1:] for a in text.actors(t)}
    return subjects + [a for a in partners if a.ref not in others] if partners else []


def heads_behind(noun: Token, kind: FactKind) -> list[Token]:
    """The heads behind "with Doe", "between Doe and Roe", "a call from Doe", "a courtesy call on Roe"."""
    names = {"with", "between", "of", "among", "by", "from"}
    names |= {"to"} if kind is FactKind.CALL else set()
    names |= {"for"} if is_stop(noun) is not None else set()
    names |= {"on"} if noun.lower_ == "call" and kind is FactKind.MEETING else set()
    names |= {"to"} if noun.lower_ == "visit" and kind is FactKind.MEETING else set()  # "paid a visit to Doe"
    meal = noun.lemma_.lower() in MEALS
    names |= {"for"} if meal else set()  # "gave a dinner for Doe"
    above = [noun, *(m for m in means(noun) if m.lower_ in BY_PHONE)]
    above += [p for c in noun.children if c.lower_ in {"of", "on"} for p in c.children if p.ent_type_ in _SPANS]
    hung = [c for t in above for c in t.children if c.dep_ == "prep" and c.lower_ in names]
    set_ = [c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN"]  # "a meeting planned for May with Doe"
    whose = {"by"} if kind is FactKind.VISIT else {"between", "with"} | ({"by"} if meal else set())
    set_ = [t for c in set_ for t in (c, *(p for p in c.children if p.dep_ == "prt"))]  # "pencilled in with Doe"
    hung += [p for c in set_ for p in c.children if p.dep_ in {"prep", "agent"} and p.lower_ in whose]
    topic = [p for c in noun.children if c.lower_ in _ABOUT for p in c.children if p.dep_ == "pobj"]
    hung += [c for t in topic for c in t.children if c.lower_ == "between"]  # "a round on wine between Peru and Chile"
    return [p for c in hung for p in c.children if p.dep_ == "pobj"]


def means(noun: Token) -> list[Token]:
    """How one speaks: "a conversation by telephone", "talks via video link"."""
    return [p for c in noun.children if c.lower_ in {"by", "on", "over", "via"} for p in c.children if p.dep_ == "pobj"]

"""The day that a story has reached where it tells of an event that has no day of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members, table, words
from kg.model import BlockKind, FactKind
from kg.stages.relate.events.counted import count_of
from kg.stages.relate.events.destinations import is_place
from kg.stages.relate.events.stretches import day_told
from kg.stages.relate.events.trigger import event_nouns
from kg.stages.relate.modality import Stage

if TYPE_CHECKING:
    from kg.model import Ref, Time
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
    from kg.tokens import Token

_OUT_OF_TURN = frozenset({"had", "has", "have", "earlier", "previously", "ago", "once", "before", "repeatedly", "often",
                          "recently", "previous", "last", "past", "since"})  # fmt: skip
# "came on Thursday for the round": the day of the journey alone
_TRAVELS = frozenset(row[0] for row in table("event_words") if row[2] == "go") - {"lead"}
_NEXT = frozenset({"beforehand", "afterwards", "afterward"})  # "had conferred alone beforehand"
_THEN = frozenset({"then", "afterwards", "afterward", "subsequently", "thereafter"})  # what follows is of a later day
_SAME_DAY = frozenset({"earlier", "just", "before", "shortly", "hours", "minutes"})  # "hours after she had met Doe"
_ENCOUNTERS = frozenset({"meet", "see", "host", "spend", "grant", "noun", "vague", "phone"})
_MARGINS = frozenset({"sideline", "margin", "fringe", "sidelines", "margins", "fringes"})
_BESIDE_IT = frozenset({"before", "after", "following"})
_KNOWN = frozenset({"the", "their", "that", "this", "these", "those"})
_CEREMONIES = frozenset({"ceremony", "signing"})
_SPANS = frozenset({"this", "last", "in", "on", "that", "talks", "meetings", "rounds"})  # "earlier this year"
_BEHIND = frozenset({"at", "after", "during", "following", "from", "of"})  # before talks that were held
_LEAD = 2  # sentences: a report that opens without a day names it in the next ones
_NEAR = 6  # sentences
_DAY = 10  # characters of a day
_HERE = 5  # sentences of the body whose events took place where the report was written, if nothing else is said


def _of_the_day(token: Token) -> bool:
    """As in "Before the ceremony they met", "met before the talks", "Earlier she met Doe": on the day of the story."""
    if token.lower_ == "earlier" and token.i == token.sent.start:
        return not list(token.children) and token.nbor().lower_ not in _SPANS
    if token.dep_ != "prep" or token.lower_ != "before":
        return False
    behind = (c for c in token.children if c.dep_ == "pobj")
    known = (c for c in behind if any(d.lower_ in _KNOWN for d in c.children))
    return any(c.lemma_.lower() in event_nouns() | _CEREMONIES for c in known)


def told_in_turn(trigger: Trigger) -> bool:
    """Whether an event is told in the simple past, in the order of the story: its day is the one the story has reached.

    "had met", "has spoken", "earlier" step out of the order.
    """
    verb = trigger.token if trigger.token.pos_ == "VERB" else trigger.carrier
    if verb is None or trigger.anaphoric or len(trigger.actors) < 2:
        return False
    return _simple_past(verb)


def in_turn(trigger: Trigger) -> bool:
    """Whether an event told in the entry of a timeline is of its day: not "had met", "will travel", "a last round"."""
    verb = trigger.token if trigger.token.pos_ in {"VERB", "AUX"} else trigger.carrier
    around = {c.lower_ for t in (trigger.token, verb) if t is not None for c in t.children}
    return not around & (_OUT_OF_TURN | {"will", "would", "later", "next", "may", "might", "could"})


def day_of_story(text: Text, trigger: Trigger) -> Time | None:
    """The day that the story has reached when it tells of a held event: the last one named, or in the lead the next.

    An event that is told out of turn ("had met", "the previous round") has none.
    """
    token, verb = trigger.token, _clause(trigger)
    earlier = trigger.reading == "earlier" and token.head.lower_ != "by"  # "was preceded by a call"
    if earlier or trigger.stage is not Stage.HELD or verb is None or text.block(token) is BlockKind.HEADLINE:
        return None
    travels = trigger.kind is not FactKind.VISIT and verb.lemma_ in _TRAVELS
    travels = travels and token.head.lower_ != "into"  # "went straight into talks"
    told = _simple_past(verb) and not any(c.lower_ in _OUT_OF_TURN and not _of_the_day(c) for c in token.children)
    before = trigger.kind is not FactKind.VISIT and _shortly_before(text, verb)
    if travels or not (told or before):
        return None
    if any(c.lower_ == "on" and any(p.lemma_ in _MARGINS for p in c.children) for c in verb.children):
        return _latest(text, token)
    after = text.day_after(token.sent, _LEAD)
    later = after is not None and any(t.lower_ in _THEN for t in text.token(after.start).sent)
    return text.day_before(token.idx) or (None if later else after)


def _latest(text: Text, token: Token) -> Time | None:
    """The last day that the sentences before tell, if no later than the report: on it is what has "sidelines"."""
    published = text.document.published or "9999"
    told = [t for s in text.sentences_before(token.sent, _NEAR) for t in text.times(s) if len(t.date or "") == _DAY]
    return max((t for t in told if str(t.date) <= published), key=lambda t: str(t.date), default=None)


def here_before(text: Text, trigger: Trigger) -> tuple[Ref, tuple[int, int]] | None:
    """The city of a "here" in the sentence of a held event or in one of the two before, with its words.

    In the lead of a report its dateline tells as much.
    """
    if trigger.stage is not Stage.HELD or text.dateline is None or count_of(trigger) > 1:
        return None  # "have met seven times since May" at many places
    if any(t.lower_ == "during" and _of_a_stay(t) for t in trigger.token.sent):
        return None  # "met Doe during his stay" abroad
    near = [trigger.token.sent, *text.sentences_before(trigger.token.sent, _LEAD)]
    if any(_came_home(text, t) or _elsewhere(text, t) for sent in near for t in sent):
        return None
    here = next((t for sent in near for t in sent if t.lower_ == "here" and _told_past(t)), None)
    if here is None and not _at_its_seat(text) and text.in_lead(trigger.token.sent, _HERE):
        here = trigger.token
    return (text.dateline.id, (here.idx, here.idx + len(here))) if here is not None else None


def _came_home(text: Text, verb: Token) -> bool:
    """As in "returned to Rome on Friday" in a report from Rome: what is told behind it took place abroad.

    So too "said upon his return from Lima".
    """
    if verb.lower_ == "return" and verb.pos_ == "NOUN" and text.dateline is not None:
        return any(c.lower_ == "from" for c in verb.children) and verb.head.lower_ in {"upon", "on", "after"}
    if verb.lemma_ != "return" or verb.tag_ not in {"VBD", "VBG", "VBN"} or text.dateline is None:
        return False
    here = any(p.text == text.dateline.label for p in text.prepositions(verb, "to"))
    around = {c.lower_ for c in verb.children}
    return (here or bool(around & {"home", "from"})) and "for" not in around  # "returned to Rome for talks"


def _elsewhere(text: Text, link: Token) -> bool:
    """As in "told them of the talks in Rome" in a report from Lima: what is told around it took place there."""
    noun = link.head
    if link.lower_ != "in" or noun.lemma_.lower() not in event_nouns() or noun.head.lower_ not in _BEHIND:
        return False
    here = text.dateline
    cities = (p for p in link.children if p.text in words("capitals") or is_place(text, p))
    return any(here is not None and p.text != here.label and text.entity(p) != here.country for p in cities)


def _at_its_seat(text: Text) -> bool:
    """Whether the place of a report is only the seat of its paper: "The Example Gazette, Basel"."""
    line = f"{text.document.publisher}, {text.document.place}"
    heads = (b for b in text.document.blocks if b.kind is BlockKind.META)
    return any(text.document.text[b.start : b.end].strip() == line for b in heads)


def _of_a_stay(during: Token) -> bool:
    """As in "during his stay", not "during the visit of Doe"."""
    stays = (t for t in during.children if t.lemma_.lower() in {"stay", "visit", "trip", "journey", "tour"})
    return any(c.tag_ == "PRP$" for t in stays for c in t.children)


def _told_past(token: Token) -> bool:
    """Whether the verb above a word is in the past tense."""
    return next((t.tag_ == "VBD" for t in token.ancestors if t.pos_ in {"VERB", "AUX"}), False)


def besides(trigger: Trigger) -> bool:
    """Whether persons are told to meet on another occasion than those told before.

    As in "She also met Doe", "On the sidelines, she saw Doe", "After the talks she was received by Doe".
    """
    verb = trigger.token if trigger.token.pos_ == "VERB" else trigger.carrier
    if verb is None or trigger.reading not in _ENCOUNTERS or trigger.stage not in {Stage.HELD, Stage.PLANNED}:
        return False
    if day_told(trigger) is not None:
        return True  # "met Doe on the last day of the round"
    return any(c.i <= t.i + 1 and _on_another_occasion(c) for t in _with_those_above(verb) for c in t.children)


def _with_those_above(verb: Token) -> list[Token]:
    """A verb and those that it completes or is joined to: "also is to meet", "also met Doe and received Roe"."""
    found = [verb]
    while found[-1].dep_ in {"xcomp", "conj"} and found[-1].head.pos_ in {"VERB", "AUX"}:
        if found[-1].dep_ == "conj" and any(c.dep_ in {"nsubj", "nsubjpass"} for c in found[-1].children):
            break
        found.append(found[-1].head)
    return found


def _on_another_occasion(token: Token) -> bool:
    """As in "also", "on the sidelines", "after the talks", "before they began", "the same afternoon"."""
    if token.dep_ == "advmod" and token.lower_ in members("event_company", "besides"):
        return True
    if token.dep_ == "npadvmod":
        return any(c.lower_ == "same" for c in token.children)
    inner = [c for c in token.children if c.dep_ == "pobj"]
    if token.dep_ == "prep" and token.lower_ in _BESIDE_IT:
        known = (c for c in inner if any(d.lower_ in _KNOWN for d in c.children))
        return any(c.lemma_.lower() in event_nouns() for c in known)
    if token.dep_ == "prep" and token.lower_ == "on":
        return any(c.lemma_ in _MARGINS or any(d.lower_ == "same" for d in c.children) for c in inner)
    marked = token.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _BESIDE_IT for c in token.children)
    subjects = (c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}) if marked else ()
    return any(c.lower_ in {"they", "it", "these"} or c.lemma_.lower() in event_nouns() for c in subjects)


def of_it(trigger: Trigger) -> bool:
    """As in "It was a good conversation of about an hour": the event told before."""
    verb = trigger.token.head
    told = trigger.token.dep_ == "attr" and verb.lemma_ == "be"
    first = trigger.token.sent.start
    return told and any(c.i <= first + 1 and c.lower_ in {"it", "this", "that"} for c in verb.children)


def _clause(trigger: Trigger) -> Token | None:
    """The verb that an event is told with, or the one above its noun: "said at the close of the round"."""
    token = trigger.token if trigger.token.pos_ in {"VERB", "AUX"} else trigger.carrier
    if token is not None:
        return token
    return next((t for t in trigger.token.ancestors if t.pos_ in {"VERB", "AUX"}), None)


def _shortly_before(text: Text, verb: Token) -> bool:
    """As in "had talked for an hour", "had met before the ceremony": earlier on the day that the story has reached."""
    around = {c.lower_ for c in verb.children}
    if "had" not in around or around & (_OUT_OF_TURN - {"had", "earlier", "before"}):
        return False
    long = any(text.is_minutes(t) for c in verb.children if c.dep_ in {"prep", "npadvmod", "dobj", "advmod"}
               for t in c.subtree)
    return long or bool(around & _SAME_DAY)


def _simple_past(verb: Token) -> bool:
    """Whether a verb, or the one it completes, is in the simple past: "met", "went on to meet", "was received"."""
    told = any(t.tag_ == "VBD" for t in verb.ancestors)
    if verb.dep_ == "advcl" and told and any(c.lower_ in {"after", "when"} for c in verb.children):
        return True  # "said on Friday after he had met Doe"
    while verb.dep_ in {"xcomp", "advcl", "pcomp", "acl"} and verb.head.pos_ in {"VERB", "AUX"} and (
        verb.tag_ in {"VB", "VBG", "VBN"} and not any(c.dep_ == "aux" and c.lower_ != "to" for c in verb.children)
    ):  # fmt: skip
        verb = verb.head
    # but "before the ceremony"
    around = {c.lower_ for c in verb.children if c.dep_ not in {"prep", "mark"} and not _of_the_day(c)}
    if around & _NEXT:
        return True
    bare = verb.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass"} for c in verb.children)  # "ended", mistaken
    told = verb.tag_ == "VBD" or bare or (verb.tag_ != "VBG" and bool(around & {"was", "were"}))
    return told and not around & _OUT_OF_TURN  # "while they were talking" is the background of what is told

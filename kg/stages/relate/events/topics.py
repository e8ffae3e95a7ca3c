"""What an event is about: in its own phrase ("tariff talks", "talks on a ceasefire"), else what the article is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.iris import ref
from kg.lexicon import members, words
from kg.model import Entity, EntityKind, FactKind
from kg.stages.relate.topic_phrases import leading, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
    from kg.tokens import Token

    Topic = tuple[Entity, tuple[int, int]]

_ABOUT = frozenset({"on", "over", "about", "regarding", "concerning"})
_NO_TOPIC = frozenset({"sidelines", "margins", "fringes", "phone", "telephone", "phones", "side", "sides", "behalf",
                       "friday", "monday", "tuesday", "wednesday", "thursday", "saturday", "sunday", "dinner", "lunch",
                       "breakfast", "weekend", "issue", "issues", "matter", "x", "board", "top", "occasion",
                       "invitation", "one"})
_LINKS = frozenset({"its", "their", "of", "and", "'s", "’s", "-"})
_STATES = frozenset({EntityKind.COUNTRY, EntityKind.PLACE})
_OPEN_ENDED = frozenset({"talk", "talks", "negotiation", "negotiations"})  # they go towards what they are about
_REACH = 18  # tokens behind the event word in which its topic stands
_LONGEST = 9  # words: a longer phrase is a clause


def topics(text: Text, trigger: Trigger) -> Iterator[Topic]:
    """At most one topic, with the words that tell it."""
    of = text.prepositions(trigger.token, "of") if trigger.kind is FactKind.ROUND else []  # "a round of tariff talks"
    found = _about(text, trigger.token) or _behind(text, trigger.token)
    found = found or next((told for t in (trigger.token, *of) if (told := _within(text, t)) is not None), None)
    found = found or _discussed(text, trigger.token) or _dealt_with(text, trigger.token) or _signed(text, trigger)
    if found is None and trigger.kind is not FactKind.VISIT:
        found = _of_article(text, trigger.token)
    if found is not None:
        yield found


def _topic(text: Text, start: Token, end: Token, *, states: bool = False) -> Topic | None:
    """The topic that the words from one token to another name, without article; None where they name no topic.

    With `states`, a state or place may be one: "talks on Ukraine", "discussed Greenland".
    """
    while start.i < end.i and (start.pos_ in {"DET", "PRON", "PUNCT"} or start.lower_ in {"'s", "its", "their"}):
        start = start.nbor()
    event = end.lemma_.lower() in words("event_words") and end.lemma_ not in {"negotiation", "talk"}
    known = text.entity(end)
    state = states and known is not None and text.kind(known) in _STATES
    known_place = known is None and end.ent_type_ in {"LOC", "FAC", "GPE"}  # "on the Bosporus"
    named = end.pos_ in {"NOUN", "PROPN"} and (known is None or state) and not (event or known_place)
    if not named or {start.lower_, end.lower_} & _NO_TOPIC or end.i + 1 - start.i > _LONGEST:
        return None
    return _named(text, start.idx, end.idx + len(end))


def _about(text: Text, token: Token) -> Topic | None:
    """As in "met the head of the agency in Oslo on technical questions": anywhere behind, where the parse joins it."""
    names = (*_ABOUT, "towards", "toward") if token.lemma_ in _OPEN_ENDED else tuple(_ABOUT)
    things = (t for t in text.prepositions(token, *names) if t.dep_ == "pobj" and not text.is_time(t))
    told = (_full(text, t, states=t.head.lower_ != "on" or token.pos_ == "NOUN") for t in things)
    return next((t for t in told if t is not None), None)


def _full(text: Text, noun: Token, *, states: bool = False) -> Topic | None:
    """The topic of a noun with what stands before it and behind "of": "the swift release of hostages"."""
    end = text.doc[_phrase_end(text, noun.i) - 1]
    return _topic(text, noun.left_edge, end, states=states) or _topic(text, noun.left_edge, noun, states=states)


def _behind(text: Text, token: Token) -> Topic | None:
    """As in "talks on a free trade agreement", "met to talk about tariffs": the noun phrase behind the preposition."""
    stop = min(token.i + _REACH, token.sent.end)
    for k in range(token.i + 1, stop - 1):
        before = text.doc[k]
        clause = before.pos_ in {"VERB", "SCONJ"} and before.dep_ not in {"amod", "acl", "xcomp"}
        if clause or before.text in {";", ":"}:
            return None
        if before.lower_ not in _ABOUT or before.pos_ not in {"ADP", "SCONJ"} or text.is_time(text.doc[k + 1]):
            continue
        end = _phrase_end(text, k + 1)
        found = _topic(text, text.doc[k + 1], text.doc[end - 1]) if end > k + 1 else None
        if found is not None:
            return found
    return None


def _phrase_end(text: Text, k: int) -> int:
    """End of the noun phrase that begins at a token: nouns, adjectives, "of", "and" between nouns."""
    doc, start = text.doc, k
    while k < len(doc) and k - start < _LONGEST and not (k > start and doc[k].is_sent_start):
        token = doc[k]
        if token.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM", "DET"} and token.lower_ not in _LINKS:
            break
        k += 1
    while k > start and doc[k - 1].pos_ not in {"NOUN", "PROPN"}:
        k -= 1
    return k


def _within(text: Text, token: Token) -> Topic | None:
    """As in "tariff talks", "nuclear negotiations"."""
    if token.pos_ not in {"NOUN", "PROPN"}:
        return None
    parts = [c for c in token.children if c.dep_ in {"compound", "amod"} and c.i < token.i and text.entity(c) is None]
    named = [c for c in parts if c.lemma_.lower() in members("topics", "subject")]
    return _named(text, named[0].idx, named[-1].idx + len(named[-1])) if named else None


def _discussed(text: Text, token: Token) -> Topic | None:
    """As in "met to discuss the tariffs", "discussed the tariffs"."""
    said = (c for c in token.children if c.lemma_ in members("topics", "about"))
    verbs = [c for c in said if c.dep_ in {"xcomp", "advcl", "acl"}]
    if token.lemma_ == "discuss":
        verbs.append(token)
    things = (c for verb in verbs for c in verb.children if c.dep_ == "dobj")
    thing = next(things, None)
    return _full(text, thing, states=True) if thing is not None else None


def _dealt_with(text: Text, token: Token) -> Topic | None:
    """As in "the call dealt with the ceasefire", "their talks focused on steel", "both sessions covered visas"."""
    verb = token.head
    if token.dep_ != "nsubj" or verb.lemma_ not in members("topics", "covers"):
        return None
    things = text.prepositions(verb, "with", "on", "around", "upon") or text.objects(verb)
    told = (_full(text, t, states=True) for t in things)
    return next((t for t in told if t is not None), None)


def _signed(text: Text, trigger: Trigger) -> Topic | None:
    """As in "signed a trade agreement", "the signing of the tax protocol"; "signed the document" says too little."""
    if trigger.kind is not FactKind.SIGNING:
        return None
    token = trigger.token
    things = text.objects(token) if token.pos_ == "VERB" else text.prepositions(token, "of")
    told = (_full(text, t) for t in things)
    return next((t for t in told if t is not None and " " in t[0].label), None)


def _of_article(text: Text, token: Token) -> Topic | None:
    """What the sentence names beside the event, else what the article is about, in the words nearest before it."""
    if text.topic_phrases is None:  # each event asks
        found = phrases(text)
        text.topic_phrases = found, leading(text, found)
    found, main = text.topic_phrases
    if main is None:
        return None
    here = [p for p in found if token.sent.start_char <= p.start < token.sent.end_char]
    like = [p for p in here or found if p.words & main.words]
    before = [p for p in like if p.start <= token.idx]
    told = max(before or like, key=lambda p: (len(p.words & main.words), p.start)) if like else (here or [main])[0]
    return _named(text, told.start, told.end)


def _named(text: Text, start: int, end: int) -> Topic:
    label = " ".join(text.document.text[start:end].split())
    return Entity(ref("topic", label), EntityKind.TOPIC, label), (start, end)

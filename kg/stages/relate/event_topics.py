"""What an event is about: in its own phrase ("tariff talks", "talks on a ceasefire"), else what the article is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.iris import ref
from kg.lexicon import beginnings, words
from kg.model import Entity, EntityKind, FactKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.stages.relate.event_trigger import Trigger
    from kg.stages.relate.text import Text

    Topic = tuple[Entity, tuple[int, int]]

_ABOUT = frozenset({"on", "over", "about", "regarding", "concerning"})
_NO_TOPIC = frozenset({"sidelines", "margins", "fringes", "phone", "telephone", "phones", "side", "sides", "behalf",
                       "friday", "monday", "tuesday", "wednesday", "thursday", "saturday", "sunday", "dinner", "lunch",
                       "breakfast", "weekend", "issue", "issues", "matter", "x", "board", "top"})
_LINKS = frozenset({"its", "their", "of", "and", "'s", "’s", "-"})
_REACH = 14  # tokens behind the event word in which its topic stands
_LONGEST = 9  # words: a longer phrase is a clause
_LONGEST_TERM = max(len(term.split()) for term in words("topics"))


def topics(text: Text, trigger: Trigger) -> Iterator[Topic]:
    """At most one topic, with the words that tell it."""
    of = text.prepositions(trigger.token, "of") if trigger.kind is FactKind.ROUND else []  # "a round of tariff talks"
    found = _behind(text, trigger.token)
    found = found or next((told for t in (trigger.token, *of) if (told := _within(text, t)) is not None), None)
    found = found or _discussed(text, trigger.token)
    if found is None and trigger.kind is not FactKind.VISIT:
        found = _of_article(text, trigger.token)
    if found is not None:
        yield found


def _topic(text: Text, start: Token, end: Token) -> Topic | None:
    """The topic that the words from one token to another name, without article; None where they name no topic."""
    while start.i < end.i and (start.pos_ in {"DET", "PRON", "PUNCT"} or start.lower_ in {"'s", "its", "their"}):
        start = start.nbor()
    named = end.pos_ in {"NOUN", "PROPN"} and end.lower_ not in _NO_TOPIC and text.entity(end) is None
    if not named or end.i + 1 - start.i > _LONGEST:
        return None
    stop = end.idx + len(end)
    label = " ".join(text.document.text[start.idx : stop].split())
    return Entity(ref("topic", label), EntityKind.TOPIC, label), (start.idx, stop)


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
    named = [c for c in parts if c.lower_ in words("topics") or c.lower_ in {"nuclear", "climate", "economic"}]
    if not named:
        return None
    first = named[0]
    label = first.lower_
    return Entity(ref("topic", label), EntityKind.TOPIC, label), (first.idx, first.idx + len(first))


def _discussed(text: Text, token: Token) -> Topic | None:
    """As in "met to discuss the tariffs", "discussed the tariffs"."""
    said = (c for c in token.children if c.lemma_ in {"discuss", "negotiate", "review"})
    verbs = [c for c in said if c.dep_ in {"xcomp", "advcl", "acl"}]
    if token.lemma_ == "discuss":
        verbs.append(token)
    things = (c for verb in verbs for c in verb.children if c.dep_ == "dobj")
    thing = next(things, None)
    return _topic(text, thing.left_edge, thing) if thing is not None else None


def _of_article(text: Text, token: Token) -> Topic | None:
    """The term of the list that the article uses most, at least twice, where it stands nearest before the event."""
    best = _counted(text)
    if not best:
        return None
    before = [place for place in best if place[0] <= token.idx]
    start, end = before[-1] if before else best[0]
    label = " ".join(text.document.text[start:end].lower().split())
    return Entity(ref("topic", label), EntityKind.TOPIC, label), (start, end)


def _counted(text: Text) -> list[tuple[int, int]]:
    """Where the most frequent term of the list stands, in order; kept on the text, since each event asks."""
    if text.topic_places is None:
        places: dict[str, list[tuple[int, int]]] = {}
        for sent in text.sentences:
            k = sent.start
            while k < sent.end:
                k = _take(text, k, sent.end, places)
        ranked = sorted(places.items(), key=lambda kv: (-len(kv[1]) - len(kv[0].split()) / 4, kv[0]))
        text.topic_places = ranked[0][1] if ranked and len(ranked[0][1]) > 1 else []
    return text.topic_places


def _take(text: Text, k: int, end: int, places: dict[str, list[tuple[int, int]]]) -> int:
    """Note the longest term that begins at a token; the token to go on with."""
    if text.doc[k].lower_ not in beginnings("topics"):
        return k + 1
    for n in range(min(_LONGEST_TERM, end - k), 0, -1):
        term = text.doc[k : k + n].text.lower()
        if term in words("topics"):
            last = text.doc[k + n - 1]
            key = term.removesuffix("s") if n == 1 else term
            places.setdefault(key, []).append((text.doc[k].idx, last.idx + len(last)))
            return k + n
    return k + 1

"""Where a journey leads: the place that hangs on a verb or noun of travel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members
from kg.model import EntityKind
from kg.stages.relate.events.trigger import event_nouns

if TYPE_CHECKING:

    from kg.stages.relate.text import Text
    from kg.tokens import Token
_TOWARDS = {"leave": ("for",), "stay": ("in", "at", "to"), "noun": ("to", "in"), "expected": ("in", "at", "to"),
            "go": ("to", "in", "at", "into"), "invite": ("to",), "send": ("to",), "take": ("to", "into")}  # fmt: skip
_ONWARD = frozenset({"due", "back", "expected", "off", "headed", "bound", "on", "over", "out", "onward", "straight"})
_STOPS = frozenset({"stop", "stopover", "destination", "port", "leg"})
_WHICH = frozenset({"first", "second", "third", "next", "last", "final", "latest", "only", "main"})
CARRIERS = frozenset({"plane", "flight", "train", "jet", "helicopter", "aircraft", "motorcade", "way"})
_BUSY = frozenset({"work", "conference", "forum", "ceremony", "business", "wedding", "funeral", "inauguration"})


def destination(text: Text, head: Token, reading: str) -> Token | None:
    """The token of the place that a journey leads to: "arrived in Washington", "visited Japan", "left for Tokyo"."""
    house = head.lower_ == "mission"  # "the U.S. mission in New York"
    towards = ("to",) if house else _TOWARDS[reading]
    candidates = text.prepositions(head, *towards) if head.lemma_ != "reach" else []  # "reached a deal in Rome"
    candidates = candidates + [p for c in candidates if c.dep_ == "prep" for p in c.children]  # "flew in to Rome"
    candidates += text.prepositions(head, "for") if head.lower_ == "departure" else []
    for child in head.children:  # "is due in London", "is expected back in Washington"
        if child.lower_ in _ONWARD or (child.lower_ in {"in", "route"} and reading in {"go", "stay"}):
            candidates = candidates + text.prepositions(child, *_TOWARDS[reading])
    aside = (c for c in head.children if c.pos_ == "ADJ" and c.i > head.i and reading in {"go", "stay"})
    candidates += [p for c in aside for p in text.prepositions(c, *towards)]  # "turned up unannounced in Rome"
    groups = [o for o in text.objects(head) if o.lemma_ in {"delegation", "mission", "team"}]
    if head.lemma_ == "lead" or (head.lemma_ == "head" and text.objects(head)):  # not "headed to Geneva"
        candidates = [p for group in groups for p in (*candidates, *text.prepositions(group, "to"))]
    candidates += text.prepositions(head, "for") if head.lemma_ == "head" else []
    candidates += text.prepositions(head, "of") if head.lower_ == "tour" and reading == "noun" else []
    if reading == "noun" and (told_of := is_stop(head)) is not None:
        candidates += [c for c in told_of.children if c.dep_ in {"attr", "nsubj"} and c != head]
    if reading == "noun":  # "a visit by Doe [to Japan]", "the visit that Doe wants to pay to Japan"
        candidates += [p for t in text.prepositions(head, "by", "of") for p in text.prepositions(t, "to")]
        candidates += [p for t in head.subtree if t.lemma_ in {"pay", "make"} for p in text.prepositions(t, "to")]
    if reading == "invite":
        candidates += [p for o in text.objects(head) for p in text.prepositions(o, "to")]
    if reading == "go" and head.lemma_ in {"visit", "tour", "transit", "reach"}:
        behind = [c for c in head.children if c.dep_ == "npadvmod" and c.i > head.i]  # "Doe visits Lima."
        candidates = candidates + (text.objects(head) or _visited(head)) + behind
    if reading == "expected":
        candidates = candidates + hosts(text, head)
    # "a flight to Lima", "attend the session in Lima"
    carried = [t for t in text.objects(head) + text.prepositions(head, "on") if t.lemma_ in CARRIERS]
    carried += text.objects(head) if head.lemma_ in {"attend", "join"} else []
    candidates += [p for t in carried for p in text.prepositions(t, "to", "for", "in", "at")]
    if reading == "stay":  # "has been at work in Lima", "is there for a meeting in Lima"
        busy = [t for t in text.prepositions(head, "at", "on", "for") if t.lemma_.lower() in _BUSY | event_nouns()]
        candidates += [p for t in busy for p in text.prepositions(t, "in", "at")]
    if reading == "noun" and head.dep_ == "nsubj" and head.head.lemma_ == "be":  # "Her next trip is to Lima"
        candidates += text.prepositions(head.head, "to")
    candidates += [*_around(text, head), *own_goal(text, head)] if reading == "noun" else []
    named = [town(text, t) for t in candidates]
    found = next((t for t in named if is_place(text, t)), None) or _by_adverb(text, head, reading)
    return found or next((t for t in named if reading != "stay" and _is_region(t)), None)


def _around(text: Text, noun: Token) -> list[Token]:
    """Where a visit leads by the words around its noun: "a visit planned for July to Lima", "pays Lima a visit"."""
    planned = (c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN")
    found = [p for c in planned for p in text.prepositions(c, "to")]
    if noun.dep_ == "dobj" and noun.head.lemma_ == "pay":
        found += [c for c in noun.head.children if c.dep_ == "dative"]
    if noun.dep_ == "dobj":  # "welcomed the visit of Doe [to Lima]", hung on the verb
        found += text.prepositions(noun.head, "to")
    return found


def own_goal(text: Text, noun: Token) -> list[Token]:
    """As in "her Lima trip", "a Peru visit", "Doe's Peruvian visit": the word before a journey of somebody."""
    whose = any(c.dep_ == "poss" for c in noun.children)
    if noun.lower_ == "mission":
        return []
    return [
        c for c in noun.children if c.i < noun.i and c.dep_ in {"compound", "nmod", "amod"}
        and (whose or c.pos_ == "PROPN") and is_place(text, c)
    ]  # fmt: skip


def _is_region(token: Token) -> bool:
    """As in "a tour of South Asia", "left for the Gulf": a journey to no single country."""
    return token.lower_ in members("state_words", "region")


def is_place(text: Text, token: Token) -> bool:
    """Whether a token names a city, a spot or a country, or stands for one: "the capital"."""
    mention = text.entity(token)
    named = mention is not None and text.kind(mention) in {EntityKind.PLACE, EntityKind.COUNTRY}
    return named or token.lower_ == "capital"


def is_stop(noun: Token) -> Token | None:
    """The verb of "Her first stop is Lima", "Doe's next stopover will be Rome", "Rome was Doe's last destination"."""
    if noun.lemma_.lower() not in _STOPS or noun.dep_ not in {"nsubj", "attr"} or noun.head.lemma_ != "be":
        return None
    known = any(c.dep_ == "poss" for c in noun.children) or any(c.lower_ in _WHICH for c in noun.children)
    return noun.head if known else None


def town(text: Text, token: Token) -> Token:
    """The name in "the Swiss resort of Gstaad", else the token itself."""
    if token.lower_ not in members("state_words", "town"):
        inside = token.pos_ == "PROPN" and text.entity(token) is None  # "in Lima's Green Zone"
        return next((c for c in token.children if inside and c.dep_ == "poss" and is_place(text, c)), token)
    return next((p for p in text.prepositions(token, "of") if text.entity(p) is not None), token)


def _visited(verb: Token) -> list[Token]:
    """As in "Rome, the fourth capital that he has visited": the place that a clause belongs to."""
    if verb.dep_ != "relcl":
        return []
    return [verb.head.head] if verb.head.dep_ == "appos" else [verb.head]


def _by_adverb(text: Text, head: Token, reading: str) -> Token | None:
    """The place of "here", "there" and "where"; "here" stands for the dateline itself."""
    words = {c.lower_: c for c in head.children if c.dep_ in {"advmod", "npadvmod"}}
    if "here" in words and reading in {"go", "stay"} and text.document.place:
        return words["here"]
    told = any(c.dep_ == "attr" for c in head.children)  # "where Doe will be his host"
    told = told or any(d.dep_ == "xcomp" for c in (head, *head.children) for d in c.children)  # "where he is to meet"
    if "where" in words and head.dep_ == "relcl" and not told:
        above = head.head.head if head.head.dep_ == "appos" and text.entity(head.head) is None else head.head
        return above if text.entity(above) is not None else None  # "Lausanne, the Swiss city where Doe is staying"
    due = any(c.lower_ in {"due", "expected"} for c in head.children)  # "was due back there on Thursday"
    due = due or any(text.is_time(p) for c in head.children for p in (c, *c.children))  # "was there in May"
    if "there" in words and (reading != "stay" or due or head.lower_ == "been"):  # "has been there twice"
        return text.last_place(head)
    return None


def hosts(text: Text, verb: Token) -> list[Token]:
    """As in "Lima is expecting Doe on Friday", "The Iranian capital awaits Doe": where one is expected."""
    if verb.lemma_ not in {"expect", "await"} or not any(c.dep_ == "dobj" for c in verb.children):
        return []
    named = ((t, text.entity(t)) for t in text.subjects(verb))
    return [
        t for t, ref in named
        if t.lower_ == "capital" or (ref is not None and text.kind(ref) in {EntityKind.PLACE, EntityKind.COUNTRY})
    ]  # fmt: skip

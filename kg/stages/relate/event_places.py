"""Where an event takes place: the city or spot that hangs on its words, or stands nearest behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from kg.iris import ref
from kg.model import Entity, EntityKind, FactKind, Ref
from kg.stages.relate.event_times import told_of
from kg.stages.relate.event_verbs import destination

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.stages.relate.event_trigger import Trigger
    from kg.stages.relate.text import Text
Place: TypeAlias = "tuple[Entity, tuple[int, int]]"  # with the characters of the words that tell it
_REACH = 14  # tokens behind a verb in which "there" stands
_REACH_OF_ORDINAL = 10  # the same for the place of "the second"


def places(text: Text, trigger: Trigger) -> Iterator[Place]:
    """Each place of an event, with the words that tell it: city and spot are two."""
    token = trigger.token
    if trigger.kind is FactKind.VISIT:
        goal = destination(text, token, trigger.reading)
        if goal is not None:
            yield from _place(text, goal)
        return
    heads = [token, trigger.carrier] if trigger.carrier is not None else [token]
    anchors = {token.i: token.i}
    heads += [
        v for v in token.sent
        if v.pos_ == "VERB" and v.dep_ == "relcl" and v not in heads and told_of(v, anchors) is not None
    ]  # fmt: skip
    yield from list(_hanging(text, trigger, heads)) or _near(text, trigger)


def _there(head: Token) -> bool:
    """Whether "there" follows in the clause of a verb: "will meet Doe there on Friday"."""
    for token in head.doc[head.i + 1 : min(head.i + _REACH, head.sent.end)]:
        if token.lower_ == "there" and token.dep_ != "expl":
            return True
        if token.pos_ in {"VERB", "SCONJ"} or token.text in {";", ":"}:
            break
    return False


def _near(text: Text, trigger: Trigger) -> Iterator[Place]:
    """The first place behind the event word in its clause, where the parse hung it elsewhere: "met Doe in Geneva"."""
    if trigger.kind is FactKind.CALL:
        return
    first, end = trigger.token.i, trigger.token.sent.end
    limit = end if trigger.reading != "ordinal" else min(first + _REACH_OF_ORDINAL, end)
    for token in text.doc[first + 1 : limit]:
        clause = token.pos_ in {"VERB", "SCONJ"} and token.dep_ not in {"amod", "acl"}
        if clause or token.text in {";", ":"}:
            return
        before = text.doc[token.i - 1].lower_
        before = text.doc[token.i - 2].lower_ if before == "the" else before
        entity = text.entity(token)
        if before in {"in", "at"} and entity is not None and text.kind(entity) is EntityKind.PLACE:
            yield from _place(text, token)
            return


def _hanging(text: Text, trigger: Trigger, heads: list[Token]) -> Iterator[Place]:
    """The places that hang on the words of an event: "in Geneva", "here", "there", "the Geneva talks"."""
    for head in heads:
        for token in text.prepositions(head, "in", "at"):
            yield from _place(text, token)
        here = next((c for c in head.children if c.lower_ == "here"), None)
        if here is not None:
            yield from _place(text, here)
        place = text.last_place(head) if _there(head) else None
        if place is not None:
            yield from _place(text, place)
        if head.dep_ == "relcl" and any(c.lower_ == "where" for c in head.children):
            yield from _place(text, head.head)
    for child in trigger.token.children:
        entity = text.entity(child) if child.dep_ in {"compound", "nmod"} else None
        if entity is not None and text.kind(entity) is EntityKind.PLACE:
            yield from _place(text, child)


def _place(text: Text, token: Token) -> Iterator[Place]:
    """The place that a token names, and the city of a spot; nothing where it names none."""
    found = text.entity(token)
    kind = text.kind(found) if found is not None else None
    if token.lower_ == "here" and text.document.place:
        label = text.document.place.title()
        known = (e for e in text.entities.values() if e.kind is EntityKind.PLACE and e.label == label)
        yield next(known, _city(label)), (token.idx, token.idx + len(token))
    elif found is not None and kind is EntityKind.PLACE:
        place = text.entities[found]
        yield place, text.span_of(token.i)
        if place.within is not None:
            label = place.within.removeprefix("place/").replace("-", " ").title()
            yield _city(label, place.country), text.span_of(token.i)
    elif found is not None and kind is EntityKind.COUNTRY and token.pos_ in {"PROPN", "NOUN"}:
        yield _city(text.entities[found].label, found), text.span_of(token.i)
    elif token.lower_ == "capital":
        for child in token.children:
            state = text.entity(child)
            city = text.capital(state.removeprefix("country/")) if state is not None else None
            if city:
                yield _city(city, state), text.span_of(token.i)


def _city(label: str, state: Ref | None = None) -> Entity:
    return Entity(ref("place", label), EntityKind.PLACE, label, country=state)

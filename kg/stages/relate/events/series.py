"""One word that tells of several events by a list of days or places: "met in Rome in May and in Cairo in June"."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from kg.model import EntityKind, FactKind
from kg.stages.relate.events.counted import last_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Time
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
    from kg.tokens import Token
One: TypeAlias = "tuple[list[Time], Time | None, Token | None]"  # when, how long and where one of the events was
_COUNTABLE = frozenset({"round", "meeting", "session", "call", "visit", "trip", "summit", "sitting", "encounter",
                        "consultation", "talk", "negotiation"})  # fmt: skip
_JOINED = frozenset({",", "and", "then", "in", "at", "on", "finally", "again", "later", "once"})


def series(text: Text, trigger: Trigger, times: list[Time]) -> list[One]:
    """The days and the place of each single event of a list; empty where a word tells of one.

    "Rounds followed in Cairo in August and in Rome in September", "delegations met in Cairo in August and in Rome in
    September"; "rounds in Cairo and Rome"; "rounds in August and in September".
    """
    last = last_of(trigger)
    if last is not None:
        return [(_days(text, trigger, last[0])[:1], None, next(_cities(text, trigger, last[0]), None))]
    plural = trigger.token.tag_ == "NNS" and trigger.token.lemma_.lower() in _COUNTABLE
    verbal = trigger.token.pos_ == "VERB" and trigger.kind is FactKind.MEETING
    if not plural and not verbal:
        return []
    cities, days = list(_cities(text, trigger, trigger.token)), _days(text, trigger, trigger.token)
    if len(cities) > 1 and len(cities) == len(days) and _in_turn(cities, days):
        return [([day], None, city) for city, day in zip(cities, days, strict=True)]
    own = [t for t in times if t.kind == "DATE" and t.date is not None]
    if plural and len(own) > 1 and len({t.date for t in own}) == len(own):
        return [([day], None, None) for day in own]
    if plural and len(cities) > 1 and len(own) < 2 and trigger.kind is not FactKind.CALL:
        return [(own, None, city) for city in cities]
    return []


def _clause(trigger: Trigger, token: Token) -> Iterator[Token]:
    """The tokens behind a word up to the next clause."""
    told = next((t for t in token.ancestors if t.pos_ == "VERB" and t.i > token.i), None)  # "the last of which"
    for other in token.doc[token.i + 1 : token.sent.end]:
        if other.text in {";", ":"} or (other.pos_ in {"VERB", "SCONJ"} and other not in {trigger.carrier, told}):
            return
        yield other


def _cities(text: Text, trigger: Trigger, start: Token) -> Iterator[Token]:
    """The places of a list, each behind "in" or joined to the one before."""
    last: Token | None = None
    for token in _clause(trigger, start):
        entity = text.entity(token)
        place = entity is not None and text.kind(entity) is EntityKind.PLACE
        if not place or text.span_of(token.i)[0] != token.idx:
            continue
        before = token.nbor(-1).lower_
        joined = last is not None and all(
            t.lower_ in _JOINED or text.is_time(t) or text.entity(t) == text.entity(last)
            for t in token.doc[last.i + 1 : token.i]
        )
        if (last is None and before in {"in", "at"}) or joined:
            yield token
            last = token
        elif last is not None:
            return


def _days(text: Text, trigger: Trigger, start: Token) -> list[Time]:
    inside = {t.idx for t in _clause(trigger, start)}
    return [t for t in text.times(trigger.token.sent) if t.start in inside and t.kind == "DATE" and t.date is not None]


def _in_turn(cities: list[Token], days: list[Time]) -> bool:
    """Whether places and days follow each other in turn: "in Rome in May, in Cairo in June"."""
    order = sorted([*((c.idx, "city") for c in cities), *((d.start, "day") for d in days)])
    kinds = [kind for _, kind in order]
    return kinds in (["city", "day"] * len(cities), ["day", "city"] * len(cities))

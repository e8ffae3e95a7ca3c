"""One word that tells of several events by a list of days or places: "met in Rome in May and in Cairo in June"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from kg.model import EntityKind, FactKind
from kg.stages.relate.events.counted import count_of, counted, last_of
from kg.stages.relate.events.dates import follows
from kg.stages.relate.events.numbers import numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Time
    from kg.stages.relate.events.trigger import Number, Trigger
    from kg.stages.relate.text import Text
    from kg.tokens import Token
# When, how long and where one of the events was, and its number.
One: TypeAlias = "tuple[list[Time], Time | None, Token | None, Number | None]"
_COUNTABLE = frozenset({"round", "meeting", "session", "call", "visit", "trip", "summit", "sitting", "encounter",
                        "consultation", "talk", "negotiation"})  # fmt: skip
_LASTING = frozenset({FactKind.ROUND, FactKind.SUMMIT, FactKind.VISIT})  # of two days running rather than two of a day
_JOINED = frozenset({",", "and", "then", "in", "at", "on", "finally", "again", "later", "once", "from", "here", "(",
                     ")"})  # fmt: skip


def series(text: Text, trigger: Trigger, times: list[Time]) -> list[One]:
    """The days and the place of each single event of a list; empty where a word tells of one.

    "Rounds followed in Cairo in August and in Rome in September", "delegations met in Cairo in August and in Rome in
    September"; "rounds in Cairo and Rome"; "rounds in August and in September"; "the first and second rounds, on May 5
    and 19".
    """
    if trigger.apart:  # told one by one with the people of each
        return []
    last = last_of(trigger)
    if last is not None:
        clause = list(_clause(trigger, last[0]))
        return [(_days(text, clause)[:1], None, next(_cities(text, clause), None), None)]
    numbers = numbers_of(trigger.token)
    journeys = trigger.kind is FactKind.VISIT and count_of(trigger) > 1  # "visited Lima twice last year, in May and in"
    told = bool(numbers) or counted(trigger.token) > 1 or journeys
    many = trigger.token.tag_ == "NNS" and trigger.token.lemma_.lower() in _COUNTABLE
    plural = told or many or trigger.token.lower_ == "those"
    if not plural and not (trigger.token.pos_ == "VERB" and trigger.kind is FactKind.MEETING):
        return []
    found = _listed(text, trigger, len(numbers)) or (_by_one(text, trigger, times, len(numbers)) if plural else [])
    spans = sorted((t for t in times if t.minutes is not None), key=lambda t: t.start)
    return [(when, spans[n] if len(spans) == len(found) else None, where,
             numbers[n] if len(numbers) == len(found) else None) for n, (when, where) in enumerate(found)]  # fmt: skip


def _listed(text: Text, trigger: Trigger, number: int) -> list[tuple[list[Time], Token | None]]:
    """Days and places that follow each other in turn, behind the word or, where their number is told, a colon."""
    told = number or counted(trigger.token)
    colon = next((t for t in trigger.token.doc[trigger.token.i : trigger.token.sent.end] if t.text == ":"), None)
    for start in (trigger.token, *([colon] if colon is not None and told > 1 else [])):
        clause = list(_clause(trigger, start))
        cities, days = list(_cities(text, clause, dated=True)), _days(text, clause)
        if len(cities) == len(days) + 1 > 1 and trigger.token.pos_ == "VERB":  # "On May 4 they met in Lima, on"
            days = _fronted(text, trigger)[-1:] + days
        if len(cities) != len(days):
            days = _running(text, days)
        if len(cities) > 1 and len(cities) == len(days) and _in_turn(cities, days):
            return [([day], city) for city, day in zip(cities, days, strict=True)]
    return []


def _fronted(text: Text, trigger: Trigger) -> list[Time]:
    """The days told before the verb."""
    told = text.times(trigger.token.sent)
    return _told([t for t in told if t.end <= trigger.token.idx and t.kind == "DATE" and t.date is not None])


def _by_one(text: Text, trigger: Trigger, times: list[Time], number: int) -> list[tuple[list[Time], Token | None]]:
    """The events of a plural noun by their days alone, or by their places alone."""
    own = _told([t for t in times if t.kind == "DATE" and t.date is not None and t.preposition != "since"])
    own = _each(text, own[0]) if number == 2 and len(own) == 1 else own
    told = number or counted(trigger.token)
    if trigger.kind in _LASTING and len(own) != told:
        own = _running(text, own)
    if len(own) > 1 and len({t.date for t in own}) == len(own):
        return [([day], None) for day in own]
    cities = list(_cities(text, list(_clause(trigger, trigger.token)))) if trigger.kind is not FactKind.CALL else []
    return [(own, city) for city in cities] if len(cities) > 1 and len(own) < 2 else []


def _each(text: Text, time: Time) -> list[Time]:
    """Both days of "on April 12 and 26", where two events are told."""
    if time.end_date is None or time.date is None or " and " not in text.document.text[time.start : time.end]:
        return [time]
    days = time.date, time.end_date
    return [replace(time, date=d, first=d, last=d, value=d, end_date=None) for d in days]


def _clause(trigger: Trigger, token: Token) -> Iterator[Token]:
    """The tokens behind a word up to the next clause."""
    above = token.ancestors if token.pos_ != "VERB" else ()
    told = next((t for t in above if t.pos_ == "VERB" and t.i > token.i), None)  # "the last of which"
    for other in token.doc[token.i + 1 : token.sent.end]:
        if other.text in {";", ":"} or (other.pos_ in {"VERB", "SCONJ"} and other not in {trigger.carrier, told}):
            return
        yield other


def _cities(text: Text, clause: list[Token], *, dated: bool = False) -> Iterator[Token]:
    """The places of a list, each behind "in" and joined to the one before; where each is `dated`, a day joins them."""
    last: Token | None = None
    for token in clause:
        entity = text.entity(token)
        place = entity is not None and text.kind(entity) is EntityKind.PLACE
        if not place or text.span_of(token.i)[0] != token.idx:
            continue
        before = token.nbor(-1).lower_
        between = list(token.doc[last.i + 1 : token.i]) if last is not None else []
        joined = last is not None and all(
            t.lower_ in _JOINED or text.is_time(t) or text.entity(t) == text.entity(last) for t in between
        )
        joined = joined or (dated and before in {"in", "at"} and any(text.is_time(t) for t in between))
        if (last is None and before in {"in", "at"}) or joined:
            yield token
            last = token
        elif last is not None:
            return


def _days(text: Text, clause: list[Token]) -> list[Time]:
    """The days told in a clause."""
    inside = {t.idx for t in clause}
    told = text.times(clause[0].sent) if clause else []
    return _told([t for t in told if t.start in inside and t.kind == "DATE" and t.date is not None])


def _told(found: list[Time]) -> list[Time]:
    """The days without a year or month before them that holds them: "two rounds this year, on May 5 and June 3"."""
    holds = len(found) > 1 and all(str(t.date).startswith(f"{found[0].date}-") for t in found[1:])
    return found[1:] if holds else found


def _running(text: Text, days: list[Time]) -> list[Time]:
    """The days of a list, two that follow each other as one event: "on 31 January and 1 February"."""
    found: list[Time] = []
    for day in days:
        last = found[-1] if found else None
        if last is not None and follows(text, last, day):
            found[-1] = replace(last, end=day.end, value=f"{last.date}/{day.date}", last=day.date, end_date=day.date)
        else:
            found.append(day)
    return found


def _in_turn(cities: list[Token], days: list[Time]) -> bool:
    """Whether places and days follow each other in turn: "in Rome in May, in June in Cairo"."""
    order = sorted([*((c.idx, "city") for c in cities), *((d.start, "day") for d in days)])
    kinds = [kind for _, kind in order]
    return all(a != b for a, b in zip(kinds[::2], kinds[1::2], strict=True))

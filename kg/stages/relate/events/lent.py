"""Days that an event has from another one of its sentence: from the journey to it, from the stay, from its occasion."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import EntityKind, FactKind
from kg.stages.relate.clauses import SUBJECTS
from kg.stages.relate.events.dates import come_from, running
from kg.stages.relate.events.destinations import destination
from kg.stages.relate.events.former import keep_own_days, link_of
from kg.stages.relate.events.shifted import counted_from
from kg.stages.relate.events.trigger import ASIDE, within
from kg.stages.relate.modality import Stage

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token
_ON = frozenset({"on", None})
_STAYING = frozenset({"on", "during"})
_YEAR = 4  # characters of a year
_CLAUSE = 16  # tokens behind "when" in which the event stands


def lend(text: Text, trigger: Trigger, found: list[Trigger], result: dict[int, list[Time]]) -> None:
    """Give an event the days that others of the sentence lend it, and take out those that are not its own."""
    _of_purpose(trigger, result)
    _of_occasion(trigger, found, result)
    _of_stay(text, trigger, found, result)
    _ahead_there(text, trigger, result)
    _bound_for(text, trigger, found, result)
    _of_what_it_is_beside(text, trigger, found, result)
    keep_own_days(text, trigger, result.get(trigger.token.i, []))
    lend_day(trigger, found, result)
    _on_its_margins(trigger, found, result)


def lend_to_clauses(text: Text, sent: Span, found: list[Trigger], result: dict[int, list[Time]]) -> None:
    """As in "meet in Rome next week, when an accord is to be signed": the clause behind a day has this day."""
    for time in text.times(sent):
        behind = text.tokens(time.start, time.end)[-1] + 1
        words = [t for t in text.doc[behind : min(behind + 2, sent.end)] if t.text != ","]
        if not time.date or not words or words[0].lower_ != "when":
            continue
        told = [t for t in found if words[0].i < t.token.i < words[0].i + _CLAUSE]
        first = min(told, key=lambda t: t.token.i, default=None)
        own = [t for t in result.get(first.token.i, []) if t != time] if first is not None else []
        if first is not None and not any(t.date for t in own):  # also "the first since May 2, when they met"
            result[first.token.i] = [*own, replace(time, preposition="on")]


def _on_its_margins(trigger: Trigger, found: list[Trigger], result: dict[int, list[Time]]) -> None:
    """As in "will meet on Friday on the sidelines of the summit": the summit is on that day, too."""
    if trigger.kind is not FactKind.SUMMIT or any(t.date for t in result.get(trigger.token.i, ())):
        return
    aside = next((t for t in found if t is not trigger and within(t, trigger)), None)
    days = [t for t in result.get(aside.token.i, ()) if t.date and t.part_of_day is None] if aside is not None else []
    result.setdefault(trigger.token.i, []).extend(days)


def _of_purpose(trigger: Trigger, result: dict[int, list[Time]]) -> None:
    """As in "will return on Friday to see Doe": the purpose has the day of the journey."""
    token = trigger.token
    if token.pos_ != "VERB" or token.dep_ not in {"advcl", "xcomp"} or token.head.i not in result:
        return
    dated = any(t.date for t in result.get(token.i, ()))
    if not dated and any(c.lower_ == "to" for c in token.children):
        result.setdefault(token.i, []).extend([t for t in result[token.head.i] if t.date])


def _of_occasion(trigger: Trigger, found: list[Trigger], result: dict[int, list[Time]]) -> None:
    """As in "will gather in Rome on Friday for a third round", "flew to Rome on Friday for talks with Doe"."""
    verb, token = trigger.carrier, trigger.token
    if verb is None or trigger.kind is FactKind.VISIT:
        return
    above = next((t for t in found if t.token == verb), None)
    if above is None:
        return
    link = token.head.head.head if token.head.lower_ == "of" else token.head  # "for two days of talks"
    lasts = above.stage is Stage.HELD and trigger.kind is not FactKind.MEETING  # "came on May 4 for the third round"
    goal = above.kind is FactKind.VISIT and link.lower_ == "for" and not lasts
    one = above.kind is not FactKind.VISIT and above.stage is trigger.stage  # "opened the talks in May"
    back = one or (goal and above.stage is not Stage.HELD)
    if back and not any(t.date for t in result.get(verb.i, ())):  # "was invited to Rome for talks next month"
        result.setdefault(verb.i, []).extend([t for t in result.get(token.i, ()) if t.date])
    own = [t for t in result.get(token.i, ()) if len(t.date or "") != _YEAR]  # "for her third meeting this year"
    dated = [t for t in result.get(verb.i, ()) if t.date or t.preposition == "within"]
    if (one or goal) and dated and not any(t.date for t in own):
        result[token.i] = own + dated


def _of_stay(text: Text, trigger: Trigger, found: list[Trigger], result: dict[int, list[Time]]) -> None:
    """As in "On a visit to Rome in May, Doe met Roe", "flew to Rome in May and met Roe", "where she will meet Roe"."""
    verb = trigger.token if trigger.token.pos_ == "VERB" else trigger.carrier
    if verb is None or trigger.kind is FactKind.VISIT or any(t.date for t in result.get(trigger.token.i, ())):
        return
    where = told_where(verb)
    for other in reversed(found):
        of_verb = other.token.dep_ == "pobj" and other.token.head.lower_ in _STAYING and other.token.head.head == verb
        there = where and other.token.i < verb.i and other.token.is_ancestor(verb)
        joined = verb.dep_ == "conj" and verb.head == other.token and verb.tag_ in {"VB", other.token.tag_}
        joined = joined or (other.token.i < verb.i and other.stage is trigger.stage and _told_there(verb))
        apart = joined and any(c.dep_ in SUBJECTS for c in verb.children) and _at_dated(trigger, found, result)
        if other.kind is FactKind.VISIT and (of_verb or there or joined) and not (apart or come_from(other)):
            dated = running(text, other, [t for t in result.get(other.token.i, ()) if t.date])
            result.setdefault(trigger.token.i, []).extend(dated)
            return


def _at_dated(trigger: Trigger, found: list[Trigger], result: dict[int, list[Time]]) -> bool:
    """As in "visited Rome in May, and the two met at the summit in June": of the day of its occasion."""
    return any(within(trigger, t) and any(d.date for d in result.get(t.token.i, ())) for t in found if t is not trigger)


def _ahead_there(text: Text, trigger: Trigger, result: dict[int, list[Time]]) -> None:
    """As in "should raise it next Monday in Rome, where both will attend the summit": the day to come is of both."""
    verb = trigger.token if trigger.token.pos_ == "VERB" else trigger.carrier
    published = text.document.published
    if verb is None or published is None or trigger.stage is not Stage.PLANNED or not told_where(verb):
        return
    if trigger.kind is FactKind.VISIT or any(t.date for t in result.get(trigger.token.i, ())):
        return
    told = [t for t in text.times(verb.sent) if t.date and t.end <= trigger.token.idx]
    if len(told) == 1 and str(told[0].first) > published and told[0].preposition in _ON | {"in"}:
        result.setdefault(trigger.token.i, []).append(told[0])


def _told_there(verb: Token) -> bool:
    """As in "will be in Rome on Friday, and there he is to see Roe"."""
    clause = [verb]
    while clause[-1].dep_ in {"xcomp", "acomp"}:
        clause.append(clause[-1].head)
    return any(c.lower_ == "there" and c.dep_ == "advmod" for t in clause for c in t.children)


def _bound_for(text: Text, trigger: Trigger, found: list[Trigger], result: dict[int, list[Time]]) -> None:
    """As in "travels to Rome on Friday for what will be the first round": the day and the goal of the journey."""
    clause = next((t for t in trigger.token.ancestors if t.dep_ == "pcomp" and t.head.lower_ == "for"), None)
    other = next((t for t in found if t.kind is FactKind.VISIT and clause and clause.head.head == t.token), None)
    if other is None or trigger.kind is FactKind.VISIT:
        return
    trigger.place = trigger.place or destination(text, other.token, other.reading)
    if not any(t.date for t in result.get(trigger.token.i, ())):
        result.setdefault(trigger.token.i, []).extend([t for t in result.get(other.token.i, ()) if t.date])


def _of_what_it_is_beside(
    text: Text, trigger: Trigger, found: list[Trigger], result: dict[int, list[Time]]
) -> None:
    """As in "hopes to meet Doe on the fringes of the summit, to be held in Rome from June 15 to 17"."""
    if any(t.date for t in result.get(trigger.token.i, ())):
        return
    for other in found:
        above = list(other.token.ancestors)
        aside = next((n for n, t in enumerate(above) if t.lemma_.lower() in ASIDE), len(above))
        told = (t for t in above[aside + 1 :] if any(t in (f.token, f.carrier) for f in found))
        nearest = next(told, None)
        if other is trigger or nearest is None or nearest not in (trigger.token, trigger.carrier):
            continue
        result.setdefault(trigger.token.i, []).extend([t for t in result.get(other.token.i, ()) if t.date])
        there = (t for t in other.token.subtree if t.dep_ == "pobj" and t.head.lower_ == "in")
        named = next((t for t in there if (e := text.entity(t)) and text.kind(e) is EntityKind.PLACE), None)
        trigger.place = trigger.place or named
        return


def lend_day(trigger: Trigger, found: list[Trigger], result: dict[int, list[Time]]) -> None:
    """As in "said on Friday, following talks with Doe": who tells of an event right after it tells its day."""
    link = link_of(trigger.token)
    if link is None or counted_from(link) or any(t.date for t in result.get(trigger.token.i, ())):
        return
    told = next((t for t in found if t.reading == "told" and link.head == t.token), None)
    days = [t for t in result.get(told.token.i, ()) if t.date and t.preposition in _ON] if told is not None else []
    if days:
        result.setdefault(trigger.token.i, []).extend(days)


def told_where(verb: Token) -> bool:
    """As in "flies to Rome on Friday, [where she is due to meet Doe]"."""
    clause = verb
    while clause.dep_ in {"xcomp", "acomp"}:
        clause = clause.head
    where = any(c.lower_ == "where" for t in (clause, verb) for c in t.children)
    return where and clause.dep_ in {"relcl", "advcl"}

"""Deadlines: dates by which something is due, or on which an announced tariff or the end of a pause takes effect.

Only dates after publication are deadlines. The date of a meeting is none, but one "by the end of April" is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import Assertion, BlockKind, Claim, FactKind, Ref
from kg.stages.relate.deadline_counts import Found, counted, next_weekday, pointed
from kg.stages.relate.deadline_forms import (
    at_the_latest,
    before_event,
    decides,
    ends_today,
    last_of_range,
    may_be,
    named,
    of_line,
    part_of_year,
    ran_out,
    stays,
    targeted,
    verb_of,
    was_due,
    was_to_start,
)
from kg.stages.relate.deadline_words import (
    lasts,
    moves_event,
    moves_tariff,
    negotiates,
    put_off,
    retroactive,
    taxes,
    term_ends,
    threatened,
    words,
)
from kg.stages.relate.tariffs.claims import keys
from kg.stages.relate.tariffs.context import ahead
from kg.stages.relate.tariffs.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Time
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_DUE = frozenset({"by", "before"})
_UNTIL = frozenset({"until", "till", "through", "to"})
_STARTS = frozenset({"on", "from", "of"})
_ECHOES = frozenset({BlockKind.HEADLINE, BlockKind.CAPTION})
_HOLIDAYS = frozenset({"christmas", "easter", "thanksgiving", "ramadan"})
_LONGEST = 24  # words of a label
_REACH = 14  # tokens between a word such as "deadline" or "expires" and its date
_EFFECT = re.compile(
    r"\b(?:takes?|taking|comes?|coming|enters?|entering|goes?|going|entry) (?:in)?(?:to )?(?:effect|force)|"
    r"\bkicks? in\b"
)
_PAUSE_END = re.compile(
    r"\bruns? (?:out|down)\b|\bend of (?:the|a) (?:\S+ ){0,2}(?:pause|truce|suspension|exemption|reprieve)"
    r"|\b(?:pause|truce|suspension|exemption|grace period|transition)\b[^,;.]{0,70}\b(?:is|will be) over\b"
)


def deadlines(text: Text) -> Iterator[Claim]:
    """One claim for each date by which a sentence says that something is due, in order of the text."""
    published = text.document.published or ""
    coming = {(day.start, day.end): (f, day) for f, day in ahead(text) if not _gone(text, day) and not _void(text, day)}
    talks = negotiates(text)  # else only tariffs to come set a day
    for sent in text.sentences if talks or coming else ():
        found = [*counted(text, sent, published), *pointed(text, sent)] if talks else []
        for time in text.times(sent):
            one = _read(text, sent, time, published) if talks and not _void(text, time) else None
            tariff, _ = coming.get((time.start, time.end), (None, None))
            if one is None and tariff is not None and time.date is not None and len(time.date) == 10:
                one = Found(time.date, time.start, time.end, _clause(text, time), "deadline-tariff")
            if one is not None:
                found.append(one._replace(about=tuple(keys(tariff))) if tariff is not None else one)
        found += [
            Found(day.date, day.start, day.end, text.token(day.start), "deadline-tariff", tuple(keys(f)))
            for f, day in coming.values() if day.date is not None and len(day.date) == 10
            and sent.start_char <= day.start < sent.end_char and all(o.day != day.date for o in found)
        ]  # fmt: skip
        for one in found:
            yield _claim(text, sent, one)


def _gone(text: Text, day: Time) -> bool:
    """Whether a day that is read as coming lies behind: "a letter of July 9", "since March 4"; not "as of July 9"."""
    before = text.document.text[max(0, day.start - 6) : day.start].lower()
    return day.preposition == "since" or (day.preposition == "of" and "as of" not in before)


def _void(text: Text, day: Time) -> bool:
    """Whether a day was put off in its sentence, or something holds from it backwards."""
    token = text.token(day.start)
    backwards = day.preposition not in {"until", "till", "through"} and retroactive(token.sent, token.i)
    return backwards or put_off(token.sent, token.i)


def _read(text: Text, sent: Span, time: Time, published: str) -> Found | None:
    span = text.tokens(time.start, time.end)
    day = _day(time, over=_is_over(text, span))
    if (last := last_of_range(text, sent, time, span)) is not None:
        return Found(last, time.start, time.end, _clause(text, time), "deadline-until")
    if time.kind not in {"DATE", "TIME"} or day is None:
        return None
    day = next_weekday(text, time, day, published)
    if day < published[: len(day)]:
        rule = _past(text, sent, time, span)
        return Found(day, time.start, time.end, _clause(text, time), rule) if rule else None
    following = text.doc[span[-1] + 1] if span[-1] + 1 < len(text.doc) else None
    possessive = following is not None and following.lower_ in {"'s", "’s"}
    rule = _rule(text, sent, time, span, possessive=possessive)
    today = day == published and (rule == "deadline-moved" or (rule == "deadline-due" and ends_today(time)))
    if rule != "deadline-named" and not today and not _after(day, published):
        return None  # "hours before the deadline of Friday" is written on that Friday
    return Found(day, time.start, time.end, _clause(text, time), rule) if rule else None


def _past(text: Text, sent: Span, time: Time, span: range) -> str | None:
    """The rule of a day that has gone by, and by which something was due."""
    if time.date is None or (len(time.date) == 4 and time.mod != "END"):
        return None
    if named(text, sent, span, past=True):
        return "deadline-named"
    verb = verb_of(text, span)
    if was_due(text, time, verb):
        return "deadline-due"
    if ran_out(text, verb):
        return "deadline-end"
    before = list(text.doc[max(sent.start, span[0] - _REACH) : span[0]])
    if time.preposition == "from" and threatened(before, time.preposition):
        return "deadline-announcement"
    if time.preposition == "to" and verb is not None and verb.lemma_.lower() in words("moving"):
        return "deadline-moved" if moves_tariff(text, sent, verb) else None
    return _starting(text, sent, [], verb) if was_to_start(verb) and time.preposition in _STARTS else None


def _rule(text: Text, sent: Span, time: Time, span: range, *, possessive: bool) -> str | None:
    near = text.doc[max(sent.start, span[0] - _REACH) : min(sent.end, span[-1] + 5)]
    if named(text, sent, span):
        return "deadline-named"
    verb = verb_of(text, span)
    if part_of_year(time, verb) or targeted(text, span) or of_line(text, span):
        return "deadline-due"
    if possessive or time.date is None or (len(time.date) == 4 and time.mod != "END"):
        return None
    before = [t for t in near if t.i < span[0]]
    holiday = time.preposition not in {"by", "until"} and any(text.doc[i].lower_ in _HOLIDAYS for i in span)
    if holiday:
        return None
    latest = [t.lower_ for t in before[-2:]] == ["later", "than"] or at_the_latest(text, span)
    if time.preposition in _DUE or latest or _is_due(before) or before_event(text, span):
        told = not _describes(sent, before, span) and not may_be(verb)
        return "deadline-due" if time.preposition == "by" or told else None
    if threatened(before, time.preposition):
        return "deadline-announcement"
    lemma = verb.lemma_.lower() if verb is not None else ""
    ending = lemma in words("ending") or _ends(before, verb) or term_ends(text, verb)
    if ending:
        return "deadline-end"
    if (rule := _lasting(text, sent, time, before, verb)) is not None:
        return rule
    return _starting(text, sent, before, verb) if len(time.date) == 10 or time.mod == "END" else None


def _lasting(text: Text, sent: Span, time: Time, before: list[Token], verb: Token | None) -> str | None:
    """The rule of a day until which something lasts, or to which it is moved."""
    lemma = verb.lemma_.lower() if verb is not None else ""
    if verb is not None and time.preposition == "to" and lemma in words("moving"):
        return "deadline-moved" if moves_tariff(text, sent, verb) else None
    if verb is not None and moves_event(text, sent, verb):
        return None
    through = time.preposition == "through" and lemma in words("lasting") | words("extending")
    if (time.preposition in {"until", "till"} or through) and not stays(text, time, verb):
        return "deadline-until"
    pausing = any(t.lemma_.lower() in words("pausing") | words("deadline") for t in before)
    pausing = pausing or any(t.lower_ == "hold" and t.i and t.nbor(-1).lower_ == "on" for t in before)
    if time.preposition in _UNTIL and (pausing or (lemma in words("extending") and time.preposition != "to")):
        return "deadline-until"
    if time.preposition == "to" and verb is not None and lemma in words("lasting") and lasts(text, sent, verb):
        return "deadline-until"
    beyond = text.document.text[max(0, time.start - 8) : time.start].lower().rstrip().endswith(("beyond", "past"))
    doubtful = any(t.lower_ in {"if", "unless", "should", "whether"} for t in before)
    if beyond and (doubtful or lemma in words("extending")):
        return "deadline-beyond"  # "cannot be prolonged beyond June 30"
    return None


def _starting(text: Text, sent: Span, before: list[Token], verb: Token | None) -> str | None:
    """The rule of a day on which a tariff or what is announced starts."""
    lemma = verb.lemma_.lower() if verb is not None else ""
    if verb is not None and lemma in words("starting") and taxes(text, sent, verb):
        return "deadline-effect"
    if lemma == "collect":
        return "deadline-effect"
    effect = lemma in {"take", "come", "enter", "kick", "go"} and _EFFECT.search(spoken(sent)) is not None
    effect = effect or _EFFECT.search(" ".join(t.lower_ for t in before[-4:])) is not None  # "lumber kicks in Tuesday"
    if effect:
        return "deadline-effect"
    if any(decides(v) for v in (verb, _announcing(before)) if v is not None):
        return "deadline-announcement"
    return None


def _describes(sent: Span, before: list[Token], span: range) -> bool:
    """As in "goods loaded before 1 July may be cleared": the day tells which goods, not by when."""
    done = [t for t in before if t.lower_ != "before"][-2:]
    told = [t.pos_ for t in done[:1]] == ["NOUN"] and done[-1].tag_ in {"VBN", "VBD"}
    return told and any(t.i > span[-1] and t.tag_ in {"MD", "VBZ", "VBP", "VBD"} for t in sent)


def _is_due(before: list[Token]) -> bool:
    """As in "comments are due Nov. 3", "the reply is due on Friday"; who "is due on Friday" comes to visit."""
    last = before[-2:] if before and before[-1].lower_ == "on" else before[-1:]
    if not last or last[0].lower_ != "due" or last[0].head.lemma_ != "be":
        return False
    return all(c.ent_type_ != "PERSON" and c.pos_ != "PRON" for c in last[0].head.children if c.dep_ == "nsubj")


def _is_over(text: Text, span: range) -> bool:
    """As in "before July is over"."""
    behind = [t.lower_ for t in text.doc[span[-1] + 1 : span[-1] + 3]]
    return behind[:1] == ["is"] and behind[1:] in (["over"], ["out"], ["up"])


def _ends(before: list[Token], verb: Token | None) -> bool:
    """As in "the end of the pause on July 9", "when the truce runs out on Aug. 12"."""
    if any(t.lemma_.lower() in words("ending") for t in before[-4:]):
        return True  # "let a suspension lapse on April 1"
    said = " ".join(t.lower_ for t in before)
    paused = verb is not None and verb.lemma_ == "end" and any(t.lemma_.lower() in words("pausing") for t in before)
    return paused or _PAUSE_END.search(said) is not None


def _announcing(before: list[Token]) -> Token | None:
    """The verb of announcing before a date that a comma sets apart: "is due to unveil his plan, on April 2"."""
    if not before or before[-1].lower_ != "on":
        return None
    return next((t for t in before if t.lemma_.lower() in words("announcing") and t.pos_ == "VERB"), None)


def _day(time: Time, *, over: bool = False) -> str | None:
    """The last day that counts: that of "the end of April", or of an April that "is over"; else a month stays."""
    if time.date is None:
        return None
    part = (time.value or "")[5:6] in {"Q", "H"}
    if (time.mod == "END" or over or part) and time.last is not None:
        return time.last
    return time.date


def _after(day: str, published: str) -> bool:
    if len(day) == 10:
        return day > published
    return day > published[: len(day)] or (day == published[: len(day)] and len(day) == 7 and published[8:] < "15")


def _clause(text: Text, time: Time) -> Token:
    span = text.tokens(time.start, time.end)
    return verb_of(text, span) or text.doc[span[0]]


def _claim(text: Text, sent: Span, one: Found) -> Claim:
    evidence = text.words(sent, (one.start, one.end), one.rule)
    said = [
        Assertion("date", one.day, evidence),
        Assertion("label", _label(text, sent, one), evidence),
        *(Assertion("about", key, evidence) for key in one.about),
    ]
    return Claim(Ref(f"deadline@{one.start}"), FactKind.DEADLINE, tuple(said), evidence,
                 anaphoric=text.block(sent[0]) in _ECHOES)  # fmt: skip


def _label(text: Text, sent: Span, one: Found) -> str:
    """The words of the clause that the date stands in, as they are in the text."""
    first = max(one.clause.left_edge.i, sent.start)
    last = min(one.clause.right_edge.i, sent.end - 1)
    if last - first >= _LONGEST:
        here = text.tokens(one.start, one.end)
        first = max(first, min(one.clause.i, here[0]) - _LONGEST // 3)
        last = min(last, max(here[-1], first + _LONGEST - 1))
    said = text.document.text[text.doc[first].idx : text.doc[last].idx + len(text.doc[last])]
    return " ".join(said.split()).strip(" ,.;:–—-")

"""Days counted from another event: "met two days after a call", "A day before the meeting, Doe saw Roe"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kg.stages.relate.events.trigger import event_nouns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Time
    from kg.stages.relate.events.dates import Say
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token
_DAY = 10  # characters of a day
_ON = {"after": 1, "following": 1, "before": -1, "eve of": -1}  # "two days after", "the eve of"
_UNITS = frozenset({"day", "week", "fortnight", "month", "year"})
_IT = frozenset({"it", "they", "that", "this"})
_BEGIN = frozenset({"begin", "start", "open", "convene", "meet", "gather"})
_END = frozenset({"end", "conclude", "close", "finish", "break"})
_KNOWN = frozenset({"the", "this", "that", "those", "these"})


class _Gap(NamedTuple):
    """So many days from `link`, behind which stands the event that is counted from, to what the clause tells."""

    time: Time
    link: Token
    days: int

    def other(self) -> Token:
        """The head of what stands behind the link."""
        return self.link.head if self.link.dep_ == "mark" else self.link

    def host(self) -> Token:
        """The verb that the gap belongs to."""
        above = (t for t in self.other().ancestors if t.pos_ in {"VERB", "AUX"})
        return next(above, self.other().sent.root)


def say_shifted(text: Text, sent: Span, trigger: Trigger, say: Say) -> bool:
    """The day of an event that is told so many days before or after another, and whether it is told so.

    "The calls came a day after they held a meeting": the meeting's day, counted from that of the calls; "a day after
    the meeting, they spoke": that of the call, counted from the meeting told before.
    """
    own = {t.i for t in (trigger.token, trigger.carrier) if t is not None}
    for gap in _gaps(text, sent):
        scope = {t.i for t in gap.other().subtree if t.i > gap.link.i}
        inner = trigger.token.i in scope
        if (inner and _known(trigger.token)) or not (inner or _tells(trigger, gap.host(), own)):
            continue
        told = [t for t in text.times(sent) if t.date and len(t.date) == _DAY]
        behind = [t.date for t in told if text.token(t.start).i in scope]
        outside = [t for t in told if text.token(t.start).i not in scope]
        before = [t.date for t in outside if t.start < gap.time.start][-1:] + [t.date for t in outside]
        if before and not inner:
            return False
        base = next(iter(before if inner else behind), None) or _day_of_other(text, gap, inner=inner)
        if base is not None:
            day = date.fromisoformat(base) + timedelta(days=-gap.days if inner else gap.days)
            say("date", day.isoformat(), (gap.time.start, gap.time.end))
        return True
    return False


def _gaps(text: Text, sent: Span) -> Iterator[_Gap]:
    for time in text.times(sent):
        days = days_of(time) if time.kind == "DURATION" else None
        last = text.tokens(time.start, time.end)[-1]
        link = text.doc[last + 1] if last + 1 < sent.end else text.doc[last]
        sign = _ON.get(link.lower_) or _ON.get(f"{text.doc[last].lower_} {link.lower_}")
        exact = time.mod is None or days == 1  # "less than a day after" is on the next, "less than a week" is open
        if days and sign and exact:
            yield _Gap(time, link, days * sign)


def _tells(trigger: Trigger, host: Token, own: set[int]) -> bool:
    """Whether the verb of a gap is that of the event, or one that it completes: "is to meet Doe a day after"."""
    verb = trigger.token if trigger.token.pos_ in {"VERB", "AUX"} else trigger.carrier
    above = [verb] if verb is not None else []
    while above and above[-1].dep_ in {"xcomp", "advcl"} and above[-1].tag_ in {"VB", "VBG"}:
        above.append(above[-1].head)
    return host.i in own or host in above


def _day_of_other(text: Text, gap: _Gap, *, inner: bool) -> str | None:
    """The day of the event told before: where its noun was used last, else the last one told.

    Of "after the rates rose" none is known.
    """
    if inner:
        return text.last_day(before=gap.time.start)
    if gap.link.dep_ == "mark":
        return _turn_of_it(text, gap)
    if any(t.lower_ in _IT for t in gap.link.children) or gap.link.nbor().lower_ in _IT:
        return text.last_day(before=gap.time.start)  # "On the eve of it they had met"
    noun = next((t for t in gap.link.children if t.dep_ == "pobj" and _known(t)), None)
    if noun is None or noun.lemma_.lower() not in event_nouns():
        return None
    names = {noun.lemma_.lower(), noun.lemma_.lower().removesuffix("ing")}  # "signed", "the signing"
    same = (t for t in reversed(noun.doc[: noun.sent.start]) if t.lemma_.lower() in names)
    last = next(same, None)
    return text.last_day(before=last.sent.end_char if last is not None else gap.time.start)


def _turn_of_it(text: Text, gap: _Gap) -> str | None:
    """As in "The day before it opens", "two days after the round ended": the first or last day of what was told."""
    verb = gap.other()
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    turn = verb.lemma_.lower()
    if subject is None or not (subject.lower_ in _IT or _known(subject)) or turn not in _BEGIN | _END:
        return None
    told = [t for t in text.mentions.times if t.end <= gap.time.start and t.first and t.date and len(t.date) == _DAY]
    return (told[-1].first if turn in _BEGIN else told[-1].last) if told else None


def _known(noun: Token) -> bool:
    return any(c.lower_ in _KNOWN for c in noun.children)


def counted_from(link: Token) -> bool:
    """As in "four days after they spoke": what stands behind has another day than what is told."""
    before = link.nbor(-1).lemma_.lower() if link.i else ""
    return link.lower_ in _ON and before in _UNITS


def days_of(time: Time) -> int | None:
    """The days of a length told in days or weeks."""
    number = (time.value or "")[1:-1]
    unit = {"D": 1, "W": 7}.get((time.value or "")[-1:])
    return int(number) * unit if unit and number.isdigit() else None

"""When an event takes place, for how long and how often: which time expressions of a sentence belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members
from kg.model import FactKind
from kg.stages.relate.events.dates import ends, scheduled
from kg.stages.relate.events.lent import lend, lend_to_clauses
from kg.stages.relate.events.shifted import counted_from
from kg.stages.relate.events.trigger import CARRIERS, Trigger
from kg.stages.relate.modality import Stage
from kg.stages.relate.verb_forms import REPORTING

if TYPE_CHECKING:

    from kg.model import Time
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_BEHIND = 12  # tokens
_AHEAD = frozenset({"set", "reserve", "allot", "plan", "schedule"})  # what is set for an hour has not lasted one
_TOO_LONG = frozenset({"late", "early", "behind", "longer", "more", "beyond"})  # than was planned
_CLAUSE_END = frozenset({";", ":", '"', "“", "”"})
_ON = frozenset({"on", "in"})
_ARRANGED = members("tense", "arranging")  # it is not people who are
_LASTING = frozenset({"last", "begin", "start", "end", "open"})
_HAD = frozenset({"have", "hold"})
_DURING = frozenset({"at", "during"})  # what was done "on Friday at a meeting" dates the meeting
_PLANS = frozenset({"be", "due", "expect", "plan", "schedule", "set", "intend", "want", "hope", "likely", "slate",
                    "book", "have", "ready"})  # fmt: skip
_YEAR = 4  # characters of a year
_ASIDE = frozenset({"advcl", "acl", "xcomp", "acomp", "oprd"})
_CLIMBED = frozenset({"xcomp", "advcl", "acl", "conj", "aux", "pcomp"})


def owners(text: Text, sent: Span, found: list[Trigger]) -> dict[int, list[Time]]:
    """The time expressions of a sentence by the token of the event they belong to: the nearest above in the tree."""
    anchors: dict[int, int] = {}
    for trigger in found:
        if trigger.carrier is not None and not _calls_off(trigger) and (
            trigger.token.dep_ != "pobj" or trigger.carrier.lemma_.lower() in CARRIERS or trigger.by_phone
            or trigger.kind is FactKind.VISIT or trigger.token.head.lower_ in _DURING
        ):  # fmt: skip
            anchors.setdefault(trigger.carrier.i, trigger.token.i)
    for trigger in found:
        anchors[trigger.token.i] = trigger.token.i
    result: dict[int, list[Time]] = {}
    for time in text.times(sent):
        if _delay(text, time) or text.opens_entry(time):
            continue
        owner = _owner(text, time, anchors)  # the first word of a text is token 0
        owner = _of_after(text, time, anchors) if owner is None else owner
        owner = _once_more(text, time, anchors) if owner is None else owner
        if owner is not None and not (time.date and _of_next_clause(text, time, owner, result, anchors)):
            result.setdefault(owner, []).append(time)
    _unowned(text, sent, found, result)
    _new_one(found, result)
    _only_one(text, sent, found, result)
    lend_to_clauses(text, sent, found, result)
    for trigger in found:
        _by_its_day(text, trigger, found, result)
        lend(text, trigger, found, result)
    return result


def _once_more(text: Text, time: Time, anchors: dict[int, int]) -> int | None:
    """As in "spoke on Saturday and [again] on Sunday, an aide said": the parse hangs the second day on what is said."""
    first = text.tokens(time.start, time.end)[0]
    again = text.doc[first - 2] if first > 1 else None
    if again is None or again.lower_ != "again":
        return None
    return next((anchors[t.i] for t in again.ancestors if t.i in anchors), None)


def _delay(text: Text, time: Time) -> bool:
    """As in "began two hours late", "ran an hour longer than planned", "overran by an hour": no length of anything."""
    if time.minutes is None:
        return False
    behind = text.doc[text.tokens(time.start, time.end)[-1] + 1 :][:1].text
    return behind in _TOO_LONG or (time.preposition == "by" and behind != "later")


def _calls_off(trigger: Trigger) -> bool:
    """As in "called off the meeting on Friday": the day on which it was called off is not that of the meeting."""
    verb = trigger.carrier
    return verb is not None and trigger.stage is Stage.CANCELLED and verb.lemma_ in members("event_company", "call off")


def _by_its_day(text: Text, trigger: Trigger, found: list[Trigger], result: dict[int, list[Time]]) -> None:
    """As in "flies to Rome on Friday for talks": a journey that its day makes a plan makes one of its occasion."""
    held = trigger.kind is FactKind.VISIT and trigger.stage is Stage.HELD
    if not held or not scheduled(text, trigger, result.get(trigger.token.i, [])):
        return
    trigger.stage = Stage.PLANNED
    for other in found:
        stop = other.kind is FactKind.VISIT and other.token.head.lower_ == "with"  # ", with a stop in Rome"
        occasion = other.token.head.lower_ == "for" or stop
        if other.carrier == trigger.token and occasion and other.stage is Stage.HELD:
            other.stage = Stage.PLANNED


def _unowned(text: Text, sent: Span, found: list[Trigger], result: dict[int, list[Time]]) -> None:
    """A day that the parse hung on nothing belongs to the event right before it: "met Doe, the minister, on Monday".

    So does a week right behind it: "would not stand in the way of their meeting in Rome next week".
    """
    owned = {t.start for times in result.values() for t in times}
    for time in text.times(sent):
        first = text.token(time.start)
        before = [t for t in found if t.token.i < first.i]
        bracketed = text.document.text[time.start - 1 : time.start] == "("  # "the summit in Rome (6-7/07)"
        if time.start in owned or not time.date or not before:
            continue
        last = max(before, key=lambda t: t.token.i)
        right_behind = last.token.pos_ == "NOUN" and last.token.right_edge.i == first.i - 1
        if not (bracketed or right_behind or time.preposition in _ON):
            continue
        between = text.doc[last.token.i + 1 : first.i]
        clause = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} or t.text in _CLAUSE_END for t in between)
        if not clause and not any(t.date for t in result.get(last.token.i, ())):
            result.setdefault(last.token.i, []).append(time)


def _new_one(found: list[Trigger], result: dict[int, list[Time]]) -> None:
    """As in "announced the end of the talks on 6 May in a call": the day is that of what the sentence tells first."""
    new = [t for t in found if not t.anaphoric and t.token.pos_ == "NOUN" and t.kind is not FactKind.VISIT]
    if len(new) != 1 or any(t.date for t in result.get(new[0].token.i, ())):
        return
    for known in found:
        if known.anaphoric and known.reading == "vague" and not known.actors and known.token.i < new[0].token.i:
            days = [t for t in result.get(known.token.i, ()) if t.date]
            result[known.token.i] = [t for t in result.get(known.token.i, ()) if not t.date]
            result.setdefault(new[0].token.i, []).extend(days)


def _only_one(text: Text, sent: Span, found: list[Trigger], result: dict[int, list[Time]]) -> None:
    """A length that the parse hung on nothing belongs to the only meeting or call of its sentence."""
    meetings = [t for t in found if t.kind is not FactKind.VISIT and t.reading != "attend"]
    if len(meetings) != 1 or any(t.minutes is not None for t in result.get(meetings[0].token.i, ())):
        return
    for time in text.times(sent):
        head = text.doc[text.tokens(time.start, time.end)[-1]].head
        ahead = {head.lemma_, head.head.lemma_} & _AHEAD
        if time.minutes is not None and not ahead and head.lemma_ not in {"ago", "later"} and not _delay(text, time):
            result.setdefault(meetings[0].token.i, []).append(time)
            return


def _of_after(text: Text, time: Time, anchors: dict[int, int]) -> int | None:
    """As in "said on Friday after meeting Doe", however the parse hangs the clause."""
    behind = text.tokens(time.start, time.end)[-1] + 1
    if time.date is None or behind >= len(text.doc) or text.doc[behind].lower_ not in {"after", "following"}:
        return None
    found = next((i for i in sorted(anchors) if behind < i < behind + _BEHIND), None)
    between = text.doc[behind + 1 : found] if found is not None else ()
    if found is None or any(t.tag_ == "VBD" for t in between):  # "left on May 2 after Doe resigned, met Roe"
        return None
    return anchors[found]


def _of_next_clause(
    text: Text, time: Time, owner: int, result: dict[int, list[Time]], anchors: dict[int, int]
) -> bool:
    """As in "met in May and [was due back on Friday]": the day of a second verb of one subject is not of the first."""
    if not any(t.date and t.start < time.start for t in result.get(owner, ())):
        return False
    verb = next((t for t in text.token(time.start).ancestors if t.pos_ in {"VERB", "AUX"}), None)
    if verb is None or anchors.get(verb.i) == owner:  # "was put off and took place on Friday"
        return False
    return verb.dep_ == "conj" and verb.i > owner and verb.i not in result and not ends(verb)


def _owner(text: Text, time: Time, anchors: dict[int, int]) -> int | None:
    """The event that a time expression belongs to; `anchors` leads from its words and carriers to it."""
    span = text.tokens(time.start, time.end)
    token = next((text.doc[i] for i in span if text.doc[i].head.i not in span), text.doc[span[0]])
    inner = token.head.head.pos_ == "NOUN"  # "an increase in April"
    if inner and token.head.lower_ == "from" and not text.is_time(token.head.head) and token.head.head.i not in anchors:
        return None  # "spent five hours over maps from 1924"
    of = token.head.head if inner and token.head.lower_ == "of" else token
    if of.dep_ in {"dobj", "nsubj", "nsubjpass"} and time.date is not None and len(time.date) == _YEAR:
        return anchors.get(of.i)  # "opened the agreement of 2012"
    while True:
        if inner and token.pos_ == "VERB" and token.dep_ == "pcomp" and token.i not in anchors:
            return None  # "gave priority to softening the increase in April"
        if token.lemma_ == "deadline":
            return None  # "talks ahead of an Aug. 1 deadline"
        if token.i in anchors and not (time.kind == "DURATION" and token.lemma_ in _AHEAD):
            before = [c for c in token.children if c.dep_ == "dobj" and c.i in anchors and c.idx < time.start]
            return anchors[before[0].i if before and token.lemma_ == "follow" else token.i]
        if time.kind == "DURATION" and token.pos_ == "VERB" and token.lemma_ in _AHEAD:
            return None  # "scheduled for an hour"
        if token.pos_ in {"VERB", "AUX"} and token.i not in span:
            told = told_of(token, anchors)
            told = _to_be_held(token, anchors) if told is None else told
            # "have met since May, and an offer that was sent in June was refused": of another clause
            finite = token.dep_ in {"advcl", "conj"} and any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children)
            aim = token.dep_ == "conj" and time.preposition == "by"  # "meets Doe, targets a pact by year-end"
            if told is not None or finite or aim or token.dep_ not in _CLIMBED:
                return told
        if token.head.i == token.i:
            return None
        token = token.head


def _to_be_held(verb: Token, anchors: dict[int, int]) -> int | None:
    """As in "on the occasion of the ministerial meeting, to be held in Rome on November 11": the event named before."""
    held = verb.lemma_ in {"hold", "convene", "host", "stage"} and verb.tag_ == "VBN"
    held = held or (verb.lemma_ in _AHEAD | {"fix", "book", "slate"} and verb.tag_ in {"VBN", "VBD"})
    own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
    before = [anchors[i] for i in anchors if i < verb.i]
    return max(before) if held and before and not own and verb.dep_ in _ASIDE else None


def told_of(verb: Token, anchors: dict[int, int]) -> int | None:
    """The event that a verb with a time tells of.

    Its subject ("the talks, which lasted two hours"; "it lasted"), what it took so long to do, or what was said on that
    day to have just happened ("said on Friday after meeting Doe").
    """
    if verb.lemma_ in _AHEAD - {"schedule", "plan", "set"}:
        return None
    objects = any(c.dep_ in {"dobj", "nsubjpass"} for c in verb.children)
    if verb.dep_ == "relcl" and verb.lemma_ in _HAD and not objects and verb.head.i in anchors:
        return anchors[verb.head.i]  # "a dinner they had on Monday"
    followed = [c for c in verb.children if c.dep_ == "dobj" and c.i in anchors and verb.lemma_ == "follow"]
    for child in (*followed, *verb.children):  # "The meeting followed talks in May"
        found = anchors[child.i] if child in followed else _told_by(verb, child, anchors)
        if found is not None:
            return found
    if verb.tag_ in {"VBN", "VBD"} and not any(c.dep_ in {"nsubj", "nsubjpass", "expl"} for c in verb.children):
        clauses = (c for child in verb.children if child.dep_ == "advcl" for c in child.children)
        told = next((anchors[c.i] for c in clauses if c.dep_ == "attr" and c.i in anchors), None)
        if told is not None:  # "Squeezed in on Friday was a meeting"
            return told
    return _planned(verb, anchors)


def _planned(verb: Token, anchors: dict[int, int]) -> int | None:
    """As in "[On Friday] they are to meet", "are due to meet", "It was [on Friday] that they met"."""
    for child in verb.children:
        if child.dep_ == "acomp":
            return _planned(child, anchors)
        to = any(c.lower_ == "to" and c.dep_ == "aux" for c in child.children)
        if child.dep_ == "xcomp" and to and verb.lemma_ in _PLANS and child.i in anchors:
            return anchors[child.i]
        that = verb.lemma_ == "be" and any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children)
        if child.dep_ in {"ccomp", "advcl"} and that and any(c.lower_ == "it" for c in verb.children):
            return next((anchors[t.i] for t in (child, *child.children) if t.i in anchors), None)
    return None


def _told_by(verb: Token, child: Token, anchors: dict[int, int]) -> int | None:
    """The event that one of the words below a verb names."""
    if child.dep_ in {"nsubj", "nsubjpass"}:
        return _told_by_subject(verb, child, anchors)
    if child.dep_ == "attr" and verb.lemma_ == "be" and child.i in anchors:
        return anchors[child.i]
    if child.dep_ == "dobj" and child.lower_ in {"that", "which"} and verb.dep_ == "relcl" and verb.lemma_ in _HAD:
        above = (verb.head, *verb.head.ancestors)  # "a meeting of an hour that Doe had with Roe on Friday"
        return next((anchors[t.i] for t in above if t.i in anchors), None)
    marked = any(c.dep_ == "mark" for c in child.children)  # "took effect on Friday, after they spoke"
    if verb.lemma_ == "take" and child.dep_ in {"xcomp", "advcl", "ccomp"} and child.i in anchors and not marked:
        return anchors[child.i]
    links = [c for c in child.children if c.lower_ in {"after", "when"}]
    if child.dep_ == "advcl" and child.i in anchors and links and not counted_from(links[0]):
        return anchors[child.i]
    # "agreed to it after talks, Doe said on May 2"
    aside = verb.dep_ != "ROOT" and child.i < verb.i and verb.lemma_ in REPORTING
    if child.dep_ == "prep" and child.lower_ in {"after", "following"} and not counted_from(child) and not aside:
        return next((anchors[inner.i] for inner in child.children if inner.i in anchors), None)
    return None


def _told_by_subject(verb: Token, subject: Token, anchors: dict[int, int]) -> int | None:
    """The event that is the subject of a verb, or that "which" or "it" stands for there."""
    noun = verb.head if subject.lower_ in {"which", "that"} and verb.dep_ == "relcl" else subject
    if noun.i in anchors:
        return anchors[noun.i]
    before = [anchors[i] for i in anchors if i < subject.i]
    if before and noun is not subject and verb.lemma_ in _ARRANGED and noun.pos_ == "PROPN":
        return max(before)  # "a session with Doe, which had been set for Friday"
    # the parse hangs "which" on a name between: "the round between Doe and Roe, which was held"
    lemmas = {verb.lemma_, *(c.lemma_ for c in verb.children if c.dep_ == "xcomp" and verb.lemma_ == "be")}
    which = subject.lower_ == "which" and bool(lemmas & (_LASTING | {"hold", "take", "conclude"}))
    which = which or (subject.lower_ == "that" and verb.lemma_ == "last")  # "a meeting in the capital that lasted"
    if before and (which or (subject.lower_ == "it" and verb.lemma_ in _LASTING | {"run"})):
        return max(before)
    return None

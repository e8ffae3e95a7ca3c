"""What became of a plan by the words behind it, and plans that are told as possible with their day."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kg.lexicon import members
from kg.model import FactKind
from kg.stages.relate.events.destinations import destination
from kg.stages.relate.events.trigger import event_nouns, kind_of_noun
from kg.stages.relate.modality import Stage
from kg.stages.relate.verb_forms import REPORTING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Time
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
    from kg.tokens import Token
_OPEN = frozenset({Stage.PLANNED, Stage.SOUGHT, Stage.HYPOTHETICAL})
_IT = frozenset({"it", "that", "this", "nothing", "both", "neither"})
_OFF = members("event_company", "call off") | {"cancel", "withdraw", "scrap", "collapse"}
_PARTICLES = {"call": "off", "put": "off", "pull": "out", "back": "out", "fall": "through", "come": "nothing"}
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CAME_ABOUT = frozenset({"happen", "occur", "plan", "schedule", "foresee"})
_TAKES_PLACE = frozenset({"take", "hold", "open", "begin", "start", "convene", "happen", "occur", "conclude"})
_NOT = frozenset({"not", "n't", "never", "no", "to"})
_MAYBE = frozenset({"may", "might", "could"})
_DENIES = members("event_company", "denies")
_RUMOURS = members("event_company", "rumour") | {"medium", "media", "newspaper", "tabloid", "press", "outlet"}
_HEARD = frozenset({"reported", "hear", "rumoured", "rumored"})
_TOLD_OF = frozenset({FactKind.MEETING, FactKind.CALL})
_OFFICES = frozenset({"ministry", "office", "government", "department", "secretariat", "embassy", "presidency",
                      "administration", "commission"})  # fmt: skip
_PAIR = 2
_DAY = 10  # characters of a day
_AHEAD_OF = frozenset({"ahead", "eve"})
_CLAUSES = frozenset({"ccomp", "acl", "relcl", "pcomp"})


def fate(text: Text, trigger: Trigger, times: list[Time]) -> Stage:
    """The stage of an event with what is told of it further on.

    "had been ready to meet Roe, but Lima cancelled"; "were due to convene on Monday. Nothing will come of that";
    "might speak on Friday" is sought.
    "was supposed to meet Roe on Monday, but fell ill" is cancelled; what is said not to be cancelled is planned.
    """
    if trigger.stage is Stage.CANCELLED and _off_denied(trigger.token):
        return Stage.PLANNED
    if trigger.stage in {Stage.HELD, Stage.PLANNED, Stage.SOUGHT} and _denied_next(text, trigger):
        return Stage.DENIED
    if trigger.stage is Stage.NEGATED and (_contrary(trigger) or _refuted(text, trigger, times)):
        return Stage.DENIED
    if trigger.stage is Stage.HELD:
        return _before_it(text, trigger, times)
    if trigger.stage not in _OPEN:
        return trigger.stage
    sent = trigger.token.sent
    behind = sent.doc[trigger.token.i + 1 : sent.end]
    but = next((t.i for t in behind if t.lower_ in {"but", "until"}), None)
    if but is not None and any(_is_off(t) and not _has_object(t) for t in sent.doc[but : sent.end]):
        return Stage.CANCELLED
    if but is not None and trigger.stage is Stage.PLANNED and _was_due(text, trigger, times):
        return Stage.CANCELLED
    if trigger.stage is not Stage.HYPOTHETICAL and _off_next(text, trigger):
        return Stage.CANCELLED
    verb = trigger.token if trigger.token.pos_ in {"VERB", "AUX"} else trigger.carrier
    named = any(text.is_person(a) for a in trigger.actors)
    maybe = verb is not None and named and _maybe(verb) and trigger.stage is Stage.HYPOTHETICAL
    published = text.document.published
    ahead = published is not None and any(t.first is not None and t.first > published for t in times)
    return Stage.SOUGHT if maybe and ahead else trigger.stage


def without_trips(text: Text, found: list[Trigger], times: dict[int, list[Time]]) -> list[Trigger]:
    """The events of a sentence without the journeys to those called off, whose day and place become theirs.

    As in "the round, for which Doe was to fly to Lima in May, was called off".
    """
    kept: list[Trigger] = []
    for trip in found:
        verb = trip.token.head if trip.token.dep_ == "xcomp" else trip.token
        event = next((t for t in found if t.token == verb.head and verb.dep_ == "relcl"), None)
        planned = trip.kind is FactKind.VISIT and trip.stage is Stage.PLANNED
        if event is None or not planned or event.kind is FactKind.VISIT or event.stage is not Stage.CANCELLED:
            kept.append(trip)
            continue
        event.place = event.place or destination(text, trip.token, trip.reading)
        times.setdefault(event.token.i, []).extend(times.get(trip.token.i, []))
    return kept


def after_all(trigger: Trigger) -> None:
    """As in "was put off and finally took place in Rome": the last verb of its subject tells when and where."""
    told = trigger.token.dep_ in _SUBJECTS and trigger.carrier is not None
    if not told or trigger.stage is Stage.HELD or trigger.kind is FactKind.VISIT:
        return
    for other in _joined(trigger.token.head):
        around = {c.lower_ for c in other.children}
        bare = not any(c.dep_ in {"aux", "auxpass"} for c in other.children)  # "was delayed and opened"
        past = other.tag_ == "VBD" or (other.tag_ == "VBN" and (bare or bool(around & {"was", "were"})))
        goes = other.lemma_ in _TAKES_PLACE or (other.lemma_ == "go" and "ahead" in around)
        if past and goes and not around & _NOT:
            trigger.carrier, trigger.stage = other, Stage.HELD


def _joined(verb: Token) -> Iterator[Token]:
    """The verbs that share the subject of one before them: "was put off [and took place]"."""
    for child in verb.children:
        if child.dep_ == "conj" and not any(c.dep_ in _SUBJECTS for c in child.children):
            yield child
            yield from _joined(child)


def _off_denied(token: Token) -> bool:
    """As in "denied reports that the trip had been cancelled", "it is not true that the talks are off"."""
    clause = False
    for below, above in pairwise((token, *token.ancestors)):
        clause = clause or (below.dep_ in _CLAUSES and below.pos_ in {"VERB", "AUX"})
        negated = any(c.dep_ == "neg" for c in above.children)
        untrue = negated and any(c.lower_ in {"true", "correct"} for c in above.children)
        if clause and (untrue or (above.lemma_ in _DENIES and not negated)):
            return True
    return False


def _was_due(text: Text, trigger: Trigger, times: list[Time]) -> bool:
    """As in "was supposed to meet Roe on Monday, but fell ill": a plan of the past whose day has gone by."""
    published = text.document.published
    days = [t.last for t in times if t.last is not None]
    verb = trigger.token if trigger.token.pos_ in {"VERB", "AUX"} else trigger.carrier
    if published is None or verb is None or not days or max(days) > published:
        return False
    above = [verb, *verb.ancestors] if verb == trigger.token or _subject(trigger.token) else []
    return any(c.lower_ in {"was", "were", "had"} for t in above for c in (t, *t.children))


def _maybe(verb: Token) -> bool:
    """As in "may fly", "might speak"; no condition: "if talks fail, may fly"."""
    helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "neg"}}
    marked = any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in verb.children)
    return bool(helpers & _MAYBE) and not marked and not helpers & {"have", "not", "n't"}


def _off_next(text: Text, trigger: Trigger) -> bool:
    """Whether the next sentence says of "that" or "it" that it was called off."""
    sent = trigger.token.sent
    following = text.doc[sent.end].sent if sent.end < len(text.doc) else None
    if following is None or not any((t.lower_ in _IT or _same(t, trigger)) and _subject(t) for t in following[:3]):
        return False
    return any(_is_off(t) for t in following)


def _denied_next(text: Text, trigger: Trigger) -> bool:
    """Whether what nobody who is named tells is denied in the next sentence.

    As in "Reports said Doe had rung Roe. No such call took place, her office said", "Both denied it".
    """
    sent = trigger.token.sent
    following = text.doc[sent.end].sent if sent.end < len(text.doc) else None
    rumoured = any(t.lower_.removesuffix("s") in _RUMOURS or t.lower_ in _HEARD for t in sent)
    if following is None or not rumoured:
        return False
    for token in following:
        such = token.lower_ == "such" and token.nbor(-1).lower_ == "no" and token.head.lemma_.lower() in event_nouns()
        it = any(c.dep_ == "dobj" and (c.lower_ in _IT or c.lemma_.lower() in _RUMOURS) for c in token.children)
        denied = token.lemma_ in _DENIES and token.pos_ == "VERB" and it and not _never(token)
        spoke = token.pos_ == "VERB" and token.lemma_ == trigger.token.lemma_ and _never(token)
        if such or denied or spoke or _untrue(token):
            return True
    return False


def _contrary(trigger: Trigger) -> bool:
    """As in "Contrary to what a paper reported, Doe and Roe did not meet": what had been told is denied."""
    told = [t.lower_ for t in trigger.token.sent]
    heard = any(word.removesuffix("s") in _HEARD | _RUMOURS for word in told)
    return heard and ("contrary", "to") in pairwise(told)


def _refuted(text: Text, trigger: Trigger, times: list[Time]) -> bool:
    """As in "There was no call between Doe and Roe on Sunday, the ministry said": of a day, by an office or its holder.

    Not what a reporter, a paper or somebody without a post tells; nor "There was no call, said Doe, until Monday".
    """
    noun, published = trigger.token, text.document.published
    none = any(c.lower_ == "no" and c.dep_ == "det" for c in noun.children)
    verb = noun.head if none else noun
    past = verb.tag_ == "VBD" or any(c.lower_ in {"did", "was", "were", "had", "has"} for c in verb.children)
    if trigger.kind not in _TOLD_OF or not past or len({text.state(a.ref) or a.ref for a in trigger.actors}) < _PAIR:
        return False
    if not any(t.date and len(t.date) == _DAY and (published is None or t.date <= published) for t in times):
        return False
    above = next((t for t in verb.ancestors if t.pos_ == "VERB"), None) if verb.dep_ in {"ccomp", "parataxis"} else None
    return above is not None and above.lemma_ in REPORTING and any(_official(text, t) for t in text.subjects(above))


def _official(text: Text, teller: Token) -> bool:
    """Whether an office, a spokesman or a person of a state tells of something."""
    posted = teller.lemma_.lower() in _OFFICES or "spokes" in teller.lower_
    return posted or any(text.state(a.ref) is not None for a in text.actors(teller))


def _untrue(word: Token) -> bool:
    """As in "That is not true", "It was never planned", "Didn't happen", "There are no such plans"."""
    if word.lower_ in {"plan", "plans", "intention"}:
        return {"no", "such"} <= {c.lower_ for c in word.children}
    subjects = {c.lower_ for c in word.children if c.dep_ in _SUBJECTS}
    said = word.lemma_ in _CAME_ABOUT or any(c.lower_ in {"true", "correct"} for c in word.children)
    return said and word.pos_ in {"VERB", "AUX"} and _never(word) and subjects <= _IT


def _never(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def _before_it(text: Text, trigger: Trigger, times: list[Time]) -> Stage:
    """As in "said ahead of her visit to Lima", "on the eve of talks with Roe": planned, if no day of it has gone by."""
    prep = trigger.token.head
    told = {prep.lower_, prep.head.lower_} if trigger.token.dep_ == "pobj" else set()
    published = text.document.published
    gone = published is not None and any(t.first is not None and t.first <= published for t in times)
    past = any(c.lower_ == "had" for t in trigger.token.ancestors for c in t.children if c.dep_ == "aux")
    known = any(c.lower_ in {"the", "this"} for c in trigger.token.children)  # "said ahead of the signing"
    return Stage.HELD if gone or past or known or not told & _AHEAD_OF else Stage.PLANNED


def _same(noun: Token, trigger: Trigger) -> bool:
    """Whether a noun goes back to the event: "His trip has been put off"; not "the talks with Brazil", "the visit"."""
    back = any(c.lower_ in {"his", "her", "their", "the", "that"} for c in noun.children)
    kind = kind_of_noun(noun) if back else None
    if kind is None or (kind is FactKind.VISIT) != (trigger.kind is FactKind.VISIT):
        return False
    sent = {t.lower_ for t in trigger.token.sent}
    whose = (t for c in noun.children if c.dep_ == "prep" for t in c.subtree if t.pos_ == "PROPN")
    return all(t.lower_ in sent for t in whose)


def _subject(token: Token) -> bool:
    return token.dep_ in _SUBJECTS


def _is_off(verb: Token) -> bool:
    """Whether a verb calls something off: "cancelled", "was called off", "pulled out", "came to nothing"."""
    lemma, around = verb.lemma_.lower(), {t.lower_ for t in _around(verb)}
    if verb.pos_ != "VERB" or any(c.dep_ == "neg" for c in verb.children):
        return False
    if lemma in _PARTICLES:
        return _PARTICLES[lemma] in around or (lemma == "come" and any(c.lower_ == "nothing" for c in verb.children))
    return lemma in _OFF


def _around(verb: Token) -> Iterable[Token]:
    return (t for c in verb.children if c.dep_ in {"prt", "prep", "advmod"} for t in (c, *c.children))


def _has_object(verb: Token) -> bool:
    """Whether what is called off is another thing that the clause names: "but Roe cancelled the tariff"."""
    named = (c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"})
    return any(c.lower_ not in {"it", "that", "this", "them"} for c in named)

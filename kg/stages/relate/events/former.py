"""Days and places in the sentence of an event that are not its own: of a plan given up, of what was done after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.events.shifted import counted_from
from kg.stages.relate.events.trigger import event_nouns
from kg.stages.relate.modality import Stage

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
    from kg.tokens import Token
_AFTER = frozenset({"after", "following"})
_ELSEWHERE = frozenset({"to", "until", "till", "by", "from", "before"})  # of what is put off, not of what was done
_PLANNING = frozenset({"schedule", "plan", "set", "slate", "book", "fix", "pencil", "expect", "due"})
_EARLIER = frozenset({"first", "previous", "earlier", "last", "initial"})
_FIRST = frozenset({"initially", "originally", "first", "previously", "earlier"})


def keep_own_days(text: Text, trigger: Trigger, times: list[Time]) -> None:
    """Take out the days that belong to something else, where the event has a day of its own or can have none of them.

    "put the date back to July 9 after a call on May 25": that of the call; "On May 3, two days before they met": that
    of something else; "initially planned for Feb. 1, was held on Feb. 4": the day on which it was held.
    """
    link = link_of(trigger.token)
    counted = link is not None and counted_from(link)
    dated = [t for t in times if t.date is not None]
    behind = counted or (link is not None and any(t.start > link.idx for t in dated))
    plans = [t for t in dated if trigger.stage is Stage.HELD and _planned(text, t)]
    verb = trigger.token.head if trigger.token.dep_ == "nsubjpass" else None
    later = verb if verb is not None and verb.lemma_ == "follow" else None  # "was followed a day later by a speech"
    for time in dated:
        if later is not None and time.start > later.idx:
            times.remove(time)
            continue
        before = link is not None and time.start < link.idx and (behind or time.preposition in _ELSEWHERE)
        if before or (time in plans and (len(plans) < len(dated) or _given_up(text, time))):
            times.remove(time)


def link_of(token: Token) -> Token | None:
    """The "after" that an event stands behind: "said it after a call", "after they spoke"."""
    for above in (token, *token.ancestors):
        marks = [c for c in above.children if c.dep_ == "mark" and c.i < token.i]
        for link in ([above] if above.dep_ == "prep" else marks):
            if link.lower_ in _AFTER or (link.lower_ == "before" and counted_from(link)):
                return link
    return None


def _plan(text: Text, time: Time) -> Token | None:
    """The word by which a time is one that was planned: "scheduled for Friday", "due on Friday"."""
    above = (t for t in text.token(time.start).ancestors if t.pos_ in {"VERB", "AUX", "ADJ"})
    word = next(above, None)
    if word is None or any(c.dep_ in {"nsubj", "dobj"} for c in word.children):
        return None  # "had fixed it after a call on May 3"
    never = {"to", "have"} <= {c.lower_ for c in word.children}  # "was to have been held on Friday"
    return word if never or word.lemma_.lower() in _PLANNING else None


def _planned(text: Text, time: Time) -> bool:
    return _plan(text, time) is not None


def _given_up(text: Text, time: Time) -> bool:
    """As in "initially planned for", "had been scheduled for"."""
    word = _plan(text, time)
    return word is not None and any(c.lower_ in _FIRST | {"had", "have"} for c in word.children)


def of_one_before(token: Token) -> bool:
    """As in "met on Friday after rounds in Rome and Lima", "a month after a call in May": "those" of another event."""
    if token.lower_ not in _AFTER or token.dep_ != "prep":
        return False
    later = any(c.dep_ == "npadvmod" for c in token.children)
    told = [p for p in token.children if p.dep_ == "pobj" and p.lemma_.lower() in event_nouns()]
    return any(later or p.tag_ == "NNS" or any(c.lower_ in _EARLIER for c in p.children) for p in told)


def held_in(verb: Token) -> bool:
    """As in "after the fourth round, held in Rome in May", whose participle the parse hangs elsewhere."""
    return verb.tag_ == "VBN" and verb.lemma_ == "hold" and verb.nbor(-1).text == ","

"""Whether what is told of a tariff lies ahead: its day, its plan, or the end of what it is put off by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.words import RATE_NOUNS, classes, is_tariff, verb_class

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text
    from kg.tokens import Token

_UNITS = frozenset({"day", "week", "month", "year"})
_NIGHT = frozenset({"midnight", "tonight"})
_PRESENT = frozenset({"VBZ", "VBP"})
_OTHERS_WORK = frozenset({"raise", "lower", "remove", "pause", "threaten"})
_AHEAD_NOUNS = frozenset({
    "threat", "plan", "prospect", "warning", "possibility", "intention", "proposal", "fear", "risk"
})  # fmt: skip
_RESULTS = frozenset({"effect", "hold", "total", "sum", "it", "that", "this"})
_CALLED_FOR = frozenset({"republican", "democrat", "lobby", "union", "senator", "lawmaker", "legislator"})


def ahead(text: Text, when: Time | None) -> bool | None:
    """Whether a day lies after publication; None where that is not known."""
    published = text.document.published
    if when is None or published is None:
        return None
    return (when.first or when.date or "") > published or (when.date == published and _at_night(text, when))


def _at_night(text: Text, when: Time) -> bool:
    """As in "The duty takes effect at midnight": the night that follows."""
    span = text.tokens(when.start, when.end)
    verb = next((t for t in text.doc[span[0]].ancestors if t.pos_ in {"VERB", "AUX"}), None)
    if verb is None or when.preposition not in {"at", None}:
        return False
    coming = verb.tag_ in _PRESENT or any(c.tag_ == "MD" and c.dep_ == "aux" for c in verb.children)
    return coming and any(text.doc[i].lower_ in _NIGHT for i in span)


def bounded(verb: Token, *, spans: bool = True) -> bool:
    """As in "waived the duty until June", with `spans` also "lifted the tariff for 90 days": not for good."""
    for link in (c for c in verb.children if c.dep_ == "prep"):
        if link.lower_ in {"until", "till", "through"}:
            return True
        if spans and link.lower_ == "for" and any(c.lemma_.lower() in _UNITS for c in link.children):
            return True
    return any(c.dep_ == "mark" and c.lower_ == "until" for v in verb.children for c in v.children)


def works(noun: Token, verb: Token) -> bool:
    """As in "The levy threatens sales", "A tariff would raise prices": what a tariff does to something else."""
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    own = any(is_tariff(c) or c.lower_ in RATE_NOUNS | _RESULTS for c in objects)
    subject = noun.dep_ == "nsubj" and noun.head.i == verb.i
    return subject and bool(objects) and not own and bool(verb_class(verb) & _OTHERS_WORK)


def charged_already(frame: Frame) -> bool:
    """As in "vowed (not) to raise the 25 percent tariff": the rate told with an article is the one that holds."""
    noun, group = frame.host, frame.group
    if noun is None or group is None or frame.rule != "tariff-modifier" or frame.doing.kind != "raise":
        return False
    definite = any(c.dep_ == "poss" or c.lower_ in {"the", "its", "their", "this", "that"} for c in noun.children)
    onward = noun.doc[group.last + 1 : noun.sent.end].text.lower()
    return definite and group.previous is None and group.added is None and " to " not in onward


def called_for(verb: Token) -> bool:
    """As in "dairy farmers want a duty", "Peru wants the EU to charge": wanted by others than who would impose it."""
    asked = verb.dep_ in {"ccomp", "xcomp"} and any(c.dep_ == "nsubj" for c in verb.children)
    subjects = [c for c in verb.children if c.dep_ == "nsubj"] if verb.lemma_ in {"want", "seek", "demand"} else []
    seeking = any("party" in classes(s.lemma_.lower()) or s.lemma_.lower() in _CALLED_FOR for s in subjects)
    return seeking or (asked and verb.head.lemma_ in {"want", "like"})


def of_plan(noun: Token | None) -> bool:
    """As in "the threat of a tariff": the plan is what is spoken of."""
    behind = noun is not None and noun.dep_ == "pobj" and noun.head.dep_ == "prep"
    return behind and noun is not None and noun.head.head.lemma_.lower() in _AHEAD_NOUNS

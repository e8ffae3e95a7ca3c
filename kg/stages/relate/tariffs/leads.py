"""What the sentence above a list of rates tells of all of them: since when they hold, and how far they have come."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import BlockKind
from kg.stages.relate.tariffs.acts import act, governor
from kg.stages.relate.tariffs.entries import entries
from kg.stages.relate.tariffs.sides import DEEDS
from kg.stages.relate.tariffs.status import Status, status
from kg.stages.relate.tariffs.times import starting
from kg.stages.relate.tariffs.words import RATE_NOUNS, is_tariff, plain, spoken, verb_class

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_UNITS = frozenset({"%", "percent", "cent"})
_IN_FORCE = re.compile(r"(?:in force|effective|valid|applicable|charged) (?:from|since|as of|on)\b", re.IGNORECASE)
_HOLD = re.compile(
    r"\b(?:in (?:force|effect|place)|(?:came|come|went|entered|gone) into|took (?:effect|hold)|tak(?:es|en) effect"
    r"|valid|went live|collect\w*|appl(?:y|ies|ied)|charg(?:ed?|es|ing)|levied|switched on|start\w*|began|begun"
    r"|kicked in|replaced|hold|held|introduced|been paid)\b",
    re.IGNORECASE,
)
_OPEN = frozenset({"until", "till", "before", "by", "through"})
_ALL_OF = frozenset({"all", "most", "many", "both", "each"})
_DAY = 10  # characters of a day
_INTO_FORCE = re.compile(r"\binto (?:effect|force|operation)\b")
_BEGIN = frozenset({"from", "starting", "beginning", "effective"})


def announced(text: Text, sent: Span) -> Time | None:
    """The day on which "they" or "the rates" take effect, told before a list of rates."""
    if not text.times(sent):
        return None
    back = {*RATE_NOUNS, "they", "it", "order", "decree", "measure", "measures", "proclamation", "schedule"}
    told = [t for t in sent if t.lower_ in back or is_tariff(t)]
    told += [t.head.head for t in told if t.dep_ == "pobj" and t.head.head.lower_ in _ALL_OF]  # "All of the rates are"
    passive = {"nsubj", "nsubjpass"}
    relative = [t for t in sent if t.lower_ in {"that", "which"} and t.dep_ in passive and t.head.head in told]
    subjects = [*relative, *(t for t in told if t.dep_ in passive)]
    found = next((day for t in subjects if (day := starting(text, sent, t)) is not None), None)
    if found is not None:
        return found
    words = spoken(sent)
    heads = text.block(sent[0]) is BlockKind.SUBHEAD or words.rstrip().endswith(":") or bool(_IN_FORCE.match(words))
    paid = [t for t in sent if "pay" in verb_class(t)]
    if not (told or heads or paid):
        return None
    dated = [t for t in text.times(sent) if t.kind in {"DATE", "TIME"} and t.date and not _today(text, t)]
    put = next((t for t in told if t.dep_ == "dobj" and t.head.lemma_ in {"put", "bring"}), None)
    if put is not None and _INTO_FORCE.search(words):  # "On Thursday Norway put its new tariffs into effect"
        return next((t for t in dated if not _later(text, t)), None)
    charging = not _UNITS & {t.lower_ for t in sent} and (bool(paid) or any(_charged(t) for t in told))
    begin = next((t for t in dated if t.preposition in _BEGIN or _as_of(text, t) or _since(text, t)
                  or (charging and t.preposition == "since")), None)  # fmt: skip
    listed = told and spoken(sent).rstrip().endswith(":")  # "will charge the following tariffs on April 1:"
    ahead = (t for t in dated if listed and t.preposition in {"on", "in", "for", None} and _later(text, t))
    return begin or next(ahead, None)


def _today(text: Text, time: Time) -> bool:
    """As in "what exporters pay as of today": when the list was drawn up."""
    return text.document.text[time.start : time.end].lower() in {"today", "now"}


def _charged(noun: Token) -> bool:
    """Whether a tariff noun is what somebody charges: "Since 1 January Mexico has been charging higher duties"."""
    deed = act(noun, governor(noun), to_rate=False).kind in DEEDS
    return deed and is_tariff(noun) and noun.dep_ in {"dobj", "nsubjpass"}


def _as_of(text: Text, time: Time) -> bool:
    before = text.document.text[max(0, time.start - 14) : time.start].lower()
    return before.endswith(("as of ", "as from ", "effective ", "starting on ", "effective on ", "beginning on "))


def _since(text: Text, time: Time) -> bool:
    """As in "Other members (since 7 August):", but not "the rate since 7 August in brackets"."""
    return time.preposition == "since" and text.document.text[max(0, time.start - 8) : time.start].startswith(" (since")


def _later(text: Text, time: Time) -> bool:
    return (time.first or time.date or "") > (text.document.published or "9")


def day_of_lead(text: Text, at: int) -> Time | None:
    """The one day since which the paragraph right above a list says that rates hold: "All were switched on on 7 May".

    A sentence with a rate of its own tells of that rate: "the 10% that has held since April".
    """
    stop = len(text.document.text[:at].rstrip())
    start = text.document.text.rfind("\n\n", 0, stop) + 2
    if any(start <= entry.line < stop for entry in entries(text)):
        return None  # what is told of another entry
    days: dict[str, Time] = {}
    for sent in text.sentences:
        if not start <= sent.start_char < stop or _UNITS & {t.lower_ for t in sent} or not _HOLD.search(spoken(sent)):
            continue
        told = (t for t in text.times(sent) if t.kind in {"DATE", "TIME"} and t.preposition not in _OPEN)
        days |= {t.date: t for t in told if t.date and len(t.date) == _DAY and not _later(text, t)}
    return next(iter(days.values())) if len(days) == 1 else None


def led(text: Text, words: str, before: int) -> Status | None:
    """How far the tariffs have come that a lead announces: "Peru has suspended these tariffs:"; None for others."""
    start = plain(text.doc).rfind(words, 0, before) if words.endswith(":") else -1
    noun = next((t for t in text.within(start, start + len(words)) if is_tariff(t)), None) if start >= 0 else None
    if noun is None:
        return None
    sent = next(s for s in text.sentences if s.start <= noun.i < s.end)
    doing = act(noun, governor(noun), to_rate=False)
    found = status(sent, noun, doing, new_rate=False, future=None, concluded=False) if doing.kind else None
    return found if found is not None and found.name in {"Paused", "Threatened"} else None

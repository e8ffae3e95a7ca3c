"""What the words of a list say of its rates: their status, the end of a term, a rise from the rate before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.text import Text

_STATUS = (
    ("Paused", r"\b(?:suspended|paused|on hold|on ice|postponed|delayed|deferred|put off|frozen|shelved)\b"),
    ("Lifted", r"\b(?:lifted|scrapped|dropped|withdrawn|abolished|expired|ended|lapsed|repealed|revoked"
               r"|removed|annulled|(?:freed|exempt(?:ed)?|released|spared) from (?:the|this|that)|taken off"
               r"|struck down|no longer)\b"),
    ("Proposed", r"\b(?:propos\w+|under (?:study|review|consideration|discussion|examination)|offer\w*|consider\w*"
                 r"|recommend\w*|wants?|sought|seek\w*|mooted|asked for|draft)\b"),
    ("Threatened", r"\b(?:threat\w*|to (?:come|follow)|planned|announc\w+|upcoming|looming|pending|coming|not yet"
                   r"|raising|may|will (?:raise|rise|go up|be raised|impose|add|double)"
                   r"|to (?:rise|go up|be raised))\b"),
    ("Threatened", r"\b(?:never|not(?: yet)?) (?:been )?"
                   r"(?:imposed|put into|taken effect|implemented|introduced|collected)\b"
                   r"|\bnever (?:came|took)\b|\bno (?:order|decree) has been signed\b"),
    ("InForce", r"\b(?:(?:no|without) (?:relief|reduction|exemption)|left out"
                r"|not (?:covered by|included in|part of|affected by|touched by)|un(?:affected|touched) by)\b"),
    ("Agreed", r"\b(?:agreed|promised|deals|agreements"
               r"|under (?:an?|the|its|their) (?:\w+ )?(?:deal|agreement|pact|accord)"
               r"|to (?:fall|drop|go down|be (?:cut|lowered|reduced))"
               r"|will (?:fall|drop|cut|enter|be (?:admitted|cut|lowered|reduced)))\b"),
    ("InForce", r"\b(?:already|in (?:force|effect|place)|current\w*|now|collected|applie[sd]|since|stay\w*"
                r"|remain\w*)\b"),
)  # fmt: skip
_CLOSING = re.compile(
    r"\b(?:until|till|through|beyond|runs? out|expir\w+|ends?|ending|laps\w+)(?: on| in)? (?:the )?$", re.IGNORECASE
)
_BEFORE = 60  # characters before a rate in which "an increase to" stands
_RISE = re.compile(
    r"\b(?:increase|rise|hike|cut|reduction|return|go(?:ing)? (?:up|down|back)|rais\w+|lower\w+"
    r"|(?:to|will) (?:rise|fall|drop)|doubl\w+|lift\w*)\b[^,;.%]{0,30}\b(?:to|of) (?:the )?$"
    r"|(?:%|per ?cent)[^;%]{0,30}\b(?:would|will|is to|are to)(?: then| soon)? (?:pay|face|attract|carry|charge|owe"
    r"|collect|come to|total|reach|be (?:charged|hit with|subject to)) (?:an? |the )?"
    r"(?:total of |about |around |up to )?$",
    re.IGNORECASE,
)


def told(words: str) -> str | None:
    """The status that words of a line, an entry or a subheading name."""
    return next((name for name, pattern in _STATUS if re.search(pattern, words, re.IGNORECASE)), None)


def closes(text: Text, time: Time) -> bool:
    """As in "until October 29", "under a truce that runs out on August 12"."""
    before = text.document.text[max(0, time.start - 20) : time.start]
    return time.preposition in {"until", "till", "through"} or _CLOSING.search(before) is not None


def ahead(text: Text, when: Time) -> bool:
    """Whether a day lies behind the day of publication."""
    return (when.first or when.date or "") > (text.document.published or "9")


def rises(text: Text, start: int, at: int) -> bool:
    """Whether the words from `start` on say that a rate which begins at `at` is raised or lowered: "a rise to 30%"."""
    return _RISE.search(text.document.text[max(start, at - _BEFORE) : at]) is not None

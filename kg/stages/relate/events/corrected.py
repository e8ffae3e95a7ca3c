"""What a newspaper's correction says that it had told wrongly: "We wrote that they met on Monday. It was Tuesday"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import EntityKind
from kg.stages.relate.events.trigger import ORDINALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Claim, Time
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token
_WRITERS = frozenset({"we", "newspaper", "paper", "article", "report", "version", "story"})
_WROTE = frozenset({"write", "say", "report", "call", "state", "give", "name"})
_HEADS = frozenset({"correction", "corrections", "clarification", "corrected"})
_DAYS = frozenset({"date", "endDate", "earliest", "latest", "partOfDay", "time"})


def as_corrected(text: Text, sent: Span, claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims of a sentence without what the one behind it puts right, of which that one then tells."""
    wrong = _wrong(text, sent)
    for claim in claims:
        if not wrong:
            yield claim
        elif claim.evidence.rule != "event-ordinal":  # "called it the fourth"
            kept = tuple(a for a in claim.assertions if a.property not in wrong)
            yield replace(claim, assertions=kept, implied=tuple(a for a in claim.implied if a.property not in wrong))


def without_writing(sent: Span, times: dict[int, list[Time]]) -> dict[int, list[Time]]:
    """The times of each event of a sentence without the day of the report that it puts right: "On May 2 we wrote"."""
    verb = _written(sent)
    return times if verb is None else {i: [t for t in own if t.start > verb.idx] for i, own in times.items()}


def _wrong(text: Text, sent: Span) -> frozenset[str]:
    """The properties that the sentence behind tells anew, where this one says what was written before."""
    if _written(sent) is None or sent.end >= len(text.doc):
        return frozenset()
    behind = text.doc[sent.end].sent
    if not text.same_block(sent[0], behind[0]):
        return frozenset()
    told = text.times(behind)
    spots = (r for t in behind if (r := text.entity(t)) is not None)
    found = set(_DAYS) if any(t.date for t in told) else set()
    found |= {"minutes", "approximate"} if any(t.minutes is not None for t in told) else set()
    found |= {"round"} if any(t.lower_ in ORDINALS and not text.is_time(t) for t in behind) else set()
    there = not found and any(text.kind(r) is EntityKind.PLACE for r in spots)
    return frozenset({"place"} if there else found)


def _written(sent: Span) -> Token | None:
    """The verb of a correction that says what was written before."""
    opens = any(t.lower_ in _HEADS for t in sent.doc[max(sent.start - 2, 0) : sent.start + 1])
    return next((t for t in sent if _wrote(t)), None) if opens else None


def _wrote(verb: Token) -> bool:
    """As in "we wrote that", "this newspaper called it", "said in an earlier version"."""
    return verb.lemma_ in _WROTE and any(
        t.lower_ in _WRITERS for c in verb.children if c.dep_ in {"nsubj", "prep"} for t in (c, *c.children)
    )

"""The same rate paid by others, told in apposition: "15 percent, the rate that applies to the European Union"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.tariffs.words import RATE_NOUNS, is_tariff, verb_class

if TYPE_CHECKING:
    from kg.stages.relate.goods.phrases import Listing
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.tariffs.goods import Reader
    from kg.tokens import Token

_MARKS = frozenset({",", "-", "--", "–", "—", "("})
_COVERING = frozenset({"cover", "hit", "bind", "affect"})


def elsewhere(reader: Reader, frame: Frame) -> list[Frame]:
    """The tariff of others at the rate of a frame; a day told of it is not that of the frame."""
    doc, i = frame.at.doc, frame.group.last + 1 if frame.group is not None else frame.sent.end
    while i < frame.sent.end and doc[i].text in _MARKS:
        i += 1
    apart = doc[i - 1].text in _MARKS and i + 2 < frame.sent.end and doc[i].lower_ in {"the", "a"}
    noun = next((t for t in doc[i + 1 : i + 3] if t.lower_ in RATE_NOUNS or is_tariff(t)), None) if apart else None
    verb = next((c for c in noun.children if c.dep_ == "relcl"), None) if noun is not None else None
    borne = _borne(reader, noun, verb) if noun is not None and verb is not None else None
    if borne is None or noun is None or verb is None or not (borne.goods or borne.states):
        return []
    if frame.when is not None and frame.when.start > noun.idx:
        frame.when = None
    behind = (t for t in reader.text.times(frame.sent) if t.start > verb.idx and t.date)
    days = (t for t in behind if t.preposition in {"since", "from"})
    status = "InForce" if stage(verb) is Stage.HELD else frame.status
    return [
        replace(
            frame, at=noun, rule="tariff-elsewhere", goods=borne.goods, targets=borne.states, when=next(days, None),
            status=status, firm=True, host=noun, leader=frame, refers=False, described=False, bargained=False,
            maker=False,
        )
    ]  # fmt: skip


def _borne(reader: Reader, noun: Token, verb: Token) -> Listing | None:
    """Whose goods pay by the clause: "that applies to Peru", "that covers most goods", "which Peru pays"."""
    if verb.lemma_ == "apply":
        link = next((c for c in verb.children if c.lower_ == "to"), None)
        return reader.listing(link.i + 1, reader.sent.end) if link is not None else None
    if verb.lemma_ in _COVERING:
        return reader.listing(verb.i + 1, reader.sent.end)
    start = noun.i + 1 + (noun.nbor(1).lower_ in {"that", "which"})
    return reader.listing(start, verb.i) if verb_class(verb) & {"pay", "get"} else None

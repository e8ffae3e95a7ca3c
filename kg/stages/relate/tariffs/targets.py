"""On whom tariffs fall where a sentence leaves it open: the one target of their imposer, or the other side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.stages.relate.goods.products import state_at
from kg.stages.relate.tariffs.persons import speaker_of
from kg.stages.relate.tariffs.running import lined
from kg.stages.relate.tariffs.states import LIKELIEST, trading

if TYPE_CHECKING:
    from kg.model import Ref
    from kg.stages.relate.goods.products import Named
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text

WORLD = re.compile(
    r"\b(?:all countries|every country|wherever|whatever (?:the|their) origin|global\w*|worldwide|those (?:that|who)"
    r"|(?:countries|country|nations?|government|any\w*|whoever) (?:that|which|who|\w+ing))\b",
    re.IGNORECASE,
)
_FROM_ANYWHERE = re.compile(r"\b(?:imported|foreign)\b", re.IGNORECASE)
_NEAR = 250  # characters behind a tariff in which its target may be named first
_SEAT = re.compile(r"[A-Z][A-Z .]{2,24}: ")


def fill_targets(text: Text, found: list[Frame]) -> None:
    """Tariffs without a target fall on the one target of their imposer, where the text tells of one only.

    An imposer of which no target is told is one of two sides of a text that charges the other, and what a paragraph
    under the name of a city tells is told of its state.
    """
    known: dict[Ref, list[Named]] = {}
    rated: dict[Ref, set[Ref]] = {}
    for frame in found:
        for state, _, _ in frame.imposers[:1]:
            known.setdefault(state, []).extend(frame.taxed)
            rated.setdefault(state, set()).update(t[0] for t in frame.taxed if frame.group is not None)
    for frame in found:
        if frame.taxed or not frame.imposers or frame.labelled:
            continue
        imposer = frame.imposers[0][0]
        others = known[imposer] if frame.rule != "tariff-row" else _known_beyond(frame, found)
        seat = _seat(text, frame) or (speaker_of(text, frame.at) if frame.rates else None)
        if seat is not None and seat[0] != imposer:
            frame.targets = [seat]
            continue
        if not others:  # "the U.S. tariff on Chinese goods fell to 30 percent; China's came down to 10"
            beside = [f.imposers[0] for f in found if f.sent.start == frame.sent.start and f.imposers]
            frame.targets = [b for b in beside if b[0] != imposer][:1] or _facing(text, imposer, frame)
        enough = 1 if (frame.group is not None and not frame.goods) or len(rated[imposer]) == 1 else 2
        several = len({t[0] for t in others}) > 1 and not any(g.key for g in frame.goods)
        if several and frame.group is not None:
            frame.targets = _facing(text, imposer, frame)
        if frame.rule == "tariff-row" and {t[0] for t in others} == {t[0] for t in _facing(text, imposer, frame)}:
            enough = 1  # the one line that names it is as good as two
        if len(others) >= enough and len({t[0] for t in others}) == 1 and _told_by_then(text, frame, others[0][0]):
            facing = _facing(text, imposer, frame) if others[0][0] not in text.two_sides else []
            frame.targets = facing or others[-1:]  # a third state is told of in passing


def only_pair(text: Text, found: list[Frame]) -> list[Named]:
    """Where no tariff of a text on two states has sides: those that the likeliest of the two charges the other."""
    others = [s for s in text.two_sides if s != LIKELIEST and trading(s)]
    if len(others) != 1 or any(f.taxed for f in found):
        return []
    first = {m.entity: (m.entity, m.start, m.end) for m in reversed(text.mentions.mentions)}
    for frame in found:
        frame.targets = [first[s] for s in others if s in first]
        frame.stranger = False
    return [first[LIKELIEST]] if LIKELIEST in first else []


def _told_by_then(text: Text, frame: Frame, state: Ref) -> bool:
    """Whether a text has named a state by the time that it tells a tariff, and does not tell it of all the world."""
    first = next((m.start for m in text.mentions.mentions if text.state(m.entity) == state), 0)
    return first < frame.sent.end_char + _NEAR and not WORLD.search(frame.sent.text)


def _known_beyond(frame: Frame, found: list[Frame]) -> list[Named]:
    """The targets of the imposer of a line of a list, but those of other lines of it: "Steel 50% (UK: 25%)"."""
    imposer = frame.imposers[0][0]
    alike = (f for f in found if f.imposers and f.imposers[0][0] == imposer)
    return [t for f in alike if f.rule != "tariff-row" or f.intro is not frame.intro for t in f.taxed]


def _facing(text: Text, imposer: Ref, frame: Frame) -> list[Named]:
    """The other one of the two sides of a text; none for tariffs that fall on all the world, as on "foreign cars"."""
    sides = text.two_sides
    goods = " ".join(text.document.text[g.start : g.end] for g in frame.goods)
    told = bool(frame.rates)  # "its duties on steel" fall on all who sell it
    if not told or imposer not in sides or WORLD.search(frame.sent.text) or _FROM_ANYWHERE.search(goods):
        return []
    others = [s for s in sides if s != imposer and trading(s)]
    first = {m.entity: (m.entity, m.start, m.end) for m in reversed(text.mentions.mentions)}
    return [first[s] for s in others if s in first] if len(others) == 1 else []


def _seat(text: Text, frame: Frame) -> Named | None:
    """The state of the city that heads a paragraph: "MEXICO CITY: ... tomatoes have paid 17 percent"."""
    start = lined(text.document.text).rfind("\n", 0, frame.at.idx) + 1
    match = _SEAT.match(text.document.text, start)
    return state_at(text, text.token(start).i) if match else None

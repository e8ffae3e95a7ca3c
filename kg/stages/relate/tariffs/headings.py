"""Whose tariffs the line above a list tells: "What Canadian exporters pay in the United States:"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.goods.products import state_at, unique
from kg.stages.relate.tariffs.acts import act, governor
from kg.stages.relate.tariffs.sides import agents, modifiers
from kg.stages.relate.tariffs.states import first_state
from kg.stages.relate.tariffs.words import is_tariff, plain

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.goods.products import Named
    from kg.stages.relate.text import Text

_SINCE = frozenset({"since", "from", "effective"})
_AT = frozenset({"in", "at", "by", "entering", "into"})


def since(text: Text, words: str, before: int) -> Time | None:
    """The day that the words above a list tell for all its lines: "What partners pay (since 7 August):"."""
    start = plain(text.doc).rfind(words, 0, before) if words else -1
    inside = [t for t in text.mentions.times if start <= t.start < start + len(words) and t.kind == "DATE" and t.date]
    return next((t for t in inside if t.preposition in _SINCE), None) if start >= 0 else None


def heading(text: Text, words: str, before: int) -> tuple[list[Named], list[Named]]:
    """Imposer and targets by the words that stand last before a list; none where they name no imposer."""
    start = plain(text.doc).rfind(words, 0, before) if words else -1
    if start < 0:
        return [], []
    inside = [text.doc[i] for i in text.tokens(start, start + len(words))]
    imposers: list[Named] = []
    for noun in inside:
        if is_tariff(noun) and not imposers:
            imposers = modifiers(text, noun)[0] or agents(text, noun, act(noun, governor(noun), to_rate=False))
    at = (t.i for t in inside if t.lower_ in _AT)
    imposers = imposers or next((found for i in at if (found := first_state(text, i + 1, 4))), [])
    named = unique([n for t in inside if (n := state_at(text, t.i)) is not None])
    others = [n for n in named if n[0] not in {i[0] for i in imposers}]
    return imposers[:1], others if imposers and len(others) == 1 else []

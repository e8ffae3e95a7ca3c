"""Whose tariffs the line above a list tells: "What Canadian exporters pay in the United States:"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import BlockKind
from kg.stages.relate.goods.products import state_at, unique
from kg.stages.relate.tariffs.acts import ANSWERING, act, governor
from kg.stages.relate.tariffs.sides import DEEDS, agents, modifiers
from kg.stages.relate.tariffs.states import first_state, state_of
from kg.stages.relate.tariffs.words import FINITE, RATE_NOUNS, classes, is_tariff, plain, verb_class

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.goods.products import Named
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_SINCE = frozenset({"since", "from", "effective"})
_AGAINST = frozenset({"against", "answer", "response", "reply", "retaliation", "reaction"})
_TITLES = frozenset({BlockKind.HEADLINE, BlockKind.SUBHEAD})
_SHORT = 9  # words of a heading at most
_AT = frozenset({"in", "at", "by", "entering", "into"})
_RATED = re.compile(r"\d\s?(?:%|per ?cent\b)")


def since(text: Text, words: str, before: int) -> Time | None:
    """The day that the words above a list tell for all its lines: "What partners pay (since 7 August):"."""
    if words.endswith(".") and _RATED.search(words):
        return None  # "The steel content has been taxed at 50% since August": the day of that rate
    start = plain(text.doc).rfind(words, 0, before) if words else -1
    inside = [t for t in text.mentions.times if start <= t.start < start + len(words) and t.kind == "DATE" and t.date]
    return next((t for t in inside if t.preposition in _SINCE), None) if start >= 0 else None


def titles(text: Text, before: int) -> list[Span]:
    """The titles above a list that begins at a character, and the sentence that leads to it."""
    blocks = [b for b in text.document.blocks if b.kind in _TITLES and b.end <= before]
    found = [text.doc[tokens[0] : tokens[-1] + 1] for b in blocks if (tokens := text.tokens(b.start, b.end))]
    leads = [s for s in text.sentences if s.start_char < before and text.block(s[0]) not in _TITLES]
    heads = bool(leads) and not any(t.tag_ in FINITE for t in leads[-1])  # "Russia (since July 6):" within the list
    leads = leads[-2:] if heads else leads[-1:]
    return sorted([*found, *leads], key=lambda s: s.start)


def _answered(noun: Token) -> bool:
    """As in "the EU's list against American tariffs", "China answers the American duties with": of the other side."""
    verb = governor(noun)
    before = {t.lower_.removesuffix("s") for t in noun.doc[max(noun.sent.start, noun.i - 6) : noun.i]}
    return bool(_AGAINST & before) or (verb is not None and verb.lemma_ in ANSWERING)


def _announcing(text: Text, words: list[Token]) -> list[Named]:
    """As in "The rates that President Jane Doe has announced in letters:": the state of who sets them."""
    rates = any(is_tariff(t) or t.lower_ in RATE_NOUNS for t in words)
    taxed = [t for t in words if verb_class(t) & {"impose", "hit"} and any(c.dep_ == "dobj" for c in t.children)]
    verbs = [t for t in words if verb_class(t) & DEEDS or t.lemma_ in {"announce", "set", "sign", "order"}]
    verbs = verbs if rates else taxed  # "America will tax all Mexican goods in steps:"
    return [n for v in verbs for s in text.subjects(v) if (n := state_of(text, s)) is not None]


def undertaking(words: list[Token]) -> frozenset[str]:
    """How a heading tells whose duties fall, `conceding` or `gaining`: a clause with "what", or a verbless phrase."""
    clause = any(t.tag_ in FINITE or t.tag_ == "MD" for t in words) and words[0].lower_ != "what"
    if clause or len(words) > _SHORT:
        return frozenset()
    return frozenset().union(*(classes(t.lemma_.lower()) & {"conceding", "gaining"} for t in words))


def _conceding(text: Text, words: list[Token]) -> list[Named]:
    """Whose duties fall below "What India gives", "UK commitments", or "What British exporters gain": the other's."""
    kinds = undertaking(words)
    named = unique([n for t in words if (n := state_at(text, t.i)) is not None])
    if not kinds or len(named) != 1:
        return []
    if "conceding" in kinds:
        return named
    others = [s for s in text.two_sides if s != named[0][0]] if named[0][0] in text.two_sides else []
    return [(m.entity, m.start, m.end) for m in text.mentions.mentions if m.entity in others][:1]


def heading(text: Text, words: str, before: int) -> tuple[list[Named], list[Named]]:
    """Imposer and targets by the words that stand last before a list; none where they name no imposer."""
    start = plain(text.doc).rfind(words, 0, before) if words else -1
    if start < 0:
        return [], []
    inside = [text.doc[i] for i in text.tokens(start, start + len(words))]
    imposers: list[Named] = []
    for noun in inside:
        if is_tariff(noun) and _answered(noun):
            others = modifiers(text, noun)[0]
            acting = [n for t in inside if (n := state_at(text, t.i)) is not None and t.i < noun.i and n not in others]
            return acting[:1] if others else [], others
        if is_tariff(noun) and not imposers:
            imposers = modifiers(text, noun)[0] or agents(text, noun, act(noun, governor(noun), to_rate=False))
    at = (t.i for t in inside if t.lower_ in _AT)
    there = (found for i in at if (found := first_state(text, i + 1, 4)) and found[0][2] <= start + len(words))
    imposers = imposers or next(there, [])
    imposers = imposers or _announcing(text, inside) or _conceding(text, inside)
    named = unique([n for t in inside if (n := state_at(text, t.i)) is not None])
    others = [n for n in named if n[0] not in {i[0] for i in imposers}]
    return imposers[:1], others if imposers and len(others) == 1 else []

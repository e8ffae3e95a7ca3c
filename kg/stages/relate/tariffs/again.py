"""Rates told again without their number: "the same on buses", "jumpers are hit by the same rate"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.words import RATE_NOUNS, is_tariff, verb_class

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

AGAIN = frozenset({"same", "full"})  # "the same rate": the one told last; "the full rate": the highest of them
_HOLDING = frozenset({"apply", "hold", "be", "go"})
_NEAR = 600  # characters before a sentence in which "the same rate" was told


Number = tuple["Decimal", int, int]  # a percentage with the characters that state it


def same(text: Text, sent: Span, told: list[Number]) -> Iterator[tuple[Token, Number]]:
    """Each "same" or "full" of a sentence that stands for a rate, and the percentage told last.

    Args:
        text: The document.
        sent: The sentence.
        told: The percentages of the sentence.
    """
    for token in sent[1:-1]:
        if token.lower_ not in AGAIN or token.nbor(-1).lower_ != "the" or not _of_rate(token):
            continue
        before = [number for number in told if number[1] < token.idx] or list(_told_before(text, sent))
        if before:
            yield token, max(before) if token.lower_ == "full" else before[-1]


def _of_rate(token: Token) -> bool:
    """Whether "the same" is a rate: "the same on buses", "pay the same", "taxed at the same rate"."""
    following = token.nbor(1)
    if token.lower_ == "full" and following.lower_ not in RATE_NOUNS:
        return False
    if following.lower_ in {"on", "for"}:
        return True
    noun = is_tariff(following) or following.lower_ in RATE_NOUNS
    ends = (following.is_punct and following.text != ":") or following.lower_ in {"too", "there", "in"}
    over = [following, *following.ancestors] if noun else list(token.ancestors) if ends else []
    verb = next((t for t in over if t.pos_ in {"VERB", "AUX"}), None)
    return verb is not None and (
        bool(verb_class(verb) & {"pay", "hit", "impose"})
        or (noun and (verb.lemma_ in _HOLDING or "get" in verb_class(verb)))
    )  # fmt: skip


def _told_before(text: Text, sent: Span) -> Iterator[Number]:
    """The percentages of the sentence before."""
    for quantity in text.mentions.quantities:
        near = sent.start_char - _NEAR < quantity.start < sent.start_char
        if near and quantity.kind == "percent" and quantity.value is not None:
            yield quantity.value, quantity.start, quantity.end

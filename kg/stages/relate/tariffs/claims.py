"""Tariffs: one claim for each imposer, target, product and rate that a sentence states."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from kg.model import Assertion, BlockKind, Claim, Evidence, FactKind, Ref
from kg.stages.relate.goods.products import unique
from kg.stages.relate.tariffs.context import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Entity, Value
    from kg.stages.relate.goods.products import Goods, Named
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.tariffs.group import Amount
    from kg.stages.relate.text import Text

_ECHOES = frozenset({BlockKind.HEADLINE, BlockKind.CAPTION})


class _One(NamedTuple):
    """One tariff of a frame."""

    imposer: Named | None
    target: Named | None
    goods: Goods | None
    rate: Amount | None
    previous: Amount | None = None


def tariffs(text: Text) -> Iterator[Claim]:
    """One claim for each tariff that a sentence tells, in order of the text.

    Texts without a tariff noun give none. What a sentence leaves open is taken from the tariff that it refers to, then
    from the state that imposes most tariffs in the text.
    """
    told = read(text)
    body = any(text.block(frame.sent[0]) not in _ECHOES for frame in told)
    for frame in told:
        if body and text.block(frame.sent[0]) in _ECHOES:
            continue  # headlines shorten: "lowers car tariff"
        yield from _claims(text, frame, told)


def keys(frame: Frame) -> list[Ref]:
    """The keys of the claims of a frame."""
    return [_key(frame, n) for n, one in enumerate(_split(frame)) if _says_enough(frame, one)]


def _key(frame: Frame, n: int) -> Ref:
    return Ref(f"{'further' if frame.further else 'tariff'}@{frame.at.idx}.{n}")


def _says_enough(frame: Frame, one: _One) -> bool:
    """Whether a tariff is told of at all: on some goods or with a rate, by or against some state or on known goods."""
    known = frame.group is not None and not frame.stranger and one.goods is not None and one.goods.concept is not None
    sided = one.imposer is not None or one.target is not None
    return (one.rate is not None or one.goods is not None) and (sided or known)


def _claims(text: Text, frame: Frame, told: tuple[Frame, ...]) -> Iterator[Claim]:
    for n, one in enumerate(_split(frame)):
        if _says_enough(frame, one):
            yield _claim(text, frame, one, n, told)


def _split(frame: Frame) -> list[_One]:
    """The single tariffs of a frame: every product with every target, or in step where told "respectively"."""
    imposer = frame.imposers[0] if frame.imposers else None
    loose = unique(frame.targets)
    pairs: list[tuple[Named | None, Goods | None]] = []
    for goods in frame.goods:
        pairs += [(target, goods) for target in unique(goods.states) or loose] or [(None, goods)]
    if not frame.goods:
        pairs += [(target, None) for target in loose] or [(None, None)]
    if frame.goods and not any(g.key for g in frame.goods):  # "imports from the European Union and Mexico"
        named = {t[0] for t, _ in pairs if t is not None}
        pairs += [(t, None) for t in loose if t[0] not in named]
    group = frame.group
    rates: list[Amount | None] = list(group.rates) if group is not None and group.rates else [None]
    before = group.previous if group is not None else None
    if group is not None and 1 < len(group.olds) == len(pairs) and len(rates) in {1, len(pairs)}:
        told = rates * len(pairs) if len(rates) == 1 else rates
        return [_One(imposer, t, g, r, old) for (t, g), r, old in zip(pairs, told, group.olds, strict=True)]
    if len(rates) > 1 and len(rates) == len(pairs):
        return [_One(imposer, t, g, r, before) for (t, g), r in zip(pairs, rates, strict=True)]
    return [
        _One(imposer, target, goods, rate, before) for (target, goods), rate in product(pairs, rates)
        if imposer is None or target is None or imposer[0] != target[0]
    ]  # fmt: skip


def _claim(text: Text, frame: Frame, one: _One, n: int, told: tuple[Frame, ...]) -> Claim:
    here = (frame.at.idx, frame.at.idx + len(frame.at))
    said: list[tuple[str, Value, int, int]] = []
    entities: tuple[Entity, ...] = ()
    if one.imposer is not None:
        said.append(("imposedBy", *one.imposer))
    if one.target is not None:
        said.append(("target", *one.target))
    if one.goods is not None:
        entities = one.goods.entities()
        said.append(("product", one.goods.name, one.goods.start, one.goods.end))
    if one.rate is not None:
        said.append(("rate", *one.rate))
    others = (("previousRate", one.previous), ("addedRate", _added(frame, one)))
    said += [(name, *amount) for name, amount in others if amount is not None]
    if frame.status is not None:
        said.append(("status", frame.status, *here))
    said += _times(frame)
    if frame.ground is not None:
        said.append(("ground", *frame.ground))
    cause = _answered(frame, one, told)
    if cause is not None:
        said.append(("retaliationTo", cause, *here))
    assertions = tuple(Assertion(name, value, _evidence(text, frame, start, end)) for name, value, start, end in said)
    echo = text.block(frame.sent[0]) in _ECHOES
    evidence = text.words(frame.sent, here, frame.rule)
    return Claim(_key(frame, n), FactKind.TARIFF, assertions, evidence, anaphoric=echo, entities=entities)


def _added(frame: Frame, one: _One) -> Amount | None:
    """What was added, where it fits the rates: "cut by 10 points, from 25 to 15" adds nothing."""
    added = frame.group.added if frame.group is not None else None
    if added is None or one.rate is None or one.previous is None:
        return added
    return added if one.rate.value == one.previous.value + added.value else None


def _times(frame: Frame) -> Iterator[tuple[str, Value, int, int]]:
    """The effective date, and the end where it lies behind it."""
    when, end = frame.when, frame.until
    if when is not None and when.date is not None:
        yield "date", when.date, when.start, when.end
    behind = end is not None and (when is None or (when.last or when.date or "") < (end.first or end.date or ""))
    if end is not None and end.date is not None and behind:
        yield "endDate", end.date, end.start, end.end


def _answered(frame: Frame, one: _One, told: tuple[Frame, ...]) -> Ref | None:
    """The tariff that a retaliatory one answers: the last one told before that its target imposes on its imposer."""
    if not frame.answers or one.imposer is None or one.target is None:
        return None
    for other in reversed([f for f in told if f.at.idx < frame.at.idx]):
        by = {i[0] for i in other.imposers}
        if one.target[0] in by and (not other.taxed or one.imposer[0] in {t[0] for t in other.taxed}):
            return next(iter(keys(other)), None)
    return None


def _evidence(text: Text, frame: Frame, start: int, end: int) -> Evidence:
    """The sentence that states a value: the frame's own, or the one it was taken over from."""
    return text.words(frame.sent, (start, end), frame.rule)

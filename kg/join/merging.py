"""One fact from all reports of it: its name, its sentences, the values in force, and how sure it is."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from typing import TYPE_CHECKING

from kg.current import current
from kg.errors import KGError
from kg.lexicon import table
from kg.model import Fact, JoinedFact, Ref

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.join.sources import Sources
    from kg.model import Assertion, Evidence

UNMEASURED = Decimal("0.8")  # precision of a rule that is not in kg/lexicon/rules.tsv
CERTAIN = Decimal("0.99")  # no number of sentences makes a reading certain


def age(fact: Fact, published: Mapping[str, str | None]) -> tuple[bool, str, str, int, str]:
    """Earliest report first, undated ones last: the first of a group names it."""
    first = min(fact.evidence, key=lambda e: (e.document, e.start))
    day = published[first.document]
    return day is None, day or "", first.document, first.start, fact.id


def merge(group: Sequence[Fact], names: Mapping[Ref, Ref], sources: Sources) -> JoinedFact:
    """One fact from the reports of it, sorted by age.

    Args:
        group: The reports.
        names: The joined name of each fact, for values that are facts.
        sources: The documents; the same words printed twice are one witness.
    """
    said = (_renamed(a, names) for fact in group for a in fact.assertions)
    assertions = tuple(sorted(set(said), key=_place))
    evidence = tuple(sorted({e for fact in group for e in fact.evidence}, key=_position))
    return JoinedFact(
        id=group[0].id,
        kind=group[0].kind,
        current=current(assertions, sources.published),
        assertions=assertions,
        evidence=evidence,
        confidence=confidence(evidence, sources.said),
        replaces=tuple(sorted({fact.id for fact in group} - {group[0].id})),
    )


def _renamed(said: Assertion, names: Mapping[Ref, Ref]) -> Assertion:
    """The assertion, with a joined fact's name where its value is another name of that fact."""
    name = names.get(said.value) if isinstance(said.value, Ref) else None
    return said if name is None or name == said.value else replace(said, value=name)


def _position(evidence: Evidence) -> tuple[str, int, int, tuple[int, int], str]:
    return evidence.document, evidence.start, evidence.end, evidence.words, evidence.rule


def _place(assertion: Assertion) -> tuple[object, ...]:
    return *_position(assertion.evidence), assertion.property, str(assertion.value)


def confidence(evidence: Iterable[Evidence], said: Callable[[Evidence], str]) -> Decimal:
    """1 - product over independent sentences of (1 - precision of the best rule that read the sentence).

    Returns:
        Two decimals, at most 0.99. Sentences of the same words, as in a reprint, are not independent.
    """
    best: dict[str, Decimal] = {}
    for one in evidence:
        words = said(one)
        best[words] = max(best.get(words, Decimal(0)), precisions().get(one.rule, UNMEASURED))
    doubt = Decimal(1)
    for words in sorted(best):
        doubt *= 1 - best[words]
    return min(CERTAIN, (1 - doubt).quantize(Decimal("0.01"), ROUND_HALF_EVEN))


@cache
def precisions() -> Mapping[str, Decimal]:
    """The measured precision of each rule, from kg/lexicon/rules.tsv.

    Raises:
        KGError: a row is not a rule, a share between 0 and 1, and a count.
    """
    found = {}
    for row in table("rules"):
        if len(row) != 3 or not row[1].replace(".", "", 1).isdecimal() or not 0 <= Decimal(row[1]) <= 1:
            raise KGError(f"kg/lexicon/rules.tsv: {row!r} is no rule, precision and count; measure the rules again")
        found[row[0]] = Decimal(row[1])
    return found

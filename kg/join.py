"""Between stages 5 and 6: what all documents together say, as a pure function of the set of their facts.

Two questions are answered here, and nowhere else: which facts are one, and which value of a fact is current.
The order in which documents are read never matters.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from typing import TYPE_CHECKING

from kg.current import current
from kg.errors import KGError, SourceError
from kg.lexicon import table
from kg.model import Assertion, DocumentFacts, Entity, Evidence, Fact, Joined, JoinedFact, Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

UNMEASURED = Decimal("0.8")  # precision of a rule that is not in kg/lexicon/rules.tsv
CERTAIN = Decimal("0.99")  # no number of sentences makes a reading certain


def join(facts: Iterable[DocumentFacts]) -> Joined:
    """What the documents say together; of one document, a set of one.

    Raises:
        SourceError: two documents of one identity differ.
    """
    documents = _distinct(facts)
    published = {d.document.id: d.document.published for d in documents}
    texts = {d.document.id: d.document.text for d in documents}
    groups = [sorted(group, key=lambda fact: age(fact, published)) for group in _groups(documents)]
    names = {fact.id: group[0].id for group in groups for fact in group}
    merged = (merge(group, names, published, texts) for group in groups)
    return Joined(documents, _entities(documents), tuple(sorted(merged, key=lambda fact: fact.id)))


def _distinct(facts: Iterable[DocumentFacts]) -> tuple[DocumentFacts, ...]:
    """The documents sorted by identity; one given twice counts once."""
    by_id: dict[str, DocumentFacts] = {}
    for one in facts:
        other = by_id.setdefault(one.document.id, one)
        if other != one:
            raise SourceError(f"{one.document.id}: two different documents of this name; give one another --root or id")
    return tuple(by_id[key] for key in sorted(by_id))


def _groups(documents: Sequence[DocumentFacts]) -> list[list[Fact]]:
    """The facts of all documents, put together where they are one fact.

    Facts are scoped to their document, so each is a group of its own; recognising one event in two reports
    (family, participants, date, ordinal, part of day, duration) belongs here and only here.
    """
    groups: dict[Ref, list[Fact]] = defaultdict(list)
    for document in documents:
        for fact in document.facts:
            groups[fact.id].append(fact)
    return list(groups.values())


def age(fact: Fact, published: Mapping[str, str | None]) -> tuple[bool, str, str, int, str]:
    """Earliest report first, undated ones last: the first of a group names it."""
    first = min(fact.evidence, key=lambda e: (e.document, e.start))
    day = published[first.document]
    return day is None, day or "", first.document, first.start, fact.id


def merge(
    group: Sequence[Fact],
    names: Mapping[Ref, Ref],
    published: Mapping[str, str | None],
    texts: Mapping[str, str],
) -> JoinedFact:
    """One fact from the reports of it, sorted by age.

    Args:
        group: The reports.
        names: The joined name of each fact, for values that are facts.
        published: Publication date of each document.
        texts: Text of each document; the same words printed twice are one witness.
    """
    said = (_renamed(a, names) for fact in group for a in fact.assertions)
    assertions = tuple(sorted(set(said), key=_place))
    evidence = tuple(sorted({e for fact in group for e in fact.evidence}, key=_position))
    return JoinedFact(
        id=group[0].id,
        kind=group[0].kind,
        current=current(assertions, published),
        assertions=assertions,
        evidence=evidence,
        confidence=confidence(evidence, texts),
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


def confidence(evidence: Iterable[Evidence], texts: Mapping[str, str]) -> Decimal:
    """1 - product over independent sentences of (1 - precision of the best rule that read the sentence).

    Returns:
        Two decimals, at most 0.99. Sentences of the same words, as in a reprint, are not independent.
    """
    best: dict[str, Decimal] = {}
    for one in evidence:
        words = texts[one.document][one.start : one.end]
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


def _entities(documents: Sequence[DocumentFacts]) -> tuple[Entity, ...]:
    """One entity for each id; what a newer report says of its country, office or code goes before the older."""
    newest_first = sorted(documents, key=lambda d: (d.document.published or "", d.document.id), reverse=True)
    same: dict[Ref, list[Entity]] = defaultdict(list)
    for document in newest_first:
        for entity in document.entities:
            same[entity.id].append(entity)
    return tuple(_entity(same[key]) for key in sorted(same))


def _entity(same: Sequence[Entity]) -> Entity:
    """The entity with the fullest label; all other wordings are its alternatives."""
    wordings = {w for entity in same for w in (entity.label, *entity.alt_labels)}
    label = min({entity.label for entity in same}, key=lambda w: (-len(w.split()), -len(w), w))
    merged = replace(same[0], label=label, alt_labels=tuple(sorted(wordings - {label})))
    for older in same[1:]:
        merged = replace(
            merged,
            country=merged.country or older.country,
            code=merged.code or older.code,
            normal_form=merged.normal_form or older.normal_form,
            rank=merged.rank or older.rank,
            organization=merged.organization or older.organization,
            within=merged.within or older.within,
            exact_match=merged.exact_match or older.exact_match,
        )
    return merged

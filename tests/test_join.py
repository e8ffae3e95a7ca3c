"""What several documents say together, and how sure it is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest

from kg.errors import KGError, SourceError
from kg.join import join, merging
from kg.join.merging import confidence, merge, precisions
from kg.join.sources import Sources
from kg.model import Assertion, Entity, EntityKind, Evidence, Fact, FactKind, Ref
from tests.sample import document_facts

SAMPLE = document_facts()


def test_order_and_repetition_of_documents_never_matter() -> None:
    first = join(SAMPLE)
    assert all(join(order) == first for order in permutations([*SAMPLE, SAMPLE[0]]))


def test_each_fact_keeps_its_own_name_values_and_sentences() -> None:
    joined = join(SAMPLE)
    facts = {fact.id: fact for fact in joined.facts}
    assert list(facts) == sorted(f.id for d in SAMPLE for f in d.facts)
    call = facts[Ref("event/d2-call-doe-tanaka-2")]
    assert {(a.property, a.value) for a in call.current} == {
        ("participant", "person/ken-tanaka"), ("participant", "person/jane-doe"), ("party", "country/JP"),
        ("party", "country/US"), ("date", "2025-06-28"), ("partOfDay", "evening"), ("minutes", Decimal(20)),
        ("approximate", True), ("status", "Held"),
    }  # fmt: skip
    assert [(e.start, e.end) for e in call.evidence] == [(166, 198), (199, 237)]
    assert call.confidence == Decimal("0.96")
    assert call.replaces == ()


def test_two_different_documents_of_one_name_are_an_error_that_names_it() -> None:
    other = replace(SAMPLE[0], document=replace(SAMPLE[0].document, text="other"))
    with pytest.raises(SourceError, match=r"^d1: two different documents"):
        join([*SAMPLE, other])


def test_entities_of_one_name_merge_to_the_fullest_label_and_the_newest_values() -> None:
    older = Entity(Ref("post/us-envoy"), EntityKind.POST, "envoy", ("the envoy",), Ref("country/US"), rank="envoy")
    newer = replace(older, label="special trade envoy", alt_labels=(), rank="official", normal_form="trade envoy")
    with_older, with_newer = (
        replace(facts, entities=(*facts.entities, entity))
        for facts, entity in zip(SAMPLE, (older, newer), strict=True)
    )
    merged = {e.id: e for e in join([with_newer, with_older]).entities}
    assert merged[older.id] == Entity(
        Ref("post/us-envoy"), EntityKind.POST, "special trade envoy", ("envoy", "the envoy"), Ref("country/US"),
        normal_form="trade envoy", rank="official",
    )  # fmt: skip
    assert list(merged) == sorted(merged)


def _report(name: str, document: str, status: str) -> Fact:
    evidence = Evidence(document, 0, 20, (0, 5), "event.call")
    said = (Assertion("status", status, evidence), Assertion("partOf", Ref("event/old"), evidence))
    return Fact(Ref(name), FactKind.CALL, said, (evidence,))


def _sources(published: dict[str, str | None], texts: dict[str, str]) -> Sources:
    return Sources(published, {}, {}, lambda _name: False, lambda e: texts[e.document])


def test_reports_of_one_fact_take_the_first_name_and_remember_the_others() -> None:
    group = [_report("event/d1-call", "d1", "Planned"), _report("event/d2-call", "d2", "Held")]
    published: dict[str, str | None] = {"d1": "2025-06-27", "d2": "2025-06-29"}
    texts = {"d1": "Tanaka will call Doe.", "d2": "Tanaka and Doe spoke."}
    sources = _sources(published, texts)
    fact = merge(group, {Ref("event/old"): Ref("event/new")}, sources)
    assert (fact.id, fact.replaces) == ("event/d1-call", ("event/d2-call",))
    assert {(a.property, a.value) for a in fact.current} == {("status", "Held"), ("partOf", "event/new")}
    assert [a.value for a in fact.assertions if a.property == "status"] == ["Planned", "Held"]
    assert fact.confidence == Decimal("0.96")
    reprint = merge(group, {}, _sources(published, {"d1": texts["d2"], "d2": texts["d2"]}))
    assert reprint.confidence == Decimal("0.8"), "the same words printed twice are one witness"


def _evidence(start: int, rule: str) -> Evidence:
    return Evidence("d", start, start + 1, (start, start + 1), rule)


def test_confidence_follows_from_precision_and_number_of_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "precisions", lambda: {"weak": Decimal("0.5"), "strong": Decimal("0.95")})

    def texts(of: Evidence) -> str:
        return "abcdefgh"[of.start : of.end]

    assert confidence([_evidence(0, "weak")], texts) == Decimal("0.50")
    assert confidence([_evidence(0, "weak"), _evidence(1, "weak")], texts) == Decimal("0.75")
    assert confidence([_evidence(0, "weak"), _evidence(0, "strong")], texts) == Decimal("0.95")
    assert confidence([_evidence(0, "unheard of")], texts) == Decimal("0.80")
    assert confidence([_evidence(n, "strong") for n in range(8)], texts) == Decimal("0.99")


@pytest.mark.parametrize("row", [("r",), ("r", "1.2", "9"), ("r", "high", "9")])
def test_a_row_that_is_no_rule_is_named(monkeypatch: pytest.MonkeyPatch, row: tuple[str, ...]) -> None:
    monkeypatch.setattr(merging, "table", lambda _name: (row,))
    precisions.cache_clear()
    try:
        with pytest.raises(KGError, match=r"rules\.tsv"):
            precisions()
    finally:
        precisions.cache_clear()


def test_the_file_of_precisions_is_readable() -> None:
    assert all(0 < share <= 1 for share in precisions().values())

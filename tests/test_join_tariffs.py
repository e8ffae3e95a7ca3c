"""Which tariffs of different documents are one, what replaced what, and which other facts are one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kg.join import join
from kg.join.differ import minutes_agree, rates_agree
from kg.model import FactKind, Ref
from kg.stages.state import lines
from kg.stages.validate import check
from tests.told import Told, current, groups, joined

ONE, TWO = [["d1-0", "d2-0"]], [["d1-0"], ["d2-0"]]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("US", "JP", "cars", "25"), ("US", "JP", "cars", "25"), ONE),
        (("US", "JP", "cars", "25"), ("US", "JP", "cars", None), ONE),
        (("US", "JP", "cars", "25"), ("US", None, "cars", "25"), ONE),
        (("US", "MX", "cars", "17"), ("US", "MX", "cars", "17.09"), ONE),
        (("US", "JP", None, "25"), ("US", "JP", None, "25"), ONE),
        (("US", "JP", "cars", "25"), ("US", "JP", "cars", "24"), TWO),
        (("US", "JP", "cars", "25"), ("US", "JP", "steel", "25"), TWO),
        (("US", "JP", "cars", "25"), ("US", "KR", "cars", "25"), TWO),
        (("US", "JP", "cars", "25"), ("JP", "US", "cars", "25"), TWO),
        (("US", "JP", "cars", "25"), ("US", "JP", None, "25"), TWO),
        (("US", None, "cars", "25"), ("US", "JP", "cars", None), TWO),
        (("US", "JP", "cars", "25"), (None, "JP", "cars", "25"), ONE),  # who charges it is left out
        (("US", "JP", "cars", "25"), (None, "JP", "cars", "24"), TWO),
        (("US", "JP", "cars", "25"), (None, None, "cars", "25"), TWO),
        (("CA", "US", "butter", "298.5"), ("CA", "US", "butter", "300"), ONE),
        (("CA", "US", "butter", "290"), ("CA", "US", "butter", "300"), TWO),
    ],
)
def test_two_reports(
    first: tuple[str | None, str | None, str | None, str | None],
    second: tuple[str | None, str | None, str | None, str | None],
    expected: list[list[str]],
) -> None:
    one, other = Told("d1").tariff(*first), Told("d2").tariff(*second)
    assert groups(one, other, kind=FactKind.TARIFF) == groups(other, one, kind=FactKind.TARIFF) == expected


def test_goods_of_one_concept_are_one() -> None:
    one, other = (Told(n).tariff("US", "JP", goods, "25") for n, goods in (("d1", "cars"), ("d2", "imported autos")))
    autos = other.entities[Ref("product/imported-autos")]
    other.entities[autos.id] = replace(autos, within=Ref("product/cars"))
    other.entities[Ref("product/cars")] = one.entities[Ref("product/cars")]
    assert groups(one, other) == ONE


def test_the_same_measure_years_apart_is_two() -> None:
    one, other = (Told(n).tariff("US", "JP", "steel", "25", date=day) for n, day in
                  (("d1", "2018-03-23"), ("d2", "2025-03-12")))  # fmt: skip
    assert groups(one, other) == TWO


def test_a_threat_that_took_effect_is_one_tariff_in_force() -> None:
    threat = Told("d1", "2025-03-01").tariff("US", "JP", "cars", "25", status="Threatened")
    force = Told("d2", "2025-04-05").tariff("US", "JP", "cars", "25", date="2025-04-03")
    (fact,) = joined(threat, force)
    assert current(fact)["status"] == "InForce"


def test_a_later_rate_is_history_and_no_disagreement() -> None:
    earlier = Told("d1", "2025-03-13").tariff("US", "JP", "steel", "25", date="2025-03-12")
    later = Told("d2", "2025-06-05").tariff("US", "JP", "steel", "50", date="2025-06-04", previousRate=Decimal(25))
    found = join([earlier.facts(), later.facts()])
    old, new = found.facts
    assert {k: current(old)[k] for k in ("rate", "status", "replacedBy", "endDate")} == {
        "rate": Decimal(25), "status": "Lifted", "replacedBy": "tariff/d2-0", "endDate": "2025-06-04",
    }  # fmt: skip
    assert current(new)["status"] == "InForce"
    assert not {"replacedBy", "endDate"} & current(new).keys()
    assert [a.value for a in old.assertions if a.property == "status"] == ["InForce"], "as its own report has it"
    assert found.disagreements == ()
    assert check(lines(found))


def test_only_a_rate_that_took_effect_replaces_one() -> None:
    earlier = Told("d1", "2025-03-13").tariff("US", "JP", "steel", "25", date="2025-03-12")
    threat = Told("d2", "2025-06-05").tariff("US", "JP", "steel", "50", status="Threatened")
    assert all("replacedBy" not in current(f) for f in joined(earlier, threat))
    other = Told("d2", "2025-06-05").tariff("US", "KR", "steel", "50", date="2025-06-04")
    assert all("replacedBy" not in current(f) for f in joined(earlier, other))
    undated = Told("d2", "2025-06-05").tariff("US", "JP", "steel", "50")
    told = {f.id: current(f) for f in joined(earlier, undated)}
    assert told[Ref("tariff/d1-0")]["replacedBy"] == "tariff/d2-0"
    assert "endDate" not in told[Ref("tariff/d1-0")], "the publication date is never put in its place"


def test_one_document_tells_the_history_itself() -> None:
    both = Told("d1", "2025-06-05").tariff("US", "JP", "steel", "25", date="2025-03-12")
    both.tariff("US", "JP", "steel", "50", date="2025-06-04")
    assert all("replacedBy" not in current(f) for f in joined(both))


def test_two_rates_of_one_measure_on_one_day_disagree() -> None:
    one, other = (Told(n, "2025-08-02").tariff("US", "CA", "lumber", rate, date="2025-08-01") for n, rate in
                  (("d1", "25"), ("d2", "24")))  # fmt: skip
    found = join([one.facts(), other.facts()])
    assert [(d.about, d.property, [r.value for r in d.readings]) for d in found.disagreements] == [
        ("tariff/d1-0", "rate", [Decimal(24), Decimal(25)]),
    ]  # fmt: skip
    bare = [Told(n, "2025-08-02").tariff("US", t, "lumber", rate, date="2025-08-01", previousRate=Decimal(10))
            for n, t, rate in (("d1", "CA", "25"), ("d2", None, "24"))]  # fmt: skip
    assert len(join(t.facts() for t in bare).disagreements) == 1, "the same rate before stands for the target"
    later = Told("d3", "2025-08-19").tariff("US", "CA", "lumber", "25", date="2025-08-01")
    three = join([one.facts(), other.facts(), later.facts()])
    assert len(three.facts) == 1, "who repeats one of the two rates weeks later keeps them not apart"
    knows = Told("d2", "2025-08-02").tariff("US", "CA", "lumber", "24", date="2025-08-01", previousRate=Decimal(25))
    assert join([one.facts(), knows.facts()]).disagreements == ()


def test_a_tariff_that_was_put_off_is_that_of_its_new_day() -> None:
    first = Told("d1", "2025-06-02").tariff("US", "CA", "lumber", "25", date="2025-07-01", status="Threatened")
    put_off = Told("d2", "2025-06-20").tariff("US", "CA", "lumber", "25", endDate="2025-08-01", status="Paused")
    careless = Told("d3", "2025-06-21").tariff("US", "CA", "lumber", "24", date="2025-08-01", status="Threatened")
    found = join(t.facts() for t in (first, put_off, careless))
    assert [[r.value for r in d.readings] for d in found.disagreements] == [[Decimal(24), Decimal(25)]]
    assert len(found.facts) == 1
    assert len(join(t.facts() for t in (first, careless)).facts) == 2, "two plans, as far as these two tell"


def _other(name: str, kind: FactKind, **values: object) -> Told:
    one = Told(name)
    one.state("JP"), one.state("US")
    return one.fact(kind, f"Sentence of {name}.", f"{kind.value.lower()}/{name}-0", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "first", "second", "expected"),
    [
        (FactKind.STATEMENT, {"speaker": Ref("country/JP"), "text": "Talks go on"},
         {"speaker": Ref("country/JP"), "text": "talks go  on"}, ONE),
        (FactKind.STATEMENT, {"speaker": Ref("country/JP"), "text": "Talks go on"},
         {"speaker": Ref("country/US"), "text": "Talks go on"}, TWO),
        (FactKind.STATEMENT, {"speaker": Ref("country/JP"), "text": "a", "quote": "we climb the mountain step by step"},
         {"speaker": Ref("country/JP"), "text": "b", "quote": "We climb the mountain step by step"}, ONE),
        (FactKind.STATEMENT, {"speaker": Ref("country/JP"), "text": "a", "quote": "a good talk"},
         {"speaker": Ref("country/JP"), "text": "b", "quote": "a good talk"}, TWO),
        (FactKind.POSITION, {"holder": Ref("country/JP"), "stance": "Seeks", "text": "a cut"},
         {"holder": Ref("country/JP"), "stance": "Seeks", "text": "A cut"}, ONE),
        (FactKind.POSITION, {"holder": Ref("country/JP"), "stance": "Seeks", "text": "a cut"},
         {"holder": Ref("country/JP"), "stance": "Opposes", "text": "a cut"}, TWO),
        (FactKind.DEADLINE, {"date": "2025-07-09", "label": "the pause ends"},
         {"date": "2025-07-09", "label": "The pause ends"}, ONE),
        (FactKind.DEADLINE, {"date": "2025-07-09", "label": "the pause ends"},
         {"date": "2025-08-09", "label": "the pause ends"}, TWO),
        (FactKind.ACTION, {"source": Ref("country/JP"), "recipient": Ref("country/US"), "eventCode": "ACCUSE",
                           "status": "Done", "date": "2025-07-09"},
         {"source": Ref("country/JP"), "recipient": Ref("country/US"), "eventCode": "ACCUSE", "status": "Done",
          "date": "2025-07-09"}, ONE),
        (FactKind.ACTION, {"source": Ref("country/JP"), "recipient": Ref("country/US"), "eventCode": "ACCUSE",
                           "status": "Done"},
         {"source": Ref("country/JP"), "recipient": Ref("country/US"), "eventCode": "ACCUSE", "status": "Done"}, TWO),
    ],
)  # fmt: skip
def test_other_facts_are_one_where_they_say_the_same(
    kind: FactKind, first: dict[str, object], second: dict[str, object], expected: list[list[str]]
) -> None:
    assert groups(_other("d1", kind, **first), _other("d2", kind, **second)) == expected


def test_a_tenure_ends_in_the_newer_report() -> None:
    one = Told("d1", "2024-05-01").person("Jane Doe", "US", "minister: trade minister")
    two = Told("d2", "2025-05-01").person("Jane Doe", "US", "minister: former of old trade minister")
    (tenure,) = joined(one, two, kind=FactKind.TENURE)
    assert current(tenure)["tenureStatus"] == "Former"


def test_agreement_of_numbers() -> None:
    def length(one: int, other: int, *, about: bool = False) -> bool:
        return minutes_agree(Decimal(one), about, Decimal(other), False)

    assert length(20, 20)
    assert not length(15, 20)
    assert length(60, 65), "whole hours are seldom meant to the minute"
    assert length(110, 120, about=True)
    assert not length(65, 90, about=True)
    assert rates_agree(Decimal(17), Decimal("17.09"))
    assert rates_agree(Decimal(20), Decimal("20.0"))
    assert not rates_agree(Decimal(24), Decimal(25))
    assert not rates_agree(Decimal("27.5"), Decimal("27.4"))


def test_two_rates_proposed_in_place_of_one_disagree_in_the_news_of_the_same_days() -> None:
    def offer(name: str, day: str, rate: str, before: str = "30") -> Told:
        return Told(name, day).tariff("JP", "US", "tea", rate, status="Proposed", previousRate=Decimal(before))

    found = join([offer("d1", "2023-05-11", "15").facts(), offer("d2", "2023-05-11", "12").facts()])
    assert [[r.value for r in d.readings] for d in found.disagreements] == [[Decimal(12), Decimal(15)]]
    assert len(joined(offer("d1", "2023-05-11", "15"), offer("d2", "2023-06-11", "12"))) == 2, "a new offer"
    assert len(joined(offer("d1", "2023-05-11", "15"), offer("d2", "2023-05-11", "12", "25"))) == 2


def test_the_day_on_which_a_tariff_ends_is_not_that_on_which_it_began() -> None:
    begun = Told("d1", "2024-03-21").tariff("JP", "US", "wine", "218", date="2021-03")
    ended = Told("d2", "2024-03-29").tariff("JP", "US", "wine", "218", date="2024-03-29", status="Lifted")
    assert groups(begun, ended) == ONE
    again = Told("d2", "2024-03-29").tariff("JP", "US", "wine", "218", date="2024-03-29")
    assert groups(begun, again) == TWO


def test_a_report_of_another_status_keeps_two_rates_of_one_day_not_apart() -> None:
    one, other = (Told(n, "2025-07-08").tariff("US", "JP", "fruit", rate, date="2025-08-01", status="Threatened")
                  for n, rate in (("d1", "30"), ("d2", "35")))  # fmt: skip
    paused = Told("d3", "2025-07-31").tariff("US", "JP", "fruit", "30", date="2025-08-01", status="Paused")
    assert len(joined(one, other, paused)) == 1


def test_plans_told_as_threatened_and_agreed_are_one_whose_rate_a_report_has_wrong() -> None:
    one = Told("d1", "2025-07-08").tariff("US", "JP", "fruit", "15", date="2025-08-01", status="Agreed")
    other = Told("d2", "2025-07-09").tariff("US", "JP", "fruit", "16", date="2025-08-01", status="Threatened")
    assert groups(one, other) == ONE
    assert [d.property for d in join([one.facts(), other.facts()]).disagreements] == ["rate"]
    in_force = Told("d2", "2025-07-09").tariff("US", "JP", "fruit", "16", date="2025-08-01")
    assert groups(one, in_force) == TWO


def test_the_day_of_a_pause_does_not_keep_two_rates_of_one_day_apart() -> None:
    one, other = (Told(n, "2025-07-08").tariff("US", "JP", "fruit", rate, date="2025-08-01", status="Threatened")
                  for n, rate in (("d1", "18"), ("d2", "8")))  # fmt: skip
    paused = Told("d3", "2025-09-06").tariff("US", "JP", "fruit", "18", date="2025-09-05", status="Paused")
    assert len(joined(one, other, paused)) == 1
    raised = Told("d3", "2025-09-06").tariff("US", "JP", "fruit", "18", date="2025-09-05")
    assert len(joined(one, other, raised)) > 1


def test_goods_free_of_duty_are_not_the_measure_told_without_its_rate() -> None:
    free = Told("d1", "2025-06-04").tariff("JP", "US", "oil", "0")
    assert groups(free, Told("d2", "2025-06-19").tariff("JP", "US", "oil", None, status="Paused")) == TWO
    taxed = Told("d1", "2025-06-04").tariff("JP", "US", "oil", "8")
    assert groups(taxed, Told("d2", "2025-06-19").tariff("JP", "US", "oil", None, status="Paused")) == ONE

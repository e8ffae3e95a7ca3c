"""Which persons of different documents are one: every rule with a pair that joins and one that must not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.join import join
from kg.join.seen import same_words, tokens
from kg.model import EntityKind, FactKind, Ref
from tests.told import Told, people

TRADE, ENVOY = "minister: trade minister", "envoy: negotiator"


def one(label_a: str, label_b: str, *, code: str = "JP", offices: tuple[str, ...] = (TRADE,)) -> bool:
    """Whether two documents that give the same state and office to two names speak of one person."""
    a, b = (Told(name).person(label, code, *offices) for name, label in (("d1", label_a), ("d2", label_b)))
    return len(set(people(a, b).values())) == 1


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("Ken Tanaka", "Tanaka Ken"),
        ("Lee Jae-dong", "Jae-dong Lee"),
        ("Lee Jae-dong", "Lee Jae Dong"),
        ("Lê Văn Thịnh", "Le Van Thinh"),
        ("Maroš Kováč", "Maros Kovac"),
        ("John F. Roe", "John Roe"),
        ("Ana Quispe Tello", "Ana Quispe"),
        ("J. Roe", "John Roe"),
        ("John Fitzgerald Roe", "John F. Roe"),
        ("Oleh Marchenko", "Oleg Marchenko"),
        ("Volodymyr Zelenko", "Volodymyr Zelennko"),
    ],
)
def test_forms_of_one_name_are_one_person(label: str, other: str) -> None:
    assert one(label, other)


@pytest.mark.parametrize(
    ("label", "other"),
    [("Ken Tanaka", "Yuki Tanaka"), ("Jane Doe", "Jane Roe"), ("Kim Yu-ra", "Kim Dae-seok"), ("J. Roe", "Mary Roe"),
     ("John F. Roe", "John G. Roe")],
)  # fmt: skip
def test_other_names_are_other_people(label: str, other: str) -> None:
    assert not one(label, other, offices=())


def test_a_spelling_needs_more_than_the_surname() -> None:
    assert not one("Oleh Marchenko", "Oleg Marchenko", code="UA", offices=())
    told = [Told(n).person(label, "UA").person("Valery Stroganov", "RU") for n, label in
            (("d1", "Oleh Marchenko"), ("d2", "Oleg Marchenko"))]  # fmt: skip
    assert len(set(people(*told).values())) == 2, "the same company is enough"


def test_spellings_from_another_script_are_of_one_person_of_a_state() -> None:
    for label, other in (("Haidar al-Zubaidi", "Haydar Al-Zubaydi"), ("Jörg Weidlich", "Joerg Weidlich")):
        a, b = Told("d1").person(label, "JP"), Told("d2").person(other, "JP")
        assert len(set(people(a, b).values())) == 1
        assert len(set(people(a, Told("d2").person(other, "US")).values())) == 2
    assert len(set(people(Told("d1").person("Li Wu", "JP"), Told("d2").person("Lee Wu", "JP")).values())) == 2


def test_a_surname_is_the_only_person_of_that_name_who_fits() -> None:
    full = Told("d1").person("Ken Tanaka", "JP", TRADE)
    assert people(full, Told("d2").person("Tanaka", "JP"))["d2 Tanaka"] == "ken-tanaka"
    assert people(full, Told("d2").person("Tanaka", "US"))["d2 Tanaka"] == "tanaka"
    namesake = Told("d3").person("Yuki Tanaka", "JP", "deputy: deputy governor")
    assert people(full, namesake, Told("d2").person("Tanaka", "JP"))["d2 Tanaka"] == "tanaka", "two fit"
    by_office = Told("d2").person("Tanaka", "JP", TRADE)
    assert people(full, namesake, by_office)["d2 Tanaka"] == "ken-tanaka"


def test_a_surname_without_state_needs_company() -> None:
    full = Told("d1").person("Ken Tanaka", "JP", TRADE).person("Jane Doe", "US")
    lonely = Told("d2").person("Tanaka")
    assert people(full, lonely)["d2 Tanaka"] == "tanaka"
    assert people(full, Told("d2").person("Tanaka").person("Jane Doe", "US"))["d2 Tanaka"] == "ken-tanaka"


def test_surnames_of_several_words_and_surnames_first() -> None:
    eu = Told("d1").person("Ursula von der Weide", "EU")
    assert people(eu, Told("d2").person("von der Weide", "EU"))["d2 von der Weide"] == "ursula-von-der-weide"
    korea = Told("d1").person("Lee Jae-dong", "KR")
    assert people(korea, Told("d2").person("Lee", "KR"))["d2 Lee"] == "lee-jae-dong"
    assert people(eu, Told("d2").person("Ursula", "EU"))["d2 Ursula"] == "ursula", "a given name is no surname"


def test_namesakes_of_two_states_get_the_state_behind_the_name_in_any_order() -> None:
    told = [Told("d1").person("John Smith", "US", TRADE), Told("d2").person("John Smith", "GB", TRADE),
            Told("d3").person("John Smith")]  # fmt: skip
    names = {"d1 John Smith": "john-smith-us", "d2 John Smith": "john-smith-gb", "d3 John Smith": "john-smith"}
    assert people(*told) == people(*reversed(told)) == names
    assert people(told[0], told[2])["d3 John Smith"] == "john-smith", "one person only: no suffix"


def test_namesakes_of_one_state_are_told_apart_by_offices_that_exclude_each_other() -> None:
    told = [Told("d1").person("John Smith", "US", TRADE), Told("d2").person("John Smith", "US", "official: mayor")]
    assert people(*told) == {"d1 John Smith": "john-smith-us-trade-minister", "d2 John Smith": "john-smith-us-mayor"}
    later = Told("d2", "2026-06-29").person("John Smith", "US", "official: mayor")
    assert set(people(told[0], later).values()) == {"john-smith"}, "a year later he is mayor"
    also = Told("d2").person("John Smith", "US", ENVOY)
    assert set(people(told[0], also).values()) == {"john-smith"}, "a minister may lead the talks"


def test_a_person_in_a_new_office_stays_one_and_has_both_tenures() -> None:
    told = [Told("d1", "2024-09-13").person("Reto Frei", "CH", ENVOY),
            Told("d2", "2024-10-09").person("Reto Frei", "CH", "deputy: state secretary")]  # fmt: skip
    assert set(people(*told).values()) == {"reto-frei"}
    tenures = [f for f in join(t.facts() for t in told).facts if f.kind is FactKind.TENURE]
    assert [{a.value for a in f.current if a.property == "post"} for f in tenures] == [
        {"post/ch-negotiator"}, {"post/ch-state-secretary"},
    ]  # fmt: skip


def test_a_misread_state_does_not_split_a_person() -> None:
    def told(name: str, code: str, *others: str) -> Told:
        one = Told(name).person("Reto Frei", code).person("Ilse Haas", "EU")
        for other in others:
            one.state(other)
        return one

    right, wrong, apart = told("d1", "CH", "EU"), told("d2", "EU", "CH"), Told("d3").person("Reto Frei", "US")
    assert set(people(right, wrong).values()) == {"reto-frei", "ilse-haas"}
    assert people(right, apart)["d3 Reto Frei"] == "reto-frei-us"
    entities = join(t.facts() for t in (right, told("d4", "CH", "EU"), wrong)).entities
    assert next(e for e in entities if e.id == "person/reto-frei").country == "country/CH", "as most reports have it"


def test_one_office_among_the_same_people_is_of_one_person() -> None:
    def told(name: str, code: str, office: str) -> Told:
        return Told(name).person("Sigrid Aas", code, office).person("Priya Rao", "CA", "minister: fisheries minister")

    abroad, home = told("d1", "CH", "minister: foreign minister"), told("d2", "CA", "minister: foreign minister")
    other = told("d2", "CA", "official: director of customs")
    assert set(people(abroad, home).values()) == {"sigrid-aas", "priya-rao"}
    assert len(set(people(abroad, other).values())) == len(("Aas of CH", "Aas of CA", "Rao"))


def test_two_offices_of_two_states_are_no_slip_of_reading() -> None:
    def told(name: str, code: str, office: str) -> Told:
        one = Told(name).person("Nuno Vale", code, office).person("Ana Melo", "CH")
        one.state("CH"), one.state("JP")
        return one

    customs, trade = told("d1", "JP", "official: director of customs"), told("d2", "CH", "minister: trade secretary")
    again = told("d3", "JP", "minister: trade secretary")
    assert people(customs, trade)["d1 Nuno Vale"] != people(customs, trade)["d2 Nuno Vale"]
    assert people(again, trade)["d3 Nuno Vale"] == people(again, trade)["d2 Nuno Vale"], "one office: misread"


def test_a_document_that_tells_two_people_apart_is_believed() -> None:
    both = Told("d1").person("John Roe", "US").person("J. Roe", "US")
    names = people(both, Told("d2").person("John F. Roe", "US"))
    assert names["d1 John Roe"] == names["d2 John F. Roe"] != names["d1 J. Roe"]


def test_a_name_that_a_correction_gave_stays() -> None:
    facts = Told("d1").person("Jane Doe", "US").facts()
    mayor = Ref("person/jane-doe-mayor")
    renamed = Told("d2").person("Jane Doe", "US")
    renamed.entities = {mayor if k == "person/jane-doe" else k: v for k, v in renamed.entities.items()}
    renamed.entities[mayor] = replace(renamed.entities[mayor], id=mayor)
    ids = {e.id for e in join([facts, renamed.facts()]).entities if e.kind is EntityKind.PERSON}
    assert ids == {"person/jane-doe", mayor}


def test_joining_twice_changes_no_name() -> None:
    told = [Told("d1").person("John Smith", "US"), Told("d2").person("John Smith", "GB"),
            Told("d3").person("Lee Jae-dong", "KR"), Told("d4").person("Jae-dong Lee", "KR"),
            Told("d5").person("Lee", "KR")]  # fmt: skip
    once = join(t.facts() for t in told)
    assert join(once.documents) == once


def test_keys_of_names() -> None:
    assert tokens("Maroš Kováč-Nagy, J.") == ("maros", "kovac-nagy", "j")
    assert len({same_words(tokens(n)) for n in ("Lee Jae-dong", "Jae-dong Lee", "Lee Jae Dong", "LEE Jae-dong")}) == 1
    assert same_words(tokens("Lee Jae-dong")) != same_words(tokens("Lee Jae-dung"))


def test_posts_bodies_places_and_topics() -> None:
    bare = Told("d1").person("Ken Tanaka", "JP", TRADE)
    stated = Told("d2").person("Ken Tanaka", None, TRADE)
    tenures = [f for f in join([bare.facts(), stated.facts()]).facts if f.kind is FactKind.TENURE]
    assert [{a.value for a in f.current if a.property == "post"} for f in tenures] == [{"post/jp-trade-minister"}]
    first, second, third = Told("d1"), Told("d2"), Told("d3")
    first.spot("Hà Nội", "VN"), second.spot("Hanoi", "VN"), third.spot("Ha-Noi", "US")
    places = [e.id for e in join(t.facts() for t in (first, second, third)).entities if e.kind is EntityKind.PLACE]
    assert len(places) == 2

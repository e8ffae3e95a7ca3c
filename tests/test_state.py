"""From facts to quads: every term of the vocabulary at its level, with its type."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import permutations

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import ValidationFailed
from kg.iris import BASE, PREFIXES, iri, sentence_iri
from kg.join import join
from kg.join.merging import merge
from kg.join.sources import Sources
from kg.literals import decimal_text, duration_text
from kg.model import PROPERTIES, Assertion, Evidence, Fact, FactKind, Joined, Ref, Value
from kg.stages import state
from kg.stages.state import quads
from kg.stages.state.terms import value, web
from tests.sample import document_facts

SAMPLE = document_facts()
JOINED = join(SAMPLE)


def full(name: str) -> str:
    """`kg:Held`, `person/jane-doe` -> the IRI."""
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else iri(name)


def typed(words: str, kind: str) -> Literal:
    return Literal(words, datatype=NamedNode(full(f"xsd:{kind}")))


@cache
def sample() -> tuple[Quad, ...]:
    return tuple(quads(JOINED))


def test_what_is_known_is_the_default_graph() -> None:
    assert {*state.known(JOINED)} == {line for line in state.lines(JOINED) if not line[0]}


def known(subject: str, *, among: tuple[Quad, ...] | None = None) -> dict[str, set[str]]:
    """Predicate -> values of a node in the default graph; IRIs below the base are shortened."""
    found: dict[str, set[str]] = {}
    for quad in among or sample():
        if quad.graph_name == DefaultGraph() and quad.subject.value == full(subject):  # type: ignore[union-attr]
            found.setdefault(quad.predicate.value, set()).add(_short(quad.object))
    return found


def _short(node: object) -> str:
    if isinstance(node, NamedNode):
        return node.value.removeprefix(BASE)
    assert isinstance(node, Literal)
    return node.value


def said(document: str, start: int, end: int) -> set[tuple[str, str, str]]:
    """What the graph of a sentence holds."""
    name = NamedNode(sentence_iri(document, start, end))
    return {
        (_short(q.subject), q.predicate.value.rsplit("#")[-1].rsplit("/")[-1], _short(q.object))
        for q in sample() if q.graph_name == name
    }  # fmt: skip


def test_the_same_facts_give_the_same_sorted_list_without_blank_nodes() -> None:
    assert all(quads(join(order)) == list(sample()) for order in permutations(SAMPLE))
    assert len(set(sample())) == len(sample())
    assert not any(isinstance(n, BlankNode) for q in sample() for n in (q.subject, q.object, q.graph_name))
    assert sample()[0].graph_name == DefaultGraph()


def test_a_property_with_one_value_has_one() -> None:
    single = {f"{PREFIXES['kg']}{name}" for name, (_, several) in PROPERTIES.items() if not several}
    single |= {full(n) for n in ("kg:confidence", "kg:duration", "schema:name", "rdfs:label", "schema:text",
                                 "org:member", "kg:sha256", "schema:datePublished", "kg:text")}  # fmt: skip
    keys = [(q.subject, q.predicate) for q in sample()
            if q.graph_name == DefaultGraph() and q.predicate.value in single]  # fmt: skip
    assert len(keys) > 150
    assert len(set(keys)) == len(keys)


def test_a_meeting_at_both_levels() -> None:
    meeting = known("event/d1-meeting-doe-tanaka")
    kg = PREFIXES["kg"]
    assert meeting == {
        full("rdf:type"): {full("kg:Meeting"), full("kg:Event"), full("sem:Event")},
        kg + "participant": {"person/ken-tanaka", "person/jane-doe"},
        kg + "party": {"country/JP", "country/US"},
        kg + "date": {"2025-06-27"}, kg + "earliest": {"2025-06-27"}, kg + "latest": {"2025-06-27"},
        kg + "time": {"09:30:00"}, kg + "minutes": {"60.0"}, kg + "duration": {"PT1H"}, kg + "approximate": {"true"},
        kg + "place": {"place/washington", "place/white-house"}, kg + "partOf": {"event/d1-round-7-jp-us"},
        kg + "status": {full("kg:Held")}, kg + "eventCode": {"plover/CONSULT"}, kg + "cameoRoot": {"04"},
        kg + "evidence": {"document/d1#char=344,417"}, kg + "rule": {"event.meeting"}, kg + "confidence": {"0.8"},
    }  # fmt: skip
    name = "event/d1-meeting-doe-tanaka"
    assert said("d1", 344, 417) == {
        (name, "type", full("kg:Meeting")), (name, "participant", "person/jane-doe"),
        (name, "participant", "person/ken-tanaka"), (name, "date", "2025-06-27"), (name, "time", "09:30:00"),
        (name, "minutes", "60.0"), (name, "approximate", "true"), (name, "place", "place/washington"),
        (name, "place", "place/white-house"), (name, "partOf", "event/d1-round-7-jp-us"),
        (name, "status", full("kg:Held")),
    }  # fmt: skip


def test_a_party_stands_in_the_graph_of_a_sentence_that_names_it() -> None:
    assert ("event/d1-call-doe-tanaka", "party", "country/JP") in said("d1", 113, 251), "Japan's minister"
    assert ("event/d1-signing-jp-us", "party", "country/JP") in said("d1", 887, 953), "the two governments"
    assert not any(verb == "party" for _, verb, _ in said("d2", 85, 165)), "follows from Tanaka and Doe"


@pytest.mark.parametrize(
    ("subject", "predicate", "values"),
    [
        ("person/ken-tanaka", "rdf:type", {"schema:Person"}),
        ("person/ken-tanaka", "schema:name", {"Ken Tanaka"}),
        ("person/ken-tanaka", "skos:altLabel", {"Tanaka"}),
        ("person/ken-tanaka", "kg:represents", {"country/JP"}),
        ("person/ken-tanaka", "org:holds", {"post/jp-minister-for-economic-revitalization"}),
        ("person/mary-major", "org:holds", set()),
        ("post/jp-minister-for-economic-revitalization", "org:postIn", {"organization/jp-cabinet-office"}),
        ("post/us-commerce-secretary", "kg:normalForm", {"commerce secretary"}),
        ("post/us-president", "kg:rank", {"head of state"}),
        ("post/us-president", "kg:country", {"country/US"}),
        ("country/JP", "schema:identifier", {"JP"}),
        ("country/JP", "skos:exactMatch", {"http://www.wikidata.org/entity/Q17"}),
        ("country/EU", "rdf:type", {"kg:Bloc"}),
        ("organization/jp-cabinet-office", "rdf:type", {"org:FormalOrganization"}),
        ("source/d2-white-house-official", "rdf:type", {"kg:UnnamedSource"}),
        ("place/white-house", "kg:within", {"place/washington"}),
        ("product/imported-cars", "skos:broader", {"product/cars"}),
        ("product/cars", "kg:hsHeading", {"8703"}),
        ("tenure/d1-mary-major-eu-trade-envoy", "kg:tenureStatus", {"kg:Former"}),
        ("tenure/d1-mary-major-eu-trade-envoy", "kg:asOf", {"2025-06-27"}),
        ("tenure/d1-jane-doe-us-commerce-secretary", "rdf:type", {"kg:Tenure", "org:Membership"}),
        ("event/d1-call-doe-tanaka", "kg:eventCode", {"plover/AGREE"}),
        ("event/d1-meeting-major-tanaka", "kg:cameoRoot", {"02"}),
        ("event/d2-summit-jp-us", "kg:eventCode", {"plover/REJECT"}),
        ("event/d2-summit-jp-us", "kg:latest", {"2025-10-31"}),
        ("event/d2-visit-doe-tokyo", "kg:eventCode", set()),
        ("event/d1-signing-jp-us", "kg:eventCode", {"plover/SUPPORT"}),
        ("event/d1-visit-tanaka-washington", "kg:latest", {"2025-06-29"}),
        ("tariff/d1-us-imported-cars", "kg:previousRate", {"2.5"}),
        ("tariff/d1-us-imported-cars", "kg:latest", {"2025-04-30"}),
        ("tariff/d1-us-imported-cars", "kg:cameoRoot", {"16"}),
        ("tariff/d1-us-jp-auto-parts", "kg:eventCode", {"plover/THREATEN"}),
        ("statement/d2-1", "kg:reports", {"event/d2-call-doe-tanaka-1", "event/d2-call-doe-tanaka-2"}),
        ("position/d1-1", "schema:about", {"tariff/d1-us-imported-cars"}),
        ("deadline/d1-2025-07-09", "rdfs:label", {"the pause on other duties ends"}),
        ("document/d1#comment=1", "kg:quotes", {"document/d1#char=344,417"}),
        ("document/d1#comment=1", "schema:citation", {"https://example.org/talks"}),
        ("document/d1#comment=2", "schema:position", {"2"}),
        ("document/d1#commenter=Ann%20Reader", "rdf:type", {"kg:Commenter"}),
        ("document/d2", "schema:url", {"https://example.org/news/tanaka-doe"}),
        ("document/d2", "schema:publisher", {"publisher/daily-sample"}),
        ("author/daily-sample-pat-writer", "rdf:type", {"kg:Author"}),
    ],
)
def test_what_is_known(subject: str, predicate: str, values: set[str]) -> None:
    about = {
        _short(q.object) for q in sample()
        if q.graph_name == DefaultGraph() and _short(q.subject) == subject
        and q.predicate.value == full(predicate)
    }  # fmt: skip
    assert about == {full(v) if v.split(":")[0] in PREFIXES else v for v in values}


def test_sentences_that_nothing_points_to_are_left_out() -> None:
    facts = replace(SAMPLE[0], facts=(), mentions=(), document=replace(SAMPLE[0].document, comments=()))
    assert not any("#char=" in q.subject.value for q in quads(join([facts])))  # type: ignore[union-attr]
    quoted = replace(SAMPLE[0], facts=(), mentions=())
    found = {q.subject.value for q in quads(join([quoted])) if "#char=" in q.subject.value}  # type: ignore[union-attr]
    assert found == {sentence_iri("d1", 344, 417)}


def test_without_text_no_words_of_the_document_but_names_and_labels_remain() -> None:
    bare = quads(JOINED, text=False)
    copied = ("schema:text", "kg:text", "kg:quote", "schema:headline")
    left_out = {q for q in sample() if q not in set(bare)}
    assert {q.predicate.value for q in left_out} == {full(c) for c in (*copied, "rdfs:label")}
    labels = {_short(q.subject) for q in left_out if q.predicate.value == full("rdfs:label")}
    assert labels == {"deadline/d1-2025-07-09"}
    longest = max((q.object.value for q in bare if isinstance(q.object, Literal)
                   and q.object.value in SAMPLE[0].document.text), key=len)  # fmt: skip
    assert longest == "minister for economic revitalization"


def test_two_spellings_of_one_publisher_are_one_name() -> None:
    other = replace(SAMPLE[1], document=replace(SAMPLE[1].document, publisher="EXAMPLE WIRE"))
    found = known("publisher/example-wire", among=tuple(quads(join([SAMPLE[0], other]))))
    assert found[full("schema:name")] == {"EXAMPLE WIRE"}


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("date", "2025-06-28", typed("2025-06-28", "date")),
        ("date", "2025-06", typed("2025-06", "gYearMonth")),
        ("date", "2025", typed("2025", "gYear")),
        ("time", "09:30", typed("09:30:00", "time")),
        ("rate", Decimal("27.50"), typed("27.5", "decimal")),
        ("rate", 20, typed("20.0", "decimal")),
        ("round", 7, typed("7", "integer")),
        ("approximate", False, typed("false", "boolean")),
        ("partOfDay", "evening", Literal("evening")),
        ("status", "Held", NamedNode(full("kg:Held"))),
        ("eventCode", "THREATEN", NamedNode(BASE + "plover/THREATEN")),
        ("speaker", Ref("person/jane-doe"), NamedNode(BASE + "person/jane-doe")),
    ],
)
def test_values_are_typed(name: str, given: Value, expected: object) -> None:
    assert value(Assertion(name, given, Evidence("d", 0, 9, (0, 1), "r"))) == str(expected)


@pytest.mark.parametrize(
    ("name", "given"),
    [("date", "June"), ("date", "2025-13"), ("time", "9.30"), ("rate", "27.5"), ("round", True), ("approximate", 1),
     ("status", "not held"), ("eventCode", "Threaten"), ("speaker", 3), ("partOfDay", 3)],
)  # fmt: skip
def test_a_value_of_another_type_is_refused_by_sentence_and_rule(name: str, given: Value) -> None:
    with pytest.raises(ValidationFailed, match=rf"^d#char=0,9: .* for {name}; correct the rule r$"):
        value(Assertion(name, given, Evidence("d", 0, 9, (0, 1), "r")))


def test_canonical_forms() -> None:
    numbers = ["27.5", "20", "27.50", "0", "-0.0", "1E+2", "0.1"]
    assert [decimal_text(Decimal(n)) for n in numbers] == ["27.5", "20.0", "27.5", "0.0", "0.0", "100.0", "0.1"]
    minutes = ["20", "60", "90.5", "1440", "1500", "0", "0.5"]
    assert [duration_text(Decimal(m)) for m in minutes] == [
        "PT20M", "PT1H", "PT1H30M30S", "P1D", "P1DT1H", "PT0S", "PT30S",
    ]  # fmt: skip


def test_a_web_address_of_a_text_becomes_an_iri() -> None:
    assert web("www.example.org/a b?x=[1]") == "<https://www.example.org/a%20b?x=%5B1%5D>"
    assert web("https://example.org/é") == "<https://example.org/%C3%A9>"


# Two documents report one call; the first says: Ken Tanaka will call Jane Doe on Saturday, the ministry said.
# The second: Tanaka and Doe spoke by phone on Saturday evening. It took about 20 minutes.
EXAMPLE = """
@prefix kg: <https://w3id.org/parley/terms#> . @prefix id: <https://w3id.org/parley/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/parley/id/event/d1-call-tanaka-doe> a kg:Call , kg:Event ;
    kg:participant <https://w3id.org/parley/id/person/ken-tanaka> , <https://w3id.org/parley/id/person/jane-doe> ;
    kg:party <https://w3id.org/parley/id/country/JP> , <https://w3id.org/parley/id/country/US> ;
    kg:date "2025-06-28"^^xsd:date ; kg:earliest "2025-06-28"^^xsd:date ; kg:latest "2025-06-28"^^xsd:date ;
    kg:partOfDay "evening" ; kg:minutes 20.0 ; kg:duration "PT20M"^^xsd:dayTimeDuration ; kg:approximate true ;
    kg:status kg:Held ; dcterms:replaces <https://w3id.org/parley/id/event/d2-call-tanaka-doe> ;
    kg:evidence <https://w3id.org/parley/id/document/d1#char=0,61> ,
        <https://w3id.org/parley/id/document/d2#char=0,50> , <https://w3id.org/parley/id/document/d2#char=51,76> .
GRAPH <https://w3id.org/parley/id/document/d1#char=0,61> {
    <https://w3id.org/parley/id/event/d1-call-tanaka-doe> a kg:Call ; kg:date "2025-06-28"^^xsd:date ;
        kg:status kg:Planned ;
        kg:participant <https://w3id.org/parley/id/person/ken-tanaka> , <https://w3id.org/parley/id/person/jane-doe> . }
GRAPH <https://w3id.org/parley/id/document/d2#char=0,50> {
    <https://w3id.org/parley/id/event/d1-call-tanaka-doe> a kg:Call ; kg:date "2025-06-28"^^xsd:date ;
        kg:status kg:Held ; kg:partOfDay "evening" ;
        kg:participant <https://w3id.org/parley/id/person/ken-tanaka> , <https://w3id.org/parley/id/person/jane-doe> . }
GRAPH <https://w3id.org/parley/id/document/d2#char=51,76> {
    <https://w3id.org/parley/id/event/d1-call-tanaka-doe> a kg:Call ; kg:minutes 20.0 ; kg:approximate true . }
"""


def _told(document: str, rows: list[tuple[int, int, dict[str, Value]]]) -> Fact:
    both = [Ref("person/ken-tanaka"), Ref("person/jane-doe")]
    assertions, evidence = [], []
    for start, end, values in rows:
        one = Evidence(document, start, end, (start, end), "event.call")
        evidence.append(one)
        assertions += [Assertion(name, given, one) for name, given in values.items()]
        if "status" in values:
            assertions += [Assertion("participant", who, one) for who in both]
            assertions += [Assertion("party", Ref(f"country/{code}"), one) for code in ("JP", "US")]
    return Fact(Ref(f"event/{document}-call-tanaka-doe"), FactKind.CALL, tuple(assertions), tuple(evidence))


def test_the_worked_example_of_two_reports_of_one_call() -> None:
    first = _told("d1", [(0, 61, {"date": "2025-06-28", "status": "Planned"})])
    second = _told("d2", [
        (0, 50, {"date": "2025-06-28", "status": "Held", "partOfDay": "evening"}),
        (51, 76, {"minutes": Decimal(20), "approximate": True}),
    ])  # fmt: skip
    silent = tuple(replace(d, mentions=()) for d in SAMPLE)  # no sentence names a country
    fact = merge([first, second], {}, Sources.of(SAMPLE))
    found = set(quads(Joined(silent, JOINED.entities, (fact,))))
    wanted = set(parse(EXAMPLE.encode(), RdfFormat.TRIG))
    assert wanted <= found
    assert {q for q in found if q.graph_name != DefaultGraph()} == {q for q in wanted if q.graph_name != DefaultGraph()}
    more = {q.predicate.value for q in found - wanted if q.subject.value == full(fact.id)}  # type: ignore[union-attr]
    assert more == {full(p) for p in ("rdf:type", "kg:confidence", "kg:rule", "kg:eventCode", "kg:cameoRoot")}

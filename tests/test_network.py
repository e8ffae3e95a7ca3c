"""The readable network: tenures as edges, edges that read as they run, nothing that stands behind the facts."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad

from kg.iris import BASE, PREFIXES, TERMS
from kg.network import network, portable
from kg.wording import day, ordinal, shortened
from tests.graphs import sample, sample_quads

TYPE = NamedNode(PREFIXES["rdf"] + "type")


def test_nodes_are_the_entities_and_facts_without_documents_sentences_and_comments() -> None:
    net = network(sample_quads())
    kinds = sorted({row["kind"] for _, row in net.nodes(data=True)})
    assert kinds == [
        "Action", "Bloc", "Call", "Country", "Deadline", "Meeting", "Organization", "Person", "Place", "Position",
        "Post", "Product", "Round", "Signing", "Source", "Statement", "Summit", "Tariff", "Topic", "Visit",
    ]  # fmt: skip
    assert not [n for n in net if "#char=" in n or "publisher/" in n or "author" in n]


def test_comments_come_on_demand_and_lead_to_what_they_mention() -> None:
    net = network(sample_quads(), comments=True)
    comment = next(n for n, row in net.nodes(data=True) if row["kind"] == "Comment" and "White House" in row["label"])
    mentioned = {net.nodes[v]["label"] for _, v, key in net.out_edges(comment, keys=True) if key == "mentions"}
    assert {"Jane Doe", "Ken Tanaka"} <= mentioned


def test_a_tenure_is_an_edge_from_the_person_to_the_post() -> None:
    net = network(sample_quads())
    row = net.edges[BASE + "person/mary-major", BASE + "post/eu-trade-envoy", "holds"]
    assert (row["label"], row["status"]) == ("held", "Former")
    row = net.edges[BASE + "person/john-smith", BASE + "post/us-president", "holds"]
    assert (row["label"], row["status"], row["as_of"]) == ("holds", "Current", "2025-06-27")
    assert row["fact"].endswith("tenure/d1-john-smith-us-president")


def test_edges_run_as_they_read() -> None:
    net = network(sample_quads())
    meeting, tariff = BASE + "event/d1-meeting-doe-tanaka", BASE + "tariff/d1-us-jp-auto-parts"
    assert net.edges[BASE + "person/ken-tanaka", meeting, "participant"]["label"] == "participant in"
    assert net.edges[BASE + "country/US", tariff, "imposedBy"]["label"] == "imposes"
    assert net.edges[tariff, BASE + "country/JP", "target"]["label"] == "on goods of"
    assert not net.has_edge(meeting, BASE + "person/ken-tanaka")


def test_labels_tell_what_when_how_long_and_whether_it_was_held() -> None:
    labels = {row["label"] for _, row in network(sample_quads()).nodes(data=True)}
    assert {
        "Meeting, 27 Jun 2025, about 60 min", "Meeting, sought", "7th round, Japan and United States",
        "Visit to Tokyo, denied", "Tariff on imported cars, 2.5% → 27.5%, Apr 2025", "Ken Tanaka",
        "Tariff on auto parts, 30%, threatened", "Summit, Japan and United States, Oct 2025, cancelled",
        "Deadline 9 Jul 2025, the pause on other duties ends", "demands, that the car tariff be scrapped",
    } <= labels  # fmt: skip


def test_numbers_are_floats_and_everything_else_is_text() -> None:
    net = network(sample_quads())
    row = net.nodes[BASE + "tariff/d1-us-imported-cars"]
    assert (row["rate"], row["previous_rate"], row["added_rate"], row["date"]) == (27.5, 2.5, 25.0, "2025-04")
    values = [v for _, row in net.nodes(data=True) for v in row.values()]
    assert {type(v) for v in values} == {str, float}


def test_a_property_of_others_becomes_an_edge_in_its_own_words() -> None:
    one, other = NamedNode(BASE + "person/ken-tanaka"), NamedNode(BASE + "person/jane-doe")
    net = network([*sample_quads(), Quad(one, NamedNode(TERMS + "wroteLetterTo"), other)])
    assert net.edges[one.value, other.value, "wroteLetterTo"]["label"] == "wrote letter to"


def test_what_is_no_number_or_date_does_no_harm() -> None:
    call = NamedNode(BASE + "event/x")
    odd = {"minutes": "ages", "date": "2025-99", "round": "²"}
    quads = [Quad(call, NamedNode(TERMS + name), Literal(value)) for name, value in odd.items()]
    quads.append(Quad(call, TYPE, NamedNode(TERMS + "Call")))
    assert network(quads).nodes[call.value] == {"kind": "Call", "label": "Call, 2025-99, ages min", "date": "2025-99"}


def test_portable_edges_have_ids_of_their_own_and_no_control_characters() -> None:
    person = NamedNode(BASE + "person/x")
    quads = [Quad(person, TYPE, NamedNode(PREFIXES["schema"] + "Person")),
             Quad(person, NamedNode(PREFIXES["schema"] + "name"), Literal("Jo\x0b\ufffe Ng"))]  # fmt: skip
    net = portable(network([*sample_quads(), *quads]))
    assert net.nodes[person.value]["label"] == "Jo Ng"
    assert len({key for _, _, key in net.edges(keys=True)}) == net.number_of_edges()


def test_graph_hands_out_the_same_network() -> None:
    net, same = network(sample_quads()), sample().to_networkx()
    assert sorted(net.nodes(data=True)) == sorted(same.nodes(data=True))
    assert sorted(net.edges(keys=True)) == sorted(same.edges(keys=True))


def test_words() -> None:
    assert [day(x) for x in ("2025-06-08", "2025-04", "2025", "soon")] == ["8 Jun 2025", "Apr 2025", "2025", "soon"]
    assert [ordinal(x) for x in (1, 2, 3, 11, 13, 21, 102)] == ["1st", "2nd", "3rd", "11th", "13th", "21st", "102nd"]
    assert shortened("one two three", 10) == "one two…"
    assert shortened("x" * 20, 10) == "x" * 9 + "…"

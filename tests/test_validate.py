from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse
from rdflib.namespace import SH

from kg.errors import ValidationFailed
from kg.resources import ontology
from kg.stages.validate import SHAPES, Violation, check, violations

DATA = Path(__file__).parent / "data" / "shapes"
VALID_FOLDER, INVALID_FOLDER = DATA / "valid", DATA / "invalid"
VALID, INVALID = sorted(VALID_FOLDER.glob("*.ttl")), sorted(INVALID_FOLDER.glob("*.ttl"))


def read(path: Path) -> list[Quad]:
    return list(parse(path=path, format=RdfFormat.TURTLE))


def by_stem(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", VALID, ids=by_stem)
def test_the_smallest_valid_graphs_pass_unchanged(path: Path) -> None:
    quads = read(path)
    assert violations(quads) == ()
    assert check(quads) is quads


@pytest.mark.parametrize("path", INVALID, ids=by_stem)
def test_the_smallest_invalid_graphs_break_exactly_the_shape_they_are_named_for(path: Path) -> None:
    found = violations(read(path))
    assert {violation.shape for violation in found} == {path.stem.split("--")[0]}
    assert len({violation.thing for violation in found}) == 1


def test_every_shape_with_a_message_is_broken_by_a_file() -> None:
    shapes = rdflib.Graph().parse(ontology("shapes.ttl"))
    with_message = {*shapes.subjects(SH.message), *shapes.subjects(SH.sparql)}
    named = {str(shape).removeprefix(SHAPES) for shape in with_message if isinstance(shape, rdflib.URIRef)}
    assert {path.stem.split("--")[0] for path in INVALID} == named


@pytest.mark.parametrize("path", [*VALID, *INVALID], ids=by_stem)
def test_the_verdicts_are_those_of_plain_pyshacl_on_the_unchanged_shapes(path: Path) -> None:
    graph = rdflib.Graph().parse(path)
    _, report, _ = pyshacl.validate(graph, shacl_graph=plain_shapes(), inference=None, advanced=False)
    expected = {
        (str(report.value(result, SH.focusNode)), str(report.value(result, SH.sourceShape)).removeprefix(SHAPES))
        for result in report.subjects(rdflib.RDF.type, SH.ValidationResult)
    }
    assert {(violation.thing, violation.shape) for violation in violations(read(path))} == expected


@cache
def plain_shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology("shapes.ttl"))


def test_the_shapes_are_well_formed_shacl() -> None:
    conforms, _, report = pyshacl.validate(rdflib.Graph(), shacl_graph=plain_shapes(), meta_shacl=True)
    assert conforms, report


def test_the_message_names_the_thing_what_is_wrong_and_the_shape() -> None:
    quads = read(INVALID_FOLDER / "event-status--two.ttl")
    with pytest.raises(ValidationFailed) as failed:
        check(quads)
    assert str(failed.value) == (
        "id:event/d1-call: an event has one status: held, planned, sought, cancelled or denied (event-status)"
    )


def test_one_line_for_each_broken_shape_whatever_the_order_of_quads() -> None:
    quads = [q for name in ("event-status--two", "tariff-rate--negative") for q in read(INVALID_FOLDER / f"{name}.ttl")]
    lines = set()
    for seed in range(3):
        shuffled = random.Random(seed).sample(quads, len(quads))  # noqa: S311
        with pytest.raises(ValidationFailed) as failed:
            check(shuffled)
        lines.add(str(failed.value))
    assert len(lines) == 1
    assert [line.split(":")[1] for line in lines.pop().split("\n")] == ["event/d1-call", "tariff/d1-cars"]


def test_what_sentences_say_is_not_held_to_the_shapes_of_what_is_known() -> None:
    graph = NamedNode("https://w3id.org/parley/id/document/d1#char=0,40")
    broken = read(INVALID_FOLDER / "event-status--two.ttl")
    assert violations([Quad(q.subject, q.predicate, q.object, graph) for q in broken]) == ()
    assert violations([Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in broken]) != ()


def test_a_blank_node_is_refused() -> None:
    nameless = Quad(BlankNode(), NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), Literal("who?"))
    with pytest.raises(ValidationFailed, match="no blank nodes"):
        check([nameless])


def test_a_check_leaves_nothing_behind_for_the_next() -> None:
    broken, sound = read(INVALID_FOLDER / "event-status--none.ttl"), read(VALID_FOLDER / "call-with-length.ttl")
    first = violations(broken)
    assert violations(sound) == ()
    assert violations(broken) == first
    assert first[0] == Violation(
        "https://w3id.org/parley/id/event/d1-call",
        "event-status",
        "an event has one status: held, planned, sought, cancelled or denied",
    )

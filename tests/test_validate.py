from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyshacl
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse
from rdflib.namespace import SH

from kg import ntriples
from kg.errors import ValidationFailed
from kg.resources import ontology
from kg.stages.validate import Violation, check, violations
from kg.stages.validate.shapes import SHAPES

if TYPE_CHECKING:
    from kg.ntriples import Line

DATA = Path(__file__).parent / "data" / "shapes"
VALID_FOLDER, INVALID_FOLDER = DATA / "valid", DATA / "invalid"
VALID, INVALID = sorted(VALID_FOLDER.glob("*.ttl")), sorted(INVALID_FOLDER.glob("*.ttl"))


def read(path: Path) -> list[Line]:
    return list(ntriples.of_turtle(path))


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
    found = {(violation.thing, violation.shape) for violation in violations(read(path))}
    assert found == by_pyshacl(read(path))


def by_pyshacl(triples: list[Line]) -> set[tuple[str, str]]:
    data = rdflib.Graph().parse(data=ntriples.nquads(triples), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=plain_shapes(), inference=None, advanced=False)
    return {
        (str(report.value(result, SH.focusNode)), str(report.value(result, SH.sourceShape)).removeprefix(SHAPES))
        for result in report.subjects(rdflib.RDF.type, SH.ValidationResult)
    }


@pytest.mark.parametrize("seed", range(25))
def test_the_verdicts_are_those_of_pyshacl_where_triples_are_lost_and_values_changed(seed: int) -> None:
    chosen = random.Random(seed)  # noqa: S311
    sound = sorted({line for path in VALID for line in read(path)})
    values = sorted({line[3] for line in sound})
    kept = [line for line in sound if chosen.random() > 0.03]
    spoiled = [(*line[:3], chosen.choice(values)) if chosen.random() < 0.03 else line for line in kept]
    spoiled += [(*line[:3], chosen.choice(values)) for line in kept if chosen.random() < 0.03]
    found = {(violation.thing, violation.shape) for violation in violations(spoiled)}
    # rdflib takes the month 2025-07 for its first day, so it compares days with months.
    assert {shape for _, shape in found ^ by_pyshacl(spoiled)} <= {"earliest", "end-not-before-begin"}
    assert len(found) > 5


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
    broken = read(INVALID_FOLDER / "event-status--two.ttl")
    assert violations([("<https://w3id.org/parley/id/document/d1#char=0,40>", *line[1:]) for line in broken]) == ()
    assert violations(broken) != ()


def edited(name: str, *changes: tuple[str, str]) -> list[Line]:
    """A valid graph with words replaced, each of which must stand in it."""
    text = (VALID_FOLDER / f"{name}.ttl").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return list(ntriples.lines(parse(text.encode(), format=RdfFormat.TURTLE)))


hundredths = st.integers(0, 20_000).map(lambda n: Decimal(n) / 100)


@given(previous=hundredths, added=hundredths, off=st.sampled_from(["0", "0.01", "5"]).map(Decimal))
def test_a_rate_is_the_sum_to_the_last_digit(previous: Decimal, added: Decimal, off: Decimal) -> None:
    quads = edited("tariff-raised", ("kg:previousRate 2.5", f"kg:previousRate {previous:.2f}"),
                   ("kg:addedRate 25.0", f"kg:addedRate {added:.3f}"),
                   ("kg:rate 27.5", f"kg:rate {previous + added + off:.4f}"))  # fmt: skip
    assert [violation.shape for violation in violations(quads)] == (["rate-is-sum"] if off else [])


@given(days=st.integers(-800, 800), status=st.sampled_from(["Held", "Planned", "Sought", "Cancelled", "Denied"]))
def test_only_held_events_are_bound_to_the_report(days: int, status: str) -> None:
    day = (date(2025, 6, 27) + timedelta(days)).isoformat()
    quads = edited("call-held-on-the-day", ("kg:Held", f"kg:{status}"), *(
        (f'{name} "2025-06-27"', f'{name} "{day}"') for name in ("kg:date", "kg:earliest", "kg:latest")))  # fmt: skip
    late = status == "Held" and days > 1
    assert [violation.shape for violation in violations(quads)] == (["held-not-after-report"] if late else [])


@given(start=st.integers(-5, 50), end=st.integers(-5, 50))
def test_a_sentence_starts_before_it_ends(start: int, end: int) -> None:
    quads = edited("sentence", ("kg:start 0", f"kg:start {start}"), ("kg:end 40", f"kg:end {end}"))
    assert [violation.shape for violation in violations(quads)] == ([] if 0 <= start < end else ["sentence-start"])


def test_a_blank_node_is_refused() -> None:
    nameless = ("", "_:who", "<http://www.w3.org/2000/01/rdf-schema#label>", '"who?"')
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

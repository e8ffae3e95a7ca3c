from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kg import ntriples
from kg.corrections import Corrections, Pair, Right, apply, read
from kg.errors import SourceError
from kg.join import join
from kg.model import Ref
from kg.stages.state import lines, quads
from kg.stages.validate import check
from kg.store import Graph
from kg.verify import verify
from tests.graphs import documents, faithful_facts, node

if TYPE_CHECKING:
    from pathlib import Path

    from kg.model import Joined, JoinedFact

ANN = "Ann Reviewer"
CALL, PLANNED = Ref("event/d2-call-doe-tanaka-2"), Ref("event/d1-call-doe-tanaka")
FIRST_CALL = Ref("event/d2-call-doe-tanaka-1")
WHOLE = """
[[same]]
things = ["event:d1-call-doe-tanaka", "https://w3id.org/parley/id/event/d2-call-doe-tanaka-1"]
by = "Ann Reviewer"

[[not_same]]
things = ["person:jane-doe", "id:person/jane-doe-mayor"]
document = "d2"
by = "Ann Reviewer"

[[wrong]]
fact = "event:d2-visit-doe-tokyo"
by = "Bob Reader"

[[value]]
fact = "event:d2-call-doe-tanaka-2"
property = "minutes"
value = 25.5
by = "Ann Reviewer"

[[value]]
fact = "event:d2-call-doe-tanaka-2"
property = "date"
value = 2025-06-27
by = "Ann Reviewer"
"""


def sample() -> Joined:
    return join(faithful_facts())


def fact(joined: Joined, ref: Ref) -> JoinedFact:
    return next(one for one in joined.facts if one.id == ref)


def current(joined: Joined, ref: Ref) -> dict[str, object]:
    return {a.property: a.value for a in fact(joined, ref).current}


def right(property: str, *values: Decimal | str | Ref) -> Corrections:
    return Corrections(values=(Right(CALL, property, values, ANN),))


def test_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text(WHOLE, encoding="utf-8")
    assert read(path) == Corrections(
        same=(Pair(PLANNED, FIRST_CALL, ANN),),
        not_same=(Pair(Ref("person/jane-doe"), Ref("person/jane-doe-mayor"), ANN, "d2"),),
        wrong=((Ref("event/d2-visit-doe-tokyo"), "Bob Reader"),),
        values=(Right(CALL, "minutes", (Decimal("25.5"),), ANN), Right(CALL, "date", ("2025-06-27",), ANN)),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[same]\n", "no TOML: .*line 1"),
        ("[[sam]]\nby = 'A'", r"unknown \[\[sam\]\]; a judgement is one of same, not_same, wrong, value"),
        ("[wrong]\nfact = 'event:x'", r"write \[\[wrong\]\] with two brackets"),
        ("[[wrong]]\nfact = 'event:x'", r"\[\[wrong\]\] number 1: lacks 'by'"),
        ("[[wrong]]\nfact = 'event:x'\nby = 'A'\nwhy = 'x'", "has an unknown key 'why'"),
        ("[[wrong]]\nfact = 'the visit'\nby = 'A'", "'the visit' names no thing"),
        ("[[wrong]]\nfact = 'event:x'\nby = ' '", "'by' must name who says so"),
        ("[[same]]\nthings = ['event:x']\nby = 'A'", "must be two different names"),
        ("[[value]]\nfact = 'event:x'\nproperty = 'length'\nvalue = 1\nby = 'A'", "'length' is no property of a fact"),
        ("[[value]]\nfact = 'event:x'\nproperty = 'minutes'\nvalue = 'ten'\nby = 'A'", "'ten' is no decimal"),
        ("[[value]]\nfact = 'event:x'\nproperty = 'minutes'\nvalue = true\nby = 'A'", "True is no decimal"),
        ("[[value]]\nfact = 'event:x'\nproperty = 'date'\nvalue = 'July'\nby = 'A'", "'July' is no date"),
        ("[[value]]\nfact = 'event:x'\nproperty = 'minutes'\nvalue = [1, 2]\nby = 'A'", "minutes has one value"),
    ],
)
def test_wrong_file_is_named_with_its_place(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=message) as caught:
        read(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read: No such file"):
        read(tmp_path / "none.toml")


def test_nothing_to_correct_changes_nothing() -> None:
    assert apply(sample(), Corrections()) == sample()
    assert apply(sample(), Corrections(wrong=((Ref("event/none"), ANN),))) == sample()


def test_right_value_is_known_and_what_was_said_stays() -> None:
    corrected = apply(sample(), right("minutes", Decimal(25)))
    assert current(corrected, CALL)["minutes"] == 25
    assert fact(corrected, CALL).assertions == fact(sample(), CALL).assertions
    assert fact(corrected, CALL).corrected_by == (ANN,)
    found = lines(corrected)
    every = ntriples.quads(found)
    about = [q for q in every if q.predicate == node("kg:correctedBy")]
    assert [(q.subject, str(q.object)) for q in about] == [(node(f"id:{CALL}"), '"Ann Reviewer"')]
    said = {str(q.graph_name)[:3]: q.object.value for q in every  # type: ignore[union-attr]
            if q.subject == node(f"id:{CALL}") and q.predicate == node("kg:minutes")}  # fmt: skip
    assert said == {"DEF": "25.0", "<ht": "20.0"}
    assert check(found) == found


def test_corrected_graph_verifies_with_its_corrections_only() -> None:
    corrections = right("minutes", Decimal(25))
    graph = Graph.from_quads(quads(apply(sample(), corrections)))
    assert verify(graph, documents(), corrections).problems == ()
    assert {p.property for p in verify(graph, documents()).problems} == {"kg:minutes", "kg:correctedBy"}
    other = right("minutes", Decimal(26))
    assert [p.property for p in verify(graph, documents(), other).problems] == ["kg:minutes"]


def test_several_values_replace_those_read() -> None:
    smith = Ref("person/john-smith")
    corrected = apply(sample(), right("participant", smith))
    assert [a.value for a in fact(corrected, CALL).current if a.property == "participant"] == [smith]


def test_wrong_fact_goes_with_what_refers_to_it() -> None:
    visit = Ref("event/d2-visit-doe-tokyo")
    corrected = apply(sample(), Corrections(wrong=((visit, ANN),)))
    assert visit not in {one.id for one in corrected.facts}
    assert "denies" in current(sample(), Ref("statement/d2-2"))
    assert "denies" not in current(corrected, Ref("statement/d2-2"))
    assert str(node(f"id:{visit}")) not in {str(q.object) for q in quads(corrected)}


def test_same_facts_become_one_with_all_evidence() -> None:
    corrected = apply(sample(), Corrections(same=(Pair(FIRST_CALL, PLANNED, ANN),)))
    one = fact(corrected, PLANNED)
    assert len(corrected.facts) == len(sample().facts) - 1
    assert one.replaces == (FIRST_CALL,)
    assert one.corrected_by == (ANN,)
    assert {e.document for e in one.evidence} == {"d1", "d2"}
    assert current(corrected, PLANNED)["status"] == "Held"
    reported = {a.value for a in fact(corrected, Ref("statement/d2-1")).current if a.property == "reports"}
    assert reported == {PLANNED, CALL}


def test_facts_taken_apart_are_as_before() -> None:
    together = apply(sample(), Corrections(same=(Pair(PLANNED, FIRST_CALL, ANN),)))
    apart = apply(together, Corrections(not_same=(Pair(PLANNED, FIRST_CALL, "Bob Reader"),)))
    assert {f.id for f in apart.facts} == {f.id for f in sample().facts}
    for ref in (PLANNED, FIRST_CALL):
        assert fact(apart, ref).current == fact(sample(), ref).current
        assert fact(apart, ref).corrected_by == ("Bob Reader",)


def test_same_people_become_one() -> None:
    doe, major = Ref("person/jane-doe"), Ref("person/mary-major")
    corrected = apply(sample(), Corrections(same=(Pair(doe, major, ANN),)))
    (person,) = [e for e in corrected.entities if e.id in (doe, major)]
    assert person.id == doe
    assert set(person.alt_labels) | {person.label} == {"Jane Doe", "Doe", "Mary Major"}
    assert doe in {a.value for a in fact(corrected, Ref("event/d1-meeting-major-tanaka")).current}


def test_namesake_of_one_document_is_somebody_else() -> None:
    doe, mayor = Ref("person/jane-doe"), Ref("person/jane-doe-mayor")
    corrected = apply(sample(), Corrections(not_same=(Pair(doe, mayor, ANN, "d2"),)))
    assert {a.value for a in fact(corrected, CALL).current if a.property == "participant"} == {
        mayor, Ref("person/ken-tanaka"),
    }  # fmt: skip
    assert doe in {a.value for a in fact(corrected, PLANNED).current}
    assert check(lines(corrected))

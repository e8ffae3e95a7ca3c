"""`kg diff`: facts that came, went or changed, under whatever name."""

from __future__ import annotations

import json

from kg.join import join
from kg.many.diff import as_json, diff, text
from kg.model import DocumentFacts, FactKind
from kg.stages.state import quads
from kg.store import Graph
from tests.test_archive import call
from tests.told import Told


def graph(*documents: DocumentFacts) -> Graph:
    return Graph.from_quads(quads(join(documents)))


def meeting(name: str, **values: str) -> DocumentFacts:
    one = Told(name, "2025-06-20").person("Mary Major", "CH").person("Jane Doe", "US")
    return one.event(FactKind.MEETING, ["Mary Major", "Jane Doe"], ["CH", "US"], **values).facts()


def test_the_same_graph_has_no_difference() -> None:
    found = diff(graph(call("d1"), meeting("d2")), graph(meeting("d2"), call("d1")))
    assert not found
    assert list(text(found)) == ["0 facts came, 0 went, 0 changed"]


def test_facts_come_and_go() -> None:
    found = diff(graph(call("d1")), graph(call("d1"), meeting("d2", date="2025-06-18")))
    (one,) = found.came
    assert (one.name.short(), one.kind) == ("event:d2-0", "Meeting")
    assert one.values["participant"] == ("Jane Doe", "Mary Major")
    assert str(one).startswith("meeting event:d2-0: ")
    assert "date 2025-06-18" in str(one)
    assert (found.went, found.changed) == ((), ())
    back = diff(graph(call("d1"), meeting("d2", date="2025-06-18")), graph(call("d1")))
    assert (back.came, back.went) == ((), found.came)


def test_a_value_changes_and_the_fact_stays() -> None:
    found = diff(graph(meeting("d2", status="Planned", date="2025-06")), graph(meeting("d2", date="2025-06-18")))
    assert (found.came, found.went) == ((), ())
    (change,) = found.changed
    assert change.values["date"] == (("2025-06",), ("2025-06-18",))
    assert change.values["status"] == (("Planned",), ("Held",))
    assert "date 2025-06 -> 2025-06-18" in str(change)
    assert text(found).__next__().startswith("~ meeting event:d2-0: ")


def test_a_fact_with_a_new_name_is_the_same_fact() -> None:
    """An earlier report gives it its name."""
    early = Told("d0", "2025-06-28").person("Ken Tanaka", "JP").person("Jane Doe", "US")
    early.event(FactKind.CALL, ["Ken Tanaka", "Jane Doe"], ["JP", "US"], date="2025-06-28", minutes=15)
    found = diff(graph(call("d1")), graph(call("d1"), early.facts()))
    assert not [one for one in (*found.came, *found.went) if one.kind == "Call"]
    alone = diff(graph(call("d1"), early.facts()), graph(call("d1")))
    assert not [one for one in (*alone.came, *alone.went) if one.kind == "Call"]


def test_the_difference_as_json() -> None:
    after = graph(meeting("d2", date="2025-06-18"), call("d1"))
    data = json.loads(as_json(diff(graph(meeting("d2", date="2025-06")), after)))
    assert sorted(data) == ["came", "changed", "went"]
    assert sorted(one["kind"] for one in data["came"]) == ["Call", "Tenure"]
    assert data["changed"][0]["fact"] == "https://w3id.org/parley/id/event/d2-0"
    assert data["changed"][0]["values"]["date"] == {"before": ["2025-06"], "after": ["2025-06-18"]}

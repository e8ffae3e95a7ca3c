from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.explain import Explained, explain, render
from kg.store import Graph
from tests.graphs import default_only, sample, sample_quads

SECOND_CALL = ["They spoke again in the evening.", "The second call took about 20 minutes."]


def marked(one: Explained) -> list[list[str]]:
    return [[said.text[start:end] for start, end in said.marks] for said in one.said]


def test_fact_with_its_sentences_rule_and_speaker() -> None:
    explanation = explain(sample(), "event:d2-call-doe-tanaka-2")
    (one,) = explanation.facts
    assert (one.kind, one.rules, one.confidence) == ("Call", ("event.call",), "0.96")
    assert ("minutes", "20") in one.values
    assert ("participant", "Jane Doe") in one.values
    assert one.reported_by == ("a White House official",)
    assert [said.text for said in one.said] == SECOND_CALL
    assert marked(one) == [["evening"], ["20"]]
    assert one.said[0].published == "2025-06-29"


def test_denial_names_who_denies() -> None:
    (one,) = explain(sample(), "event:d2-visit-doe-tokyo").facts
    assert one.denied_by == ("Japanese government",)
    assert one.reported_by == ()


def test_person_by_name_gives_every_fact_of_hers() -> None:
    explanation = explain(sample(), "Mary Major")
    assert [(one.kind, str(one.fact).rsplit("/", 1)[1]) for one in explanation.facts] == [
        ("Meeting", "d1-meeting-major-tanaka"),
        ("Tenure", "d1-mary-major-eu-trade-envoy"),
    ]
    assert marked(explanation.facts[0]) == [["Tanaka", "Mary Major", "European Union"]]


@pytest.mark.parametrize(
    ("given", "facts", "words"),
    [
        ("20", ["d2-call-doe-tanaka-2"], [["20"]]),
        ("7", ["d1-round-7-jp-us"], [["seventh"]]),
        ("60", ["d1-meeting-doe-tanaka"], [["an hour"]]),
        ("national security", ["d1-us-imported-cars"], [["national security"]]),
        ("2025-07-09", ["d1-2025-07-09"], [["July 9"]]),
        ("2025-04", ["d1-us-imported-cars"], [["April"]]),
    ],
)
def test_value_gives_the_sentences_that_state_it(given: str, facts: list[str], words: list[list[str]]) -> None:
    explanation = explain(sample(), given)
    assert [str(one.fact).rsplit("/", 1)[1] for one in explanation.facts] == facts
    assert [marks for one in explanation.facts for marks in marked(one)] == words


def test_without_sentence_graphs_all_cited_sentences_are_shown() -> None:
    known = Graph.from_quads(default_only(sample_quads()))
    assert explain(known, "7").facts[0].kind == "Round"
    (one,) = explain(known, "20").facts
    assert [said.text for said in one.said] == SECOND_CALL


def test_render_marks_words() -> None:
    text = render(explain(sample(), "national security"))
    assert "on »national security« grounds." in text
    assert "rule: tariff.raise; confidence 0.8" in text
    assert text.endswith("2025-06-27)\n")


def test_unknown_name() -> None:
    with pytest.raises(QueryError, match=r"nearest: .*Ken Tanaka"):
        explain(sample(), "Ken Tanakka")

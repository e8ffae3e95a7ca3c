"""The scorer of positions, actions, reports and topics: what it counts as right, extra, missed, and leaves out."""

from __future__ import annotations

from typing import Any

from rdflib import Graph

from benchmarks.extra import score_actions, score_positions, score_reports, score_topics

PREFIXES = """
@prefix kg: <https://w3id.org/parley/terms#> . @prefix id: <https://w3id.org/parley/id/> .
@prefix schema: <https://schema.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
id:JP a schema:Country ; rdfs:label "Japan" ; schema:identifier "JP" .
id:US a schema:Country ; rdfs:label "United States" ; schema:identifier "US" .
id:tanaka a schema:Person ; schema:name "Ken Tanaka" ; kg:represents id:JP .
"""
GOLD: dict[str, Any] = {
    "people": [{"name": "Ken Tanaka", "roles": [{"title": "trade minister", "org": None, "country": "JP"}]}],
    "events": [{"participants": ["Ken Tanaka"], "date": "2025-06-30", "topic": "steel quotas"}],
}


def graph(turtle: str) -> Graph:
    return Graph().parse(data=PREFIXES + turtle, format="turtle")


def gold(**kinds: list[dict[str, Any]]) -> dict[str, Any]:
    return GOLD | kinds


def test_a_position_of_the_state_counts_for_the_person_who_speaks_for_it() -> None:
    wanted = gold(positions=[{"holder": "Ken Tanaka", "stance": "rejects", "accept": ["opposes"], "about": "quota"}])
    found = 'id:p a kg:Position ; kg:holder id:JP ; kg:stance kg:Opposes ; schema:text "a quota for rice" .'
    assert score_positions(wanted, graph(found)) == (1, 0, 0)


def test_another_stance_holder_or_matter_is_extra_and_leaves_one_missed() -> None:
    wanted = gold(positions=[{"holder": "JP", "stance": "seeks", "about": "the quota"}])
    for found in (
        'id:p a kg:Position ; kg:holder id:JP ; kg:stance kg:Rejects ; schema:text "the quota" .',
        'id:p a kg:Position ; kg:holder id:US ; kg:stance kg:Seeks ; schema:text "the quota" .',
        'id:p a kg:Position ; kg:holder id:JP ; kg:stance kg:Seeks ; schema:text "prisoners of war" .',
    ):
        assert score_positions(wanted, graph(found)) == (0, 1, 1)


def test_an_optional_position_is_neither_missed_nor_extra() -> None:
    wanted = gold(positions=[{"holder": "JP", "stance": "seeks", "about": "the quota", "optional": True}])
    found = 'id:p a kg:Position ; kg:holder id:JP ; kg:stance kg:Seeks ; schema:text "the quota" .'
    assert score_positions(wanted, graph(found)) == (0, 0, 0)
    assert score_positions(wanted, graph("")) == (0, 0, 0)


def test_actions_are_compared_by_source_root_and_recipient_without_consultations() -> None:
    wanted = gold(actions=[{"source": "JP", "code": "REJECT", "root": "12", "recipient": "US"}])
    found = """id:a a kg:Action ; kg:source id:tanaka ; kg:recipient id:US ; kg:cameoRoot "12" ;
                   kg:eventCode <https://w3id.org/parley/id/plover/REJECT> .
               id:c a kg:Action ; kg:source id:JP ; kg:recipient id:US ; kg:cameoRoot "04" ;
                   kg:eventCode <https://w3id.org/parley/id/plover/CONSULT> ."""
    assert score_actions(wanted, graph(found)) == (1, 0, 0)
    assert score_actions(wanted, graph(found.replace('"12"', '"11"'))) == (0, 1, 1)


def test_a_report_counts_where_the_statement_links_the_fact_or_denies_it() -> None:
    wanted = gold(statements=[{"speaker": "Ken Tanaka", "gist": "the meeting was useful",
                               "reports": [{"kind": "events", "index": 0}]}])  # fmt: skip
    event = 'id:e a kg:Meeting ; kg:participant id:tanaka ; kg:date "2025-06-30" . '
    said = 'id:s a kg:Statement ; kg:speaker id:tanaka ; schema:text "a useful meeting" '
    assert score_reports(wanted, graph(event + said + "; kg:reports id:e .")) == (1, 0, 0)
    assert score_reports(wanted, graph(event + said + "; kg:denies id:e .")) == (1, 0, 0)
    assert score_reports(wanted, graph(event + said + ".")) == (0, 0, 1)


def test_a_topic_is_asked_for_only_where_the_event_was_found() -> None:
    event = 'id:e a kg:Meeting ; kg:participant id:tanaka ; kg:date "2025-06-30" ; kg:topic id:t . '
    assert score_topics(GOLD, graph(event + 'id:t rdfs:label "quotas for steel" .')) == (1, 0, 0)
    assert score_topics(GOLD, graph(event + 'id:t rdfs:label "prisoners" .')) == (0, 1, 1)
    assert score_topics({**GOLD, "events": [{**GOLD["events"][0], "topic": "steel duty"}]},
                        graph(event + 'id:t rdfs:label "tariff" .')) == (1, 0, 0)  # words of one meaning
    assert score_topics(GOLD, graph(event.replace("; kg:topic id:t ", ""))) == (0, 0, 1)
    assert score_topics(GOLD, graph("")) == (0, 0, 0)

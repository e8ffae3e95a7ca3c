"""The corpus is well formed: each gold file has its text, values of the vocabulary, real dates, words of the text."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
# The yardstick's own gold (agency/) stays as it came: its slugs and words follow other habits.
OWN = [path for path in (ROOT / "tests" / "corpus").glob("*/*.json") if path.parent.name != "agency"]
GOLD = sorted([*OWN, ROOT / "examples" / "talks.json"])
EVENTS = {"Meeting", "Call", "Visit", "NegotiationRound", "Summit", "Signing"}
EVENT_STATUS = {"held", "planned", "sought", "cancelled", "denied"}
TARIFF_STATUS = {"in force", "agreed", "proposed", "threatened", "paused", "lifted", None}
STANCES = {"seeks", "offers", "readyto", "prioritises", "demands", "opposes", "rejects", "rulesout", "nosignof",
           "differs"}
ROOTS = {"AGREE": "03", "CONSULT": "04", "SUPPORT": "05", "COOPERATE": "06", "AID": "07", "CONCEDE": "08",
         "RETREAT": "08", "REQUEST": "02 10", "ACCUSE": "09 11", "REJECT": "12", "THREATEN": "13", "PROTEST": "14",
         "MOBILIZE": "15", "SANCTION": "16", "COERCE": "17 19", "ASSAULT": "17 18 19 20"}
CODE = re.compile(r"[A-Z]{2}")
WORDS = {"five": 5, "ten": 10, "twelve": 12, "fifteen": 15, "nineteen": 19, "twenty": 20, "thirty": 30,
         "forty": 40, "fifty": 50}


def words(text: str) -> set[str]:
    """The words of a text without case and accents; letters that have no base letter stay as they are."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return set(re.findall(r"\w+", plain))


def with_singulars(found: set[str]) -> set[str]:
    """The words, and those in -s without it: "finance ministers A and B" gives each the title of a finance minister."""
    return found | {word[:-1] for word in found if len(word) > 3 and word.endswith("s")}


def real_date(value: str | None) -> bool:
    """True for nothing, a year, a month or a day of the calendar."""
    if value is None or re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", value):
        return True
    return date.fromisoformat(value).isoformat() == value


@pytest.fixture(params=GOLD, ids=lambda path: path.stem)
def document(request: pytest.FixtureRequest) -> tuple[dict[str, Any], str]:
    """The gold of one document, and its text."""
    path: Path = request.param
    gold = json.loads(path.read_text(encoding="utf-8"))
    assert gold["slug"] == path.stem
    return gold, path.with_suffix(".txt").read_text(encoding="utf-8")


def test_the_first_line_is_the_date_of_publication(document: tuple[dict[str, Any], str]) -> None:
    """Or none is given there, and the day stands in the dateline."""
    gold, text = document
    published = gold["published"]
    if text.startswith("date ") or published is None:
        assert text.startswith("date ") == (published is not None)
        assert published is None or re.match(rf"date {published}\s", text)
    else:
        assert {int(published[:4]), int(published[8:])} <= {int(n) for n in re.findall(r"\d+", text)}


def test_values_are_those_of_the_vocabulary(document: tuple[dict[str, Any], str]) -> None:
    gold, _ = document
    assert {e["type"] for e in gold["events"]} <= EVENTS
    assert {e["status"] for e in gold["events"]} <= EVENT_STATUS
    assert {t["status"] for t in gold["tariffs"]} <= TARIFF_STATUS
    assert {s for p in gold["positions"] for s in (p["stance"], *p.get("accept", []))} <= STANCES
    assert all(a["root"] in ROOTS[a["code"]].split() for a in gold["actions"])
    assert all(t["rate_to"] is not None or t["product"] for t in gold["tariffs"])


def test_dates_are_real_and_a_held_event_does_not_follow_the_report(document: tuple[dict[str, Any], str]) -> None:
    gold, _ = document
    for fact in gold["events"] + gold["tariffs"] + gold["deadlines"]:
        assert real_date(fact["date"]), fact
        assert real_date(fact.get("date_end")), fact
    for event in gold["events"]:
        if event["status"] == "held" and event["date"] and gold["published"]:
            assert event["date"] <= gold["published"], event


def test_names_titles_and_speakers_stand_in_the_text(document: tuple[dict[str, Any], str]) -> None:
    gold, text = document
    known = with_singulars(words(text))
    named = [p["name"] for p in gold["people"]] + [r["title"] for p in gold["people"] for r in p["roles"]]
    named += [c["author"] for c in gold["comments"]] + [e["place"] for e in gold["events"] if e["place"]]
    named += [name for e in gold["events"] for name in e["participants"]] + [s["speaker"] for s in gold["statements"]]
    named += [p["holder"] for p in gold["positions"]] + [a[k] for a in gold["actions"] for k in ("source", "recipient")]
    assert [n for n in named if not CODE.fullmatch(n) and not words(n) <= known] == []


def test_rates_stand_in_the_text(document: tuple[dict[str, Any], str]) -> None:
    gold, text = document
    rates = {t[key] for t in gold["tariffs"] for key in ("rate_to", "rate_from")} - {None, 0}
    spelled = {rate for word, rate in WORDS.items() if word in words(text)}
    assert [r for r in rates - spelled if not re.search(rf"(?<![\d.]){re.escape(f'{r:g}')}(?![\d]|\.\d)", text)] == []


def test_statements_report_facts_of_the_gold(document: tuple[dict[str, Any], str]) -> None:
    gold, _ = document
    for statement in gold["statements"]:
        for report in statement.get("reports", []):
            assert report["kind"] in ("events", "tariffs", "deadlines")
            assert 0 <= report["index"] < len(gold[report["kind"]]), statement

"""How far two annotators agree: the facts of the second, taken for a system's, scored against the first's.

    python -m benchmarks.agreement             both on the documents of horizon; totals only
    python -m benchmarks.agreement --itself    the first against itself: 1.0 everywhere, or the comparison is wrong

The second annotator (`tests/data/second`) knew the texts and the rules of annotation, not the first gold. Nothing
that an annotator marks as optional is missed or false. Where two careful readers differ, no program can be right for
both: the figures are the ceiling of `benchmarks.accuracy --held`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from unittest.mock import patch

from rdflib import RDF, Graph, Literal, URIRef

from benchmarks import extra, score

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST = Path(__file__).resolve().parent.parent / "tests/corpus/horizon"
SECOND = FIRST.parent.parent / "data/second"
_number: Callable[[object], float | None] = score.number
OPTIONAL = "optional"  # marks the facts of the system that its annotator calls so
LABEL = URIRef("http://www.w3.org/2000/01/rdf-schema#label")
Gold = dict[str, Any]
JUDGES = {"positions": extra.judge_positions, "actions": extra.judge_actions, "topics": extra.judge_topics}


def read(folder: Path, slug: str) -> Gold:
    """The gold of one document."""
    found: Gold = json.loads((folder / f"{slug}.json").read_text(encoding="utf-8"))
    return found


def is_code(name: str) -> bool:
    """Whether a participant, holder or actor is a state or bloc by its code."""
    return len(name) == 2 and name.isupper()


def served(gold: Gold, name: str) -> set[str]:
    """The states that a person serves."""
    person = next((p for p in gold["people"] if p["name"] == name or score.same_person(p["name"], name)), None)
    return {role["country"] for role in person["roles"] if role.get("country")} if person else set()


def listed(gold: Gold, kind: str) -> list[Gold]:
    """The facts of a kind, those that are not optional first: of two alike the scorer takes the first."""
    return sorted(gold.get(kind) or [], key=lambda fact: bool(fact.get("optional")))


def people(gold: Gold) -> dict[str, list[Gold]]:
    """People and their roles as the scorer reads them from a graph."""
    roles = [
        {"name": p["name"], "titles": {r["title"]}, "country": r.get("country"), OPTIONAL: either(p, r)}
        for p in listed(gold, "people") for r in p["roles"]
    ]  # fmt: skip
    return {"people": [{"name": p["name"], OPTIONAL: either(p)} for p in listed(gold, "people")], "roles": roles}


def either(*facts: Gold) -> bool:
    """Whether one of the facts is optional."""
    return any(fact.get("optional") for fact in facts)


def event(gold: Gold, told: Gold) -> Gold:
    """An event as the scorer reads it from a graph; a body among the participants ("BRICS") is a party."""
    known = [p["name"] for p in gold["people"]]
    codes = {p for p in told["participants"] if is_code(p)}
    names = {p for p in told["participants"] if not is_code(p)}
    bodies = {n for n in names if " " not in n and not any(score.same_person(k, n) for k in known)}
    parties = codes.union(*(served(gold, name) for name in names))
    return {
        "type": told["type"].replace("NegotiationRound", "Round"),
        "date": told.get("date"), "end": told.get("date_end"),
        "minutes": _number(told.get("duration_min")), "round": _number(told.get("round")),
        "status": told["status"], "statuses": {told["status"]}, "places": {told["place"]} - {None},
        "dates": {told.get("date")} - {None}, "names": names - bodies, "parties": parties, "blocs": parties | bodies,
        OPTIONAL: either(told),
    }  # fmt: skip


def tariff(told: Gold) -> Gold:
    """A tariff as the scorer reads it from a graph."""
    return {
        "imposer": told["imposer"], "targets": {told["target"]} - {None}, "products": {told["product"]} - {None},
        "rate_to": _number(told["rate_to"]), "rate_from": _number(told["rate_from"]),
        "date": told.get("date"), "status": (told.get("status") or "").replace(" ", ""), "ground": told.get("ground"),
        OPTIONAL: either(told),
    }  # fmt: skip


def facts(gold: Gold) -> dict[str, list[Gold]]:
    """All facts of a document in the form of `score.read_graph`."""
    return people(gold) | {
        "events": [event(gold, e) for e in listed(gold, "events") for _ in range(int(e.get("count") or 1))],
        "tariffs": [tariff(t) for t in listed(gold, "tariffs")],
        "statements": [
            {"speakers": {s["speaker"]}, "nodes": {s["speaker"]}, "text": s["gist"], OPTIONAL: either(s)}
            for s in listed(gold, "statements")
        ],
        "deadlines": [{"date": d["date"], OPTIONAL: either(d)} for d in listed(gold, "deadlines")],
        "comments": [
            {"author": c["author"], "text": c.get("gist"), OPTIONAL: either(c)} for c in listed(gold, "comments")
        ],
    }  # fmt: skip


class Made:
    """Positions, actions and topics of events as a graph, for `benchmarks.extra`."""

    def __init__(self, gold: Gold) -> None:
        self.gold, self.graph, self.actors = gold, Graph(), dict[str, URIRef]()
        self._number = count()
        for told in listed(gold, "positions"):
            self._position(told)
        for told in listed(gold, "actions"):
            self._action(told)
        for told in listed(gold, "events"):
            self._event(told)

    def _new(self, kind: str = "Actor") -> URIRef:
        node = URIRef(f"urn:n:{next(self._number):05}")
        self.graph.add((node, RDF.type, extra.kg(kind)))
        return node

    def _actor(self, name: str) -> URIRef:
        if name not in self.actors:
            self.actors[name] = node = self._new()
            self.graph.add((node, URIRef(extra.SCHEMA + ("identifier" if is_code(name) else "name")), Literal(name)))
            for state in self._states(name):
                self.graph.add((node, extra.kg("represents"), self._actor(state)))
        return self.actors[name]

    def _states(self, name: str) -> set[str]:
        return set() if is_code(name) else served(self.gold, name)

    def _position(self, told: Gold) -> None:
        node = self._new("Position")
        self.graph.add((node, extra.kg("stance"), extra.kg(told["stance"])))
        for holder in {told["holder"], *told.get("holders", ())}:
            self.graph.add((node, extra.kg("holder"), self._actor(holder)))
        for words in (told["about"], *([OPTIONAL] if either(told) else ())):
            self.graph.add((node, URIRef(extra.SCHEMA + "text"), Literal(words)))

    def _action(self, told: Gold) -> None:
        node, code = self._new("Action"), OPTIONAL if either(told) else told["code"]
        self.graph.add((node, extra.kg("source"), self._actor(told["source"])))
        self.graph.add((node, extra.kg("cameoRoot"), Literal(told["root"])))
        self.graph.add((node, extra.kg("eventCode"), URIRef(f"urn:plover/{code}")))
        if told.get("recipient"):
            self.graph.add((node, extra.kg("recipient"), self._actor(told["recipient"])))

    def _event(self, told: Gold) -> None:
        node = self._new(told["type"].replace("NegotiationRound", "Round"))
        for name in told["participants"]:
            self.graph.add((node, extra.kg("party" if is_code(name) else "participant"), self._actor(name)))
            for state in self._states(name):
                self.graph.add((node, extra.kg("party"), self._actor(state)))
        if told.get("date"):
            self.graph.add((node, extra.kg("date"), Literal(told["date"])))
        if told.get("topic"):
            topic = self._new("Topic")
            self.graph.add((node, extra.kg("topic"), topic))
            self.graph.add((topic, LABEL, Literal(told["topic"])))


def is_optional(fact: Gold) -> bool:
    """Whether a fact that the other annotator lacks is one that its own annotator calls optional."""
    return bool(fact.get(OPTIONAL)) or OPTIONAL in (fact.get("about") or ()) or fact.get("code") == OPTIONAL


def measure(folder: Path) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Right, extra, missed by kind, and right, all by slot, of one annotator's facts against the first gold."""
    kinds: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    slots: dict[str, list[int]] = defaultdict(lambda: [0, 0])

    def add(kind: str, right: int, more: int, missed: int) -> None:
        kinds[kind] = [a + b for a, b in zip(kinds[kind], (right, more, missed), strict=True)]

    for path in sorted(SECOND.glob("*.json")):
        gold, mine = read(FIRST, path.stem), read(folder, path.stem)
        with patch.object(score, "read_graph", facts):  # the scorer is kept as it came, and asks a graph for its facts
            found, right, notes = score.score_document(gold, cast("Graph", mine))
        for kind, (hits, more, missed) in found.items():
            spared = sum(k == kind and what == "extra" and is_optional(fact) for k, what, fact in notes)
            add(kind, hits, more - spared, missed)
        for slot, (hits, of) in right.items():
            slots[slot] = [slots[slot][0] + hits, slots[slot][1] + of]
        told = Made(mine).graph
        for kind, judge in JUDGES.items():
            if kind == "topics" or kind in gold:
                result = judge(gold, told)
                add(kind, len(result[0]), sum(not is_optional(fact) for fact in result[1]), len(result[2]))
    return kinds, slots


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--itself", action="store_true")
    kinds, slots = measure(FIRST if parser.parse_args().itself else SECOND)
    for kind, (right, more, missed) in kinds.items():
        p, r, f1 = score.prf(right, more, missed)
        print(f"{kind:13} P {p:.3f}  R {r:.3f}  F1 {f1:.3f}   (both {right}, second only {more}, first only {missed})")
    print("slots: " + ", ".join(f"{slot} {hits / of:.3f} of {of}" for slot, (hits, of) in sorted(slots.items()) if of))
    return 0


if __name__ == "__main__":
    sys.exit(main())

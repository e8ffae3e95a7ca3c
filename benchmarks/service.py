"""Which state a person serves whose title does not say it: how often the text around decides rightly, and its weights.

    python -m benchmarks.service

Fits the weights of `kg.stages.recognize.votes` to the decisions in the opened corpora whose gold names one state (a
conditional logit, drawn towards the weights in use), and prints how many are right by the weights in use, and by
weights fitted to all corpora but the decision's own.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np

from benchmarks.accuracy import CORPORA
from kg.model import Document
from kg.stages.ingest import read
from kg.stages.parse import load, parse
from kg.stages.recognize import recognize, votes

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.stages.recognize.people import Person

Found = dict[str, votes.Signs]
SIGNS = tuple(votes.WEIGHTS)
STEPS, STEP, DRAWN = 400, 0.3, 0.004  # of the descent; how strongly weights are drawn to those in use


class Decision:
    """One person of one document: the states to choose from, their signs as rows, and the place of the right one."""

    def __init__(self, found: Found, right: str) -> None:
        """From the signs of each state and the state that the gold names, which may not be among them."""
        self.states = sorted(found)
        self.rows: NDArray[np.float64] = np.array([[found[code][sign] for sign in SIGNS] for code in self.states])
        self.right = self.states.index(right) if right in found else None

    def decided(self, weights: NDArray[np.float64]) -> bool:
        """Whether the weights choose the right state."""
        return int(np.argmax(self.rows @ weights)) == self.right


def decisions(nlp: Language) -> dict[str, list[Decision]]:
    """The decisions in each opened corpus; of several about one person the last, when most of the others are known."""
    seen: dict[str, Found] = {}
    plain: Callable[..., Found] = votes.signs

    def spied(doc: Doc, n: int, persons: list[Person], *rest: object, **named: object) -> Found:
        seen[persons[n].label] = found = plain(doc, n, persons, *rest, **named)
        return found

    result: dict[str, list[Decision]] = {}
    with patch("kg.stages.recognize.service.signs", spied):
        for name, folder in CORPORA.items():
            here = result.setdefault(name, [])
            for path in sorted(folder.glob("*.json")):
                seen.clear()
                given = (d for d in read([path.with_suffix(".txt")]) if isinstance(d, Document))
                for document, doc in parse(given, nlp):
                    recognize(document, doc)
                gold = json.loads(path.read_text(encoding="utf-8"))["people"]
                here += [Decision(f, right) for label, f in seen.items() if f and (right := _right(label, gold))]
    return result


def _right(label: str, gold: list[dict[str, Any]]) -> str | None:
    """The one state that the gold names for the one person of this surname."""
    alike = [p for p in gold if p["name"] == label or p["name"].split()[-1] == label.split()[-1]]
    states = {role["country"] for p in alike for role in p["roles"]}
    return states.pop() if len(alike) == 1 and len(states) == 1 else None


def fit(found: list[Decision]) -> NDArray[np.float64]:
    """Weights under which the right states are likeliest."""
    usable = [d for d in found if d.right is not None]
    first = np.array([votes.WEIGHTS[sign] for sign in SIGNS])
    weights = first.copy()
    for _ in range(STEPS):
        slope = np.zeros(len(SIGNS))
        for d in usable:
            likely = np.exp(d.rows @ weights - np.max(d.rows @ weights))
            slope += d.rows[d.right] - (likely / likely.sum()) @ d.rows
        weights += STEP * (slope / len(usable) - DRAWN * (weights - first))
    return weights


def main() -> None:
    """Print how many decisions are right, and the weights fitted to all."""
    found = decisions(load())
    every = [d for here in found.values() for d in here]
    used = np.array([votes.WEIGHTS[sign] for sign in SIGNS])
    right = sum(d.decided(used) for d in every)
    print(f"weights in use: {right} of {len(every)} right ({right / len(every):.3f})")
    apart = 0
    for name, here in found.items():
        weights = fit([d for other, those in found.items() if other != name for d in those])
        apart += sum(d.decided(weights) for d in here)
    print(f"one corpus left out at a time: {apart} of {len(every)} right ({apart / len(every):.3f})")
    for sign, weight in zip(SIGNS, fit(every), strict=True):
        print(f"{weight:6.2f}  {sign} (in use {votes.WEIGHTS[sign]})")


if __name__ == "__main__":
    main()

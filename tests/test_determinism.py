"""The same documents give the same bytes in every format, whatever the machine, the day and the order are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg import facts_json, pipeline
from kg.export import FORMATS
from kg.model import DocumentFacts
from kg.stages.parse import load

ROOT = Path(__file__).parent.parent
SOURCES = [ROOT / "examples" / "talks.txt", *sorted((ROOT / "tests" / "corpus" / "dev").glob("*.txt"))[:3]]
PLACES = {
    "one": {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Tokyo"},
    "other": {"PYTHONHASHSEED": "4711", "LC_ALL": "C.UTF-8", "TZ": "America/St_Johns", "PYTHONUTF8": "0"},
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same build in two surroundings, the second with its sources in reverse order."""
    found = {}
    for number, (place, env) in enumerate(PLACES.items()):
        found[place] = tmp_path_factory.mktemp(place)
        sources = SOURCES[:: -1 if number else 1]
        subprocess.run(
            [sys.executable, "-m", "kg", "build", *sources, "--root", ROOT, "-o", ".", "--formats", ",".join(FORMATS)],
            cwd=found[place], env=os.environ | env, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    return found


@pytest.mark.parametrize("ending", list(FORMATS))
def test_same_bytes(ending: str, built: dict[str, Path]) -> None:
    one, other = (built[place] / f"graph.{ending}" for place in PLACES)
    assert one.read_bytes() == other.read_bytes()


def test_a_document_gives_the_same_facts_alone_and_among_others() -> None:
    nlp = load()

    def facts(*sources: Path) -> list[bytes]:
        found = pipeline.facts(sources, nlp, root=ROOT)
        return [facts_json.dump(one) for one in found if isinstance(one, DocumentFacts)]

    assert facts(*SOURCES) == [line for source in SOURCES for line in facts(source)]

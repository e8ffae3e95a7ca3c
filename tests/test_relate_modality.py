"""How far an event has come: one table, active and passive."""

from __future__ import annotations

import pytest

from kg.stages.relate.modality import Stage, stage
from tests.reading import read

HELD, PLANNED, SOUGHT, CANCELLED, DENIED = Stage.HELD, Stage.PLANNED, Stage.SOUGHT, Stage.CANCELLED, Stage.DENIED
NEGATED, MAYBE = Stage.NEGATED, Stage.HYPOTHETICAL


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("The ministers met in Bern.", "met", HELD),
        ("The ministers will meet in Bern.", "meet", PLANNED),
        ("The ministers are to meet in Bern.", "meet", PLANNED),
        ("The ministers are expected to meet in Bern.", "meet", PLANNED),
        ("The ministers agreed to meet in Bern.", "meet", PLANNED),
        ("The ministers said they would meet in Bern.", "meet", PLANNED),
        ("The ministers will not meet in Bern.", "meet", CANCELLED),
        ("The ministers refused to meet in Bern.", "meet", CANCELLED),
        ("The ministers asked to meet in Bern.", "meet", SOUGHT),
        ("The ministers want to meet in Bern.", "meet", SOUGHT),
        ("The ministers did not meet in Bern.", "meet", NEGATED),
        ("The ministers never met in Bern.", "met", NEGATED),
        ("The ministers may meet in Bern.", "meet", MAYBE),
        ("The ministers might have met in Bern.", "met", MAYBE),
        ("If the ministers meet in Bern, they will agree.", "meet", MAYBE),
        ("Had the ministers met in Bern, they would have agreed.", "met", MAYBE),
        ("The meeting was held in Bern.", "meeting", HELD),
        ("The meeting will be held in Bern.", "meeting", PLANNED),
        ("The ministers will hold a meeting in Bern.", "meeting", PLANNED),
        ("The ministers are planning a meeting in Bern.", "meeting", PLANNED),
        ("A meeting planned for Friday is about trade.", "meeting", PLANNED),
        ("The minister is seeking a meeting in Bern.", "meeting", SOUGHT),
        ("The minister called off the meeting in Bern.", "meeting", CANCELLED),
        ("The meeting in Bern was called off.", "meeting", CANCELLED),
        ("The minister cancelled the meeting in Bern.", "meeting", CANCELLED),
        ("The meeting in Bern was cancelled.", "meeting", CANCELLED),
        ("The talks fell through.", "talks", CANCELLED),
        ("The minister denied a meeting in Bern.", "meeting", DENIED),
        ("There was no meeting in Bern.", "meeting", NEGATED),
        ("The ministers left without meeting the press.", "meeting", NEGATED),
        ("The minister spoke after a meeting in Bern.", "meeting", HELD),
    ],
)
def test_stage_of_an_event(text: str, word: str, found: Stage) -> None:
    assert stage(read(text).token(word)) is found

"""Whether reports of one fact keep the shapes together. A group that does not is split and reported, never dropped.

Each report alone keeps them: stage 7 has checked its document. What joining can break is told here in words; the shapes
themselves are checked on the whole graph.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.current import days
from kg.dates import bounds
from kg.model import EVENTS, FactKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.join.sources import Sources
    from kg.model import Fact, JoinedFact

_SPEAKERS = 2


def fault(fact: JoinedFact, sources: Sources) -> str | None:
    """The shape that a joined fact would break, in words."""
    said = {a.property: a for a in fact.current}
    if "date" in said and "endDate" in said and bounds(str(said["endDate"].value))[1] < days(said)[0]:
        return "it would end before it begins"
    held = fact.kind in EVENTS and "date" in said and "status" in said and said["status"].value == "Held"
    if held and _early(fact, days(said)[0], sources):
        return "it would be held more than a day after its newest report"
    if fact.kind is FactKind.STATEMENT and len([a for a in fact.current if a.property == "speaker"]) > _SPEAKERS:
        return "it would have more than two speakers"
    if fact.kind is FactKind.STATEMENT and _values(fact, "reports") & _values(fact, "denies"):
        return "it would report what it denies"
    return None


def _values(fact: JoinedFact, name: str) -> set[object]:
    return {a.value for a in fact.current if a.property == name}


def _early(fact: JoinedFact, begin: str, sources: Sources) -> bool:
    published = [day for e in fact.evidence if (day := sources.published[e.document])]
    return bool(published) and (date.fromisoformat(max(published)) + timedelta(days=1)).isoformat() < begin


def parts(
    group: Sequence[Fact], together: Callable[[Sequence[Fact]], JoinedFact], sources: Sources
) -> list[list[Fact]]:
    """The group, or the fewest parts of it that keep the shapes, taking the reports by age.

    Args:
        group: Reports, sorted by age.
        together: Merges reports.
        sources: The documents.
    """
    found: list[list[Fact]] = []
    for fact in group:
        part = next((p for p in found if fault(together([*p, fact]), sources) is None), None)
        if part is None:
            found.append([fact])
        else:
            part.append(fact)
    return found

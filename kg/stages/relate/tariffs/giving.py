"""Lines of a list that tell who lowers its duties: "India agreed to: wine from 150% to 20%, olive oil to zero"."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.entries import Entry, entries

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text


def given(text: Text, frame: Frame, entry: Entry) -> None:
    """Fill in the sides of a tariff in such a line: who lowers it, and the state of the heading, or who gives most."""
    who = entry.giver.states[:1]
    if not who:
        return
    frame.imposers, frame.labelled, frame.status, frame.firm = who, True, "Agreed", True
    givers = [e.giver.states[0] for e in entries(text) if e.giver.states]
    often = Counter(s[0] for s in givers)
    others = [*entry.above.states, *sorted(givers, key=lambda s: -often[s[0]])]
    frame.targets = [s for s in others if s[0] != who[0][0]][:1]

"""Claims about one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Claim, FactKind, Value


def values(claim: Claim, name: str) -> set[Value]:
    """All values that a claim gives for a property."""
    return {a.value for a in claim.assertions if a.property == name}


@dataclass(slots=True)
class Cluster:
    """Claims about one thing, in order of the text."""

    kind: FactKind
    claims: list[Claim]

    def values(self, name: str) -> set[Value]:
        """All values that the claims give for a property."""
        return {a.value for c in self.claims for a in c.assertions if a.property == name}

"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.result import IRI, shown

if TYPE_CHECKING:
    from kg.result import Value


@dataclass(frozen=True, slots=True)
class Check:
    """One triple that was read again; `why` says what is wrong with it and is empty where nothing is."""

    subject: IRI
    property: str
    value: Value
    sentence: IRI | None
    why: str

    def __str__(self) -> str:
        """The triple, where it is said, and what is wrong, on one line."""
        value = shown(self.value) if isinstance(self.value, IRI) else f'"{shown(self.value)}"'
        where = f" in <{self.sentence}>" if self.sentence and self.sentence != self.subject else ""
        return f"{self.subject.short()} {self.property} {value}{where}: {self.why}"


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome: how many triples were read again, those that are not supported, and at which level."""

    checked: int
    problems: tuple[Check, ...]
    sentences: bool  # False: the graph has no sentence graphs, so facts were checked against all sentences they cite

    def __bool__(self) -> bool:
        return not self.problems

    def __str__(self) -> str:
        """A summary of one line."""
        level = "sentence by sentence" if self.sentences else "at fact level, since the graph has no sentence graphs"
        found = f"{len(self.problems)} not supported" if self.problems else "all supported"
        return f"{self.checked} triples checked {level}: {found}"

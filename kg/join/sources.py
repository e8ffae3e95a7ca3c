"""What joining asks of the documents again and again: their days, publishers, zones, and the words of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.iris import fold
from kg.join.zones import of_dateline
from kg.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.model import Document, DocumentFacts, Evidence, Fact, JoinedFact

_OF_ONE_HAND = 40  # characters: shorter sentences ("The two met on Friday.") are written again and again


@dataclass(frozen=True, slots=True)
class Sources:
    """Documents by identity."""

    published: Mapping[str, str | None]
    publishers: Mapping[str, str | None]
    zones: Mapping[str, float | None]  # hours ahead of UTC of the dateline
    corrects: Callable[[str], bool]  # whether a document says that it puts an earlier report right
    said: Callable[[Evidence], str]  # the sentence that an evidence points to

    @classmethod
    def of(cls, documents: Sequence[DocumentFacts]) -> Sources:
        """The sources of these documents."""
        every = {one.document.id: one.document for one in documents}
        return cls(
            {d.id: d.published for d in every.values()}, {d.id: d.publisher for d in every.values()},
            {one.document.id: of_dateline(one) for one in documents}, lambda name: corrects(every[name]),
            lambda evidence: every[evidence.document].text[evidence.start : evidence.end],
        )  # fmt: skip

    def words(self, evidence: Evidence) -> str:
        """The sentence that an evidence points to, with single blanks."""
        return " ".join(self.said(evidence).split())

    def sentences(self, fact: Fact) -> frozenset[str]:
        """The sentences of a fact that are so long that two writers would not write the same."""
        return frozenset(words for e in fact.evidence if len(words := self.words(e)) >= _OF_ONE_HAND)


def told_in(fact: Fact | JoinedFact) -> frozenset[str]:
    """The documents that tell a fact."""
    return frozenset(e.document for e in fact.evidence)


def corrects(one: Document) -> bool:
    """Whether a document says that it puts an earlier report right; reader comments do not count."""
    end = min([len(one.text), *(comment.start for comment in one.comments)])
    return bool(_correcting().search(fold(one.text[:end])))


@cache
def _correcting() -> re.Pattern[str]:
    return re.compile("|".join(sorted(words("corrected"))), re.MULTILINE)

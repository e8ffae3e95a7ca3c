"""Between stages 5 and 6: what all documents together say."""

from dataclasses import dataclass
from decimal import Decimal

from kg.model.entities import Entity, Ref
from kg.model.facts import Assertion, DocumentFacts, Evidence, FactKind, Value


@dataclass(frozen=True, slots=True)
class JoinedFact:
    """A fact as all documents together tell it.

    `current` holds the values in force (one for a single-valued property); `assertions` all that was ever said.
    """

    id: Ref
    kind: FactKind
    current: tuple[Assertion, ...]
    assertions: tuple[Assertion, ...]
    evidence: tuple[Evidence, ...]
    confidence: Decimal
    replaces: tuple[Ref, ...] = ()
    possibly_same: tuple[Ref, ...] = ()  # facts that may be this one, too uncertain to join
    corrected_by: tuple[str, ...] = ()  # who put it right in a corrections file


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the values of a disagreement, with the sentences that give it."""

    id: Ref
    value: Value
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Reports that give a property of one fact different values, none of which corrects another."""

    id: Ref
    about: Ref
    property: str
    readings: tuple[Reading, ...]  # two or more, sorted by value


@dataclass(frozen=True, slots=True)
class Joined:
    """What all documents together say: the input of stage 6."""

    documents: tuple[DocumentFacts, ...]  # sorted by identity; their facts are not read any more
    entities: tuple[Entity, ...]  # sorted by id
    facts: tuple[JoinedFact, ...]  # sorted by id
    disagreements: tuple[Disagreement, ...] = ()  # sorted by id
    warnings: tuple[str, ...] = ()  # groups of reports that were split because together they break a shape

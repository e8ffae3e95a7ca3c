"""Stages 4 and 5: what sentences say, and the facts of one document."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kg.model.documents import Document, Sentence
from kg.model.entities import Entity, Mention, Ref


class FactKind(StrEnum):
    """The kinds of fact."""

    TENURE = "Tenure"
    MEETING = "Meeting"
    CALL = "Call"
    VISIT = "Visit"
    ROUND = "Round"
    SUMMIT = "Summit"
    SIGNING = "Signing"
    TARIFF = "Tariff"
    STATEMENT = "Statement"
    POSITION = "Position"
    DEADLINE = "Deadline"
    ACTION = "Action"


EVENTS = frozenset(
    {FactKind.MEETING, FactKind.CALL, FactKind.VISIT, FactKind.ROUND, FactKind.SUMMIT, FactKind.SIGNING}
)

Value = Ref | str | int | bool | Decimal


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that states something, the words in it, and the rule that read them."""

    document: str
    start: int  # of the sentence
    end: int
    words: tuple[int, int]  # the words that carry it
    rule: str


@dataclass(frozen=True, slots=True)
class Assertion:
    """What one sentence says of a fact: one property with one value.

    `property` is a local name of the vocabulary (`participant`, `date`, `rate`, `speaker`); its
    value is a Ref to an entity or another fact, or a literal of the type that `PROPERTIES` gives.
    """

    property: str
    value: Value
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Claim:
    """What one sentence says happened or holds, before claims about one thing are put together.

    `key` is unique within the document and may be the value of another claim's assertion.
    """

    key: Ref
    kind: FactKind
    assertions: tuple[Assertion, ...]
    evidence: Evidence
    count: int = 1  # "spoke twice": two facts
    anaphoric: bool = False  # "the meeting": speaks of an event told elsewhere, and makes none of its own
    entities: tuple[Entity, ...] = ()  # products, topics, posts, sources that the claim brings with it
    implied: tuple[Assertion, ...] = ()  # what the text around says, for where no claim of the thing states it
    day: str = ""  # "old" of a plan that was given up, "new" of the one in its place, "first", "last" of several


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened or holds, with all that the sentences say of it."""

    id: Ref
    kind: FactKind
    assertions: tuple[Assertion, ...]
    evidence: tuple[Evidence, ...]  # every sentence that speaks of it, in order


@dataclass(frozen=True, slots=True)
class Unread:
    """A number, date or name that no fact took up."""

    start: int
    end: int
    what: str  # "number", "date", "name"


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """All that one document gave: the unit that is stored, joined and taken out again."""

    document: Document
    generator: str  # version of rules, lexicon and model
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    facts: tuple[Fact, ...]
    unread: tuple[Unread, ...] = ()


# Property -> (type of its value, whether it may have several values at once). The stages before
# `state` speak in these names; `state` alone knows which IRIs they stand for.
PROPERTIES: dict[str, tuple[str, bool]] = {
    # events
    "participant": ("ref", True),
    "party": ("ref", True),
    "date": ("date", False),
    "endDate": ("date", False),
    "earliest": ("date", False),
    "latest": ("date", False),
    "partOfDay": ("string", False),
    "time": ("time", False),
    "minutes": ("decimal", False),
    "approximate": ("boolean", False),
    "place": ("ref", True),
    "round": ("integer", False),
    "topic": ("ref", True),
    "partOf": ("ref", True),
    "status": ("status", False),
    # tenures
    "member": ("ref", False),
    "post": ("ref", False),
    "asOf": ("date", True),
    "since": ("date", False),
    "until": ("date", False),
    "tenureStatus": ("status", False),
    # tariffs
    "imposedBy": ("ref", False),
    "target": ("ref", False),
    "product": ("ref", False),
    "rate": ("decimal", False),
    "previousRate": ("decimal", False),
    "addedRate": ("decimal", False),
    "ground": ("string", False),
    "replacedBy": ("ref", False),
    "retaliationTo": ("ref", False),
    # statements, positions, deadlines, actions
    "speaker": ("ref", True),
    "onBehalfOf": ("ref", False),
    "text": ("string", False),
    "quote": ("string", True),
    "reports": ("ref", True),
    "denies": ("ref", True),
    "holder": ("ref", True),
    "stance": ("status", False),
    "about": ("ref", True),
    "label": ("string", False),
    "source": ("ref", False),
    "recipient": ("ref", False),
    "eventCode": ("concept", False),
    "cameoRoot": ("string", False),
}

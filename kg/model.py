"""The frozen records that travel between the stages.

    Document -> (spaCy Doc) -> Mentions -> Claim -> Fact, all of one document: DocumentFacts

Offsets are Unicode code points of `Document.text`, half-open. Dates are ISO 8601 strings of the
precision that the text states: `2025-06-28`, `2025-06` or `2025`. Percent is a Decimal.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class BlockKind(StrEnum):
    """What a run of lines is in the layout of an article."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    CAPTION = "caption"
    SUBHEAD = "subhead"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    TABLE_ROW = "table row"  # one row of a table or of a list such as "Switzerland 39%"
    SPEAKER = "speaker"  # the label of a transcript ("REPORTER", "Q"), without its colon
    SPEECH = "speech"  # what the speaker of the last label above says, in the first person
    META = "meta"  # date line, byline, credit, copyright, tags, related articles, advertisement: never read for facts


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text with one role in the layout."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader comment. No fact ever comes from one."""

    position: int  # 1 for the first
    author: str
    start: int  # of the comment's text, without the author line
    end: int
    text: str
    quotes: tuple[tuple[int, int], ...] = ()  # stretches of the article that the comment quotes
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One source document as it is stored: nothing in `text` is changed after decoding or HTML extraction."""

    id: str  # canonical URL, or path from --root (with #record for a record in a file)
    text: str
    sha256: str  # of `text` in UTF-8
    published: str | None  # xsd:date
    headline: str | None
    publisher: str | None
    url: str | None
    place: str | None  # of the dateline: "WASHINGTON"
    place_date: str | None  # of the dateline: "2025-05-01"
    authors: tuple[str, ...]
    blocks: tuple[Block, ...]  # in order, without overlap; they end where comments begin
    comments: tuple[Comment, ...]
    warnings: tuple[str, ...] = ()
    extracted: bool = False  # the text was taken out of HTML, so it is kept beside the graph for `kg verify`


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document that shows no sign of negotiations."""

    document: str  # its identity


@dataclass(frozen=True, slots=True)
class Known:
    """A document that a store, or an interrupted build, holds as it is."""

    document: str  # its identity


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """A sentence of the article, by its offsets in the stored text."""

    start: int
    end: int
    text: str


class EntityKind(StrEnum):
    """The kinds of node that are not facts."""

    PERSON = "Person"
    POST = "Post"
    COUNTRY = "Country"
    BLOC = "Bloc"
    ORGANIZATION = "Organization"
    SOURCE = "UnnamedSource"
    PLACE = "Place"
    PRODUCT = "Product"
    TOPIC = "Topic"


class Ref(str):
    """The name of an entity or a fact below the base of names: `person/ryosei-akazawa`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, post, country, organization, place, product or topic of one document."""

    id: Ref
    kind: EntityKind
    label: str  # fullest form
    alt_labels: tuple[str, ...] = ()
    country: Ref | None = None  # of a post, organization, place or source; for a person: the country represented
    code: str | None = None  # ISO 3166-1 alpha-2 or EU; HS heading of a product
    normal_form: str | None = None  # of a post: "commerce secretary"
    rank: str | None = None  # of a post
    organization: Ref | None = None  # of a post
    within: Ref | None = None  # city of a spot; broader concept of a product
    exact_match: str | None = None  # IRI of the same thing in Wikidata


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """Words of the text that name or refer to an entity."""

    start: int
    end: int
    entity: Ref
    safe: bool = True  # False for pronouns and other links that facts do not rest on by default


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


@dataclass(frozen=True, slots=True)
class Office:
    """Words that name an office, and who holds it by the words around them."""

    start: int
    end: int
    label: str  # wording without article, country and status: "top tariff negotiator"
    head: str  # of the list of offices: "negotiator"
    normal_form: str
    country: str | None  # code of the state or bloc served, where the phrase or the office itself tells it
    status: str  # Current, Former, Acting, Designate
    holder: Ref | None  # the person or unnamed source
    named: bool  # stands beside the holder's name: "Trade Minister Ken Tanaka"; else it refers back: "the minister"
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression with what it stands for. Without a publication date a relative one has value None."""

    start: int
    end: int
    kind: str  # DATE, TIME, DURATION, SET
    value: str | None  # TIMEX3: 2025-06-26TMO, 2025-04, PT15M
    mod: str | None = None  # TIMEX3: APPROX, START, MID, END, LESS_THAN, MORE_THAN
    date: str | None = None  # what kg:date says: day, month or year; a week has the month of its Monday
    first: str | None = None  # first and last day, inclusive
    last: str | None = None
    part_of_day: str | None = None
    clock: str | None = None  # HH:MM:SS
    minutes: Decimal | None = None  # of a duration
    approximate: bool = False
    anchored: bool = False  # counted from another date of the text, not from the publication date
    end_date: str | None = None  # of a range
    preposition: str | None = None  # the word before it: until, by, since, from, before, after, within


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. A range has `low` and `high` and no value."""

    start: int
    end: int
    kind: str  # percent, points, money, count, fraction, mass
    value: Decimal | None
    unit: str
    low: Decimal | None = None
    high: Decimal | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Mentions:
    """What stage 3 recognised in one document, consolidated: one entity for each person, post, country, place.

    `sentences` are those of the article that may carry facts, in order. `mentions` are sorted by offset; they may
    nest (a country inside an office inside a person's full title), never cross.
    """

    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    offices: tuple[Office, ...] = ()
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()


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

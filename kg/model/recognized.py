"""Stage 3: what is recognised in a document."""

from dataclasses import dataclass
from decimal import Decimal

from kg.model.documents import Sentence
from kg.model.entities import Entity, Mention, Ref


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

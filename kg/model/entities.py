"""Things that are no facts, and the words that name them."""

from dataclasses import dataclass
from enum import StrEnum


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

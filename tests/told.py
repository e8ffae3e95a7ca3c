"""Documents for tests of joining, built by hand: `Told("d1").person(...).event(...)`. All names are invented."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.iris import ref, slug
from kg.join import join
from kg.model import (
    Assertion,
    Block,
    BlockKind,
    Document,
    DocumentFacts,
    Entity,
    EntityKind,
    Evidence,
    Fact,
    FactKind,
    Ref,
    Sentence,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import JoinedFact

STATES = {"JP": "Japan", "US": "United States", "EU": "European Union", "CH": "Switzerland", "GB": "United Kingdom",
          "DE": "Germany", "FR": "France",
          "CA": "Canada", "UA": "Ukraine", "RU": "Russia", "KR": "South Korea", "VN": "Vietnam",
          "MX": "Mexico"}  # fmt: skip


def state(code: str) -> Ref:
    return ref("country", "x") if code not in STATES else Ref(f"country/{code}")


class Told:
    """A document that grows by what it tells; `facts()` is the finished one."""

    def __init__(
        self, name: str, published: str | None = "2025-06-29", *, publisher: str | None = None,
        place: str | None = None, headline: str = "",
    ) -> None:
        self.name, self.published, self.publisher, self.place = name, published, publisher or f"Press {name}", place
        self.text = f"{headline}\n" if headline else ""
        self.entities: dict[Ref, Entity] = {}
        self.made: list[Fact] = []
        self.sentences: list[Sentence] = []

    def state(self, code: str) -> Ref:
        name = state(code)
        kind = EntityKind.BLOC if code == "EU" else EntityKind.COUNTRY
        self.entities.setdefault(name, Entity(name, kind, STATES[code], code=code))
        return name

    def person(self, label: str, code: str | None = None, *offices: str, others: Sequence[str] = ()) -> Told:
        """A person with state, offices ("minister: trade minister", rank and normal form) and other names."""
        country = self.state(code) if code else None
        who = ref("person", label)
        self.entities[who] = Entity(who, EntityKind.PERSON, label, tuple(others), country)
        for office in offices:
            rank, _, form = office.partition(": ")
            status, _, form = form.rpartition(" of old ")
            post = Ref(f"post/{'-'.join(filter(None, [(code or '').lower(), slug(form)]))}")
            self.entities[post] = Entity(post, EntityKind.POST, form, (), country, normal_form=form, rank=rank)
            self.fact(FactKind.TENURE, f"{label} is {form}.", f"tenure/{self.name}-{slug(label)}-{slug(form)}",
                      member=who, post=post, tenureStatus="Former" if status else "Current")  # fmt: skip
        return self

    def spot(self, label: str, code: str) -> Ref:
        """A city."""
        name = ref("place", label)
        self.entities[name] = Entity(name, EntityKind.PLACE, label, (), self.state(code))
        return name

    def says(self, sentence: str) -> Evidence:
        """A sentence more, or the one that stands there already."""
        at = self.text.find(sentence)
        if at < 0:
            at = len(self.text)
            self.text += sentence + "\n"
            self.sentences.append(Sentence(at, at + len(sentence), sentence))
        return Evidence(self.name, at, at + len(sentence), (at, at + 1), "rule")

    def fact(
        self, kind: FactKind, sentence: str, name: str | None = None, /, **values: Value | Sequence[Value]
    ) -> Told:
        """A fact with the values that one sentence gives."""
        evidence = self.says(sentence)
        folder = "tariff" if kind is FactKind.TARIFF else kind.value.lower() if name else "event"
        name = name or f"{folder}/{self.name}-{len(self.made)}"
        said = [
            Assertion(key, one, evidence) for key, value in values.items()
            for one in ([value] if isinstance(value, (str, int, Decimal)) else value)
        ]  # fmt: skip
        self.made.append(Fact(Ref(name), kind, tuple(said), (evidence,)))
        return self

    def event(
        self, kind: FactKind, people: Sequence[str] = (), parties: Sequence[str] = (), *, sentence: str | None = None,
        status: str = "Held", city: str | None = None, **values: Value,
    ) -> Told:
        """An event of people (labels) and states (codes), by default in a sentence of its own; `city` as "Bern, CH"."""
        told = [self.entities[ref("person", one)] for one in people]
        states = {self.state(code) for code in parties} | {e.country for e in told if e.country}
        more: dict[str, Value | Sequence[Value]] = dict(values)
        if city:
            label, _, code = city.partition(", ")
            more["place"] = self.spot(label, code)
        words = sentence or f"Sentence {len(self.made)} of {self.name} tells of it."
        return self.fact(kind, words, participant=[e.id for e in told], party=sorted(states), status=status, **more)

    def tariff(
        self, imposer: str | None, target: str | None, goods: str | None, rate: str | None, *,
        sentence: str | None = None, **values: Value,
    ) -> Told:
        """A tariff, by default in force and in a sentence of its own."""
        more: dict[str, Value] = {"status": "InForce", **values}
        if imposer:
            more["imposedBy"] = self.state(imposer)
        if target:
            more["target"] = self.state(target)
        if goods:
            product = ref("product", goods)
            self.entities[product] = Entity(product, EntityKind.PRODUCT, goods)
            more["product"] = product
        if rate:
            more["rate"] = Decimal(rate)
        words = sentence or f"Sentence {len(self.made)} of {self.name} tells of it."
        return self.fact(FactKind.TARIFF, words, **more)

    def facts(self) -> DocumentFacts:
        """The document as stage 5 gives it."""
        document = Document(
            id=self.name, text=self.text, sha256=hashlib.sha256(self.text.encode()).hexdigest(),
            published=self.published, headline=None, publisher=self.publisher, url=None, place=self.place,
            place_date=None, authors=(), blocks=(Block(0, len(self.text), BlockKind.PARAGRAPH),), comments=(),
        )  # fmt: skip
        entities = tuple(sorted(self.entities.values(), key=lambda e: e.id))
        facts = tuple(sorted(self.made, key=lambda f: f.id))
        return DocumentFacts(document, "tests", tuple(self.sentences), entities, (), facts)


def joined(*told: Told, kind: FactKind | None = None) -> list[JoinedFact]:
    """The joined facts of documents, without tenures, or those of one kind."""
    found = join(one.facts() for one in told).facts
    return [f for f in found if (f.kind is kind if kind else f.kind is not FactKind.TENURE)]


def groups(*told: Told, kind: FactKind | None = None) -> list[list[str]]:
    """Which documents' facts are one: their numbers within the documents, `d1-2`, sorted."""
    return sorted(sorted(n.partition("/")[2] for n in (f.id, *f.replaces)) for f in joined(*told, kind=kind))


def people(*told: Told) -> dict[str, str]:
    """Document and label -> the joined name of the person."""
    found: dict[str, str] = {}
    for one in join(one.facts() for one in told).documents:
        found |= {f"{one.document.id} {e.label}": e.id.removeprefix("person/") for e in one.entities
                  if e.kind is EntityKind.PERSON}  # fmt: skip
    return found


def current(fact: JoinedFact) -> dict[str, object]:
    """The values in force of the properties that have one."""
    return {a.property: a.value for a in fact.current}

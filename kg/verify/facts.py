"""Checks of facts: each value is read again from the words of the sentences it cites, or follows from other values."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg.dates import bounds
from kg.iris import TERMS
from kg.join import CERTAIN, UNMEASURED, precisions
from kg.literals import duration_text
from kg.model import FactKind
from kg.resources import ontology
from kg.result import IRI, Value, value, words
from kg.stages.state.facts import CODES
from kg.verify import days, numbers
from kg.verify.joining import replaced
from kg.verify.naming import names
from kg.verify.report import Check
from kg.verify.view import FACTS, Passage, View, folded, has_phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.language import Language


_SUPERTYPES = ("kg:Event", "sem:Event", "org:Membership")
_ONLY_DERIVED = ("kg:duration",)
_RECORDS = ("kg:rule", "dcterms:replaces", "kg:possiblySame")
_HEDGE = (r"\b(?:about|around|some|approximately|roughly|nearly|almost|over|more|less|under|up|or so|least|close|just|"
          r"estimated|circa)\b")  # fmt: skip
_ABOUT = re.compile(_HEDGE, re.IGNORECASE)
_ABOUT_LENGTH = re.compile(_HEDGE + r"(?:\W+\w+){0,2}?\W+(?:hours?|minutes?)\b", re.IGNORECASE)
_PARTS_OF_DAY = {"night": r"night|tonight|overnight|midnight|late", "morning": r"morning|a\.?m\b|early|dawn",
                 "evening": r"evening|tonight|p\.?m\b|night", "afternoon": r"afternoon|p\.?m\b|noon",
                 "noon": r"noon|midday"}  # fmt: skip


def said(view: View) -> Iterator[Check]:
    """Every value that a sentence graph holds is read again from the words of the sentences that hold it."""
    holders: dict[tuple[IRI, str, str], list[Passage]] = {}
    for sentence, fact, name, one in view.assertions():
        passage = view.passage(sentence)
        if passage:
            holders.setdefault((fact, name, words(one)), []).append(passage)
    for sentence, fact, name, one in view.assertions():
        passages = holders.get((fact, name, words(one)), [])
        if sentence not in view.get(fact, "kg:evidence"):
            why = "the fact does not cite this sentence as evidence"
        elif not view.passage(sentence):
            why = "no stored text has these offsets"
        else:
            why = _read(view, fact, name, one, passages)
        yield Check(fact, name, one, sentence, why)


def known(view: View, *, sentences: bool) -> Iterator[Check]:
    """Every triple of a fact in the default graph is said by a sentence it cites, or follows from what is known."""
    for fact, properties in view.facts.items():
        cited = [s for s in properties.get("kg:evidence", ()) if isinstance(s, IRI)]
        if not cited:
            yield Check(fact, "kg:evidence", "", None, "the fact cites no sentence")
        for name, values in properties.items():
            for one in values:
                if name not in _RECORDS:
                    yield Check(fact, name, one, None, _supported(view, fact, name, one, cited, sentences=sentences))


def _supported(view: View, fact: IRI, name: str, one: Value, cited: list[IRI], *, sentences: bool) -> str:
    if name == "rdf:type" and isinstance(one, IRI) and one.short() in _SUPERTYPES:
        return ""
    if name == "kg:evidence":
        known = "kg:Sentence" in view.kinds(one) and (not sentences or fact in view.said.get(IRI(str(one)), {}))
        return "" if known else "the sentence says nothing of the fact"
    if name == "kg:confidence":
        return "" if one in _confidences(view, fact, cited) else "does not follow from the rules and sentences"
    if _derived(view, fact, name, one) or view.corrected(fact, name, one):
        return ""
    if name == "kg:correctedBy":
        return "the corrections given do not say so"
    if name in _ONLY_DERIVED:
        return "does not follow from the other values of the fact"
    if sentences:
        there = any(one in view.said.get(s, {}).get(fact, {}).get(name, ()) for s in cited)
        return "" if there else "no sentence that the fact cites says so"
    passages = [p for p in map(view.passage, cited) if p]
    return _read(view, fact, name, one, passages) if passages else "no stored text has the offsets it cites"


def _confidences(view: View, fact: IRI, cited: Iterable[IRI]) -> set[Decimal]:
    """What the confidence may be: which of the fact's rules read which sentence is not in the graph."""
    texts = {p.text for p in map(view.passage, cited) if p}
    rules = {precisions().get(str(rule), UNMEASURED) for rule in view.get(fact, "kg:rule")}
    doubts = {Decimal(1)}
    for _ in texts:
        doubts = {doubt * (1 - precision) for doubt in doubts for precision in rules}
    return {min(CERTAIN, (1 - doubt).quantize(Decimal("0.01"))) for doubt in doubts}


def _derived(view: View, fact: IRI, name: str, one: Value) -> bool:
    """Whether a value follows from other values that are known of the fact."""
    get = view.facts[fact].get
    if name in ("kg:earliest", "kg:latest"):
        ends = [*get("kg:date", []), *get("kg:endDate", [])]
        stated = ends[:1] if name == "kg:earliest" else ends[-1:]
        return any(words(one) == bounds(words(day))[name == "kg:latest"] for day in stated)
    if name == "kg:duration":
        return any(words(one) == duration_text(Decimal(str(n))) for n in get("kg:minutes", []))
    if name == "kg:party":
        return any(one in view.get(who, of) for who in (*get("kg:participant", []), *get("kg:place", []))
                   for of in ("kg:represents", "kg:country"))  # fmt: skip
    if name == "kg:asOf":
        documents = [d for s in get("kg:evidence", []) for d in view.get(s, "schema:isPartOf")]
        return any(one in view.get(d, "schema:datePublished") for d in documents)
    if name in ("kg:eventCode", "kg:cameoRoot"):
        kinds = [FactKind(shorten(t)[3:]) for t in get("rdf:type", []) if shorten(t) in FACTS]
        states = [shorten(s).removeprefix("kg:") for s in get("kg:status", [])]
        codes = [CODES.get(kind, {}).get(state) for kind in kinds for state in states]
        return any(code and words(one).rsplit("/", 1)[-1] == code[name == "kg:cameoRoot"] for code in codes)
    return replaced(view, fact, name, one)


def offices(view: View) -> Iterator[Check]:
    """Every `org:holds` follows from a tenure that has not ended."""
    lasting = [f for f in view.facts.values() if not f.get("kg:until")
               and {"kg:Current", "kg:Acting"} & {shorten(s) for s in f.get("kg:tenureStatus", ())}]  # fmt: skip
    held = {(m, p) for f in lasting for m in f.get("org:member", ()) for p in f.get("kg:post", ())}
    for person, properties in view.known.items():
        for post in properties.get("org:holds", ()):
            yield Check(person, "org:holds", post, None, "" if (person, post) in held else "no tenure says so")


def shorten(one: Value) -> str:
    """The short name of an IRI."""
    return one.short() if isinstance(one, IRI) else str(one)


def _read(view: View, fact: IRI, name: str, one: Value, passages: list[Passage]) -> str:
    """Why the words of the sentences do not state the value; empty where they do."""
    reader = _READERS.get(name)
    if reader:
        text = " ".join(p.text for p in passages)
        return "" if reader(one, text) or _rate_from_others(view, fact, name, one) else "the words do not say so"
    if isinstance(one, date) or name in _DATES:
        stated = any(_states(name, words(one), p) for p in passages)
        stated = stated or (name == "kg:asOf" and _derived(view, fact, name, one))
        return "" if stated else "the words give no such date"
    if name == "kg:cameoRoot":
        concepts = [str(c).rsplit("/", 1)[-1] for c in view.get(fact, "kg:eventCode")]
        return "" if any((c, str(one)) in _roots() for c in concepts) else "not a root of its concept"
    if isinstance(one, IRI) and not name.startswith("rdf:") and "terms#" not in one and "/plover/" not in one:
        if view.kinds(one) & FACTS:
            return "" if _same_documents(view, fact, one) else "the two facts have no document in common"
        named = any(names(view, one, p) for p in passages)
        return "" if named else "the words neither name it nor refer to it"
    return ""


_DATES = ("kg:date", "kg:endDate", "kg:since", "kg:until", "kg:earliest", "kg:latest", "kg:asOf")


def _states(name: str, day: str, passage: Passage) -> bool:
    if name == "kg:asOf" and day > (passage.document.published or day):
        return False
    # The days of a week or of a month that the words state are the bounds of what they leave open.
    edge = name in ("kg:earliest", "kg:latest") and days.bounds_of(day, passage, last=name == "kg:latest")
    return edge or days.states(day, passage) or _expressed(day, passage)


def _expressed(day: str, passage: Passage) -> bool:
    """Whether a time expression of the sentence has the date as its value, or begins or ends with it.

    Slower than `days.states` by the parse, so asked last: "Christmas Day", "the first half of next year".
    """
    return day in _time_values(passage.text, passage.document.published)


@lru_cache(maxsize=4096)
def _time_values(text: str, published: str | None) -> frozenset[str | None]:
    from kg.stages.recognize.times import times
    from kg.tokens import Tokens

    # "in the evening" alone is of the day of the report only by default, so TIME expressions state no date.
    return frozenset(day for t in times(Tokens(_pipeline()(text)), published=published) if t.kind == "DATE"
                     for day in (t.date, t.end_date, t.first, t.last))  # fmt: skip


@cache
def _pipeline() -> Language:
    from kg.stages.parse import load

    return load()


@cache
def _roots() -> frozenset[tuple[str, str]]:
    """(PLOVER concept, CAMEO root that it covers), from the scheme."""
    from pyoxigraph import RdfFormat, parse

    quads = parse(path=ontology("plover.ttl"), format=RdfFormat.TURTLE)
    roots = ((value(q.subject), value(q.object)) for q in quads if q.predicate.value == TERMS + "cameoRoot")
    return frozenset((str(concept).rsplit("/", 1)[-1], str(root)) for concept, root in roots)


def _same_documents(view: View, one: IRI, other: Value) -> bool:
    sentences = [{s.rsplit("#", 1)[0] for s in view.get(f, "kg:evidence") if isinstance(s, IRI)} for f in (one, other)]
    return bool(sentences[0] & sentences[1])


def _rate_from_others(view: View, fact: IRI, name: str, one: Value) -> bool:
    """Whether one of rate, previous and added rate follows from the other two."""
    rate, before, added = (
        [Decimal(str(v)) for v in view.get(fact, p)] for p in ("kg:rate", "kg:previousRate", "kg:addedRate")
    )
    return (name == "kg:addedRate" and any(one == r - b for r in rate for b in before)) or (
        name == "kg:previousRate" and any(one == r - a for r in rate for a in added)
    ) or (name == "kg:rate" and any(one == b + a for b in before for a in added))


def _clock(one: Value, text: str) -> bool:
    return isinstance(one, time) and one.hour * 60 + one.minute in numbers.clock_minutes(text)


def _copied(one: Value, text: str) -> bool:
    """Whether the words stand in the text: as they are, or else one by one."""
    copied = folded(str(one))
    return has_phrase(folded(text), copied) or set(copied.split()) <= set(folded(text).split())


def _part_of_day(one: Value, text: str) -> bool:
    return bool(re.search(_PARTS_OF_DAY.get(str(one), re.escape(str(one))), text, re.IGNORECASE))


_READERS: dict[str, Callable[[Value, str], bool]] = {
    "kg:minutes": lambda one, text: one in numbers.minutes(text),
    "kg:rate": lambda one, text: one in numbers.percents(text),
    "kg:previousRate": lambda one, text: one in numbers.percents(text),
    "kg:addedRate": lambda one, text: one in numbers.percents(text),
    "kg:round": lambda one, text: one in numbers.ordinals(text),
    "kg:time": _clock,
    "kg:partOfDay": _part_of_day,
    "kg:approximate": lambda one, text: bool(_ABOUT.search(text)) if one else not _ABOUT_LENGTH.search(text),
    "kg:ground": _copied,
    "schema:text": _copied,
    "kg:quote": _copied,
    "rdfs:label": _copied,
}

"""Why the graph says something: each fact about a thing with its sentences, the words marked, the rule, the speaker.

Offsets of words are not in the graph, so a value is marked where its label or number stands in the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from kg import names
from kg.iris import TERMS
from kg.result import IRI, Literal, Result, Value, shown, value, words
from kg.verify.days import MONTHS, WEEKDAYS
from kg.verify.numbers import ORDINALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store import Graph

_NAMES = ("schema:name", "rdfs:label", "skos:altLabel", "schema:identifier")
_RECORDS = ("rdf:type", "kg:evidence", "kg:rule", "kg:confidence", "dcterms:replaces", "kg:earliest", "kg:latest")
_SPOKEN = {Decimal(30): "half an hour", Decimal(60): "an hour", Decimal(90): "an hour and a half"}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that states a fact. `marks` are stretches of `text` that carry a value, sorted, without overlap."""

    sentence: IRI
    text: str  # "" where the graph was built without text
    marks: tuple[tuple[int, int], ...]
    document: str  # headline, else IRI
    published: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One fact: what it says, and why the graph holds it."""

    fact: IRI
    kind: str
    values: tuple[tuple[str, str], ...]  # property and value, for reading
    rules: tuple[str, ...]
    confidence: str
    reported_by: tuple[str, ...]  # speakers of the statements that report it; none: the narrator tells it
    denied_by: tuple[str, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A thing or a value, and the facts that it is or takes part in, by IRI."""

    about: str
    facts: tuple[Explained, ...]


def explain(graph: Graph, given: str) -> Explanation:
    """The facts that a thing is or takes part in, or that have a value, each with the sentences behind it.

    Args:
        graph: With sentence graphs, a value's sentences are those that state it; without, all that its facts cite.
        given: A name as written, an IRI, a prefixed name; or a value: 20, 2025-06-28, "national security".

    Raises:
        QueryError: nothing, or more than one thing, answers to the name.
    """
    sought = names.resolve(graph, "any", "NAME", given)
    known = _Known(graph)
    if isinstance(sought, IRI) and _is_fact(known, sought):
        holding: list[tuple[IRI | None, IRI]] = [(None, sought)]
    else:
        holding = _holding(graph, sought)
    found = {thing for _, thing in holding if _is_fact(known, thing)}
    only = set() if isinstance(sought, IRI) else {sentence for sentence, _ in holding if sentence}
    label = _label(known, sought) if isinstance(sought, IRI) else given
    return Explanation(label, tuple(_explained(known, fact, sought, only) for fact in sorted(found)))


def _is_fact(known: _Known, thing: IRI) -> bool:
    return "kg:evidence" in known.of(thing)


class _Known:
    """What the default graph says, looked up by subject and by object, as Python values under short names."""

    def __init__(self, graph: Graph) -> None:
        self.store = graph.store
        self.seen: dict[IRI, dict[str, list[Value]]] = {}

    def of(self, subject: IRI) -> dict[str, list[Value]]:
        """The properties of a thing, sorted."""
        from pyoxigraph import DefaultGraph, NamedNode

        if subject not in self.seen:
            found: dict[str, list[Value]] = {}
            for quad in self.store.quads_for_pattern(NamedNode(subject), None, None, DefaultGraph()):
                found.setdefault(IRI(quad.predicate.value).short(), []).append(value(quad.object))
            self.seen[subject] = {name: sorted(found[name], key=words) for name in sorted(found)}
        return self.seen[subject]

    def subjects(self, name: str, one: IRI) -> list[IRI]:
        """The things that have another as the value of a property (`reports`), sorted."""
        from pyoxigraph import DefaultGraph, NamedNode

        quads = self.store.quads_for_pattern(None, NamedNode(TERMS + name), NamedNode(one), DefaultGraph())
        return sorted({IRI(str(value(quad.subject))) for quad in quads})


def _holding(graph: Graph, sought: Value) -> list[tuple[IRI | None, IRI]]:
    """(sentence, thing) for every graph that holds the value, None for what is known; whatever type a number has."""
    # With "=" the engine joins on the term itself, so that 7 would not find the integer of a round.
    text = """SELECT ?sentence ?thing ?value WHERE {
        { ?thing ?property ?found } UNION { GRAPH ?sentence { ?thing ?property ?found } }
        FILTER(sameTerm(?found, ?value) || (?found <= ?value && ?found >= ?value)) }"""
    given = f'"{sought}"' if isinstance(sought, str) and not isinstance(sought, (IRI, Literal)) else sought
    answer = graph.query(text, value=given)
    rows = answer.rows if isinstance(answer, Result) else ()
    return [(IRI(str(row[0])) if row[0] else None, IRI(str(row[1]))) for row in rows]


def _explained(known: _Known, fact: IRI, sought: Value, only: set[IRI]) -> Explained:
    properties = known.of(fact)
    sentences = [IRI(str(s)) for s in properties["kg:evidence"] if not only or s in only]
    shown_values = [(name.partition(":")[2], _label(known, one)) for name, values in properties.items()
                    if name not in _RECORDS for one in values]  # fmt: skip
    forms = [form for name, values in properties.items() if name not in _RECORDS for one in values
             for form in _forms(known, one)]  # fmt: skip
    if not isinstance(sought, IRI):
        forms = list(_forms(known, sought))
    return Explained(
        fact=fact,
        kind=_kind(properties.get("rdf:type", [])),
        values=tuple(shown_values),
        rules=tuple(map(str, properties.get("kg:rule", ()))),
        confidence=shown(next(iter(properties.get("kg:confidence", ())), None)),
        reported_by=_speakers(known, fact, "reports"),
        denied_by=_speakers(known, fact, "denies"),
        said=tuple(_said(known, sentence, forms) for sentence in sorted(sentences, key=_order)),
    )


def _order(sentence: IRI) -> tuple[str, int]:
    document, _, place = sentence.partition("#char=")
    return document, int(place.partition(",")[0] or 0) if place[:1].isdigit() else 0


def _kind(types: Iterable[Value]) -> str:
    own = sorted(t for t in _shorts(types) if t.startswith("kg:") and t != "kg:Event")
    return own[0].removeprefix("kg:") if own else ""


def _shorts(types: Iterable[Value]) -> set[str]:
    return {t.short() for t in types if isinstance(t, IRI)}


def _speakers(known: _Known, fact: IRI, how: str) -> tuple[str, ...]:
    statements = known.subjects(how, fact)
    return tuple(sorted({_label(known, who) for one in statements for who in known.of(one).get("kg:speaker", ())}))


def _said(known: _Known, sentence: IRI, forms: Iterable[str]) -> Said:
    properties = known.of(sentence)
    text = str(next(iter(properties.get("kg:text", ())), ""))
    document = IRI(str(next(iter(properties.get("schema:isPartOf", ())), sentence.partition("#")[0])))
    about = known.of(document)
    headline = next(iter(about.get("schema:headline", ())), document.short())
    published = next(iter(about.get("schema:datePublished", ())), None)
    return Said(sentence, text, _marks(text, forms), str(headline), words(published))


def _marks(text: str, forms: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """The stretches in which one of the forms stands at borders of words; the longer before the shorter."""
    taken: list[tuple[int, int]] = []
    for form in sorted(set(forms), key=lambda f: (-len(f), f)):
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE):
            if all(match.end() <= start or end <= match.start() for start, end in taken):
                taken.append(match.span())
    return tuple(sorted(taken))


def _forms(known: _Known, one: Value) -> Iterator[str]:
    """The ways in which words may give a value."""
    if isinstance(one, IRI):
        labels = [str(label) for name in _NAMES[:3] for label in known.of(one).get(name, ())]
        yield from (label for label in labels if label)
        if "schema:Person" in _shorts(known.of(one).get("rdf:type", ())):
            yield from (label.split()[-1] for label in labels if label.split())
        return
    text = shown(one)
    if isinstance(one, Decimal) and one in _SPOKEN:
        yield _SPOKEN[one]
    if isinstance(one, (int, Decimal)) and one in range(len(ORDINALS)):
        yield ORDINALS[int(one)]
    match = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", text)
    if match:
        month = MONTHS[int(match[2]) - 1]
        yield f"{month} {int(match[3])}" if match[3] else month
    elif text not in ("", "true", "false"):
        yield text
    if isinstance(one, date):
        yield WEEKDAYS[one.weekday()]


def _label(known: _Known, one: Value) -> str:
    if not isinstance(one, IRI):
        return shown(one)
    properties = known.of(one)
    label = next((str(n) for name in _NAMES[:2] for n in properties.get(name, ())), "")
    return label or one.short().removeprefix("kg:")


def render(explanation: Explanation) -> str:
    """The explanation as plain text; words that carry a value stand between » and «."""
    lines = [explanation.about]
    for one in explanation.facts:
        lines += ["", f"{one.kind} {one.fact.short()}"]
        lines += [f"  {name}: {text}" for name, text in one.values]
        lines.append(f"  rule: {', '.join(one.rules)}; confidence {one.confidence}")
        lines += [f"  reported by {who}" for who in one.reported_by] + [f"  denied by {who}" for who in one.denied_by]
        for said in one.said:
            where = ", ".join(part for part in (said.document, said.published) if part)
            lines.append(f"  - {_marked(said) or said.sentence} ({where})")
    if not explanation.facts:
        lines += ["", "  no fact"]
    return "\n".join(lines) + "\n"


def _marked(said: Said) -> str:
    parts, at = [], 0
    for start, end in said.marks:
        parts += [said.text[at:start], "»", said.text[start:end], "«"]
        at = end
    return " ".join("".join([*parts, said.text[at:]]).split())

"""Quads of facts at both levels: what is known in the default graph, what each sentence says in its own."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from kg.dates import bounds
from kg.model import EVENTS, Assertion, FactKind, JoinedFact, Ref
from kg.stages.state.terms import cited, date, decimal, duration, line, node, predicate, term, text, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.ntriples import Line
    from kg.stages.state.documents import Span

_SUPERTYPES = dict.fromkeys(EVENTS, ("kg:Event", "sem:Event")) | {FactKind.TENURE: ("org:Membership",)}
_COPIED = ("text", "quote", "label")  # words of the document, left out by --no-text
# PLOVER concept and CAMEO root of facts that are actions between states too. A meeting ahead is an agreement to
# meet, no consultation (CAMEO 036); a sought one is an appeal (022), a cancelled one a rejection (125); signing an
# agreement is 057. Tariffs: imposing is 163, threatening 132, easing 085. CAMEO codebook 1.1b3, PLOVER 2.
_EVENT_CODES = {"Held": ("CONSULT", "04"), "Planned": ("AGREE", "03"), "Sought": ("REQUEST", "02"),
                "Cancelled": ("REJECT", "12")}  # fmt: skip
_SIGNING_CODES = {**_EVENT_CODES, "Held": ("SUPPORT", "05")}
_TARIFF_CODES = {"InForce": ("SANCTION", "16"), "Threatened": ("THREATEN", "13"), "Proposed": ("THREATEN", "13"),
                 "Agreed": ("AGREE", "03"), "Paused": ("CONCEDE", "08"), "Lifted": ("CONCEDE", "08")}  # fmt: skip
CODES = dict.fromkeys(EVENTS, _EVENT_CODES) | {
    FactKind.SIGNING: _SIGNING_CODES, FactKind.TARIFF: _TARIFF_CODES,
}  # fmt: skip
_IN_OFFICE = ("Current", "Acting")


class Context(NamedTuple):
    """What the quads of facts need to know: days of documents, states of entities, entities that sentences name."""

    published: Mapping[str, str | None]
    countries: Mapping[Ref, Ref]
    named: Mapping[str, Mapping[Span, frozenset[Ref]]]


def quads(facts: Iterable[JoinedFact], context: Context, *, words: bool) -> Iterator[Line]:
    """Facts at both levels.

    Args:
        facts: What the documents say together.
        context: What is known of documents and entities.
        words: Whether values that are words of the document are given.
    """
    left_out = () if words else _COPIED
    for fact in facts:
        yield from known([fact], context.published, words=words)
        yield from _said(fact, left_out, _implied(fact, context.countries, context.named))


def known(facts: Iterable[JoinedFact], published: Mapping[str, str | None], *, words: bool) -> Iterator[Line]:
    """Those of the default graph alone."""
    left_out = () if words else _COPIED
    for fact in facts:
        current = {a.property: a.value for a in fact.current}
        yield from _known(fact, left_out)
        yield from _derived(fact, current)
        if fact.kind is FactKind.TENURE:
            yield from _tenure(fact, current, published)


def _known(fact: JoinedFact, left_out: tuple[str, ...]) -> Iterator[Line]:
    subject = node(fact.id)
    for name in (f"kg:{fact.kind}", *_SUPERTYPES.get(fact.kind, ())):
        yield line(subject, term("rdf:type"), term(name))
    for one in fact.current:
        if one.property not in left_out:
            yield line(subject, predicate(one.property), value(one))
    for evidence in fact.evidence:
        yield line(subject, term("kg:evidence"), cited(evidence))
        yield line(subject, term("kg:rule"), text(evidence.rule))
    yield line(subject, term("kg:confidence"), decimal(fact.confidence))
    for who in fact.corrected_by:
        yield line(subject, term("kg:correctedBy"), text(who))
    for name in fact.replaces:
        yield line(subject, term("dcterms:replaces"), node(name))
    for name in fact.possibly_same:
        yield line(subject, term("kg:possiblySame"), node(name))


def _derived(fact: JoinedFact, current: Mapping[str, object]) -> Iterator[Line]:
    """What follows from the values in force: bounds of the date, the duration, the code of the action."""
    subject = node(fact.id)
    if "date" in current:
        stated, ends = str(current["date"]), str(current.get("endDate", current["date"]))
        for name, day in (("earliest", bounds(stated)[0]), ("latest", bounds(ends)[1])):
            if name not in current:
                yield line(subject, predicate(name), date(day))
    minutes = current.get("minutes")
    if isinstance(minutes, (int, Decimal)):
        yield line(subject, term("kg:duration"), duration(Decimal(minutes)))
    code = CODES.get(fact.kind, {}).get(str(current.get("status")))
    if code and "eventCode" not in current:
        yield line(subject, predicate("eventCode"), node(Ref(f"plover/{code[0]}")))
        yield line(subject, predicate("cameoRoot"), text(code[1]))


def _tenure(
    fact: JoinedFact, current: Mapping[str, object], published: Mapping[str, str | None]
) -> Iterator[Line]:
    """The post of a person in office; the days of the reports as `kg:asOf` where no sentence gives another."""
    subject = node(fact.id)
    if "asOf" not in current:
        for day in sorted({published[e.document] or "" for e in fact.evidence} - {""}):
            yield line(subject, term("kg:asOf"), date(day))
    if current.get("tenureStatus") in _IN_OFFICE and "until" not in current:
        yield line(node(Ref(str(current["member"]))), term("org:holds"), node(Ref(str(current["post"]))))


def _said(fact: JoinedFact, left_out: tuple[str, ...], implied: frozenset[Assertion]) -> Iterator[Line]:
    subject = node(fact.id)
    for evidence in fact.evidence:
        yield line(subject, term("rdf:type"), term(f"kg:{fact.kind}"), cited(evidence))
    for one in fact.assertions:
        if one.property not in left_out and one not in implied:
            yield line(subject, predicate(one.property), value(one), cited(one.evidence))


def _implied(
    fact: JoinedFact, countries: Mapping[Ref, Ref], named: Mapping[str, Mapping[Span, frozenset[Ref]]]
) -> frozenset[Assertion]:
    """Parties that a sentence does not name: they follow from a participant or a place that it does name."""
    follows = {
        (cited(a.evidence), countries[a.value])
        for a in fact.assertions
        if a.property in ("participant", "place") and isinstance(a.value, Ref) and a.value in countries
    }

    def names_it(party: Assertion) -> bool:
        evidence = party.evidence
        return party.value in named[evidence.document].get((evidence.start, evidence.end), ())

    return frozenset(
        a for a in fact.assertions
        if a.property == "party" and (cited(a.evidence), a.value) in follows and not names_it(a)
    )  # fmt: skip

"""The state of an office by whose it is: "its negotiator", "President Doe's envoy", "his spokesman"."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kg.lexicon import mapping
from kg.stages.recognize.office_lists import counterpart

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.stages.recognize.geography import Geo
    from kg.stages.recognize.offices import Holding
    from kg.stages.recognize.people import Person
    from kg.tokens import Tokens

_SENTENCES = 3  # back in which it is looked for whom "his" means


def spread(result: list[Holding]) -> None:
    """All titles of one person serve one state, where one of them tells it."""
    told: dict[int, Counter[str]] = {}
    for holding in result:
        if holding.person is not None and holding.country and holding.office.status != "Former":
            told.setdefault(holding.person, Counter())[holding.country] += 1
    for holding in result:
        if holding.country is None and holding.person in told:
            holding.country = min(told[holding.person].items(), key=lambda kv: (-kv[1], kv[0]))[0]


def possessor(doc: Tokens, holding: Holding, geo: tuple[Geo, ...]) -> None:
    """As in "its negotiator": of the state named last before, or of the body of one in the same sentence."""
    start = holding.office.start
    if holding.country is None and start and doc[start - 1].lower_ in {"its", "their"}:
        before = [g for g in geo if g.end <= start and not g.place]
        holding.country = _body_before(doc, start, geo) or (before[-1].code if before else None)


def owning_bodies(doc: Tokens, result: list[Holding], geo: tuple[Geo, ...]) -> None:
    """As in "the Commission's reply, its spokesman Jane Doe said": of the body, where its sentence names one."""
    for holding in result:
        start = holding.office.start
        if holding.country is None and holding.named and start and doc[start - 1].lower_ == "its":
            holding.country = _body_before(doc, start, geo) or _subject_before(doc, start, geo)
    spread(result)


def by_owner(doc: Tokens, result: list[Holding], persons: list[Person]) -> None:
    """Who is "President Doe's envoy", or came with "the president and his envoy", serves the president's state."""
    ends = {e: n for n, p in enumerate(persons) for _, e in p.spans}
    served: dict[int | None, str] = {h.person: h.country for h in result if h.person is not None and h.country}
    alike = defaultdict[str, set[str]](set)
    for holding in result:
        alike[holding.office.head] |= {holding.country} if holding.country else set()
    owners = {h.office.end: h.country or served.get(h.person) for h in result if len(alike[h.office.head]) < 2}
    for holding in result:
        before = holding.office.start - 1
        if holding.country is not None or before < 0:
            continue
        if before in owners and holding.named and doc[before].lower_ in {"'s", "’s"}:
            holding.country = owners[before]  # "the Secretary-General's envoy"
            continue
        if before in ends and doc[before].lower_ in {"'s", "’s", "'", "’"}:
            holding.country = served.get(ends[before])
        elif holding.named and doc[before].lower_ in {"his", "her"} and not counterpart(doc, holding.office):
            holding.country = served.get(_named_before(doc, before, persons, holding.person))
    spread(result)


def _named_before(doc: Tokens, i: int, persons: list[Person], other: int | None) -> int | None:
    """Whose "his" is: who is named last before it in the sentence, else the first in a sentence before.

    In "He will call Doe, his spokesman said" it is the one that "he" means.
    """
    spans = sorted((s, n) for n, p in enumerate(persons) if n != other for s, _ in p.spans if s < i)
    start = doc[i].sent.start
    he = any(t.lower_ in {"he", "she"} and t.dep_ == "nsubj" and t.i < i for t in doc[i].sent)
    if spans and spans[-1][0] >= start and not he:
        return spans[-1][1]
    for _ in range(_SENTENCES):
        stop, start = start, doc[start - 1].sent.start if start else 0
        if (first := next((n for s, n in spans if start <= s < stop), None)) is not None:
            return first
    return None


def _subject_before(doc: Tokens, start: int, geo: tuple[Geo, ...]) -> str | None:
    """As in "Mali was not asked. Its envoy, Jane Doe": the one state that acts in the sentence before, else in this."""
    here = doc[start].sent.start
    spans = [(here, start), (doc[here - 1].sent.start if here else 0, here)]
    for first, stop in spans:
        acting = (g for g in geo if first <= g.start < stop and not g.place)
        told = {g.code for g in acting if doc[g.start : g.end].root.dep_.startswith("nsubj")}
        if told:
            return told.pop() if len(told) == 1 else None
    return None


def _body_before(doc: Tokens, start: int, geo: tuple[Geo, ...]) -> str | None:
    """The state or bloc whose body is named last before a token in its sentence."""
    words = (doc[k].lower_ for k in range(start - 1, doc[start].sent.start - 1, -1))
    return of_body(words, {g.code for g in geo})


def of_body(told: Iterable[str], named: set[str]) -> str | None:
    """The state or bloc that the text names whose body is among these words: "Commission vice president"."""
    codes = (mapping("bodies_apart").get(word) for word in told)
    return next((code for code in codes if code in named), None)

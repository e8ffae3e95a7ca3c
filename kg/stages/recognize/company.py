"""What others beside a person tell of the state served: who is accompanied, where one goes, whose state comes first."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kg.lexicon import members
from kg.tokens import of_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.stages.recognize.geography import Geo
    from kg.stages.recognize.people import Person
    from kg.tokens import Token, Tokens

_NEAR = 4  # tokens behind "colleague" in which a state stands
_ACCOMPANIES = frozenset({"accompany", "succeed", "deputise", "deputize", "deputy", "predecessor", "successor"})
_GOES = frozenset({"visit", "fly", "travel", "arrive", "go", "journey", "tour", "reach", "jet", "head", "leave"})
_RECEIVES = frozenset({"receive", "host", "welcome", "greet"})


def company(
    doc: Tokens, n: int, persons: list[Person], geo: tuple[Geo, ...], served: dict[int, str]
) -> Iterator[tuple[str, str]]:
    """States with the sign that speaks for or against each, of those that votes.py weighs."""
    if (told := _in_order(doc, persons, n, geo)) is not None:
        yield told, "in order"
    yield from ((served[m], "companion") for m in sorted(_companions(doc, persons, n)) if m in served)
    yield from _journeys(doc, persons[n], geo)
    yield from ((code, "met") for code in sorted(_colleagues(doc, persons, n, geo)))


def _in_order(doc: Tokens, persons: list[Person], n: int, geo: tuple[Geo, ...]) -> str | None:
    """As in "Zambia and Mali will pay, Presidents Doe and Roe said": the state told where the person is.

    Also in the sentence before: "Iraq has asked Zambia and Mali to talk. Ministers Doe and Roe will meet".
    """
    for start, _ in persons[n].spans:
        sent = doc[start].sent
        names = sorted((s, m, e) for m, p in enumerate(persons) for s, e in p.spans if sent.start <= s < sent.end)
        pair = [(a, b) for a, b in pairwise(names) if doc[a[2] : b[0]].text.lower() == "and" and start in {a[0], b[0]}]
        if len(pair) != 1:
            continue
        here = [g for g in geo if sent.start <= g.start < names[0][0] and not g.place]
        told = _joined_states(doc, here) if len(here) == len(names) == 2 else []
        if not here and sent.start:
            before = doc[sent.start - 1].sent
            told = _joined_states(doc, [g for g in geo if before.start <= g.start < before.end and not g.place])
        if len(told) == 1:
            return told[0][pair[0][1][0] == start].code
    return None


def _joined_states(doc: Tokens, here: list[Geo]) -> list[tuple[Geo, Geo]]:
    """Two states told as "Zambia and Mali"."""
    return [(a, b) for a, b in pairwise(here) if doc[a.end : b.start].text.lower() == "and" and a.code != b.code]


@of_text
def _fellows(doc: Tokens) -> tuple[Token, ...]:
    """The colleagues and guests that are called somebody's."""
    fellows = members("name_company", "fellow") - {"deputy", "predecessor", "successor", "side", "man", "woman"}
    return tuple(t for t in doc if t.lower_ in fellows and t.left_edge.lower_ in {"his", "her"})


@of_text
def _accompanying(doc: Tokens) -> tuple[Token, ...]:
    return tuple(t for t in doc if t.lemma_ in _ACCOMPANIES and t.pos_ in {"VERB", "NOUN"})


def _colleagues(doc: Tokens, persons: list[Person], n: int, geo: tuple[Geo, ...]) -> set[str]:
    """The states whose people are called a person's: "Doe rang his colleague from Lima", "Doe and her guest"."""
    found: set[str] = set()
    for t in _fellows(doc):
        first = t.left_edge
        before = [(s, m) for m, p in enumerate(persons) for s, _ in p.spans if t.sent.start <= s < first.i]
        if before and max(before)[1] == n:
            near = [g for g in geo if first.i <= g.start < min(t.i + _NEAR, t.sent.end)]
            found |= {g.code for g in near if g.start < t.i or doc[g.start - 1].text in {"from", "in"}}
    return found


def _companions(doc: Tokens, persons: list[Person], n: int) -> set[int]:
    """Who is of one side with a person: "Doe accompanied Roe", "Doe succeeds Roe", "Doe, the deputy of Roe"."""
    ends = {e - 1: m for m, p in enumerate(persons) for _, e in p.spans}
    found: set[int] = set()
    for t in _accompanying(doc):
        objects = (o for c in t.children if c.dep_ in {"agent", "prep"} for o in c.children)
        near = [ends[c.i] for c in (*t.children, *objects) if c.i in ends]
        if t.dep_ == "appos" and t.head.i in ends:
            near.append(ends[t.head.i])
        if any(c.dep_ == "nsubj" and c.lower_ in {"he", "she"} for c in t.children):
            near += [m for _, m in sorted((k, m) for k, m in ends.items() if k < t.sent.start)[-1:]]
        found |= set(near) - {n} if n in near else set()
    return found


def _journeys(doc: Tokens, person: Person, geo: tuple[Geo, ...]) -> Iterator[tuple[str, str]]:
    """Where a person goes, is received or receives: "Doe flew to Apia", "Doe received her in Suva"."""
    for start, end in person.spans:
        root = doc[start:end].root
        while root.dep_ in {"appos", "compound"} and root.head.i != root.i:
            root = root.head
        yield from _where_met(root, geo)
        lemma = root.head.lemma_.lower()
        if root.dep_ not in {"nsubj", "dobj", "nsubjpass"} or (lemma not in _GOES and lemma not in _RECEIVES):
            continue
        there = [g for t in _objects(root.head, root.i) for g in geo if g.start <= t.i < g.end and not _is_adjective(g)]
        sign = "away" if lemma in _GOES or root.dep_ != "nsubj" else "host"
        if lemma in _GOES and root.dep_ != "nsubj":
            continue
        yield from ((g.code, sign) for g in there)


def _where_met(name: Token, geo: tuple[Geo, ...]) -> Iterator[tuple[str, str]]:
    """As in "left for Fiji, where she met President Doe", "where Doe received her"."""
    verb = next((t for t in name.ancestors if t.pos_ == "VERB"), name)
    guest = name.dep_ in {"nsubj", "nsubjpass"} and verb.lemma_ not in _RECEIVES
    if verb.dep_ == "relcl" and not guest and any(c.lower_ == "where" for c in verb.children):
        yield from ((g.code, "host") for g in geo if g.start <= verb.head.i < g.end)


def _objects(verb: Token, subject: int) -> Iterator[Token]:
    """What a verb goes to or is done in: its object, and what "to", "in" and "for" hang on it."""
    for child in verb.children:
        if child.dep_ == "dobj" and child.i != subject and verb.lemma_ in {"visit", "tour", "reach"}:
            yield child
        elif child.lower_ in {"to", "in", "for", "into", "at"} and child.i > verb.i:
            yield from (t for t in child.children if t.dep_ == "pobj")


def _is_adjective(g: Geo) -> bool:
    return g.kind in {"demonym", "bloc"}

"""Which tenures, statements, positions, deadlines and actions of different documents are one: they say the same."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.iris import fold
from kg.join.sources import told_in
from kg.model import FactKind, Ref

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from kg.join.sources import Sources
    from kg.model import Fact

_QUOTED = 5  # words from which a quotation is found by itself: "yes" and "a good talk" are said by many


def joined(facts: Sequence[Fact], names: Mapping[Ref, Ref], sources: Sources) -> list[list[Ref]]:
    """Groups of names of facts that are one: those with a key in common.

    Where a document tells two of them apart, the n-th of each document are one.

    Args:
        facts: Facts that are neither events nor tariffs.
        names: The joined names of facts that they speak of.
        sources: The documents.
    """
    by_key: dict[Hashable, list[Fact]] = defaultdict(list)
    for fact in sorted(facts, key=lambda f: f.id):
        for key in keys(fact, names, sources):
            by_key[key].append(fact)
    home = {fact.id: fact.id for fact in facts}
    members = {fact.id: [fact.id] for fact in facts}
    documents = {fact.id: set(told_in(fact)) for fact in facts}
    for key in sorted(by_key, key=str):
        heads: list[Ref] = []
        for fact in by_key[key]:
            own = home[fact.id]
            head = next((h for h in heads if home[h] == own or not documents[home[h]] & documents[own]), None)
            if head is None:
                heads.append(fact.id)
            elif home[head] != own:
                into = home[head]
                for name in members[own]:
                    home[name] = into
                members[into] += members.pop(own)
                documents[into] |= documents.pop(own)
    return sorted(sorted(group) for group in members.values())


def keys(fact: Fact, names: Mapping[Ref, Ref], sources: Sources) -> Iterator[Hashable]:
    """What two reports of one fact have in common; a fact may be found by any of its keys."""

    def of(name: str) -> tuple[str, ...]:
        values = {a.value for a in fact.assertions if a.property == name}
        return tuple(sorted({str(names.get(v, v) if isinstance(v, Ref) else v) for v in values}))

    def words(name: str) -> Iterator[str]:
        return (" ".join(fold(value).split()) for value in of(name))

    kind = fact.kind.value
    if fact.kind is FactKind.TENURE:
        yield kind, of("member"), of("post"), "1", of("tenureStatus")  # before the next, as keys are taken in order
        yield kind, of("member"), of("post"), "2"
    elif fact.kind is FactKind.STATEMENT:
        yield kind, "text", of("speaker"), tuple(words("text"))
        for quote in words("quote"):
            if len(quote.split()) >= _QUOTED:
                yield kind, "quote", of("speaker"), quote
    elif fact.kind is FactKind.POSITION:
        yield kind, of("holder"), of("stance"), of("about"), tuple(words("text"))
    elif fact.kind is FactKind.DEADLINE:
        yield kind, of("date"), "label", tuple(words("label"))
        if of("about"):
            yield kind, of("date"), "about", of("about")
    elif fact.kind is FactKind.ACTION:
        dated = any(len(day) == len("2025-06-28") for day in of("date"))
        texts = () if dated else tuple(sorted(sources.sentences(fact)))
        if texts or dated:
            yield kind, of("source"), of("recipient"), of("eventCode"), of("cameoRoot"), of("status"), of("date"), texts

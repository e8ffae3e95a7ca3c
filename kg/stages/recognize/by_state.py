"""Persons called by the adjective of their state: "President Doe of Mali [...]. The Malian had a fever"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.states import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.stages.recognize.geography import Geo
    from kg.stages.recognize.people import Person
    from kg.tokens import Tokens

_OF_ONE = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "attr"})
_OF_MANY = ("ese", "sh", "ch", "ss", "s")  # "the Chinese", "the British", "the French", "the Swiss" may be many


def called_by_state(
    doc: Tokens, geo: Iterable[Geo], persons: list[Person], served: Mapping[int, str]
) -> Iterator[tuple[Geo, int]]:
    """The adjectives that stand for one person, with the person: the one of that state that the text names.

    `served` are the states of the persons.
    """
    by_code: dict[str, list[int]] = {}
    for n, code in served.items():
        by_code.setdefault(code, []).append(n)
    for g in geo:
        fits = by_code.get(g.code, ())
        if len(fits) == 1 and _is_one(doc, g) and persons[fits[0]].spans[0][0] < g.start:
            yield g, fits[0]


def _is_one(doc: Tokens, g: Geo) -> bool:
    """Whether "the Malian" stands alone as a noun for one person."""
    token = doc[g.start]
    if g.end - g.start != 1 or not g.start or doc[g.start - 1].lower_ != "the" or g.kind not in {"name", "demonym"}:
        return False
    if g.label == names(g.code)[0] or not g.label[1:].islower() or g.label.endswith(_OF_MANY):
        return False
    behind = doc[g.end : g.end + 1]
    alone = not behind or (behind[0].pos_ not in {"NOUN", "PROPN", "ADJ", "NUM"} and behind[0].text not in {"-", "and"})
    return alone and token.dep_ in _OF_ONE

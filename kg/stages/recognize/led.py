"""Offices told by a verb: "Jane Doe, who heads policy planning at the State Department", "who chairs a committee"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import mapping, members
from kg.stages.recognize.offices import Holding, Office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.stages.recognize.geography import Geo
    from kg.tokens import Tokens

_VERBS = frozenset({"heads", "chairs", "leads", "runs", "directs", "oversees"})
_LENGTH = 9  # tokens of what is headed
_INSIDE = frozenset({"of", "for", "on", "at", "in", "the", "'s", "\u2019s", "'", "\u2019", "-", "and", "&"})
_PASSING = frozenset({"delegation", "team", "side", "camp", "mission"})  # who leads one holds no office by it


def led(doc: Tokens, ends: dict[int, int], geo: tuple[Geo, ...]) -> Iterator[Holding]:
    """The bodies and units that persons are said to head; `ends` are the tokens behind names with their persons."""
    for end, person in ends.items():
        who = doc[end + 1 : end + 4]
        if doc[end : end + 1].text != "," or who[:1].text != "who":
            continue
        verb = next((t.i for t in who if t.lower_ in _VERBS), None)
        stop = _phrase_end(doc, verb + 1) if verb is not None else 0
        if verb is None or not _is_unit(doc, verb + 1, stop):
            continue
        state = next((g.code for g in geo if verb < g.start < stop and g.code), None)
        label = " ".join(doc[verb:stop].text.split())
        yield Holding(Office(verb, stop, "head", label, state, "Current", False, False), person, True, state)


def _phrase_end(doc: Tokens, start: int) -> int:
    """Behind the noun phrase that begins at a token, with what it is of."""
    k = start
    while k < len(doc) and k - start < _LENGTH:
        fits = doc[k].pos_ in {"NOUN", "PROPN", "ADJ", "DET"} or doc[k].lower_ in _INSIDE
        if not fits or doc[k].text == "," or doc[k].ent_type_ in {"DATE", "TIME"} or "\n" in doc[k].text:
            break
        k += 1
    while k > start and doc[k - 1].lower_ in _INSIDE:
        k -= 1
    return k


def _is_unit(doc: Tokens, start: int, stop: int) -> bool:
    """Whether a phrase names a body, or a part or task of one."""
    kinds, units = mapping("organizations"), members("office_kinds", "unit")
    inside = [t.lower_ for t in doc[start:stop] if t.pos_ != "DET"]
    if len(inside) < 2 or not _PASSING.isdisjoint(inside):
        return False
    return any(word in kinds or word in units for word in inside)

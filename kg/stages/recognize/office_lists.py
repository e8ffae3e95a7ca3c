"""Offices told once for several persons: "finance ministers Ken Tanaka of Japan and Jane Doe", "her counterpart"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.recognize.offices import Holding

if TYPE_CHECKING:

    from spacy.tokens import Doc

    from kg.stages.recognize.geography import Geo
    from kg.stages.recognize.offices import Office
    from kg.stages.recognize.people import Person
_OF_WHOM = 6  # tokens between an office and the comma before its holders: "of the two countries"
_LIST = 24  # tokens in which a list of states stands


def listed(
    doc: Doc, office: Office, starts: dict[int, int], persons: list[Person], geo: tuple[Geo, ...]
) -> list[Holding]:
    """As in "Finance ministers Ken Tanaka of Japan and Jane Doe": each holds the office, for the state behind the name.

    `starts` maps the first token of each name to its person.
    """
    places = {g.start: g for g in geo}
    if office.end not in starts:
        return _in_turn(doc, office, starts, persons, places) or _of_both(doc, office, starts, persons)
    single = office._replace(plural=False, label=office.label.removesuffix("s"))
    found, k = [], office.end
    while k in starts:
        n = starts[k]
        end = _end(persons[n], k)
        code = office.country
        if end + 1 < len(doc) and doc[end].lower_ == "of" and end + 1 in places:
            code, end = places[end + 1].code, places[end + 1].end
        found.append(Holding(single, n, True, code))
        k = _next_item(doc, end)
    return found


def _end(person: Person, start: int) -> int:
    """Where the name of a person that begins at a token ends."""
    return next(e for s, e in person.spans if s == start)


def _next_item(doc: Doc, k: int) -> int:
    """Behind commas and "and"."""
    while k < len(doc) and (doc[k].text == "," or doc[k].lower_ == "and"):
        k += 1
    return k


def _of_both(doc: Doc, office: Office, starts: dict[int, int], persons: list[Person]) -> list[Holding]:
    """As in "the deputy prime ministers of the two countries, Ken Tanaka and Jane Doe"."""
    k = next((k for k in range(office.end, min(office.end + _OF_WHOM, len(doc))) if doc[k].text == ","), None)
    if k is None or k + 1 not in starts or any(t.pos_ in {"VERB", "AUX"} for t in doc[office.end : k]):
        return []
    found, k = [], k + 1
    single = office._replace(plural=False, label=office.head)
    while k in starts:
        found.append(Holding(single, starts[k], True, office.country))
        k = _next_item(doc, _end(persons[starts[k]], k))
    return found if len(found) > 1 else []


def _in_turn(
    doc: Doc, office: Office, starts: dict[int, int], persons: list[Person], places: dict[int, Geo]
) -> list[Holding]:
    """As in "the presidents of Brazil and Chile (Ken Tanaka and Jane Doe)": states and names told in one order."""
    k = office.end if doc[office.end : office.end + 1].text.lower() == "of" else office.start
    codes: list[str] = []
    stop = min(k + _LIST, len(doc))
    while k < stop and not (k in starts and codes):
        if k in places and places[k].code:
            codes.append(places[k].code)
        k += 1
    names = []
    while k < len(doc) and (k in starts or doc[k].text in {",", "(", ":"} or doc[k].lower_ == "and"):
        if k in starts:
            names.append(starts[k])
            k = _end(persons[starts[k]], k)
        else:
            k += 1
    if len(codes) < 2 or len(codes) != len(names):
        return []
    single = office._replace(plural=False, label=office.head)
    return [Holding(single._replace(country=c), n, True, c) for c, n in zip(codes, names, strict=True)]


def counterparts(
    doc: Doc, result: list[Holding], persons: list[Person], starts: dict[int, int], geo: tuple[Geo, ...]
) -> list[Holding]:
    """As in "her Chinese counterpart, Ken Tanaka": holds the office of the person named last, for the state named."""
    places = {g.end: g for g in geo}
    found = []
    for k in range(1, len(doc) - 1):
        if doc[k].lower_ not in {"counterpart", "homologue"}:
            continue
        name = k + 1 if k + 1 in starts else k + 2 if doc[k + 1].text == "," and k + 2 in starts else None
        before = [(s, n) for n, p in enumerate(persons) for s, _ in p.spans if s < k and n != starts.get(name or -1)]
        if name is None or not before:
            continue
        same = [h for h in result if h.person == max(before)[1] and h.named]
        if same:
            code = places[k].code or None if k in places else None
            office = same[-1].office._replace(start=k, end=k + 1, country=code, definite=True, status="Current")
            found.append(Holding(office, starts[name], True, code))
    return found

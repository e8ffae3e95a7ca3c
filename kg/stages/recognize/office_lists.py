"""Offices told once for several persons: "finance ministers Ken Tanaka of Japan and Jane Doe", "her counterpart"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import mapping
from kg.stages.recognize.office_words import head_at, rank, singular
from kg.stages.recognize.offices import Holding
from kg.stages.recognize.person_names import past_courtesy

if TYPE_CHECKING:

    from kg.stages.recognize.geography import Geo
    from kg.stages.recognize.offices import Office
    from kg.stages.recognize.people import Person
    from kg.tokens import Tokens
_COUNTERPARTS = frozenset({"counterpart", "homologue", "number", "colleague", "interlocutor"})
_SEVERAL = frozenset({"counterparts", "homologues", "colleagues"})
_OF_WHOM = 6  # tokens between an office and the comma before its holders: "of the two countries"
_TITLE = 5  # tokens of a title that stands before a name in a list
_LIST = 24  # tokens in which a list of states stands


def listed(
    doc: Tokens, office: Office, starts: dict[int, int], persons: list[Person], geo: tuple[Geo, ...]
) -> list[Holding]:
    """As in "Finance ministers Ken Tanaka of Japan and Jane Doe": each holds the office, for the state behind the name.

    `starts` maps the first token of each name to its person.
    """
    places = {g.start: g for g in geo}
    linked = office.end + (doc[office.end : office.end + 1].text in {"are", "were"})  # "the negotiators are Jane Doe"
    if linked not in starts:
        if office.head == "official":
            return []  # "officials in Bern, Oslo and Rome (Jane Doe has more)" are others
        return (_in_turn(doc, office, starts, persons, places) or _of_both(doc, office, starts, persons, places)
                or _told_behind(doc, office, persons, places)
                or _told_next(doc, office, starts, persons, places))  # fmt: skip
    single = office._replace(plural=False, label=_single(office))
    named = _in_list(doc, linked, starts, persons, places)
    return [Holding(single, n, True, code or office.country) for n, code in named]


def _single(office: Office, *, alone: bool = False) -> str:
    """The wording of an office in the plural for one holder, `alone` without what it is of: "trade minister"."""
    if alone and " of " in office.head:
        return office.head
    label = office.label.partition(" of ")[0] if alone else office.label
    before, blank, last = label.rpartition(" ")
    return before + blank + singular(last)


def _end(persons: list[Person], starts: dict[int, int], start: int) -> int:
    """Where the name of a person that begins at a token ends."""
    return next(e for s, e in persons[starts[start]].spans if s == start)


def _in_list(
    doc: Tokens, k: int, starts: dict[int, int], persons: list[Person], places: dict[int, Geo],
    *, only: str | None = None,
) -> list[tuple[int, str | None]]:
    """The persons in a list that begins at a token, each with the state told beside the name.

    As in "Ken Tanaka of Japan, Jane Doe (Canada) and Brazil's João Roe".
    """
    found: list[tuple[int, str | None]] = []
    while k < len(doc):
        code = None
        if k in places and doc[places[k].end : places[k].end + 1].text in {"'s", "’s"}:
            code, k = places[k].code or None, places[k].end + 1
        k = _past_title(doc, past_courtesy(doc, k), starts, only=only)
        if k not in starts:
            break
        n, k = starts[k], _end(persons, starts, k)
        behind = doc[k : k + 1].text.lower()
        state = k + 1 + (doc[k + 1 : k + 2].text.lower() == "the")
        if behind in {"of", "for", "from", "("} and state in places:
            code, k = places[state].code or None, places[state].end + (behind == "(")
        elif behind in {"of", "for"} and (body := mapping("bodies_apart").get(doc[state : state + 1].text.lower())):
            code, k = body, state + 1  # "Jane Doe for the Commission"
        found.append((n, code))
        while k < len(doc) and (doc[k].text == "," or doc[k].lower_ == "and"):
            k += 1
    return found


def _past_title(doc: Tokens, k: int, starts: dict[int, int], *, only: str | None) -> int:
    """The first token of a name behind a title, of `only` a rank, that begins at a token: "State Secretary [Roe]"."""
    for i in range(k, min(k + _TITLE, len(doc))):
        if i in starts:
            return i
        at = head_at(doc, i)
        if at is not None and at[0] in starts and not at[2]:
            return at[0] if only is None or rank(at[1]) == only else k
        if not doc[i].text[0].isupper() and doc[i].lower_ not in {"of", "for", "and"}:
            break
    return k


def _of_both(
    doc: Tokens, office: Office, starts: dict[int, int], persons: list[Person], places: dict[int, Geo]
) -> list[Holding]:
    """As in "the deputy prime ministers of the two countries, Ken Tanaka and Jane Doe"."""
    opening = range(office.end, min(office.end + _OF_WHOM, len(doc)))
    k = next((k for k in opening if doc[k].text in {",", "(", "–", "—", ":"}), None)
    if k is None or any(t.pos_ in {"VERB", "AUX"} or t.text in "?!." for t in doc[office.end : k]):
        return []
    single = office._replace(plural=False, label=_single(office))
    named = _in_list(doc, k + 1, starts, persons, places)
    return [Holding(single, n, True, code or office.country) for n, code in named] if len(named) > 1 else []


def _told_behind(doc: Tokens, office: Office, persons: list[Person], places: dict[int, Geo]) -> list[Holding]:
    """As in "Ken Tanaka and Jane Doe, the trade ministers of Japan and Mali": states in the order of the names."""
    comma = office.start - 2
    ends = {e: (s, n) for n, p in enumerate(persons) for s, e in p.spans}
    whose = doc[office.start - 1].lower_ if office.start else ""
    if comma < 1 or doc[comma].text != "," or whose not in {"the", "their"} or comma not in ends:
        return []
    start, second = ends[comma]
    if doc[start - 1].lower_ != "and" or start - 1 not in ends:
        return []
    stop = next((k for k in range(office.start, len(doc)) if doc[k].text in {",", ".", ";"}), len(doc))
    codes = [places[k].code for k in sorted(places) if office.start <= k < stop and places[k].code]
    told = codes if len(codes) == 2 and len(set(codes)) == 2 else [None, None]
    single = office._replace(plural=False, label=_single(office, alone=True), country=None)
    return [Holding(single._replace(country=c), n, True, c)
            for c, n in zip(told, (ends[start - 1][1], second), strict=True)]  # fmt: skip


def _told_next(
    doc: Tokens, office: Office, starts: dict[int, int], persons: list[Person], places: dict[int, Geo]
) -> list[Holding]:
    """As in "The trade ministers of Mali and Peru signed a pact. Ken Tanaka and Jane Doe met for an hour"."""
    comes = doc[office.start].sent.end
    k = next((i for i in range(comes, min(comes + 3, len(doc))) if doc[i].is_alpha), comes)
    stop = office.end + _TITLE * (doc[office.end : office.end + 1].text.lower() == "of")
    told = [places[i] for i in sorted(places) if office.start <= i < stop]
    if k not in starts or len(told) != 2 or doc[told[0].end : told[1].start].text.lower() != "and":
        return []
    named = _in_list(doc, k, starts, persons, places)
    fresh = all(persons[n].spans[0][0] >= k and code is None for n, code in named)
    if len(named) != 2 or not fresh or doc[_end(persons, starts, k)].lower_ != "and":
        return []
    single = office._replace(plural=False, label=_single(office, alone=True))
    return [Holding(single._replace(country=g.code or None), n, True, g.code or None)
            for g, (n, _) in zip(told, named, strict=True)]  # fmt: skip


def _in_turn(
    doc: Tokens, office: Office, starts: dict[int, int], persons: list[Person], places: dict[int, Geo]
) -> list[Holding]:
    """As in "the presidents of Brazil and Chile (Ken Tanaka and Jane Doe)": states and names told in one order."""
    inside = any(office.start <= k < office.end for k in places)  # "the envoys of Peru and Chile for the opening"
    k = office.end if doc[office.end : office.end + 1].text.lower() == "of" and not inside else office.start
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
            k = _end(persons, starts, k)
        else:
            k += 1
    if len(codes) < 2 or len(codes) != len(names):
        return []
    single = office._replace(plural=False, label=_single(office, alone=True))
    return [Holding(single._replace(country=c), n, True, c) for c, n in zip(codes, names, strict=True)]


def counterpart(doc: Tokens, office: Office) -> bool:
    """Whether an office is told as that of somebody's counterpart."""
    return doc[office.end - 1].lower_ in _COUNTERPARTS


def counterparts(
    doc: Tokens, result: list[Holding], persons: list[Person], starts: dict[int, int], geo: tuple[Geo, ...]
) -> list[Holding]:
    """As in "her Chinese counterpart, Ken Tanaka", "Ken Tanaka, her counterpart from China".

    Such a person holds the office of the one named last before, for the state told.
    """
    before, behind = {g.end: g.code for g in geo}, {g.start: g.code for g in geo}
    ends = {e: n for n, p in enumerate(persons) for _, e in p.spans}
    found = []
    for k in [t.i for t in list(doc)[1:-1] if t.lower_ in _COUNTERPARTS or t.lower_ in _SEVERAL]:
        many = doc[k].lower_ in _SEVERAL
        start = k - (doc[k].lower_ == "number")
        told = before.get(start)
        stop = k + 1
        if doc[stop].lower_ in {"of", "from", "in"} and stop + 1 in behind:
            told, stop = behind[stop + 1], next(g.end for g in geo if g.start == stop + 1)
            while doc[stop].lower_ in {"'s", "’s"} or (doc[stop - 1].pos_ != "PUNCT" and doc[stop].pos_ == "NOUN"):
                stop += 1  # "from Seoul's trade ministry"
        names = _named_counterparts(doc, stop, starts, persons, geo)
        codes = _states_before(doc, start, geo)
        if len(codes) == len(names) > 1:
            names = [(n, own or code) for (n, own), code in zip(names, codes, strict=True)]
        first = doc[k].left_edge.i if doc[k].left_edge.i > k - _OF_WHOM else start - 1
        closing = first - 1 if first and doc[first - 1].text == "," else first - 2
        if not names and not many and closing in ends and doc[closing].text == ",":
            names = [(ends[closing], None)]
        taken = {n for n, _ in names}
        whose = [(s, n) for n, p in enumerate(persons) for s, _ in p.spans if s < k and n not in taken]
        held = [h for h in result if h.named and whose and h.person == max(whose)[1]]
        for n, code in names if held else ():
            state = code or (told or None if len(names) == 1 else None)
            office = held[-1].office._replace(start=start, end=k + 1, country=state, definite=True, status="Current")
            found.append(Holding(office, n, True, state))
    return found


def _states_before(doc: Tokens, k: int, geo: tuple[Geo, ...]) -> list[str]:
    """The states told one after the other right before a token: "her British and French [counterparts]"."""
    ends = {g.end: g for g in geo if g.code}
    codes: list[str] = []
    while k in ends:
        codes.insert(0, ends[k].code)
        k = ends[k].start
        while k and (doc[k - 1].text == "," or doc[k - 1].lower_ == "and"):
            k -= 1
    return codes


def _named_counterparts(
    doc: Tokens, k: int, starts: dict[int, int], persons: list[Person], geo: tuple[Geo, ...]
) -> list[tuple[int, str | None]]:
    """The persons named behind "counterpart" that ends at a token, with or without a comma."""
    places = {g.start: g for g in geo}
    opening = doc[k : k + 1].text in {",", "(", ":", "—", "–"}
    named = _in_list(doc, k + opening, starts, persons, places, only="other")  # "her counterpart, Prince Ali"
    return named if doc[k - 1].lower_.endswith("s") else named[:1]

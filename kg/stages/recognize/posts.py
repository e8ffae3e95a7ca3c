"""Who holds which office, and for which state: office phrases linked to persons, and back to them ("the minister")."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kg.lexicon import words
from kg.stages.recognize.led import led
from kg.stages.recognize.name_context import place_before
from kg.stages.recognize.name_ends import HONOURS
from kg.stages.recognize.office_lists import counterparts, listed
from kg.stages.recognize.offices import Holding
from kg.stages.recognize.owners import by_owner, owning_bodies, possessor, spread
from kg.stages.recognize.person_names import past_courtesy
from kg.stages.recognize.referring import anonymous, must_be, refers_to
from kg.stages.recognize.service import (
    by_line,
    fill_from_context,
    fill_from_references,
    name_countries,
    of_another_office,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.stages.recognize.geography import Geo
    from kg.stages.recognize.offices import Office
    from kg.stages.recognize.people import Person
    from kg.stages.recognize.votes import Home
    from kg.tokens import Tokens
# Between a name and an office that it is linked to by a verb.
_LINK = frozenset({",", "who", "serves", "served", "as", "is", "was", "has", "been", "also", "became", "then", "now",
                   "currently", "acts", "works", "doubles", "heads", "serving", "long", "just", "both", "—",
                   "–", "had", "until", "took", "takes", "office", "on"})  # fmt: skip
_TELLING = frozenset({"as", "is", "was", "been", "became", "until"})  # one of them at least
_CLOSES = frozenset({",", ";", ".", ":", "—", "–", "”", ")"})  # what follows a name that closes an apposition
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_OWNING = _POSSESSIVE | {"a", "an", "the", "both", "now"}  # between a comma and an office: "Ken Tanaka, now minister"
_CALLING = frozenset({"who", "is", "was", "also", "called", "a", "an", "another", "certain"})
_CALLED = 6  # tokens
_BODY = 10  # tokens of a body that stands between two offices
_PLACE = 5  # tokens of a place behind an office
_LINK_LENGTH = 9  # tokens
_RANKS = frozenset({"ambassador", "general", "admiral", "colonel", "major general", "lieutenant general"})
_JOINTS = frozenset({"and", "&", ",", ", and", "as well as"})  # between two offices of one person


def holdings(doc: Tokens, found: Iterable[Office], persons: list[Person], geo: tuple[Geo, ...], home: Home | None,
             lines: tuple[tuple[int, int], ...]) -> list[Holding]:  # fmt: skip
    """Every office phrase with its holder and the state served, in order of the text.

    `home` is the state from which the document reports, by its dateline; `lines` are its blocks as tokens [start, end),
    of which some are lines of a list by country ("Japan: 15 percent").
    """
    found = tuple(found)
    states = {g.code for g in geo if g.code} | ({home.code} if home else set())
    inside = frozenset(k for o in found for k in range(o.start, o.end))
    result = _named(doc, found, persons, geo)
    name_countries(doc, result, persons, geo)
    by_owner(doc, result, persons)
    for holding in result:
        if holding.person is None and not holding.office.plural:
            holding.person = refers_to(doc, holding, result, persons, states)
    fill_from_references(doc, result, persons, states, geo)
    by_line(doc, result, geo, lines)
    by_owner(doc, result, persons)
    owning_bodies(doc, result, geo)
    free = tuple(g for g in geo if g.start not in inside)  # a state in a title is that of its holder
    fill_from_context(doc, result, persons, free, home)
    for holding in result:
        if holding.person is None and holding.office.definite and not (holding.office.plural or anonymous(holding)):
            possessor(doc, holding, geo)
            holding.person = must_be(doc, holding, result, persons, states)
    spread(result)
    fill_from_context(doc, result, persons, free, home)
    of_another_office(result)
    return sorted(result, key=lambda h: h.office.start)


class _Names(NamedTuple):
    """Where personal names stand: persons by first token and by the token behind, and names behind an office."""

    starts: dict[int, int]
    ends: dict[int, int]
    titled: frozenset[int]  # the tokens behind names that an office stands before


def _named(doc: Tokens, found: tuple[Office, ...], persons: list[Person], geo: tuple[Geo, ...]) -> list[Holding]:
    """Every office phrase, with the holder whose name stands beside it or in the list behind it."""
    starts = {s: n for n, p in enumerate(persons) for s, _ in p.spans}
    ends = {e: n for n, p in enumerate(persons) for _, e in p.spans}
    homes = _behind_states(doc, ends, geo)
    ends.update({k: n for k, (n, _) in homes.items()})
    opened = {o.end for o in found if not o.plural}
    opened |= {past_courtesy(doc, e + 1) for e in opened if doc[e : e + 1].text == ","}  # "the minister, Ms. Jane Doe,"
    names = _Names(starts, ends, frozenset(e for p in persons for s, e in p.spans if s in opened))
    result: list[Holding] = []
    for office in found:
        several = listed(doc, office, starts, persons, geo) if office.plural else []
        result.extend(several)
        if not several:
            person = _beside(doc, office, names)
            who, state = homes.get(_before(doc, office), (None, None))
            code = office.country or (state if who == person else None)
            result.append(Holding(office, person, person is not None, code))
    result.extend(led(doc, ends, geo))
    result.sort(key=lambda h: h.office.start)
    _share(doc, result)
    result.extend(counterparts(doc, result, persons, starts, geo))
    return result


def _behind_states(doc: Tokens, ends: dict[int, int], geo: tuple[Geo, ...]) -> dict[int, tuple[int, str]]:
    """The token behind "Ken Tanaka of Japan", "Ken Tanaka (Japan)" -> the person and the state."""
    found = {}
    for g in geo:
        of = g.start - 1 - (doc[g.start - 1].lower_ == "the")
        told = g.code is not None and of in ends
        if told and doc[of].lower_ in {"of", "from"}:
            found[g.end] = ends[of], str(g.code)
        elif told and doc[of].text == "(" and doc[g.end : g.end + 1].text == ")":
            found[g.end + 1] = ends[of], str(g.code)
    return found


def _share(doc: Tokens, result: list[Holding]) -> None:
    """Two offices of one person, behind the name or before: "Ken Tanaka, deputy prime minister and foreign minister".

    The first of "the president and Foreign Minister Jane Doe" has another holder than the second.
    """
    for first, second in pairwise(result):
        between = doc[first.office.end : second.office.start].text.lower().replace("the", "").replace("a ", "").strip()
        between = "and" if _within_body(doc, first.office.end, second.office.start) else between
        if between not in _JOINTS or first.office.plural or second.office.plural:
            continue
        if first.person is None and second.named and between == "," and second.office.label.lower() in _RANKS:
            first.person, first.named = second.person, True  # "the Trade Representative, Ambassador Jane Doe"
        elif first.person is not None and first.named and second.person is None:
            second.person, second.named = first.person, True
        elif first.person is None and second.named and between in {"and", "&"} and not first.office.definite:
            alike = doc[first.office.start].text[0].isupper() == doc[second.office.start].text[0].isupper()
            short = doc[first.office.start].text.isupper()  # "EAM and Foreign Minister Jane Doe" are two
            if alike and not short and doc[second.office.start - 1].lower_ in {"and", "&"}:
                first.person, first.named = second.person, True


def _within_body(doc: Tokens, start: int, end: int) -> bool:
    """Whether the body of an office and "and" stand between two: "Secretary [in the Department of Trade and] Envoy"."""
    inside = doc[start:end]
    return 2 < len(inside) <= _BODY and inside[0].lower_ in {"in", "at"} and inside[-1].lower_ == "and" \
        and any(t.lower_ in words("organizations") for t in inside) and all(t.text != "," for t in inside)  # fmt: skip


def _beside(doc: Tokens, office: Office, names: _Names) -> int | None:
    """The person whose name stands right before or after the office phrase."""
    if office.plural:
        return None
    k = office.end
    if doc[k : k + 1].text in _POSSESSIVE and " of " not in office.label:
        return None  # "Jane Doe, the president's sister"
    nested = " to " in office.label and k in names.starts  # "chief of staff to Prime Minister Jane Doe"
    line = k < len(doc) and doc[k].is_sent_start and _before(doc, office) in names.ends  # of the speakers in a list
    if k in names.starts and not (nested or line):  # "Trade Minister Ken Tanaka"
        return names.starts[k]
    polite = past_courtesy(doc, k)
    if polite > k and polite in names.starts:  # "Trade Minister the Hon Ken Tanaka"
        return names.starts[polite]
    called = _called(doc, k)
    if called in names.starts:
        return names.starts[called]
    before = _before(doc, office)
    after = _closing_name(doc, k, names)
    if after is not None and before in names.titled:
        return after  # "Trade Minister Ken Tanaka, Iceland's foreign minister, Jane Doe, and"
    at = _before_honours(doc, before) if doc[before].text in {",", "(", "—", "–"} else before
    if at in names.ends and doc[before].text in {",", "(", "—", "–"} and (k not in names.starts or nested or line):
        return names.ends[at]  # "Ken Tanaka, the minister"
    person = _linked_by_verb(doc, before, names.ends)
    if person is not None:
        return person
    sent = doc[office.start].sent.start
    comma = office.start > 0 and doc[office.start - 1].text == ","
    goes_on = comma and any(sent < e < office.start for e in names.ends)  # no "On Monday, Mali's minister, Jane Doe,"
    return None if goes_on else after


def _called(doc: Tokens, k: int) -> int:
    """Behind what tells the name of a holder: "the minister is called", "the minister, also a"; else -1."""
    told, start = False, k
    while k < len(doc) and k - start < _CALLED and (doc[k].lower_ in _CALLING or doc[k].text == ","):
        told = told or doc[k].lower_ in {"called", "certain"} or doc[k - 1 : k + 1].text.lower() == "also a"
        k += 1
    return k if told else -1


def _closing_name(doc: Tokens, k: int, names: _Names) -> int | None:
    """As in "Japan's top negotiator, Ken Tanaka, spoke": only where the name closes the apposition."""
    if doc[k : k + 1].text.lower() in {"in", "at", "to"}:  # "its envoy in Oslo, Jane Doe, spoke"
        comma = next((n for n in range(k + 1, min(k + 1 + _PLACE, len(doc))) if doc[n].text == ","), k)
        k = comma if place_before(doc, comma) == k else k
    name = past_courtesy(doc, k + 1)
    if k >= len(doc) - 1 or doc[k].text not in {",", "–", "—", "("} or name not in names.starts:
        return None
    person = names.starts[name]
    after = next(e for e, n in names.ends.items() if n == person and e > name)
    while after < len(doc) and doc[after].lower_ in HONOURS and doc[after].text.isupper():
        after += 1  # "Jane Doe MP"
    return person if after < len(doc) and doc[after].text in _CLOSES else None


def _before_honours(doc: Tokens, k: int) -> int:
    """The token behind a name, of the comma that letters of honour stand before: "Jane Doe MP, the minister"."""
    while k and doc[k - 1].lower_ in HONOURS and doc[k - 1].text.isupper():
        k -= 1
    return k


def _before(doc: Tokens, office: Office) -> int:
    """Index of the token before the phrase, its article and its possessor.

    Of the comma in "Tanaka, the minister" and in "Tanaka, the finance ministry's spokesman".
    """
    k = office.start - 1
    while k > 0 and (doc[k].pos_ in {"DET", "PRON", "NUM"} or doc[k].lower_ in _OWNING):
        owner = doc[k].lower_ in _POSSESSIVE
        k -= 1
        while owner and k > 0 and (doc[k].pos_ in {"NOUN", "PROPN", "ADJ"} or doc[k].text == "-"):
            k -= 1
    return max(k, 0)


def _linked_by_verb(doc: Tokens, before: int, ends: dict[int, int]) -> int | None:
    """As in "X, who serves as trade minister", "X is the trade minister", "X, who as minister handles trade"."""
    k, seen = before, set[str]()
    for _ in range(_LINK_LENGTH):
        if k <= 0 or k + 1 in ends:
            break
        if doc[k].ent_type_ not in {"DATE", "TIME"} or doc[k].lower_ in _TELLING:
            seen.add(doc[k].lower_)
        k -= 1
    if k + 1 in ends and seen <= _LINK and seen & _TELLING:
        return ends[k + 1]
    return None

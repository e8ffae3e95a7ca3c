"""Which state an office serves: told by its words, by other titles of its holder, or by the text around."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kg.lexicon import mapping, members, words
from kg.stages.recognize.office_words import country_of, lacking
from kg.stages.recognize.origins import foreign, origins, plausible
from kg.stages.recognize.referring import of_another_field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Span

    from kg.stages.recognize.geography import Geo
    from kg.stages.recognize.offices import Holding, Office
    from kg.stages.recognize.people import Person

# Votes for a state, by judgement: no list of votes is known to go by.
_UNSAID = 1.5  # a president without a state is that of the United States more often than any other, in English news
_ACTING = 3  # a state that acts in a sentence that names the person
_OTHER_SIDE = 1  # the same, where somebody else in the sentence serves it
_SAME_LIST = 5  # the state of another person in one list
_LED = 6  # the state of the team that the person leads
_THERE = 1  # a capital in which something of the sentence is
_MENTIONED = 0.1  # a state or a place in it named anywhere
_ADMINISTRATION = 4  # "the Doe administration" is American usage
_NAME = 5  # a state in which all words of the name are common
_FOREIGN = 0.5  # what is left of the votes for a state in which the name is not common, while it is in another
_HELD_BY_ANOTHER = 0.2  # what is left of the votes for a state whose office somebody else holds, now or once
_LEADS = frozenset({"lead", "head"})
_MOST = 6  # namings anywhere that count, a third each
_HOME = 3
_BEFORE = 2  # a state that the sentence before is about
_SENTENCES = 2  # back in which it is looked for, past "it"


def name_countries(doc: Doc, result: list[Holding], persons: list[Person], geo: tuple[Geo, ...]) -> None:
    """The state from the office itself, from "of Canada" behind the phrase, and from other titles of the holder.

    An office that the text's only such state has is another's too where its holder has a name of that other one.
    """
    places = {g.start: g for g in geo}
    named = {g.code for g in geo}
    for holding in result:
        office = holding.office
        if holding.country is None:
            only = country_of(office.label, office.head)
            told = only if only in named or not named else _of_body(office.label.lower().split(), named)
            told = told or _behind(doc, office, places)
            stranger = holding.person is not None and told and foreign(persons[holding.person].name, told, named)
            holding.country = None if stranger else told
    spread(result)


def _behind(doc: Doc, office: Office, places: dict[int, Geo]) -> str | None:
    """The state behind an office: "minister of Canada", "director in the Treasury"."""
    k = office.end
    if k + 1 >= len(doc) or doc[k].lower_ not in {"of", "in"}:
        return None
    at = places.get(k + 1) or (places.get(k + 2) if doc[k + 1].lower_ == "the" else None)
    seat = at is not None and (doc[k].lower_ == "of" or at.kind in {"capital", "government"})
    return at.code or None if at is not None and seat else None


def _of_body(told: Iterable[str], named: set[str]) -> str | None:
    """The state or bloc that the text names whose body is among these words: "Commission vice president"."""
    codes = (mapping("bodies_apart").get(word) for word in told)
    return next((code for code in codes if code in named), None)


def spread(result: list[Holding]) -> None:
    """All titles of one person serve one state, where one of them tells it."""
    told: dict[int, Counter[str]] = {}
    for holding in result:
        if holding.person is not None and holding.country and holding.office.status != "Former":
            told.setdefault(holding.person, Counter())[holding.country] += 1
    for holding in result:
        if holding.country is None and holding.person in told:
            holding.country = min(told[holding.person].items(), key=lambda kv: (-kv[1], kv[0]))[0]


def by_line(result: list[Holding], geo: tuple[Geo, ...], lines: tuple[tuple[int, int], ...]) -> None:
    """In a list by country, an office named in a line is of the country that the line begins with."""
    for start, end in lines:
        first = next((g for g in geo if start <= g.start <= start + 1), None)
        if first is None or not first.code:
            continue
        for holding in result:
            if holding.country is None and holding.person is not None and start <= holding.office.start < end:
                holding.country = first.code
    spread(result)


def possessor(doc: Doc, holding: Holding, geo: tuple[Geo, ...]) -> None:
    """As in "its negotiator": of the state named last before, or of the body of one in the same sentence."""
    start = holding.office.start
    if holding.country is None and start and doc[start - 1].lower_ in {"its", "their"}:
        before = [g for g in geo if g.end <= start and not g.place]
        holding.country = _body_before(doc, start, geo) or (before[-1].code if before else None)


def owning_bodies(doc: Doc, result: list[Holding], geo: tuple[Geo, ...]) -> None:
    """As in "the Commission's reply, its spokesman Jane Doe said": of the body, where its sentence names one."""
    for holding in result:
        if holding.country is None and holding.named and doc[holding.office.start - 1].lower_ == "its":
            holding.country = _body_before(doc, holding.office.start, geo)
    spread(result)


def _body_before(doc: Doc, start: int, geo: tuple[Geo, ...]) -> str | None:
    """The state or bloc whose body is named last before a token in its sentence."""
    words = (doc[k].lower_ for k in range(start - 1, doc[start].sent.start - 1, -1))
    return _of_body(words, {g.code for g in geo})


def by_owner(doc: Doc, result: list[Holding], persons: list[Person]) -> None:
    """Who is "President Doe's envoy" serves the president's state."""
    ends = {e: n for n, p in enumerate(persons) for _, e in p.spans}
    served = {h.person: h.country for h in result if h.person is not None and h.country}
    for holding in result:
        before = holding.office.start - 1
        if holding.country is None and before in ends and doc[before].lower_ in {"'s", "’s", "'", "’"}:
            holding.country = served.get(ends[before])
    spread(result)


def of_another_office(result: list[Holding]) -> None:
    """The chief of staff to the prime minister serves the prime minister's state."""
    for holding in result:
        label = holding.office.label.lower()
        if holding.named and " to " in label:
            above = [h.country for h in result if h.country and label.endswith(h.office.head) and h is not holding]
            for same in result:
                if above and same.person == holding.person:
                    same.country = above[0]


def fill_from_references(result: list[Holding], persons: list[Person], states: set[str]) -> None:
    """As in "Switzerland's president": whom President Doe serves, where no other president could be meant.

    `states` are those that the text names.
    """
    spread(result)
    for holding in result:
        head, state = holding.office.head, holding.country
        if holding.person is not None or not state or holding.office.plural:
            continue
        named = [h for h in result if h.named and h.office.head == head]
        takers = {h.person for h in named if h.country is None and h.person is not None}
        takers = {n for n in takers if plausible(persons[n].name, state, states)}
        held = {n: [h.office for h in named if h.person == n] for n in takers}
        takers = {n for n in takers if not of_another_field(holding.office, held[n])}
        if len(takers) == 1 and all(h.country != state for h in named):
            holding.person = takers.pop()
    spread(result)


def fill_from_context(
    doc: Doc, result: list[Holding], persons: list[Person], geo: tuple[Geo, ...], home: str | None
) -> None:
    """The state that the text around a person speaks for, where no title tells it; the surest first.

    A state has one president, so each one found leaves fewer states for the rest.
    """
    todo = list(dict.fromkeys(h.person for h in result if h.person is not None and h.country is None))
    held = {n: [h.office for h in result if h.person == n] for n in todo}
    private = members("office_kinds", "private")
    todo = [n for n in todo if not {o.head for o in held[n]} <= private]
    while todo:
        served = {h.person: h.country for h in result if h.person is not None and h.country}
        ranked = []
        for n in todo:
            taken, without = _taken(result, n, held[n]), _lacking(held[n])
            president = any(o.head == "president" and _of_state(o) for o in held[n])
            votes = _votes(doc, n, persons, geo, served, without, home, president=president)
            votes = {code: vote * (_HELD_BY_ANOTHER if code in taken else 1) for code, vote in votes.items()}
            best = sorted(votes.items(), key=lambda kv: (-kv[1], kv[0]))[:2]
            margin = best[0][1] - (best[1][1] if len(best) > 1 else 0) if best else 0
            ranked.append((margin, -n, best[0][0] if best and margin > 0 else None))
        _, who, code = max(ranked, key=lambda r: (r[0], r[1]))
        todo.remove(-who)
        for holding in result:
            if holding.person == -who and holding.country is None:
                holding.country = code


def _of_state(office: Office) -> bool:
    """Whether an office is that of a whole state: no "council president", no "president of the Farmers' Federation"."""
    return office.label.lower().removeprefix("federal ") == office.head


def _taken(result: list[Holding], n: int, held: list[Office]) -> set[str]:
    """The states in which somebody else holds one of these offices now, of which a state has one."""
    single = {o.head for o in held if _of_state(o) and o.status != "Former"} & members("office_kinds", "single")
    return {
        h.country for h in result
        if h.office.head in single and _of_state(h.office) and h.office.status != "Former" and h.country
        and h.person not in {None, n}
    }  # fmt: skip


def _lacking(held: list[Office]) -> set[str]:
    """The states that do not have such offices; any may have a secretary of a council."""
    told = (o for o in held if words("organizations").isdisjoint(o.label.lower().split()))
    return set[str]().union(*(lacking(o.head) for o in told))


def _votes(doc: Doc, n: int, persons: list[Person], geo: tuple[Geo, ...], served: dict[int, str], without: set[str],
           home: str | None, *, president: bool) -> dict[str, float]:  # fmt: skip
    """How much speaks for each state: what is told beside the person, what is told anywhere, home, and the name."""
    team = _team(doc, persons[n], geo)
    geo = tuple(g for g in geo if g.code not in without and re.fullmatch(r"(?!UN)[A-Z]{2}", g.code))
    votes = _beside(doc, n, persons, geo, served)
    first = doc[persons[n].spans[0][0]].sent
    if not votes and (before := _told_of_before(doc, first, geo)) is not None:
        votes[before] += _BEFORE
    for code in {served[m] for _, e in persons[n].spans for m in _joined(doc, e - 1, persons) if m in served} - without:
        votes[code] += _SAME_LIST
    if team is not None:
        votes[team] += _LED
    ends = (e for _, e in persons[n].spans if doc[e - 1].text == persons[n].name[-1])
    teams = sum(doc[e : e + 1].text.lower() == "administration" for e in ends)
    if teams and "US" not in without:
        votes["US"] += _ADMINISTRATION * teams
    for code, count in Counter(g.code for g in geo if not g.place).items():
        votes[code] += min(count, _MOST) / 3
    for code in {g.code for g in geo}:
        votes[code] += _MENTIONED
    if home is not None and home not in without:
        votes[home] += _HOME
    if president and any(g.code == "US" for g in geo):
        votes["US"] += _UNSAID
    for code in votes:
        votes[code] += _NAME * origins(persons[n].name).get(code, 0)
        if foreign(persons[n].name, code, set(votes)):
            votes[code] *= _FOREIGN
    return votes


def _told_of_before(doc: Doc, sent: Span, geo: tuple[Geo, ...]) -> str | None:
    """The state that the sentences before are about: "Canada was not there. Foreign Minister Jane Doe had left"."""
    for _ in range(_SENTENCES):
        if not sent.start:
            return None
        sent = doc[sent.start - 1].sent
        about = [t for t in sent if t.dep_ in {"nsubj", "nsubjpass"} and t.head.i == sent.root.i]
        found = next((g.code for g in geo for t in about if g.start <= t.i < g.end and not g.place), None)
        if found is not None or not any(t.lower_ in {"it", "they"} for t in about):
            return found
    return None


def _beside(doc: Doc, n: int, persons: list[Person], geo: tuple[Geo, ...],
            served: dict[int, str]) -> defaultdict[str, float]:  # fmt: skip
    """What the sentences that name a person tell of states.

    A state that somebody else in the sentence serves is the other side's more often than one's own, and one whose goods
    are spoken of, or to which something is done, is rarely one's own: these count least.
    """
    votes: defaultdict[str, float] = defaultdict(float)
    for sent in {doc[s].sent.start: doc[s].sent for s, _ in persons[n].spans}.values():
        others = {
            served[m] for m, p in enumerate(persons)
            if m != n and m in served and any(sent.start <= s < sent.end for s, _ in p.spans)
        }  # fmt: skip
        here = [g for g in geo if sent.start <= g.start < sent.end]
        for code in {g.code for g in here if g.kind == "government" or _acts(doc, g)}:
            votes[code] += _OTHER_SIDE if code in others else _ACTING
        for code in {g.code for g in here if g.place and g.kind == "capital"}:
            votes[code] += _THERE
    return votes


def _acts(doc: Doc, g: Geo) -> bool:
    """Whether a state stands where somebody may speak for it: not as a place, an aim, or an origin of goods."""
    if g.place:
        return False
    root = doc[g.start : g.end].root
    if root.dep_ in {"dobj", "pobj"}:
        return root.head.lower_ in {"of", "for", "by"}
    goods = members("state_words", "goods")
    return root.dep_ not in {"amod", "compound", "poss", "nmod"} or root.head.lemma_.lower() not in goods


def _joined(doc: Doc, i: int, persons: list[Person]) -> set[int]:
    """The persons in one list with the name that ends at a token: "Prime Minister Roe, Foreign Minister Doe and"."""
    head = doc[i]
    while head.dep_ in {"conj", "appos", "compound"} and head.head.i != head.i:
        head = head.head
    inside = {t.i for t in head.subtree if t.dep_ in {"conj", "appos"}} | {head.i}
    return {n for n, p in enumerate(persons) for s, e in p.spans if e - 1 in inside}


def _team(doc: Doc, person: Person, geo: tuple[Geo, ...]) -> str | None:
    """The state of a team that a person leads: "the Omani team was led by Doe", "Doe heads Oman's delegation"."""
    states = {i: g.code for g in geo for i in range(g.start, g.end)}
    for start, end in person.spans:
        root = doc[start:end].root
        while root.dep_ in {"appos", "compound"} and root.head.i != root.i:
            root = root.head
        agent = root.dep_ == "pobj" and root.head.dep_ == "agent"
        verb = root.head.head if agent else root.head
        if verb.lemma_.lower() not in _LEADS or not (agent or root.dep_ == "nsubj"):
            continue
        teams = (t for t in verb.children if t.dep_ == ("nsubjpass" if agent else "dobj"))
        kinds = mapping("organizations")
        words = (w for t in teams if kinds.get(t.lower_) in {"delegation", "government"} for w in t.children)
        found = next((states[w.i] for w in words if w.i in states), None)
        if found is not None:
            return found
    return None

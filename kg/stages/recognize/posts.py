"""Who holds which office, and for which state: office phrases linked to persons, and back to them ("the minister")."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.stages.recognize import offices as wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

    from kg.stages.recognize.geography import Geo
    from kg.stages.recognize.offices import Office
    from kg.stages.recognize.people import Person

# Offices that a state has once, so that two holders in one text serve two states.
_SINGLE = frozenset({"president", "prime minister", "chancellor", "king", "queen", "vice president"})
# Offices outside government: their holders serve no state.
_PRIVATE = frozenset({"coach", "captain", "defender", "midfielder", "goalkeeper", "striker", "chef", "author", "ceo", "analyst",
                      "economist", "professor", "researcher", "farmer", "founder", "executive", "manager", "lawyer", "partner",
                      "historian", "fellow"})  # fmt: skip


_GOODS = frozenset({"export", "import", "good", "product", "car", "steel", "wine", "beef", "rice", "aluminum", "aluminium", "vehicle",
                    "barley", "farmer", "company", "tariff", "duty", "market", "shipment", "maker", "carmaker", "consumer"})  # fmt: skip
_UNSAID = 1.5  # a president without a state is that of the United States more often than any other, in English news


@dataclass(slots=True)
class Holding:
    """An office phrase with its holder: an index into the list of persons, or None."""

    office: Office
    person: int | None
    named: bool
    country: str | None


def holdings(doc: Doc, found: Iterable[Office], persons: list[Person], geo: tuple[Geo, ...], home: str | None,
             lines: tuple[tuple[int, int], ...]) -> list[Holding]:  # fmt: skip
    """Every office phrase with its holder and the state served, in order of the text.

    `home` is the state from which the document reports, by its dateline; `lines` are its blocks as tokens [start, end), of
    which some are lines of a list by country ("Japan: 15 percent").
    """
    found = tuple(found)
    inside = frozenset(k for o in found for k in range(o.start, o.end))
    starts = {s: n for n, p in enumerate(persons) for s, _ in p.spans}
    ends = {e: n for n, p in enumerate(persons) for _, e in p.spans}
    result = []
    for office in found:
        several = _listed(doc, office, starts, persons, geo) if office.plural else []
        result.extend(several)
        if not several:
            person = _beside(doc, office, starts, ends)
            result.append(Holding(office, person, person is not None, office.country))
    result.extend(_counterparts(doc, result, persons, starts, geo))
    _name_countries(doc, result, persons, geo)
    for holding in result:
        if holding.person is None and not holding.office.plural:
            holding.person = _refers_to(doc, holding, result, persons)
    _fill_from_references(result)
    _by_line(result, persons, geo, lines)
    free = tuple(g for g in geo if g.start not in inside)  # a state in a title is that of its holder
    _fill_from_context(doc, result, persons, free, home)
    for holding in result:
        if holding.person is None and not holding.office.plural and holding.office.definite and not _anonymous(holding):
            _possessor(doc, holding, geo)
            holding.person = _must_be(doc, holding, result, persons)
    _spread(result)
    _fill_from_context(doc, result, persons, free, home)
    _of_another_office(result)
    return result


def _by_line(result: list[Holding], persons: list[Person], geo: tuple[Geo, ...], lines: tuple[tuple[int, int], ...]) -> None:
    """In a list by country, an office named in a line is of the country that the line begins with."""
    for start, end in lines:
        first = next((g for g in geo if start <= g.start <= start + 1), None)
        if first is None or not first.code:
            continue
        for holding in result:
            if holding.country is None and holding.person is not None and start <= holding.office.start < end:
                holding.country = first.code
    _spread(result)


def _possessor(doc: Doc, holding: Holding, geo: tuple[Geo, ...]) -> None:
    """ "its negotiator": of the state named last before."""
    start = holding.office.start
    if holding.country is None and start and doc[start - 1].lower_ in {"its", "their"}:
        before = [g for g in geo if g.end <= start and not g.place]
        holding.country = before[-1].code if before else None


def _of_another_office(result: list[Holding]) -> None:
    """The chief of staff to the prime minister serves the prime minister's state."""
    for holding in result:
        label = holding.office.label.lower()
        if holding.named and " to " in label:
            above = [h.country for h in result if h.country and label.endswith(h.office.head) and h is not holding]
            for same in result:
                if above and same.person == holding.person:
                    same.country = above[0]


def _listed(doc: Doc, office: Office, starts: dict[int, int], persons: list[Person], geo: tuple[Geo, ...]) -> list[Holding]:
    """ "Finance ministers Ken Tanaka of Japan and Jane Doe": each holds the office; a state behind a name is his or hers."""
    places = {g.start: g for g in geo}
    if office.end not in starts:
        return _in_turn(doc, office, starts, persons, places) or _of_both(doc, office, starts, persons)
    single = office._replace(plural=False, label=office.label.removesuffix("s"))
    found, k = [], office.end
    while k in starts:
        n = starts[k]
        end = next(e for s, e in persons[n].spans if s == k)
        code = office.country
        if end + 1 < len(doc) and doc[end].lower_ == "of" and end + 1 in places:
            code, end = places[end + 1].code, places[end + 1].end
        found.append(Holding(single, n, True, code))
        k = end
        while k < len(doc) and (doc[k].text == "," or doc[k].lower_ == "and"):
            k += 1
    return found


def _of_both(doc: Doc, office: Office, starts: dict[int, int], persons: list[Person]) -> list[Holding]:
    """ "the deputy prime ministers of the two countries, Ken Tanaka and Jane Doe"."""
    k = next((k for k in range(office.end, min(office.end + 6, len(doc))) if doc[k].text == ","), None)
    if k is None or k + 1 not in starts or any(t.pos_ in {"VERB", "AUX"} for t in doc[office.end : k]):
        return []
    found, k = [], k + 1
    while k in starts:
        found.append(Holding(office._replace(plural=False, label=office.head), starts[k], True, office.country))
        k = next(e for s, e in persons[starts[k]].spans if s == k)
        while k < len(doc) and (doc[k].text == "," or doc[k].lower_ == "and"):
            k += 1
    return found if len(found) > 1 else []


def _in_turn(doc: Doc, office: Office, starts: dict[int, int], persons: list[Person], places: dict[int, Geo]) -> list[Holding]:
    """ "the presidents of Brazil and Chile (Ken Tanaka and Jane Doe)": states and names told in one order."""
    k, codes = office.end if doc[office.end : office.end + 1].text.lower() == "of" else office.start, []
    stop = min(k + 24, len(doc))
    while k < stop and not (k in starts and codes):
        if k in places and places[k].code:
            codes.append(places[k].code)
        k += 1
    names = []
    while k < len(doc) and (k in starts or doc[k].text in {",", "(", ":"} or doc[k].lower_ == "and"):
        if k in starts:
            names.append(starts[k])
            k = next(e for s, e in persons[starts[k]].spans if s == k)
        else:
            k += 1
    if len(codes) < 2 or len(codes) != len(names):
        return []
    label = office.head
    return [Holding(office._replace(plural=False, label=label, country=c), n, True, c) for c, n in zip(codes, names, strict=True)]


def _counterparts(doc: Doc, result: list[Holding], persons: list[Person], starts: dict[int, int], geo: tuple[Geo, ...]) -> list[Holding]:
    """ "her Chinese counterpart, Wang Yi": holds the office of the person that "her" refers to, for the state named."""
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


def _beside(doc: Doc, office: Office, starts: dict[int, int], ends: dict[int, int]) -> int | None:
    """The person whose name stands right before or after the office phrase."""
    if office.plural:
        return None
    nested = " to " in office.label and office.end in starts  # "chief of staff to Prime Minister Jane Doe"
    if office.end in starts and not nested:  # "Trade Minister Ken Tanaka"
        return starts[office.end]
    k = office.end
    if k < len(doc) and doc[k].lower_.rstrip(".") in {"mr", "ms", "mrs", "dr", "sir"} and k + 1 in starts:
        return starts[k + 1]
    before = _before(doc, office)
    if before in ends and (doc[before].text == "," or doc[before].text in {"(", "—", "–"}):  # "Ken Tanaka, the minister"
        if k not in starts or nested:
            return ends[before]
    person = _linked_by_verb(doc, office, before, ends)
    if person is not None:
        return person
    # "Japan's top negotiator, Ken Tanaka, spoke": only where the name closes the apposition
    if k < len(doc) - 1 and doc[k].text == "," and k + 1 in starts:
        after = next(e for e, n in ends.items() if n == starts[k + 1] and e > k)
        if after < len(doc) and doc[after].text in {",", ".", "—", "–", "”"} and not _list_goes_on(doc, office.start):
            return starts[k + 1]
    return None


def _list_goes_on(doc: Doc, start: int) -> bool:
    return False if start == 0 else doc[start - 1].text == ","


def _before(doc: Doc, office: Office) -> int:
    """Index of the token before the phrase, its article and its possessor: that of the comma in "Tanaka, the minister"."""
    k = office.start - 1
    while k > 0 and (doc[k].pos_ in {"DET", "PRON", "NUM"} or doc[k].lower_ in {"'s", "’s", "a", "an", "the", "both"}):
        k -= 1
    return max(k, 0)


def _linked_by_verb(doc: Doc, office: Office, before: int, ends: dict[int, int]) -> int | None:
    """ "X, who serves as trade minister", "X is the trade minister", "X, who as minister handles trade"."""
    k, seen = before, []
    while k > 0 and len(seen) < 7 and k + 1 not in ends:
        seen.append(doc[k].lower_)
        k -= 1
    if k + 1 not in ends or not seen:
        return None
    between = set(seen)
    if "\n" in between or "." in between:
        return None
    if between <= {",", "who", "serves", "served", "as", "is", "was", "has", "been", "also", "became", "then", "now", "currently",
                   "acts", "works", "doubles", "heads", "serving", "long", "just", "both", "—", "–"}:  # fmt: skip
        if between & {"as", "is", "was", "been", "became"}:
            return ends[k + 1]
    return None


def _name_countries(doc: Doc, result: list[Holding], persons: list[Person], geo: tuple[Geo, ...]) -> None:
    """The state from the office itself, from "of Canada" behind the phrase, and from other titles of the holder."""
    places = {g.start: g for g in geo}
    named = {g.code for g in geo}
    for holding in result:
        office = holding.office
        only = wording.country_of(office.label, office.head)
        if holding.country is None and (only in named or not named):
            holding.country = only
        if holding.country is None and office.end + 1 < len(doc) and doc[office.end].lower_ in {"of", "in"}:
            at = places.get(office.end + 1) or (places.get(office.end + 2) if doc[office.end + 1].lower_ == "the" else None)
            seat = at is not None and (doc[office.end].lower_ == "of" or at.kind == "capital")
            holding.country = at.code or None if at is not None and seat else None
    _spread(result)


def _spread(result: list[Holding]) -> None:
    """All titles of one person serve one state, where one of them tells it."""
    told: dict[int, Counter[str]] = {}
    for holding in result:
        if holding.person is not None and holding.country and holding.office.status != "Former":
            told.setdefault(holding.person, Counter())[holding.country] += 1
    for holding in result:
        if holding.country is None and holding.person in told:
            holding.country = sorted(told[holding.person].items(), key=lambda kv: (-kv[1], kv[0]))[0][0]


def _refers_to(doc: Doc, holding: Holding, result: list[Holding], persons: list[Person]) -> int | None:
    """The person that an office without a name refers to: the last one named before with that office, else the next."""
    office = holding.office
    if not office.definite and holding.country is None and office.start and doc[office.start - 1].lower_ in {"a", "an", "another"}:
        return None
    words = set(office.label.lower().split()) - {"top", "chief", "lead", "own"}
    best: tuple[int, int] | None = None
    for other in result:
        if other.person is None or not other.named or other.office.head != office.head and not _same_words(words, other):
            continue
        if holding.country != other.country and (holding.country and other.country or _told_elsewhere(holding, result, other)):
            continue
        theirs = set(other.office.label.lower().split()) | set(wording.normal_form(other.office.label, other.office.head).split())
        if not words <= theirs:
            continue
        last = max((s for s, _ in persons[other.person].spans if s < office.start), default=None)
        first = min(s for s, _ in persons[other.person].spans)
        key = (1, last) if last is not None else (0, -first)
        if best is None or key > best[:2]:
            best, who = key, other.person
    return who if best is not None else None


def _anonymous(holding: Holding) -> bool:
    """Offices whose holders the news leaves unnamed: "the official said"."""
    return holding.office.head in {"official", "source", "spokesman", "spokeswoman", "spokesperson", "diplomat", "aide", "member"}


def _must_be(doc: Doc, holding: Holding, result: list[Holding], persons: list[Person]) -> int | None:
    """The person that a definite office must mean that was not used before: who serves that state, or has no office yet.

    "Ken Tanaka arrived. The trade minister said": the last person named before who may hold it, else the next one named
    in the same sentence or the one after.
    """
    office = holding.office
    served = {h.person: h.country for h in result if h.person is not None}
    heads: dict[int, set[str]] = {}
    for other in result:
        if other.person is not None:
            heads.setdefault(other.person, set()).add(other.office.head)
    lacking = wording.lacking(office.head)
    best: tuple[int, int] | None = None
    sentence = doc[office.start].sent
    for n, person in enumerate(persons):
        country = served.get(n)
        if country in lacking or (holding.country and country and country != holding.country):
            continue
        private = wording.rank(office.head) == "official" and office.head != "leader"
        if heads.get(n) and not private and not _may_also_hold(office.head, heads[n]):
            continue
        if not heads.get(n) and holding.country is None and office.head in {"leader", "chief", "official"}:
            continue
        last = max((s for s, _ in person.spans if s < office.start), default=None)
        if "party" in office.label.lower() and not any("party" in h.office.label.lower() or h.office.head == "general secretary"
                                                       for h in result if h.person == n):  # fmt: skip
            continue
        fresh = not heads.get(n) and wording.rank(office.head) in {"minister", "deputy", "head of state", "head of government"}
        key = (2 * fresh + 1, last) if last is not None else (0, -person.spans[0][0])
        if last is None and person.spans[0][0] > sentence.end + 40:
            continue
        if last is not None and holding.country is None and not heads.get(n) and sentence.start - last > 60:
            continue
        if best is None or key > best[0:2]:
            best, who = key, n
    return who if best is not None else None


def _may_also_hold(head: str, held: set[str]) -> bool:
    """Whether a holder of some offices may be meant by another: negotiators are ministers, leaders are presidents."""
    ranks = {wording.rank(h) for h in held}
    if wording.rank(head) in {"envoy", "official", "minister"}:
        return bool(ranks & {"envoy", "official", "minister"}) and not (ranks & {"head of state", "head of government"})
    return head == "leader" and bool(ranks & {"head of state", "head of government"})


def _told_elsewhere(holding: Holding, result: list[Holding], other: Holding) -> bool:
    """Whether "the US president" is another than a president of no state told: somebody's state is told, or "former" is."""
    if holding.country is None:
        return False
    return other.office.status == "Former" or any(
        o.named and o.country == holding.country and o.office.head == holding.office.head for o in result
    )


def _same_words(words: set[str], other: Holding) -> bool:
    return words == {"leader"} and wording.rank(other.office.head) in {"head of state", "head of government"}


def _fill_from_references(result: list[Holding]) -> None:
    """ "Switzerland's president" tells whom President Doe serves, where no other president could be meant."""
    _spread(result)
    open_heads = Counter(h.office.head for h in result if h.named and h.country is None)
    for holding in result:
        if holding.person is None and holding.country and open_heads.get(holding.office.head) and not holding.office.plural:
            takers = {h.person for h in result if h.named and h.country is None and h.office.head == holding.office.head}
            if len(takers) == 1 and not any(
                h.named and h.country == holding.country and h.office.head == holding.office.head for h in result
            ):
                holding.person = takers.pop()
    _spread(result)


def _fill_from_context(doc: Doc, result: list[Holding], persons: list[Person], geo: tuple[Geo, ...], home: str | None) -> None:
    """The state that the text around a person speaks for, where no title tells it; the surest first.

    A state has one president, so each one found leaves fewer states for the rest.
    """
    open_ones = list(dict.fromkeys(h.person for h in result if h.person is not None and h.country is None))
    heads = {n: {h.office.head for h in result if h.person == n} for n in open_ones}
    open_ones = [n for n in open_ones if not heads[n] <= _PRIVATE]
    while open_ones:
        served = {h.person: h.country for h in result if h.person is not None and h.country}
        ranked = []
        for n in open_ones:
            taken = {h.country for h in result if h.office.head in heads[n] & _SINGLE and h.country and h.person not in {None, n}}
            taken |= frozenset().union(*(wording.lacking(head) for head in heads[n]))
            votes = _votes(doc, n, persons, geo, served, taken, home)
            if "president" in heads[n] and any(g.code == "US" for g in geo) and "US" not in taken:
                votes["US"] += _UNSAID
            best = sorted(votes.items(), key=lambda kv: (-kv[1], kv[0]))[:2]
            margin = best[0][1] - (best[1][1] if len(best) > 1 else 0) if best else 0
            ranked.append((margin, -n, best[0][0] if best and margin > 0 else None))
        margin, who, code = max(ranked, key=lambda r: (r[0], r[1]))
        open_ones.remove(-who)
        for holding in result:
            if holding.person == -who and holding.country is None:
                holding.country = code


def _votes(doc: Doc, n: int, persons: list[Person], geo: tuple[Geo, ...], served: dict[int | None, str],
           taken: set[str | None], home: str | None) -> Counter[str]:  # fmt: skip
    """How much speaks for each state: those that act beside the person, those of persons in one list, and home.

    A state that somebody else in the sentence serves is the other side's more often than one's own, and one whose goods
    are spoken of, or to which something is done, is rarely one's own: these count least.
    """
    votes: Counter[str] = Counter()
    geo = tuple(g for g in geo if g.code not in taken and len(g.code) == 2 and g.code.isalpha())
    sentences = {doc[s].sent.start: doc[s].sent for s, _ in persons[n].spans}
    last = persons[n].name[-1]
    for sent in sentences.values():
        others = {served[m] for m, p in enumerate(persons) if m != n and m in served and any(sent.start <= s < sent.end for s, _ in p.spans)}
        here = [g for g in geo if sent.start <= g.start < sent.end]
        for g in {g.code: g for g in here if _acts(doc, g) or g.kind == "government"}.values():
            votes[g.code] += 1 if g.code in others else 3
    for s, e in persons[n].spans:
        votes.update(dict.fromkeys({served[m] for m in _joined(doc, e - 1, persons) if m in served and served[m] not in taken}, 5))
        if doc[e : e + 1].text.lower() == "administration" and last == doc[e - 1].text and "US" not in taken:
            votes["US"] += 4
    for code, count in Counter(g.code for g in geo if not g.place).items():
        votes[code] += min(count, 6) / 3
    if home is not None and home not in taken:
        votes[home] += 3
    return votes


def _acts(doc: Doc, g: Geo) -> bool:
    """Whether a state stands where it may be the one that somebody speaks for: not as a place, an aim, or an origin of goods."""
    if g.place:
        return False
    root = doc[g.start : g.end].root
    if root.dep_ in {"dobj", "pobj"}:
        return root.head.lower_ in {"of", "for", "by"}
    return not (root.dep_ in {"amod", "compound", "poss", "nmod"} and root.head.lemma_.lower() in _GOODS)


def _joined(doc: Doc, i: int, persons: list[Person]) -> set[int]:
    """The persons in one list with the name that ends at a token: "Prime Minister Roe, Foreign Minister Doe and ..."."""
    head = doc[i]
    while head.dep_ in {"conj", "appos", "compound"} and head.head.i != head.i:
        head = head.head
    inside = {t.i for t in head.subtree if t.dep_ in {"conj", "appos"}} | {head.i}
    return {n for n, p in enumerate(persons) for s, e in p.spans if e - 1 in inside}

"""Which state an office serves: told by its words, by other titles of its holder, or by the text around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members, words
from kg.stages.recognize.office_lists import counterpart
from kg.stages.recognize.office_words import country_of, in_full, lacking, normal_form, rank
from kg.stages.recognize.origins import foreign, origins, plausible
from kg.stages.recognize.owners import of_body, spread
from kg.stages.recognize.referring import of_another_field
from kg.stages.recognize.votes import signs, votes

if TYPE_CHECKING:

    from kg.stages.recognize.geography import Geo
    from kg.stages.recognize.offices import Holding, Office
    from kg.stages.recognize.people import Person
    from kg.stages.recognize.votes import Home
    from kg.tokens import Tokens

_JOINED = 8  # tokens between an office and another that "and" joins to its holder


def name_countries(doc: Tokens, result: list[Holding], persons: list[Person], geo: tuple[Geo, ...]) -> None:
    """The state from the office itself, from "of Canada" behind the phrase, and from other titles of the holder.

    An office that the text's only such state has is another's too where its holder has a name of that other one.
    """
    places = {g.start: g for g in geo}
    named = {g.code for g in geo}
    commission = any(t.text == "Commission" and doc[t.i - 1].lower_ in {"the", "a"} for t in doc[1 : len(doc)])
    for holding in result:
        office = holding.office
        if holding.country is None:
            only = country_of(office.label, office.head)
            told = only if only in named or not named else of_body(office.label.lower().split(), named)
            told = told or (only if only == "EU" and commission else None)
            told = told or _behind(doc, office, places)
            stranger = holding.person is not None and told and foreign(persons[holding.person].name, told, named)
            holding.country = None if stranger else told
    _own_states(result, persons)


def _own_states(result: list[Holding], persons: list[Person]) -> None:
    """The state told beside the name, where the office is one of a state: "Mali's Ana Doe [...]. The minister, Doe"."""
    of_state = {"head of state", "head of government", "minister", "deputy", "envoy"}
    for holding in result:
        office, told = holding.office, persons[holding.person].state if holding.person is not None else None
        if holding.country is None and told and office.status != "Former" and rank(office.head) in of_state:
            holding.country = told if told not in lacking(office.head) else None
    spread(result)


def _behind(doc: Tokens, office: Office, places: dict[int, Geo]) -> str | None:
    """The state behind an office: "minister of Canada", "director in the Treasury", "aide at the ministry in Oslo".

    The envoy in Oslo serves another.
    """
    k = office.end
    if k + 1 >= len(doc) or doc[k].lower_ not in {"of", "in", "from"}:
        return None
    at = places.get(k + 1) or (places.get(k + 2) if doc[k + 1].lower_ == "the" else None)
    body = any(t.lower_ in words("organizations") for t in doc[office.start : k])
    sent = doc[k].lower_ == "of" or (doc[k].lower_ == "from" and at is not None and at.kind == "name")
    seat = at is not None and (sent or at.kind == "government" or (
        at.kind == "capital" and body))  # fmt: skip
    return at.code or None if at is not None and seat else None


def by_line(doc: Tokens, result: list[Holding], geo: tuple[Geo, ...], lines: tuple[tuple[int, int], ...]) -> None:
    """In a list by country, an office named in a line is of the country that the line begins with."""
    for start, end in lines:
        start += not doc[start].is_alpha  # a bullet; "Should Canada retaliate" opens no line of Canada
        first = next((g for g in geo if g.start == start), None)
        if first is None or not first.code:
            continue
        for holding in result:
            if holding.country is None and holding.person is not None and start <= holding.office.start < end:
                holding.country = first.code
    spread(result)


def of_another_office(result: list[Holding]) -> None:
    """The chief of staff to the prime minister serves the prime minister's state."""
    for holding in result:
        label = holding.office.label.lower()
        if holding.named and " to " in label:
            inside = [h for h in result if holding.office.start < h.office.start < holding.office.end]
            above = [h.country for h in inside or result
                     if h.country and label.endswith(h.office.head) and h is not holding]  # fmt: skip
            for same in result:
                if above and same.person == holding.person:
                    same.country = above[0]


def fill_from_references(
    doc: Tokens, result: list[Holding], persons: list[Person], states: set[str], geo: tuple[Geo, ...]
) -> None:
    """As in "Switzerland's president": whom President Doe serves, where no other president could be meant.

    `states` are those that the text names.
    """
    spread(result)
    for holding in result:
        head, state = holding.office.head, holding.country
        if holding.person is not None or not state or holding.office.plural:
            continue
        named = [h for h in result if h.named and h.office.head == head]
        takers = {h.person for h in named if h.country is None and h.person is not None and _same_body(holding, h)}
        takers = {n for n in takers if plausible(persons[n].name, state, states | {state})}
        takers -= {n for n in takers if state == "EU" and _of_member(doc, persons[n], geo)}
        held = {n: [h.office for h in named if h.person == n] for n in takers}
        takers = {n for n in takers if not of_another_field(holding.office, held[n])}
        if len(takers) == 1 and all(h.country != state for h in named):
            holding.person = takers.pop()
    spread(result)


def _same_body(reference: Holding, named: Holding) -> bool:
    """Whether an office is not that of another body: no president of a growers' federation is "the US president"."""
    if named.office.head != "president" or _of_state(named.office):
        return True
    return set(reference.office.label.lower().split()) <= set(named.office.label.lower().split())


def _of_member(doc: Tokens, person: Person, geo: tuple[Geo, ...]) -> bool:
    """Whether a member state that the name is common in is told beside a person or before: "None of France's [...]"."""
    common = origins(person.name)
    sents = [doc[s].sent for s, _ in person.spans]
    near = {g.code for g in geo for sent in sents
            if doc[max(0, sent.start - 1)].sent.start <= g.start < sent.end}  # fmt: skip
    return not near.isdisjoint(common.keys() - {"EU"})


def fill_from_context(
    doc: Tokens, result: list[Holding], persons: list[Person], geo: tuple[Geo, ...], home: Home | None
) -> None:
    """The state that the text around a person speaks for, where no title tells it; the surest first.

    A state has one president, so each one found leaves fewer states for the rest.
    """
    _own_states(result, persons)
    todo = list(dict.fromkeys(h.person for h in result if h.person is not None and h.country is None))
    held = {n: [h.office for h in result if h.person == n] for n in todo}
    private = members("office_kinds", "private")
    todo = [n for n in todo if not {o.head for o in held[n]} <= private]
    while todo:
        served = {h.person: h.country for h in result if h.person is not None and h.country}
        ranked = []
        for n in todo:
            taken, without = _taken(doc, result, n, held[n]), _lacking(held[n]) | _sent_to(doc, held[n], geo)
            without |= _told_with(result, n)
            president = any(o.head == "president" and _of_state(o) for o in held[n])
            usual = {code for o in held[n] if (code := country_of(o.label, o.head))}
            told = votes(signs(doc, n, persons, geo, served, without, taken, usual, home, president=president))
            best = sorted(told.items(), key=lambda kv: (-kv[1], kv[0]))[:2]
            margin = best[0][1] - (best[1][1] if len(best) > 1 else 0) if best else 0
            ranked.append((margin, -n, best[0][0] if best and margin > 0 else None))
        _, who, code = max(ranked, key=lambda r: (r[0], r[1]))
        todo.remove(-who)
        for holding in result:
            if holding.person == -who and holding.country is None:
                holding.country = code


def _told_with(result: list[Holding], n: int) -> set[str]:
    """The states that the others of "presidents Doe and Roe" serve, of which a state has one."""
    own = {h.office.start for h in result if h.person == n and h.office.head in members("office_kinds", "single")}
    return {h.country for h in result if h.country and h.person not in {None, n} and h.named and h.office.start in own}


def _sent_to(doc: Tokens, held: list[Office], geo: tuple[Geo, ...]) -> set[str]:
    """The states that an envoy is sent to, and does not serve: "ambassador to Japan"."""
    spans = [(o.start, o.end) for o in held if rank(o.head) == "envoy"]
    return {g.code for g in geo for start, end in spans if start < g.start <= end
            and doc[g.start - 1 - (doc[g.start - 1].lower_ == "the")].lower_ == "to"}  # fmt: skip


def _of_state(office: Office) -> bool:
    """Whether an office is that of a whole state: no "council president", no "president of the Farmers' Federation"."""
    return in_full(office.label).removeprefix("federal ") == office.head


def _taken(doc: Tokens, result: list[Holding], n: int, held: list[Office]) -> set[str]:
    """The states in which somebody else holds one of these offices now, of which a state has one, or as counterpart."""
    single = {o.head for o in held if _of_state(o) and o.status != "Former"} & members("office_kinds", "single")
    labels = {o.label for o in held}
    fields = {form for o in held if o.status != "Former" and (form := _ministry(o))}
    return {
        h.country for h in result
        if h.office.status != "Former" and h.country and h.person not in {None, n}
        and ((h.office.head in single and (_of_state(h.office) or _joined_to(doc, h.office, held)))
             or _ministry(h.office) in fields
             or (h.office.label in labels and counterpart(doc, h.office)))
    }  # fmt: skip


def _joined_to(doc: Tokens, office: Office, held: list[Office]) -> bool:
    """Whether "and" joins one of these to an office: "Commission President Jane Doe and [President] John Roe"."""
    return any(o.start and doc[o.start - 1].lower_ == "and" and 0 < o.start - office.end <= _JOINED for o in held)


def _ministry(office: Office) -> str | None:
    """The one form of a minister's office with its field, of which a state has one: "foreign minister"."""
    form = normal_form(office.label, office.head)
    return form if office.head == "minister" and form != "minister" and "deputy" not in form else None


def _lacking(held: list[Office]) -> set[str]:
    """The states that do not have such offices; any may have a secretary of a council."""
    told = (o for o in held if words("organizations").isdisjoint(o.label.lower().split()))
    return set[str]().union(*(lacking(o.head) for o in told))

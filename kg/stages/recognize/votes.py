"""How much speaks for each state that a person without a state may serve."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kg.lexicon import members, words
from kg.stages.recognize.company import company
from kg.stages.recognize.origins import foreign, origins

if TYPE_CHECKING:
    from kg.stages.recognize.geography import Geo
    from kg.stages.recognize.people import Person
    from kg.tokens import Span, Token, Tokens

# What each sign is worth, in votes: fitted to the decisions in the opened corpora by `python -m benchmarks.service`,
# and rounded. With one corpus left out at a time .949 of 693 were right, by weights of our own judgement .944; of the
# 1,108 in the corpora of 30 November 2026 it is .933, and .938 by these weights.
WEIGHTS = {
    "acting": 1.5,  # sentences that name the person, in which the state acts
    "other side": 0.2,  # the same, where somebody else in the sentence serves it
    "same list": 1.5,  # it is the one state that other persons in a list with this one serve
    "led": 3.1,  # the person leads its team, or is called its: "Brazil's Jane Doe"
    "seat": 2.0,  # the same, where the sentence begins with it and the person, who meets nobody, is its subject
    "there": 0.7,  # sentences of which something is in its capital
    "before": 1.3,  # the sentence before is about it, and nothing beside the person tells of a state
    "named": 1.1,  # namings anywhere, a third each, up to two
    "mentioned": 0.3,  # it or its capital is named anywhere, also as a place
    "home": 1.5,  # the document reports from there
    "paper": 3.0,  # it is in a paper of there, which names the states of others' ministers
    "unsaid": 1.3,  # in English news a president without a state is more often that of the United States than any other
    "administration": 2.0,  # "the Doe administration" is American usage
    "office": 3.0,  # no other state has this office by this name
    "name": 4.4,  # share of the words of the name that are common there
    "foreign": -2.8,  # the name is not common there, while it is in another state of the text
    "met": -2.0,  # somebody whom the person meets, calls or receives serves it
    "in order": 3.0,  # as many states as persons are told in one sentence, and it stands where the person does
    "companion": 3.0,  # who serves it is accompanied, succeeded, or has the person as deputy
    "away": -1.5,  # the person goes there, or is received there
    "host": 1.5,  # the person receives somebody there
    "taken": -2.6,  # somebody else holds the office there, now or once
}
Signs: TypeAlias = "defaultdict[str, float]"  # how often, or how strongly, each sign is there
_HOLD = frozenset({"have", "hold"})
_STATE = re.compile(r"(?!UN)[A-Z]{2}")
_MOST = 6  # namings anywhere that count
_SENTENCES = 2  # back in which it is looked for, past "it"


class Home(NamedTuple):
    """The state from which a document reports, and whether by a paper or body of there."""

    code: str
    paper: bool


def votes(found: dict[str, Signs]) -> dict[str, float]:
    """How much speaks for each state, from the signs of it."""
    return {code: sum(WEIGHTS[sign] * value for sign, value in told.items()) for code, told in found.items()}


def signs(doc: Tokens, n: int, persons: list[Person], geo: tuple[Geo, ...], served: dict[int, str], without: set[str],
          taken: set[str], usual: set[str], home: Home | None, *, president: bool) -> dict[str, Signs]:  # fmt: skip
    """What speaks for each state: what is told beside the person, what is told anywhere, home, and the name.

    States are left out that are `without` such an office; in those `taken` somebody else holds it, and only those of
    `usual` have it by this name. `served` are the states of persons that are known.
    """
    geo = tuple(g for g in geo if g.code not in without and _STATE.fullmatch(g.code))
    found = _beside(doc, n, persons, geo, served)
    first = doc[persons[n].spans[0][0]].sent
    if not found and (before := _told_of_before(doc, first, geo)) is not None:
        found[before]["before"] += 1
    beside = {served[m] for _, e in persons[n].spans for m in _joined(doc, e - 1, persons) if m in served}
    for same in beside - without - taken if len(beside) == 1 else ():  # a list of several sides tells nothing
        found[same]["same list"] += 1
    if (own := persons[n].state) is not None and own not in without:
        found[own]["led"] += 1
    ends = (e for _, e in persons[n].spans if doc[e - 1].text == persons[n].name[-1])
    teams = sum(doc[e : e + 1].text.lower() == "administration" for e in ends)
    if teams and "US" not in without:
        found["US"]["administration"] += teams
    for code, count in Counter(g.code for g in geo if not g.place).items():
        found[code]["named"] += min(count, _MOST) / 3
    for code in {g.code for g in geo if g.kind != "place"}:
        found[code]["mentioned"] += 1
    if home is not None and home.code not in without:
        found[home.code]["home"] += 1
        found[home.code]["paper"] += home.paper and not president
    if president and any(g.code == "US" for g in geo):
        found["US"]["unsaid"] += 1
    for code in usual & {g.code for g in geo}:
        found[code]["office"] += 1
    for code, sign in company(doc, n, persons, geo, served):
        found[code][sign] = 1
    common, states = origins(persons[n].name), set(found)
    opposite = {state for m in _met(doc, n, persons) if (state := served.get(m) or persons[m].state)}
    for code, told in found.items():
        told["name"] += common.get(code, 0) if code != "EU" or states.isdisjoint(common.keys() - {"EU"}) else 0
        told["foreign"] += foreign(persons[n].name, code, states)
        told["taken"] += code in taken
        told["met"] += code in opposite
    return found


def _told_of_before(doc: Tokens, sent: Span, geo: tuple[Geo, ...]) -> str | None:
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


def _beside(doc: Tokens, n: int, persons: list[Person], geo: tuple[Geo, ...],
            served: dict[int, str]) -> defaultdict[str, Signs]:  # fmt: skip
    """What the sentences that name a person tell of states.

    A state that somebody else in the sentence serves is the other side's more often than one's own, and one whose goods
    are spoken of, or to which something is done, is rarely one's own: these count least.
    """
    told: defaultdict[str, Signs] = defaultdict(lambda: defaultdict(float))
    for sent in {doc[s].sent.start: doc[s].sent for s, _ in persons[n].spans}.values():
        others = {
            served.get(m) or p.state for m, p in enumerate(persons)
            if m != n and any(sent.start <= s < sent.end for s, _ in p.spans)
        }  # fmt: skip
        here = [g for g in geo if sent.start <= g.start < sent.end]
        for code in {g.code for g in here if g.kind == "government" or _acts(doc, g)}:
            told[code]["other side" if code in others else "acting"] += 1
        for code in {g.code for g in here if g.place and g.kind == "capital"} - others:
            told[code]["there"] += 1
        if (at_home := _at_home(doc, sent, persons[n], here)) is not None:
            told[at_home]["seat"] += 1
    return told


def _at_home(doc: Tokens, sent: Span, person: Person, here: list[Geo]) -> str | None:
    """The state in whose capital, told first, somebody acts: "In Warsaw, Prime Minister Jane Doe promised a loan"."""
    first = next((g for g in here if g.place and g.kind == "capital" and g.start == sent.start + 1), None)
    acts = any(sent.start <= s < sent.end and doc[s:e].root.dep_ == "nsubj" for s, e in person.spans)
    met = any(t.lemma_ in words("event_words") for t in sent if t.pos_ == "VERB")
    return first.code if first is not None and sent[0].lower_ == "in" and acts and not met else None


def _acts(doc: Tokens, g: Geo) -> bool:
    """Whether a state stands where somebody may speak for it: not as a place, an aim, or an origin of goods."""
    if g.place:
        return False
    root = doc[g.start : g.end].root
    if root.dep_ in {"dobj", "pobj"}:
        return root.head.lower_ in {"of", "for", "by"}
    goods = members("state_words", "goods")
    return root.dep_ not in {"amod", "compound", "poss", "nmod"} or root.head.lemma_.lower() not in goods


def _joined(doc: Tokens, i: int, persons: list[Person]) -> set[int]:
    """The persons in one list with the name that ends at a token: "Prime Minister Roe, Foreign Minister Doe and".

    Who met or discussed something with each other are of two sides.
    """
    head = doc[i]
    while head.dep_ in {"conj", "appos", "compound"} and head.head.i != head.i:
        head = head.head
    if head.dep_ == "nsubj" and head.head.lemma_ in words("event_words"):
        return set()
    inside = {t.i for t in head.subtree if t.dep_ in {"conj", "appos"}} | {head.i}
    return {n for n, p in enumerate(persons) for s, e in p.spans if e - 1 in inside}


def _met(doc: Tokens, n: int, persons: list[Person]) -> set[int]:
    """The persons to whom another does what states do with each other: "Doe received Roe", "Doe spoke with Roe"."""
    met: dict[int, set[int]] = defaultdict(set)
    for m, person in enumerate(persons):
        for start, end in person.spans:
            if (verb := _meeting(doc, start, end)) is not None:
                met[verb.i].add(m)
    for i, partners in met.items():  # "Doe looks for a way: she will meet Roe"
        if n not in partners and any(t.lower_ in {"he", "she"} and t.dep_ == "nsubj" for t in doc[i].children):
            before = [(s, m) for m, p in enumerate(persons) for s, _ in p.spans if doc[i].sent.start <= s < i]
            partners |= {m for _, m in sorted(before)[-1:]} & {n}
    return {m for partners in met.values() if n in partners for m in partners} - {n}


def _meeting(doc: Tokens, start: int, end: int) -> Token | None:
    """The verb of meeting, calling or receiving with which a name stands as its subject, object or partner."""
    root = doc[start:end].root
    while root.dep_ in {"appos", "compound"} and root.head.i != root.i:
        root = root.head
    above = root.head if root.dep_ in {"nsubj", "nsubjpass", "dobj"} else None
    if root.dep_ == "pobj" and root.head.lower_ in {"with", "by", "to"}:
        above = root.head.head
        if above.pos_ == "NOUN" and above.dep_ == "dobj" and above.lemma_ in words("event_words"):
            return above.head  # "had a talk with Roe"
    if above is not None and above.lemma_ in _HOLD and any(
        c.dep_ == "dobj" and c.lemma_ in words("event_words") for c in above.children
    ):
        return above
    return above if above is not None and above.lemma_ in words("event_words") else None

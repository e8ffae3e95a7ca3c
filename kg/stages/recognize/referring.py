"""Whom an office without a name refers to: "the minister", "the US president", "its top negotiator"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import words
from kg.stages.recognize.office_words import in_full, lacking, normal_form, rank
from kg.stages.recognize.origins import origins, plausible

if TYPE_CHECKING:

    from kg.stages.recognize.offices import Holding, Office
    from kg.stages.recognize.people import Person
    from kg.tokens import Tokens
_HEADS = frozenset({"head of state", "head of government"})
_FRESH = _HEADS | {"minister", "deputy"}  # ranks whose holder is told by name first, then by the office alone
_BROAD = frozenset({"state", "affairs", "public", "national", "international"})  # fields that tell no offices apart
_ECONOMIC = frozenset({"economy", "economic", "trade", "commerce", "industry", "business", "revitalization"})  # alike
_LEADING = frozenset({"leader", "chief", "head", "chairman", "boss", "secretary"})  # that a president may also be
_UNNAMED = frozenset({"official", "source", "spokesman", "spokeswoman", "spokesperson", "diplomat", "aide",
                      "member"})  # fmt: skip
_BODY_PARTS = frozenset({"head", "chair"})  # "with a gun to its head", "with Jane Doe in the chair"
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_AHEAD = 40  # tokens behind the sentence in which the holder may be named first: about two sentences
_CHAIN = 3  # sentences before it in which the one is named of whom they tell
_BEHIND = 60  # tokens before it in which a person without an office may have been named last: about three sentences


def refers_to(
    doc: Tokens, holding: Holding, result: list[Holding], persons: list[Person], states: set[str]
) -> int | None:
    """The person that an office without a name refers to: the last one named before with that office, else the next.

    `states` are those that the text names; a name that is common in one of them alone hints at whom its bearer serves.
    """
    office = holding.office
    article = doc[office.start - 1].lower_ if office.start else ""
    if not office.definite and holding.country is None and article in {"a", "an", "another"}:
        return None
    words = set(in_full(office.label).split()) - {"top", "chief", "lead", "own"}
    told_of = _told_of(doc, office, result, persons)
    best: tuple[tuple[bool, bool, int], int] | None = None
    for other in result:
        if other.person is None or not other.named or not _may_mean(holding, other, result, words):
            continue
        if _told_apart(doc, persons[other.person], office):
            continue
        if holding.country and not other.country and not plausible(
            persons[other.person].name, holding.country, states
        ):
            continue
        if holding.country and persons[other.person].state not in {None, holding.country}:
            continue
        last = max((s for s, _ in persons[other.person].spans if s < office.start), default=None)
        last = office.start if other.person == told_of else last
        first = min(s for s, _ in persons[other.person].spans)
        exact = words <= set(in_full(other.office.label).split())  # "EAM" is the external affairs, no foreign, minister
        key = (last is not None, exact, last if last is not None else -first)
        if best is None or key > best[0]:
            best = key, other.person
    return best[1] if best is not None else None


def _told_of(doc: Tokens, office: Office, result: list[Holding], persons: list[Person]) -> int | None:
    """Whom the sentences before tell of, if an office is a subject: "Doe received Roe. The minister also met Poe".

    A pronoun stands for whom the sentence before it tells of.
    """
    if doc[office.start : office.end].root.dep_ not in _SUBJECTS:
        return None
    start = doc[office.start].sent.start
    for _ in range(_CHAIN if start else 0):
        sentence = doc[start - 1].sent
        subjects = [t for t in sentence if t.dep_ in _SUBJECTS and t.head == sentence.root]
        held = {i: h.person for h in result for i in range(h.office.start, h.office.end)}
        held |= {i: n for n, p in enumerate(persons) for s, e in p.spans for i in range(s, e)}
        told = next((n for t in subjects if (n := held.get(t.i)) is not None), None)
        bare = not any(t.is_alpha for t in sentence)  # the "2." of a numbered paragraph
        goes_on = bare or any(t.lower_ in {"he", "she"} for t in subjects)
        if told is not None or not goes_on or not sentence.start:
            return told
        start = sentence.start
    return None


def _told_apart(doc: Tokens, person: Person, office: Office) -> bool:
    """Whether the office is another's by the sentence: "Doe thanked the president", "Doe and the ambassador"."""
    root = doc[office.start : office.end].root
    head = root.head
    if root.dep_ == "conj" and any(start <= head.i < end for start, end in person.spans):
        return True
    if root.dep_ == "pobj" and head.dep_ == "prep":
        head = head.head
    elif root.dep_ not in {"dobj", "dative"}:
        return False
    subjects = {t.i for t in head.children if t.dep_ == "nsubj"}
    return any(start <= i < end for start, end in person.spans for i in subjects)


def _may_mean(holding: Holding, other: Holding, result: list[Holding], words: set[str]) -> bool:
    """Whether an office worded so may be the one of another phrase: its head, no other state, no word more."""
    if holding.office.head != other.office.head and not _same_words(words, other):
        return False
    if holding.country != other.country and (
        (holding.country and other.country) or _told_elsewhere(holding, result, other)
    ):
        return False
    label = other.office.label
    return words <= {*in_full(label).split(), *normal_form(label, other.office.head).split()}


def _told_elsewhere(holding: Holding, result: list[Holding], other: Holding) -> bool:
    """Whether "the US president" is not a president whose state is untold: a former one, or another one's is told."""
    if holding.country is None:
        return False
    return other.office.status == "Former" or any(
        o.named and o.country == holding.country and o.office.head == holding.office.head for o in result
    )


def _same_words(words: set[str], other: Holding) -> bool:
    """Whether "the leader" may stand for an office: of a head of state or government."""
    return words == {"leader"} and rank(other.office.head) in _HEADS


def anonymous(holding: Holding) -> bool:
    """Offices whose holders the news leaves unnamed: "the official said"."""
    return holding.office.head in _UNNAMED


def must_be(
    doc: Tokens, holding: Holding, result: list[Holding], persons: list[Person], states: set[str]
) -> int | None:
    """The person that a definite office not used before must mean: who serves that state, or has no office yet.

    "Ken Tanaka arrived. The trade minister said": the last person named before who may hold it, else the next one named
    in the same sentence or soon after.
    """
    office = holding.office
    if office.label.lower() in _BODY_PARTS:
        return None
    served = {h.person: h.country for h in result if h.person is not None}
    held: dict[int, list[Office]] = {}
    for other in result:
        if other.person is not None:
            held.setdefault(other.person, []).append(other.office)
    without = lacking(office.head)
    sentence = doc[office.start].sent
    opens = doc[office.start : office.end].root.dep_ in _SUBJECTS  # "The minister left. Doe said"
    best: tuple[tuple[bool, int, bool, int], int] | None = None
    for n, person in enumerate(persons):
        state, own = served.get(n) or person.state, held.get(n, [])
        if state in without or (holding.country and state and state != holding.country) or not _may_be(holding, own):
            continue
        if _told_apart(doc, person, office):
            continue
        told = state or not holding.country
        if not told and not plausible(person.name, str(holding.country), states, safely=False):
            continue
        last = _last(doc, person, office)
        first = person.spans[0][0]
        if last is None and first > sentence.end + (_AHEAD if opens else 0):
            continue
        if last is not None and holding.country is None and not own and sentence.start - last > _BEHIND:
            continue
        fresh = not own and rank(office.head) in _FRESH
        surely = bool(told) or plausible(person.name, str(holding.country), states)
        related = bool(told) or str(holding.country) in origins(person.name)
        surely = surely and not of_another_field(office, own)
        same = any(o.head == office.head for o in own)  # "the commissioner" once more
        key = (surely, 2 * (fresh or same) + 1, related, last) if last is not None else (surely, 0, related, -first)
        if best is None or key > best[0]:
            best = key, n
    return best[1] if best is not None else None


def _last(doc: Tokens, person: Person, office: Office) -> int | None:
    """The token at which a person is named last before an office.

    Whom the sentence before tells of is nearer than anybody else named in it: "Doe came to see Roe. The minister then".
    """
    before = [s for s, _ in person.spans if s < office.start]
    start = doc[office.start].sent.start
    if before and start and doc[office.start : office.end].root.dep_ in _SUBJECTS:
        told_of = doc[start - 1].sent
        if any(told_of.start <= s < start and doc[s:e].root.dep_ in _SUBJECTS for s, e in person.spans):
            return start - 1
    return max(before, default=None)


def _may_be(holding: Holding, held: list[Office]) -> bool:
    """Whether a person with these offices, or none, may be meant by an office."""
    head = holding.office.head
    apart = words("offices_apart")
    if held and head in apart and all(o.head != head for o in held):
        return False  # "the Omani ambassador" is no minister named before
    same = rank(head) in _HEADS and any(o.head == head and o.country is None for o in held)
    others = {o.head for o in held}
    if held and (rank(head) != "official" or head == "leader") and not same and not _may_also_hold(head, others):
        return False
    if head not in _LEADING and rank(head) not in _HEADS and {rank(o.head) for o in held} & _HEADS:
        return False  # no president is "the national security adviser"
    if not held and holding.country is None and head in {"leader", "chief", "official"}:
        return False
    return "party" not in holding.office.label.lower() or any(
        "party" in o.label.lower() or o.head == "general secretary" for o in held
    )


def of_another_field(office: Office, held: list[Office]) -> bool:
    """Whether somebody holds such an office for something else: no "Commerce Minister" is "the Finance Minister"."""
    told = _field(office)
    return bool(told) and any(o.head == office.head and _field(o) and not told & _field(o) for o in held)


def _field(office: Office) -> set[str]:
    told = set(normal_form(office.label, office.head).lower().split()) & words("office_fields") - _BROAD
    return told - _ECONOMIC | ({"economy"} if told & _ECONOMIC else set())


def _may_also_hold(head: str, held: set[str]) -> bool:
    """Whether a holder of some offices may be meant by another: negotiators are ministers, leaders are presidents."""
    ranks = {rank(h) for h in held}
    if head == "leader":
        return bool(ranks & _HEADS)
    if rank(head) in {"envoy", "official", "minister"}:
        return bool(ranks & {"envoy", "official", "minister"}) and not ranks & _HEADS
    return False

"""A person as one document knows him or her, and what tells two such persons apart."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kg.iris import fold, slug
from kg.lexicon import words
from kg.model import EntityKind, FactKind, Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import DocumentFacts, Entity

_GOVERNING = frozenset({"head of state", "head of government", "minister"})
_AT_ONCE = 60  # days between two reports in which nobody goes from one office to another that excludes it
_PARTICLES = frozenset({"von", "van", "der", "den", "de", "da", "dos", "di", "del", "la", "le", "bin", "al", "el"})
# Where the name begins with the surname.
_SURNAME_FIRST = frozenset({"country/CN", "country/KR", "country/KP", "country/TW", "country/HK", "country/VN",
                            "country/JP", "country/HU", "country/SG"})  # fmt: skip
# Spellings of one vowel.
_ONE_VOWEL = {"ae": "a", "oe": "o", "ue": "u", "ou": "u", "oo": "u", "ee": "i", "y": "i"}
_VOWELS = re.compile("|".join(_ONE_VOWEL))


@dataclass(frozen=True, slots=True, order=True)
class Seen:
    """A person of one document."""

    document: str
    ref: Ref
    label: str
    tokens: tuple[str, ...]  # of the label, folded
    states: frozenset[Ref]  # represented, and those of the offices held
    offices: frozenset[tuple[str, str, str]]  # state, normal form and rank of those held at the time
    surnames: frozenset[str]  # single words that the document uses for the person, folded
    day: int | None  # of publication
    company: frozenset[str]  # of all others with full names in the document: given name and each of two surnames
    about: frozenset[Ref]  # all states that the document names

    @property
    def surname_only(self) -> bool:
        """Whether the document has no given name: "Tanaka", "von der Leyen"."""
        return len(self.tokens) == 1 or self.tokens[0] in _PARTICLES


def seen(documents: Iterable[DocumentFacts]) -> list[Seen]:
    """All persons of the documents whose name follows from their label, sorted.

    A name that does not was given by a correction or an earlier joining, and stays.
    """
    return sorted(person for one in documents for person in _of(one))


def _of(one: DocumentFacts) -> Iterator[Seen]:
    entities = {e.id: e for e in one.entities}
    held: dict[Ref, list[Entity]] = defaultdict(list)
    for fact in one.facts:
        if fact.kind is FactKind.TENURE:
            said = {a.property: a.value for a in fact.assertions}
            post = entities.get(Ref(str(said.get("post"))))
            if post is not None and said.get("tenureStatus") in ("Current", "Acting"):
                held[Ref(str(said.get("member")))].append(post)
    day = date.fromisoformat(one.document.published).toordinal() if one.document.published else None
    persons = [e for e in one.entities if e.kind is EntityKind.PERSON]
    states = frozenset(e.id for e in one.entities if e.kind in (EntityKind.COUNTRY, EntityKind.BLOC))
    names = {e.id: _forms_of(e.label) for e in persons if " " in e.label}
    for entity in persons:
        if entity.id not in {f"person/{slug(name)}" for name in (entity.label, *entity.alt_labels)}:
            continue
        posts = held[entity.id]
        yield Seen(
            document=one.document.id, ref=entity.id, label=entity.label, tokens=tokens(entity.label),
            states=frozenset(s for s in (entity.country, *(p.country for p in posts)) if s),
            offices=frozenset((p.country or "", p.normal_form or "", p.rank or "") for p in posts),
            surnames=frozenset(fold(name) for name in entity.alt_labels if " " not in name),
            day=day, company=frozenset(name for ref, forms in names.items() if ref != entity.id for name in forms),
            about=states,
        )  # fmt: skip


def _forms_of(label: str) -> frozenset[str]:
    """Given name with the word behind it and with the last: "Ana Quispe" of "Ana Quispe" and of "Ana Quispe Tello"."""
    first, *rest = tokens(label)
    return frozenset(f"{first} {name}" for name in rest[:1] + rest[-1:])


def tokens(label: str) -> tuple[str, ...]:
    """The words of a name, folded, without full stops: `Šimková, J.` -> `("simkova", "j")`."""
    return tuple(re.findall(r"[\w'’-]+", fold(label).replace("’", "'")))


def same_words(name: tuple[str, ...]) -> str:
    """One key for a name with the surname first or last, hyphens or blanks: "Lee Jae-dong", "Jae Dong Lee".

    The letters as a ring, begun where that gives the least text.
    """
    letters = "".join(name).replace("-", "").replace("'", "")
    return min(letters[at:] + letters[:at] for at in range(len(letters)))


def spelt(name: tuple[str, ...]) -> str:
    """One key for spellings of a name from another script or without umlauts: "Haydar al-Zubaydi", "Joerg Weidlich"."""
    letters = _VOWELS.sub(lambda m: _ONE_VOWEL[m[0]], " ".join(name).replace("-", "").replace("'", ""))
    return re.sub(r"([a-z])\1", r"\1", letters)


def surnames(person: Seen) -> frozenset[str]:
    """What may stand for a full-named person alone."""
    own = {person.tokens[-1], *person.surnames}
    if person.states & _SURNAME_FIRST or not person.states:
        own.add(person.tokens[0])
    for at in range(1, len(person.tokens) - 1):
        if person.tokens[at] in _PARTICLES:
            own.add(" ".join(person.tokens[at:]))
    return frozenset(own)


class Known:
    """All that several documents tell of one person."""

    def __init__(self, people: Iterable[Seen] = ()) -> None:
        self.people: list[Seen] = []
        self.documents, self.states = set[str](), set[Ref]()
        self.offices, self.company = set[tuple[str, str, str]](), set[str]()
        self._by_company: dict[str, list[Seen]] = defaultdict(list)
        self._apart: list[Seen] = []  # those with an office that excludes others
        self._govern: list[Seen] = []
        for person in people:
            self.add(person)

    def add(self, person: Seen) -> None:
        """Takes in one more report of the person."""
        self.people.append(person)
        self.documents.add(person.document)
        self.states |= person.states
        self.offices |= person.offices
        self.company |= person.company
        for name in person.company:
            self._by_company[name].append(person)
        if _apart(person):
            self._apart.append(person)
        if _governs(person):
            self._govern.append(person)

    def contradicts(self, person: Seen) -> bool:
        """Whether it cannot be this person: a document knows both, or states or offices exclude each other."""
        if person.document in self.documents:
            return True
        if person.states and self.states and not person.states & self.states and not self._misread(person):
            return True
        if self.offices & person.offices:
            return False
        own = _apart(person)
        excluded = (p for p in self._apart if _near(p, person) and (_governs(person) or (own and own != _apart(p))))
        return any(excluded) or (bool(own) and any(_near(p, person) for p in self._govern))

    def _misread(self, person: Seen) -> bool:
        """Whether two different states are a slip of reading: the same company, and each report names both states.

        Or both tell of one office: a paper at home does not say of which state its foreign minister is.
        Customs director Doe of one state and trade secretary Doe of another are two: each has an office of a kind.
        """
        both = (person.offices, self.offices)
        told = [[{office[n] for office in offices if office[n]} for offices in both] for n in (1, 2)]  # forms and ranks
        apart = all(one and other and one.isdisjoint(other) for one, other in told)
        if all(told[0]) and told[0][0] & told[0][1] and person.company & self.company:
            return True
        return not apart and any(
            person.states <= other.about and other.states <= person.about
            for name in sorted(person.company & self.company) for other in self._by_company[name]
        )  # fmt: skip

    def shares_office(self, person: Seen) -> bool:
        """Whether both hold one office of one state."""
        return any(state and (state, form, rank) in self.offices for state, form, rank in person.offices)

    def keeps_company(self, person: Seen) -> bool:
        """Whether the document names a state of the person, or somebody whom the person is seen with."""
        return bool(person.about & self.states or person.company & self.company)


def _near(one: Seen, other: Seen) -> bool:
    return one.day is not None and other.day is not None and abs(one.day - other.day) <= _AT_ONCE


def _governs(person: Seen) -> bool:
    return any(rank in _GOVERNING for _, _, rank in person.offices)


def _apart(person: Seen) -> frozenset[str]:
    heads = words("offices_apart")
    return frozenset(form.split()[-1] for _, form, _ in person.offices if form and form.split()[-1] in heads)


def share_office(one: Seen, other: Seen) -> bool:
    """Whether both hold one office of one state."""
    return any(state and (state, form, rank) in other.offices for state, form, rank in one.offices)

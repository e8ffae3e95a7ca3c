"""Persons: every form of a name in one document put together to one person.

The model's PERSON spans find two names in three; titles, appositions, and surnames of full names seen anywhere in the
document find the rest: recall .66 -> .99 on the development half of the corpus, .86 on single sentences
(`tests/data/gold/persons.jsonl`), where a surname alone has no full name to go by.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from kg.iris import fold
from kg.lexicon import words
from kg.stages.recognize.belonging import Homes
from kg.stages.recognize.geography import country
from kg.stages.recognize.lone_names import lone_names
from kg.stages.recognize.name_context import (
    HONORIFICS,
    PARTICLES,
    acts_as_person,
    apposed,
    in_longer_name,
    in_title,
    is_namesake,
    is_place_name,
    meets_somebody,
    name_words,
    opens_name,
)
from kg.stages.recognize.office_words import head_at
from kg.stages.recognize.person_headings import without_headings
from kg.stages.recognize.person_names import candidates, in_labels, longest

if TYPE_CHECKING:
    from kg.stages.recognize.geography import Geo
    from kg.tokens import Tokens

_AFTER_SURNAME = frozenset({"jr", "sr", "ii", "iii", "iv"})  # "John Doe Jr." is "Doe"
_ALIKE = 88  # token ratio above which two spellings of one surname are one person: "Doehnsky" and "Doehnskyy" give 94
_ALIKE_ALONE = 92  # the same for a surname alone, which says less


@dataclass(slots=True)
class Person:
    """One person of the document with all tokens that name him or her."""

    name: tuple[str, ...]  # words of the fullest form
    spans: list[tuple[int, int]] = field(default_factory=list)  # tokens, in order
    forms: dict[str, None] = field(default_factory=dict)  # as written, in order of the first time
    state: str | None = None  # that the words beside a naming tell

    @property
    def label(self) -> str:
        """The fullest form as written."""
        return max(self.forms, key=lambda form: (len(form.split()) + form.count("-") / 9, len(form)))

    @property
    def surname(self) -> str:
        """The last word of the name."""
        *others, last = self.name
        return others[-1] if len(others) > 1 and fold(last).rstrip(".") in _AFTER_SURNAME else last

    @property
    def alone(self) -> tuple[str, ...]:
        """The words that stand for the person alone; in "Jan Maria Roe da Doe" the one before the particle too."""
        before = (w for w, following in pairwise(self.name[1:]) if following in PARTICLES)
        return (self.name[0], self.surname, *before)

    def named(self, doc: Tokens, span: tuple[int, int]) -> None:
        """Take up one more mention."""
        if span not in self.spans:
            self.spans.append(span)
            self.forms.setdefault(" ".join(name_words(doc, span)))


def people(
    doc: Tokens, geo: tuple[Geo, ...], kept: frozenset[int], labels: tuple[tuple[int, int], ...] = ()
) -> list[Person]:
    """All persons that the `kept` tokens of the article name, in the order of their first full naming.

    `labels` are the tokens [start, end) of the speakers' labels of a transcript.
    """
    towns = [g for g in geo if g.code and not opens_name(doc, g.start, g.end)]  # a town no list knows may be a name
    places = frozenset(i for g in towns for i in range(g.start, g.end))
    spans = longest(s for s in (*candidates(doc, places), *in_labels(doc, labels)) if s[0] in kept)
    full = without_headings(doc, [s for s in spans if len(name_words(doc, s)) > 1], labels)
    homes = Homes(doc, geo)
    taken = frozenset(i for s in full for i in range(*s))
    roll = _Roll(doc, lone_names(doc, places, taken, homes) & kept, homes)
    for span in full:
        roll.full(span)
    roll.known = {form for p in roll.persons for w in p.alone for form in (fold(w), _bare(w))}
    short = {s[0] for s in spans if len(name_words(doc, s)) == 1}
    for token in doc:
        i = token.i
        if token.text[0].isupper() and i in kept and i not in taken and roll.is_name(i, short, taken, places):
            roll.single(i)
    roll.again(kept - taken - places)
    found = [p for p in roll.persons if p.spans]
    for person in found:
        person.spans.sort()
        person.state = homes.told(person.spans)
    return found


def _inside_hyphen(doc: Tokens, i: int) -> bool:
    return i > 1 and doc[i - 1].text == "-" and not doc[i - 2].whitespace_ and not doc[i - 1].whitespace_


def _hyphenated(doc: Tokens, i: int) -> str:
    """The word that begins at a token, with parts joined by hyphens without blanks."""
    text, k = doc[i].text, i
    while k + 2 < len(doc) and doc[k + 1].text == "-" and not doc[k].whitespace_ and not doc[k + 1].whitespace_:
        text += "-" + doc[k + 2].text
        k += 2
    return text


def _bare(word: str) -> str:
    """A surname folded, without the Arabic article: "al-Doe" -> "doe"."""
    folded = fold(word)
    return folded[3:] if folded.startswith(("al-", "el-")) and len(folded) > 5 else folded


def _same(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of several words are forms of one: one's words within the other's, or a slip of spelling."""
    x, y = [fold(w) for w in a], [fold(w) for w in b]
    if set(x) <= set(y) or set(y) <= set(x):
        return x[-1] == y[-1] or sorted(x) == sorted(y) or x[0] == y[0]
    if len(x) > 1 and len(y) > 1 and x[-1] == y[-1] and x[0][0] == y[0][0] and min(len(x[0]), len(y[0])) <= 2:
        return True  # "J. Doe" and "Jane Doe"
    return x[0] == y[0] and len(x) == len(y) and len(x[-1]) > 4 and fuzz.ratio(x[-1], y[-1]) >= _ALIKE


class _Roll:
    """The persons found so far."""

    def __init__(self, doc: Tokens, lone: frozenset[int], homes: Homes) -> None:
        self.doc, self.persons, self.lone, self.homes = doc, list[Person](), lone, homes
        self.known: set[str] = set()  # first and last words of full names, folded; filled when all are in
        self._places: dict[str, list[int]] = defaultdict(list)  # tokens by their text
        for token in doc:
            self._places[token.text].append(token.i)

    def full(self, span: tuple[int, int]) -> None:
        """A name of several words: a form of one seen before, or a new person."""
        name = name_words(self.doc, span)
        same = [p for p in self.persons if _same(p.name, name)]
        state = self.homes.beside(*span) if same else None
        fits = [p for p in same if not (state and p.state and {state, p.state}.isdisjoint({"EU"}) and state != p.state)]
        fits = [p for p in fits if state and p.state == state] or fits
        person = fits[0] if fits and not is_namesake(self.doc, span) else None
        if person is not None:
            person.state = person.state or state
        if person is None:
            person = Person(name, state=state or self.homes.beside(*span))
            self.persons.append(person)
        elif len(name) > len(person.name):
            person.name = name
        person.named(self.doc, span)

    def is_name(self, i: int, short: set[int], taken: frozenset[int], places: frozenset[int]) -> bool:
        """Whether a word with a capital is a name alone: a known surname, or one the model or a title vouches for."""
        token = self.doc[i]
        if self._of_two(i):
            return True
        if _inside_hyphen(self.doc, i):
            return False
        if token.lower_ in HONORIFICS or (token.is_sent_start and token.pos_ == "PRON"):
            return False  # "He" that begins a sentence is not Mr. He
        if fold(_hyphenated(self.doc, i)) in self.known:
            return i in short or i not in places or (acts_as_person(token) and not in_longer_name(self.doc, i))
        return (i in short or i in self.lone or self._alone(i, taken, places)) and not (
            token.is_sent_start and token.lower_ in words("not_names")
        )

    def _of_two(self, i: int) -> bool:
        """Whether a word is one of two known surnames joined: "the Doe-Roe summit", "a Doe–Roe call"."""
        doc = self.doc
        joins = [k for k in (i - 1, i + 1) if 0 < k < len(doc) - 1 and doc[k].text in {"-", "–"}]
        joins = [k for k in joins if not doc[k].whitespace_ and not doc[k - 1].whitespace_]
        if len(joins) != 1:
            return False
        words_ = [fold(doc[k].text) for k in (joins[0] - 1, joins[0] + 1)]
        return "-".join(words_) not in self.known and all(self._fits(w) and w in self.known for w in words_)

    def _alone(self, i: int, taken: frozenset[int], places: frozenset[int]) -> bool:
        """Whether a word without a full name stands where only a person can, or beside one in a list."""
        token = self.doc[i]
        if token.pos_ != "PROPN" or token.ent_type_ not in {"", "GPE", "ORG", "PERSON"} or i in places:
            return False
        beside = token.dep_ == "conj" and token.head.i in taken
        told = beside or acts_as_person(token) or apposed(self.doc, i, i + 1)
        return told and not in_longer_name(self.doc, i)

    def single(self, i: int) -> None:
        """A name of one word: of the person whose full name has it, else a new person where one is plausible."""
        text = self.doc[i].text if self._of_two(i) else _hyphenated(self.doc, i)
        end = i + 1 + 2 * text.count("-") if text != self.doc[i].text else i + 1
        fits = self._fits(fold(text))
        fits = [p for p in fits if self._title(i) & {t for s, _ in p.spans for t in self._title(s)}] or fits
        if len(fits) > 1:  # two persons of one surname and title: the one named last before
            fits = [max(fits, key=lambda p: max((s[0] for s in p.spans if s[0] < i), default=-1))]
        if fits:
            fits[0].named(self.doc, (i, end))
        elif i in self.lone or (self._plausible(i) and self._vouched(i)):
            person = Person((text,))
            self.persons.append(person)
            person.named(self.doc, (i, end))

    def again(self, free: frozenset[int]) -> None:
        """Who is known by one word is meant wherever it stands alone: "Doe ill"; not in "Doe Street", "in Doe"."""
        known = {p.name[0]: p for p in self.persons if len(p.name) == 1}
        told = {i for p in self.persons for s, e in p.spans for i in range(s, e)}
        for text, person in known.items():
            for i in self._places.get(text, ()):
                apart = in_longer_name(self.doc, i) or is_place_name(self.doc, i)
                if i in free and i not in told and not apart and not (i and self.doc[i - 1].lower_ == "the"):
                    person.named(self.doc, (i, i + 1))

    def _title(self, i: int) -> set[str]:
        """The two words before a name that begins at a token, where its title ends: "Trade Minister [Kim]"."""
        title = self.doc[max(0, i - 2) : i].text
        return {title.lower()} if title.istitle() and self._titled(i) else set()

    def _fits(self, word: str) -> list[Person]:
        """The persons of this surname, else of this first name, else of a surname spelt much like it."""
        fits = [p for p in self.persons if word in {fold(p.surname), _bare(p.surname)}]
        fits = fits or [p for p in self.persons if word in {fold(w) for w in p.alone}]
        if fits or len(word) <= 4:
            return fits
        within = [p for p in self.persons if word in {fold(w) for w in p.name[1:-1]}]  # "Ana Doe Roe" is "Doe" too
        if len(within) == 1:
            return within
        return [p for p in self.persons if len(p.name) > 1 and fuzz.ratio(fold(p.surname), word) >= _ALIKE_ALONE]

    def _vouched(self, i: int) -> bool:
        """Whether the model, the words around, a title, or a person beside it says that a lone word is a person."""
        token = self.doc[i]
        if (token.ent_type_ == "PERSON" and not token.is_sent_start) or acts_as_person(token):
            return True
        return self._titled(i) or self._listed(i) or apposed(self.doc, i, i + 1)

    def _listed(self, i: int) -> bool:
        """Whether a word is joined to the name of a person: "Finance Minister Ken Tanaka and Doe"."""
        token = self.doc[i]
        return token.dep_ == "conj" and any(s <= token.head.i < e for p in self.persons for s, e in p.spans)

    def _titled(self, i: int) -> bool:
        return i > 0 and (self.doc[i - 1].lower_ in words("offices") or self.doc[i - 1].lower_ in HONORIFICS)

    def _plausible(self, i: int) -> bool:
        """Whether a lone word that no full name explains may stand for a person."""
        token = self.doc[i]
        if is_place_name(self.doc, i) or in_title(self.doc, i) or (i and self.doc[i - 1].lower_ == "the"):
            return False
        if len(token.text) < 2 or token.text.isupper() or head_at(self.doc, i):
            return False
        if token.lower_ in words("not_names") or token.lower_ in words("office_fields"):
            return False
        same = self._places[token.text]
        surely = self._titled(i) or self._listed(i) or apposed(self.doc, i, i + 1)
        begins = token.is_sent_start and all(self.doc[k].is_sent_start for k in same)
        if begins and token.ent_type_ != "PERSON" and not (surely or meets_somebody(token)):
            return False  # a word with a capital because it begins the sentence
        if token.ent_type_ == "ORG" and not surely:
            return False
        within = token.dep_ in {"amod", "compound", "nmod"} and not token.head.text[0].isupper()
        if token.pos_ not in {"PROPN", "NOUN"} or within:
            return False
        if any(in_longer_name(self.doc, k) for k in same):  # "Northfield" of "Northfield Town"
            return False
        return country(token.text) is None

"""Who acts and on whom, in lead sentences: states by name, demonym, capital or office; armed groups; organisations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.iris import ref
from kg.lexicon import mapping
from kg.model import Entity, EntityKind, Ref
from kg.stages.relate.actions.attribution import narrated
from kg.stages.relate.actions.namings import groups, in_place, own, reached
from kg.stages.relate.home import home_state
from kg.states import country_entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_ACTING = frozenset({EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.SOURCE})
_NAMED = frozenset({EntityKind.PERSON, EntityKind.ORGANIZATION})
_PARTS = frozenset({"ministry", "office", "department", "cabinet", "government"})
_WATERS = frozenset({"Sea", "Ocean", "Channel", "Strait", "Straits", "Peninsula", "peninsula"})
_AMERICAS = frozenset({"Latin", "South", "Central", "North", "Native", "African", "Asian"})
_PART = re.compile(r"country/[A-Z]{2}-[A-Z]{2,3}")  # a disputed or dependent territory, no state
_SUPPORT = frozenset({"backed", "brokered", "occupied", "sponsored", "supported", "imposed", "mediated",
                      "trained", "funded", "administered", "installed"})  # fmt: skip
_LINKS = frozenset({",", "and", "the", "or", "both", "as", "well", "a", "an", "its", "former", "president", "prime",
                    "minister", "foreign", "'s", "’s", "leader", "leaders"})  # fmt: skip
_FIRST = frozenset({"we", "i"})
_BACK = frozenset({"it", "they", "he", "she", "which", "who", "that", "him", "her", "them"}) | _FIRST
_WHOSE = frozenset({"its", "their"})
_SEATS = frozenset({"embassy", "consulate", "mission", "legation", "base"})
_STATES = frozenset({"country", "kingdom", "nation", "republic", "state", "island", "government", "emirate",
                     "sheikhdom", "bloc", "alliance", "body", "group"})  # fmt: skip
_SIDES = frozenset({"side", "government", "country", "state", "party", "nation", "capital", "neighbour", "neighbor"})
_ALIKE = frozenset({"both", "two", "each", "either"})
_OTHERS = frozenset({"neighbour", "neighbor", "rival", "foe", "enemy", "adversary", "ally", "archrival", "patron"})
_TITLE = frozenset({"poss", "amod", "compound", "nmod"})
_PAIR = 2
_CITY = 4  # letters of a city in capitals: not "EU", "US"
_DATELINE = 14  # tokens in which a dateline ends


class Sighting(NamedTuple):
    """A naming of somebody who acts for a state, of a group or of an organisation."""

    i: int
    ref: Ref
    state: Ref  # the state acted for; a group or body without one is its own


class Cast:
    """All namings of one sentence, in order, and the groups that they bring along."""

    def __init__(self, text: Text, sent: Span, *, lead: bool, taxing: Ref | None = None) -> None:
        self.text, self.sent = text, sent
        self.taxing = taxing  # whose tariffs the text tells of
        self.lead = lead  # the first sentence of a text names all who act in it
        self.entities: dict[Ref, Entity] = {}
        self.end = narrated(sent)
        seen = list(self._sightings())
        self.sightings = [s for s in seen if s.i < self.end]
        self.tellers = [s for s in seen if s.i >= self.end][:1]

    def _sightings(self) -> Iterator[Sighting]:
        behind, known, names = self._begins(), groups(), self.text.named
        for token in self.sent:
            i = token.i
            if i < behind or (i not in names and token.text not in known):
                continue
            group = self._group(token)
            if group is not None:
                behind, entity = group
                self.entities[entity.id] = entity
                yield Sighting(behind - 1, entity.id, entity.country or entity.id)
                while behind < self.sent.end and self._titled(behind):
                    behind += 1
                continue
            found = self.text.entity(token)
            if found is not None and not self._beside(i):
                state = self.text.state(found)
                if self.lead and (code := self._office_alone(found, state)):
                    yield Sighting(i, self._country(code), self._country(code))
                    continue
                acts = self.text.entities[found].country is not None and self.text.kind(found) in _ACTING
                if state is not None and not _PART.fullmatch(state):
                    yield Sighting(i, found if acts else state, state)
                elif state is None and token.lower_ == "administration":
                    yield self._administration(i, self.text.entities[found].label)

    def _begins(self) -> int:
        """The token behind a dateline that the first sentence took in: "BANGKOK, Nov. 5 - Fifteen states agreed"."""
        if not self.sent[0].text.isupper() or len(self.sent[0]) < _CITY:
            return self.sent.start
        return next((t.i + 1 for t in self.sent[1:_DATELINE] if t.text in {"-", "–", "—"} and t.dep_ != "compound"
                     and t.whitespace_ and t.nbor(-1).whitespace_), self.sent.start)  # fmt: skip

    def _titled(self, i: int) -> bool:
        """Whether a token goes on a name that a body or title began: "Pope" and the name of one."""
        found = self.text.entity(self.text.doc[i])
        return found is not None and self.text.kind(found) is EntityKind.PERSON

    def _office_alone(self, found: Ref, state: Ref | None) -> str | None:
        """The state of an office that one state has, or of the president with whom a lead begins who has no state told.

        The state that he does something to, which the text around gives him where it names no other, is not his.
        """
        held = [o for o in self.text.mentions.offices if o.holder == found] if self.text.kind(found) in _NAMED else []
        known, start = mapping("office_countries"), self.sent.start_char
        only = next((known[o.label.lower()] for o in held if o.label.lower() in known), None)
        first = any(o.label == "President" and o.start == start for o in held)
        foreign = any(reached(t) for t in self.sent if self.text.entity(t) == state)
        return (only or ("US" if first else None)) if state is None or (first and foreign) else None

    def _administration(self, i: int, label: str) -> Sighting:
        """The government of the one state that calls it so: "the Doe administration" names none."""
        state = self._country("US")
        body = Entity(ref("org", "US", label), EntityKind.ORGANIZATION, label, country=state)
        self.entities[body.id] = body
        return Sighting(i, body.id, state)

    def _country(self, code: str) -> Ref:
        state = Ref(f"country/{code}")
        if state not in self.text.entities:
            self.entities[state] = country_entity(code)
        return state

    def _group(self, token: Token) -> tuple[int, Entity] | None:
        for words, code in groups().get(token.text, ()):
            end = token.i + len(words)
            if end <= self.sent.end and tuple(t.text for t in self.text.doc[token.i : end]) == words:
                state = self._country(code) if len(code) == 2 else None
                label = " ".join(words).replace(" '", "'").replace(" - ", "-") if state else code
                return end, Entity(ref("org", label), EntityKind.ORGANIZATION, label, country=state)
        return None

    def is_state(self, head: Token) -> bool:
        """Whether the head of a phrase is itself the name of a state or group."""
        return any(s.i == head.i for s in self.sightings)

    def is_body(self, who: Sighting) -> bool:
        """Whether somebody is an organisation of states: what one joins and leaves."""
        known = self.text.entities.get(who.state) or self.entities.get(who.state)
        return known is not None and known.kind is not EntityKind.COUNTRY

    def _beside(self, i: int) -> bool:
        """Whether a state only helps or names a sea: "U.S.-led", "Russian-backed", "the South China Sea"."""
        doc = self.text.doc
        if i > self.sent.start + 1 and doc[i - 1].text == "-" and doc[i - 2].lower_ == "pro":
            return True
        if i > self.sent.start and doc[i].text == "American" and doc[i - 1].text in _AMERICAS:
            return True
        if i + 1 < self.sent.end and doc[i + 1].text in _WATERS:
            return True
        return i + 2 < self.sent.end and doc[i + 1].text in {"-", "–"} and doc[i + 2].lower_ in _SUPPORT

    # ------------------------------------------------------------ phrases
    def there(self) -> list[Sighting]:
        """The first state named as a place: those whom nobody names act there, "gunmen in Karachi"."""
        places = [s for s in self.sightings if in_place(self.text.doc[s.i])]
        return [s for s in places if not any(t.lower_ in _SEATS for t in self.text.doc[s.i : s.i + 3])][:1]

    def phrase(self, head: Token) -> list[Sighting]:
        """Those whom a noun phrase names: at its head, else before it, else behind "of" or "in"; joined ones too."""
        found: list[Sighting] = []
        for one in self.text.conjuncts(head):
            home = home_state(self.text, one) if not self.lead else None
            if home is not None:
                found.append(Sighting(one.i, home, home))
                continue
            if one.lower_ in _BACK or self._same_state(one):
                found += self._referent(one)
                continue
            found += [self.named(s) for s in self._one(one)] or self.both(one)
        return list(dict.fromkeys(found))

    def named(self, found: Sighting) -> Sighting:
        """The person in the place of the state that the title tells: "Doeland's foreign minister, Jane Doe"."""
        head = self.text.doc[found.i]
        while found.ref == found.state and (head.dep_ in _TITLE or (head.dep_ == "pobj" and head.head.lower_ == "of")):
            head = head.head.head if head.dep_ == "pobj" else head.head
        if head.i == found.i:
            return found
        who = self.text.who(head)
        beside = [self.text.entity(c) for c in head.children if c.dep_ == "appos"]
        for one in [who.ref, *beside] if who is not None else beside:
            if one is None or self.text.kind(one) is not EntityKind.PERSON:
                continue
            state = self.text.state(one)
            if state == found.state or (state is None and not self.lead):
                return found._replace(ref=one)
        return found

    def owner(self, head: Token) -> list[Sighting]:
        """Whose a thing is that a pronoun tells: "Doe said that its troops had crossed the border"."""
        return [s for c in head.children if c.dep_ == "poss" and c.lower_ in _WHOSE for s in self._referent(c)]

    def both(self, head: Token) -> list[Sighting]:
        """The sides of the talks behind "both sides", "each government", "the two leaders"."""
        if self.lead or not any(t.lower_ in _ALIKE for t in (head, *head.children)):
            return []
        group = [(a.ref, self.text.state(a.ref)) for a in self.text.actors(head)]
        found = [Sighting(head.i, who, state) for who, state in group if state is not None]
        two = self.text.two_sides
        if not found and (head.lemma_ in _SIDES or head.lower_ == "both") and len(two) == _PAIR:
            found = [Sighting(head.i, state, state) for state in two]
        return found

    def person(self, head: Token) -> list[Sighting]:
        """The person or body of no known state whom a noun phrase names."""
        named = self.text.who(head)
        if named is None or self.text.kind(named.ref) not in _NAMED or self.text.state(named.ref) is not None:
            return []
        if not self.text.is_person(named) and head.lemma_.lower() in _PARTS:
            return []  # "the presidential office": of a state that is not told
        return [Sighting(head.i, named.ref, named.ref)]

    def other_state(self, head: Token) -> bool:
        """Whether a phrase names the other side: "its neighbour", "its former ruler"."""
        named = any(s.i in {t.i for t in own(head)} for s in self.sightings)
        return head.lower_ in _OTHERS and not named and any(c.lower_ in {"its", "his", "their"} for c in head.children)

    def _same_state(self, head: Token) -> bool:
        """Whether a phrase names again what was named: "the kingdom", "his government"."""
        named = any(s.i in {t.i for t in own(head)} for s in self.sightings)
        return head.lower_ in _STATES and not named and any(c.dep_ in {"det", "poss"} for c in head.children)

    def _one(self, head: Token) -> list[Sighting]:
        tokens = {t.i for t in own(head)}
        inside = [s for s in self.sightings if s.i in tokens]
        at = [s for s in inside if s.i == head.i]
        before = [s for s in inside if s.i < head.i]
        behind = [s for s in inside if s.i > head.i]
        joined = self.joined(before[0], before[1:]) if before else []
        if at and len(joined) < _PAIR:  # but "Thai and Cambodian troops"
            return at[:1]
        if before:
            return joined
        return self.joined(behind[0], behind[1:]) if behind else []

    def joined(self, first: Sighting, others: Iterable[Sighting]) -> list[Sighting]:
        """A naming with those that are joined to it by "and" or commas."""
        found, sure = [first], 1
        for other in others:
            between = self.text.doc[found[-1].i + 1 : other.i]
            low = {t.lower_ for t in between}
            if other.state == found[-1].state and other.i - found[-1].i < 4:
                found[-1] = found[-1]._replace(i=other.i)
                continue
            if len(between) > 4 or not low & {",", "and", "or"} or low - _LINKS:
                break
            found.append(other)
            if low & {"and", "or", "as"} or self.text.doc[other.i].dep_ == "conj":
                sure = len(found)
        return found[:sure]

    def _referent(self, token: Token) -> list[Sighting]:
        """Whom "it", "he" or "they" refers to: the subject of the clause above, else the first named before."""
        if token.lower_ in {"which", "who", "that"}:
            return []
        if token.lower_ in _FIRST:
            speaker = self.text.speaking(token)
            own = self.text.state(speaker.ref) if speaker is not None else None
            return [Sighting(token.i, speaker.ref, own)] if speaker is not None and own is not None else []
        others = [(a.ref, self.text.state(a.ref)) for a in self.text.actors(token)]
        found = [Sighting(token.i, who, state) for who, state in others if state is not None]
        if token.dep_ in {"dobj", "dative"}:
            return found
        verb = token.head.head if token.dep_ == "poss" else token.head
        while verb.dep_ in {"ccomp", "advcl", "conj", "xcomp"} and verb.head.i != verb.i:
            verb = verb.head
            for child in verb.children:
                if child.dep_ in {"nsubj", "nsubjpass"} and child.lower_ not in _BACK:
                    return self.phrase(child)
        before = [] if found or self.lead or token.lower_ != "it" else self._subject_before(token)
        return found or before or [s for s in self.sightings if s.i < token.i][:1] or self.tellers

    def _subject_before(self, token: Token) -> list[Sighting]:
        """The state or body that the sentence before is about, which "it" goes on to tell of."""
        if self.sent.start == 0 or any(s.i < token.i for s in self.sightings):
            return []
        told = self.text.doc[self.sent.start - 1].sent.root
        clauses = [told, *(c for c in told.children if c.dep_ == "ccomp")]  # of "Doe said Roeland was ready" the second
        heads = [c for clause in clauses for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"}]
        known = [a.ref for c in heads if (a := self.text.who(c)) is not None and not self.text.is_person(a)]
        return [Sighting(token.i, ref, state) for ref in known[:1] if (state := self.text.state(ref)) is not None]

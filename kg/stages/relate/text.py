"""What the relation rules read: the Doc with its mentions by token, and who is meant by a noun phrase.

Everything here is asked by token. A clause is named by its verb; a noun phrase by its head.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kg.iris import ref
from kg.lexicon import mapping, members, table, words
from kg.model import Entity, EntityKind, Ref
from kg.stages.relate.groups import Groups
from kg.stages.relate.references import PERSONAL, Actor

if TYPE_CHECKING:

    from kg.model import Mention
    from kg.stages.relate.topic_phrases import Phrase
    from kg.tokens import Token

__all__ = ["PERSONAL", "Actor", "Text"]
_PUBLIC = frozenset({"head of state", "head of government", "minister", "deputy", "envoy", "spokesperson"})


class Text(Groups):
    """One parsed document as the relation rules see it."""

    def subject_before(self, token: Token) -> Actor | None:
        """The first person that is a subject before a token in its sentence."""
        return self._last([m for m in self.persons_between(token.sent.start, token.i) if self.is_subject(m)][:1])

    def protagonist(self, before: Token) -> Actor | None:
        """The person whom the article mentions most often, with the last words for him or her before a token."""
        ranked = self._by_mentions
        if not ranked or (len(ranked) > 1 and len(ranked[0]) == len(ranked[1])):
            return None
        own = [m for m in ranked[0] if m.start < before.idx]
        return self._last(own)

    @cached_property
    def _by_mentions(self) -> list[list[Mention]]:
        """The mentions of each person in order, those of the one mentioned most often first."""
        found: dict[Ref, list[Mention]] = {}
        for mention in self.mentions.mentions:
            if self.kind(mention.entity) is EntityKind.PERSON:
                found.setdefault(mention.entity, []).append(mention)
        return [found[ref] for ref in sorted(found, key=lambda ref: (-len(found[ref]), ref))]

    def _last(self, mentions: list[Mention]) -> Actor | None:
        """The person of the last of some mentions, by its first token."""
        if not mentions:
            return None
        return Actor(mentions[-1].entity, self.tokens(mentions[-1].start, mentions[-1].end)[0], safe=False)

    @cached_property
    def about_talks(self) -> bool:
        """Whether the article speaks of talks or negotiations at all, so that "the third round" is one of these."""
        words = {"talks", "negotiations", "negotiators", "negotiator", "negotiation", "negotiating", "negotiate"}
        return bool(self.parties or self.mentions.offices) and any(t.lower_ in words for t in self.doc)

    @cached_property
    def of_states(self) -> bool:
        """Whether anybody in the article holds a public office, or two states are named: clubs hold talks, too."""
        serving = any(e.country is not None for e in self.entities.values() if e.kind is EntityKind.PERSON)
        ranks = {mapping("offices").get(office.head) for office in self.mentions.offices if office.holder is not None}
        blocs = any(e.kind is EntityKind.BLOC for e in self.entities.values())
        return serving or blocs or bool(ranks & _PUBLIC) or len(self.parties) > 1 or not self.mentions.offices

    def last_place(self, before: Token, *, city: bool = False) -> Token | None:
        """The last place named before a token, or the last that is no building: what "there", "the city" stand for."""
        for i in range(before.i - 1, max(before.i - 120, -1), -1):
            mention = self._mention.get(i)
            if self.doc[i].lower_ == "capital" and not city:
                return self.doc[i]  # "returned from the Chilean capital, where"
            if self.doc[i].text in words("capitals") and self.doc[i].sent.start == before.sent.start:
                return self.doc[i]  # "has asked Washington for it, and plans to go there"
            if mention is None or self.kind(mention.entity) is not EntityKind.PLACE:
                continue
            place = self.entities[mention.entity]
            last = place.label.split()[-1].lower()
            if not city or (place.within is None and last not in members("state_words", "building")):
                return self.doc[i]
        return None

    def last_subject(self, before: Token) -> Actor | None:
        """The person who was the subject of the sentence before, with the words there."""
        for span in self.sentences_before(before.sent, 2):
            subjects = [m for m in self.persons_between(span.start, span.end) if self.is_subject(m)]
            if subjects:
                return self._last(subjects[:1])
        return None

    @cached_property
    def dateline(self) -> Entity | None:
        """The city from which the report is written: what "here" stands for."""
        if not self.document.place:
            return None
        label = self.document.place.split("/")[0].split(",")[0].title().strip()  # "ANTALYA, Turkey", "GAZA/CAIRO"
        known = (e for e in self.entities.values() if e.kind is EntityKind.PLACE and e.label == label)
        code = next((row[1] for row in table("capitals") if row[0] == label), None)
        state = Ref(f"country/{code}") if code and f"country/{code}" in self.entities else None
        return next(known, Entity(ref("place", label), EntityKind.PLACE, label, country=state))

    def state_label(self, place: Entity) -> str | None:
        """The name of the state in which a place lies."""
        return self.entities[place.country].label if place.country in self.entities else None

    def state_of_place(self, place: Token) -> Ref | None:
        """The state that a place lies in, or is."""
        found = self.entity(place)
        if found is None:
            return None
        entity = self.entities[found]
        return found if entity.kind is EntityKind.COUNTRY else entity.country

    topic_phrases: tuple[list[Phrase], Phrase | None] | None = None  # filled on first use by event_topics

    @staticmethod
    def capital(code: str) -> str | None:
        """The seat of government of a state."""
        return next((row[0] for row in table("capitals") if row[1] == code), None)

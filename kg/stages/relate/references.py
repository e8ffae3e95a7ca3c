"""Who is meant by the head of a noun phrase: a name, an office, "he", "she" or "I"."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from kg.model import BlockKind, EntityKind, Ref
from kg.stages.relate.clauses import SUBJECTS, Clauses, opened_by, whole
from kg.stages.relate.genders import gender, genders
from kg.stages.relate.home import of_ruler
from kg.stages.relate.passages import Passages, once
from kg.stages.relate.speeches import Speech, voice_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Mention
    from kg.tokens import Token

PERSONAL = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_NEAR = 40  # characters: "his" behind a name belongs to it
_REACH = 3  # sentences back in which a pronoun finds its person


class Actor(NamedTuple):
    """Somebody or something that acts, as referred to by a token."""

    ref: Ref
    token: int
    safe: bool = True


def _unknown() -> Actor | None:
    return None


class References(Passages, Clauses):
    """Names, offices and pronouns by the head of their phrase."""

    def who(self, token: Token) -> Actor | None:
        """The actor that a noun phrase with this head names: person, office holder, public body, state or source."""
        if token.lower_ in PERSONAL:
            return self.pronoun(token)
        if token.lower_ in {"i", "me", "my"}:
            return self.speaking(token)
        if token.lower_ == "whom" and token.dep_ == "pobj":  # "Doe, with whom Roe spoke"
            clause = next((t for t in token.ancestors if t.dep_ == "relcl"), None)
            return self.who(self.antecedent(clause)) if clause is not None else None
        found = self.entity(token)
        office = self._office.get(token.i)
        if found is None and office is not None and not office.plural:
            found = office.holder
        if found is None:
            ruler = self.pronoun(whose) if (whose := of_ruler(token)) is not None else None
            return Actor(state, token.i, ruler.safe) if ruler and (state := self.state(ruler.ref)) else None
        return Actor(found, token.i) if self.kind(found) is not EntityKind.PLACE else None

    def antecedent(self, verb: Token) -> Token:
        """The person of "who" in "Doe, head of the Agency, who was there", where the parse hangs it on the agency."""
        head = verb.head
        if not any(c.lower_ == "who" for c in verb.children):
            return head
        while (found := self.entity(head)) is not None and self.kind(found) is not EntityKind.PERSON:
            above = head
            while above.dep_ in {"pobj", "prep", "compound", "nmod"} and above.head.i < above.i:
                above = above.head
            if above.i == head.i or above.pos_ not in {"NOUN", "PROPN"}:
                return verb.head
            head = above.head if above.dep_ == "appos" else above
        actor, body = self.who(head), self.entity(verb.head)
        of_another = actor is not None and body is not None and self.state(body) not in {None, self.state(actor.ref)}
        return verb.head if of_another else head  # the text is unsure whose the person is

    def _head_actor(self, head: Token) -> Actor | None:
        """The actor of one noun phrase: its head, or the name that stands in apposition to it."""
        actor = self.who(head)
        for child in head.children:
            if child.dep_ in {"appos", "compound", "flat", "nmod"} and (actor is None or not self.is_person(actor)):
                inner = self.who(child)
                if inner is not None and self.is_person(inner) and child.dep_ == "appos":
                    return inner
        return actor

    def is_person(self, actor: Actor) -> bool:
        """Whether an actor is a named person."""
        return self.kind(actor.ref) is EntityKind.PERSON

    def conjuncts(self, token: Token) -> Iterator[Token]:
        """A head and all heads joined to it, in order; names that a wrong parse hung below as appositions count too."""
        yield from self._left_of(token)
        yield token
        for child in token.children:
            if child.dep_ == "conj" or (child.dep_ == "appos" and self._another(token, child)):
                yield from self.conjuncts(child)
            elif child.dep_ == "appos":  # "Doe, the treasury secretary, Commerce Secretary Roe and ...": hung below
                for inner in child.children:
                    other = self._head_actor(inner) if inner.dep_ == "conj" else None
                    if (other and self.is_person(other)) or (inner.dep_ == "appos" and self._another(child, inner)):
                        yield from self.conjuncts(inner)
        for name in self._behind_state(token):
            yield from self.conjuncts(name)

    def _behind_state(self, token: Token) -> list[Token]:
        """Names that the parse joined to the state of the name before: "Doe of Peru and [Roe] of Chile"."""
        if token.i not in self.person_at:
            return []
        return [
            t for t in token.subtree
            if t.dep_ == "conj" and t.i > token.i and t.i in self.person_at and t.head.i not in self.person_at
            and self.doc[t.left_edge.i - 1].lower_ == "and" and self._only_names(t, token)
        ]  # fmt: skip

    @staticmethod
    def _only_names(below: Token, above: Token) -> bool:
        """Whether no clause stands between a word and one above it."""
        return all(t.pos_ in {"PROPN", "NOUN", "ADP"} for t in takewhile(lambda t: t.i != above.i, below.ancestors))

    def _left_of(self, token: Token) -> list[Token]:
        """Names before a name that the parse took for part of its title: "[Doe] and Trade Minister Ken Tanaka"."""
        mine = self.person_at.get(token.i)
        if mine is None:
            return []
        found: list[Token] = []
        joined = False
        for i in range(token.i - 1, token.left_edge.i - 1, -1):
            other = self.doc[i]
            joined = joined or other.lower_ == "and" or other.text == ","
            mention = self.person_at.get(i)
            if not joined or mention is None or mention.entity == mine.entity or other.dep_ in {"poss", "conj"}:
                continue
            if not found or self.entity(found[-1]) != mention.entity:
                found.append(other)
        return found[::-1]

    @cached_property
    def person_at(self) -> dict[int, Mention]:
        """The mentions of persons by their tokens, in order of the text."""
        return {i: m for i, m in sorted(self._mention.items()) if self.kind(m.entity) is EntityKind.PERSON}

    @cached_property
    def _person_tokens(self) -> list[int]:
        return list(self.person_at)

    def _another(self, token: Token, child: Token) -> bool:
        """Whether an apposition names another person or state than its head: "Peru, Chile sign pact"."""
        mine, other = self.who(token), self.who(child)
        if mine is None or other is None or mine.ref == other.ref:
            return False
        kinds = {self.kind(mine.ref), self.kind(other.ref)}
        return kinds in ({EntityKind.PERSON}, {EntityKind.COUNTRY})

    @cached_property
    def speech(self) -> Speech:
        """Who speaks in a text of one voice."""
        return Speech(self)

    def speaking(self, token: Token) -> Actor | None:
        """Whom "I" stands for: whose words the text gives, or the subject of "said" around a quotation."""
        if (speaker := voice_at(self, token)) is not None:
            return Actor(speaker, token.i)
        if self.block(token) is BlockKind.SPEECH:
            return None
        for verb in token.sent:
            if verb.lemma_ in {"say", "tell", "add"} and verb.pos_ == "VERB":
                for subject in self.subjects(verb):
                    actor = self.who(subject) if subject.lower_ not in {"i", "me"} else None
                    if actor is not None:
                        return Actor(actor.ref, token.i, safe=False)
        return None

    @once(_unknown)
    def pronoun(self, token: Token) -> Actor | None:
        """The person that "he" or "she" refers to.

        In order: the subject of the main clause where the pronoun stands in a clause before it, the last person named
        as a subject before it in the sentence, the first subject of the sentence before, the last person named. Safe
        only where no other person stands between.
        """
        sent = token.sent
        after = self._main_subject_after(token)
        if after is not None:
            return Actor(after, token.i)
        again = self._same_pronoun(token)
        if again is not None:
            return self.pronoun(again)
        named = self._fitting(self.persons_between(sent.start, token.i), token)
        same = [m for m in named if not self._same_clause(m, token)]
        if same:
            near = token.tag_ == "PRP$" and same[-1].end > token.idx - _NEAR
            subjects = [] if near else [m for m in same if self.is_subject(m)]
            return self._one_of(same, (subjects or same)[-1], token)
        called = gender(token.lower_)
        spans = self.sentences_before(sent, _REACH)
        for span in spans:
            before = self._fitting(self.persons_between(span.start, span.end), token)
            subjects = [m for m in before if self.is_subject(m)]
            chain = [t for t in span if t.lower_ in {"he", "she"} and t.dep_ in SUBJECTS and gender(t.lower_) == called]
            his = [t for t in span if t.tag_ == "PRP$" and t.head.dep_ in SUBJECTS and gender(t.lower_) == called]
            chain = chain or [t for t in his if not subjects and t.i == span.start]  # "His talks lasted an hour"
            if chain and (not subjects or span.root == chain[0].head):
                return self.pronoun(chain[0])
            if before:
                return self._one_of(subjects or before, (subjects or before)[0], token)
        return None

    def _fitting(self, mentions: list[Mention], token: Token) -> list[Mention]:
        """Those of whom the text does not say the other pronoun, nor who do to "him" what the clause tells."""
        called = gender(token.lower_)
        doing: set[Ref] = set()
        if token.dep_ in {"dobj", "dative"}:
            subjects = [t for t in self.subjects(token.head) if t.i < token.i]
            doing = {a.ref for t in subjects if t.lower_ not in PERSONAL for a in self.actors(t)}
            same = [t for t in subjects if t.dep_ in SUBJECTS and gender(t.lower_) == called]
            doing |= {a.ref for t in same if t.lower_ in {"he", "she"} and (a := self.pronoun(t)) is not None}
        others = [m for m in mentions if m.entity not in doing]
        return [m for m in others if self.genders.get(m.entity, called) == called]

    def actors(self, token: Token) -> list[Actor]:
        """All actors of a noun phrase; groups are read by `Groups`."""
        return [actor for head in self.conjuncts(token) if (actor := self._head_actor(head)) is not None]

    @cached_property
    def genders(self) -> dict[Ref, str]:
        """Whether "he" or "she" is said of each person of whom the text tells it surely."""
        return genders(self)

    def _same_pronoun(self, token: Token) -> Token | None:
        """The same "he" before, where no other person is a subject between: "he met Doe, and he is flying back"."""
        if token.dep_ not in SUBJECTS | {"nsubjpass"}:
            return None
        earlier = list(self.doc[token.sent.start : token.i])
        before = [t for t in earlier if t.lower_ == token.lower_ and t.dep_ in SUBJECTS | {"nsubjpass"}]
        if not before and not any(self.is_subject(m) for m in self.persons_between(token.sent.start, token.i)):
            called = gender(token.lower_)  # "Friday saw him in Oslo with Roe; on Monday he met Poe"
            before = [t for t in earlier if t.dep_ == "dobj" and gender(t.lower_) == called]
        between = self.persons_between(before[-1].i, token.i) if before else []
        return before[-1] if before and not any(map(self.is_subject, between)) else None

    def _one_of(self, mentions: list[Mention], chosen: Mention, token: Token) -> Actor:
        """The person of one mention, safe where the others name no other person."""
        return Actor(chosen.entity, token.i, safe=len({m.entity for m in mentions}) == 1)

    def _main_subject_after(self, token: Token) -> Ref | None:
        """The subject of the main clause behind "Before he left, Doe met Roe"."""
        clause = token.head if token.dep_ in SUBJECTS else None
        if token.tag_ == "PRP$":
            return self._opened_with(token)
        below = clause is not None and clause.dep_ in {"advcl", "pcomp", "relcl"}
        if clause is None or not below or self.persons_between(token.sent.start, token.i):
            return None
        main = clause.head
        while main.dep_ in {"prep", "pobj", "advcl", "xcomp"} and main.head.i != main.i:
            main = main.head
        for child in main.children:
            if child.dep_ in {"nsubj", "nsubjpass"} and child.i > clause.i:
                actor = self.who(child)
                return actor.ref if actor and self.is_person(actor) else None
        return None

    def _opened_with(self, his: Token) -> Ref | None:
        """The subject behind "Before her departure for Lima on Monday, Doe met Roe": the phrase opens the sentence.

        Also behind a participle that does: "Asked about his lunch with Roe, Doe said", "Opening her visit, Doe said".
        """
        verb = opened_by(his)
        if verb is None:
            return None
        subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i > his.i), None)
        actor = self.who(subject) if subject is not None and subject.lower_ not in PERSONAL else None
        return actor.ref if actor is not None and self.is_person(actor) else None

    def persons_between(self, start: int, end: int) -> list[Mention]:
        """Mentions of persons between two tokens, in order."""
        tokens = self._person_tokens
        inside = tokens[bisect_left(tokens, start) : bisect_left(tokens, end)]
        return list(dict.fromkeys(self.person_at[i] for i in inside))

    def is_subject(self, mention: Mention) -> bool:
        """Whether a person is named as the subject of a verb, or in a list that is."""
        return whole(self.doc[self.tokens(mention.start, mention.end)[-1]]).dep_ in {"nsubj", "nsubjpass"}

    def _same_clause(self, mention: Mention, pronoun: Token) -> bool:
        """Whether a name is the subject of the very clause in which the pronoun is an object: "Doe met him"."""
        root, above = self.doc[self.tokens(mention.start, mention.end)[-1]], pronoun.head
        if above.dep_ == "relcl" and above.head == root and any(c.lower_ == "whom" for c in above.children):
            return True  # "Doe, whom she rang"
        if pronoun.lower_ not in {"him", "her"} or pronoun.dep_ == "poss":
            return False
        clause = next((t for t in pronoun.ancestors if t.pos_ in {"VERB", "AUX"}), pronoun)
        if clause.dep_ == "relcl" and clause.head == root and any(c.lower_ == "who" for c in clause.children):
            return True  # "Doe, who sat across from her": another one
        joined = pronoun.head.dep_ == "conj" and root.dep_ not in SUBJECTS  # "Doe rang Roe and asked him to come"
        verb = pronoun.head.head
        while verb.dep_ == "xcomp":  # "Doe wants to speak with him"
            verb = verb.head
        return root.head.i == pronoun.head.i or (whole(root).head.i == verb.i and not joined)

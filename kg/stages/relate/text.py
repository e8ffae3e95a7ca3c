"""What the relation rules read: the Doc with its mentions by token, and who is meant by a noun phrase.

Everything here is asked by token. A clause is named by its verb; a noun phrase by its head.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kg.lexicon import mapping, table
from kg.model import BlockKind, EntityKind, Evidence, Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Span, Token

    from kg.model import Document, Entity, Mention, Mentions, Office, Quantity, Time

PERSONAL = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_PAIRS = frozenset({"they", "them", "both", "two", "their", "themselves", "sides", "countries", "governments", "nations", "parties",
                    "leaders", "ministers", "men", "women", "officials", "negotiators", "presidents", "pair", "duo", "capitals",
                    "teams", "delegations", "politicians", "diplomats", "neighbors", "neighbours", "allies", "states", "counterparts",
                    "three", "four", "trio", "envoys", "chiefs", "heads", "secretaries"})  # fmt: skip
_LEADERS = frozenset({"leader", "president", "head"})
_OFFICIALS = frozenset({"expert", "commander", "delegate", "team", "aide", "lawyer", "minister", "official", "negotiator", "diplomat", "envoy", "chief", "secretary", "politician", "counterpart"})
_COLLECTIVE = frozenset({"delegation", "negotiator", "official", "minister", "diplomat", "envoy", "team", "representative", "side",
                         "government", "leader", "president", "member", "counterpart", "troop", "force", "authority",
                         "ambassador", "chief"})  # fmt: skip
_STATES = frozenset({"sides", "countries", "governments", "nations", "parties", "capitals", "neighbors", "neighbours", "allies",
                     "states", "teams", "delegations"})  # fmt: skip
_SUBJECTS = frozenset({"nsubj", "csubj"})
_OBJECTS = frozenset({"dobj", "obj", "dative"})


class Actor(NamedTuple):
    """Somebody or something that acts, as referred to by a token."""

    ref: Ref
    token: int
    safe: bool = True


class Text:
    """One parsed document as the relation rules see it."""

    def __init__(self, document: Document, doc: Doc, mentions: Mentions) -> None:
        self.document, self.doc, self.mentions = document, doc, mentions
        self.entities: dict[Ref, Entity] = {e.id: e for e in mentions.entities}
        self._starts = [t.idx for t in doc]
        self._mention: dict[int, Mention] = {}
        for mention in sorted(mentions.mentions, key=lambda m: m.start - m.end):  # inner mentions last
            for i in self.tokens(mention.start, mention.end):
                self._mention[i] = mention
        self._office: dict[int, Office] = {i: o for o in mentions.offices for i in self.tokens(o.start, o.end)}
        self._sentences = {s.start: s for s in mentions.sentences}
        kinds = [(b.start, b.end, b.kind) for b in document.blocks]
        self.topic_places: list[tuple[int, int]] | None = None  # filled on first use by event_topics
        self._kind_starts, self._kinds = [k[0] for k in kinds], kinds

    # ------------------------------------------------------------ places in the text
    def tokens(self, start: int, end: int) -> range:
        """The indexes of the tokens that begin in a stretch of characters."""
        first = bisect_right(self._starts, start) - 1
        if first < 0 or self._starts[first] + len(self.doc[first]) <= start:
            first += 1
        return range(first, bisect_right(self._starts, end - 1))

    def token(self, offset: int) -> Token:
        """The token at a character offset."""
        return self.doc[max(bisect_right(self._starts, offset) - 1, 0)]

    def block(self, token: Token) -> BlockKind:
        """The kind of block that a token stands in."""
        n = bisect_right(self._kind_starts, token.idx) - 1
        return self._kinds[n][2] if n >= 0 and token.idx < self._kinds[n][1] else BlockKind.META

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The spans of the sentences that may carry facts, in order."""
        return tuple(s for s in self.doc.sents if self._bounds(s) is not None)

    def _bounds(self, sent: Span) -> tuple[int, int] | None:
        start = sent.start_char + len(sent.text) - len(sent.text.lstrip())
        found = self._sentences.get(start)
        return (found.start, found.end) if found else None

    def evidence(self, sent: Span, words: Iterable[Token], rule: str) -> Evidence:
        """The sentence as evidence, with the stretch of the words that carry the fact."""
        bounds = self._bounds(sent) or (sent.start_char, sent.end_char)
        idx = [(t.idx, t.idx + len(t)) for t in words] or [bounds]
        return Evidence(self.document.id, *bounds, (min(i for i, _ in idx), max(j for _, j in idx)), rule)

    # ------------------------------------------------------------ who is meant
    def entity(self, token: Token) -> Ref | None:
        """The entity whose mention a token belongs to."""
        mention = self._mention.get(token.i)
        return mention.entity if mention else None

    def office(self, token: Token) -> Office | None:
        """The office phrase that a token belongs to."""
        return self._office.get(token.i)

    def kind(self, ref: Ref) -> EntityKind:
        """The kind of an entity."""
        return self.entities[ref].kind

    def state(self, ref: Ref) -> Ref | None:
        """The state or bloc that an actor is or represents."""
        entity = self.entities[ref]
        return ref if entity.kind in {EntityKind.COUNTRY, EntityKind.BLOC} else entity.country

    def who(self, token: Token) -> Actor | None:
        """The actor that a noun phrase with this head names: a person, office holder, public body, state or source."""
        if token.lower_ in PERSONAL:
            return self.pronoun(token)
        if token.lower_ in {"i", "me", "my"}:
            return self.speaking(token)
        office = self._office.get(token.i)
        found = self.entity(token)
        if found is None and office is not None and office.holder is not None and not office.plural:
            found = office.holder
        if found is None and token.pos_ == "PROPN" and token.i + 1 < len(self.doc) and self.doc[token.i + 1].head == token:
            found = None
        if found is None or self.kind(found) in {EntityKind.PLACE}:
            return None
        return Actor(found, token.i)

    def actors(self, token: Token) -> list[Actor]:
        """All actors of a noun phrase and what is joined to it by "and", in order; groups ("the two", "they") too."""
        found: list[Actor] = []
        for head in self.conjuncts(token):
            actor = self._head_actor(head)
            if actor is not None:
                found.append(actor)
            else:
                found.extend(self.group(head))
        return list(dict.fromkeys(found))

    def _head_actor(self, head: Token) -> Actor | None:
        """The actor of one noun phrase: its head, or the name that stands in apposition to it."""
        actor = self.who(head)
        for child in head.children:
            if child.dep_ in {"appos", "compound", "flat", "nmod"} and (actor is None or not self._is_person(actor)):
                inner = self.who(child)
                if inner is not None and self._is_person(inner) and child.dep_ == "appos":
                    return inner
        return actor

    def _is_person(self, actor: Actor) -> bool:
        return self.kind(actor.ref) is EntityKind.PERSON

    def conjuncts(self, token: Token) -> Iterator[Token]:
        """A head and all heads joined to it, in order; names that a wrong parse hung below as appositions count too."""
        yield from self._left_of(token)
        yield token
        for child in token.children:
            if child.dep_ == "conj" or (child.dep_ == "appos" and self._new_person(token, child)):
                yield from self.conjuncts(child)
            elif child.dep_ == "appos":  # "Doe, the treasury secretary, Commerce Secretary Roe and ...": hung below
                for inner in child.children:
                    if inner.dep_ == "conj" and self.who(inner) is not None:
                        yield from self.conjuncts(inner)

    def _left_of(self, token: Token) -> list[Token]:
        """Names before a name that the parse took for part of its title: "[Doe] and Trade Minister Ken Tanaka"."""
        mine = self._mention.get(token.i)
        if mine is None or self.kind(mine.entity) is not EntityKind.PERSON:
            return []
        first = token.left_edge.i
        found: list[Token] = []
        joined = False
        for i in range(token.i - 1, first - 1, -1):
            other = self.doc[i]
            joined = joined or other.lower_ == "and" or other.text == ","
            mention = self._mention.get(i)
            if joined and mention is not None and mention.entity != mine.entity and self.kind(mention.entity) is EntityKind.PERSON:
                if other.dep_ not in {"poss", "conj"} and not (found and self.entity(found[-1]) == mention.entity):
                    found.append(other)
        return found[::-1]

    def _new_person(self, token: Token, child: Token) -> bool:
        mine, other = self.who(token), self.who(child)
        return (
            mine is not None and other is not None and mine.ref != other.ref
            and self.kind(mine.ref) is EntityKind.PERSON and self.kind(other.ref) is EntityKind.PERSON
        )  # fmt: skip

    # ------------------------------------------------------------ references
    def speaking(self, token: Token) -> Actor | None:
        """Whom "I" stands for: the one whose words a transcript gives, or the subject of "said" around a quotation."""
        n = bisect_right(self._kind_starts, token.idx) - 1
        if n > 0 and self._kinds[n][2] is BlockKind.SPEECH:
            label = self._kinds[n - 1]
            words = self.document.text[label[0] : label[1]].strip(" :.").casefold().split()
            for ref in dict.fromkeys(m.entity for m in self.mentions.mentions):
                entity = self.entities[ref]
                if words and entity.kind is EntityKind.PERSON and entity.label.casefold().split()[-1] == words[-1]:
                    return Actor(ref, token.i)
            return None
        for verb in token.sent:
            if verb.lemma_ in {"say", "tell", "add"} and verb.pos_ == "VERB":
                for subject in self.subjects(verb):
                    actor = self.who(subject) if subject.lower_ not in {"i", "me"} else None
                    if actor is not None:
                        return Actor(actor.ref, token.i, safe=False)
        return None

    def pronoun(self, token: Token) -> Actor | None:
        """The person that "he" or "she" refers to.

        In order: the subject of the main clause where the pronoun stands in a clause before it, the last person named as
        a subject before it in the sentence, the first subject of the sentence before, the last person named. Safe only
        where no other person stands between.
        """
        sent = token.sent
        after = self._main_subject_after(token)
        if after is not None:
            return Actor(after, token.i)
        same = [m for m in self._persons(sent.start, token.i) if not self._same_clause(m, token)]
        if token.tag_ == "PRP$" and same and same[-1].end > token.idx - 40:
            return Actor(same[-1].entity, token.i, safe=len({m.entity for m in same}) == 1)
        subjects = [m for m in same if self._is_subject(m)]
        if subjects:
            return Actor(subjects[-1].entity, token.i, safe=len({m.entity for m in same}) == 1)
        if same:
            return Actor(same[-1].entity, token.i, safe=len({m.entity for m in same}) == 1)
        previous = self._before(sent)
        for span in previous:
            before = self._persons(span.start, span.end)
            subjects = [m for m in before if self._is_subject(m)]
            chain = [t for t in span if t.lower_ in {"he", "she"} and t.dep_ in _SUBJECTS]
            if chain and (not subjects or span.root == chain[0].head):
                return self.pronoun(chain[0])
            if subjects:
                return Actor(subjects[0].entity, token.i, safe=len({m.entity for m in subjects}) == 1)
            if before:
                return Actor(before[0].entity, token.i, safe=len({m.entity for m in before}) == 1)
        return None

    def _before(self, sent: Span) -> list[Span]:
        n = next((k for k, s in enumerate(self.sentences) if s.start == sent.start), 0)
        return list(reversed(self.sentences[max(0, n - 3) : n]))

    def _main_subject_after(self, token: Token) -> Ref | None:
        clause = token.head if token.dep_ in _SUBJECTS else None
        if clause is None or clause.dep_ not in {"advcl", "pcomp"} or self._persons(token.sent.start, token.i):
            return None
        main = clause.head
        while main.dep_ in {"prep", "advcl", "xcomp"} and main.head.i != main.i:
            main = main.head
        for child in main.children:
            if child.dep_ in {"nsubj", "nsubjpass"} and child.i > clause.i:
                actor = self.who(child)
                return actor.ref if actor and self._is_person(actor) else None
        return None

    def _persons(self, start: int, end: int) -> list[Mention]:
        """Mentions of persons between two tokens, in order, one for each mention."""
        found = dict.fromkeys(m for i in range(start, end) if (m := self._mention.get(i)) is not None)
        return [m for m in found if self.kind(m.entity) is EntityKind.PERSON]

    def _is_subject(self, mention: Mention) -> bool:
        root = self.doc[self.tokens(mention.start, mention.end)[-1]]
        while root.dep_ in {"compound", "appos", "flat", "conj"} and root.head.i != root.i:
            root = root.head
        return root.dep_ in {"nsubj", "nsubjpass"}

    def _same_clause(self, mention: Mention, pronoun: Token) -> bool:
        """Whether a name is the subject of the very clause in which the pronoun is an object: "Doe met him"."""
        if pronoun.lower_ not in {"him", "her"} or pronoun.dep_ == "poss":
            return False
        root = self.doc[self.tokens(mention.start, mention.end)[-1]]
        return root.head.i == pronoun.head.i or root.head.i == pronoun.head.head.i

    def group(self, token: Token) -> list[Actor]:
        """The actors that "they", "both sides", "the leaders" or "Russian and Ukrainian negotiators" refer to.

        Leaders are the heads of state and government of the text, pronouns and numbers the persons named last; ministers,
        officials, delegations and sides stand for their states.
        """
        low, lemma = token.lower_, token.lemma_.lower()
        if self.entity(token) is not None and token.tag_ not in {"NNS", "NNPS"}:
            return []
        states = self._own_states(token) if low in _PAIRS or lemma in _COLLECTIVE or self._plural_office(token) else []
        if lemma in _LEADERS and token.tag_ in {"NNS", "NNPS"}:
            leaders = self._leaders(states)
            return [Actor(ref, token.i, safe=False) for ref in leaders]
        if states:
            return [Actor(state, token.i, safe=True) for state in states]
        if low not in _PAIRS or (low == "their" and token.dep_ != "poss"):
            return []
        if low in _STATES or lemma in _OFFICIALS:
            return [Actor(state, token.i, safe=False) for state in self.parties[:2]] if len(self.parties) > 1 else []
        same = self._they_who_said(token)
        if same:
            return same
        persons = self._named_before(token, self._number(token) or 2)
        return [Actor(ref, token.i, safe=False) for ref in persons]

    def _they_who_said(self, token: Token) -> list[Actor]:
        """ "Egypt and Qatar said they would": the subject of the verb above, where it is more than one."""
        clause = token.head
        if token.lower_ != "they" or clause.dep_ not in {"ccomp", "advcl"}:
            return []
        for subject in self.subjects(clause.head):
            if subject.i < token.i and subject.lower_ not in {"they", "he", "she"}:
                found = self.actors(subject) + [a for c in subject.children if c.dep_ == "appos" for a in self.actors(c)]
                if len({a.ref for a in found}) > 1:
                    return [Actor(a.ref, token.i) for a in found]
        return []

    def _plural_office(self, token: Token) -> bool:
        office = self._office.get(token.i)
        return office is not None and office.plural

    def _own_states(self, token: Token) -> list[Ref]:
        """The states named in a phrase: "negotiators from Japan and the United States", "Russian and Ukrainian officials"."""
        inside = [t for c in token.children if c.dep_ in {"amod", "compound", "nmod", "poss"} for t in c.subtree]
        inside += [t for c in token.children if c.dep_ == "prep" and c.lower_ in {"from", "of", "for"} for t in c.subtree]
        found = [r for t in inside if (r := self.entity(t)) is not None and self.kind(r) in {EntityKind.COUNTRY, EntityKind.BLOC}]
        office = self._office.get(token.i)
        if not found and office is not None and office.plural and office.country:
            found = [Ref(f"country/{office.country}")]
        return list(dict.fromkeys(found))

    def _leaders(self, states: list[Ref]) -> list[Ref]:
        """The heads of state and government of the text, of these states or of the two sides, one for each."""
        wanted = states or self.parties[:2]
        found: dict[Ref, Ref] = {}
        for office in self.mentions.offices:
            state = Ref(f"country/{office.country}")
            if office.holder is not None and mapping("offices").get(office.head) in {"head of state", "head of government"}:
                if self.kind(office.holder) is EntityKind.PERSON and (state in wanted or not states):
                    found.setdefault(state, office.holder)
        return list(dict.fromkeys(found.values()))[:2] if len(found) > 1 else wanted[:2]

    def _number(self, token: Token) -> int | None:
        numbers = {"two": 2, "both": 2, "three": 3, "four": 4, "pair": 2, "duo": 2, "trio": 3, "five": 5}
        if token.lower_ in numbers:
            return numbers[token.lower_]
        return next((numbers[c.lower_] for c in token.children if c.lower_ in numbers), None)

    def _named_before(self, token: Token, number: int) -> list[Ref]:
        """The last persons named before: a list of just so many joined by "and", else the nearest that many."""
        sent = token.sent
        spans = [(sent.start, token.i), *((s.start, s.end) for s in self._before(sent))]
        if number > 2:
            for start, end in spans:
                for mention in self._persons(start, end):
                    head = self.doc[self.tokens(mention.start, mention.end)[-1]]
                    joined = list(dict.fromkeys(a.ref for t in self.conjuncts(head) if (a := self.who(t)) and self._is_person(a)))
                    if len(joined) == number:
                        return joined
        seen: list[Ref] = []
        for start, end in spans:
            here = list(dict.fromkeys(m.entity for m in self._persons(start, end)))
            if len(here) >= number:
                return here[-number:] if start == sent.start else here[:number]
            seen = [*here, *(r for r in seen if r not in here)]
            if len(seen) >= number:
                return seen[:number]
        return []

    @cached_property
    def parties(self) -> list[Ref]:
        """The states of the talks: those that the persons of the text represent and that are named, most often first."""
        votes: dict[Ref, int] = {}
        for mention in self.mentions.mentions:
            state = self.state(mention.entity) if self.kind(mention.entity) is not EntityKind.PLACE else None
            if state is not None:
                votes[state] = votes.get(state, 0) + 1
        return sorted(votes, key=lambda ref: (-votes[ref], ref))

    # ------------------------------------------------------------ clauses
    def subjects(self, verb: Token) -> list[Token]:
        """The heads of what does the action of a verb, active or passive, also where it is left out ("came and met")."""
        passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
        if passive:
            return [p for agent in verb.children if agent.dep_ == "agent" for p in agent.children if p.dep_ == "pobj"]
        own = [c for c in verb.children if c.dep_ in _SUBJECTS]
        if own:
            if own[0].lower_ in {"who", "which", "that"} and verb.dep_ == "relcl":
                return [verb.head]
            return own
        if verb.dep_ in {"conj", "xcomp", "advcl", "pcomp"} and verb.head.i != verb.i:
            head = verb.head.head if verb.dep_ == "pcomp" or verb.head.pos_ == "ADP" else verb.head
            if head.pos_ in {"VERB", "AUX", "ADJ", "NOUN"} and head.i != verb.i:
                if head.pos_ in {"ADJ", "NOUN"} and head.head.pos_ in {"VERB", "AUX"} and head.dep_ in {"acomp", "attr", "dobj"}:
                    head = head.head
                return self._inherited(head)
        if verb.dep_ in {"acl"}:
            return [verb.head] if verb.tag_ == "VBG" else self._inherited(verb.head.head)
        return []

    def _inherited(self, verb: Token) -> list[Token]:
        subject = self.subjects(verb)
        return subject or [c for c in verb.children if c.dep_ == "nsubjpass"]

    def objects(self, verb: Token) -> list[Token]:
        """The heads of what the action of a verb is done to, active or passive."""
        passive = [c for c in verb.children if c.dep_ == "nsubjpass"]
        if passive:
            return [verb.head] if passive[0].lower_ in {"who", "which", "that", "whom"} and verb.dep_ == "relcl" else passive
        if any(c.dep_ == "auxpass" for c in verb.children) and verb.dep_ == "xcomp":  # "is to be signed"
            return self._inherited(verb.head)
        found = [c for c in verb.children if c.dep_ in _OBJECTS]
        if not found and verb.dep_ == "acl" and verb.tag_ == "VBN":
            return [verb.head]
        return found

    def prepositions(self, head: Token, *names: str) -> list[Token]:
        """The heads of the phrases that hang on a word by one of these prepositions: "with Doe", "between Doe and Roe"."""
        return [
            p for c in head.children if c.dep_ in {"prep", "agent", "dative"} and c.lower_ in names
            for p in c.children if p.dep_ in {"pobj", "pcomp"}
        ]  # fmt: skip

    def person_before(self, token: Token) -> Actor | None:
        """The last person named before a token in its sentence."""
        persons = self._persons(token.sent.start, token.i)
        return Actor(persons[-1].entity, self.tokens(persons[-1].start, persons[-1].end)[0], safe=False) if persons else None

    def protagonist(self, before: Token) -> Actor | None:
        """The person whom the article names or refers to most often, with the last words for him or her before a token."""
        votes: dict[Ref, int] = {}
        for mention in self.mentions.mentions:
            if self.kind(mention.entity) is EntityKind.PERSON:
                votes[mention.entity] = votes.get(mention.entity, 0) + 1
        ranked = sorted(votes, key=lambda ref: (-votes[ref], ref))
        if not ranked or (len(ranked) > 1 and votes[ranked[0]] == votes[ranked[1]]):
            return None
        own = [m for m in self.mentions.mentions if m.entity == ranked[0] and m.start < before.idx]
        return Actor(ranked[0], self.tokens(own[-1].start, own[-1].end)[0], safe=False) if own else None

    @cached_property
    def two_sides(self) -> list[Ref]:
        """The two states of the talks, where the article speaks of two far more than of any third."""
        votes = {r: sum(self.state(m.entity) == r for m in self.mentions.mentions if self.kind(m.entity) is not EntityKind.PLACE)
                 for r in self.parties[:3]}  # fmt: skip
        first = self.parties[:3]
        clear = len(first) == 2 or (len(first) == 3 and votes[first[2]] * 2 <= votes[first[1]])
        return first[:2] if clear else []

    @cached_property
    def about_talks(self) -> bool:
        """Whether the article speaks of talks or negotiations at all, so that "the third round" is one of these."""
        return any(t.lower_ in {"talks", "negotiations", "negotiators", "negotiator", "negotiation"} for t in self.doc)

    # ------------------------------------------------------------ times
    def times(self, sent: Span) -> list[Time]:
        """The time expressions of a sentence, in order."""
        return [t for t in self.mentions.times if sent.start_char <= t.start < sent.end_char]

    def is_time(self, token: Token) -> bool:
        """Whether a token is part of a time expression."""
        return any(t.start <= token.idx < t.end for t in self.mentions.times)

    def last_place(self, before: Token) -> Token | None:
        """The last place named before a token: what "there" stands for."""
        for i in range(before.i - 1, max(before.i - 120, -1), -1):
            mention = self._mention.get(i)
            if mention is not None and self.kind(mention.entity) is EntityKind.PLACE:
                return self.doc[i]
        return None

    def last_subject(self, before: Token) -> Actor | None:
        """The person who was the subject of the sentence before, with the words there."""
        for span in self._before(before.sent)[:2]:
            subjects = [m for m in self._persons(span.start, span.end) if self._is_subject(m)]
            if subjects:
                return Actor(subjects[0].entity, self.tokens(subjects[0].start, subjects[0].end)[0], safe=False)
        return None

    def is_minutes(self, token: Token) -> bool:
        """Whether a token is part of a duration in hours or minutes."""
        return any(t.start <= token.idx < t.end and t.minutes is not None for t in self.mentions.times)

    def day_before(self, offset: int, *, sentences: int = 6) -> Time | None:
        """The last day named before an offset in the same sentence or the few before it, else the only one of the sentence.

        Never a day after the report.
        """
        here = self.token(offset).sent
        n = next((k for k, s in enumerate(self.sentences) if s.start == here.start), 0)
        first = self.sentences[max(0, n - sentences)].start_char
        published = self.document.published or "9999"
        told = [t for t in self.mentions.times if first <= t.start < here.end_char and t.date and len(t.date) == 10 and t.date <= published]
        before = [t for t in told if t.start < offset]
        same = {t.date for t in told if t.start >= here.start_char}
        return before[-1] if before else told[0] if len(same) == 1 else None

    def last_day(self, *, before: int) -> str | None:
        """The last day named before an offset, as the text counts "a day after" from it."""
        days = [t.date for t in self.mentions.times if t.start < before and t.date is not None and len(t.date) == 10]
        return days[-1] if days else self.document.published

    def span_of(self, i: int) -> tuple[int, int]:
        """The characters of the mention that a token belongs to, or of the token."""
        mention, token = self._mention.get(i), self.doc[i]
        return (mention.start, mention.end) if mention else (token.idx, token.idx + len(token))

    def words(self, sent: Span, words: tuple[int, int], rule: str) -> Evidence:
        """The sentence as evidence for words given by their characters; words of another sentence bring that sentence."""
        if not sent.start_char <= words[0] < sent.end_char:
            sent = self.token(words[0]).sent
        bounds = self._bounds(sent) or (sent.start_char, sent.end_char)
        return Evidence(self.document.id, *bounds, words, rule)

    @staticmethod
    def capital(code: str) -> str | None:
        """The seat of government of a state."""
        return next((row[0] for row in table("capitals") if row[1] == code), None)

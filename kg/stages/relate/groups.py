"""Who is meant by a phrase for several: "they", "both sides", "the leaders", "Russian and Ukrainian negotiators"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import mapping, members
from kg.model import EntityKind, Ref
from kg.stages.relate.clauses import SUBJECTS
from kg.stages.relate.listed import counted
from kg.stages.relate.named import OF_RANK, PAIR, Named
from kg.stages.relate.passages import once
from kg.stages.relate.references import Actor

if TYPE_CHECKING:

    from kg.model import Office
    from kg.tokens import Token


_EACH = frozenset({"each", "all", "either"})
_GATHER = frozenset({"meet", "gather", "convene", "reconvene", "negotiate", "hold"})


class Groups(Named):
    """Groups of actors, and the sides of the talks."""

    @once(list[Actor])
    def actors(self, token: Token) -> list[Actor]:
        """All actors of a noun phrase and what is joined to it by "and", in order; groups ("the two", "they") too."""
        found: list[Actor] = []
        for head in map(counted, self.conjuncts(token)):
            if head.lower_ in _EACH:  # "each of the two leaders"
                found.extend(a for of in self.prepositions(head, "of") for a in self.actors(of))
                continue
            if (named := self._named_behind(head) or self.spelled_out(head, self._how_many(head))):
                found.extend(named)
                continue
            actor = self._head_actor(head)
            joint = head.lemma_.lower() in members("group_words", "collective") and len(self.own_states(head)) > 1
            if joint and actor is not None and not self.is_person(actor):  # "the Thai-Cambodian committee"
                found.extend(self.group(head, joint=True))
            elif actor is not None:
                found.append(actor)
            else:
                found.extend(self.group(head))
        return list(dict.fromkeys(found))

    def group(self, token: Token, *, joint: bool = False) -> list[Actor]:
        """The actors that "they", "both sides", "the leaders" or "Russian and Ukrainian negotiators" refer to.

        Leaders are the heads of state and government of the text, pronouns and numbers the persons named last;
        ministers, officials, delegations and sides stand for their states.
        """
        low, lemma = token.lower_, token.lemma_.lower()
        lemma = lemma[:-1] if token.tag_ == "NNPS" and lemma == low else lemma  # "the Ministers"
        several, plural = low in members("group_words", "several"), token.tag_ in {"NNS", "NNPS"}
        if (self.entity(token) is not None and not (plural or joint)) or self._of_others(token, lemma):
            return []
        collective = several or lemma in members("group_words", "collective") or self._plural_office(token)
        states = self.own_states(token) if collective else []
        if lemma in members("group_words", "leader") and plural and not any(self.is_movement(s) for s in states):
            leaders = self._pair_before(token, states) or self._leaders(token, states)
            if not states and leaders == self.likely_sides[:PAIR]:  # told without an office: "Peru's Doe met"
                named = self._named_before(token, PAIR, self._doing(token))
                both = len({self.state(ref) for ref in named} - {None}) == PAIR
                leaders = named if both and self._how_many(token) in {None, PAIR} else leaders
            return [Actor(ref, token.i, safe=False) for ref in leaders]
        if states:
            holders = self._two_of_one(token, lemma, states)
            return [Actor(ref, token.i, safe=not holders) for ref in holders or states]
        for of in self.prepositions(token, "of", "from") if collective and plural else ():
            if of.lower_ in members("group_words", "states"):  # "technicians of both countries"
                return self.group(of)
        if not several or (low == "their" and token.dep_ != "poss"):
            return []
        many = self.powers if low in {"powers", "six"} or self._how_many(token) == len(self.powers) else []
        if (holders := many or self._holders(token, lemma)):
            return [Actor(ref, token.i, safe=False) for ref in holders]
        of_two = lemma in members("group_words", "official") and self._how_many(token) in {None, PAIR}
        if low in members("group_words", "states") or of_two:
            sides = self.so_many(self._how_many(token)) or self.likely_sides
            return [Actor(state, token.i, safe=False) for state in sides] if len(self.parties) > 1 else []
        doing = self._doing(token) if low not in {"their", "themselves"} else set()
        if low in {"guests", "visitors"} and (main := self._told_most(token, doing)):
            return [Actor(ref, token.i, safe=False) for ref in main]
        found = self._they_who_said(token)
        if found or (told := self._told_of_before(token)):
            return found or told
        named = self._named_before(token, self._how_many(token) or 2, doing)
        return [Actor(ref, token.i, safe=False) for ref in named]

    def _of_others(self, token: Token, lemma: str) -> bool:
        """As in "business leaders", "union heads": of no state."""
        if lemma not in members("group_words", "leader"):
            return False
        kind = (c for c in token.children if c.dep_ in {"compound", "amod", "nmod"} and self.entity(c) is None)
        return any(c.lower_ in members("group_words", "of others") for c in kind) and not self.own_states(token)

    def _holders(self, token: Token, lemma: str) -> list[Ref]:
        """As in "the ministers": one of each of two states that the text has named with such an office before."""
        around = {c.lower_ for c in token.children}
        if lemma not in OF_RANK or not around & {"the", "two", "both"}:
            return []
        doing = self._doing(token)  # "will receive the two ministers"
        told = self._of_rank(token, lemma, pair=bool(around & {"two", "both"}))
        found = {state: holder for state, holder in told.items() if holder not in doing}
        ours = [holder for state, holder in found.items() if len(found) == PAIR or state in self.two_sides]
        if len(ours) == PAIR or any(c.dep_ in {"compound", "amod"} for c in token.children):
            return ours if len(ours) == PAIR else []
        if lemma in {"negotiator", "envoy"} and around & {"two", "both"}:  # led by two whose posts bear other names
            named = self._named_before(token, PAIR, doing)
            return named if {self.state(ref) for ref in named} == set(self.two_sides) else []
        alike = self._of_rank(token, lemma, pair=True)  # "the ministers" are a minister and a secretary of state
        return list(alike.values()) if len(alike) == PAIR else self._only_two(token, lemma)

    def _two_of_one(self, token: Token, lemma: str, states: list[Ref]) -> list[Ref]:
        """As in "the two Brazilian ministers": the only two of that state named with such an office before."""
        if len(states) > 1 or lemma not in OF_RANK or not {c.lower_ for c in token.children} & {"two", "both"}:
            return []
        own = self._office.get(token.i)
        offices = (o for o in self.mentions.offices if o.start < token.idx and o.status != "Former")
        alike = (o.holder for o in offices if o.holder is not None and self._alike(o, own, lemma, pair=True))
        held = (ref for ref in alike if self.kind(ref) is EntityKind.PERSON and self.state(ref) == states[0])
        found = list(dict.fromkeys(held))
        return found if len(found) == PAIR else []

    def _only_two(self, token: Token, lemma: str) -> list[Ref]:
        """The two persons of a text that has named no other, unless their offices are others or their state is one."""
        named = list(dict.fromkeys(m.entity for m in self.persons_between(0, token.i)))
        held = (o for o in self.mentions.offices if o.holder in named and o.status != "Former")
        apart = len({self.state(ref) or ref for ref in named}) == len(named) == PAIR
        return named if apart and all(self._alike(o, None, lemma, pair=True) for o in held) else []

    def _of_rank(self, token: Token, lemma: str, *, pair: bool) -> dict[Ref, Ref]:
        """The first holder of such an office that the text has named before, for each state."""
        found: dict[Ref, Ref] = {}
        for office in self.mentions.offices:
            holder = office.holder
            if office.start > token.idx or holder is None or office.status == "Former":
                continue
            state = self.state(holder)
            fits = self._alike(office, self._office.get(token.i), lemma, pair=pair)
            if fits and state is not None and self.kind(holder) is EntityKind.PERSON:
                found.setdefault(state, holder)
        return found

    @staticmethod
    def _alike(office: Office, own: Office | None, lemma: str, *, pair: bool) -> bool:
        """Whether somebody with an office is one of "the ministers", "the two prime ministers"."""
        ranks = mapping("offices")
        if own is not None and own.head == "prime minister":
            return office.head == own.head
        if pair and lemma == "minister" and ranks.get(office.head) == "minister":
            return True  # "the two ministers" are a foreign minister and a secretary of state
        heads = {own.head if own is not None else lemma, OF_RANK[lemma]}
        return office.head in heads or ("prime" not in office.head and any(h in office.head for h in heads))

    def _they_who_said(self, token: Token) -> list[Actor]:
        """As in "Egypt and Qatar said they would": the subject of the verb above, where it is more than one.

        Also "Doe and Roe, her envoy, flew to Geneva, where they met Poe".
        """
        clause = token.head
        if token.lower_ != "they" or clause.dep_ not in {"ccomp", "advcl", "relcl"}:
            return []
        where = clause.dep_ == "relcl"
        above = next((t for t in clause.ancestors if t.pos_ in {"VERB", "AUX"}), clause) if where else clause.head
        for subject in self.subjects(above):
            if (subject.i < token.i or clause.dep_ == "advcl") and subject.lower_ not in {"they", "he", "she"}:
                apposed = (c for c in subject.children if c.dep_ == "appos")
                found = self.actors(subject) + [a for c in apposed for a in self.actors(c)]
                several = len({a.ref for a in found}) > 1 or subject.tag_ == "NNS"  # "the bloc's leaders ... they"
                if found and several:
                    return [Actor(a.ref, token.i) for a in found]
        return []

    def _told_of_before(self, token: Token) -> list[Actor]:
        """As in "The presidents ran into each other in May. They spoke": the last subject that names several."""
        number = self._how_many(token)
        if token.dep_ not in SUBJECTS or not (token.lower_ == "they" or number == PAIR):
            return []
        if self.persons_between(token.sent.start, token.i):
            return []
        for sent in self.sentences_before(token.sent, 1):
            for head in reversed(sent):
                joined = any(c.dep_ == "conj" for c in head.children) or head.tag_ in {"NNS", "NNPS"}
                if head.dep_ in SUBJECTS and joined and head.i < token.i:
                    found = [a for a in self.actors(head) if self.is_person(a)]
                    named = self.entity(head) is not None or len(self.own_states(head)) > 1
                    named = named and token.head.lemma_ in _GATHER
                    if not found and named and not self.persons_between(sent.start, sent.end):
                        found = [a for a in self.actors(head) if self.state(a.ref) == a.ref]  # "envoys of both states"
                    if len({a.ref for a in found}) == (number or len(found)) and len(found) > 1:
                        return [Actor(a.ref, token.i, safe=False) for a in found]
        return []

    def _plural_office(self, token: Token) -> bool:
        """Whether a token is part of an office phrase in the plural."""
        office = self._office.get(token.i)
        return office is not None and office.plural

    def own_states(self, token: Token) -> list[Ref]:
        """The states named in a phrase: "negotiators from Japan and the United States", "Russian officials"."""
        inside = [t for c in token.children if c.dep_ in {"amod", "compound", "nmod", "poss"} for t in c.subtree]
        behind = [c for c in token.children if c.dep_ == "prep" and c.lower_ in {"from", "of", "for"}]
        inside += [t for c in behind for t in c.subtree]
        named = [r for t in inside if (r := self.entity(t)) is not None]
        found = [r for r in named if self.state(r) == r]
        if not found:  # "officials from the European Commission"
            bodies = (r for t in behind for b in t.subtree if (r := self.entity(b)) is not None)
            found = [s for r in bodies if self.kind(r) is EntityKind.ORGANIZATION and (s := self.state(r)) is not None]
        office = self._office.get(token.i)
        there = self.prepositions(token, "in") and self._how_many(token)  # "the two ministers in Rome"
        if not found and office is not None and office.plural and office.country and not there:
            found = [Ref(f"country/{office.country}")]
        return list(dict.fromkeys(found))

    def _named_behind(self, token: Token) -> list[Actor]:
        """Those named behind their office, one for each state: "the presidents of Peru and Chile, Doe and Roe"."""
        states = self.own_states(token) if token.tag_ in {"NNS", "NNPS"} else []
        number = self._how_many(token) if token.tag_ in {"NNS", "NNPS"} else None
        if len(states) < PAIR and (number is None or self.doc[token.i + 1 : token.i + 2].text != ","):
            return []
        last = token.right_edge.i + 1
        if last < token.sent.end and self.doc[last].text == ",":  # which the parse may hang elsewhere
            last = token.sent.end
        behind = self.doc[token.i + 1 : last]
        end = next((t.i for t in behind if t.pos_ in {"VERB", "AUX", "PRON", "SCONJ"} or t.text == ";"), last)
        named = self.persons_between(token.i + 1, end)
        if len(states) < PAIR:  # "the two leaders, Doe and Roe,"
            only = len(named) == number and end < token.sent.end and self.doc[end - 1].text != "and"
            return [Actor(m.entity, self.tokens(m.start, m.end)[0]) for m in named] if only else []
        serving = [self.state(m.entity) for m in named]
        if len(named) != len(states) or any(a not in {None, b} for a, b in zip(serving, states, strict=True)):
            return []
        known = set(serving)
        unsaid = [Actor(state, token.i) for state in states if state not in known]
        return [Actor(m.entity, self.tokens(m.start, m.end)[0]) for m in named] + unsaid

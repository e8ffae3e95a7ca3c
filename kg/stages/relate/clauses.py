"""Who does what to whom by the parse tree, active and passive alike. A clause is named by its verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members
from kg.stages.relate.verb_forms import REPORTING

if TYPE_CHECKING:

    from kg.tokens import Token


_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NAMING = frozenset({"PROPN", "NOUN", "ADJ", "DET", "CCONJ"})
_OBJECTS = frozenset({"dobj", "obj", "dative"})
SUBJECTS = frozenset({"nsubj", "csubj"})
_CONTROL = frozenset({"urge", "ask", "tell", "order", "press", "persuade", "instruct", "direct", "advise", "encourage",
                      "convince", "beg", "push", "send", "dispatch", "task", "appoint", "invite", "allow", "authorise",
                      "authorize", "force", "implore", "exhort"})  # fmt: skip


def _above(verb: Token) -> Token | None:
    """The clause from which a verb without a subject takes it: "[came] and met", "[was ready] to meet"."""
    head = verb.head.head if verb.dep_ == "pcomp" or verb.head.pos_ == "ADP" else verb.head
    if head.dep_ == "npadvmod" and verb.dep_ == "pcomp":
        head = head.head  # "left, a day after seeing Doe"
    if head.pos_ not in {"VERB", "AUX", "ADJ", "NOUN"} or head.i == verb.i:
        return None
    predicate = head.pos_ in {"ADJ", "NOUN"} and head.dep_ in {"acomp", "attr", "dobj"}
    return head.head if predicate and head.head.pos_ in {"VERB", "AUX"} else head


def _told_before(verb: Token) -> Token | None:
    """As in "Doe will travel, an official said, and is likely to see Roe": what is told goes on behind who tells it."""
    says = verb.head
    if verb.dep_ != "conj" or says.lemma_ not in REPORTING or verb.lemma_ in REPORTING:
        return None
    if says.dep_ == "parataxis" and says.head.i < says.i:
        return says.head
    return next((c for c in says.children if c.dep_ == "ccomp" and c.i < says.i), None)


def _before_others(subjects: list[Token], verb: Token) -> list[Token]:
    """Of several subjects those that stand before the verb, if any does."""
    before = [s for s in subjects if s.i < verb.i]
    return before or subjects


def _cut_off(name: Token, verb: Token) -> bool:
    """Whether a name is parted from its verb by words of who says so: "Doeland, he added, will"."""
    said = next((c for c in verb.children if c.dep_ in {"parataxis", "ccomp"} and name.i < c.i < verb.i), None)
    behind = said is not None and name.doc[name.i + 1].text == ","
    return name.pos_ == "PROPN" and name.ent_type_ not in {"DATE", "TIME"} and behind and said is not None


def _misplaced(verb: Token) -> list[Token]:
    """The subject that the parse joined to what stands before a comma: "In Rome, [Peru and Chile] agreed"."""
    if verb.dep_ not in {"ROOT", "ccomp"}:
        return []
    aux = [c for c in verb.children if c.dep_ in {"aux", "auxpass"} and c.i < verb.i]
    if verb.tag_ not in _FINITE and not any(c.tag_ in _FINITE | {"MD"} for c in aux):
        return []
    last = min((verb, *aux), key=lambda t: t.i).i
    first = last
    while first > verb.sent.start and verb.doc[first - 1].pos_ in _NAMING:
        first -= 1
    if first == last or verb.doc[first - 1].text != "," or first == verb.sent.start:
        return []
    heads = [t for t in verb.doc[first:last] if t.dep_ in {"pobj", "conj", "nmod", "dobj"} and t.head.i < first]
    heads += [t for t in verb.doc[last - 1 : last] if t.dep_ == "pobj" and t.head.i < first]
    return [t for t in heads if t.pos_ == "PROPN"][:1]


def _subjects_before(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in SUBJECTS and c.i < verb.i]


def told_next(verb: Token) -> bool:
    """As in "first saw Doe, then met Roe": what was done next, which the parse takes for what is told."""
    before = verb.nbor(-1) if verb.i > verb.sent.start else verb
    return (
        verb.dep_ in {"ccomp", "dep"} and verb.tag_ == "VBD" and verb.head.i < verb.i and verb.head.tag_ == "VBD"
        and (before.text == "," or before.lower_ in {"then", "later"}) and not _subjects_before(verb)
    )  # fmt: skip


def done_by(verb: Token) -> bool:
    """Whether a bare participle says by whom it was done: "Received by Roe"; not "Having spoken by phone"."""
    bare = verb.dep_ in {"acl", "advcl"} and verb.tag_ == "VBN" and not any(c.dep_ == "aux" for c in verb.children)
    agents = (p for c in verb.children if c.dep_ == "agent" for p in c.children)
    return bare and any(p.lower_ not in members("event_company", "by phone") for p in agents)


def whole(name: Token) -> Token:
    """The head of the phrase or list that a name is part of: "the minister, Jane [Doe]", "Doe and [Roe]"."""
    while name.dep_ in {"compound", "appos", "flat", "conj"} and name.head.i != name.i:
        name = name.head
    return name


def opened_by(his: Token) -> Token | None:
    """The verb behind a phrase or participle with "his" that opens its sentence: "After his visit, Doe [said]"."""
    prep, verb = his.head.head, his.head.head
    if his.head.dep_ == "pobj":
        verb = prep.head
    if verb.dep_ == "advcl" and verb.tag_ in {"VBN", "VBG"} and not any(c.dep_ in SUBJECTS for c in verb.children):
        prep, verb = verb.left_edge, verb.head
    elif his.head.dep_ != "pobj":
        return None
    first = not any(t.is_alpha for t in his.doc[his.sent.start : prep.i])
    return verb if first and verb.pos_ == "VERB" else None


def _bare_opener(verb: Token) -> bool:
    """Whether a bare participle opens a sentence: "Signed in Lima, the pact ..."."""
    below = {c.dep_ for c in verb.children}
    bare = verb.tag_ == "VBN" and not below & {"aux", "auxpass", "dobj", "nsubj", "nsubjpass", "mark"}
    return bare and verb.dep_ == "advcl" and verb.left_edge.is_sent_start is True and verb.i < verb.head.i


def _controls(verb: Token) -> bool:
    """As in "urged [Doe] to meet Roe", "sent Doe to see Roe": who is to act is the object of the verb above."""
    return infinitive_of(verb) and verb.dep_ in {"xcomp", "advcl"} and verb.head.lemma_ in _CONTROL


def infinitive_of(verb: Token) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


class Clauses:
    """Questions about the tree around a token."""

    def subjects(self, verb: Token) -> list[Token]:
        """The heads of what does the action of a verb, active or passive, also left out ("came and met")."""
        passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
        if passive or done_by(verb):
            agents = (c for c in verb.children if c.dep_ == "agent")
            return [p for agent in agents for p in agent.children if p.dep_ == "pobj"]
        if told_next(verb):
            return self.subjects(verb.head)
        own = _before_others([c for c in verb.children if c.dep_ in SUBJECTS], verb)
        if not own and verb.tag_ in {"VBD", "VBZ", "VBP"}:  # "Doe returns": taken for a compound
            own = [c for c in verb.children if c.dep_ in {"compound", "nmod"} and c.pos_ == "PROPN" and c.i < verb.i]
        if not own and verb.pos_ in {"VERB", "AUX"}:  # "But Doeland, he added, will never give in"
            own = [c for c in verb.children if c.dep_ in {"npadvmod", "dep"} and _cut_off(c, verb)]
        own = own or _misplaced(verb)
        if own:
            relative = own[0].lower_ in {"who", "which", "that"} and verb.dep_ == "relcl"
            return [self.antecedent(verb)] if relative else own
        if verb.dep_ in {"conj", "xcomp", "advcl", "pcomp"} and verb.head.i != verb.i:
            above = _told_before(verb) or _above(verb)
            passive = verb.dep_ == "pcomp" and verb.head.lower_ == "as" and above is not None
            if passive and above is not None and any(c.dep_ == "auxpass" for c in above.children):
                return [c for c in above.children if c.dep_ == "nsubjpass"][-1:]  # "Doe was quoted by Roe as saying"
            told = [c for c in verb.head.children if c.dep_ == "dobj" and c.i < verb.i] if _controls(verb) else []
            return told or (self._inherited(above) if above is not None else [])
        infinitive = verb.dep_ == "relcl" and infinitive_of(verb)
        if verb.dep_ == "acl" or infinitive:  # "negotiators meeting in Rome", "found time to see Doe"
            root = verb.sent.root
            if infinitive_of(verb) and verb.head == root and root.tag_ == "NNS":  # "Doe plans to meet", a noun
                return [c for c in root.children if c.dep_ in {"compound", "nmod"} and c.pos_ == "PROPN"][-1:]
            if verb.head.dep_ == "conj" and root.pos_ in {"PROPN", "NOUN"} and verb.head in root.subtree:
                return [root]  # "Doe and Roe, the minister, parted": a sentence without another verb
            whose = [c for c in verb.head.children if c.dep_ == "poss"] + self.prepositions(verb.head, "by")
            if whose and verb.tag_ == "VB" and verb.head.pos_ == "NOUN":
                return whose[:1]  # "Doe's offer to fly to Lima", "a decision by Doe to go"
            itself = verb.tag_ in {"VBG", "VBD"}  # "officials, among them Doe, called on Roe": taken for a participle
            above = verb.head.head  # "stayed in order to see Doe"
            return [verb.head] if itself else self._inherited(above.head if above.pos_ == "ADP" else above)
        return []

    def antecedent(self, verb: Token) -> Token:
        """What "who" or "which" stands for in a relative clause: the word that it hangs on."""
        return verb.head

    def _inherited(self, verb: Token) -> list[Token]:
        """The subject of a verb, or what it is done to where nobody is named."""
        subject = self.subjects(verb) or [c for c in verb.children if c.dep_ == "nsubjpass"]
        if verb.dep_ == "relcl" and any(s.lower_ in {"which", "that", "who"} for s in subject):
            return [self.antecedent(verb)]  # "a pact which is due to be signed"
        return subject

    def objects(self, verb: Token) -> list[Token]:
        """The heads of what the action of a verb is done to, active or passive."""
        passive = [c for c in verb.children if c.dep_ == "nsubjpass"]
        if passive:
            relative = passive[0].lower_ in {"who", "which", "that", "whom"} and verb.dep_ == "relcl"
            return [self.antecedent(verb)] if relative else passive
        # As in "is (due) to be signed", "said so after being received", "came and was received".
        below = verb.dep_ in {"xcomp", "pcomp", "conj", "advcl"}
        if below and (done_by(verb) or any(c.dep_ == "auxpass" for c in verb.children)):  # "Received by Roe, Doe said"
            above = _above(verb)
            return self._inherited(above) if above is not None else []
        if _bare_opener(verb):
            return self._inherited(verb.head)  # "Signed in Lima on Friday, the pact ends a dispute"
        found = [c for c in verb.children if c.dep_ in _OBJECTS]
        if verb.dep_ in {"relcl", "acl"} and len(found) == 1 and found[0].lower_ in {"that", "which", "whom"}:
            return [self.antecedent(verb)]  # "the pact that Peru and Chile signed"
        if not found:  # "rang first Doe, then Roe": the parse takes the object for a second subject
            every = [c for c in verb.children if c.dep_ in SUBJECTS]
            found = every if told_next(verb) else [c for c in every if c not in _before_others(every, verb)]
        if not found and verb.dep_ == "acl" and verb.tag_ == "VBN":
            return [verb.head]
        return found

    def prepositions(self, head: Token, *names: str) -> list[Token]:
        """The heads of the phrases that hang on a word by one of these prepositions: "with Doe", "between Doe and"."""
        behind = [c for c in head.children if c.dep_ in {"prep", "agent", "dative"}]
        if not behind:
            return []
        told = [c for c in behind if c.lower_ in names]
        told += [t for c in behind if c not in told for t in c.children if t.dep_ == "conj" and t.lower_ in names]
        for prep in told:  # "with Doe, with Roe and with Poe": each hangs on the one before
            told += [c for c in prep.children if c.lower_ == prep.lower_ and c.dep_ in {"prep", "conj"}]
        return [p for prep in told for p in prep.children if p.dep_ in {"pobj", "pcomp"}]

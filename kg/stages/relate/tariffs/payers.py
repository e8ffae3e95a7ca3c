"""Who bears a tariff: the subject of "face", "pay", "are charged", as a list of goods and states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.goods.lists import listing
from kg.stages.relate.goods.meant import is_kind
from kg.stages.relate.goods.phrases import Listing
from kg.stages.relate.goods.products import state_at
from kg.stages.relate.tariffs.states import state_of
from kg.stages.relate.tariffs.verbs import is_firm
from kg.stages.relate.tariffs.words import RATE_NOUNS, is_tariff, verb_class

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_REST = frozenset({"rest", "other", "everything", "remainder", "anything", "else"})
_LISTED = frozenset({"NOUN", "PROPN", "ADJ", "CCONJ"})
_INNER = frozenset({",", "-", "‑", "of", "from", "'s", "’s"})
_EDGES = frozenset({",", "and", "or", "but", "of", "from"})
_MAKERS = frozenset({"mill", "sawmill", "producer", "maker", "manufacturer", "smelter", "refiner", "exporter"})
_PARTS = frozenset({"both", "all", "most", "some", "many", "each"})
_INHERITS = frozenset({"conj", "xcomp", "acl", "advcl", "acomp", "pcomp", "prep"})


class Payers:
    """Reads who pays in a sentence; tokens of percentages end every list."""

    def __init__(self, text: Text, sent: Span, barred: frozenset[int]) -> None:
        self.text, self.sent, self._barred = text, sent, barred
        self.leading = False  # whether the goods of the list being read stand before their rates

    def listing(self, start: int, stop: int) -> Listing:
        """A list of goods and states between two tokens."""
        return listing(self.text, start, stop, self._barred) if start < stop else Listing()

    def ending(self, stop: int) -> Listing:
        """The list of goods and states that ends before a token: "steel and copper" in "steel and copper, on which"."""
        doc, end = self.text.doc, stop
        while end > self.sent.start and doc[end - 1].text in {",", "(", "–", "—"}:
            end -= 1
        start = end
        while start > self.sent.start and start - 1 not in self._barred:
            token = doc[start - 1]
            if token.pos_ not in _LISTED and token.lower_ not in _INNER:
                break
            start -= 1
        while start < end and doc[start].lower_ in _EDGES:
            start += 1
        return self.listing(start, end)

    def payers(self, verb: Token | None) -> Listing:
        """The subject of "face", "pay", "are charged" as a list of goods and states."""
        if verb is None:
            return Listing()
        head = verb if verb.pos_ in {"VERB", "AUX"} else verb.head
        subject = next((c for c in head.children if c.dep_ in _SUBJECTS), None)
        for _ in range(3):
            if subject is not None or head.head.i == head.i or head.dep_ not in _INHERITS:
                break
            head = head.head
            subject = next((c for c in head.children if c.dep_ in _SUBJECTS), None)
        if subject is None and head.dep_ == "acl" and head.tag_ == "VBN":  # "Switzerland, hit with 39 percent"
            return self.listing(head.head.left_edge.i, head.head.i + 1)
        if subject is None and head.pos_ == "VERB" and "pay" in verb_class(head):
            return self._before(head)
        if subject is None or is_tariff(subject) or subject.lower_ in RATE_NOUNS:
            return Listing()  # "the present rate remains"
        whose = next((c for c in subject.children if c.lower_ == "whose"), None)
        owned = self._whose(head, whose, subject) if whose is not None else Listing()
        if owned:
            return owned
        of = next((c for c in subject.children if c.lower_ == "of"), None)
        if subject.lower_ in _PARTS and of is not None and any(c.lower_ == "which" for c in of.children):
            return self.ending(subject.i)  # "steel and aluminum, both of which carry a duty of 50 percent"
        if subject.lower_ in {"which", "that", "who"}:
            return self._antecedent(head, subject)
        return self._subject(head, subject)

    def taxed_in(self, clause: Token) -> Listing:
        """What a relative clause says is taxed: "tin, which Peru taxes at 50 percent", "Chad, whose goods it taxes"."""
        if clause.dep_ != "relcl":
            return Listing()
        span = self.text.doc[clause.head.i + 1 : clause.i]
        whose = next((t for t in span if t.lower_ == "whose" and t.head.dep_ in {"dobj", "nsubj"}), None)
        if whose is not None:
            return self._whose(clause, whose, whose.head)
        pronoun = next((t for t in span if t.lower_ in {"which", "that"}), None)
        return self._antecedent(clause, pronoun) if pronoun is not None else Listing()

    def _whose(self, verb: Token, whose: Token, subject: Token) -> Listing:
        """As in "the Japanese, whose vehicles now pay 15 percent": the goods of the state before the clause."""
        before = whose.nbor(-1 - (whose.nbor(-1).text == ",")) if whose.i > 1 else whose
        owners = [t for t in (verb.head, before) if self.text.entity(t) is not None and t.nbor(-1).pos_ != "PROPN"]
        owner = next((n for t in owners if (n := state_of(self.text, t)) is not None), None)
        if owner is None or verb.dep_ != "relcl":  # none for "makers of East London, whose vehicles"
            return Listing()
        found = self.listing(whose.i + 1, subject.i + 1)
        for goods in found.goods:
            goods.states = [owner]
        found.states = found.states if found.goods else [owner]
        return found

    def _subject(self, head: Token, subject: Token) -> Listing:
        """The subject of a verb as a list of goods and states."""
        shipped = self._shipped(subject)
        if shipped is not None:
            return shipped
        if subject.lower_ in {"it", "they"}:
            found = self.listing(self.sent.start, subject.i)
            return found if any(g.concept for g in found.goods) or found.states else Listing()
        start = subject.left_edge.i
        while start < subject.i:
            token = self.text.doc[start]
            if token.lower_ not in {",", "from", "on", "since"} and not self.text.is_time(token):
                break
            start += 1
        if subject.i in self._barred and subject.nbor(1).lower_ == "of":
            start = subject.i + 2  # "80% of Indonesian exports"
        end = subject.right_edge.i + 1 if subject.right_edge.i < head.i else head.i
        found = self.listing(start, max(subject.i + 1, min(head.i, end)))
        if not any(g.concept for g in found.goods):  # else "canola oil and meal": what is listed with goods is goods
            found.goods = [g for g in found.goods if g.generic or g.states or is_kind(g)]
        found = found if found or found.described or found.pair else self._before(head)
        clauses = (c for c in subject.subtree if c.dep_ == "relcl" and c.i < head.i)
        found.described |= any(t.lower_ == "we" for c in clauses for t in c.children)  # "the oranges that we ship"
        rest = subject.lemma_.lower() in _REST
        firm = subject.pos_ == "PROPN" and is_firm(self.text, subject)
        before = subject.nbor(-1) if subject.i else subject
        if firm and before.pos_ == "PROPN" and before.text[:1].isupper() and state_at(self.text, before.i) is None:
            found.goods = [g for g in found.goods if not g.start <= subject.idx < g.end]  # "West Fraser Timber"
        firm = firm and not found.goods
        found.maker = firm or subject.lemma_.lower() in _MAKERS
        doing = any(c.dep_ in {"relcl", "acl"} for c in subject.children)
        whoever = doing and subject.lemma_.lower() in {"country", "nation", "state", "government", "economy"}
        found.strange = not (found or found.described or found.pair or rest or whoever)  # "whose rivals face"
        return found

    def _before(self, verb: Token) -> Listing:
        """The states right before a verb where the parse hung them elsewhere: "said Doe, Chad and Mali will face"."""
        end = min([verb.i, *(c.i for c in verb.children if c.dep_ in {"aux", "auxpass"})])
        commas = (i + 1 for i in range(self.sent.start, end) if self.text.doc[i].text == ",")
        lists = (found for i in commas if (found := self.listing(i, end)).states and found.end >= end)
        return next(lists, Listing())

    def _shipped(self, subject: Token) -> Listing | None:
        """As in "The first 100,000 cars that Britain ships", where the verb is parsed as a noun that pays."""
        doc, named = self.text.doc, state_at(self.text, subject.i - 1) if subject.i else None
        if subject.lower_ not in {"ships", "exports", "sells", "sends"} or named is None:
            return None
        link = self.text.tokens(named[1], named[2])[0] - 1
        link -= doc[link].lower_ == "the"
        if link <= self.sent.start or doc[link].lower_ not in {"that", "which"}:
            return None
        found = self.listing(subject.left_edge.i if subject.left_edge.i < link else self.sent.start, link)
        found.states.append(named)
        return found

    def _antecedent(self, clause: Token, pronoun: Token) -> Listing:
        """What "that" stands for: "goods that carry duties", "steel and autos are among the goods that carry them"."""
        if clause.dep_ != "relcl":
            return Listing()
        whole = clause.head
        start = whole.left_edge.i + (whole.left_edge.lower_ == "that" and whole.left_edge.i < whole.i)
        found = self.listing(start, pronoun.i)
        if pronoun.lower_ == "who":  # "importers of Peruvian grapes, who pay", "builders south of the border, who pay"
            found.goods = [g for g in found.goods if g.concept or g.states]
        if whole.dep_ == "pobj" and whole.head.lower_ == "among" and whole.head.head.lemma_ == "be":
            parts = self.payers(whole.head.head)
            parts.states += [s for g in found.goods for s in g.states] + found.states
            return parts
        return found

"""The state that the words beside a name tell: "Mali's Jane Doe", "Jane Doe of Mali", "her guest from Bamako, Doe"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import mapping, members
from kg.stages.recognize.name_context import HONORIFICS
from kg.states import names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.stages.recognize.geography import Geo
    from kg.tokens import Token, Tokens

POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_ARTICLES = frozenset({"the", "a", "an"})
_JOINS = frozenset({"-", "–", "/", "&"})
_CLOSES = frozenset({",", ".", ";", ")", "and", "or", "\n"})
_WITHIN = 8  # tokens of "Kenya's [man at the talks], Jane Doe"
_OWN = frozenset({"'s,", "’s,", "'s.", "’s."})
_OF = frozenset({"of", "from"})
_WHOSE = frozenset({"his", "her", "their", "whose"})
_NAMES = frozenset({"name", "send", "appoint", "nominate", "dispatch", "delegate"})
_LEADS = frozenset({"lead", "head", "represent"})


class Homes:
    """The states of a text by where their names begin and end."""

    def __init__(self, doc: Tokens, geo: Iterable[Geo]) -> None:
        geo = [g for g in geo if g.code and (len(g.code) == 2)]
        self._doc = doc
        self._starts, self._ends = {g.start: g for g in geo}, {g.end: g for g in geo}

    def told(self, spans: Iterable[tuple[int, int]]) -> str | None:
        """The state that the words beside the first naming that has any tell."""
        spans = list(spans)
        told = (code for rule in (self.beside, self.serving) for s, e in spans if (code := rule(s, e)))
        return next(told, None)

    def serving(self, start: int, end: int) -> str | None:
        """The state for which a verb says that somebody stands."""
        return self._stands_for(start, end) or self._leads(start, end) or self._sent(start, end)

    def _sent(self, start: int, end: int) -> str | None:
        """As in "Brazil has named Jane Doe", "Brazil sends Jane Doe"."""
        root = self._doc[start:end].root
        verb = root.head
        if root.dep_ not in {"dobj", "oprd"} or verb.lemma_.lower() not in _NAMES:
            return None
        return self._of(c for c in verb.children if c.dep_ == "nsubj")

    def beside(self, start: int, end: int) -> str | None:
        """The state told right before or behind a name [start, end)."""
        first = start
        while first and self._doc[first - 1].lower_ in HONORIFICS:
            first -= 1
        if first < start and self._doc[first - 1].lower_ in {"a", "one"}:
            first -= 1  # "Zambia's observer, a Mr Doe"
        return self._before(first, end) or self.behind(end) or self._fellow_behind(end)

    def behind(self, end: int) -> str | None:
        """As in "Jane Doe of Brazil", "Jane Doe (Brazil)", "Jane Doe, for Brazil,", "Jane Doe, a Brazilian,"."""
        doc = self._doc
        comma = doc[end : end + 1].text == ","
        k = end + comma
        if k + 1 >= len(doc):
            return None
        low = doc[k].lower_
        owner = self._starts.get(k) if comma else None
        if owner is not None and doc[owner.end : owner.end + 2].text.lower() in _OWN:
            return owner.code  # "Doe, Brazil's,"
        g = self._starts.get(k + 1 + (doc[k + 1].lower_ == "the"))
        if g is None or doc[g.end : g.end + 1].text in POSSESSIVE:
            return None
        closed = g.end >= len(doc) or doc[g.end].lower_ in _CLOSES
        if low in _OF and not comma:
            return g.code if low == "of" or _is_state(g) else None
        if low == "for":
            return g.code if closed and _is_state(g) else None
        if low == "(" and not comma:
            return g.code if closed and _is_state(g) else None
        one = doc[g.end : g.end + 1].text == "one" and doc[g.end + 1 : g.end + 2].text in _CLOSES
        return g.code if comma and low in _ARTICLES and (one or closed) and self._adjective(g) else None

    def _fellow_behind(self, end: int) -> str | None:
        """As in "Doe, her counterpart in Lima", "Doe, his Peruvian colleague", "Doe, her guest from Peru"."""
        doc = self._doc
        if doc[end : end + 1].text != "," or doc[end + 1 : end + 2].text.lower() not in _WHOSE:
            return None
        for k in range(end + 2, min(end + _WITHIN, len(doc))):
            if doc[k].lower_ in members("name_company", "fellow"):
                told = self._fellow(k + 1)
                linked = doc[k + 1 : k + 2].text in {"in", "from", "of"}
                g = self._starts.get(k + 2) if linked else None
                guest = doc[k].lower_ in {"guest", "visitor"} and doc[k + 1 : k + 2].text == "in"
                return told or (g.code if g is not None and not guest else None)
            if doc[k].pos_ not in {"ADJ", "PROPN", "NOUN"}:
                return None
        return None

    def _before(self, start: int, end: int) -> str | None:
        """As in "Brazil's Jane Doe", "Brazil: Jane Doe", "the Brazilian, Jane Doe", "her guest from Brazil, Doe"."""
        doc = self._doc
        before = doc[start - 1].lower_ if start else ""
        if before in POSSESSIVE:
            g = self._ends.get(start - 1)
            return g.code if g is not None and not g.place else None
        if before in {"is", "was"} and start > 1 and doc[start - 2].lower_ in POSSESSIVE:
            g = self._ends.get(start - 2)  # "Brazil's is Jane Doe"
            return g.code if g is not None else None
        if before == ":" and (g := self._ends.get(start - 1)) is not None:
            ahead = doc[g.start - 1] if g.start else None  # not "US-Japan: Doe meets Roe"
            opens = ahead is None or doc[g.start].is_sent_start or not (ahead.is_alpha or ahead.text in _JOINS)
            return g.code if opens and _is_state(g) else None
        if before == ",":
            return self._apposed(start - 1, end)
        return self._fellow(start)

    def _apposed(self, comma: int, end: int) -> str | None:
        """The state of what ends at the comma before a name."""
        doc, g = self._doc, self._ends.get(comma)
        if g is None:
            return self._fellow(comma) or self._man(comma)
        low = doc[g.start - 1].lower_ if g.start else ""
        if low in {"the", "a"} and self._adjective(g):
            opening = doc[g.start - 1].is_sent_start or doc[g.start - 2].pos_ not in {"ADP", "VERB"}
            closed = end >= len(doc) or doc[end].lower_ in _CLOSES  # no "met the Swiss, Jane Doe said"
            return g.code if opening or closed else None
        k = g.start - 1 - (low == "the")
        noun = doc[k - 1].lower_ if k > 0 else ""
        if doc[k].lower_ in _OF | {"in"} and noun in members("name_company", "fellow"):
            return g.code if (doc[k].lower_ == "in") == (noun in {"host", "hostess"}) else None
        return self._man(comma)

    def _fellow(self, stop: int) -> str | None:
        """As in "his Brazilian colleague [Jane Doe]", "her Peruvian opposite number[, Jane Doe]"."""
        doc = self._doc
        if stop < 2 or doc[stop - 1].lower_ not in members("name_company", "fellow"):
            return None
        k = stop - 1 - (doc[stop - 2].lower_ == "opposite")
        g = self._ends.get(k)
        return g.code if g is not None and not g.place else None

    def _man(self, comma: int) -> str | None:
        """As in "Brazil's man at the talks[, Jane Doe]"."""
        doc = self._doc
        for k in range(comma - 1, max(comma - _WITHIN, 0), -1):
            if doc[k].pos_ in {"VERB", "AUX", "PUNCT"} or doc[k].is_sent_start:
                return None
            if doc[k].lower_ in POSSESSIVE and k in self._ends:
                nouns = [t for t in doc[k + 1 : comma] if t.pos_ == "NOUN"]
                told = bool(nouns) and nouns[0].lower_ in members("name_company", "fellow")
                return self._ends[k].code if told else None
        return None

    def _stands_for(self, start: int, end: int) -> str | None:
        """As in "Jane Doe signed for Brazil", "representing Brazil was Jane Doe", "Jane Doe represents Brazil"."""
        root = self._doc[start:end].root
        verb = root.head
        if root.dep_ not in {"nsubj", "attr"} or verb.i == root.i:
            return None
        done = [verb, *(c for c in verb.children if c.dep_ in {"advcl", "csubj"} and c.i < verb.i)]
        for deed in done:
            if deed.lemma_.lower() not in members("name_company", "stands"):
                continue
            for child in deed.children:
                if child.lower_ == "for" and child.i > deed.i:
                    return self._of(child.children)
                if child.dep_ == "dobj" and deed.lemma_.lower() == "represent":
                    return self._of([child])
        return None

    def _leads(self, start: int, end: int) -> str | None:
        """As in "the Omani team was led by Doe", "Doe heads Oman's delegation", "Oman is represented by Doe"."""
        root = self._doc[start:end].root
        while root.dep_ in {"appos", "compound"} and root.head.i != root.i:
            root = root.head
        told = (c for c in root.children if c.dep_ == "relcl" and c.lemma_.lower() in _LEADS)
        if (lead := next(told, None)) is not None and self._doc[end + 1 : end + 2].text == "who":
            objects = [c for c in lead.children if c.dep_ == "dobj"]
            return self._of(objects) or self._team(objects)  # "Doe, who leads Brazil's team"
        agent = root.dep_ == "pobj" and root.head.dep_ in {"agent", "prep"} and root.head.lower_ == "by"
        verb = root.head.head if agent else root.head
        if verb.lemma_.lower() not in _LEADS or not (agent or root.dep_ == "nsubj"):
            return None
        if agent and (own := self._team([root.head.nbor(-1)])):  # "and the Kenyan team by Roe"
            return own
        if agent and (verb.dep_ in {"acl", "amod"} or verb.i < 1):  # "the Omani team, led by Doe"
            return self._team([verb.head])
        passive = [c for c in verb.children if c.dep_ in {"nsubjpass", "nsubj"}]
        states = self._of(passive) if agent else None
        return states or self._team(passive if agent else [c for c in verb.children if c.dep_ == "dobj"])

    def _team(self, nouns: Iterable[Token]) -> str | None:
        """The state whose team one of these nouns is."""
        kinds = mapping("organizations")
        teams = (t for t in nouns if kinds.get(t.lower_) in {"delegation", "government"})
        near = (w.i + 1 for t in teams for w in t.children)
        return next((self._ends[k].code for k in near if k in self._ends), None)

    def _of(self, tokens: Iterable[Token]) -> str | None:
        """The state that one of these tokens is."""
        ends = {k for t in tokens for k in (t.i + 1,)}
        g = next((self._ends[k] for k in ends if k in self._ends), None)
        return g.code if g is not None and self._doc[g.end : g.end + 1].text not in POSSESSIVE else None

    def _adjective(self, g: Geo) -> bool:
        """Whether the word is not the state's own name: "the Kenyan", not "the Netherlands"."""
        return g.kind in {"name", "demonym"} and g.label != names(g.code)[0] and g.label[1:].islower()


def _is_state(g: Geo) -> bool:
    return g.kind in {"name", "bloc"}

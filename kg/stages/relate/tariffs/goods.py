"""On whose goods, and on which, a tariff falls: phrases behind "on", subjects of "pay", lists beside a rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import EntityKind
from kg.stages.relate.goods.phrases import Listing
from kg.stages.relate.goods.products import Goods, Named, state_at
from kg.stages.relate.tariffs.payers import Payers
from kg.stages.relate.tariffs.sides import owner
from kg.stages.relate.tariffs.states import first_state
from kg.stages.relate.tariffs.words import RATE_NOUNS, is_passive, is_tariff, verb_class

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.acts import Act
    from kg.tokens import Token

_ON = frozenset({"on", "against", "upon", "for", "covering", "targeting", "affecting"})
_AMONG = frozenset({"including", "among", "especially", "such", "notably", "particularly"})
_BESIDE = frozenset({
    ",", ";", ")", "and", "but", "while", "with", "those", "on", "for", "that", "since", "from", "each",
})  # fmt: skip
_REASON = frozenset({"because", "citing", "unless", "amid", "despite"})
_CAUSES = frozenset({"account", "ground", "grounds", "basis", "pretext", "strength", "behalf", "charge", "charges"})
_EVENTS = frozenset({
    "entry", "signature", "signing", "arrival", "adoption", "ratification", "completion", "conclusion", "departure",
    "expiry", "publication", "approval",
})  # fmt: skip
_STRIKING = frozenset({"hit", "strike", "affect", "cover", "target", "await", "punish"})
_COMPOUND = frozenset({"NOUN", "PROPN", "ADJ", "CCONJ"})
_ENTER = frozenset({"enter", "entering", "enters", "entered"})
_INCLUDED = 7  # tokens of the goods in ", cars and car parts included,"
_LINKED = 3  # tokens between goods and their rate at most: "on aluminum a flat 10 percent"
_BORDER = frozenset({"ports", "border", "customs", "market"})


class Reader(Payers):
    """Reads what a tariff falls on; tokens of percentages end every list."""

    def onto(self, start: int, stop: int, doing: Act, phrase: Token | None) -> Listing:
        """The goods and states behind "on", "against" or "for" that belong to a tariff or its verb."""
        doc, result, i = self.text.doc, Listing(), start
        while i < stop:
            token = doc[i]
            reason = token.lower_ in _REASON or (token.lower_ == "as" and doc[i + 1].lower_ == "punishment")
            if token.text in {";", ":"} or reason or (is_tariff(token) and i > start and not result):
                break
            freed = doing.kind in {"remove", "pause", "keep"} and token.head == doing.verb  # "was lifted for coffee"
            near = token.lower_ in {"on", "against"} or i <= start + 2 or i - 1 in self._barred or freed
            found = self._behind(i, stop) if token.lower_ in _ON and near else None
            if found and self._attached(token, start, doing, phrase):
                result.goods += found.goods
                result.states += found.states
                result.described, result.pair = result.described or found.described, result.pair or found.pair
                i = max(found.end, i + 1)
                i += 2 * (doc[i : i + 3].text.lower() == "as well as")
                more = i + 1 < stop and doc[i].lower_ in {"and", ",", "as"} and doc[i + 1].lower_ in {"on", *_AMONG}
                if not more:
                    break
            i += 1
        return result

    def _behind(self, i: int, stop: int) -> Listing:
        doc = self.text.doc
        if doc[i].lower_ in {"on", "upon"} and doc[i - 1].lower_ in {"based", "resting", "relying", "founded", "built"}:
            return Listing()  # "duties based on the emergency law"
        if doc[i].lower_ in {"on", "upon"} and doc[i + 1 : i + 2].text.lower() in _EVENTS:
            return Listing()  # "upon entry into force"
        if doc[i].lower_ == "for" and doc[i - 1].lemma_ in {"penalty", "punishment", "exchange", "return"}:
            return Listing()  # why it is imposed: or got: "a penalty for purchases of oil", "in return for jets"
        cause = next((t for t in doc[i + 1 : i + 3] if t.lower_ != "the"), doc[i])
        if cause.lower_ in _CAUSES or (cause.dep_ == "pcomp" and cause.head.i == i):
            return Listing()  # "for buying Russian oil", "on account of Russian oil"
        found = self.listing(i + 1, stop)
        if not found and i + 1 < stop and doc[i + 1].lower_ in {"it", "them", "these"}:
            found = self.listing(self.sent.start, i)
        last = found.states[-1] if found.goods and found.states else None
        if last is not None and found.end in self._barred and self.text.tokens(last[1], last[2])[-1] + 1 == found.end:
            found.states.pop()  # "25 percent on cars and Mexico 12": whose rate comes next
        if doc[i].lower_ == "for":
            found.goods = [g for g in found.goods if g.states or g.generic or g.concept]
        return found

    def _attached(self, token: Token, start: int, doing: Act, phrase: Token | None) -> bool:
        """Whether a preposition belongs to the tariff: beside it, beside its rate, or below its verb in the parse."""
        before = self.text.doc[token.i - 1]
        beside = token.i == start or token.i - 1 in self._barred or is_tariff(before) or before.tag_ == "VBN"
        if (
            beside
            or (before.lower_ == "and" and token.i - start <= 2)
            or before.lower_ in {"those", "that", "duties", *_AMONG}
            or verb_class(before)
        ):
            return True
        heads = {h.i for h in (phrase, doing.verb) if h is not None} | self._barred
        head = token.head
        for _ in range(4):
            if head.i in heads or verb_class(head):
                return True
            if head.pos_ == "VERB" or head.head.i == head.i:
                return False
            head = head.head
        return False

    def borne(self, noun: Token) -> tuple[Listing, Token | None]:
        """Who bears a tariff by the clause behind it: "the levy (that) Canadian exporters have been paying"."""
        start = noun.i + 1 + (noun.i + 1 < self.sent.end and self.text.doc[noun.i + 1].lower_ in {"that", "which"})
        if self.text.doc[start : start + 1].text in {",", ";"}:
            return Listing(), None  # "steel faces U.S. duties of 50 percent, lumber pays 45 percent"
        found = self.listing(start, self.sent.end)
        for token in self.text.doc[max(found.end, start) : min(self.sent.end, found.end + 6)] if found else ():
            if "pay" in verb_class(token) or token.lemma_ == "pay":
                return found, token
            if token.pos_ not in {"AUX", "ADV", "PART", "VERB", "ADP", "PROPN"} or verb_class(token) - {"get"}:
                break
        return Listing(), None

    def struck(self, noun: Token) -> tuple[Listing, Token | None]:
        """What a tariff falls on by the clause behind it: "a tariff that, he has said, will hit its exports"."""
        doc = self.text.doc
        if noun.dep_ == "nsubj" and noun.head.lemma_ in _STRIKING and noun.head.i > noun.i:
            return self.listing(noun.head.i + 1, self.sent.end), noun.head  # "Its counter-tariffs target pork"
        relative = any(t.lower_ in {"that", "which", "due", "set", "to"} for t in doc[noun.i + 1 : noun.i + 3])
        for i in range(noun.i + 2, min(self.sent.end - 1, noun.i + 14)) if relative else ():
            if doc[i].lemma_ in _STRIKING and doc[i].pos_ == "VERB":
                return self.listing(i + 1, self.sent.end), doc[i]
            if doc[i].text in {";", "."}:
                break
        return Listing(), None

    def threatened(self, verb: Token, stop: int) -> Listing:
        """Who is threatened with a rate: "threatened Swiss goods with 31 percent", "goods that are threatened with"."""
        pronoun = verb.nbor(1) if verb.i + 1 < stop and verb.nbor(1).lower_ in {"it", "them"} else None
        if pronoun is not None:  # "woke up to a letter threatening it with 35 percent"
            named = owner(self.text, pronoun)
            return Listing(states=[named] if named is not None else [])
        if verb.dep_ == "acl" or is_passive(verb):
            return self.payers(verb)
        if self.text.doc[verb.i + 1 : verb.i + 3].text.lower() == "the bloc":  # "to charge the bloc 30 percent"
            return Listing(states=self._bloc(verb.i + 1))
        return self.listing(verb.i + 1, stop) or self.taxed_in(verb)

    def direct(self, left: int, stop: int) -> Listing:
        """The goods right before a further rate: "and cotton shirts 42 percent", "those on chocolate to 8 percent"."""
        doc, i = self.text.doc, left
        while i < stop and (
            doc[i].lower_ in _BESIDE or doc[i].lower_ in RATE_NOUNS or doc[i].pos_ == "ADV" or is_tariff(doc[i])
            or self.text.is_time(doc[i])
        ):
            i += 1
        found = self.listing(i, stop)
        found = found if stop - found.end <= _LINKED else Listing()
        later = [k + 1 for k in range(i, stop) if doc[k].text == ","] if not found else []
        later = [k + (doc[k].lower_ in {"for", "on", "and"}) for k in later]
        joined = [k + 1 for k in range(i, stop) if doc[k].lower_ == "and"] if not found else []  # "in Peru and eggs at"
        beside = (more for k in joined if (more := self.listing(k, stop)) and stop - more.end <= _LINKED)
        return next((more for k in later if (more := self.listing(k, stop))), next(beside, found))  # "in stages, oil"

    def compound(self, noun: Token) -> list[Goods]:
        """Goods of the lexicon before the noun: "steel and aluminum tariffs", "auto duties"."""
        doc, start = self.text.doc, noun.i
        while start > max(self.sent.start, noun.i - 7):
            token = doc[start - 1]
            if start - 1 in self._barred or not (token.pos_ in _COMPOUND or token.text in {",", "-", "‑"}):
                break
            if token.lower_ == "s" or state_at(self.text, start - 1) is not None:
                break
            start -= 1
        if doc[noun.i - 1].lower_ in {"import", "imports"}:  # "car import duty"
            return [g for g in self.listing(start, noun.i - 1).goods if g.concept is not None]
        return [g for g in self.listing(start, noun.i).goods if g.concept is not None]

    def added(self, start: int, stop: int) -> list[Goods]:
        """Goods told behind a rate as taxed alike: ", cars included", ", for cars too", ", including for cars"."""
        doc = self.text.doc
        comma = next((i for i in range(start, min(stop, start + 4)) if doc[i].text in {",", "–", "—", "("}), None)
        if comma is None:
            return []
        lead = [t.lower_ for t in doc[comma + 1 : min(stop, comma + 3)]]
        skip = 2 if lead[:1] == ["including"] and lead[-1] in _ON else int(bool(lead) and lead[0] in _ON)
        found = self.listing(comma + 1 + skip, stop)
        behind = [t.lower_ for t in doc[found.end : found.end + 2]]
        told = skip == 2 or behind[:1] in (["included"], ["too"]) or behind == ["as", "well"]
        return [g for g in found.goods if g.concept is not None] if told else []

    def included(self, start: int, stop: int) -> list[Goods]:
        """Goods told before a rate as taxed alike: "most goods, cars included, pay 15 percent"."""
        doc = self.text.doc
        end = next((i for i in range(start + 2, stop) if doc[i].lower_ == "included" and doc[i + 1].text == ","), None)
        comma = next((i for i in range(end - 1, start, -1) if doc[i].text == ","), None) if end is not None else None
        if comma is None or end is None or end - comma > _INCLUDED:
            return []
        found = self.listing(comma + 1, end)
        return [g for g in found.goods if g.concept is not None] if found.end >= end else []

    def provenance(self, start: int, stop: int) -> list[Named]:
        """As in "25 percent if they come from Mexico", "15 percent for Japan": whose goods, told behind the rate."""
        for i in range(start, min(stop, start + 7)):
            token = self.text.doc[i]
            if token.lower_ in {"from", "for"}:
                found = self.listing(i + 1, stop)
                if found.states and not found.goods:
                    return found.states
            if token.text in {".", ";", ","}:
                break
        return []

    def importers(self, start: int) -> list[Named]:
        """Whose border is meant in "when they enter Japan", "at American ports", "charged 32 percent in the U.S."."""
        doc = self.text.doc
        for i in range(max(start, self.sent.start), min(self.sent.end, start + 14)):
            low = doc[i].lower_
            if low in _ENTER:
                return first_state(self.text, i + 1, 4) or self._bloc(i + 1)
            if low in _BORDER and i > self.sent.start and (named := state_at(self.text, i - 1)) is not None:
                return [named]
            near = i <= start + 4 or (low == "in" and (i - 1 in self._barred or is_tariff(doc[i - 1])))
            another = low == "to" and doc[i - 1].lower_ in {"and", ",", "or"}  # "which pays 10, and to Vietnam"
            if low in {"in", "into", "to"} and near and not another and (found := first_state(self.text, i + 1, 3)):
                return found
        return []

    def _bloc(self, i: int) -> list[Named]:
        """As in "the bloc": the first one that the text names."""
        if all(t.lower_ != "bloc" for t in self.text.doc[i : i + 3]):
            return []
        mentions = (m for m in self.text.mentions.mentions if self.text.kind(m.entity) is EntityKind.BLOC)
        return [(m.entity, m.start, m.end) for m in mentions][:1]


def chosen(goods: list[Goods], *, rated: bool) -> list[Goods]:
    """Goods of any kind stand for their examples where a rate is told, the examples for them where none is."""
    whole, examples = [g for g in goods if not g.instance], [g for g in goods if g.instance]
    return whole if not examples or (whole and rated) else examples

"""Goods and states that a tariff falls on: lists of noun phrases read word by word, and goods as concepts.

The parse of long lists is often wrong, so lists are read from left to right; the parse only tells subjects of new clauses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from kg.iris import ref, slug
from kg.lexicon import table
from kg.model import Entity, EntityKind, Ref
from kg.stages.relate.tariff_words import classes, is_tariff

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.stages.relate.text import Text

Named = tuple[Ref, int, int]  # a state and the characters that name it

_JOINS = frozenset({",", "and", "or", "&", "plus", "/"})
_INSTANCES = frozenset({"including", "such", "like", "especially", "notably", "namely", "among", "particularly", "e.g."})
_ENDS = frozenset({"except", "excluding", "but", "while", "if", "unless", "because", "after", "before", "as", "amid", "by", "until",
                   "when", "starting", "effective", "since", "over", "under", "without", "despite", "ahead", "against", "into"})  # fmt: skip
_MADE = frozenset({"made", "produced", "manufactured", "imported", "shipped", "coming", "originating", "grown", "assembled", "built",
                   "sold", "entering", "exported"})  # fmt: skip
_LEADING = frozenset({"the", "its", "their", "his", "her", "a", "an", "on", "our", "those", "these", "of", "own", "other", "both"})
_INWARD = frozenset({"outside", "within", "beyond", "above", "with", "worth", "not", "covered", "containing"})
_NARROWING = frozenset({"comply", "meet", "satisfy", "qualify", "fall", "cover", "contain", "originate", "come", "compete", "import",
                        "buy", "sell", "export", "conform", "make", "exceed", "transship", "enter", "use", "match"})  # fmt: skip
_WHOLES = frozenset({"range", "lot", "number", "dozen", "half", "import", "shipment", "kind", "type", "model", "percent", "percentage",
                     "majority", "rest", "billion", "million", "piece", "amount", "list", "part", "share", "third", "tonne", "ton", "barrel", "bottle", "litre", "liter", "head", "unit", "worth", "quarter", "export",
                     "purchase", "delivery", "thousand", "hundred", "variety", "value", "host", "series", "%"})  # fmt: skip
_NOUNS = frozenset({"NOUN", "PROPN"})
_INSIDE = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "DET", "PART", "SYM", "PRON", "ADV", "X"})
_LATER = frozenset({"now", "today", "again", "soon", "already", "also", "then", "alike", "respectively", "not", "too", "instead",
                    "this", "that", "which", "who", "it", "he", "she", "they", "him", "them", "there", "however"})  # fmt: skip
_STATES = frozenset({EntityKind.COUNTRY, EntityKind.BLOC, EntityKind.PLACE})


@dataclass(slots=True)
class Goods:
    """A noun phrase for goods."""

    label: str
    start: int
    end: int
    generic: bool  # goods of any kind: "most Indian goods"
    head: str  # lemma
    states: list[Named]
    concept: tuple[str, str] | None  # name and HS heading
    instance: bool = False  # named as an example: "goods, including steel"

    @property
    def key(self) -> str:
        """What tells kinds of goods apart; empty for goods of any kind."""
        return "" if self.generic else self.concept[0] if self.concept else self.head

    def entities(self) -> tuple[Entity, ...]:
        """The goods in the words of the text, and the concept that they fall under."""
        name = ref("product", self.label)
        if self.concept is None:
            return (Entity(name, EntityKind.PRODUCT, self.label),)
        concept = Entity(ref("product", self.concept[0]), EntityKind.PRODUCT, self.concept[0], code=self.concept[1] or None)
        if concept.id == name:
            return (concept,)
        return (Entity(name, EntityKind.PRODUCT, self.label, within=concept.id), concept)


@dataclass(slots=True)
class Listing:
    """What a list of noun phrases names: goods, states alone, and the token behind it."""

    goods: list[Goods] = field(default_factory=list)
    states: list[Named] = field(default_factory=list)
    into: list[Named] = field(default_factory=list)  # "exports to the United States": who imports
    pending: list[Named] = field(default_factory=list)  # demonyms whose noun comes later: "Canadian and Mexican goods"
    described: bool = False  # a state is meant but not named: "exports of the Alpine country", "our exporters"
    end: int = 0

    def __bool__(self) -> bool:
        return bool(self.goods or self.states)


@cache
def _concepts() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[1], row[2]) for row in table("products")}


def concept(words: str) -> tuple[str, str] | None:
    """The concept and HS heading of goods by the longest known words in them, the last of equal length."""
    parts = words.lower().replace("-", " - ").replace("’", "'").split()
    parts = " ".join(parts).replace(" - ", "-").split()
    for size in range(min(4, len(parts)), 0, -1):
        for start in range(len(parts) - size, -1, -1):
            found = _concepts().get(" ".join(parts[start : start + size]).strip(",.'\""))
            if found:
                return found
    return None


def known(token: Token) -> bool:
    """Whether a single word names goods of the lexicon."""
    return token.lower_ in _concepts()


def listing(text: Text, start: int, stop: int, barred: frozenset[int] = frozenset()) -> Listing:
    """Read a list of goods and states from a token up to the first word that cannot belong to it.

    Args:
        text: The document.
        start: Index of the first token.
        stop: Index of the token before which to stop at the latest.
        barred: Tokens of percentages and times, which end the list.
    """
    found, item, i, instance = Listing(), [], start, False
    while i < stop:
        token = text.doc[i]
        low = token.lower_
        if i in barred or (low in _ENDS and low not in {"under", "over"}) or (low != "that" and text.is_time(token)) or is_tariff(token):
            break
        if low in _JOINS:
            if not _flush(text, item, found, instance) and item:
                break
            item = []
        elif low in _INSTANCES and (not item or low != "like"):
            _flush(text, item, found, instance)
            item, instance = [], True
            i += 1 if low == "such" else 0
        elif low == "to" and item and not any(t.lower_ in {"that", "which"} for t in item):
            i = _into(text, i, stop, found)
            break
        elif not _belongs(text, item, token, stop):
            break
        else:
            item.append(token)
            i = _relative(text, item, stop) if low in {"that", "which", "it", "they", "we"} else i
        i += 1
    if item and not _new_clause(text, item, i, bool(found)):
        _flush(text, item, found, instance)
    found.end = i
    found.states += found.pending
    _share_states(found.goods)
    return found


def _share_states(goods: list[Goods]) -> None:
    """ "U.S. cars, alcohol and tobacco", "steel and aluminum from Canada": one state for the whole list."""
    named = [g for g in goods if g.states]
    if len(named) != 1 or any(g.generic for g in goods) or len(goods) < 2:
        return
    owner = named[0]
    before = owner is goods[0] and owner.states[0][1] == owner.start
    behind = owner is goods[-1] and owner.states[-1][2] == owner.end
    if before or behind:
        for one in goods:
            one.states = one.states or list(owner.states)


def _belongs(text: Text, item: list[Token], token: Token, stop: int) -> bool:
    low, following = token.lower_, text.doc[token.i + 1] if token.i + 1 < stop else None
    noun = any(t.pos_ in _NOUNS or text.entity(t) is not None for t in item)
    if low in {"of", "from"}:
        return bool(item)
    if low == "on":
        return not item
    if low in {"in", "for"}:
        named = any(state_at(text, t.i) for t in text.doc[token.i + 1 : min(token.i + 3, stop)])
        return low == "in" and bool(item) and (item[-1].lower_ in _MADE or (named and state_at(text, item[-1].i) is not None))
    if low in {"that", "which", "it", "they", "we"}:
        narrowing = any(t.lemma_ in _NARROWING for t in text.doc[token.i + 1 : min(token.i + 7, stop)])
        return narrowing and any("generic" in classes(t.lemma_.lower()) for t in item)
    if _worth_of(token):
        return True
    if low in _INWARD:
        return noun and any(classes(t.lemma_.lower()) & {"generic"} for t in item)
    if low in _LATER:
        return low in {"this", "that"} and False
    if low == "than":
        return bool(item) and item[-1].lower_ in {"more", "less", "other"}
    if token.pos_ == "VERB" or token.tag_ in {"VBN", "VBG"}:
        if noun:
            return low in _MADE
        return token.tag_ in {"VBN", "VBG"} and following is not None and following.pos_ in {*_NOUNS, "ADJ"}
    if token.is_punct:
        return low in {"-", "‑", "–", "'", "’", '"', "“", "”"} and (bool(item) or low in {'"', "“"})
    return token.pos_ in _INSIDE or text.entity(token) is not None or known(token)


def _relative(text: Text, item: list[Token], stop: int) -> int:
    """The last token of a clause that narrows goods: "goods that do not comply with the agreement"."""
    first = item[-1].i
    end = first
    while end + 1 < stop and not (text.doc[end + 1].is_punct and text.doc[end + 1].text not in {"-", "'"}):
        following = text.doc[end + 1]
        if following.lower_ in {"to", "from", "at"} and end + 2 < stop and text.doc[end + 2].like_num:
            break
        if following.lower_ in {"will", "would", "have", "face", "was", "were"} and end > first + 1:
            break
        end += 1
        item.append(following)
    return end


def _into(text: Text, i: int, stop: int, found: Listing) -> int:
    """Who imports in "exports to the United States"."""
    for k in range(i + 1, min(i + 4, stop)):
        named = state_at(text, k)
        if named is not None:
            found.into.append(named)
            return k + 1
        if text.doc[k].pos_ not in {"DET", "PROPN"}:
            break
    return i


def state_at(text: Text, i: int) -> Named | None:
    """The state that a token names, as a country, a demonym or a capital."""
    entity = text.entity(text.doc[i])
    if entity is None or text.kind(entity) not in _STATES:
        return None
    state = text.state(entity)
    return (state, *text.span_of(i)) if state is not None else None


def _new_clause(text: Text, item: list[Token], i: int, others: bool) -> bool:
    """Whether the last phrase of a list is the subject of what follows: "duties on steel, and Japan said"."""
    if not others or i >= len(text.doc):
        return False
    head = next((t for t in reversed(item) if t.pos_ in {*_NOUNS, "PRON"}), item[-1])
    return text.doc[i].pos_ in {"VERB", "AUX"} and head.dep_ in {"nsubj", "nsubjpass"}


def _flush(text: Text, item: list[Token], found: Listing, instance: bool) -> bool:
    """Judge one phrase; False where it names neither goods nor a state, so that the list is at its end."""
    while item and (item[0].lower_ in _LEADING or item[0].is_punct):
        item = item[1:]
    while item and (item[-1].is_punct or item[-1].pos_ in {"ADV", "ADP", "DET", "SCONJ"} or item[-1].lower_ in {"'s", "’s"}
                    or (item[-1].pos_ == "ADJ" and len(item) > 1 and text.entity(item[-1]) is None and not known(item[-1]))):  # fmt: skip
        item = item[:-1]
    if not item:
        return True
    inward = next((n for n, t in enumerate(item) if t.lower_ in _INWARD and not _worth_of(t)), len(item))
    named = list(dict.fromkeys(s for t in item[:inward] if (s := state_at(text, t.i)) is not None))
    head = _head(text, item)
    if head is None and named and item[-1].pos_ == "ADJ":
        found.pending += named  # "Canadian and Mexican goods"
        return True
    if head is None:
        found.states += named
        return bool(named)
    named, found.pending = [*found.pending, *named], []
    kinds = classes(head.lemma_.lower())
    found.described |= _described(text, item, head)
    whole = next((t for t in item if "generic" in classes(t.lemma_.lower())), None)
    if kinds & {"party"} and not named and whole is not None:
        head, kinds = whole, classes(whole.lemma_.lower())
        item = item[: item.index(whole) + 1]  # "many exports of the Alpine country": many exports
    if head.lower_ == "everything":
        return True
    words = text.document.text[item[0].idx : item[-1].idx + len(item[-1])]
    if kinds & {"party"}:
        found.states += named
        return bool(named) or bool(kinds)
    match = concept(words)
    if match is None and _is_whole(head) and not kinds & {"generic"}:
        return False
    if match is None and named and head.pos_ == "PROPN":
        found.states += named  # "neighbouring Lesotho"
        return True
    if match is None and (kinds & {"notgoods"} or not _common(text, head)):
        return False
    generic = bool(kinds & {"generic"}) and match is None
    found.goods.append(Goods(" ".join(words.split()), item[0].idx, item[-1].idx + len(item[-1]), generic,
                             head.lemma_.lower(), named, match, instance))  # fmt: skip
    return True


def _described(text: Text, item: list[Token], head: Token) -> bool:
    """ "exports of the Alpine country", "our exporters", "its goods": whose goods is told by the text, not by a name."""
    before = text.doc[item[0].i - 1].lower_ if item[0].i else ""
    if head.lower_ in {"country", "nation", "island", "bloc", "kingdom"} or before == "our":
        return True
    return before in {"its", "their"} and head.lemma_ not in {"import", "purchase"} and bool(
        classes(head.lemma_.lower()) & {"generic", "party"}
    )


def _common(text: Text, head: Token) -> bool:
    """Whether a noun can be goods: no name of a person, body or day."""
    if text.entity(head) is not None or text.office(head) is not None:
        return False
    return head.pos_ == "NOUN" or classes(head.lemma_.lower()) & {"generic"} != frozenset() or known(head)


def _head(text: Text, item: list[Token]) -> Token | None:
    """The noun that says what a phrase is about: "a range of American goods" is about goods; None for states alone."""
    head: Token | None = None
    for token in item:
        if token.lower_ in {"of", "from", "in", *_MADE, *_INWARD, "that", "which", "it", "they", "we"} and not _worth_of(token):
            if head is not None and not (token.lower_ == "of" and _is_whole(head)):
                break
            continue
        noun = token.pos_ in _NOUNS or (known(token) and token.pos_ not in {"VERB"}) or "generic" in classes(token.lemma_.lower())
        if noun and text.entity(token) is None:
            head = token
    return head


def _worth_of(token: Token) -> bool:
    """ "$30 billion worth of American goods"."""
    return token.lower_ == "worth" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "of"


def _is_whole(head: Token) -> bool:
    low = head.lemma_.lower()
    return low in _WHOLES or low.endswith(("tenth", "fifth", "sixth"))


def product_name(goods: Goods) -> Ref:
    """The name of the goods' node."""
    return ref("product", goods.label)


def same_goods(label: str) -> str:
    """A slug by which two wordings of goods of any kind are compared."""
    return slug(label)

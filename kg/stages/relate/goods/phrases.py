"""One noun phrase of a list: which goods or states it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.stages.relate.goods.products import Goods, Named, concept, known, state_at
from kg.stages.relate.tariffs.words import classes

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Token

MADE = frozenset({
    "made", "produced", "manufactured", "imported", "shipped", "coming", "originating", "grown", "assembled",
    "built", "exported", "sewn", "caught", "mined", "brewed", "bottled", "harvested", "processed"
})  # fmt: skip
INWARD = frozenset({"outside", "within", "beyond", "above", "with", "worth", "not", "covered", "containing"})
RELATIVES = frozenset({"that", "which", "it", "they", "we"})
NOUNS = frozenset({"NOUN", "PROPN"})
ENTERING = frozenset({"entering", "reaching", "sold"})
_SOME = frozenset({"two", "three", "four", "both", "all", "one", "some", "among"})
_LEADING = frozenset({
    "the", "its", "their", "his", "her", "a", "an", "on", "our", "those", "these", "of", "other", "both", "whose",
    "own", "each",
})  # fmt: skip
_WHOLES = frozenset({
    "range", "lot", "number", "dozen", "half", "import", "shipment", "kind", "type", "model", "percent",
    "percentage", "majority", "rest", "billion", "million", "piece", "amount", "list", "part", "share", "third",
    "tonne", "ton", "barrel", "bottle", "litre", "liter", "head", "unit", "worth", "quarter", "export", "purchase",
    "delivery", "sort", "thousand", "hundred", "variety", "value", "host", "series", "%", "cent", "dollar", "euro",
    "pound", "yen", "won", "yuan", "rupee", "peso", "franc"
})  # fmt: skip
_PAIRED = frozenset({
    "countries", "nations", "states", "neighbours", "neighbors", "kingdoms", "republics", "governments", "economies",
    "capitals", "sides", "allies", "partners", "islands"
})  # fmt: skip
_BUYING = frozenset({"imports", "purchases"})
_TRAILING = frozenset({"ADV", "ADP", "DET", "SCONJ"})
_ABSTRACT = re.compile(r"..(?:[ts]ion|ment|ness|ity|ship|ism|[ae]nce|cy|hood)$", re.IGNORECASE)  # no goods of the list
_BORDERS = frozenset({"of", "from", "in", *ENTERING, *MADE, *INWARD, *RELATIVES})


@dataclass(slots=True)
class Listing:
    """What a list of noun phrases names: goods, states alone, and the token behind it."""

    goods: list[Goods] = field(default_factory=list)
    states: list[Named] = field(default_factory=list)
    into: list[Named] = field(default_factory=list)  # "exports to the United States": who imports
    pending: list[Named] = field(default_factory=list)  # demonyms whose noun comes later: "Canadian and Mexican goods"
    pair: bool = False  # "the two countries", "both of them"
    described: bool = False  # a state is meant but not named: "exports of the Alpine country", "our exporters"
    strange: bool = False  # the phrase names something else than goods or states: "foreign competitors"
    maker: bool = False  # the phrase names a firm, or those who make goods
    end: int = 0

    def __bool__(self) -> bool:
        return bool(self.goods or self.states)


def take(text: Text, item: list[Token], found: Listing, *, instance: bool) -> bool:
    """Judge one phrase; False where it names neither goods nor a state, so that the list is at its end."""
    words = {t.lower_ for t in item}
    those = item[0] if item and item[0].lower_ == "those" and len(item) > 1 else None
    item = _trimmed(text, item)
    if not item:
        return True
    item = _bought(text, item, found)
    inward = next((n for n, t in enumerate(item) if t.lower_ in INWARD and not worth_of(t)), len(item))
    clause = next((n for n, t in enumerate(item) if t.lower_ in RELATIVES), len(item))
    inside = [t for n, t in enumerate(item[:inward]) if n < clause or item[n - 1].lower_ in {"from", "in", "the"}]
    entering = next((n for n, t in enumerate(item) if t.lower_ in ENTERING), len(item))
    found.into += [s for t in item[entering:] if (s := state_at(text, t.i)) is not None]
    inside = [t for t in inside if t not in item[entering:]]
    named = list(dict.fromkeys(s for t in inside if (s := state_at(text, t.i)) is not None))
    head = _head(text, item)
    if head is None:
        pending = bool(named) and item[-1].pos_ == "ADJ"
        last = found.goods[-1] if found.goods else None
        if those is not None and named and item[0].lower_ in {"from", *MADE}:  # "those made in Cambodia"
            label, end = those.text, item[-1].idx + len(item[-1])
            found.goods.append(Goods(label, those.idx, end, False, "one", named, None, instance))
            return True
        if last is not None and last.key and not pending and last.of_state:
            last.states += named  # "potash from Canada and Mexico"
        else:
            (found.pending if pending else found.states).extend(named)
        return bool(named)
    named, found.pending = [*found.pending, *named], []
    found.described |= _is_described(text, item, head)
    pair = bool({"two", "both"} & words and _PAIRED & words)
    found.pair |= pair
    if pair and head.lower_ in _PAIRED and "party" not in classes(head.lemma_.lower()):
        return True
    if "party" in classes(head.lemma_.lower()):
        if found.states and item[0].lower_ in _SOME:
            return True  # "Japan and Korea, two of the closest U.S. allies"
        whole = next((t for t in item if "generic" in classes(t.lemma_.lower())), None)
        made = item[item.index(head) - 1] if item.index(head) else None
        if made is not None and whole is None and known(made) and made.pos_ in NOUNS:
            return _add_goods(text, item[: item.index(head)], made, named, found, instance=instance)  # "lumber mills"
        sold = item[item.index(head) + 2 :] if item[item.index(head) + 1 : item.index(head) + 2] else []
        sold = sold if sold and sold[0].nbor(-1).lower_ == "of" else []
        if sold and known(sold[-1]):
            return _add_goods(text, sold, sold[-1], named, found, instance=instance)  # "Norwegian makers of cheese"
        if named or whole is None:
            found.states += named
            return True
        head, item = whole, item[: item.index(whole) + 1]  # "many exports of the Alpine country": many exports
    return _add_goods(text, item, head, named, found, instance=instance)


def _bought(text: Text, item: list[Token], found: Listing) -> list[Token]:
    """What is bought: "Mexico's imports of Japanese cars" are Japanese cars, charged in Mexico."""
    of = next((n for n, t in enumerate(item[1:], 1) if t.lower_ == "of" and item[n - 1].lower_ in _BUYING), 0)
    buyers = [s for t in item[:of] if (s := state_at(text, t.i)) is not None]
    if not buyers or of + 1 >= len(item):
        return item
    found.into += buyers[:1]
    return item[of + 1 :]


def _trimmed(text: Text, item: list[Token]) -> list[Token]:
    """A phrase without articles before it and without adverbs, prepositions and loose adjectives behind it."""
    while item and (item[0].lower_ in _LEADING or item[0].is_punct):
        item = item[1:]
    while item:
        last = item[-1]
        loose = last.pos_ == "ADJ" and len(item) > 1 and text.entity(last) is None and not known(last)
        if not (last.is_punct or last.pos_ in _TRAILING or last.lower_ in {"'s", "’s"} or loose):
            break
        item = item[:-1]
    return item


def _add_goods(
    text: Text, item: list[Token], head: Token, named: list[Named], found: Listing, *, instance: bool
) -> bool:
    if head.lower_ == "everything":
        found.states += named
        return True
    kinds = classes(head.lemma_.lower())
    start, end = item[0].idx, item[-1].idx + len(item[-1])
    label = " ".join(text.document.text[start:end].split())
    match = concept(label)
    if match is not None and head.lemma_.lower().endswith("maker"):
        label = match[0]  # "Korean carmakers pay 25 percent": a duty on cars
    generic = "generic" in kinds and match is None
    if match is None and not generic:
        if _is_whole(head):
            return False
        if named and head.pos_ == "PROPN":
            found.states += named  # "neighbouring Lesotho"
            return True
        ones = head.lower_ == "ones" and bool(named)  # "Mexican ones": goods told before
        parts = head.lower_ == "parts" and bool(found.goods)  # "cars, trucks and parts"
        abstract = _ABSTRACT.search(head.lemma_) is not None  # "on suspicion of", "for preferential treatment"
        barred = ("notgoods" in kinds or abstract) and not (ones or parts)
        if barred or head.pos_ != "NOUN" or text.entity(head) is not None or text.office(head) is not None:
            return False
    found.goods.append(Goods(label, start, end, generic, head.lemma_.lower(), named, match, instance))
    return True


def _is_described(text: Text, item: list[Token], head: Token) -> bool:
    """Whether the text tells whose goods they are, not a name: "exports of the Alpine country", "our exporters"."""
    owners = {t.lower_ for t in item} | ({text.doc[item[0].i - 1].lower_} if item[0].i else set())
    homes = {"country", "nation", "island", "bloc", "kingdom"}
    whose = any(a.lower_ in homes and b.lower_ in {"'s", "’s"} for a, b in pairwise(item))  # "his country's goods"
    if head.lower_ in homes or "our" in owners or whose:
        return True
    sold = bool(classes(head.lemma_.lower()) & {"generic", "party"}) or known(head)
    return bool({"its", "their"} & owners) and head.lemma_ not in {"import", "purchase"} and sold


def _head(text: Text, item: list[Token]) -> Token | None:
    """The noun that says what a phrase is about: "a range of American goods" is about goods; None for states alone."""
    head: Token | None = None
    for token in item:
        if token.lower_ in _BORDERS and not worth_of(token):
            if head is not None and not (token.lower_ == "of" and _is_whole(head)):
                break
            continue
        named = known(token) and (token.pos_ != "VERB" or token is item[-1])
        listed = named or "generic" in classes(token.lemma_.lower())
        if (listed or token.pos_ in NOUNS) and text.entity(token) is None:
            head = token
    return head


def worth_of(token: Token) -> bool:
    """As in "$30 billion worth of American goods"."""
    return token.lower_ == "worth" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "of"


def _is_whole(head: Token) -> bool:
    low = head.lemma_.lower()
    return low in _WHOLES or low.endswith(("tenth", "fifth", "sixth"))

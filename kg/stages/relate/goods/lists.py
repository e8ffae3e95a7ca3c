"""Lists of goods and states, read word by word: "steel, aluminum and some auto parts from Canada".

The parse of long lists is often wrong, so lists are read from left to right; the parse only tells where a new clause
begins.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from kg.stages.relate.goods.phrases import ENTERING, INWARD, MADE, NOUNS, RELATIVES, Listing, take, worth_of
from kg.stages.relate.goods.products import Goods, known, state_at
from kg.stages.relate.tariffs.words import classes, is_tariff

if TYPE_CHECKING:
    from kg.stages.relate.goods.products import Named
    from kg.stages.relate.text import Text
    from kg.tokens import Token

_JOINS = frozenset({",", "and", "or", "&", "plus", "/"})
_INSTANCES = frozenset({
    "including", "such", "like", "especially", "notably", "namely", "among", "particularly", "e.g."
})  # fmt: skip
_ENDS = frozenset({
    "except", "excluding", "but", "while", "if", "unless", "because", "after", "before", "as", "amid", "by",
    "until", "when", "starting", "effective", "since", "without", "despite", "ahead", "against", "into",
    "citing", "invoking", "apart"
})  # fmt: skip
_NARROWING = frozenset({
    "comply", "meet", "satisfy", "qualify", "fall", "cover", "contain", "originate", "come", "compete", "import",
    "buy", "sell", "export", "conform", "make", "exceed", "transship", "enter", "use", "match", "pass"
})  # fmt: skip
_INSIDE = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "DET", "PART", "SYM", "PRON", "ADV", "X"})
_LATER = frozenset({
    "now", "today", "again", "soon", "already", "also", "then", "alike", "respectively", "too", "instead", "this",
    "who", "he", "she", "him", "them", "there", "however"
})  # fmt: skip
_WHATEVER = frozenset({"what", "whatever", "anything", "everything", "all"})
SELLING = frozenset({"sell", "ship", "send", "export", "deliver"})
_SELLERS = frozenset({"we", "they", "you"})
_SPANNING = frozenset({"range", "vary", "run", "runs", "stand", "stands"})  # at times parsed as nouns, before:
_TO_RATES = frozenset({"from", "between", "as", "up", "at"})
_ARTICLES = frozenset({"the", "a", "an"})  # "For drugs the duty will": another phrase
_MARKS = frozenset({"-", "‑", "–", "'", "’", '"', "“", "”", "%"})


def listing(text: Text, start: int, stop: int, barred: frozenset[int] = frozenset()) -> Listing:
    """Read a list of goods and states from a token up to the first word that cannot belong to it.

    Args:
        text: The document.
        start: Index of the first token.
        stop: Index of the token before which to stop at the latest.
        barred: Tokens of percentages, which end the list.
    """
    found, i, instance = Listing(), start, False
    item: list[Token] = []
    while i < stop:
        token = text.doc[i]
        low = token.lower_
        if low in _SPANNING and item and i + 1 < stop and text.doc[i + 1].lower_ in _TO_RATES:
            break  # "duties on European brandy range from", "on lumber run as high as", "on cars and steel stand at"
        rest = low == "among" and text.doc[i + 1 : i + 2].text.lower() in {"other", "others"}
        if rest or i in barred or low in _ENDS or is_tariff(token) or (low != "that" and text.is_time(token)):
            item = [] if found and is_tariff(token) else item  # "For cars from Peru, Norway's tariff is"
            break
        whole = _whole(text, i, stop, found) if low in _WHATEVER and not item else None
        if whole is not None:
            i = whole
            break
        if _inside(text, item, i, stop):
            item.append(token)
        elif low in _JOINS:
            ends = _apposed(text, i, found, item)
            if (not take(text, item, found, instance=instance) and item) or ends:
                item = [] if ends else item
                break
            item = []
        elif low in _INSTANCES and (not item or low != "like"):
            take(text, item, found, instance=instance)
            item, instance = [], True
            i += low == "such" or (low == "among" and text.doc[i + 1 : i + 2].text.lower() in {"them", "these"})
        elif low == "to" and item and all(t.lower_ not in RELATIVES for t in item):
            begun = _new_clause(text, item, i, others=bool(found))
            item, i = ([], i) if begun else (item, _into(text, i, stop, found))
            break
        elif not (_belongs(text, item, token, stop) or _from_again(found, item, low)):
            break
        else:
            item.append(token)
            i = _relative(text, item, stop) if low in RELATIVES else i
        i += 1
    if item and not _new_clause(text, item, i, others=bool(found)):
        take(text, item, found, instance=instance)
    found.end = i
    found.states += found.pending
    _share_states(found.goods)
    return found


def _apposed(text: Text, i: int, found: Listing, item: list[Token]) -> bool:
    """As in "canola seed from Canada, the outcome of a probe", which says no more goods."""
    article = text.doc[i].text == "," and text.doc[i + 1 : i + 2].text.lower() in {"a", "an", "the"}
    if not article or not (item or found):
        return False
    named = next((t for t in text.doc[i + 2 : i + 6] if t.pos_ in NOUNS), None)
    return named is not None and named.pos_ == "NOUN" and not known(named) and "generic" not in classes(named.lemma_)


def _from_again(found: Listing, item: list[Token], word: str) -> bool:
    """As in "goods from Peru and from Chile"."""
    return word == "from" and not item and bool(found.goods) and found.goods[-1].of_state


def _inside(text: Text, item: list[Token], i: int, stop: int) -> bool:
    """Whether a word is one of a phrase whatever it is: "branded or patented medicines", "bone-in chicken"."""
    before = text.doc[i - 1]
    hyphened = before.text in {"-", "‑"} and not before.whitespace_ and text.doc[i].is_alpha
    return bool(item) and (hyphened or (text.doc[i].lower_ in {"and", "or"} and _described(text, item, i, stop)))


def _described(text: Text, item: list[Token], i: int, stop: int) -> bool:
    """Whether a conjunction joins two adjectives before one noun, none of them of a state."""
    following = text.doc[i + 1] if i + 1 < stop else None
    words = [*item, following] if following is not None and item else []
    return bool(words) and all(
        (t.pos_ == "ADJ" or t.tag_ in {"VBN", "JJ"}) and text.entity(t) is None and not known(t) for t in words
    )


def _whole(text: Text, i: int, stop: int, found: Listing) -> int | None:
    """Goods of any kind told by a clause: sold to a state, from a state, or under a condition; the token behind."""
    sold = _sold(text, i, stop, found)
    if sold is not None:
        return sold
    if text.doc[i + 1 : i + 2].text.lower() == "else" and text.doc[i].lower_ in {"everything", "all", "anything"}:
        start, last = text.doc[i].idx, text.doc[i + 1]
        end = last.idx + len(last)
        found.goods.append(Goods(text.document.text[start:end], start, end, True, "everything", [], None))
        return i + 2  # "and 10 percent on everything else"
    named = text.doc[i].lower_ == "all" and text.doc[i + 1 : i + 2].text.lower() not in RELATIVES
    origin = _origin(text, i, stop) if not named else None  # not of "all industrial goods from Chile"
    if origin is not None:
        found.states.append(origin)
        return text.tokens(origin[1], origin[2])[-1] + 1
    return _whatever(text, i, stop, found) if text.doc[i].lower_ == "whatever" else None


def _sold(text: Text, i: int, stop: int, found: Listing) -> int | None:
    """Whose goods "everything it sells to the United States", "what Indians send to Japan" are; the token behind."""
    for k in range(i + 1, min(i + 8, stop - 1)):
        if text.doc[k].is_punct:
            return None
        selling = text.doc[k].lemma_ in SELLING and text.doc[k - 1].lower_ in _SELLERS
        if selling and text.doc[k + 1].lower_ not in {"to", "into"}:
            start, last = text.doc[i], text.doc[k]
            label = text.document.text[start.idx : last.idx + len(last)]
            found.goods.append(Goods(label, start.idx, last.idx + len(last), True, "everything", [], None))
            return k + 1
        if text.doc[k].lower_ in {"to", "into"} and text.doc[k - 1].lemma_ in SELLING:
            into = next((n for j in (k + 1, k + 2) if j < stop and (n := state_at(text, j)) is not None), None)
            if into is None:
                return None
            seller = next((n for j in range(i + 1, k - 1) if (n := state_at(text, j)) is not None), None)
            found.into.append(into)
            found.states += [seller] if seller is not None else []
            found.described = seller is None
            return text.tokens(into[1], into[2])[-1] + 1
    return None


def _origin(text: Text, i: int, stop: int) -> Named | None:
    """Whose goods "what comes from China", "everything it buys from Norway" are."""
    for k in range(i + 1, min(i + 8, stop - 1)):
        if text.doc[k].is_punct:
            break
        if text.doc[k].lower_ == "from":
            return next((n for j in (k + 1, k + 2) if j < stop and (n := state_at(text, j)) is not None), None)
    return None


def _whatever(text: Text, i: int, stop: int, found: Listing) -> int:
    """Goods of any kind under a condition: "whatever fails the test of the agreement"; the token behind them."""
    end = next((k for k in range(i + 1, stop) if text.doc[k].is_punct or text.doc[k].lower_ in _ENDS), stop)
    start, last = text.doc[i], text.doc[end - 1]
    label = text.document.text[start.idx : last.idx + len(last)]
    found.goods.append(Goods(label, start.idx, last.idx + len(last), True, "whatever", [], None))
    return end


def _share_states(goods: list[Goods]) -> None:
    """As in "U.S. cars, alcohol and tobacco", "steel and aluminum from Canada": one state for the whole list."""
    named = [g for g in goods if g.states]
    if len(named) != 1 or any(g.generic for g in goods[:-1]) or len(goods) < 2:
        return
    owner = named[0]
    lead = owner.label[: owner.states[0][1] - owner.start].lower()
    before = owner is goods[0] and (not lead or lead.endswith("s of "))  # "imports of Peruvian apples and plums"
    rest = "other " in lead  # "coffee, beef and other Brazilian farm goods"
    behind = owner is goods[-1] and (owner.of_state or rest)
    for one in goods if before or behind else ():
        one.states = one.states or list(owner.states)


def _belongs(text: Text, item: list[Token], token: Token, stop: int) -> bool:
    """Whether a word continues a noun phrase."""
    low = token.lower_
    if item and item[-1].pos_ == "PROPN" and item[-1].ent_type_ and _other_state(text, item[-1], token):
        return False  # "For goods from Brazil Norway charges"
    if low in {"of", "from", "on", "in", "for", "than"} or low in RELATIVES:
        return _links(text, item, token, stop)
    if worth_of(token):
        return True
    noun = any(t.pos_ in NOUNS or t.lower_ == "those" or text.entity(t) is not None for t in item)
    if low in INWARD:
        return noun and _is_generic(item)
    if token.lemma_ in {"kick", "take"} and text.doc[token.i + 1 : token.i + 2].text in {"in", "effect"}:
        return False
    if low in _LATER or (noun and low in _ARTICLES and item[-1].pos_ in NOUNS):
        return False
    ends = token.i + 1 == stop or text.doc[token.i + 1].like_num or text.doc[token.i + 1].is_punct
    if known(token) and (not item or ends):
        return True  # "and chocolate to one of 30 percent", "kitchen cabinets 50 percent", parsed as verbs
    if token.pos_ == "VERB" or token.tag_ in {"VBN", "VBG"}:
        before = any(t.pos_ in {*NOUNS, "ADJ"} or t.lower_ == "or" for t in text.doc[token.i + 1 : stop][:1])
        if not noun or (token.dep_ in {"amod", "compound"} and all(text.entity(t) is not None for t in item)):
            return token.tag_ in {"VBN", "VBG"} and before  # also "on Kenyan cut flowers"
        return low in MADE | ENTERING
    if token.is_punct:
        return low in _MARKS and (bool(item) or low in {'"', "“"})
    return token.pos_ in _INSIDE or text.entity(token) is not None or known(token)


def _other_state(text: Text, before: Token, token: Token) -> bool:
    """Whether two words name two states."""
    one, two = state_at(text, before.i), state_at(text, token.i)
    return one is not None and two is not None and token.pos_ == "PROPN" and one[0] != two[0]


def _links(text: Text, item: list[Token], token: Token, stop: int) -> bool:
    """Whether a preposition or relative pronoun continues a noun phrase."""
    low = token.lower_
    if low == "on":
        return not item
    if not item or low == "for":
        return False
    if low in RELATIVES:
        return _is_generic(item) and any(t.lemma_ in _NARROWING for t in text.doc[token.i + 1 : min(token.i + 7, stop)])
    if low == "than":
        return item[-1].lower_ in {"more", "less", "other"}
    if low == "from":
        ahead = takewhile(lambda t: not t.is_punct, text.doc[token.i + 1 : min(token.i + 5, stop + 1)])
        return not any(is_tariff(t) for t in ahead)  # "spare steel from duties"
    if low == "in":
        named = any(state_at(text, t.i) for t in text.doc[token.i + 1 : min(token.i + 3, stop)])
        party = "party" in classes(item[-1].lemma_.lower())  # "growers in Kentucky"
        return item[-1].lower_ in MADE | ENTERING or (named and (party or state_at(text, item[-1].i) is not None))
    return True


def _is_generic(item: list[Token]) -> bool:
    return any("generic" in classes(t.lemma_.lower()) for t in item)


def _relative(text: Text, item: list[Token], stop: int) -> int:
    """The last token of a clause that narrows goods: "goods that do not comply with the agreement"."""
    first = end = item[-1].i
    while end + 1 < stop:
        following = text.doc[end + 1]
        if following.is_punct and following.text not in {"-", "'"}:
            break
        if following.lower_ in {"to", "from", "at"} and end + 2 < stop and text.doc[end + 2].like_num:
            break
        if following.lower_ in {"will", "would", "have", "face", "was", "were"} and end > first + 1:
            break
        end += 1
        item.append(following)
    return end


def _into(text: Text, i: int, stop: int, found: Listing) -> int:
    """Who imports in "exports to the United States"; the token behind it."""
    for k in range(i + 1, min(i + 4, stop)):
        named = state_at(text, k)
        if named is not None:
            found.into.append(named)
            return k + 1
        if text.doc[k].pos_ not in {"DET", "PROPN"}:
            break
    return i


def _new_clause(text: Text, item: list[Token], i: int, *, others: bool) -> bool:
    """Whether the last phrase of a list is the subject of what follows: "duties on steel, and Japan said"."""
    if not others or i >= len(text.doc):
        return False
    head = next((t for t in reversed(item) if t.pos_ in {*NOUNS, "PRON"}), item[-1])
    verb = text.doc[i].pos_ in {"VERB", "AUX"} or (text.doc[i].lower_ == "to" and head.head.i > i)
    return verb and head.dep_ in {"nsubj", "nsubjpass"}  # "goods, coffee shipments to Germany have jumped"

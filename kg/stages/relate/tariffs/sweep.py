"""A rate that no other rule claims, where tariffs are told: by the goods and states right beside it.

New authors find ever new ways to tell a rate: "a flat 50 percent on everything European", "Then came Laos with 40",
"At 19 percent, Peru ends up level with Chile". So all that is asked is that tariffs are spoken of, that goods or states
stand beside the rate, and that no word makes it a share or a change of something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.goods.lists import listing
from kg.stages.relate.tariffs.acts import NOTHING, Act, act, governor
from kg.stages.relate.tariffs.verbs import Host, is_firm
from kg.stages.relate.tariffs.words import classes, marks, verb_class

if TYPE_CHECKING:
    from kg.stages.relate.goods.phrases import Listing
    from kg.stages.relate.tariffs.goods import Reader
    from kg.stages.relate.tariffs.group import Group
    from kg.tokens import Token

_ON = frozenset({"on", "against", "upon"})
_FILLING = frozenset({'"', "”", "“", "''", "each", "more", "extra", "apiece", "again", "instead", "too", ")"})
_LINKS = frozenset({"with", "at", ",", "(", ":", "–", "—", "about", "some", "only", "just", "the", "a", "same", "even"})
_CHANGED = frozenset({"by", "nearly", "another"})
_SPENDING = frozenset({"spend", "save", "gain", "lose", "earn", "grow", "invest", "buy", "win", "hold", "own"})
_JOINING = frozenset({  # "steel follows with 50 percent"
    "follow", "join", "come", "get", "escape", "end", "live", "top", "lead", "head"
})  # fmt: skip
_REACH = 12  # tokens before a rate that may make it one of something else
_JOINED = 9  # tokens from a verb to "with": "top the list of new American tariffs with 40 percent"


def swept(reader: Reader, group: Group, span: tuple[int, int], *, told: bool) -> Host | None:
    """What makes a percentage a rate by the goods or states beside it; None where it may be one of something else.

    Args:
        reader: Reads lists of the sentence.
        group: The percentage.
        span: The tokens from the percentage before to the one after it.
        told: Whether a tariff is told in this sentence or right before it.
    """
    if not group.rates or _of_else(reader, group, span[0]):
        return None
    behind = None if group.bare else _behind(reader, group, span[1])
    if behind and (told or _names(behind)):
        return Host("levied")
    if not told:
        return None
    ways = (_topping, _fronted, _joining, _held_at, _said)
    return next((found for way in ways if (found := way(reader, group)) is not None), _label(reader, group, span[0]))


def _names(found: Listing) -> bool:
    """Whether a list names states, or goods of the lexicon or of some state."""
    return bool(found.states) or any(g.concept or g.states for g in found.goods)


def _behind(reader: Reader, group: Group, right: int) -> Listing | None:
    """What stands behind "on" right after a rate."""
    doc, i = reader.text.doc, group.last + 1
    while i < right and doc[i].lower_ in _FILLING:
        i += 1
    if i >= right - 1 or doc[i].lower_ not in _ON | {"for"}:
        return None
    found = listing(reader.text, i + 1, right)
    return found if found and (doc[i].lower_ != "for" or _names(found)) else None


def apart(reader: Reader, group: Group, right: int) -> Host | None:
    """What no verb before a rate changes: that it is put on a price, or is that of one maker."""
    return _priced(reader, group, right) or _of_firm(reader, group)


def _priced(reader: Reader, group: Group, right: int) -> Host | None:
    """As in "adding 10 percent to the cost of lumber and 25 percent to that of cabinets"."""
    doc, i = reader.text.doc, group.last + 1
    added = doc[i : i + 1].text == "to" and doc[i + 1].lower_ in {"the", "that"}
    of = next((t for t in doc[i : min(i + 4, right)] if t.lower_ == "of"), None) if added else None
    return Host("case", of, doc[right - 1]) if of is not None and _names(reader.listing(of.i + 1, right)) else None


def _said(reader: Reader, group: Group) -> Host | None:
    """As in "He had threatened 30 percent": what is imposed or threatened, on whose goods is told before."""
    rate = reader.text.doc[group.last]
    verb = rate.head
    doing = verb.pos_ == "VERB" and rate.dep_ == "dobj" and verb_class(verb) & {"threaten", "impose"}
    return Host("levied", None, verb) if doing and verb.i < group.first and not group.bare else None


def _of_firm(reader: Reader, group: Group) -> Host | None:
    """As in "an extra 17 percent for Doe Motors": the rate of one maker, on goods told before."""
    i = group.last + 1
    firm = reader.text.doc[i + 1] if reader.text.doc[i : i + 1].text == "for" else None
    return Host("levied") if firm is not None and is_firm(reader.text, firm) else None


def _topping(reader: Reader, group: Group) -> Host | None:
    """As in "At 19 percent, down from 36, Thailand ends up level with Cambodia"."""
    doc, first = reader.text.doc, group.first - 1
    if first != reader.sent.start or doc[first].lower_ != "at":
        return None
    commas = [t for t in doc[group.last + 1 : reader.sent.end] if t.text == ","]
    for comma in commas[:2]:
        verb = next((t for t in doc[comma.i + 1 : reader.sent.end] if t.pos_ in {"VERB", "AUX"}), None)
        if verb is not None and reader.listing(comma.i + 1, verb.i).states:
            return Host("case", comma, verb)
    return None


def _fronted(reader: Reader, group: Group) -> Host | None:
    """As in "For steel the 50 percent remains"."""
    doc, first = reader.text.doc, reader.sent.start
    if doc[first].lower_ not in {"for", "on"} or doc[group.first - 1].lower_ not in {"the", "a"}:
        return None
    found = reader.listing(first + 1, group.first - 1)
    sold = bool(found.states and not found.goods) or any(g.concept for g in found.goods)
    return Host("case", doc[first], doc[group.first - 1]) if sold and found.end >= group.first - 2 else None


def _joining(reader: Reader, group: Group) -> Host | None:
    """As in "Semiconductors follow in 2025 with 50 percent", "Laos got away with 15 percent"."""
    doc, link = reader.text.doc, group.first - 1
    down = doc[link].lower_ == "for" and doc[link - 1].lower_ == "down"  # "Laos and Chad are down for 40 percent each"
    if link <= reader.sent.start or not (down or doc[link].lower_ in {"with", "at"}):
        return None
    if down and doc[link - 2].lemma_ == "be" and _names(reader.payers(doc[link - 2])):
        return Host("getter", None, doc[link - 2])
    verbs = (t for t in reversed(doc[max(reader.sent.start, link - _JOINED) : link]) if t.lemma_ in _JOINING)
    verb = next(verbs, None)
    return Host("getter", None, verb) if verb is not None and _names(reader.payers(verb)) else None


def _held_at(reader: Reader, group: Group) -> Host | None:
    """As in "Wood products from Britain are capped at 10 percent", "Britain was left at 25", "was given 50"."""
    doc, link = reader.text.doc, group.first - 1
    linked = doc[link].lower_ in {"at", "for"}
    verb = next((t for t in reversed(doc[reader.sent.start : link + (not linked)]) if t.dep_ != "prt"), None)
    if verb is None or verb.tag_ != "VBN" or not any(c.dep_ == "auxpass" for c in verb.children):
        return None
    told = doc[link].lower_ == "at" or "allot" in classes(verb.lemma_)
    found = reader.payers(verb) if told else None
    return Host("payer", None, verb) if found is not None and (_names(found) or found.maker) else None


def _label(reader: Reader, group: Group, left: int) -> Host | None:
    """As in "Laos with 48", "Lesotho, at 50 percent", "cotton shirts 42 percent": a list that ends before the rate."""
    doc, i = reader.text.doc, group.first
    while i > left and doc[i - 1].lower_ in _LINKS:
        i -= 1
    shares = any("percentage" in classes(t.lemma_.lower()) for t in reader.sent)
    if shares or doc[group.last + 1 : group.last + 2].text in {"on", "to", "for", "of", "in"}:
        return None
    found = reader.ending(i)
    sold = bool(found.states and not found.goods) or any(g.concept or g.generic or g.head == "one" for g in found.goods)
    return Host("beside", doc[i]) if i > left and sold and found.end >= i else None


def in_brackets(reader: Reader, group: Group) -> tuple[Act | None, Token | None]:
    """What is done to goods by the tariff noun before their rates in brackets, and the noun where it tells no more.

    "will do away with its duties on hides (17 percent)", "put tariffs on American cars (60 percent), tin (20)", "those
    that Ottawa put on cars (25 percent)".
    """
    goods = reader.text.doc[max(reader.sent.start, group.first - 2)]
    verb = next((t for t in goods.ancestors if t.pos_ == "VERB"), None)
    if verb is not None and verb.dep_ == "relcl" and "impose" in verb_class(verb):
        return Act("impose", verb), None
    nouns = [i for i in marks(goods.doc).ordered if reader.sent.start <= i < group.first]
    noun = goods.doc[nouns[-1]] if nouns else None
    doing = act(noun, governor(noun), to_rate=False) if noun is not None else NOTHING
    if noun is None or doing.kind not in {"remove", "impose", "raise", "threaten"}:
        return None, None
    named = reader.onto(noun.i + 1, group.first, doing, noun).goods if doing.kind != "remove" else []
    listed = doing.kind == "remove" or any(g.start < goods.idx + len(goods) <= g.end for g in named)
    return (doing, noun) if listed else (None, None)


def _of_else(reader: Reader, group: Group, left: int) -> bool:
    """Whether a percentage is a share, a change or one of prices, sales and the like."""
    doc = reader.text.doc
    near = doc[max(left, group.first - _REACH) : group.first]
    before = doc[max(reader.sent.start, group.first - _REACH) : group.first]
    if not near or any("average" in classes(t.lower_) for t in before):
        return bool(near)
    if near[-1].lower_ in _CHANGED or any({"percentage", "average"} & classes(t.lemma_.lower()) for t in near):
        return True
    return any(t.lemma_ in _SPENDING and t.pos_ == "VERB" for t in near) or _compared(doc[group.first - 1])


def _compared(before: Token) -> bool:
    """As in "more than the 31 percent threatened in April"."""
    return before.lower_ in {"the", "than"} and before.i > 0 and "than" in {before.lower_, before.nbor(-1).lower_}

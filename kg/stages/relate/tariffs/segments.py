"""Which words of a verbless list belong to which of its rates: "softwood lumber 10%, kitchen cabinets 25%"."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kg.stages.relate.goods.lists import listing
from kg.stages.relate.goods.phrases import Listing
from kg.stages.relate.tariffs.group import Amount
from kg.stages.relate.tariffs.order import old_first
from kg.stages.relate.tariffs.rates import groups
from kg.stages.relate.tariffs.words import classes, is_tariff

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.group import Group
    from kg.stages.relate.text import Text
    from kg.tokens import Span

_OLD = re.compile(
    r"(?:\b(?:before|(?:was|were) (?:to be|to have been|going to be|set at)|was|were|had been"
    r"|previous(?:ly)?|formerly|earlier|originally|initially|at first|not|after"
    r"|old rate|(?:down|up)? ?from|instead of|rather than|in place of|replac\w+|against|compared (?:with|to)|vs\.?"
    r"|until [^,;.()%]{3,25},?)|\()\W*(?:the |an? )?(?:about |around |just )?$",
    re.IGNORECASE,
)
_OLD_BEHIND = re.compile(r"^\W*(?:until|till|before|previously|so far|hitherto|to date)\b", re.IGNORECASE)
_ALONE = re.compile(r"[;,(–—-]\W*$")  # before a rate of which no goods are told: "20% on pork; 10% until yesterday"
_ONWARD = re.compile(  # "150% → 100%", "50% today, 0% after five years"
    r"\s*(?:[→⇒➔➜»>]|-+>|=>|(?:down |up )?to|,? then"
    r"|(?:today|now|currently|at present|so far)[,;:]?(?: and| then)?)\s*",
    re.IGNORECASE,
)
_PAIRED = re.compile(r"\s*(?:[,|/\[]|\s[–—-]+\s)\s*")  # "20% | 50%", "20%, 50%", "50% [20%]"
_TWO = 2
_SUM = re.compile(
    r"\bplus\b|\+|(?:%|per ?cent)[^()]*\band\b[^()]*(?:%|per ?cent)|\b(?:baseline|reciprocal)\b", re.IGNORECASE
)
_BREAK = re.compile(r";|\(|[.!?]\s|\b(?:but|while|whereas|plus|another|a further|then)\b|,(?!\d)|\band\b")
_STRONG = re.compile(r";|\(|\b(?:but|while|whereas|plus|another|a further)\b")
_GOES_ON = re.compile(
    r"^,?\s*(?:since|from(?= \d| [A-Z]\w+ \d)|until|till|effective|as of|as from|down|up|on(?= \d)|both|all|with effect"
    r"|starting|which|that|whatever|backdated|announced|adopted|agreed|under|because|over|due|in (?:force|effect))\b",
    re.IGNORECASE,
)
_LINKS = frozenset({
    ",", ";", ":", "and", "for", "on", "from", "at", "but", "while", "with", "–", "-", "(", "then", "of"
})  # fmt: skip
_PARTING = frozenset({"–", "—", "-", ":", "|", "="})
_ONTO = frozenset({"on", "for", "from", "against", "upon"})
_SHARE = re.compile(r"^\W*(?:%|per ?cent|pct)?\s*(?:of\b|(?:increase|rise|fall|drop|growth|share|stake|discount)\b)")


_CLOSED = re.compile(r"\([^()]*\)")  # "25% (fentanyl), steel 50%": the bracket belongs to the rate before it
_IN_BRACKET = re.compile(
    r"\s*\((?:it )?(?:(?:was|were|is|up|down|from|previously|before|earlier|instead of|after|not)\s+){0,3}"
    r"(?P<old>\d{1,3}(?:\.\d+)?)"
    r"(?=\s(?:in|on|until|till|before|announced|threatened|since|as of|at first|so far)\b|\))",
    re.IGNORECASE,
)
_EXCEPT = frozenset({"exception", "exemption", "exempt", "except", "waiver", "carve-out", "relief"})
_APART = 90  # characters between a rate and the one before it
_AGAIN = 50  # characters between a rate and "doubled from 25 percent"


class Segment(NamedTuple):
    """A rate with the words that belong to it: tokens [start, stop)."""

    group: Group
    start: int
    stop: int


def segments(text: Text, part: Span) -> list[Segment]:
    """The rates of a stretch of a list in order, each with its words; rates that held before go to what followed."""
    rates = [g for g in groups(text, part) if not _is_share(text, g, part)]
    rates = _with_old(text, rates)
    if not rates:
        return []
    for group in rates:
        _bracketed(text, group)
    leading = bool(label(text, part.start, rates[0].first, rates[0]))
    cuts = [part.start]
    for one, other in pairwise(rates):
        cuts.append(_cut(text, one, other, leading=leading))
    ends = [*cuts[1:], part.end]
    found = []
    for group, start, stop in zip(rates, cuts, ends, strict=True):
        found.append(Segment(group, start, stop))
    return found


def _is_share(text: Text, group: Group, part: Span) -> bool:
    """As in "20 percent of the total", "a 10 percent discount"."""
    behind = text.document.text[group.words[1] : part.end_char][:30]
    after = text.doc[group.last + 1 : min(group.last + 4, part.end)]
    own = any(is_tariff(t) and t.nbor(1).lemma_ != "line" for t in after)
    return not own and (_SHARE.match(behind) is not None or any("percentage" in classes(t.lemma_) for t in after))


def _with_old(text: Text, rates: list[Group]) -> list[Group]:
    found: list[Group] = []
    for group in rates:
        last = found[-1] if found else None
        if last is None:
            found.append(group)
            continue
        between = text.document.text[last.words[1] : group.words[0]]
        single = bool(group.rates and last.rates) and group.previous is None and last.previous is None
        if _made_up(text, last, group):
            continue
        if _again(text, last, group):
            last.previous, last.words = group.previous, (last.words[0], group.words[1])
            continue
        if single and len(rates) == _TWO and _PAIRED.fullmatch(between):
            first, second = last.rates[0], group.rates[0]
            onward = "[" not in between and (old_first(text, last.words[0], first.value, second.value))
            last.previous, last.rates = (first, [second]) if onward else (second, [first])
            last.ends += group.ends if onward else []
        elif single and _ONWARD.fullmatch(between):
            last.previous, last.rates = last.rates[0], group.rates
            last.ends += group.ends
        elif single and len(between) < _APART and _is_old(text, group, between):
            last.previous = group.rates[0]
        else:
            found.append(group)
            continue
        last.last, last.words = group.last, (last.words[0], group.words[1])
        last.tokens |= group.tokens
    return found


def _bracketed(text: Text, group: Group) -> None:
    """As in "39 percent (31 in April)": the rate before it stands in brackets without "percent"."""
    match = _IN_BRACKET.match(text.document.text, group.words[1]) if group.previous is None and group.rates else None
    if match is None:
        return
    group.previous = Amount(Decimal(match["old"]), match.start("old"), match.end("old"))
    group.words = (group.words[0], match.end("old"))


def _is_old(text: Text, group: Group, between: str) -> bool:
    """Whether a rate held before the one told first: "20% (was 10%)", "20%, from today; 10% until yesterday"."""
    if _ALONE.search(between) and _OLD_BEHIND.match(text.document.text[group.words[1] :]):
        return True
    inside = between[between.index("(") + 1 :].strip() if "(" in between else ""
    return ";" not in between and bool(_OLD.search(between)) and (not inside or bool(_OLD.search(inside)))


def _again(text: Text, last: Group, group: Group) -> bool:
    """As in "50 percent since June, doubled from 25": the same rate, now with the one before."""
    near = group.words[0] - last.words[1] < _AGAIN and ";" not in text.document.text[last.words[1] : group.words[0]]
    same = bool(last.rates and group.rates) and last.rates[0].value == group.rates[0].value
    return near and same and last.previous is None and group.previous is not None


def _made_up(text: Text, last: Group, group: Group) -> bool:
    """As in "50 percent (10 percent reciprocal plus 40 percent)": what the rate before is made up of."""
    words = text.document.text
    opening = words.find("(", last.words[1], group.words[0])
    closing = words.find(")", opening) if opening >= 0 else -1
    return closing > group.words[0] and _SUM.search(words[opening:closing]) is not None


def _cut(text: Text, one: Group, other: Group, *, leading: bool) -> int:
    """The token at which the words of a second rate begin."""
    base = one.words[1]
    between = _CLOSED.sub(lambda m: " " * len(m[0]), text.document.text[base : other.words[0]])
    strong = _STRONG.search(between)
    if strong is not None:
        return text.tokens(base + strong.start(), base + strong.end())[0]
    breaks = [m for m in _BREAK.finditer(between) if not _GOES_ON.match(between[m.start() :])]
    if not breaks:
        return text.tokens(*other.words)[0]
    chosen = breaks[0] if leading else breaks[-1]
    return text.tokens(base + chosen.start(), base + chosen.end())[0]


def label(text: Text, start: int, stop: int, group: Group) -> Listing:
    """What the words before a rate name as its goods or states."""
    while start < stop and (text.doc[start].lower_ in _LINKS or text.doc[start].is_space):
        start += 1
    while start < stop and text.doc[stop - 1].text in _PARTING:
        stop -= 1
    found = listing(text, start, stop, group.tokens) if start < stop else Listing()
    return _sold(found)


def trailing(text: Text, group: Group, stop: int, *, alone: bool) -> Listing:
    """What stands right behind a rate, parted from it by a dash, a colon or nothing: "25% – steel", "25%: eggs".

    Goods that the lexicon does not know need the mark, or a line that holds nothing else (`alone`).
    """
    for end in dict.fromkeys((group.ends[-1], group.ends[0])):  # "75% – apples (now 50%)"
        apart, start = False, end + 1
        while start < stop and (text.doc[start].text in _PARTING or text.doc[start].is_space):
            apart |= not text.doc[start].is_space
            start += 1
        found = listing(text, start, stop, group.tokens) if start < stop else Listing()
        found = found if apart or (alone and found.end >= stop) else _sold(found)
        if found:
            return found
    return Listing()


def behind(text: Text, start: int, stop: int, group: Group) -> Listing:
    """What a preposition behind a rate leads to: "25% on American cars"."""
    found = Listing()
    for i in range(start, stop - 1):
        token = text.doc[i]
        spared = text.doc[i - 1].lemma_.lower() in _EXCEPT  # "with exceptions for aircraft"
        if token.lower_ in _ONTO and not spared and not text.is_time(text.doc[i + 1]) and not token.is_punct:
            more = _sold(listing(text, i + 1, stop, group.tokens))
            found.goods = found.goods or more.goods
            found.states = found.states or more.states
            if found.goods:
                break
    return found


def _sold(found: Listing) -> Listing:
    """Without what is no goods of trade."""
    goods = [g for g in found.goods if g.concept is not None or g.generic or g.head == "one"]
    return Listing(goods, found.states)

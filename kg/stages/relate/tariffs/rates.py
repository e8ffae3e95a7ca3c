"""Percentages that may be tariff rates, put together to groups: a rate with the one before it and what was added."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.stages.relate.goods.products import known, state_at
from kg.stages.relate.tariffs.again import same
from kg.stages.relate.tariffs.factors import factor, is_subject
from kg.stages.relate.tariffs.group import Amount, Group
from kg.stages.relate.tariffs.old_rates import (
    ABOUT,
    DET,
    MOVES_TO,
    in_step,
    old_comes_first,
    old_comes_last,
    stepped_in,
)
from kg.stages.relate.tariffs.words import marks, plain, verb_class

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_TO = re.compile(rf"\s(?:\w+ ){{0,2}}(?:to|up to|down to) {DET}{ABOUT}$", re.IGNORECASE)
_FROM = re.compile(rf"\bfrom {DET}{ABOUT}$", re.IGNORECASE)
_RANGING = re.compile(
    r"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|anywhere) (?:anywhere )?(?:from|between) (?:\w+ )?$", re.IGNORECASE
)
_NOW = re.compile(
    r"\b(?:now|currently|presently|today|at present|so far|until now|to date|at the moment|previously|originally"
    r"|initially|formerly|at first)\b[^,;.()]{0,40}$",
    re.IGNORECASE,
)
_NOW_BEHIND = re.compile(
    r"^,? ?(?:(?:is|are) (?:due |charged |paid )?)?"
    r"(?:now|at present|currently|today|at the moment|so far|until now|since"
    r"|(?:first|originally|initially|previously) \w+ed)\b",
    re.IGNORECASE,
)
_BY_TO = re.compile(r"^[^,;.]{0,30}\bto (?:a total of )?$", re.IGNORECASE)
_THE = re.compile(r"\b(?:the|that|this|these|its|their)(?: (?:current|present|existing|old))? $", re.IGNORECASE)
_THREATENED = re.compile(
    r"\bthreatened (?:with )?\S+\s?(?:percent|per cent|%)|(?:percent|per cent|%) (?:\w+ ){0,6}(?:threatened|feared)",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\b(?:compared (?:with|to)|against|versus|rather than) (?:just |only )?(?:the )?$", re.IGNORECASE)
_FOR = re.compile(r"\s(?:for|on|paid by|charged on|imposed on|faced by)\b", re.IGNORECASE)
_PARALLEL = re.compile(r"^(?:,| and|, and| or)? $", re.IGNORECASE)
_OWN_GOODS = re.compile(r"^\W*(?:on|for|to|in|from|of|at|if|tariffs?|dut(?:y|ies)|lev(?:y|ies))\b", re.IGNORECASE)
_LISTED = re.compile(r"^\W*on ([^.;:%\d]+)")
_JOINTS = re.compile(r",? and |, ")
_GOES_ON = re.compile(r"(?:,|\b(?:and|but|or|while))\s*$")
_BY = re.compile(
    r"(?<!replaced )(?<!superseded )(?<!succeeded )\bby (?:a |an |another |a further )?(?:about |around |nearly )?$",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d{1,3}(?:\.\d+)?")
_ON_SHARE = re.compile(r"\b(?:dut(?:y|ies)|tariffs?|lev(?:y|ies)) on (?:[a-z]+ ){0,2}$", re.IGNORECASE)
_HIGHEST = 300  # percent; no higher bare number is taken for a rate


def groups(text: Text, sent: Span) -> list[Group]:
    """The groups of a sentence in order."""
    found: list[Group] = []
    amounts = _amounts(text, sent)
    rated = marks(text.doc).ordered or any(q.kind == "percent" for q in text.mentions.quantities)
    bare = _bare(text, sent, {a.start for a, _ in amounts}) if rated else []
    told = [(a.value, a.start, a.end) for a, points in amounts if not points]
    again = {token.idx: Amount(*number) for token, number in same(text, sent, told)}  # as told before
    amounts += [(Amount(a.value, start, start + len("same")), False) for start, a in again.items()]  # or "full"
    for amount, points in sorted([*amounts, *((a, False) for a in bare)], key=lambda f: f[0].start):
        span = text.tokens(amount.start, amount.end)
        before = plain(text.doc)[max(0, amount.start - 30) : amount.start]
        added = amount if points or _BY.search(before) else None
        rates = [] if added else [again.get(amount.start, amount)]
        group = Group(rates, span[0], span[-1], added=added, tokens=frozenset(span))
        group.words, group.ends = (amount.start, amount.end), [span[-1]]
        group.points, group.bare = points, amount in bare
        apart = len(found) > 1 and in_step(before, plain(text.doc)[amount.end : amount.end + 60])
        if not found or apart or not _joined(text, found[-1], group):
            found.append(group)
    found = _stepped_from(text, found)
    for group in found:
        factor(text, group, sent)
        group.dropped = group.previous is not None and _threatened(text, group.previous)
        group.now = group.previous is None and len(group.rates) == 1 and _holds(text, group)
    return found


def _stepped_from(text: Text, found: list[Group]) -> list[Group]:
    """As in "spirits will pay 40 percent and beer 50, from 150 and 110 respectively": each with the rate before it."""
    for n, group in enumerate(found):
        count = len(group.rates)
        new = found[max(0, n - count) : n]
        from_ = text.doc[group.first - 1].lower_ == "from" and text.doc[group.last + 1 : group.last + 3].text.lower()
        if count < 2 or len(new) != count or not (from_ and "respectively" in from_):
            continue
        if all(len(g.rates) == 1 and g.previous is None for g in new):
            for one, old in zip(new, group.rates, strict=True):
                one.previous = old
            return found[:n] + found[n + 1 :]
    return found


def of_all(text: Text, group: Group) -> bool:
    """As in "duties on 99 percent of Indian goods": how many goods are meant, no rate."""
    words = plain(text.doc)
    return bool(_ON_SHARE.search(words[max(0, group.words[0] - 40) : group.words[0]])) and (
        words[group.words[1] : group.words[1] + 4] == " of "
    )


def _threatened(text: Text, old: Amount) -> bool:
    """As in "from the 32 percent that Washington had threatened", "down from a threatened 46 percent"."""
    return _THREATENED.search(plain(text.doc)[max(0, old.start - 14) : old.end + 50]) is not None


def _holds(text: Text, group: Group) -> bool:
    words = plain(text.doc)
    before, behind = words[max(0, group.words[0] - 60) : group.words[0]], words[group.words[1] : group.words[1] + 30]
    return _NOW.search(before) is not None or _NOW_BEHIND.match(behind) is not None


def _amounts(text: Text, sent: Span) -> list[tuple[Amount, bool]]:
    """Percentages and percentage points of a sentence; "zero" and a "0" beside a rate count as percent."""
    found = [
        (Amount(top, q.start, q.end), q.kind == "points") for q in text.mentions.quantities
        if q.kind in {"percent", "points"} and sent.start_char <= q.start < sent.end_char
        and (top := q.value if q.value is not None else q.high) is not None  # "between 15 and 26 percent": up to 26
    ]  # fmt: skip
    found = [one for amount, points in found for one in _steps(text, amount) or [(amount, points)]]
    taken = {a.start for a, _ in found}
    zeros = [text.doc[i] for i in marks(text.doc).zeros if sent.start <= i < sent.end]
    found += [
        (Amount(Decimal(0), t.idx, t.idx + len(t)), False) for t in zeros
        if t.idx not in taken and not _part_of_word(text, t.i)
    ]  # fmt: skip
    return sorted(found, key=lambda f: f[0].start)


def _steps(text: Text, amount: Amount) -> list[tuple[Amount, bool]]:
    """The two rates of a line "Walnuts: 30% to 120%", read as one range."""
    words = plain(text.doc)
    numbers = stepped_in(words[max(0, amount.start - 9) : amount.start], words[amount.start : amount.end])
    return [(Amount(Decimal(n), amount.start + start, amount.start + end), False) for n, start, end in numbers]


def _bare(text: Text, sent: Span, taken: set[int]) -> list[Amount]:
    """Numbers that may be rates though no "percent" follows: "from 39 percent to 15", "threatened it with 25"."""
    found = []
    for token in sent:
        if not token.like_num or token.idx in taken or not _BARE.fullmatch(token.text) or token.i == sent.start:
            continue
        before, after = text.doc[token.i - 1], text.doc[token.i + 1] if token.i + 1 < sent.end else None
        at = token.i - (before.lower_ == "the")
        before = text.doc[at - 1] if taken and at > sent.start else before  # "down from the 32 announced in April"
        counts = after is not None and (
            after.pos_ in {"NOUN", "PROPN", "NUM", "ADJ", "SYM"} or after.text in {"%", "-", ":"}
            or (after.text == "," and not after.whitespace_)
        )
        links = {"to", "from", "with", "at"} if taken else {"to", "from", "with"}
        linked = before.lower_ in links or before.lemma_ in {"pay", "charge", "face"}
        behind = bool(taken) and (
            text.doc[max(0, at - 2) : at].text.lower() in {"up from", "down from", "instead of", "rather than"}
            or (before.lower_ == "to" and text.doc[max(0, at - 3)].lower_ == "from")  # "from 125 to 10, at first"
        )
        linked = linked or (behind and before.lower_ == "of")
        counts = counts and not (behind and after is not None and after.text == ",")
        linked = (linked and not counts) or _elliptic(text, token, before, after, taken) or _level(text, token, after)
        linked = linked or _leads(text, token, taken)
        inside = any(q.start <= token.idx < q.end and q.kind != "count" for q in text.mentions.quantities)
        if linked and not inside and not text.is_time(token) and Decimal(token.text) <= _HIGHEST:
            found.append(Amount(Decimal(token.text), token.idx, token.idx + len(token)))
    return found


def _elliptic(text: Text, token: Token, before: Token, after: Token | None, taken: set[int]) -> bool:
    """As in "40 percent on cars, 50 on copper", "Serbia gets 35 percent and Bosnia 30": a list that goes on."""
    if not any(start < token.idx for start in taken):
        return False
    ends = after is None or after.text in {",", ";", ".", ")"} or after.lower_ in {"and", "while", "but"}
    named = state_at(text, before.i) is not None or known(before) or before.lower_ == "ones"
    onto = after is not None and after.lower_ in {"on", "for"}
    goes_on = onto and after is not None and (after.lower_ == "on" or _state_follows(text, after.i + 1))
    return goes_on or (ends and named)


def _leads(text: Text, token: Token, taken: set[int]) -> bool:
    """As in "are 35 and 17 percent, respectively": a number that shares the "percent" of one behind it."""
    for after in text.doc[token.i + 1 : token.i + 8]:
        if after.idx in taken:
            return token.nbor(-1).lower_ not in {"between", "from"}
        if not (after.text == "," or after.lower_ in {"and", "or"} or after.like_num):
            break
    return _in_turn(text, token, taken)


def _in_turn(text: Text, token: Token, taken: set[int]) -> bool:
    """As in "Peru got 50, Chad 20 and Mali 10 percent": each state with its number, the last with "percent"."""
    before, numbers = token.nbor(-1), 0
    if state_at(text, before.i) is None and not verb_class(before) & {"get", "pay"}:
        return False
    for after in token.doc[token.i + 1 : token.i + 18]:
        numbers += after.like_num
        if after.idx in taken:
            return numbers > 0 and state_at(text, after.i - 1) is not None
        known_state = state_at(text, after.i) is not None
        if not (known_state or after.text == "," or after.lower_ in {"and", "or", "the"} or after.like_num):
            break
    return False


def _state_follows(text: Text, i: int) -> bool:
    return any(state_at(text, k) is not None for k in range(i, min(i + 2, len(text.doc))))


def _level(text: Text, token: Token, after: Token | None) -> bool:
    """As in "Steel and aluminum are at 50": the level at which goods of the lexicon are taxed."""
    at, doc = token.i - 1, text.doc
    ends = after is None or after.text in {",", ";", "."} or after.lower_ in {"and", "while", "but"}
    staying = ends and at > 1 and doc[at].lower_ == "at" and doc[at - 1].lemma_ in {"be", "stand", "stay", "remain"}
    return staying and known(doc[at - 2])


def _part_of_word(text: Text, i: int) -> bool:
    """As in "zero-sum", "net-zero"; but "zero-for-zero tariffs" and "a zero-tariff deal" tell the rate."""
    behind = "" if text.doc[i].whitespace_ else text.doc[i + 1 : i + 3].text.lower()  # not the dash of the line below
    if behind.startswith(("-tariff", "-duty")) or text.doc[max(0, i - 3) : i].text.lower() in {"-for-", "zero-for-"}:
        return False
    before = text.doc[i - 1] if i else None  # not the dash before a line: "- zero duty on gin"
    return behind[:1] in {"-", "‑"} or (before is not None and before.text in {"-", "‑"} and not before.whitespace_)


def _joined(text: Text, last: Group, new: Group) -> bool:
    """Put a percentage to the group before it where the words between say how they belong together."""
    between = plain(text.doc)[last.words[1] : new.words[0]]
    if len(between) > 160 or ";" in between:
        return False
    before = plain(text.doc)[max(0, last.words[0] - 40) : last.words[0]]
    after = plain(text.doc)[new.words[1] : new.words[1] + 60]
    both, single = bool(last.rates and new.rates), last.previous is None
    if _BESIDE.search(between) and _FOR.match(after):
        return False  # "wine pays 15 percent, against 10 percent for Chile"
    if both and single and _RANGING.search(before):
        last.rates = []  # "ranging from 7.8 to 35.3 percent": no rate of any one tariff
    elif both and single and _FROM.search(before) and _TO.match(between):
        last.lead_to(new.rates)
    elif both and single and old_comes_first(before, between):
        last.lead_to(new.rates)
        last.first = new.first
    elif both and single and old_comes_last(between, after):
        last.previous = new.rates[0]
    elif both and single and _THE.search(before) and MOVES_TO.search(between) and is_subject(text, last):
        last.lead_to(new.rates)
        last.first = new.first
    elif both and _PARALLEL.match(between) and single and _in_step(after, len(last.rates) + 1):
        last.rates += new.rates
    elif last.added and new.rates and _BY_TO.match(between):
        last.rates = new.rates
    else:
        return False
    last.last, last.words = new.last, (last.words[0], new.words[1])
    last.ends += new.ends
    last.tokens |= new.tokens
    last.bare = last.bare and new.bare
    return True


def _in_step(after: str, count: int) -> bool:
    """Whether rates side by side are those of as many goods: "at 25, 50 and 50 percent", "of 5 and 10 on A and B"."""
    if "respectively" in after or not _OWN_GOODS.match(after):
        return True
    behind = _LISTED.match(after)
    digit = behind is not None and after[behind.end() : behind.end() + 1].isdigit()
    goes_on = behind is not None and digit and _GOES_ON.search(behind[1])  # "on cars and 50 on steel"
    return behind is not None and not goes_on and len(_JOINTS.split(behind[1])) == count

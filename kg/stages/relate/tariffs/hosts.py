"""Whether a percentage is the rate of a tariff, by the words it stands with.

Percentages of growth, shares, votes and the like stand near tariffs all the time, so a rate needs a host: a tariff noun
that it belongs to, a verb of charging or paying, or the rate before it in a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.goods.lists import listing
from kg.stages.relate.goods.phrases import Listing
from kg.stages.relate.goods.products import known, state_at
from kg.stages.relate.tariffs.changes import change, other_rate
from kg.stages.relate.tariffs.loose import loose
from kg.stages.relate.tariffs.verbs import Host, admitted, deed, onto, payer
from kg.stages.relate.tariffs.words import FINITE, RATE_NOUNS, classes, is_tariff, stands_for, verb_class

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.group import Group
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

ANCHORED = frozenset({"which", "beside", "case", "owned", "labelled"})  # hosts whose noun is only where the goods end
_APPROXIMATE = frozenset({
    "about", "around", "up", "as", "high", "much", "least", "a", "an", "the", "further", "additional", "just",
    "only", "flat", "total", "combined", "some", "nearly", "almost", "at", "more", "than", "over", "extra",
    "between", "another", "full", "currently", "now", "roughly", "blanket", "uniform", "new", "general", "punitive",
    "down", "maximum", "hefty", "steep", "still", "again", "already", "today", "present", "presently", "fully", "even",
    "same", "separate", "standard", "higher", "no", "sum"
})  # fmt: skip
_CHANGE_NOUNS = frozenset({
    "increase", "rise", "hike", "jump", "cut", "reduction", "drop", "decline", "surge", "decrease", "fall",
    "growth", "gain", "share", "stake", "chance", "majority", "discount", "loss", "interest", "point", "points",
    "quota", "plunge", "slump", "profit", "margin", "approval", "target", "average"
})  # fmt: skip
_COMPARED = frozenset({
    "more", "less", "higher", "lower", "above", "below", "fewer", "cheaper", "stronger", "weaker", "faster",
    "dearer"
})  # fmt: skip
_WITHIN = frozenset({"ADJ", "NOUN", "PROPN", "PART", "ADV", "NUM", "SYM", "PRON"})
_PUTTING = frozenset({"put", "push", "drive", "bring", "take"})  # with "up to"
_REACH = 16  # tokens between a tariff noun and its rate: "tariff on imported cars and trucks of more than 5 tons to"
_AT_MOST = frozenset({"up", "to", "about"})
_MEASURED = _AT_MOST | {"now", "currently", "at", "present"}
_AT_CUSTOMS = frozenset({"customs", "border", "duty", "duties", "frontier"})
_TOLD = 40  # tokens from a tariff noun to a list of its rates
_PORTIONS = frozenset({"part", "portion", "component", "element", "slice", "half", "share"})
_BEARING = frozenset({"impose", "pay", "hit", "raise"})
_MARKS = frozenset({"-", "‑", "–", "'", "’", '"', "“", "”", ","})


def host(text: Text, sent: Span, group: Group, left: int, right: int, *, listed: bool) -> Host | None:
    """The host of a group of percentages, or None where it is no rate.

    Args:
        text: The document.
        sent: The sentence.
        group: The percentages.
        left: First token behind the group before it in the sentence.
        right: First token of the group after it.
        listed: Whether the group before it in the sentence is a rate.
    """
    compared = text.doc[max(0, group.first - 2) : group.first].text.lower()
    if _monetary(sent) or compared in {"than the", "below the", "beneath the"}:
        return None  # "more than the 31 percent threatened in April", "to remain below the 15 percent ceiling"
    after = group.last + 1
    noun = _before_noun(text, after, right) or _before_noun(text, group.ends[0] + 1, group.last)
    if noun is not None:
        return Host("modifier", noun)
    if after < right and text.doc[after].lower_ in RATE_NOUNS and not other_rate(text.doc[after]):
        return Host("rate", text.doc[after])
    topped = _topping(text, sent, group) or _onto(text, group, after, sent)
    if topped is not None:
        return Host("modifier", topped)
    threat = _threatened_with(text, sent, after) if group.previous is None else None
    if threat is not None:
        return Host("threat", None, threat)
    if after < sent.end and text.doc[after].lower_ in {"that", "which"}:
        verbs = (t for t in text.doc[after + 1 : min(sent.end, after + 9)] if t.pos_ == "VERB" and t.dep_ != "amod")
        verb = next(verbs, None)  # "the 10 percent that all imported vehicles pay"
        if verb is not None and verb_class(verb) & {"get", "pay"}:
            return Host("got", None, verb)
    borne = _paid(text, sent, group)
    if borne is not None:
        return borne
    cleft = _cleft(text, sent, group) or _labels_behind(text, group, after, sent)
    if cleft is not None:
        return cleft
    if any(_refused(text, end + 1, sent) for end in group.ends) or _portion(text, group, left):
        return None
    start = _skip(text, group.first - 1, left)
    return (
        _which(text, group, left, right) or _beside(text, sent, group) or _of(text, group, start, left, right)
        or _case(text, start, left)
        or admitted(text, start, left) or change(text, sent, group, start, left, listed=listed)
        or payer(text, start, left) or deed(text, group, start, left, right)
        or loose(text, sent, group, start, (left, right), listed=listed)
    )  # fmt: skip


def _labels_behind(text: Text, group: Group, after: int, sent: Span) -> Host | None:
    """As in "three tariffs: 10 percent (Britain, Chile) and 15 percent (Japan)": in brackets whose goods pay."""
    if after + 1 >= sent.end or text.doc[after].text != "(" or group.previous is not None:
        return None
    close = next((t.i for t in text.doc[after + 1 : sent.end] if t.text == ")"), after)
    names = listing(text, after + 1, close) if close > after else Listing()
    told = any(is_tariff(t) for t in text.doc[max(0, group.first - _TOLD) : group.first])
    return Host("levied") if told and names.states and not names.goods and names.end >= close else None


def _onto(text: Text, group: Group, after: int, sent: Span) -> Token | None:
    """As in "added 10 percent to the tariff on Canadian goods": the tariff that a rate is put upon."""
    if after >= sent.end or text.doc[after].lower_ not in {"to", "onto", "atop"}:
        return None
    if not any("impose" in verb_class(t) for t in text.doc[max(sent.start, group.first - 4) : group.first]):
        return None
    return next((t for t in text.doc[after + 1 : min(sent.end, after + 6)] if is_tariff(t)), None)


def _threatened_with(text: Text, sent: Span, after: int) -> Token | None:
    """As in "the 25 percent it was threatened with", "the 10 percent with which he has threatened Peru"."""
    behind = text.doc[after : min(sent.end - 1, after + 9)]
    threat = next((t for t in behind if t.lemma_ == "threaten"), None)
    if threat is None:
        return None
    stranded = threat.i < after + 6 and threat.tag_ == "VBN" and threat.nbor(1).lower_ == "with"
    return threat if stranded or behind[:2].text.lower() == "with which" else None


def _monetary(sent: Span) -> bool:
    """As in "The central bank raised its rate to 50 percent": a sentence on money that names no tariff."""
    words = {t.lower_ for t in sent}
    money = {"central", "interest", "monetary"} & words and {"bank", "banks", "rate", "rates", "policy"} & words
    return bool(money) and not any(is_tariff(t) for t in sent)


def _before_noun(text: Text, after: int, right: int) -> Token | None:
    """The tariff noun behind a percentage: "a 25 percent import duty", "a 50% duty on steel, up from 25%"."""
    for i in range(after, min(right, after + 9)):
        token = text.doc[i]
        if is_tariff(token):
            following = text.doc[i + 1] if i + 1 < len(text.doc) else None
            change = following is not None and following.pos_ == "NOUN" and following.lemma_.lower() in _CHANGE_NOUNS
            return None if change else token  # "a 25 percent tariff hike"
        joined = token.text in _MARKS or token.lower_ in {"and", "or"} or token.tag_ in {"VBN", "VBG"}
        part = token.lower_ == "of" and text.doc[i - 1].lower_ in _PORTIONS  # "the 24 percent part of its tariff"
        within = joined or part or token.pos_ in _WITHIN
        first = i == after and token.lower_ in {"and", ","}
        if not within or first or token.lemma_.lower() in _CHANGE_NOUNS or text.is_time(token):
            return None
    return None


def _refused(text: Text, after: int, sent: Span) -> bool:
    """Whether what follows makes the percentage a share, a change or a comparison: "20 percent of exports"."""
    if after >= sent.end:
        return False
    token = text.doc[after]
    if token.lower_ == "of" and after + 1 < sent.end:
        if text.doc[after + 1 : after + 3].text.lower() in {"its own", "their own"}:
            return False  # "answered with 25 percent of its own"
        return not any(is_tariff(t) for t in text.doc[after + 1 : min(after + 4, sent.end)])
    if token.lower_ == "or" and after + 1 < sent.end and text.doc[after + 1].lower_ in _COMPARED:
        return True  # "already taxed at 15 percent or more"
    dearer = token.lower_ == "more" and any(t.lemma_ == "cost" for t in text.doc[max(sent.start, after - 9) : after])
    if dearer and any(t.lower_ in _AT_CUSTOMS for t in text.doc[after + 1 : min(sent.end, after + 5)]):
        return False  # "cost Americans 25 percent more at customs"
    return token.lower_ in _COMPARED or token.lemma_.lower() in _CHANGE_NOUNS


def _topping(text: Text, sent: Span, group: Group) -> Token | None:
    """As in "At 39 percent, the tariff on Swiss goods is the highest in Europe"."""
    if group.first - 1 != sent.start or text.doc[sent.start].lower_ != "at":
        return None
    subject = next((t for t in text.doc[group.last + 1 : sent.end] if t.dep_ in {"nsubj", "nsubjpass"}), None)
    return subject if subject is not None and is_tariff(subject) else None


def _paid(text: Text, sent: Span, group: Group) -> Host | None:
    """As in "the 25 percent India is already due to pay": a clause without a pronoun."""
    after = group.last + 1
    if text.doc[group.first - 1].pos_ not in {"DET", "ADJ"} or after >= sent.end:
        return None
    if text.doc[after].pos_ not in {"PRON", "PROPN", "DET", "NOUN"} or text.doc[after].lower_ in {"that", "which"}:
        return None
    for token in text.doc[after + 1 : min(sent.end, after + 9)]:
        if token.is_punct or (token.pos_ == "ADP" and token.lower_ != "to"):
            return None
        if token.pos_ == "VERB" and "pay" in verb_class(token):
            return Host("got", None, token)
    return None


def _cleft(text: Text, sent: Span, group: Group) -> Host | None:
    """As in "Twenty percent, down from 32, is what Taiwan's exports are charged"."""
    for token in text.doc[group.last + 1 : min(sent.end, group.last + 12)]:
        if token.lower_ == "what" and token.nbor(-1).lemma_ == "be":
            verb = next((t for t in text.doc[token.i + 1 : sent.end] if verb_class(t) & {"pay", "hit", "get"}), None)
            return Host("case", token, verb) if verb is not None else None
    return None


def _portion(text: Text, group: Group, left: int) -> bool:
    """As in "zero duty on 90 percent": how much of the goods it falls on."""
    before = text.doc[group.first - 2 : group.first]
    return group.first - 2 >= left and before[1].lower_ in {"on", "for"} and is_tariff(before[0])


def _skip(text: Text, i: int, left: int) -> int:
    """The word that a percentage hangs on, before words of measure: "of" in "of up to a further 25 percent"."""
    while i >= left:
        token = text.doc[i]
        verbs = text.doc[max(left, i - 9) : i]
        moved = verb_class(text.doc[i - 2]) & {"raise", "lower", "move"} or any(t.lemma_ in _PUTTING for t in verbs)
        up_to = token.lower_ == "to" and text.doc[i - 1].lower_ == "up" and not moved
        if token.lower_ == "of" and i > left and text.doc[i - 1].lower_ in {"total", "maximum", "sum"}:
            i -= 1  # "pay a total of 48 percent"
            continue
        if token.lower_ == "at" or not (token.lower_ in _APPROXIMATE or up_to or token.text in {'"', "“"}):
            break
        i -= 1
    return i


def _which(text: Text, group: Group, left: int, right: int) -> Host | None:
    """As in "steel, on which 50 percent is charged", "cars, for which buyers pay a duty of 100 percent"."""
    for i in range(group.first - 1, max(left, group.first - _REACH), -1):
        low = text.doc[i].lower_
        if low in {"which", "whom"}:
            onto_it = text.doc[i - 1].lower_ in {"on", "for", "upon", "to", "against"}
            if not onto_it or text.doc[i - 2].lemma_ == "accord":  # "according to which"
                return None
            verbs = (*text.doc[i + 1 : group.first], *text.doc[group.last + 1 : min(right, group.last + 5)])
            duties = any(is_tariff(t) for t in verbs)  # "wine, for which Indian duties are as high as 150 percent"
            bearing = (t for t in verbs if verb_class(t) & _BEARING or t.lemma_ in {"collect", "levy"})
            verb = next(bearing, next((t for t in verbs if t.lemma_ == "be"), None) if duties else None)
            return Host("which", text.doc[i - 1], verb) if verb is not None else None
        if text.doc[i].text in {";", ":"}:
            break
    return None


def _beside(text: Text, sent: Span, group: Group) -> Host | None:
    """As in "steel, aluminium and copper (50 percent each)": a rate in brackets behind goods."""
    doc, first = text.doc, group.first - 1
    at_most = _MEASURED if sent[0].lower_ == "among" else _AT_MOST  # "Among them are salmon (now 33 percent)"
    while first > sent.start and doc[first].lower_ in at_most:
        first -= 1
    if first <= sent.start or doc[first].text not in {"(", "["} or group.previous is not None:
        return None
    closing = {t.text for t in doc[group.last + 1 : min(sent.end, group.last + 3)]}
    before = doc[first - 1]
    goods = known(before) or state_at(text, first - 1) is not None or "generic" in classes(before.lemma_.lower())
    return Host("beside", doc[first]) if goods and closing & {")", "]", ","} else None


def _of(text: Text, group: Group, start: int, left: int, right: int) -> Host | None:
    """As in "a tariff of 20 percent", "a duty on steel at 25 percent", "the highest rate, 40 percent"."""
    link = text.doc[start].lower_ if start >= left else ""
    if link == "," and onto(text, group.ends[0] + 1, right):
        return None  # "a 25 percent tariff on trucks, 50 percent on cabinets"
    if link not in {"of", "at", ",", "(", ":", "totaling", "is", "was", "are", "were", "be"}:
        return None
    if link == ":" and (topic := _topic(text, start, left)) is not None:
        return Host("of", topic)
    for i in range(start - 1, max(left, start - _REACH) - 1, -1):
        token, gap = text.doc[i], start - i
        if other_rate(token):
            return None
        if (is_tariff(token) or stands_for(token)) and (gap <= 6 or link not in {",", "(", ":"}):
            return Host("of", token)
        if token.lower_ in RATE_NOUNS and gap <= 8:
            return Host("rate", token)
        finite = token.tag_ in FINITE and (gap < 6 or (token.pos_ == "VERB" and link != "of"))
        share = link == "of" and gap <= 2 and token.pos_ == "NOUN" and not known(token)
        if finite or share:
            return None  # "a share of 20 percent"
    return None


def _topic(text: Text, colon: int, left: int) -> Token | None:
    """As in "The duty on tin is five times as high as in May: 50 percent": the subject of what a colon sums up."""
    words = text.doc[max(left, colon - 2 * _REACH) : colon]
    subject = next((t for t in words if t.dep_ == "nsubj" and t.head.lemma_ == "be" and is_tariff(t)), None)
    return subject if subject is not None and subject.head.i < colon else None


def _case(text: Text, start: int, left: int) -> Host | None:
    """As in "For Japanese cars it is 15 percent", "for Laos the figure was 40 percent"."""
    link = start - (start > left and text.doc[start - 1].lower_ in {"had", "would", "will"})  # "it | had | been"
    if start < left or text.doc[start].lemma_ != "be" or text.doc[link - 1].lower_ not in {"it", "that", "figure"}:
        return None
    opening = next((t for t in reversed(text.doc[left:start]) if t.lower_ in {"for", "on"}), None)
    return Host("case", opening, text.doc[start]) if opening is not None else None



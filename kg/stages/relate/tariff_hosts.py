"""Whether a percentage is the rate of a tariff, by the words it stands with.

Percentages of growth, shares, votes and the like stand near tariffs all the time, so a rate needs a host: a tariff noun
that it belongs to, a verb of charging or paying, or the rate before it in a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.products import known, state_at
from kg.stages.relate.tariff_verbs import Host, admitted, deed, onto, payer
from kg.stages.relate.tariff_words import RATE_NOUNS, classes, is_tariff, stands_for, verb_class

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from kg.stages.relate.rates import Group
    from kg.stages.relate.text import Text

ANCHORED = frozenset({"which", "beside"})  # hosts whose noun is only where the goods end
_APPROXIMATE = frozenset({
    "about", "around", "up", "as", "high", "much", "least", "a", "an", "the", "further", "additional", "just",
    "only", "flat", "total", "combined", "some", "nearly", "almost", "at", "more", "than", "over", "extra",
    "between", "another", "full", "currently", "now", "roughly", "blanket", "uniform", "new", "general", "punitive",
    "down", "maximum", "hefty", "steep"
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
_LEVYING = frozenset({"levy", "charge", "impose", "tax", "collect"})
_REACH = 16  # tokens between a tariff noun and its rate: "tariff on imported cars and trucks of more than 5 tons to"
_OF_TARIFFS = frozenset(
    {"rate", "level", "increase", "rise", "hike", "cut", "reduction", "suspension", "raising", "lowering"}
)
_BEARING = frozenset({"impose", "pay", "hit", "raise"})
_CHANGING = frozenset({"raise", "lower", "move", "impose", "remove"})
_BESIDES = frozenset({"advcl", "relcl"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
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
    after = group.last + 1
    noun = _before_noun(text, after, right)
    if noun is not None:
        return Host("modifier", noun)
    if after < right and text.doc[after].lower_ in RATE_NOUNS and not _other_rate(text.doc[after]):
        return Host("rate", text.doc[after])
    for token in text.doc[after : min(sent.end - 1, after + 6)]:
        if token.lemma_ == "threaten" and token.tag_ == "VBN" and token.nbor(1).lower_ == "with":
            return Host("threat", None, token)  # "the 25 percent it was threatened with"
    if after < sent.end and text.doc[after].lower_ in {"that", "which"}:
        verb = next((t for t in text.doc[after + 1 : min(sent.end, after + 9)] if t.pos_ == "VERB"), None)
        if verb is not None and verb_class(verb) & {"get", "pay"}:
            return Host("got", None, verb)
    if any(_refused(text, end + 1, sent) for end in group.ends):
        return None
    start = _skip(text, group.first - 1, left)
    return (
        _which(text, group, left, right) or _beside(text, sent, group) or _of(text, start, left)
        or admitted(text, start, left) or _change(text, sent, group, start, left, listed=listed)
        or payer(text, start, left) or deed(text, group, start, left, right)
        or _loose(text, sent, group, start, left, listed=listed)
    )  # fmt: skip


def _before_noun(text: Text, after: int, right: int) -> Token | None:
    """The tariff noun that a percentage stands before: "a 25 percent import duty", "50% steel and aluminum tariffs"."""
    for i in range(after, min(right, after + 9)):
        token = text.doc[i]
        if is_tariff(token):
            following = text.doc[i + 1] if i + 1 < len(text.doc) else None
            change = following is not None and following.pos_ == "NOUN" and following.lemma_.lower() in _CHANGE_NOUNS
            return None if change else token  # "a 25 percent tariff hike"
        joined = token.text in _MARKS or token.lower_ in {"and", "or"} or token.tag_ in {"VBN", "VBG"}
        within = joined or token.pos_ in _WITHIN
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
    return token.lower_ in _COMPARED or token.lemma_.lower() in _CHANGE_NOUNS


def _skip(text: Text, i: int, left: int) -> int:
    """The word that a percentage hangs on, before words of measure: "of" in "of up to a further 25 percent"."""
    while i >= left:
        token = text.doc[i]
        moved = verb_class(text.doc[i - 2]) & {"raise", "lower", "move"}
        up_to = token.lower_ == "to" and text.doc[i - 1].lower_ == "up" and not moved
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
            verb = next((t for t in verbs if verb_class(t) & _BEARING or t.lemma_ in {"collect", "levy"}), None)
            return Host("which", text.doc[i - 1], verb) if verb is not None else None
        if text.doc[i].text in {";", ":"}:
            break
    return None


def _beside(text: Text, sent: Span, group: Group) -> Host | None:
    """As in "steel, aluminium and copper (50 percent each)": a rate in brackets behind goods."""
    doc, first = text.doc, group.first - 1
    if first <= sent.start or doc[first].text not in {"(", "["} or group.previous is not None:
        return None
    closing = {t.text for t in doc[group.last + 1 : min(sent.end, group.last + 3)]}
    before = doc[first - 1]
    goods = known(before) or state_at(text, first - 1) is not None or "generic" in classes(before.lemma_.lower())
    return Host("beside", doc[first]) if goods and closing & {")", "]", ","} else None


def _of(text: Text, start: int, left: int) -> Host | None:
    """As in "a tariff of 20 percent", "a duty on steel at 25 percent", "the highest rate, 40 percent"."""
    link = text.doc[start].lower_ if start >= left else ""
    if link not in {"of", "at", ",", "(", ":", "totaling", "is", "was", "be"}:
        return None
    for i in range(start - 1, max(left, start - _REACH) - 1, -1):
        token, gap = text.doc[i], start - i
        if _other_rate(token):
            return None
        if (is_tariff(token) or stands_for(token)) and (gap <= 6 or link not in {",", "(", ":"}):
            return Host("of", token)
        if token.lower_ in RATE_NOUNS and gap <= 8:
            return Host("rate", token)
        finite = token.tag_ in _FINITE and (gap < 6 or (token.pos_ == "VERB" and link != "of"))
        share = link == "of" and gap <= 2 and token.pos_ == "NOUN"
        if finite or share:
            return None  # "a share of 20 percent"
    return None


def _change(text: Text, sent: Span, group: Group, start: int, left: int, *, listed: bool) -> Host | None:
    """As in "raised the tariff on cars to 27.5 percent", "the rate goes down to 19 percent"."""
    reaching = start >= left and text.doc[start].lemma_ in {"reach", "total", "exceed"}
    if start < left or not (reaching or text.doc[start].lower_ in {"to", "from", "by", "at", "double", "triple"}):
        return None
    if group.previous is None and text.doc[start - 1 : start + 1].text.lower() in {"up from", "down from"}:
        return None  # "two thirds support the duties, up from 55 percent": no rate that follows it
    verb: Token | None = text.doc[start] if reaching else None
    floor = sent.start if listed or reaching or group.added is not None else left
    for i in range(start - 1, max(floor, start - 2 * _REACH) - 1, -1):
        token = text.doc[i]
        if _other_rate(token) or _below_other(token):
            return None
        if is_tariff(token) or token.lower_ in RATE_NOUNS or stands_for(token):
            return None if verb is not None and _moves_other(verb, token) else Host("change", token, verb)
        if verb is None and verb_class(token) & _CHANGING and token.lemma_ != "be":
            verb = token
        elif verb is not None and token.pos_ == "VERB" and token.tag_ in _FINITE and token.dep_ not in _BESIDES:
            break
    if verb is None:
        return None
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    subject = subject or next(iter(text.subjects(verb)), None)
    if subject is not None and subject.lower_ in {"it", "they", "that", "this", "these", "which", "those"}:
        return Host("change", None, verb)
    return Host("listed", None, verb) if listed and verb.i < left else None


def _moves_other(verb: Token, noun: Token) -> bool:
    """As in "a duty of 25 percent, and shipments fell by 82 percent": what falls is something else."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i > noun.i), None)
    return subject is not None and subject.pos_ == "NOUN" and "move" in verb_class(verb) and noun not in subject.subtree


def _other_rate(token: Token) -> bool:
    """As in "interest rate", "unemployment rate"."""
    return token.lower_ in RATE_NOUNS and token.i > 0 and "other rate" in classes(token.nbor(-1).lower_)


def _below_other(token: Token) -> bool:
    """As in "support for the tariffs dropped to 38 percent": what drops is something else."""
    if not is_tariff(token) or token.dep_ != "pobj" or token.head.dep_ != "prep":
        return False
    above = token.head.head
    return above.pos_ == "NOUN" and above.dep_ in {"nsubj", "nsubjpass"} and above.lemma_.lower() not in _OF_TARIFFS


def _loose(text: Text, sent: Span, group: Group, start: int, left: int, *, listed: bool) -> Host | None:
    """In a list of rates: "and 10 percent on aluminum", "Korean steel 50 percent", "levied: 25 percent on cars"."""
    after = group.last + 1
    passive = [t.lemma_ for t in text.doc[after : after + 3]]
    if passive[:1] == ["be"] and {"charge", "levy", "impose", "collect"} & set(passive):
        return Host("levied")
    before = text.doc[group.first - 1].lower_ if group.first > sent.start else ""
    if (
        before in {"the", "its", "their"}
        and onto(text, after, sent.end)
        and after + 1 < sent.end
        and known(text.doc[after + 1])
    ):
        return Host("levied")
    if (
        group.first - sent.start <= 3
        and text.doc[sent.start].lower_ in {"that", "this", "it"}
        and onto(text, after, sent.end)
    ):
        return Host("levied")
    between = text.doc[left : start + 1]
    told = any(t.pos_ == "VERB" and t.tag_ in _FINITE and t.lemma_ not in {"come", "originate"} for t in between)
    if listed and start - left <= 9 and not told:
        return Host("listed")
    levied = any(is_tariff(t) or t.lemma_ in _LEVYING for t in text.doc[sent.start : group.first])
    return Host("listed") if levied and onto(text, group.last + 1, sent.end) else None

"""Rates that stand in a list, at the head of a sentence or beside goods, far from any tariff noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.goods.lists import SELLING
from kg.stages.relate.goods.products import known, state_at
from kg.stages.relate.tariffs.labels import distributed, label_start, labelled
from kg.stages.relate.tariffs.verbs import Host, onto
from kg.stages.relate.tariffs.words import FINITE, RATE_NOUNS, classes, is_passive, is_tariff, verb_class

if TYPE_CHECKING:
    from kg.stages.relate.goods.products import Named
    from kg.stages.relate.tariffs.group import Group
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_HELPERS = frozenset({"is", "are", "was", "were", "be", "will", "would", "has", "have", "had", "being"})
_LEVYING = frozenset({"levy", "charge", "impose", "tax", "collect"})
_DUE = frozenset({"due", "payable"})
_CHARGED = _DUE | {"charge", "levy", "impose", "collect", "add", "slap", "put", "tack", "pile", "heap", "place"}
_KINDS = frozenset({"reciprocal", "baseline", "universal", "punitive", "retaliatory", "fentanyl"})
_SPENDING = frozenset({"spend", "save", "rise", "fall", "gain", "lose", "drop", "earn", "make", "grow", "invest"})


def loose(text: Text, sent: Span, group: Group, start: int, span: tuple[int, int], *, listed: bool) -> Host | None:
    """In a list of rates: "and 10 percent on aluminum", "Korean steel 50 percent", "levied: 25 percent on cars"."""
    left, right = span
    label = labelled(text, sent, group, left, right) if not listed else None
    if label is not None:
        return label
    after = group.last + 1
    of_kind = any(t.lower_ in _KINDS for t in text.doc[max(left, start - 1) : start + 1])
    kind, rate = text.doc[after : after + 1].text.lower(), text.doc[after + 1 : after + 2].text.lower()
    of_kind = of_kind or (kind in _KINDS and rate in RATE_NOUNS)  # "a 10 percent universal rate remains in place"
    if of_kind or (not listed and distributed(text, sent, group, right) is not None):
        return Host("levied")  # "half of it is the "reciprocal" 25 percent"
    behind = [t.lemma_ for t in text.doc[after : min(sent.end, after + 5)]]
    if text.doc[after : after + 1].text.lower() in _HELPERS and _CHARGED & set(behind[:4]):
        due = _CHARGED & set(behind) <= _DUE  # "50 percent will be due on bourbon"
        return Host("levied", None, text.doc[group.last].head if due else None)
    verb = text.doc[group.last].head
    kept = _kept(text, sent, group, verb, listed=listed)
    if kept is not None:
        return Host("kept", None, kept)
    subject = text.doc[group.last].dep_ in {"nsubj", "nsubjpass"} and verb.i > group.last
    holding = subject and (_holding(text, verb) or ("keep" in verb_class(verb) and is_passive(verb)))
    definite = {t.lower_ for t in text.doc[max(sent.start, group.first - 2) : group.first]} & {"the", "that", "this"}
    if holding and definite:
        return Host("levied", None, verb)  # "The (additional) 39 percent has been in force since August 7"
    before = text.doc[group.first - 1].lower_ if group.first > sent.start else ""
    after = _behind_clause(text, after, sent.end) if before == "the" else after
    if (
        (before in {"the", "its", "their", "'s", "’s"} or state_at(text, group.first - 1) is not None)
        and onto(text, after, sent.end)
        and any(known(t) for t in text.doc[after + 1 : min(after + 4, sent.end)])
    ):
        return Host("levied", None, _done(verb))  # "will remove its 25 percent on steel"
    if (
        group.first - sent.start <= 3
        and text.doc[sent.start].lower_ in {"that", "this", "it"}
        and onto(text, after, sent.end)
    ):
        return Host("levied")
    if listed and owned(text, group) is not None:
        return Host("owned", text.doc[group.first - 1])
    between = text.doc[left : start + 1]
    verbs = (
        t for t in between
        if t.pos_ == "VERB" and t.tag_ in FINITE and not known(t) and not known(t.nbor(1))  # "upholstered sofas"
    )  # fmt: skip
    told = any(t.lemma_ not in {"come", "originate"} or t.nbor(1).lower_ == "away" for t in verbs)
    comma = next((t.i + 1 for t in reversed(between) if t.text == ","), start)
    one = text.doc[group.first - 2 : group.first].text.lower() == "one of"  # "and lamb from Wales to one of 48 percent"
    near = start - left <= 9 or label_start(text, comma, group.first - 3 * one) is not None
    if listed and near and not told:
        return Host("listed")
    if _whatever(text, sent, after):
        return Host("levied")  # "The threat is 50 percent on everything we sell"
    if _upon(text, after, sent.end) and not any(t.lemma_ in _SPENDING for t in between):
        said = verb if verb.lemma_ == "be" and text.doc[group.last].dep_ == "attr" else None
        return Host("levied", None, said or _done(verb))  # "What is at stake is 25 percent on everything Korean"
    levied = any(is_tariff(t) or t.lemma_ in _LEVYING for t in text.doc[sent.start : group.first])
    return Host("listed") if levied and onto(text, group.last + 1, sent.end) else None


def _done(verb: Token) -> Token | None:
    """The verb where it tells what becomes of a rate: "the 40 percent on Brazilian goods was lifted"."""
    changes = verb_class(verb) & {"remove", "lower", "raise", "pause", "keep"}
    return verb if changes or verb.lemma_ == "lift" else None


def _kept(text: Text, sent: Span, group: Group, verb: Token, *, listed: bool) -> Token | None:
    """As in "24 percent is suspended, and 10 percent will be retained", "but keep the remaining 10 percent"."""
    after = group.last + 1
    kept = next((t for t in text.doc[after : min(sent.end, after + 4)] if t.pos_ != "AUX"), None)
    if kept is not None and kept.tag_ == "VBN" and kept.i > after and "keep" in verb_class(kept):
        return kept
    rest = text.doc[group.first - 1].lower_ in {"remaining", "other", "rest", "the"} and verb.i < group.first
    return verb if listed and rest and "keep" in verb_class(verb) and text.doc[group.last].dep_ == "dobj" else None


def _behind_clause(text: Text, after: int, stop: int) -> int:
    """The token behind "(that) it charges" in "the 16 percent it charges on shoes"."""
    start = after + (text.doc[after : after + 1].text in {"that", "which"})
    for i in range(start, min(start + 5, stop - 1)):
        if verb_class(text.doc[i]) & {"impose"} and i > start:
            return i + 1
        if text.doc[i].pos_ not in {"PRON", "PROPN", "DET", "NOUN", "AUX", "ADV"}:
            break
    return after


def owned(text: Text, group: Group) -> Named | None:
    """The state in "Japan's 15 percent", "the European Union and its 15 percent"."""
    link = text.doc[group.first - 1]
    if link.tag_ == "POS":
        return state_at(text, link.i - 1)
    joined = link.lower_ in {"its", "their"} and text.doc[link.i - 1].lower_ in {"and", "with"}
    return state_at(text, link.i - 2) if joined else None


def _upon(text: Text, i: int, right: int) -> bool:
    """Whether "on" and goods of a state follow."""
    if i + 2 >= right or text.doc[i].lower_ != "on":
        return False
    start = i + 1 + (text.doc[i + 1].lower_ in {"all", "most", "some", "its", "the", "many"})
    pair = text.doc[start : start + 2]
    goods = any(known(t) or "generic" in classes(t.lemma_.lower()) for t in pair)
    return goods and any(state_at(text, t.i) is not None for t in pair)


def _whatever(text: Text, sent: Span, i: int) -> bool:
    """Whether all that somebody sells follows, or "across the board" where the sentence names goods, too."""
    if text.doc[i : i + 3].text.lower() == "across the board":
        return any(known(t) for t in sent)
    all_ = text.doc[i + 1 : i + 2].text.lower() in {"everything", "whatever", "what", "all"}
    return all_ and onto(text, i, sent.end) and any(t.lemma_ in SELLING for t in text.doc[i + 2 : min(i + 7, sent.end)])


def _holding(text: Text, verb: Token) -> bool:
    """As in "is in force", "took effect", "applies": what only a rule does."""
    behind = {t.lower_ for t in text.doc[verb.i + 1 : verb.i + 4]}
    begins = verb.lemma_ in {"be", "come", "take", "go", "enter", "remain", "stay"}
    return verb.lemma_ == "apply" or (begins and bool({"force", "effect", "place"} & behind))

"""Words that tell where somebody stands, with whose stance it is and which words of the sentence it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.stages.relate.positions import adjectives, lacking, modals, nouns, refusals, verbs
from kg.stages.relate.positions.gapped import cut, gapped
from kg.stages.relate.positions.words import BACK, ORDINALS, Row, Stance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_UNTRUE = re.compile(r"\b(?:not true|untrue|no truth|false|fake|unfounded|baseless)\b", re.IGNORECASE)
_OWN_WORDS = frozenset({"that", "to", "for", "of"})  # "the demand that it be paid" says itself what it is
_TOLD = frozenset({"idea", "proposal", "offer", "plan", "suggestion", "demand", "request", "condition", "call", "move",
                   "notion", "initiative", "invitation", "overture", "appeal"})  # fmt: skip
_SUCH = frozenset({"such", "both", "these", "those", "either", "neither"})
_DOING = (["do", "so"], ["do", "that"], ["do", "it"], ["done", "so"])
_FOR_NOW = (["for", "now"], ["for", "good"], ["for", "the", "moment"])
_TO_DO = 3  # words of "to do so"
_STANDING_FOR = frozenset({"one", "ones", "more"})
_BESIDE = frozenset({"PUNCT", "ADV", "SCONJ"})
_REFUSAL = Row("", "", "Rejects", "-")
_NO_REFUSAL = frozenset({"address", "affect", "announce", "answer", "apply", "arrive", "attend", "be", "become",
                         "begin", "benefit", "bet", "call", "change", "come", "comment", "confirm", "deny",
                         "disclose", "discuss", "elaborate", "end", "exceed", "expect", "face", "fall", "find",
                         "fly", "get", "go", "happen", "have", "help", "hesitate", "hold", "hurt", "know", "last",
                         "leave", "like", "lose", "make", "mean", "meet", "name", "need", "oppose", "pay",
                         "predict", "preempt", "prejudge", "reach", "refuse", "reject", "remain", "resist",
                         "return", "reveal", "rise", "rule", "run", "say", "see", "solve", "specify", "speculate",
                         "stand", "start", "stay", "stop", "suffer", "suffice", "take", "tell", "travel", "visit",
                         "want", "win", "work"})  # fmt: skip
# "would never hold talks at gunpoint"
_NEVER_DONE = frozenset({"hold", "pay", "start", "begin", "discuss", "take", "make", "stop"})
_TALKS = frozenset({"table", "talk", "negotiation", "dialogue"})
_FORMS: dict[str, Callable[[Text, Token, Row], Stance | None]] = {
    "verb": verbs.governing, "person": verbs.person, "blame": verbs.blaming,
    "expect": verbs.expecting, "only": modals.only, "will": refusals.will,
    "would": modals.would, "adj": adjectives.adjective, "prep": adjectives.preposition,
    "noun": nouns.noun, "phrase": nouns.phrase, "judge": nouns.judged,
    "priority": nouns.priority, "sign": lacking.sign, "differ": nouns.differs, "differs": nouns.differs,
    "at odds": nouns.differs, "apart": nouns.differs, "divided": nouns.differs, "divide": nouns.differs,
    "sticking": nouns.differs,
    "alone": modals.alone, "can": modals.can, "rather": modals.rather, "must": modals.must, "first": modals.first,
    "part": modals.part, "suggest": verbs.suggesting, "none": lacking.none,
    "there": lacking.there, "deal": modals.condition, "no": modals.said_no, "time": modals.time, "could": modals.could,
    "door": modals.door, "offered": modals.offered, "keep": modals.keep, "to": modals.toward, "tabled": modals.tabled,
    "tied": modals.tied, "unshown": lacking.unshown, "nothing": lacking.nothing, "unhurried": lacking.unhurried,
    "no way": lacking.no_way,
}  # fmt: skip


def _rows() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for words, form, stance, negated in table("stances"):
        key, _, second = words.partition(" ") if form != "phrase" else (words.replace("-", " ").split()[-1], "", words)
        found.setdefault(key, []).append(Row(second, form, stance, negated))
    return {k: sorted(v, key=lambda r: (not r.second, -len(r.second))) for k, v in found.items()}


_ROWS = _rows()


def stances(text: Text, sent: Span) -> Iterator[Stance]:
    """The stances of a sentence, in order; questions and reports called untrue have none."""
    if sent.text.rstrip().endswith("?") or _UNTRUE.search(sent.text):
        return
    for token in sent:
        lemma, form = _lemma(token), token.lower_
        rows = [*_ROWS.get(lemma, ()), *(_ROWS.get(form, ()) if form != lemma else ())]
        if _refuses(token):
            rows.append(_REFUSAL)
        for row in rows:
            found = _FORMS[row.form or "will"](text, token, row)
            if found is not None and any(c.lower_ in {"every", "any"} for t in found.holders for c in t.children):
                break  # "every government that wants a bomb": nobody's
            if found is not None:
                open_end = row.form in {"", "will", "no way"} or row.stance == "NoSignOf"
                if open_end or _telling(text.doc[found.about[0] : found.about[1]]):
                    other = gapped(text, sent, found)
                    yield _cleft(cut(found, other) if other is not None else found)
                    if other is not None:
                        yield other
                break


def answered(text: Text, sent: Span) -> Iterator[Stance]:
    """The stance of an answer without a verb of its own: "What does Doeland want? Above all, a quota"."""
    before = text.doc[sent.start - 1].sent if sent.start else sent
    verb, root = before.root, sent.root
    own = sent[0].lower_ in {"that", "to"} or root.pos_ in {"NOUN", "PROPN"}
    what = any(c.dep_ == "dobj" and c.lower_ == "what" for c in verb.children)
    if not own or not what or not before.text.rstrip().endswith("?") or sent.text.rstrip().endswith("?"):
        return
    row = next((r for r in _ROWS.get(_lemma(verb), ()) if r.form in {"verb", "person"} and not r.second), None)
    holders = tuple(t for t in text.subjects(verb) if text.who(t) is not None)
    if row is not None and holders and not any(c.dep_ == "nsubj" for c in root.children if sent[0].lower_ != "that"):
        yield Stance(verb, row.stance, holders, (sent.start, sent.end))


def _lemma(token: Token) -> str:
    """The lemma in lower case, also where the tagger took "wants" of "which Doe wants lifted" for an auxiliary."""
    form = token.lower_
    if token.pos_ == "AUX" and token.lemma_.lower() == form and token.tag_ in {"VBZ", "VBD"}:
        return next((form[: -len(end)] for end in ("s", "ed") if form.endswith(end)), form)
    return token.lemma_.lower()


def _refuses(token: Token) -> bool:
    """Whether a verb that is not listed is refused: "will not cede"; mere states and doings are no refusal."""
    if token.tag_ == "VBN":
        return token.lemma_ in refusals.FORCED and any(c.dep_ == "neg" for c in token.children)
    if token.tag_ != "VB" or any(c.lower_ == "rather" for c in token.children):
        return False
    if token.lemma_ in _NO_REFUSAL and not (token.lemma_ in _NEVER_DONE and refusals.never(token)):
        return refusals.refused(token) and _moving(token)
    return refusals.refused(token)


def _moving(verb: Token) -> bool:
    """Whether one will not move in the talks: "will not return to the table", "would not go beyond its offer"."""
    if verb.lemma_ == "make":  # "will make no concessions"
        return any(c.dep_ == "dobj" and c.lemma_ in {"concession", "compromise", "exception"} for c in verb.children)
    if verb.lemma_ == "go":
        return any(c.lower_ in {"beyond", "further"} and c.i > verb.i for c in verb.children)
    goals = (p for c in verb.children if c.lower_ == "to" for p in c.children if p.dep_ == "pobj")
    return verb.lemma_ in {"return", "come"} and any(p.lemma_ in _TALKS for p in goals)


def _cleft(found: Stance) -> Stance:
    """A stance of a cleft sentence with what stands before: "August is when Doeland would like to meet"."""
    verb = found.token
    be = verb.head
    subject = next((c for c in be.children if c.dep_ == "nsubj" and c.i < be.i), None)
    when = any(c.lower_ in {"when", "where"} for c in verb.children)
    if be.lemma_ != "be" or subject is None or not when or subject.pos_ == "PRON":
        return found
    return found._replace(about=(subject.left_edge.i, found.about[1]))


def _telling(about: Span) -> bool:
    """Whether a stance is about something named: not "nothing", "something in return", "that it comes to that"."""
    told = {t.lower_ for t in about}
    if "nothing" in told or {"something", "return"} <= told:
        return False
    if any(t.pos_ in {"NOUN", "PROPN", "NUM"} or t.lower_ in _STANDING_FOR for t in about) or refers_back(about):
        return True
    if len(about) > 0 and about[0].tag_ == "VBG":  # "coming back"
        return about[0].lemma_ not in verbs.SILENT
    return len(about) > 1 and about[0].lower_ == "to" and about[1].lemma_ not in verbs.SILENT


def _aside(token: Token) -> bool:
    """Whether a word begins a phrase of time or manner: "the idea within hours", "the demand a day later as wrong"."""
    return token.ent_type_ in {"DATE", "TIME"} or token.lower_ in {"within", "as", "before", "after", "at", "in"}


def bare(about: Span) -> Span:
    """What a stance is about without the preposition before it and the full stop behind it."""
    while len(about) > 1 and about[-1].is_punct:
        about = about[:-1]
    return about[1:] if len(about) > 1 and about[0].dep_ == "prep" else about


def refers_back(about: Span) -> bool:
    """Whether a stance is about what was told before: "rejects that", "is open to it", "brushed the idea aside"."""
    about = bare(about)
    if len(about) > 1 and about[0].lower_ in {"the", "this", "that"} and about[1].lemma_ in _TOLD:
        if [t.lower_ for t in about[2:]] in _FOR_NOW:
            return True
        return len(about) == 2 or ((about[2].pos_ in _BESIDE or _aside(about[2])) and about[2].lower_ not in _OWN_WORDS)
    if len(about) > 1 and about[0].lower_ in _SUCH and about[-1].lemma_ in _TOLD | {"one"}:
        return True  # "open to such offers", "refused both requests"
    if len(about) > 1 and about[0].lower_ == "the" and about[1].lower_ in ORDINALS:
        return len(about) == 2  # "ruled out the former"
    if [t.lower_ for t in about][-2:] in _DOING and len(about) <= _TO_DO:
        return True  # "refuses to do so"
    if len(about) > 2 and about[0].lower_ == "that" and about[1].lower_ in {"it", "they"}:
        return not any(t.pos_ in {"NOUN", "PROPN"} for t in about)  # "demanded that it be lifted"
    if len(about) == 2 and about[0].tag_ == "VB" and about[1].lower_ in {"one", "it", "them"}:  # "will never sign one"
        return True
    if len(about) == 1 and about[0].lemma_ == "refuse":
        return True
    alone = len(about) == 1 or (len(about) > 1 and (about[1].pos_ in _BESIDE or about[1].dep_ == "prt"))
    return alone and about[0].lower_ in BACK

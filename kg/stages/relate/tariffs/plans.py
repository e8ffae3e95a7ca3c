"""Tariffs that are only drafted, await a vote, or would have come: what "a bill that would put 25 percent" tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.tariffs.acts import is_object
from kg.stages.relate.tariffs.words import spoken, verb_class

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.acts import Act
    from kg.stages.relate.tariffs.frame import Frame
    from kg.tokens import Span, Token

_UNDER_PLAN = re.compile(
    r"\bunder (?:an?|the|its|their|his|this|that) (?:\S+ )?(?:plan|proposal|draft|bill|package|outline)\b",
    re.IGNORECASE,
)
_IF_PASSED = re.compile(
    r"\b(?:if|once|provided|assuming|should|until|unless) (?![^,.;]*(?:\bnot\b|n['’]t\b|\bfails?\b))(?:[\w'’]+ ){1,5}"
    r"(?:approves?|pass(?:es)?|ratif(?:y|ies)|adopts?|endorses?|backs?|clears?|votes? for|signs? off on) "
    r"(?:it|them|this|the (?:plan|bill|proposal|law|measures?|increase|tariffs?|dut(?:y|ies)|budget|decree))\b",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"\b(?:never|not(?: yet)?|n['’]t(?: yet)?|yet to)(?: (?:yet|so far|actually|been|be|come|ever|formally)){0,3} "
    r"(?:imposed?|put in(?:to)? (?:effect|force|place|practice)|tak(?:e|en) effect|took effect|(?:gone|go|went) into"
    r"|(?:came|come|entered|enter) into|implement(?:ed)?|introduced?|collect(?:ed)?|enact(?:ed)?|applied|levied"
    r"|carried out|materiali[sz]ed?|followed through)\b",
    re.IGNORECASE,
)
_DRAFT = 45  # tokens between a draft and what it would do
_FIGHTING = frozenset({"oppose", "resist", "reject", "fight"})
_DUE = re.compile(
    r"\b(?:due|set|scheduled|expected|poised|slated|about|was|were|is|are) to (?:take effect|kick in"
    r"|(?:come|go|enter) into (?:effect|force)|be (?:imposed|introduced|applied))\b"
    r"|\b(?:before|until) (?:it|they|the (?:\S+ )?(?:dut(?:y|ies)|tariffs?|lev(?:y|ies)|rates?))"
    r" (?:takes?|took|kick(?:s|ed)?|comes?|came|goes?|went|enters?|entered) (?:effect|in|into (?:effect|force))\b",
    re.IGNORECASE,
)
_PACT = re.compile(r"\b(?:deal|agreement|accord|pact|treaty|truce|pause|exemption|cut|reduction)s?\b", re.IGNORECASE)
_ANNOUNCING = frozenset({"announce", "threaten", "put", "propose", "unveil", "order", "plan", "declare", "float"})
_WARNING = frozenset({"threaten", "warn", "vow"})
_WILL = frozenset({"will", "would", "'ll", "’ll", "'d", "’d", "could", "might", "may"})
_OFF = frozenset({Stage.NEGATED, Stage.CANCELLED, Stage.DENIED})
BURDENS = frozenset({"impose", "raise", "pay", "move", "effect"})
_PLANS = frozenset({"plan", "draft", "proposal", "bill", "outline", "blueprint"})
_LAWS = _PLANS | {"regulation", "law", "legislation", "motion", "amendment", "act", "ordinance", "package"}
_TABLING = frozenset({
    "table", "submit", "send", "draft", "introduce", "present", "debate", "consider", "prepare", "propose", "discuss",
    "file", "draw", "back", "endorse", "support"
})  # fmt: skip


def drafted(sent: Span, token: Token | None) -> bool:
    """Whether a sentence or the clause of a tariff tells of a plan, a draft or a bill."""
    return _UNDER_PLAN.search(spoken(sent)) is not None or _planned(token)


def unpassed(sent: Span) -> bool:
    """As in "will raise the duty if parliament approves the bill"."""
    return _IF_PASSED.search(spoken(sent)) is not None


def never_came(sent: Span, noun: Token | None, verb: Token | None) -> bool:
    """As in "announced a tariff on films in May, but it never took effect": a threat so far."""
    match = _NEVER.search(spoken(sent))
    first = noun or verb
    if match is None or first is None or first.idx > sent.start_char + match.start():
        return False
    between = [t for t in sent if first.i < t.i and t.idx < sent.start_char + match.start()]
    told = {t.lemma_ for t in between} | ({verb.lemma_} if verb is not None else set())
    return bool(told & _ANNOUNCING) and not any(t.text == ";" for t in between)


def _planned(token: Token | None) -> bool:
    """As in "The draft foresees zero duty on ethane", "the draft list would put 25 percent on beans"."""
    for verb in (token, *token.ancestors) if token is not None else ():
        tabled = verb.dep_ in {"relcl", "acl"} and verb.head.lemma_ in _LAWS and verb.head.dep_ == "dobj"
        if tabled and verb.head.head.lemma_ in _TABLING:
            return True  # "tabled a regulation that scraps the duty on cars", "backed a plan to put 50 percent on it"
        for subject in verb.children if verb.dep_ == "ROOT" or verb.pos_ == "VERB" else ():
            nouns = {t.lemma_ for t in (subject, *subject.children) if t.pos_ == "NOUN"}
            if subject.pos_ == "NOUN" and subject.i < verb.i and nouns & _PLANS:
                return True
    return False


def imagined_past(verb: Token) -> bool:
    """As in "would have been charged": what did not come to pass."""
    helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    return verb.tag_ == "VBN" and "have" in helpers and bool(helpers & {"would", "could", "might", "'d", "’d"})


def bargained(verb: Token | None) -> bool:
    """As in "In return Peru would scrap its duty of 4 percent": what talks may lead to."""
    return imagined(verb) and verb is not None and any(t.lower_ in {"return", "exchange", "turn"} for t in verb.sent)


def as_drafted(found: list[Frame], here: list[Frame]) -> None:
    """As in "The draft halves the duty on gin. That on rum would go to 10 percent": what a draft told before brings."""
    near = [f for f in found if here and here[0].sent.start - f.sent.end <= _DRAFT and f.status == "Proposed"]
    for frame in here if near else ():
        if frame.status in {"Agreed", "Threatened"} and imagined(frame.doing.verb):
            frame.status = "Proposed"


def imagined(verb: Token | None) -> bool:
    """As in "would go to 10 percent"."""
    return verb is not None and any(c.lower_ in {"would", "could", "might"} for c in verb.children)


def by_itself(verb: Token | None) -> bool:
    """Whether a verb tells what "it" or "that" does without acting on anything: "it drops to 75 percent"."""
    if verb is None or "move" not in verb_class(verb) or verb.tag_ == "VBN":
        return False
    if any(c.dep_ in {"dobj", "auxpass"} for c in verb.children):
        return False
    return any(c.dep_ == "nsubj" and c.lower_ in {"it", "they", "that", "this", "which"} for c in verb.children)


def falling(doing: Act) -> bool:
    """As in "no word on when the 50 percent tariff will come down"."""
    verb = doing.verb
    down = verb is not None and any(c.lower_ == "down" for c in verb.children)
    return doing.kind == "move" and doing.turned and verb is not None and (down or verb.lemma_ in {"fall", "drop"})


def warned(sent: Span, at: Token) -> bool:
    """Whether a tariff is what somebody warns of: "Whoever buys oil will face a tariff, the president threatened"."""
    will = [t for t in sent if t.lower_ in _WILL and t.i < at.i]
    verb = next((t for t in sent if t.lemma_ in _WARNING and t.pos_ == "VERB" and t.tag_ != "VBG"), None)
    if verb is None or not will or stage(verb) in _OFF:
        return False
    return verb.i > at.i or (at in verb.subtree and verb.i < will[0].i)


def spurned(noun: Token | None, verb: Token) -> bool:
    """As in "opposes tariffs on medicines", "ruled out the duties on apples": none is told to be there."""
    bare = noun is not None and not any(c.dep_ in {"det", "poss", "nummod"} for c in noun.children)
    out = verb.lemma_ == "rule" and any(c.lower_ == "out" for c in verb.children)
    return out or (bare and verb.lemma_ in _FIGHTING and is_object(noun, verb, "dobj"))


def due(sent: Span, at: Token) -> bool:
    """As in "a 39 percent tariff, hours before it was due to take effect": one that has not begun."""
    words = spoken(sent)[at.idx - sent.start_char :]
    match = _DUE.search(words)
    return match is not None and _PACT.search(words[: match.start()]) is None


def bidden(verb: Token | None) -> bool:
    """As in "- Reduce its duty on cork": a line of what a side undertakes, which opens with the bare verb."""
    if verb is None or verb.dep_ != "ROOT" or not (verb.tag_ == "VB" or verb.lower_ in {"cut", "set", "put"}):
        return False
    first = next((t for t in verb.sent if t.is_alpha), None)
    return first == verb and not any(c.dep_ in {"nsubj", "nsubjpass", "aux"} for c in verb.children)

"""Tariffs that are only drafted, await a vote, or would have come: what "a bill that would put 25 percent" tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.words import spoken

if TYPE_CHECKING:
    from kg.tokens import Span, Token

_UNDER_PLAN = re.compile(
    r"\bunder (?:an?|the|its|their|his|this|that) (?:\S+ )?(?:plan|proposal|draft|bill|package|outline)\b",
    re.IGNORECASE,
)
_IF_PASSED = re.compile(
    r"\b(?:if|once|provided|assuming|should|until|unless) (?:[\w'’]+ ){1,5}"
    r"(?:approves?|pass(?:es)?|ratif(?:y|ies)|adopts?|endorses?|backs?|clears?|votes? for|signs? off on) "
    r"(?:it|them|this|the (?:plan|bill|proposal|law|measures?|increase|tariffs?|dut(?:y|ies)|budget|decree))\b",
    re.IGNORECASE,
)
BURDENS = frozenset({"impose", "raise", "pay", "move", "effect"})
_PLANS = frozenset({"plan", "draft", "proposal", "bill", "outline", "blueprint"})
_LAWS = _PLANS | {"regulation", "law", "legislation", "motion", "amendment", "act", "ordinance", "package"}
_TABLING = frozenset({
    "table", "submit", "send", "draft", "introduce", "present", "debate", "consider", "prepare", "propose", "discuss",
    "file", "draw"
})  # fmt: skip


def drafted(sent: Span, token: Token | None) -> bool:
    """Whether a sentence or the clause of a tariff tells of a plan, a draft or a bill."""
    return _UNDER_PLAN.search(spoken(sent)) is not None or _planned(token)


def unpassed(sent: Span) -> bool:
    """As in "will raise the duty if parliament approves the bill"."""
    return _IF_PASSED.search(spoken(sent)) is not None


def _planned(token: Token | None) -> bool:
    """As in "The draft foresees zero duty on ethane", "the draft list would put 25 percent on beans"."""
    for verb in (token, *token.ancestors) if token is not None else ():
        if verb.dep_ == "relcl" and verb.head.lemma_ in _LAWS and verb.head.head.lemma_ in _TABLING:
            return True  # "tabled a regulation that scraps the duty on cars"
        for subject in verb.children if verb.dep_ == "ROOT" or verb.pos_ == "VERB" else ():
            nouns = {t.lemma_ for t in (subject, *subject.children) if t.pos_ == "NOUN"}
            if subject.pos_ == "NOUN" and subject.i < verb.i and nouns & _PLANS:
                return True
    return False


def imagined_past(verb: Token) -> bool:
    """As in "would have been charged": what did not come to pass."""
    helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    return verb.tag_ == "VBN" and "have" in helpers and bool(helpers & {"would", "could", "might", "'d", "’d"})

"""How far a tariff has come by the clause beside it: "which have been on hold", "that he has threatened"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.tariffs.acts import Act, act
from kg.stages.relate.tariffs.words import bounds, classes

if TYPE_CHECKING:
    from spacy.tokens import Token

ENDINGS = frozenset({"expire", "lapse", "end", "lift", "let"})
_PRESENT = frozenset({"VBZ", "VBP"})
_PAUSES = frozenset({"suspension", "pause", "freeze", "postponement", "deferral", "reprieve", "moratorium"})
_HELD_BACK = re.compile(
    r"(?:is|are|was|were|(?:has|have|had) been) (?:\w+ )?(?:on (?:hold|ice)|paused|suspended|frozen)\b"
)


def by_clause(noun: Token | None, doing: Act, *, concluded: bool) -> str | None:
    """The status that a clause beside the tariff tells, whatever its own verb says."""
    if _called_off(noun, doing) or _on_hold(noun) or _suspended(noun) or _deferred(doing.verb):
        return "Paused"
    if _gone(noun):
        return "Lifted"
    if doing.kind != "pause" and _threatened(noun):  # "shelved the tariff that it had threatened"
        return "Threatened"
    return "Agreed" if _capped(noun, doing, concluded=concluded) else None


def _capped(noun: Token | None, doing: Act, *, concluded: bool) -> bool:
    """As in "Tariffs on drugs are not to exceed 15 percent", where an agreement is told."""
    verb = doing.verb
    capped = verb is not None and verb.lemma_ in {"exceed", "surpass"} and noun is not None and concluded
    return capped and verb is not None and any(c.lower_ in {"to", "will", "would", "not"} for c in verb.children)


def _called_off(noun: Token | None, doing: Act) -> bool:
    """As in "Tariffs on cars, which were to be raised to 30 percent, will not be increased for now"."""
    verb = noun.head if noun is not None and noun.dep_ == "nsubjpass" else None
    if verb is None or doing.verb is None or verb.i == doing.verb.i:
        return False
    return bool(classes(verb.lemma_) & {"raise", "impose"}) and stage(verb) in {Stage.NEGATED, Stage.CANCELLED}


def _on_hold(noun: Token | None) -> bool:
    """As in "tariffs on American goods, which have been on hold since last summer"."""
    if noun is None:
        return False
    behind = noun.doc[noun.i + 1 : min(noun.i + 24, bounds(noun)[1])]
    clause = next((t.i for t in behind if t.tag_ == "WDT" and t.dep_ in {"nsubj", "nsubjpass"}), None)
    words = noun.doc[clause + 1 : clause + 7].text.lower() if clause is not None else ""
    return _HELD_BACK.match(words) is not None


def _gone(noun: Token | None) -> bool:
    """As in "counter-tariffs on consumer goods will go", but not "will go up"."""
    verb = noun.head if noun is not None and noun.dep_ == "nsubj" else None
    if verb is None or verb.lemma_ != "go" or stage(verb) is not Stage.PLANNED:
        return False
    after, dated = verb.doc[verb.i + 1 : verb.i + 2].text, verb.doc[verb.i + 2 : verb.i + 3]
    return after in {".", ",", ";", ""} or (after in {"on", "by"} and dated[0].ent_type_ == "DATE")


def _threatened(noun: Token | None) -> bool:
    """As in "spare it the tariff that Doe has threatened", "a duty with which she has threatened Peru"."""
    if noun is None:
        return False
    for token in noun.doc[noun.i + 1 : noun.i + 20]:
        if token.is_sent_start or token.text in {",", ";"}:
            return False
        if token.lemma_ == "announce" and token.dep_ == "acl" and token.nbor(1).lower_ == "for":
            return True  # "the tariff announced for June 1"
        if token.lemma_ in {"threaten", "propose"} and token.pos_ == "VERB":
            clause = token.dep_ in {"relcl", "acl"} and noun.i <= token.head.i < token.i
            return token.lemma_ == "threaten" and clause
    return False


def _suspended(noun: Token | None) -> bool:
    """As in "extends the suspension of its 24 percent tariff", but not "ended the pause on tariffs"."""
    if noun is None or noun.dep_ != "pobj" or noun.head.dep_ != "prep":
        return False
    pause = noun.head.head
    if pause.lemma_.lower() not in _PAUSES:
        return False
    verb = pause.head
    holds = verb.tag_ in _PRESENT or stage(verb) is Stage.PLANNED  # "On July 14 ends the suspension"
    return verb.lemma_.lower() not in ENDINGS or (holds and verb.lemma_ not in {"lift", "let"})


def _deferred(verb: Token | None) -> bool:
    """As in "raising that to 30 percent was put on hold"."""
    subject = verb is not None and verb.dep_ in {"csubj", "csubjpass"}
    return verb is not None and subject and act(None, verb.head, to_rate=False).kind == "pause"

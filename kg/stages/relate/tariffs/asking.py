"""Who wants a tariff of somebody else eased or minds it, and so bears it: "The EU wants the duty on cars cut"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members
from kg.stages.relate.tariffs.acts import answered
from kg.stages.relate.tariffs.sides import inside
from kg.stages.relate.tariffs.states import state_of
from kg.stages.relate.tariffs.words import classes, is_passive, verb_class

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.stages.relate.goods.products import Named
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text
    from kg.tokens import Token

_EASING = frozenset({"lower", "remove", "pause"})
_UP = frozenset({
    "prep", "pobj", "pcomp", "dobj", "ccomp", "xcomp", "nsubj", "nsubjpass", "conj", "compound", "oprd",
    "attr", "nummod"
})  # fmt: skip
_STEPS = 7  # up from a tariff noun: "demanded | the | abolition | of | the | duty"
_BEHIND = 9  # tokens from a tariff noun to "cut" in "wants the duty on cars and vans cut"
_SPEAK_FOR = members("group_words", "official") | members("group_words", "collective")


def bear(text: Text, frame: Frame, own: list[Named]) -> None:
    """Let a tariff fall on who asks for its easing, where it is on no other's goods; `own` tells whose it is called."""
    noun = frame.at if frame.rule == "tariff-which" else frame.host  # not in "wants it cut": told before
    asking = _asker(text, noun) if noun is not None else None
    if asking is not None and asking[0] not in {o[0] for o in own}:
        frame.imposers = [i for i in frame.imposers if i[0] != asking[0]]
        frame.targets = frame.targets if frame.taxed else [asking]


def _asker(text: Text, noun: Token) -> Named | None:
    """The state that asks others to ease a tariff, minds or answers it: its ministry speaks for it, no firm of it."""
    if answered(noun, noun.head):
        return _party(text, noun.head)
    for verb, eased in _above(noun):
        kinds = classes(verb.lemma_.lower())
        if "minding" in kinds or (eased and "asking" in kinds):
            return None if is_passive(verb) else _party(text, verb)
    return None


def _party(text: Text, verb: Token) -> Named | None:
    for head in text.subjects(verb):
        spoken_for = inside(text, head) if head.lemma_.lower() in _SPEAK_FOR else None
        named = state_of(text, head) or spoken_for
        if named is not None:
            return named
    return None


def _above(noun: Token) -> Iterator[tuple[Token, bool]]:
    """The verbs above a tariff noun, each with whether something between them eases the tariff."""
    for clause in noun.children:
        if clause.dep_ == "relcl":  # "a duty that Canberra wants removed"
            yield clause, any(c.dep_ in {"ccomp", "xcomp", "oprd"} and _eases(c) for c in clause.children)
    token, eased = noun, _eased_behind(noun) or _at_level(noun)
    for _ in range(_STEPS):
        hoped = token.dep_ == "advcl" and any(c.lower_ == "for" for c in token.children)  # "push for it to be cut"
        if token.head.i == token.i or not (token.dep_ in _UP or hoped):
            return
        token, below = token.head, token
        if token.pos_ == "VERB" and _itself(token, below):
            return
        eased = eased or _eases(token)
        if token.pos_ == "VERB":
            yield token, eased


def _at_level(noun: Token) -> bool:
    """As in "wants the duty on rice at 15 percent": the one that others charge."""
    wanted = noun.dep_ in {"dobj", "nsubj"} and "asking" in classes(noun.head.lemma_.lower())
    return wanted and any(c.lower_ == "the" for c in noun.children)


def _eased_behind(noun: Token) -> bool:
    """As in "wants the duty on cars cut", however the parse hangs the participle."""
    for token in noun.doc[noun.i + 1 : min(noun.i + _BEHIND, noun.sent.end)]:
        if token.is_punct:
            return False
        if token.tag_ in {"VBN", "VBD"} and token.dep_ in {"acl", "advcl", "relcl", "ccomp"} and _eases(token):
            return not any(c.dep_ in {"nsubj", "nsubjpass", "agent"} for c in token.children)
    return False


def _eases(token: Token) -> bool:
    gone = token.lemma_ == "go" and token.tag_ == "VBN"
    return gone or "relief" in classes(token.lemma_.lower()) or bool(verb_class(token) & _EASING)


def _itself(verb: Token, below: Token) -> bool:
    """Whether somebody eases a tariff of its own: "wants to cut", "that India cut"."""
    if not verb_class(verb) & _EASING or is_passive(verb):
        return False
    own = any(c.dep_ == "nsubj" and c.i != below.i for c in verb.children)
    to_do = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    return to_do or own

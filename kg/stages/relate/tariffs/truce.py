"""A truce that is the news of a text: "agreed to suspend all the tariffs they have imposed on each other"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import BlockKind
from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.tariffs.words import is_tariff, spoken, verb_class

if TYPE_CHECKING:
    from kg.model import Ref
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_TITLES = frozenset({BlockKind.HEADLINE, BlockKind.SUBHEAD, BlockKind.META, BlockKind.CAPTION})
_LEAD = 3  # sentences of the body that tell the news
_MUTUAL = frozenset({"all", "both", "their", "mutual", "respective", "other", "punitive", "retaliatory"})
_APART = re.compile(
    r"\b(?:not (?:covered|affected|included|part|touched)|unaffected|untouched|leaves? (?:out|aside)|left out|exclud\w+"
    r"|(?:do(?:es)? not|n[o']t) (?:cover|affect|apply|touch|include|extend)|outside (?:the|this|it)|stays?|remains?"
    r"|still (?:pays?|charged|in force)|separate"
    r"|ha(?:s|ve) been (?:in (?:force|place|effect)|charged|levied|paying) since)\b",
    re.IGNORECASE,
)
_OFF = frozenset({Stage.NEGATED, Stage.CANCELLED, Stage.SOUGHT})


def hold(text: Text, found: list[Frame]) -> None:
    """Suspend what two sides charge each other, where the lead says that they suspend all of it."""
    sides = _sides(text)
    going_on = -1  # the paragraph of tariffs that the truce leaves in force
    for frame in found if sides else ():
        imposers, taxed = {i[0] for i in frame.imposers}, {t[0] for t in frame.taxed}
        apart = frame.kind == "keep" or _APART.search(spoken(frame.sent)) is not None
        paragraph = text.document.text.rfind("\n\n", 0, frame.at.idx)
        going_on = paragraph if apart else going_on
        apart = apart or (going_on == paragraph and paragraph >= 0)
        between = bool(imposers and taxed) and imposers | taxed <= sides and not apart
        ceases = frame.kind == "remove" and frame.doing.verb is not None and frame.doing.verb.tag_ in {"VBZ", "VBP"}
        if between and ceases and frame.group is not None and frame.group.olds:
            frame.group.rates, frame.group.previous, frame.group.olds = frame.group.olds, None, []
        if between and (ceases or frame.status == "InForce"):  # "Brussels in turn stops collecting 15% on planes"
            frame.status, frame.firm = "Paused", True


def _sides(text: Text) -> set[Ref]:
    """The two sides of the text that put their tariffs on hold; empty where they do not."""
    body = [s for s in text.sentences if text.block(s[0]) not in _TITLES][:_LEAD]
    return set(text.two_sides) if any(_suspends(sent) for sent in body) else set()


def _suspends(sent: Span) -> bool:
    """Whether a sentence tells that tariffs are suspended, all of them and no single one."""
    if any(t.text == "%" or t.lower_ in {"percent", "cent"} for t in sent):
        return False
    return any(_all_of(t) for t in sent if is_tariff(t) and t.dep_ in {"dobj", "nsubjpass"})


def _all_of(noun: Token) -> bool:
    verb = noun.head
    paused = "pause" in verb_class(verb) and stage(verb) not in _OFF
    mutual = any(t.lower_ in _MUTUAL for t in noun.subtree) or any(_several(c) for c in verb.children)
    return paused and mutual and noun.tag_ == "NNS"


def _several(subject: Token) -> bool:
    """As in "Norway and Brazil will shelve the duties"."""
    return subject.dep_ == "nsubj" and (subject.lower_ == "they" or any(c.dep_ == "conj" for c in subject.children))

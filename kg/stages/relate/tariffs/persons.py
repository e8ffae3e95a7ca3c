"""Whose tariffs "we" and "they" charge in a transcript, and whose goods are "ours": by the label above a speech.

The speaker's state is "we"; "they" are the state named last before, of those that are not the speaker's.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.model import BlockKind, EntityKind, Ref
from kg.stages.relate.goods.lists import SELLING
from kg.stages.relate.speeches import ANSWERING, Speaker, label_above, role
from kg.stages.relate.tariffs.sides import DEEDS
from kg.stages.relate.tariffs.states import LIKELIEST, state_of, told_of, trading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model import Block
    from kg.stages.relate.goods.products import Goods, Named
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text
    from kg.tokens import Token

_FIRST = frozenset({"we", "i"})
_THIRD = frozenset({"they", "you"})
_OURS = frozenset({"our", "my"})
_THEIRS = frozenset({"their", "your"})
_OFFICER = re.compile(r"\b(?:minister|president|secretary|chancellor|premier|commissioner|ambassador)\b", re.IGNORECASE)
_BORNE = frozenset({"pay", "get"})
_BEFORE = 4  # tokens before goods or a tariff noun in which "our" stands: "our own 25 percent tariffs"


def by_speaker(text: Text, found: Iterable[Frame]) -> None:
    """Fill in the sides of tariffs told by somebody whose state the label above the speech tells."""
    last: Frame | None = None
    speech = -1
    for frame in found:
        spoken = frame.rule != "tariff-row"  # "Mexico: 35% on steel"
        start, ours = _speaker(text, frame.at) if spoken else (-1, None)
        if ours is None:
            continue
        last, speech = last if speech == start else None, start
        frame.imposers = [i for i in frame.imposers if i[1] > start]  # not what an earlier speaker told
        frame.targets = [t for t in frame.targets if t[1] > start]
        _turn_to(frame, ours, _others(text, frame, ours))
        goes_on = last is not None and frame.leader is last and not any(g.states for g in frame.goods)
        if last is not None and (goes_on or not (frame.imposers or frame.taxed or frame.described)):
            frame.imposers, frame.targets = last.imposers, last.taxed  # "10% across the board, 25% on cars"
        last = frame if frame.imposers and frame.taxed else last


def speaker_of(text: Text, at: Token) -> Named | None:
    """The state of who speaks at a token in a transcript or a text in the first person; None for the narrator."""
    return _speaker(text, at)[1]


def _speaker(text: Text, at: Token) -> tuple[int, Named | None]:
    """Where the words begin that tell who speaks at a token, and the state that he or she acts for."""
    speech = text.speech
    if text.block(at) is not BlockKind.SPEECH:
        one = speech.who if speech.quotes.of(at.i) is None and speech.says(at.sent) else None
        return _acting(text, one) if one is not None else (-1, None)
    label = label_above(text, at.idx)
    if label is None:
        return -1, None
    answers = role(text.document.text[label.start : label.end]) in ANSWERING and speech.answering is not None
    state = _acting(text, speech.answering)[1] if answers and speech.answering is not None else _state(text, label)
    return label.start, state


def _acting(text: Text, speaker: Speaker) -> tuple[int, Named | None]:
    """The state that the text tells of a speaker, or guesses surely enough."""
    state = text.state(speaker.refs[0])
    known = state is not None and (state != LIKELIEST or told_of(text, speaker.refs[0], state))
    return speaker.start, (state, speaker.start, speaker.end) if known and state is not None else None


def _state(text: Text, label: Block) -> Named | None:
    """The state that a speaker acts for, as the text tells it, or as the seat above the transcript does.

    Else the one that is guessed, unless that is the one guessed most often.
    """
    actors = [a for i in text.tokens(label.start, label.end) if (a := text.who(text.doc[i])) is not None]
    states = [(a.ref, s) for a in actors if (s := text.state(a.ref)) is not None]
    told = [s for ref, s in states if told_of(text, ref, s)]
    acting = any(text.kind(a.ref) is not EntityKind.ORGANIZATION for a in actors)
    acting = acting or (not actors and _OFFICER.search(text.document.text[label.start : label.end]) is not None)
    seat = _seat(text) if acting else None
    if seat is not None and not told:
        return seat
    guessed = next(iter([*told, *(s for _, s in states if s != LIKELIEST)]), None)
    return (guessed, label.start, label.end) if guessed is not None else None


@cache
def _seats() -> dict[str, str]:
    return {row[0]: row[1] for row in table("capitals")}


def _seat(text: Text) -> Named | None:
    """The state whose capital stands above a transcript: "Briefing on safeguards, Seoul, 24 January 2018"."""
    end = next(b.start for b in text.document.blocks if b.kind is BlockKind.SPEAKER)
    above = text.document.text[:end]
    named = sorted((m.start(), name) for name in _seats() if (m := re.search(rf"\b{re.escape(name)}\b", above)))
    return next(((Ref(f"country/{_seats()[name]}"), at, at + len(name)) for at, name in named), None)


def _others(text: Text, frame: Frame, ours: Named) -> Named | None:
    """The state named last before the end of a sentence that is not the speaker's, else the first of the text."""
    for i in range(frame.at.i, -1, -1):
        named = state_of(text, text.doc[i])
        if named is not None and named[0] != ours[0] and trading(named[0]):
            return named
    other = next((p for p in text.parties if p != ours[0] and trading(p)), None)
    return next(((m.entity, m.start, m.end) for m in text.mentions.mentions if m.entity == other), None)


def _turn_to(frame: Frame, ours: Named, theirs: Named | None) -> None:
    """Set imposer and target by the words of the first and third person around a tariff."""
    sides = {True: ours, False: theirs}
    taxed, imposing = _borne(frame), _charged(frame)
    if taxed is None and imposing is None:
        return
    named = {s[0] for g in frame.goods for s in g.states}
    if imposing is None and frame.imposers and frame.imposers[0][0] != ours[0] and taxed:
        frame.targets = [ours]  # "the American duty on our cars"
        return
    imposing = not taxed if imposing is None else imposing
    imposer, target = sides[imposing], sides[not imposing]
    if imposer is not None and imposer[0] in named:
        return
    frame.imposers = [imposer] if imposer is not None else []
    if target is not None and not named and (taxed is not None or not frame.targets):
        frame.targets = [target]


def _borne(frame: Frame) -> bool | None:
    """Whether the goods taxed are ours, or theirs; None where no word tells."""
    told = [whose for g in frame.goods if (whose := _owner(frame, _first(frame, g))) is not None]
    if told:
        return told[0]
    verb = frame.doing.verb
    if verb is None or frame.doing.kind not in _BORNE:
        return _sellers(frame)
    owned = (_owner(frame, c) for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"})  # "our mills pay 35 percent"
    whose = next((o for o in owned if o is not None), None)
    return _person(verb) if whose is None else whose


def _charged(frame: Frame) -> bool | None:
    """Whether the tariff is ours, or theirs; None where no word tells."""
    told = _owner(frame, frame.host) if frame.host is not None else None
    verb = frame.doing.verb
    acts = verb is not None and frame.doing.kind in {*DEEDS, "move"}
    return _person(verb) if told is None and verb is not None and acts else told


def _first(frame: Frame, goods: Goods) -> Token:
    return next((t for t in frame.sent if t.idx >= goods.start), frame.at)


def _owner(frame: Frame, noun: Token) -> bool | None:
    """As in "our own 25 percent tariffs", "their cars": True for the first person."""
    for token in reversed(frame.at.doc[max(frame.sent.start, noun.i - _BEFORE) : noun.i]):
        if token.lower_ in _OURS | _THEIRS:
            return token.lower_ in _OURS
        if token.pos_ in {"ADP", "VERB", "PUNCT", "NOUN", "PROPN"} and token.text != "%":
            return None
    return None


def _person(verb: Token) -> bool | None:
    """Whether "we" are the subject of a verb, or "they"."""
    chain = [verb, *verb.ancestors][:3]
    subjects = [c.lower_ for v in chain for c in v.children if c.dep_ == "nsubj"]
    known = next((s for s in subjects if s in _FIRST | _THIRD), None)
    return known in _FIRST if known is not None and subjects[0] == known else None


def _sellers(frame: Frame) -> bool | None:
    """As in "10% on everything that we sell": True for the first person."""
    for token in frame.sent:
        if token.lower_ in _FIRST | _THIRD and token.nbor(1).lemma_ in SELLING:
            return token.lower_ in _FIRST
    return None

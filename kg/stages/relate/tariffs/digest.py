"""What an entry of a list says of tariffs, read rate by rate: the label gives what the words leave open."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.stages.relate.goods.phrases import Listing
from kg.stages.relate.goods.products import state_at, unique
from kg.stages.relate.tariffs.charging import charged, charging, imposing
from kg.stages.relate.tariffs.entries import Entry, by_seat, entries
from kg.stages.relate.tariffs.frame import Frame
from kg.stages.relate.tariffs.giving import given
from kg.stages.relate.tariffs.grounds import cause, grounds
from kg.stages.relate.tariffs.list_words import ahead, rises, told
from kg.stages.relate.tariffs.remarks import days, remark
from kg.stages.relate.tariffs.rows import introduced, of_other, rows
from kg.stages.relate.tariffs.segments import Segment, behind, label, segments, trailing
from kg.stages.relate.tariffs.sides import modifiers
from kg.stages.relate.tariffs.states import LIKELIEST
from kg.stages.relate.tariffs.words import is_tariff, verb_class

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.goods.products import Named
    from kg.stages.relate.tariffs.group import Group
    from kg.stages.relate.text import Text
    from kg.tokens import Span

_INSTANCES = frozenset({"among", "including", "namely"})
_ANSWERS = re.compile(
    r"^\W*(?:this|it|these|they) (?:answers?|answered|(?:is|are|was|were|came) (?:an |in |as an? )?"
    r"(?:answer|response|retaliation|reaction|reply) (?:to|for)) (?P<why>[^.;()]{4,90})",
    re.IGNORECASE,
)
_HOPED = re.compile(r"\bhad (?:hoped|asked|expected|wished|wanted)\b[^.;%]{0,30}$", re.IGNORECASE)
_SLASHED = re.compile(r"(?:%|per ?cent)\s*/\s*\d", re.IGNORECASE)
_SAME_DAY = re.compile(r"\b(?:the|that) same (?:day|date|hour|time|moment)\b", re.IGNORECASE)
_NOW = re.compile(r"[^%;]*\((?:now|today|currently|at present|so far)[ ,:]*$", re.IGNORECASE)
_NOW_BEHIND = re.compile(r"\W{0,2}(?:now|today|currently|at present)\b", re.IGNORECASE)
_PLANNED = frozenset({"Threatened", "Proposed", "Agreed"})
_POINTING = frozenset({"those", "these", "they", "it", "them", "ones"})


def entry_of(text: Text, sent: Span) -> Entry | None:
    """The entry of a list in which a sentence stands, where the text has a list at all."""
    found = entries(text)
    if len(found) == 1 and (found[0].inline or found[0].above):
        return None
    return next((e for e in found if e.line < sent.end_char and sent.start_char < e.end), None)


def digested(text: Text, sent: Span, found: list[Frame], context: Time | None) -> list[Frame] | None:
    """The tariffs of a sentence of an entry; None for any other sentence."""
    entry = entry_of(text, sent)
    if entry is None or of_other(text, entry.line):
        return None
    if entry.inline and _SLASHED.search(entry.words(text)):
        return rows(text, sent, found, context)  # what stands first the words above tell
    part = _part(text, sent, entry)
    if part is None:
        return []
    same = [f for f in found if f.rule == "tariff-row" and entry.line <= f.at.idx < entry.end]
    if same and (answered := _ANSWERS.match(part.text)) is not None:
        start = part.start_char + answered.start("why")
        for told_before in same:
            why = answered["why"].strip()
            told_before.ground = told_before.ground or (why, start, start + len(why))
    here: list[Frame] = []
    for one in segments(text, part):
        frame = _frame(text, sent, entry, one, next(reversed(here or same), None))
        here += [frame] if frame is not None else []
    if not here:
        remark(text, part, same)
        return [] if "%" in entry.words(text) else rows(text, sent, found, context) or []  # "Chips: rate not decided"
    _shared(here)
    for frame in here:
        day = context if frame.rule == "tariff-row" else None  # that of the list, not of what its states charge in turn
        introduced(text, frame, found, day, entry.line)
        frame.firm |= entry.inline and not entry.label  # "all others" share no status with those named
    here = _with_now(text, here)
    _followed([*same, *here])
    return here


def _with_now(text: Text, here: list[Frame]) -> list[Frame]:
    """As in "75% (now 50%)": the rate of today is the one before where the first is to come, else the one after it."""
    found: list[Frame] = []
    for frame in here:
        last, new = found[-1].group if found else None, frame.group
        if last is None or new is None or not _is_now(text, last, new):
            found.append(frame)
        elif found[-1].status in _PLANNED:
            last.previous = new.rates[0]
        else:
            last.previous, last.rates = last.rates[0], new.rates
    return found


def _is_now(text: Text, last: Group, new: Group) -> bool:
    """Whether a rate in brackets is that of today: "(now 50%)", "(10% now)"."""
    between, behind = text.document.text[last.words[1] : new.words[0]], text.document.text[new.words[1] :]
    return _NOW.match(between) is not None or (between.endswith("(") and _NOW_BEHIND.match(behind) is not None)


def _part(text: Text, sent: Span, entry: Entry) -> Span | None:
    start, stop = max(entry.start, sent.start_char), min(entry.end, sent.end_char)
    tokens = text.tokens(start, stop) if start < stop else range(0)
    return text.doc[tokens[0] : tokens[-1] + 1] if len(tokens) else None


def _frame(text: Text, sent: Span, entry: Entry, one: Segment, before: Frame | None) -> Frame | None:
    group = one.group
    if not group.rates and group.added is not None:
        group.rates, group.added = [group.added], None  # "plus ten points"
    if not group.rates:
        return None
    words = text.doc[one.start : one.stop]
    if _HOPED.search(text.document.text[words.start_char : group.words[0]]):
        return None  # "Bern had hoped for 10%"
    frame = Frame(sent, text.doc[group.first], "tariff-row", group=group)
    own = label(text, one.start, group.first, group)
    acting = own.states[:1] if not own.goods and by_seat(text, own) else []  # "Washington has promised to charge 15%"
    own = Listing() if acting else own
    after = behind(text, group.ends[-1] + 1, one.stop, group)
    after = after or behind(text, group.ends[0] + 1, group.ends[-1], group)  # "zero on gin (12% so far)"
    _risen(text, frame, before)
    inner = behind(text, one.start, group.first, group)
    frame.when, frame.until = days(text, words, group)
    note = text.document.text[slice(*entry.note)] if entry.note is not None else ""
    if before is not None and frame.when is None and _SAME_DAY.search(words.text):
        frame.when = before.when
    if entry.note is not None and frame.when is None:
        when, until = days(text, text.doc[text.tokens(*entry.note)[0] : text.tokens(*entry.note)[-1] + 1])
        frame.when, frame.until = when, frame.until or until
    frame.ground = next(iter(grounds(words)), None) or cause(words)
    why = frame.ground or ("", -1, -1)
    beside = own or trailing(text, group, one.stop, alone=not entry.inline)  # "25% – steel"
    frame.goods = next((g for g in (own.goods, beside.goods, after.goods, inner.goods) if g), [])
    frame.goods = [g for g in frame.goods if g.label.lower() not in _POINTING]  # of the label: "Parts: those from Peru"
    frame.goods = [g for g in frame.goods if not why[1] <= g.start < why[2]]
    frame.targets = next((s for s in (own.states, beside.states, after.states, _among(text, words)) if s), [])
    close = before is not None and before.sent.start == sent.start and before.goods[:1] != entry.goods.goods[:1]
    if not frame.goods and close and before is not None:
        frame.goods = [replace(g, states=[] if frame.targets else g.states) for g in before.goods]
    frame.imposers = _owner(text, words) or acting or _of_goods(text, frame, group)
    frame.targets = [t for t in frame.targets if t[0] not in {i[0] for i in frame.imposers}]
    _under(text, frame, entry)
    _give_status(text, frame, _without_old(text, words, group), note)
    given(text, frame, entry)
    return frame


def _owner(text: Text, words: Span) -> list[Named]:
    """As in "Shoes: EU duty 17% now", "Ethanol: Brazil charges 18%": whose tariff one line of a list tells."""
    noun = next((t for t in words if is_tariff(t)), None)
    verb = next((t for t in words if "impose" in verb_class(t)), None)
    acting = [n for t in text.subjects(verb) if (n := state_at(text, t.i)) is not None] if verb is not None else []
    return (modifiers(text, noun)[0] if noun is not None else []) or acting[:1]


def _of_goods(text: Text, frame: Frame, group: Group) -> list[Named]:
    """As in "Peru's 10% on American cars": whose rate one on the goods of another is."""
    owned = group.first > 1 and text.doc[group.first - 1].tag_ == "POS"
    named = state_at(text, group.first - 2) if owned else None
    others = {s[0] for g in frame.goods for s in g.states}
    return [named] if named is not None and others and named[0] not in others else []


def _without_old(text: Text, words: Span, group: Group) -> str:
    """The words of a rate but what is said of the one before it: "15%, down from 50% announced in April"."""
    old = group.previous
    if old is None or not words.start_char <= old.start < words.end_char:
        return words.text
    before, rest = text.document.text[words.start_char : old.start], text.document.text[old.end : words.end_char]
    if old.start < group.rates[0].start:  # "110% now, 10% after five years"
        return before + rest[group.rates[0].start - old.end :]
    return before + "".join(re.split(r"(?=[,;.)])", rest, maxsplit=1)[1:])


def _risen(text: Text, frame: Frame, before: Frame | None) -> None:
    """As in "25%; an increase to 30% has been paused": from the rate told before."""
    group, last = frame.group, before.group if before is not None else None
    if group is None or last is None or group.previous is not None or len(last.rates) != 1:
        return
    if before is not None and rises(text, 0, group.words[0]):
        group.previous = last.rates[0]
        before.status, before.firm = before.status or "InForce", True


def _under(text: Text, frame: Frame, entry: Entry) -> None:
    """What the label of the entry adds: the goods, and the state that pays or charges."""
    if all(g.generic and not g.states for g in frame.goods):
        frame.goods = list(entry.goods.goods) or frame.goods  # "COPPER" above "50% on semi-finished products"
    states = entry.states.states
    if not (states or frame.targets or any(g.states for g in frame.goods)):
        frame.targets = [s for g in entry.goods.goods for s in g.states][:1]  # "Farm goods from Canada"
    if not states:
        return
    if imposing(text):
        frame.imposers, frame.labelled = states[:1], True
        others = [t for t in frame.targets if t[0] != states[0][0]]
        frame.targets = others or ([] if frame.taxed else charged(text).states)
        frame.goods = frame.goods or charged(text).goods
        return
    sold, owner = {s[0] for g in frame.goods for s in g.states}, charging(text)
    charged_in_turn = LIKELIEST in sold or (owner is not None and owner[0] in sold)
    if charged_in_turn:  # below "China": "Beijing charges 10% on U.S. goods"
        frame.imposers, frame.rule = states[:1], "tariff-labelled"
    elif not sold:
        frame.targets = list(states)
        frame.imposers = [owner] if owner is not None and owner[0] not in {s[0] for s in states} else frame.imposers


def _among(text: Text, words: Span) -> list[Named]:
    """As in "35% on steel from countries without an agreement, China and India among them"."""
    if not _INSTANCES & {t.lower_ for t in words}:
        return []
    return unique([n for t in words if (n := state_at(text, t.i)) is not None])


def _give_status(text: Text, frame: Frame, words: str, note: str) -> None:
    status = told(words) or told(note)
    old = frame.group.previous if frame.group is not None else None
    if status is None and old is not None and frame.group is not None and rises(text, 0, frame.group.words[0]):
        status = "Threatened" if max(frame.rates) > old.value else None  # "pays 26 percent and would pay 76"
    if frame.when is not None and ahead(text, frame.when) and status in {None, "InForce"}:
        status = "Threatened"
    if status == "Lifted" and frame.when is not None:
        frame.when, frame.until = None, frame.when
    status = "InForce" if status is None and frame.when is not None else status
    frame.status, frame.firm = status, status is not None


def _shared(here: list[Frame]) -> None:
    """A day told behind the last of several rates is that of all."""
    dated = [f for f in here if f.when is not None and not f.further]
    rises = bool(here) and here[-1].group is not None and here[-1].group.previous is not None
    if len(dated) == 1 and dated[0] is here[-1] and not rises:  # not "18%, to rise to 35% in July"
        for frame in here[:-1]:
            frame.when = dated[0].when


def _followed(same: list[Frame]) -> None:
    """A rate that was raised or lowered to the next one ended with it; what is to fall further is agreed as well."""
    for frame, after in pairwise(same):
        if frame.status == "Agreed" and after.goods == frame.goods and max(after.rates) < max(frame.rates):
            after.status = after.status if after.firm else frame.status  # "from 150% to 75% at once, 40% by year ten"
        old = after.group.previous if after.group is not None else None
        if old is not None and frame.until is None and old.value in frame.rates and frame.status == "InForce":
            frame.when = None if frame.when is after.when else frame.when  # that of the list
            frame.until = after.when

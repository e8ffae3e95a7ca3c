"""Rates in lists and tables: what the lines of `lines` say, with what stands above them.

A line tells a rate for its label. What it leaves open (who imposes, since when, how far it has come) is told by the
subheading above it, by the sentence that introduces the list, or by the tariffs told before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import BlockKind
from kg.stages.relate.goods.phrases import Listing
from kg.stages.relate.tariffs.acts import ANSWERING, governor
from kg.stages.relate.tariffs.border import borders
from kg.stages.relate.tariffs.entries import entries
from kg.stages.relate.tariffs.frame import Frame
from kg.stages.relate.tariffs.grounds import cause, deal_told, grounds
from kg.stages.relate.tariffs.headings import heading, since, titles
from kg.stages.relate.tariffs.leads import day_of_lead, led
from kg.stages.relate.tariffs.lines import lines
from kg.stages.relate.tariffs.list_words import ahead, closes, rises, told
from kg.stages.relate.tariffs.order import old_first
from kg.stages.relate.tariffs.row_names import names_of, shortened, under_column
from kg.stages.relate.tariffs.row_rates import amounts_in, free_in, group_of
from kg.stages.relate.tariffs.running import lined
from kg.stages.relate.tariffs.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Ref, Time
    from kg.stages.relate.tariffs.group import Group
    from kg.stages.relate.tariffs.lines import Line
    from kg.stages.relate.text import Text
    from kg.tokens import Span

_FROM_TO = re.compile(r"\bfrom\b[^,;]*\bto\b", re.IGNORECASE)
_ONWARD = re.compile(  # "110% → 10%", "50% today, 0% after five years"
    r"\s*(?:[→⇒➔➜»>]|-+>|=>|(?:down |up )?to\b|today\b|now\b|currently\b|at present\b|so far\b|,? then\b)",
    re.IGNORECASE,
)
_TO_ZERO = re.compile(r"(?:%|per ?cent|pct)\W+(?:down )?to (?:zero|nil)\b", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:shares?|growth|turnout|polls?|votes?|inflation|unemployment|exports? (?:fell|rose))\b", re.IGNORECASE
)
_TARIFF = re.compile(r"\b(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|surcharges?)\b", re.IGNORECASE)
_COLUMNS = re.compile(r"[|\t]|\S\s{3,}\S")
_SUBHEAD = 5  # spaces in a subheading at most: "Threatened, no date"
_UNDER_DEAL = re.compile(
    r"\b(?:under|in|of|after) (?:(?:the|this|their|its) )?(?:\w+ )?(?:agreement|deal|pact|accord)\b", re.IGNORECASE
)
_DEAL = re.compile(r"\b(?:agreements?|deals?|pacts?|accords?|treat(?:y|ies))\b", re.IGNORECASE)
_NEXT = re.compile(r",\s+to (?:rise|fall|drop|go)\b", re.IGNORECASE)  # "25%, to rise to 30% in May": of another rate
_APART = re.compile(
    r"\b(?:special|exceptions?|exempt\w*|separate\w*|already|(?:by|per) (?:products?|sectors?|goods)|sectors?"
    r"|elsewhere|products?)\b",
    re.IGNORECASE,
)
_AS_BEFORE = re.compile(r"\b(?:as before|as now)\b", re.IGNORECASE)
_MARKER = re.compile(r"[\s\-•*·–—|]*(?:\d{1,2}[.)]\s*)?")
_REACH = 120  # tokens between a list and the sentence that introduces it
_LIST = 360  # tokens between two lines of a list with remarks
_CONTEXT = 2500  # characters between "They take effect on August 7" and a row


def rows(text: Text, sent: Span, found: list[Frame], context: Time | None) -> list[Frame] | None:
    """The tariffs of one line of a list or table; None for any other sentence.

    Args:
        text: The document.
        sent: The sentence; of a line cut in two, the first part.
        found: The tariffs told before: imposer, status and date of a row come from there.
        context: The day on which the rates take effect, where a sentence before the list tells it.
    """
    line = next((x for x in lines(text.document.text) if x.start <= sent[0].idx < x.end), None)
    if line is None or text.block(sent[0]) in {BlockKind.HEADLINE, BlockKind.META, BlockKind.CAPTION}:
        return None
    named = names_of(text, *line.labels) or (shortened(text, *line.labels) if line.headed else None)
    if named is None or of_other(text, line.start):
        return None
    if _MARKER.fullmatch(text.document.text, line.start, sent[0].idx) is None:
        return []  # the second part of a line that was cut in two
    frames = list(_frames(text, sent, line, named))
    for frame in frames:
        introduced(text, frame, found, context, line.start)
    return frames


def of_other(text: Text, at: int) -> bool:
    """Whether a list that begins at a character tells something else in percent: shares, growth, votes."""
    above = _above(text, at)
    return _OTHER.search(above) is not None and _TARIFF.search(above) is None  # "the duties, after the vote"


def remarked(text: Text, sent: Span, found: list[Frame]) -> Frame | None:
    """The line that a sentence is a remark on: "Vietnam: 20 percent. Goods from elsewhere face 40 percent."."""
    row = next((f for f in reversed(found) if f.rule == "tariff-row"), None)
    same = row is not None and "\n" not in lined(text.document.text)[row.at.idx : sent[0].idx]
    return row if same else None


def _frames(text: Text, sent: Span, line: Line, named: Listing) -> Iterator[Frame]:
    """The tariff of a line, those of single states in brackets, and those of further statements."""
    rates = amounts_in(text, line.main)
    if not rates or _TO_ZERO.search(text.document.text[line.main[0] : line.main[1]]):
        rates += free_in(text, line.main)
    others = amounts_in(text, line.old) if line.old is not None else rates[1:]
    group = group_of(text, rates[:1], others[0] if others else None)
    if group is not None and group.previous is not None and line.old is not None and not line.headed:
        first, second = sorted((group.rates[0], group.previous), key=lambda a: a.start)
        onward = old_first(text, line.start, first.value, second.value)
        group.rates, group.previous = ([second], first) if onward else ([first], second)
    words = text.document.text[line.main[0] : line.main[1]]
    if group is not None and group.previous is not None and line.old is None:
        between = text.document.text[group.rates[0].end : group.previous.start]
        ordered = _FROM_TO.search(words) or _ONWARD.match(between)
        if ordered or old_first(text, line.start, group.rates[0].value, group.previous.value):
            group.rates, group.previous = [group.previous], group.rates[0]
    heads = [under_column(text, named, column) for column in line.columns] or [named] * (1 + len(line.more))
    yield _headed(text, _frame(text, sent, line.main, heads[0], group, dated=line.dated or line.main,
                               line_end=line.end), line.columns[:1])  # fmt: skip
    for label, rate in line.inner:
        states = names_of(text, label)
        if states is not None and states.states:
            inner = group_of(text, amounts_in(text, rate) or free_in(text, rate), None)
            both = Listing(list(named.goods), states.states)
            yield _frame(text, sent, rate, both, inner, dated=rate, line_end=rate[1])
    for head, more in zip(heads[1:], line.more, strict=False):
        again = group_of(text, amounts_in(text, more)[:1], None)
        if again is not None and not _is_share(text, more):
            if group is not None and rises(text, more[0], again.words[0]):
                again.previous = group.rates[0]  # "25%; an increase to 30% has been paused"
            frame = _frame(text, sent, more, head, again, dated=line.dated or more, line_end=more[1])
            yield _headed(text, frame, line.columns[1:])


def _headed(text: Text, frame: Frame, columns: tuple[tuple[int, int], ...]) -> Frame:
    """What the name of a column tells of its rates: "From 1 January", "Under the agreement"."""
    for start, end in columns[:1]:
        words = text.document.text[start:end]
        day = next((t for t in text.mentions.times if start <= t.start < end and t.kind == "DATE" and t.date), None)
        if day is not None and frame.when is None and not closes(text, day):
            frame.when = day
            frame.status, frame.firm = "Threatened" if ahead(text, day) else frame.status or "InForce", True
        elif frame.status is None and _UNDER_DEAL.search(words):
            frame.status, frame.firm = "Agreed", True
    return frame


def _is_share(text: Text, part: tuple[int, int]) -> bool:
    """As in "a fifth of exports, 20 percent of the total": no rate."""
    return re.search(r"(?:%|per ?cent)\s+of\b", text.document.text[part[0] : part[1]]) is not None


def _frame(
    text: Text,
    sent: Span,
    part: tuple[int, int],
    named: Listing,
    group: Group | None,
    *,
    dated: tuple[int, int],
    line_end: int,
) -> Frame:
    at = text.doc[group.first] if group is not None else text.token(part[0])
    frame = Frame(sent, at, "tariff-row", group=group, goods=named.goods, targets=named.states)
    words = text.document.text[part[0] : part[1]]
    span = text.doc[text.tokens(*part)[0] : text.tokens(*part)[-1] + 1]
    whole = text.doc[span.start : text.tokens(span.start_char, line_end)[-1] + 1]
    frame.ground = next(iter(grounds(whole)), None) or cause(whole)
    times = [t for t in text.mentions.times if dated[0] <= t.start < dated[1] and t.kind == "DATE" and t.date]
    times = [t for t in times if text.document.text[t.start : t.end].lower() != "today"]  # when the old rate holds
    old = group.previous.start if group is not None and group.previous is not None else None
    times = [t for t in times if old is None or not _of_old(text, old, t)]
    frame.when = next((t for t in times if not closes(text, t)), None)
    frame.until = next((t for t in times if t is not frame.when), None)
    status = told(_NEXT.split(words)[0])
    if frame.when is not None and status not in {"Paused", "Lifted"}:
        status = "Threatened" if ahead(text, frame.when) else status or "InForce"
    frame.status, frame.firm = status, status is not None
    return frame


def _of_old(text: Text, old: int, time: Time) -> bool:
    """As in "39% (31% in April)": when the rate in brackets held."""
    bracket = text.document.text.rfind("(", 0, old)
    return old < time.start and 0 <= bracket < old and ")" not in text.document.text[bracket : time.start]


def _coming(text: Text, when: Time) -> bool:
    """Whether an undated text tells of a day as one that lies ahead: "They take effect on Aug. 7, 2025"."""
    verb = text.token(when.start).head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
        verb = verb.head
    present = verb.tag_ in {"VBZ", "VBP"} or any(c.lower_ in {"will", "is", "are"} for c in verb.children)
    return text.document.published is None and present


def introduced(text: Text, frame: Frame, found: list[Frame], context: Time | None, at: int) -> None:
    """What the text above a line says of it: its subheading, the sentence that introduces the list, its date."""
    start, above = frame.sent.start, _above(text, at)
    stage = None if above.count(" ") > _SUBHEAD else told(above)
    row = next((f for f in reversed(found) if f.rule == "tariff-row" and start - f.sent.end < _LIST), None)
    near = next((f for f in reversed(found) if start - f.sent.end < _REACH and not _answered(f)), None)
    headed = near is not None and near.group is None  # "European duties on Brazilian goods" above a second list
    first = next((f for f in found if f.group is not None and not _answered(f)), None)
    intro = row.intro if row is not None and not headed else near or first
    imposers, others = heading(text, above, at)
    for title in reversed(titles(text, at) if intro is None and not imposers else []):
        imposers, others = (imposers, others) if imposers else heading(text, title.text.strip(), at)
    if imposers and (intro is None or imposers[0][0] not in {i[0] for i in intro.imposers}):
        intro = Frame(frame.sent, frame.at, "tariff-row", imposers=imposers, targets=others)
    frame.intro = intro
    own, named = bool(frame.targets), {t[0] for t in frame.targets}
    if intro is not None:
        turned = bool(frame.imposers and not own) and frame.imposers[0][0] in {t[0] for t in intro.taxed}
        frame.targets = intro.imposers if turned and intro.imposers else frame.targets
        frame.imposers = frame.imposers or intro.imposers
        frame.targets = frame.targets or ([] if frame.labelled else intro.taxed)
        frame.ground = frame.ground or intro.ground
    told_above = row is not None and not row.goods and "\n\n" not in text.document.text[row.at.idx : frame.at.idx]
    told_above = told_above and not (own or frame.labelled)
    if frame.goods and row is not None and told_above and not any(g.states for g in frame.goods):
        frame.targets = row.targets or frame.targets  # "BRITAIN 10%" above "Cars: 10%"
    _at_border(text, frame, named)
    lead = led(text, above, at)
    if frame.status is None and stage is not None:
        frame.status, frame.firm = stage, True
    elif frame.when is None and frame.status != "Paused":
        near_enough = context is not None and at - context.end < _CONTEXT
        apart = not above.endswith((".", ":")) and _APART.search(above) is not None
        apart = apart or _AS_BEFORE.search(frame.sent.text) is not None
        known = context if near_enough and not apart else None
        lead_day = intro.when if intro is not None and (near is not None or row is not None) else None
        lead_day = None if intro is not None and _on_other_goods(frame, intro) else lead_day
        again = known is not None and lead_day is not None and known.date == lead_day.date
        frame.when = lead_day if again else known or lead_day  # of a day that a headline tells, too, not the headline's
        if frame.status is None and known is not None and (ahead(text, known) or _coming(text, known)):
            frame.status, frame.firm = "Threatened", True
    past = frame.when is not None and text.document.published is not None and not ahead(text, frame.when)
    if frame.firm and frame.status == "Threatened" and past:
        frame.when = None  # that of another tariff told above
    elif frame.when is None and frame.status not in {"Paused", "Lifted"}:
        frame.when = since(text, above, at) or _shared_day(text, row, frame) or day_of_lead(text, at)
        if frame.status is None and frame.when is not None and ahead(text, frame.when):
            frame.status, frame.firm = "Threatened", True
    if frame.status is None:
        how = (intro.status, intro.firm) if intro is not None else ("InForce", False)
        dealt = {t[0] for t in intro.taxed} if intro is not None and own else set()
        how = ("InForce", False) if dealt and how[0] == "Agreed" and dealt.isdisjoint(named) else how
        how = (lead.name, lead.firm) if lead is not None else how
        old = frame.group.previous if frame.group is not None else None
        falls = old is not None and bool(frame.rates) and max(frame.rates) < old.value
        bargained = falls and not how[1] and (_DEAL.search(above) or deal_told(plain(text.doc)))
        how = ("Agreed", True) if bargained else how
        frame.status, frame.firm = ("Agreed", True) if _UNDER_DEAL.search(above) else how


def _on_other_goods(frame: Frame, intro: Frame) -> bool:
    """As in "Steel has been taxed at 50 percent since August" above "Cars: 15%": no day of the line."""
    mine, theirs = {g.key for g in frame.goods if g.key}, {g.key for g in intro.goods if g.key}
    return bool(intro.rates and mine and theirs) and mine.isdisjoint(theirs)


def _at_border(text: Text, frame: Frame, named: set[Ref]) -> None:
    """As in "Steel: 50 percent on entry into the United States": whoever the list is about."""
    border = borders(text, frame.sent, named) if frame.goods and not frame.labelled else []
    if border:
        frame.targets = [t for t in (*frame.imposers, *frame.targets) if t[0] != border[0][0]][:1] or frame.targets
        frame.imposers = border


def _answered(frame: Frame) -> bool:
    """As in "The list answers the U.S. duties of 25% on steel": the tariffs of the other side."""
    verb = governor(frame.host) if frame.host is not None else None
    return frame.head.provoked or (verb is not None and verb.lemma_ in ANSWERING)


def _shared_day(text: Text, row: Frame | None, frame: Frame) -> Time | None:
    """The day that stands above the list and that the line before has already taken."""
    day = row.when if row is not None else None
    if row is None or day is None or "\n\n" in text.document.text[row.at.idx : frame.at.idx]:
        return None
    return day if day.end <= row.sent.start_char and day.preposition == "since" else None


def _above(text: Text, at: int) -> str:
    """What stands right above the list that a line belongs to: its subheading, or the last sentence before it."""
    listed = {x.start for x in lines(text.document.text)} | {
        e.line for e in entries(text) if not e.words(text).endswith(":")
    }  # a sentence under a heading may lead to a list
    end = at
    while end > 0:
        start = lined(text.document.text).rfind("\n", 0, end - 1) + 1
        words = lined(text.document.text)[start:end].strip()
        if words and start not in listed and not _COLUMNS.search(words):
            return re.split(r"(?<=[.!?])\s", words)[-1]
        end = start
    return ""

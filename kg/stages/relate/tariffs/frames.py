"""What one sentence says of tariffs: frames of imposer, target, goods, rate, date, ground and status."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.acts import ASK, BACKGROUND, OFFER, Act, above, act, governor
from kg.stages.relate.tariffs.ahead import ahead, charged_already
from kg.stages.relate.tariffs.asides import answers, atop, below, provoked
from kg.stages.relate.tariffs.bullets import undertaken
from kg.stages.relate.tariffs.ceasing import ceasing
from kg.stages.relate.tariffs.clauses import ENDINGS, by_pact
from kg.stages.relate.tariffs.elsewhere import elsewhere
from kg.stages.relate.tariffs.factors import stepped
from kg.stages.relate.tariffs.fall import fall
from kg.stages.relate.tariffs.frame import Frame
from kg.stages.relate.tariffs.freed import freed
from kg.stages.relate.tariffs.goods import Reader
from kg.stages.relate.tariffs.grounds import give_grounds, in_deal
from kg.stages.relate.tariffs.group import Amount, Group
from kg.stages.relate.tariffs.hosts import ANCHORED, host
from kg.stages.relate.tariffs.lines import lines
from kg.stages.relate.tariffs.plans import bargained, bidden, by_itself, due, falling, warned
from kg.stages.relate.tariffs.previous import earlier
from kg.stages.relate.tariffs.rates import groups, of_all
from kg.stages.relate.tariffs.shared import as_before, beyond, definite, from_before, headed, leads, share, verbless
from kg.stages.relate.tariffs.sides import agents
from kg.stages.relate.tariffs.status import status
from kg.stages.relate.tariffs.sweep import apart, in_brackets, swept
from kg.stages.relate.tariffs.times import effective, until
from kg.stages.relate.tariffs.verbs import Host, of_clause
from kg.stages.relate.tariffs.waived import waived
from kg.stages.relate.tariffs.words import RATE_NOUNS, averages, marks, stands_for, verb_class

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_TOLD = 120  # tokens before a sentence in which tariffs are spoken of
_BARE = frozenset({"threat", "payer", "change", "listed", "beside", "getter"})  # rates that need no "percent"
_LETTING = frozenset({"let", "admit", "allow", "accept"})


def frames(text: Text, sent: Span, *, concluded: bool, before: Frame | None = None) -> list[Frame]:
    """The tariffs of a sentence in order: those with a rate, then those that only name goods; none of a question.

    Args:
        text: The document.
        sent: The sentence.
        concluded: Whether the text reports an agreement.
        before: The tariff told last.
    """
    found_marks = marks(text.doc)
    order = found_marks.ordered
    here = order[bisect_left(order, sent.start) : bisect_left(order, sent.end)]
    percents = [group for group in groups(text, sent) if not of_all(text, group)]
    if not (here or percents) or "?" in sent[-2:].text:
        return []
    reading = _Reading(text, sent, percents, concluded, before)
    reading.rated()
    reading.found += freed(reading.reader, concluded=concluded)
    reading.unrated([text.doc[i] for i in here if i not in found_marks.free])
    headed(reading.found)
    found = earlier(reading.found, reading.loose, concluded=concluded)
    share(found)
    give_grounds(sent, found)
    return found


class _Reading:
    """One sentence being read."""

    def __init__(
        self, text: Text, sent: Span, percents: list[Group], concluded: bool, before: Frame | None
    ) -> None:
        self._text, self._sent, self._percents, self._concluded = text, sent, percents, concluded
        self._before = before if before is not None and sent.start - before.sent.end <= 1 else None
        nouns = marks(text.doc).nouns
        line = any(x.start <= sent[0].idx < x.end for x in lines(text.document.text))  # of a list of something else
        near = before is not None and bool(before.rates) and sent.start - before.sent.end < _TOLD
        self._told = not line and (near or any(i in nouns for i in range(sent.start - _TOLD, sent.end)))
        self.reader = Reader(text, sent, frozenset(i for g in percents for i in g.tokens))
        self.found: list[Frame] = []
        self.loose: list[Group] = []  # percentages told as holding now that nothing claims
        self._used: set[int] = set()  # tariff nouns that a rate belongs to

    def rated(self) -> None:
        """The tariffs with a rate."""
        left, listed = self._sent.start, False
        for n, group in enumerate(self._percents):
            right = self._percents[n + 1].first if n + 1 < len(self._percents) else self._sent.end
            last_told = self.found[-1] if self.found else None
            spared = waived(self.reader, group, last_told, left, concluded=self._concluded)
            if spared is not None:
                self.found.append(spared)
                self._used |= {*range(left, group.last + 1), *([spared.host.i] if spared.host is not None else [])}
                listed, left = True, group.last + 1
                continue
            held = apart(self.reader, group, right) if self._told else None
            held = held or host(self._text, self._sent, group, left, right, listed=listed)
            if held is None:
                held = swept(self.reader, group, (left, right), told=listed or self._told)
            if group.bare and (held is None or held.kind not in _BARE):
                continue
            if not group.rates and group.added is None:
                held = None
            if held is not None:
                if held.kind == "modifier" and group.added is not None and not group.points and not group.rates:
                    group.rates, group.added = [group.added], None  # "hit by 25% tariffs"
                frame = self._frame(group, held, left, right)
                last = held.noun.i if held.noun is not None else -1
                before = range(left, group.first) if held.kind not in {"modifier", *ANCHORED} else ()
                self._used |= {*before, *range(group.last, last + 1), last}
                self.found += [frame, *self._also(frame, left, right)] if frame is not None else []
                held = held if frame is not None else None
            elif group.now:
                self.loose.append(group)
            listed, left = held is not None, group.last + 1

    def _frame(self, group: Group, held: Host, left: int, right: int) -> Frame | None:
        onto = any(self._text.doc[g.first - 1].lower_ == "to" for g in self._percents if g.first >= group.first)
        held = of_clause(held, moved=onto or group.previous is not None)
        text, phrase = self._text, held.noun if held.kind not in ANCHORED else None
        verb = held.verb or (governor(phrase) if phrase is not None else None)
        leads_to = text.doc[group.first - 1].lower_ == "to" or group.previous is not None
        to_rate = leads_to and held.kind == "change"
        doing = ceasing(act(phrase, verb, to_rate=to_rate))
        stepped(group, doing.kind)
        if doing.kind in {"", "escape"}:
            beside = self._listed(group) if held.kind == "beside" else None
            doing = beside or (self._clause(phrase) if phrase is not None else None) or doing
        if doing.kind == "remove" and (group.previous is not None or to_rate) and group.rates and group.rates[0].value:
            doing = doing._replace(kind="lower")  # "was dropped from 50 to 10 percent"
        if doing.kind in {"lower", "raise"} and to_rate and by_itself(doing.verb):
            doing = Act("move", doing.verb, turned=True)  # "it drops to 75 percent"
        if held.kind == "threat" and held.verb is not None:
            doing = Act("threaten" if "threaten" in verb_class(held.verb) else "impose", held.verb)
        if held.kind in {"sent", "moved"}:
            doing = Act("pay" if held.kind == "sent" else "move", verb, turned=held.kind == "moved")
        if held.kind in {"payer", "deed"} and not doing.kind:  # "will be let in at", "answered with 10 percent"
            letting = verb is not None and verb.lemma_ in _LETTING
            doing = Act("admit" if letting else "pay" if held.kind == "payer" else "impose", verb)
        frame = Frame(self._sent, text.doc[group.first], f"tariff-{held.kind}", doing, group=group, host=phrase)
        frame.provoked, frame.background = provoked(phrase), below(phrase, BACKGROUND) or atop(text, group)
        self.reader.leading = bool(self.found) and leads(self.found[-1])
        fall(self.reader, frame, doing, held, (left, right))
        before = self.found[-1] if self.found else None
        beyond(text, frame, before or self._before, (left, right))
        further = held.kind == "change" and phrase is not None and stands_for(phrase)
        further = held.kind == "listed" or (further and verbless(text.doc[left : group.first]))
        shared = before.doing if further and before is not None else doing
        frame.when = effective(text, frame, shared, own=(left, right))
        from_before(text, group, held, before)
        if further and before is not None:
            as_before(frame, before, group)
            later = frame.when is not before.when and frame.status == "InForce" and ahead(text, frame.when)
            now = "InForce" if frame.background else frame.status  # "34 percent, on top of the 20"
            frame.status = "Threatened" if later else now  # "25 percent now and 30 percent from January 1"
            return frame
        self._headed(frame, group)
        undertaken(text, frame)
        frame.until = until(text, self._sent, doing, phrase)
        noun = phrase if phrase is not None and phrase.lower_ not in RATE_NOUNS else None
        frame.status, frame.firm = status(
            self._sent, noun, doing, new_rate=leads_to, future=ahead(text, frame.when), concluded=self._concluded
        )
        begun = frame.when is not None and not ahead(text, frame.when)
        won = (frame.bargained or group.dropped) and frame.status == "InForce" and not begun
        frame.status = "Agreed" if won else frame.status
        comes = frame.when is not None and ahead(text, frame.when) and frame.when.start > frame.at.idx
        if frame.background and frame.status is not None and not (comes and phrase is None):
            since = frame.when if begun and frame.when is not None and frame.when.preposition == "since" else None
            frame.status, frame.when = "InForce", since  # "on top of 10 percent since April"
        self._settle_status(frame, group, doing, before)
        if frame.status == "InForce" and not begun and (warned(self._sent, frame.at) or due(self._sent, frame.at)):
            frame.status, frame.firm = "Threatened", True
        held_now = frame.status in {"Threatened", None} and charged_already(frame)
        frame.status = "InForce" if held_now else frame.status
        open_ = phrase is None or held.kind == "rise" or definite(phrase)
        frame.refers = open_ and held.kind not in {"threat", "deed", "kept"}
        frame.answers = answers(noun, doing)
        if not frame.goods and any(averages(t) for t in text.doc[left : group.first]):
            return None
        return frame if frame.status is not None and not (frame.strange and not frame.taxed) else None

    def _listed(self, group: Group) -> Act | None:
        """What is done to a list of goods with their rates in brackets."""
        last = self.found[-1] if self.found and self.found[-1].rule == "tariff-beside" else None
        if last is not None and verbless(self._text.doc[last.at.i : group.first]):
            return last.doing
        doing, noun = in_brackets(self.reader, group)
        self._used |= {noun.i} if noun is not None else set()
        return doing

    def _headed(self, frame: Frame, group: Group) -> None:
        """What the tariff noun before a list tells of each: "duties on cars from Peru: 17 percent for Doe Motors"."""
        nouns, doc = marks(self._text.doc).nouns, self._text.doc
        noun = next((i for i in range(group.first - 1, self._sent.start, -1) if i in nouns), None)
        host = doc[noun] if noun is not None else None
        colon = host is not None and ":" in doc[host.i : group.first].text  # "will impose duties on goods from Peru:"
        pays = frame.rule == "tariff-payer" and colon
        if frame.rule not in {"tariff-levied", "tariff-listed", "tariff-beside"} and not pays:
            return
        if host is not None and not frame.imposers:  # "the duties that Mexico put into effect: 25% on pork"
            frame.imposers = agents(self._text, host, act(host, governor(host), to_rate=False))
        if frame.taxed or (frame.rule == "tariff-listed" and not colon) or (frame.goods and not (pays or colon)):
            return
        if host is not None and (head := self._of_goods(host)) is not None:
            if colon and frame.when is None:
                frame.when, frame.status = head.when, head.status
            frame.imposers, frame.targets = frame.imposers or head.imposers, head.taxed if pays else head.targets
            frame.goods = frame.goods or head.goods  # "doubled its tariffs on American goods: cars now pay 120 percent"

    def _also(self, frame: Frame, start: int, stop: int) -> list[Frame]:
        """The same rate on further goods: "got its rate down to 15 percent, cars included"."""
        more = self.reader.included(start, frame.at.i)
        if more and {g.start for g in frame.goods} <= {g.start for g in more}:
            whole = self.reader.listing(start, self._text.token(more[0].start).i - 1)
            frame.goods, frame.targets = whole.goods or frame.goods, frame.targets or whole.states
        more = more or self.reader.added(frame.group.last + 1 if frame.group is not None else start, stop)
        frame.goods = [g for g in frame.goods if g.start not in {m.start for m in more}]
        if not more:
            return elsewhere(self.reader, frame)
        return [replace(frame, at=self._text.token(more[0].start), goods=more, targets=frame.taxed)]

    def _clause(self, noun: Token) -> Act | None:
        """What the clause behind a noun tells, where its own verb tells nothing: "escape a tariff that will hit"."""
        _, struck = self.reader.struck(noun)
        _, bearing = self.reader.borne(noun) if struck is None else (None, None)
        return Act("effect", struck, turned=True) if struck else Act("pay", bearing) if bearing else None

    def _settle_status(self, frame: Frame, group: Group, doing: Act, before: Frame | None) -> None:
        """What rates and an agreement add: abolishing leads to zero, "will be charged 10 instead of 100" is agreed."""
        if doing.kind == "remove" and frame.status in {"Agreed", "Proposed"} and group.previous is None and group.rates:
            gone = doing.verb or frame.at
            agreed = self._concluded or in_deal(self._sent) or by_pact(gone) or bidden(gone)
            would = gone.pos_ == "VERB" and any(c.lower_ in {"would", "could"} for c in gone.children)
            if agreed or would or above(gone) in OFFER:
                group.lead_to([Amount(Decimal(0), gone.idx, gone.idx + len(gone))])
            elif frame.status == "Agreed" or above(gone) in {"", "decide", "announce", "say"}:
                frame.status = "Lifted"
        charged = frame.rule == "tariff-modifier" and doing.kind == "lower" and group.previous is None
        charged = charged or (frame.rule == "tariff-modifier" and falling(doing) and group.previous is None)
        if charged and frame.status == "Agreed" and group.rates:
            frame.status = "InForce"  # "will lower the 25 percent tariff": the one charged now
        falls = bool(group.previous and group.rates) and group.previous.value > group.rates[0].value  # type: ignore[union-attr]
        if frame.rates == {Decimal(0)} and frame.status == "InForce" and doing.verb is not None and not frame.firm:
            frame.status = "Proposed" if doing.verb.lemma_ in ASK else frame.status  # "insisted on zero duty"
        if frame.rates == {Decimal(0)} and frame.status == "Threatened" and frame.when is None:
            frame.status = "Agreed"  # nobody threatens to charge nothing
        if falls and frame.status == "Threatened" and doing.kind != "threaten":
            frame.eased = not self._concluded  # nobody threatens to charge less, but some announce it by themselves
            frame.status = "Agreed" if self._concluded or frame.when is None else frame.status
        if frame.status == "Agreed" and not self._concluded and bargained(doing.verb):
            frame.status = "Proposed"
        if frame.status not in {"Threatened", "InForce"}:
            return
        if self._concluded and frame.host is not None and frame.host.tag_ == "POS" and before is not None:
            frame.status = before.status
        present = doing.verb is not None and doing.verb.tag_ in {"VBZ", "VBP"} and doing.kind == "move"
        down = falls or frame.rates == {Decimal(0)}
        if down and present and not frame.firm and (self._concluded or frame.when is None):
            frame.status = "Agreed"  # "wine drops from 150 to 20 percent in stages"

    def unrated(self, nouns: list[Token]) -> None:
        """The tariffs of which only the goods are told."""
        for noun in nouns:
            if noun.i in self._used or any(g.start <= noun.idx < g.end for f in self.found for g in f.goods):
                continue
            frame = self._of_goods(noun)
            self.found += [frame] if frame is not None else []

    def _of_goods(self, noun: Token) -> Frame | None:
        text, sent = self._text, self._sent
        doing = ceasing(act(noun, governor(noun), to_rate=False))
        frame = Frame(sent, noun, "tariff-goods", doing, host=noun, provoked=provoked(noun))
        stop = next((g.first for g in self._percents if g.first > noun.i), sent.end)
        held = Host("payer" if doing.kind == "pay" else "noun", noun, doing.verb)
        fall(self.reader, frame, doing, held, (noun.i, stop))
        undertaken(text, frame)
        if not any(g.key or g.states for g in frame.goods) and not (frame.goods and frame.targets):
            return None
        frame.when = effective(text, frame, doing, own=(sent.start, sent.end))
        frame.until = until(text, sent, doing, noun)
        frame.status, frame.firm = status(
            sent, noun, doing, new_rate=False, future=ahead(text, frame.when), concluded=self._concluded
        )
        ends = noun.dep_ == "pobj" and noun.head.head.head.lemma_ in ENDINGS
        if frame.status == "Paused" and ends and frame.until is None:
            frame.when, frame.until = None, frame.when  # "On July 14 ends the suspension of the duties"
        frame.answers = answers(noun, doing)
        if doing.kind == "remove" and doing.verb is not None and frame.status in {"Agreed", "Proposed"}:
            gone = doing.verb
            frame.group = Group([Amount(Decimal(0), gone.idx, gone.idx + len(gone))], gone.i, gone.i, ends=[gone.i])
        return frame if frame.status is not None else None

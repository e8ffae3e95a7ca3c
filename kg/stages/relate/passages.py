"""Where things stand in a text: tokens, sentences, blocks, times, the mention at a token, the sentence as evidence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from kg.lexicon import words
from kg.model import BlockKind, EntityKind, Evidence, Ref
from kg.stages.relate.recalled import in_interview, of_another, recalls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.model import Document, Entity, Mention, Mentions, Office, Time
    from kg.tokens import Span, Token, Tokens

P = TypeVar("P", bound="Passages")
R = TypeVar("R")
_OPEN = frozenset({"since", "until", "till", "by", "before", "from"})  # days that bound what lasts, not of the story
_DAY = 10  # characters of a day
_LABEL = 30  # characters before the day that heads a paragraph: the name of a city
_MARKS = frozenset({"-", "–", "—", ":", ".", "|"})
_STORY = 6  # sentences: how far back the day lies that a story has reached


def once(nothing: Callable[[], R]) -> Callable[[Callable[[P, Token], R]], Callable[[P, Token], R]]:
    """A question about one token of a text, answered once: rules of all relations ask it of the same words.

    Nobody may change what it answers. Words may stand for each other in a ring (in "'I told him,' he said" the speaker
    is "he", who is not the speaker's "him"): asked again before it is answered, a question has the answer `nothing()`.
    """

    def decorated(ask: Callable[[P, Token], R]) -> Callable[[P, Token], R]:
        @wraps(ask)
        def answer(text: P, token: Token) -> R:
            known = text.answers[ask]
            if token.i not in known:
                known[token.i] = nothing()
                known[token.i] = ask(text, token)
            return cast("R", known[token.i])

        return answer

    return decorated


class Passages:
    """The Doc of one document with its mentions by token."""

    def __init__(self, document: Document, doc: Tokens, mentions: Mentions) -> None:
        self.document, self.doc, self.mentions = document, doc, mentions
        self.entities: dict[Ref, Entity] = {e.id: e for e in mentions.entities}
        self._states: dict[Ref, Ref | None] = {}
        self._starts = [t.idx for t in doc]
        self._mention: dict[int, Mention] = {}
        for mention in sorted(mentions.mentions, key=lambda m: m.start - m.end):  # inner mentions last
            for i in self.tokens(mention.start, mention.end):
                self._mention[i] = mention
        self.answers: defaultdict[Callable[..., Any], dict[int, Any]] = defaultdict(dict)
        self.named = self._mention.keys()  # the tokens of mentions
        self._office: dict[int, Office] = {i: o for o in mentions.offices for i in self.tokens(o.start, o.end)}
        self._sentences = {s.start: s for s in mentions.sentences}
        self._kinds = [(b.start, b.end, b.kind) for b in document.blocks]
        self._kind_starts = [start for start, _, _ in self._kinds]
        self._time_starts = [t.start for t in mentions.times]

    def tokens(self, start: int, end: int) -> range:
        """The indexes of the tokens that begin in a stretch of characters."""
        first = bisect_right(self._starts, start) - 1
        if first < 0 or self._starts[first] + len(self.doc[first]) <= start:
            first += 1
        return range(first, bisect_right(self._starts, end - 1))

    def within(self, start: int, end: int) -> list[Token]:
        """The tokens that begin in a stretch of characters."""
        return list(self.doc[bisect_left(self._starts, start) : bisect_left(self._starts, end)])

    def token(self, offset: int) -> Token:
        """The token at a character offset."""
        return self.doc[max(bisect_right(self._starts, offset) - 1, 0)]

    def same_block(self, token: Token, other: Token) -> bool:
        """Whether two tokens stand in one block."""
        return bisect_right(self._kind_starts, token.idx) == bisect_right(self._kind_starts, other.idx)

    def block(self, token: Token) -> BlockKind:
        """The kind of block that a token stands in."""
        n = bisect_right(self._kind_starts, token.idx) - 1
        return self._kinds[n][2] if n >= 0 and token.idx < self._kinds[n][1] else BlockKind.META

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The spans of the sentences that may carry facts, in order."""
        return tuple(s for s in self.doc.sents if s.start in self._bounds)

    @cached_property
    def _bounds(self) -> dict[int, tuple[int, int]]:
        """The characters of these sentences without white space around them, by their first token."""
        found = {}
        for sent in self.doc.sents:
            text = sent.text
            known = self._sentences.get(sent.start_char + len(text) - len(text.lstrip()))
            if known is not None:
                found[sent.start] = known.start, known.end
        return found

    def evidence(self, sent: Span, words: Iterable[Token], rule: str) -> Evidence:
        """The sentence as evidence, with the stretch of the words that carry the fact."""
        bounds = self._bounds.get(sent.start) or (sent.start_char, sent.end_char)
        idx = [(t.idx, t.idx + len(t)) for t in words] or [bounds]
        return Evidence(self.document.id, *bounds, (min(i for i, _ in idx), max(j for _, j in idx)), rule)

    def words(self, sent: Span, words: tuple[int, int], rule: str) -> Evidence:
        """The sentence as evidence for words given by their characters; words of another sentence bring that one."""
        if not sent.start_char <= words[0] < sent.end_char:
            sent = self.token(words[0]).sent
        bounds = self._bounds.get(sent.start) or (sent.start_char, sent.end_char)
        return Evidence(self.document.id, *bounds, words, rule)

    def span_of(self, i: int) -> tuple[int, int]:
        """The characters of the mention that a token belongs to, or of the token."""
        mention, token = self._mention.get(i), self.doc[i]
        return (mention.start, mention.end) if mention else (token.idx, token.idx + len(token))

    @cached_property
    def hyphened(self) -> frozenset[int]:
        """The tokens beside a hyphen, which the parse makes a token of its own."""
        return frozenset(i for t in self.doc if t.text == "-" for i in (t.i - 1, t.i + 1))

    def entity(self, token: Token) -> Ref | None:
        """The entity whose mention a token belongs to."""
        mention = self._mention.get(token.i)
        return mention.entity if mention else None

    def office(self, token: Token) -> Office | None:
        """The office phrase that a token belongs to."""
        return self._office.get(token.i)

    def kind(self, ref: Ref) -> EntityKind:
        """The kind of an entity."""
        return self.entities[ref].kind

    def state(self, ref: Ref) -> Ref | None:
        """The state or bloc that an actor is or represents; a movement that talks with states stands for itself."""
        if ref not in self._states:
            entity = self.entities[ref]
            side = entity.kind in {EntityKind.COUNTRY, EntityKind.BLOC} or self.is_movement(ref)
            self._states[ref] = ref if side else entity.country
        return self._states[ref]

    def is_movement(self, ref: Ref) -> bool:
        """Whether an actor is a movement that is no state: "Hamas"."""
        return self.entities[ref].kind is EntityKind.ORGANIZATION and self.entities[ref].label in words("movements")

    def times(self, sent: Span) -> list[Time]:
        """The time expressions of a sentence, in order."""
        first = bisect_left(self._time_starts, sent.start_char)
        return list(self.mentions.times[first : bisect_left(self._time_starts, sent.end_char)])

    @cached_property
    def _timed(self) -> dict[int, list[Time]]:
        """The time expressions by each token that begins in them."""
        found: dict[int, list[Time]] = {}
        for time in self.mentions.times:
            for i in range(bisect_left(self._starts, time.start), bisect_left(self._starts, time.end)):
                found.setdefault(i, []).append(time)
        return found

    def is_time(self, token: Token) -> bool:
        """Whether a token is part of a time expression."""
        return token.i in self._timed

    def is_minutes(self, token: Token) -> bool:
        """Whether a token is part of a duration in hours or minutes."""
        return token.i in self._minutes

    @cached_property
    def _minutes(self) -> frozenset[int]:
        return frozenset(i for i, times in self._timed.items() if any(t.minutes is not None for t in times))

    def day_before(self, offset: int) -> Time | None:
        """The last day named before an offset in its sentence or the six before, else the only one of its sentence.

        Never a day after the report.
        """
        here = self.token(offset).sent
        first = self.sentences[max(0, self._number(here) - _STORY)].start_char
        published = self.document.published or "9999"
        told = [
            t for t in self.mentions.times
            if first <= t.start < here.end_char and t.date and len(t.date) == 10 and t.date <= published
            and t.preposition not in _OPEN and not (t.start >= here.start_char and of_another(self, t, offset))
        ]  # fmt: skip
        before = [t for t in told if t.start < offset]
        before = [t for t in before if t.start >= here.start_char or not recalls(self, t)] or before
        same = {t.date for t in told if t.start >= here.start_char}
        return before[-1] if before else told[0] if len(same) == 1 else None

    def entry(self, token: Token) -> Time | None:
        """The day that heads the paragraph of a token: "June 5 - Doe and Roe talk", "Rome, 10-11 May. Doe met Roe".

        A line of its own above it may do so, too: "SUNDAY, JUNE 5".
        """
        n = bisect_right(self._kind_starts, token.idx) - 1
        if n < 0:
            return None
        start, end, _ = self._kinds[n]
        head = self._first_time(start)
        if head is not None and head.start < min(end, token.idx):
            before, behind = self.document.text[start : head.start], self.document.text[head.end : head.end + 3]
            heads = len(before) < _LABEL and (not before.strip(" •*·–-") or before.rstrip().endswith(","))
            if self.opens_entry(head):
                return head
            if heads and behind[:2].strip()[:1] in _MARKS and not before.rstrip(" ,").count(" ") > 2:
                return head
        above = next((k for k in reversed(self._kinds[:n]) if k[2] is not BlockKind.PARAGRAPH), None)
        line = self._first_time(above[0]) if above is not None and above[2] is BlockKind.SUBHEAD else None
        alone = above is not None and line is not None and (line.start, line.end) == above[:2]
        return line if alone else None

    def opens_entry(self, time: Time) -> bool:
        """Whether a clock time opens its paragraph, as above the entries of a live page: "9:45 a.m. They are back"."""
        n = bisect_right(self._kind_starts, time.start) - 1
        start = self._kinds[n][0] if n >= 0 else time.start
        alone = len(self.document.text[time.start : time.end].split()) <= 2  # not "9 a.m. on Friday"
        return time.clock is not None and alone and not self.document.text[start : time.start].strip(" •*·–-")

    def _first_time(self, start: int) -> Time | None:
        """The first time expression from an offset on that names a day."""
        first = bisect_left(self._time_starts, start)
        head = self.mentions.times[first] if first < len(self.mentions.times) else None
        return head if head is not None and head.date is not None and len(head.date) >= _DAY else None

    @cached_property
    def _body(self) -> list[Span]:
        """The sentences of the body."""
        return [s for s in self.sentences if self.block(s[0]) is BlockKind.PARAGRAPH]

    def in_lead(self, sent: Span, lead: int) -> bool:
        """Whether a sentence is one of the first of the body."""
        return any(s.start == sent.start for s in self._body[:lead])

    def day_after(self, sent: Span, lead: int) -> Time | None:
        """For a sentence of the lead, the first day named in the next ones, if no later than the report."""
        body = self._body[: lead + 1]
        published = self.document.published or "9999"
        if sent.start not in {s.start for s in body[:lead]}:
            return None
        behind = (t for s in body for t in self.times(s) if t.date and len(t.date) == 10 and t.start > sent.end_char)
        told = [t for t in behind if not in_interview(self, t)]
        return told[0] if told and str(told[0].date) <= published else None

    def _number(self, sent: Span) -> int:
        """The number of a sentence among those that may carry facts; 0 for others."""
        return self._numbers.get(sent.start, 0)

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {s.start: n for n, s in enumerate(self.sentences)}

    def sentences_before(self, sent: Span, number: int) -> list[Span]:
        """The sentences before one, nearest first."""
        n = self._number(sent)
        return list(reversed(self.sentences[max(0, n - number) : n]))

    def last_day(self, *, before: int) -> str | None:
        """The last day named before an offset, as the text counts "a day after" from it."""
        days = [t.date for t in self.mentions.times if t.start < before and t.date is not None and len(t.date) == 10]
        return days[-1] if days else self.document.published

"""Who says what: one claim for each report and each clause or sentence it governs, with the facts that it carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import EVENTS, Assertion, BlockKind, Claim, EntityKind, FactKind, Ref
from kg.stages.relate.speeches import ANSWERING, ASKING, Speaker, role
from kg.stages.relate.statements.mentioned import framing, told_before
from kg.stages.relate.statements.nominal import nominal
from kg.stages.relate.statements.predicates import predicates
from kg.stages.relate.statements.reporting import reports
from kg.stages.relate.statements.speakers import Voice, voice
from kg.stages.relate.statements.words import balanced, clauses, joined
from kg.stages.relate.text import PERSONAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Evidence
    from kg.stages.relate.statements.verbs import Report
    from kg.stages.relate.text import Text
    from kg.tokens import Span

_READ = frozenset({BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.SPEECH})
_CARRIED = EVENTS | {FactKind.TARIFF, FactKind.DEADLINE, FactKind.ACTION}
_NESTED, _APART = 2, 3  # depth of a report inside another clause, and of one that only tells which thing is meant
_LONGEST = 88  # words: a longer text is no statement but a passage (the measure allows 90)
_LIST_MARKS = " \t\n•*–-"


def statements(text: Text, claims: Sequence[Claim]) -> Iterator[Claim]:
    """One claim for each statement, in order of the text; `claims` are those of the relations that ran before."""
    reader = _Reader(text, claims)
    for sent in text.sentences:
        kind = text.block(sent[0])
        if kind in _READ:
            reader.read(sent, kind)
        elif kind is BlockKind.SPEAKER:
            reader.label(sent)
    yield from reader.finished()


class _Reader:
    """Reads the sentences in order and keeps who spoke last, who speaks in which quotation, and whose list goes on."""

    def __init__(self, text: Text, claims: Sequence[Claim]) -> None:
        self.text, self.speech, self.quotes = text, text.speech, text.speech.quotes
        self.carried = [c for c in claims if c.kind in _CARRIED]
        self.one = _voice(self.speech.who)  # of a text in the first person
        self.last = self.topic = self.one  # who spoke or acted last
        self.acting: Voice | None = None  # whom the sentence right before, in the paragraph, is about
        self.turn: Voice | None = None  # of a transcript
        self.answering = _voice(self.speech.answering)  # who answers in a transcript of questions and answers
        self.lister: Voice | None = None
        self.flow: tuple[int, Voice] | None = None  # where the sentence of a speaker ended that the next may go on
        self.quoting: dict[int, Voice] = {}  # number of a quotation -> who speaks in it
        self.open: list[tuple[Span, int]] = []  # quoted sentences whose speaker comes later or came before
        self.found: list[Claim] = []

    def label(self, sent: Span) -> None:
        """A speaker's label of a transcript; "Q" and "Reporter" ask and state nothing, "A" is who spoke before."""
        word = role(sent.text)
        heads = [t for t in sent if (r := self.text.entity(t)) is not None and self.text.kind(r) is EntityKind.PERSON]
        if word in ANSWERING:
            self.turn = self.answering
        else:
            self.turn = None if word in ASKING else voice(self.text, heads[-1:], None) or _by_surname(self.text, sent)
        if self.turn is not None:
            self.last = self.topic = self.answering = self.turn

    def read(self, sent: Span, kind: BlockKind) -> None:
        found = [*reports(self.text, sent), *nominal(self.text, sent), *predicates(self.text, sent)]
        spoken = kind is BlockKind.SPEECH and self.turn is not None
        if spoken and self.turn is not None:
            self._say(sent, self.turn, [(sent.start, sent.end)], "statement-transcript")
        first, depth = None, 9
        for report in found:
            before = self.turn if spoken else self._before(sent, report)
            if any(c.lower_ == "its" for t in report.subjects for c in t.children):
                before = first or before  # "the ministry said its side had asked"
            who = self._of_speaker(report, first) or voice(self.text, report.subjects, before, apart=report.around)
            who = who or self._same(report, first)
            quoted = kind is not BlockKind.SPEECH or (report.reading == "say" and who is not None and self._told(who))
            if who is not None and (spoken or quoted):
                self._report(sent, report, who)
                if _depth(sent, report) < depth:
                    first, depth = who, _depth(sent, report)
        if kind is BlockKind.BULLET and self.lister is not None and not found:
            self._say(sent, self.lister, [(sent.start, sent.end)], "statement-listed")
        elif not found and not spoken and self.one is not None and self.speech.says(sent):
            self._say(sent, self.one, [(sent.start, sent.end)], "statement-speech")
        elif not found and kind is not BlockKind.SPEECH:
            self._unreported(sent)
        if kind is not BlockKind.BULLET:
            self.lister = first if sent.text.rstrip(_LIST_MARKS).endswith(":") else None
        if first is not None:
            self._flows(sent, first if depth < _NESTED else None)
        self.last = first or self.last
        subject = (first if depth < _APART else None) or self._subject(sent)
        self.acting = None if sent.text.endswith("\n") else subject
        self.topic = subject or self.topic or first

    def _before(self, sent: Span, report: Report) -> Voice | None:
        """Who "he" of ", he said" may be: who acted last, or who spoke where that one is named in what is said."""
        if not report.around or self.topic is None or self.last is None:
            return self.topic
        first, last, who = sent.start_char, report.verb.idx, self.topic.refs
        named = any(m.entity in who and first <= m.start < last for m in self.text.mentions.mentions)
        return self.last if named else self.topic

    def _told(self, who: Voice) -> bool:
        """Whether a question quotes a person: "the minister says that ..."; "some say" asks and tells nothing."""
        return all(r in self.text.entities and self.text.kind(r) is EntityKind.PERSON for r in who.refs)

    def _subject(self, sent: Span) -> Voice | None:
        """The person that a sentence of the narrator is about: "he" of the next sentence."""
        for child in sent.root.children:
            actor = self.text.who(child) if child.dep_ in {"nsubj", "nsubjpass"} else None
            if actor is not None and self.text.kind(actor.ref) is EntityKind.PERSON:
                return Voice((actor.ref,), (), self.text.span_of(child.i))
        return None

    def _same(self, report: Report, first: Voice | None) -> Voice | None:
        """Of "..., adding that": who spoke in the clause before."""
        return (first or self.last) if not report.subjects and report.verb.tag_ == "VBG" else None

    def _of_speaker(self, report: Report, first: Voice | None) -> Voice | None:
        """Of "said Jane Doe, a spokeswoman for the army, who accused": who is no army."""
        who = report.verb.dep_ == "relcl" and any(c.lower_ == "who" for c in report.verb.children)
        return first if who and not any(t.pos_ == "PROPN" for t in report.subjects) else None

    def _unreported(self, sent: Span) -> None:
        """A sentence without a verb of saying: part of a quotation that is attributed before or after it."""
        inside = self.quotes.within(sent.start, sent.end)
        quoted = sum(b - a for a, b in inside)
        if quoted and quoted >= sum(not t.is_punct and not t.is_space for t in sent) - 1:
            number = self.quotes.of(inside[0][0])
            if number is not None:
                self.open.append((sent, number))
                who = self.acting or self.last
                if who is not None:
                    self.quoting.setdefault(-number - 1, who)
        elif not quoted and self.flow is not None and self.flow[0] == sent.start and _seen_from_past(sent):
            self._say(sent, self.flow[1], [(sent.start, sent.end)], "statement-continued")
            self._flows(sent, self.flow[1])

    def _flows(self, sent: Span, who: Voice | None) -> None:
        """Keep that the sentence right behind one, in its paragraph, may go on with what somebody says."""
        ends = sent.text.endswith("\n") or sent.end >= len(sent.doc)
        self.flow = (sent.end, who) if who is not None and not ends else None

    def _report(self, sent: Span, report: Report, who: Voice) -> None:
        for start, end in report.content:
            for a, _ in self.quotes.within(start, end):
                number = self.quotes.of(a)
                if number is not None:
                    self.quoting.setdefault(number, who)
        before = self.quotes.before(report.first)
        if before is not None and report.around:
            self.quoting.setdefault(before, who)
        for content in clauses(self.text.doc, report.content):
            if any(t.is_alpha for a, b in content for t in self.text.doc[a:b]):
                self._say(sent, who, content, f"statement-{report.reading}", report)

    def finished(self) -> list[Claim]:
        """All statements in order, with the quoted sentences whose speaker was found."""
        for sent, number in self.open:
            who = self.quoting.get(number) or self.quoting.get(-number - 1)
            if who is not None:
                self._say(sent, who, [(sent.start, sent.end)], "statement-quoted")
        return sorted(self.found, key=lambda c: (c.evidence.start, c.evidence.words))

    def _say(self, sent: Span, who: Voice, content: list[tuple[int, int]], rule: str,
             report: Report | None = None) -> None:  # fmt: skip
        doc = self.text.doc
        pieces = [doc[a:b] for a, b in content if b > a]
        words = joined([" ".join(x.text.split()) for x in pieces])
        words = balanced(" ".join(words.split()[:_LONGEST]))
        if not words or not any(c.isalnum() for c in words):
            return
        spans = [(doc[a].idx, doc[b - 1].idx + len(doc[b - 1])) for a, b in content if b > a]
        stretch = (spans[0][0], spans[-1][1])
        evidence = self.text.words(sent, stretch, rule)
        named = self.text.token(who.words[0]).sent  # in a transcript or a long quotation not the sentence itself
        said = [Assertion("speaker", ref, self.text.words(named, who.words, rule)) for ref in who.refs]
        said.append(Assertion("text", words, evidence))
        said += [Assertion("quote", q, evidence) for q in self._quoted(content)]
        name = "denies" if report is not None and report.denied else "reports"
        carried = [c.key for c in self._carries(content, spans, who.refs, evidence)]
        if report is not None:
            carried += [c.key for c in framing(self.text, self.carried, sent, report.verb, content, who.refs)]
        said += [Assertion(name, key, evidence) for key in dict.fromkeys(carried)]
        if report is not None:
            said += self._when(sent, report, spans, rule)
        n = report.verb.idx if report is not None else sent[0].idx
        speakers = [a for a in said if a.property == "speaker"]
        others = [a for a in said if a.property != "speaker"]
        groups = [speakers] if len(speakers) <= 2 else [[one] for one in speakers]
        for k, group in enumerate(groups):
            key = Ref(f"statement@{n}.{len(self.found)}.{k}")
            self.found.append(Claim(key, FactKind.STATEMENT, (*group, *others), evidence, entities=who.entities))

    def _quoted(self, content: list[tuple[int, int]]) -> list[str]:
        """The quoted words; a quotation split by "he said" is one."""
        parts = [(a, b) for start, end in content for a, b in self.quotes.within(start, end)]
        whole: list[str] = []
        for n, (a, b) in enumerate(parts):
            words = " ".join(self.text.doc[a:b].text.split())
            if n and len(content) > 1 and parts[n - 1][0] < content[0][1] <= a and self._only_quoted(content):
                whole[-1] = f"{whole[-1]} {words}"
            else:
                whole.append(words)
        return [w.rstrip(",") for w in whole if any(c.isalnum() for c in w)]

    def _only_quoted(self, content: list[tuple[int, int]]) -> bool:
        return all(self.quotes.of(i) is not None or self.text.doc[i].is_punct for a, b in content for i in range(a, b))

    def _carries(self, content: list[tuple[int, int]], spans: list[tuple[int, int]], speakers: tuple[Ref, ...],
                 evidence: Evidence) -> Iterator[Claim]:  # fmt: skip
        """The facts told in the words that are said, or the event that they speak of: "called the talks useful"."""
        here = [c for c in self.carried if c.evidence.start == evidence.start
                and any(a <= c.evidence.words[0] < b for a, b in spans)]  # fmt: skip
        yield from here
        yield from told_before(self.text, self.carried, content, here, speakers)

    def _when(self, sent: Span, report: Report, spans: list[tuple[int, int]], rule: str) -> Iterator[Assertion]:
        """The day on which something was said: a date that hangs on the verb of saying, outside what is said."""
        for time in self.text.times(sent):
            if time.kind != "DATE" or time.date is None or any(a <= time.start < b for a, b in spans):
                continue
            token = self.text.token(time.start)
            while token.head.i != token.i and (token.pos_ not in {"VERB", "AUX"}):
                token = token.head
            if token.i == report.verb.i:
                yield Assertion("date", time.date, self.text.words(sent, (time.start, time.end), rule))
                return


def _seen_from_past(sent: Span) -> bool:
    """Whether a sentence tells a future seen from the past: "The talks would resume in May." - as somebody said.

    "He would not be drawn on it" tells what the speaker did.
    """
    root = sent.root
    if any(c.dep_ in {"nsubj", "nsubjpass"} and c.lower_ in PERSONAL for c in root.children):
        return False
    aux = {c.lower_ for c in root.children if c.dep_ == "aux"}
    conditional = any(c.dep_ == "mark" and c.lower_ in {"if", "unless"} for t in root.children for c in t.children)
    return "would" in aux and not aux & {"have"} and not conditional


def _voice(speaker: Speaker | None) -> Voice | None:
    return Voice(speaker.refs, (), (speaker.start, speaker.end)) if speaker is not None else None


def _by_surname(text: Text, sent: Span) -> Voice | None:
    """The person of the text whose last name a label gives: "PRESIDENT DOE"."""
    words = {w.strip(".,:()").casefold() for w in sent.text.split()}
    for ref, entity in sorted(text.entities.items()):
        if ref.startswith("person/") and entity.label.split()[-1].casefold() in words:
            return Voice((ref,), (), (sent.start_char, sent.end_char))
    return None


def _depth(sent: Span, report: Report) -> int:
    """How far inside other reports one stands: 0 for "he said" of the main clause."""
    if report.around or report.verb.i == sent.root.i:
        return 0
    return 1 if report.verb.dep_ == "conj" else 3 if report.verb.dep_ in {"relcl", "acl"} else 2

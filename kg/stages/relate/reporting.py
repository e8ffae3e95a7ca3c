"""Verbs of saying in a sentence: who says, and which words are said.

The words of the sentence around "he said" tell more surely than the parse where the content stands: between commas or
after a quotation it is the sentence itself, else the clause that hangs on the verb.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.model import EntityKind
from kg.stages.relate.quotes import MARKS

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from kg.stages.relate.text import Text

_MODALS = frozenset({"will", "'ll", "’ll", "would", "may", "might", "could", "can", "should", "must", "shall", "ca",
                     "wo"})  # fmt: skip
_STOPS = frozenset({",", ".", ";", ":", "—", "–", "--", "?", "!", "-"})
_NARRATION = frozenset({"adding", "after", "while", "as", "when", "who", "which", "following", "citing", "speaking",
                        "where", "whose", "before", "referring", "according", "without"})  # fmt: skip
_LISTENED = frozenset({"tell", "inform", "assure", "remind", "advise", "notify"})  # their object listens
_CLAUSES = frozenset({"ccomp", "xcomp", "oprd"})
_NAMED = frozenset({"oprd", "xcomp", "ccomp", "acomp"})
_COMPLEMENTS = _CLAUSES | {"dobj", "prep", "dative", "prt", "attr", "acomp"}


@dataclass(slots=True)
class Report:
    """A verb of saying with the tokens of its attribution ("Doe said on Tuesday") and of what is said."""

    verb: Token
    reading: str
    subjects: list[Token]
    first: int
    last: int  # of the attribution, inclusive
    content: list[tuple[int, int]] = field(default_factory=list)  # token ranges, half-open
    around: bool = False  # the content stands around the attribution

    @property
    def denied(self) -> bool:
        """Whether what is said is denied."""
        return self.reading == "deny"


def _readings() -> dict[str, list[tuple[str, str, bool]]]:
    """Lemma -> (second word or "", reading, takes a noun phrase), those with a second word first."""
    found: dict[str, list[tuple[str, str, bool]]] = {}
    for row in table("speech_verbs"):
        lemma, _, second = row[0].partition(" ")
        found.setdefault(lemma, []).append((second, row[1], len(row) > 2))
    return {k: sorted(v, key=lambda r: not r[0]) for k, v in found.items()}


READINGS = _readings()


def reports(text: Text, sent: Span) -> list[Report]:
    """The reports of a sentence in order, with what each says; a report without words is left out."""
    found = [r for t in sent if t.lemma_.lower() in READINGS and (r := _report(text, t)) is not None]
    found = _unchained(sent, found)
    for report in found:
        report.content = _content(sent, report, found)
    for report in found:
        for other in found:
            if other.around and other is not report:
                report.content = _without(report.content, other.first, other.last + 1)
    denied = [r for r in found if r.denied]
    return [r for r in found if r.content and not any(a <= r.verb.i < b for d in denied for a, b in d.content)]


def _without(content: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """The ranges of tokens without another attribution that stands inside: "Doe replied, Roe said, that ..."."""
    pieces = [p for a, b in content for p in ((a, min(b, start)), (max(a, end), b)) if p[1] > p[0]]
    return list(dict.fromkeys(pieces))


def _unchained(sent: Span, found: list[Report]) -> list[Report]:
    """Of "the tariffs were harmful, he said he had told them" the inner report alone: both have one content."""
    outer: set[int] = set()
    for inner in found:
        above = next((r for r in found if r.verb.i == inner.verb.head.i and inner.first == r.last + 1), None)
        if above is None or inner.verb.dep_ != "ccomp" or any(c.dep_ in _CLAUSES for c in inner.verb.children):
            continue
        if above.first > sent.start and sent.doc[above.first - 1].text in MARKS | {","}:
            inner.first = above.first
            outer.add(above.verb.i)
    return [r for r in found if r.verb.i not in outer]


def _report(text: Text, verb: Token) -> Report | None:
    if verb.tag_[:2] != "VB" or verb.dep_ in {"amod", "compound"}:
        return None
    children = list(verb.children)
    lower = {c.lower_ for c in children}
    if any(c.dep_ in {"oprd", "dobj"} for c in children) and verb.lemma_ == "call":
        lower -= {"for", "on", "upon"}
    reading = next((r for r in READINGS[verb.lemma_.lower()] if not r[0] or r[0] in lower), None)
    if reading is None or not _said(verb, children):
        return None
    agents = [p for c in children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
    subjects = agents or text.subjects(verb)
    if not subjects:
        loose = [c for c in children if c.dep_ in {"attr", "npadvmod", "dep"} and c.pos_ == "PROPN"]
        subjects = [c for c in loose if text.entity(c) is not None][:1] or _beside(text, verb)
    if reading[1] == "say" and not reading[2] and not _speaks(children, verb):
        return None
    own = [c for c in {*children, *subjects} if c.dep_ == "nsubj" or c not in children or (c.dep_ in {"nsubjpass", "agent", "attr"} and c in subjects)]
    first, last = verb.i, verb.i
    for c in children:
        if c.dep_ in {"aux", "auxpass", "neg"} and c.i < verb.i:
            first = min(first, c.i)
    for c in own:
        if c.i < verb.i:
            first = min(first, _left(c))
        elif c.i > verb.i and (c.dep_ in {"nsubj", "attr"} or c not in children):
            last = max(last, c.right_edge.i)
    return Report(verb, reading[1], subjects, first, last)


def _beside(text: Text, verb: Token) -> list[Token]:
    """The person named right before or after a verb whose subject the parse lost: "..., Doe, a spokesman, told a briefing"."""
    doc, sent = text.doc, verb.sent
    if verb.tag_ not in {"VBD", "VBZ"}:
        return []
    k = verb.i - 1
    if k > sent.start and doc[k].text == ",":
        k = next((n for n in range(k - 1, max(sent.start, k - 16), -1) if doc[n].text == "," and _person(text, n - 1)), k) - 1
    near = [n for n in (k, verb.i + 1, verb.i + 2) if sent.start <= n < sent.end and _person(text, n)]
    return [doc[n] for n in near[:1]]


def _person(text: Text, i: int) -> bool:
    known = text.entity(text.doc[i])
    return known is not None and text.kind(known) in {EntityKind.PERSON, EntityKind.SOURCE}


def _said(verb: Token, children: list[Token]) -> bool:
    """Whether the verb tells that something was said: not planned, refused, or supposed."""
    aux = {c.lower_ for c in children if c.dep_ in {"aux", "auxpass"}}
    if any(c.dep_ == "neg" for c in children) or aux & _MODALS:
        return False
    if any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in children):
        return False
    if "to" in aux:
        if verb.dep_ == "acl":  # "took the opportunity to ask"
            return verb.head.lemma_ in {"opportunity", "occasion", "chance"} and verb.head.head.lemma_ in {"take", "use"}
        return verb.dep_ == "xcomp" and verb.head.lemma_ in {"go", "continue", "proceed", "use", "begin", "seem"}
    if verb.tag_ == "VBG":
        return verb.dep_ in {"advcl", "conj", "pcomp", "xcomp"} or bool(aux)
    if verb.tag_ == "VBN" and not aux & {"has", "had", "have", "'s", "’s", "'ve", "’ve", "'d", "having"}:
        return any(c.dep_ == "agent" for c in children)
    return True


def _speaks(children: list[Token], verb: Token) -> bool:
    """Whether "say" has a clause, or stands apart from the sentence; "wrote a book" does neither."""
    objects = [c for c in children if c.dep_ == "dobj"] if verb.lemma_ not in _LISTENED else []
    clause = any(c.dep_ in _CLAUSES and c.i != verb.i for c in children)
    return clause or not objects or verb.dep_ in {"parataxis", "ROOT"}


def _left(subject: Token) -> int:
    """The first token of a subject: its left edge, but not before a comma that ends what is said."""
    edge = subject.left_edge.i
    for k in range(subject.i - 1, edge - 1, -1):
        token = subject.doc[k]
        if token.text in MARKS or (token.text == "," and token.head.i >= subject.i + 1):
            return k + 1
    return edge


def _content(sent: Span, report: Report, found: list[Report]) -> list[tuple[int, int]]:
    verb, doc = report.verb, report.verb.doc
    if report.reading in {"ask", "judge", "call"}:
        return _phrase(sent, report, found)
    start = _forward(sent, report, found)
    end_of_attribution = _attribution_end(sent, report, start)
    before, after = doc[report.first - 1] if report.first > sent.start else None, doc[end_of_attribution + 1] if (
        end_of_attribution + 1 < sent.end) else None
    apart = before is not None and (before.text in MARKS or before.text in {",", "?", "!", "—", "–"})
    inserted = apart and (after is None or after.text in _STOPS | MARKS)
    if (inserted or (apart and start is None)) and not _has_object(verb):
        report.around, report.last = True, end_of_attribution
        return _around(sent, report, end_of_attribution)
    if start is not None and _infinitive(verb, start):
        return _phrase(sent, report, found)
    if start is not None:
        report.last = max(report.last, end_of_attribution)
        return [(start, _end(sent, report, found, start))]
    objects = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
    if objects and any(r[2] for r in READINGS[verb.lemma_.lower()]):
        return _phrase(sent, report, found)
    return []


def _has_object(verb: Token) -> bool:
    """Whether the verb carries its content as an object: "the ministry announced a plan"."""
    return verb.lemma_ not in _LISTENED and any(c.dep_ == "dobj" and c.i > verb.i for c in verb.children)


def _infinitive(verb: Token, start: int) -> bool:
    """Reads "hoped to meet", "promised to review": the words make sense with their verb alone."""
    clause = next((c for c in verb.children if c.dep_ == "xcomp" and c.left_edge.i <= start <= c.i), None)
    return clause is not None and any(g.lower_ == "to" for g in clause.children)


def _forward(sent: Span, report: Report, found: list[Report]) -> int | None:
    """Where a clause or quotation after the verb begins."""
    verb, doc = report.verb, report.verb.doc
    clause = next((c for c in verb.children if c.dep_ in _CLAUSES and c.left_edge.i > verb.i), None)
    k, limit = report.last + 1, min(sent.end, report.last + 14)
    while k < limit:
        token = doc[k]
        if token.text == ",":
            inner = next((r for r in found if r is not report and r.first == k + 1), None)
            if inner is not None and [t.lower_ for t in doc[inner.last + 1 : inner.last + 3]] == [",", "that"]:
                return inner.last + 3
            return clause.left_edge.i if clause is not None and doc[k + 1].text in MARKS else _that(clause)
        if token.text == ":" or token.text in MARKS - {"'", "’"}:
            return k + 1 if k + 1 < sent.end else None
        if token.lower_ == "that" and (token.dep_ == "mark" or k == report.last + 1):
            return k + 1 if token.dep_ == "mark" else k
        if clause is not None and k >= clause.left_edge.i:
            return k
        k += 1
    return _that(clause)


def _that(clause: Token | None) -> int | None:
    """The start of a clause behind an insertion: "said, in a statement, that ..."."""
    if clause is None:
        return None
    first = clause.left_edge
    return first.i + 1 if first.lower_ == "that" else None


def _attribution_end(sent: Span, report: Report, start: int | None) -> int:
    """The last token of "Doe told reporters in Geneva on Friday"."""
    doc, k = report.verb.doc, report.last
    limit = min(sent.end - 1, (start - 1) if start is not None else sent.end - 1)
    while k < limit and doc[k + 1].text not in _STOPS and doc[k + 1].text not in MARKS and doc[k + 1].lower_ != "that":
        k += 1
    return k


def _around(sent: Span, report: Report, end: int) -> list[tuple[int, int]]:
    doc = sent.doc
    ranges = [(sent.start, report.first)]
    rest = end + 1
    while rest < sent.end and (doc[rest].is_punct or doc[rest].is_space):
        rest += 1
    if rest < sent.end and doc[end + 1].text != "." and not _narrated(doc[rest]):
        ranges.append((end + 1, sent.end))
    return ranges


def _narrated(token: Token) -> bool:
    """Whether what follows ", he said," is told by the narrator: "adding", "after the talks", "pointing to"."""
    return token.lower_ in _NARRATION or token.tag_ == "VBG" or (token.lower_ == "in" and token.dep_ == "prep")


def _end(sent: Span, report: Report, found: list[Report], start: int) -> int:
    """Where what is said ends: at the next report beside it, the next thing the speaker does, or the sentence's end."""
    verb = report.verb
    clause = next((c for c in verb.children if c.dep_ in _CLAUSES and c.i >= start), None)
    if verb.dep_ in {"relcl", "acl"} or (verb.dep_ in {"advcl", "pcomp", "ccomp"} and verb.head.i > verb.i):
        return min(clause.right_edge.i + 1, sent.end) if clause is not None else _comma(sent, start)
    inside = range(clause.left_edge.i, clause.right_edge.i + 1) if clause is not None else range(0)
    stops = [r.first for r in found if r.first > start and r.verb.head.i == verb.i and r.verb.i not in inside]
    later = [c for c in verb.children if c.dep_ == "conj" and c.i > start and c.tag_ == verb.tag_ and c.i not in inside]
    stops += [c.i for c in later if not any(g.dep_ in {"nsubj", "nsubjpass", "expl"} for g in c.children)]
    end = min(stops, default=sent.end)
    while end > start and (sent.doc[end - 1].dep_ == "cc" or sent.doc[end - 1].is_punct) and end != sent.end:
        end -= 1
    return end


def _comma(sent: Span, start: int) -> int:
    return next((k for k in range(start, sent.end) if sent.doc[k].text == ","), sent.end)


def _names(verb: Token) -> bool:
    """Whether a verb calls one thing another: "called the talks constructive", "described them as useful"."""
    children = list(verb.children)
    marked = any(c.dep_ in _NAMED or c.lower_ == "as" for c in children)
    objects = [c for c in children if c.dep_ == "dobj"]
    return marked or len(objects) > 1 or any(g.dep_ == "amod" and g.i > c.i for c in (verb, *objects) for g in c.children)


def _phrase(sent: Span, report: Report, found: list[Report]) -> list[tuple[int, int]]:
    """The words of a request or a judgement with its verb: "welcomed the agreement", "was urged to review them"."""
    verb = report.verb
    passive = [c for c in verb.children if c.dep_ == "nsubjpass"]
    if report.reading == "call" and not _names(verb):
        return []
    if not passive and not any(c.i > verb.i and c.dep_ in _COMPLEMENTS for c in verb.children):
        return []
    relative = verb.dep_ == "relcl" and any(c.lower_ in {"which", "that", "whom"} and c not in report.subjects for c in verb.children)
    if relative or (verb.dep_ == "acl" and verb.tag_ == "VBN"):
        return [(verb.head.left_edge.i, verb.right_edge.i + 1)]  # "the tariffs, which Doe called a hurdle"
    if passive:
        left = passive[0].left_edge.i
        return [(left, _end(sent, report, found, verb.i))] if passive[0].lower_ not in {"who", "which", "that"} else []
    return [(verb.i, _end(sent, report, found, verb.i))]

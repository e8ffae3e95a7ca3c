"""Which words of a sentence a report says.

The words around "he said" tell more surely than the parse where the content stands: between commas or after a quotation
it is the sentence itself, else the clause that hangs on the verb.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.quotes import MARKS
from kg.stages.relate.statements.verbs import CLAUSES, LISTENED, READINGS, Report
from kg.stages.relate.verb_forms import behind_day

if TYPE_CHECKING:
    from kg.tokens import Span, Token

_NOMINAL = frozenset({"DET", "PRON", "NOUN", "PROPN", "ADJ", "NUM"})
_LIGHT = frozenset({"let", "make", "leave"})
_HEARER = 2  # tokens: "spokeswoman Jane Doe told dpa.", whom the parse took for a verb
_STOPS = frozenset({",", ".", ";", ":", "—", "–", "--", "?", "!", "-"})
_NARRATION = frozenset({"adding", "after", "while", "as", "when", "who", "which", "following", "citing", "speaking",
                        "where", "whose", "before", "referring", "according", "without"})  # fmt: skip
_NAMED = frozenset({"oprd", "xcomp", "ccomp", "acomp"})
_COMPLEMENTS = CLAUSES | {"dobj", "prep", "dative", "prt", "attr", "acomp"}


def content(sent: Span, report: Report, found: list[Report]) -> list[tuple[int, int]]:
    """The ranges of tokens that a report says; sets how far its attribution reaches."""
    verb, doc = report.verb, report.verb.doc
    if verb.dep_ == "csubj" and verb.head.lemma_ == "be" and any(c.lower_ == "what" for c in verb.children):
        return [(verb.head.i + 1, sent.end)]  # "what Doe offered was a quota"
    if report.reading in {"judge", "call"} or (report.reading == "ask" and not _bare(sent, report)):
        return _phrase(sent, report, found)
    start = _forward(sent, report, found)
    end_of_attribution = _attribution_end(sent, report, start)
    if report.first > sent.start and doc[report.first - 1].lower_ == "as" and doc[report.first - 2].text == ",":
        report.first -= 1  # "the trip, as he explained at the time, had been called off"
    before = doc[report.first - 1] if report.first > sent.start else None
    after = doc[end_of_attribution + 1] if end_of_attribution + 1 < sent.end else None
    apart = before is not None and (before.text in MARKS or before.text in {",", "?", "!", "—", "–"})
    ends = after is None or after.text in (_STOPS | MARKS) - {":"} or doc[end_of_attribution].text == "X."
    heard = start is not None and verb.lemma_ in LISTENED and sent.end - start <= _HEARER and doc[start].is_alpha
    if apart and (ends or start is None or heard) and not _has_object(report, end_of_attribution):
        report.around, report.last = True, end_of_attribution
        return _around(sent, report, end_of_attribution)
    if (inside := _out_of_clause(verb)) is not None:
        return inside
    if start is not None and _infinitive(verb, start):
        return _phrase(sent, report, found)
    if start is not None:
        report.last = max(report.last, end_of_attribution)
        return [(verb.i if report.denied else start, _end(sent, report, found, start))]
    objects = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
    if objects and any(r[2] == "object" for r in READINGS[verb.lemma_.lower()]):
        return _phrase(sent, report, found)
    return []


def _bare(sent: Span, report: Report) -> bool:
    """Whether a request stands apart from what is asked for: "They must leave, the court ordered on Monday"."""
    before = sent.doc[report.first - 1].text if report.first > sent.start else ""
    behind = [c for c in report.verb.children if c.i > report.verb.i]
    after = any(c.dep_ in {"dobj", "dative", "xcomp", "ccomp"} or c.lower_ == "for" for c in behind)
    after = after or any(g.lower_ == "for" for c in behind for g in behind_day(c))
    passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in report.verb.children)
    return not after and not passive and (before in MARKS or before in {",", "?", "!"})


def _out_of_clause(verb: Token) -> list[tuple[int, int]] | None:
    """The words of "a tariff that Doe said would be lifted"."""
    clause = next((c for c in verb.children if c.dep_ in {"ccomp", "xcomp"} and c.i > verb.i), None)
    subject = next((c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"}), None) if clause else None
    speaks = any(c.dep_ == "nsubj" and c.lower_ not in {"who", "which", "that"} for c in verb.children)
    if verb.dep_ == "relcl" and speaks and clause is not None and (subject is None or subject.i < verb.i):
        noun = verb.head if verb.head.head.pos_ != "ADP" else verb.head.head.head  # "a tariff of 40 percent that"
        that = subject.i if subject is not None else verb.left_edge.i
        return [(noun.left_edge.i, min(that, verb.left_edge.i)), (verb.i + 1, clause.right_edge.i + 1)]
    return None


def _has_object(report: Report, end: int) -> bool:
    """Whether the verb carries its content as an object: "the ministry announced a plan".

    What stands behind the attribution is none: "They had met, he wrote on Monday, and talked".
    """
    verb = report.verb
    objects = [c for c in verb.children if c.dep_ == "dobj" and verb.i < c.i and c not in report.subjects]
    objects = [c for c in objects if c.left_edge.i <= end + 1]
    if verb.doc[verb.i + 1].text == ",":  # "There is no ban, Doe maintained, only a delay"
        return False
    return verb.lemma_ not in LISTENED and bool(objects)


def _infinitive(verb: Token, start: int) -> bool:
    """Reads "hoped to meet", "promised to review": the words make sense with their verb alone."""
    clause = next((c for c in verb.children if c.dep_ == "xcomp" and c.left_edge.i <= start <= c.i), None)
    return clause is not None and any(g.lower_ == "to" for g in clause.children)


def _forward(sent: Span, report: Report, found: list[Report]) -> int | None:
    """Where a clause or quotation after the verb begins."""
    verb, doc = report.verb, report.verb.doc
    clause = next((c for c in verb.children if c.dep_ in CLAUSES and c.left_edge.i > verb.i), None)
    k, limit = report.last + 1, min(sent.end, report.last + 14)
    if verb.lemma_ in _LIGHT:  # "let it be known that", "made it clear that"
        return next((t.i + 1 for t in doc[k:limit] if t.lower_ == "that" and t.dep_ == "mark"), None)
    while k < limit:
        token = doc[k]
        if token.text == ",":
            inner = next((r for r in found if r is not report and r.first == k + 1), None)
            if inner is not None and [t.lower_ for t in doc[inner.last + 1 : inner.last + 3]] == [",", "that"]:
                return inner.last + 3
            if clause is not None and doc[k + 1].text in MARKS:
                return clause.left_edge.i
            return _that(clause) if clause is not None else _behind(sent, k)
        if token.text == ":" or token.text in MARKS - {"'", "’"}:
            return k + 1 if k + 1 < sent.end else None
        if token.lower_ == "that" and (token.dep_ == "mark" or k == report.last + 1):
            return k + 1 if token.dep_ == "mark" else k
        if token.lower_ == "that" and clause is None and doc[k - 1].dep_ == "pobj" and doc[k + 1].pos_ in _NOMINAL:
            return k + 1  # "said in a statement that it would wait", taken for "a statement that it would await"
        if clause is not None and k >= clause.left_edge.i:
            return k
        k += 1
    return _that(clause)


def _behind(sent: Span, comma: int) -> int | None:
    """The start of the clause of "said in Rome, after talks with Doe, that ...", which the parse hung elsewhere."""
    for token in sent.doc[comma + 1 : sent.end - 1]:
        if token.text == ";" or (token.tag_ in {"VBD", "VBZ"} and token.lemma_.lower() in READINGS):
            return None
        if token.lower_ == "that" and token.tag_ == "IN" and sent.doc[token.i - 1].text == ",":
            return token.i + 1
    return None


def _that(clause: Token | None) -> int | None:
    """The start of a clause behind an insertion: "said, in a statement, that ..."."""
    if clause is None:
        return None
    mark = next((c for c in clause.children if c.lower_ == "that" and c.dep_ == "mark"), None)
    if mark is not None and mark.doc[mark.i - 1].text == ",":
        return mark.i + 1  # "said, as rain fell, that ..."
    first = clause.left_edge
    return first.i + 1 if first.lower_ == "that" else None


def _attribution_end(sent: Span, report: Report, start: int | None) -> int:
    """The last token of "Doe told reporters in Geneva on Friday"."""
    doc, k = report.verb.doc, report.last
    limit = min(sent.end - 1, (start - 1) if start is not None else sent.end - 1)
    while k < limit and not _stops(doc[k + 1]) and doc[k + 1].lower_ != "that" and doc[k].text != "X.":
        k += 1  # "wrote on X. Doe ...": no end of a sentence for the parse
    return k


def _stops(token: Token) -> bool:
    """Whether an attribution ends before a token; not at the hyphen of "day-long"."""
    inside = token.text == "-" and not token.whitespace_ and token.i > 0 and not token.doc[token.i - 1].whitespace_
    return token.text in _STOPS | MARKS and not inside


def _around(sent: Span, report: Report, end: int) -> list[tuple[int, int]]:
    doc = sent.doc
    colon = next((t.i for t in doc[sent.start : report.first] if t.text == ":" and doc[t.i + 1].text in MARKS), None)
    ranges = [(sent.start if colon is None else colon + 1, report.first)]  # "He was brief: 'No,' he said"
    rest = end + 1
    while rest < sent.end and (doc[rest].is_punct or doc[rest].is_space):
        rest += 1
    closed = doc[end + 1].text == "." if end + 1 < sent.end else True
    if doc[end].text == "X.":
        closed = doc[end + 1].text not in MARKS if end + 1 < sent.end else True
    phrase = doc[min(rest, sent.end - 1)]
    phrase = phrase if phrase.dep_ == "appos" else phrase.head
    apposed = phrase.dep_ == "appos" and report.first <= phrase.head.i <= end  # "after talks with Roe, the envoy"
    if rest < sent.end and not closed and not apposed and not narrated(doc[rest]):
        ranges.append((end + 1, sent.end))
    return ranges


def narrated(token: Token) -> bool:
    """Whether what follows ", he said," is told by the narrator: "adding", "after the talks", "pointing to"."""
    if token.lower_ == "as" and token.dep_ == "mark" and token.head.tag_ in {"VBZ", "VBP"}:
        return False  # "It must be over by June, he said, as the review is due in July": his reason
    return token.lower_ in _NARRATION or token.tag_ in {"VBG", "VBN"} or (token.lower_ == "in" and token.dep_ == "prep")


def _end(sent: Span, report: Report, found: list[Report], start: int) -> int:
    """Where what is said ends: at the next report beside it, the next thing the speaker does, or the sentence's end."""
    verb = report.verb
    clause = next((c for c in verb.children if c.dep_ in CLAUSES and c.i >= start), None)
    if verb.dep_ in {"relcl", "acl"} or (verb.dep_ in {"advcl", "pcomp", "ccomp"} and verb.head.i > verb.i):
        return min(clause.right_edge.i + 1, sent.end) if clause is not None else _comma(sent, start)
    inside = range(clause.left_edge.i, clause.right_edge.i + 1) if clause is not None else range(0)
    stops = [r.first for r in found if r.first > start and r.verb.head.i == verb.i and r.verb.i not in inside]
    stops += [r.first for r in found if r.first > start and (r.beside == verb.i or _goes_on(report, r))]
    later = [c for c in verb.children if c.dep_ == "conj" and c.i > start and c.tag_ == verb.tag_ and c.i not in inside]
    stops += [c.i for c in later if not any(g.dep_ in {"nsubj", "nsubjpass", "expl"} for g in c.children)]
    end = min(stops, default=sent.end)
    while end > start and (sent.doc[end - 1].dep_ == "cc" or sent.doc[end - 1].is_punct) and end != sent.end:
        end -= 1
    return end


def _goes_on(report: Report, other: Report) -> bool:
    """Whether another report with a subject of its own follows a judgement: "praised the talks, but he cautioned"."""
    joint = other.verb.doc[other.first - 1]
    return report.reading in {"judge", "ask", "call"} and joint.dep_ == "cc" and other.first < other.verb.i


def _comma(sent: Span, start: int) -> int:
    return next((k for k in range(start, sent.end) if sent.doc[k].text == ","), sent.end)


def _names(verb: Token) -> bool:
    """Whether a verb calls one thing another: "called the talks constructive", "described them as useful"."""
    children = list(verb.children)
    objects = [c for c in children if c.dep_ == "dobj"]
    rung = next((c for c in children if not objects and c.dep_ == "oprd" and c.pos_ == "PROPN"), None)
    if rung is not None and rung.left_edge.i == verb.i + 1:
        return False  # "called Prime Minister Doe on Monday"
    marked = any(c.dep_ in _NAMED or c.lower_ == "as" for c in children)
    behind = any(g.dep_ == "amod" and g.i > c.i for c in (verb, *objects) for g in c.children)
    name = any(g.lower_ in {"as", "one"} and g.i > c.i for c in objects for g in c.children)  # "called it one of two"
    quoted = any(_quoted_behind(c) for c in objects)
    return marked or len(objects) > 1 or behind or name or quoted


def _quoted_behind(thing: Token) -> bool:
    """Whether quoted words follow a noun phrase: "called Doe of Peru 'a crook'"."""
    for token in thing.doc[thing.i + 1 : min(thing.i + 5, thing.sent.end - 1)]:
        if token.text in MARKS:
            return True
        if token.pos_ not in {"ADP", "PROPN", "DET", "ADJ", "NOUN"}:
            return False
    return False


def _phrase(sent: Span, report: Report, found: list[Report]) -> list[tuple[int, int]]:
    """The words of a request or a judgement with its verb: "welcomed the agreement", "was urged to review them"."""
    verb = report.verb
    passive = [c for c in verb.children if c.dep_ == "nsubjpass"]
    if report.reading == "call" and not _names(verb):
        return []
    if not passive and not any(c.i > verb.i and c.dep_ in _COMPLEMENTS for c in verb.children):
        return []
    pronouns = [c for c in verb.children if c.lower_ in {"which", "that", "whom"} and c not in report.subjects]
    relative = verb.dep_ == "relcl" and pronouns
    own = any(c.dep_ == "nsubj" for c in verb.children)  # "reports that Doe had offered quotas"
    if relative or (verb.dep_ == "acl" and verb.tag_ == "VBN" and not own):
        return [(verb.head.left_edge.i, verb.right_edge.i + 1)]  # "the tariffs, which Doe called a hurdle"
    colon = next((t for t in sent if t.i > verb.i and t.text == ":"), None)
    if passive and colon is not None:  # "the cost was set out by Doe: a fund of ..."
        return [(passive[0].left_edge.i, sent.end)]
    if passive:
        left = passive[0].left_edge.i
        return [(left, _end(sent, report, found, verb.i))] if passive[0].lower_ not in {"who", "which", "that"} else []
    return [(verb.i, _end(sent, report, found, verb.i))]

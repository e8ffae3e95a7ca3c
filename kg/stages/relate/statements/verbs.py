"""Verbs of saying: whether one tells that something was said, and by whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.lexicon import mapping, table
from kg.model import EntityKind
from kg.stages.relate.known import proper
from kg.stages.relate.quotes import MARKS
from kg.stages.relate.verb_forms import ahead_of, behind_day

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Token

_MODALS = frozenset({"will", "'ll", "’ll", "would", "may", "might", "could", "can", "should", "must", "shall", "ca",
                     "wo"})  # fmt: skip
_RINGING = frozenset({"phone", "ring", "call", "telephone", "write", "text", "email", "contact", "cable", "use"})
LISTENED = frozenset({"tell", "inform", "assure", "remind", "advise", "notify"})  # their object listens
_HEARSAY = frozenset({"say", "report", "understand", "believe", "know", "allege", "quote", "hear", "rumour", "think"})
_NAMELESS = frozenset({"name", "identify", "quote"})
CLAUSES = frozenset({"ccomp", "xcomp", "oprd"})


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
    beside: int | None = None  # the verb of the report that this one goes on

    @property
    def denied(self) -> bool:
        """Whether what is said is denied."""
        return self.reading == "deny"


def _readings() -> dict[str, list[tuple[str, str, str]]]:
    """Lemma -> (second word or "", reading, what else it needs), those with a second word first."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in table("speech_verbs"):
        lemma, _, second = row[0].partition(" ")
        found.setdefault(lemma, []).append((second, row[1], row[2] if len(row) > 2 else ""))
    return {k: sorted(v, key=lambda r: not r[0]) for k, v in found.items()}


READINGS = _readings()
# What somebody thinks is known from what he says; of a state it may be the journalist's own view.
_MINDS = frozenset(lemma for lemma, found in READINGS.items() if any(r[2] == "mind" for r in found))


def report(text: Text, verb: Token) -> Report | None:
    """The report that a verb of saying makes, without its content; None where it tells of nothing said."""
    if verb.tag_[:2] != "VB" or verb.dep_ in {"amod", "compound"}:
        return None
    children = list(verb.children)
    lower = {g.lower_ for c in children for g in (c, *behind_day(c), *ahead_of(c))}
    if any(c.dep_ in {"oprd", "dobj"} for c in children) and verb.lemma_ == "call":
        lower -= {"for", "on", "upon"}
    reading = next((r for r in READINGS[verb.lemma_.lower()] if not r[0] or r[0] in lower), None)
    if reading is None or not _said(verb, children):
        return None
    subjects, named_here = _subjects(text, verb, children, reading[1])
    if reading[1] == "say" and reading[2] != "object" and not named_here and not _speaks(children, verb):
        return None
    if not _has_clause(children, verb, reading[2]):
        return None
    if reading[2] == "mind" and not any(_thinks(text, t) for t in subjects):
        return None
    main = _main_report(text, verb, subjects)
    own = [c for c in children if c.dep_ == "nsubj" or (c.dep_ == "nsubjpass" and c in subjects)][-1:] + named_here
    if named_here and named_here[0].i > verb.i:  # "A disaster, thundered Doe": before it stands what is said
        own = [c for c in own if c.i > verb.i]
    before = [_left(c) for c in own if c.i < verb.i]
    before += [c.i for c in children if c.dep_ in {"aux", "auxpass", "neg"} and c.i < verb.i]
    after = [c.right_edge.i for c in own if c.i > verb.i]
    first, last = min([verb.i, *before]), max([verb.i, *after])
    if main is None:
        return Report(verb, reading[1], subjects, first, last)
    speakers, _ = _subjects(text, main, list(main.children), reading[1])
    return Report(verb, reading[1], speakers, first, last, beside=main.i)


def _subjects(text: Text, verb: Token, children: list[Token], reading: str) -> tuple[list[Token], list[Token]]:
    """Who says, and of these the words that the parse does not give as subject: "..., warned the minister"."""
    inverted = [c for c in children if reading == "say" and _inverted(text, verb, c)][:1]
    if inverted:
        return inverted, inverted
    agents = [p for c in children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
    subjects = agents or ([verb.head] if _finite_participle(verb, children) else text.subjects(verb))
    if len(subjects) > 1 and all(t.dep_ == "nsubj" and t.head.i == verb.i for t in subjects):
        subjects = subjects[-1:]  # "Norway and Iceland, Doe read out, would": the nearer one
    if subjects:
        named = _officer(text, subjects[0])
        if named is not None:
            return [named], [named]
        aide = _aide(text, subjects[0])
        return ([aide], [aide]) if aide is not None else (subjects, [])
    loose = [c for c in children if c.dep_ in {"attr", "npadvmod", "dep"} and c.pos_ == "PROPN"]
    lost = [c for c in loose if text.entity(c) is not None][:1] or _beside(text, verb)
    aide = _aide(text, lost[0]) if lost else None
    lost = [aide] if aide is not None else lost
    return lost, lost


def _finite_participle(verb: Token, children: list[Token]) -> bool:
    """Whether a verb that the parse took for a participle has a noun before it as subject.

    "An official, who asked not to be named, denied that": it has a clause, and a comma before it, or a verb beside it.
    """
    if verb.dep_ != "acl" or verb.tag_ != "VBN" or verb.doc[verb.i - 1].text != ",":
        return False
    clause = any(c.dep_ == "ccomp" and c.i > verb.i for c in children)
    main = verb.head.head  # "Doe, whom nobody likes, called it a step and said so"
    joined = verb.head.dep_ == "nsubj" and main.i > verb.i and main.tag_ == "VBD" and main.doc[main.i - 1].dep_ == "cc"
    return clause or (joined and any(c.dep_ == "dobj" for c in children))


def _officer(text: Text, subject: Token) -> Token | None:
    """The person of "Federation of Exporters president Jane Doe said", where the parse made the body the subject."""
    name = subject.doc[max(subject.head.i - 1, 0)]
    if subject.pos_ != "PROPN" or not subject.i < name.i or not _person(text, name.i) or _person(text, subject.i):
        return None
    first = text.tokens(*text.span_of(name.i))[0]
    office = text.office(name.doc[first - 1])
    return name if office is not None and office.holder == text.entity(name) else None


def _aide(text: Text, subject: Token) -> Token | None:
    """The unnamed speaker of "an aide to the minister, Jane Doe, said", where the parse made the name the subject."""
    doc, first = subject.doc, text.tokens(*text.span_of(subject.i))[0]
    office = text.office(doc[first - 2]) if first > 1 and doc[first - 1].text == "," else None
    if office is None or office.holder != text.entity(subject):
        return None
    for k in range(first - 2, max(subject.sent.start, first - 9), -1):
        if doc[k].text == ",":
            return None
        if doc[k].lemma_.lower() in mapping("speaker_nouns") and doc[k + 1].lower_ in {"to", "for", "of", "at"}:
            return doc[k] if any(c.lower_ in {"a", "an", "one", "another"} for c in doc[k].children) else None
    return None


def _inverted(text: Text, verb: Token, child: Token) -> bool:
    """Whether an object is in truth the subject: "..., warned the head of the association"."""
    if child.dep_ not in {"dobj", "attr", "npadvmod"} or child.left_edge.i != verb.i + 1 or verb.lemma_ in LISTENED:
        return False
    before = verb.doc[verb.i - 1] if verb.i > verb.sent.start else None
    human = child.lemma_.lower() in mapping("speaker_nouns") or _person(text, child.i)
    return human and before is not None and (before.text == "," or before.text in MARKS)


def _main_report(text: Text, verb: Token, subjects: list[Token]) -> Token | None:
    """The verb whose subject says this too, where the parse joined it to what is said.

    "Doe said that a deal is near and welcomed the talks": a deal welcomes nothing, so Doe does.
    """
    if verb.tag_ == "VBG":
        return _adding_to(verb)
    if verb.tag_ not in {"VBD", "VBZ"} or any(c.dep_ == "nsubj" for c in verb.children):
        return None
    if verb.dep_ == "ccomp" and verb.doc[verb.i - 1].dep_ == "cc":  # "noted that ... and asked that ..."
        return verb.head if verb.head.lemma_.lower() in READINGS and verb.head.tag_ == verb.tag_ else None
    if verb.dep_ != "conj":
        return None
    if any(text.who(t) is not None or t.lower_ in {"they", "we", "who"} for t in subjects):
        return None
    clause = verb.head
    while clause.dep_ == "conj" and clause.head.i != clause.i:
        clause = clause.head
    while clause.dep_ in {"ccomp", "acl", "dobj", "conj"} and clause.head.i != clause.i:
        clause = clause.head
        if clause.lemma_.lower() in READINGS and clause.tag_ == verb.tag_:
            return clause
    return None


def _adding_to(verb: Token) -> Token | None:
    """The report that ", adding that" goes on, where the parse hung it on what is said."""
    if verb.dep_ not in {"advcl", "conj"} or verb.doc[verb.i - 1].text != ",":
        return None
    above = verb.head
    while above.head.i != above.i and above.lemma_.lower() not in READINGS:
        above = above.head
    return above if above.lemma_.lower() in READINGS and above.tag_ in {"VBD", "VBZ", "VBP"} else None


def _beside(text: Text, verb: Token) -> list[Token]:
    """The person named right before or after a verb whose subject the parse lost: "..., Doe, an aide, told them"."""
    doc, sent = text.doc, verb.sent
    if verb.tag_ not in {"VBD", "VBZ"}:
        return []
    k = verb.i - 1
    if k > sent.start and doc[k].text == ",":
        commas = (n for n in range(k - 1, max(sent.start, k - 16), -1) if doc[n].text == ",")
        k = next((n for n in commas if _person(text, n - 1)), k) - 1
    comma = next((n for n in range(verb.i - 1, max(sent.start, verb.i - 14), -1) if doc[n].text == ","), None)
    between = doc[comma + 1 : verb.i] if comma is not None else ()
    if comma is not None and k == verb.i - 1 and not any(t.tag_ in {"VBD", "VBZ", "MD"} for t in between):
        # "..., a diplomat in the region said"
        nouns = (t for t in between if t.pos_ == "NOUN" and t.lemma_ in mapping("speaker_nouns"))
        named = next(nouns, None)
        if named is not None:
            return [named]
    near = [n for n in (k, verb.i + 1, verb.i + 2) if sent.start <= n < sent.end and _person(text, n)]
    return [doc[n] for n in near[:1]]


def _has_clause(children: list[Token], verb: Token, form: str) -> bool:
    """Whether a verb has the clause without which it says nothing: "agreed that", "the court held that"."""
    clauses = [c for c in children if c.dep_ == "ccomp" and c.i > verb.i]
    if form == "that":
        if verb.i + 1 < len(verb.doc) and verb.doc[verb.i + 1].text in {",", "."}:  # "The gap, he allowed, was small"
            return any(c.dep_ == "nsubj" and c.left_edge.i > verb.sent.start and verb.doc[c.left_edge.i - 1].text == ","
                       for c in children)  # fmt: skip
        return any(g.lower_ == "that" and g.dep_ == "mark" for c in clauses for g in c.children)
    return bool(clauses) or form != "clause"


def _thinks(text: Text, subject: Token) -> bool:
    """Whether a subject may have told what it thinks: a person, a body, "diplomats"."""
    spoken = mapping("speaker_nouns").get(subject.lemma_.lower()) == "person"
    return spoken or _person(text, subject.i) or proper(subject)


def _person(text: Text, i: int) -> bool:
    known = text.entity(text.doc[i])
    return known is not None and text.kind(known) in {EntityKind.PERSON, EntityKind.SOURCE}


def _said(verb: Token, children: list[Token]) -> bool:
    """Whether the verb tells that something was said: not planned, refused, or supposed."""
    aux = {c.lower_ for c in children if c.dep_ in {"aux", "auxpass"}}
    if verb.dep_ == "conj" and verb.tag_ == "VB" and not aux:  # "would watch the filling and defend its water"
        aux = {c.lower_ for c in verb.head.children if c.dep_ == "aux"}
    if any(c.dep_ == "neg" for c in children) and verb.lemma_ not in _MINDS:
        return False
    if verb.lemma_ in {"ask", "request"} and any(c.lemma_ in _NAMELESS for c in children if c.dep_ == "xcomp"):
        return False  # "who asked not to be named"
    if aux & _MODALS and not _no_more(verb):
        return False
    if any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in children):
        return False
    if "to" in aux:
        return _to_say(verb, aux)
    if verb.tag_ == "VBG":
        return verb.dep_ in {"advcl", "conj", "pcomp", "xcomp"} or bool(aux)
    if verb.tag_ == "VBN" and not aux & {"has", "had", "have", "'s", "’s", "'ve", "’ve", "'d", "having"}:
        return _past(verb, children) or any(c.dep_ == "agent" for c in children) or _finite_participle(verb, children)
    return True


def _to_say(verb: Token, aux: set[str]) -> bool:
    """Whether an infinitive tells that something was said: "phoned to say", "is reported to have said"."""
    if verb.dep_ == "acl":  # "took the opportunity to ask"
        return verb.head.lemma_ in {"opportunity", "occasion"} and verb.head.head.lemma_ in {"take", "use"}
    if verb.dep_ in {"advcl", "xcomp"} and verb.head.lemma_ in _RINGING:  # "phoned him to tell him that"
        return verb.head.tag_ in {"VBD", "VBN"}
    if verb.dep_ == "advcl" and verb.head.lemma_ == "take":  # "took to television to complain"
        return verb.head.tag_ == "VBD" and any(c.lower_ == "to" and c.dep_ == "prep" for c in verb.head.children)
    if verb.head.lemma_ in _HEARSAY and verb.head.tag_ == "VBN":  # "is reported to have told them"
        return "have" in aux and any(c.dep_ == "nsubjpass" for c in verb.head.children)
    return verb.dep_ == "xcomp" and verb.head.lemma_ in {"go", "continue", "proceed", "use", "begin", "seem"}


def _past(verb: Token, children: list[Token]) -> bool:
    """Whether a participle is a past tense that the tagger missed: "Doe was cautious and called it a risk"."""
    if any(c.dep_ in {"aux", "auxpass"} for c in children):
        return False
    joined = verb.dep_ == "conj" and not any(c.dep_ in {"aux", "auxpass"} for c in verb.head.children)
    return any(c.dep_ == "nsubj" for c in children) or (joined and any(c.dep_ in {"dobj", "ccomp"} for c in children))


def _no_more(verb: Token) -> bool:
    """As in "would say only that", "would only confirm": what was said, not what might be."""
    return verb.tag_ == "VB" and any(t.lower_ == "only" for t in verb.doc[max(verb.i - 1, 0) : verb.i + 2])


def _speaks(children: list[Token], verb: Token) -> bool:
    """Whether "say" has a clause, or stands apart from the sentence; "wrote a book" does neither."""
    objects = [c for c in children if c.dep_ == "dobj"] if verb.lemma_ not in LISTENED else []
    clause = any(c.dep_ in CLAUSES and c.i != verb.i for c in children)
    return clause or not objects or verb.dep_ in {"parataxis", "ROOT"}


def _left(subject: Token) -> int:
    """The first token of a subject: its left edge, but not before a comma that ends what is said."""
    edge = subject.left_edge.i
    for k in range(subject.i - 1, edge - 1, -1):
        token = subject.doc[k]
        if token.text in MARKS or (token.text == "," and token.head.i >= subject.i + 1):
            return k + 1
    return edge

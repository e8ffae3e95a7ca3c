"""Verbs of saying: whether one tells that something was said, and by whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.model import EntityKind
from kg.stages.relate.quotes import MARKS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.stages.relate.text import Text

_MODALS = frozenset({"will", "'ll", "’ll", "would", "may", "might", "could", "can", "should", "must", "shall", "ca",
                     "wo"})  # fmt: skip
LISTENED = frozenset({"tell", "inform", "assure", "remind", "advise", "notify"})  # their object listens
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


def report(text: Text, verb: Token) -> Report | None:
    """The report that a verb of saying makes, without its content; None where it tells of nothing said."""
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
    lost: list[Token] = []
    if not subjects:
        loose = [c for c in children if c.dep_ in {"attr", "npadvmod", "dep"} and c.pos_ == "PROPN"]
        subjects = lost = [c for c in loose if text.entity(c) is not None][:1] or _beside(text, verb)
    if reading[1] == "say" and not reading[2] and not _speaks(children, verb):
        return None
    own = [c for c in children if c.dep_ == "nsubj" or (c.dep_ == "nsubjpass" and c in subjects)] + lost
    before = [_left(c) for c in own if c.i < verb.i]
    before += [c.i for c in children if c.dep_ in {"aux", "auxpass", "neg"} and c.i < verb.i]
    after = [c.right_edge.i for c in own if c.i > verb.i]
    return Report(verb, reading[1], subjects, min([verb.i, *before]), max([verb.i, *after]))


def _beside(text: Text, verb: Token) -> list[Token]:
    """The person named right before or after a verb whose subject the parse lost: "..., Doe, an aide, told them"."""
    doc, sent = text.doc, verb.sent
    if verb.tag_ not in {"VBD", "VBZ"}:
        return []
    k = verb.i - 1
    if k > sent.start and doc[k].text == ",":
        commas = (n for n in range(k - 1, max(sent.start, k - 16), -1) if doc[n].text == ",")
        k = next((n for n in commas if _person(text, n - 1)), k) - 1
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
            return verb.head.lemma_ in {"opportunity", "occasion"} and verb.head.head.lemma_ in {"take", "use"}
        return verb.dep_ == "xcomp" and verb.head.lemma_ in {"go", "continue", "proceed", "use", "begin", "seem"}
    if verb.tag_ == "VBG":
        return verb.dep_ in {"advcl", "conj", "pcomp", "xcomp"} or bool(aux)
    if verb.tag_ == "VBN" and not aux & {"has", "had", "have", "'s", "’s", "'ve", "’ve", "'d", "having"}:
        return any(c.dep_ == "agent" for c in children)
    return True


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

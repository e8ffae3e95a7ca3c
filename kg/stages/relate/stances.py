"""Words that tell where somebody stands, with whose stance it is and which words of the sentence it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.lexicon import table
from kg.stages.relate.differing import differing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Span, Token

    from kg.stages.relate.text import Text

_NEGATIVE = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "cannot"})
_UNTRUE = re.compile(r"\b(?:not true|untrue|no truth|false|fake|unfounded|baseless)\b", re.IGNORECASE)
_MAYBE = frozenset({"may", "might", "could"})
_COMPLEMENTS = frozenset({"dobj", "xcomp", "ccomp", "prep", "attr", "acomp", "dative", "oprd", "pobj", "pcomp", "advcl", "prt"})
_SILENT = frozenset({"comment", "say", "elaborate", "name", "speculate", "disclose", "reveal", "identify", "answer", "give",
                     "specify", "discuss"})  # "declined to comment" is no position


class Stance(NamedTuple):
    """A stance at a word: held by these heads (none: by who speaks, or by both sides), about these tokens [start, end)."""

    token: Token
    stance: str
    holders: tuple[Token, ...]
    about: tuple[int, int]


class _Row(NamedTuple):
    second: str
    form: str
    stance: str
    negated: str


def _rows() -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for words, form, stance, negated in table("stances"):
        key, _, second = words.partition(" ") if form != "phrase" else (words.split()[-1], "", words)
        found.setdefault(key, []).append(_Row(second, form, stance, negated))
    return {k: sorted(v, key=lambda r: (not r.second, -len(r.second))) for k, v in found.items()}


ROWS = _rows()


def stances(text: Text, sent: Span) -> Iterator[Stance]:
    """The stances of a sentence, in order; questions and reports called untrue have none."""
    if sent.text.rstrip().endswith("?") or _UNTRUE.search(sent.text):
        return
    for token in sent:
        rows = ROWS.get(token.lemma_.lower()) or ROWS.get(token.lower_)
        for row in rows or ():
            found = _FORMS[row.form](text, sent, token, row)
            if found is not None:
                if row.form == "will" or _telling(text.doc[found.about[0] : found.about[1]]):
                    yield found
                break


def _telling(about: Span) -> bool:
    """Whether a stance is about something named: not "it", "this", "that it does not come to that"."""
    return any(t.pos_ in {"NOUN", "PROPN"} for t in about) or (
        len(about) > 1 and about[0].lower_ == "to" and about[1].lemma_ not in _SILENT
    )


def negated(verb: Token) -> bool:
    """Whether a clause is negated: "does not", "never", "no one", "is no longer"."""
    return any(
        c.dep_ == "neg" or c.lower_ in _NEGATIVE
        or (c.dep_ in {"nsubj", "nsubjpass"} and any(g.lower_ in {"no", "neither"} for g in c.children))
        or (c.dep_ == "advmod" and any(g.lower_ == "no" for g in c.children))
        for c in verb.children
    )  # fmt: skip


def _pick(row: _Row, *, negative: bool) -> str | None:
    found = row.negated if negative else row.stance
    return None if found == "-" else found


def _verb(text: Text, sent: Span, verb: Token, row: _Row) -> Stance | None:
    children = list(verb.children)
    if verb.tag_[:2] != "VB" or verb.dep_ in {"amod", "compound"} or not _stands(verb, children):
        return None
    if row.second and not any(c.lower_ == row.second for c in children):
        return None
    if row.second and row.second != "down" and any(c.dep_ == "oprd" for c in children):
        return None
    stance = _pick(row, negative=negated(verb))
    subjects = [p for c in children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"] or _subjects(text, verb)
    if verb.tag_ == "VBD" and any(t.lower_ in {"i", "we"} for t in subjects):
        return None  # "I wanted to show": a wish of the past
    about = _complement(verb, children, row.second)
    if stance is None or about is None or not (subjects or verb.dep_ in {"advcl", "acl"}):
        return None
    if any(c.dep_ in {"xcomp", "ccomp"} and (c.lemma_ in _SILENT or _asks(c)) for c in children):
        return None
    return Stance(verb, stance, tuple(subjects), about)


def _subjects(text: Text, verb: Token) -> list[Token]:
    """The subjects of a verb; of "a complaint against Doeland and Roeland, which refuse to" all that are named right before."""
    which = next((c for c in verb.children if c.dep_ == "nsubj" and c.lower_ == "which"), None)
    if which is None or verb.dep_ != "relcl" or verb.tag_ != "VBP" or text.doc[which.i - 1].text != ",":
        return text.subjects(verb)
    first = text.doc[which.i - 2]
    while first.dep_ in {"conj", "compound"} and first.head.i < which.i and first.head.i != first.i:
        first = first.head
    return list(text.conjuncts(first)) if text.who(first) is not None else text.subjects(verb)


def _asks(clause: Token) -> bool:
    """A question is no request: "asked whether", "asked what"."""
    return clause.left_edge.lower_ in {"whether", "if", "how", "what", "why", "when", "who", "where", "which"}


def _stands(verb: Token, children: list[Token]) -> bool:
    """Whether the verb tells a stance taken, not one that is supposed or only planned."""
    aux = {c.lower_ for c in children if c.dep_ == "aux"}
    if aux & _MAYBE or any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in children):
        return False
    if "to" in aux:
        return verb.dep_ == "xcomp" and verb.head.lemma_ in {"continue", "go", "begin", "start", "plan", "intend", "vow", "keep", "come"}
    if verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"}:
        return False
    return True


def _complement(verb: Token, children: list[Token], second: str) -> tuple[int, int] | None:
    passive = next((c for c in children if c.dep_ == "nsubjpass"), None)
    if passive is not None:
        agents = [c.i for c in children if c.dep_ == "agent"]
        if passive.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl":
            passive = verb.head
            return (passive.left_edge.i, min(passive.right_edge.i + 1, verb.i)) if agents else None
        return (passive.left_edge.i, (max(agents) if agents else verb.i + 1)) if agents else None
    after = [c for c in children if c.i > verb.i and c.dep_ in _COMPLEMENTS]
    relative = [c for c in children if c.dep_ == "dobj" and c.i < verb.i]
    if relative and verb.dep_ == "relcl":
        return verb.head.left_edge.i, verb.i
    core = [c for c in after if c.dep_ not in {"prep", "advcl", "prt"} or c.lower_ == second]
    if not core:
        return None
    end = max(c.right_edge.i for c in after) + 1
    stops = [c.left_edge.i for c in children if c.i > verb.i and c.dep_ == "conj"]
    return min(c.left_edge.i for c in core), min([end, *stops])


def _person(text: Text, sent: Span, verb: Token, row: _Row) -> Stance | None:
    """A verb that takes a stance only where somebody named is its subject: "Tokyo requires", not "the law requires"."""
    found = _verb(text, sent, verb, row)
    return found if found is not None and any(text.who(t) is not None for t in found.holders) else None


def _will(text: Text, sent: Span, verb: Token, row: _Row) -> Stance | None:
    """A refusal: "will not accept", "would never give up", "cannot agree to"."""
    children = list(verb.children)
    aux = {c.lower_ for c in children if c.dep_ == "aux"}
    if verb.tag_[:2] != "VB" or not negated(verb) or not aux & {"will", "would", "wo", "'ll", "’ll", "can", "ca", "shall"}:
        return None
    if any(c.dep_ == "nsubjpass" for c in children):
        return None
    never = any(c.lower_ == "never" for c in children)
    subjects = tuple(text.subjects(verb))
    about = (verb.i, _end(verb))
    return Stance(verb, "RulesOut" if never else row.stance, subjects, about) if subjects else None


def _would(text: Text, sent: Span, verb: Token, row: _Row) -> Stance | None:
    """A wish: "would like to", "would love a deal"."""
    if not any(c.lower_ in {"would", "'d", "’d"} for c in verb.children) or negated(verb):
        return None
    after = [c for c in verb.children if c.i > verb.i and c.dep_ in _COMPLEMENTS]
    subjects = tuple(text.subjects(verb) or [c for c in verb.children if c.dep_ == "nsubj"])
    if not after or not subjects:
        return None
    return Stance(verb, row.stance, subjects, (after[0].left_edge.i, _end(verb)))


def _end(head: Token) -> int:
    """The end of a clause, before what its subject does next."""
    stops = [c.left_edge.i for c in head.children if c.dep_ == "conj" and c.i > head.i]
    return min([head.right_edge.i + 1, *stops])


def _adjective(text: Text, sent: Span, token: Token, row: _Row) -> Stance | None:
    """A readiness or wish: "is ready to", "remains open to", "stands prepared to", "unwilling to"."""
    after = [c for c in token.children if c.i > token.i and c.dep_ in {"xcomp", "prep", "ccomp", "advcl"}]
    if not after or token.dep_ in {"amod", "dobj"} or token.tag_[:2] not in {"JJ", "VB"} or token.tag_ in {"VB", "VBD", "VBZ", "VBP"}:
        return None
    if after[0].dep_ == "prep" and after[0].lower_ not in {"to", "for", "against", "about", "on"}:
        return None
    head = token if token.pos_ == "VERB" and token.dep_ in {"ROOT", "ccomp", "conj"} else token.head
    while head.pos_ == "ADJ" and head.dep_ == "conj" and head.head.i != head.i:
        head = head.head.head if head.head.pos_ == "ADJ" else head.head
    subjects = tuple(text.subjects(head) or [c for c in head.children if c.dep_ in {"nsubj", "nsubjpass"}])
    stance = _pick(row, negative=negated(head) or negated(token))
    if stance is None or not subjects or any(c.lower_ in _MAYBE for c in head.children):
        return None
    return Stance(token, stance, subjects, (after[0].left_edge.i, token.right_edge.i + 1))


def _preposition(text: Text, sent: Span, token: Token, row: _Row) -> Stance | None:
    """A stance by a preposition: "Paris is against the accord"."""
    if token.dep_ != "prep" or token.head.lemma_ != "be" or negated(token.head):
        return None
    subjects = tuple(text.subjects(token.head))
    return Stance(token, row.stance, subjects, (token.i + 1, token.right_edge.i + 1)) if subjects else None


def _noun(text: Text, sent: Span, noun: Token, row: _Row) -> Stance | None:
    """A stance as a noun: "its demand that", "opposition from Paris to", "voiced its readiness to"."""
    if noun.pos_ not in {"NOUN", "PROPN"} or noun.dep_ in {"compound"} or any(c.lower_ == "no" for c in noun.children):
        return None
    holders = [c for c in noun.children if c.dep_ == "poss"] + text.prepositions(noun, "from", "by", "among")
    verb = noun.head
    light = noun.dep_ == "dobj" and verb.lemma_ in {"express", "voice", "repeat", "reiterate", "renew", "make", "restate", "signal", "state",
                                                    "show", "convey", "announce", "declare", "drop"}  # fmt: skip
    if light and verb.lemma_ != "drop" and not negated(verb):
        holders = text.subjects(verb) or holders
    about = [c for c in noun.children if c.i > noun.i and c.dep_ in {"acl", "ccomp", "relcl", "prep", "advcl", "xcomp"}
             and c.lower_ not in {"from", "by", "among"}]  # fmt: skip
    if not holders or not about or (noun.dep_ == "dobj" and (verb.lemma_ in {"reject", "drop", "withdraw"} or negated(verb))):
        return None
    return Stance(noun, row.stance, tuple(holders), (about[0].left_edge.i, noun.right_edge.i + 1))


def _clause_of(token: Token) -> Token | None:
    """The verb of the clause that a phrase is the predicate of."""
    while token.head.i != token.i and token.pos_ not in {"VERB", "AUX"}:
        token = token.head
    return token if token.pos_ in {"VERB", "AUX"} else None


def _phrase(text: Text, sent: Span, token: Token, row: _Row) -> Stance | None:
    """A fixed phrase about the subject of its clause: "rice is off the table", "sovereignty is not negotiable"."""
    size = len(row.second.replace("-", " - ").split())
    words = "".join(t.text_with_ws for t in text.doc[max(token.i + 1 - size, sent.start) : token.i + 1]).strip().lower()
    if words != row.second:
        return None
    return _judged(text, sent, token, row)


def _judged(text: Text, sent: Span, token: Token, row: _Row) -> Stance | None:
    verb = _clause_of(token)
    if verb is None or token.dep_ == "amod":
        return None
    stance = _pick(row, negative=negated(verb) or any(c.lower_ == "not" for c in token.children))
    if verb.lemma_ in {"call", "describe", "term", "label", "brand", "consider", "find", "deem"}:
        return _called(text, verb, token, stance)
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if stance is None or subject is None or subject.pos_ == "PRON":
        return None
    first, last = subject.left_edge.i, max(subject.right_edge.i, token.i)
    return Stance(token, stance, (), (first, last + 1))


def _called(text: Text, verb: Token, token: Token, stance: str | None) -> Stance | None:
    """A judgement by naming: "called the increase unwarranted" is held by the subject, about the object."""
    subjects = tuple(text.subjects(verb))
    if stance is None or not subjects or token.i < verb.i:
        return None
    return Stance(token, stance, subjects, (verb.i + 1, max(token.right_edge.i, token.i) + 1))


def _priority(text: Text, sent: Span, noun: Token, row: _Row) -> Stance | None:
    """A priority: "placed top priority on", "the talks are a top priority", "our first priority is"."""
    verb = noun.head if noun.dep_ in {"dobj", "attr", "nsubj", "nsubjpass"} else _clause_of(noun)
    if verb is None or negated(verb):
        return None
    owners = tuple(c for c in noun.children if c.dep_ == "poss")
    if noun.dep_ in {"dobj", "nsubjpass"}:
        goal = next((c for t in (noun, verb) for c in t.children if c.lower_ in {"on", "to"} and c.dep_ in {"prep", "dative"}), None)
        return Stance(noun, row.stance, tuple(text.subjects(verb)), (goal.i + 1, goal.right_edge.i + 1)) if goal else None
    if noun.dep_ == "nsubj":
        return Stance(noun, row.stance, owners, (verb.i + 1, verb.right_edge.i + 1))
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return Stance(noun, row.stance, owners, (subject.left_edge.i, subject.right_edge.i + 1)) if subject is not None else None


def _sign(text: Text, sent: Span, noun: Token, row: _Row) -> Stance | None:
    """No sign: "has shown no signs of lowering the tariffs", "gave no indication that"."""
    none = any(c.lower_ in {"no", "few", "little"} for c in noun.children) or (noun.dep_ == "dobj" and negated(noun.head))
    subjects = tuple(text.subjects(noun.head)) if noun.dep_ == "dobj" else ()
    after = [c for c in noun.children if c.i > noun.i and c.dep_ in {"prep", "acl", "ccomp", "relcl"}]
    if not none or not subjects or not after:
        return None
    return Stance(noun, row.stance, subjects, (after[0].left_edge.i + 1, noun.right_edge.i + 1))


def _differs(text: Text, sent: Span, token: Token, row: _Row) -> Stance | None:
    found = differing(text, token, row.form)
    return Stance(token, row.stance, found[0], found[1]) if found is not None else None


_FORMS: dict[str, Callable[[Text, Span, Token, _Row], Stance | None]] = {
    "verb": _verb, "person": _person, "will": _will, "would": _would, "adj": _adjective, "prep": _preposition, "noun": _noun,
    "phrase": _phrase, "judge": _judged, "priority": _priority, "sign": _sign, "differ": _differs, "differs": _differs,
    "at odds": _differs, "apart": _differs,
}  # fmt: skip

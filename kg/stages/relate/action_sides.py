"""The two sides of a verb: who does it, and to whom, by the parse tree and by the order of the words."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kg.stages.relate.action_actors import in_place
from kg.stages.relate.action_blame import teller
from kg.stages.relate.action_deeds import between
from kg.stages.relate.action_words import match, nouns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Ref
    from kg.stages.relate.action_actors import Cast, Sighting
    from kg.stages.relate.action_words import Pattern

_SAID = frozenset({"01", "02", "03", "05", "07", "10", "11", "12", "13"})  # done by words: where is not to whom
_PARTICLES = frozenset({"over", "back", "off", "down", "out", "up", "away", "aside"})
PRONOUNS = frozenset({"him", "her", "them", "it"})
_ALONG = 8  # tokens between a preposition and the name behind it
_ASIDE = frozenset({"relcl", "advcl", "conj"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CLAUSES = frozenset({"relcl", "advcl", "ccomp"})
_BY_CROWDS = frozenset({"14", "17", "18", "19"})  # what unnamed people do where they are: "gunmen in Karachi"
_ABOUT_DEEDS = frozenset({"01", "05", "11", "12"})  # what is said of what another did
HARMING = frozenset({"15", "16", "17", "18", "19", "20"})  # what one does against the other: its future is a threat


def sources(cast: Cast, verb: Token, pattern: Pattern) -> list[Sighting]:
    """Who does what a verb tells: its subject or agent; where the parse has none, the nearest name before it."""
    subjects = cast.text.subjects(verb)
    found = [s for head in subjects for s in cast.phrase(head)]
    passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children) or _participle(verb)
    if verb.dep_ == "acl" and verb.tag_ == "VBN":  # "a man accused of spying": by nobody named here
        main = verb.head.dep_ == "ROOT" and verb.head.i < verb.i  # a past tense that the parse took for a participle
        return cast.phrase(verb.head) if main else _behind(cast, verb, "by")[:1]
    if passive and (not found or _participle(verb)):
        by = _behind(cast, verb, "by")
        found = (cast.joined(by[0], by[1:]) if by else _ruler(cast, verb)) or _both(cast, verb, pattern)
        if not found and pattern.root in {"16", "17"}:  # "were expelled from Doe", "were told to leave Doe"
            found = _behind(cast, verb, "from")[:1] or _behind(cast, verb, "leave")[:1]
    if not found and subjects and pattern.root in _BY_CROWDS and any(is_one_of(t, "who-people") for t in subjects):
        found = cast.there()
    if not found and not passive and (verb.dep_ == "ROOT" or all(cast.text.is_time(t) for t in subjects)):
        found = _before(cast, verb)
    return list({s.state: s for s in reversed(found)}.values())[::-1]


def _participle(verb: Token) -> bool:
    """Whether a participle alone tells what is done to the subject above: "Accused by Doe of spying, Roe said ..."."""
    return verb.tag_ == "VBN" and verb.dep_ == "advcl" and any(c.dep_ == "agent" for c in verb.children)


def is_one_of(head: Token, name: str) -> bool:
    """Whether a word is of a class of nouns, whatever its number; a name of an abbreviated body is none."""
    forms = {head.lemma_.lower(), head.lower_, head.lower_.removesuffix("s")}
    return bool(forms & nouns(name))


def _both(cast: Cast, verb: Token, pattern: Pattern) -> list[Sighting]:
    """Both sides where neither is said to do it: "relations between A and B were broken off"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    return between(cast, subject) if subject is not None and pattern.marks & {"both", "mutual"} else []


def _ruler(cast: Cast, verb: Token) -> list[Sighting]:
    """Who says what will be done or not by himself: "Doe said that warships would not be let in"."""
    ahead = any(c.dep_ == "aux" and c.lower_ in {"will", "would", "can", "could"} for c in verb.children)
    return teller(cast, verb) if ahead else []


def _before(cast: Cast, verb: Token) -> list[Sighting]:
    """The first names between the last finite verb before a verb and itself."""
    first = cast.sent.start
    for token in verb.doc[first : verb.i]:
        if token.tag_ in {"VBD", "VBZ", "VBP"} and token.head.i != verb.i:
            first = token.i
    near = [s for s in cast.sightings if first <= s.i < verb.i and not in_place(verb.doc[s.i])]
    return cast.joined(near[0], near[1:]) if near else []


def recipients(cast: Cast, verb: Token, pattern: Pattern, doers: list[Sighting]) -> list[Sighting]:
    """On whom a verb is done, looked for in the places that its pattern gives, in that order."""
    mine = {s.state for s in doers}
    if "event" not in pattern.marks:
        found = [s for head in _suffering(cast, verb) for s in cast.phrase(head) if s.state not in mine]
        if found:
            return found
    pronouns = [c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.lower_ in PRONOUNS]
    if pronouns:
        return [s for c in pronouns for s in cast.phrase(c) if s.state not in mine]
    if pattern.root == "11":  # "complained to C that B's planes had crossed the border"
        told = [t for c in verb.children if c.dep_ == "ccomp" for t in c.children if t.dep_ in {"nsubj", "nsubjpass"}]
        found = [s for t in told if t.pos_ != "PRON" for s in cast.phrase(t) if s.state not in mine]
        if found:
            return found
    together = len(mine) > 1 and bool(pattern.marks & {"both", "mutual"})
    for slot in pattern.slots if not together else [s for s in pattern.slots if s == "with"]:
        candidates = [s for s in _slot(cast, verb, pattern, slot) if s.state not in mine]
        if candidates:
            return [s for s in cast.joined(candidates[0], candidates[1:]) if s.state not in mine]
    return [] if together or reciprocal(verb) else _unsaid(cast, verb, pattern, doers)


def _unsaid(cast: Cast, verb: Token, pattern: Pattern, doers: list[Sighting]) -> list[Sighting]:
    """On whom a verb is done that names nobody itself: whom the clause around it speaks to, or of."""
    mine = {s.state for s in doers}
    addressed = [t for t in verb.head.children if t.dep_ in {"dobj", "dative"}] if verb.dep_ == "ccomp" else []
    if found := [s for t in addressed for s in cast.phrase(t) if s.state not in mine]:
        return found  # "told Doe it would not pay"
    if pattern.root == "13" and (found := [s for s in _condition(cast, verb) if s.state not in mine]):
        return found
    if pattern.root in HARMING and verb.dep_ == "conj" and (before := match(verb.head, ())) is not None:
        return recipients(cast, verb.head, before, doers)  # "accused B and recalled its ambassador"
    if pattern.root in HARMING:
        told_by = [s for s in teller(cast, verb) if s.state not in mine][:1]  # "A said B's troops had fired on its own"
        return told_by or _groups(cast, verb, doers) or _near(cast, verb, mine)
    return _near(cast, verb, mine) if pattern.root in _ABOUT_DEEDS else []


def _condition(cast: Cast, verb: Token) -> list[Sighting]:
    """Whose deed a threat would answer: "threatened to close the strait if Doe banned its oil"."""
    clauses = (t for t in verb.subtree if any(c.dep_ == "mark" and c.lower_ in {"if", "unless"} for c in t.children))
    return [s for clause in clauses for head in cast.text.subjects(clause) for s in cast.phrase(head)]


def _suffering(cast: Cast, verb: Token) -> list[Token]:
    """The heads of what the action of a passive verb or a participle is done to."""
    passive = [c for c in verb.children if c.dep_ == "nsubjpass"]
    if passive:
        relative = passive[0].lower_ in {"who", "which", "that"} and verb.dep_ == "relcl"
        return [verb.head] if relative else passive[:1]
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.head.dep_ != "ROOT":
        return [verb.head]
    return cast.text.subjects(verb.head) if _participle(verb) else []


def reciprocal(verb: Token) -> bool:
    """Whether both sides do it to each other."""
    after = [t.lower_ for t in verb.doc[verb.i + 1 : min(verb.i + 8, verb.sent.end)]]
    shared = "their" in after and bool({"common", "joint", "mutual", "shared", "border", "frontier"} & set(after))
    return shared or any(pair in {("each", "other"), ("one", "another"), ("the", "other")} for pair in pairwise(after))


def _near(cast: Cast, verb: Token, mine: set[Ref]) -> list[Sighting]:
    """Where nothing behind the verb names the other side: who is named right behind it or first before it.

    "In a move condemned by B", "a clash with militants": whoever did what the verb answers stands first.
    """
    if not cast.lead and verb.dep_ not in {"acl", "relcl"}:
        return []
    behind = [s for s in cast.sightings if verb.i < s.i and s.state not in mine and not _own_verb(verb, s.i)]
    before = [s for s in cast.sightings if s.i < verb.i and s.state not in mine]
    return (behind[:1] or before[:1]) if verb.dep_ not in {"acl", "relcl"} else before[:1]


def _own_verb(verb: Token, i: int) -> bool:
    """Whether another finite verb stands between a verb and a name."""
    return any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in verb.doc[verb.i + 1 : i + 1])


def _groups(cast: Cast, verb: Token, doers: list[Sighting]) -> list[Sighting]:
    """Groups of the same state that it acts against, or that act against it: "Colombian troops killed FARC rebels"."""
    below = [s for s in cast.sightings if s.i > verb.i and _below(verb, s.i)]
    return [s for s in below if s.ref in cast.entities and s.ref != doers[0].ref][:1]


def _slot(cast: Cast, verb: Token, pattern: Pattern, slot: str) -> list[Sighting]:
    if slot == "obj":
        return _objects(cast, verb)
    if slot == "any":
        below = [s for s in cast.sightings if s.i > verb.i and _below(verb, s.i) and not _elsewhere(verb, s.i)]
        if pattern.marks & {"both", "mutual"}:
            below = [s for s in below if not in_place(verb.doc[s.i])]
        said, control = pattern.root in _SAID, "control" in pattern.marks
        return sorted(below, key=lambda s: (said and in_place(verb.doc[s.i]), not control and _nested(verb, s.i), s.i))
    return _behind(cast, verb, slot)


def _objects(cast: Cast, verb: Token) -> list[Sighting]:
    """Names before the first preposition behind the verb, "of" and what follows it excepted."""
    end = verb.i + 1 + (verb.doc[verb.i + 1 : verb.i + 2].text in _PARTICLES)
    while end < verb.sent.end and (verb.doc[end].pos_ not in {"ADP", "VERB", "SCONJ"} or verb.doc[end].lower_ == "of"):
        end += 1
    return [s for s in cast.sightings if verb.i < s.i < end and _below(verb, s.i)]


def _behind(cast: Cast, verb: Token, preposition: str) -> list[Sighting]:
    """Names right behind a preposition that follows the verb."""
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.lower_ == preposition and _below(verb, token.i):
            found = [s for s in cast.sightings if token.i < s.i <= token.i + _ALONG + 1 and _direct(verb, token.i, s.i)]
            if found:
                return found
    return []


def _direct(verb: Token, preposition: int, name: int) -> bool:
    return not any(t.pos_ in {"ADP", "VERB", "SCONJ"} and t.lower_ != "of" for t in verb.doc[preposition + 1 : name])


def _below(verb: Token, i: int) -> bool:
    token = verb.doc[i]
    return verb.is_ancestor(token) or (verb.dep_ == "conj" and verb.head.is_ancestor(token))


def _elsewhere(verb: Token, i: int) -> bool:
    """Whether a name stands in a clause that tells something else: "..., which B had asked for", "until B agreed"."""
    return any(a.dep_ in _ASIDE and any(c.dep_ in _SUBJECTS for c in a.children) for a in _between(verb, i))


def _nested(verb: Token, i: int) -> bool:
    """Whether a name stands in a clause of its own below the verb."""
    return any(a.dep_ in _CLAUSES for a in _between(verb, i))


def _between(verb: Token, i: int) -> Iterator[Token]:
    token = verb.doc[i]
    while token.i != verb.i and token.head.i != token.i:
        yield token
        token = token.head

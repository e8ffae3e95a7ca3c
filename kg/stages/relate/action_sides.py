"""The two sides of a verb: who does it, and to whom, by the parse tree and by the order of the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.action_words import match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Ref
    from kg.stages.relate.action_actors import Cast, Sighting
    from kg.stages.relate.action_words import Pattern

_SAID = frozenset({"01", "02", "03", "05", "07", "10", "11", "12", "13"})  # done by words: where is not to whom
_PLACES = frozenset({"in", "at", "near", "outside", "inside"})
_PARTICLES = frozenset({"over", "back", "off", "down", "out", "up", "away", "aside"})
PRONOUNS = frozenset({"him", "her", "them", "it"})
_ALONG = 8  # tokens between a preposition and the name behind it
_CLAUSES = frozenset({"relcl", "advcl", "ccomp"})
_TELLING = frozenset({"say", "report", "announce", "claim", "charge", "allege", "state", "confirm", "complain"})
HARMING = frozenset({"15", "16", "17", "18", "19", "20"})  # what one does against the other: its future is a threat


def sources(cast: Cast, verb: Token) -> list[Sighting]:
    """Who does what a verb tells: its subject or agent; where the parse has none, the nearest name before it."""
    subjects = cast.text.subjects(verb)
    found = [s for head in subjects for s in cast.phrase(head)]
    passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
    if passive and not found:
        found = _behind(cast, verb, "by")[:1]
    if verb.dep_ == "acl" and verb.tag_ == "VBN":  # "a man accused of spying": by nobody named here
        return _behind(cast, verb, "by")[:1]
    if not found and not passive and (verb.dep_ == "ROOT" or all(cast.text.is_time(t) for t in subjects)):
        found = _before(cast, verb)
    return list({s.state: s for s in reversed(found)}.values())[::-1]


def _before(cast: Cast, verb: Token) -> list[Sighting]:
    """The first names between the last finite verb before a verb and itself."""
    first = cast.sent.start
    for token in verb.doc[first : verb.i]:
        if token.tag_ in {"VBD", "VBZ", "VBP"} and token.head.i != verb.i:
            first = token.i
    near = [s for s in cast.sightings if first <= s.i < verb.i and not in_place(verb, s.i)]
    return cast.joined(near[0], near[1:]) if near else []


def recipients(cast: Cast, verb: Token, pattern: Pattern, doers: list[Sighting]) -> list[Sighting]:
    """On whom a verb is done, looked for in the places that its pattern gives, in that order."""
    mine = {s.state for s in doers}
    passive = [c for c in verb.children if c.dep_ == "nsubjpass"]
    if passive and "event" not in pattern.marks:
        head = verb.head if passive[0].lower_ in {"who", "which", "that"} and verb.dep_ == "relcl" else passive[0]
        found = [s for s in cast.phrase(head) if s.state not in mine]
        if found:
            return found
    pronouns = [c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.lower_ in PRONOUNS]
    if pronouns:
        return [s for c in pronouns for s in cast.phrase(c) if s.state not in mine]
    together = len(mine) > 1 and bool(pattern.marks & {"both", "mutual"})
    for slot in pattern.slots if not together else [s for s in pattern.slots if s == "with"]:
        candidates = [s for s in _slot(cast, verb, pattern, slot) if s.state not in mine]
        if candidates:
            return [s for s in cast.joined(candidates[0], candidates[1:]) if s.state not in mine]
    if together or pattern.root not in HARMING:
        return []
    if verb.dep_ == "conj" and (before := match(verb.head, ())) is not None:  # "accused B and recalled its ambassador"
        return recipients(cast, verb.head, before, doers)
    return _teller(cast, verb, mine) or _groups(cast, verb, doers)


def _teller(cast: Cast, verb: Token, mine: set[Ref]) -> list[Sighting]:
    """Who tells of a harm without another side suffers it: "Cambodia said Thai troops had fired on its soldiers"."""
    if verb.dep_ != "ccomp" or verb.head.lemma_ not in _TELLING:
        return []
    return [s for head in cast.text.subjects(verb.head) for s in cast.phrase(head) if s.state not in mine][:1]


def _groups(cast: Cast, verb: Token, doers: list[Sighting]) -> list[Sighting]:
    """Groups of the same state that it acts against, or that act against it: "Colombian troops killed FARC rebels"."""
    below = [s for s in cast.sightings if s.i > verb.i and _below(verb, s.i)]
    return [s for s in below if s.ref in cast.entities and s.ref != doers[0].ref][:1]


def _slot(cast: Cast, verb: Token, pattern: Pattern, slot: str) -> list[Sighting]:
    if slot == "obj":
        return _objects(cast, verb)
    if slot == "any":
        below = [s for s in cast.sightings if s.i > verb.i and _below(verb, s.i)]
        if pattern.marks & {"both", "mutual"}:
            below = [s for s in below if not in_place(verb, s.i)]
        said, control = pattern.root in _SAID, "control" in pattern.marks
        return sorted(below, key=lambda s: (said and in_place(verb, s.i), not control and _nested(verb, s.i), s.i))
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


def _nested(verb: Token, i: int) -> bool:
    """Whether a name stands in a clause of its own below the verb."""
    return any(a.dep_ in _CLAUSES for a in _between(verb, i))


def _between(verb: Token, i: int) -> Iterator[Token]:
    token = verb.doc[i]
    while token.i != verb.i and token.head.i != token.i:
        yield token
        token = token.head


def in_place(verb: Token, i: int) -> bool:
    """Whether a name follows "in" or "near": the place rather than the other side."""
    k = i - 1
    while k > verb.sent.start and verb.doc[k].pos_ in {"DET", "ADJ", "PROPN", "NOUN"} and i - k < 4:
        k -= 1
    return verb.doc[k].lower_ in _PLACES

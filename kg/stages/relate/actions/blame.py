"""What one side says of another: "A said B had armed the rebels" blames B, "A said B must leave" demands it of B."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.stages.relate.actions.actors import Cast, Sighting
    from kg.tokens import Token

TELLING = frozenset({"say", "report", "announce", "claim", "charge", "allege", "state", "confirm", "complain",
                     "declare", "stress", "insist", "argue", "add", "maintain", "assert", "tell"})  # fmt: skip
_MUST = {"must": ("REQUEST", "10"), "should": ("REQUEST", "02"), "ought": ("REQUEST", "02")}


def teller(cast: Cast, verb: Token) -> list[Sighting]:
    """Who tells what a verb says, where it stands below a verb of saying."""
    if verb.dep_ != "ccomp" or verb.head.lemma_ not in TELLING:
        return []
    if verb.head.i >= cast.end:
        return cast.tellers
    return [s for head in cast.text.subjects(verb.head) for s in cast.phrase(head)]


def required(cast: Cast, verb: Token) -> tuple[str, str, list[tuple[Sighting, Sighting]]] | None:
    """Class, root and sides of what a teller says that another must or should do."""
    aux = next((c.lower_ for c in verb.children if c.dep_ == "aux" and c.lower_ in _MUST), None)
    if aux is None and verb.lemma_ == "have" and any(c.dep_ == "xcomp" and c.tag_ == "VB" for c in verb.children):
        aux = "must"
    pairs = about(cast, verb) if aux is not None else []
    return (*_MUST[aux], pairs) if aux is not None and pairs else None


def about(cast: Cast, verb: Token) -> list[tuple[Sighting, Sighting]]:
    """The teller and whom the told clause is about, where they are of different states."""
    heads = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if heads and (heads[0].pos_ == "PRON" or not cast.phrase(heads[0])):  # "told Doe it should leave"
        heads = [c for c in verb.head.children if c.dep_ in {"dobj", "dative"} and c.i < heads[0].i] or heads
    others = [s for c in heads for s in cast.phrase(c) if s.i <= c.i or c.i < s.i <= c.i + 4]
    return [(a, b) for a in teller(cast, verb)[:1] for b in others if a.state != b.state]


def feeling(cast: Cast, verb: Token) -> list[tuple[Sighting, Sighting]]:
    """Who is angered by whose deed: "A was alarmed by B's tests", "B's tests alarmed A"."""
    worried = any(c.lower_ in {"about", "over"} for c in verb.children)  # "Doe worries about Roe's tariff"
    own = worried and not any(c.dep_ == "dobj" for c in verb.children)
    if own and not cast.lead:
        return []  # a worry blames nobody
    passive = own or any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children) or verb.tag_ == "VBN"
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}] or cast.text.subjects(verb)
    first = [s for head in subjects for s in cast.phrase(head)]
    behind = [s for s in cast.sightings if s.i > verb.i and verb.is_ancestor(verb.doc[s.i])]
    pairs = [(a, b) for a in first for b in behind[:1] if a.state != b.state]
    return pairs if passive else [(b, a) for a, b in pairs]

"""Actions told by a noun with its doer: "a raid by A on B", "A's criticism of B", "a British demand"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.lexicon import table
from kg.stages.relate.actions.mode import Mode, mode
from kg.stages.relate.actions.namings import in_place
from kg.stages.relate.actions.words import match, nouns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.stages.relate.actions.actors import Cast, Sighting
    from kg.tokens import Span, Token

_OPEN = frozenset({"any", "no", "possible", "further", "future", "potential", "planned", "threatened", "another",
                   "imminent", "new", "feared", "alleged"})  # fmt: skip
_DREAD = frozenset({"threat", "fear", "risk", "danger", "possibility", "prospect", "plan", "victim", "anniversary",
                    "idea", "event", "case", "prevention"})  # fmt: skip
_EXPECTED = frozenset({"fear", "dread", "expect", "foresee", "predict", "prevent", "avert", "avoid", "plan"})
_ANSWERED = frozenset({"01", "03", "05", "08", "11", "12"})  # what one says to another's deed: it is told once
HARMING = frozenset({"15", "16", "17", "18", "19", "20"})  # what one does against the other: its future is a threat
_SECONDING = frozenset({"back", "support", "endorse", "echo", "second", "welcome", "join", "share", "repeat"})
_OBJECTS = frozenset({"dobj", "pobj", "nsubjpass"})
_PHRASE = frozenset({"dobj", "pobj", "prep", "nummod", "quantmod", "compound", "nmod"})
_BECAUSE = frozenset({"because", "of", "by", "amid", "despite", "over"})
_ALONG = 12  # tokens between a noun and "between"
_NEAR = 7  # tokens between a preposition and the name behind it
_STOP = frozenset({"ADP", "SCONJ", "VERB"})


class Deed(NamedTuple):
    """One row of the list: what the noun means, how its doer and its recipient stand with it."""

    code: str
    root: str
    forms: tuple[str, ...]
    prepositions: tuple[str, ...]
    only: bool  # nobody but who stands behind a preposition


@cache
def deeds() -> dict[str, Deed]:
    """The deeds by the lemma of their noun."""
    return {
        noun: Deed(code.strip("-") or "REJECT", root, tuple(forms.split()),
                   tuple(p for p in behind.split() if p != "only"), behind.endswith("only"))
        for words, code, root, forms, behind in table("action_deeds") for noun in words.split()
    }  # fmt: skip


def sides(cast: Cast, noun: Token, deed: Deed) -> list[tuple[Sighting, Sighting]]:
    """Who did it to whom; nothing where it is only feared or planned, or a verb of the list tells it."""
    if _imagined(noun):
        return []
    if "between" in deed.forms:
        if not cast.lead and in_passing(noun):
            return []
        both = between(cast, noun)
        return [(a, b) for a in both for b in both if a.state != b.state]
    spelled = deed.root in {"02", "10"} and (not cast.lead or noun.doc[noun.i + 1].lower_ in {"that", "to"})
    told = _told_by_verb(noun) and not spelled and (cast.lead or deed.root not in HARMING)
    forms = [f for f in deed.forms if not (f == "own" and told) and not (f == "at" and not cast.lead)]
    doers = _doers(cast, noun, forms)
    if not doers or (deed.root == "07" and _held_up(noun)):
        return []
    mine = {s.state for s in doers}
    targets = [s for s in _targets(cast, noun, deed) if s.state not in mine]
    unclear = "that" in deed.forms and not cast.lead  # "asked about Doe's claim that": who answers is not blamed
    placed = deed.root == "19" and noun.doc[noun.i + 1].lower_ in deed.prepositions
    seconded = noun.dep_ == "dobj" and noun.head.lemma_ in _SECONDING
    if not (targets or deed.only or unclear or placed or seconded):
        targets = _answering(cast, noun, doers)
    return [(a, b) for a in doers for b in targets]


def in_passing(noun: Token) -> bool:
    """Whether fighting is only why something else happened: "left because of the fighting", "overshadowed by it"."""
    return noun.dep_ in {"pobj", "pcomp"} and noun.head.lower_ in _BECAUSE


def between(cast: Cast, noun: Token) -> list[Sighting]:
    """Both sides of "fighting broke out between A and B", "relations between A and B"."""
    for token in noun.doc[noun.i + 1 : min(noun.i + _ALONG, cast.end)]:
        if token.lower_ == "between":
            found = [s for s in cast.sightings if token.i < s.i <= token.i + _NEAR]
            return cast.joined(found[0], found[1:]) if found else []
    return []


def _held_up(noun: Token) -> bool:
    """Whether help is what somebody stops: "blocked 500 million euros of EU aid to Doe", "its veto on EU aid"."""
    above = noun
    while above.dep_ in _PHRASE and above.head.i != above.i:
        above = above.head
        if above.lemma_ in {"veto", "ban", "hold"}:
            return True
    return above.lemma_ in nouns("held-up") and noun.i > above.i


def _imagined(noun: Token) -> bool:
    if noun.dep_ == "compound" or noun.head.lower_ in {"since", "against"}:
        return True  # "aid workers", "since the invasion", "defended it against criticism"
    if any(c.lower_ in _OPEN for c in noun.children if c.i < noun.i):
        return True
    above = noun.head
    if above.lemma_ in _EXPECTED or (noun.dep_ in _OBJECTS and _wanted(above)):
        return True
    if above.dep_ == "prep" and (above.head.lemma_ in _DREAD or above.lower_ == "without"):
        return True
    while above.pos_ not in {"VERB", "AUX"} and above.head.i != above.i:
        above = above.head
    return above.pos_ in {"VERB", "AUX"} and mode(above) is Mode.NONE and noun.head.i == above.i


def _wanted(above: Token) -> bool:
    """Whether a verb, or the preposition below it, asks for or threatens with the deed: "demanded an apology"."""
    verb = above.head if above.dep_ == "prep" else above
    row = match(verb, ()) if verb.pos_ == "VERB" else None
    return row is not None and row.root in {"02", "10", "13"} and (verb is above or bool(row.particle))


def _told_by_verb(noun: Token) -> bool:
    """Whether the noun is what a verb needs for its reading: "launched an attack", "lodged a protest"."""
    verb = noun.head.head if noun.head.dep_ == "prep" else noun.head
    row = match(verb, list(noun.subtree)) if verb.pos_ == "VERB" else None
    if row is None:
        return False
    return noun.lemma_.lower() in row.nouns or (noun.dep_ in _OBJECTS and row.root in _ANSWERED)


def _doers(cast: Cast, noun: Token, forms: Sequence[str]) -> list[Sighting]:
    for form in forms:
        if form == "own" or (form == "that" and noun.doc[noun.i + 1].lower_ in {"that", "of"}):
            inside = [s for s in cast.sightings if noun.left_edge.i <= s.i < noun.i and not _loose(noun, s.i)]
            found = cast.joined(inside[0], inside[1:]) if inside else []
        elif form in {"at", "in"}:
            found = _at(cast, noun) if form == "at" else _in(cast, noun)
        elif form == "under":  # "came under fire from Doe"
            under = noun.i > cast.sent.start and noun.doc[noun.i - 1].lower_ == "under"
            found = _behind(cast, noun, ("from", "by")) if under else []
        else:
            found = _behind(cast, noun, (form,)) if form != "that" else []
        if found:
            return found
    return []


def _at(cast: Cast, noun: Token) -> list[Sighting]:
    """Who asked, in "at the request of Doe", which is not said to be asked of anybody."""
    return _behind(cast, noun, ("of",)) if noun.head.lower_ == "at" else []


def _in(cast: Cast, noun: Token) -> list[Sighting]:
    """Where it happened, in "the arrest of a Dane in Rome": those who rule there did it."""
    near = [s for s in cast.sightings if noun.i < s.i <= noun.i + _ALONG and in_place(noun.doc[s.i])]
    return near[:1] if near and noun.doc[noun.i + 1].lower_ == "of" else []


def _loose(noun: Token, i: int) -> bool:
    """Whether something else than words of the same phrase stands between a name and the noun."""
    return any(t.pos_ in _STOP or t.text == "," for t in noun.doc[i + 1 : noun.i])


def _behind(cast: Cast, noun: Token, prepositions: tuple[str, ...]) -> list[Sighting]:
    """Names behind the first of these prepositions that hangs on the noun or follows it soon."""
    for token in _following(noun):
        if token.lower_ not in prepositions:
            if token.pos_ == "ADP" and token.lower_ != "of" and "from" in prepositions:
                return []  # "charges against two men from Doe"
            continue
        if token.head.i != noun.i and token.head.lemma_.lower() in deeds():
            continue  # "a protest over a visit by Doe"
        near = [s for s in cast.sightings if token.i < s.i <= token.i + _NEAR]
        found = [s for s in near if not _apart(noun.doc[token.i + 1 : s.i])]
        if found:
            return cast.joined(found[0], found[1:])
    return []


def _apart(between: Span) -> bool:
    return any(t.pos_ in _STOP and t.lower_ != "of" for t in between)


def _following(noun: Token) -> Iterator[Token]:
    """The tokens behind a noun as far as its phrase may reach: up to a verb, a comma or a full stop."""
    for token in noun.doc[noun.i + 1 : noun.sent.end]:
        if token.tag_ in {"VBD", "VBZ", "VBP", "MD", "VB"} or token.text in {",", ";", ".", "“"}:
            return
        yield token


def _targets(cast: Cast, noun: Token, deed: Deed) -> list[Sighting]:
    found = _behind(cast, noun, deed.prepositions)
    return [] if found and deed.root != "19" and in_place(noun.doc[found[0].i]) else found


def _answering(cast: Cast, noun: Token, doers: list[Sighting]) -> list[Sighting]:
    """Who answers the deed: the subject of the verb above, else the first named in the sentence."""
    mine = {s.state for s in doers}
    above = noun.head
    while above.pos_ not in {"VERB", "AUX"} and above.head.i != above.i:
        above = above.head
    found = [s for head in cast.text.subjects(above) if head.i != noun.i for s in cast.phrase(head)]
    return [s for s in found or cast.sightings if s.state not in mine][:1]

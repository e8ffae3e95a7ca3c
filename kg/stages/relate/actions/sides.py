"""On whom a verb is done, by the parse tree and by the order of the words."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kg.lexicon import mapping, members
from kg.stages.relate.actions.blame import teller
from kg.stages.relate.actions.deeds import HARMING
from kg.stages.relate.actions.doers import behind, below, in_subject, participle
from kg.stages.relate.actions.namings import in_place
from kg.stages.relate.actions.other import (
    ANSWERS,
    AT_HOME,
    answered,
    at_home,
    conditional,
    counterpart,
    last_other,
    met_before,
    of_both,
    own_government,
    owned,
)
from kg.stages.relate.actions.words import match, nouns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Ref
    from kg.stages.relate.actions.actors import Cast, Sighting
    from kg.stages.relate.actions.words import Pattern
    from kg.tokens import Token

_SAID = frozenset({"01", "02", "03", "05", "07", "10", "11", "12", "13"})  # done by words: where is not to whom
_ADDRESSED = frozenset({"02", "10", "11", "13"})  # said to somebody
_SAID_TO = frozenset({"02", "03", "10", "13"})
_PARTICLES = frozenset({"over", "back", "off", "down", "out", "up", "away", "aside"})
PRONOUNS = frozenset({"him", "her", "them", "it"})
_TO_WHOM = frozenset({"with", "from", "against", "on", "to"})
_ASIDE = frozenset({"relcl", "advcl", "conj"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CLAUSES = frozenset({"relcl", "advcl", "ccomp"})
_GIVING_WORD = frozenset({"promise", "pledge", "assure", "guarantee"})
_ABOUT_DEEDS = frozenset({"01", "05", "11", "12", "13"})  # what is said of what another did


def recipients(cast: Cast, verb: Token, pattern: Pattern, doers: list[Sighting]) -> list[Sighting]:
    """On whom a verb is done, the person where one is named by a title of the state."""
    return [cast.named(s) for s in _done_to(cast, verb, pattern, doers)]


def _done_to(cast: Cast, verb: Token, pattern: Pattern, doers: list[Sighting]) -> list[Sighting]:
    """On whom a verb is done, looked for in the places that its pattern gives, in that order."""
    mine = {s.state for s in doers}
    found = _by_tree(cast, verb, pattern, doers)
    if found is not None:
        return found
    together = len(mine) > 1 and bool(pattern.marks & {"both", "mutual"})
    with_ = ["with"] if any(c.lower_ == "with" and c.dep_ == "prep" for c in verb.children) or cast.lead else []
    slots = pattern.slots if not together else tuple(s for s in pattern.slots if s in with_)
    if not cast.lead and pattern.root in _ADDRESSED and _other_heard(cast, verb):
        slots = tuple(s for s in slots if s != "any")
    if len(mine) > 1 and any(c.dep_ == "dobj" and c.lower_ in {"other", "another"} for c in verb.children):
        return []  # "blamed each other for the failure"
    for slot in slots:
        candidates = [s for s in _slot(cast, verb, pattern, slot) if s.state not in mine]
        if candidates:
            return [s for s in cast.joined(candidates[0], candidates[1:]) if s.state not in mine]
    if found := at_home(cast, verb, pattern.root, doers):
        return found
    if not cast.lead and pattern.root == "16" and (found := last_other(cast, verb, pattern, doers)):
        return found
    shared = together or reciprocal(verb) or pattern.marks & {"both", "mutual"}
    if shared:
        return []
    found = owned(cast, verb, mine) if pattern.root in _ABOUT_DEEDS else []
    found = found or (met_before(cast, verb, mine) if pattern.root in _SAID_TO else [])
    found = found or _unsaid(cast, verb, pattern, doers)
    return found or (answered(cast, verb, mine) if pattern.root in ANSWERS else []) or counterpart(cast, verb, doers)


def _other_heard(cast: Cast, verb: Token) -> bool:
    """Whether what is said goes to somebody who stands for no named state: "urged the government", "sued the bank"."""
    heads = [c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.pos_ in {"NOUN", "PROPN"}]
    animate = mapping("speaker_nouns")
    return any(animate.get(t.lemma_.lower()) in {"person", "group"} and not cast.phrase(t) for t in heads)


def _by_tree(cast: Cast, verb: Token, pattern: Pattern, doers: list[Sighting]) -> list[Sighting] | None:
    """On whom a verb is done by the parse tree; None where the tree does not tell."""
    mine = {s.state for s in doers}
    if pattern.slots[0] == "to" and pattern.root in {"06", "07"}:
        found = [s for s in behind(cast, verb, "to") if s.state not in mine]
        if found:
            return found
    if pattern.root in AT_HOME and (found := own_government(cast, verb, doers)):
        return found
    if "event" not in pattern.marks:
        suffering, persons = _suffering(cast, verb), members("speaker_nouns", "person")
        found = [s for head in suffering for s in cast.phrase(head) or cast.owner(head) if s.state not in mine]
        if found or (verb.dep_ == "acl" and any(t.lemma_.lower() in persons for t in suffering)):
            return found  # "a journalist accused by Doe" is of no known state
    found = [s for head in _reached(verb) for s in cast.phrase(head) if s.state not in mine]
    if found or (verb.dep_ == "relcl" and any(c.lower_ == "whom" for c in verb.children)):
        return found  # "asked Doe to hand over a cleric whom it blames"
    heads = [c for c in verb.children if c.dep_ in {"dobj", "dative"}]
    heads += [p for c in verb.children if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj"]
    if both := [s for c in heads for s in cast.both(c)]:
        return of_both(cast, both, doers)
    if domestic := _own_state(cast, verb, pattern, doers):
        return domestic
    if pronouns := _pronouns(cast, verb):
        found = [s for c in pronouns for s in cast.phrase(c) if s.state not in mine]
        near = [s for s in cast.sightings if s.i < verb.i and s.state not in mine][-1:]
        return found or met_before(cast, verb, mine) or (near if pronouns[0].dep_ == "pobj" else [])
    if any(cast.other_state(c) for c in verb.children if c.dep_ in {"dobj", "pobj"}):
        return [s for s in cast.sightings if s.state not in mine][:1]
    return _done_by(cast, verb, pattern, mine) or None


def _pronouns(cast: Cast, verb: Token) -> list[Token]:
    """The pronouns that a verb is done to: "accused it", in an article also "broke off talks with it"."""
    found = [c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.lower_ in PRONOUNS]
    if found or cast.lead:
        return found
    things = [verb, *(c for c in verb.children if c.dep_ == "dobj")]
    preps = [c for t in things for c in t.children if c.dep_ == "prep" and c.lower_ in _TO_WHOM]
    return [p for c in preps for p in c.children if p.lower_ in PRONOUNS]


def _own_state(cast: Cast, verb: Token, pattern: Pattern, doers: list[Sighting]) -> list[Sighting]:
    """The state of a person who speaks of it by name: "the premier accused Ottawa", not whom the clause names next."""
    if cast.lead or pattern.root not in AT_HOME or len(doers) != 1 or doers[0].ref == doers[0].state:
        return []
    heads = [c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.pos_ == "PROPN"]
    named = [s for c in heads for s in cast.phrase(c)]
    own = [s for s in named if s.state == doers[0].state and s.ref != doers[0].ref]
    return own[:1] if len(own) == len(named) else []


def _done_by(cast: Cast, verb: Token, pattern: Pattern, mine: set[Ref]) -> list[Sighting]:
    """Who did what is condemned or complained of."""
    if pattern.root == "11":  # "complained to C that B's planes had crossed the border"
        told = [t for c in verb.children if c.dep_ == "ccomp" for t in c.children if t.dep_ in {"nsubj", "nsubjpass"}]
        found = [s for t in told if t.pos_ != "PRON" for s in cast.phrase(t) if s.state not in mine]
        if found:
            return found
    if pattern.root in _ABOUT_DEEDS:  # "condemned the attack that B carried out"
        clauses = [c for t in verb.children if t.dep_ == "dobj" for c in t.children if c.dep_ in {"relcl", "acl"}]
        done = [t for c in clauses for t in c.children if t.dep_ == "nsubj" and t.tag_ not in {"WDT", "WP"}]
        if found := [s for t in done for s in cast.phrase(t) if s.state not in mine]:
            return found
    return []


def _unsaid(cast: Cast, verb: Token, pattern: Pattern, doers: list[Sighting]) -> list[Sighting]:
    """On whom a verb is done that names nobody itself: whom the clause around it speaks to, or of."""
    mine = {s.state for s in doers}
    if pattern.nouns == nouns("missile") and verb.dep_ == "advcl":
        return []  # "halted aid after Doe fired missiles": at nobody
    above = verb.dep_ == "ccomp" or (verb.dep_ == "xcomp" and verb.head.lemma_ in _GIVING_WORD)
    addressed = [t for t in verb.head.children if t.dep_ in {"dobj", "dative"}] if above else []
    if found := [s for t in addressed for s in cast.phrase(t) if s.state not in mine]:
        return found  # "told Doe it would not pay", "promised Doe to pay"
    if pattern.root == "01" and (found := _denied(cast, verb, mine)):
        return found
    if pattern.root == "13" and (found := [s for s in _condition(cast, verb) if s.state not in mine]):
        return found
    if pattern.root in HARMING and verb.dep_ == "conj" and (before := match(verb.head, ())) is not None:
        return recipients(cast, verb.head, before, doers)  # "accused B and recalled its ambassador"
    if pattern.root in HARMING:
        told_by = [s for s in teller(cast, verb) if s.state not in mine][:1]  # "A said B's troops had fired on its own"
        return told_by or _groups(cast, verb, doers) or _near(cast, verb, mine)
    return _near(cast, verb, mine) if pattern.root in _ABOUT_DEEDS else []


def _denied(cast: Cast, verb: Token, mine: set[Ref]) -> list[Sighting]:
    """To whom it would have been done: "denied that its troops had crossed into Doe"."""
    named = [s for s in cast.sightings if below(verb, s.i) and s.state not in mine]
    return named[:1] if cast.lead else []


def _condition(cast: Cast, verb: Token) -> list[Sighting]:
    """Whose deed a threat would answer: "threatened to close the strait if Doe banned its oil"."""
    clauses = (t for t in (verb.head if verb.dep_ == "parataxis" else verb).subtree if conditional(t))
    return [s for clause in clauses for head in cast.text.subjects(clause) for s in cast.phrase(head)]


def _reached(verb: Token) -> list[Token]:
    """What a relative clause with a subject of its own is about: "Doe, whose boats it accuses", "whom Roe arrested"."""
    if verb.dep_ != "relcl" or any(c.dep_ in {"dobj", "dative"} and c.pos_ != "PRON" for c in verb.children):
        return []
    own = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    return [verb.head] if own and own[0].lower_ not in {"who", "which", "that", "whose"} and own[0].i < verb.i else []


def _suffering(cast: Cast, verb: Token) -> list[Token]:
    """The heads of what the action of a passive verb or a participle is done to."""
    passive = [c for c in verb.children if c.dep_ == "nsubjpass"]
    if passive:
        relative = passive[0].lower_ in {"who", "which", "that"} and verb.dep_ == "relcl"
        return [verb.head] if relative else passive[:1]
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.head.dep_ != "ROOT":
        return [verb.head]
    return cast.text.subjects(verb.head) if participle(verb) else []


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
    if verb.dep_ == "relcl" and any(c.lower_ in {"who", "which", "that"} and c.dep_ == "nsubj" for c in verb.children):
        return []
    done = [s for s in _whose_deed(cast, verb) if s.state not in mine]
    if done:
        return done[:1]
    behind = [s for s in cast.sightings if verb.i < s.i and s.state not in mine and not _own_verb(verb, s.i)]
    before = [s for s in cast.sightings if s.i < verb.i and s.state not in mine]
    return (behind[:1] or before[:1]) if verb.dep_ not in {"acl", "relcl"} else before[:1]


def _whose_deed(cast: Cast, verb: Token) -> list[Sighting]:
    """Who did what a participle answers: "Doe sent troops, in a move condemned by Roe"."""
    preposition = verb.head.head
    if verb.dep_ != "acl" or preposition.dep_ != "prep":
        return []
    return [s for head in cast.text.subjects(preposition.head) for s in cast.phrase(head)]


def _own_verb(verb: Token, i: int) -> bool:
    """Whether another finite verb stands between a verb and a name."""
    return any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in verb.doc[verb.i + 1 : i + 1])


def _groups(cast: Cast, verb: Token, doers: list[Sighting]) -> list[Sighting]:
    """Groups of the same state that it acts against, or that act against it: "Colombian troops killed FARC rebels"."""
    names = [s for s in cast.sightings if s.i > verb.i and below(verb, s.i)]
    return [s for s in names if s.ref in cast.entities and s.ref != doers[0].ref][:1]


def _slot(cast: Cast, verb: Token, pattern: Pattern, slot: str) -> list[Sighting]:
    if slot == "obj":
        return _objects(cast, verb)
    if slot == "any":
        names = [s for s in cast.sightings if s.i > verb.i and below(verb, s.i) and not _elsewhere(verb, s.i)]
        if not cast.lead and pattern.root in _SAID:
            names = [s for s in names if "in" in pattern.particle or not in_place(verb.doc[s.i])]  # "called in"
        if pattern.marks & {"both", "mutual"}:
            names = [s for s in names if not in_place(verb.doc[s.i])]
        if not cast.lead and pattern.root in _ADDRESSED:  # "insists that all UN sanctions be lifted"
            names = [s for s in names if not (cast.is_body(s) and verb.doc[s.i].dep_ in {"compound", "amod", "nmod"})]
        if pattern.root == "11":
            names = [s for s in names if not (cast.is_body(s) and _audience(verb, s.i))]
        said, control = pattern.root in _SAID, "control" in pattern.marks
        return sorted(names, key=lambda s: (said and in_place(verb.doc[s.i]), not control and _nested(verb, s.i), s.i))
    return behind(cast, verb, slot)


def _objects(cast: Cast, verb: Token) -> list[Sighting]:
    """Names before the first preposition behind the verb, "of" and what follows it excepted."""
    end = verb.i + 1 + (verb.doc[verb.i + 1 : verb.i + 2].text in _PARTICLES)
    while end < verb.sent.end and (verb.doc[end].pos_ not in {"ADP", "VERB", "SCONJ"} or verb.doc[end].lower_ == "of"):
        end += 1
    return [s for s in cast.sightings if verb.i < s.i < end and below(verb, s.i)]


def _elsewhere(verb: Token, i: int) -> bool:
    """Whether a name stands in a clause that tells something else: "..., which B had asked for", "until B agreed"."""
    aside = any(a.dep_ in _ASIDE and any(c.dep_ in _SUBJECTS for c in a.children) for a in _between(verb, i))
    return aside or in_subject(verb, i)


def _audience(verb: Token, i: int) -> bool:
    """Whether a body only hears of the blame: "condemned it in a letter to the UN", "and called on the UN to meet"."""
    return any((a.lower_ == "to" and a.head.pos_ == "NOUN") or (a.dep_ == "conj" and a.pos_ == "VERB")
               for a in _between(verb, i))  # fmt: skip


def _nested(verb: Token, i: int) -> bool:
    """Whether a name stands in a clause of its own below the verb."""
    return any(a.dep_ in _CLAUSES for a in _between(verb, i))


def _between(verb: Token, i: int) -> Iterator[Token]:
    token = verb.doc[i]
    while token.i != verb.i and token.head.i != token.i:
        yield token
        token = token.head

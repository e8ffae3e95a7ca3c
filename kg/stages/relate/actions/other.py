"""To whom something is said that names nobody: the other side of the talks, or the speaker's own government."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import mapping
from kg.model import EntityKind
from kg.stages.relate.actions.actors import Sighting
from kg.stages.relate.actions.doers import below
from kg.stages.relate.actions.words import is_one_of, lemma, nouns
from kg.stages.relate.home import HOME_BODIES

if TYPE_CHECKING:
    from kg.model import Office, Ref
    from kg.stages.relate.actions.actors import Cast
    from kg.stages.relate.actions.words import Pattern
    from kg.tokens import Token

_WHOSE_THING = frozenset({"his", "her", "its", "their"})
ANSWERS = frozenset({"11", "12"})  # what one says to what another did
AT_HOME = frozenset({"02", "10", "11"})  # what one says of "the government"
_PRIVATE = frozenset({"other", "official"})  # ranks that companies and parties have too
_GOVERNING = frozenset({"head of state", "head of government", "minister"})
_WHOSE = 4  # tokens before an office that may tell whose it is: "the farmers' union president"
_OF_WHOM = 8  # tokens behind it: "president of the footwear makers' association"
_PAIR = 2
_CHAIRS = frozenset({"president", "chairman", "chairwoman", "chair", "head", "director", "chief", "leader"})


def own_government(cast: Cast, verb: Token, doers: list[Sighting]) -> list[Sighting]:
    """The state of a person who speaks of "the government": "the opposition leader accused the government of"."""
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    objects += [p for c in verb.children if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj"]
    objects += [t for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i for t in c.children
                if t.dep_ == "nsubj" and t.lower_ != "parliament"]  # fmt: skip
    head = next((t for t in objects if t.lower_ in HOME_BODIES
                 and (t.left_edge.lower_ == "the" or t.lower_ == "parliament")), None)  # fmt: skip
    several = len(doers) > 1 and serves(cast, doers[0])
    if cast.lead or head is None or not doers or several or _governs(cast, doers[0]):
        return []
    home = doers[0].state
    if doers[0].ref == home:  # a state, or somebody of no known state, who speaks of that of the capital or of the text
        known = cast.text.entities.get(home)
        known = known or cast.entities.get(home)
        if known is None or known.kind in {EntityKind.COUNTRY, EntityKind.BLOC}:
            return []
        first = next(iter(cast.text.parties), home) if known.kind is EntityKind.PERSON else None
        here = (cast.text.dateline and cast.text.dateline.country) or first
        if here is None:
            return []
        home = here
    named = any(head.left_edge.i <= s.i <= head.i and s.state != doers[0].state for s in cast.sightings)
    return [] if named or head.i - head.left_edge.i > 1 else [Sighting(head.i, home, home)]


def at_home(cast: Cast, verb: Token, root: str, doers: list[Sighting]) -> list[Sighting]:
    """The person of one's own state of whom one says it: "the opposition leader accused Prime Minister Doe"."""
    if cast.lead or root not in AT_HOME or len(doers) != 1:
        return []
    heads = [c for c in verb.children if c.dep_ in {"dobj", "dative"}]
    heads += [s for c in verb.children if c.dep_ == "ccomp" for s in c.children if s.dep_ == "nsubj"]
    named = [(t.i, a.ref) for t in heads if t.pos_ != "PRON" and (a := cast.text.who(t)) is not None
             and cast.text.is_person(a) and a.ref != doers[0].ref]  # fmt: skip
    return [Sighting(i, ref, cast.text.state(ref) or ref) for i, ref in named[:1]]


def answered(cast: Cast, verb: Token, mine: set[Ref]) -> list[Sighting]:
    """Who did what "the step", "the demand" goes back to: who acts in the clause or the sentence before."""
    told = next((c for c in verb.children if c.dep_ == "dobj"), None)
    definite = told is not None and any(c.lower_ in {"the", "this", "that"} for c in told.children)
    if told is not None and mapping("speaker_nouns").get(told.lemma_.lower()) in {"person", "group"}:
        return []  # "accused the government": not who acted before
    own = [c for c in told.children if c.dep_ in {"prep", "acl", "relcl"} and c.lower_ != "as"] if told else []
    if cast.lead or not definite or told is None or own:
        return []
    if is_one_of(told, "levied") and cast.taxing is not None and cast.taxing not in mine:
        return [Sighting(verb.i, cast.taxing, cast.taxing)]  # "called the duties unacceptable"
    before = [verb.head] if verb.dep_ == "conj" and any(c.dep_ == "nsubj" for c in verb.children) else []
    if not before and cast.sent.start > 0:
        before = [verb.doc[cast.sent.start - 1].sent.root]
    found = [a.ref for clause in before for head in cast.text.subjects(clause) for a in cast.text.actors(head)]
    known = [(ref, cast.text.state(ref)) for ref in found]
    return [Sighting(verb.i, ref, state) for ref, state in known if state is not None and state not in mine][:1]


def owned(cast: Cast, verb: Token, mine: set[Ref]) -> list[Sighting]:
    """Whose the thing is that a verb is about: "condemned his words", "criticised its energy policy"."""
    things = [c for c in verb.children if c.dep_ == "dobj"] if not cast.lead else []
    whose = [g for c in things for g in c.children if g.dep_ == "poss" and g.lower_ in _WHOSE_THING]
    known = [(t.i, a.ref, cast.text.state(a.ref)) for t in whose for a in cast.text.actors(t)]
    return [Sighting(i, ref, state) for i, ref, state in known if state is not None and state not in mine][:1]


def of_both(cast: Cast, both: list[Sighting], doers: list[Sighting]) -> list[Sighting]:
    """Whom "both sides" means: the other one, of a mediator the other two."""
    mine = {s.state for s in doers}
    found = [s for s in both if s.state not in mine]
    if len(found) == len(both) or not found:
        return found
    if not all(serves(cast, s) for s in doers):
        return both  # "the industry urged both governments": its own too
    others = [p for p in cast.text.parties if p not in mine][:2]
    return [Sighting(both[0].i, p, p) for p in others]


def met_before(cast: Cast, verb: Token, mine: set[Ref]) -> list[Sighting]:
    """With whom one spoke who then asks or promises: "spoke by phone with Doe and promised support"."""
    if cast.lead or verb.dep_ != "conj" or any(c.dep_ == "nsubj" for c in verb.children):
        return []
    met = verb.head
    if lemma(met) not in nouns("met"):
        return []
    heads = [c for c in met.children if c.dep_ == "dobj" and c.i < verb.i]
    preps = [c for t in (met, *heads) for c in t.children if c.dep_ == "prep" and c.lower_ in {"with", "to"}]
    heads += [p for c in preps if c.i < verb.i for p in c.children if p.dep_ == "pobj"]
    return [s for t in heads for s in cast.phrase(t) if s.state not in mine][:1]


def each_other(cast: Cast, verb: Token) -> list[Sighting]:
    """The two sides that do it to one another: "each side blames the other"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    to = any(c.lower_ == "other" and c.dep_ in {"dobj", "pobj"} for t in (verb, *verb.children) for c in t.children)
    each = subject is not None and any(t.lower_ in {"each", "both"} for t in (subject, *subject.children))
    return cast.both(subject) if to and each and subject is not None and not cast.lead else []


def last_other(cast: Cast, verb: Token, pattern: Pattern, doers: list[Sighting]) -> list[Sighting]:
    """With whom one breaks who names nobody: the one other state of the sentence before, "Ecuador cut ties"."""
    mine = {s.state for s in doers}
    judged = any(c.dep_ in {"oprd", "acomp"} for c in verb.children)  # "called the talks useful"
    breaking = not judged and not pattern.nouns.isdisjoint(nouns("ties") | nouns("talks"))
    here = [s for s in cast.sightings if s.state not in mine]
    if breaking and here:  # "accused Doe of meddling and cut ties"
        one = len({s.state for s in here}) == 1 and here[0].i < verb.i and verb.dep_ == "conj"
        return here[:1] if one else []
    return _other_before(cast, verb, mine) if breaking else []


def _other_before(cast: Cast, verb: Token, mine: set[Ref]) -> list[Sighting]:
    """The one other state of the sentence before, where it names the doer too."""
    if cast.sent.start == 0:
        return []
    before = verb.doc[cast.sent.start - 1].sent
    told = {state for t in before if (ref := cast.text.entity(t)) is not None
            and cast.text.kind(ref) is not EntityKind.PLACE
            and (state := cast.text.state(ref)) is not None}  # fmt: skip
    others = [s for s in told if s not in mine]
    return [Sighting(verb.i, others[0], others[0])] if len(others) == 1 and mine <= told else []


def counterpart(cast: Cast, verb: Token, doers: list[Sighting]) -> list[Sighting]:
    """The other of the two sides, where a text has told who talks with whom: "Doeland demands a quota".

    Those who serve a state say so to the other; what names their own is said at home.
    """
    sides, mine = cast.text.two_sides, {s.state for s in doers}
    if cast.lead or len(sides) != _PAIR or len(mine) != 1 or not mine <= set(sides):
        return []
    inside = [s for s in cast.sightings if s.state in mine and s.i > verb.i and below(verb, s.i)]
    home = bool(inside) and not _for_own(verb, inside)
    named = any(s.state not in mine and s.state not in sides for s in cast.sightings)
    if home or named or not _to_other_side(verb) or not all(serves(cast, s) for s in doers):
        return []
    other = next(s for s in sides if s not in mine)
    return [Sighting(doers[0].i, other, other)]


def _for_own(verb: Token, named: list[Sighting]) -> bool:
    """Whether one's own state is named as what the other side is to spare: "demanded that US companies be exempted"."""
    spared = [t for c in verb.children if c.dep_ == "ccomp" for t in c.children if t.dep_ == "nsubjpass"]
    return bool(spared) and all(spared[0].left_edge.i <= s.i <= spared[0].right_edge.i for s in named)


def _to_other_side(verb: Token) -> bool:
    """Whether a verb tells what one side says to the other; "insisted that it was settled" only tells a view."""
    if lemma(verb) == "warn":  # "if its quota were cut, Doeland would answer, he warned"
        return any(conditional(t) for t in (verb.head if verb.dep_ == "parataxis" else verb).subtree)
    if any(c.dep_ == "dobj" and any(g.lower_ in {"any", "all"} for g in c.children) for c in verb.children):
        return False  # "rejects any surrender of land": where one stands
    if lemma(verb) != "insist":
        return lemma(verb) in nouns("said-across")
    told = [c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i]
    return any(t.tag_ == "VB" or t.lower_ in {"must", "should"} for c in told for t in (c, *c.children)
               if t == c or t.dep_[:3] == "aux")  # fmt: skip


def conditional(clause: Token) -> bool:
    """Whether a clause tells a condition: "if Doeland retaliates", "should Doeland retaliate"."""
    should = any(c.lower_ == "should" and c.i < clause.i for c in clause.children) and clause.dep_ == "advcl"
    return should or any(c.dep_ == "mark" and c.lower_ in {"if", "unless"} for c in clause.children)


def serves(cast: Cast, who: Sighting) -> bool:
    """Whether somebody acts for a state: the state itself, a body of it, or the holder of a public office."""
    known = cast.text.entities.get(who.ref) or cast.entities.get(who.ref)
    if known is None or known.kind is not EntityKind.PERSON:
        return True
    return not _ranks(cast, who) <= _PRIVATE


def _governs(cast: Cast, who: Sighting) -> bool:
    """Whether somebody is in government: "the government" of which he speaks is another's; a shadow minister is not."""
    titles = (o for o in cast.text.mentions.offices if o.holder == who.ref)
    if any(cast.text.doc[i].lower_ == "shadow" for o in titles for i in cast.text.tokens(o.start, o.end)):
        return False
    return not _ranks(cast, who).isdisjoint(_GOVERNING)


def _ranks(cast: Cast, who: Sighting) -> set[str]:
    """The ranks of somebody's offices, without those in parties, unions and companies."""
    ranks = mapping("offices")
    held = (o for o in cast.text.mentions.offices if o.holder == who.ref)
    return {ranks.get(o.head, "other") for o in held if not _private(cast, o)}


def _private(cast: Cast, office: Office) -> bool:
    """Whether an office is one of a party, union or company: "the party's vice-president", "president of the union"."""
    inside = cast.text.tokens(office.start, office.end)
    first, last, doc = inside[0], inside[-1] + 1, cast.text.doc
    while first > doc[inside[0]].sent.start and inside[0] - first < _WHOSE and _of_phrase(doc[first - 1]):
        first -= 1
    if last < len(doc) and doc[last].lower_ in {"of", "at", "for"}:
        last += 1
        while last < len(doc) and last - inside[-1] < _OF_WHOM and _of_phrase(doc[last]):
            last += 1
    words = doc[first:last]
    if any(t.lower_ in nouns("private") and cast.text.entity(t) is None for t in words):
        return True
    if office.head in _CHAIRS and any(t.lower_ in nouns("private-field") for t in words):
        return True  # "president of the business council", not "the business secretary"
    return doc[first].lower_ == "their"  # of several that are no state: "The Greens were angry. Their president"


def _of_phrase(token: Token) -> bool:
    return not token.is_punct and token.pos_ not in {"VERB", "AUX", "ADP", "CCONJ", "SCONJ"}

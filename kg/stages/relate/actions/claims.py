"""Who does what to whom beyond talks and tariffs, with PLOVER class and CAMEO root."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kg.model import EVENTS, Assertion, Claim, FactKind, Ref
from kg.stages.relate.actions.accords import BODY, STORY, Accords
from kg.stages.relate.actions.actors import Cast, Sighting
from kg.stages.relate.actions.blame import about, feeling, required
from kg.stages.relate.actions.deeds import deeds, sides
from kg.stages.relate.actions.doers import sources
from kg.stages.relate.actions.elsewhere import MEETING, no_news, said_elsewhere
from kg.stages.relate.actions.kinds import coded, fitting
from kg.stages.relate.actions.mode import Mode, mode
from kg.stages.relate.actions.other import each_other
from kg.stages.relate.actions.sides import recipients, reciprocal
from kg.stages.relate.actions.words import Pattern, is_one_of, lemma, match, matches, nouns, patterns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Value
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_ASSAULTS = frozenset({"18", "19", "20"})
_HABITS = frozenset({"06", "07"})
_TARIFFS = frozenset({FactKind.TARIFF})
_OF_TARIFFS = frozenset({"08", "13", "16"})  # what a tariff may be: eased, threatened, imposed
_PARTIES = frozenset({"party", "imposedBy", "target"})
_UNNAMED = frozenset({"it", "they", "he", "she", "we", "i", "side", "sides", "government", "governments"})

Pair: TypeAlias = tuple[Sighting, Sighting]


class Reading(NamedTuple):
    """What a verb tells: class, root and status, and who does it to whom."""

    verb: Token
    code: str
    root: str
    status: str
    pairs: list[Pair]
    told_by: frozenset[FactKind]  # kinds of fact that tell the same between the same sides


def actions(text: Text, claims: Iterable[Claim]) -> Iterator[Claim]:
    """One claim for each pair of actors that a verb of the list puts in relation, in order of the text.

    Args:
        text: The document.
        claims: What the other relations read; what they tell as an event is no action.
    """
    known, nouns_known = patterns(), deeds()
    claims = list(claims)
    told, first, bound, taxing = _events(claims), True, Accords(text, claims), _taxing(claims)
    for sent in text.sentences:
        if text.block(sent.root) not in BODY or sent.text.rstrip().endswith("?"):
            continue
        cast = Cast(text, sent, lead=first and len(text.sentences) < STORY, taxing=taxing)
        first = False
        telling = list(sent) if cast.sightings or any(t.lower_ in _UNNAMED for t in sent) else []
        verbs = [t for t in telling if t.pos_ in {"VERB", "AUX"} and lemma(t) in known and not _within(t)]
        things = [t for t in telling if t.pos_ in {"NOUN", "PROPN"} and t.lemma_.lower() in nouns_known]
        found = [r for verb in verbs if (r := _read(cast, verb)) is not None]
        required = [t for t in sent if t.dep_ == "ccomp" and (cast.lead or t.head.lemma_ == "tell")]
        found += [r for verb in required if (r := _demand(cast, verb)) is not None]
        found += [r for noun in things if (r := _deed(cast, noun)) is not None]
        here = list(_claims(cast, found, told.get(sent.start_char, []) + told.get(_start(sent), [])))
        yield from here
        yield from bound.told(cast, here)


def _taxing(claims: Iterable[Claim]) -> Ref | None:
    """The one state whose tariffs a text tells of, if there is but one."""
    told = [a.value for c in claims if c.kind is FactKind.TARIFF for a in c.assertions if a.property == "imposedBy"]
    return told[0] if len(set(told)) == 1 and isinstance(told[0], Ref) else None


def _within(verb: Token) -> bool:
    """Whether a verb is part of a word: "rebel-held"."""
    return verb.i > 0 and verb.doc[verb.i - 1].text == "-" and verb.dep_ == "amod"


def _start(sent: Span) -> int:
    return int(sent.start_char) + len(sent.text) - len(sent.text.lstrip())


def _events(claims: Iterable[Claim]) -> dict[int, list[tuple[FactKind, frozenset[Ref]]]]:
    """Kind and sides of the events and tariffs told, by the start of the sentence."""
    found: dict[int, list[tuple[FactKind, frozenset[Ref]]]] = {}
    for claim in claims:
        values = {a.value for a in claim.assertions if a.property == "status"}
        if claim.kind is FactKind.TARIFF or (claim.kind in EVENTS and values & {"Held", "Planned", "Cancelled"}):
            parties = [a.value for a in claim.assertions if a.property in _PARTIES and isinstance(a.value, Ref)]
            found.setdefault(claim.evidence.start, []).append((claim.kind, frozenset(parties)))
    return found


def _read(cast: Cast, verb: Token) -> Reading | None:
    """The reading of a verb, or None where no pattern fits, nobody acts, or it is only wanted, refused or imagined."""
    passive = [c for c in verb.children if c.dep_ == "nsubjpass"]
    subject = [t for c in passive for t in c.subtree] + ([] if cast.lead else _relative(verb))
    told = matches(verb, subject)
    if not told:
        return None
    head = _head(cast, verb)
    how = mode(verb)
    fits = [p for p in told if fitting(cast, p, verb, head)]
    fits = [p for p in fits if "future-only" not in p.marks or how is Mode.FUTURE]
    fits = [p for p in fits if "told" not in p.marks or about(cast, verb)]  # "Doe said it had taken Roe to court"
    pattern = next((p for p in fits if "future-only" in p.marks), fits[0] if fits else None)
    if pattern is None or not _fits(pattern, verb) or not (cast.lead or pattern.nouns != nouns("offer")):
        return None  # a text tells proposals all through, and not each is news
    if pattern.root in _HABITS and _habit(verb):
        return None  # "buys more than it sells", "its coal is trucked to Doeland"
    if {"event", "both"} <= pattern.marks and lemma(verb) in nouns("accord-made") and len(cast.text.sentences) >= STORY:
        return None  # an accord of the whole text
    if how is Mode.NONE or (not cast.lead and (said_elsewhere(pattern, verb, how) or no_news(pattern, verb, how))):
        return None
    if "told" in pattern.marks:
        return Reading(verb, pattern.code, pattern.root, "Done", about(cast, verb), frozenset())
    if "reverse" in pattern.marks:
        felt = feeling(cast, verb)
        return Reading(verb, pattern.code, pattern.root, "Done", felt, frozenset()) if felt else None
    if sides_ := each_other(cast, verb):
        pairs = [(a, b) for a in sides_ for b in sides_ if a.state != b.state]
        return Reading(verb, pattern.code, pattern.root, "Done", pairs, frozenset())
    doers = sources(cast, verb, pattern)
    if not doers or (pattern.root == "12" and not cast.lead and head is not None and is_one_of(head, "court")):
        return None  # "a court turned down his appeal": of the law, not between states
    kind = coded(pattern, verb, head, how)
    if kind is None:
        return None
    targets = recipients(cast, verb, pattern, doers)
    if "needs-body" in pattern.marks:
        targets = [s for s in targets if cast.is_body(s) and s.ref == s.state]
    pact = not cast.lead and lemma(verb) == "agree" and any(c.lower_ == "with" for c in verb.children)
    pairs = _pairs(pattern, doers, targets, verb, both_ways=("both" in pattern.marks or pact) and how is Mode.DONE)
    told_by = _told_by(cast, pattern, verb)
    return Reading(verb, *kind, pairs, told_by) if pairs else None


def _habit(verb: Token) -> bool:
    """Whether a verb tells what is done all the time: a bare present."""
    passive = any(c.dep_ == "auxpass" and c.lower_ in {"is", "are"} for c in verb.children)
    return (passive or verb.tag_ in {"VBZ", "VBP"}) and not any(c.dep_ == "aux" for c in verb.children)


def _relative(verb: Token) -> list[Token]:
    """The object of a verb that its clause is about: "the attack that Doe carried out"."""
    own = any((c.dep_ == "dobj" and c.tag_ not in {"WDT", "WP"}) or c.lower_ == "had" for c in verb.children)
    subject = any(c.dep_ == "nsubj" and c.tag_ not in {"WDT", "WP"} for c in verb.children)
    done_by = verb.dep_ == "acl" and verb.tag_ == "VBN"  # "the statement released by Doe"
    return [verb.head] if done_by or (verb.dep_ == "relcl" and subject and not own) else []


def _told_by(cast: Cast, pattern: Pattern, verb: Token) -> frozenset[FactKind]:
    """The kinds of fact that tell the same as a verb: events where it is about meeting, tariffs for a measure."""
    meeting = any(lemma(c) in MEETING for c in verb.children if c.dep_ in {"xcomp", "ccomp"})
    dropped = not cast.lead and bool(pattern.nouns & nouns("talks")) and pattern.root in {"12", "16"}
    if "event" in pattern.marks or (pattern.root == "03" and meeting) or dropped:
        return EVENTS
    return _TARIFFS if pattern.root in _OF_TARIFFS else frozenset()


def _demand(cast: Cast, verb: Token) -> Reading | None:
    """The reading of "A said that B must go"."""
    found = required(cast, verb)
    return Reading(verb, found[0], found[1], "Done", found[2], frozenset()) if found is not None else None


def _deed(cast: Cast, noun: Token) -> Reading | None:
    """The reading of a noun of the list with its doer."""
    deed = deeds()[noun.lemma_.lower()]
    if not cast.lead and noun.lemma_.lower() in nouns("told-as-position"):
        return None
    pairs = sides(cast, noun, deed)
    told_by = EVENTS if deed.root == "04" else frozenset[FactKind]()
    return Reading(noun, deed.code, deed.root, "Done", pairs, told_by) if pairs else None


def _fits(pattern: Pattern, verb: Token) -> bool:
    if pattern.particle and lemma(verb) == "call" and any(c.dep_ in {"dobj", "oprd"} for c in verb.children):
        return False  # "called it a good day for both"
    if "asks" in pattern.marks:  # "called on Doe to leave", not "called on Doe at his office"
        return any(t.tag_ == "VB" and any(c.lower_ == "to" for c in t.children) for t in _below(verb))
    if "self" in pattern.marks:
        told = [s for c in verb.children if c.dep_ == "ccomp" for s in c.children if s.dep_ in {"nsubj", "nsubjpass"}]
        return all(s.pos_ == "PRON" or any(c.lower_ in {"its", "their", "his"} for c in s.children) for s in told)
    if "promise" in pattern.marks or "needs-inner" in pattern.marks:
        inner = [t for c in verb.children if c.dep_ in {"xcomp", "ccomp"} for t in (c, *c.children) if t.pos_ == "VERB"]
        telling = any(match(t, ()) is not None for t in inner)
        return telling if "needs-inner" in pattern.marks else not telling
    return True


def _below(verb: Token) -> list[Token]:
    """The words below a verb without what it is joined to: "called on Doe and offered to pay"."""
    return [t for c in verb.children if c.dep_ != "conj" for t in c.subtree]


def _head(cast: Cast, verb: Token) -> Token | None:
    return next(iter(cast.text.subjects(verb)), None)


def _pairs(
    pattern: Pattern, doers: list[Sighting], targets: list[Sighting], verb: Token, *, both_ways: bool
) -> list[Pair]:
    """Source and recipient of each action; both ways where the verb binds both sides alike."""
    if not targets and (pattern.marks & {"both", "mutual"} or reciprocal(verb)):
        return [(a, b) for a in doers for b in doers if a.state != b.state]
    pairs = [(a, b) for a in doers for b in targets if a.ref != b.ref]
    return pairs + [(b, a) for a, b in pairs] if both_ways else pairs


def _claims(cast: Cast, found: list[Reading], told: list[tuple[FactKind, frozenset[Ref]]]) -> Iterator[Claim]:
    seen: set[tuple[Ref, Ref, str]] = set()
    for reading in found:
        n = 0
        for source, recipient in reading.pairs:
            sides = frozenset({source.state, recipient.state})
            if (source.state, recipient.state, reading.root) in seen or _came_of(reading, source, recipient, seen):
                continue
            if any(kind in reading.told_by and sides <= parties for kind, parties in told):
                continue
            seen.add((source.state, recipient.state, reading.root))
            yield _claim(cast, reading, source, recipient, n)
            n += 1


def _came_of(reading: Reading, source: Sighting, recipient: Sighting, seen: set[tuple[Ref, Ref, str]]) -> bool:
    """Whether harm only tells what came of an assault that is told: "stormed the hotel, killing 20 people"."""
    so = reading.root in _ASSAULTS and reading.verb.dep_ == "advcl" and reading.verb.tag_ == "VBG"
    return so and any((source.state, recipient.state, root) in seen for root in _ASSAULTS)


def _claim(cast: Cast, reading: Reading, source: Sighting, recipient: Sighting, n: int) -> Claim:
    text, verb = cast.text, reading.verb
    rule = f"action-{lemma(verb)}"
    here = (verb.idx, verb.idx + len(verb))
    said: list[Assertion] = []

    def say(name: str, value: Value, words: tuple[int, int]) -> None:
        said.append(Assertion(name, value, text.words(cast.sent, words, rule)))

    say("source", source.ref, text.span_of(source.i))
    say("recipient", recipient.ref, text.span_of(recipient.i))
    say("eventCode", reading.code, here)
    say("cameoRoot", reading.root, here)
    say("status", reading.status, here)
    days = [t for t in text.times(cast.sent) if t.date is not None]
    if len(days) == 1 and days[0].date is not None:
        say("date", days[0].date, (days[0].start, days[0].end))
    names = dict.fromkeys((source.ref, source.state, recipient.ref, recipient.state))
    brought = tuple(cast.entities[name] for name in names if name in cast.entities)
    evidence = text.words(cast.sent, here, rule)
    return Claim(Ref(f"action@{verb.idx}.{n}"), FactKind.ACTION, tuple(said), evidence, entities=brought)

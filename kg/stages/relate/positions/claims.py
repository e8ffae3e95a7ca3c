"""Where actors stand: what they seek, offer, demand, oppose or rule out, and where two sides differ."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kg.lexicon import mapping
from kg.model import EVENTS, Assertion, BlockKind, Claim, Entity, EntityKind, FactKind, Ref
from kg.stages.relate.home import home_state
from kg.stages.relate.positions.objects import requested
from kg.stages.relate.positions.stances import answered, bare, refers_back, stances
from kg.stages.relate.positions.topics import EDGES, topic_of
from kg.stages.relate.positions.words import ORDINALS
from kg.stages.relate.statements.speakers import Voice, voice
from kg.stages.relate.text import PERSONAL
from kg.states import country_entity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.stages.relate.positions.words import Stance
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_READ = frozenset({BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.SPEECH})
_ABOUT = EVENTS | {FactKind.TARIFF, FactKind.DEADLINE}
_LONGEST = 40  # words of the clause that a position is about
_SIDES = 2
_AGAINST = frozenset({"Rejects", "RulesOut"})
_ITS = frozenset({"its", "their", "our", "his", "her"})
_BOTH = ("both ", "the two ", "the sides", "each side", "neither side")
_PRIVATE = frozenset({"other", "official"})  # ranks that companies have too
_PUBLIC = frozenset({"official", "negotiator", "diplomat", "minister", "government", "ministry", "spokesman",
                     "spokeswoman", "spokesperson"})  # fmt: skip


def positions(text: Text, claims: Sequence[Claim]) -> Iterator[Claim]:
    """One claim for each stance that somebody takes, in order of the text.

    "We" and a judgement without a holder are those of the statement in which they stand; the narrator has no position.
    """
    spoken = _spoken(claims)
    about = [c for c in claims if c.kind in _ABOUT]
    seen: dict[tuple[tuple[Ref, ...], str], list[str]] = defaultdict(list)
    last: Span | None = None
    for sent in text.sentences:
        if text.block(sent[0]) not in _READ:
            continue
        for found in (*stances(text, sent), *answered(text, sent)):
            around = [s for s in spoken if s.start <= found.token.idx < s.end]
            if not around and text.block(sent[0]) is BlockKind.SPEECH:
                continue  # a question
            within = min(around, key=lambda s: (s.end - s.start, s.start), default=None)  # the innermost statement
            told = _told(text, sent, found, last)
            claim = _claim(text, told, found, within, about) if told and not any(s.denied for s in around) else None
            if claim is None:
                continue
            last = told
            values = {a.property: str(a.value) for a in claim.assertions}
            holders = tuple(a.value for a in claim.assertions if a.property == "holder" and isinstance(a.value, Ref))
            key = (holders, values["stance"])
            same = _AGAINST if key[1] in _AGAINST else ()  # "will not open them. That is a red line": one stance
            what = values["text"]
            if not any(what in told for told in seen[key]) and not any(what in seen[holders, s] for s in same):
                seen[key].append(what)
                yield claim


class _Spoken(NamedTuple):
    """Characters [start, end) that somebody says, and whether they are denied."""

    start: int
    end: int
    who: Voice
    denied: bool
    verb: int  # offset of the verb of saying
    text: str


def _spoken(claims: Sequence[Claim]) -> list[_Spoken]:
    """The stretches of the text that statements hold."""
    found = []
    for claim in claims:
        if claim.kind is FactKind.STATEMENT:
            refs = tuple(a.value for a in claim.assertions if a.property == "speaker" and isinstance(a.value, Ref))
            words = next(a.evidence.words for a in claim.assertions if a.property == "speaker")
            who = Voice(refs, claim.entities, words)
            verb = int(claim.key.partition("@")[2].partition(".")[0])
            said = next(str(a.value) for a in claim.assertions if a.property == "text")
            found.append(_Spoken(*claim.evidence.words, who, claim.evidence.rule == "statement-deny", verb, said))
    return found


def _told(text: Text, sent: Span, found: Stance, last: Span | None) -> Span | None:
    """The words that a stance is about: its own, or those before that "rejects it" goes back to.

    These are what the last stance of the sentence before was about, else what that sentence tells.
    """
    first = max(found.about[0], sent.start)
    about = text.doc[first : max(min(found.about[1], sent.end), first)]
    if not refers_back(about):
        return about if len(about) else None
    about = bare(about)
    if (asked := _asked(sent, found)) is not None:
        return asked
    if (request := requested(found.token)) is not None:
        return text.doc[request[0] : request[1]]
    before = text.doc[sent.start - 1].sent if sent.start else sent
    if last is not None and before.start <= last.start < sent.end:
        return _which(about, last)
    if len(about) > 1 and about[1].pos_ == "NOUN":  # "the proposal": in its own words
        return about
    if (here := _told_here(found)) is not None:
        return here
    if about[0].lower_ == "them":  # "parliament will debate the duties. Doe opposes them"
        several = next((t for t in before if t.tag_ == "NNS" and t.dep_ in {"dobj", "nsubjpass"}), None)
        if several is not None:
            return text.doc[several.left_edge.i : several.right_edge.i + 1]
    what = _news(text, before.root)
    return text.doc[what.left_edge.i : what.right_edge.i + 1] if what is not None else None


def _which(about: Span, last: Span) -> Span:
    """Of two things told before that which is meant: "ruled out the former"."""
    which = ORDINALS.get(about[-1].lower_)
    joint = next((t for t in last if t.dep_ == "conj" and t.head.i >= last.start), None)
    if which is None or joint is None:
        return last
    return last[: joint.left_edge.i - 1 - last.start] if which == 0 else last[joint.left_edge.i - last.start :]


def _news(text: Text, verb: Token) -> Token | None:
    """The head of what a sentence tells: what somebody says or does in it, else what it says something of."""
    said = next((c for c in verb.children if c.dep_ == "ccomp"), None)
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if said is not None or subject is None:
        return said
    if subject.pos_ == "NOUN" and text.who(subject) is None:
        return subject
    done = next((c for c in verb.children if c.dep_ in {"dobj", "xcomp"}), None)
    if done is not None and text.who(done) is not None:
        return verb  # "We left the EU to decide these things ourselves"
    return done if done is not None or subject.pos_ == "PRON" else subject


def _asked(sent: Span, found: Stance) -> Span | None:
    """What one was asked who then says where he stands: "Asked whether Doe would sign, he was open to it"."""
    asked = next((t for t in sent[: found.token.i - sent.start] if t.lower_ == "asked" and t.dep_ == "advcl"), None)
    clause = next((c for c in asked.children if c.dep_ in {"ccomp", "prep"} and c.i > asked.i), None) if asked else None
    if clause is None or any(c.dep_ in {"nsubj", "nsubjpass"} and c.pos_ == "PRON" for c in clause.children):
        return None
    first, last = clause.left_edge, clause.right_edge
    return sent.doc[first.i + (first.dep_ in {"mark", "prep"}) : last.i + 1]


def _told_here(found: Stance) -> Span | None:
    """What "it" of a clause behind another means: its object.

    "Obtained a clause, although Doe had been against it", "called the trial unfair and demanded that it be stopped".
    """
    clause = found.token
    while clause.dep_ not in {"advcl", "conj"} and clause.head.i != clause.i:
        clause = clause.head
    if clause.dep_ not in {"advcl", "conj"} or clause.head.i > clause.i:
        return None
    noun = next((c for c in clause.head.children if c.dep_ in {"dobj", "nsubjpass"} and c.pos_ == "NOUN"), None)
    return noun.doc[noun.left_edge.i : noun.right_edge.i + 1] if noun is not None and noun.i < clause.i else None


def _claim(text: Text, told: Span, found: Stance, within: _Spoken | None, about: list[Claim]) -> Claim | None:
    rule = f"position-{found.stance.lower()}"
    sent, start = found.token.sent, told.start
    end = _end(told, within) if start >= sent.start else told.end
    words = " ".join(" ".join(text.doc[start:end].text.split()).strip(EDGES).split()[:_LONGEST]).removeprefix("of ")
    who = _holder(text, found, within)
    refs = who.refs if who is not None else ()
    if found.stance == "Differs" and len(refs) < _SIDES:
        refs = _sides(text)
    elif who is not None and any(e.label.lower().startswith(_BOTH) for e in who.entities):
        refs = _sides(text) or refs
    if not refs or not words or not _concerned(text, refs, who):
        return None
    evidence = text.words(sent, (found.token.idx, found.token.idx + len(found.token)), rule)
    last = text.doc[end - 1]
    clause = text.words(text.doc[start].sent, (text.doc[start].idx, last.idx + len(last)), rule)
    holder = text.words(text.token(who.words[0]).sent, who.words, rule) if who is not None else evidence
    said = [Assertion("holder", r, holder) for r in dict.fromkeys(refs)]
    said += [Assertion("stance", found.stance, evidence), Assertion("text", words, clause)]
    here = [c for c in about if c.evidence.start == clause.start]
    facts = [c.key for c in here if clause.words[0] <= c.evidence.words[0] < clause.words[1]]
    topic = None if facts else topic_of(text, start, end)
    said += [Assertion("about", key, clause) for key in (facts or ([topic.id] if topic is not None else []))]
    entities = (*(who.entities if who is not None else ()), *((topic,) if topic is not None else ()))
    return Claim(Ref(f"position@{found.token.idx}"), FactKind.POSITION, tuple(said), evidence, entities=entities)


def _sides(text: Text) -> tuple[Ref, ...]:
    """The two sides of the talks: the two states that the headline names, else those named most."""
    head = next((b for b in text.document.blocks if b.kind is BlockKind.HEADLINE), None)
    named = (m.entity for m in text.mentions.mentions if head is not None and head.start <= m.start < head.end)
    states = dict.fromkeys(r for r in named if text.state(r) == r)
    return tuple(states) if len(states) == _SIDES else tuple(text.parties[:_SIDES])


def _himself(text: Text, found: Stance, within: _Spoken) -> bool:
    """Whether "he" of "Doe said that he was ready" is Doe: nobody else is named between."""
    token = found.holders[0]
    if len(found.holders) > 1 or token.lower_ not in PERSONAL or within.who.words[1] > within.start:
        return False
    between = text.tokens(within.start, token.idx) if token.idx > within.start else range(0)
    named = {text.entity(text.doc[i]) for i in between} - {None, *within.who.refs}
    return not any(text.kind(r) is EntityKind.PERSON for r in named if r is not None)


def _concerned(text: Text, refs: tuple[Ref, ...], who: Voice | None) -> bool:
    """Whether a holder matters: it stands for a state or holds a public office, or the text is about states."""
    known = {**text.entities, **{e.id: e for e in (who.entities if who is not None else ())}}
    kinds = mapping("speaker_nouns")
    if any(known[r].kind is EntityKind.SOURCE and kinds.get(known[r].label.split()[-1]) == "document" for r in refs
           if r in known):  # fmt: skip
        return False  # "the plant must be closed, according to the text"
    states = {EntityKind.COUNTRY, EntityKind.BLOC}
    for_states = any(known[r].kind in states or known[r].country is not None for r in refs if r in known)
    if for_states or len(text.parties) > 1:
        return True
    ranks = mapping("offices")
    return any(o.holder in refs and ranks.get(o.head, "other") not in _PRIVATE for o in text.mentions.offices)


def _end(told: Span, within: _Spoken | None) -> int:
    """Where the words of a stance end: before an attribution that the parse drew in ("..., Doe said")."""
    end = told.end
    while within is not None and told.start < end - 1 and told.doc[end - 1].idx >= within.end:
        end -= 1
    words = " ".join(told.doc[told.start : end].text.split()).strip(EDGES)
    if within is not None and words not in within.text:
        end = next((t.i for t in told.doc[told.start + 1 : end] if t.text == ","), end)
    return end


def _holder(text: Text, found: Stance, within: _Spoken | None) -> Voice | None:
    """Who takes a stance; a body of which a speaker says just "the government" is that of the speaker's state."""
    speaker = within.who if within is not None else None
    if not found.holders or (within is not None and (within.verb == found.token.idx or _nobody(found))):
        return _of_home(text, speaker) if speaker is not None else None
    if within is not None and _himself(text, found, within):
        return speaker
    who = voice(text, found.holders, speaker) or _there(text, found)
    if who is None and all(t.lower_ in _ITS for t in found.holders):
        who = speaker  # "'Its main demand is a quota,' said Doeland's minister"
    who = _of_place(text, found, who) if who is not None else None
    if who is not None and speaker is None:
        return _of_home(text, who, next((s for t in found.holders if (s := home_state(text, t)) is not None), None))
    if who is None or speaker is None or not who.entities or not speaker.refs:
        return who
    known = {**text.entities, **{e.id: e for e in speaker.entities}}
    state = known[speaker.refs[0]].country if speaker.refs[0] in known else None
    bodies = (replace(e, country=state) if e.country is None and e.code is None else e for e in who.entities)
    return who._replace(entities=tuple(bodies))


def _there(text: Text, found: Stance) -> Voice | None:
    """The state in whose capital a stance is met: "resistance in Vienna to the pact"."""
    states = [s for t in found.holders if (s := text.state_of_place(t)) is not None]
    if len(states) != 1 or len(found.holders) != 1:
        return None
    brought = () if states[0] in text.entities else (country_entity(states[0].rsplit("/", 1)[-1]),)
    return Voice((states[0],), brought, text.span_of(found.holders[0].i))


def _of_place(text: Text, found: Stance, who: Voice) -> Voice:
    """Those without a name in a capital are of its state: "officials in Oslo", "the government in Lima"."""
    places = [text.entity(t) for head in found.holders for t in text.prepositions(head, "in")]
    states = [text.state(r) or text.entities[r].country for r in places if r is not None]
    if len(states) != 1 or states[0] is None:
        return who
    bodies = (replace(e, country=states[0]) if e.country is None and e.code is None else e for e in who.entities)
    return who._replace(entities=tuple(bodies))


def _nobody(found: Stance) -> bool:
    """Whether a speaker speaks for himself: "no prime minister could accept that"."""
    return any(c.lower_ == "no" and c.dep_ == "det" for t in found.holders for c in t.children)


def _of_home(text: Text, who: Voice, body: Ref | None = None) -> Voice:
    """An official of no named state is one of the capital from which a report is written: "officials say"."""
    home = body or (text.dateline.country if text.dateline is not None else None)
    if home is None or (body is None and home not in text.two_sides):
        return who
    brought = {e.id: e for e in who.entities}
    named = [brought.get(r) or text.entities[r] for r in who.refs if r in brought or r in text.entities]
    ours = {e.id: replace(e, country=home) for e in named if e.country is None and (body or _public(e))}
    return who._replace(entities=tuple({**brought, **ours}.values()))


def _public(entity: Entity) -> bool:
    return entity.kind is EntityKind.SOURCE and entity.label.split()[-1].removesuffix("s") in _PUBLIC

"""Who speaks: the actors behind the subject of a verb of saying, named, referred to, or unnamed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kg.iris import ref
from kg.lexicon import mapping
from kg.model import Entity, EntityKind, Ref
from kg.stages.relate.genders import gender
from kg.stages.relate.known import known_person, proper
from kg.stages.relate.statements.unnamed import share, unnamed
from kg.stages.relate.text import PERSONAL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.stages.relate.text import Text
    from kg.tokens import Token

_FIRST = frozenset({"i", "we", "us", "me", "our", "my", "ours"})
_STYLES = frozenset({"excellency", "majesty", "highness", "eminence"})
_STATE_NOUNS = frozenset({"government", "country", "nation", "administration", "state", "side"})
_NOT_SPEAKING = frozenset({EntityKind.PLACE, EntityKind.POST, EntityKind.PRODUCT, EntityKind.TOPIC})
_MOST = 2  # a joint statement has two speakers at most (vocabulary)


class Voice(NamedTuple):
    """Speakers of one statement, the entities they bring along, and the words that name them."""

    refs: tuple[Ref, ...]
    entities: tuple[Entity, ...]
    words: tuple[int, int]  # characters


def voice(text: Text, heads: Iterable[Token], last: Voice | None, *, apart: bool = False) -> Voice | None:
    """The speakers that noun phrases name; `last` is who spoke or acted before, for "he" and "we".

    `apart` tells that the words which they say stand around them: "Doe had not been mentioned, he said".
    """
    refs: list[Ref] = []
    brought: list[Entity] = []
    tokens: list[Token] = []
    for head in heads:
        if head.lower_ in PERSONAL and (known := _pronoun(text, head, last, apart)) is not None:
            refs.append(known)
        elif head.lower_ in _FIRST and head.text != "US":
            refs += last.refs if last else ()
            brought += last.entities if last else ()
        elif head.lower_ == "it" or (head.lower_ == "they" and not text.actors(head)):
            before = _earlier(text, head, last, apart)
            refs += before.refs if before is not None else ()
            brought += before.entities if before is not None else ()
        else:
            named, entity = _named(text, head, last)
            refs += named
            brought += [entity] if entity else []
        tokens.append(head)
    found = tuple(dict.fromkeys(refs))
    if not found or not tokens:
        return None
    spans = [text.span_of(t.i) for t in tokens]
    return Voice(found, tuple(brought), (min(a for a, _ in spans), max(b for _, b in spans)))


def _named(text: Text, head: Token, last: Voice | None) -> tuple[list[Ref], Entity | None]:
    kind = mapping("speaker_nouns").get(head.lemma_.lower())
    if head.lower_ in _STYLES and last is not None and text.entity(head) is None:  # "His Excellency told them"
        return list(last.refs[:1]), None
    if kind == "share":
        entity = share(text, head)
        return ([entity.id], entity) if entity is not None else ([], None)
    if kind in {"part", "document"} and (whose := _part_of(text, head, kind, last)) is not None:
        return [whose[0]], whose[1]
    if (known := known_person(text, head, last.refs if last else ())) is not None:
        return [known], None
    actors = [a.ref for a in text.actors(head) if a.ref in text.entities and text.kind(a.ref) not in _NOT_SPEAKING]
    if kind == "person" and actors and _another_is_named(text, head, actors):
        entity = unnamed(text, head, EntityKind.SOURCE)
        return [entity.id], entity
    single = any(c.lower_ in {"each", "either", "neither"} for c in head.children) or head.lower_ in {"neither", "both"}
    if single and (kind == "group" or head.lower_ in {"neither", "both"}) and len(text.parties) >= _MOST:
        return text.parties[:_MOST], None
    if kind == "group" and (state := _own_state(text, head, last)) is not None:
        return [state], None
    if any(c.lower_ == "whose" for c in head.children) and head.head.dep_ == "relcl":
        return _named(text, head.head.head, last)
    pair = kind == "person" and any(c.lower_ in {"both", "two"} for c in head.children)
    plural = kind in {"person", "group"} and text.entity(head) is None and head.tag_ in {"NNS", "NNPS"} and not pair
    if actors and not (plural or len(actors) > _MOST) and not _state_for_person(text, head, actors, kind):
        return actors, _seat(text, head, actors)
    name = next((c for c in head.children if c.dep_ == "appos" and proper(c)), None)
    if not actors and name is not None and text.entity(name) is None:  # "the industry body Nordsteel"
        entity = unnamed(text, name, EntityKind.ORGANIZATION)
        return [entity.id], entity
    if (kind is not None and text.entity(head) is None) or (not actors and proper(head)):
        entity = unnamed(text, head, EntityKind.SOURCE if kind else EntityKind.ORGANIZATION)
        return [entity.id], entity
    return actors, None


def _own_state(text: Text, head: Token, last: Voice | None) -> Ref | None:
    """The state of "his own government", "her country", "his side"; of nobody's state the owner himself."""
    owner = next((c for c in head.children if c.dep_ == "poss" and c.lower_ in PERSONAL | _FIRST | {"its"}), None)
    if owner is None or head.lemma_.lower() not in _STATE_NOUNS:
        return None
    whose = voice(text, [owner], last) if owner.lower_ != "its" else last  # "the ministry said its side had asked"
    if whose is None or len(whose.refs) != 1:
        return None
    brought = next((e.country for e in whose.entities if e.id == whose.refs[0]), None)
    return (text.state(whose.refs[0]) or whose.refs[0]) if whose.refs[0] in text.entities else brought


def _seat(text: Text, head: Token, actors: list[Ref]) -> Entity | None:
    """The state that a capital stands for, with the name of the capital as its wording: "Kyiv said"."""
    start, end = text.span_of(head.i)
    words = text.document.text[start:end]
    known = text.entities[actors[0]]
    named = mapping("capitals").get(words) == known.code and known.code is not None
    return replace(known, label=words) if named and len(actors) == 1 else None


def _another_is_named(text: Text, head: Token, actors: list[Ref]) -> bool:
    """Whether the name in "an aide to the minister, Jane Doe," is the minister's: the aide has none."""
    if not any(c.lower_ in {"a", "an", "one", "another"} for c in head.children):
        return False
    offices = [text.office(t) for t in text.prepositions(head, "to", "for", "of")]
    return any(o is not None and o.holder in actors for o in offices)


def _state_for_person(text: Text, head: Token, actors: list[Ref], kind: str | None) -> bool:
    """Whether "a U.S. official" was read as the state alone."""
    states = all(text.state(a) == a for a in actors)
    return kind == "person" and text.entity(head) is None and states


def _pronoun(text: Text, token: Token, last: Voice | None, apart: bool) -> Ref | None:
    """Who "he" of "he said" is: a subject named before it in the sentence, who spoke last, or the nearest person.

    A person whom the text calls "she" elsewhere is not meant by "he". Who is named in what is said is its speaker only
    where nobody spoke before.
    """
    named = next((a.ref for c in token.children if c.dep_ == "appos" for a in text.actors(c)), None)
    if named is not None and text.kind(named) is EntityKind.PERSON:  # "he, Jane Doe, said"
        return named
    subject = _subject_before(text, token)
    actor = text.pronoun(token)
    spoke = [r for r in last.refs if r in text.entities] if last is not None and len(last.refs) == 1 else []
    people = [r for r in spoke if text.kind(r) in {EntityKind.PERSON, EntityKind.SOURCE}]
    near = [actor.ref] if actor is not None else []
    mine = [subject] if subject is not None else []
    # "Doe met Roe, his office said": of who acts, not of who was named last
    order = [*mine, *near] if token.tag_ == "PRP$" and mine else [*near, *mine, *people] if mine else [*people, *near]
    spoke_here = last is not None and "\n" not in text.document.text[last.words[1] : token.idx]
    if apart and token.tag_ == "PRP" and (_goes_on(token) or (spoke_here and _named_in_it(text, token))):
        order = [*people, *order]
    called = gender(token.lower_)
    fits = [r for r in order if text.genders.get(r, called) == called]
    return fits[0] if fits else _called(text, token, called) or (order[0] if order else None)


def _goes_on(token: Token) -> bool:
    """Whether somebody goes on speaking, of another: "Doe had hardly been mentioned, he added"."""
    before = token.doc[token.sent.start : token.i]
    passive = any(t.dep_ == "nsubjpass" for t in before) and not any(t.dep_ == "nsubj" for t in before)
    return passive or token.head.lemma_ in {"add", "continue"}


def _named_in_it(text: Text, token: Token) -> bool:
    """Whether a person is the subject of all that is said before "he said": that is another than "he"."""
    said = token.head.head if token.head.dep_ in {"parataxis", "ccomp"} else token.head
    clauses = [c for c in (said, *said.children) if c.pos_ in {"VERB", "AUX"} and c.i < token.i]
    subjects = [c for v in clauses for c in v.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i < token.i]
    known = text.entity(subjects[0]) if len(subjects) == 1 else None
    return known is not None and text.kind(known) is EntityKind.PERSON


def _called(text: Text, token: Token, called: str | None) -> Ref | None:
    """The person named last before a pronoun whom the text calls so."""
    before = (m.entity for m in reversed(text.mentions.mentions) if m.end <= token.idx)
    return next((r for r in before if called is not None and text.genders.get(r) == called), None)


def _earlier(text: Text, token: Token, last: Voice | None, apart: bool) -> Voice | None:
    """Who "it" or "they" are: the subject before them in the sentence, or that of the sentence before, or who spoke.

    "It" is no person; "they" are several or a plural.
    """
    if apart and last is not None and not _is_person(text, last):
        return last  # "China will buy more, it added": not China
    before = text.doc[token.sent.start - 1].sent if token.sent.start else token.sent
    heads = [t for t in text.doc[token.sent.start : token.i] if t.dep_ in {"nsubj", "nsubjpass"}]
    heads += [c for c in before.root.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i < token.i]
    for head in heads:
        if head.i < token.i < head.head.i:
            continue  # "Paris, it added, would wait": "it" said so of Paris
        several = head.tag_ in {"NNS", "NNPS"} or any(c.dep_ == "conj" for c in head.children)
        if head.pos_ == "PRON" or several != (token.lower_ == "they"):
            continue
        found = voice(text, [head], last)
        if found is not None and (several or not _is_person(text, found)):
            return found
    return last if last is not None and token.lower_ == "it" and not _is_person(text, last) else None


def _is_person(text: Text, found: Voice) -> bool:
    known = {**text.entities, **{e.id: e for e in found.entities}}
    return any(r in known and known[r].kind is EntityKind.PERSON for r in found.refs)


def _subject_before(text: Text, token: Token) -> Ref | None:
    """The last person who is a subject before a token in its sentence."""
    found = None
    for k in range(token.sent.start, token.i):
        subject = text.doc[k] if text.doc[k].dep_ in {"nsubj", "nsubjpass"} else None
        if subject is not None and any(c.dep_ == "conj" for c in subject.children):
            continue  # "Doe and Roe had spoken for hours, she said"
        named = text.entity(subject) if subject is not None else None
        office = text.office(subject) if subject is not None else None
        if office is not None and (named is None or text.kind(named) is not EntityKind.PERSON):
            named = office.holder  # "Defence Minister Doe plans to come, he said", where the office is the subject
        if named is not None and text.kind(named) is EntityKind.PERSON:
            found = named
    return found


def _part_of(text: Text, head: Token, kind: str, last: Voice | None) -> tuple[Ref, Entity | None] | None:
    """Who speaks through a part or a document.

    "His office", "the minister's department" are organizations named after a person; of "the ministry's statement" the
    ministry speaks, of "his post" himself.
    """
    owner = next((c for c in head.children if c.dep_ == "poss"), None)
    if owner is None and kind == "document":
        owner = _issuer(text, head)
        if owner is None and last is not None and len(last.refs) == 1 and any(c.lower_ == "the" for c in head.children):
            return last.refs[0], next((e for e in last.entities if e.id == last.refs[0]), None)
    if owner is None:
        return None
    inner = voice(text, [owner], last)
    if inner is None or len(inner.refs) != 1:
        return None
    if inner.refs[0] not in text.entities:
        return (inner.refs[0], inner.entities[0]) if kind == "document" and inner.entities else None
    whose = text.entities[inner.refs[0]]
    if kind == "document":
        return whose.id, None
    if whose.kind is not EntityKind.PERSON:
        return None
    label = f"{whose.label}'s {head.lower_}"
    words = text.doc[owner.left_edge.i : head.i + 1].text.removeprefix("the ")
    also = () if owner.pos_ == "PRON" or words == label else (words,)  # "the Prime Minister's Office"
    return (made := Entity(ref("org", label), EntityKind.ORGANIZATION, label, also, country=whose.country)).id, made


def _issuer(text: Text, head: Token) -> Token | None:
    """Whose statement it is: "a statement from the ministry", "issued by it", "the ministry put out a statement"."""
    found = text.prepositions(head, "from", "by", "of")
    found += [c for c in head.children if text.entity(c) is not None]
    for child in head.children:
        if child.dep_ == "acl":
            found += [p for a in child.children if a.dep_ == "agent" for p in a.children if p.dep_ == "pobj"]
    if head.dep_ == "dobj" and head.head.pos_ == "VERB":
        found += text.subjects(head.head)
    return found[0] if found else None

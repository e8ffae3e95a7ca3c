"""Who does what a verb tells, by the parse tree and by the order of the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import mapping
from kg.model import EntityKind
from kg.stages.relate.actions.actors import Sighting
from kg.stages.relate.actions.blame import teller
from kg.stages.relate.actions.deeds import between
from kg.stages.relate.actions.namings import in_place
from kg.stages.relate.actions.words import is_one_of, nouns
from kg.stages.relate.statements.speakers import voice

if TYPE_CHECKING:
    from kg.stages.relate.actions.actors import Cast
    from kg.stages.relate.actions.words import Pattern
    from kg.tokens import Token

_NOBODY = frozenset({"nobody", "none", "no-one", "nothing"})
_MOVED = ("troops", "missile", "weapons", "attack", "sanction", "plane", "exercise", "who-people", "who-crowd",
          "who-armed")  # things that act for a state: "Russian drones hit"
_ALONG = 8  # tokens between a preposition and the name behind it
_BY_STATES = frozenset({"11", "16", "17"})  # what those in power do: if nobody is said to do it, the host or teller
_CAUSING = frozenset({"prompt", "lead", "cause", "force", "drive", "spur", "push", "move", "compel", "provoke",
                      "oblige", "see", "leave", "get"})  # fmt: skip
_GIVEN = frozenset({"06", "07", "15"})  # whose doer stands with what is given or moved: "a Danish loan was made over"
_SPOKEN = frozenset({"02", "10", "11", "12"})  # what those of no known state say too: who leads a party, a union
_BY_CROWDS = frozenset({"14", "17", "18", "19"})  # what unnamed people do where they are: "gunmen in Karachi"


def sources(cast: Cast, verb: Token, pattern: Pattern) -> list[Sighting]:
    """Who does what a verb tells: its subject or agent; where the parse has none, the nearest name before it."""
    if verb.dep_ == "advcl" and verb.tag_ == "VBN" and not any(c.dep_ in {"agent", "dobj"} for c in verb.children):
        return []  # "would return the archives, seized in the war": by nobody named here
    subjects = _caused(verb) or cast.text.subjects(verb)
    if not cast.lead and subjects:
        subjects = [t for t in subjects if t.lower_ not in _NOBODY and not _thing(cast, t)]
        if not subjects and not any(c.dep_ == "nsubjpass" for c in verb.children):
            return []
        subjects = [_person_of(cast, t) for t in subjects]
    found = [s for head in subjects for s in _group(cast, pattern, head) or cast.phrase(head) or cast.owner(head)]
    passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children) or participle(verb)
    if verb.dep_ == "acl" and verb.tag_ == "VBN":  # "a man accused of spying": by nobody named here
        main = verb.head.dep_ == "ROOT" and verb.head.i < verb.i  # a past tense that the parse took for a participle
        return cast.phrase(verb.head) if main else behind(cast, verb, "by")[:1]
    if passive and (not found or participle(verb)):
        by = behind(cast, verb, "by")
        found = (cast.joined(by[0], by[1:]) if by else _ruler(cast, verb)) or _both(cast, verb, pattern)
        found = found or _unnamed(cast, verb, pattern)
    if not found and subjects and pattern.root in _BY_CROWDS and any(is_one_of(t, "who-people") for t in subjects):
        found = cast.there()
    if not found and not cast.lead and pattern.root in _SPOKEN:
        found = [s for head in subjects for s in cast.person(head)]
    if not found and verb.dep_ == "acl" and verb.tag_ == "VBG":  # "a note accusing Doe was handed over by Roe"
        found = [s for head in cast.text.subjects(verb.head.head) for s in cast.phrase(head)]
    unknown = any(t.ent_type_ == "PERSON" for t in subjects) and not cast.lead  # not who is named before him
    unknown = unknown or (not cast.lead and any(not cast.text.is_time(t) for t in subjects))
    if not (found or passive or unknown) and (verb.dep_ == "ROOT" or all(cast.text.is_time(t) for t in subjects)):
        found = _before(cast, verb)
    named = [s for s in found if s.ref not in cast.entities or cast.entities[s.ref].kind is not EntityKind.SOURCE]
    if named and not cast.lead:  # "the main opposition Reform Party" is one
        found = named
    return list({s.state: s for s in reversed(found)}.values())[::-1]


def _thing(cast: Cast, head: Token) -> bool:
    """Whether a subject is a thing of a state, which does nothing to another: "Jamaica's coffee goes to Japan"."""
    if head.pos_ != "NOUN" or cast.is_state(head) or cast.text.who(head) is not None or cast.text.is_time(head):
        return False
    kind = mapping("speaker_nouns").get(head.lemma_.lower())
    return kind is None and not any(is_one_of(head, name) for name in _MOVED) and not is_one_of(head, "acting")


def _person_of(cast: Cast, head: Token) -> Token:
    """The person whom a title in apposition means: "Jane Doe, the Commission's president, who asked him"."""
    who = cast.text.entity(head.head) if head.dep_ == "appos" else None
    return head.head if who is not None and cast.text.kind(who) is EntityKind.PERSON else head


def _group(cast: Cast, pattern: Pattern, head: Token) -> list[Sighting]:
    """A party, union or trade that says something for itself and not for its state: "Norwegian fishermen demanded"."""
    private = any(t.lower_ in nouns("private") for t in (head, *head.children) if t == head or t.dep_ == "appos")
    if cast.lead or pattern.root not in _SPOKEN or not private or cast.is_state(head):
        return []
    who = voice(cast.text, [head], None)
    if who is None or len(who.refs) != 1:
        return []
    own = who.entities[0] if who.entities else cast.text.entities[who.refs[0]]
    cast.entities[own.id] = own
    return [Sighting(head.i, own.id, own.id)] if who.entities or cast.text.state(own.id) is None else []


def _caused(verb: Token) -> list[Token]:
    """Who is made to do it: "prompting Doe to recall its envoy"."""
    above = verb.head
    if verb.dep_ not in {"xcomp", "ccomp"} or above.lemma_ not in _CAUSING:
        return []
    return [c for c in above.children if c.dep_ == "dobj" and above.i < c.i < verb.i]


def _unnamed(cast: Cast, verb: Token, pattern: Pattern) -> list[Sighting]:
    """Who does what a passive verb tells without saying by whom.

    "Were expelled from Doe", "the envoy to Doe was summoned", "was arrested in Doe", "..., Danish police said"; of what
    is given, whose it was.
    """
    done_to = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if pattern.root in _GIVEN and done_to is not None:
        return cast.phrase(done_to)
    if pattern.root == "18":  # "two Danes were kidnapped in Doe"
        return cast.there()
    if pattern.root not in _BY_STATES:
        return []
    if done_to is not None and is_one_of(done_to, "sanction"):  # "Doe's sanctions on Roe were extended"
        return [s for s in cast.sightings if done_to.left_edge.i <= s.i < done_to.i]
    mine = {s.state for s in cast.phrase(done_to)} if done_to is not None else set()
    left = behind(cast, verb, "from") or behind(cast, verb, "leave") if pattern.root in {"16", "17"} else []
    posted = [s for s in cast.sightings if done_to is not None and done_to.i < s.i < verb.i]
    placed = [s for s in cast.sightings if s.i > verb.i and below(verb, s.i) and in_place(verb.doc[s.i])]
    told = teller(cast, verb) or cast.tellers
    ahead = [s for s in cast.sightings if s.i < verb.i] if verb.dep_ == "ROOT" and cast.lead else []
    return [s for s in (*left, *posted, *placed, *told, *ahead) if s.state not in mine][:1]


def participle(verb: Token) -> bool:
    """Whether a participle alone tells what is done to the subject above: "Accused by Doe of spying, Roe said ..."."""
    return verb.tag_ == "VBN" and verb.dep_ == "advcl" and any(c.dep_ == "agent" for c in verb.children)


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


def behind(cast: Cast, verb: Token, preposition: str) -> list[Sighting]:
    """Names right behind a preposition that follows the verb."""
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.lower_ == preposition and below(verb, token.i) and not in_subject(verb, token.i):
            found = [s for s in cast.sightings if token.i < s.i <= token.i + _ALONG + 1 and _direct(verb, token.i, s.i)]
            if found:
                return found
    return []


def in_subject(verb: Token, i: int) -> bool:
    """Whether a token belongs to a subject behind its verb: "complained Doe, who appealed to Congress"."""
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i > verb.i]
    return any(c.is_ancestor(verb.doc[i]) for c in subjects)


def _direct(verb: Token, preposition: int, name: int) -> bool:
    return not any(t.pos_ in {"ADP", "VERB", "SCONJ"} and t.lower_ != "of" for t in verb.doc[preposition + 1 : name])


def below(verb: Token, i: int) -> bool:
    """Whether a token stands below a verb or the verb that it is joined to."""
    token = verb.doc[i]
    return verb.is_ancestor(token) or (verb.dep_ == "conj" and verb.head.is_ancestor(token))

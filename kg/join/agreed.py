"""Names on which documents agree by vote: of bodies, topics, unnamed sources, posts and places.

Each document casts its votes under a key; what all votes of a key decide, the verdict, gives the names. So a document
more changes only what its own keys decide.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kg.iris import fold, ref, slug
from kg.model import EntityKind, FactKind, Ref

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.model import DocumentFacts

Names: TypeAlias = "dict[tuple[str, Ref], Ref]"  # document and the name it gives -> the common name
Ballots: TypeAlias = "Sequence[tuple[str, int]]"  # each different one, sorted, with how many documents cast it
_LOCATED = (EntityKind.ORGANIZATION, EntityKind.PLACE)
_AND = "\x01"  # between the parts of a key or a ballot


class Vote(NamedTuple):
    """What a document says under a key about a thing that it calls by a name."""

    key: str
    name: Ref
    ballot: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way to agree: the votes of a document, what those under a key decide, and the name that this gives.

    `verdict` takes the key, the ballots and the number of documents; "" decides nothing. `name` takes a document, and
    its votes about one thing with their verdicts, sorted by key; None leaves the name.
    """

    votes: Callable[[DocumentFacts], Iterator[Vote]]
    verdict: Callable[[str, Ballots, int], str]
    name: Callable[[str, Sequence[tuple[Vote, str]]], Ref | None]


def agreed(ways: Iterable[Way], documents: Sequence[DocumentFacts]) -> Names:
    """The names that documents get in some ways, where they are others than their own."""
    names: Names = {}
    for way in ways:
        cast: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        told: dict[tuple[str, Ref], set[Vote]] = defaultdict(set)
        for one in documents:
            for vote in way.votes(one):
                cast[vote.key][vote.ballot].add(one.document.id)
                told[one.document.id, vote.name].add(vote)
        verdicts = {
            key: way.verdict(key, [(b, len(found[b])) for b in sorted(found)], len(set().union(*found.values())))
            for key, found in cast.items()
        }
        for (document, name), votes in told.items():
            new = way.name(document, [(vote, verdicts[vote.key]) for vote in sorted(votes)])
            if new is not None:
                names[document, name] = new
    return names


def _bodies(one: DocumentFacts) -> Iterator[Vote]:
    """Bodies and places of one name in different states are different: they get the state's code behind the name."""
    return (Vote(e.id, e.id, e.country) for e in one.entities if e.kind in _LOCATED and e.country)


def _stated(_document: str, told: Sequence[tuple[Vote, str]]) -> Ref | None:
    (vote, verdict), *_ = told
    return Ref(f"{vote.name}-{slug(vote.ballot.rpartition('/')[2])}") if verdict else None


def _topics(one: DocumentFacts) -> Iterator[Vote]:
    """Topics of the same words are one."""
    return (Vote(fold(e.label), e.id, e.id) for e in one.entities if e.kind is EntityKind.TOPIC)


def _sources(one: DocumentFacts) -> Iterator[Vote]:
    """The unnamed source of a sentence that is printed again is the same one; it has the name of the earliest print."""
    unnamed = {e.id: fold(e.label) for e in one.entities if e.kind is EntityKind.SOURCE}
    day = one.document.published
    for fact in one.facts if unnamed else ():
        for said in fact.assertions:
            if fact.kind is FactKind.STATEMENT and said.property == "speaker" and said.value in unnamed:
                speaker = Ref(str(said.value))
                sentence = " ".join(one.document.text[said.evidence.start : said.evidence.end].split())
                printed = _AND.join(("0" + day if day else "1", one.document.id, speaker))
                yield Vote(unnamed[speaker] + _AND + sentence, speaker, printed)


def _first_printed(document: str, told: Sequence[tuple[Vote, str]]) -> Ref | None:
    prints = (verdict.split(_AND) for _, verdict in told)
    return next((Ref(speaker) for _, earliest, speaker in prints if earliest != document), None)


def _posts(one: DocumentFacts) -> Iterator[Vote]:
    """A post without a state is the one of the same normal form that its holder has in other documents."""
    posts = {e.id: e for e in one.entities if e.kind is EntityKind.POST}
    for fact in one.facts:
        said = {a.property: a.value for a in fact.assertions}
        post = posts.get(Ref(str(said.get("post"))))
        if fact.kind is FactKind.TENURE and post is not None and post.normal_form:
            yield Vote(f"{said['member']}{_AND}{post.normal_form}", post.id, post.id if post.country else "")


def _held(_document: str, told: Sequence[tuple[Vote, str]]) -> Ref | None:
    found = {post for vote, verdict in told if not vote.ballot for post in verdict.split(_AND) if post}
    return Ref(found.pop()) if len(found) == 1 else None


def _spelled(one: DocumentFacts) -> Iterator[Vote]:
    """Places of one state whose names differ in blanks, hyphens and diacritics only: "Hà Nội", "Hanoi"."""
    for entity in one.entities:
        if entity.kind is EntityKind.PLACE and entity.country:
            letters = "".join(re.findall(r"\w+", fold(entity.label)))
            yield Vote(entity.country + _AND + letters, entity.id, entity.id)


def _commonest(_document: str, told: Sequence[tuple[Vote, str]]) -> Ref | None:
    return next((Ref(verdict) for vote, verdict in told if verdict != vote.name), None)


FIRST = (  # names as the documents give them
    Way(_bodies, lambda _key, ballots, _documents: "apart" if len(ballots) > 1 else "", _stated),
    Way(
        _topics, lambda key, ballots, documents: ref("topic", key) if len(ballots) > 1 and documents > 1 else "",
        lambda _document, told: Ref(told[0][1]) if told[0][1] else None,
    ),
    Way(_sources, lambda _key, ballots, _documents: ballots[0][0], _first_printed),
)  # fmt: skip
THEN = (  # people, bodies and places under their common names
    Way(_posts, lambda _key, ballots, _documents: _AND.join(b for b, _ in ballots if b), _held),
    Way(_spelled, lambda _key, ballots, _documents: min(ballots, key=lambda b: (-b[1], b[0]))[0], _commonest),
)

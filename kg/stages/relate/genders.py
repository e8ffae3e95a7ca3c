"""Whether "he" or "she" is said of a person, learnt from the text itself, else from the given name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.lexicon import mapping
from kg.model import EntityKind, Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.stages.relate.references import References

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_TITLES = {"mr": "he", "mr.": "he", "ms": "she", "ms.": "she", "mrs": "she", "mrs.": "she", "lord": "he", "lady": "she"}


def gender(word: str) -> str | None:
    """Which of "he" and "she" a form of the pronoun belongs to, if any."""
    return "he" if word in _HE else "she" if word in _SHE else None


def genders(text: References) -> dict[Ref, str]:
    """What each person is called where the text tells it surely.

    A title before a name tells it, and a pronoun whose sentence names one person before it; of persons left, the given
    name, and at last a pronoun whose sentence names nobody while the sentence before names one.
    """
    titled: dict[Ref, str] = {}
    votes: dict[Ref, Counter[str]] = {}
    weak: dict[Ref, Counter[str]] = {}
    last: set[Ref] = set()
    persons = {i: mention.entity for i, mention in text.person_at.items()}
    for sent in text.sentences:
        here: set[Ref] = set()
        for token in sent:
            low = token.lower_
            named = persons.get(token.i + 1) if low in _TITLES and token.i + 1 < sent.end else None
            if named is not None:
                titled[named] = _TITLES[low]
            if token.i in persons:
                here.add(persons[token.i])
            called = gender(low)
            if called is not None and len(here or last) == 1:
                _vote(votes if here else weak, next(iter(here or last)), called)
        last = here
    told = {ref: next(iter(found)) for ref, found in {**weak, **votes}.items() if len(found) == 1}
    return {**told, **{ref: called for ref, called in _by_given_name(text) if ref not in votes}, **titled}


def _by_given_name(text: References) -> Iterator[tuple[Ref, str]]:
    """What persons of a common given name are called."""
    known = mapping("given_names")
    for ref, entity in text.entities.items():
        first = known.get(entity.label.split()[0]) if entity.kind is EntityKind.PERSON else None
        if first is not None:
            yield ref, first


def _vote(votes: dict[Ref, Counter[str]], person: Ref | None, called: str) -> None:
    if person is not None:
        votes.setdefault(person, Counter())[called] += 1

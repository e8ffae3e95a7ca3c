"""Where a personal name is common: a hint at the state that its bearer serves, never proof.

A given name, a family name that stands first or the ending of a family name belongs to a language, and a language to
the states that speak it. Nobody is looked up: "Ken Tanaka" is Japanese in form, and may serve any state. So the hint
counts only among the states that a text names, and any title that tells the state goes before it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from fnmatch import translate
from functools import cache, lru_cache

from kg.iris import fold
from kg.lexicon import mapping, table

_OF_MANY = frozenset({"US", "GB", "CA", "AU", "NZ"})
_BY_PATTERN = 0.7  # what a word that only ends or begins as names of a language do counts, beside one that the list has


@cache
def _lists() -> tuple[dict[str, set[str]], list[tuple[re.Pattern[str], bool, str]]]:
    """The states by whole name; and patterns, whether they are endings of a last word only, and states."""
    whole: defaultdict[str, set[str]] = defaultdict(set)
    patterns: list[tuple[re.Pattern[str], bool, str]] = []
    for _, states, names in table("name_origins"):
        for name in names.split():
            if "*" in name:
                patterns.append((re.compile(translate(name)), name[0] == "*" and "-" not in name, states))
            else:
                whole[name] |= set(states.split())
    return dict(whole), patterns


@cache
def _covered() -> frozenset[str]:
    """The states of whose names the list has some."""
    return frozenset({"EU"}.union(*(states.split() for _, states, _ in table("name_origins"))))


@lru_cache(maxsize=5_000)
def origins(name: tuple[str, ...]) -> dict[str, float]:
    """For each state, the share of the words of a name that are common there; states without any are left out."""
    whole, patterns = _lists()
    parts = [fold(word).strip(".,'’") for word in name]
    shares: defaultdict[str, float] = defaultdict(float)
    for n, word in enumerate(parts):
        for state in whole.get(word) or _of_two(word, whole):
            shares[state] += 1 / len(parts)
        last = 0 < n == len(parts) - 1
        fits = (states for form, ending, states in patterns if (last or not ending) and form.fullmatch(word))
        for state in {s for states in fits for s in states.split()} - whole.get(word, set()):
            shares[state] += _BY_PATTERN / len(parts)
    members = [share for state, share in shares.items() if state in _members()]
    return {**shares, "EU": max(members)} if members else dict(shares)


@cache
def _members() -> frozenset[str]:
    return frozenset(state for state, union in table("customs_unions") if union == "EU" != state)


def _of_two(word: str, whole: dict[str, set[str]]) -> set[str]:
    """The states of "Jean-Luc", where each half is common."""
    halves = [whole.get(half, set()) for half in word.split("-")]
    return set.intersection(*halves) if len(halves) > 1 else set()


def plausible(name: tuple[str, ...], state: str, states: set[str], *, safely: bool = True) -> bool:
    """Whether a bearer of a name may serve a state: unless the name is common in another of `states`, and not there.

    Of a state whose names the list does not have, nothing can be said.

    Not `safely`, names of all languages may serve a state of immigration.
    """
    shares = origins(name)
    if state in shares or state not in _covered() or _is_brought(name, state) or (not safely and state in _OF_MANY):
        return True
    return not any(code in shares for code in states)


@cache
def _brought() -> tuple[dict[str, set[str]], list[tuple[re.Pattern[str], str]]]:
    """The states to which names were brought with a language, by whole name and by pattern."""
    whole: defaultdict[str, set[str]] = defaultdict(set)
    patterns: list[tuple[re.Pattern[str], str]] = []
    for language, _, names in table("name_origins"):
        states = mapping("name_heirs").get(language, "")
        for name in names.split() if states else ():
            if "*" in name:
                patterns.append((re.compile(translate(name)), states))
            else:
                whole[name] |= set(states.split())
    return dict(whole), patterns


def _is_brought(name: tuple[str, ...], state: str) -> bool:
    """Whether a word of a name was brought to a state: "Grace" to Zambia, the ending of "Rahimov" to Uzbekistan."""
    whole, patterns = _brought()
    parts = [fold(word).strip(".,'’") for word in name]
    return any(state in whole.get(w, ()) for w in parts) or any(
        state in states.split() and form.fullmatch(w) for form, states in patterns for w in parts[-1:])


def foreign(name: tuple[str, ...], state: str, states: set[str]) -> bool:
    """Whether at most half as many words of a name are common in a state as in another of `states`."""
    shares = origins(name)
    most = max((shares.get(code, 0) for code in states), default=0)
    less = state in _covered() and most > 0 and shares.get(state, 0) <= most / 2
    return less and not _is_brought(name, state)

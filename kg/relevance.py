"""Whether a text shows any sign of negotiations: the gate of `--only-relevant`, before any parsing.

A text passes with a word that begins as one of `signs.tsv` does, and the name of an office, a state or a bloc; a short
one, which has few words to show, also with two states.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.stages.recognize.geography import country

if TYPE_CHECKING:
    from collections.abc import Iterable

_CAPITALISED = re.compile(r"[A-ZÀ-Þ](?:[\w'’-]|\.(?=\w)|(?<=\.[A-Z])\.)*")  # "U.S." keeps its points
_TAIL = re.compile(r"(?:['’]s?|-\w+)$")  # of "China's", "Mexicans'", "South African-backed"


# Every article of our corpora with a fact has a sign. Of single sentences that tell of a deed between states a quarter
# has none ("Russia halted gas supplies to Ukraine"); nearly all of them name both.
SHORT = 600  # characters


def relevant(text: str) -> bool:
    """Whether the text may give facts; comments and all, since they stand with their article."""
    small = text.lower()
    if _signs().search(small):
        return bool(_offices().search(small)) or bool(_parties(text, 1))
    return len(text) < SHORT and len(_parties(text, 2)) == 2


@cache
def _signs() -> re.Pattern[str]:
    return _beginnings(row[0] for row in table("signs"))


@cache
def _offices() -> re.Pattern[str]:
    """Public offices: players and doctors stand in every newspaper."""
    return _beginnings(row[0] for row in table("offices") if row[1] != "other")


def _beginnings(words: Iterable[str]) -> re.Pattern[str]:
    """One of the words at the beginning of a word in small letters; with a blank behind it, the whole word.

    Sorted by first letters, which makes the search four times as fast as one list of words.
    """
    rests: dict[str, list[str]] = defaultdict(list)
    for word in words:
        form = word.strip().lower()
        rests[form[0]].append(re.escape(form[1:]) + (r"\b" if word.endswith(" ") else ""))
    forms = (f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items())
    return re.compile(rf"\b(?:{'|'.join(forms)})")


def _parties(text: str, enough: int) -> set[str]:
    """States by code and armed groups by name, no more than `enough`: "Japanese", "Sri Lanka", "U.S.", "Hamas"."""
    words = [(match.start(), match.group()) for match in _CAPITALISED.finditer(text)]
    pairs = (f"{a} {b}" for (at, a), (next_at, b) in pairwise(words) if next_at == at + len(a) + 1)
    found: set[str] = set()
    for name in dict.fromkeys(chain((word for _, word in words), pairs)):
        state = country(name) or country(_TAIL.sub("", name))
        if state or name in _groups():
            found.add(state[0] if state else name)
        if len(found) == enough:
            break
    return found


@cache
def _groups() -> frozenset[str]:
    return frozenset(row[0] for row in table("armed_groups"))

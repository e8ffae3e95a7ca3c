"""What of an article a reader comment quotes."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"[\"“„«‟]([^\"“”„«»‟]{20,})[\"”»“]|(?m:^\s*>+\s?(\S.*)$)")
_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-"})
MIN_QUOTE = 5  # words; fewer are a turn of phrase


def quotes(words: str, article: str) -> tuple[tuple[int, int], ...]:
    """Stretches of the article, by offset, that the words quote: at least five words, spaces and quote signs folded."""
    found: list[tuple[int, int]] = []
    folded: tuple[str, list[int]] | None = None
    for match in _QUOTED.finditer(words):
        wanted = _fold(match[1] or match[2])[0].strip(" .,;:!?\"'")
        if len(wanted.split()) < MIN_QUOTE:
            continue
        folded = folded or _fold(article)
        at = folded[0].find(wanted)
        if at >= 0:
            found.append((folded[1][at], folded[1][at + len(wanted) - 1] + 1))
    return tuple(dict.fromkeys(found))


def _fold(text: str) -> tuple[str, list[int]]:
    """The text in small letters with one space for each run of white space, and the offset of each character."""
    letters: list[str] = []
    offsets: list[int] = []
    for i, c in enumerate(text.translate(_FOLD)):
        c = " " if c.isspace() else c.lower()
        if len(c) == 1 and not (c == " " and letters and letters[-1] == " "):
            letters.append(c)
            offsets.append(i)
    return "".join(letters), offsets

"""Whether a text is English, by its function words: cheap, deterministic, without a model."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from kg.errors import SourceError
from kg.lexicon import table

_WORD = re.compile(r"(?<!['’])\b[^\W\d_]+")  # not the "s" of "Austria's", which is a Czech word
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
# "von der Leyen" is a name where it is told again; in "von der Regierung" the same words are German.
_PARTICLES = re.compile(r"\b((?:[a-z]{2,3} ){1,3})([A-Z\u00c0-\u00de][\w’'-]+)")
_URL = re.compile(r"https?://\S+")
SAMPLE = 3000  # characters: five hundred words settle it
# Of the words in lower case, 36 to 57 % are English function words in 43 English articles; in sentences of 14 other
# languages at most 17 % (Portuguese). Between the two thresholds the other languages' own words decide.
CLEAR, SHARE = 0.3, 0.2
SHORT = 12  # below so many words in lower case the share says little: only another language's words refuse it
LONG = 40  # of fewer words a share of .2 is a matter of chance (1 of 400 English lead sentences has less): one will do


@cache
def _languages() -> dict[str, frozenset[str]]:
    languages = {language: frozenset(words.split()) for language, words in table("function_words")}
    english = languages["English"]
    return {language: words if words is english else words - english for language, words in languages.items()}


def require_english(text: str, name: str) -> None:
    """Nothing for an English text.

    Raises:
        SourceError: It has no letters, is mostly in another script, or reads as another language.
    """
    sample = _URL.sub(" ", text[:SAMPLE]).replace("per cent", "percent")  # "per" is an Italian word
    told = Counter(_PARTICLES.findall(sample))
    words = _WORD.findall(_PARTICLES.sub(lambda m: m[2] if told[m.groups()] > 1 else m[0], sample))
    if not words:
        raise SourceError(f"{name}: there are no words in it; give an English text")
    letters = "".join(words)
    if len(_LATIN.findall(letters)) < len(letters) / 2:
        raise SourceError(f"{name}: the text is not English (most letters are not Latin); give an English text")
    # Capitalised words are names and headlines; a text in capitals has only those.
    lower = [word for word in words if word[0].islower()] or [word.lower() for word in words]
    languages = _languages()
    english = sum(word in languages["English"] for word in lower)
    if len(lower) >= SHORT and english >= CLEAR * len(lower):
        return
    hits = {name: sum(word in known for word in lower) for name, known in languages.items() if name != "English"}
    other = min(hits, key=lambda language: (-hits[language], language))
    if hits[other] > max(english, 1):  # "Tanaka met Doe" has one Dutch word
        raise SourceError(f"{name}: the text is not English (it reads as {other}); give an English text")
    wanted = SHARE * len(lower) if len(lower) >= LONG else 1
    if len(lower) >= SHORT and english < wanted and _prose(text):
        raise SourceError(f"{name}: the text is not English (too few English words); give an English text")


def _prose(text: str) -> bool:
    """False for tables and lists of names, which have few function words in any language."""
    digits = sum(c.isdigit() for c in text[:SAMPLE])
    return digits < len(text[:SAMPLE]) / 20

"""What single words mean where tariffs are told: tariff nouns, the verbs around them, and reasons.

Words are data (`kg/lexicon/tariff_words.tsv`, `kg/lexicon/tariff_grounds.tsv`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.lexicon import table

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

RATE_NOUNS = frozenset({"rate", "rates", "level", "levels"})
_PARTS = frozenset({"of", "at", "to", "from", "by"})


@cache
def classes(word: str) -> frozenset[str]:
    """The classes of a word or lemma: `impose`, `raise`, `pay`, `generic`, ..."""
    return _table().get(word, frozenset())


@cache
def _table() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for word, kind in table("tariff_words"):
        found.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


def is_tariff(token: Token) -> bool:
    """Whether a token is a noun for a tariff here: "tariffs on steel", "import tax", not "heavy-duty", "prepaid tariffs"."""
    kinds = classes(token.lower_)
    if not kinds & {"noun", "duty", "tax"} or token.pos_ in {"VERB", "AUX"}:
        return False
    before = _before(token)
    if "tax" in kinds:
        return "taxed" in classes(before.lower_) if before is not None else False
    if before is not None and before.lower_ in {"-", "‑"}:
        before = _before(before)
    if before is not None and before.lower_ in {"non", "off"}:
        return False
    if _free(token):
        return False
    if "duty" in kinds and before is not None and before.lower_ in {"on", "off", "heavy"}:
        return False
    return before is None or "other" not in classes(before.lower_)


def _free(token: Token) -> bool:
    """ "duty-free", "tariff free", "free of duty"."""
    behind = [t.lower_ for t in token.doc[token.i + 1 : token.i + 3]]
    ahead = [t.lower_ for t in token.doc[max(0, token.i - 2) : token.i]]
    return "free" in behind[:1] or (behind == ["-", "free"]) or ahead == ["free", "of"] or ahead == ["free", "from"]


def freedom(token: Token) -> Token | None:
    """The verb by which goods are free of duty: "will be free of duty", "enter duty-free"; None for "duty-free quotas"."""
    if not classes(token.lower_) & {"noun", "duty"} or not _free(token):
        return None
    for i in range(token.i - 1, max(token.sent.start, token.i - 4) - 1, -1):
        if token.doc[i].lemma_ in {"be", "enter", "become", "remain", "stay", "import", "ship", "come", "export"}:
            return token.doc[i]
    return None


def stands_for(token: Token) -> bool:
    """ "those on steel": tariffs named before."""
    if token.i + 1 >= token.sent.end:
        return False
    following = token.nbor(1)
    if token.lower_ in {"those", "ones", "that"}:
        return following.lower_ == "on"
    return token.tag_ == "POS" and (following.pos_ in {"VERB", "AUX"} and following.tag_ in {"VBZ", "VBD", "VBP", "MD"})


def _before(token: Token) -> Token | None:
    return token.nbor(-1) if token.i > token.sent.start else None


def verb_class(token: Token) -> frozenset[str]:
    """The classes of a verb, or of the adjective in "subject to"."""
    if token.pos_ in {"VERB", "AUX"} or token.lower_ in {"subject", "levies", "slaps", "hikes"}:
        return classes(token.lemma_.lower()) & _VERBS
    return frozenset()


_VERBS = frozenset({"impose", "threaten", "raise", "lower", "remove", "pause", "keep", "pay", "hit", "get", "move"})


@cache
def _grounds() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row[0]})" for row in table("tariff_grounds")), re.IGNORECASE)


def law(ground: str) -> str | None:
    """The state whose law a ground is, where it is one."""
    return next((row[1] for row in table("tariff_grounds") if len(row) > 1 and re.fullmatch(row[0], ground, re.IGNORECASE)), None)


_CAUSE = re.compile(
    r"\b(?:citing|because of|on (?:the )?grounds? of|justif\w+ (?:\w+ ){0,4}(?:with|by)|as punishment for|as a penalty for|in retaliation for"
    r"|to punish \w+ for|penalt(?:y|ies) for|blamed (?:\w+ ){0,3}on|over)\s+(?P<why>(?:the |its |their |his )?[^,.;:()\"“”]{4,70})"
)
_NO_CAUSE = re.compile(
    r"tariff|dut(?:y|ies)|lev(?:y|ies)|percent|per cent|%|year|month|week|decade|phone|video|lunch|dinner|time|weekend|course",
    re.IGNORECASE,
)


def cause(sent: Span) -> tuple[str, int, int] | None:
    """The reason in words of its own: "because of India's purchases of Russian oil"."""
    match = _CAUSE.search(sent.text)
    if match is None or _NO_CAUSE.search(match["why"]):
        return None
    start = sent.start_char + match.start("why")
    words = match["why"].rstrip()
    return words, start, start + len(words)


def grounds(sent: Span) -> list[tuple[str, int, int]]:
    """The reasons that a sentence gives for tariffs, with their offsets in the text; those joined by "and" are one."""
    text, base = sent.text, sent.start_char
    found = [(m.start(), m.end()) for m in _grounds().finditer(text)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and text[joined[-1][1] : start] in {" and ", " or ", ", ", "/"}:
            joined[-1] = (joined[-1][0], end)
        elif not joined or start >= joined[-1][1]:
            joined.append((start, end))
    return [(text[s:e].strip(), base + s, base + e) for s, e in joined]


_DEAL = re.compile(
    r"\b(?:under|as part of|in|thanks to|by) (?:the|a|an|its|their|this|that|which|last|what)\b[^.;]{0,40}"
    r"(?:agreement|deal|pact|accord|framework|treaty|partnership|truce)\b"
    r"|\b(?:agreements?|deals?|pact|accord|framework|treaty|truce)\b[^.;]{0,30}\b(?:that|which|under which|takes? effect"
    r"|enters? into force|sets?|cuts?|lowers?|caps?|provides?|includes?)\b"
    r"|\b(?:once|when|after|day) the (?:\w+ )?(?:agreement|deal|pact|accord|treaty) (?:is|enters|takes|comes)\b"
    r"|\b(?:agreed|agree|agrees) (?:on \w+ )?(?:to|that|on)\b|\bjoint (?:statement|declaration|communiqu)",
    re.IGNORECASE,
)
_CONCLUDED = re.compile(
    r"\b(?:sign(?:s|ed)?|reach(?:es|ed)?|struck|strikes?|conclude[sd]?|clinch(?:es|ed)?|welcomed)\b[^.;\n]{0,70}"
    r"\b(?:agreement|deal|pact|accord|framework|treaty|partnership)\b"
    r"|\b(?:agreement|pact|accord|treaty)\b[^.;\n]{0,40}\b(?:enters?|comes?|takes?) (?:into )?(?:force|effect)",
    re.IGNORECASE,
)


def in_deal(sent: Span) -> bool:
    """Whether a sentence tells what was agreed."""
    return _DEAL.search(sent.text) is not None


def deal_told(words: str) -> bool:
    """Whether a text reports that an agreement was reached or signed."""
    return _CONCLUDED.search(words) is not None

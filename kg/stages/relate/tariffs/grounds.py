"""Why tariffs are imposed, and whether a text tells of an agreement."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.stages.relate.tariffs.words import spoken

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.frame import Frame
    from kg.tokens import Span

Ground = tuple[str, int, int]  # words, and the characters where they stand

_CAUSE = re.compile(
    r"\b(?:cit(?:ed|es|ing)|because of|on account of|owing to"
    r"|due to(?! (?:be|begin|start|take|come|expire|end|enter|go|apply|rise|fall|meet|hold|pay)\b)|invok\w+|over"
    r"|(?:answer|response|reaction|retaliation) to|on (?:the )?grounds? (?:of|that)"
    r"|justif\w+ (?:\w+ ){0,4}(?:with|by)|as a penalty for|in retaliation for|to punish (?:\w+ ){1,3}for"
    r"|for(?= (?:its |their |the )?(?:purchas|buying|fail|refus|doing|harbou?r))"
    r"|penalt(?:y|ies) for|punishment for|blamed (?:\w+ ){0,3}on)\s+"
    r"(?P<why>(?:the |its |their |his )?[^,.;:()\"“”]{4,70})"
)
_NO_CAUSE = re.compile(
    r"tariff|dut(?:y|ies)|lev(?:y|ies)|surtax|surcharge|those|percent|per cent|%"
    r"|year|month|week|decade|phone|video|lunch|dinner|time"
    r"|weekend|course",
    re.IGNORECASE,
)
_PACT = r"(?:agreement|deal|pact|accord|framework|treaty|partnership|truce)"
_PACT_DOES = (
    r"(?:abolish|eliminat|scrap|remov|phas|wip|halv|reduc|slash|lower|cap|spar|free|waiv|dismantl)(?:e?s|ing|e)?\b"
    r"|(?:cut(?:s|ting)?|trim(?:s|ming)?|rid(?:s|ding)?)\b"
    r"|do(?:es|ing)? away with\b|get(?:s|ting)? rid of\b|see(?:s|ing)?\b|bring(?:s|ing)?\b|means?\b"
)
_DEAL = re.compile(
    r"\b(?:under|as part of|in|thanks to|by) (?:the|a|an|its|their|this|that|which|last|what|\w+['’]s)(?!\w)"
    rf"[^.;]{{0,40}}{_PACT}\b"
    rf"|\b{_PACT}s?\b[^.;]{{0,30}}\b(?:that|which|takes? effect|enters? into force|sets?|cuts?|lowers?|caps?|provides?"
    r"|includes?)\b"
    rf"|\b{_PACT}s?(?:, [^,.;]{{4,50}},)? (?:(?:will|would|is to|also) )*(?:{_PACT_DOES})"
    r"|\bunder (?:its|the|their) terms\b"
    rf"|\b(?:once|when|after|day) the (?:\w+ )?{_PACT} (?:is|enters|takes|comes)\b"
    r"|\bin (?:exchange|return|turn)\b(?! for)"
    r"|\b(?:agreed|agree|agrees) (?:on \w+ )?(?:to|that|on)\b|\bjoint (?:statement|declaration|communiqu)",
    re.IGNORECASE,
)
_CONCLUDED = re.compile(
    r"\b(?<!not )(?<!n't )(?<!n’t )(?<!never )"
    r"(?:sign(?:s|ed)?|reach(?:es|ed)?|struck|strikes?|conclude[sd]?|clinch(?:es|ed)?|welcomed|seal(?:s|ed)?|inked"
    rf"|finali[sz]e[sd]?|complete[sd]?|present(?:s|ed)|unveil(?:s|ed)|announced?|hail(?:s|ed)|(?:have|has|had|got) an?"
    r"|initial(?:s|l?ed)|hammered out|put (?:their|its|his) names? to)\b"
    rf"[^.;\n]{{0,70}}\b{_PACT}\b"
    r"|\b(?:agreement|pact|accord|treaty)\b[^.;\n]{0,40}\b(?:enters?|comes?|takes?) (?:into )?(?:force|effect)"
    rf"|\b(?<!no ){_PACT}\b[^.;\n]{{0,70}}\b(?:was|were|been) (?:\w+ )?(?:signed|concluded|sealed|struck|initialled)\b"
    r"|\bIn (?:exchange|return|turn), [^.]{0,80}\b(?:are to|is to|will|agreed|committed|pledged|promised)\b"
    r"|\b(?:declaration|letter|statement) of intent\b",
    re.IGNORECASE,
)


@cache
def _known() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row[0]})" for row in table("tariff_grounds")), re.IGNORECASE)


def grounds(sent: Span) -> list[Ground]:
    """The known reasons that a sentence gives for tariffs; those joined by "and" are one."""
    text, base = spoken(sent), sent.start_char
    joined: list[tuple[int, int]] = []
    for match in _known().finditer(text):
        start, end = match.span()
        if joined and text[joined[-1][1] : start] in {" and ", " or ", ", ", "/"}:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [(text[s:e].strip(), base + s, base + e) for s, e in joined]


def cause(sent: Span) -> Ground | None:
    """The reason in words of its own: "because of India's purchases of Russian oil"."""
    match = _CAUSE.search(spoken(sent))
    if match is None or _NO_CAUSE.search(match["why"]):
        return None
    start = sent.start_char + match.start("why")
    words = match["why"].rstrip()
    return words, start, start + len(words)


def law(ground: str) -> str | None:
    """The state whose law a ground is, where it is one: Section 232 is a law of the United States."""
    for row in table("tariff_grounds"):
        if len(row) > 1 and re.fullmatch(row[0], ground, re.IGNORECASE):
            return row[1]
    return None


def in_deal(sent: Span) -> bool:
    """Whether a sentence tells what was agreed."""
    return _DEAL.search(spoken(sent)) is not None


def deal_told(words: str) -> bool:
    """Whether a text reports that an agreement was reached or signed."""
    return _CONCLUDED.search(words) is not None


def give_grounds(sent: Span, found: list[Frame]) -> None:
    """Each reason goes to the tariff told nearest to it; one behind a list of rates to all of the list."""
    if not found:
        return
    why = grounds(sent)
    penal = any(t.lemma_ in {"penalty", "punishment"} for t in sent)
    other = cause(sent) if not why and (penal or any(f.deed for f in found)) else None
    for ground in [*why, *([other] if other is not None else [])]:
        near = [f for f in found if not any(g.start <= ground[1] < g.end for g in f.goods)]
        before = [f for f in near if f.at.idx < ground[1]]
        if before and (len({f.host for f in before}) == 1 or all(f.rule == "tariff-listed" for f in before[1:])):
            near = before
        elif near:
            near = [min(near, key=lambda f: abs(f.at.idx - ground[1]))]
        for frame in near:
            frame.ground = frame.ground or ground

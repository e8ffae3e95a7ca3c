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

_CUES = ("sure", "answer", "deed", "issue", "target")
_LEVIES = r"tariff|dut(?:y|ies)|lev(?:y|ies)|surtax|surcharge|those"
_TIMES = r"percent|per cent|%|year|month|week|decade|phone|video|lunch|dinner|time|weekend|course"
_NO_CAUSE = re.compile(f"{_LEVIES}|{_TIMES}", re.IGNORECASE)
_NO_ANSWER = re.compile(
    rf"^(?:the |its |their |these |those |this |that )?(?:\w+ )?(?:{_LEVIES})s?$|{_TIMES}", re.IGNORECASE
)
_JOINS = re.compile(
    r" and | or |, |/| law | of (?:the )?(?:U\.?S\.? )?| (?:of [\w ]{4,40}? )?(?:on|over|for|to combat) (?:the )?| \("
    r"|,?(?: and)? (?:cit|invok)ing (?:the )?"
)
_BORNE = frozenset({"tariff-payer", "tariff-levied", "tariff-getter"})
_CALLED = re.compile(r"(?:what (?:\w+ ){1,3}(?:calls?|called|saw as|sees as) (?:an? )?)?[\"“” ]*", re.IGNORECASE)
_EMPTY = re.compile(
    r"(?:what|that|this|it|the (?:move|step|matter|issue|decision)s?)(?: \w+)?(?: (?:did|does|done))?$", re.IGNORECASE
)
_POINTING = frozenset({"it", "they", "this", "that", "these", "the"})
_DONE = re.compile(r" (?:was|were|is|are|has|have|had|will|would)\b.*")
_PLAIN_CUE = re.compile(r"(?:over|because of|due to|owing to|on account of|for) ", re.IGNORECASE)
_ORDER = re.compile(r"\b(?:order|decree|proclamation|letter|notice|directive)s?\b", re.IGNORECASE)
_BEHIND = re.compile(  # what no longer tells the reason
    r" as (?:the|its|his|a|their) (?:\w+ )?(?:reason|grounds?|justification|motive|pretext)\b.*"
    r"|,? (?:and|but|while) (?:\w+ed|took|went|put|has|have|had|is|are|was|were|will|would)\b.*"
    r"|(?: (?:since|from|on|until|in|by|at|for))? (?:last|this|next|early|late|earlier) (?:\w+ )?"
    r"(?:year|month|week|spring|summer|autumn|fall|winter|decade|time)\b.*"
    r"| (?:since|from|on|until|in|by|as of) (?:\d|(?:Jan|Feb|Mar|Apr|May|June|July|Aug|Sep|Oct|Nov|Dec|\w+day\b)).*"
)
_NEGOTIATED = re.compile(
    r"\b(?:deal|agreement|accord|pact|talks?|negotiat\w+|compromise|solution|terms|settlement|summit)\b",
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
    r"|^under (?:the )?(?:\w+[- ]){0,2}(?:ceta|c?epa|cptpp|rcep|afcfta|korus|ecta|ceca|tepa|fta),"
    r"|\bunder (?:its|the|their) terms\b"
    rf"|\b(?:once|when|after|day) the (?:\w+ )?{_PACT} (?:is|enters|takes|comes)\b"
    r"|\b(?:abolish|eliminat|scrap|remov|phase|dismantl|lift)\w*\b[^.;]{0,90}"
    r"\b(?:over|within|in) (?!(?:recent|past|last)\b)(?:[\w-]+ ){1,3}(?:years|stages|steps|phases|instal?ments)\b"
    r"|\bin (?:exchange|return|turn)\b(?! for)"
    r"|\b(?:agreed|agree|agrees) (?:with (?:\w+ ){1,3})?(?:on \w+ )?(?:to|that|on)\b"
    r"|\bjoint (?:statement|declaration|communiqu)",
    re.IGNORECASE,
)
_CONCLUDED = re.compile(  # of words in lower case: less than half of the time that IGNORECASE takes
    r"\b(?<!not )(?<!n't )(?<!n’t )(?<!never )"
    r"(?:sign(?:s|ed)?|reach(?:es|ed)?|struck|strikes?|conclude[sd]?|clinch(?:es|ed)?|welcomed|seal(?:s|ed)?|inked"
    rf"|finali[sz]e[sd]?|complete[sd]?|present(?:s|ed)|unveil(?:s|ed)|announced?|hail(?:s|ed)|(?:have|has|had|got) an?"
    r"|initial(?:s|l?ed)|hammered out|put (?:their|its|his) names? to)\b"
    rf"[^.;\n]{{0,70}}\b{_PACT}\b"
    r"|\b(?:agreement|pact|accord|treaty)\b[^.;\n]{0,40}\b(?:enters?|comes?|takes?) (?:into )?(?:force|effect)"
    rf"|\b(?<!no ){_PACT}\b[^.;\n]{{0,70}}\b(?:was|were|been) (?:\w+ )?(?:signed|concluded|sealed|struck|initialled)\b"
    r"|\bin (?:exchange|return|turn), [^.]{0,80}\b(?:are to|is to|will|agreed|committed|pledged|promised)\b"
    r"|\b(?:declaration|letter|statement) of intent\b|\bwhat (?:was|has been|is|they) agreed\b"
    rf"|\b(?:points|terms|elements|provisions|highlights) of the [^;\n]{{0,40}}\b{_PACT}\b"
    rf"|\b{_PACT}\b[^.\n]{{0,20}}\bfact ?sheet\b|\bfact ?sheet\b[^.\n]{{0,40}}\b{_PACT}\b"
)


@cache
def _known() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row[0]})" for row in table("tariff_grounds")), re.IGNORECASE)


@cache
def _cues() -> re.Pattern[str]:
    """The words that lead to a reason, a group for each class, and the reason behind them."""
    told = {kind: "|".join(row[0] for row in table("ground_cues") if row[1] == kind) for kind in _CUES}
    leading = "|".join(f"(?P<{kind}>{told[kind]})" for kind in _CUES[:-1])
    why = r"\s+(?P<why>(?:the |its |their |his )?(?:\bU\.[SKN]\.|[^,.;:()]){4,70})"
    ends = r"(?= (?:will|would|could|must|may|should|shall|are to|faces?|pays?)\b|[,.;:()\n]|$)"
    does = rf"(?P<target>{told['target']})(?P<does>[^,.;:()]{{4,60}}?){ends}"
    return re.compile(rf"\b(?:(?:{leading}){why}|{does})", re.IGNORECASE)


@cache
def _issues() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(row[0] for row in table("tariff_issues")) + ")", re.IGNORECASE)


def grounds(sent: Span) -> list[Ground]:
    """The known reasons that a sentence gives for tariffs; joined ones are one, as a law and its reason."""
    text, base = spoken(sent), sent.start_char
    joined: list[tuple[int, int]] = []
    for match in _known().finditer(text):
        start, end = match.span()
        if joined and _JOINS.fullmatch(text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [(text[s:e].strip(), base + s, base + e) for s, e in joined]


def causes(sent: Span, *, deed: bool = True) -> list[Ground]:
    """The reasons in words of their own: "because of India's purchases of Russian oil".

    Args:
        sent: The sentence.
        deed: Whether it tells of a tariff that is imposed, raised, threatened or borne.
    """
    words, at = spoken(sent), 0
    found: list[tuple[str, int]] = []
    while (match := _cues().search(words, at)) is not None:
        name = "does" if match["target"] is not None else "why"
        at = match.start(name)
        lead = _CALLED.match(match[name])
        start = at + (lead.end() if lead is not None else 0)
        start = match.start() if match[0][:6].lower() in {"unless", "until "} else start
        why = _BEHIND.sub("", words[start : match.end(name)]).rstrip(' "“”')
        why = _DONE.sub("", why) if _PLAIN_CUE.match(match[0]) else why  # "over Russian oil | was announced"
        if '"' in why and words[start - 1] == '"':
            start, why = start - 1, f'"{why}'
        if _is_reason(match, why, deed=deed) and not _does(sent, sent.start_char + at):
            if found and start < found[-1][1] + len(found[-1][0]):
                found.pop()  # "says | it is aimed at | hurting exports": the words nearest to the reason lead to it
            found.append((why, start))
            at = at if match["issue"] is not None else start + len(why)
    return [(why, sent.start_char + start, sent.start_char + start + len(why)) for why, start in found]


def _does(sent: Span, at: int) -> bool:
    """As in "due to | disappear in May": no reason."""
    token = next((t for t in sent if t.idx == at), None)
    return token is not None and token.tag_ == "VB" and token.i > sent.start and token.nbor(-1).lower_ == "to" and (
        token.i > sent.start + 1 and token.nbor(-2).lower_ == "due"
    )  # fmt: skip


def reasons(sent: Span, *, deed: bool) -> list[Ground]:
    """The known reasons of a sentence and those in words of their own, in order."""
    known = grounds(sent)
    other = (c for c in causes(sent, deed=deed) if not any(c[1] < g[2] and g[1] < c[2] for g in known))
    return sorted([*known, *other], key=lambda g: g[1])


def cause(sent: Span, *, deed: bool = True) -> Ground | None:
    """The first reason in words of its own."""
    return next(iter(causes(sent, deed=deed)), None)


def _is_reason(match: re.Match[str], why: str, *, deed: bool) -> bool:
    if not why or _EMPTY.match(why) is not None:
        return False
    if match["answer"] is not None:
        return _NO_ANSWER.search(why) is None
    if _NO_CAUSE.search(why) is not None:
        return False
    if match["issue"] is None and match["deed"] is None:
        return True
    plain = match["deed"] is not None and deed
    return (plain or _issues().search(why) is not None) and _NEGOTIATED.search(why) is None


def law(ground: str) -> str | None:
    """The state whose law a ground is, where it is one: Section 232 is a law of the United States."""
    for row in table("tariff_grounds"):
        if len(row) > 1 and re.search(row[0], ground, re.IGNORECASE):
            return row[1]
    return None


def in_deal(sent: Span) -> bool:
    """Whether a sentence tells what was agreed."""
    return _DEAL.search(spoken(sent)) is not None


def deal_told(words: str) -> bool:
    """Whether a text reports that an agreement was reached or signed."""
    return _CONCLUDED.search(words.lower()) is not None


def give_grounds(sent: Span, found: list[Frame]) -> None:
    """Each reason goes to the tariff told nearest to it; one behind a list of rates to all of the list."""
    if not found:
        return
    deed = any(f.deed or f.pays or f.kind == "pay" or f.rule in _BORNE for f in found)
    deed = deed or any(f.kind == "move" and f.status == "Threatened" for f in found)  # "will go up because"
    deed = deed or any(t.lemma_ in {"penalty", "punishment"} for t in sent)
    for ground in reasons(sent, deed=deed):
        near = [f for f in found if not any(g.start <= ground[1] < g.end for g in f.goods)]
        near = [f for f in near if not (f.background and f.at.idx > ground[1])]  # that of what comes on top of it
        near = [f for f in near if not ground[1] <= f.at.idx < ground[2]]
        own = [f for f in near if f.host is not None and 0 <= f.host.idx - ground[2] <= 1]
        before = [f for f in near if f.at.idx < ground[1]]
        if own:
            near = own  # "anti-dumping duties of 50 percent and anti-subsidy duties of 15"
        elif before and (before[-1].further or before[-1].background):
            near = before[-1:]
        elif before and (_done_by_one(before) or all(f.rule == "tariff-listed" for f in before[1:])):
            near = before
        elif near and (before or any(f.head is not near[0].head for f in near)):
            near = [min(near, key=lambda f: abs(f.at.idx - ground[1]))]
        for frame in near:
            frame.ground = frame.ground or ground


def _done_by_one(found: list[Frame]) -> bool:
    """As in "The steel and the tin tariff remain in place on national security grounds": one noun or verb for all."""
    verb = found[0].doing.verb
    one_verb = verb is not None and all(f.doing.verb == verb for f in found)
    return one_verb or len({f.host for f in found}) == 1


def carried_over(sent: Span, here: list[Frame], found: list[Frame], ordered: Ground | None) -> Ground | None:
    """Give tariffs the reason of the order told right before them, and what steps give as theirs to the first step.

    Returns:
        The reason of an order that a sentence without tariffs tells of: "He signed it, citing national security".
    """
    if not here:
        order = _ORDER.search(spoken(sent)) is not None
        return (next(iter(grounds(sent)), None) or cause(sent)) if order else None
    for frame in here if ordered is not None and sent[0].lower_ in _POINTING else ():
        frame.ground = frame.ground or ordered
    first, last = here[0], found[-1] if found else None
    if last is not None and first.rule == "tariff-staged" and sent.start - last.sent.end <= 1 and not first.goods:
        last.ground = last.ground or first.ground
    return None

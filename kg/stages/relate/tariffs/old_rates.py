"""Which of two percentages held before the other: "up from 25", "instead of the 30 threatened", "(12 until now)"."""

from __future__ import annotations

import re

DET = (
    r"(?:the |an? |its |their |his )?"
    r"(?:current |present |previous |existing |earlier |initial |original |former |general |threatened |planned "
    r"|combined |total |full |maximum |standard |normal |ordinary |regular |old |punitive |base |average |steep )?"
)
ABOUT = r"(?:about |around |just |only |nearly |almost |at least |as much as |up to |as high as |over |more than )?"
_DOWN_FROM = re.compile(
    r"(?:\b(?:up|down|increased|raised|reduced|lowered|cut|rising|falling) (?:\w+ )?from|instead of|rather than"
    r"|in place of|compared (?:with|to)|previously|(?:as )?against|replac(?:ing|es)|supersedes|versus|, after"
    rf"|(?<!was )(?<!were )(?<!been )(?<!be )replaced|t(?:ook|akes|aking) the place of) {DET}{ABOUT}$",
    re.IGNORECASE,
)
_BARE_FROM = re.compile(rf"^,?(?![^,;.]*\bby\b)[^,;.]{{0,25}}\bfrom {DET}{ABOUT}$", re.IGNORECASE)
_OLD_FIRST = re.compile(
    r"(?:^|[,;:(–—.\n“\"] *|  |\bis |\bwas )(?:instead of|rather than|in place of|up from|down from|after) "
    rf"{DET}{ABOUT}$",
    re.IGNORECASE,
)
_REPLACED = re.compile(rf"\breplac\w+ {DET}{ABOUT}$", re.IGNORECASE)
_ONWARD = re.compile(rf"^ (?:all the way |right |straight )?(?:down |up )?to {ABOUT}(?:\d|zero|nil)", re.IGNORECASE)
MOVES_TO = re.compile(
    r"\b(?:f[ae]ll(?:s|en)?|falling|drop(?:s|ped)?|go(?:es|ne)?|went|c[oa]me?s?|cut|lowered|reduced|slashed|trimmed|brought"
    rf"|rises?|rose|climb(?:s|ed)?|raised|increase[ds]?|lifted|shr[aiu]nks?|decline[ds]?) (?:\w+ )?to {ABOUT}$",
    re.IGNORECASE,
)
_REPLACED_BY = re.compile(
    rf"^[^,;.%]{{0,30}}\b(?:replaced|superseded|supplanted|succeeded) (?:by|with) {DET}{ABOUT}$"
    rf"|^[^,;.%]{{0,30}}\b(?:gave|gives|giving|given|made|makes|making) way (?:to|for) {DET}{ABOUT}$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:(?:less|lower|better|milder|more|higher|worse) than|(?:well |far |just )?(?:below|above|under)|not"
    r"|(?:half|twice|double|a third|a quarter)(?: of)?) (?:half (?:of )?|twice )?(?:the|that) $",
    re.IGNORECASE,
)
_AS_TOLD = re.compile(
    r"^ ?(?:rate |tariff |duty |levy )?(?:that |which |as )?(?:[\w.'’]+ ){0,5}"
    r"(?:threatened|announced|proposed|feared|floated|planned|unveiled|initially|originally|previously|foreseen"
    r"|had (?:\w+ )?(?:borne|paid|faced|been|charged|levied|imposed|applied|stood|cost)"
    r"|(?:of|in) (?:January|February|March|April|May|June|July|August|September|October|November|December))\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(
    r"\((?:(?P<old>was|from|down from|up from|currently|until now|so far|now|previously|before):? )?$", re.IGNORECASE
)
_SO_FAR = re.compile(r"^,? (?:until now|so far|currently|at present|today|previously|before|to date|now)\b")
_IN_STEP = re.compile(r"^(?:, \d[^,;.]{0,12})*,? and \d[\d.]*\s?(?:%|per ?cent|pct)?,? respectively", re.IGNORECASE)
_LABEL = re.compile(r"[:|–—(]\s*$")
_ONTO = re.compile(r"\s*(?:down |up )?to\s*", re.IGNORECASE)
_UNIT = r"\s?(?:%|per ?cent|pct)"
_STEP = re.compile(rf"((\d+(?:\.\d+)?){_UNIT})\s+to\s+((\d+(?:\.\d+)?){_UNIT})", re.IGNORECASE)
_OPENING = re.compile(rf"(?:^|[.\n“\"] *|  )from {DET}{ABOUT}$", re.IGNORECASE)


def old_comes_first(before: str, between: str) -> bool:
    """As in "instead of 25 percent it pays 15", "the 25 percent was replaced by 15 percent", "From 10 it fell to 8"."""
    replaced = _REPLACED.search(before) and " with " in between
    opening = _OPENING.search(before) and MOVES_TO.search(between)
    by_another = _REPLACED_BY.match(between.replace(" one of ", " "))
    labelled = _LABEL.search(before) and _ONTO.fullmatch(between)  # "Walnuts: 30% to 120%"
    return bool(_OLD_FIRST.search(before) or replaced or opening or by_another or labelled)


def in_step(before: str, after: str) -> bool:
    """As in "40 percent and beer 50, from 150 and 110 respectively": the first of as many old rates."""
    return before.endswith(" from ") and _IN_STEP.match(after) is not None


def stepped_in(before: str, words: str) -> list[tuple[str, int, int]]:
    """The two numbers of "30% to 120%", which is no range behind a label: "Walnuts: 30% to 120%"."""
    match = _STEP.match(words) if _LABEL.search(before) else None
    return [(match[n + 1], *match.span(n)) for n in (1, 3)] if match is not None else []


def old_comes_last(between: str, after: str) -> bool:
    """As in "15 percent, down from 25", "15 percent, lower than the 25 threatened", "15 percent (previously 25)"."""
    if (_COMPARED.search(between) and _AS_TOLD.match(after)) or _in_bracket(between, after):
        return True
    return not _ONWARD.match(after) and bool(_DOWN_FROM.search(between) or _BARE_FROM.match(between))


def _in_bracket(between: str, after: str) -> bool:
    """As in "zero duty on gin (12 percent until now)", "15 percent (previously 25 percent)"."""
    opening = _BRACKET.search(between)
    return opening is not None and (opening["old"] is not None or _SO_FAR.match(after) is not None)

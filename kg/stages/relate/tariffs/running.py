"""Lists that run on in a paragraph, cut into lines as if each entry stood on one of its own.

"STEEL. The European Union: 50%. Britain: 25%. CARS. Japan: 15%." A paragraph is such a list where two of its
sentences follow each other that are a label and a rate; a few words that name something stand above those behind them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

_ENTRY = re.compile(
    r"\W*[A-Z][^\d%|:;.()]{1,40}:\s(?:zero\b|(?:[a-z]+ ){0,3}\d{1,3}(?:\.\d+)?\b[^:.]{0,25}?(?:%|per ?cent\b))"
)
_LABEL = re.compile(r"\W*[A-Z][^\d%|:;()!?.]{1,39}\.")
_VERBS = re.compile(r"\b(?:is|are|was|were|has|have|will|would|said|says|pays?|faces?|it|they|he|she)\b", re.IGNORECASE)
_END = re.compile(r"(?<=[.%a-z)])\.?(?<=\.)[ ]+(?=[A-Z“\"])")
_FEW = 5  # words of a label at most


@lru_cache(maxsize=2)
def lined(text: str) -> str:
    r"""The text with a line break before each entry of a running list; all offsets stay as they are.

    >>> lined("Rates. STEEL. Peru: 50%. Chad: 25%. They hold.")
    'Rates.\nSTEEL:\nPeru: 50%.\nChad: 25%.\nThey hold.'
    """
    if text.count(": ") < 2:  # no list
        return text
    raws = text.split("\n")
    apart = [True, *(not raw.strip() for raw in raws[:-1])]  # what stands right below a heading is an entry of it
    several = [alone and raw.count(": ") > 1 for raw, alone in zip(raws, apart, strict=True)]
    return "\n".join(_cut(raw) if cut else raw for raw, cut in zip(raws, several, strict=True))


def _cut(raw: str) -> str:
    ends = [m.end() for m in _END.finditer(raw)]
    cuts = [0, *ends, len(raw)]
    parts = [raw[a:b] for a, b in pairwise(cuts)]
    entry = [_ENTRY.match(part) is not None for part in parts]
    if not any(a and b for a, b in pairwise(entry)):
        return raw
    behind = [*entry[1:], False]
    heads = [not here and after and _heads(part) for part, here, after in zip(parts, entry, behind, strict=True)]
    own = [a or b for a, b in zip(entry, heads, strict=True)]
    return "".join(
        _broken(part, label=label) if here or after else part
        for part, label, here, after in zip(parts, heads, own, [*own[1:], False], strict=True)
    )


def _heads(part: str) -> bool:
    """As in "STEEL."."""
    few = len(part.split()) <= _FEW and _VERBS.search(part) is None
    return few and _LABEL.fullmatch(part.rstrip()) is not None


def _broken(part: str, *, label: bool) -> str:
    """A sentence with a break in place of the space behind it; a label ends with a colon."""
    bare = part.rstrip(" ")
    if bare == part:
        return part
    return (bare[:-1] + ":" if label else bare) + " " * (len(part) - len(bare) - 1) + "\n"

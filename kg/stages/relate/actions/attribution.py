"""Where a sentence no longer tells what happened but who said so: "..., officials in Lima said on Monday"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.tokens import Span, Token

_TELLING = frozenset({"say", "report", "announce", "add", "state", "disclose", "reveal", "write", "quote", "declare",
                      "tell", "note", "claim"})  # fmt: skip
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_TAIL = 14  # tokens of an attribution before its verb: "..., a spokesman for the foreign ministry in Lima said"


def narrated(sent: Span) -> int:
    """The token behind what is told: where ", officials in Lima said on Monday" begins."""
    for i in (t.i for t in reversed(list(sent)[4:]) if t.text in {",", "”", '"', "''"}):
        tail = sent.doc[i + 1 : sent.end]
        verb = next((t for t in tail[:_TAIL] if t.lemma_ in _TELLING and t.tag_ in {"VBD", "VBZ", "VBP", "VBN"}), None)
        if verb is None:
            continue
        rest = sent.doc[verb.i + 1 : sent.end]
        told = any(t.lower_ in {"that", "it", "they", "he", "she"} or t.tag_ in _FINITE or _adds(t) for t in rest)
        before = any(t.tag_ in _FINITE for t in sent.doc[i + 1 : verb.i])
        return sent.end if told or before else i
    return sent.end


def _adds(token: Token) -> bool:
    """Whether an attribution goes on: ", adding that", ", before begging for help", "in a warning to"."""
    before = {t.lower_ for t in token.doc[token.i - 3 : token.i]}
    return token.tag_ == "VBG" and bool(before & {",", "before", "after"})

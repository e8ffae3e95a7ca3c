"""Words that tell where somebody stands, with whose stance it is and which words of the sentence it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.stages.relate import stance_nouns as nouns
from kg.stages.relate import stance_verbs as verbs
from kg.stages.relate.stance_words import Row, Stance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Span, Token

    from kg.stages.relate.text import Text

_UNTRUE = re.compile(r"\b(?:not true|untrue|no truth|false|fake|unfounded|baseless)\b", re.IGNORECASE)
_FORMS: dict[str, Callable[[Text, Token, Row], Stance | None]] = {
    "verb": verbs.governing, "person": verbs.person, "will": verbs.will, "would": verbs.would, "adj": verbs.adjective,
    "prep": verbs.preposition, "noun": nouns.noun, "phrase": nouns.phrase, "judge": nouns.judged,
    "priority": nouns.priority, "sign": nouns.sign, "differ": nouns.differs, "differs": nouns.differs,
    "at odds": nouns.differs, "apart": nouns.differs,
}  # fmt: skip


def _rows() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for words, form, stance, negated in table("stances"):
        key, _, second = words.partition(" ") if form != "phrase" else (words.split()[-1], "", words)
        found.setdefault(key, []).append(Row(second, form, stance, negated))
    return {k: sorted(v, key=lambda r: (not r.second, -len(r.second))) for k, v in found.items()}


_ROWS = _rows()


def stances(text: Text, sent: Span) -> Iterator[Stance]:
    """The stances of a sentence, in order; questions and reports called untrue have none."""
    if sent.text.rstrip().endswith("?") or _UNTRUE.search(sent.text):
        return
    for token in sent:
        rows = _ROWS.get(token.lemma_.lower()) or _ROWS.get(token.lower_)
        for row in rows or ():
            found = _FORMS[row.form](text, token, row)
            if found is not None:
                if row.form == "will" or _telling(text.doc[found.about[0] : found.about[1]]):
                    yield found
                break


def _telling(about: Span) -> bool:
    """Whether a stance is about something named: not "it", "this", "that it does not come to that"."""
    return any(t.pos_ in {"NOUN", "PROPN"} or t.lower_ in {"one", "ones"} for t in about) or (
        len(about) > 1 and about[0].lower_ == "to" and about[1].lemma_ not in verbs.SILENT
    )

"""The name that the parse makes the head of a sentence: "Jane Doe, minister of trade, on Friday [received] Roe".

It then takes the verb for a clause about the name, which has no subject and no word that opens such a clause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})


def give_subject(verb: Token) -> None:
    """Make a past tense behind a name the verb of its sentence, and the name its subject."""
    name = verb.head
    if verb.dep_ != "relcl" or verb.tag_ != "VBD" or name.dep_ != "ROOT" or name.pos_ != "PROPN":
        return
    below = {c.dep_ for c in verb.children}
    opened = any(t.tag_.startswith("W") or t.lower_ == "that" for t in verb.doc[name.i + 1 : verb.i])
    if opened or below & _SUBJECTS or not name.i < verb.i:
        return
    for child in [c for c in name.children if c.i > verb.i]:
        child.head = verb
    verb.head, verb.dep_ = verb, "ROOT"
    name.head, name.dep_ = verb, "nsubjpass" if "auxpass" in below else "nsubj"

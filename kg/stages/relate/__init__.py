"""Stage 4 of 7: Doc and Mentions -> claims, each with the sentence that makes it and the rule that read it.

One file or package for each relation: a generator `relation(text) -> Iterator[Claim]`. A new relation is one more file
and one more name in RELATIONS; one that speaks of the claims of others ("Doe said they met") is a generator
`relation(text, claims)` in ABOUT_OTHERS. The files beside them say what all relations ask of a text: who is meant by
a phrase (`text`, `references`, `groups`, `known`), who does what (`clauses`), whether it happened (`modality`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.actions.answers import answers
from kg.stages.relate.actions.claims import actions
from kg.stages.relate.deadlines import deadlines
from kg.stages.relate.events.claims import events
from kg.stages.relate.positions.claims import positions
from kg.stages.relate.statements.claims import statements
from kg.stages.relate.tariffs.claims import tariffs
from kg.stages.relate.tenures import tenures
from kg.stages.relate.text import Text

if TYPE_CHECKING:
    from kg.model import Claim, Document, Mentions
    from kg.tokens import Tokens

RELATIONS = (tenures, events, tariffs, deadlines)
ABOUT_OTHERS = (actions, statements, positions, answers)


def relate(document: Document, doc: Tokens, mentions: Mentions) -> tuple[Claim, ...]:
    """All claims of an article, relation by relation, each in order of the text."""
    text = Text(document, doc, mentions)
    claims = [claim for relation in RELATIONS for claim in relation(text)]
    for about in ABOUT_OTHERS:
        claims += list(about(text, claims))
    return tuple(claims)

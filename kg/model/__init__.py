"""The frozen records that travel between the stages.

    Document -> (Tokens) -> Mentions -> Claim -> Fact, all of one document: DocumentFacts -> Joined

Offsets are Unicode code points of `Document.text`, half-open. Dates are ISO 8601 strings of the
precision that the text states: `2025-06-28`, `2025-06` or `2025`. Percent is a Decimal.
"""

from kg.model.documents import Block, BlockKind, Comment, Document, Known, LeftOut, Sentence
from kg.model.entities import Entity, EntityKind, Mention, Ref
from kg.model.facts import EVENTS, PROPERTIES, Assertion, Claim, DocumentFacts, Evidence, Fact, FactKind, Unread, Value
from kg.model.joined import Disagreement, Joined, JoinedFact, Reading
from kg.model.recognized import Mentions, Office, Quantity, Time

__all__ = [
    "EVENTS", "PROPERTIES", "Assertion", "Block", "BlockKind", "Claim", "Comment", "Disagreement", "Document",
    "DocumentFacts", "Entity", "EntityKind", "Evidence", "Fact", "FactKind", "Joined", "JoinedFact", "Known",
    "LeftOut", "Mention", "Mentions", "Office", "Quantity", "Reading", "Ref", "Sentence", "Time", "Unread",
    "Value",
]  # fmt: skip

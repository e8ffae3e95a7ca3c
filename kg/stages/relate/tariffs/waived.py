"""Rates that goods are spared: "may enter without the 25 percent duty", "and copper without the 10 percent"."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.tariffs.acts import Act, governor
from kg.stages.relate.tariffs.frame import Frame
from kg.stages.relate.tariffs.grounds import in_deal
from kg.stages.relate.tariffs.group import Amount
from kg.stages.relate.tariffs.words import is_tariff

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.goods import Reader
    from kg.stages.relate.tariffs.group import Group
    from kg.tokens import Token

_DETERMINERS = frozenset({"the", "its", "their", "this", "that", "these"})
_MEASURES = frozenset({
    "present", "current", "usual", "existing", "additional", "extra", "normal", "full", "further", "standard",
    "punitive"
})  # fmt: skip
_ENTERING = frozenset({
    "enter", "import", "sell", "ship", "come", "export", "buy", "let", "admit", "bring", "deliver", "pass", "cross"
})  # fmt: skip


def waived(reader: Reader, group: Group, before: Frame | None, left: int, *, concluded: bool) -> Frame | None:
    """The tariff that a rate behind "without" tells, None where it stands there not.

    Args:
        reader: Reads lists of the sentence.
        group: The rate.
        before: The tariff told before it in the sentence.
        left: The first token behind the rate before.
        concluded: Whether the text reports an agreement.
    """
    doc, i = reader.text.doc, group.first - 1
    while i > left and doc[i].lower_ in _MEASURES:
        i -= 1
    if i <= left or doc[i].lower_ not in _DETERMINERS or doc[i - 1].lower_ != "without" or not group.rates:
        return None
    without = doc[i - 1]
    goes_on = before is not None and before.rule == "tariff-waived"
    verb = before.doing.verb if before is not None and goes_on else governor(without)
    if verb is None or verb.lemma_ not in _ENTERING:
        return None
    found = reader.ending(without.i) if goes_on else reader.payers(verb)
    frame = Frame(reader.sent, doc[group.first], "tariff-waived", Act("remove", verb), group=group, pays=True)
    frame.goods, frame.targets = found.goods, found.states
    if before is not None and goes_on:
        frame.imposers, frame.targets = before.imposers, frame.targets or ([] if frame.taxed else before.taxed)
    else:
        frame.imposers = reader.importers(verb.i)
    frame.host = next((t for t in doc[group.last + 1 : group.last + 6] if is_tariff(t)), None)
    return _judged(reader, frame, verb, concluded=concluded) if frame.taxed or frame.goods else None


def _judged(reader: Reader, frame: Frame, verb: Token, *, concluded: bool) -> Frame:
    """How far it has come: no longer charged, or nothing to be charged once a deal or a plan holds."""
    deal = concluded or in_deal(reader.sent)
    would = any(c.lower_ in {"would", "could", "should"} for c in verb.children)
    frame.status, frame.firm = "Lifted", True
    if (deal or would or stage(verb) is Stage.PLANNED) and frame.group is not None:
        frame.group.lead_to([Amount(Decimal(0), verb.idx, verb.idx + len(verb))])
        frame.status = "Agreed" if deal and not would else "Proposed"
    return frame

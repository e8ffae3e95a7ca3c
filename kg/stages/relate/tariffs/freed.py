"""Goods that are free of duty: "will enter duty-free", "is free of duty"."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.acts import Act
from kg.stages.relate.tariffs.frame import Frame
from kg.stages.relate.tariffs.group import Amount, Group
from kg.stages.relate.tariffs.status import status
from kg.stages.relate.tariffs.times import effective
from kg.stages.relate.tariffs.words import marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.stages.relate.tariffs.goods import Reader


def freed(reader: Reader, *, concluded: bool) -> Iterator[Frame]:
    """The tariffs of a sentence with the rate 0; goods within a quota are left out."""
    doc, sent = reader.text.doc, reader.sent
    for i, v in marks(doc).free.items():
        if not sent.start <= i < sent.end or any(t.lemma_.lower() == "quota" for t in doc[i : sent.end]):
            continue
        at, verb = doc[i], doc[v]
        goods = [g for g in reader.payers(verb).goods if g.key or g.states]
        frame = Frame(sent, at, "tariff-free", Act("move", verb), goods=goods)
        frame.imposers = reader.importers(v)
        frame.group = Group([Amount(Decimal(0), at.idx, at.idx + len(at))], i, i, ends=[i])
        frame.when = effective(reader.text, frame, frame.doing, own=(sent.start, sent.end))
        found = status(sent, None, Act("move", verb), new_rate=True, future=False, concluded=concluded)
        ahead = "Agreed" if concluded else "Proposed"
        frame.status, frame.firm = ahead if found.name == "Threatened" else found.name, found.firm
        if frame.goods and frame.status is not None:
            yield frame

"""Who imposes a tariff by what is told right before it: the sentence that it goes on, the tariff that it answers."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.stages.relate.goods.products import state_at, unique
from kg.stages.relate.tariffs.acts import Act
from kg.stages.relate.tariffs.clauses import ENDINGS
from kg.stages.relate.tariffs.group import Amount
from kg.stages.relate.tariffs.sides import acting_between
from kg.stages.relate.tariffs.words import RATE_NOUNS, is_tariff, verb_class

if TYPE_CHECKING:
    from kg.stages.relate.goods.products import Named
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text
    from kg.tokens import Span

_REST = frozenset({"rest", "else", "remainder", "others", "whatever", "anything"})
_ONGOING = frozenset({"they", "it", "these", "those", "the", "this"})  # open a sentence that goes on


def gone_on(text: Text, frame: Frame, owners: list[Named]) -> list[Named]:
    """Whose tariffs "They would have affected soybeans" goes on to tell: the only ones of the sentence before."""
    if text.doc[frame.sent.start].lower_ not in _ONGOING:
        return []
    close = [o for o in owners if _sentence_before(text, frame).start_char <= o[1] < frame.at.idx]
    return close[-1:] if len({o[0] for o in close}) == 1 else []


def _sentence_before(text: Text, frame: Frame) -> Span:
    """The sentence before that of a frame, or its own where none is."""
    n = next((n for n, sent in enumerate(text.sentences) if sent.start == frame.sent.start), 0)
    return text.sentences[max(0, n - 1)]


def continued(text: Text, frame: Frame, near: list[Named]) -> list[Named]:
    """Whose tariffs were told last, a sentence before at the most, where nobody else acts in between."""
    last = near[-1] if near else None
    if last is None or last[1] < _sentence_before(text, frame).start_char:
        return []  # from farther back it was wrong more often than right on texts that no rule was fitted to
    acting = acting_between(text, text.tokens(last[1], last[2])[-1] + 1, frame.at.i)
    others = (n for n in acting if n[0] != last[0] and text.token(n[1]).dep_ != "nsubjpass")
    return [last] if next(others, None) is None else []


def taxed_back(frame: Frame, found: list[Frame]) -> list[Named]:
    """Who is taxed taxes back: "The United States taxes Mexican steel ... American apples have paid 20 percent"."""
    before = [f for f in found if f.at.i < frame.at.i and f.imposers and f.taxed]
    back = next((f for f in reversed(before) if f.imposers[0][0] in {t[0] for t in frame.taxed}), None)
    return back.taxed[:1] if back is not None and len(back.taxed) == 1 else []


def answered_by(frame: Frame, found: list[Frame]) -> list[Named]:
    """Whose tariffs a person of no known state sets: those of the state that the taxed ones tax most often."""
    taxed = {t[0] for t in frame.taxed}
    back = [t for f in found if not f.stranger and f.imposers and f.imposers[0][0] in taxed for t in f.taxed]
    most = Counter(t[0] for t in back).most_common(1)
    return [next(t for t in back if t[0] == most[0][0])] if most and most[0][0] not in taxed else []


def points_back(frame: Frame) -> bool:
    """Whether a tariff follows from one told in the same sentence: "raising that to 30 percent", "a rise to 30"."""
    verb = frame.doing.verb
    named = verb is not None and any(c.dep_ == "dobj" and c.lower_ in {"it", "that", "this"} for c in verb.children)
    kept = frame.kind == "keep" and frame.host is not None and frame.host.lower_ in RATE_NOUNS  # "the rate remains"
    return kept or frame.rule == "tariff-rise" or (frame.host is None and named)


def pays_too(frame: Frame, before: Frame) -> bool:
    """As in "Peru dropped its duties on American farm goods, although soybeans still pay 13 percent"."""
    open_ = frame.pays and bool(frame.goods) and not (frame.imposers or frame.taxed or frame.described)
    return open_ and bool(before.imposers and before.taxed)


def follows(rise: Frame, told: list[Frame]) -> bool:
    """Whether "an increase to 30 percent" stands right behind a tariff that may rise to that."""
    return any(0 <= rise.sent.start - f.sent.end <= 1 or (f.sent == rise.sent and f.at.i < rise.at.i) for f in told)


def the_rest(frame: Frame) -> bool:
    """As in "Steel pays 50 percent. Almost everything else pays 10": not the goods told before."""
    heads = [c for c in frame.doing.verb.children if c.dep_ in {"nsubj", "nsubjpass"}] if frame.doing.verb else []
    return any(t.lower_ in _REST for c in heads for t in c.subtree)


def as_sibling(frame: Frame, found: list[Frame]) -> None:
    """The sides of "cut to 75 percent at once and to 40 over ten years": those of the rate before on the same goods."""
    if frame.imposers or frame.taxed or not frame.goods:
        return
    same = (f for f in found if f.sent.start == frame.sent.start and f.at.i < frame.at.i and f.imposers)
    last = next((f for f in same if {g.key for g in f.goods} == {g.key for g in frame.goods}), None)
    if last is not None:
        frame.imposers, frame.targets = last.imposers, last.taxed


def of_same_goods(frame: Frame, found: list[Frame]) -> None:
    """As in "Peru will halve its tariff on beef from Chad. ... The duty on beef": the sides of the one told before."""
    keys = {g.key for g in frame.goods} - {""}
    if frame.host is None or not keys or not frame.refers or frame.imposers or frame.taxed or frame.described:
        return
    same = [f for f in found if f.imposers and f.taxed and keys <= {g.key for g in f.goods}]
    if same and len({(f.imposers[0][0], f.taxed[0][0]) for f in same}) == 1:
        frame.imposers, frame.targets = same[-1].imposers, same[-1].taxed


def among_removed(text: Text, sent: Span, here: list[Frame], *, concluded: bool) -> None:
    """As in "Duties on most goods end with the pact. Among them are salmon (33 percent) and skis (10)": go to zero."""
    listed = bool(here) and all(f.rule == "tariff-beside" and f.group is not None for f in here)
    if not listed or not (sent[0].lower_ == "among" or any(t.lemma_ == "include" for t in sent[:3])):
        return
    last = _sentence_before(text, here[0])
    ends = [t for t in last if "remove" in verb_class(t) or t.lemma_ in ENDINGS] if any(map(is_tariff, last)) else []
    sold = unique([n for t in last if (n := state_at(text, t.i)) is not None])
    for frame, gone in ((f, ends[0]) for f in here if ends):
        frame.targets = frame.targets or (sold if len(sold) == 1 and not (frame.taxed or frame.imposers) else [])
        if frame.group is not None:
            frame.group.lead_to([Amount(Decimal(0), gone.idx, gone.idx + len(gone))])
            frame.status, frame.firm, frame.doing = "Agreed" if concluded else "Lifted", True, Act("remove", gone)

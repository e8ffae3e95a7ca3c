"""Tariffs: one claim for each imposer, target, product and rate that a sentence states."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from kg.model import Assertion, BlockKind, Claim, Evidence, FactKind, Ref
from kg.stages.relate.products import Goods, product_name
from kg.stages.relate.tariff_frames import Frame, frames
from kg.stages.relate.tariff_rows import announced, rows
from kg.stages.relate.tariff_sides import agents, announcing, modifiers, owner, speaking
from kg.stages.relate.tariff_status import act, governor
from kg.stages.relate.tariff_times import starting
from kg.stages.relate.tariff_words import RATE_NOUNS, cause, deal_told, grounds, law, is_tariff, stands_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span

    from kg.model import Entity, Time, Value
    from kg.stages.relate.products import Named
    from kg.stages.relate.rates import Amount
    from kg.stages.relate.text import Text

_BACK = frozenset({"it", "they", "measure", "last", "latter", "increase"})
_ECHOES = frozenset({BlockKind.HEADLINE, BlockKind.CAPTION})
_NEAR_CHARS = 400  # of a text before a tariff in which its imposer may be named
_BEHIND = 60  # tokens over which a reason belongs to the tariff told last
_NEAR = 3  # sentences over which "the duty" and "it" refer back
_REASONS = frozenset({"reason", "ground", "grounds", "cite", "cited", "citing", "blame", "blamed", "justified", "measure", "because"})


def tariffs(text: Text) -> Iterator[Claim]:
    """One claim for each tariff that a sentence tells, in order of the text.

    Texts without a tariff noun give none. What a sentence leaves open is taken from the tariff that it refers to, then
    from the state that imposes most tariffs in the text.
    """
    for frame in read(text):
        yield from _claims(text, frame)


def ahead(text: Text) -> list[Frame]:
    """The tariffs whose effective date lies after publication."""
    published = text.document.published
    if published is None:
        return []
    return [f for f in read(text) if f.when is not None and (f.when.first or f.when.date or "") > published]


def keys(text: Text, frame: Frame) -> list[Ref]:
    """The keys of the claims of a frame."""
    return [claim.key for claim in _claims(text, frame)]


@lru_cache(maxsize=1)
def read(text: Text) -> tuple[Frame, ...]:
    """The tariffs of a text with all that its sentences together tell of them."""
    if not any(is_tariff(t) for t in text.doc):
        return ()
    told = deal_told(text.doc.text)
    found: list[Frame] = []
    context: Time | None = None
    for n, sent in enumerate(text.sentences):
        row = rows(text, sent, found, context)
        if row:
            found += row
            continue
        context = announced(text, sent) or context
        here = frames(text, sent, told_deal=told)
        for k, frame in enumerate(here):
            _refer(text, frame, found, n)
            if k and text.doc[frame.host].tag_ == "POS" and frame.host >= 0:
                frame.goods = frame.goods or here[k - 1].goods if here[k - 1].imposers[:1] != frame.targets[:1] else []
                if {g[0] for g in _targets(here[k - 1])} & {i[0] for i in frame.imposers}:
                    frame.goods = []  # "the U.S. tariff on Chinese goods fell, China's did too": not on Chinese goods
            if k and (frame.rule == "tariff-listed" or (not _targets(frame) and (frame.rule == "tariff-change" or _elliptic(text, frame)))):
                _share(frame, here[k - 1])
        if found:
            _add(text, sent, found, here)
        found += here
    _settle(text, found)
    return tuple(found)


def _elliptic(text: Text, frame: Frame) -> bool:
    return frame.host >= 0 and stands_for(text.doc[frame.host])


def _share(frame: Frame, before: Frame) -> None:
    """A further tariff of a sentence has imposer and target of the one before, so far as it does not say its own."""
    if _one_side(frame, before):
        frame.imposers, frame.targets = before.imposers, frame.targets or ([] if _targets(frame) else _targets(before))


def _add(text: Text, sent: Span, found: list[Frame], here: list[Frame]) -> None:
    """What a sentence behind adds to a tariff: "Trump cited fentanyl as the ground", "The new rate takes effect on Feb. 1"."""
    tariff = next((t for t in sent if is_tariff(t) or t.lower_ in RATE_NOUNS or t.lower_ in _BACK), None)
    if tariff is None and not any(t.lower_ in _REASONS for t in sent):
        return
    last = found[-1]
    if last.ground is None and not here and sent.start - last.sent.end <= _BEHIND:
        last.ground = next(iter(grounds(sent)), None) or cause(sent)
    if tariff is None or any(f.host == tariff.i for f in here) or tariff.dep_ not in {"nsubj", "nsubjpass"}:
        return
    time = starting(text, sent, tariff)
    same = [f for f in found if f.host >= 0 and text.doc[f.host].lemma_ == tariff.lemma_ and is_tariff(tariff)]
    meant = next((f for f in reversed(same) if f.group is not None), last if sent.start - last.sent.end <= 60 * _NEAR else None)
    if time is not None and meant is not None and meant.when is None:
        meant.when = time
        if meant.status == "InForce" and (time.first or "") > (text.document.published or "9"):
            meant.status = "Threatened"


def _refer(text: Text, frame: Frame, found: list[Frame], n: int) -> None:
    """Take over what "the duty", "the rate" or "it" leaves open from the tariff told last."""
    if not found:
        return
    _refer_payer(frame, found[-1])
    if frame.targets or frame.described or any(g.key or g.states for g in frame.goods):
        return
    last = next((f for f in reversed(found) if f.sent.start != frame.sent.start or f.group is not None), None)
    if last is None or frame.sent.start - last.sent.end > 60 * _NEAR or not (frame.refers or frame.weak):
        return
    if frame.imposers and last.imposers and frame.imposers[0][0] != last.imposers[0][0]:
        return
    frame.imposers = frame.imposers or last.imposers
    frame.targets = last.targets
    frame.goods = frame.goods or last.goods
    frame.ground = frame.ground or None


def _one_side(frame: Frame, other: Frame) -> bool:
    return not frame.imposers or {i[0] for i in frame.imposers} <= {i[0] for i in other.imposers}


def _refer_payer(frame: Frame, last: Frame) -> None:
    """Goods that pay something in the sentence behind: "Kenyan shirts are charged full duty. Cotton shirts pay 42 percent"."""
    if not frame.pays or not _one_side(frame, last) or frame.targets or frame.sent.start - last.sent.end > 2:
        return
    if frame.goods and not any(g.states for g in frame.goods) and not frame.described:
        frame.imposers, frame.targets = last.imposers, _targets(last)


def _owners(text: Text, found: list[Frame]) -> list[Named]:
    """The states to which the text ascribes tariffs, also where it says no more of them: "Trump's tariff policy"."""
    told = {f.at.i for f in found}
    named = [f.imposers[0] for f in found if f.imposers and f.rule not in {"tariff-row", "tariff-getter"}]
    for token in text.doc:
        if is_tariff(token) and token.i not in told and text.block(token) is not BlockKind.META:
            named += modifiers(text, token)[0] or agents(text, token, act(token, governor(token), to_rate=False))[:1]
    return sorted(named, key=lambda o: o[1])


def _settle(text: Text, found: list[Frame]) -> None:
    """Fill in who imposes, correct "the Swiss duty" where others tax the Swiss, and leave out statuses that only seem so."""
    most = Counter(o[0] for o in _owners(text, found)).most_common(1)
    for n, frame in enumerate(found):
        _describe(text, frame, {s for s, _ in most})
        _answer(frame, found[:n])
    for frame in found:
        _turn(frame, found)
    owners = _owners(text, found)
    votes = Counter(o[0] for o in owners)
    for frame in found:
        beside = [f for f in found if f.sent.start == frame.sent.start and "tariff-listed" in {f.rule, frame.rule}]
        taxed = {t[0] for f in (frame, *beside) for t in _targets(f)}
        frame.imposers = [i for i in frame.imposers if i[0] not in taxed] or _imposer(text, frame, owners, votes, taxed)
    known = next((f.imposers for f in found if f.imposers), [])
    for frame in found:
        if not frame.imposers and not frame.stranger and not _targets(frame):
            frame.imposers = known
    _fill_targets(text, found)
    for frame in found:
        if not frame.firm and any(other.firm and _alike(frame, other) for other in found):
            frame.status = None


def _imposer(text: Text, frame: Frame, owners: list[Named], votes: Counter[Ref], taxed: set[Ref]) -> list[Named]:
    """Who imposes where the sentence does not say: the speaker's state, that of the tariffs just told, or the one told most."""
    if any(t.lower_ in {"our", "my"} for t in text.doc[max(frame.sent.start, frame.at.i - 9) : frame.at.i]) and taxed:
        return _other_side(text, taxed)  # "our duty on American chicken"
    speaker = speaking(text, frame.sent)
    if speaker is not None and speaker[0] not in taxed and (speaker[0] in votes or (not votes and announcing(frame.sent))):
        return [speaker]
    lawful = _by_law(frame)
    if lawful is not None and lawful[0] not in taxed:
        return [lawful]
    near = [o for o in owners if frame.sent.start_char - _NEAR_CHARS < o[1] < frame.at.idx and o[0] not in taxed]
    if near and stands_for(frame.at):
        return near[-1:]
    if frame.stranger:
        return []
    first = {o[0]: o for o in reversed(owners)}
    ranked = sorted((s for s in votes if s not in taxed), key=lambda s: (-votes[s], first[s][1]))
    if ranked:
        return [first[ranked[0]]]
    return _other_side(text, taxed) if taxed and not votes else []


def _by_law(frame: Frame) -> Named | None:
    """The state whose law is the ground of a tariff: Section 232 is one of the United States."""
    code = law(frame.ground[0]) if frame.ground is not None else None
    return (Ref(f"country/{code}"), frame.ground[1], frame.ground[2]) if code is not None and frame.ground is not None else None


def _answer(frame: Frame, before: list[Frame]) -> None:
    """Counter-tariffs told without their imposer are those told before."""
    last = next((f for f in reversed(before) if f.answers and f.imposers), None)
    if frame.answers and not frame.imposers and last is not None:
        frame.imposers, frame.targets = last.imposers, frame.targets or _targets(last)


def _describe(text: Text, frame: Frame, imposing: set[Ref]) -> None:
    """Goods of a state that is meant but not named: that of "its", or the other side of the talks."""
    if not frame.described or _targets(frame):
        return
    taken = {i[0] for i in frame.imposers} or imposing
    pronoun = next((t for t in frame.sent if t.lower_ in {"its", "their"} and t.i < frame.at.i), None)
    if pronoun is not None and all(t.lower_ not in {"our", "my"} for t in frame.sent):
        named = owner(text, pronoun)
        if named is not None and named[0] not in taken:
            frame.targets = [named]
            return
    frame.targets = _other_side(text, taken)


def _other_side(text: Text, but: set[Ref]) -> list[Named]:
    acting = {text.state(m.entity) for m in text.mentions.mentions if text.token(m.start).pos_ != "ADJ"}
    party = next((p for p in text.parties if p not in but and p in acting), None)
    mention = next((m for m in text.mentions.mentions if m.entity == party), None)
    return [(mention.entity, mention.start, mention.end)] if mention is not None else []


def _fill_targets(text: Text, found: list[Frame]) -> None:
    """Tariffs without a target fall on the one target of their imposer, where the text tells of one only."""
    known: dict[Ref, list[Named]] = {}
    for frame in found:
        if frame.imposers:
            known.setdefault(frame.imposers[0][0], []).extend(_targets(frame))
    rated: dict[Ref, set[Ref]] = {}
    for frame in found:
        if frame.imposers and frame.group is not None:
            rated.setdefault(frame.imposers[0][0], set()).update(t[0] for t in _targets(frame))
    for frame in found:
        if _targets(frame) or not frame.imposers:
            continue
        others = known.get(frame.imposers[0][0], [])
        enough = 1 if (frame.group is not None and not frame.goods) or len(rated.get(frame.imposers[0][0], ())) == 1 else 2
        if not others:
            near = [f.imposers[0] for f in found if f.sent.start == frame.sent.start and f.imposers]
            frame.targets = [n for n in near if n[0] != frame.imposers[0][0]][:1]
        if len(others) >= enough and len({t[0] for t in others}) == 1:
            frame.targets = others[-1:]


def _turn(frame: Frame, found: list[Frame]) -> None:
    if frame.targets or len(frame.imposers) != 1 or frame.group is None or not frame.by_modifier:
        return
    mine = frame.imposers[0]
    rates = {a.value for a in frame.group.rates}
    for other in found:
        taxed = {t[0] for t in _targets(other)}
        if other is not frame and other.group is not None and mine[0] in taxed and rates & {a.value for a in other.group.rates}:
            if not any(g.states for g in frame.goods):
                frame.targets, frame.imposers = [mine], other.imposers
                return


def _alike(frame: Frame, other: Frame) -> bool:
    """Whether two frames may tell of one tariff, so far as imposer, target, goods and rate go."""
    mine = [{a.value for a in f.group.rates} if f.group else set() for f in (frame, other)]
    if frame is other or mine[0] != mine[1] or {i[0] for i in frame.imposers} != {i[0] for i in other.imposers}:
        return False
    targets = [{t[0] for t in _targets(f)} for f in (frame, other)]
    keys = [{g.key for g in f.goods if g.key} for f in (frame, other)]
    if not mine[0] and not (keys[0] or keys[1] or targets[0] & targets[1]):
        return False
    return (targets[0] <= targets[1] or not targets[1]) and (keys[0] == keys[1] if not mine[0] else keys[0] <= keys[1] or not keys[1])


def _targets(frame: Frame) -> list[Named]:
    own = [s for g in frame.goods for s in g.states]
    return list({s[0]: s for s in reversed([*frame.targets, *own])}.values())[::-1]


def _claims(text: Text, frame: Frame) -> Iterator[Claim]:
    known = frame.group is not None and any(g.concept for g in frame.goods)
    if not frame.imposers and not _targets(frame) and (not known or frame.stranger):
        return
    for n, (imposer, target, goods, rate) in enumerate(_split(frame)):
        claim = _claim(text, frame, imposer, target, goods, rate, n)
        if claim is not None:
            yield claim


def _split(frame: Frame) -> list[tuple[Named | None, Named | None, Goods | None, Amount | None]]:
    """The single tariffs of a frame: every product with every target, or in step where told "respectively"."""
    rates = list(frame.group.rates) if frame.group is not None else []
    pairs: list[tuple[Named | None, Goods | None]] = []
    loose = list({t[0]: t for t in reversed(frame.targets)}.values())[::-1]
    for goods in frame.goods or [None]:  # type: ignore[list-item]
        own = list({s[0]: s for s in goods.states}.values()) if goods is not None else []
        pairs += [(t, goods) for t in own or loose or [None]]  # type: ignore[list-item]
    if not any(g.key for g in frame.goods):
        named = {t[0] for t, _ in pairs if t is not None}
        pairs += [(t, None) for t in loose if t[0] not in named and frame.goods]
    imposers: list[Named | None] = list(frame.imposers[:1]) or [None]
    if len(rates) > 1 and len(rates) == len(pairs):
        return [(imposers[0], t, g, r) for (t, g), r in zip(pairs, rates, strict=True)]
    every: list[Amount | None] = list(rates) or [None]
    return [(i, t, g, r) for i, (t, g), r in product(imposers, pairs, every) if i is None or t is None or i[0] != t[0]]


def _claim(text: Text, frame: Frame, imposer: Named | None, target: Named | None, goods: Goods | None, rate: Amount | None,
           n: int) -> Claim | None:  # fmt: skip
    said: list[Assertion] = []
    entities: tuple[Entity, ...] = ()

    def say(name: str, value: Value, start: int, end: int) -> None:
        said.append(Assertion(name, value, _evidence(text, frame, start, end)))

    if imposer is not None:
        say("imposedBy", *imposer)
    if target is not None:
        say("target", *target)
    if goods is not None:
        entities = goods.entities()
        say("product", product_name(goods), goods.start, goods.end)
    group = frame.group
    if rate is not None:
        say("rate", rate.value, rate.start, rate.end)
    if group is not None and group.previous is not None:
        say("previousRate", group.previous.value, group.previous.start, group.previous.end)
    if group is not None and group.added is not None:
        say("addedRate", group.added.value, group.added.start, group.added.end)
    if rate is None and goods is None:
        return None
    here = (frame.at.idx, frame.at.idx + len(frame.at))
    if frame.status is not None:
        say("status", frame.status, *here)
    if frame.when is not None and frame.when.date is not None:
        say("date", frame.when.date, frame.when.start, frame.when.end)
    if frame.until is not None and frame.until.date is not None and frame.until is not frame.when:
        if frame.when is None or (frame.when.last or "") < (frame.until.first or ""):
            say("endDate", frame.until.date, frame.until.start, frame.until.end)
    if frame.ground is not None:
        say("ground", *frame.ground)
    evidence = text.words(frame.sent, here, frame.rule)
    echo = text.block(frame.sent[0]) in _ECHOES
    return Claim(Ref(f"tariff@{frame.at.idx}.{n}"), FactKind.TARIFF, tuple(said), evidence, anaphoric=echo, entities=entities)


def _evidence(text: Text, frame: Frame, start: int, end: int) -> Evidence:
    """The sentence that states a value: the frame's own, or the one it was taken over from."""
    sent = frame.sent if frame.sent.start_char <= start < frame.sent.end_char else text.token(start).sent
    return text.words(sent, (start, end), frame.rule)

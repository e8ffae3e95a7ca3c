"""Who imposes and whom it hits where a sentence leaves it open, read from all tariffs of a text together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.model import EntityKind, Ref
from kg.stages.relate.goods.products import state_at
from kg.stages.relate.tariffs.before import answered_by, as_sibling, continued, gone_on, taxed_back
from kg.stages.relate.tariffs.border import borders
from kg.stages.relate.tariffs.grounds import law
from kg.stages.relate.tariffs.origin import origins
from kg.stages.relate.tariffs.owners import in_ground, owners_of
from kg.stages.relate.tariffs.persons import by_speaker
from kg.stages.relate.tariffs.sides import acting_between, owner
from kg.stages.relate.tariffs.speakers import announcing, keeps, speaking, us
from kg.stages.relate.tariffs.states import LIKELIEST, charges, levying, trading
from kg.stages.relate.tariffs.targets import WORLD, fill_targets, only_pair
from kg.stages.relate.tariffs.truce import hold
from kg.stages.relate.tariffs.words import is_tariff, stands_for

if TYPE_CHECKING:
    from kg.stages.relate.goods.products import Named
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text
    from kg.tokens import Token

# Tariffs ascribed to others that outweigh the likeliest state. Texts by an author whom no rule knew: F1 .42 without it,
# .63 with 2 or with 4.
_PRIOR = 4
_NEAR = 400  # characters before "those on steel" in which their imposer may be named
_THEIRS, _OURS = frozenset({"its", "their", "his", "her"}), frozenset({"our", "my"})
_OWN = 9  # tokens between "our" and the rate in "our own duty on American chicken, 62 percent"


def settle(text: Text, found: list[Frame]) -> None:
    """Fill in who imposes and whom it hits; a status that only seems so gives way to one told plainly.

    "The Swiss duty" is one on the Swiss where others tax them at that rate. A tariff without an imposer is that of the
    state at whose border it is paid, of the speaker's state, of the state whose law is its ground, or of the state to
    which the text ascribes most tariffs.
    """
    for frame in found:
        frame.imposers = [(levying(i[0]), *i[1:]) for i in frame.imposers if charges(text, i[0])]
        mine = {i[0] for i in frame.imposers if frame.rule == "tariff-row"}  # "Ethanol: 2.5 percent in the U.S."
        frame.targets = [t for t in frame.targets if trading(t[0]) and t[0] not in mine]
    by_speaker(text, found)
    most = Counter(o[0] for o in owners_of(text, found)).most_common(1)
    for n, frame in enumerate(found):
        _describe(text, frame, {s for s, _ in most})
        _answer(frame, found[:n])
    for frame in found:
        _turn(frame, found)
        if not (frame.targets or frame.labelled):
            frame.targets = [o for o in origins(text, frame) if o[0] not in {i[0] for i in frame.imposers}]
        if not frame.imposers and frame.rates:
            border = borders(text, frame.sent, {s for t in frame.taxed for s in (t[0], levying(t[0]))})
            frame.imposers = [(levying(b[0]), *b[1:]) for b in border]
    _fill_imposers(text, found)
    fill_targets(text, found)
    _settle_status(found)
    hold(text, found)


def _fill_imposers(text: Text, found: list[Frame]) -> None:
    owners = owners_of(text, found)
    for frame in found:
        if frame.stranger and not frame.imposers and frame.taxed:
            frame.imposers = answered_by(frame, found) or _power(text, owners, {t[0] for t in frame.taxed})
    owners += [f.imposers[0] for f in found if f.stranger and f.imposers]
    for frame in found:
        listed = [f for f in found if _in_one_list(frame, f)] if not frame.labelled else []
        # without those that charge some of the others in turn
        paying = {t[0] for f in (frame, *listed) if not f.imposers for t in f.taxed}
        listed = [f for f in listed if not f.imposers or f.imposers[0][0] not in paying]
        own = {s for t in frame.taxed for s in (t[0], levying(t[0]))} | in_ground(text, frame)
        taxed = own.union(s for f in listed for t in f.taxed for s in (t[0], levying(t[0])))
        frame.imposers = frame.imposers or (frame.leader.imposers if frame.leader is not None else [])
        frame.imposers = [i for i in frame.imposers if i[0] not in own] or _imposer(text, frame, found, owners, taxed)
    known = next((f.imposers for f in found if f.imposers), []) or only_pair(text, found)
    for frame in found:
        if not frame.imposers and not frame.stranger and known and known[0][0] not in {t[0] for t in frame.taxed}:
            frame.imposers = known
    for frame in found:
        as_sibling(frame, found)
        frame.imposers = frame.imposers or (_by_context(text, frame) if frame.rates else [])


def _settle_status(found: list[Frame]) -> None:
    """What one sentence tells plainly holds for the same tariff where another only seems to tell it."""
    for frame in found:
        plain = next((other for other in found if other.firm and _alike(frame, other)), None)
        frame.status = plain.status if plain is not None and not frame.firm else frame.status
    given_up = {f.group.previous.value for f in found if f.group is not None and f.group.previous and f.group.dropped}
    for frame in found:  # "the White House set the 32 percent rate" that it had only threatened
        frame.status = "Threatened" if frame.status == "InForce" and frame.rates & given_up else frame.status
    agreed = [f for f in found if f.status == "Agreed" and f.rates]
    for frame in found:  # "talked its way down to 15 percent. Cars, too, will be charged 15 percent"
        same = (f for f in agreed if f.rates == frame.rates and {t[0] for t in f.taxed} == {t[0] for t in frame.taxed})
        frame.status = "Agreed" if frame.status == "Threatened" and next(same, None) is not None else frame.status


def _by_context(text: Text, frame: Frame) -> list[Named]:
    """The state at whose border a sentence says goods are charged, else the only one, or the likeliest, left over."""
    taxed = {t[0] for t in frame.taxed}
    told = borders(text, frame.sent, taxed) or _power(text, [], taxed)
    left = [p for p in text.parties if p not in taxed]
    return told or (_other_side(text, taxed) if len(left) == 1 else [])


def _in_one_list(frame: Frame, other: Frame) -> bool:
    """Whether two tariffs are told in one list or table, so that none of their targets imposes them.

    A row that names another imposer is apart: "Canada charges China 100% in turn" among China's own tariffs.
    """
    if frame.rule == other.rule == "tariff-row":
        apart = bool(other.imposers) and bool(frame.imposers) and other.imposers[0][0] != frame.imposers[0][0]
        return frame.intro is other.intro and not apart
    return frame.rule != "tariff-deed" and frame.head is other.head


def _imposer(text: Text, frame: Frame, found: list[Frame], owners: list[Named], taxed: set[Ref]) -> list[Named]:
    """Who imposes where the sentence does not say."""
    if frame.provoked:
        beside = [t for f in found if f.sent.start == frame.sent.start and f is not frame for t in f.taxed]
        speaker = speaking(text, frame.sent)
        return beside[:1] or _other_side(text, taxed | ({speaker[0]} if speaker is not None else set()))
    before = text.doc[max(frame.sent.start, frame.at.i - _OWN) : frame.at.i]
    if taxed and not frame.pays and any(t.lower_ in _OURS for t in before):  # not "our cars pay 25 percent"
        return _other_side(text, taxed)
    answered = taxed_back(frame, found)
    if answered:
        return answered
    meant = gone_on(text, frame, [o for o in owners if o[0] not in taxed])
    if meant:
        return meant
    votes = Counter(o[0] for o in owners)
    speaker = speaking(text, frame.sent)
    heard = speaker is not None and (speaker[0] in votes or (not votes and _ahead(frame)) or keeps(frame))
    if speaker is not None and heard and speaker[0] not in taxed:
        return [speaker]
    code = law(frame.ground[0]) if frame.ground is not None else None
    if frame.ground is not None and code is not None and f"country/{code}" not in taxed:
        return [(Ref(f"country/{code}"), frame.ground[1], frame.ground[2])]
    near = [o for o in owners if frame.sent.start_char - _NEAR < o[1] < frame.at.idx and o[0] not in taxed]
    if near and stands_for(frame.at):
        return near[-1:]
    here, sides = frame.sent.start_char, text.two_sides or text.parties[:1]
    close = continued(text, frame, [o for o in near if not taxed or o[0] in sides or o[1] >= here])
    close = close or ([] if taxed else _told_just_before(text, frame, found))
    if close:
        return close
    if frame.stranger:
        return [o for o in owners if o[0] == LIKELIEST][:1] if not taxed and set(votes) == {LIKELIEST} else []
    if not taxed and not frame.refers and LIKELIEST in text.two_sides and max(votes.values(), default=0) <= 1:
        return _power(text, [], taxed)  # one tariff that the other side is said to charge makes it not the likelier one
    ranked = _across(text, frame, taxed) or _ranked(text, owners, taxed, frame.sent.end_char)
    if ranked:
        return ranked[:1]
    bearing = {t[0] for f in found if f.pays for t in f.taxed} - set(votes)  # "China pays 20 percent, India pays 50"
    return (_power(text, [], taxed) or _other_side(text, taxed | bearing)) if taxed else []


def _told_just_before(text: Text, frame: Frame, found: list[Frame]) -> list[Named]:
    """Whose tariff the sentence before told, where its imposer is known from whom it falls on and nobody acts since."""
    last = next((f for f in reversed(found) if f.sent.start < frame.sent.start), None)
    if last is None or not last.imposers or not last.taxed or last.sent.end != frame.sent.start:
        return []
    return last.imposers if not acting_between(text, frame.sent.start, frame.at.i) else []


def _across(text: Text, frame: Frame, taxed: set[Ref]) -> list[Named]:
    """Who imposes what two sides agree upon: the one whose goods are not taxed."""
    bargained = frame.status in {"Agreed", "Proposed"} and bool(taxed & set(text.two_sides))
    others = [s for s in text.two_sides if s not in taxed] if bargained else []
    mentions = (m for m in text.mentions.mentions if m.entity in others)
    return [(m.entity, m.start, m.end) for m in mentions][:1] if len(others) == 1 else []


def _power(text: Text, owners: list[Named], but: set[Ref]) -> list[Named]:
    """The state that a text most likely means: one that it says imposes tariffs, else the likeliest."""
    return _ranked(text, owners, but)[:1] or ([] if LIKELIEST in but else _likeliest(text))


def _ranked(text: Text, owners: list[Named], taxed: set[Ref], before: int | None = None) -> list[Named]:
    """The states to which the text ascribes tariffs, without those taxed.

    The likeliest has a few votes more, unless the talks are between two others and nobody is known to be taxed. States
    that are named only behind (`before`) come last.
    """
    first = {text.state(m.entity): m.start for m in reversed(text.mentions.mentions)}
    told = [o for o in owners if before is None or first.get(o[0], 0) < before or o[0] in text.two_sides]
    owners = told if any(o[0] not in taxed for o in told) else owners
    votes = Counter(o[0] for o in owners)
    known = owners
    later = before is not None and owners is told and all(m[1] >= before for m in _likeliest(text))
    passing = bool(taxed) and not later and (not text.two_sides or LIKELIEST in text.parties)
    if LIKELIEST in text.two_sides or passing:
        votes[LIKELIEST] += _PRIOR
        known = owners + _likeliest(text)
    return sorted((o for o in known if o[0] not in taxed), key=lambda o: -votes[o[0]])


def _likeliest(text: Text) -> list[Named]:
    """Where the state whose tariffs most news are about is named first, or somebody or something of it."""
    named = (m for m in text.mentions.mentions if text.kind(m.entity) is not EntityKind.PLACE)
    return next(([(LIKELIEST, m.start, m.end)] for m in named if text.state(m.entity) == LIKELIEST), [])


def _ahead(frame: Frame) -> bool:
    """Whether a speaker says what he is about to do rather than what others do."""
    return announcing(frame.sent) or frame.status in {"Threatened", "Proposed"}


def _answer(frame: Frame, before: list[Frame]) -> None:
    """Counter-tariffs told without their imposer are those told before."""
    last = next((f for f in reversed(before) if f.answers and f.imposers), None)
    if not frame.answers or frame.imposers:
        return
    if last is not None:
        frame.imposers, frame.targets = last.imposers, frame.targets or last.taxed
        return
    first = next((f for f in reversed(before) if f.imposers and len(f.taxed) == 1), None)
    if first is not None and (not frame.taxed or frame.taxed[0][0] == first.imposers[0][0]):
        frame.imposers, frame.targets = first.taxed, frame.targets or first.imposers[:1]  # whoever is hit answers


def _describe(text: Text, frame: Frame, imposing: set[Ref]) -> None:
    """Goods of a state that is meant but not named: that of "its", or the other side of the talks."""
    if frame.taxed or not (frame.described or frame.pair) or WORLD.search(frame.sent.text):
        return
    if frame.pair:
        both = [p for p in text.parties if p not in {i[0] for i in frame.imposers}][:2]
        first = {m.entity: (m.entity, m.start, m.end) for m in reversed(text.mentions.mentions)}
        frame.targets = [first[p] for p in both if p in first]
        return
    taken = {i[0] for i in frame.imposers} or imposing
    inside = [t for g in frame.goods for t in frame.sent if g.start - 8 <= t.idx < g.end]
    pronoun = next(
        (t for t in [*inside, *text.doc[frame.sent.start : frame.at.i]] if t.lower_ in _THEIRS), None
    )
    speaks = {*_OURS, "we"} if frame.pays else _OURS  # "the oranges that we ship pay 30 percent"
    ours = any(t.lower_ in speaks for t in frame.sent)
    named = us(text, frame.sent) if ours else _whose(text, frame, pronoun) if pronoun is not None else None
    if named is None or named[0] in taken:
        frame.targets = _other_side(text, taken | ({LIKELIEST} if ours else set()))
        return
    head = text.doc[text.tokens(named[1], named[2])[-1]]
    joined = [n for t in text.conjuncts(head) if (n := state_at(text, t.i)) is not None]
    plural = pronoun is not None and pronoun.lower_ == "their"
    frame.targets = joined if plural and named[0] in {n[0] for n in joined} else [named]


def _whose(text: Text, frame: Frame, pronoun: Token) -> Named | None:
    """Whose goods "its cars" are: of the state just taxed, as in "the tariff on Peru and the duties on its cars"."""
    for token in reversed(text.doc[frame.sent.start : pronoun.i]):
        onto = token.dep_ == "pobj" and token.head.lower_ in {"on", "against"} and is_tariff(token.head.head)
        if onto and (named := state_at(text, token.i)) is not None:
            return named
    return owner(text, pronoun)


def _other_side(text: Text, but: set[Ref]) -> list[Named]:
    """The state most told of, but for some; one that stands in the text only as an adjective takes no side."""
    acting = {text.state(m.entity) for m in text.mentions.mentions if text.token(m.start).pos_ != "ADJ"}
    left = [p for p in text.parties if p not in but and trading(p)]
    party = next((p for p in left if p in acting), left[0] if but and len(left) == 1 else None)
    return [(m.entity, m.start, m.end) for m in text.mentions.mentions if m.entity == party][:1]


def _turn(frame: Frame, found: list[Frame]) -> None:
    """As in "The Swiss duty": imposed on the Swiss, where another sentence says that they are taxed at this rate."""
    if frame.taxed or len(frame.imposers) != 1 or frame.group is None or not frame.by_modifier:
        return
    mine = frame.imposers[0]
    if any(g.key for g in frame.goods) or any(f.ground and f.imposers[:1] == [mine] for f in found):
        return  # "the U.S. tariffs of 25 percent on steel": whoever else charges 25 percent on American goods
    if any(f.by_modifier and f.sent == frame.sent and f.imposers[:1] != [mine] for f in found):
        return  # "the American rate drops to 30 percent and the Chinese one to 10": each its own
    for other in found:
        if other is not frame and mine[0] in {t[0] for t in other.taxed} and frame.rates & other.rates:
            frame.targets, frame.imposers = [mine], other.imposers
            return


def _alike(frame: Frame, other: Frame) -> bool:
    """Whether two frames may tell of one tariff, so far as imposer, target, goods and rate go."""
    if frame is other or frame.rates != other.rates or {i[0] for i in frame.imposers} != {i[0] for i in other.imposers}:
        return False
    if frame.rule == other.rule == "tariff-row" and frame.when and other.when and frame.when.date != other.when.date:
        return False  # "25% since 7 August, another 25% from 27 August"
    targets, others = {t[0] for t in frame.taxed}, {t[0] for t in other.taxed}
    mine, theirs = {g.key for g in frame.goods if g.key}, {g.key for g in other.goods if g.key}
    if mine != theirs or not (frame.rates or mine or targets & others):
        return False
    return targets == others or (bool(frame.rates) and (targets <= others or not others))

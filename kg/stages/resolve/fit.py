"""How well a claim fits an event told before: kind, date, stage, number, place and people."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kg.model import FactKind, Ref
from kg.stages.resolve.cluster import values
from kg.stages.resolve.when import SAME_DAY, dates_agree, first_day, last_day
from kg.stages.resolve.where import places_agree, spot
from kg.stages.resolve.who import in_place_of, movements, of_two_sides, persons, told_here

if TYPE_CHECKING:
    from kg.model import Claim, Entity, Value
    from kg.stages.resolve.cluster import Cluster

FAMILY = {FactKind.MEETING: "meet", FactKind.ROUND: "meet", FactKind.SUMMIT: "meet"}
VAGUE = frozenset({"event-vague", "event-speak", "event-discuss"})  # "talks" may be a call; "spoke" may be face to face
ATTENDS = "event-attend"  # who was there, told without a word for the event
TOLD = "event-told"  # who told of the talks right after them
_EARLIER = "event-earlier"  # those after which another one took place
_BESIDES = "event-besides"  # who met on another occasion than those told before
_BY_PHONE = "event-phone"
_AHEAD = frozenset({"Planned", "Sought"})
_LATER = 1.5  # what it weighs that "the talks" stand before what tells of an event
_NEAR = 400  # characters: about two sentences
_FAR = 1200  # characters: who else was there is told soon after
_WHEN = frozenset({"date", "endDate", "latest"})
_DAYS_BEFORE = timedelta(days=2)  # an event further back is another one than that of the day that the text has reached


def stage(told: set[Value]) -> str:
    """How far an event has come by all that is told of its status: held, ahead or off."""
    if "Held" in told:
        return "held"
    return "ahead" if told & _AHEAD else "off"


def fit(group: Cluster, claim: Claim, entities: dict[Ref, Entity]) -> float | None:
    """How well a claim fits an event, or None where it cannot speak of it."""
    same_day = dates_agree(group, claim)
    if same_day is None or not _one_kind(group, claim) or _part_and_whole(group, claim) or _ahead_of(group, claim):
        return None
    if _recalled(group, claim) or _still_to_come(group, claim) or _besides(group, claim) or _hour_of(group, claim):
        return None
    apart = stage(group.values("status")) != stage(values(claim, "status"))
    if apart and same_day < SAME_DAY and not _called_off(group, claim):
        return None
    told = ((group.values(name), values(claim, name)) for name in ("minutes", "partOfDay", "round", "time"))
    if any(a and b and not a & b for a, b in told):
        return None
    inside = spot(claim, entities, near=_near(group, claim))
    if not (inside or places_agree(group.values("place"), values(claim, "place"), entities)):
        return None
    there = claim.evidence.rule in {ATTENDS, TOLD}
    if same_day < SAME_DAY and (_one_more(group, claim) or _earlier(group, claim) or _next_round(group, claim)):
        return None
    closed = any(c.day == "last" for c in group.claims)  # on which a round of many days ended, it has many meetings
    in_short = _in_short(group, claim)
    if (same_day < SAME_DAY or closed) and not (there or in_short) and _numbered(group, claim):
        return None
    if same_day < SAME_DAY and not there and _by_states(group, claim, entities):
        return None
    people = _people_agree(group, claim, entities)
    told_again = same_day == SAME_DAY or (claim.anaphoric and not values(claim, "date") and _near(group, claim))
    if people is None and (in_short or (told_again and _one_round(group, claim))):
        people = 0.5
    later = claim.anaphoric and claim.evidence.start < min(c.evidence.start for c in group.claims)
    return None if people is None else people + same_day + (0.5 if group.kind is claim.kind else 0) - _LATER * later


def _one_kind(group: Cluster, claim: Claim) -> bool:
    """Whether the kinds of event allow it; "talks" told vaguely may be a call."""
    same = FAMILY.get(group.kind, group.kind) == FAMILY.get(claim.kind, claim.kind)
    if same or (claim.evidence.rule == ATTENDS and group.kind is not FactKind.VISIT):
        return True
    vague = claim.evidence.rule in VAGUE or all(c.evidence.rule in VAGUE for c in group.claims)
    loose = vague and {group.kind, claim.kind} == {FactKind.MEETING, FactKind.CALL} and not _told_apart(group, claim)
    loose = loose and not _elsewhere(group, claim)
    return loose and all(values(claim, name) <= group.values(name) for name in ("participant", "party"))


def _elsewhere(group: Cluster, claim: Claim) -> bool:
    """Whether one is told as a call and the other with its place: "The talks were in Rome. They had phoned before".

    So too of "They will go on with the talks in Rome. Doe said that he would speak with Roe", though that may be there.
    """
    here = group.values("place") if claim.kind is FactKind.CALL else values(claim, "place")
    calls = [claim] if claim.kind is FactKind.CALL else group.claims
    later = claim.anaphoric and claim.evidence.start < min(c.evidence.start for c in group.claims)
    return bool(here) and (later or any(c.evidence.rule == _BY_PHONE for c in calls))


def _one_round(group: Cluster, claim: Claim) -> bool:
    """As in "Doe and Roe held the third round. Poe chaired it": the same states hold one a day, whoever is told."""
    p, q = group.values("party"), values(claim, "party")
    return group.kind is claim.kind is FactKind.ROUND and len(p & q) > 1 and (p <= q or q <= p)


def _in_short(group: Cluster, claim: Claim) -> bool:
    """As in "said after a round of talks with Peru. Doe and Roe met on Thursday": the lead tells it by states."""
    if any(group.values(name) for name in ("participant", "date", "round")) or not _near(group, claim):
        return False
    days = {a.value for c in group.claims for a in c.implied if a.property == "date"}
    p, q = group.values("party"), values(claim, "party")
    held = stage(group.values("status")) == stage(values(claim, "status")) == "held"
    return held and len(values(claim, "participant")) > 1 < len(p) and q <= p and bool(days & values(claim, "date"))


def told_in_full(states: Cluster, persons: Cluster) -> bool:
    """Whether a round is told by its states, and right behind that persons of these met on its day."""
    p, q = states.values("party"), persons.values("party")
    if states.kind is not FactKind.ROUND or states.values("participant") or not persons.values("participant"):
        return False
    rules = {c.evidence.rule for c in persons.claims}
    gaps = [b.evidence.start - a.evidence.start for a in states.claims for b in persons.claims]
    open_ = not any(persons.values(name) for name in ("round", "place", "minutes")) and persons.kind is FactKind.MEETING
    held = stage(states.values("status")) == stage(persons.values("status")) == "held"
    near = rules == {"event-meet"} and 0 < min(gaps, key=abs) < _NEAR and len(q) > 1 and p == q
    return held and near and open_ and states.values("date") == persons.values("date") != set()


def _told_apart(group: Cluster, claim: Claim) -> bool:
    """Whether one is told with a day and the text around the other, which has none, is about another day."""
    implied = {str(a.value) for c in group.claims for a in c.implied if a.property == "date"}
    days = {str(v) for v in values(claim, "date")}
    return bool(implied and days) and not group.values("date") and not implied & days


def _part_and_whole(group: Cluster, claim: Claim) -> bool:
    """As in "met on the sidelines of the summit": the meeting is part of the summit, not the summit."""
    if claim.evidence.rule == ATTENDS:
        return False
    return claim.key in group.values("partOf") or any(c.key in values(claim, "partOf") for c in group.claims)


def _ahead_of(group: Cluster, claim: Claim) -> bool:
    """Whether a bare "the summit" is told before a meeting of persons on a day, which it then does not speak of."""
    told = values(claim, "participant") | values(claim, "date")
    bare = claim.kind is FactKind.SUMMIT and claim.anaphoric and not told
    meeting = group.kind is FactKind.MEETING and bool(group.values("participant")) and bool(group.values("date"))
    return bare and meeting and claim.evidence.start < min(c.evidence.start for c in group.claims)


def _recalled(group: Cluster, claim: Claim) -> bool:
    """Whether one lies days before the other, which has no day but is told on one that the text has reached.

    "The two leaders talked for an hour after the signing. They had last met in May": two meetings.
    """
    dated, other = (group.claims, [claim]) if group.values("date") else ([claim], group.claims)
    told = [str(a.value) for c in dated for a in c.assertions if a.property in _WHEN]
    reached = [str(a.value) for c in other for a in c.implied if a.property == "date"]
    if not told or not reached or any(values(c, "date") for c in other):
        return False
    # "eight years of talks" are of no day
    known = any(len(values(c, "participant")) > 1 or values(c, "round") for c in other)
    return known and min(first_day(v) for v in reached) - max(last_day(v) for v in told) > _DAYS_BEFORE


def _still_to_come(group: Cluster, claim: Claim) -> bool:
    """As in "They talked on Monday and were to sit down again in the evening": told later and ahead, not the same."""
    after = claim.evidence.start > min(c.evidence.start for c in group.claims)
    held = stage(group.values("status")) == "held"
    return held and after and not claim.anaphoric and stage(values(claim, "status")) == "ahead"


def _besides(group: Cluster, claim: Claim) -> bool:
    """As in "The two sides held talks. She also met Doe", "Afterwards she saw Doe": not the talks told before."""
    one, other = values(claim, "participant"), group.values("participant")
    if claim.evidence.rule == _BESIDES:
        before = any(c.evidence.start < claim.evidence.start for c in group.claims)
        return before and bool(one) and not one <= other
    last = max((c for c in group.claims if c.evidence.rule == _BESIDES), key=lambda c: c.evidence.start, default=None)
    return last is not None and claim.evidence.start < last.evidence.start and bool(other) and not other <= one


def _hour_of(group: Cluster, claim: Claim) -> bool:
    """As in "held two days of talks. Doe and Roe met alone on Saturday evening": an hour of days is not all of them."""
    several, of_hour = (group.claims, [claim]) if group.values("endDate") else ([claim], group.claims)
    if not any(values(c, "endDate") for c in several) or any(values(c, "endDate") for c in of_hour):
        return False
    days = {len(str(v)) for c in of_hour for v in values(c, "date")}
    own = any(a.property == "date" and a.evidence.start == c.evidence.start for c in of_hour for a in c.assertions)
    timed = any(values(c, "partOfDay") or (own and values(c, "minutes")) for c in of_hour)
    named = any(len(values(c, "participant")) > 1 for c in of_hour)
    return timed and named and days == {len("2025-06-28")}


def _near(group: Cluster, claim: Claim) -> bool:
    return min(abs(claim.evidence.start - c.evidence.start) for c in group.claims) < _NEAR


def _by_states(group: Cluster, claim: Claim, entities: dict[Ref, Entity]) -> bool:
    """What persons do and what states do are one only where more than the states says so."""
    if claim.anaphoric or (_near(group, claim) and "Held" in values(claim, "status")):
        return False
    movement = any(movements(c, entities) for c in (*group.claims, claim))
    return bool(group.values("participant")) != bool(values(claim, "participant")) and not movement


def _called_off(group: Cluster, claim: Claim) -> bool:
    """As in "They were to speak last week, but the call was cancelled": the plan told just before, or put off to a day.

    "The talks were postponed because she was ill. They will now be held on Friday" tells the plan behind.
    """
    stages = stage(group.values("status")), stage(values(claim, "status"))
    anew = stages == ("off", "ahead") and claim.day == "new"
    return claim.anaphoric and _near(group, claim) and (anew or stages == ("ahead", "off"))


def _numbered(group: Cluster, claim: Claim) -> bool:
    """A numbered round and a meeting of persons told in another sentence: a round has many meetings."""
    if group.kind is FactKind.SUMMIT and claim.kind is FactKind.MEETING:  # the fifth meeting of ministers is no summit
        return bool(values(claim, "round") - group.values("round"))
    if {group.kind, claim.kind} != {FactKind.ROUND, FactKind.MEETING}:
        return False
    if claim.evidence.rule == ATTENDS or any(c.evidence.start == claim.evidence.start for c in group.claims):
        return False
    bare = claim.anaphoric and not values(claim, "date")
    if bare and _length_of(group, claim):
        return False
    talks = bare and claim.evidence.rule == "event-vague"
    if talks and group.kind is FactKind.ROUND and not group.values("participant") and _near(group, claim):
        return False  # "The third round ended. The consultations were led by Doe and Roe"
    named = bool(group.values("participant") or values(claim, "participant"))
    p, q = group.values("party"), values(claim, "party")
    if named and group.values("round") & values(claim, "round") and p and q and p != q:
        return True  # the second meeting of two, and the second round of three
    return (named or not claim.anaphoric) and not group.values("round") & values(claim, "round")


def _length_of(group: Cluster, claim: Claim) -> bool:
    """As in "Doe and Roe held the second round. The meeting lasted an hour": of the round told last."""
    fresh = values(claim, "minutes") and not (group.values("minutes") or told_here(claim)) and _near(group, claim)
    before = (c for c in group.claims if c.evidence.start < claim.evidence.start)
    return bool(fresh) and max(before, key=lambda c: c.evidence.start, default=claim).kind is FactKind.ROUND


def _one_more(group: Cluster, claim: Claim) -> bool:
    """As in "They met in May. She was back in June for a second meeting": not the one told before without a number."""
    later = {n for n in values(claim, "round") if n != 1} and not group.values("round")
    before = all(c.evidence.start < claim.evidence.start for c in group.claims)
    return bool(later) and before and claim.kind is FactKind.MEETING is group.kind and not claim.anaphoric


def _next_round(group: Cluster, claim: Claim) -> bool:
    """As in "Talks resume on May 3. A fifth round is due this year": told with a day before the round without one."""
    numbered = group.kind is FactKind.ROUND and group.values("round") - {1} and not values(claim, "round")
    of_a_day = group.values("date") and any(first_day(str(v)) == last_day(str(v)) for v in values(claim, "date"))
    return bool(numbered and of_a_day) and claim.anaphoric and all(not c.anaphoric for c in group.claims)


def _earlier(group: Cluster, claim: Claim) -> bool:
    """As in "It was their third meeting, after those in Rome and Cairo": not the one that the sentence tells of."""
    here = [c for c in group.claims if c.evidence.start == claim.evidence.start]
    return any(_EARLIER in {c.evidence.rule, claim.evidence.rule} for c in here)


def _people_agree(group: Cluster, claim: Claim, entities: dict[Ref, Entity]) -> float | None:
    """How well participants and parties agree; None where they differ."""
    a, b = group.values("participant"), values(claim, "participant")
    p, q = group.values("party"), values(claim, "party")
    common = len(a & b)
    if group.kind is FactKind.VISIT:
        return float(common) if common or not a or not b else None
    if claim.evidence.rule == TOLD:
        states = {entities[x].country for x in a if isinstance(x, Ref) and x in entities}
        return _told_last(group, claim) if q <= p and not q & states else None
    if claim.evidence.rule == ATTENDS:
        return _told_last(group, claim)
    if a and b:
        whole = of_two_sides(told_here(claim), entities)  # "held talks with Roe": not those of another with Doe
        joins = claim.anaphoric and not whole and not in_place_of(a - b, told_here(claim) - a, entities)
        inside = a <= b or b <= a or joins
        both = common >= 2 and of_two_sides(a & b, entities)
        if both and (claim.anaphoric or a <= b or b <= a):  # not "Doe and Roe signed with Poe, then with Coe"
            return float(common)
        if inside and common:  # "Doe met the ministers of a pact. He met Roe of Peru the same day"
            return float(common) if p <= q or q <= p else None
        if (persons(a, entities) and persons(b, entities)) or not p & q:
            return None
        return 0.3 if (p <= q or q <= p) and claim.anaphoric else None
    if p and q and not (p <= q or q <= p):
        return None
    if not claim.anaphoric and not (p & q) and not common:
        return None
    return 0.2 + len(p & q) / 4


def _told_last(group: Cluster, claim: Claim) -> float | None:
    """Who else was there was so at the event told last."""
    gaps = [claim.evidence.start - c.evidence.start for c in group.claims]
    gap = min((g for g in gaps if g >= 0), default=_FAR)
    # of a round and a meeting in its margins, the round; of a signing and a summit, the summit
    whole = {FactKind.ROUND: 0.5, FactKind.SIGNING: -1}.get(group.kind, 0)
    open_ = 0 if group.values("participant") else 0.5  # of two events told side by side, the one told of nobody
    return None if gap >= _FAR else 5 + whole + open_ - gap / _FAR

"""Whether what a clause tells has happened: held, planned, sought, cancelled, denied, hypothetical.

Read from the verb's own auxiliaries and negation, then from the verbs and nouns above it: "agreed to meet" is planned,
"refused to meet" is cancelled, "asked to meet" is sought. Words are data (`kg/lexicon/modality.tsv`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from kg.lexicon import mapping, members
from kg.stages.relate.called_off import (
    attempted,
    begun_for,
    came_to_nothing,
    due_to,
    had_to_be_off,
    in_store,
    is_off,
    not_so,
    ruled_out,
    said_to_be,
    taken_up,
    talked_about,
    told_in,
    wished_in_vain,
    worked_on,
)
from kg.stages.relate.verb_forms import (
    REPORTING,
    agreed,
    ahead,
    aim_of,
    aside,
    asked,
    beside,
    could,
    fails_to_happen,
    finite,
    in_vain,
    inverted,
    is_to,
    left_undone,
    negated,
    on_condition,
    own_clause,
    planned_first,
    purpose,
    reported_in_past,
    shares_auxiliary,
    took_place,
    yet_to,
)
from kg.tokens import of_token

if TYPE_CHECKING:
    from kg.tokens import Token


class Stage(StrEnum):
    """How far a thing told has come; the first five are the statuses of an event."""

    HELD = "Held"
    PLANNED = "Planned"
    SOUGHT = "Sought"
    CANCELLED = "Cancelled"
    DENIED = "Denied"
    NEGATED = "negated"  # the narrator says plainly that it did not happen: no event
    HYPOTHETICAL = "hypothetical"  # may, might, if: no event


_FUTURE = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_MAYBE = frozenset({"may", "might", "could", "can", "would", "should", "'d", "’d", "ca"})
_CLIMB = frozenset({"xcomp", "ccomp", "pcomp", "advcl", "acl", "dobj", "pobj", "prep", "conj", "nsubjpass", "nsubj",
                    "attr", "acomp", "oprd", "relcl"})
_THAT = frozenset({"expect", "plan", "schedule", "propose", "suggest", "request", "demand", "hope", "deny", "arrange",
                   "agree", "decide", "urge"})  # what is told by them in a clause of its own
_PAST = frozenset({"after", "following", "since", "amid"})
_OFF = frozenset({Stage.CANCELLED, Stage.NEGATED, Stage.HYPOTHETICAL})
_JOURNEYS = frozenset({"visit", "trip", "tour", "stop", "stopover", "stay"})
_WHERE = frozenset({"at", "in", "during", "over"})
_BEFORE = frozenset({"before", "ahead"})  # "was shelved before the visit": what was shelved is another thing
_BEING_IN = frozenset({"be", "engage", "take", "participate", "partake", "appear", "attend", "come"})  # "is in talks"
_CHOSE = frozenset({"decide", "choose", "opt", "elect"})
_CARRIED = frozenset({"dobj", "nsubjpass", "nsubj", "xcomp", "pobj", "prep", "attr"})  # "will attend the talks"


@of_token
def stage(token: Token) -> Stage:
    """How far the event named by a verb or a noun has come, judged by the clauses that it stands in."""
    is_verb = token.pos_ in {"VERB", "AUX"}
    if is_verb and (left_undone(token) or yet_to(token)):
        return Stage.NEGATED
    own = _verb_stage(token) if is_verb else _noun_stage(token)
    if token.pos_ == "NOUN" and (_then_off(token) or (own in {Stage.PLANNED, Stage.SOUGHT} and _given_up(token))):
        return Stage.CANCELLED
    if own is Stage.HELD and (shares_auxiliary(token) or purpose(token)):
        return stage(token.head)  # "will go to Lima and meet Doe", "offered to go to Lima to meet Doe"
    above = _from_above(token)
    if own is Stage.HYPOTHETICAL and above is Stage.SOUGHT:
        return Stage.SOUGHT  # "hoped that the pact could be signed in Lima"
    if not_so(token) and not {own, above} & _OFF:
        return Stage.DENIED
    if own is Stage.HELD and above is Stage.SOUGHT and aside(token):
        return Stage.PLANNED  # "hopes to see Roe on the sidelines of the summit", which is sure
    return own if own is not Stage.HELD else above


def _given_up(noun: Token) -> bool:
    """As in "called off a meeting scheduled for July", "talks set for Monday collapsed"."""
    failed = noun.dep_ == "nsubj" and f"{noun.head.lemma_}/SUBJ" in mapping("modality")
    return failed or _from_above(noun) is Stage.CANCELLED


def _then_off(noun: Token) -> bool:
    """As in "the trip was to begin in May but was scrapped": what a second verb of the same subject tells."""
    if noun.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    known = mapping("modality")
    joined = [c for c in noun.head.children if c.dep_ == "conj"]
    vain = any(fails_to_happen(c) and not any(d.dep_ == "nsubj" for d in c.children) for c in joined)
    if vain or had_to_be_off(noun):
        return True  # "was foreseen for noon, but will not go ahead"
    later = (c for c in joined if any(d.dep_ == "auxpass" for d in c.children))
    return any(
        known.get(f"{verb.lemma_}/VERB") == Stage.CANCELLED
        for verb in later if not any(d.dep_ in {"nsubj", "nsubjpass", "neg"} for d in verb.children)
    )


@of_token
def _verb_stage(verb: Token) -> Stage:
    """What a verb's own auxiliaries, negation and conjunction say."""
    helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass", "neg"}}
    never = negated(verb)
    off_or_on = Stage.CANCELLED if never else Stage.PLANNED
    if inverted(verb) or asked(verb) or on_condition(verb):
        return Stage.HYPOTHETICAL
    if any(d.lower_ == "no" for c in verb.children if c.dep_ == "dobj" for d in c.children):
        return Stage.NEGATED  # "would sign no agreement"
    going = verb.dep_ == "xcomp" and verb.head.lower_ == "going" and any(c.dep_ == "aux" for c in verb.head.children)
    if is_to(verb) and "have" in helpers:
        return Stage.CANCELLED  # "were to have initialed the text"
    aim = aim_of(verb)
    if aim is not None and not never:
        return Stage(aim)
    if helpers & _FUTURE or is_to(verb) or going:
        return Stage.NEGATED if yet_to(verb) else off_or_on
    if any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether", "should"} for c in verb.children):
        return Stage.HYPOTHETICAL
    if "have" in helpers and helpers & {"should"} and not never and verb.tag_ == "VBN":
        return Stage.CANCELLED  # "should have been held in August"
    if helpers & _MAYBE:
        if helpers & {"should", "could", "can", "would"} and agreed(verb):
            return Stage.PLANNED
        seen_from_past = "would" in helpers and "have" not in helpers and reported_in_past(verb)
        return off_or_on if seen_from_past else Stage.HYPOTHETICAL
    if never and verb.dep_ == "xcomp" and verb.head.lemma_ in _CHOSE:
        return Stage.CANCELLED  # "decided not to go to Lima"
    if never or "must" in helpers:
        return Stage.NEGATED if never else Stage.HELD if "have" in helpers else Stage.SOUGHT
    return Stage.PLANNED if ahead(verb) else Stage.HELD


def _noun_stage(noun: Token) -> Stage:
    """What is said of an event in its own phrase: "a possible meeting", "talks planned for Friday"."""
    adjectives = {c.lower_ for c in noun.children if c.dep_ in {"amod", "compound", "det", "advmod", "nmod", "neg"}}
    known = mapping("modality")
    if "no" in adjectives or "without" in adjectives:
        return Stage.NEGATED
    for word in sorted(adjectives - {"open"}):  # "a long and open talk" was held
        found = known.get(f"{word}/ADJ")
        if found and not (found == Stage.PLANNED and took_place(noun)):
            return Stage(found)
    of = [c for p in noun.children if p.lower_ == "of" for o in p.children for c in o.children]
    for child in [*noun.children, *of]:
        set_for = known.get(f"{child.lemma_}/VERB") if child.dep_ == "acl" and child.tag_ == "VBN" else None
        if set_for and not (set_for in {Stage.PLANNED, Stage.SOUGHT} and took_place(noun)):
            return Stage(set_for)
        if child.dep_ in {"acl", "amod"} and child.lower_ in {"due", "scheduled"}:
            return Stage.PLANNED
    return Stage.HELD


def _from_above(token: Token) -> Stage:
    """The stage that the words above impose, nearest first."""
    known = mapping("modality")
    child, head = token, token.head
    gerund = token.tag_ == "VBG"
    # "concurred in meeting in person": a gerund taken for a noun
    bare = token.lower_ == "meeting" and not any(c.dep_ in {"det", "poss", "amod"} for c in token.children)
    new = any(c.lower_ in {"a", "an", "another"} for c in token.children)  # "will decide in a meeting"
    there = False
    while head.i != child.i and child.dep_ in _CLIMB:
        if own_clause(child) or told_in(child, head, token):
            break
        if child.dep_ == "prep" and bare and f"{head.lemma_}/ING" in known:
            return Stage(known[f"{head.lemma_}/ING"])
        in_it = child.lower_ in {"during", "in"} and not new and head.lemma_ not in _BEING_IN
        if child.dep_ == "prep" and (child.lower_ in _PAST or in_it):
            break
        aim = child.dep_ == "prep" and child.lower_ == "for" and head.pos_ != "NOUN"  # "asked for a meeting"
        aim = aim and not (there and new)  # "asked for a delay in a call"
        if aim and f"{head.lemma_.lower()}/FOR" in known:
            return _combined(Stage(known[f"{head.lemma_.lower()}/FOR"]), head)
        begun = begun_for(head) if aim else None
        if begun is not None:
            return _combined(Stage(begun), head)
        if child.dep_ == "prep" and new and (talked_about(child, head) or worked_on(child, head)):
            return Stage.SOUGHT  # "Talks are under way about a visit", "works on a meeting"
        above = _of_adjunct(child, head) if child.dep_ == "prep" else None
        if above is not None:
            return above
        at_it = child.dep_ == "prep" and child.lower_ in _WHERE and head.lemma_ not in _BEING_IN
        there = there or at_it  # "agreed on a truce at a meeting", "failed to agree at a meeting"
        if child.lower_ == "of" and head.lemma_ in members("event_company", "account"):
            break  # "gave no details of the call"
        above = _imposed(child, head, known, gerund, there)
        if above is not None:
            off = head.pos_ == "NOUN" and above in {Stage.PLANNED, Stage.SOUGHT}
            return Stage.CANCELLED if off and stage(head) is Stage.CANCELLED else above  # "plans for it were scrapped"
        if child.dep_ == "advcl" and head.pos_ in {"VERB", "AUX"} and head.lemma_ not in known:
            break
        gerund = gerund and head.pos_ == "ADP"
        child, head = head, head.head
    return Stage.HELD


def _of_adjunct(child: Token, head: Token) -> Stage | None:
    """As in "During a visit to Rome, Doe urged Roe to sign": the visit was held, whatever was urged."""
    during = child.lower_ == "during" or (child.lower_ == "on" and any(c.lower_ in _JOURNEYS for c in child.children))
    urged = during and head.pos_ == "VERB" and head.tag_ in {"VBD", "VBN"}
    return Stage.HELD if urged and _verb_stage(head) is Stage.HELD else None


def _imposed(child: Token, head: Token, known: dict[str, str], gerund: bool, there: bool) -> Stage | None:
    """The stage that one word imposes on the clause or noun below it; None where it imposes none."""
    if head.pos_ == "ADP":
        return Stage.NEGATED if head.lower_ == "without" else None
    off = _called_off(child, head)
    if off is not None:
        above = known.get(f"{head.head.lemma_.lower()}/TO") if head.dep_ == "xcomp" else None
        return Stage.HYPOTHETICAL if above == Stage.HYPOTHETICAL else off  # "threatened to call off the talks"
    lemma = head.lemma_.lower()
    infinitive = child.pos_ in {"VERB", "AUX"} and any(c.lower_ == "to" for c in child.children if c.dep_ == "aux")
    before = child.dep_ == "advcl" and child.i < head.i  # "Meeting in Rome, the two agreed"
    keys = [f"{lemma}/TO"] if infinitive else [f"{lemma}/ING"] if (gerund or child.tag_ == "VBG") and not before else []
    told = child.dep_ == "ccomp" and finite(child) and (lemma not in _THAT or beside(child, head))
    joined = child.dep_ == "conj" and head.pos_ == "NOUN"  # "two calls and a meeting"
    if not (joined or child.dep_ in {"advcl", "acl"} or told or there or child.lower_ in _BEFORE):
        keys.append(f"{lemma}/{head.pos_}")
    does_it = child.dep_ == "nsubj" and head.pos_ != "ADJ"
    word = next((known[key] for key in keys if key in known and not does_it and not could(head)), None)
    if word == Stage.CANCELLED and infinitive and there:
        return None
    if infinitive and lemma == "invitation" and taken_up(head):
        word = Stage.PLANNED
    word = word or due_to(child, head)
    if word is not None:
        itself = infinitive or child.dep_ == "nsubjpass"  # what was planned, not what something was planned for
        given_up = Stage(word) is Stage.PLANNED and planned_first(head, own=itself)  # "was first due to leave, but ..."
        given_up = given_up or (infinitive and wished_in_vain(head))
        word = Stage.SOUGHT if word == Stage.PLANNED and not infinitive and attempted(head) else Stage(word)
        return Stage.CANCELLED if given_up else _combined(word, head)
    purpose = (infinitive and child.dep_ == "advcl") or shares_auxiliary(child)  # "will return to see", "and see"
    if head.pos_ not in {"VERB", "AUX"} or not (purpose or child.dep_ in _CARRIED):
        return None
    if child.dep_ == "nsubj" and in_vain(head):
        return None  # "the meeting brought no result"
    reported, own = lemma in REPORTING and child.dep_ != "dobj", _verb_stage(head)
    failed = there and own is Stage.NEGATED  # "did not reach a deal at the talks"
    return None if reported or failed or own is Stage.HELD else own


def _called_off(child: Token, head: Token) -> Stage | None:
    """As in "the talks fell through", "called off the meeting", "pulled out of it"; "a call is in the works"."""
    if came_to_nothing(child, head):
        return Stage.CANCELLED
    if ruled_out(child, head):
        return _combined(Stage.NEGATED, head)
    if is_off(child, head):
        return _combined(Stage.CANCELLED, head)
    word = Stage.PLANNED if in_store(child, head) else said_to_be(child, head)
    return _combined(Stage(word), head) if word is not None else None


def _combined(imposed: Stage, head: Token) -> Stage:
    """What "did not agree to", "may agree to" make of "agree to"."""
    own = _verb_stage(head) if head.pos_ in {"VERB", "AUX"} else Stage.HELD
    own = Stage.NEGATED if any(c.lower_ == "no" for c in head.children) else own  # "has no plans to meet"
    if own is Stage.NEGATED:
        return {Stage.CANCELLED: Stage.HELD, Stage.HELD: Stage.NEGATED}.get(imposed, Stage.NEGATED)
    if own is Stage.HYPOTHETICAL and imposed in {Stage.PLANNED, Stage.HELD}:
        return Stage.HYPOTHETICAL
    return imposed

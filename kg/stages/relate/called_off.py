"""What a clause says of an event that it names as its subject or object: where a plan stands, and what is taken back.

As in "a visit remains possible", "the talks fell through", "dismissed reports of a call".
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kg.agreed import agreed_at
from kg.lexicon import mapping, members
from kg.stages.relate.verb_forms import fails_to_happen, is_to, negated

if TYPE_CHECKING:
    from kg.tokens import Token
# As in "the trip fell victim to a strike", "the talks came to nothing", "the meeting is off".
_ENDS = {"fall": frozenset({"victim", "apart", "flat"}), "come": frozenset({"nothing", "naught"}),
         "be": frozenset({"off"}), "put": frozenset({"hold", "ice"})}  # fmt: skip
_FORCED = frozenset({"have", "need"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NAMED = frozenset({"the", "a", "an", "that", "this", "their", "his", "her"})
_TO_COME = frozenset({"in", "on", "under"})
_WISHED = frozenset({"want", "mean", "hope", "intend", "wish", "like"})
_SEEM = frozenset({"be", "remain", "seem", "look", "appear", "become"})
_AHEAD = frozenset({"Planned", "Sought", "Cancelled"})
_FALSE = members("event_company", "false")
_TRUTH = frozenset({"truth", "substance", "basis", "foundation", "grain", "word", "ground"})
_CALL = frozenset({"call", "describe", "brand", "label", "dismiss", "reject", "denounce", "term"})


def came_to_nothing(child: Token, head: Token) -> bool:
    """As in "the talks fell through", "the trip did not come about"."""
    if head.lemma_.lower() == "fall" and child.dep_ == "nsubj" and any(c.lower_ == "through" for c in head.children):
        return True
    named = any(c.lower_ in _NAMED for c in child.children)
    return child.dep_ == "nsubj" and named and fails_to_happen(head)


def ruled_out(child: Token, head: Token) -> bool:
    """As in "ruled out a meeting"."""
    out = head.lemma_.lower() == "rule" and any(c.lower_ == "out" for c in head.children)
    return out and child.dep_ in {"dobj", "nsubjpass"}


def _still_set(head: Token) -> str | None:
    """As in "The meeting remains set for March 6"."""
    if head.lemma_ != "remain":
        return None
    fixed = (c for c in head.children if c.dep_ in {"acomp", "oprd", "xcomp"} and c.tag_ == "VBN")
    return next((known for c in fixed if (known := mapping("modality").get(f"{c.lemma_}/VERB"))), None)


def is_off(child: Token, head: Token) -> bool:
    """As in "called off the meeting", "the trip is off", "pulled out of a visit", "turned down a meeting"."""
    lemma = head.lemma_.lower()
    if child.dep_ in _SUBJECTS and lemma in _ENDS and _below(head) & _ENDS[lemma]:
        return lemma != "come" or _planned(child)  # "a meeting in Rome came to nothing": it was held, in vain
    particles = {c.lower_ for c in head.children if c.dep_ in {"prt", "advmod", "prep"}}
    if lemma in {"call", "put"} and "off" in particles and child.dep_ in {"dobj", "nsubjpass", "nsubj"}:
        return True
    if lemma == "say" and child.lower_ == "to" and any(c.lower_ == "no" for c in head.children):
        return True
    words = particles if child.dep_ in {"dobj", "nsubjpass"} else {child.lower_} if child.dep_ == "prep" else set()
    return any(f"{lemma} {word}" in members("event_company", "withdraw") for word in words)


def had_to_be_off(noun: Token) -> bool:
    """As in "The meeting had to be called off", "The talks needed to be postponed"."""
    verb = noun.head
    if verb.lemma_ not in _FORCED or verb.tag_ not in {"VBD", "VBN"} or negated(verb):
        return False
    done = [c for c in verb.children if c.dep_ == "xcomp" and any(d.dep_ == "auxpass" for d in c.children)]
    return any(mapping("modality").get(f"{c.lemma_}/VERB") == "Cancelled" or is_off(noun, c) for c in done)


def taken_up(invitation: Token) -> bool:
    """As in "accepted an invitation to Lima"."""
    verb = invitation.head
    return invitation.dep_ == "dobj" and verb.lemma_ in {"accept", "take"} and not negated(verb)


def _planned(noun: Token) -> bool:
    """As in "a meeting planned for May", "the plan", "a proposed visit": what may come to nothing by not being held."""
    known = mapping("modality")
    told = (c for c in noun.children if c.dep_ in {"acl", "amod"})
    plan = known.get(f"{noun.lemma_.lower()}/NOUN") or known.get(f"{noun.lemma_.lower()}/TO")
    return bool(plan) or any(known.get(f"{c.lemma_}/VERB") or known.get(f"{c.lower_}/ADJ") for c in told)


def in_store(child: Token, head: Token) -> bool:
    """As in "a call is in the works", "a visit is on the cards"."""
    if child.dep_ != "nsubj" or head.lemma_ not in {"be", "remain"}:
        return False
    where = (p for c in head.children if c.dep_ == "prep" and c.lower_ in _TO_COME for p in c.children)
    return any(p.lower_ in members("event_company", "in store") for p in where)


def said_to_be(child: Token, head: Token) -> str | None:
    """The stage of "a visit remains possible", "the trip is imminent"."""
    if child.dep_ != "nsubj" or head.lemma_ not in _SEEM:
        return None
    told = (mapping("modality").get(f"{c.lower_}/ADJ") for c in head.children if c.dep_ == "acomp")
    return next((word for word in told if word in _AHEAD), None) or _still_set(head)


def due_to(child: Token, head: Token) -> str | None:
    """As in "the talks are due to start on Monday": what their subject is said to be."""
    if child.dep_ != "nsubj" or head.lemma_ != "be":
        return None
    if any(is_to(c) for c in head.children):
        return "Planned"  # "the next was to take place in May"
    told = (c for c in head.children if c.dep_ == "acomp" and any(x.dep_ == "xcomp" for x in c.children))
    known = mapping("modality")
    return next((known[key] for c in told if (key := f"{c.lemma_.lower()}/TO") in known), None)


def begun_for(head: Token) -> str | None:
    """The stage of "Preparations are under way for a visit", "A date has been set for talks": that of the subject."""
    told = [c for c in head.children if c.dep_ in _SUBJECTS and head.pos_ in {"VERB", "AUX"}]
    known = mapping("modality")
    if any(f"{c.lemma_.lower()}/NOUN" in known and any(d.lower_ == "no" for d in c.children) for c in told):
        return "negated"  # "No date has been set for talks"
    return next((known[key] for c in told if (key := f"{c.lemma_.lower()}/NOUN") in known), None)


def attempted(verb: Token) -> bool:
    """As in "are trying to arrange a meeting", "scramble to set up a call"."""
    above = verb.head if verb.dep_ == "xcomp" else verb
    return mapping("modality").get(f"{above.lemma_.lower()}/TO") == "Sought" and above != verb and not negated(above)


def worked_on(prep: Token, head: Token) -> bool:
    """As in "aides work on a meeting", "the palace works on an encounter", also where the parse takes it for a noun."""
    return prep.lower_ == "on" and head.lemma_.lower() in {"work", "works"}


def talked_about(prep: Token, head: Token) -> bool:
    """Whether talks go on about something: "talks about a visit", "Talks are under way about a visit".

    Also "There was talk of a visit".
    """
    if prep.lower_ != "about":
        return prep.lower_ == "of" and head.lower_ in {"talk", "speculation"}
    named = {head.lemma_.lower(), *(c.lemma_.lower() for c in head.children if c.dep_ in _SUBJECTS)}
    return bool(named & {"talk", "discussion", "negotiation", "speculation", "consultation", "touch", "contact"})


def wished_in_vain(head: Token) -> bool:
    """As in "had meant to meet", "had wanted to go": a wish that is told as past has come to nothing."""
    return head.lemma_ in _WISHED and any(c.lower_ == "had" and c.dep_ == "aux" for c in head.children)


def _below(verb: Token) -> set[str]:
    """The words right behind a verb, also behind its prepositions."""
    ends = {c.lower_ for c in verb.children if c.dep_ in {"prep", "prt", "acomp", "dobj", "advmod"}}
    return ends | {p.lower_ for c in verb.children if c.dep_ == "prep" for p in c.children}


def not_so(token: Token) -> bool:
    """Whether what is told to have been is said not to be so.

    As in "dismissed reports that they had met", "claims of a call are false", "it is not true that they spoke",
    "contrary to reports of a visit", "there is no truth in reports that they will meet", "is not aware of any call".
    """
    rumoured = clause = False
    for below, above in pairwise((token, *token.ancestors)):
        if below.lower_ in {"of", "about"} and _unknown(above):
            return True
        if below != token and tale(below):
            rumoured = True
            if above.lower_ == "to" and above.head.lower_ == "contrary":
                return True
        if rumoured and above.lower_ in _TRUTH and any(c.lower_ == "no" for c in above.children):
            return True
        clause = clause or (below.pos_ in {"VERB", "AUX"} and below.dep_ in {"ccomp", "csubj", "acl", "nsubj"})
        if above.pos_ in {"VERB", "AUX"} and (rumoured or clause) and _rejects(below, above, rumoured=rumoured):
            return True
    return False


def _unknown(word: Token) -> bool:
    """As in "not aware", "unaware", "no knowledge", "knew nothing"."""
    if word.lower_ in {"aware", "knowledge"}:
        return negated(word.head) or any(c.lower_ == "no" for c in word.children)
    return word.lower_ == "unaware" or (word.lower_ == "nothing" and word.head.lemma_ == "know")


def tale(noun: Token) -> bool:
    """Whether a noun is for what is told and may be untrue; "Reports" at the head of a sentence is taken for a name."""
    lemma = noun.lemma_.lower()
    return (lemma.removesuffix("s") if noun.tag_ == "NNPS" else lemma) in members("event_company", "rumour")


def told_in(clause: Token, noun: Token, event: Token) -> bool:
    """As in "rejected a report that they would meet", "agreed to boost it at talks": nothing is said of the event."""
    if 0 < agreed_at(clause) < event.i:
        return True
    return clause.dep_ in {"acl", "ccomp"} and tale(noun) and any(c.lower_ == "that" for c in clause.children)


def _rejects(below: Token, verb: Token, *, rumoured: bool) -> bool:
    """Whether a verb says of what stands below it that it is not so."""
    never = negated(verb)
    lemma = verb.lemma_.lower()
    if rumoured and below.dep_ == "nsubjpass" and verb.lower_ in _FALSE and not never:
        return True  # "Reports of a call were fabricated"
    object_ = below.dep_ in {"dobj", "nsubjpass", "ccomp"}
    denied = lemma in members("event_company", "denies") if rumoured else lemma == "deny"
    if denied and object_ and not never:
        return True
    told = {t.lower_ for c in verb.children if c.i > verb.i and c != below for t in (c, *c.children)}
    if lemma == "be":
        right = bool(told & {"true", "correct", "accurate"}) and below.dep_ in {"nsubj", "csubj", "ccomp", "advcl"}
        return (right and never) or (rumoured and below.dep_ == "nsubj" and bool(told & _FALSE) and not never)
    return rumoured and lemma in _CALL and not never and bool({t.lower_ for t in verb.subtree} & _FALSE)

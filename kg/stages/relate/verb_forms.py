"""Forms of a verb and its clause that tell of what is ahead, asked, agreed, reported or conditional."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.lexicon import mapping, table

if TYPE_CHECKING:
    from kg.tokens import Token

_BEGINS = frozenset({"begin", "start", "resume", "proceed", "open", "convene", "happen", "occur", "materialise",
                     "materialize", "take", "go", "come", "follow"})  # fmt: skip
_TOOK_PLACE = frozenset({"hold", "have", "take", "complete", "conclude", "finish", "end", "last", "run", "begin",
                         "start", "open", "drag", "stretch", "go"})  # fmt: skip
_OCCASIONS = frozenset({"time", "chance", "opportunity", "occasion", "reason", "need", "cause", "intention"})
REPORTING = frozenset({"say", "tell", "announce", "add", "confirm", "report", "state", "reveal", "disclose", "note",
                        "write", "indicate", "declare", "post", "explain", "agree", "inform", "claim"})


def homeward(verb: Token) -> bool:
    """As in "returned", "came home", "flew back": the way back from where one was."""
    return verb.lemma_ == "return" or any(c.lower_ in {"back", "home"} for c in verb.children)


def ahead(verb: Token) -> bool:
    """As in "before Doe meets Roe": the present tense behind a conjunction of time."""
    return verb.tag_ in {"VBP", "VBZ"} and any(
        c.dep_ in {"mark", "advmod"} and c.lower_ in {"before", "when", "once", "until"} for c in verb.children
    )


def behind_day(phrase: Token) -> list[Token]:
    """The prepositions that the parse hung on a day or month: "warned in August | of a tariff"."""
    if phrase.dep_ != "prep":
        return []
    days = (p for p in phrase.children if p.dep_ == "pobj" and p.ent_type_ == "DATE")
    return [c for p in days for c in p.children if c.dep_ == "prep" and c.i > p.i]


def ahead_of(clause: Token) -> list[Token]:
    """The word of the verb above that the parse drew into a clause: "made clear | that fish would be no part"."""
    first = clause.left_edge
    clear = clause.dep_ == "ccomp" and first.i == clause.head.i + 1 and first.head.i == clause.i
    return [first] if clear and first.nbor().lower_ == "that" else []


def agreed(verb: Token) -> bool:
    """As in "agreed that ministers should meet", "talks could be convened, it was agreed"."""
    head = verb.head if verb.dep_ in {"ccomp", "conj"} else verb
    if head.lemma_ in {"agree", "decide"}:
        return True
    return any(c.dep_ in {"ccomp", "parataxis"} and c.lemma_ in {"agree", "decide"} for c in verb.children)


def fails_to_happen(verb: Token) -> bool:
    """As in "the ceremony did not come about", "the trip will not take place", "never materialised"."""
    lemma, around = verb.lemma_.lower(), {c.lower_ for c in verb.children}
    negated = any(c.dep_ == "neg" or c.lower_ == "never" for c in verb.children)
    whole = lemma in {"materialise", "materialize", "happen", "occur", "proceed"} or (
        (lemma == "come" and around & {"about", "off"}) or (lemma == "take" and "place" in around)
        or (lemma == "go" and around & {"ahead", "forward"})
    )  # fmt: skip
    return negated and bool(whole)


def in_vain(verb: Token) -> bool:
    """As in "produced no breakthrough", "did not lead to a deal", "could not settle it", "was not easy".

    What did not come of an event takes nothing from it; not "did not begin", "was not".
    """
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if helpers & {"will", "wo", "would", "may", "might", "should"}:
        return False
    if any(c.dep_ == "neg" for c in verb.children):
        told = any(c.dep_ in {"acomp", "attr"} for c in verb.children) if verb.lemma_ == "be" else True
        return told and verb.lemma_ not in _BEGINS
    return not helpers and any(d.lower_ == "no" for c in verb.children if c.dep_ == "dobj" for d in c.children)


def could(adjective: Token) -> bool:
    """As in "was able to meet Doe": who was able to did so."""
    verb = adjective.head
    able = adjective.lemma_ == "able" and verb.lemma_ == "be" and verb.tag_ == "VBD"
    return able and not any(c.dep_ == "neg" for c in verb.children)


def inverted(verb: Token) -> bool:
    """As in "Had he met Doe then, ...": a condition without "if"."""
    aux = [c for c in verb.children if c.dep_ == "aux" and c.lower_ in {"had", "should", "were"}]
    subject = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    return bool(aux and subject) and aux[0].i < subject[0].i and (verb.dep_ == "advcl" or aux[0].is_sent_start is True)


def asked(verb: Token) -> bool:
    """As in "it is unclear how long he will stay", "whether she would meet"."""
    if verb.head.lemma_ == "be" and any(c.lower_ in {"that", "this"} for c in verb.head.children):
        return False  # "That is how long they sat"
    before = (c for c in verb.children if c.i < verb.i and c.dep_ != "nsubj")
    return any(t.lower_ in {"how", "whether"} for c in before for t in (c, *c.children))


def is_to(verb: Token) -> bool:
    """As in "is to meet", "are to be held": an infinitive right under a form of "be"."""
    if verb.dep_ == "ROOT":
        return with_to(verb) and verb.tag_ == "VB"  # "Doe to meet Roe"
    headline = verb.dep_ == "ccomp" and verb.head.lemma_ in REPORTING and any(c.dep_ == "nsubj" for c in verb.children)
    if headline and with_to(verb) and verb.tag_ == "VB":
        return True  # "Minister says Doe to meet Roe"
    if verb.dep_ not in {"xcomp", "ccomp"} or verb.head.lemma_ != "be" or verb.head.tag_ == "VBN":
        return False  # also not "has been to see Roe"
    return with_to(verb) and not any(c.dep_ in {"attr", "acomp"} for c in verb.head.children)


def aim_of(verb: Token) -> str | None:
    """As in "My wish is to bring them together": as far as what the infinitive is said to be."""
    if verb.dep_ != "xcomp" or not is_to(verb):
        return None
    told = (mapping("modality").get(f"{c.lemma_.lower()}/NOUN") for c in verb.head.children if c.dep_ == "nsubj")
    return next((w for w in told if w is not None), None)


def with_to(verb: Token) -> bool:
    """As in "to meet"."""
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def no_longer(adverb: Token) -> bool:
    """As in "will no longer travel"."""
    return adverb.lower_ == "longer" and adverb.i > 0 and adverb.nbor(-1).lower_ == "no"


def aside(noun: Token) -> bool:
    """As in "on the sidelines of the summit"."""
    return noun.dep_ == "pobj" and noun.head.head.lower_ in {"sidelines", "margins", "fringes"}


def yet_to(verb: Token) -> bool:
    """As in "The pact has yet to be signed", "is yet to meet him"."""
    return verb.dep_ in {"xcomp", "ccomp"} and verb.head.lemma_ in {"have", "be", "remain"} and any(
        t.lower_ == "yet" for t in verb.doc[verb.head.i + 1 : verb.i]
    )


def reported_in_past(verb: Token) -> bool:
    """As in "said they would meet", "a report that they would meet": a future seen from the past, not a condition."""
    if verb.dep_ == "acl" and any(c.lower_ == "that" and c.dep_ == "mark" for c in verb.children):
        return True
    head = verb
    while head.dep_ in {"conj", "ccomp", "xcomp", "relcl"} and head.head.i != head.i:
        head = head.head
        if head.lemma_ in REPORTING:
            return True
    below = (c.lemma_ for c in verb.children if c.dep_ in {"ccomp", "parataxis"})
    return verb.dep_ == "ccomp" or any(lemma in REPORTING for lemma in below)


def on_condition(verb: Token) -> bool:
    """As in "would only sign a fair deal", "will only meet if"."""
    around = {c.lower_ for c in verb.children if c.i < verb.i}
    return "only" in around and bool(around & {"will", "would"})


def finite(verb: Token) -> bool:
    """Whether a verb has a tense of its own."""
    return verb.tag_ in {"VBD", "VBZ", "VBP"} or any(c.dep_ in {"nsubj", "nsubjpass", "aux"} for c in verb.children)


def left_undone(verb: Token) -> bool:
    """As in "saw no reason to meet", "was too busy to meet", "in no mood to meet", "instead of meeting".

    Also "saw no point in meeting".
    """
    head = verb.head
    if verb.dep_ == "pcomp" and head.lower_ == "in":
        return head.head.pos_ == "NOUN" and any(c.lower_ == "no" for c in head.head.children)
    if verb.dep_ == "pcomp":
        return head.lower_ == "of" and (head.head.lower_ == "instead" or head.nbor(-1).lower_ == "instead")
    if not with_to(verb):
        return False
    if head.pos_ == "NOUN":
        return _lacked(head)
    be = head.head if head.pos_ == "ADJ" else head
    told = [c for c in be.children if c.dep_ in {"acomp", "prep"} and c.i < verb.i and be.pos_ in {"VERB", "AUX"}]
    too = any(c.lower_ == "too" for t in (head, *told) for c in t.children)
    return too or any(_lacked(p) for t in told if t.lower_ == "in" for p in t.children)


def _lacked(noun: Token) -> bool:
    """As in "no reason", "did not find [time]"; not "wasted no time"."""
    if noun.head.lemma_ in {"waste", "lose"}:
        return False
    lacking = noun.lemma_ in _OCCASIONS and any(c.dep_ == "neg" for c in noun.head.children)
    return lacking or any(c.lower_ == "no" for c in noun.children)


def negated(verb: Token) -> bool:
    """As in "did not ask", "never met", "will no longer travel", "Neither Doe nor Roe asked for it"."""
    if any(c.dep_ == "neg" or c.lower_ in {"never", "neither", "nor"} or no_longer(c) for c in verb.children):
        return True
    subjects = (c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"})
    return any(t.lower_ == "neither" for s in subjects for t in s.children)


def beside(child: Token, head: Token) -> bool:
    """As in "Doe had been in Lima; a mission is expected there": two sentences, which the parse takes for one."""
    return any(c.text == ";" for c in head.children if child.i < c.i < head.i)


def own_clause(child: Token) -> bool:
    """Whether what is told above leaves a clause as it is: "a pact that Doe signed", "The pact signed in May will"."""
    done = child.dep_ == "acl" and child.tag_ == "VBN" and child.head.dep_ == "nsubj" and not with_to(child)
    return done or child.dep_ == "relcl" or (child.dep_ == "conj" and child.pos_ == "VERB" and finite(child))


def shares_auxiliary(verb: Token) -> bool:
    """Whether a verb takes its tense from the one that it is joined to."""
    bare = verb.tag_ == "VB" and not any(c.dep_ in {"aux", "auxpass", "nsubj", "nsubjpass"} for c in verb.children)
    return bare and verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}


def took_place(noun: Token) -> bool:
    """As in "held a further round", "a further round took place", "the round, set for an hour, lasted two"."""
    verb = noun.head
    held = verb.lemma_ in _TOOK_PLACE and verb.tag_ == "VBD"
    return held and noun.dep_ in {"dobj", "nsubj"}


@cache
def travels() -> frozenset[str]:
    """The verbs of journeys to a place."""
    return frozenset(word for word, _, reading in table("event_words") if reading in {"go", "leave", "expected"})


def purpose(verb: Token) -> bool:
    """As in "flew to Lima to meet Doe": what a journey is for."""
    return with_to(verb) and verb.dep_ == "advcl" and verb.head.lemma_.lower() in travels()


def planned_first(head: Token, *, own: bool) -> bool:
    """Whether a plan is told as one that was given up: "originally due", "had been scheduled", followed by "but"."""
    verb = head if head.pos_ in {"VERB", "AUX"} else head.head
    around = {c.lower_ for c in (*verb.children, *head.children)}
    but = any(t.lower_ in {"but", "however", "instead"} for t in verb.sent)
    return but and (bool(around & {"initially", "originally"}) or (own and "had" in around and verb.tag_ == "VBN"))


def clause_of(verb: Token) -> Token:
    """The verb that an infinitive completes: "a duty that Peru [plans] to impose"."""
    while verb.dep_ == "xcomp" and verb.head.i != verb.i:
        verb = verb.head
    return verb

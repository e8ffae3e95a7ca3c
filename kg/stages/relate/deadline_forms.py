"""The forms in which a day is told as one by which something is due: what stands around it, and what its verb does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.stages.relate.deadline_words import lasts, of_event, words
from kg.stages.relate.tariffs.words import is_tariff

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_REACH = 14  # tokens between a word such as "deadline" and its date
_NEAR = 3  # tokens
_NAMING = frozenset({"NOUN", "PROPN", "ADJ", "PART", "PUNCT"})
_PLANNING = frozenset({"due", "set", "schedule", "expect", "slate", "plan", "be", "likely", "intend", "have", "need"})
_COMING = frozenset({"will", "'ll", "’ll", "must", "should", "shall"})
_AHEAD_OF = frozenset({"before", "ahead", "by"})
_LIMITS = frozenset({"by", "until", "till", "before"})
_WANTED = frozenset({"want", "expect", "need", "plan", "promise", "schedule", "demand", "require", "set", "intend"})
_DONE = frozenset({"ready", "complete", "done", "finished", "over"})
_VOTING = frozenset({"vote", "decide", "rule"})
_LINE = 14  # tokens of an entry
_SPEAKING = frozenset({"he", "she", "i", "we", "you", "who"})
_STANDING = frozenset({"it", "they", "this"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_VERBAL = frozenset({"VERB", "AUX"})


def verb_of(text: Text, span: range) -> Token | None:
    """The verb of the clause that a date stands in."""
    token = next((text.doc[i] for i in span if text.doc[i].head.i not in span), text.doc[span[0]])
    for _ in range(5):
        if token.head.i == token.i:
            return None
        token = token.head
        if token.pos_ in _VERBAL:
            return token
    return None

_AS_LIMIT = re.compile(  # "set October 1 as the cut-off"
    r"as (?:the|a|its|their|his) (?:(?:final|new|last|closing|latest) )?(?:date|limit|cut-?off|cut - off|deadline)\b"
    r"(?! (?:of|for) (?:\w+ ){0,2}(?:visit|meeting|talks|summit|trip|round|signing|hearing|wedding|birth)\b)",
    re.IGNORECASE,
)


def named(text: Text, sent: Span, span: range, *, past: bool = False) -> bool:
    """As in "the July 9 deadline", "a deadline of July 9", "the deadline is Friday".

    Of a day that has gone by the word stands right beside it: "the deadline was set on Monday" tells of that Monday.
    """
    behind = text.doc[span[-1] + 1 : min(sent.end, span[-1] + 7)]
    if not past and _AS_LIMIT.match(behind.text if len(behind) else "") is not None:
        return True
    for token in text.doc[span[-1] + 1 : min(sent.end, span[-1] + 4)]:
        if _names(token):
            return True
        if token.pos_ not in _NAMING:
            break
    for i in range(span[0] - 1, max(sent.start, span[0] - (_NEAR if past else _REACH)) - 1, -1):
        token = text.doc[i]
        if past and token.lower_ in {"on", "in"}:
            return False
        if _names(token):
            return True
        if token.text in {";", ","} or (token.pos_ == "VERB" and token.lemma_.lower() not in words("setting")):
            break
    return not past and _of_verb(text, span)


def _of_verb(text: Text, span: range) -> bool:
    """As in "The deadline for Peru to answer is July 15", "put off the deadline for Peru from June 1 to July 9"."""
    verb = verb_of(text, span)
    if verb is None or verb.lemma_.lower() not in words("setting") | words("moving"):
        return False
    told = text.doc[span[0] - 1].lower_ if span[0] else ""
    if verb.lemma_ == "be":
        return told != "from" and any(c.dep_ == "nsubj" and _names(c) for c in verb.children)
    return told in {"to", "until", "till", "for"} and gets_deadline(verb)


def gets_deadline(verb: Token) -> bool:
    """Whether a verb tells what becomes of a deadline: "postponed the deadline", "the deadline was moved"."""
    return any(c.dep_ in {"dobj", "nsubjpass"} and _names(c) for c in verb.children)


def _names(token: Token) -> bool:
    """A deadline, or the date of one: "the target date", "the expiry date"."""
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB":
        return False
    if lemma == "date" and token.i:
        return token.nbor(-1).lemma_.lower() in words("date of")
    return lemma in words("deadline")


def at_the_latest(text: Text, span: range) -> bool:
    """As in "on 15 March at the latest"."""
    return [t.lower_ for t in text.doc[span[-1] + 1 : span[-1] + 4]] == ["at", "the", "latest"]


def before_event(text: Text, span: range) -> bool:
    """As in "want a deal in place before the summit on 12 June": a goal, and the day of what it is to be reached by."""
    above = next((text.doc[i] for i in span if text.doc[i].head.i not in span), text.doc[span[0]])
    for _ in range(5):
        above = above.head
        if above.lower_ in _AHEAD_OF and above.dep_ in {"prep", "advmod", "mark"}:
            verb = next((t for t in above.ancestors if t.pos_ in _VERBAL), None)
            coming = verb is not None and any(c.lower_ in {"will", "would"} for c in verb.children)
            feast = any(_falls(t) for t in text.doc[above.i : span[0]])
            return verb is not None and (aims(verb) or (feast and coming))
        if above.pos_ in _VERBAL and not _falls(above):
            return False
    return False


def _falls(verb: Token) -> bool:
    """As in "before the Lunar New Year, which falls on Feb. 17"."""
    other = any(t.lower_ == "year" for t in verb.subtree)  # "which fell that year on": of another year
    return verb.dep_ == "relcl" and verb.lemma_ in {"fall", "be", "begin", "start"} and not other


def aims(verb: Token) -> bool:
    """Whether a verb tells what is to be: "wants a deal", "hopes to sign", "must be done", "the plan is to sign"."""
    for _ in range(3):
        helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
        if verb.lemma_.lower() in words("aiming") or helpers & (_COMING - {"will", "'ll", "’ll"}):
            return True
        if verb.dep_ not in {"xcomp", "ccomp", "acl", "pcomp", "advcl", "conj"}:
            return False
        above = verb.head if verb.dep_ != "pcomp" else verb.head.head
        if above.lemma_.lower() in words("aiming") or (verb.dep_ == "xcomp" and above.lemma_ == "have"):
            return True
        verb = above
    return False


def was_due(text: Text, time: Time, verb: Token | None) -> bool:
    """As in "was to withdraw by 25 November", "gave it until 13 May", "had meant to be done by 1 July".

    A day that has gone by; what was done by then is no deadline: "had fallen by the end of June".
    """
    if verb is None or any(of_event(t) for t in text.subjects(verb)):
        return False
    if before_event(text, text.tokens(time.start, time.end)):
        return True
    ready = verb.lemma_ == "be" and any(c.lower_ in _DONE for c in verb.children)
    if time.preposition == "on" and ready and any(c.lower_ == "to" for c in verb.children):
        return True  # "was originally to be ready on June 30"
    if time.preposition not in _LIMITS:
        return False
    lemma = verb.lemma_.lower()
    if time.preposition in {"until", "till"}:
        return lemma in words("granting")
    helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if "to" in helpers or verb.dep_ == "pcomp":
        above = verb.head.head if verb.dep_ == "pcomp" else verb.head
        past = above.lemma_.lower() in words("aiming") | {"be"}
        return past and verb.dep_ in {"xcomp", "acl", "pcomp", "ccomp"}
    return lemma in _WANTED or {"should", "have"} <= helpers


def was_to_start(verb: Token | None) -> bool:
    """As in "the duty was to take effect on 25 November", "were to have risen on 9 July", "would have applied"."""
    if verb is None:
        return False
    helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    to = next((c for c in verb.children if c.lower_ == "to" and c.dep_ == "aux"), None)
    planned = to is not None and to.i > 0 and to.nbor(-1).lemma_.lower() in _PLANNING - {"need", "have"}
    return {"would", "have"} <= helpers or planned


def part_of_year(time: Time, verb: Token | None) -> bool:
    """As in "hope to sign in the first quarter", "must be done in the second half"."""
    parts = (time.value or "")[5:6] in {"Q", "H"} and time.preposition in {"in", "by", "within", "during"}
    return parts and verb is not None and (time.preposition == "by" or aims(verb))


def decides(verb: Token) -> bool:
    """As in "is due to unveil his plan on April 2", "must say on 1 July", "will make its ruling on 3 March"."""
    lemma = verb.lemma_.lower()
    light = lemma in {"make", "issue", "give", "take", "deliver", "hand", "come", "follow", "due", "be"}
    ruling = light and any(
        c.lemma_.lower() in words("decision") for c in verb.children if c.dep_ in {"dobj", "attr", *_SUBJECTS}
    )
    bound = lemma in words("binding") and any(c.lower_ == "must" for c in verb.children)
    if not (lemma in words("announcing") or ruling or bound) or any(of_event(c) for c in verb.children):
        return False
    if verb.dep_ == "xcomp" and verb.head.lemma_.lower() in _PLANNING:
        return True
    if ruling and any(c.lower_ in {"due", "expected", "scheduled"} for c in verb.children):
        return True
    return any(c.lower_ in _COMING for c in verb.children) or (
        lemma in _VOTING and verb.tag_ in {"VBZ", "VBP"} and any(c.lower_ == "on" for c in verb.children)
    )


def of_line(text: Text, span: range) -> bool:
    """As in "30 November: decision of the court", "1 January 2026: the rate rises": an entry of a list of days."""
    first = text.doc[span[0]]
    opens = first.is_sent_start or not first.nbor(-1).is_alpha
    behind = text.doc[span[-1] + 1 : span[-1] + 1 + _LINE]
    if not opens or len(behind) < 2 or behind[0].text not in {":", "–", "—", "-"}:
        return False
    told = [t.lemma_.lower() for t in behind]
    due = words("deadline") | words("decision") | words("ending") | words("announcing")
    rises = any(is_tariff(t) or t.lower_ == "rate" for t in behind) and not words("starting").isdisjoint(told)
    entry = " ".join(t.lower_ for t in behind)
    effect = "into force" in entry or "into effect" in entry or "take effect" in entry or "takes effect" in entry
    return not any(of_event(t) for t in behind) and (not due.isdisjoint(told) or rises or effect or "to be" in entry)


def targeted(text: Text, span: range) -> bool:
    """As in "is targeting 1 November for the accord"."""
    day = next((text.doc[i] for i in span if text.doc[i].head.i not in span), text.doc[span[0]])
    behind = [t.lemma_.lower() for t in text.doc[span[-1] + 1 : span[-1] + 5]]
    if behind[:1] == ["as"] and {"target", "goal", "limit"} & (set(behind) | words("deadline") & set(behind)):
        return True  # "set themselves the end of the year as the target"
    return day.dep_ == "dobj" and day.head.lemma_.lower() in {"target", "eye", "envisage", "envision"}


def ran_out(text: Text, verb: Token | None) -> bool:
    """As in "the ultimatum expired on 2 September"."""
    over = verb is not None and verb.lemma_.lower() in words("ending") | words("closing") | {"pass", "run"}
    return over and verb is not None and any(t.lemma_.lower() in words("deadline") for t in text.subjects(verb))


def stays(text: Text, time: Time, verb: Token | None) -> bool:
    """As in "stays in Tokyo until Friday", "talks until Sunday", "will not meet until May": no term ends."""
    above = text.doc[text.tokens(time.start, time.end)[0]]
    while above.head.i != above.i and above.pos_ not in _VERBAL:
        above = above.head
        if of_event(above):
            return True
    if verb is None:
        return False
    lemma = verb.lemma_.lower()
    if lemma in words("granting") | words("extending"):
        return False
    subjects = [*text.subjects(verb), *(c for c in verb.children if c.dep_ == "nsubjpass")]
    if any(of_event(t) for t in subjects) or lemma in words("meeting"):
        return True
    if lemma in words("lasting") and any(t.lower_ in _STANDING for t in subjects):
        return not lasts(text, verb.sent, verb)
    asked = lemma in words("announcing") | words("binding")
    return not asked and any(
        t.ent_type_ == "PERSON" or t.lower_ in _SPEAKING or text.office(t) is not None or t.lemma_ in words("people")
        for t in subjects
    )


def may_be(verb: Token | None) -> bool:
    """As in "may go to Rome before the end of the year": nothing is due."""
    return verb is not None and any(c.lower_ in {"may", "might", "could"} for c in verb.children)


def ends_today(time: Time) -> bool:
    """As in "by the end of the day", "until midnight"."""
    return time.kind == "DATE" and time.mod == "END"


def last_of_range(text: Text, sent: Span, time: Time, span: range) -> str | None:
    """The end of "will not be applied from March 1 until May 2", "moved the deadline from March 1 to May 2"."""
    verb = verb_of(text, span)
    if verb is not None and time.end_date is not None and gets_deadline(verb):
        return time.last
    until = any(text.doc[i].lower_ in {"until", "till", "through"} for i in span)
    if time.end_date is None or time.last is None or not until or verb is None:
        return None
    term = verb.lemma_.lower() in words("lasting") and lasts(text, sent, verb)
    later = time.last > (text.document.published or "")
    return time.last if later and (term or verb.lemma_.lower() in words("extending")) else None

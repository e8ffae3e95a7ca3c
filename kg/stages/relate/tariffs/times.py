"""When a tariff takes effect: which of a sentence's times belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.events.dates import exact
from kg.stages.relate.tariffs.clauses import by_doing, joined_clause
from kg.stages.relate.tariffs.reckoned import days_before, led, of_old, reckoned, years_on
from kg.stages.relate.tariffs.words import FINITE, RATE_NOUNS, is_tariff, plain, spoken, verb_class
from kg.stages.relate.verb_forms import clause_of

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.tariffs.acts import Act
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_BEGIN = frozenset({"from", "since", "starting", "beginning", "effective"})
_BEGIN_PAIRS = (
    ["as", "of"], ["as", "from"], ["starting", "on"], ["beginning", "on"], ["effective", "on"], ["effective", "from"],
    ["due", "on"], ["starting", "from"],
)  # fmt: skip
_END = frozenset({"until", "till", "through", "by", "before", "within", "after"})
_TELL = frozenset({
    "say", "tell", "report", "write", "add", "note", "state", "warn", "sign", "speak", "meet", "post", "ask",
    "learn", "accuse", "call", "see", "visit", "agree", "reach", "hold", "discuss", "welcome", "condemn",
    "criticize", "announce", "confirm", "show", "reveal", "publish", "propose", "set", "expire", "lapse", "decide"
})  # fmt: skip
# their day is not that of the tariff
_BEFORE_EFFECT = frozenset({"announce", "propose", "publish", "unveil", "sign", "agree", "approve"})
_EFFECT = frozenset({
    "take", "come", "go", "kick", "enter", "start", "begin", "apply", "hit", "impose", "land", "follow", "put",
    "introduce", "rise", "fall", "drop", "double", "increase"
})  # fmt: skip
_STARTING = _EFFECT | {"levy", "charge", "collect", "enforce", "due", "date"}  # what "it" may do
_LASTING = frozenset({"expire", "date", "talk", "negotiate", "investigate", "examine", "probe", "study", "consider"})
_HOLDING = frozenset({"force", "effect", "place"})
_CHANGE = frozenset({
    "increase", "rise", "hike", "imposition", "introduction", "cut", "reduction", "jump", "pause", "start"
})  # fmt: skip
_DATED = frozenset({"DATE", "TIME"})  # "from 12:01 a.m. on Aug. 7"
_TO_DAY = frozenset({"on", "by", "from", "as", "of", "since", "in", "starting", "effective", "percent", "cent", "%"})
_MONTHS = frozenset({
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December", "Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec"
})  # fmt: skip
_STEPS = 4  # up from a time to its verb: "take | effect | on | the | first"


def effective(text: Text, frame: Frame, doing: Act, *, own: tuple[int, int]) -> Time | None:
    """The time from which a tariff holds, or on which it was imposed.

    Args:
        text: The document.
        frame: The tariff; its sentence is searched.
        doing: The verb that tells of it.
        own: The tokens that speak of this tariff rather than of the next in a list.
    """
    before = days_before(text, frame.sent, frame.at) or reckoned(text, frame, own[0])
    if before is not None:
        return before
    best: tuple[int, int, Time] | None = None
    for time in text.times(frame.sent):
        if time.kind not in {"DATE", "TIME"} or time.date is None or not _can_begin(text, time, doing):
            continue
        if of_old(text, frame, time):
            continue
        span = text.tokens(time.start, time.end)
        if _right_behind(frame, span[0]):
            return _coming(text, retroactive(text, frame.sent, exact(text, time)), doing)
        if any(text.doc[i].pos_ == "VERB" for i in span) or not _inside(text, frame, span, own):
            continue  # "goods that fall outside the agreement"
        weight = _weight(text, time, span, doing, frame)
        rank = (weight, -abs(span[0] - frame.at.i), time)
        if weight and (best is None or rank[:2] > best[:2]):
            best = rank
    return _coming(text, retroactive(text, frame.sent, exact(text, best[2])), doing) if best else None


def _right_behind(frame: Frame, i: int) -> bool:
    """As in "Sweden 50 percent on August 6 and Iceland 40 on August 7": the day stands right behind its rate."""
    last = frame.group.last if frame.group is not None else i
    return last < i <= last + 3 and all(t.lower_ in _TO_DAY for t in frame.at.doc[last + 1 : i])


def _can_begin(text: Text, time: Time, doing: Act) -> bool:
    """Whether a tariff can begin at a time by its preposition: "will cut it to 15 percent by March 1"."""
    if time.preposition != "by":
        return time.preposition not in _END
    changes = doing.verb is not None and bool(verb_class(doing.verb) & {"lower", "raise", "remove"})
    return changes and (time.first or "") > (text.document.published or "9")


def retroactive(text: Text, sent: Span, time: Time) -> Time:
    """As in "will be charged retroactively from Aug. 7": the last such day, not the next."""
    published = text.document.published
    back = any(word in spoken(sent) for word in ("retroactiv", "backdated"))
    if published is None or time.date is None or time.date <= published or not back:
        return time
    return years_on(time, -1)


def _coming(text: Text, time: Time, doing: Act) -> Time:
    """As in "The rate is 10 percent now and rises to 18 percent in July": the next such month, not the last."""
    published, verb = text.document.published, doing.verb
    words = plain(text.doc)[time.start : time.end]
    if published is None or verb is None or doing.kind not in {"move", "effect", "raise", "lower"}:
        return time
    present = verb.tag_ in {"VBZ", "VBP"} and not any(c.dep_ in {"aux", "auxpass"} for c in verb.children)
    past = time.last is not None and time.last < published and not any(c.isdigit() for c in words)
    open_ = past and present and time.kind == "DATE" and time.preposition in {"in", "from", "on"}
    return years_on(time, 1) if open_ and words.strip(".") in _MONTHS else time


def _inside(text: Text, frame: Frame, span: range, own: tuple[int, int]) -> bool:
    """Whether a time stands where this tariff is told; one before it and a comma belongs to the tariff told before."""
    if frame.provoked and span[0] < frame.at.i:
        return False  # "from next month, in response to the duties on steel": the date of the answer
    if span[0] < own[0]:
        return frame.rule != "tariff-listed"
    if span[0] < frame.at.i and own[0] > frame.sent.start:
        between = text.doc[span[-1] : frame.at.i]  # "10 percent since April 5, and 25 percent on cars since April 3"
        joined = between[1:2].text.lower() == "and"  # not "since June 5 American pork legs and apples have paid 20"
        return not joined and all(t.lower_ not in {",", "but", "while", ";"} for t in between)
    between = text.doc[frame.at.i : span[0]]  # "10 percent on A, and Peru answered, and since June 5 B has paid 20"
    apart = own[1] < frame.sent.end and any(t.text == "," for t in between) and any(t.tag_ in FINITE for t in between)
    return span[0] < own[1] and not apart and not joined_clause(between)


def _weight(text: Text, time: Time, span: range, doing: Act, frame: Frame) -> int:
    """3 for "from August 7", 2 for a time of the verb, 1 for one beside the tariff, 0 for one of something else."""
    noun, verb = frame.host, doing.verb if doing.kind else None
    head = _head(text, span)
    if verb is not None and verb.dep_ in {"relcl", "advcl"} and verb.head.i in span:
        return 3  # "on Wednesday, when a tariff of 10 percent came into effect"
    told_now = text.doc[span[0]].lower_ in {"today", "now", "currently"} and not _since(text, frame, time, span)
    present = verb is not None and verb.tag_ in {"VBZ", "VBP"} and doing.kind == "impose"
    lasting = present or doing.kind in {"pay", "keep"}
    if told_now and (lasting or text.doc[span[-1] + 1].like_num):
        return 0  # "today pays 10 percent", "its duty, today 10 percent", "today taxes cars at 110 percent"
    if (
        head is not None
        and head.lemma_ in {"expire", "lapse", "end"}
        and any(c.lower_ in {"when", "once", "after"} for c in head.children)
    ):
        return 1 if head.head.i == (verb.i if verb is not None else -1) else 0
    if doing.kind == "pause" and time.preposition in {"to", "from"}:
        return 4 if time.preposition == "to" else 0  # "delayed to August 1 from July 9"
    ahead = [t.lower_ for t in text.doc[max(frame.sent.start, span[0] - 2) : span[0]]]
    if _since(text, frame, time, span):
        begun = head is not None and head.lemma_ == "be"
        if begun and head is not None and any(t.lower_ in _HOLDING for t in text.doc[head.i + 1 : head.i + 4]):
            return 3  # "which has been in place since August 7"
        apart = time.preposition == "since" and head is not None and head.dep_ == "relcl" and not _of_tariff(head.head)
        own = verb is not None and head is not None and head.i == verb.i  # "on which it has levied 50 percent since"
        other = apart and head is not None and not own and not _tells_effect(head, noun, verb)
        dated = head is not None and head.lemma_ == "date" and _of_subject(head)  # "a duty that dated from April"
        return 0 if other or (head is not None and head.lemma_ in _LASTING and not dated) else 3
    before = text.doc[span[0] - 1] if ahead else None
    striking = doing.kind in {"effect", "impose", "threaten"} and len(ahead) > 1
    if before is not None and before.lower_ == "on" and striking:
        before = text.doc[span[0] - 2]  # "will hit its exports on August 1"
    ends = {g.end for g in frame.goods} | ({noun.idx + len(noun)} if noun is not None else set())
    if before is not None and before.idx + len(before) in ends and time.preposition in {None, "on"}:
        return 2  # "tariffs on EU goods next week"
    if head is None or led(text, time, span[0], doing.kind):
        return int(head is not None)
    if noun is not None and (head.i == noun.i or head.lemma_.lower() in _CHANGE):
        return 2
    if verb is not None and (head.i == verb.i or by_doing(verb, head)) and head.lemma_ not in _BEFORE_EFFECT:
        return 2
    behind = {t.lower_ for t in text.doc[head.i + 1 : head.i + 4]}
    begins = head.lemma_ in {"take", "come", "enter", "go"} and bool({"effect", "force"} & behind)
    coming = verb is not None and _still_to_come(text, time, head, verb)
    coming = coming or _behind_goods(frame, head) or _brought_about(head, verb)
    return int(begins or coming or _tells_effect(head, noun, verb) or is_tariff(head) or head.lower_ in RATE_NOUNS)


def _since(text: Text, frame: Frame, time: Time, span: range) -> bool:
    """As in "from May 4", "as of today": a beginning."""
    ahead = [t.lower_ for t in text.doc[max(frame.sent.start, span[0] - 2) : span[0]]]
    return time.preposition in _BEGIN or ahead[-1:] in (["since"], ["starting"], ["effective"]) or ahead in _BEGIN_PAIRS


def _still_to_come(text: Text, time: Time, head: Token, verb: Token) -> bool:
    """As in "On June 15, Peru said it would impose a duty": no day ahead is that of what was said."""
    later = (time.first or time.date or "") > (text.document.published or "9")
    planned = any(c.lower_ in {"will", "would", "shall", "may", "could", "might"} for c in head.children)
    return later and not planned and head.tag_ in FINITE | {"VBN", "JJ"} and _below(verb, head)


def _behind_goods(frame: Frame, head: Token) -> bool:
    """As in "a tariff on its lumber, which Norway imposed last month": a clause that hangs on the goods."""
    imposed = head.dep_ == "relcl" and bool(verb_class(head) & {"impose", "raise", "lower"})
    return imposed and head.lemma_ not in _BEFORE_EFFECT and any(g.start <= head.head.idx < g.end for g in frame.goods)


def _brought_about(head: Token, verb: Token | None) -> bool:
    """As in "On May 3 Peru added 10 percent, which raised the total to 45", "..., taking the total to 50"."""
    if verb is None or verb.i < head.i or not verb_class(head) & {"impose", "raise", "lower"}:
        return False
    which = verb.dep_ == "relcl" and any(c.lower_ == "which" for c in verb.children)
    result = which or (verb.dep_ == "advcl" and verb.tag_ == "VBG")
    return result and verb.tag_ in {"VBD", "VBG"} and head.is_ancestor(verb)


def _of_subject(verb: Token) -> bool:
    """Whether a verb tells of a tariff: "a duty that dated from April", "the duty dates from April"."""
    return is_tariff(verb.head) or any(is_tariff(c) for c in verb.children if c.dep_ == "nsubj")


def _of_tariff(token: Token) -> bool:
    """Whether a clause hangs on a tariff or, as parsed, on its rate: "a tariff of 50% that has been charged since"."""
    rate = token.dep_ == "pobj" and token.head.lower_ in {"of", "at", "on"}
    return is_tariff(token) or token.lower_ in RATE_NOUNS or (rate and is_tariff(token.head.head))


def _below(verb: Token, head: Token) -> bool:
    """Whether a deed is the content of what is said or planned."""
    while verb.dep_ in {"xcomp", "ccomp"} and verb.head.i != verb.i:
        verb = verb.head
        if verb.i == head.i:
            return True
    return False


def _tells_effect(head: Token, noun: Token | None, verb: Token | None) -> bool:
    """Whether a verb with a time says that the tariff begins: "that takes effect on Aug. 1", "imposed in April"."""
    if head.pos_ not in {"VERB", "AUX"} or head.lemma_ in _TELL or not (verb_class(head) or head.lemma_ in _EFFECT):
        return False
    if head.lemma_ == "take" and all(t.lower_ != "effect" for t in head.doc[head.i + 1 : head.i + 4]):
        return False  # "was given 50 percent and took Washington to court last week"
    if (top := clause_of(head)).dep_ in {"relcl", "acl"} and (_of_tariff(top.head) or (noun and top.head.i == noun.i)):
        return True
    subjects = [c for c in head.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if any(is_tariff(c) or c.lower_ in {*RATE_NOUNS, "it", "they"} for c in subjects):
        return True
    if verb is None or verb.i == head.i:
        return False
    below = head.head.i == verb.i and head.dep_ in {"xcomp", "conj", "ccomp"}
    return below or (verb.head.i == head.i and verb.dep_ in {"xcomp", "ccomp", "conj"})


def _head(text: Text, span: range) -> Token | None:
    """The verb or noun that a time hangs on."""
    token = next((text.doc[i] for i in span if text.doc[i].head.i not in span), text.doc[span[0]])
    for _ in range(_STEPS):
        if token.head.i == token.i:
            return None
        token = token.head
        of_day = token.lemma_ in {"day", "eve", "morning"}  # "on his first day in office, Jan. 20"
        noun = token.pos_ == "NOUN" and token.i not in span and not of_day
        if token.pos_ in {"VERB", "AUX"} or is_tariff(token) or noun:
            return token
    return None


def until(text: Text, sent: Span, doing: Act, noun: Token | None) -> Time | None:
    """The day up to which a tariff or its pause holds: "pay 30 percent until August 12"."""
    verb = doing.verb if doing.kind else None
    held = {t.i for t in (verb, noun) if t is not None}
    for time in text.times(sent):
        if time.preposition in {"until", "till", "through"} and time.date and time.kind == "DATE":
            head = _head(text, text.tokens(time.start, time.end))
            if head is not None and head.i in held:
                return time
    return None


def starting(text: Text, sent: Span, tariff: Token) -> Time | None:
    """The day on which "it", "the rate" or "the tariff" takes effect, in a sentence that says no more."""
    verb = tariff.head
    pursuing = verb.lemma_ == "go" and any(c.lower_ in {"after", "for", "with"} for c in verb.children)
    if pursuing or any(c.dep_ == "dobj" and c.lower_ not in _HOLDING for c in verb.children):
        return None  # "On Monday it put the measure on hold": what "it" does
    inner = [c for c in verb.children if c.dep_ in {"xcomp", "acomp"}]
    verbs = {verb.i, *(c.i for c in inner), *(g.i for c in inner for g in c.children if g.dep_ == "xcomp")}
    verbs = {i for i in verbs if text.doc[i].lemma_ != "take" or text.doc[i + 1 : i + 2].text.lower() != "place"}
    lemmas = {text.doc[i].lemma_ for i in verbs}
    holds = "be" in lemmas and any(t.lower_ in _HOLDING for t in text.doc[verb.i : verb.i + 4])
    brought_in = verb.lemma_ == "bring" and any(c.lower_ == "in" for c in verb.children)
    if not lemmas & _STARTING and not holds and not brought_in:
        return None
    for time in text.times(sent):
        span = text.tokens(time.start, time.end)
        head = _head(text, span)
        if time.kind in _DATED and time.date and verb.dep_ in {"relcl", "advcl"} and verb.head.i in span:
            return time  # "before Aug. 1, when the new rate applies"
        if time.kind not in _DATED or not time.date or time.preposition in _END - {"by"} or head is None:
            continue
        if head.i in verbs or head.lower_ in {"effect", "force"}:
            return time
    return None

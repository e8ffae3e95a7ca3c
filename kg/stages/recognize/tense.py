"""Whether the clause around a time expression speaks of the past or of what lies ahead."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from kg.agreed import agreed_at
from kg.lexicon import members, table

if TYPE_CHECKING:
    from kg.tokens import Token


class Direction(StrEnum):
    """Where a date without a year, or a day of the week, is to be looked for."""

    PAST = "past"
    SINCE = "since"  # the past, however long ago
    FUTURE = "future"
    PRESENT = "present"  # "expires on Tuesday" lies ahead; "the ministers meet June 15" may tell of the past
    TOLD = "told"  # the past, but of a noun: "asked about a deal in June"
    NEAR = "near"  # the clause leaves it open: the nearest such date


BEHIND = frozenset({Direction.PAST, Direction.TOLD, Direction.SINCE})
_MODALS = frozenset({"will", "shall", "'ll", "’ll", "would", "may", "might", "can", "could", "should", "must", "wo"})
_NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj"})
_TILL = frozenset({"until", "till"})
_UNTIL = frozenset({"until", "till", "by", "before"})
_OPEN = frozenset({"by", "before", "effective", "starting", "beginning"})
_HEADING = 4  # tokens
_OUTCOMES = frozenset({"result", "outcome", "fruit", "product", "consequence", "upshot"})
_VERBAL = frozenset({"VERB", "AUX"})


@cache
def _class(name: str) -> frozenset[str]:
    return frozenset(row[0] for row in table("tense") if row[1] == name)


def direction(token: Token, preposition: str | None) -> Direction:
    """The direction of the clause that governs `token`, the head of a time expression.

    "since" tells of the past. "by July 8" under a past verb is open, and so is a day that belongs to another event
    ("after Friday's talks"); "until July 8" lies ahead under a verb such as "extended" or "paused".
    """
    if preposition == "since":
        return Direction.SINCE
    verb, of_event = _governor(token)
    if verb is None:  # "Furniture: 30% from 1 January"
        return Direction.NEAR if preposition == "from" else _of_heading(token)
    if verb.lemma_ == "backdate" or any(c.lower_ == "retroactively" for c in verb.children):
        return Direction.PAST
    if 0 < agreed_at(verb) < token.i:
        return Direction.PAST
    if _within_hours(token, verb) and _of_verb(verb, None) is Direction.PAST:
        return Direction.PAST
    of_event = of_event or token.dep_ in _NOMINAL or (preposition in _TILL and _beside_noun(token))
    found = _of_verb(verb, preposition)
    if found is Direction.PAST and verb.pos_ == "VERB" and any(t.lower_ == "due" for t in _up_to(token, verb)):
        return Direction.NEAR if verb.tag_ == "VBD" else Direction.FUTURE  # "the summit, due in May, has been put off"
    if any(c.dep_ == "relcl" and c.tag_ == "VBD" for c in token.children) and verb.tag_ == "VB":
        return Direction.PAST  # "got its promise to attend on Sunday, when he met Doe"
    if token.head.lower_ == "about" or (found is Direction.PRESENT and _of_outcome(token, verb)):
        return Direction.NEAR  # "did not wish to speak about October"
    if found is Direction.PAST and verb.lemma_ in _class("extending") and preposition in _UNTIL | {"to"}:
        gone = preposition == "to" or _had(verb)  # "moved to May 2", "had given them until May 2"
        return Direction.NEAR if gone else Direction.PRESENT
    if found is Direction.NEAR and preposition in _UNTIL and not of_event:
        return Direction.PRESENT  # "was told to answer by Tuesday"
    if (of_event and not (found is Direction.PAST and _came_after(token))) or (
        found is Direction.PAST and preposition in _OPEN
    ):
        return Direction.NEAR
    return Direction.TOLD if found is Direction.PAST and token.head.head.pos_ == "NOUN" else found


def _of_outcome(token: Token, verb: Token) -> bool:
    """As in "This is the result of a meeting in Rome on Tuesday": what is told of by what came of it."""
    between = takewhile(lambda t: t != verb, token.ancestors)
    return verb.lemma_ == "be" and any(t.dep_ == "attr" and t.lemma_ in _OUTCOMES for t in between)


def _of_heading(token: Token) -> Direction:
    """Of a day that stands alone, as in "TUESDAY. Doe flies to Rome", what the sentence behind it speaks of."""
    sent = token.sent
    if len(sent) > _HEADING or sent.end >= len(sent.doc):
        return Direction.PAST
    root = sent.doc[sent.end].sent.root
    ahead = root.pos_ in _VERBAL and _of_verb(root, None) in {Direction.PRESENT, Direction.FUTURE}
    return Direction.FUTURE if ahead else Direction.PAST


def _beside_noun(token: Token) -> bool:
    """As in "Doe, in Rome until Friday, said": the day is that of what stands beside a noun, not of the verb."""
    above = [token, *token.ancestors]
    verb = next((n for n, t in enumerate(above) if t.pos_ in _VERBAL), len(above))
    return any(t.dep_ in _NOMINAL for t in above[:verb])


def _up_to(token: Token, verb: Token | None) -> list[Token]:
    """A token and those above it, up to a verb."""
    return list(takewhile(lambda t: t != verb, (token, *token.ancestors)))


def _came_after(token: Token) -> bool:
    """As in "said so after talks on Tuesday": what came first is over, too; not "put it off until after the talks"."""
    above = _up_to(token, _governor(token)[0])
    marks = {t.lower_ for t in above}
    until = any(t.lower_ == "after" and t.nbor(-1).lower_ in _UNTIL | {"to", "than"} for t in above if t.i > 0)
    return "after" in marks and not until and token.dep_ in {"pobj", "poss"} and not marks & {"before", "ahead"}


def _within_hours(token: Token, verb: Token) -> bool:
    """As in "met Doe hours before the talks on Friday": what was done at most a day from it."""
    marks = (t for t in _up_to(token, verb) if t.lower_ in {"before", "after"})
    return any(c.lemma_.lower() in {"hour", "minute"} for t in marks for c in (t.head, *t.children))


def _governor(token: Token) -> tuple[Token | None, bool]:
    """The verb above a token, and whether the time belongs to an event before or after what the verb tells."""
    of_event, first = False, token
    while token.pos_ not in _VERBAL:
        of_event = of_event or token.lower_ in {"ahead", "before", "after"}
        if token.head.i == token.i:
            return None, of_event
        token = token.head
    return token, of_event or any(c.lower_ == "ahead" and c.i < first.i for c in token.children)


def _of_verb(verb: Token, preposition: str | None) -> Direction:
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    lowered = {child.lower_ for child in helpers}
    if lowered & _MODALS:
        if "have" in lowered and "will" not in lowered:  # "could have met"; "would have applied from Friday"
            return Direction.NEAR if preposition == "from" else Direction.PAST
        return Direction.FUTURE
    if "to" in lowered:
        return _of_infinitive(verb)
    finite = next((child for child in helpers if child.tag_ in {"VBD", "VBZ", "VBP"}), None)
    if finite is None and verb.tag_ in {"VB", "VBG"} and verb.head.i != verb.i:
        above, _ = _governor(verb.head)
        return _of_verb(above, preposition) if above is not None else Direction.FUTURE
    if finite is None and verb.dep_ == "conj" and verb.tag_ == "VBN" and verb.head.pos_ in _VERBAL:
        return _of_verb(verb.head, preposition)
    return _of_finite(verb, finite, preposition)


def _of_finite(verb: Token, finite: Token | None, preposition: str | None) -> Direction:
    store = members("event_company", "in store")  # "was on the cards for July"
    planned = verb.lemma_ in _class("volition") or any(
        (child.dep_ in {"acomp", "prep"} and child.lower_ in {"due", "likely"})
        or (child.lower_ in {"on", "in"} and any(p.lower_ in store for p in child.children))
        for child in verb.children
    )
    past = (finite or verb).tag_ == "VBD"
    passive = any(child.lower_ == "been" for child in verb.children)
    if planned and passive and preposition == "for" and finite is not None and finite.lower_ in {"has", "have"}:
        return Direction.FUTURE  # "has been pencilled in for Friday"
    if finite is None and verb.dep_ == "acl" and preposition == "for" and _told_past(verb):
        return Direction.NEAR  # "a call fixed for Aug. 13 was cancelled"
    if verb.tag_ in {"VBN", "VBD"} and (finite is None or finite.lemma_ == "be") and planned and preposition == "for":
        return Direction.NEAR if past and finite is not None else Direction.FUTURE
    if past:  # "was due in May", "had been planned for July", "invited Doe to Rome in July"
        open_ = (finite or verb).lemma_ == "be" or passive or verb.lemma_ in _class("inviting")
        return Direction.NEAR if planned and open_ else Direction.PAST
    if finite is not None and finite.lemma_ == "have":
        return Direction.PAST
    if finite is None and verb.tag_ == "VBN":
        return Direction.PAST
    if verb.tag_ == "VB" and finite is None:
        return Direction.FUTURE
    return Direction.PAST if verb.lemma_ in _class("reporting") else Direction.PRESENT


def _told_past(verb: Token) -> bool:
    """Whether the clause that the head of a participle stands in is in the past tense."""
    above, _ = _governor(verb.head)
    if above is None:
        return False
    helpers = [c for c in above.children if c.dep_ in {"aux", "auxpass"}]
    return any(t.tag_ == "VBD" for t in (above, *helpers))


def _of_infinitive(verb: Token) -> Direction:
    """Ahead: "is to meet", "plans to meet", "a plan to meet"; open: "was to meet", "came to meet"."""
    above = verb.head
    if above.pos_ in _VERBAL and any(c.lower_ == "only" and c.dep_ == "advmod" and c.i < verb.i for c in verb.children):
        return _of_verb(above, None)  # "threatened it, only to push the day back to May 2"
    if above.i == verb.i or above.pos_ not in _VERBAL:
        if above.pos_ == "ADJ" and above.head.pos_ == "AUX" and (above.head.tag_ == "VBD" or _had(above.head)):
            return Direction.NEAR  # "was due to meet", "had been due to meet"
        return Direction.FUTURE
    be = any(child.lemma_ == "be" for child in above.children if child.dep_ in {"aux", "auxpass"})
    if above.tag_ == "VBN" and _had(above):
        return Direction.NEAR  # "had wanted to go there in October"
    if above.lemma_ in _class("volition") and not be:
        return Direction.FUTURE
    found = _of_verb(above, None)
    return Direction.NEAR if found is Direction.PAST else found


def _had(verb: Token) -> bool:
    return any(child.lower_ == "had" and child.dep_ == "aux" for child in verb.children)

"""Whether a percentage is what a tariff is changed to: "raised the tariff on cars to 27.5 percent"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.goods.products import known
from kg.stages.relate.tariffs.verbs import Host
from kg.stages.relate.tariffs.words import FINITE, RATE_NOUNS, classes, is_passive, is_tariff, stands_for, verb_class

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.group import Group
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_BESIDES = frozenset({"advcl", "relcl"})
_CHANGING = frozenset({"raise", "lower", "move", "impose", "remove"})
_OF_TARIFFS = frozenset(
    {"rate", "level", "increase", "rise", "hike", "cut", "reduction", "suspension", "raising", "lowering", "doubling",
     "tripling", "quadrupling", "halving", "jump", "decrease", "slashing"}
)
_STANDING = frozenset({"it", "they", "that", "this", "these", "which", "those"})
_MOVED = frozenset({"it", "that", "this", "which", "latter"})
_REACH = 16  # tokens between a tariff noun and its rate: "tariff on imported cars and trucks of more than 5 tons to"
_RISES = frozenset({"increase", "rise", "hike", "jump", "cut", "reduction", "decrease"})


def change(text: Text, sent: Span, group: Group, start: int, left: int, *, listed: bool) -> Host | None:
    """As in "raised the tariff on cars to 27.5 percent", "the rate goes down to 19 percent"."""
    made = start > sent.start and text.doc[start].lower_ in _MOVED and text.doc[start - 1].lemma_ == "make"
    if made:
        return Host("change", None, text.doc[start - 1])  # "threatened to make that 30 percent"
    reaching = start >= left and text.doc[start].lemma_ in {"reach", "total", "exceed", "run"}
    if start < left or not (reaching or text.doc[start].lower_ in {"to", "from", "by", "at", "double", "triple"}):
        return None
    if text.doc[start - 1].lower_ == "subject" or (
        group.previous is None and text.doc[start - 1 : start + 1].text.lower() in {"up from", "down from"}
    ):
        return None  # "two thirds support the duties, up from 55 percent": no rate that follows it
    verb: Token | None = text.doc[start] if reaching else None
    aside = text.doc[start].lower_ == "at" and text.doc[start - 1].text == ","  # "machinery, at up to 44 percent"
    floor = sent.start if (listed and not aside) or reaching or group.added is not None else left
    for i in range(start - 1, max(floor, start - 2 * _REACH) - 1, -1):
        token = text.doc[i]
        if other_rate(token) or _below_other(token):
            return None
        ends = text.doc[start].lower_ == "to" or (text.doc[start].lower_ == "from" and group.previous is not None)
        if i == start - 1 and token.lemma_ in _RISES and token.pos_ == "NOUN" and ends:
            return Host("rise", token) if text.doc[group.last + 1 : group.last + 2].text != "in" else None
        if is_tariff(token) or token.lower_ in RATE_NOUNS or stands_for(token):
            return None if verb is not None and _moves_other(verb, token) else Host("change", token, verb)
        if verb is None and verb_class(token) & _CHANGING and token.lemma_ != "be":
            verb = token
        elif verb is not None and _other_clause(token, verb):
            break
    return _of_verb(text, group, verb, left, listed=listed) if verb is not None else None


def _other_clause(token: Token, verb: Token) -> bool:
    """Whether a finite verb opens another clause; none in "wants the duty halved to 75 and brought down to 30"."""
    finite = token.pos_ == "VERB" and token.tag_ in FINITE and token.dep_ not in _BESIDES
    return finite and not (verb.dep_ == "conj" and verb.head.i == token.i)


def _of_verb(text: Text, group: Group, verb: Token, left: int, *, listed: bool) -> Host | None:
    """Whether what moves from rate to rate is a tariff by the subject or the object of the verb."""
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    subject = subject or next(iter(text.subjects(verb)), None)
    moved = next((c for c in verb.children if c.dep_ == "dobj" and c.lower_ in _MOVED), None)
    if moved is not None and "move" not in verb_class(verb):
        return Host("change", None, verb)  # "raising that to 30 percent was put on hold"
    behind = next((c for c in verb.children if c.dep_ == "dobj" and is_tariff(c) and c.i > group.last), None)
    if behind is not None:
        return Host("change", behind, verb)  # "will raise to 17 percent the duty on coffee"
    if subject is not None and (_is_old(subject, group) or subject.lower_ in _STANDING):
        return Host("change", None, verb)
    if subject is not None and subject.i < left <= verb.i and is_tariff(subject):
        return Host("change", subject, verb)  # "The duty on cars, which is above 100 percent, falls to 10"
    if verb.i < left:
        return Host("listed", None, verb) if listed else None
    ahead = any(c.lower_ in {"will", "would", "'ll", "’ll"} for c in verb.children)  # "the sofas will go up to 30"
    told = group.previous is not None or (ahead and text.doc[group.first - 1].lower_ == "to")
    moves = "move" in verb_class(verb) or (is_passive(verb) and bool(verb_class(verb) & {"raise", "lower"}))
    goods = subject is not None and told and moves and (known(subject) or (subject.i > 0 and known(subject.nbor(-1))))
    return Host("moved", None, verb) if goods else None  # "Wine drops from 150 to 20 percent", "was lowered from"


def _is_old(subject: Token, group: Group) -> bool:
    """As in "The 25 percent on steel will fall to zero"."""
    old = group.previous
    return old is not None and old.start <= subject.idx < old.end


def _moves_other(verb: Token, noun: Token) -> bool:
    """As in "a duty of 25 percent, and shipments fell by 82 percent": what falls is something else."""
    if noun.head.i == verb.i and noun.dep_ == "nsubj":
        return False  # "tariffs on cars, lumber and drugs would go up": parsed as several subjects
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i > noun.i), None)
    return subject is not None and subject.pos_ == "NOUN" and "move" in verb_class(verb) and noun not in subject.subtree


def _below_other(token: Token) -> bool:
    """As in "support for the tariffs dropped to 38 percent": what drops is something else."""
    if not is_tariff(token) or token.dep_ != "pobj" or token.head.dep_ != "prep":
        return False
    above = token.head.head
    return above.pos_ == "NOUN" and above.dep_ in {"nsubj", "nsubjpass"} and above.lemma_.lower() not in _OF_TARIFFS


def other_rate(token: Token) -> bool:
    """As in "interest rate", "unemployment rate"."""
    return token.lower_ in RATE_NOUNS and token.i > 0 and "other rate" in classes(token.nbor(-1).lower_)

"""Whether a percentage is the rate of a tariff by the verb it stands with: pay, charge, threaten, answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.stages.relate.goods.lists import listing
from kg.stages.relate.goods.products import known, state_at
from kg.stages.relate.tariffs.words import RATE_NOUNS, classes, is_passive, is_tariff, verb_class

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.group import Group
    from kg.stages.relate.text import Text
    from kg.tokens import Token

_LISTED = 14  # tokens of the goods between "charges" and their rate
_NEAR = 5  # tokens from a verb to the rate behind its object
_ON = frozenset({"on", "against", "upon", "for"})
_TAXING = frozenset({"tax", "tariff", "charge", "assess", "hit"})
_ACTIVE = frozenset({"VB", "VBD", "VBZ", "VBP", "VBG"})
_AND = frozenset({"and", "but", "while"})
_DO = frozenset({"impose", "raise", "threaten", "lower"})
_ANSWER = frozenset({"answer", "match", "retaliate", "respond", "reply", "counter", "react"})
_ADMITTED = frozenset({"let", "admit", "allow", "enter", "import", "come", "sell", "ship", "accept"})
SENDING = frozenset({"ship", "sell", "send", "export", "deliver", "supply", "bring"})
_LET = frozenset({"let", "admit", "allow"})
_STAYING = frozenset({"stick", "sit", "stall", "stay", "remain", "stand", "end", "settle", "land"})


class Host(NamedTuple):
    """What makes a percentage a rate."""

    kind: str
    noun: Token | None = None
    verb: Token | None = None


def of_clause(held: Host, *, moved: bool) -> Host:
    """The tariff that a clause beside it tells of: what is done to it the main clause says.

    "doubled the duties, taking the rate to 25 percent", "will drop the duty, which stands at 10"; not where a rate
    tells to what it goes (`moved`).
    """
    verb = held.verb or (held.noun.head if held.noun is not None else None)
    if held.kind != "change" or held.noun is None or verb is None:
        return held
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and held.noun.lower_ in RATE_NOUNS | {"total"}:
        object_ = next((c for c in verb.head.children if c.dep_ in {"dobj", "nsubjpass"} and is_tariff(c)), None)
        return held._replace(noun=object_, verb=None) if object_ is not None else held
    standing = verb.dep_ == "relcl" and verb.lemma_ in {"stand", "be"} and is_tariff(held.noun)
    above = held.noun.head if held.noun.dep_ in {"dobj", "nsubjpass"} and not moved else None
    eased = standing and above is not None and verb_class(above) & {"lower", "remove"} and above.dep_ != "conj"
    return Host("modifier", held.noun) if eased else held


def is_firm(text: Text, token: Token) -> bool:
    """Whether a name may be that of a maker: of no person, state or body that the text knows."""
    named = token.ent_type_ in {"ORG", "PRODUCT"} or (token.text[:1].isupper() and token.ent_type_ != "GPE")
    return named and text.entity(token) is None and text.office(token) is None


def admitted(text: Text, start: int, left: int) -> Host | None:
    """As in "will be let in at 10 percent", "enter at a rate of 10 percent"."""
    if start <= left or text.doc[start].lower_ != "at":
        return None
    near = [t for t in text.doc[max(left, start - 4) : start] if t.lemma_ in _ADMITTED and t.pos_ == "VERB"]
    letting = [t for t in text.doc[max(left, start - 16) : start] if t.lemma_ in _LET and _inward(t)]
    sending = [
        t for t in text.doc[max(left, start - 16) : start] if t.lemma_ in SENDING and _into_state(text, t, start)
    ]  # fmt: skip
    if sending and not letting:
        return Host("sent", None, sending[-1])
    verb = next(iter(near), None) or next(reversed(letting), None)
    return Host("payer", None, verb) if verb is not None else None


def _inward(verb: Token) -> bool:
    """As in "will let in as many as 49,000 cars at 6 percent"."""
    behind = verb.doc[verb.i + 1 : verb.i + 9]
    return verb.lemma_ == "admit" or any(t.lower_ in {"in", "enter", "into"} for t in behind)


def _into_state(text: Text, verb: Token, stop: int) -> bool:
    """As in "may ship 100,000 cars a year to the US at 10 percent"."""
    link = next((t for t in text.doc[verb.i + 1 : stop] if t.lower_ in {"to", "into"}), None)
    named = link is not None and any(state_at(text, t.i) for t in text.doc[link.i + 1 : min(stop, link.i + 4)])
    return named and verb.pos_ == "VERB"


def payer(text: Text, start: int, left: int) -> Host | None:
    """As in "face 15 percent", "will be subject to 20 percent", "are charged 39 percent", "got 15 percent"."""
    if start > left and text.doc[start].lower_ == "at":
        for token in reversed(text.doc[max(left, start - 7) : start]):
            if token.lemma_ == "be" and (known(token.nbor(-1)) or _of_state(text, token)):
                verb = token.head if token.dep_ in {"aux", "auxpass"} else token  # "Bourbon is now taxed at 100"
                return Host("payer", None, verb)  # "Steel and aluminum are at 50"
            if token.lemma_ in _STAYING and token.pos_ == "VERB" and not _of_other(text, token):
                return Host("getter", None, token)  # "stays where it is, at 15 percent"
    for i in range(start, max(left, start - 10) - 1, -1):
        token = text.doc[i]
        kinds = verb_class(token)
        if token.lemma_ == "expect" and token.dep_ == "xcomp" and token.head.lemma_ in {"tell", "ask"}:
            return Host("payer", None, token)  # "were told to expect 25 percent"
        if kinds & {"pay", "hit"} and not _active_hit(token):
            return Host("payer", None, token)
        if "get" in kinds and start - i <= 3 and token.dep_ not in {"aux", "auxpass"}:
            return Host("getter", None, token)
        buying = "importing" in classes(token.lemma_.lower())  # "cost American buyers 50 percent"
        other = token.pos_ == "NOUN" and token.lower_ not in {"rate", "duty"} and not buying
        if other or token.text in {":", ";"} or (token.pos_ == "VERB" and token.tag_ != "VBN"):
            break
    return None


def _of_state(text: Text, verb: Token) -> bool:
    """As in "Vietnam, with only a framework, is at 20 percent"."""
    return any(state_at(text, t.i) is not None for t in text.subjects(verb))


def _of_other(text: Text, verb: Token) -> bool:
    """As in "support is stuck at 39 percent": neither goods nor a state nor a rate."""
    heads = text.subjects(verb)[:1]
    heads = [t for t in heads if all(state_at(text, c.i) is None for c in t.children)]  # "British metal"
    plain = (t for t in heads if t.pos_ == "NOUN" and text.entity(t) is None)
    return any(not (known(t) or classes(t.lemma_.lower()) or t.lower_ in RATE_NOUNS) for t in plain)


def _active_hit(token: Token) -> bool:
    """As in "China charges 15 percent on maize" is no payer; "will be charged 15 percent", "hit by 25 percent" are."""
    following = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    if token.lower_ in {"hit", "struck"} and following in {"back", "out"}:
        return True
    if token.lower_ == "subject" or "pay" in classes(token.lemma_.lower()):
        return False
    passive = token.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in token.children)
    bare = not any(c.dep_ in {"aux", "nsubj"} for c in token.children)
    apart = bare and token.tag_ == "VBN" and token.dep_ == "advcl"  # "Charged 20 percent, Peru wants a lower duty"
    return not (passive or apart or token.dep_ == "acl" or following in {"by", "with"})


def deed(text: Text, group: Group, start: int, left: int, right: int) -> Host | None:
    """As in "charges 15 percent on maize", "put 25 percent on Canada", "threatened Switzerland with 31 percent"."""
    with_ = start >= left and text.doc[start].lower_ == "with"
    if start > left and text.doc[start].lower_ == "at":
        verbs = (t for t in reversed(text.doc[max(left, start - 14) : start]) if _taxes(t))
        verb = next(verbs, None)
        return Host("threat", None, verb) if verb is not None else None  # "taxes Vietnamese goods at 20 percent"
    behind = onto(text, group.ends[0] + 1, right) or onto(text, group.last + 1, right)
    struck = start > left and (text.doc[start].lower_ in {"us", "bloc"} or state_at(text, start) is not None)
    named = any(state_at(text, i) is not None for i in range(max(left, start - 3), start))
    sold = known(text.doc[start]) or "generic" in classes(text.doc[start].lemma_.lower())
    goods = start > left and named and sold
    near = _NEAR if goods else 2  # "charges Indian shrimp 50 percent"
    for verb in text.doc[max(left, start - near) : start] if (struck or goods) and not behind else ():
        if verb.lemma_ in _TAXING and verb.pos_ == "VERB" and not is_passive(verb):
            return Host("threat", None, verb)  # "charges Canada 35 percent"
    for verb in text.doc[max(left, start - _LISTED) : start] if not behind and start > left else ():
        taxing = verb.lemma_ in _TAXING and verb.pos_ == "VERB" and verb.tag_ in _ACTIVE and not is_passive(verb)
        listed = listing(text, verb.i + 1, start + 1) if taxing else None
        if listed is not None and listed.end > start and (listed.states or listed.goods):
            return Host("threat", None, verb)  # "charges watches and cheese from Switzerland 39 percent"
    first = next((t for t in text.doc[left:start] if not (t.is_punct or t.lower_ in _AND)), text.doc[left])
    fronted = first.lower_ in {"on", "for"}  # "On steel, Canada levies 25 percent", "; on pork it levies 45 percent"
    if not with_ and not behind and not fronted:
        return None
    for i in range(start, max(left, start - 12) - 1, -1):
        if text.doc[i].text == ":":
            break  # "Duties will apply from June 1: 17 percent for Doe Motors"
        kinds = verb_class(text.doc[i])
        if kinds & {"threaten", "hit"} and with_:
            back = text.doc[i + 1].lower_ in {"back", "out"}  # "hit back with 20 percent on American steel"
            return Host("deed" if back else "threat", None, text.doc[i])
        if with_ and text.doc[i].lemma_ in _ANSWER and text.doc[i].pos_ == "VERB":
            return Host("deed", None, text.doc[i])
        tabled = text.doc[i].lemma_ == "put" and "on the table" in text.doc[group.last : group.last + 6].text
        if kinds & _DO and (behind or fronted) and start - i <= 4 and not tabled:
            return Host("deed", None, text.doc[i])
    return None


def _taxes(verb: Token) -> bool:
    """As in "taxes Vietnamese goods at", "goods, which Peru has taxed at": active, with what it falls on."""
    if verb.lemma_ not in _TAXING and verb.lower_ != "taxes":
        return False
    object_ = any(c.dep_ == "dobj" for c in verb.children)
    perfect = verb.tag_ == "VBN" and any(c.lemma_ == "have" for c in verb.children) and not is_passive(verb)
    clause = verb.dep_ == "relcl" and verb_class(verb) and not is_passive(verb)
    return (verb.tag_ in _ACTIVE and object_) or (perfect and object_) or (bool(clause) and verb.tag_ != "VBN")


def onto(text: Text, i: int, right: int) -> bool:
    """Whether "on", "against" or "for" follows."""
    if i < right and text.doc[i].text == ",":
        i += 1
    measured = text.doc[i + 1 : i + 2].text.lower() in {"average", "top", "paper", "balance"}  # "on average"
    return i < right and text.doc[i].lower_ in _ON and not measured

"""How far a tariff has come: in force, agreed, proposed, threatened, paused, lifted, or none at all.

Raising and imposing lie ahead as threats, lowering as an agreement or an offer: who says "will impose" threatens, who says
"will cut" has agreed. A wish, a demand or a refusal to lower tells of a tariff that is in force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.tariff_words import classes, in_deal, is_tariff, verb_class

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_ASK = frozenset({"urge", "ask", "demand", "call", "press", "seek", "push", "request", "insist", "hope", "lobby", "appeal", "persuade",
                  "convince", "want", "wish", "like", "try", "aim", "avoid", "negotiate", "get", "need", "bid", "sign", "pressure",
                  "talk", "effort", "attempt", "without"})  # fmt: skip
_OFFER = frozenset({"offer", "propose", "proposal", "consider", "ready", "willing", "open", "weigh", "mull", "explore", "prepared",
                    "readiness", "plan", "prepare", "suggest", "intend", "intention", "study", "willingness", "discuss", "float",
                    "possibility", "idea"})  # fmt: skip
_STUDY = frozenset({"consider", "propose", "weigh", "mull", "proposal", "study", "float", "suggest", "explore", "discuss", "idea"})
_AGREE = frozenset({"agree", "commit", "promise", "pledge", "undertake", "accept", "commitment", "agreement", "promised"})
_REFUSE = frozenset({"refuse", "decline", "rule", "reject", "oppose", "forgo", "refrain", "exclude", "deny", "resist", "prevent",
                     "avert", "avoid", "stop"})  # fmt: skip
_ANNOUNCE = frozenset({"announce", "unveil", "plan", "want", "order", "declare", "publish", "float"})
_AHEAD_NOUNS = frozenset({"threat", "plan", "prospect", "warning", "possibility", "intention", "proposal", "fear", "risk"})
_EFFECT = frozenset({"take", "come", "go", "kick", "enter", "start", "begin", "follow", "loom", "hit", "arrive", "bite", "land"})
_ENDINGS = frozenset({"expire", "lapse", "end"})
_DOWN = frozenset({"lower", "remove", "fall", "drop", "decline", "cut", "reduce", "halve"})


class Act(NamedTuple):
    """What a verb does to a tariff, and whether the tariff is its object."""

    kind: str  # impose, raise, lower, remove, pause, keep, threaten, pay, move, effect, or "" for anything else
    verb: Token | None
    turned: bool = False  # the tariff is the subject of an active verb: "the duty rises"


def governor(noun: Token) -> Token | None:
    """The verb that a noun phrase hangs on, at most six steps up."""
    token = noun
    for _ in range(6):
        if token.head.i == token.i:
            return token if token.pos_ in {"VERB", "AUX"} else None
        if token.dep_ in {"relcl", "acl"} and token.i != noun.i:
            return None
        token = token.head
        if token.pos_ in {"VERB", "AUX"} or token.lower_ == "subject":
            return token
    return None


def act(noun: Token | None, verb: Token | None, *, to_rate: bool) -> Act:
    """What is done to a tariff by a verb."""
    if verb is None:
        return Act("", None)
    lemma, kinds = verb.lemma_.lower(), verb_class(verb)
    turned = noun is not None and any(
        c.dep_ == "nsubj" and (c.i == noun.i or noun in c.subtree) for c in verb.children
    ) and not any(c.dep_ in {"dobj", "auxpass"} and c.i != noun.i for c in verb.children)  # fmt: skip
    if turned and verb.tag_ == "VBN" and verb.dep_ == "ccomp" and not any(c.dep_ == "aux" for c in verb.children):
        turned = False  # "to have the duties removed"
    if lemma == "lift":
        return Act("raise" if to_rate else "remove", verb)
    if (lemma == "hit" and verb.i + 1 < len(verb.doc) and verb.nbor(1).lower_ in {"back", "out"}) or (
        lemma in {"respond", "retaliate", "reply", "answer", "counter", "react"} and noun is not None and not turned
    ):
        return Act("impose", verb)
    particles = {c.lower_ for c in verb.children if c.dep_ in {"prt", "prep", "advmod"}}
    if lemma in {"put", "hold", "call"} and particles & {"off"} or any(t.lower_ == "hold" for t in verb.doc[verb.i + 1 : verb.i + 3]):
        return Act("pause", verb)
    if lemma == "phase" and "out" in particles or lemma in {"vanish", "disappear"}:
        return Act("remove", verb)
    if noun is not None and noun.dep_ == "pobj" and noun.head.lower_ in {"at", "under", "with"}:
        if lemma in {"let", "admit"} or (lemma in {"allow", "accept", "import"} and any(c.dep_ == "dobj" for c in verb.children)):
            return Act("admit", verb)
        if lemma in {"enter", "come", "sell", "arrive"}:
            return Act("pay", verb)
    if lemma in {"take", "bring", "roll", "scale"}:
        down = any(t.lower_ in {"down", "back", "off"} for t in verb.doc[verb.i + 1 : verb.i + 13])
        return Act("lower", verb) if down and not turned else Act("effect" if turned else "", verb, turned)
    if "keep" in kinds and lemma not in {"have"}:
        return Act("keep", verb, turned)
    if turned and kinds & {"raise", "lower", "remove", "move", "get", "hit"} and lemma not in {"be", "have"}:
        return Act("move" if lemma not in {"hit", "apply", "remain", "stay", "stand"} else "effect", verb, True)
    if turned and lemma == "be" and noun is not None:
        for due in (c for c in verb.children if c.dep_ == "acomp" and c.lower_ in {"due", "set", "scheduled", "likely"}):
            inner = next((c for c in due.children if c.dep_ == "xcomp"), None)
            if inner is not None:
                return Act("effect", inner, True)
    if turned:
        return Act("effect" if lemma in _EFFECT else "", verb, True)
    if lemma in {"charge", "levy", "assess"} and any(c.dep_ == "auxpass" for c in verb.children) and is_object(noun, verb, "dobj"):
        return Act("pay", verb)
    for kind in ("threaten", "impose", "raise", "lower", "remove", "pause", "keep", "pay", "hit", "get", "move"):
        if kind in kinds and not (kind in {"get", "move"} and lemma in {"be", "have"}):
            return Act({"hit": "pay", "get": "pay"}.get(kind, kind), verb)
    return Act("", verb)


def above(verb: Token) -> str:
    """The lemma of the word that an infinitive or gerund hangs on: "plans to impose" -> plan."""
    token = verb
    while token.dep_ == "conj" and token.head.pos_ == "VERB" and token.head.i != token.i:
        token = token.head
    while token.dep_ in {"pcomp", "prep", "xcomp", "acl", "advcl", "ccomp", "pobj"} and token.head.i != token.i:
        if token.dep_ == "advcl" and token.head.pos_ in {"VERB"} and token.pos_ == "VERB" and not _bare_to(token):
            return ""
        token = token.head
        if token.pos_ in {"VERB", "NOUN", "ADJ"} and token.lemma_ not in {"be", "go", "move", "begin", "start"}:
            higher = token.head.lemma_.lower()
            refused = token.pos_ == "NOUN" and token.dep_ in {"dobj", "nsubjpass"} and higher in _REFUSE
            return higher if refused else str(token.lemma_.lower())
        if token.pos_ == "ADP" and token.lower_ == "without":
            return "without"
    return _before_to(verb)


def _before_to(verb: Token) -> str:
    """The word that governs "to charge" where the parse hung it elsewhere: "proposed to halve ... and to charge"."""
    if verb.i == verb.sent.start or verb.nbor(-1).lower_ != "to":
        return ""
    known = _OFFER | _AGREE | _ASK | _REFUSE | {"threaten", "warn", "vow", "plan"}
    for i in range(verb.i - 2, max(verb.sent.start, verb.i - 30) - 1, -1):
        token = verb.doc[i]
        if token.lower_ == "to" and token.i > verb.sent.start and token.nbor(-1).lemma_.lower() in known:
            return str(token.nbor(-1).lemma_.lower())
        if token.pos_ == "VERB" and token.lemma_.lower() in known and i + 6 > verb.i:
            return str(token.lemma_.lower())
        if i + 25 > verb.i and token.pos_ == "VERB" and token.lemma_.lower() in _STUDY:
            return str(token.lemma_.lower())
    return ""


def _bare_to(token: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)


def status(sent: Span, noun: Token | None, doing: Act, *, new_rate: bool, future: bool, told_deal: bool) -> tuple[str | None, bool]:
    """The status of a tariff and whether the words say so plainly; None where there is no such tariff.

    Args:
        sent: The sentence.
        noun: The tariff noun.
        doing: What is done to it.
        new_rate: The rate is what the deed leads to ("cut to 10 percent"), not what is now ("cut the 25 percent tariff").
        future: Its effective date lies after publication.
        told_deal: The text reports an agreement.
    """
    words = _adjectives(noun)
    if {"no", "without"} & words or any("average" in classes(w) for w in words):
        return None, True
    if doing.verb is None or not doing.kind:
        return _from_words(noun, words, doing.verb, future=future, deal=in_deal(sent))
    how, lemma = stage(doing.verb), above(doing.verb)
    if lemma == "decide" and how is Stage.PLANNED and not future:
        how = Stage.HELD
    deal = in_deal(sent)
    if doing.kind in {"impose", "raise", "threaten"}:
        return _raised(doing, how, lemma, words, future=future, deal=deal)
    if doing.kind in {"lower", "remove", "pause"} and _of_plan(noun):
        return None, True
    if doing.kind in {"lower", "remove", "pause"}:
        return _lowered(doing, how, lemma, new_rate=new_rate, future=future, deal=deal, told=told_deal)
    if doing.kind == "keep":
        return "InForce", True
    if doing.kind == "admit":
        return ("InForce" if how is Stage.HELD and not deal else "Agreed"), True
    return _borne(doing, how, lemma, future=future, deal=deal, told=told_deal)


def _of_plan(noun: Token | None) -> bool:
    """ "dropped his threat of a tariff": only the threat is gone."""
    return noun is not None and noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head.lemma_.lower() in _AHEAD_NOUNS


def _adjectives(noun: Token | None) -> frozenset[str]:
    if noun is None:
        return frozenset()
    start = max(noun.sent.start, noun.i - 6)
    found = []
    for i in range(noun.i - 1, start - 1, -1):
        token = noun.doc[i]
        if token.text == "," or token.pos_ in {"VERB", "AUX", "ADP"} and token.tag_ not in {"VBN", "VBG"} and token.lower_ != "without":
            break
        found.append(token.lower_)
    return frozenset(found)


def _from_words(noun: Token | None, words: frozenset[str], verb: Token | None, *, future: bool, deal: bool) -> tuple[str | None, bool]:
    """Without a deed the words before the noun and the time tell."""
    if words & {"proposed"}:
        return "Proposed", True
    if any("ahead" in classes(w) for w in words):
        return "Threatened", True
    if noun is not None and _comes(noun):
        return ("Agreed" if deal else "Threatened"), True
    behind = noun.doc[noun.i + 1 : noun.i + 5].text.lower() if noun is not None else ""
    if any(w in behind for w in ("on their way", "on the way", "in the works", "on the horizon", "in store")):
        return "Threatened", True
    if noun is not None and noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head.lemma_.lower() in _AHEAD_NOUNS:
        return "Threatened", True
    if future:
        return ("Agreed" if deal else "Threatened"), True
    if verb is not None and verb.lemma_ in {"agree", "settle", "conclude"}:
        return "Agreed", True
    if verb is not None and stage(verb) in {Stage.NEGATED} and is_object(noun, verb):
        return None, True
    return "InForce", False


def _comes(noun: Token) -> bool:
    """ "a day before a tariff takes effect", "unless the duty kicks in": its coming lies ahead."""
    before = [t.lower_ for t in noun.doc[max(noun.sent.start, noun.i - 6) : noun.i]]
    if not {"before", "until", "unless", "if", "once", "when"} & set(before):
        return False
    behind = noun.doc[noun.i + 1 : min(noun.sent.end, noun.i + 14)]
    return any(t.lemma_ in {"take", "kick", "come", "enter", "go", "start", "begin", "hit", "bite"} and t.tag_ in {"VBZ", "VBP"} for t in behind)


def is_object(noun: Token | None, verb: Token, *relations: str) -> bool:
    """Whether a noun is what a verb acts on."""
    return noun is not None and noun.head.i == verb.i and noun.dep_ in (relations or ("dobj", "attr", "nsubjpass"))


def _raised(doing: Act, how: Stage, lemma: str, words: frozenset[str], *, future: bool, deal: bool) -> tuple[str | None, bool]:
    own = doing.verb.lemma_.lower() if doing.verb is not None else ""
    if how in {Stage.NEGATED, Stage.CANCELLED, Stage.DENIED} or lemma in _REFUSE:
        return None, True
    if own in _STUDY or own == "offer" or (lemma in _STUDY and doing.kind != "threaten"):
        return "Proposed", True
    if lemma in _AGREE or (deal and how is Stage.PLANNED):
        return "Agreed", True
    if doing.kind == "threaten" or future or lemma in {*_OFFER, "threaten", "warn", "vow", "threat"}:
        return "Threatened", True
    if lemma in _ASK:
        return ("Threatened" if lemma in {"want", "seek"} else None), True
    if how is not Stage.HELD:
        return "Threatened", True
    if own in _ANNOUNCE or any("ahead" in classes(w) for w in words):
        return "Threatened", False
    return "InForce", own not in {"set", "add", "apply"}


def _lowered(doing: Act, how: Stage, lemma: str, *, new_rate: bool, future: bool, deal: bool, told: bool) -> tuple[str | None, bool]:
    reached = {"lower": "InForce", "remove": "Lifted", "pause": "Paused"}[doing.kind]
    if how in {Stage.NEGATED, Stage.CANCELLED, Stage.DENIED} or lemma in _REFUSE or lemma in {"show", "sign"}:
        return (None if new_rate else "InForce"), False
    if lemma == "have":  # "wants to have the duties removed"
        return ("Proposed" if new_rate else "InForce"), False
    if lemma in _AGREE:
        return ("Paused" if doing.kind == "pause" else "Agreed"), True
    if lemma in _ASK:
        return ("Proposed" if new_rate else "InForce"), False
    if lemma in _OFFER:
        return "Proposed", True
    if how is Stage.HELD and not future:
        tense = doing.verb.tag_ if doing.verb is not None else ""
        if doing.kind != "pause" and (deal or told) and tense in {"VBZ", "VBP"}:
            return "Agreed", True
        return reached, True
    would = doing.verb is not None and any(c.lower_ in {"would", "'d", "’d"} for c in doing.verb.children)
    if how is Stage.SOUGHT or (how is Stage.HYPOTHETICAL and not deal and not would):
        return ("Proposed" if new_rate or how is Stage.SOUGHT else "InForce"), False
    if doing.kind == "pause":
        return "Paused", True
    return ("Agreed" if doing.kind == "lower" or deal or told else "Proposed"), True


def _borne(doing: Act, how: Stage, lemma: str, *, future: bool, deal: bool, told: bool) -> tuple[str | None, bool]:
    """Tariffs that somebody pays, or that rise, fall or take effect by themselves."""
    if how in {Stage.NEGATED, Stage.CANCELLED, Stage.DENIED} and doing.verb is not None and doing.verb.lemma_ not in _ENDINGS:
        return None, True
    verb = doing.verb
    down = verb is not None and verb.lemma_.lower() in _DOWN
    ahead = future or how is not Stage.HELD or lemma in {"expect", "due", "set", "threaten", "schedule", "likely"}
    if ahead:
        return ("Agreed" if deal or down else "Threatened"), True
    if doing.kind == "move" and (deal or told) and verb is not None and verb.tag_ in {"VBZ", "VBP"} and (down or deal):
        return "Agreed", True
    return "InForce", doing.kind == "pay"

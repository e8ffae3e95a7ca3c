"""What a verb does to a tariff: impose, raise, lower, remove, pause, keep, bear it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.stages.relate.tariffs.ahead import works
from kg.stages.relate.tariffs.words import classes, is_passive, verb_class

if TYPE_CHECKING:
    from kg.tokens import Token

ASK = frozenset({
    "urge", "ask", "demand", "call", "press", "seek", "push", "request", "insist", "hope", "lobby", "appeal",
    "persuade", "convince", "want", "wish", "like", "try", "aim", "avoid", "negotiate", "get", "need", "bid",
    "sign", "pressure", "talk", "effort", "attempt", "without"
})  # fmt: skip
OFFER = frozenset({
    "offer", "propose", "proposal", "consider", "ready", "willing", "open", "weigh", "mull", "explore", "prepared",
    "readiness", "plan", "prepare", "suggest", "intend", "intention", "study", "willingness", "discuss", "float",
    "possibility", "idea", "process", "preparation", "procedure"
})  # fmt: skip
STUDY = frozenset({
    "recommend", "advise", "consider", "propose", "weigh", "mull", "proposal", "study", "float", "suggest", "explore",
    "discuss", "idea", "eye", "moot", "draft", "contemplate"
})  # fmt: skip
AGREE = frozenset({
    "agree", "commit", "promise", "pledge", "undertake", "accept", "commitment", "agreement", "promised"
})  # fmt: skip
REFUSE = frozenset({
    "refuse", "decline", "rule", "reject", "oppose", "forgo", "refrain", "exclude", "deny", "resist", "prevent",
    "avert", "avoid", "stop"
})  # fmt: skip
ANSWERING = frozenset({"hit", "strike", "match", "respond", "retaliate", "reply", "answer", "counter", "react"})
PROVOKED = frozenset({"response", "retaliation", "answer", "reaction", "revenge"})
BACKGROUND = frozenset({"addition", "top"})  # "on top of the standard duty of 10 percent"
_KNOWN = OFFER | AGREE | ASK | REFUSE | {"threaten", "warn", "vow"}
_ANSWERS = frozenset({"respond", "retaliate", "reply", "answer", "counter", "react"})
_REMOVALS = frozenset({
    "elimination", "abolition", "removal", "scrapping", "dismantling", "phase-out", "phaseout", "abolishment", "end",
    "lifting", "repeal", "withdrawal", "cancellation", "revocation"
})  # fmt: skip
_PROVIDING = frozenset({"provide", "foresee", "include", "contain", "envisage", "mean", "bring", "entail"})
_DIRECTED = frozenset({"take", "bring", "roll", "scale"})  # with "down", "back" or "off" they lower
_WISHING = frozenset({"want", "like", "see", "need", "have", "get", "wish", "prefer"})
_AWAITING = frozenset({"look", "stare", "brace"})
_UNDER = frozenset({"prep", "pcomp", "xcomp", "acl", "advcl", "ccomp", "pobj"})
_PASSING = frozenset({"be", "go", "move", "begin", "start"})
_ABOUT = frozenset({"over", "about", "regarding", "concerning"})
_IN_ORDER = ("escape", "threaten", "impose", "raise", "lower", "remove", "pause", "keep", "pay", "hit", "get", "move")
_ENDING = frozenset({".", ",", ";", "within", "over", "after", "at", "in", "by", "as", "when", "once", "immediately"})
_TALKS = frozenset({
    "talk", "negotiation", "discussion", "meeting", "debate", "vote", "decision", "consultation", "hearing", "ruling",
    "question", "row", "dispute", "quarrel", "dialogue"
})  # fmt: skip
_PROLONGING = frozenset({"extension", "prolongation", "renewal", "continuation"})
_ENDS_AT = {"end": (["at"],), "make": (["it"], ["that"], ["this"])}  # "ends at 20 percent", "to make that 30 percent"
_STEPS = 6  # up from a noun to its verb: "raised | the | level | of | the | duty"


class Act(NamedTuple):
    """What a verb does to a tariff, and whether the tariff is its object."""

    kind: str  # impose, raise, lower, remove, pause, keep, threaten, pay, move, effect, admit, or "" for anything else
    verb: Token | None
    turned: bool = False  # the tariff is the subject of an active verb: "the duty rises"


NOTHING = Act("", None)


def governor(noun: Token) -> Token | None:
    """The verb that a noun phrase hangs on, or the adjective in "subject to"."""
    token = noun
    levies = next((c for c in noun.children if c.lower_ == "levies" and c.dep_ == "compound"), None)
    if levies is not None:
        return levies  # "Switzerland levies duties on", parsed as two nouns
    for _ in range(_STEPS):
        if token.head.i == token.i:
            return token if token.pos_ in {"VERB", "AUX"} else None
        if token.dep_ in {"relcl", "acl"} and token.i != noun.i:
            return None
        token = token.head
        if token.pos_ == "NOUN" and token.lemma_ in PROVOKED | BACKGROUND:
            return None  # "in response to the duties on steel": not what is done now
        if token.pos_ in {"VERB", "AUX"} or token.lower_ == "subject":
            likewise = token.pos_ == "AUX" and token.dep_ == "advcl" and token.nbor(-1).lower_ in {"as", "so"}
            return token.head if likewise else token  # "would be abolished, as would those on wine"
    return None


def act(noun: Token | None, verb: Token | None, *, to_rate: bool) -> Act:
    """What is done to a tariff by a verb.

    Args:
        noun: The tariff noun.
        verb: The verb it hangs on.
        to_rate: Whether a rate follows that the verb leads to: "lifted to 25 percent" raises, "lifted" removes.
    """
    if verb is not None and verb.lemma_ == "draw" and any(c.lower_ == "attention" for c in verb.children):
        return NOTHING  # "drew attention to the duty"
    if verb is None or (noun is not None and (_spoken_of(noun) or answered(noun, verb))):
        return NOTHING
    if verb.lemma_ == "hold" and verb.i and verb.nbor(-1).lower_ == "on":
        return Act("pause", verb.head)  # "put on hold its duty", parsed as a verb
    by_noun = _by_noun(noun, verb) if noun is not None else None
    if by_noun is not None:
        return by_noun
    now = verb.lemma_ == "be" and verb.tag_ in {"VBZ", "VBP"}  # "is to disappear", not "was to end in 2021"
    verb = next((c for c in verb.children if now and c.dep_ == "xcomp" and _infinitive(c)), verb)
    turned = _turned(noun, verb)
    special = _phrasal(noun, verb, turned=turned, to_rate=to_rate)
    if special is not None:
        return special
    if turned:
        return _by_itself(noun, verb)
    link = noun.head if noun is not None and noun.dep_ == "pobj" else None
    awaiting = link is not None and verb.lemma_ in _AWAITING and link.lower_ in {"at", "for"}
    living = link is not None and verb.lemma_ == "live" and link.lower_ == "with"
    down = link is not None and verb.lemma_ == "be" and link.lower_ == "for" and link.nbor(-1).lower_ in {"down", "in"}
    if awaiting or living or down:
        return Act("pay", verb)  # "would be looking at a duty", "has to live with", "is down for"
    lemma, kinds = verb.lemma_.lower(), verb_class(verb)
    if to_rate and "move" in kinds and noun is not None and noun.dep_ in {"nsubj", "conj"} and not _has_object(verb):
        return Act("move", verb, turned=True)  # "the rate and the duty were to drop from 25 to 15 percent"
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    if lemma in {"charge", "levy", "assess"} and passive and is_object(noun, verb, "dobj"):
        return Act("pay", verb)
    for kind in _IN_ORDER:
        if kind in kinds and not (kind in {"get", "move"} and lemma in {"be", "have"}):
            return Act({"hit": "pay", "get": "pay"}.get(kind, kind), verb)
    return Act("", verb)


def _by_noun(noun: Token, verb: Token) -> Act | None:
    """What the words around the noun tell, whatever the verb says."""
    if works(noun, verb):
        return Act("", verb)
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_ in _PROLONGING:
        return Act("keep", verb)  # "published the extension of the duty"
    gone = _removal(noun)
    return Act("remove", gone) if gone is not None else None  # "agreed on the elimination of the duty on grapes"


def _for_good(verb: Token) -> bool:
    """As in "the duty will go in seven years", "goes on Friday"; not "will go up", "goes on"."""
    after = verb.doc[verb.i + 1 : verb.i + 3]
    dated = len(after) > 1 and after[0].lower_ in {"on", "by"} and after[1].ent_type_ == "DATE"
    return not len(after) or after[0].lower_ in _ENDING or dated


def _removal(noun: Token) -> Token | None:
    """The noun that tells the end of a tariff in what is agreed: "the deal puts an end to the duty on grapes"."""
    while noun.dep_ == "conj" and noun.head.i < noun.i:
        noun = noun.head
    link = noun.head if noun.dep_ == "pobj" and noun.head.lower_ in {"of", "to"} else None
    gone = link.nbor(-1) if link is not None and link.i else None
    if link is None or gone is None or gone.lemma_ not in ({"end"} if link.lower_ == "to" else _REMOVALS):
        return None
    brought = gone.dep_ == "dobj" and gone.head.lemma_ in _PROVIDING | {"put", "spell"}
    brought = brought or (gone.dep_ == "nsubj" and gone.head.tag_ == "VBD")  # "The end of the duty pleased growers"
    return gone if brought or above(gone) in AGREE | _PROVIDING else None


def _spoken_of(noun: Token) -> bool:
    """As in "began to negotiate over the duty", however the parse hangs it."""
    talks = noun.dep_ == "pobj" and noun.head.lower_ == "on" and noun.head.head.lemma_.lower() in _TALKS
    if talks:
        return True  # "put off talks on the duty"
    first = noun.left_edge.i
    return not noun.doc[first].is_sent_start and noun.doc[first - 1].lower_ in _ABOUT


def answered(noun: Token | None, verb: Token | None) -> bool:
    """As in "will not retaliate against the duty", "answers Peru's tariffs": what is answered, not the answer."""
    if noun is None or verb is None or verb.lemma_ not in _ANSWERS:
        return False
    return noun.dep_ == "dobj" if verb.lemma_ in {"answer", "counter"} else (
        noun.dep_ == "pobj" and noun.head.lower_ in {"against", "to"}
    )


def _has_object(verb: Token) -> bool:
    return any(c.dep_ in {"dobj", "auxpass"} for c in verb.children)


def _turned(noun: Token | None, verb: Token) -> bool:
    if noun is None:
        return False
    wished = verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.head.lemma_ in _WISHING)
    if wished and verb.dep_ == "ccomp" and not any(c.dep_ == "aux" for c in verb.children):
        return False  # "to have the duties removed", "wants India's duty halved"
    subject = any(c.dep_ == "nsubj" and (c.i == noun.i or noun in c.subtree) for c in verb.children)
    hits = verb.tag_ != "VBN" and "hit" in verb_class(verb)  # "a tariff will hit Indian drugs"
    barred = {"auxpass"} if hits else {"dobj", "auxpass"}
    return subject and not any(c.dep_ in barred and c.i != noun.i and c.lower_ != "effect" for c in verb.children)


def _phrasal(noun: Token | None, verb: Token, *, turned: bool, to_rate: bool) -> Act | None:
    """Verbs that mean something else with a particle or a preposition."""
    lemma, behind = verb.lemma_.lower(), [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 13]]
    if lemma == "lift" or behind[:1] in _ENDS_AT.get(lemma, ()):
        kind = "move" if lemma == "end" else "raise" if to_rate or lemma == "make" else "remove"
        return Act(kind, verb, turned and lemma == "end")
    back = lemma in {"hit", "strike"} and behind[:1] in (["back"], ["out"])
    if back or (lemma in _ANSWERS and noun is not None and not turned):
        return Act("impose", verb)
    shelved = lemma == "be" and behind[:1] == ["off"]  # "is off the calendar until October 29"
    held_back = {"hold", "ice"} & set(behind[:2]) or (lemma in {"put", "place"} and "on hold" in " ".join(behind))
    if held_back or shelved:
        return Act("pause", verb, turned and shelved)
    wholly = {"altogether", "away", "entirely", "completely"} & set(behind[:1])
    gone = lemma in {"go", "fall"} and turned and bool(wholly)
    gone = gone or (lemma == "go" and turned and _for_good(verb))
    away = gone or (lemma == "do" and "away" in behind[:1]) or (lemma == "get" and "rid" in behind[:1])
    away = away or (lemma == "roll" and "back" in behind[:1] and not to_rate)
    if away or lemma in {"vanish", "disappear"}:
        return Act("remove", verb)
    if noun is not None and noun.dep_ == "pobj" and noun.head.lower_ in {"at", "under", "with"}:
        with_it = "hit" in verb_class(verb) and noun.head.lower_ == "with"
        if with_it:  # "hit Chinese goods with a tariff", but "Hit with a tariff, Peru gave in"
            return Act("pay" if is_passive(verb) else "impose", verb)
        object_ = any(c.dep_ == "dobj" for c in verb.children)
        if lemma in {"let", "admit"} or (lemma in {"allow", "accept", "import"} and object_):
            return Act("admit", verb)
        if lemma in {"enter", "come", "sell", "arrive"}:
            return Act("pay", verb)
    if lemma in _DIRECTED:
        farther = verb.doc[verb.i + 13 : min(verb.i + 26, verb.sent.end)].text.lower()
        lowered = {"down", "back", "off", "zero", "nil"} & set(behind) or " down to " in farther
        if lowered and not turned:
            return Act("lower", verb)
        return Act("effect" if turned else "", verb, turned)
    if "keep" in verb_class(verb) or (lemma == "have" and is_object(noun, verb, "dobj")):
        return Act("keep", verb, turned)
    return None


def _by_itself(noun: Token | None, verb: Token) -> Act:
    """What a tariff does as the subject: rise, fall, apply, take effect."""
    lemma = verb.lemma_.lower()
    if verb_class(verb) & {"raise", "lower", "remove", "move", "get", "hit"} and lemma not in {"be", "have"}:
        return Act("effect" if lemma in {"hit", "apply", "stand"} else "move", verb, turned=True)
    if lemma == "be" and noun is not None:
        due = (c for c in verb.children if c.dep_ == "acomp" and c.lower_ in {"due", "set", "scheduled", "likely"})
        inner = next((c for d in due for c in d.children if c.dep_ == "xcomp"), None)
        if inner is not None:
            return Act("effect", inner, turned=True)
    return Act("effect" if "effect" in classes(lemma) else "", verb, turned=True)


def is_object(noun: Token | None, verb: Token, *relations: str) -> bool:
    """Whether a noun is what a verb acts on."""
    return noun is not None and noun.head.i == verb.i and noun.dep_ in (relations or ("dobj", "attr", "nsubjpass"))


def above(verb: Token) -> str:
    """The lemma of the word that an infinitive or gerund hangs on: "plans to impose" -> plan."""
    token = verb
    while token.dep_ == "conj" and token.head.pos_ == "VERB" and token.head.i != token.i:
        token = token.head
    if any(c.dep_ in {"nsubj", "nsubjpass"} and c.lower_ in {"which", "that", "who"} for c in verb.children):
        return ""
    while token.dep_ in _UNDER and token.head.i != token.i:
        clause = token.dep_ == "advcl" and token.pos_ == "VERB" and not _infinitive(token)
        if clause and token.head.pos_ in {"VERB", "NOUN"}:
            return ""
        token = token.head
        if token.pos_ in {"VERB", "NOUN", "ADJ"} and token.lemma_ not in _PASSING:
            higher = token.head.lemma_.lower()
            given_up = higher in REFUSE or bool(verb_class(token.head) & {"pause", "remove"})
            refused = token.pos_ == "NOUN" and token.dep_ in {"dobj", "nsubjpass"} and given_up
            return higher if refused else str(token.lemma_.lower())
        if token.pos_ == "ADP" and token.lower_ == "without":
            return "without"
    return _before_to(verb)


def _before_to(verb: Token) -> str:
    """The word that governs "to charge" where the parse hung it elsewhere: "proposed to halve ... and to charge"."""
    first = verb.sent.start
    if verb.i == first or verb.nbor(-1).lower_ != "to":
        return ""
    for i in range(verb.i - 2, max(first, verb.i - 25), -1):
        token = verb.doc[i]
        lemma = str(token.lemma_.lower())
        near = token.pos_ == "VERB" and lemma in _KNOWN and i + 6 > verb.i
        if near or (lemma in _KNOWN and token.nbor(1).lower_ == "to") or (token.pos_ == "VERB" and lemma in STUDY):
            return lemma
    return ""


def _infinitive(token: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)

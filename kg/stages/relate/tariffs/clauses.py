"""How far a tariff has come by the clause beside it: "which have been on hold", "that he has threatened"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.tariffs.acts import ASK, Act, act
from kg.stages.relate.tariffs.words import FINITE, RATE_NOUNS, classes, is_tariff, spoken, verb_class
from kg.stages.relate.verb_forms import clause_of

if TYPE_CHECKING:
    from kg.tokens import Span, Token

ENDINGS = frozenset({"expire", "lapse", "end", "lift", "let"})
_MEANING = frozenset({"mean", "entail", "bring", "trigger", "spell"})
_COMING = frozenset({"take", "kick", "come", "enter", "go", "start", "begin", "hit", "bite"})
_PRESENT = frozenset({"VBZ", "VBP"})
PACTS = frozenset({"agreement", "deal", "pact", "accord", "treaty", "framework"})
_PAUSES = frozenset({"suspension", "pause", "freeze", "postponement", "deferral", "reprieve", "moratorium"})
ENDED = {"remove": "Lifted", "pause": "Paused"}  # by the class of the verb
_DECIDED = frozenset({"vote", "decision", "debate", "hearing", "ruling", "signing", "ratification", "visit", "trip"})
_STEPS = frozenset({"measure", "measures", "step", "move", "increase", "hike", "surcharge", "levy"})
_LIST = r"(?:list|package|set|round|raft|series|catalogue|retaliation|retaliatory|counter\S*)"
PROMISING = frozenset({"promise", "pledge", "guarantee", "assure", "commit", "agree", "accept"})
_READY = (
    r"(?:ready|prepared|drafted|lined up|in hand|in reserve|in (?:its|their|the|a) drawer|on standby|in waiting)"
    r"\b(?! to\b)"
)
_PREPARED = re.compile(
    rf"\b(?:ha[sd]|have|holds?|keeps?|with) (?:\w+ ){{0,3}}{_LIST}\b[^,.;:]{{0,40}}\b{_READY}"
    r"|\b(?:drawn up|drew up|draws up|prepar(?:ed|es)|compiled|drafted|put together|worked out) "
    rf"(?:\w+ ){{0,2}}{_LIST}\b"
    rf"|\b{_LIST}\b[^.,;:]{{0,70}}\b(?:is|are|lies?|lying|stands?) (?:lying |standing )?{_READY}"
    rf"|\b{_LIST} of (?:possible|potential|likely|proposed|planned) ",
    re.IGNORECASE,
)
_MUSING = frozenset({"speak", "talk", "muse", "hint", "toy"})
_COVERING = frozenset({"cover", "concern", "affect", "apply", "include", "extend", "relate"})
_TRUCES = frozenset({
    "suspension", "truce", "moratorium", "pause", "freeze", "standstill", "halt", "respite", "reprieve"
})  # fmt: skip
_INTO_FORCE = frozenset({"put", "take", "come", "enter", "go", "be", "collect", "levy", "apply", "charge", "implement"})
_ANNOUNCED = frozenset({"announce", "threaten", "order", "declare", "unveil", "publish", "decree"})
_WISHING = frozenset({"want", "seek", "propose", "demand", "request", "suggest", "ask", "offer", "urge"})
_BACK = re.compile(r"(?:still )?(?:suspended|paused|frozen|shelved|on (?:hold|ice))\b")
_HELD_BACK = re.compile(
    r"(?:is|are|was|were|(?:has|have|had) been) (?:\w+ )?(?:on (?:hold|ice)|paused|suspended|frozen)\b"
)


def by_clause(noun: Token | None, doing: Act, *, concluded: bool) -> str | None:
    """The status that a clause beside the tariff tells, whatever its own verb says."""
    if doing.kind in {"impose", "raise", "threaten"} and (then := _then(doing.verb)) is not None:
        return then
    subject = noun is not None and noun.dep_ in {"nsubj", "nsubjpass"}
    if subject and noun is not None and (then := _then(noun.head, passive=True)) is not None:
        return then
    held_up = _called_off(noun, doing) or _on_hold(noun) or _suspended(noun) or _kept_back(noun)
    if held_up or _deferred(doing.verb) or _covered(noun):
        return "Paused"
    if _ran_out(noun):
        return "Lifted"
    if _wished_for(doing.verb) or _asked_for(noun):
        return "Proposed"
    if _not_yet(noun):
        return "Threatened"
    if doing.kind != "pause" and by_pact(noun if noun is not None else doing.verb):
        return "Agreed"
    if doing.kind != "pause" and _threatened(noun):  # "shelved the tariff that it had threatened"
        return "Threatened"
    return "Agreed" if _capped(doing, concluded=concluded) else None


def _covered(noun: Token | None) -> bool:
    """As in "The suspension covers duties of 15 percent on aircraft", "the truce applies to the duties"."""
    verb = next((t for t in noun.ancestors if t.pos_ == "VERB"), None) if noun is not None else None
    return verb is not None and verb.lemma_ in _COVERING and any(
        c.dep_ in {"nsubj", "nsubjpass"} and c.lemma_.lower() in _TRUCES for c in verb.children
    )  # fmt: skip


def prepared(sent: Span) -> bool:
    """As in "has a list of counter-measures ready, including duties of 20 percent": not in force."""
    return _PREPARED.search(spoken(sent)) is not None


def _not_yet(noun: Token | None) -> bool:
    """As in "The duty announced in May has not been put into force", "is not in force yet"."""
    verb = noun.head if noun is not None and noun.dep_ in {"nsubj", "nsubjpass"} else None
    if verb is None or noun is None or verb.lemma_ not in _INTO_FORCE or ended_by_now(verb):
        return False
    off = stage(verb) in {Stage.NEGATED, Stage.CANCELLED} or any(c.lower_ in {"not", "never"} for c in verb.children)
    told = any(t.lemma_ in _ANNOUNCED and t.dep_ in {"acl", "relcl"} for t in noun.subtree)
    return off and (told or any(t.lower_ == "yet" for t in verb.subtree))


def ended_by_now(verb: Token) -> bool:
    """As in "is no longer collected"."""
    return any(t.lower_ in {"longer", "anymore"} for t in verb.subtree)


def _wished_for(verb: Token | None) -> bool:
    """As in "wants a quota inside which its mills would be charged 15 percent"."""
    if verb is None or not any(c.lower_ in {"would", "should", "could", "to"} for c in verb.children):
        return False
    if verb.dep_ == "ccomp" and verb.head.lemma_ in _WISHING:  # also as parsed: for its own goods
        subjects = (c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"})
        return any(c.lower_ in {"its", "their", "our"} for s in subjects for c in s.children)
    return verb.dep_ == "relcl" and verb.head.dep_ == "dobj" and verb.head.head.lemma_ in _WISHING


def _asked_for(noun: Token | None) -> bool:
    """As in "had hoped for a duty of 18 percent", "called for a tariff"."""
    new = noun is not None and noun.dep_ == "pobj" and any(c.lower_ in {"a", "an"} for c in noun.children)
    return noun is not None and new and noun.head.lower_ == "for" and noun.head.head.lemma_ in ASK


def by_pact(token: Token | None) -> bool:
    """As in "The agreement brings the duty down to 10 percent", "the deal provides for a reduction"."""
    above = [token, *token.ancestors] if token is not None else []
    verb = next((t for t in above if t.pos_ == "VERB"), None)
    subjects = [c for c in verb.children if c.dep_ == "nsubj"] if verb is not None and verb.tag_ == "VBZ" else []
    return any(c.lemma_ in PACTS for c in subjects)


def _ran_out(noun: Token | None) -> bool:
    """As in "The tariff on wine expired in March"."""
    verb = noun.head if noun is not None and noun.dep_ == "nsubj" else None
    return verb is not None and verb.lemma_ in {"expire", "lapse", "end"} and verb.tag_ in {"VBD", "VBN"} and (
        stage(verb) is Stage.HELD
    )


def _then(verb: Token | None, *, passive: bool = False) -> str | None:
    """As in "announced a tariff but has suspended it", "A tariff was due but was put off": what a second verb does."""
    joined = (c for c in verb.children if c.dep_ == "conj" and c.i > verb.i) if verb is not None else ()
    for then in joined:
        same = any(c.dep_ == "dobj" and c.lower_ in {"it", "them", "that", "this"} for c in then.children)
        same = same or (passive and any(c.dep_ == "auxpass" for c in then.children))
        kind = act(None, then, to_rate=False).kind
        if same and kind in ENDED and stage(then) is Stage.HELD:
            return ENDED[kind]
    return None


def _capped(doing: Act, *, concluded: bool) -> bool:
    """As in "Tariffs on drugs are not to exceed 15 percent", where an agreement is told."""
    verb = doing.verb
    promised = verb is not None and verb.dep_ == "ccomp" and verb.head.lemma_ in PROMISING
    if verb is None or not (promised or concluded):
        return False
    behind = verb.doc[verb.i + 1 : verb.i + 5].text.lower()
    limit = any(words in behind for words in ("no higher than", "no more than"))
    limit = limit or ("at more than" in behind and stage(verb) in {Stage.NEGATED, Stage.CANCELLED, Stage.HYPOTHETICAL})
    ahead = any(c.lower_ in {"to", "will", "would", "not", "may", "can"} for c in verb.children)
    return ahead and (limit or verb.lemma_ in {"exceed", "surpass"})


def _kept_back(noun: Token | None) -> bool:
    """As in "The tariff on lobsters remains suspended", "stays on hold"."""
    verb = noun.head if noun is not None and noun.dep_ == "nsubj" else None
    if verb is None or verb.lemma_ not in {"remain", "stay", "be", "keep", "sit"}:
        return False
    return _BACK.match(verb.doc[verb.i + 1 : verb.i + 4].text) is not None


def _called_off(noun: Token | None, doing: Act) -> bool:
    """As in "Tariffs on cars, which were to be raised to 30 percent, will not be increased for now"."""
    verb = noun.head if noun is not None and noun.dep_ == "nsubjpass" else None
    if verb is None or doing.verb is None or verb.i == doing.verb.i:
        return False
    return bool(classes(verb.lemma_) & {"raise", "impose"}) and stage(verb) in {Stage.NEGATED, Stage.CANCELLED}


def _on_hold(noun: Token | None) -> bool:
    """As in "tariffs on American goods, which have been on hold since last summer"."""
    if noun is None:
        return False
    behind = noun.doc[noun.i + 1 : min(noun.i + 24, noun.sent.end)]
    clause = next((t.i for t in behind if t.tag_ == "WDT" and t.dep_ in {"nsubj", "nsubjpass"}), None)
    words = noun.doc[clause + 1 : clause + 7].text.lower() if clause is not None else ""
    return _HELD_BACK.match(words) is not None


def _threatened(noun: Token | None) -> bool:
    """As in "spare it the tariff that Doe has threatened", "discussed the duty that Peru intends to impose"."""
    if noun is None:
        return False
    for token in noun.doc[noun.i + 1 : noun.i + 20]:
        if token.is_sent_start or token.text in {",", ";"}:
            return False
        if token.lemma_ == "announce" and token.dep_ == "acl" and token.nbor(1).lower_ == "for":
            return True  # "the tariff announced for June 1"
        top = clause_of(token)
        clause = token.pos_ == "VERB" and top.dep_ in {"relcl", "acl"} and noun.i <= top.head.i < top.i
        if token.pos_ == "VERB" and token.lemma_ in {"threaten", "propose"}:
            return token.lemma_ == "threaten" and clause
        if clause and "impose" in verb_class(token) and stage(token) in {Stage.PLANNED, Stage.SOUGHT}:
            return True
    return False


def _suspended(noun: Token | None) -> bool:
    """As in "extends the suspension of its 24 percent tariff", but not "ended the pause on tariffs"."""
    if noun is None or noun.dep_ != "pobj" or noun.head.dep_ != "prep":
        return False
    pause = noun.head.head
    if pause.lemma_.lower() not in _PAUSES:
        return False
    verb = pause.head
    holds = verb.tag_ in _PRESENT or stage(verb) is Stage.PLANNED  # "On July 14 ends the suspension"
    return verb.lemma_.lower() not in ENDINGS or (holds and verb.lemma_ not in {"lift", "let"})


def _deferred(verb: Token | None) -> bool:
    """As in "raising that to 30 percent was put on hold"."""
    subject = verb is not None and verb.dep_ in {"csubj", "csubjpass"}
    return verb is not None and subject and act(None, verb.head, to_rate=False).kind == "pause"


def met_with(noun: Token, verb: Token) -> bool:
    """As in "will be met with a tariff": a passive that lies ahead."""
    link = noun.head.lower_ if noun.dep_ == "pobj" else ""
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    return passive and link in {"with", "by"} and stage(verb) in {Stage.PLANNED, Stage.HYPOTHETICAL}


def imagined(noun: Token, verb: Token) -> bool:
    """As in "a tariff of 20 percent would be a disaster", "Japan's duties will be no higher than 15 percent"."""
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    new = any(c.lower_ in {"a", "an", "any", "such"} for c in noun.children)
    told = verb.lemma_ == "be" and any(t.like_num for t in verb.doc[verb.i + 1 : verb.i + 5])
    if noun.dep_ == "dobj" and noun.head.i == verb.i and verb.lemma_ in _MEANING:
        return new and bool(helpers & {"would", "could", "might"})  # "Its end would mean a duty of 21 percent"
    return noun.dep_ == "nsubj" and noun.head.i == verb.i and bool(
        (helpers & {"would", "could", "might", "'d", "’d"} and new) or (helpers & {"will", "would"} and told)
    )


def comes(noun: Token) -> bool:
    """As in "a day before a tariff takes effect", "the duties will be on pork": its coming lies ahead."""
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be" and any(c.lower_ == "will" for c in noun.head.children):
        return True
    if noun.dep_ == "pobj" and noun.head.head.lemma_ in _MUSING and any(c.lower_ in {"a", "an"} for c in noun.children):
        return True  # "has spoken of a tariff of 25 percent"
    before = {t.lower_ for t in noun.doc[max(0, noun.i - 6) : noun.i]}
    if not {"before", "until", "unless", "if", "once", "when"} & before:
        return False
    return any(t.lemma_ in _COMING and t.tag_ in _PRESENT for t in noun.doc[noun.i + 1 : noun.i + 14])


def goes_on(verb: Token) -> bool:
    """As in "will go on paying 25 percent", "will continue to face", "will still be charged": so far and further."""
    if any(c.lower_ == "still" for c in verb.children):
        return True
    before = verb.doc[max(verb.sent.start, verb.i - 3) : verb.i]
    lemmas = [t.lemma_ for t in before if t.lower_ not in {"to", "be"}]
    return lemmas[-1:] in (["continue"], ["keep"]) or lemmas[-2:] in (["go", "on"], ["carry", "on"])


def meanwhile(verb: Token) -> bool:
    """As in "no deal for as long as Scotch faces a duty": what goes on, whatever is told of the rest."""
    return verb.tag_ in _PRESENT and verb.dep_ == "advcl" and verb.head.lower_ == "long"


def so_now(verb: Token) -> bool:
    """As in "will cut its duty, which now stands at 40 percent": what a clause tells of today."""
    now = any(c.lower_ in {"now", "currently", "already", "presently", "today"} for c in verb.children)
    return verb.dep_ == "relcl" and verb.tag_ in _PRESENT and now


def ended(sent: Span, *, beside: bool) -> str | None:
    """What a sentence does to a tariff told before: "He suspended that rate in April", beside it "He dropped it"."""
    for noun in sent:
        if noun.lower_ in _DECIDED:
            break  # "The parliament, where a vote was due, has put it off"
        told = noun.lower_ in RATE_NOUNS or is_tariff(noun) or noun.lower_ in _STEPS
        pointing = {"that", "this", "the"} if noun.lower_ in _STEPS else {"that", "this"}
        that = (beside and noun.lower_ in {"it", "them"}) or (told and any(c.lower_ in pointing for c in noun.children))
        if that and noun.dep_ == "dobj" and stage(noun.head) is Stage.HELD and noun.head.tag_ in FINITE | {"VBN"}:
            return ENDED.get(act(None, noun.head, to_rate=False).kind)
    return None


def joined_clause(between: Span) -> bool:
    """As in "9 percent on timber, | and both would double on | April 15": another clause with a subject of its own."""
    link = next((t.i for t in between if t.lower_ in {"and", "but", "while"} and t.nbor(-1).text == ","), None)
    subjects = (t for t in between if link is not None and t.i > link and t.dep_ in {"nsubj", "nsubjpass"})
    verbs = {t.i for t in between if t.pos_ in {"VERB", "AUX"}}
    return any(t.head.i in verbs and t.head.i > t.i for t in subjects)


def by_doing(verb: Token, head: Token) -> bool:
    """As in "responded on March 8 by putting a tariff on peas": what is done is told by how."""
    return verb.dep_ == "pcomp" and verb.head.lower_ == "by" and verb.head.head.i == head.i

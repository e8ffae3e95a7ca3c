"""How far a tariff has come: in force, agreed, proposed, threatened, paused, lifted, or none at all.

Raising and imposing lie ahead as threats, lowering as an agreement or an offer: who says "will impose" threatens, who
says "will cut" has agreed. A wish, a demand or a refusal to lower tells of a tariff that is in force.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.tariffs.acts import AGREE, ASK, OFFER, REFUSE, STUDY, Act, above, is_object
from kg.stages.relate.tariffs.ahead import bounded, called_for, of_plan
from kg.stages.relate.tariffs.clauses import (
    ENDINGS,
    PACTS,
    by_clause,
    comes,
    goes_on,
    imagined,
    meanwhile,
    met_with,
    prepared,
    so_now,
)
from kg.stages.relate.tariffs.grounds import deal_told, in_deal
from kg.stages.relate.tariffs.plans import BURDENS, bidden, drafted, imagined_past, never_came, spurned, unpassed
from kg.stages.relate.tariffs.verbs import SENDING
from kg.stages.relate.tariffs.words import classes, plain, spoken
from kg.stages.relate.verb_forms import no_longer

if TYPE_CHECKING:
    from kg.tokens import Span, Token

_ANNOUNCE = frozenset({"announce", "unveil", "plan", "want", "order", "declare", "publish", "float", "approve"})
_DRAFTED = frozenset({"work", "bill", "debate", "draft", "legislation", "vote", "proposal", "law", "motion"})
_OFF = frozenset({Stage.NEGATED, Stage.CANCELLED, Stage.DENIED})
_PRESENT = frozenset({"VBZ", "VBP"})
_EXPECTING = frozenset({"expect", "due", "set", "threaten", "schedule", "likely"})
_NO_DEAL = r"(?:without|absent|barring|failing) (?:a|an|any|such a) (?:\w+ )?"
_WITHOUT = re.compile(
    rf"\b{_NO_DEAL}(?:deal|agreement|accord|pact|treaty|compromise|settlement)\b|^unless\b", re.IGNORECASE
)
_PETITIONS = frozenset({"ask", "urge", "call", "demand", "request", "lobby", "press", "push"})
_MANAGED = frozenset({"manage", "succeed", "able", "enough", "help", "allow", "enable"})
_WILL = frozenset({"will", "would", "'ll", "’ll", "'d", "’d", "could", "might", "may"})
_ALIKE = frozenset({"put", "set", "cut", "hit", "let"})  # in all tenses
_SOON = ("on their way", "on the way", "in the works", "on the horizon", "in store")


class Status(NamedTuple):
    """A status, None where there is no such tariff, and whether the words say so plainly."""

    name: str | None
    firm: bool = True


class Told(NamedTuple):
    """What is told around a deed."""

    how: Stage
    above: str  # lemma of the word that governs the deed
    new_rate: bool  # the rate is what the deed leads to ("cut to 10 percent"), not what is now ("cut the 25 % duty")
    future: bool  # the effective date lies after publication
    begun: bool  # the effective date does not
    deal: bool  # the sentence tells what was agreed
    concluded: bool  # the text reports an agreement
    without: bool  # it is told of the case that there is no agreement


def status(
    sent: Span, noun: Token | None, doing: Act, *, new_rate: bool, future: bool | None, concluded: bool
) -> Status:
    """The status of a tariff.

    Args:
        sent: The sentence.
        noun: The tariff noun.
        doing: What is done to it.
        new_rate: See `Told`.
        future: See `Told`; None where no date is told.
        concluded: See `Told`.
    """
    words = _adjectives(noun)
    if {"no", "without"} & words or any("average" in classes(w) for w in words):
        return Status(None)
    deal = in_deal(sent) or _deal_before(sent)
    if drafted(sent, noun or doing.verb):
        return Status("Proposed")
    if doing.kind and bidden(doing.verb):
        burden = doing.kind in BURDENS and not deal and not concluded
        return Status("Paused" if doing.kind == "pause" else "Threatened" if burden else "Agreed")
    if never_came(sent, noun, doing.verb) or (doing.kind in {"", "keep"} and prepared(sent)):
        return Status("Threatened")
    verb = doing.verb if noun is None and not doing.kind else None
    if verb is not None and verb.lemma_ == "be" and stage(verb) in {Stage.PLANNED, Stage.HYPOTHETICAL}:
        return Status("Agreed" if deal else "Threatened")  # "Otherwise it will be 25 percent on cars"
    beside = by_clause(noun, doing, concluded=concluded or deal)
    if beside is not None:
        return Status(beside)
    if noun is None and doing.verb is None and not future and _announced(sent):
        return Status("Agreed" if deal else "Threatened", firm=False)
    if doing.verb is None or not doing.kind:
        return _by_words(noun, words, doing.verb, future=bool(future), deal=deal)
    return _by_deed(sent, noun, words, doing, new_rate=new_rate, future=future, deal=deal, concluded=concluded)


def _by_deed(
    sent: Span, noun: Token | None, words: frozenset[str], doing: Act, *, new_rate: bool, future: bool | None,
    deal: bool, concluded: bool,
) -> Status:  # fmt: skip
    """The status that the deed of a known verb tells."""
    if doing.verb is None or (doing.kind in BURDENS and imagined_past(doing.verb)):
        return Status(None)  # "Without it Japan would have faced a tariff of 25 percent"
    if doing.kind in BURDENS and not deal and unpassed(sent):
        return Status("Proposed")
    lemma = above(doing.verb)
    how = _how(doing.verb, lemma, future=bool(future))
    without = _WITHOUT.search(spoken(sent)) is not None
    told = Told(how, lemma, new_rate, bool(future), future is False, deal, concluded, without)
    if doing.kind in {"impose", "raise", "threaten"}:
        return _raised(doing.kind, doing.verb, told, words)
    if doing.kind in {"lower", "remove", "pause"}:
        kind = "pause" if doing.kind == "remove" and bounded(doing.verb) else doing.kind
        return Status(None) if of_plan(noun) else _lowered(kind, doing.verb, told)
    if doing.kind in {"keep", "escape"}:
        still = any(c.lower_ == "to" and c.dep_ == "aux" for c in doing.verb.children) and lemma not in _MANAGED
        if doing.kind == "keep" or how in _OFF:  # "failed to avert a duty"
            return Status("InForce", firm=doing.kind == "keep")
        to_come = still or how is not Stage.HELD  # "has until May to avoid a duty of 30 percent"
        return Status("Threatened" if to_come else None)  # "dodged a duty"
    if doing.kind == "admit":
        return Status("InForce" if how is Stage.HELD and not deal else "Agreed")
    if of_plan(noun):
        return Status("Threatened")  # "faces the prospect of a tariff"
    return _borne(doing.kind, doing.verb, told)


def _how(verb: Token, lemma: str, *, future: bool) -> Stage:
    """How far a deed has come that hangs on a word with this lemma."""
    how = stage(verb)
    if how is Stage.HELD and verb.tag_ == "VBG" and verb.dep_ == "advcl":
        how = stage(verb.head)  # "will let the pause lapse, hitting boats with duties"
    to = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    if how is Stage.HELD and verb.dep_ == "conj" and (to or (verb.lemma_ in _ALIKE and _will(verb.head))):
        how = stage(verb.head)  # "will go ahead without Peru and put 25 percent on cars", "is to cut A and to scrap B"
    if how in _OFF and any(no_longer(c) for c in verb.children):
        how = Stage.PLANNED if _will(verb) else Stage.HELD  # "will no longer charge", "no longer charges"
    decided = lemma == "decide" and how is Stage.PLANNED and not future  # "decided this month to raise"
    return Stage.HELD if decided or meanwhile(verb) else how


def _will(verb: Token) -> bool:
    return any(c.lower_ in _WILL for c in verb.children)


def _deal_before(sent: Span) -> bool:
    """As in "They signed an agreement. Cars will face a duty of 10 percent": what was agreed goes on."""
    if not sent.start:
        return False
    words = plain(sent.doc)[sent.doc[sent.start - 1].sent[0].idx : sent[0].idx]
    return not words.endswith("  ") and deal_told(words)  # two blanks stand for the end of a paragraph


def _announced(sent: Span) -> bool:
    """As in "Those will come on top: 17 percent for Doe Motors": what a sentence with no deed tells lies ahead."""
    root = next((t for t in sent if t.dep_ == "ROOT"), None)
    return root is not None and root.pos_ == "VERB" and stage(root) is Stage.PLANNED


def _adjectives(noun: Token | None) -> frozenset[str]:
    if noun is None:
        return frozenset()
    found = []
    for i in range(noun.i - 1, max(-1, noun.i - 7), -1):
        token = noun.doc[i]
        adjectival = token.tag_ in {"VBN", "VBG"} or token.dep_ == "amod" or token.lower_ == "without"
        if token.text == "," or (token.pos_ in {"VERB", "AUX", "ADP"} and not adjectival):
            break
        found.append(token.lower_)
        if token.is_sent_start:
            break
    return frozenset(found)


def _by_words(noun: Token | None, words: frozenset[str], verb: Token | None, *, future: bool, deal: bool) -> Status:
    """Without a deed the words around the noun and the time tell."""
    if "proposed" in words:
        return Status("Proposed")
    behind = noun.doc[noun.i + 1 : noun.i + 5].text.lower() if noun is not None else ""
    if any("ahead" in classes(w) for w in words) or any(w in behind for w in _SOON):
        return Status("Threatened")
    if noun is not None and noun.dep_ == "pobj" and noun.head.head.lemma_.lower() in _DRAFTED:
        return Status("Proposed")  # "will start work on a tariff"
    if future or (noun is not None and comes(noun)):
        return Status("Agreed" if deal else "Threatened")
    if of_plan(noun) or (verb is not None and noun is not None and (imagined(noun, verb) or met_with(noun, verb))):
        return Status("Agreed" if deal else "Threatened")
    if verb is not None and spurned(noun, verb):
        return Status(None)
    if verb is not None and verb.lemma_ in AGREE | {"settle", "conclude"}:
        return Status("Agreed")
    if verb is not None and verb.lemma_ in {"fear", "dread", "expect", "anticipate"} and is_object(noun, verb, "dobj"):
        return Status("Threatened")
    known = noun is not None and any(c.dep_ == "poss" for c in noun.children)  # "does not touch Peru's duty"
    if verb is not None and not known and stage(verb) is Stage.NEGATED and is_object(noun, verb, "dobj", "attr"):
        return Status(None)
    return Status("InForce", firm=False)


def _raised(kind: str, verb: Token, told: Told, words: frozenset[str]) -> Status:
    own = verb.lemma_.lower()
    if "pause" in classes(told.above) or (told.how in _OFF and kind == "impose" and bounded(verb, spans=False)):
        return Status("Paused")  # "shelved its plan to raise the duty", "will not collect the duty until May"
    ahead = any("ahead" in classes(w) for w in words)
    dropped = told.how in _OFF and kind == "impose" and ahead and {"the", "its"} & words
    beside = {t.lower_ for c in verb.children if c.i < verb.i and c.dep_ in {"neg", "advmod"} for t in c.subtree}
    if dropped or "longer" in beside:  # "will not impose its planned tariff", "will no longer impose the duty"
        ended = bool(dropped) or told.how in {Stage.HELD, Stage.NEGATED} or own == "impose"
        return Status("Lifted" if ended else "InForce", firm=ended)
    if told.how in _OFF or told.above in REFUSE or "remove" in classes(told.above):
        return Status(None)
    wanted = called_for(verb) or (own in ASK and "the" in words)  # "wants the duty on rice at 15": the other side's
    if wanted or own in STUDY or own == "offer" or (told.above in STUDY and kind != "threaten"):
        return Status("Proposed")
    if told.above in AGREE or (told.deal and told.how is Stage.PLANNED):
        return Status("Agreed")
    vowed = {kind, told.above} & {*OFFER, "threaten", "warn", "vow", "threat", "want", "seek"}
    had = any(c.lower_ == "had" for c in verb.children)
    if own == "prepare" or told.future or vowed or (own == "announce" and had):
        return Status("Threatened")
    if told.above in ASK:
        return Status("Proposed" if told.new_rate or told.above in _PETITIONS else None)
    if told.how is not Stage.HELD:
        return Status("Threatened")
    if (own in _ANNOUNCE and not told.begun) or ahead:
        return Status("Threatened", firm=False)
    return Status("InForce", firm=own not in {"set", "add", "apply"})


def _lowered(kind: str, verb: Token, told: Told) -> Status:
    """Lowered, removed, paused; where that is only wished for, the tariff is in force."""
    wished = Status("Proposed" if told.new_rate else "InForce", firm=False)
    if told.how in _OFF or told.above in REFUSE or told.above in {"show", "sign"}:
        return Status(None if told.new_rate else "InForce", firm=False)
    if verb.tag_ == "VBG" and verb.dep_ == "pcomp" and verb.head.lower_ in {"for", "of", "before", "about"}:
        return wished  # "in return for lifting the duty", "the prospect of lifting"
    must = any(c.lower_ == "must" for c in verb.children)
    if (must or told.above == "have") and told.deal:
        return Status("Paused" if kind == "pause" else "Agreed")  # "Under the accord the EU has to scrap its duties"
    if must or told.above == "have" or told.above in ASK:  # "must be lifted", "wants to have the duties removed"
        return wished
    if told.above in AGREE:
        return Status("Paused" if kind == "pause" else "Agreed")
    if told.above in OFFER:
        return Status("Proposed")
    if told.how is Stage.HELD and not told.future:
        present = any(c.lower_ in {"is", "are"} for c in verb.children)
        by_pact = verb.dep_ == "acl" and verb.head.lemma_ in PACTS  # "a deal eliminating the duty"
        going_on = verb.tag_ in _PRESENT or (verb.tag_ == "VBG" and (present or by_pact))
        if kind != "pause" and (told.deal or told.concluded) and going_on:
            return Status("Agreed")
        return Status({"lower": "InForce", "remove": "Lifted", "pause": "Paused"}[kind])
    would = any(c.lower_ in {"would", "'d", "’d"} for c in verb.children)
    if told.how is Stage.SOUGHT:
        return Status("Proposed", firm=False)
    if told.how is Stage.HYPOTHETICAL and not told.deal and not would:
        return wished
    if kind == "pause":
        return Status("Paused")
    return Status("Agreed" if kind == "lower" or told.deal or told.concluded else "Proposed")


def _borne(kind: str, verb: Token, told: Told) -> Status:
    """Tariffs that somebody pays, or that rise, fall or take effect by themselves."""
    bearing = verb if verb.pos_ in {"VERB", "AUX"} else verb.head  # "will no longer be subject to"
    if any(no_longer(c) for c in bearing.children):
        return Status("Lifted")
    if told.how in _OFF and verb.lemma_ == "apply":
        return Status("InForce", firm=False)  # "the tariff on Canada does not apply to goods of the pact"
    if told.how in _OFF and verb.lemma_ not in ENDINGS:
        return Status(None)
    if any(c.lower_ == "must" for c in verb.children):
        return Status("InForce")  # "must pay 25 percent"
    if kind == "move" and told.above in OFFER:
        return Status("Proposed")  # "is ready to go down to 75 percent"
    down = "down" in classes(verb.lemma_.lower()) or "down" in {t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 3]}
    down = down or any(c.dep_ == "nsubj" and c.lemma_ in {"cut", "reduction"} for c in verb.children)
    if told.without or verb.lemma_ in {"expect", "loom", "await"}:
        return Status("Threatened")
    if (goes_on(verb) or (so_now(verb) and not told.new_rate)) and not told.future:
        return Status("InForce")
    if verb.lemma_ in SENDING and any(c.lower_ in {"may", "can"} for c in verb.children):
        return Status("Agreed")  # "may ship 100,000 cars a year at 10 percent"
    if told.future or told.how is not Stage.HELD or told.above in _EXPECTING:
        return Status("Agreed" if told.deal or down else "Threatened")
    if kind == "move" and verb.tag_ in _PRESENT and (told.deal or (told.concluded and down)):
        return Status("Agreed")
    return Status("InForce", firm=kind == "pay")

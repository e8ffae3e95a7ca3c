"""The words of a text that name events: verbs ("met"), nouns ("held talks"), and phrases that imply one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.model import FactKind
from kg.stages.relate.clauses import SUBJECTS
from kg.stages.relate.events.abroad import beside, visiting
from kg.stages.relate.events.again import by_phone_too, chaired, last_again, like_before, of_round, one_more
from kg.stages.relate.events.beside import add_company, brought_in, joined_on
from kg.stages.relate.events.calls import on_the_phone, phoned
from kg.stages.relate.events.contacts import contact, together_in
from kg.stages.relate.events.fates import after_all
from kg.stages.relate.events.hosted import guest_of, her_host
from kg.stages.relate.events.journeys import invitation
from kg.stages.relate.events.moved import once_put_off
from kg.stages.relate.events.nouns import carrier, noun
from kg.stages.relate.events.numbers import numbers_of
from kg.stages.relate.events.presence import (
    at_table,
    headed,
    indirectly,
    listed,
    present,
    presided,
    sat_across,
    told_after,
    took_part,
)
from kg.stages.relate.events.sharing import by_count, share_actors
from kg.stages.relate.events.spells import alone, bare_spell, sojourn, spell_with
from kg.stages.relate.events.trigger import ORDINALS, Trigger
from kg.stages.relate.events.verbs import verb
from kg.stages.relate.modality import Stage, stage

if TYPE_CHECKING:

    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token
_LASTING = frozenset({"be", "last", "take", "run", "need", "require", "go", "continue", "stretch"})
_LINES = frozenset({"line", "phone", "telephone"})
_NUMBERED = frozenset(ORDINALS) - {"opening"}
_PASTS = {"rang": "ring", "rung": "ring", "flew": "fly", "flown": "fly", "met": "meet", "spoke": "speak", "saw": "see",
          "sat": "sit", "went": "go", "came": "come"}  # fmt: skip
_REACH = 60  # tokens before "the second" in which a round must be told of


@cache
def _words() -> tuple[dict[str, tuple[FactKind, str]], dict[str, tuple[FactKind, str]]]:
    """Kind and reading of each verb, and of each noun."""
    verbs: dict[str, tuple[FactKind, str]] = {}
    nouns: dict[str, tuple[FactKind, str]] = {}
    for word, kind, reading in table("event_words"):
        target = nouns if reading in {"noun", "vague"} else verbs
        target[word] = (FactKind(kind), reading)
    return verbs, nouns


@cache
def _phrases() -> dict[str, dict[str, tuple[FactKind, str]]]:
    """The same of verbs that need a word below them, by the verb and that word."""
    found: dict[str, dict[str, tuple[FactKind, str]]] = {}
    for phrase, known in _words()[0].items():
        verb_of, _, word = phrase.partition(" ")
        if word:
            found.setdefault(verb_of, {})[word] = known
    return found


def triggers(text: Text, sent: Span, told: list[Trigger]) -> list[Trigger]:
    """The event words of a sentence, in order, with who takes part by the words around them; none of a question.

    `told` are those of the sentences before.
    """
    found: list[Trigger] = []
    before = list(told)
    first = all(t.kind is FactKind.VISIT for t in told)
    if sent.text.rstrip().endswith("?"):
        return found
    for token in sent:
        is_verb = token.pos_ in {"VERB", "AUX"}
        by_verb = _by_verb(text, token, told=bool(found), first=first) if is_verb else None
        by_verb = by_verb or (last_again(text, token, before) if is_verb else None)
        trigger = by_verb if is_verb else _by_noun(text, token, before)
        if trigger is not None:
            like_before(text, trigger, before)
            by_phone_too(trigger, before)
            of_round(text, trigger, before)
            chaired(text, trigger, before)
            once_put_off(text, trigger, before)
            found.append(trigger)
            before.append(trigger)
        staying = trigger.reading == "stay" if trigger is not None else token.lemma_ == "be"
        if staying and (both := together_in(text, token)):
            how = trigger.stage if trigger is not None else stage(token)
            met = Trigger(token, FactKind.MEETING, "contact", actors=both, stage=how)
            found.append(met)
            before.append(met)
        stay = (sojourn(text, token) if is_verb else beside(text, token)) or visiting(text, token)
        found += [stay] if stay is not None else []
        before += [stay] if stay is not None else []
    for trigger in found:
        after_all(trigger)
        share_actors(trigger, found)
    found = by_count(found)
    add_company(text, sent, found)
    return found


def _by_verb(text: Text, token: Token, *, told: bool, first: bool) -> Trigger | None:
    """The event that a verb names; `told` where the sentence has named one before, `first` where no talks were told."""
    lemma = _lemma(token)
    there = present(text, token) if token.lemma_ == "be" else []
    passive = any(c.dep_ == "auxpass" for c in token.children)
    there = there or (brought_in(text, token) if lemma == "accompany" and passive and not first else [])
    known = _phrase(text, token, lemma) or _words()[0].get(lemma)
    if token.head.lemma_.lower() in {"invite", "invitation"} and lemma in {"attend", "join", "participate", "take"}:
        known = (FactKind.VISIT, "stay")  # "invited Doe to attend the session in Rome"
    if known is not None and known[1] == "discuss" and _of_event(token) and not phoned(token):
        known = None
    across = sat_across(text, token) if lemma in {"sit", "take", "face"} else []
    around = at_table(text, token) or (across if len({text.state(a.ref) or a.ref for a in across}) > 1 else [])
    if around:
        new = first or any(t.date for t in text.times(token.sent))
        reading = "meet" if new else "attend"  # else of the talks told before
        return Trigger(token, FactKind.MEETING, reading, actors=around, stage=stage(token), anaphoric=not new)
    if known is not None and not there and (trigger := verb(text, token, *known)) is not None:
        apart = indirectly(text, token, told=not first) if trigger.stage is Stage.NEGATED else []
        if not apart:
            return trigger  # but "Doe and Roe did not meet face to face" in talks that Poe mediated
    if (guest := guest_of(text, token)) is not None:
        return guest
    if not told and _it_lasted(text, token):
        return Trigger(token, FactKind.MEETING, "attend", anaphoric=True)
    if together := alone(text, token):
        return Trigger(token, FactKind.MEETING, "spend", actors=together)
    there = there or across or presided(text, token, told=told or not first) or indirectly(text, token, told=not first)
    if (three := joined_on(text, token)):
        return Trigger(token, FactKind.MEETING, "meet", actors=three, stage=stage(token))
    there = there or ([] if first and not told else took_part(text, token) or brought_in(text, token))
    if there:
        how = stage(token)
        how = how if how is Stage.PLANNED else Stage.HELD
        return Trigger(token, FactKind.MEETING, "attend", actors=there, stage=how, anaphoric=True)
    if (together := contact(text, token)):
        return Trigger(token, FactKind.MEETING, "contact", actors=together, stage=stage(token))
    tellers = told_after(text, token)
    return Trigger(token, FactKind.MEETING, "told", actors=tellers, anaphoric=True) if tellers else None


def _phrase(text: Text, token: Token, lemma: str) -> tuple[FactKind, str] | None:
    """Kind and reading of a verb with a word below it: "sat down", "came together", "exchanged views"."""
    known = _phrases().get(lemma)
    if known is None:
        return None
    # not "In Rome she called", "called on Roe in the afternoon"
    behind = [c for c in token.children if c.dep_ == "prep"]
    aside = [c for c in behind if c.i < token.i or any(text.is_time(p) for p in c.children)]
    inner = [c for c in token.children if c.pos_ != "VERB" and c.dep_ != "aux" and c not in aside]
    inner += [g for c in inner for g in c.children if g.dep_ in {"advmod", "prt"}]  # "brought Doe and Roe together"
    below = (w for c in inner for w in (c.lower_, c.lemma_.lower()))
    found = next((known[word] for word in below if word in known), None)
    called = lemma == "call" and found is not None and any(c.dep_ == "dobj" or c.lower_ == "on" for c in token.children)
    return None if called else found  # "called Doe in Lima", "called on Doe in Lima"


def _lemma(token: Token) -> str:
    """The lemma of a verb in lower case; the model leaves some past forms as they are."""
    lemma, verbs = _PASTS.get(token.lemma_.lower(), token.lemma_.lower()), _words()[0]
    if token.pos_ == "VERB" and lemma not in verbs and token.lower_.endswith("ed"):  # "initialled", "dined"
        return next((w for w in (token.lower_[:-1], token.lower_[:-2], token.lower_[:-3]) if w in verbs), lemma)
    return lemma


def _by_noun(text: Text, token: Token, told: list[Trigger]) -> Trigger | None:
    """The event that a noun, a phone or an ordinal names."""
    nouns = _words()[1]
    lemma = token.lemma_.lower()
    speakers = on_the_phone(text, token) if token.pos_ in {"NOUN", "PROPN"} else []
    known = nouns.get(lemma) or nouns.get(token.lower_)
    if known is None and token.pos_ == "PROPN" and token.is_sent_start:
        known = nouns.get(token.lower_.removesuffix("s"))  # "Talks between", taken for a name
    noun_like = token.pos_ in {"NOUN", "PROPN"} or (token.pos_ == "ADJ" and token.dep_ == "dobj")  # "held a bilateral"
    if known is not None and noun_like and not speakers:
        return noun(text, token, *known)
    hyphened = token.i in text.hyphened and token.dep_ not in {"amod", "compound"}
    compound = nouns.get(_hyphened(token)) if hyphened else None
    if compound is not None:
        return noun(text, token, *compound)
    if speakers:
        verb_of = next((t for t in token.ancestors if t.pos_ in {"VERB", "AUX"}), None)
        how = stage(verb_of) if verb_of is not None else stage(token)
        return Trigger(token, FactKind.CALL, "phone", verb_of, how, actors=speakers, by_phone=True)
    if token.lower_ == "ceremony" and any(c.lower_ in {"signing", "signature"} for c in token.children):
        return noun(text, token, FactKind.SIGNING, "noun")
    if (host := her_host(text, token)) is not None:
        return host
    if lemma == "invitation":
        return invitation(text, token)
    if token.lower_ == "one" and _next_one(token) and text.about_talks:
        return noun(text, token, FactKind.ROUND, "noun")
    spell = spell_with(text, token) or bare_spell(text, token, told)
    if spell is not None:
        return spell
    leading = (headed(text, token) or listed(text, token)) if known is None else []
    if leading:
        return Trigger(token, FactKind.MEETING, "attend", actors=leading, anaphoric=True)
    if (token.lower_ in _NUMBERED and _bare_ordinal(text, token)) or _bare_number(text, token):
        own = stage(token)
        how = Stage.HELD if own is Stage.NEGATED and token.head.lower_ != "for" else own  # "no date for an eighth"
        return Trigger(token, FactKind.ROUND, "ordinal", _held_by(token), stage=how, anaphoric=True)
    return one_more(text, token, told)


def _hyphened(token: Token) -> str:
    """The whole word of which a token is the head by the parse: "sit-down", "face-to-face"; else nothing."""
    words = [token]
    while words[0].i > 1 and words[0].nbor(-1).text == "-" and not words[0].nbor(-1).whitespace_:
        words.insert(0, words[0].nbor(-2))
    while words[-1].i + 2 < len(token.doc) and words[-1].nbor().text == "-" and not words[-1].whitespace_:
        words.append(words[-1].nbor(2))
    inside = words[0].i <= token.head.i <= words[-1].i
    return "" if inside or len(words) == 1 else "-".join(t.lower_ for t in words)


def _of_event(verb: Token) -> bool:
    """As in "explored a meeting with Doe", where the event is what is spoken of, and "raises it at every meeting"."""
    spoken = (c for c in verb.children if c.dep_ == "dobj")
    habits = (p for c in verb.children for p in c.children if any(d.lower_ in {"every", "each"} for d in p.children))
    return any(_lemma(c) in _words()[1] for c in (*spoken, *habits))


def _it_lasted(text: Text, token: Token) -> bool:
    """As in "It lasted two hours", "It was over after 40 minutes", "It went on for an hour": the event told last."""
    if token.lemma_ not in _LASTING or not any(t.minutes is not None for t in text.times(token.sent)):
        return False
    own = token.head if token.dep_ == "conj" and token.lemma_ == "last" else token  # "It was fair and lasted an hour"
    subject = {c.lower_ for t in (token, own) for c in t.children if c.dep_ in {"nsubj", "expl"}}
    if token.lemma_ in {"need", "require"}:
        return "they" in subject
    if token.lemma_ == "go" and not any(c.lower_ == "on" for c in token.children):
        return False
    if token.lemma_ == "be" and "they" in subject and any(t.lower_ in _LINES for t in text.prepositions(token, "on")):
        return True  # "They were on the line for an hour"
    words = {"through", "done", "finished"} if "they" in subject else {"over", "long", "through"}
    done = token.lemma_ != "be" or any(c.lower_ in words for c in token.children)  # "They lasted an hour"
    return done and bool(subject & {"it", "all", "they"})


def _next_one(token: Token) -> bool:
    """As in "No date was named for the next one": of the rounds or sessions told of."""
    told = (t.lemma_.lower() for t in token.doc[max(0, token.i - _REACH) : token.i])
    which = any(c.lower_ in {"next", "last", "previous", "latest"} for c in token.children)
    return which and any(lemma in {"round", "session", "sitting"} for lemma in told)


def _held_by(token: Token) -> Token | None:
    """The verb that tells of a round without its noun: "A second, planned for May, was held in June"."""
    if token.dep_ != "amod":
        return carrier(token)
    return next((t for t in token.ancestors if t.pos_ == "VERB" and t.dep_ in {"ROOT", "conj", "ccomp"}), None)


def _bare_ordinal(text: Text, token: Token) -> bool:
    """As in "The first round was held in April and the second in May": a round without its noun."""
    following = text.doc[token.i + 1] if token.i + 1 < len(text.doc) else token
    apart = token.dep_ == "amod" and following.text == ","  # "A second, planned for May, was held in June"
    noun_like = apart or token.dep_ in {"nsubj", "nsubjpass", "dobj", "conj", "attr", "pobj", "appos"}
    if not noun_like or token.pos_ == "ADV":
        return False
    if token.text[0].isdigit() and token.dep_ not in SUBJECTS | {"nsubjpass"}:  # "on the 15th" is a day
        return False
    counted = following.lower_ in {"of", "to", "who", "that"} or following.pos_ in {"NOUN", "PROPN", "ADJ"}
    if counted or not any(c.dep_ == "det" for c in token.children):
        return False
    near = text.doc[max(0, token.i - _REACH) : token.i]
    return text.about_talks and any(t.lemma_ == "round" and t.pos_ != "PROPN" for t in near)  # not the Doha Round


def _bare_number(text: Text, token: Token) -> bool:
    """As in "There were three: in May in Rome and ...", "The first three were held in": rounds without their noun."""
    if token.tag_ != "CD" or token.dep_ in {"nummod", "compound"} or token.i + 1 >= len(token.doc):
        return False
    if not numbers_of(token):
        return False
    return text.about_talks and any(t.lemma_.lower() == "round" for t in text.doc[max(0, token.i - _REACH) : token.i])

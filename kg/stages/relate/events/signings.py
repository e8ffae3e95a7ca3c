"""Signings: "signed the agreement", "put their names to a memorandum", "a signing is expected"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members
from kg.stages.relate.events.trigger import people
from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.text import Actor

if TYPE_CHECKING:

    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
    from kg.tokens import Token
_NAMES = frozenset({"name", "signature", "pen", "initial", "seal"})
_WATCHING = frozenset({"attending", "watching", "looking", "presiding", "present"})
_BOTH = frozenset({"we", "they", "sides", "parties", "governments", "government", "countries", "leaders", "ministers",
                   "aim", "goal", "objective", "target", "plan", "intention", "hope"})  # "The aim is to sign the pact"
_TREATIES = frozenset({"pact", "accord", "agreement", "treaty", "protocol", "memorandum", "mou", "declaration"})
_REACH = 60  # tokens before "sign it" in which the agreement is named


def signers(text: Text, trigger: Trigger, subjects: list[Actor], objects: list[Actor]) -> list[Actor]:  # noqa: ARG001
    """As in "Doe and Roe signed the agreement", "the pact between Japan and Canada was signed"."""
    verb = trigger.token
    put = verb.lemma_ in {"put", "set", "affix", "append"}
    if put and not any(o.lemma_ in _NAMES for o in text.objects(verb)):
        return []
    up = any(c.lower_ == "up" for c in verb.children)  # "signed up to the agreement"
    candidates = text.prepositions(verb, "to", "on", "under") if put or up else text.objects(verb)
    signed = [o for o in candidates if agreement(o) or (put and o.pos_ == "NOUN")]
    if not candidates and verb.lemma_ == "sign" and _to_sign(text, verb):
        return subjects or [Actor(s, verb.i, safe=False) for s in text.negotiating]
    if not signed:
        return []
    owners = [c for o in signed for c in o.children if c.dep_ == "poss"]
    owners += [p for o in signed for p in text.prepositions(o, "between")]
    partners = people(text, text.prepositions(verb, "with", "alongside", "beside"))
    partners += people(text, [p for o in signed for p in text.prepositions(o, "with")])
    found = subjects + _by(text, verb) + partners + _present(text, verb) or people(text, owners)
    definite = any(c.lower_ in {"the", "this", "their"} for o in signed for c in o.children)
    both = any(t.lower_ in _BOTH for t in text.subjects(verb))  # "We intend to sign the agreement this year"
    treaty = stage(verb) is Stage.HELD and any(o.lemma_.lower() in _TREATIES for o in signed)
    if not found and ((definite and both) or ((definite or treaty) and _passive(verb))):
        found = [Actor(s, verb.i, safe=False) for s in text.negotiating]
    return found


def _to_sign(text: Text, verb: Token) -> bool:
    """As in "said they would sign in 2020": the pact of which the text tells, on a day to come."""
    dated = any(t.date and verb in text.token(t.start).ancestors for t in text.times(verb.sent))
    ahead = stage(verb) in {Stage.PLANNED, Stage.SOUGHT}  # "hope they can sign in May"
    return dated and ahead and any(t.lemma_.lower() in _TREATIES for t in verb.doc[: verb.i])


def _by(text: Text, verb: Token) -> list[Actor]:
    """All persons behind "was signed by", up to "in the presence of": lists of names and titles are parsed badly."""
    start = next((t.i for t in text.doc[verb.i : verb.sent.end] if t.lower_ == "by"), None)
    if start is None or not _passive(verb):
        return []
    end = next((t.i for t in text.doc[start : verb.sent.end] if t.lower_ == "presence" or t.text == ";"), verb.sent.end)
    named = [text.doc[text.tokens(m.start, m.end)[-1]] for m in text.persons_between(start, end)]
    return [a for a in people(text, named) if text.is_person(a)]


def _present(text: Text, verb: Token) -> list[Actor]:
    """As in "was signed in Rome with Doe and Roe attending", "in the presence of Doe"."""
    found: list[Token] = []
    start = next((t.i for t in text.doc[verb.i : verb.sent.end] if t.lower_ == "with"), verb.sent.end)
    there = next((t.i for t in text.doc[start : verb.sent.end] if t.lower_ in _WATCHING), start)
    found += [text.doc[text.tokens(m.start, m.end)[-1]] for m in text.persons_between(start, there)]
    for p in verb.children:
        if p.lower_ in {"in", "at"}:
            found += [q for c in p.children if c.lemma_ in {"presence", "ceremony"} for q in text.prepositions(c, "of")]
    return [a for a in people(text, found) if text.is_person(a)]


def agreement(token: Token) -> bool:
    """Whether a noun is an agreement of states: by its word, its name ("RCEP"), or "it" for one named before."""
    lemma = token.lemma_.lower()
    words = members("event_company", "signed")
    if lemma in words or any(c.dep_ == "conj" and c.lemma_.lower() in words for c in token.children):
        return True
    if lemma == "it":
        before = token.doc[max(0, token.i - _REACH) : token.i]
        return any(t.lemma_.lower() in members("event_company", "signed") for t in before)
    return token.lower_ in members("event_company", "pact")


def _passive(verb: Token) -> bool:
    bare = verb.dep_ == "acl" and verb.tag_ == "VBN"  # "the agreement, signed in Lima"
    return bare or any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)

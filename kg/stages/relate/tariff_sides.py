"""Who imposes a tariff and on whose goods, by the words around the tariff noun and its verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import EntityKind, Ref
from kg.stages.relate.products import Named, state_at
from kg.stages.relate.tariff_words import verb_class

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from kg.stages.relate.tariff_status import Act
    from kg.stages.relate.text import Text

_DEEDS = frozenset({"impose", "raise", "lower", "remove", "pause", "keep", "threaten", "admit"})
_LEFT = frozenset({"ADJ", "NOUN", "PROPN", "PART", "NUM", "SYM", "ADV", "CCONJ"})
_MEASURES = frozenset({"measures", "policy", "policies", "plans", "plan", "regime"})
_OWNERS = frozenset({"its", "their", "his", "her", "our", "my"})
_ASKING = frozenset({"urge", "ask", "tell", "press", "want", "force", "allow", "get", "demand", "persuade", "convince", "push", "call",
                     "pressure", "implore", "beg", "lobby"})  # fmt: skip
_PROMISING = frozenset({"promise", "pledge", "announce", "agree", "decide", "order", "threaten", "warn", "vow", "commit"})


def state_of(text: Text, token: Token) -> Named | None:
    """The state that a token names or that the person or body named there acts for."""
    named = state_at(text, token.i)
    if named is not None:
        return named
    actor = text.who(token)
    if actor is None:
        return None
    state = text.state(actor.ref)
    return (state, *text.span_of(token.i)) if state is not None else None


def modifiers(text: Text, noun: Token) -> tuple[list[Named], list[Named]]:
    """Imposers and targets by the words before a tariff noun: "Trump's 25% tariffs", "U.S. duties", "his China tariffs"."""
    imposers: list[Named] = []
    targets: list[Named] = []
    i = noun.i - 1
    if noun.tag_ == "POS":
        named = state_of(text, text.doc[i])
        return ([named] if named is not None else []), []
    while i >= noun.sent.start:
        token = text.doc[i]
        if token.lower_ in _OWNERS:
            named = owner(text, token)
            imposers += [named] if named else []
            break
        named = state_of(text, token) if token.lower_ not in {"'s", "’s"} else None
        if named is not None:
            owned = text.doc[i + 1].lower_ in {"'s", "’s", "'", "’"}
            plain = token.tag_ in {"NNP", "NN"} and not owned and token.ent_type_ not in {"NORP"}
            short = named[0] in {Ref("country/US"), Ref("country/EU"), Ref("country/GB")}
            (targets if plain and not short and text.entity(token) == named[0] else imposers).append(named)
            i = text.tokens(named[1], named[2])[0] - 1
            if owned:
                break
            continue
        adjectival = token.tag_ in {"VBN", "VBG"} or token.text in {"-", "‑", "%", '"', "“", "”"} or token.lower_ in {"percent", "cent", "per"}
        if token.pos_ not in _LEFT and not adjectival:
            break
        i -= 1
    return imposers[:1] or _owner_behind(text, noun), targets[:1]


def _owner_behind(text: Text, noun: Token) -> list[Named]:
    """ "the tariff measures of the Trump administration", "the duties of the United States"."""
    i = noun.i + 1
    if i < noun.sent.end and text.doc[i].lower_ in _MEASURES:
        i += 1
    return _first_state(text, i + 1, 6) if i < noun.sent.end and text.doc[i].lower_ == "of" else []


def owner(text: Text, pronoun: Token) -> Named | None:
    """The state that "its", "their" or "his" refers to: the nearest subject before it, else the first state of the sentence before."""
    if pronoun.lower_ in {"his", "her"}:
        return state_of(text, pronoun)
    if pronoun.lower_ in {"our", "my"}:
        return None
    sent = pronoun.sent
    for k in range(2):
        found: list[Named] = []
        for token in sent:
            if k == 0 and token.i >= pronoun.i:
                break
            if token.dep_ in {"nsubj", "nsubjpass", "dobj", "agent", "pobj", "poss", "compound", "nmod"}:
                named = state_of(text, token)
                if named is not None and (token.dep_ in {"nsubj", "nsubjpass"} or _is_asked(token) or (token.dep_ == "pobj" and token.head.lower_ == "by")
                                          or (token.dep_ in {"poss"} and token.head.dep_ in {"nsubj", "nsubjpass"})):  # fmt: skip
                    found.append((named[0], named[1], named[2]))
        if found:
            return found[-1] if k == 0 else found[0]
        before = [s for s in text.sentences if s.end <= sent.start]
        if not before:
            break
        sent = before[-1]
    return None


def _is_asked(token: Token) -> bool:
    return token.dep_ in {"dobj", "dative"} and token.head.lemma_ in _ASKING


def agents(text: Text, noun: Token | None, doing: Act) -> list[Named]:
    """The states of those who impose, raise, lower or threaten: subject, passive agent, or who is asked to."""
    verb = doing.verb
    if verb is None or doing.turned:
        return _participle(text, noun)
    found: list[Named] = []
    if doing.kind in _DEEDS:
        found = _subject_states(text, verb)
    return found or _participle(text, noun)


def stranger(text: Text, doing: Act) -> bool:
    """Whether a person does it whose state the text does not tell."""
    if doing.verb is None or doing.kind not in _DEEDS:
        return False
    for head in text.subjects(doing.verb):
        entity = text.entity(head)
        if entity is None and (head.lower_ in {"he", "she", "president", "administration"} or text.office(head) is not None):
            return True
        if entity is not None and text.kind(entity) is EntityKind.PERSON and text.state(entity) is None:
            return True
    return False


def _subject_states(text: Text, verb: Token) -> list[Named]:
    passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
    if passive or (verb.dep_ == "acl" and verb.tag_ == "VBN"):
        promised = verb.dep_ == "ccomp" and verb.head.lemma_ in _PROMISING
        return _by(text, verb) or (_subject_states(text, verb.head) if promised else [])
    asked = _asked(verb)
    heads = asked if asked is not None else text.subjects(verb)
    found: list[Named] = []
    for head in heads:
        for token in text.conjuncts(head):
            named = state_of(text, token) or _inside(text, token)
            found += [named] if named is not None and token.lower_ not in {"that", "which"} else []
    if not found and verb.dep_ == "relcl" and verb.head.dep_ in {"dobj", "pobj"}:
        found = [n for t in text.subjects(_clause_of(verb.head)) if (n := state_of(text, t) or _inside(text, t)) is not None]
    if not found and any(h.lower_ in {"government", "country", "administration", "cabinet", "ministry"} for h in heads):
        found = _first_place(text, verb.sent, heads[0].i)
    return list(dict.fromkeys(found))


def _clause_of(token: Token) -> Token:
    while token.pos_ not in {"VERB", "AUX"} and token.head.i != token.i:
        token = token.head
    return token


def _first_place(text: Text, sent: Span, stop: int) -> list[Named]:
    """ "In New Delhi ... the government is open to": the government that sits there."""
    if sent[0].lower_ != "in":
        return []
    return next(([n] for i in range(sent.start + 1, min(stop, sent.start + 4)) if (n := state_at(text, i)) is not None), [])


def _asked(verb: Token) -> list[Token] | None:
    """Who is to act in "urged Washington to drop" and "wants Kenya to lower"; None where nobody is asked."""
    head = verb.head
    own = [c for c in verb.children if c.dep_ == "nsubj"]
    if verb.dep_ in {"ccomp", "xcomp"} and head.lemma_ in _ASKING:
        return own or [c for c in head.children if c.dep_ in {"dobj", "dative"}] or None
    return None


def _inside(text: Text, head: Token) -> Named | None:
    """ "The government in Beijing", "the ministry of Japan", "negotiators from Japan": the state within a phrase."""
    if head.pos_ not in {"NOUN", "PROPN"}:
        return None
    for child in head.children:
        if child.dep_ in {"poss", "amod", "compound", "nmod"} and (named := state_of(text, child)) is not None:
            return named
        if child.dep_ == "prep" and child.lower_ in {"of", "in", "from"}:
            for inner in child.children:
                if (named := state_of(text, inner)) is not None:
                    return named
    return None


def _by(text: Text, verb: Token) -> list[Named]:
    """The agent of a passive, read from the words behind it."""
    for i in range(verb.i + 1, min(verb.i + 9, len(text.doc))):
        if text.doc[i].lower_ == "by":
            return _first_state(text, i + 1, 7)
        if text.doc[i].pos_ in {"VERB", "AUX"}:
            break
    return []


def _first_state(text: Text, start: int, reach: int) -> list[Named]:
    for i in range(start, min(start + reach, len(text.doc))):
        named = state_of(text, text.doc[i])
        if named is not None:
            return [named]
        if text.doc[i].pos_ in {"VERB", "AUX", "PUNCT", "ADP"}:
            break
    return []


def _participle(text: Text, noun: Token | None) -> list[Named]:
    """ "tariffs imposed by Washington", "duties that the president has imposed", "tariffs announced by the president"."""
    if noun is None:
        return []
    for i in range(noun.i + 1, min(noun.i + 22, noun.sent.end)):
        token = text.doc[i]
        if not verb_class(token) & _DEEDS:
            continue
        if token.tag_ in {"VBN", "VBD"} and (token.dep_ in {"acl", "relcl"} or text.doc[i - 1].i == noun.i):
            return _by(text, token) or (_subject_states(text, token) if token.dep_ == "relcl" else [])
        if token.dep_ == "relcl":
            return _subject_states(text, token)
    return []


def importers(text: Text, sent: Span, start: int) -> list[Named]:
    """Whose border is meant in "when they enter the United States", "at American ports", "charged 32 percent in the U.S."."""
    for i in range(max(start, sent.start), min(sent.end, start + 14)):
        low = text.doc[i].lower_
        if low in {"enter", "entering", "enters", "entered"}:
            return _first_state(text, i + 1, 4) or _bloc(text, i + 1)
        if low in {"ports", "border", "customs", "market"} and i > sent.start:
            named = state_at(text, i - 1)
            if named is not None:
                return [named]
        if low in {"in", "into", "to"} and i <= start + 4:
            found = _first_state(text, i + 1, 3)
            if found:
                return found
    return []


def _bloc(text: Text, i: int) -> list[Named]:
    """ "the bloc": the first one that the text names."""
    if not any(t.lower_ == "bloc" for t in text.doc[i : i + 3]):
        return []
    found = next((m for m in text.mentions.mentions if text.kind(m.entity) is EntityKind.BLOC), None)
    return [(found.entity, found.start, found.end)] if found is not None else []


_SAYING = frozenset({"say", "tell", "announce", "add", "warn", "declare", "write", "post", "threaten", "vow", "promise"})


def speaking(text: Text, sent: Span) -> Named | None:
    """The state that the speaker of a sentence acts for: "Trump said that tariffs on cars would follow"."""
    for token in sent:
        if token.lemma_ in _SAYING and token.pos_ == "VERB":
            for child in token.children:
                if child.dep_ == "nsubj" and (named := state_of(text, child)) is not None:
                    return named
    return None


def announcing(sent: Span) -> bool:
    """Whether a speaker says what he is about to do rather than what others do."""
    return any(t.lemma_ in {"announce", "threaten", "vow", "promise", "warn", "declare"} and t.pos_ == "VERB" for t in sent)

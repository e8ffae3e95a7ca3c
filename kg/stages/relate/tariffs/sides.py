"""Who imposes a tariff, by the words around the tariff noun and its verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Ref
from kg.stages.relate.goods.products import Named, state_at, unique
from kg.stages.relate.tariffs.acts import ASK, OFFER, above
from kg.stages.relate.tariffs.bills import BODIES, home, measure, told_before
from kg.stages.relate.tariffs.states import first_state, state_of
from kg.stages.relate.tariffs.words import is_passive, is_tariff, verb_class

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.acts import Act
    from kg.stages.relate.text import Text
    from kg.tokens import Token

DEEDS = frozenset({"impose", "raise", "lower", "remove", "pause", "keep", "threaten", "admit"})
_EASING = frozenset({"lower", "remove", "pause"})  # done by the one who imposes; others only wish for it
_LEFT = frozenset({"ADJ", "NOUN", "PROPN", "PART", "NUM", "SYM", "ADV", "CCONJ"})
_QUOTES = frozenset({"-", "‑", "%", '"', "“", "”", "percent", "cent", "per"})
_MEASURES = frozenset({"measures", "policy", "policies", "plans", "plan", "regime"})
POSSESSIVES = frozenset({"its", "their", "his", "her", "our", "my", "whose"})
_GENITIVES = frozenset({"'s", "’s", "'", "’"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# States whose name stands before a noun as an adjective does: "U.S. tariffs" are its own, "China tariffs" hit China.
_SHORT = frozenset({Ref("country/US"), Ref("country/EU"), Ref("country/GB")})
_CHANGES = frozenset(
    {"increase", "imposition", "introduction", "hike", "doubling", "cut", "reduction", "suspension", "threat"}
)
_RELIEF = frozenset({
    "reprieve", "exemption", "pause", "relief", "waiver", "extension", "exception", "delay", "suspension", "break"
})  # fmt: skip
_GIVING = frozenset({"grant", "give", "allow", "offer"})
_DRAFTS = frozenset({"bill", "law", "plan", "package", "order", "decree", "proposal"})
_ASKING = frozenset({
    "urge", "ask", "tell", "press", "want", "force", "allow", "get", "demand", "persuade", "convince", "push",
    "call", "pressure", "implore", "beg", "lobby"
})  # fmt: skip
_GUARANTEEING = frozenset({"promise", "pledge", "guarantee", "assure"})
_TELLING = frozenset({"tell", "warn", "inform", "notify", "assure", "promise"})  # "told Peru it would tax its wine"
_APPEALING = frozenset({"call", "appeal", "plead"})  # "called on Peru to lift its duties"
_PROMISING = frozenset({
    "promise", "pledge", "announce", "agree", "decide", "order", "threaten", "warn", "vow", "commit"
})  # fmt: skip
_LEGISLATING = frozenset({"approve", "pass", "adopt", "endorse", "give", "vote", "clear", "back"})
_APPROVAL = frozenset({"approval", "consent", "nod", "assent", "blessing"})
_PARTICIPLE_REACH = 22  # tokens from a tariff noun to "that the president has imposed"


def modifiers(text: Text, noun: Token) -> tuple[list[Named], list[Named]]:
    """Imposers and targets by the words before a tariff noun: "Japan's 25% duty", "U.S. duties", "China tariffs"."""
    if noun.tag_ == "POS":  # "China's came down"
        named = state_of(text, text.doc[noun.i - 1])
        return ([named] if named is not None else []), []
    imposers, targets, i = list[Named](), list[Named](), noun.i - 1
    first = noun.sent.start
    while i >= first:
        token = text.doc[i]
        if token.lower_ == "levies" and verb_class(token) and not is_tariff(token):
            break  # "Switzerland levies duties on", parsed as two nouns
        if token.lower_ == "whose":  # "India, whose rate had been cut to 18 percent"
            named = state_of(text, text.doc[i - 1 - (text.doc[i - 1].text == ",")])
            imposers += [named] if named else []
            break
        if token.lower_ in POSSESSIVES:
            gapped = state_at(text, i - 1) if i > first and token.lower_ in {"its", "their"} else None
            named = gapped or owner(text, token)  # "Peru scraps its duty on gin and Chad its 8 percent duty on ham"
            imposers += [named] if named else []
            break
        named = state_of(text, token) if token.lower_ not in _GENITIVES else None
        if named is None:
            if token.pos_ not in _LEFT and token.lower_ not in _QUOTES and token.tag_ not in {"VBN", "VBG"}:
                break
            i -= 1
            continue
        owned = text.doc[i + 1].lower_ in _GENITIVES
        noun_like = token.tag_ in {"NNP", "NN"} and token.ent_type_ != "NORP"
        plain = noun_like and not owned and text.entity(token) == named[0] and named[0] not in _SHORT
        (targets if plain else imposers).append(named)
        i = text.tokens(named[1], named[2])[0] - 1
        if owned:
            break
    return imposers[:1] or _owner_behind(text, noun), targets[:1]


def _owner_behind(text: Text, noun: Token) -> list[Named]:
    """As in "the tariff measures of the Trump administration", "the duties of the United States"."""
    i = noun.i + 1
    if i < len(text.doc) and text.doc[i].lower_ in _MEASURES:
        i += 1
    return first_state(text, i + 1, 6) if i < len(text.doc) and text.doc[i].lower_ == "of" else []


def owner(text: Text, pronoun: Token) -> Named | None:
    """The state that a possessive refers to: the nearest subject before it, else the first of the sentence before."""
    if pronoun.lower_ in {"his", "her"}:
        return state_of(text, pronoun)
    if pronoun.lower_ in {"our", "my"}:
        return None
    first = pronoun.sent.start
    for noun in pronoun.ancestors:  # "the EU's proposal to raise its duty"
        owners = [n for c in noun.children if c.dep_ == "poss" and c.i < pronoun.i and (n := state_of(text, c))]
        if owners and noun.i < pronoun.i:
            return owners[0]
    found = acting_between(text, first, pronoun.i)
    if found:
        return found[-1]
    return next(iter(_acting_before(text, first)), None)


def _acting_before(text: Text, first: int) -> list[Named]:
    """The first state that acts in the sentence before the one that begins at a token."""
    before = [s for s in text.sentences if s.end <= first]
    return acting_between(text, before[-1].start, before[-1].end)[:1] if before else []


def acting_between(text: Text, first: int, stop: int) -> list[Named]:
    """The states that act between two tokens: subjects, their owners, agents, and those asked to act."""
    found = []
    for i in range(first, stop):
        token = text.doc[i]
        acting = (
            token.dep_ in _SUBJECTS or (token.dep_ == "poss" and token.head.dep_ in _SUBJECTS)
            or (token.dep_ == "pobj" and token.head.lower_ == "by" and token.head.head.dep_ != "acl")
            or (token.dep_ in {"dobj", "dative"} and token.head.lemma_ in _ASKING)
            or (token.dep_ == "pobj" and token.head.lower_ in {"on", "to"} and token.head.head.lemma_ in _APPEALING)
        )  # fmt: skip
        named = (state_of(text, token) or inside(text, token)) if acting else None
        found += [named] if named is not None else []
    return found


def agents(text: Text, noun: Token | None, doing: Act) -> list[Named]:
    """The states of those who impose, raise, lower or threaten: subject, passive agent, or who is asked to."""
    found: list[Named] = []
    offers = doing.verb is not None and doing.kind == "move" and above(doing.verb) in OFFER  # "is ready to go down to"
    if doing.verb is not None and not doing.turned and (doing.kind in DEEDS or offers):
        wished = doing.kind in _EASING and above(doing.verb) in ASK and not _asked(doing.verb)
        found = [] if wished else _subject_states(text, doing.verb)
    verb = doing.verb
    if verb is not None and not found and verb.dep_ == "ccomp" and verb.head.lemma_ in _GUARANTEEING:
        found = _states(text, text.subjects(verb.head))  # "Washington has promised that the rate will not exceed"
    found = _participle(text, noun) or found or _changing(text, noun)
    return found or _legislating(text, doing.verb) or measure(text, noun)


def _changing(text: Text, noun: Token | None) -> list[Named]:
    """As in "the Trump administration's increase of the tariff", "the tariff bill that Mexico's Senate approved"."""
    if noun is not None and noun.dep_ == "compound" and noun.head.lemma_ in _DRAFTS:
        clause = next((c for c in noun.head.children if c.dep_ == "relcl"), None)
        return _by(text, clause) or _subject_states(text, clause) if clause is not None else []
    for _ in range(2):
        if noun is None or noun.dep_ != "pobj" or noun.head.dep_ != "prep":
            return []
        noun = noun.head.head
        owners = [n for c in noun.children if c.dep_ == "poss" and (n := state_of(text, c)) is not None]
        if owners and noun.lemma_ in _CHANGES:
            return owners
        if noun.lemma_ in _RELIEF and noun.dep_ == "dobj" and noun.head.lemma_ in _GIVING:
            return _subject_states(text, noun.head)  # "granted Peru a reprieve from a tariff"
    return []


def _subject_states(text: Text, verb: Token) -> list[Named]:
    bare = verb.dep_ == "ccomp" and not any(c.dep_ == "aux" for c in verb.children)  # "wants it reduced to 10 percent"
    if is_passive(verb) or (verb.tag_ == "VBN" and (verb.dep_ == "acl" or bare)):
        promised = verb.dep_ == "ccomp" and verb.head.lemma_ in _PROMISING
        return _by(text, verb) or (_subject_states(text, verb.head) if promised else [])
    planner = _planner(text, verb)
    if planner is not None:
        return [planner]
    heads = _asked(verb) or text.subjects(verb)
    found = _states(text, heads) or _which(text, heads)
    if not heads and verb.lower_ in {"levies", "taxes"}:  # parsed as a noun
        found = first_state(text, verb.i - 1, 1)
    whole = verb.head if verb.dep_ == "relcl" and verb.head.dep_ in {"dobj", "pobj"} else None
    if not found and whole is not None and not is_tariff(whole):  # "signed an order that fixes rates"
        found = _states(text, text.subjects(_clause_of(whole)))
    first, end = verb.sent.start, verb.sent.end
    if not heads and verb.i > first and verb.nbor(-1).lower_ == "to":  # hung elsewhere: "proposed ... to charge"
        root = next((t for t in verb.doc[first:end] if t.dep_ == "ROOT"), verb)
        found = _states(text, text.subjects(root))
    if not found and any(t.lower_ in BODIES for h in told_before(text, first, heads) for t in (h, *h.children)):
        found = _first_place(text, first, heads[0].i) or _acting_before(text, first) or home(text, first)
    return unique(found)


def _planner(text: Text, verb: Token) -> Named | None:
    """As in "Washington's plan to raise tariffs", "a Chinese decision to levy": who has it."""
    infinitive = verb.dep_ == "acl" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    owners = [c for c in verb.head.children if c.dep_ in {"poss", "amod", "compound", "nmod"}] if infinitive else []
    named = (owner(text, c) if c.lower_ in POSSESSIVES else state_of(text, c) for c in owners)
    return next((n for n in named if n is not None), None)


def _states(text: Text, heads: list[Token]) -> list[Named]:
    tokens = [t for head in heads for t in text.conjuncts(head) if t.lower_ not in {"that", "which"}]
    found = [named for t in tokens if (named := state_of(text, t) or inside(text, t)) is not None]
    pronoun = heads[0] if len(heads) == 1 and heads[0].lower_ in {"it", "they"} and not found else None
    ours = pronoun is not None and any(t.lower_ in {"our", "us"} for t in pronoun.sent)
    if pronoun is None or ours:  # in "they tax our wine" the speaker is not meant
        return found
    teller = pronoun.head.head if pronoun.head.dep_ == "ccomp" and pronoun.head.head.lemma_ in _TELLING else None
    told = [n for h in text.subjects(teller) if (n := state_of(text, h)) is not None] if teller is not None else []
    meant = told[0] if told else owner(text, pronoun)  # "the 2.5 percent duty it imposes on cars"
    return found if meant is None else [meant]


def _which(text: Text, heads: list[Token]) -> list[Named]:
    """As in "asked Beijing, which charges 10 percent on plums": the state right before the pronoun."""
    pronoun = next((h for h in heads if h.lower_ in {"which", "who"}), None)
    before = text.doc[pronoun.i - 1 - (text.doc[pronoun.i - 1].text == ",")] if pronoun is not None else None
    named = state_of(text, before) if before is not None else None
    return [named] if named is not None else []


def _clause_of(token: Token) -> Token:
    while token.pos_ not in {"VERB", "AUX"} and token.head.i != token.i:
        token = token.head
    return token


def _legislating(text: Text, verb: Token | None) -> list[Named]:
    """As in "Mexican lawmakers gave approval to tariffs of 50 percent", "Peru's Congress passed duties on wine"."""
    if verb is None or verb.lemma_ not in _LEGISLATING:
        return []
    given = verb.lemma_ != "give" or any(c.lower_ in _APPROVAL for c in verb.children)
    heads = [h for h in text.subjects(verb) if h.lower_ in BODIES]
    return unique(_states(text, heads)) if given and heads else []


def _first_place(text: Text, first: int, stop: int) -> list[Named]:
    """As in "In New Delhi ... the government is open to": the government that sits there."""
    return first_state(text, first + 1, min(stop - first, 3)) if text.doc[first].lower_ == "in" else []


def _asked(verb: Token) -> list[Token]:
    """Who is to act in "urged Washington to drop" and "wants Kenya to lower"."""
    if verb.dep_ not in {"ccomp", "xcomp"} or verb.head.lemma_ not in _ASKING:
        return []
    own = [c for c in verb.children if c.dep_ == "nsubj"]
    if own and (own[0].lower_ in {"it", "them"} or is_tariff(own[0])) and verb.tag_ in {"VBD", "VBN"}:
        return []  # "wants it cut to 5 percent": what is to be cut
    return own or [c for c in verb.head.children if c.dep_ in {"dobj", "dative"}]


def inside(text: Text, head: Token) -> Named | None:
    """The state within a phrase: "the government in Beijing", "the ministry of Japan", "negotiators from Japan"."""
    if head.pos_ not in {"NOUN", "PROPN"}:
        return None
    for child in head.children:
        parts = [child] if child.dep_ in {"poss", "amod", "compound", "nmod"} else []
        if child.dep_ == "prep" and child.lower_ in {"of", "in", "from"}:
            parts = list(child.children)
        if child.dep_ == "acl" and head.lemma_.lower() in _DRAFTS:  # "a bill introduced in the U.S. Senate"
            links = [c for c in child.children if c.dep_ == "prep" and c.lower_ in {"in", "to"}]
            parts = [t for link in links for c in link.children for t in (c, *c.children)]
        for part in parts:
            if (named := state_of(text, part)) is not None:
                return named
    return None


def _by(text: Text, verb: Token) -> list[Named]:
    """The agent of a passive, read from the words behind it."""
    for i in range(verb.i + 1, min(verb.i + 9, len(text.doc))):
        if text.doc[i].lower_ == "by":
            return first_state(text, i + 1, 7)
        if text.doc[i].pos_ in {"VERB", "AUX"} and text.doc[i].dep_ != "amod":
            break
    return []


def _participle(text: Text, noun: Token | None) -> list[Named]:
    """As in "tariffs imposed by Washington", "duties that the president has imposed"."""
    if noun is None:
        return []
    for i in range(noun.i + 1, min(noun.i + _PARTICIPLE_REACH, noun.sent.end)):
        token = text.doc[i]
        if not verb_class(token) & DEEDS:
            continue
        if token.lower_ == "levies":  # "the duty which South Africa levies", parsed as a noun
            return first_state(text, noun.i + 1, i - noun.i) or first_state(text, i - 2, 2)
        if token.dep_ == "relcl":
            return _by(text, token) or _subject_states(text, token)
        if token.tag_ in {"VBN", "VBD"} and (token.dep_ == "acl" or i == noun.i + 1):
            return _by(text, token)
    return []



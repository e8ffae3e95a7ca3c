"""Who was there, told without a word for the event: "in the room were", "sat across from", "on the phone with"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.lexicon import mapping, members
from kg.stages.relate.events.trigger import below, doers, event_nouns, people
from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.text import Actor

if TYPE_CHECKING:

    from kg.stages.relate.text import Text
    from kg.tokens import Token

_SIDES = frozenset({"side", "team", "delegation", "negotiation", "negotiator", "talk", "meeting", "session", "round",
                    "discussion", "consultation", "summit", "sitting"})  # fmt: skip
_OPENED = frozenset({"meeting", "session", "round", "summit", "sitting", "conference"})
_TALKS = frozenset({"talk", "meeting", "session", "round", "negotiation", "consultation"})
_PRESIDED = frozenset({"lead", "head", "chair", "co-chair", "moderate", "mediate", "facilitate", "open", "preside",
                       "attend", "join", "broker", "represent"})  # fmt: skip
_SPELLS = frozenset({"year", "month", "decade"})
_CHAIRED = frozenset({"chair", "co-chair", "moderate", "mediate"})  # "It was chaired by Doe and Roe"
_AT_TABLE = frozenset({"be", "return", "come", "sit", "get", "go", "gather", "bring", "stay", "remain", "face"})
_WALKED = frozenset({"go", "walk", "move", "run", "commute", "shuttle"})
_MOVED = frozenset({"carry", "relay", "pass", "convey", "ferry", "exchange", "transmit"})
_LISTED = frozenset({"present", "attending", "participants", "attendees"})
_SENT = frozenset({"team", "delegation", "side"})
_TOLD = frozenset({"say", "tell", "add", "declare", "state", "announce", "comment"})
_BETWEEN = frozenset({"mediator", "go-between", "intermediary", "facilitator", "broker"})
_THERE = frozenset({"those", "participants", "guests", "attendees", "present", "delegates"})
_CHIEFS = frozenset({"head", "leader", "chief"})
_PARTNERS = frozenset({"interlocutor", "counterpart", "partner", "host", "guest", "signature", "signatory"})


def present(text: Text, verb: Token) -> list[Actor]:
    """Who was there too.

    "Also in the room with Doe were Roe and Poe", "His interlocutors were Roe and Poe", "Facing Doe across the table
    were Roe and Poe". Lists of names and titles are parsed badly, so all persons of the sentence count but the one who
    says so.
    """
    there = [p for p in text.prepositions(verb, "in", "at") if p.lower_ in {"room", "side", "table", "attendance"}]
    there += [p for p in text.prepositions(verb, "among") if p.lower_ in _THERE]  # "Among those present were"
    also = any(t.lower_ in {"also", "too"} for t in verb.sent)  # "Poe was also at the table", "also on the call"
    there += [p for p in text.prepositions(verb, "on") if also and p.lower_ in {"call", "line"}]
    so_told = any(c.dep_ == "acomp" and c.lower_ == "present" for c in verb.children)
    facing = any(c.dep_ in {"advcl", "csubj", "ccomp"} and _at_it(c) for c in verb.children if c.i < verb.i)
    partners = [c for c in verb.children if c.dep_ == "nsubj" and c.lemma_ in _PARTNERS]
    if not (there or so_told or facing or partners) or stage(verb) is not Stage.HELD:
        return []
    found: dict[str, Actor] = {}
    owners = [c for p in partners for c in p.children if c.dep_ == "poss"]
    for token in [*owners, *(t for t in verb.sent if t.pos_ == "PROPN")]:
        actor = text.who(token)
        if actor is not None and text.is_person(actor) and not _says_so(token):
            found.setdefault(actor.ref, actor)
    return list(found.values()) if len(found) > 1 or also else []


def _at_it(verb: Token) -> bool:
    """As in "Facing Doe across the table were", "Taking part in the talks were", "Attending the session were"."""
    part = verb.lemma_ == "take" and any(o.lower_ == "part" for o in verb.children)
    return verb.tag_ == "VBG" and (part or verb.lemma_ in {"face", "attend", "participate"})


def took_part(text: Text, verb: Token) -> list[Actor]:
    """Who else was there, of an event told before: "Poe sat in", "Poe, who took part by video"."""
    behind = _parts().get(verb.lemma_.lower())
    if behind is None or verb.tag_ == "VBG":
        return []
    known = any(c.lower_ in behind for c in verb.children if c.dep_ in {"prt", "advmod", "prep", "dobj"})
    if not known or stage(verb) not in {Stage.HELD, Stage.PLANNED}:
        return []
    if any(t.lemma_.lower() in event_nouns() or text.is_time(t) for t in _taken_part_in(verb)):
        return []
    return [a for a in people(text, text.subjects(verb)) if text.is_person(a)]


@cache
def _parts() -> dict[str, set[str]]:
    """The words behind each verb of those who take part: "sit in", "take part"."""
    found: dict[str, set[str]] = {}
    for phrase in members("event_company", "part"):
        verb, _, word = phrase.partition(" ")
        found.setdefault(verb, set()).add(word)
    return found


def _taken_part_in(verb: Token) -> list[Token]:
    """What a verb says that one takes part in."""
    where = (c for c in verb.subtree if c.lower_ in {"in", "at"} and c.head in {verb, *verb.children})
    return [p for c in where for p in c.children]


def presided(text: Text, verb: Token, *, told: bool) -> list[Actor]:
    """Who led a side of the talks, or the talks: "Doe headed the delegation with Poe", "the team was led by Roe".

    Also "Chairing the session was Doe", "Tokyo was represented by Doe". "The delegation led by Doe met Roe" names its
    event itself. `told` where an event was told before.
    """
    if verb.lemma_ not in _PRESIDED or any(p.lemma_ in _SPELLS for p in text.prepositions(verb, "for", "since")):
        return []  # "has led the talks for six years"
    led = text.objects(verb)
    if verb.lemma_ == "open" and not any(t.lemma_.lower() in _OPENED for t in led):
        return []  # "agreed to open the negotiations": which then begin
    sent = any(t.lower_ == "delegation" or (told and t.lemma_ in {"team", "side"}) for t in led)
    if not (text.about_talks or sent or (told and verb.lemma_ == "represent")):
        return []
    side = any(t.lemma_.lower() in _SIDES or (t.lower_ == "it" and verb.lemma_ in _CHAIRED) for t in led)
    stood_for = verb.lemma_ == "represent" and any(text.actors(t) for t in led)
    if not (side or stood_for) or verb.dep_ == "acl" or stage(verb) not in {Stage.HELD, Stage.PLANNED}:
        return []
    if verb.tag_ == "VBG" and verb.head.lemma_ == "be":
        named = [c for c in verb.head.children if c.dep_ in {"attr", "nsubj"} and c != verb]
    else:
        named = text.subjects(verb) + text.prepositions(verb, "with", "alongside")
    found = [a for a in people(text, named) if text.is_person(a)]
    # "led by Doe on one side and, on the other, by Roe", "will lead the Chilean side and Roe the Peruvian one"
    clause = verb.sent[verb.i - verb.sent.start :]
    bare = not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in clause[1:])  # "Doe led the team; Roe the other side"
    # "Doe headed the Chilean team and Roe, the director, the visiting team", "was led by Doe and the other team by Roe"
    teams = [t for t in verb.sent if t.lemma_.lower() in _SENT and t.i != verb.i]
    gapped = bare and len(teams) > 1 and teams[-1].i > verb.i and any(t.lower_ == "and" for t in clause)
    apart = gapped or any(t.lower_ in {"other", "one"} or (bare and t.text == ";") for t in clause)
    behind = text.persons_between(verb.i, verb.sent.end) if stood_for or apart else []  # "Ottawa by Roe"
    return found + [Actor(m.entity, text.tokens(m.start, m.end)[0], safe=False) for m in behind if found]


def told_after(text: Text, verb: Token) -> list[Actor]:
    """Who tells of talks right after them: "said at the close of the talks", "told reporters after the meeting".

    A minister or negotiator of one of the sides was there most often; a spokesman or the head of a state was not.
    """
    if verb.lemma_ not in _TOLD or not text.about_talks:
        return []
    after = [p for t in verb.children if t.lower_ in {"after", "following", "at"} for p in t.children]
    after += [q for p in after if p.lemma_ in {"end", "close", "conclusion"} for q in text.prepositions(p, "of")]
    after += [q for p in after if text.is_time(p) for q in text.prepositions(p, "of")]
    there = any(p.lemma_.lower() in _SIDES for p in after if p.dep_ == "pobj") or any(_sums_up(t) for t in verb.subtree)
    if not there or stage(verb) is not Stage.HELD:
        return []
    found = [a for a in people(text, text.subjects(verb)) if text.is_person(a)]
    found = [a for a in found if text.state(a.ref) in text.negotiating]
    return [a for a in found if not any(o.holder == a.ref and _absent(o.head) for o in text.mentions.offices)]


def _sums_up(noun: Token) -> bool:
    """As in "said three subjects had been at the centre of the talks": what was talked about, told by who was there."""
    if noun.lemma_.lower() not in _TALKS or not any(c.lower_ in {"the", "these"} for c in noun.children):
        return False
    clause = next((t for t in noun.ancestors if t.pos_ in {"VERB", "AUX"}), noun)
    past = clause.tag_ in {"VBD", "VBN"} and clause.lemma_ not in _TOLD
    return past and not any(c.lower_ in {"will", "would", "should", "could", "if"} for c in clause.children)


def _absent(head: str) -> bool:
    """Whether the holder of an office speaks of talks of others."""
    return "spokes" in head or mapping("offices").get(head) in {"head of state", "head of government"}


def headed(text: Text, noun: Token) -> list[Actor]:
    """Who headed the delegations by their office: "the heads of the two delegations, Doe and Roe, said"."""
    if noun.lemma_.lower() not in _CHIEFS or not text.about_talks:
        return []
    of = (p.lemma_.lower() for p in text.prepositions(noun, "of"))
    of_team = any(lemma in {"delegation", "team"} for lemma in of) or any(
        c.dep_ == "compound" and c.lower_ in {"delegation", "team"} for c in noun.children
    )
    if not of_team:
        return []
    named = [c for c in noun.children if c.dep_ == "appos"]
    named += [noun.head] if noun.dep_ in {"appos", "compound", "nmod"} else []
    return [a for a in people(text, named) if text.is_person(a)]


def indirectly(text: Text, verb: Token, *, told: bool) -> list[Actor]:
    """Who talked through a go-between: "Doe and Roe sat in separate rooms", "Poe carried messages between them".

    The go-between alone counts where talks have been told of.
    """
    if not (_in_rooms(text, verb) or _carried(text, verb) or _go_between(text, verb) or (told and _unmet(verb))):
        return []
    ahead = stage(verb) in {Stage.PLANNED, Stage.SOUGHT, Stage.HYPOTHETICAL, Stage.CANCELLED}
    if ahead or (_negated(verb) and not _unmet(verb)):
        return []
    found: dict[str, Actor] = {}
    for token in verb.sent:
        actor = text.who(token) if token.pos_ == "PROPN" else None
        if actor is not None and text.is_person(actor) and not _says_so(token) and not _owner(text, token):
            found.setdefault(actor.ref, actor)
    return list(found.values()) if len(found) > 1 or told else []


def _negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def _in_rooms(text: Text, verb: Token) -> bool:
    """As in "sat in separate rooms"."""
    if verb.lemma_.lower() not in {"sit", "be", "stay", "remain"}:
        return False
    rooms = (p for p in text.prepositions(verb, "in") if p.lemma_ == "room")
    return any(c.lower_ in {"separate", "different", "adjoining"} for p in rooms for c in p.children)


def _carried(text: Text, verb: Token) -> bool:
    """As in "carried messages between them", "went back and forth", "passed a text from one room to the other"."""
    lemma = verb.lemma_.lower()
    if lemma not in _WALKED and lemma not in _MOVED:
        return False
    around = {t.lower_ for t in verb.subtree}
    if lemma in _WALKED:
        rooms = bool(around & {"rooms", "delegations", "sides", "teams", "them", "two"}) or lemma in {"go", "shuttle"}
        between = any(t.lower_ == "between" and t.i > verb.i for t in verb.subtree)  # not "The call between them went"
        return {"back", "forth"} <= around or (between and rooms)
    things = {o.lemma_ for o in text.objects(verb)} & {"message", "proposal", "note", "draft", "offer", "text"}
    behind = {t.lower_ for t in verb.subtree if t.i > verb.i}  # not "A proposal for talks between them was conveyed"
    return bool(things) and (bool(behind & {"between", "their"}) or {"from", "other"} <= around)


def _go_between(text: Text, verb: Token) -> bool:
    """As in "acted as mediators", "was once more the go-between"."""
    as_one = text.prepositions(verb, "as") if verb.lemma_ in {"act", "serve"} else []
    as_one += [c for c in verb.children if c.dep_ == "attr"] if verb.lemma_ == "be" else []
    return any(t.lemma_.lower() in _BETWEEN or (t.lower_ == "between" and t.nbor(-1).text == "-") for t in as_one)


def _unmet(verb: Token) -> bool:
    """As in "Doe and Roe did not face each other", "never shared a table": in talks that somebody mediates."""
    if verb.lemma_ not in {"face", "meet", "see", "share", "sit"}:
        return False
    did = any(c.lower_ == "did" for c in verb.children) or verb.tag_ == "VBD"
    never = _negated(verb) or any(c.lower_ == "never" for c in verb.children)
    around = {t.lower_ for t in verb.subtree}
    apart = (verb.lemma_ in {"face", "meet", "see"} and bool(around & {"other", "another", "face", "directly"})) or (
        verb.lemma_ in {"share", "sit"} and bool(around & {"table", "room"}))  # fmt: skip
    mediated = (t.lower_.startswith(("indirect", "mediat")) or t.lemma_.lower() in _BETWEEN for t in verb.doc)
    return did and never and apart and any(mediated)


def listed(text: Text, token: Token) -> list[Actor]:
    """Who was there by a list: "Present: President Doe and, for Peru, Minister Roe"."""
    if token.lower_ not in _LISTED:
        return []
    opens = token.is_sent_start or (token.i > 0 and token.nbor(-1).is_sent_start and token.nbor(-1).lower_ == "also")
    if not opens or token.i + 1 >= len(token.doc) or token.nbor().text != ":":
        return []
    named = text.persons_between(token.i, token.sent.end)
    return [Actor(m.entity, text.tokens(m.start, m.end)[0]) for m in named]


def _owner(text: Text, token: Token) -> bool:
    """Whether something of a person is told, not what he or she does: "[Poe's] envoy, Roe"."""
    last = token.doc[text.tokens(*text.span_of(token.i))[-1]]
    while last.dep_ == "compound":  # the title before the name: "[President Poe's] envoy"
        last = last.head
    return last.dep_ == "poss"


def _says_so(token: Token) -> bool:
    """Whether a name stands in "according to Doe" or "Doe said"."""
    head = token
    while head.dep_ in {"compound", "appos", "flat"} and head.head.i != head.i:
        head = head.head
    return (head.head.lower_ == "to" and head.head.head.lower_ == "according") or (
        head.dep_ == "nsubj" and head.head.lemma_ in {"say", "tell", "add"}
    )


def at_table(text: Text, verb: Token) -> list[Actor]:
    """Who came together: "Peru and Chile are back at the negotiating table", "returned to the table"."""
    if verb.lemma_ not in _AT_TABLE:
        return []
    tables = (t for t in verb.subtree if t.lower_ == "table" and t.head.lower_ in {"at", "to", "around", "round"})
    again = verb.lemma_ == "be" and any(t.lower_ == "it" for t in text.prepositions(verb, "at"))  # "are at it again"
    if not again and not any(next((a for a in t.ancestors if a.pos_ in {"VERB", "AUX"}), None) == verb for t in tables):
        return []
    found = people(text, text.subjects(verb) + below(verb, "with"))
    if verb.lemma_ in {"bring", "get"}:
        found += people(text, text.objects(verb))
    found = list(dict.fromkeys(found))
    return found if len({text.state(a.ref) or a.ref for a in found}) > 1 else []


def sat_across(text: Text, verb: Token) -> list[Actor]:
    """As in "Doe and Roe sat across from Poe", "took their seats opposite Poe"."""
    seats = [o for o in verb.children if o.dep_ == "dobj" and o.lemma_ in {"seat", "place"}]
    if not any(t.lower_ in {"across", "opposite"} for t in verb.subtree) or (verb.lemma_ == "take" and not seats):
        return []
    return doers(text, verb) + people(text, below(verb, "from") + below(verb, "opposite"))

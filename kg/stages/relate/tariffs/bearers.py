"""On whose goods, and on which, a tariff falls by what hosts its rate and by its verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.goods.phrases import Listing
from kg.stages.relate.tariffs.acts import is_object
from kg.stages.relate.tariffs.loose import owned
from kg.stages.relate.tariffs.states import first_state
from kg.stages.relate.tariffs.verbs import SENDING
from kg.stages.relate.tariffs.words import is_passive

if TYPE_CHECKING:
    from kg.stages.relate.goods.products import Named
    from kg.stages.relate.tariffs.acts import Act
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.tariffs.goods import Reader
    from kg.stages.relate.tariffs.group import Group
    from kg.stages.relate.tariffs.verbs import Host
    from kg.tokens import Token

_BY_NOUN = frozenset({"which", "beside", "owned", "case", "labelled"})
_BY_OWN_VERB = frozenset({"sent", "got", "threat"})
_FREEING = frozenset({"free", "exempt", "spare", "shield"})
_GIVING = frozenset({"grant", "give", "allow", "offer"})
_TO_REACH = 9  # tokens from a tariff to "to Swiss beef" in "applies a tariff of 17 percent to Swiss beef"
_MEASURED = frozenset({"up", "to", "as", "many", "much", "about", "some", "a", "quota", "of", "tons", "tonnes"})
_HITTING = frozenset({"hit", "target", "affect", "cover", "await"})


def _for_which(reader: Reader, noun: Token | None) -> int | None:
    """The preposition of "everything from Korea, for which the accord brought a reduction from 25 to 15 percent"."""
    if noun is None:
        return None
    span = reader.text.doc[max(reader.sent.start, noun.i - 12) : noun.i]
    return next((t.i - 1 for t in span if t.lower_ == "which" and t.nbor(-1).lower_ in {"for", "on"}), None)


def named(reader: Reader, frame: Frame, doing: Act, held: Host, span: tuple[int, int]) -> Listing:
    """What the words beside the noun or the rate name: by the host of the rate, else what stands behind "on"."""
    for_which = held.kind == "rise" and _for_which(reader, held.noun) is not None
    if (held.kind in _BY_NOUN or for_which) and held.noun is not None:
        return _beside_noun(reader, frame, held, held.noun)
    if frame.group is None:
        phrase = held.noun
        found = reader.onto(phrase.i + 1, span[1], doing, phrase) if phrase is not None else Listing()
        link = _for_which(reader, phrase) if not found and doing.kind in {"impose", "threaten", "raise"} else None
        return reader.ending(link) if link is not None else found  # "drugs, on which he intends to place a tariff"
    if held.kind in _BY_OWN_VERB and held.verb is not None:
        return _beside_verb(reader, frame.group, held.kind, held.verb)
    found = _behind_on(reader, frame, frame.group, doing, held, span)
    link = None if found else _for_which(reader, held.noun)
    return reader.ending(link) if link is not None and link >= span[0] else found


def _beside_noun(reader: Reader, frame: Frame, held: Host, anchor: Token) -> Listing:
    if held.kind == "rise":
        link = _for_which(reader, anchor)
        return reader.ending(link) if link is not None else Listing()
    if held.kind == "owned":
        state = owned(reader.text, frame.group) if frame.group is not None else None
        return Listing(states=[state] if state is not None else [])
    if held.kind == "labelled" and frame.group is not None:
        return reader.listing(anchor.i, frame.group.first)
    if held.kind == "case":  # "for Laos it is 40 percent", "40 percent is what Laos is charged"
        return reader.listing(anchor.i + 1, held.verb.i) if held.verb is not None else Listing()
    return reader.ending(anchor.i)


def _beside_verb(reader: Reader, group: Group, kind: str, verb: Token) -> Listing:
    if kind == "sent":
        return _sent(reader, verb, group.first)
    if kind == "got":
        after = group.last + 1
        return reader.listing(after + (reader.text.doc[after].lower_ in {"that", "which"}), verb.i)
    if verb.i > group.last and reader.text.doc[group.last + 2].lower_ == "which":
        return reader.listing(verb.i + 1, reader.sent.end)  # "the 10 percent with which he has threatened Peru"
    linked = reader.text.doc[group.first - 1].lower_ in {"with", "at"}  # not "charges Canada 35 percent"
    return reader.threatened(verb, group.first - linked)


def _behind_on(
    reader: Reader, frame: Frame, group: Group, doing: Act, held: Host, span: tuple[int, int]
) -> Listing:
    (left, right), phrase, doc = span, held.noun, reader.text.doc
    if phrase is None and group.previous is not None and group.rates and group.previous.start < group.rates[0].start:
        old = reader.text.tokens(group.previous.start, group.previous.end)[-1]
        found = reader.onto(old + 1, group.first, doing, phrase)  # "The 25 percent on steel will fall to zero"
        found = found or reader.borne(doc[old])[0]  # "the 39 percent that its goods have paid will be cut to 15"
        if found:
            return found
    further = held.kind == "listed" or (phrase is not None and phrase.i <= left)  # "a 50% tariff, and pork to 25%"
    if further and reader.leading and (found := reader.direct(left + (held.kind != "listed"), group.first)):
        return found
    after, found = group.ends[0] + 1, Listing()
    if doc[group.first - 1].lower_ == "to" and doc[after : after + 1].text.lower() == "on" and phrase is not None:
        own = reader.onto(after, right, doing, phrase)
        if any(g.concept for g in own.goods):  # "doubled the duties on metals, to 50 percent on steel and to 20 on tin"
            own.states = own.states or _of_whole(reader, phrase, group.first, doing)
            return own
    one = doc[group.first - 2 : group.first].text.lower() == "one of"  # "and one of 25 percent on Chinese steel"
    if phrase is not None and phrase.i < group.first and not one:
        found = reader.onto(max(phrase.i + 1, left), group.first, doing, phrase)
    at_most = doc[group.first - 2].lower_ == "up" and doc[group.first - 3].pos_ != "VERB"  # "and up to 14% on salmon"
    if not found and doc[group.first - 1].lower_ in {"to", "from", "at"} and left > frame.sent.start and not at_most:
        found = reader.onto(left, group.first, doing, phrase)
    if not found and phrase is not None and phrase.i < left:
        found = reader.onto(phrase.i + 1, left, doing, phrase)
    if not found and left == frame.sent.start and doc[left].lower_ in {"for", "on"}:
        named = reader.listing(left + 1, phrase.i + 1 if phrase is not None else group.first)
        sold = any(g.concept or g.states for g in named.goods)
        found = named if sold else found  # "For steel the rate is 50, for drugs 15"
    if doc[after : after + 4].text.lower() == "in the case of":
        found = reader.listing(after + 4, right)  # "25 percent on Canadian goods, 10 in the case of energy"
        found.states = found.states or (_of_whole(reader, phrase, group.first, doing) if phrase is not None else [])
    if not found and phrase is not None and group.previous is not None and group.previous.start > group.rates[0].start:
        found = reader.borne(doc[group.last])[0]  # "a tariff of 50 percent, twice the 25 that steel had borne"
    found = found or reader.onto(max(after, phrase.i + 1 if phrase is not None else 0), right, doing, phrase)
    return found if found or held.kind != "listed" else reader.direct(left, group.first)


def _of_whole(reader: Reader, phrase: Token, stop: int, doing: Act) -> list[Named]:
    """Whose goods the tariff noun itself tells of: "the duties on Turkish metals, to 50 percent on steel"."""
    whole = reader.onto(phrase.i + 1, stop, doing, phrase) if phrase.i < stop else Listing()
    return [*whole.states, *(s for g in whole.goods for s in g.states)]


def _sent(reader: Reader, verb: Token, stop: int) -> Listing:
    """As in "Britain may ship 100,000 cars a year to the US at": goods, who sends them, and where to."""
    sent = reader.listing(verb.i + 1, stop)
    sent.states = reader.payers(verb).states
    link = next((t.i for t in reader.text.doc[verb.i + 1 : stop] if t.lower_ in {"to", "into"}), None)
    sent.into = first_state(reader.text, link + 1, 4) if link is not None else sent.into
    return sent


def by_verb(reader: Reader, doing: Act, phrase: Token | None, told: Listing, *, stop: int) -> Listing:
    """What other verbs say it falls on: "hits Korean goods", "applies to Laos", "let in beef at a duty"."""
    verb, doc = doing.verb, reader.text.doc
    for i in range(phrase.i + 1, min(phrase.i + 15, reader.sent.end - 1)) if phrase is not None and not told else ():
        if doc[i].lemma_ == "apply" and doc[i + 1].lower_ == "to":
            return reader.listing(i + 2, reader.sent.end)
    if verb is None or verb.i + 1 >= len(reader.text.doc):
        return told
    following, noun = verb.nbor(1).lower_, phrase.i if phrase is not None else stop
    applied = _applied(reader, verb, phrase, told)
    if applied is not None:
        return applied
    given = next((c.i for c in verb.children if c.dep_ == "dative" and c.i > verb.i), None)
    if verb.lemma_ in _GIVING and given is not None:  # "granted Peru a reprieve from a tariff of 25 percent"
        found = reader.listing(verb.i + 1, given + 1)
        told.states += found.states if not told.states else []
        return told or found
    if verb.lemma_ in _FREEING:
        end = phrase.head.i if phrase is not None and phrase.dep_ == "pobj" and phrase.head.i > verb.i else noun
        freed = reader.payers(verb) if is_passive(verb) else reader.listing(verb.i + 1, end)
        return told or freed or reader.payers(verb)  # "spares gold the duty on Swiss goods"
    if verb.lemma_ in SENDING and phrase is not None and phrase.head.lower_ == "at" and not told:
        return _sent(reader, verb, noun)
    if doing.kind == "admit":
        first = verb.i + 1 + (following == "in")
        found = reader.listing(first, noun)
        measures = (t for t in reader.text.doc[first:noun] if not (t.like_num or t.lower_ in _MEASURED))
        first = next((t.i for t in measures), first)  # "let in up to 49,000 Chinese electric cars a year at"
        return found or reader.listing(first, noun) or told
    if verb.lemma_ in {"subject", "expose"} and verb.pos_ == "VERB" and phrase is not None and not is_passive(verb):
        return told or reader.listing(verb.i + 1, phrase.head.i)  # "would not subject Japanese cars to a tariff"
    if doing.kind in {"threaten", "impose"} and phrase is not None and phrase.head.lower_ == "with":
        return told or reader.listing(verb.i + 1, phrase.head.i)  # "threatened Swiss goods with a tariff"
    return _hit(reader, verb, told) if doing.kind == "effect" and verb.lemma_ in _HITTING else told


def _hit(reader: Reader, verb: Token, told: Listing) -> Listing:
    """What a tariff hits: "hits Korean cars"; the origin where its goods are told, "the one on trucks hits Mexico"."""
    hit = reader.listing(verb.i + 1, reader.sent.end)
    if told.goods and not told.states and hit.states and not hit.goods:
        told.states = hit.states
        return told
    return hit or told


def _applied(reader: Reader, verb: Token, phrase: Token | None, told: Listing) -> Listing | None:
    """What "applies to Laos", "applies a tariff of 17 percent to Swiss beef" lead to; None for other verbs."""
    doc = reader.text.doc
    if verb.lemma_ not in {"apply", "extend"}:
        return None
    if phrase is not None and is_object(phrase, verb, "dobj", "nsubjpass") and not told:
        link = next((t.i for t in doc[phrase.i + 1 : phrase.i + _TO_REACH] if t.lower_ == "to"), None)
        return reader.listing(link + 1, reader.sent.end) if link is not None else told
    if phrase is not None and phrase.i > verb.i:
        return told  # "The truce applies to the Norwegian duties on aircraft"
    negated = verb.lemma_ != "apply" or any(c.dep_ == "neg" for c in verb.children)
    return told if negated or verb.nbor(1).lower_ != "to" else reader.listing(verb.i + 2, reader.sent.end) or told


def subject(reader: Reader, doing: Act, phrase: Token, *, rated: bool) -> Listing:
    """Goods that are the subject: "exports will be met with a tariff", "tomatoes have had a duty to themselves"."""
    verb = doing.verb
    link = phrase.head.lower_
    if verb is None or link == "from" or not (doing.kind in {"", "keep"} or link in {"with", "by", "to"}):
        return Listing()
    found = reader.payers(verb)
    found.strange = False
    if doing.kind == "keep" and rated and link in {"at", "under"} and found.states:
        return found  # "Peru and Chile stay at the baseline tariff"
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    goods = any(g.concept or (g.generic and rated) for g in found.goods)
    return found if goods or (passive and phrase.dep_ == "pobj") else Listing()


def narrowed(reader: Reader, doing: Act, told: Listing) -> Listing:
    """The goods for which alone a tariff on all goods of a state ends: "was lifted for coffee and beef"."""
    states = [s for g in told.goods for s in g.states] or told.states
    if doing.verb is None or doing.kind not in {"remove", "pause", "lower"} or any(g.key for g in told.goods):
        return told
    link = next((c.i for c in doing.verb.children if c.lower_ == "for" and c.i > doing.verb.i), None)
    found = reader.listing(link + 1, reader.sent.end) if link is not None and states else Listing()
    goods = [g for g in found.goods if g.concept is not None]
    if goods:
        told.goods, told.states = goods, [] if any(g.states for g in goods) else states
    return told

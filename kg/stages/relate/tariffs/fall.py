"""Fills in a frame who imposes a tariff and what it falls on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import BlockKind
from kg.stages.relate.goods.phrases import Listing
from kg.stages.relate.tariffs.asking import bear
from kg.stages.relate.tariffs.bearers import by_verb, named, narrowed, subject
from kg.stages.relate.tariffs.goods import chosen
from kg.stages.relate.tariffs.hosts import ANCHORED
from kg.stages.relate.tariffs.openings import sheltered, topic, under
from kg.stages.relate.tariffs.quotas import quota
from kg.stages.relate.tariffs.sides import DEEDS, POSSESSIVES, agents, modifiers
from kg.stages.relate.tariffs.spanned import spanned
from kg.stages.relate.tariffs.speakers import stranger, us
from kg.stages.relate.tariffs.states import LIKELIEST, first_state, state_of
from kg.stages.relate.tariffs.verbs import is_firm
from kg.stages.relate.tariffs.words import RATE_NOUNS, classes, is_passive, is_tariff, stands_for

if TYPE_CHECKING:
    from kg.stages.relate.goods.products import Named
    from kg.stages.relate.tariffs.acts import Act
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.tariffs.goods import Reader
    from kg.stages.relate.tariffs.verbs import Host
    from kg.tokens import Token

_AND = frozenset({"and", "but", "while"})
_TOLD = frozenset({"impose", "raise", "threaten", "pay", "effect"})


def fall(reader: Reader, frame: Frame, doing: Act, held: Host, span: tuple[int, int]) -> None:
    """Fill in imposers, targets and goods of a frame.

    Args:
        reader: Reads lists of the sentence.
        frame: The tariff; its goods, targets and imposers are still empty.
        doing: What is done to it.
        held: What makes the percentage a rate, or the noun where there is none.
        span: The tokens from the rate before to the rate after it.
    """
    phrase = held.noun if held.kind not in ANCHORED else None
    own, other = modifiers(reader.text, phrase) if phrase is not None else ([], [])
    rate_noun = phrase is not None and phrase.lower_ in RATE_NOUNS
    if held.kind in {"levied", "listed"} and frame.group is not None and frame.group.first > frame.sent.start:
        own = _owner(reader, frame.group.first - 1, listed=held.kind == "listed") or own
    own = _of_clause(reader, frame, held) or own
    found = _bracketed(reader, frame) or named(reader, frame, doing, held, span)
    doer = agents(reader.text, None, doing) if rate_noun else []  # "the United States raised its rate to 15 percent"
    if phrase is not None and rate_noun and own and own[:1] != doer[:1] and _bearer(reader, phrase, own[0], found):
        other, own = [*own, *other], []  # "Indonesia's rate" is what others charge it
    if rate_noun and not found and doing.kind in {"keep", "pay", ""}:
        held = held._replace(kind="getter", verb=doing.verb)
    found = by_verb(reader, doing, phrase, found, stop=span[1])
    found = narrowed(reader, doing, found)
    held = _kept(frame, doing, held, found)
    if not found and phrase is not None and not rate_noun:
        found, _ = reader.borne(phrase)
        frame.pays = bool(found)
        found = found or reader.struck(phrase)[0]
    admits = doing.kind == "admit" and doing.verb is not None and not is_passive(doing.verb)  # its subject imposes
    own_goods = bool(found) and held.kind == "change" and phrase is not None  # "and pork to 25", "that on pork"
    own_goods = own_goods and phrase is not None and (phrase.i <= span[0] or stands_for(phrase))
    bears = doing.kind == "pay" and held.kind != "which" and not frame.pays and not own_goods
    if bears or (held.kind in {"payer", "getter", "moved"} and not admits):
        paid = reader.payers(held.verb or doing.verb)
        if _imported(paid, found, own) or (paid.states and _importing(reader, held.verb or doing.verb)):
            found.into, paid = [*found.into, *paid.states], Listing()
        paid.described |= found.described
        paid.into += found.into
        paid.goods = paid.goods or found.goods  # "Japan pays 15 percent on cars"
        found = paid if paid or not found else found
    if phrase is not None and not found.goods:
        found.goods = reader.compound(phrase)
    held_within, opening = quota(reader, phrase)
    found, own = (held_within, own or opening) if held_within.goods and not found.goods else (found, own)
    if not found and phrase is not None and doing.verb is not None and not doing.turned:
        paid = subject(reader, doing, phrase, rated=frame.group is not None)
        if paid and {s for s, _, _ in own}.isdisjoint(s[0] for g in paid.goods for s in g.states):
            found, frame.pays = paid, frame.pays or bool(paid)
    frame.goods = chosen(spanned(reader, found.goods), rated=frame.group is not None)
    frame.targets = [*other, *found.states]
    frame.maker = found.maker and not frame.goods
    frame.described, frame.pair, frame.strange = found.described, found.pair, found.strange and not found
    if frame.strange and held.kind == "payer" and held.verb is not None:  # "Doe Motors faces 17 percent"
        frame.strange = not (found.maker or any(is_firm(reader.text, t) for t in reader.text.subjects(held.verb)))
    frame.deed = doing.kind in _TOLD
    paying = held.kind in {"payer", "case", "sent", "moved"} or (doing.kind == "pay" and held.kind != "which")
    frame.pays = frame.pays or paying
    anchor = held.noun if held.kind == "which" else None
    _imposers(reader, frame, doing, own + found.into, own, anchor, getter=held.kind == "getter", rate_noun=rate_noun)
    _elsewhere(reader, frame, span)
    sheltered(reader, frame)
    bear(reader.text, frame, own)
    gained = _bargained(reader, frame, doing)
    won = gained or _pleading(reader, frame, doing)
    reached = frame.rule in {"tariff-change", "tariff-payer", "tariff-getter"}  # "talked its rate down to"
    if not frame.taxed or (reached and {w[0] for w in won} == {t[0] for t in frame.taxed}):
        pair = frame.pair and doing.verb is not None and doing.verb.lemma_ in _BARGAIN  # "both came away with"
        frame.targets, frame.bargained = frame.targets or won, bool(gained) or pair


def _kept(frame: Frame, doing: Act, held: Host, found: Listing) -> Host:
    """As in "would keep 30 percent on pork": a deed of its subject, who does not bear it."""
    kept = held.kind == "getter" and doing.kind == "keep" and frame.at.i > 0 and frame.at.nbor(-1) == doing.verb
    return held._replace(kind="deed") if kept and found.goods else held


def _owner(reader: Reader, i: int, *, listed: bool) -> list[Named]:
    """Who imposes by the words before a rate: "the American 50 percent on steel", "the bloc's standard 10 percent"."""
    doc = reader.text.doc
    if doc[i].text == "," and doc[i - 1].pos_ == "NOUN" and not listed:
        return modifiers(reader.text, doc[i - 1])[0]  # "Britain's own safeguard, 25 percent on steel"
    last = i
    while doc[i].pos_ == "ADJ" and reader.text.entity(doc[i]) is None and i > reader.sent.start:
        i -= 1
    if listed and (i == last or doc[i].tag_ != "POS"):
        return []  # in a list, "Ecuador's 15 percent" and "Thailand 36 percent" are what they bear
    named = state_of(reader.text, doc[i - 1] if doc[i].tag_ == "POS" else doc[i])
    return [named] if named is not None else []


def _of_clause(reader: Reader, frame: Frame, held: Host) -> list[Named]:
    """Who imposes by a clause with "which": "wine, for which Indian duties are as high as 150 percent"."""
    if held.kind != "which" or held.noun is None or held.verb is None or frame.group is None:
        return []
    duties = (t for t in reader.text.doc[held.noun.i : frame.group.first] if is_tariff(t))
    named = (o for t in duties if (o := modifiers(reader.text, t)[0]))
    return next(named, first_state(reader.text, held.noun.i + 2, held.verb.i - held.noun.i))


def _bracketed(reader: Reader, frame: Frame) -> Listing | None:
    """As in "levies up to 12 per cent (textiles and apparel)": goods in brackets behind a rate."""
    doc, i = reader.text.doc, frame.group.last + 1 if frame.group is not None else frame.at.i + 1
    if doc[i : i + 1].text != "(":
        return None
    found = reader.listing(i + 1, reader.sent.end)
    told = any(g.concept for g in found.goods) or (bool(found.states) and not found.goods)
    told = told and doc[found.end : found.end + 1].text == ")"
    return found if told else None


def _imported(paid: Listing, named: Listing, own: list[Named]) -> bool:
    """As in "Americans pay 30 percent on what comes from China": the payer is the one at whose border it is paid."""
    origin = {s[0] for s in [*named.states, *(s for g in named.goods for s in g.states)]}
    payers = {s[0] for s in paid.states}
    passing = any("transship" in g.label or "through" in g.label for g in named.goods)
    return bool(payers and origin) and not (
        paid.goods or passing or origin & payers or {o[0] for o in own} - payers
    )


def _importing(reader: Reader, verb: Token | None) -> bool:
    """As in "American importers have paid 30 percent": who buys, whatever the goods."""
    heads = reader.text.subjects(verb) if verb is not None else []
    return any("importing" in classes(h.lemma_.lower()) for h in heads)


def _bearer(reader: Reader, phrase: Token, owner: Named, named: Listing) -> bool:
    """Whether a rate is one that its owner bears: "Indonesia's rate", "got its rate down"; not "its rate on ham"."""
    doc, words = reader.text.doc, reader.text.document.text
    genitive = words[owner[2] : owner[2] + 1] in {"'", "’"} and owner[2] < phrase.idx
    owned = genitive or any(t.lower_ in POSSESSIVES for t in doc[max(reader.sent.start, phrase.i - 3) : phrase.i])
    states = [*named.states, *(s for g in named.goods for s in g.states)]
    owned = owned and doc[phrase.i + 1 : phrase.i + 2].text != "on"  # "its rates on both will double"
    return owned and owner[0] != LIKELIEST and all(s[0] == owner[0] for s in states)


def _imposers(
    reader: Reader,
    frame: Frame,
    doing: Act,
    told: list[Named],
    own: list[Named],
    anchor: Token | None,
    *,
    getter: bool,
    rate_noun: bool,
) -> None:
    """Who imposes: the owner of the noun, the one who acts, or whose border it is."""
    headline = reader.text.block(frame.sent[0]) is BlockKind.HEADLINE  # parsed too poorly but for direct objects
    direct = frame.host is not None and frame.host.dep_ == "dobj" and frame.host.head == doing.verb
    agent = [] if getter or (headline and not direct) else agents(reader.text, frame.host, doing)
    speaks = not agent and doing.verb is not None and doing.kind in DEEDS and not is_passive(doing.verb)
    if speaks and doing.verb is not None and any(t.lower_ in {"we", "us"} for t in reader.text.subjects(doing.verb)):
        ours = us(reader.text, frame.sent)  # "since January we have been charging 50 percent on cars"
        agent = [ours] if ours is not None else []
    frame.imposers = told or ([] if agent else under(reader, frame))
    frame.by_modifier = bool(own) and not agent
    frame.stranger = not agent and not own and stranger(reader.text, doing)
    if agent and agent[0][0] not in {t[0] for t in frame.targets}:
        if own and not rate_noun and agent[0][0] != own[0][0] and doing.kind in {"raise", "impose", "threaten"}:
            frame.targets, frame.imposers = frame.targets or own, agent  # "Washington put the Swiss duty up"
        elif not own or rate_noun:
            frame.imposers = agent
    if not frame.imposers:
        start = doing.verb.i if doing.verb is not None and doing.kind == "pay" else frame.at.i
        start = anchor.i if anchor is not None else start
        frame.imposers = reader.importers(min(start, frame.at.i))


_PLEADING = frozenset({"seek", "ask", "urge", "press", "try", "want", "hope", "demand", "lobby"})
_BARGAIN = frozenset({
    "talk", "settle", "negotiate", "win", "secure", "get", "accept", "obtain", "end", "emerge", "leave", "come",
    "agree", "swallow", "stomach"
})  # fmt: skip


def _bargained(reader: Reader, frame: Frame, doing: Act) -> list[Named]:
    """As in "South Korea has talked its way down to a U.S. tariff of 15 percent": who comes away with it."""
    verb = doing.verb
    if verb is not None and verb.tag_ == "VBN" and verb.dep_ in {"ccomp", "xcomp"}:
        verb = verb.head  # "got the tariff on its cars cut to 10 percent"
    if verb is None or verb.lemma_.lower() not in _BARGAIN or frame.group is None:
        return []
    spoken_of = frame.host is None and reader.text.doc[frame.group.first - 1].lower_ == "the"
    spared = verb.lemma_ == "get" and any(c.lower_ in {"away", "off"} for c in verb.children)
    if spoken_of or spared:
        return []  # "has swallowed the 10 percent", "got away with 15 percent"
    subjects = [n for c in reader.text.subjects(verb) if (n := state_of(reader.text, c)) is not None]
    return [s for s in subjects if s[0] not in {i[0] for i in frame.imposers}]


def _pleading(reader: Reader, frame: Frame, doing: Act) -> list[Named]:
    """As in "Mexico is trying to get rid of U.S. tariffs", "Peru seeks relief from its duty": who asks bears it."""
    verb = doing.verb
    while verb is not None and verb.lemma_ not in _PLEADING:
        verb = verb.head if verb.dep_ == "xcomp" and verb.head.i != verb.i else None
    if verb is None or not frame.imposers:
        return []
    subjects = [n for c in reader.text.subjects(verb) if (n := state_of(reader.text, c)) is not None]
    return [s for s in subjects if s[0] not in {i[0] for i in frame.imposers}][:1]


def _elsewhere(reader: Reader, frame: Frame, span: tuple[int, int]) -> None:
    """Targets told apart from the goods: "if they come from Mexico", "For Canada, the tariff was raised"."""
    first = _opening(frame, span[0])
    if frame.group is not None and not frame.taxed:
        frame.targets = reader.provenance(frame.group.last + 1, span[1])
    if not frame.taxed:
        frame.targets = _struck(reader, frame)
    if not frame.goods and frame.group is not None:
        frame.goods = topic(reader, frame)
    as_for = frame.group is not None and reader.text.doc[first : first + 2].text.lower() in {"as for", "as to"}
    first += as_for
    case = _in_case(reader, first)
    frame.targets = frame.targets or ([case] if case is not None and not frame.taxed else [])
    opening = as_for or (reader.text.doc[first].lower_ in {"for", "on"} and reader.text.doc[first + 1].lower_ != "top")
    if opening and not frame.targets and (span[0] == first or not (frame.goods or frame.taxed)):
        named = reader.listing(first + 1, frame.at.i)  # "For Canada, the tariff was raised"
        frame.goods = frame.goods or [g for g in named.goods if g.concept]
        exports = (t for t in reader.text.doc[named.end : frame.at.i] if t.lemma_ == "export")
        sold = [n for t in exports if (n := state_of(reader.text, t.nbor(-1))) is not None]
        frame.targets = named.states or ([] if frame.taxed else sold[:1])  # "On gold, half of Swiss exports, the rate"


def _struck(reader: Reader, frame: Frame) -> list[Named]:
    """As in "America has charged us 30 percent", "charges Canada 35 percent on lumber": the object of the verb."""
    verb = frame.doing.verb
    objects = [c for c in verb.children if c.dep_ in {"dobj", "dative"} and verb.i < c.i < frame.at.i] if verb else []
    ours = us(reader.text, frame.sent) if any(c.lower_ == "us" for c in objects) else None
    named = [ours, *(state_of(reader.text, c) for c in objects)] if frame.deed else []
    if verb is not None and verb.lemma_ == "cost":  # "cost Americans 25 percent more at customs": where it is paid
        frame.imposers = frame.imposers or [n for n in named if n is not None][:1]
        return []
    return [n for n in named if n is not None][:1]


def _in_case(reader: Reader, first: int) -> Named | None:
    """As in "In Canada's case the rate is 35 percent", "In the case of Peru it is 10": whose goods pay."""
    words = [t.lower_ for t in reader.text.doc[first : first + 6]]
    if words[:1] != ["in"] or "case" not in words:
        return None
    found = first_state(reader.text, first + 4, 3) if words[1:4] == ["the", "case", "of"] else []
    return next(iter(found or first_state(reader.text, first + 1, 3)), None)


def _opening(frame: Frame, left: int) -> int:
    """Where "On pork, Mexico levies 45 percent" begins: with its sentence, or behind the rate before."""
    doc, first = frame.at.doc, frame.sent.start
    first += 2 * (doc[first + 1 : first + 2].text == ",")  # "Meanwhile, for shrimp it asked"
    if doc[first].lower_ in {"for", "on", "as"}:
        return first
    return next((t.i for t in doc[left : frame.at.i] if not (t.is_punct or t.lower_ in _AND)), left)

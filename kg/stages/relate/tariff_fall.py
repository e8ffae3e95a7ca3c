"""Fills in a frame who imposes a tariff and what it falls on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import BlockKind
from kg.stages.relate.goods_phrases import Listing
from kg.stages.relate.tariff_goods import chosen
from kg.stages.relate.tariff_hosts import ANCHORED
from kg.stages.relate.tariff_sides import POSSESSIVES, agents, modifiers, state_of, stranger
from kg.stages.relate.tariff_words import RATE_NOUNS, classes

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.stages.relate.products import Named
    from kg.stages.relate.tariff_acts import Act
    from kg.stages.relate.tariff_frame import Frame
    from kg.stages.relate.tariff_goods import Reader
    from kg.stages.relate.tariff_verbs import Host

_DEEDS = frozenset({"impose", "raise", "threaten", "pay", "effect"})
_FREEING = frozenset({"free", "exempt", "spare", "shield"})
_HITTING = frozenset({"hit", "target", "affect", "cover"})


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
    if held.kind == "levied" and frame.group is not None and frame.group.first > frame.sent.start:
        adjective = state_of(reader.text, reader.text.doc[frame.group.first - 1])
        own = [adjective] if adjective is not None else own  # "the American 50 percent on steel"
    named = _named(reader, frame, doing, held, span)
    if phrase is not None and rate_noun and own and _bearer(reader, phrase, own[0], named):
        other, own = [*own, *other], []  # "Indonesia's rate" is what others charge it
    if rate_noun and not named and doing.kind in {"keep", "pay", ""}:
        held = held._replace(kind="getter", verb=doing.verb)
    named = _by_verb(reader, doing, phrase, named, stop=span[1])
    if not named and phrase is not None and not rate_noun:
        named, _ = reader.borne(phrase)
        frame.pays = bool(named)
        named = named or reader.struck(phrase)[0]
    if held.kind in {"payer", "getter"} or (doing.kind == "pay" and held.kind != "which" and not frame.pays):
        paid = reader.payers(held.verb or doing.verb)
        if _imported(paid, named, own) or (paid.states and _importing(reader, held.verb or doing.verb)):
            named.into, paid = [*named.into, *paid.states], Listing()
        paid.described |= named.described
        paid.into += named.into
        paid.goods = paid.goods or named.goods  # "Japan pays 15 percent on cars"
        named = paid if paid or not named else named
    if phrase is not None and not named.goods:
        named.goods = reader.compound(phrase)
    if not named and phrase is not None and doing.verb is not None and not doing.turned:
        subject = _subject(reader, doing, phrase, rated=frame.group is not None)
        if subject and {s for s, _, _ in own}.isdisjoint(s[0] for g in subject.goods for s in g.states):
            named, frame.pays = subject, frame.pays or bool(subject)
    frame.goods = chosen(named.goods, rated=frame.group is not None)
    frame.targets = [*other, *named.states]
    frame.described, frame.pair, frame.strange = named.described, named.pair, named.strange and not named
    frame.deed = doing.kind in _DEEDS
    frame.pays = frame.pays or held.kind in {"payer", "case"} or (doing.kind == "pay" and held.kind != "which")
    anchor = held.noun if held.kind == "which" else None
    _imposers(reader, frame, doing, own + named.into, own, anchor, getter=held.kind == "getter", rate_noun=rate_noun)
    _elsewhere(reader, frame, span)
    won = _bargained(reader, frame, doing)
    reached = frame.rule in {"tariff-change", "tariff-payer", "tariff-getter"}  # "talked its rate down to"
    if not frame.taxed or (reached and {w[0] for w in won} == {t[0] for t in frame.taxed}):
        pair = frame.pair and doing.verb is not None and doing.verb.lemma_ in _BARGAIN  # "both came away with"
        frame.targets, frame.bargained = frame.targets or won, bool(won) or pair


def _for_which(reader: Reader, noun: Token | None) -> int | None:
    """The preposition of "everything from Korea, for which the accord brought a reduction from 25 to 15 percent"."""
    if noun is None:
        return None
    span = reader.text.doc[max(reader.sent.start, noun.i - 9) : noun.i]
    return next((t.i - 1 for t in span if t.lower_ == "which" and t.nbor(-1).lower_ in {"for", "on"}), None)


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
    return owned and all(s[0] == owner[0] for s in states)


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
    frame.imposers = told
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


def _named(reader: Reader, frame: Frame, doing: Act, held: Host, span: tuple[int, int]) -> Listing:
    """What stands behind "on" beside the noun or the rate."""
    (left, right), phrase, group = span, held.noun, frame.group
    doc, named = reader.text.doc, Listing()
    if held.kind in {"which", "beside"} and phrase is not None:
        return reader.ending(phrase.i)
    if held.kind == "rise" and (link := _for_which(reader, phrase)) is not None:
        return reader.ending(link)
    anchor = held.noun  # of "for Laos it is 40 percent", "40 percent is what Laos is charged"
    if held.kind == "case" and anchor is not None and held.verb is not None:
        return reader.listing(anchor.i + 1, held.verb.i)
    if group is None:
        return reader.onto(phrase.i + 1, right, doing, phrase) if phrase is not None else Listing()
    if held.kind == "got" and held.verb is not None:
        return reader.listing(group.last + 1 + (doc[group.last + 1].lower_ in {"that", "which"}), held.verb.i)
    if held.kind == "threat" and held.verb is not None:
        return reader.threatened(held.verb, group.first - 1)
    if held.kind == "listed" and reader.leading and (named := reader.direct(left, group.first)):
        return named
    after = group.ends[0] + 1
    if phrase is not None and phrase.i < group.first:
        named = reader.onto(max(phrase.i + 1, left), group.first, doing, phrase)
    if not named and doc[group.first - 1].lower_ in {"to", "from", "at"} and left > frame.sent.start:
        named = reader.onto(left, group.first, doing, phrase)
    named = named or reader.onto(max(after, phrase.i + 1 if phrase is not None else 0), right, doing, phrase)
    if not named and phrase is not None and phrase.i < left:
        named = reader.onto(phrase.i + 1, left, doing, phrase)
    if not named and held.kind == "listed":
        named = reader.direct(left, group.first)
    return named


def _by_verb(reader: Reader, doing: Act, phrase: Token | None, named: Listing, *, stop: int) -> Listing:
    """What other verbs say it falls on: "hits Korean goods", "applies to Laos", "let in beef at a duty"."""
    verb = doing.verb
    if verb is None or verb.i + 1 >= len(reader.text.doc):
        return named
    following, noun = verb.nbor(1).lower_, phrase.i if phrase is not None else stop
    if named:
        pass
    elif phrase is not None:
        for i in range(phrase.i + 1, min(phrase.i + 9, reader.sent.end - 1)):
            if reader.text.doc[i].lemma_ == "apply" and reader.text.doc[i + 1].lower_ == "to":
                return reader.listing(i + 2, reader.sent.end)
    if verb.lemma_ == "apply" and any(c.dep_ == "neg" for c in verb.children):
        return named
    if verb.lemma_ == "apply" and following == "to":
        return reader.listing(verb.i + 2, reader.sent.end) or named
    if verb.lemma_ in _FREEING:
        return reader.payers(verb) or reader.listing(verb.i + 1, noun)
    if doing.kind == "admit":
        return reader.listing(verb.i + 1 + (following == "in"), noun) or named
    if doing.kind in {"threaten", "impose"} and phrase is not None and phrase.head.lower_ == "with":
        return named or reader.listing(verb.i + 1, phrase.head.i)  # "threatened Swiss goods with a tariff"
    if doing.kind == "effect" and verb.lemma_ in _HITTING:
        return reader.listing(verb.i + 1, reader.sent.end) or named
    return named


def _subject(reader: Reader, doing: Act, phrase: Token, *, rated: bool) -> Listing:
    """Goods that are the subject: "exports will be met with a tariff", "tomatoes have had a duty to themselves"."""
    verb = doing.verb
    link = phrase.head.lower_
    if verb is None or link == "from" or not (doing.kind in {"", "keep"} or link in {"with", "by", "to"}):
        return Listing()
    found = reader.payers(verb)
    found.strange = False
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    goods = any(g.concept or (g.generic and rated) for g in found.goods)
    return found if goods or (passive and phrase.dep_ == "pobj") else Listing()


_BARGAIN = frozenset(
    {
        "talk",
        "settle",
        "negotiate",
        "win",
        "secure",
        "get",
        "accept",
        "obtain",
        "end",
        "emerge",
        "leave",
        "come",
        "agree",
        "swallow",
        "stomach",
    }
)


def _bargained(reader: Reader, frame: Frame, doing: Act) -> list[Named]:
    """As in "South Korea has talked its way down to a U.S. tariff of 15 percent": who comes away with it."""
    verb = doing.verb
    if verb is not None and verb.tag_ == "VBN" and verb.dep_ in {"ccomp", "xcomp"}:
        verb = verb.head  # "got the tariff on its cars cut to 10 percent"
    if verb is None or verb.lemma_.lower() not in _BARGAIN or frame.group is None:
        return []
    spoken_of = frame.host is None and reader.text.doc[frame.group.first - 1].lower_ == "the"
    if spoken_of:
        return []  # "has swallowed the 10 percent"
    subjects = [n for c in reader.text.subjects(verb) if (n := state_of(reader.text, c)) is not None]
    return [s for s in subjects if s[0] not in {i[0] for i in frame.imposers}]


def _elsewhere(reader: Reader, frame: Frame, span: tuple[int, int]) -> None:
    """Targets told apart from the goods: "if they come from Mexico", "For Canada, the tariff was raised"."""
    first = frame.sent.start
    if frame.group is not None and not frame.taxed:
        frame.targets = reader.provenance(frame.group.last + 1, span[1])
    opening = reader.text.doc[first].lower_ in {"for", "on"}
    if opening and not frame.targets and (span[0] == first or not (frame.goods or frame.taxed)):
        named = reader.listing(first + 1, frame.at.i)  # "For Canada, the tariff was raised"
        frame.goods = frame.goods or [g for g in named.goods if g.concept]
        exports = (t for t in reader.text.doc[named.end : frame.at.i] if t.lemma_ == "export")
        sold = [n for t in exports if (n := state_of(reader.text, t.nbor(-1))) is not None]
        frame.targets = named.states or ([] if frame.taxed else sold[:1])  # "On gold, half of Swiss exports, the rate"

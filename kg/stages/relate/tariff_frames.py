"""What one sentence says of tariffs: frames of imposer, target, goods, rate, date, ground and status."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.stages.relate.products import Goods, Listing, Named, listing, state_at
from kg.stages.relate.rates import Amount, Group, groups
from kg.stages.relate.tariff_hosts import Host, host
from kg.stages.relate.tariff_sides import agents, importers, modifiers, stranger
from kg.stages.relate.tariff_status import Act, above, act, governor, status
from kg.stages.relate.tariff_times import effective, until
from kg.stages.relate.tariff_words import RATE_NOUNS, cause, freedom, grounds, in_deal, is_tariff, stands_for, verb_class

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from kg.model import Time
    from kg.stages.relate.text import Text

_ON = frozenset({"on", "against", "upon", "for", "covering", "targeting", "affecting"})
_BACK = frozenset({"it", "they", "that", "this", "these", "those", "which", "its", "their"})
_AMONG = frozenset({"including", "among", "especially", "such", "notably", "particularly"})


@dataclass(slots=True)
class Frame:
    """A tariff as one sentence tells it; several goods or targets are as many tariffs."""

    sent: Span
    at: Token
    rule: str
    imposers: list[Named] = field(default_factory=list)
    targets: list[Named] = field(default_factory=list)
    goods: list[Goods] = field(default_factory=list)
    group: Group | None = None
    status: str | None = "InForce"
    firm: bool = False
    when: Time | None = None
    until: Time | None = None
    ground: tuple[str, int, int] | None = None
    refers: bool = False  # speaks of a tariff told before: "the duty", "it"
    weak: bool = False  # a rate that only a text on tariffs makes one: "got 15 percent"
    by_modifier: bool = False  # the imposer is only a word before the noun: "the Swiss duty"
    deed: bool = False  # told as imposed, raised or threatened
    pays: bool = False  # the goods are the subject: "steel is hit by duties"
    stranger: bool = False  # a person does it whose state is not known
    host: int = -1  # token of the tariff noun
    described: bool = False  # on goods of a state that is meant but not named
    answers: bool = False  # retaliatory


def frames(text: Text, sent: Span, *, told_deal: bool) -> list[Frame]:
    """The tariffs of a sentence in order: those with a rate, then those that only name goods."""
    doc = text.doc
    nouns = [t for t in sent if is_tariff(t) or stands_for(t)]
    found: list[Frame] = []
    percents = groups(text, sent)
    barred = frozenset(i for g in percents for i in g.tokens)
    left, listed, used = sent.start, False, set[int]()
    for n, group in enumerate(percents):
        right = percents[n + 1].first if n + 1 < len(percents) else sent.end
        held = host(text, sent, group, left, right, listed)
        if held is not None:
            before = found[-1] if found else None
            frame = _rated(text, sent, group, held, (left, right), barred, before, told_deal=told_deal)
            used |= {t.i for t in nouns if t.i == (held.noun.i if held.noun else -1) or left <= t.i < group.first
                     or (held.kind == "modifier" and t.i < (held.noun.i if held.noun else 0) and t.i > group.first)}  # fmt: skip
            if frame is not None:
                found.append(frame)
        listed, left = held is not None, group.last + 1
    for token in sent:
        verb = freedom(token)
        if verb is not None:
            found += _free(text, sent, token, verb, barred, told_deal=told_deal)
    for noun in nouns:
        if noun.i not in used and not _same_phrase(noun, found):
            frame = _unrated(text, sent, noun, barred, told_deal=told_deal)
            if frame is not None:
                found.append(frame)
    _give_grounds(sent, found)
    return found if doc[sent.end - 1].text != "?" else []


def _same_phrase(noun: Token, found: list[Frame]) -> bool:
    return any(g.start <= noun.idx < g.end for f in found for g in f.goods)


def _rated(text: Text, sent: Span, group: Group, held: Host, span: tuple[int, int], barred: frozenset[int], before: Frame | None,
           *, told_deal: bool) -> Frame | None:  # fmt: skip
    left, right = span
    noun = held.noun if held.noun is not None and held.noun.lower_ not in RATE_NOUNS else None
    phrase = held.noun
    verb = held.verb or (governor(phrase) if phrase is not None else None)
    to_rate = text.doc[group.first - 1].lower_ == "to" or group.previous is not None
    doing = act(phrase, verb, to_rate=to_rate and held.kind == "change")
    if held.kind == "threat":
        doing = Act("threaten" if "threaten" in verb_class(held.verb) else "impose", held.verb) if held.verb else doing
    frame = Frame(sent, text.doc[group.first], f"tariff-{held.kind}", group=group)
    frame.weak, frame.host = held.kind == "getter", phrase.i if phrase is not None else -1
    _sides(text, frame, phrase, doing, held, (left, right), barred)
    if held.kind == "listed" and before is not None:
        _as_before(frame, before)
        frame.status, frame.firm, frame.when = before.status, before.firm, effective(text, frame, doing, phrase, own=(left, right)) or before.when
        return frame
    frame.when, frame.until = effective(text, frame, doing, phrase, own=(left, right)), until(text, sent, doing, phrase)
    frame.status, frame.firm = status(sent, noun, doing, new_rate=to_rate, future=_ahead(text, frame.when), told_deal=told_deal)
    if doing.kind == "remove" and frame.status in {"Agreed", "Proposed"} and group.previous is None and group.rates:
        if told_deal or in_deal(sent):
            gone = held.verb or doing.verb or phrase
            group.previous = group.rates[0]
            group.rates = [Amount(Decimal(0), gone.idx, gone.idx + len(gone))] if gone is not None else group.rates
        else:
            frame.status = "Lifted" if frame.status == "Agreed" or not _wished(doing.verb) else frame.status
    if frame.status in {"Threatened", "InForce"} and told_deal and phrase is not None and phrase.tag_ == "POS" and before is not None:
        frame.status = before.status
    if frame.status == "Threatened" and told_deal and group.previous is not None and group.rates and group.previous.value > group.rates[0].value:
        frame.status = "Agreed"
    frame.refers = (phrase is None or _definite(phrase)) and held.kind not in {"threat", "deed"}
    frame.answers = _answers(noun)
    return frame if frame.status is not None else None


def _wished(verb: Token | None) -> bool:
    return verb is not None and above(verb) not in {"", "decide", "announce", "say"}


def _as_before(frame: Frame, before: Frame) -> None:
    """A further rate of a list shares what it does not say itself with the one before."""
    if not frame.imposers:
        frame.imposers = before.imposers
    if not frame.goods and not frame.targets:
        frame.goods = before.goods
    if not frame.targets:
        frame.targets = before.targets


def _sides(text: Text, frame: Frame, phrase: Token | None, doing: Act, held: Host, span: tuple[int, int], barred: frozenset[int]) -> None:
    left, right = span
    group = frame.group
    own, other = modifiers(text, phrase) if phrase is not None else ([], [])
    rate_noun = phrase is not None and phrase.lower_ in RATE_NOUNS
    if rate_noun and own and text.document.text[own[0][2] : own[0][2] + 1] in {"'", "’"}:
        frame.targets += own  # "Indonesia's rate"
        own = []
    else:
        frame.imposers += own
    frame.targets += other
    named = Listing()
    if group is not None:
        start = max(group.ends[0] + 1, phrase.i + 1 if phrase is not None else 0)
        if phrase is not None and phrase.i < group.first:
            named = _onto(text, max(phrase.i + 1, left), group.first, barred, doing, phrase)
        if not named and text.doc[group.first - 1].lower_ in {"to", "from", "at"} and left > frame.sent.start:
            named = _onto(text, left, group.first, barred, doing, phrase)
        if not named:
            named = _onto(text, start, right, barred, doing, phrase)
        if not named and phrase is not None and phrase.i < left:
            named = _onto(text, phrase.i + 1, left, barred, doing, phrase)
        if not named and held.kind == "listed":
            named = _direct(text, left, group.first, barred)
        if held.kind == "threat" and held.verb is not None:
            named = _threatened(text, held.verb, group.first - 1, barred)
    elif phrase is not None:
        named = _onto(text, phrase.i + 1, right, barred, doing, phrase)
    if rate_noun and doing.kind in {"keep", "pay", ""} and not named:
        held = held._replace(kind="getter", verb=doing.verb)
    if doing.verb is not None and doing.verb.lemma_ == "apply" and doing.verb.i + 2 < len(text.doc) and doing.verb.nbor(1).lower_ == "to":
        named = listing(text, doing.verb.i + 2, frame.sent.end, barred) or named
    if doing.verb is not None and doing.verb.lemma_ in {"free", "exempt", "spare", "shield"}:
        named = _payers(text, doing.verb, barred) or listing(text, doing.verb.i + 1, phrase.i if phrase is not None else right, barred)
    if held.kind == "got" and held.verb is not None and group is not None:
        named = listing(text, group.last + 2, held.verb.i, barred)
    if doing.kind == "admit" and doing.verb is not None and phrase is not None:
        named = listing(text, doing.verb.i + (2 if doing.verb.nbor(1).lower_ == "in" else 1), phrase.i, barred) or named
    if doing.kind == "effect" and doing.verb is not None and doing.verb.lemma_ in {"hit", "target", "affect", "cover"}:
        named = listing(text, doing.verb.i + 1, frame.sent.end, barred) or named
    if held.kind in {"payer", "getter"} or doing.kind == "pay":
        paid = _payers(text, held.verb or doing.verb, barred)
        frame.imposers += paid.into
        paid.described |= named.described
        named = paid if paid or not named else named
    if phrase is not None:
        before = _compound(text, phrase, barred)
        named.goods = before + named.goods if before and not named.goods else named.goods
    frame.described = named.described
    frame.goods += _chosen(named.goods, rated=group is not None)
    frame.targets += named.states
    frame.imposers += named.into
    agent = agents(text, phrase, doing) if held.kind != "getter" else []
    frame.stranger = not agent and not own and stranger(text, doing)
    if agent and agent[0][0] not in {t[0] for t in frame.targets}:
        if own and not rate_noun and agent[0][0] != own[0][0] and doing.kind in {"raise", "impose", "threaten"}:
            frame.targets, frame.imposers = frame.targets or own, agent  # "Washington put the Swiss duty up"
        elif not own or rate_noun:
            frame.imposers = agent
    frame.by_modifier = bool(own) and not agent
    frame.deed = doing.kind in {"impose", "raise", "threaten", "pay", "effect"}
    frame.pays = doing.kind == "pay" or held.kind == "payer"
    if not frame.imposers:
        start = doing.verb.i if doing.verb is not None and doing.kind == "pay" else frame.at.i
        frame.imposers = importers(text, frame.sent, min(start, frame.at.i))
    frame.imposers = list(dict.fromkeys(frame.imposers))
    if group is not None and not frame.targets and not any(g.states for g in frame.goods):
        frame.targets = _provenance(text, group.last + 1, right)
    first = frame.sent.start
    if not frame.targets and text.doc[first].lower_ == "for" and (left == first or left == 0):
        frame.targets = listing(text, first + 1, frame.at.i, barred).states  # "For Canada, the tariff was raised"


def _chosen(goods: list[Goods], *, rated: bool) -> list[Goods]:
    """Goods of any kind stand for their examples where a rate is told, the examples for them where none is."""
    whole, examples = [g for g in goods if not g.instance], [g for g in goods if g.instance]
    if not examples:
        return whole
    return whole if whole and rated else examples


def _onto(text: Text, start: int, stop: int, barred: frozenset[int], doing: Act, phrase: Token | None) -> Listing:
    """The goods and states behind "on", "against" or "for" that belong to a tariff or its verb."""
    result, i = Listing(), start
    while i < stop:
        token = text.doc[i]
        if token.text in {";", ":"} or (is_tariff(token) and i > start and not result):
            break
        if token.lower_ in _ON and (token.lower_ in {"on", "against"} or text.doc[i - 1].i in barred or i <= start + 2):
            found = listing(text, i + 1, stop, barred)
            if not found and i + 1 < stop and text.doc[i + 1].lower_ in {"them", "these"}:
                found = listing(text, text.doc[i].sent.start, i, barred)
            if token.lower_ == "for":
                found.goods = [g for g in found.goods if g.states or g.generic or g.concept]
            if found and _attached(text, token, start, doing, phrase, barred):
                result.goods += found.goods
                result.states += found.states
                i = max(found.end, i + 1)
                if i < stop and text.doc[i].lower_ in {"and", ","}:
                    i += 1
                    if i < stop and text.doc[i].lower_ == "on":
                        continue
                    if i < stop and text.doc[i].lower_ in _AMONG:
                        continue
                break
        i += 1
    return result


def _attached(text: Text, token: Token, start: int, doing: Act, phrase: Token | None, barred: frozenset[int]) -> bool:
    """Whether a preposition belongs to the tariff: beside it, beside its rate, or below its verb in the parse."""
    before = text.doc[token.i - 1]
    if token.i == start or token.i - 1 in barred or before.lower_ in _AMONG or is_tariff(before):
        return True
    if before.tag_ == "VBN" or before.lower_ in {"those", "including", "that", "duties"} or verb_class(before):
        return True
    heads = {h.i for h in (phrase, doing.verb) if h is not None} | set(barred)
    head = token.head
    for _ in range(4):
        if head.i in heads or verb_class(head):
            return True
        if head.pos_ in {"VERB"} or head.head.i == head.i:
            return False
        head = head.head
    return False


def _provenance(text: Text, start: int, stop: int) -> list[Named]:
    """ "25 percent if they come from Mexico", "15 percent for Japan": whose goods, told behind the rate."""
    for i in range(start, min(stop, start + 7)):
        if text.doc[i].lower_ in {"from", "for"} and i + 1 < stop:
            found = listing(text, i + 1, stop)
            if found.states and not found.goods:
                return found.states
        if text.doc[i].text in {".", ";", ","}:
            break
    return []


def _threatened(text: Text, verb: Token, stop: int, barred: frozenset[int]) -> Listing:
    """Who is threatened with a rate: "threatened Swiss goods with 31 percent", "goods that were threatened with"."""
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children):
        return _payers(text, verb, barred)
    return listing(text, verb.i + 1, stop, barred)


def _direct(text: Text, left: int, stop: int, barred: frozenset[int]) -> Listing:
    """The goods right before a further rate: "and polyester shirts 42 percent", "those on chocolate to 8 percent"."""
    i = max((k for k in range(left, stop) if text.doc[k].text in {",", ";"} or text.doc[k].lower_ in {"and", "but", "while"}), default=left)
    while i < stop and (text.doc[i].text in {",", ";"} or text.doc[i].lower_ in {"and", "but", "while", "with", "those", "on", "for", "that"}):
        i += 1
    return listing(text, i, stop, barred) if i < stop else Listing()


def _payers(text: Text, verb: Token | None, barred: frozenset[int]) -> Listing:
    """The subject of "face", "pay", "are charged" as a list of goods and states."""
    if verb is None:
        return Listing()
    head = verb if verb.pos_ in {"VERB", "AUX"} else verb.head
    for _ in range(3):
        subjects = [c for c in head.children if c.dep_ in {"nsubj", "nsubjpass"}]
        if subjects or head.head.i == head.i or head.dep_ not in {"conj", "xcomp", "acl", "advcl", "acomp"}:
            break
        head = head.head
    for subject in subjects:
        if subject.lower_ in {"which", "that", "who"}:
            return _antecedent(text, head, subject, barred)
        if subject.lower_ in {"it", "they"}:
            return _spoken_of(text, subject, barred)
        start = subject.left_edge.i
        while start < subject.i and (text.doc[start].text == "," or text.is_time(text.doc[start]) or text.doc[start].lower_ in {"from", "on"}):
            start += 1
        return listing(text, start, _subject_end(text, subject, head), barred)
    return Listing()


def _spoken_of(text: Text, pronoun: Token, barred: frozenset[int]) -> Listing:
    """The goods of the lexicon that open the sentence of "it" and "they", or the one before."""
    sent = pronoun.sent
    found = listing(text, sent.start, pronoun.i, barred)
    if any(g.concept for g in found.goods) or found.states:
        return found
    return Listing()


def _antecedent(text: Text, clause: Token, pronoun: Token, barred: frozenset[int]) -> Listing:
    """ "goods that carry duties"; in "steel and autos are among the goods that carry duties" steel and autos do."""
    if clause.dep_ != "relcl":
        return Listing()
    whole = clause.head
    found = listing(text, whole.left_edge.i, pronoun.i, barred)
    if whole.dep_ == "pobj" and whole.head.lower_ == "among" and whole.head.head.lemma_ == "be":
        parts = _payers(text, whole.head.head, barred)
        parts.states += [s for g in found.goods for s in g.states] + found.states
        return parts
    return found


def _subject_end(text: Text, subject: Token, head: Token) -> int:
    return max(subject.i + 1, min(head.i, subject.right_edge.i + 1 if subject.right_edge.i < head.i else head.i))


def _compound(text: Text, noun: Token, barred: frozenset[int]) -> list[Goods]:
    """Goods before the noun: "steel and aluminum tariffs", "auto duties"."""
    start = noun.i
    while start > noun.sent.start and start > noun.i - 7:
        token = text.doc[start - 1]
        if start - 1 in barred or not (token.pos_ in {"NOUN", "PROPN", "ADJ", "CCONJ"} or token.text in {",", "-", "‑"}):
            break
        if state_at(text, start - 1) is not None or token.lower_ in {"s"}:
            break
        start -= 1
    if start == noun.i:
        return []
    found = listing(text, start, noun.i, barred)
    return [g for g in found.goods if g.concept is not None]


def _unrated(text: Text, sent: Span, noun: Token, barred: frozenset[int], *, told_deal: bool) -> Frame | None:
    """A tariff of which only the goods are told."""
    verb = governor(noun)
    doing = act(noun, verb, to_rate=False)
    frame = Frame(sent, noun, "tariff-goods")
    stop = next((i for i in range(noun.i + 1, sent.end) if i in barred), sent.end)
    _sides(text, frame, noun, doing, Host("payer" if doing.kind == "pay" else "noun", noun, verb), (noun.i, stop), barred)
    if not any(g.key or g.states for g in frame.goods) and not (frame.goods and frame.targets):
        return None
    frame.when, frame.until = effective(text, frame, doing, noun, own=(sent.start, sent.end)), until(text, sent, doing, noun)
    frame.status, frame.firm = status(sent, noun, doing, new_rate=False, future=_ahead(text, frame.when), told_deal=told_deal)
    frame.answers = _answers(noun)
    if doing.kind == "remove" and doing.verb is not None and frame.status in {"Agreed", "Proposed"}:
        gone = doing.verb
        frame.group = Group([Amount(Decimal(0), gone.idx, gone.idx + len(gone))], gone.i, gone.i, ends=[gone.i])
    return frame if frame.status is not None else None


def _free(text: Text, sent: Span, at: Token, verb: Token, barred: frozenset[int], *, told_deal: bool) -> list[Frame]:
    """Goods that are free of duty have the rate 0."""
    if any(t.lemma_.lower() == "quota" for t in sent.doc[at.i : sent.end]):
        return []
    frame = Frame(sent, at, "tariff-free", goods=[g for g in _payers(text, verb, barred).goods if g.key])
    frame.imposers = importers(text, sent, verb.i)
    frame.group = Group([Amount(Decimal(0), at.idx, at.idx + len(at))], at.i, at.i, ends=[at.i])
    doing = Act("move", verb)
    frame.status, frame.firm = status(sent, None, doing, new_rate=True, future=False, told_deal=told_deal)
    if frame.status == "Threatened":
        frame.status = "Agreed" if told_deal else "Proposed"
    return [frame] if frame.goods and frame.status is not None else []


def _answers(noun: Token | None) -> bool:
    if noun is None:
        return False
    if noun.lower_.startswith("counter"):
        return True
    return any(t.lower_ in {"retaliatory", "counter", "retaliation"} for t in noun.doc[max(noun.sent.start, noun.i - 4) : noun.i])


def _definite(noun: Token) -> bool:
    return any(c.lower_ in {"the", "this", "that", "these", "those", "such", "its"} for c in noun.children) or noun.lower_ in RATE_NOUNS


def _ahead(text: Text, when: Time | None) -> bool:
    published = text.document.published
    if when is None or published is None:
        return False
    return (when.first or when.date or "") > published


def _give_grounds(sent: Span, found: list[Frame]) -> None:
    """Each reason goes to the tariff told nearest to it; one behind a list of rates to all of the list."""
    why = grounds(sent)
    other = cause(sent) if found and not why and any(f.deed for f in found) else None
    for ground in [*why, *([other] if other is not None else [])]:
        near = [f for f in found if not any(g.start <= ground[1] < g.end for g in f.goods)]
        before = [f for f in near if f.at.idx < ground[1]]
        if before and (len({f.host for f in before}) == 1 or all(f.rule == "tariff-listed" for f in before[1:])):
            near = before
        elif near:
            near = [min(near, key=lambda f: abs(f.at.idx - ground[1]))]
        for frame in near:
            frame.ground = frame.ground or ground

"""Stage 3 of 7: tokens -> Mentions: people, offices, states, public bodies, unnamed sources and places.

Entities are consolidated within the document: one for each person, whatever form a name takes.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.iris import ref
from kg.lexicon import mapping, members, words
from kg.model import BlockKind, Entity, EntityKind, Mention, Mentions, Office, Ref, Sentence
from kg.stages.recognize.bodies import bodies, movements
from kg.stages.recognize.by_state import called_by_state
from kg.stages.recognize.geography import country, geography, place_entity
from kg.stages.recognize.office_words import normal_form
from kg.stages.recognize.offices import offices
from kg.stages.recognize.people import people
from kg.stages.recognize.posts import holdings
from kg.stages.recognize.quantities import quantities
from kg.stages.recognize.sources import source
from kg.stages.recognize.times import times
from kg.stages.recognize.votes import Home
from kg.states import country_entity

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from kg.model import Document
    from kg.stages.recognize.geography import Geo
    from kg.stages.recognize.offices import Holding
    from kg.stages.recognize.people import Person
    from kg.tokens import Tokens

_TITLE = 40  # signs of a line that names the state which the lines below are about
_LINES = frozenset({BlockKind.BULLET, BlockKind.TABLE_ROW})  # of lists and tables
_HEADS = frozenset({BlockKind.META, BlockKind.HEADLINE})
_BLOC = "EU"  # its Commission issues texts of its own; a government is named in others' headlines
_UNREAD_BLOCKS = frozenset({BlockKind.META, BlockKind.DATELINE})


def recognize(document: Document, doc: Tokens) -> Mentions:
    """All mentions of the article, and the sentences that may carry facts.

    Bylines, credits and the like are part of the text, so that offsets agree, but nothing in them is a mention.
    """
    kept = readable(document, doc)
    geo = tuple(g for g in geography(doc) if g.start in kept)
    named = kept - {i for start, end in _tokens(document, doc, {BlockKind.TABLE_ROW}) for i in _goods(doc, start, end)}
    persons = people(doc, geo, named, _tokens(document, doc, {BlockKind.SPEAKER}))
    names = frozenset(i for p in persons for s, e in p.spans for i in range(s, e))
    geo = tuple(g for g in geo if g.start not in names)
    found = [o for o in offices(doc, geo, names) if o.start in kept]
    held = holdings(doc, found, persons, geo, _home(document), tuple(_entries(document, doc)))
    catalogue = _Catalogue(doc)
    refs = catalogue.persons(persons, held, [p.state for p in persons])
    held_by = tuple(_offices(document, doc, held, refs, catalogue))
    inside = names | {i for h in held for i in range(h.office.start, h.office.end)}
    served = {n: state.removeprefix("country/") for n, r in enumerate(refs) if (state := catalogue.entities[r].country)}
    called = dict(called_by_state(doc, geo, persons, served))
    for g in geo:
        if g in called:
            catalogue.mention(g.start, g.end, refs[called[g]])
        else:
            catalogue.geo(g)
    catalogue.movements(names)
    catalogue.bodies(geo, inside)
    offsets = frozenset(doc[i].idx for i in kept)
    return Mentions(
        sentences=tuple(sentences(doc, kept)),
        entities=tuple(sorted(catalogue.entities.values(), key=lambda e: e.id)),
        mentions=tuple(sorted(set(catalogue.mentions))),
        offices=held_by,
        times=tuple(t for t in times(doc, published=document.published) if t.start in offsets),
        quantities=tuple(q for q in quantities(doc) if q.start in offsets),
    )


def _entries(document: Document, doc: Tokens) -> Iterator[tuple[int, int]]:
    """The lines of lists and tables as tokens, and short lines with those right below them: "SWITZERLAND 39%"."""
    blocks = [b for b in document.blocks if b.kind not in _UNREAD_BLOCKS]
    for n, block in enumerate(blocks):
        if block.kind not in _LINES and block.end - block.start > _TITLE:
            continue
        end = block.end
        for below in blocks[n + 1 :] if block.end - block.start <= _TITLE else ():
            if document.text[end : below.start] != "\n" or country(document.text[below.start : below.end].split()[0]):
                break
            end = below.end
        if block.kind in _LINES or end > block.end:
            span = doc.char_span(block.start, end, alignment_mode="contract")
            if span is not None:
                yield span.start, span.end


def _tokens(document: Document, doc: Tokens, kinds: Container[BlockKind]) -> tuple[tuple[int, int], ...]:
    """The blocks of these kinds as tokens [start, end)."""
    spans = [(b.start, b.end) for b in document.blocks if b.kind in kinds]
    found = (doc.char_span(start, end, alignment_mode="contract") for start, end in spans)
    return tuple((span.start, span.end) for span in found if span is not None)


def _goods(doc: Tokens, start: int, end: int) -> range:
    """What stands before the first rate of a row: "Medicines: 14%" names nobody."""
    rate = next((t.i for t in doc[start:end] if t.text == "%" or t.lower_ in {"percent", "per"}), start)
    return range(start, rate)


def _home(document: Document) -> Home | None:
    """The state or bloc from which a document reports: of its dateline's place, else of a body that its head names.

    A town is only where something happened, but for that of a paper.
    """
    if (seat := _publisher(document)) is not None:
        return Home(seat, paper=True)
    if document.place:
        places = (document.place, document.place.title(), document.place.split(",")[0])  # "Ottawa, Ontario"
        found = next((f for p in places if (f := country(p))), None)
        return Home(found[0], paper=False) if found and found[1] != "place" else None
    heads = (document.text[b.start : b.end] for b in document.blocks if b.kind in _HEADS)
    told = (word.removesuffix("'s").removesuffix("’s") for head in heads for word in head.split())
    bloc = next((_BLOC for word in told if word.istitle() and mapping("bodies_apart").get(word.lower()) == _BLOC), None)
    return Home(bloc, paper=False) if bloc else None


def _publisher(document: Document) -> str | None:
    """The state of a line that tells where a paper or a body is: "The Lake Herald, Kisumu, Kenya"."""
    for block in document.blocks:
        name, *parts = (part.strip() for part in document.text[block.start : block.end].split(","))
        parts = [part for part in parts if part and not any(c.isdigit() for c in part)]
        kinds = members("name_company", "medium") | words("organizations")
        if block.kind is BlockKind.META and parts and not kinds.isdisjoint(name.lower().split()):
            found = country(parts[-1])
            if found and found[1] != "bloc":
                return found[0]
    return None


def readable(document: Document, doc: Tokens) -> frozenset[int]:
    """The tokens of blocks that are read for facts."""
    spans = [(b.start, b.end) for b in document.blocks if b.kind not in _UNREAD_BLOCKS]
    kept, n = [], 0
    for token in doc:
        while n < len(spans) and token.idx >= spans[n][1]:
            n += 1
        if n < len(spans) and spans[n][0] <= token.idx and not token.is_space:
            kept.append(token.i)
    return frozenset(kept)


def sentences(doc: Tokens, kept: frozenset[int]) -> Iterator[Sentence]:
    """The sentences with a readable token, without white space around them."""
    for sent in doc.sents:
        if not any(t.i in kept for t in sent):
            continue
        text = sent.text
        start = sent.start_char + len(text) - len(text.lstrip())
        yield Sentence(start, sent.start_char + len(text.rstrip()), text.strip())


class _Catalogue:
    """The entities and mentions found so far."""

    def __init__(self, doc: Tokens) -> None:
        self.entities: dict[Ref, Entity] = {}
        self.mentions: list[Mention] = []
        self._doc = doc

    def add(self, entity: Entity) -> Ref:
        """Keep an entity, if none of its name is kept yet."""
        self.entities.setdefault(entity.id, entity)
        return entity.id

    def mention(self, start: int, end: int, entity: Ref) -> None:
        """Keep the tokens [start, end) as a mention."""
        last = self._doc[end - 1]
        self.mentions.append(Mention(self._doc[start].idx, last.idx + len(last), entity))

    def persons(self, persons: list[Person], held: list[Holding], states: list[str | None]) -> list[Ref]:
        """Keep all persons, each with the state that most of the offices not given up serve, else of `states`."""
        refs = []
        for n, person in enumerate(persons):
            label = person.label
            others = tuple(sorted(form for form in person.forms if form != label))
            codes = Counter(h.country for h in held if h.person == n and h.country and h.office.status != "Former")
            code = max(sorted(codes), key=lambda c: codes[c]) if codes else states[n]
            state = self.add(country_entity(code)) if code else None
            name = ref("person", label)
            if name in refs:  # a namesake
                office = next((h.office.label for h in held if h.person == n), "")
                name = ref("person", f"{label} {code or office}")
            refs.append(self.add(Entity(name, EntityKind.PERSON, label, others, country=state)))
        for n, person in enumerate(persons):
            for start, end in person.spans:
                self.mention(start, end, refs[n])
        return refs

    def geo(self, g: Geo) -> None:
        """Keep a state, a government seat or a place."""
        if not g.code:
            self.mention(g.start, g.end, self.add(place_entity(g, None)))
            return
        entity = state = self.add(country_entity(g.code))
        if g.place and g.kind in {"capital", "place", "government"}:
            entity = self.add(place_entity(g, state))
        elif g.kind == "government":
            entity = self.add(Entity(ref("org", g.label), EntityKind.ORGANIZATION, g.label, country=state))
        self.mention(g.start, g.end, entity)

    def movements(self, names: frozenset[int]) -> None:
        """Keep the movements outside names, also within offices: "negotiators of Israel and Hamas"."""
        for body in movements(self._doc, names):
            if (state := body.entity.country) is not None:
                self.add(country_entity(state.removeprefix("country/")))
            self.mention(body.start, body.end, self.add(body.entity))

    def bodies(self, geo: tuple[Geo, ...], inside: frozenset[int]) -> None:
        """Keep the public bodies outside names and offices."""
        states = {name: entity.country for name, entity in self.entities.items()}
        for body in bodies(self._doc, geo, inside, states, self.mentions):
            self.add(body.entity)
            self.mention(body.start, body.end, body.entity.id)


def _offices(
    document: Document, doc: Tokens, held: list[Holding], refs: list[Ref], catalogue: _Catalogue
) -> Iterator[Office]:
    """The office phrases as records, with unnamed sources for those that nobody named holds."""
    for holding in held:
        office = holding.office
        holder = refs[holding.person] if holding.person is not None else None
        if holder is None and not office.plural:
            entity = source(document, doc, holding, catalogue.entities)
            if entity is not None:
                holder = catalogue.add(entity)
        first, last = doc[office.start], doc[office.end - 1]
        if holder is not None and not holding.named:
            catalogue.mention(office.start, office.end, holder)
        if holding.country:
            catalogue.add(country_entity(holding.country))
        yield Office(
            start=first.idx, end=last.idx + len(last), label=office.label, head=office.head,
            normal_form=normal_form(office.label, office.head), country=holding.country, status=office.status,
            holder=holder, named=holding.named, plural=office.plural,
        )  # fmt: skip

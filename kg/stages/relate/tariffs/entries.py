"""The entries of lists and calendars: a label (states or goods) and all that is said below or beside it.

"Brazil – 10%, since 5 April; plus 40% since 6 August.", "STEEL" above "European Union: 25% under the safeguard.",
"Canada" above sentences that do not name it again. A label is a line, or the words before a colon or dash, that name
states or goods and nothing else; a heading may tell in a note what holds for all below it: "Turkey (since June 21)".
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.lexicon import table
from kg.model import BlockKind
from kg.stages.relate.goods.lists import listing
from kg.stages.relate.goods.phrases import Listing
from kg.stages.relate.goods.products import concept
from kg.stages.relate.tariffs.headings import undertaking
from kg.stages.relate.tariffs.lines import lines
from kg.stages.relate.tariffs.running import lined
from kg.stages.relate.tariffs.words import is_tariff

if TYPE_CHECKING:
    from kg.stages.relate.text import Text

_INLINE = re.compile(
    r"^\W*(?:\(?\d{1,2}[.)]\s+)?(?P<label>[^\d%|\t:;.()]{2,60}?)(?P<body>(?:\s*\([^()]*\))?"
    r"(?:\s*:\s+|\s+[–—-]+>?\s+|\s?\.{3,}\s*|\s…\s*|,?\s+(?=\d{1,3}(?:\.\d+)?\s?(?:%|per ?cent\b))"
    r"|(?P<stop>\.)\s+(?=[^.!?]{0,40}\b\d{1,3}(?:\.\d+)?\s?(?:%|per ?cent\b))))(?=\S)",  # "Peru. 10 percent since May"
    re.IGNORECASE,
)
_REST = re.compile(
    r"(?:all|any|every|the) (?:the )?(?:others?|countries|country|rest|origins?|world)(?: (?:countries|of the world))?"
    r"|(?:others?|everyone else|everybody else|elsewhere|rest of (?:the )?world)(?: countries)?",
    re.IGNORECASE,
)
_NOTED = re.compile(  # "Turkey (since June 21):", "Turkey – suspended until July 14", "Turkey, from 1 March"
    r"^(?P<label>[^\d%|:;.()\[\]]{2,50}?)(?:\s*[(\[](?P<bracket>[^()\[\]]{3,80})[)\]]"
    r"|(?:,|\s+[–—-])\s+"
    r"(?P<behind>(?:since|from|as of|effective|until|suspended|paused|announced|in force)\b[^%]{0,60}))$",
    re.IGNORECASE,
)
_GIVES = re.compile(  # "India agreed to: wine from 150% to 20%"
    r"^\W*(?P<who>[^\d%:;.()\n]{2,40}?) (?:agree[sd]?|commit(?:s|ted)?|offer(?:s|ed)?|gives?|gave|concede[sd]?"
    r"|promise[sd]?|undertakes?|undertook|will|is)(?: to)?"
    r"(?: (?:cut|lower|scrap|open|remove|reduce|abolish|grant|eliminate))?\s*:\s*",
    re.IGNORECASE,
)
_CELLS = re.compile(r"\s\|\s|\t")
_RATE_FIRST = re.compile(
    r"^\W*(?:\(?\d{1,2}[.)]\s+)?\d{1,3}(?:\.\d+)?\s?(?:%|per ?cent\b)[^.!?]{2,160}$", re.IGNORECASE
)
_BULLET = re.compile(r"^[\s\-–—•*·‣▪>#]*(?:\(?\d{1,2}[.)]\s+)?")
_LONGEST = 60  # characters of a heading
_SHUT = frozenset({BlockKind.HEADLINE, BlockKind.META, BlockKind.CAPTION, BlockKind.DATELINE})


class Entry(NamedTuple):
    """What a list says of one label, in characters of the text."""

    line: int  # where its line begins
    start: int  # where what is said of the label begins
    end: int
    inline: bool  # whether the label stands in the line itself
    label: Listing  # of the entry itself
    above: Listing  # of the heading that it stands under
    note: tuple[int, int] | None = None  # what that heading tells of all its entries: "(since July 1)"
    giver: Listing = Listing()  # whose duties fall: "India agreed to: wine from 150% to 20%"

    def words(self, text: Text) -> str:
        """What is said of the label."""
        return text.document.text[self.start : self.end].rstrip()

    @property
    def goods(self) -> Listing:
        """The one of the two that names goods; empty where none does."""
        return self.label if self.label.goods else self.above if self.above.goods else Listing()

    @property
    def states(self) -> Listing:
        """The one of the two that names states alone."""
        return self.label if self.label.states else self.above if self.above.states else Listing()


class _Heading(NamedTuple):
    """A line of its own above entries; it names nothing where it heads something else."""

    names: Listing = Listing()
    note: tuple[int, int] | None = None
    end: int = -1
    giver: Listing = Listing()


@lru_cache(maxsize=1)
def entries(text: Text) -> tuple[Entry, ...]:
    """The entries of a text in order; none where a single label stands before a colon."""
    found: list[Entry] = []
    above, row = _Heading(), -1
    loose = _loose(text)
    under_names = {x.start for x in lines(text.document.text) if x.headed}  # what the columns hold, these tell
    at = 0
    for raw in lined(text.document.text).split("\n"):
        start, at = at, at + len(raw) + 1
        if start in under_names:
            continue
        if not raw.strip():  # a heading may stand apart from what it heads
            above, row = above._replace(end=start + len(raw)) if above.end == start - 1 else _Heading(), -1
            continue
        tokens = [t for t in text.within(start + _marked(raw), start + len(raw)) if not t.is_space]
        kind = text.block(tokens[0]) if tokens else BlockKind.META
        if kind in _SHUT:
            above = (_heading(text, raw, start) or above)._replace(end=start + len(raw)) if tokens else above
            continue
        heading = _heading(text, raw, start)
        if heading is not None and heading.note is not None:  # "EU – from 1 April"
            above, row = heading, -1
            continue
        giving = _GIVES.match(raw)
        giver = named(text, start + giving.start("who"), start + giving.end("who")) if giving else None
        if giving is not None and giver is not None and giver.states:
            end = start + len(raw)
            if giving.end() == len(raw):  # "India will cut:" above lines of its own
                above, row = _Heading(above.names, None, end, giver), -1
            else:
                found.append(Entry(start, start + giving.end(), end, True, Listing(), above.names, None, giver))
            continue
        inline = _INLINE.match(raw)
        label = named(text, start + inline.start("label"), start + inline.end("label")) if inline else None
        label = None if inline and inline["stop"] and label is not None and not label.states else label
        if inline is not None and label is not None:
            note = above.note if not label.states else None
            end = start + len(raw)
            found.append(Entry(start, start + inline.end("label"), end, True, label, above.names, note, above.giver))
            if label.states and not (above.names.goods or found[-1].words(text).endswith(".")):
                above, row = _Heading(label), start  # "BRITAIN 10%" may stand above "Cars: 10%"
            continue
        if heading is not None and row < 0:
            above = heading
        elif above.names or above.giver or start in loose:
            first, end = start if row < 0 else row, start + len(raw)
            found.append(Entry(first, start, end, False, Listing(), above.names, above.note, above.giver))
    return tuple(found)


def _loose(text: Text) -> frozenset[int]:
    """Where lines begin that open with a rate, as one beside them does, and that say more than `lines` reads."""
    read = {x.start for x in lines(text.document.text)}
    found, at, before = set[int](), 0, -1
    for raw in lined(text.document.text).split("\n"):
        opens = _RATE_FIRST.match(raw) is not None
        found |= {at, before} if opens and before >= 0 else set()
        before, at = at if opens else -1, at + len(raw) + 1
    return frozenset(found - read)


def _marked(raw: str) -> int:
    """Where the words of a line begin behind a bullet or a number."""
    marker = _BULLET.match(raw)
    return marker.end() if marker else 0


def _heading(text: Text, raw: str, start: int) -> _Heading | None:
    """What a line of its own names: states or goods; empty where it heads something else, None where it is none."""
    words = raw.strip().rstrip(":")
    if _CELLS.search(raw.strip()):
        return _Heading()  # "Goods | From | To"
    if len(words) > _LONGEST or words.endswith((".", "!", "?", ";", ",")) or re.search(r"\d\s?%|per ?cent", words):
        return None
    end = start + len(raw)
    first = start + _marked(raw)
    if undertaking([t for t in text.within(first, end) if not t.is_space]):
        return _Heading(Listing(), None, end)  # "What India gives", "Gains for British exporters"
    noted = _NOTED.match(text.document.text[first : start + len(raw.rstrip().rstrip(":"))])
    if noted is not None:
        part = "bracket" if noted["bracket"] else "behind"
        names = named(text, first, first + noted.end("label"), seats=True)
        if names:
            return _Heading(names, (first + noted.start(part), first + noted.end(part)), end)
    return _Heading(named(text, first, start + len(raw.rstrip().rstrip(":"))) or Listing(), None, end)


def named(text: Text, start: int, end: int, *, seats: bool = False) -> Listing | None:
    """The goods and states that words name; None where they say something else.

    A capital counts as the state that it governs only where `seats` tells so.
    """
    tokens = [t.i for t in text.within(start, end) if not t.is_punct and not t.is_space]
    if not tokens:
        return None
    found = listing(text, tokens[0], tokens[-1] + 1)
    if is_tariff(text.doc[tokens[-1]]) and (found.states or all(g.concept is None for g in found.goods)):
        return None  # "The U.S. tariffs", "Peru's new import duties"
    if found and found.end >= tokens[-1]:
        return found if _of_trade(text, found, seats=seats) else None
    words = text.document.text[start:end]
    if _REST.fullmatch(words.strip()):
        return Listing()
    return found if concept(words) and found.goods and found.end >= tokens[-1] else None


@cache
def _capitals() -> frozenset[str]:
    return frozenset(row[0].casefold() for row in table("capitals"))


def by_seat(text: Text, found: Listing) -> bool:
    """Whether a state is named by the city that governs it."""
    return any(text.document.text[start:end].casefold() in _capitals() for _, start, end in found.states)


def _of_trade(text: Text, found: Listing, *, seats: bool) -> bool:
    """Whether a label names goods that the lexicon knows, or states by name and not by their capital."""
    states = bool(found.states) and (seats or not by_seat(text, found))  # a city heads news from there
    return all(g.concept is not None or g.generic for g in found.goods) and (bool(found.goods) or states)

"""Which facts are one: joined again as far as they hold together with what has changed.

Events hold together where two reports fit well enough to be possibly the same, or say the same; all other facts where
they have a key in common. What is joined apart from all others comes out as if it were joined with them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from kg.join import events, others, tariffs
from kg.join.tariffs import Duty
from kg.join.view import STAGES, says
from kg.model import Ref
from kg.stores.index.facts import EVENTS, TARIFFS, Loaded
from kg.stores.index.tables import Tables, chunks, digest, pack, pieces, unpack

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kg.join.happening import Happening
    from kg.join.view import Kept

SOME = 2_000  # facts that are joined at once, or as many as hold together
_PERSON, _STATES, _SAME = b"p", b"s", b"="  # how an event is found


class Key(NamedTuple):
    """What a fact is found by; an event on days between the first and until."""

    key: bytes
    first: int = 0
    until: int = 0


@dataclass(slots=True)
class Groups:
    """Joins facts stage by stage, and remembers which joined facts have to be told anew."""

    tables: Tables
    touched: list[tuple[int, list[Ref]]] = field(default_factory=list)  # joined names that go together, by stage
    gone: set[Ref] = field(default_factory=set)  # joined names that are perhaps no more
    moved: set[Ref] = field(default_factory=set)  # facts with another joined name than before
    _said: dict[str, tuple[Happening, frozenset[str]]] = field(default_factory=dict)

    def join(self, stage: int, seeds: Collection[str], documents: Collection[str]) -> None:
        """Join what holds together with some facts, as they were or as they are.

        Args:
            stage: Number of the stage, each after the ones before it.
            seeds: Facts of the stage that are new, changed or gone, or that speak of some whose joined name is another.
            documents: Those whose facts may say something else.
        """
        mates = {name for part in self._parts(stage, seeds) for name in part}
        for name in seeds:
            self.tables.run("DELETE FROM fact_key WHERE name = ?", name)
        self._said.clear()
        alive = {name for name in seeds if self.tables.rows("SELECT 1 FROM fact WHERE name = ? LIMIT 1", name)}
        self._describe(stage, alive, documents)
        lost = {head for name in set(seeds) - alive for head in self._forgotten(name)}
        heads, anew = dict[Ref, Ref](), set[Ref]()
        for chunk in chunks(self._parts(stage, self._there({*mates, *seeds})), SOME):
            new = self._joined(stage, [name for part in chunk for name in part], lost, anew)
            heads |= new
            if stage == TARIFFS:  # each is told with the ones before and after it, which may be gone
                self.touched.append((stage, sorted(set(new.values()))))
        if stage != TARIFFS:  # a joined fact may have lost one to another chunk
            anew |= {head for name, head in heads.items() if name in alive or head in lost}
            self.touched.append((stage, sorted(anew)))

    def _forgotten(self, name: str) -> list[Ref]:
        """Forget a fact; the joined name that it had."""
        heads = self._heads(name)
        self.tables.run("DELETE FROM joined WHERE name = ?", name)
        self.gone.update(heads)
        return heads

    def _heads(self, name: str) -> list[Ref]:
        """The joined name of a fact, in a list that is empty where there is none."""
        return [Ref(head) for head in self.tables.column("SELECT head FROM joined WHERE name = ?", name)]

    def _there(self, names: Iterable[str]) -> set[str]:
        return {name for name in names if self._heads(name)}

    def _describe(self, stage: int, names: Collection[str], documents: Collection[str]) -> None:
        """Keep what facts say, and the keys by which they are found."""
        if stage in (EVENTS, TARIFFS):
            told = "SELECT DISTINCT name FROM fact WHERE document = ? AND stage = ?"
            parts = ([*self.tables.column(told, document, stage)] for document in sorted(documents))
            for chunk in chunks(parts, SOME):
                self._say(stage, Loaded(self.tables, {name for part in chunk for name in part}))
        else:
            new = ((name, "", stage, None) for name in sorted(names) if not self._there([name]))
            self.tables.put("joined", new)
        for some in pieces(sorted(names), SOME):
            loaded = Loaded(self.tables, some)
            heads = loaded.heads(stage)
            for name, fact in loaded.facts.items():
                keys = self._told_keys(name) if stage in (EVENTS, TARIFFS) else (
                    Key(digest(key)) for key in others.keys(fact, heads, loaded.sources))  # fmt: skip
                self.tables.put("fact_key", ((key.key, key.first, name, key.until, stage) for key in keys))

    def _say(self, stage: int, loaded: Loaded) -> None:
        for name, said in says(loaded.facts.values(), loaded.view.known, loaded.sources).items():
            told = pack((said, loaded.sources.sentences(loaded.facts[name])))
            self.tables.put("joined", [(name, next(iter(self._heads(name)), ""), stage, told)])

    def _told_keys(self, name: str) -> Iterator[Key]:
        said, _ = self._saying(name)
        if isinstance(said, Duty):
            yield from (Key(digest(key)) for key in tariffs.keys(said))
            return
        first, until = said.first, events.reach(said)
        yield Key(_SAME + digest(_plain(said)), first, until)
        for key in events.keys(said):
            yield Key((_PERSON if isinstance(key[1], Ref) else _STATES) + digest(key), first, until)

    def _saying(self, name: str) -> tuple[Happening, frozenset[str]]:
        if name not in self._said:
            if len(self._said) > 10 * SOME:
                self._said.clear()
            (packed,) = self.tables.column("SELECT says FROM joined WHERE name = ?", name)
            self._said[name] = unpack(packed)
        return self._said[name]

    def _parts(self, stage: int, starts: Iterable[str]) -> Iterator[list[str]]:
        """All facts that hold together with some, in the fewest parts."""
        done = set[str]()
        for start in sorted(starts):
            if start not in done:
                found, todo, asked = {start}, [start], set[bytes]()
                while todo:
                    name = todo.pop()
                    for other in self._fitting(name, found) if stage == EVENTS else self._alike(name, asked):
                        if other not in found:
                            found.add(other)
                            todo.append(other)
                done |= found
                yield sorted(found)

    def _alike(self, name: str, asked: set[bytes]) -> Iterator[str]:
        for key in self.tables.column("SELECT key FROM fact_key WHERE name = ?", name):
            if key not in asked:
                asked.add(key)
                yield from self.tables.column("SELECT name FROM fact_key WHERE key = ?", key)

    def _fitting(self, name: str, found: Collection[str]) -> Iterator[str]:
        """The events that may be the same as one, but those that are found already, while more are."""
        for key, first, until in self.tables.rows("SELECT key, first, until FROM fact_key WHERE name = ?", name):
            near = "SELECT name FROM fact_key WHERE key = ? AND first <= ? AND until >= ?"
            for other in self.tables.column(near, key, until, first):
                if other not in found and self._fits(key[:1], name, other):
                    yield other

    def _fits(self, way: bytes, name: str, other: str) -> bool:
        (one, words), (two, more) = self._saying(name), self._saying(other)
        orders = (one, two), (two, one)  # in which they may be compared
        if way == _SAME or (way == _STATES and not any(events.found_by(("", None), *both) for both in orders)):
            return one == two
        reprint = not words.isdisjoint(more)
        return any((events.fit(*both, reprint) or 0) >= events.POSSIBLE for both in orders)

    def _joined(self, stage: int, names: list[str], left: set[Ref], anew: set[Ref]) -> dict[Ref, Ref]:
        """Join facts that hold together, and keep what comes out: the joined name of each.

        Args:
            stage: Number of the stage.
            names: The facts.
            left: Takes the joined names that a fact does not have any more.
            anew: Takes those that a fact has now, and those that are possibly the same as others than before.
        """
        loaded = Loaded(self.tables, names)
        kept = loaded.view.joined(STAGES[stage], loaded.heads(stage))
        old = {Ref(name): self._heads(name)[0] for name in names}
        new = kept.heads()
        moved = {name for name in new if new[name] != old[name]}
        for name in moved:
            self.tables.run("UPDATE joined SET head = ? WHERE name = ?", new[name], name)
        self.moved |= moved
        self.gone |= {old[name] for name in moved} - {Ref("")}
        left |= {old[name] for name in moved}
        anew |= {new[name] for name in moved} | self._marked(kept, new)
        return new

    def _marked(self, kept: Kept, heads: dict[Ref, Ref]) -> set[Ref]:
        """Keep which joined facts are possibly the same; those of which that has changed."""
        like: dict[str, set[str]] = defaultdict(set)
        for one, other in kept.possibly:
            if heads[one] != heads[other]:
                like[heads[one]].add(heads[other])
                like[heads[other]].add(heads[one])
        changed = set[Ref]()
        for head in set(heads.values()):
            if set(self.tables.column("SELECT other FROM possibly WHERE one = ?", head)) != like[head]:
                changed.add(head)
                self.tables.run("DELETE FROM possibly WHERE one = ?", head)
                self.tables.put("possibly", ((head, other) for other in like[head]))
        return changed

    def speaking(self, stage: int) -> set[str]:
        """The facts of a stage that speak of some whose joined name is another than before."""
        told = "SELECT DISTINCT s.name FROM speaks_of s JOIN fact f ON f.name = s.name WHERE s.fact = ? AND f.stage = ?"
        return {name for moved in self.moved for name in self.tables.column(told, moved, stage)}

    def forgotten(self) -> list[Ref]:
        """The joined names that are no more."""
        there = "SELECT 1 FROM joined WHERE head = ? LIMIT 1"
        gone = sorted(head for head in self.gone if head and not self.tables.rows(there, head))
        for head in gone:
            self.tables.run("DELETE FROM possibly WHERE one = ?", head)
        return gone

    def spoken(self) -> None:
        """Tell anew what speaks of facts of its own stage, or of a later one, that have another joined name."""
        told = """SELECT s.name FROM speaks_of s JOIN joined j ON j.name = s.name JOIN joined o ON o.name = s.fact
            WHERE s.fact = ? AND j.stage = ? AND o.stage >= j.stage"""
        for stage in range(len(STAGES)):
            names = {name for moved in self.moved for name in self.tables.column(told, moved, stage)}
            if stage == TARIFFS:
                names = {name for part in self._parts(stage, names) for name in part}
            heads = {head for name in names for head in self._heads(name)}
            if heads:
                self.touched.append((stage, sorted(heads)))


def _plain(said: Happening) -> tuple[object, ...]:
    """What an event says without sets, whose order differs from run to run."""

    def plain(value: object) -> object:
        if isinstance(value, frozenset):
            return sorted(map(str, value))
        if isinstance(value, Decimal):
            return value.normalize()
        return tuple(map(plain, value)) if isinstance(value, tuple) else value

    return tuple(plain(getattr(said, one.name)) for one in fields(said))

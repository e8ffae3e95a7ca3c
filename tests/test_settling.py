"""A store through all that can befall it: whatever is broken off, its graph is that of joining all documents at once.

Documents come, change, go and are refused, corrections and versions change, the process is killed between any two
writes or ended by Ctrl-C, the index is lost, damaged or older than the graph.
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pyoxigraph import Store

from kg.corrections import parse
from kg.errors import GraphError
from kg.iris import iri
from kg.model import FactKind
from kg.stages.validate import Violation, violations
from kg.stores import records
from kg.stores.archive import Archive
from kg.stores.backend import Memory, graph
from kg.stores.changes import told
from kg.stores.index.tables import Tables
from tests.test_archive import VALUE, sound
from tests.told import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from kg.model import DocumentFacts
    from kg.ntriples import Line

JUDGED = ("", '[[wrong]]\nfact = "event:d0-1"\nby = "Ann"\n', VALUE)
OFFICES = ("minister: trade minister", "minister: former of old trade minister", "minister: economy minister")
KILLS = st.lists(st.integers(0, 15), max_size=3)  # moments at which a process and those after it are killed


def report(name: str, day: str, minutes: int, office: str, rate: str, status: str = "Held") -> DocumentFacts:
    """A report that holds together with all others by somebody, and not with all by each of its facts."""
    one = Told(name, "2025-06-29").person("Ken Tanaka", "JP", office)
    one.person("Jane Doe" if minutes < 20 else "Doe", "US")
    one.event(FactKind.CALL, ["Ken Tanaka"], ["JP", "US"], date=day, minutes=minutes, status=status,
              sentence=f"{name} tells of {minutes} minutes on {day}.")  # fmt: skip
    return one.tariff("US", "JP", "cars", rate, date=day, sentence="The tariff stands in all papers.").facts()


REPORTS = {
    f"d{n} {m}": one for n in range(5) for m, one in enumerate(sound([
        report(f"d{n}", "2025-06-28", 15, OFFICES[0], "25"),
        report(f"d{n}", "2025-06-28", 20 + n, OFFICES[n % 3], "25"),
        report(f"d{n}", f"2025-06-2{n}", 15, OFFICES[2], f"{20 + n}", "Planned"),
    ]))
}  # fmt: skip
BAD = report("bad", "2025-06-28", 15, OFFICES[1], "30")
BAD = replace(BAD, facts=tuple(replace(f, kind=FactKind.VISIT) if f.kind is FactKind.CALL else f for f in BAD.facts))
REPORTS["bad"] = BAD
THING = iri(next(f.id for f in BAD.facts if f.kind is FactKind.VISIT))


def judged(lines: Iterable[Line]) -> tuple[Violation, ...]:
    """The shapes that are broken, as if the visit of one report broke one."""
    lines = [*lines]
    found = [Violation(THING, "test", "x")] if any(line[1] == f"<{THING}>" for line in lines) else []
    return (*violations(lines), *found)


class Killed(BaseException):
    """The process is no more."""


class Disk(Memory):
    """What outlasts a process: quads, and a file for the index."""

    def __init__(self, index: Path) -> None:
        super().__init__(Store())
        self.index, self.left = index, list[int]()

    @property
    def beside(self) -> Path:
        return self.index

    def step(self) -> None:
        """A moment at which the process may be killed."""
        if self.left:
            self.left[0] -= 1
            if self.left[0] < 0:
                del self.left[0]
                raise Killed

    def write(self, *, remove: Collection[Line], add: Collection[Line]) -> None:
        self.step()
        super().write(remove=remove, add=add)
        self.step()

    def publish(self) -> None:
        self.step()
        assert records.GOING not in {quad.predicate for quad in self.store.quads_for_pattern(records.KEPT, None, None)}

    def close(self, *, empty: bool, publish: bool) -> None:  # noqa: ARG002
        if publish:
            self.publish()


class Life(RuleBasedStateMachine):
    """What befalls a store; whatever is broken off is done again."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.disk = Disk(Path(self.folder.name) / "index")
        self.want: dict[str, DocumentFacts] = {}
        self.archive: Archive | None = None
        self.patch, self.files = pytest.MonkeyPatch(), list[Tables]()
        small = {"writing._MOST": 60, "writing._FEW": 20, "groups.SOME": 3, "telling.SOME": 3, "TOGETHER": 2}
        for name, few in small.items():
            self.patch.setattr(f"kg.stores.index.{name}", few)
        self.patch.setattr("kg.stores.changes.violations", judged)
        begin, commit = Tables.__init__, Tables.commit

        def begun(tables: Tables, path: Path | None) -> None:
            begin(tables, path)
            self.files.append(tables)

        def committed(tables: Tables) -> None:
            self.disk.step()
            commit(tables)
            self.disk.step()

        self.patch.setattr(Tables, "__init__", begun)
        self.patch.setattr(Tables, "commit", committed)

    def teardown(self) -> None:
        self.end()
        self.patch.undo()
        self.folder.cleanup()

    def end(self) -> None:
        """The process ends without a word."""
        for one in self.files:
            one.close()
        self.files.clear()
        self.archive = None

    def done(self, work: Callable[[Archive], object], kills: Sequence[int] = ()) -> None:
        """Do something; where it is broken off, another process opens the store and does it again."""
        self.disk.left = [*kills]
        while True:
            try:
                self.archive = self.archive or Archive(self.disk, "disk")
                work(self.archive)
                return
            except Killed:
                self.end()

    @initialize(names=st.lists(st.sampled_from([*REPORTS]), max_size=4))
    def begins(self, names: list[str]) -> None:
        self.come(names, join=True, kills=[])

    @rule(names=st.lists(st.sampled_from([*REPORTS]), min_size=1, max_size=4), join=st.booleans(), kills=KILLS)
    def come(self, names: list[str], join: bool, kills: list[int]) -> None:
        for one in map(REPORTS.__getitem__, names):
            self.done(lambda archive: archive.add(one))  # noqa: B023
            self.want[one.document.id] = one
        if join:
            self.done(lambda archive: archive.join(), kills)
            self.want.pop("bad", None)
            assert {one.document.id: one for one in records.documents(self.disk.store, "disk")} == self.want

    @rule(at=st.integers(0, 4), kills=KILLS)
    def goes(self, at: int, kills: list[int]) -> None:
        def gone(archive: Archive) -> None:
            with suppress(GraphError):  # it was done already when it was broken off
                archive.remove(name)

        if self.want:
            name = sorted(self.want)[at % len(self.want)]
            self.done(gone, kills)
            del self.want[name]

    @rule(text=st.sampled_from(JUDGED), kills=KILLS)
    def is_judged(self, text: str, kills: list[int]) -> None:
        self.done(lambda archive: archive.correct(text), kills)

    @rule(error=st.sampled_from([None, KeyboardInterrupt]))
    def is_closed(self, error: type[BaseException] | None) -> None:
        self.done(lambda archive: archive.__exit__(error, None, None))
        self.end()

    @rule(left=st.sampled_from([0, 5_000, 20_000, None]))
    def loses_its_index(self, left: int | None) -> None:
        self.end()
        if left is None:
            self.disk.index.unlink(missing_ok=True)
        elif self.disk.index.exists():
            self.disk.index.write_bytes(self.disk.index.read_bytes()[:left])

    @rule(rules=st.sampled_from(["some", "others"]))
    def is_read_by(self, rules: str) -> None:
        self.end()
        self.patch.setattr("kg.stores.settling.lexicon", lambda: rules)

    @invariant()
    def tells_what_its_documents_say(self) -> None:
        self.disk.left = []
        self.done(lambda _: None)
        corrections = parse(records.setting(self.disk.store, records.CORRECTIONS), "disk")
        assert set(graph(self.disk.store)) == set(told([*records.documents(self.disk.store, "disk")], corrections))


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=30, stateful_step_count=8, deadline=None)

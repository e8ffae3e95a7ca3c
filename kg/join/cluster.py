"""Which reports are one, under constraints: one document's facts stay apart, and so do reports that contradict.

The same result whatever the order of the reports: pairs are taken by score, then by name. Two reports are linked
where their pair scores high enough, no two members of the two groups contradict, and neither has a rival: another group
that fits it nearly as well but cannot be the same as the first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from kg.model import Ref

S = TypeVar("S", bound="Hashable")
MARGIN = 0.5  # a rival that scores less by more than this is none


@dataclass(frozen=True, slots=True)
class Report(Generic[S]):
    """A fact as one document tells it, by what it says of it."""

    name: Ref
    documents: frozenset[str]
    says: S
    words: frozenset[str]  # its sentences, as far as they are long enough to be of one hand


@dataclass(frozen=True, slots=True)
class Rules(Generic[S]):
    """How two reports are judged.

    `fit` of two and of whether they have a sentence in common gives None where they contradict, else how much speaks
    for their being one; from `join` on they are, and from `possible` on they may be. `candidates` gives the pairs of
    positions of says that may fit at all.
    """

    fit: Callable[[S, S, bool], float | None]
    candidates: Callable[[list[S]], Iterable[tuple[int, int]]]
    join: float
    possible: float


@dataclass(slots=True)
class _Node:
    """Reports that say the same of different documents' facts: the n-th such fact of each document."""

    kind: int  # position of what it says
    names: list[Ref] = field(default_factory=list)  # sorted
    documents: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)


def cluster(reports: Iterable[Report[S]], rules: Rules[S]) -> tuple[list[list[Ref]], list[tuple[Ref, Ref]]]:
    """Groups of names of facts that are one, each sorted; and pairs of names that are possibly the same."""
    alike: dict[S, list[Report[S]]] = defaultdict(list)
    for report in sorted(reports, key=lambda r: r.name):
        alike[report.says].append(report)
    judge = _Judge(list(alike), rules)
    nodes = [node for kind, same in enumerate(alike.values()) for node in _nodes(kind, same, judge)]
    links = _Links(sorted(nodes, key=lambda n: n.names), judge)
    links.run()
    return links.groups(), links.possibly()


def _nodes(kind: int, same: Sequence[Report[S]], judge: _Judge[S]) -> list[_Node]:
    """Reports that say exactly the same are not compared: the first of each document are one, the second, and so on."""
    own: list[_Node] = []
    for report in same:
        node = next((n for n in own if not n.documents & report.documents
                     and (judge.joins(kind, kind, reprint=bool(n.words & report.words)))), None)  # fmt: skip
        if node is None:
            node = _Node(kind)
            own.append(node)
        node.names.append(report.name)
        node.documents |= report.documents
        node.words |= report.words
    return own


class _Judge(Generic[S]):
    """What the rules say of two kinds of report, each pair judged once."""

    def __init__(self, kinds: list[S], rules: Rules[S]) -> None:
        self.kinds, self.rules = kinds, rules
        self._seen: dict[tuple[int, int, bool], float | None] = {}

    def fit(self, a: int, b: int, *, reprint: bool) -> float | None:
        key = (min(a, b), max(a, b), reprint)
        if key not in self._seen:
            self._seen[key] = self.rules.fit(self.kinds[key[0]], self.kinds[key[1]], reprint)
        return self._seen[key]

    def joins(self, a: int, b: int, *, reprint: bool) -> bool:
        score = self.fit(a, b, reprint=reprint)
        return score is not None and score >= self.rules.join


class _Links(Generic[S]):
    """The groups while they grow."""

    def __init__(self, nodes: list[_Node], judge: _Judge[S]) -> None:
        self.nodes, self.judge = nodes, judge
        self.home = list(range(len(nodes)))
        self.members = {n: [n] for n in self.home}
        self.documents = [set(node.documents) for node in nodes]
        self.torn: set[tuple[int, int]] = set()  # pairs of groups that can never be one
        self.compared: dict[tuple[int, int], tuple[int, int]] = {}  # how many members of two groups agree
        self.alike: dict[int, list[int]] = defaultdict(list)
        for n, node in enumerate(nodes):
            self.alike[node.kind].append(n)
        self.scores = self._scores()
        self.rivals: dict[tuple[int, int], int] = {}  # of a pair that waits, a node that fits as well
        self.near: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for (a, b), score in self.scores.items():
            self.near[a].append((b, score))
            self.near[b].append((a, score))

    def _scores(self) -> dict[tuple[int, int], float]:
        """How well the pairs of nodes fit that may be one."""
        found: dict[tuple[int, int], float] = {}
        for i, j in self.judge.rules.candidates(self.judge.kinds):
            for a in self.alike[i]:
                for b in self.alike[j]:
                    score = self._fit(a, b)
                    if score is not None and score >= self.judge.rules.possible:
                        found[min(a, b), max(a, b)] = score
        return found

    def _fit(self, a: int, b: int) -> float | None:
        one, other = self.nodes[a], self.nodes[b]
        return self.judge.fit(one.kind, other.kind, reprint=not one.words.isdisjoint(other.words))

    def run(self) -> None:
        """Links all pairs that may be, the best first; a pair with a rival waits until the rival is taken."""
        best = (pair for pair, score in self.scores.items() if score >= self.judge.rules.join)
        waiting = sorted(best, key=lambda pair: (-self.scores[pair], pair))
        changed = True
        while changed:
            changed = False
            left = []
            for a, b in waiting:
                one, other = self.home[a], self.home[b]
                if one == other or not self.may_merge(one, other):
                    continue
                if self._rival(a, b) or self._rival(b, a):
                    left.append((a, b))
                    continue
                self._merge(one, other)
                changed = True
            waiting = left

    def may_merge(self, one: int, other: int) -> bool:
        """Whether two groups have no document in common and no two members that contradict.

        Groups only grow, so a contradiction stays, and of two groups asked for again only the new members are compared.
        """
        pair = (min(one, other), max(one, other))
        if pair in self.torn:
            return False
        here, there = (self.members[n] for n in pair)
        seen = self.compared.get(pair, (0, 0))
        if seen != (len(here), len(there)):
            fresh = ((a, b) for at, a in enumerate(here) for b in there[seen[1] if at < seen[0] else 0 :])
            if self.documents[one] & self.documents[other] or any(self._fit(a, b) is None for a, b in fresh):
                self.torn.add(pair)
                return False
            self.compared[pair] = (len(here), len(there))
        return True

    def _rival(self, a: int, b: int) -> bool:
        """Whether more groups fit `a` nearly as well as `b` does, but cannot be one with it, than `a` has twins.

        "Twice" is two reports that say the same: either may be the morning's call and the other the evening's.
        """
        one, other = self.home[a], self.home[b]
        known = self.rivals.get((a, b))  # found before: pairs are asked for again after each change
        if known is not None and self._is_rival(self.home[known], one, other):
            return True
        least, kind = self.scores[min(a, b), max(a, b)] - MARGIN, self.nodes[b].kind
        near = {self.home[c]: c for c, score in self.near[a] if score >= least and self.nodes[c].kind != kind}
        own = self.nodes[a]
        twins = [n for n in self.alike[own.kind] if n != a and self.nodes[n].documents & own.documents]
        if not twins:
            third = next((third for third in sorted(near) if self._is_rival(third, one, other)), None)
            if third is not None:
                self.rivals[a, b] = near[third]
            return third is not None
        found = {third for third in near if self._is_rival(third, one, other)}
        free = [n for n in twins if self.home[n] != one and any(self.may_merge(self.home[n], third) for third in found)]
        return len(found) > len(free)

    def _is_rival(self, third: int, one: int, other: int) -> bool:
        return third not in (one, other) and self.may_merge(one, third) and not self.may_merge(other, third)

    def _merge(self, one: int, other: int) -> None:
        one, other = min(one, other), max(one, other)
        for n in self.members[other]:
            self.home[n] = one
        self.members[one] += self.members.pop(other)
        self.documents[one] |= self.documents[other]

    def groups(self) -> list[list[Ref]]:
        """The names in each group, sorted."""
        every = (sorted(name for n in part for name in self.nodes[n].names) for part in self.members.values())
        return sorted(every)

    def possibly(self) -> list[tuple[Ref, Ref]]:
        """The first names of two groups that fit and do not contradict, but not well enough to be one."""
        pairs = {(min(x, y), max(x, y)) for a, b in self.scores if (x := self.home[a]) != (y := self.home[b])}
        first = {n: min(name for m in self.members[n] for name in self.nodes[m].names) for pair in pairs for n in pair}
        return sorted((min(first[x], first[y]), max(first[x], first[y])) for x, y in pairs if self.may_merge(x, y))

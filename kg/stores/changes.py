"""Which quads come and go when documents do: a pure function of the documents before and after."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.corrections import apply
from kg.join import join
from kg.stages.state import lines
from kg.stages.validate import violations

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from kg.corrections import Corrections
    from kg.model import DocumentFacts
    from kg.ntriples import Line
    from kg.stages.validate import Violation

_STEPS = 2  # from a thing that changes to what its shapes look at


class Changes(NamedTuple):
    """Quads that come and go, and the shapes that things which change would break."""

    remove: list[Line]
    add: set[Line]
    broken: list[Violation]


def told(documents: Collection[DocumentFacts], corrections: Corrections | None) -> list[Line]:
    """All quads of the graph of documents."""
    if not documents:
        return []
    joined = join(documents)
    return lines(apply(joined, corrections) if corrections else joined)


def changes(before: Iterable[Line], after: list[Line]) -> Changes:
    """What to write where a graph is to become another: whatever stands there, so nothing that went wrong lasts."""
    remove, add = [], set(after)
    for line in before:
        if line in add:
            add.remove(line)
        else:
            remove.append(line)
    by_subject: dict[str, list[Line]] = defaultdict(list)
    for line in after:
        by_subject[line[1]].append(line)
    changed = {line[1] for line in (*remove, *add)}
    return Changes(remove, add, broken(changed, lambda subject: by_subject.get(subject, ())))


def broken(things: Collection[str], about: Callable[[str], Iterable[Line]]) -> list[Violation]:
    """The shapes that some things break, judged with what they point to: a fact, its sentences, their documents.

    Args:
        things: Their names in angle brackets.
        about: Gives what is known of a thing: its quads in the default graph, and perhaps others.
    """
    near: dict[str, list[Line]] = {}
    todo = {*things}
    for _ in range(_STEPS + 1):
        for subject in sorted(todo - near.keys()):
            near[subject] = [line for line in about(subject) if not line[0]]
        todo = {line[3] for subject in todo for line in near[subject] if line[3][0] == "<"}
    lines = [line for found in near.values() for line in found]
    return [one for one in violations(lines) if f"<{one.thing}>" in things] if lines else []

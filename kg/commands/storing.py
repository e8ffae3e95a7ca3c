"""`kg build --store`: documents -> a store that grows."""

from pathlib import Path
from typing import TYPE_CHECKING

from kg.commands.inputs import Inputs
from kg.commands.output import say, status, warn, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.results import Target


def into_store(
    address: str, inputs: Inputs, corrections: Path | None, title: str, where: "Target | None", *, report: bool
) -> int:
    """Take documents into a store; files of its graph only where they are asked for.

    Returns:
        The exit status.
    """
    from kg.many.growing import grow
    from kg.store import Graph
    from kg.stores import open_archive
    from kg.summary import kinds

    tell: Callable[[str], None] = warn if where and where.folder is None else say
    judged = _judged(corrections)
    if where:
        where.refuse_overwriting([title], inputs.sources)
    with open_archive(address, create=True) as archive:
        growth = grow(archive, inputs.told(tell if report else None, known=archive.has))
        if judged is not None:
            archive.correct(judged)
        extracted = [one.document for one in archive.documents()] if where else []
    for error in growth.late:
        warn(error)
    if growth.done or not growth.failed:
        tell(f"{address}: {growth}")
    if growth.done:
        graph = Graph.open(address)
        tell(f"facts: {kinds(graph)}")
        if where:
            tell(written(where, title, graph, extracted))
    return status(growth.done, growth.failed)


def _judged(path: Path | None) -> str | None:
    """The words of a corrections file, if they are judgements."""
    from kg import corrections

    if path is None:
        return None
    text = corrections.text(path)
    corrections.parse(text, str(path))
    return text

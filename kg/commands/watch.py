"""`kg watch`: documents into a store as they appear."""

import signal
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.inputs import Inputs
from kg.commands.options import Model, OnlyRelevant, Root
from kg.commands.output import say, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.errors import KGError
    from kg.many.watching import Feed, Watch
    from kg.many.workers import Result as Found

SOURCE = typer.Argument(metavar="FOLDER-OR-FEED", help="Where documents appear; of a feed also its http address.")
EVERY = typer.Option(
    metavar="SECONDS", min=0.05, max=86_400, show_default=False,
    help="Time between two looks. Default: 2 at a folder; 60 at a feed on the web, more where its server asks for it.",
)  # fmt: skip
LOOKS = typer.Option(metavar="N", min=1, help="Stop after so many looks; two find what is there. Default: at Ctrl-C.")


def watch(
    source: Annotated[str, SOURCE],
    store: Annotated[str, typer.Option(metavar="STORE", help="A store folder or a server's address.")],
    every: Annotated[float | None, EVERY] = None,
    looks: Annotated[int | None, LOOKS] = None,
    root: Root = None,
    model: Model = None,
    only_relevant: OnlyRelevant = False,
) -> None:
    """Take new and changed documents into a store as they appear, and say in one line each what is new.

    Example: kg watch examples --store talks.store --looks 2
    """
    from kg.many.watching import Feed, Watch
    from kg.store import is_address
    from kg.stores import open_archive

    with _ended() as stop, TemporaryDirectory() as folder:
        watched = Feed(source, Path(folder)) if is_address(source) else Watch(source)
        root = Path(folder) if is_address(source) else root
        with open_archive(store, create=True):
            warn(f"watching {source}; Ctrl-C ends it")
        told = ""
        for look in count(1):
            error = _look(watched, store, stop, partial(Inputs, root=root, model=model, only_relevant=only_relevant))
            if error is not None and str(error) != told:
                warn(error)  # once, not at every look
            told = str(error or "")
            if look == looks or stop.wait(every or watched.pause):
                break


def _look(
    watched: "Feed | Watch", store: str, stop: Event, inputs: "Callable[[list[str]], Inputs]"
) -> "KGError | None":
    """Take in what is new; where a feed cannot be fetched or the store not be written now, why, and it comes again."""
    from kg.errors import GraphError, SourceError

    try:
        paths = watched.look()
    except SourceError as error:
        return error
    if not paths:
        return None
    try:
        lines = _take_in(inputs([*map(str, paths)]), store, stop)
    except GraphError as error:
        watched.again(paths)
        return error
    for line in lines:
        say(line)
    return None


@contextmanager
def _ended() -> "Iterator[Event]":
    """An event that Ctrl-C and TERM set, so that a document at hand is finished first; a second one ends it at once."""
    stop = Event()

    def end(*_: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {one: signal.signal(one, end) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _take_in(inputs: Inputs, store: str, stop: Event) -> list[str]:
    """Take documents in; what is new, a line for each. When the end has come, the document at hand is the last.

    Raises:
        GraphError: the store cannot be written now.
    """
    from kg.many.growing import grow
    from kg.many.watching import news
    from kg.model import DocumentFacts
    from kg.stores import open_archive

    read: dict[str, DocumentFacts] = {}

    def until_stopped(found: "Iterator[Found]") -> "Iterator[Found]":
        for one in found:
            if isinstance(one, DocumentFacts):
                read[one.document.id] = one
            yield one
            if stop.is_set():
                return

    with open_archive(store, create=True) as archive:
        growth = grow(archive, until_stopped(inputs.told(known=archive.has)))
        for error in growth.late:
            warn(error)
        return [
            news(archive, read[one], changed=one in growth.changed)
            for one in (*growth.new, *growth.changed) if one in read
        ]  # fmt: skip

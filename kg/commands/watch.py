"""`kg watch`: documents into a store as they appear."""

import signal
from contextlib import contextmanager
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
    from collections.abc import Iterator

    from kg.errors import SourceError
    from kg.many.watching import Feed, Watch
    from kg.many.workers import Result as Found

SOURCE = typer.Argument(metavar="FOLDER-OR-FEED", help="Where documents appear; of a feed also its http address.")
EVERY = typer.Option(metavar="SECONDS", min=0.05, help="Time between two looks.")
LOOKS = typer.Option(metavar="N", min=1, help="Stop after so many looks; two find what is there. Default: at Ctrl-C.")


def watch(
    source: Annotated[str, SOURCE],
    store: Annotated[str, typer.Option(metavar="STORE", help="A store folder or a server's address.")],
    every: Annotated[float, EVERY] = 2.0,
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

    with _ended() as stop, TemporaryDirectory() as folder:
        watched = Feed(source, Path(folder)) if is_address(source) else Watch(Path(source))
        root = Path(folder) if is_address(source) else root
        warn(f"watching {source}; Ctrl-C ends it")
        failed = ""
        for look in count(1):
            paths, error = _looked(watched)
            if error is not None and str(error) != failed:
                warn(error)  # once, not at every look
            failed = str(error or "")
            inputs = Inputs([*map(str, paths)], root=root, model=model, only_relevant=only_relevant)
            if paths and not _take_in(inputs, store, stop):
                watched.again(paths)
            if look == looks or stop.wait(every):
                break


def _looked(watched: "Feed | Watch") -> "tuple[list[Path], SourceError | None]":
    """The files that are new; none where a feed cannot be fetched now, and why."""
    from kg.errors import SourceError

    try:
        return watched.look(), None
    except SourceError as error:
        return [], error


@contextmanager
def _ended() -> "Iterator[Event]":
    """An event that Ctrl-C and TERM set, so that a document at hand is finished first."""
    stop = Event()
    before = {one: signal.signal(one, lambda *_: stop.set()) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _take_in(inputs: Inputs, store: str, stop: Event) -> bool:
    """Take documents in and say what is new; False where the store cannot be written now, or the end has come."""
    from kg.errors import GraphError
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

    try:
        with open_archive(store, create=True) as archive:
            growth = grow(archive, until_stopped(inputs.told(known=archive.has)))
            for identity in (*growth.new, *growth.changed):
                if identity in read:
                    say(news(archive, read[identity], changed=identity in growth.changed))
            for error in growth.late:
                warn(error)
    except GraphError as error:
        warn(error)
        return False
    return not stop.is_set()

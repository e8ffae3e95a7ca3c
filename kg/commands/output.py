"""How commands speak: data on standard output, messages of one line on standard error."""

import os
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, TextIO, TypeVar

import typer

from kg.errors import PARTLY_DONE, GraphError, KGError

if TYPE_CHECKING:
    from kg.model import Document
    from kg.results import Target
    from kg.store import Graph

T = TypeVar("T")
_COMMANDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # control characters but the tab and the end of a line
DEBUG = ContextVar("debug", default=False)  # print tracebacks
LONG = 1.0  # seconds without an answer after which a person looks for a sign of life


def say(message: str) -> None:
    """Write a line or more to standard output."""
    emit(message + "\n")


def emit(data: str | bytes) -> None:
    """Write to standard output at once.

    Raises:
        typer.Exit: whoever reads it has read enough, as `head` does.
        GraphError: it cannot be written.
    """
    if sys.stdout is None:
        raise GraphError("standard output is closed; redirect it to a file")
    if _is_terminal(sys.stdout):
        data = _visible(data if isinstance(data, str) else data.decode("utf-8", "replace"))
    try:
        sys.stdout.buffer.write(data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data)
        sys.stdout.buffer.flush()
    except OSError as error:
        # What is left in the buffer would fail again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise typer.Exit from error
        raise GraphError(f"standard output: cannot be written ({error.strerror}); make room") from error


def warn(message: str | KGError) -> None:
    """Write a message to standard error, with the traceback of an error under --debug."""
    if isinstance(message, KGError) and DEBUG.get():
        message = "".join(traceback.format_exception(message)).rstrip()
    if sys.stderr is not None:  # or it would go to standard output
        with suppress(OSError):
            print(_visible(str(message)), file=sys.stderr, flush=True)  # noqa: T201


def _visible(text: str) -> str:
    """The text as a terminal may show it: what a document or a file's name says must not command the terminal."""
    return _COMMANDS.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def written(where: "Target", name: str, graph: "Graph", documents: "Iterable[Document]") -> str:
    """Write a graph to a place, and beside it the texts of documents that were taken out of HTML; says where."""
    from kg.export import write

    if where.folder is None:
        emit(write(graph, where.formats[0]))
        return "wrote to standard output"
    where.save(name, graph, documents)
    return f"wrote {', '.join(map(str, where.paths(name)))}"


def status(done: int, failed: list[KGError]) -> int:
    """The exit status of a run over documents."""
    if not failed:
        return 0
    return PARTLY_DONE if done else failed[0].exit_status


def watched(items: Iterable[T], total: Callable[[], int | None] = lambda: None) -> Iterator[T]:
    """The items, counted on a terminal when they take long: with their rate, and the time left if `total` tells it."""
    if not _is_terminal(sys.stderr):
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    number = total()
    of_all = f" of {number:,}" if number else ""
    rate = TextColumn("{task.fields[rate]:.1f}/s")
    columns = [SpinnerColumn(), TextColumn("{task.completed:,}" + of_all + " documents"), rate, TimeElapsedColumn()]
    left = [TextColumn("left"), TimeRemainingColumn()] if number else []
    bar = Progress(*columns, *left, console=Console(stderr=True), transient=True)
    task = bar.add_task("", total=number, rate=0.0)
    begun = time.monotonic()
    try:
        for item in items:
            bar.advance(task)
            bar.update(task, rate=bar.tasks[0].completed / max(time.monotonic() - begun, 0.01))
            if not bar.live.is_started and time.monotonic() - begun > LONG:
                bar.start()
            yield item
    finally:
        bar.stop()


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()

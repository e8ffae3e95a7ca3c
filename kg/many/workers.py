"""Documents read by several workers: processes of this machine, or those of a dask cluster.

Batches go out and their results come back in the order of the documents, so the number of workers changes no byte. Only
as many batches are under way as keep the workers busy: what stands in memory does not grow with the documents. Where a
worker dies, the documents of the oldest batch are read again one by one; the one that kills its worker again is failed.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, TypeAlias

from kg.errors import DocumentFailed, SourceError
from kg.model import Document
from kg.pipeline import batches, facts_of_batch
from kg.version import generator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.process import BaseProcess

    from spacy.language import Language

    from kg.errors import KGError
    from kg.model import DocumentFacts, Known, LeftOut
    from kg.pipeline import Read

Result: TypeAlias = "DocumentFacts | LeftOut | Known | KGError"
Batch: TypeAlias = "tuple[Read, ...]"
AHEAD = 2  # batches for each worker: one that it reads, one that waits for it


@dataclass(frozen=True, slots=True)
class Workers:
    """Where documents are read: `jobs` processes, or the workers of the cluster whose scheduler has this address."""

    jobs: int = 1
    scheduler: str | None = None

    def facts(self, read: Iterable[Read], model: str | None) -> Iterator[Result]:
        """What each document gave, in order.

        Raises:
            ModelMissing: the language model is not installed.
            SourceError: the cluster cannot be reached.
        """
        if self.scheduler is None and self.jobs == 1:
            for batch in batches(read):
                yield from facts_of_batch(batch, _model(model))
            return
        start = partial(_cluster, self.scheduler) if self.scheduler else partial(_processes, self.jobs)
        yield from _mapped(batches(read), partial(_in_worker, model), start)


def reads_as(model: str | None) -> str:
    """The version of rules, lexicon and model that reads."""
    return generator(_model(model))


def _in_worker(model: str | None, batch: Batch) -> tuple[Result, ...]:
    return tuple(facts_of_batch(batch, _model(model)))


@cache
def _model(name: str | None) -> Language:
    """The language model, loaded once in a process."""
    from kg.stages.parse import load

    return load(name)


@dataclass(frozen=True, slots=True)
class _Pool:
    """Workers that are running: how to ask them, how many batches keep them busy, how to end them."""

    submit: Callable[..., Future[tuple[Result, ...]]]
    ahead: int
    end: Callable[[], object]
    broken: tuple[type[Exception], ...]


Work: TypeAlias = "Callable[[Batch], tuple[Result, ...]]"


def _mapped(given: Iterator[Batch], work: Work, start: Callable[[], _Pool]) -> Iterator[Result]:
    """The results of all batches, in order."""
    waiting: deque[tuple[Batch, Future[tuple[Result, ...]]]] = deque()
    pool = start()
    try:
        while True:
            while len(waiting) < pool.ahead and (batch := next(given, None)) is not None:
                waiting.append((batch, _sent(pool, work, batch)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            try:
                yield from future.result()
                continue
            except pool.broken:
                pool.end()
                pool = start()
            for one in batch:  # nothing else is read meanwhile, so it is known which one kills its worker
                try:
                    yield from _sent(pool, work, (one,)).result()
                except pool.broken:
                    yield _died(one)
                    pool.end()
                    pool = start()
            waiting = deque((other, _sent(pool, work, other)) for other, _ in waiting)
    finally:
        pool.end()


def _sent(pool: _Pool, work: Work, batch: Batch) -> Future[tuple[Result, ...]]:
    """The future of a batch; one that failed where the workers are dead already."""
    try:
        return pool.submit(work, batch)
    except pool.broken as error:
        dead: Future[tuple[Result, ...]] = Future()
        dead.set_exception(error)
        return dead


def _died(one: Read) -> Result:
    name = one.id if isinstance(one, Document) else one
    return DocumentFailed(f"{name}: the process that read it died (killed, or out of memory); leave it out")


def _processes(jobs: int) -> _Pool:
    executor = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_started)
    end = partial(executor.shutdown, cancel_futures=True)
    return _Pool(partial(_undisturbed, executor.submit), AHEAD * jobs, end, (BrokenExecutor,))


def _undisturbed(
    submit: Callable[..., Future[tuple[Result, ...]]], *work: object
) -> Future[tuple[Result, ...]]:
    """Submit work; Ctrl-C is for the parent alone: a worker that this starts has it blocked from its first moment."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        return submit(*work)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _started() -> None:
    """In a new worker: it ends when its parent is killed."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _cluster(address: str) -> _Pool:
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise SourceError("--scheduler: dask.distributed is not installed; pip install 'parley-kg[scale]'") from error
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise SourceError(f"{address}: no dask scheduler answers there ({type(error).__name__}); start one") from error
    executor = client.get_executor(pure=False)
    workers = max(1, sum(client.nthreads().values()))
    return _Pool(executor.submit, AHEAD * workers, client.close, (KilledWorker,))

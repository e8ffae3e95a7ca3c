"""A dask cluster of separate processes reads as one process does, also when a worker is killed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.test_workers import kg, stream

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("distributed", reason="dask.distributed is not installed (extra scale)")
ROOT = Path(__file__).parent.parent


def process(*arguments: str) -> subprocess.Popen[bytes]:
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    silent = subprocess.DEVNULL
    return subprocess.Popen([sys.executable, "-m", *arguments], env=env, stdout=silent, stderr=silent)


@pytest.fixture
def cluster() -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, each a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with ExitStack() as ends:
        def start(*arguments: str) -> subprocess.Popen[bytes]:
            running = ends.enter_context(process(*arguments))
            ends.callback(running.kill)
            return running

        start("distributed.cli.dask_scheduler", "--host", address, "--no-dashboard", "--no-show")
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
        yield address, [start("distributed.cli.dask_worker", address, *options) for _ in range(2)]


def test_a_worker_killed_in_mid_run_loses_and_doubles_nothing(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, workers = cluster
    source = stream(tmp_path, 150, spoiled={9: ""})
    alone = kg("facts", source, "--root", tmp_path, cwd=tmp_path)
    command = [sys.executable, "-m", "kg", "facts", str(source), "--root", str(tmp_path), "--scheduler", address]
    pipe = subprocess.PIPE
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    # Unbuffered: communicate() reads past a buffer, and what readline() left in it would be lost.
    with subprocess.Popen(command, cwd=tmp_path, env=env, stdout=pipe, stderr=pipe, bufsize=0) as running:
        assert running.stdout is not None
        first = running.stdout.readline()
        workers[0].kill()
        rest, messages = running.communicate()
    assert running.returncode == alone.returncode == 3, messages.decode()
    assert first + rest == alone.stdout
    assert len(alone.stdout.splitlines()) == 149


def test_an_address_where_nothing_answers_is_named(tmp_path: Path) -> None:
    begun = time.monotonic()
    found = kg("facts", stream(tmp_path, 1), "--scheduler", "tcp://127.0.0.1:9", cwd=tmp_path)
    assert found.returncode == 2
    assert found.stderr.decode().strip().startswith("tcp://127.0.0.1:9: no dask scheduler answers there")
    assert time.monotonic() - begun < 60

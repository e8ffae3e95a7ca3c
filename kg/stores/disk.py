"""A store in a folder: Oxigraph's own files, which one process writes, and snapshots, which others read meanwhile.

    DIR/                Oxigraph (RocksDB); `oxigraph serve-read-only --location DIR` works too while nobody writes
    DIR/parley.lock     held by the process that writes
    DIR/parley.index    what documents are compared by (`kg.stores.index`); made again where it is missing
    DIR/snapshots/N/    what was published N-th: hard links to files of DIR, so that it takes little room
    DIR/snapshots/last  the number of the newest

Oxigraph cannot read a folder safely while another process writes there. So readers open the newest snapshot, hold it by
a lock for as long as they live, and never see half a transaction; the writer takes away what nobody holds.
"""

from __future__ import annotations

import fcntl
import shutil
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pyoxigraph import Store

from kg.errors import GraphError
from kg.stores.backend import Memory

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.ntriples import Line

SNAPSHOTS, LAST, LOCK, INDEX = "snapshots", "last", "parley.lock", "parley.index"
_TRIES = 20  # to open a snapshot while a writer publishes newer ones


def is_store(folder: Path) -> bool:
    """Whether Oxigraph's files lie in a folder."""
    return (folder / "CURRENT").is_file()


class Folder(Memory):
    """The store of a folder, held for writing."""

    def __init__(self, folder: Path, store: Store, lock: IO[str], *, new: bool) -> None:
        super().__init__(store)
        self.folder, self._lock, self._new = folder, lock, new
        self._published = False  # a writer that was killed may have left more than its last snapshot

    @property
    def beside(self) -> Path | None:
        """A file of the folder."""
        return self.folder / INDEX

    def write(self, *, remove: Collection[Line], add: Collection[Line]) -> None:
        """One transaction."""
        self._published = False
        super().write(remove=remove, add=add)

    def publish(self) -> None:
        """Make a snapshot of all transactions so far, and take away the older ones that nobody reads."""
        snapshots = self.folder / SNAPSHOTS
        snapshots.mkdir(exist_ok=True)
        number = _last(self.folder) + 1
        for left in (*snapshots.glob("*.part"), snapshots / str(number)):  # of a writer that was killed
            shutil.rmtree(left, ignore_errors=True)
        part = snapshots / f"{number}.part"
        self.store.backup(str(part))
        part.rename(snapshots / str(number))
        pointer = snapshots / f"{LAST}.part"
        pointer.write_text(f"{number}\n", encoding="ascii")
        pointer.replace(snapshots / LAST)
        for old in snapshots.iterdir():
            if old.name.isdecimal() and int(old.name) < number:
                _unless_read(old)
        self._published = True

    def close(self, *, empty: bool, publish: bool) -> None:
        """Publish what is not, and let another process write; a new store without documents goes."""
        if publish and not self._published:
            self.publish()
        del self.store
        if empty and self._new:
            shutil.rmtree(self.folder)
        self._lock.close()


def open_for_writing(address: str | Path, *, create: bool) -> Folder:
    """The store of a folder.

    Raises:
        GraphError: there is none, the folder holds other things, another process writes it, or it cannot be written.
    """
    folder = Path(address)
    new = not is_store(folder)
    if new:
        if not create:
            raise GraphError(f"{folder}: no such store; build one with kg build --store")
        if folder.exists() and (not folder.is_dir() or any(one.name != LOCK for one in folder.iterdir())):
            raise GraphError(f"{folder}: is no store and not empty; choose another folder for --store")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / LOCK).open("a", encoding="ascii")
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        found = Folder(folder, Store(str(folder)), lock, new=new)
        if not _last(folder):  # until there is a snapshot, readers would see each transaction
            found.publish()
        return found
    except BlockingIOError as error:
        raise GraphError(f"{folder}: another process writes this store; wait until it is done") from error
    except (OSError, RuntimeError) as error:  # of damaged files
        reason = getattr(error, "strerror", None) or error
        raise GraphError(f"{folder}: the store cannot be written ({reason})") from error


def open_for_reading(folder: Path) -> tuple[Store, IO[bytes] | None]:
    """The newest snapshot of a folder, with what holds it until it is closed; a folder without snapshots as it is.

    Raises:
        GraphError: it cannot be read.
    """
    try:
        for _ in range(_TRIES):
            number = _last(folder)
            if not number:
                return Store.read_only(str(folder)), None
            snapshot = folder / SNAPSHOTS / str(number)
            held = _hold(snapshot)
            if held is not None:
                return Store.read_only(str(snapshot)), held
    except (OSError, RuntimeError) as error:  # of damaged files
        raise GraphError(f"{folder}: the store cannot be opened: {error}") from error
    raise GraphError(f"{folder}: the store cannot be opened: its snapshots go as fast as they come; try again")


def size(folder: Path) -> int:
    """Bytes on the disk; files that stand in several snapshots count once."""
    files = (one.stat() for one in folder.rglob("*") if one.is_file())
    return sum({one.st_ino: one.st_size for one in files}.values())


def _last(folder: Path) -> int:
    """The number of the newest snapshot; 0 where there is none."""
    try:
        return int((folder / SNAPSHOTS / LAST).read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return 0


def _hold(snapshot: Path) -> IO[bytes] | None:
    """Keep a snapshot from being taken away; None where it is gone already."""
    try:
        held = (snapshot / "CURRENT").open("rb")
    except FileNotFoundError:
        return None
    fcntl.flock(held, fcntl.LOCK_SH)
    if snapshot.is_dir():
        return held
    held.close()
    return None


def _unless_read(snapshot: Path) -> None:
    """Take a snapshot away where nobody holds it: renamed first, so that nobody opens half of it."""
    with (snapshot / "CURRENT").open("rb") as held, suppress(BlockingIOError):
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        going = snapshot.with_suffix(".part")
        snapshot.rename(going)
        shutil.rmtree(going, ignore_errors=True)

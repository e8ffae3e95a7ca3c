"""Files at fsspec addresses: `memory://news/a.txt`, `s3://bucket/news`, `zip://*.txt::news.zip`.

An `Address` does what is asked of a `Path` where documents and graphs are read and results are written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

from kg.errors import GraphError, SourceError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# What would fetch from the web, or from wherever a file that is read says; also behind others in a chain.
_FETCHES = re.compile(r"(?:^|::|://)(?:https?|reference)(?:://|::)", re.IGNORECASE)
_SECRET = re.compile(r"(?<=://)[^/@]*:[^/@]*@")  # a name with a password


@dataclass(frozen=True, slots=True)
class Address:
    """A file or a folder of a file system of fsspec."""

    system: Any
    path: str
    address: str  # as a user would write it

    @property
    def name(self) -> str:
        """The last part of the path."""
        return PurePosixPath(self.path).name

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return PurePosixPath(self.path).stem

    @property
    def suffix(self) -> str:
        """The ending of the name."""
        return PurePosixPath(self.path).suffix

    @property
    def parent(self) -> Address:
        """The folder."""
        return Address(self.system, self.path.rpartition("/")[0], self.address.rpartition("/")[0])

    def __truediv__(self, name: str) -> Address:
        return Address(self.system, f"{self.path.rstrip('/')}/{name}", f"{self.address.rstrip('/')}/{name}")

    def with_name(self, name: str) -> Address:
        """Another file of the folder."""
        return self.parent / name

    def open(self, mode: str) -> BinaryIO:
        """The file, for reading."""
        file: BinaryIO = self._do("open", self.path, mode)
        return file

    def read_bytes(self) -> bytes:
        """What is in the file."""
        data: bytes = self._do("cat_file", self.path)
        return data

    def write_bytes(self, data: bytes) -> None:
        """Write the file."""
        self._do("pipe_file", self.path, data)

    def exists(self) -> bool:
        """Whether there is such a file or folder."""
        return bool(self._do("exists", self.path))

    def is_file(self) -> bool:
        """Whether there is such a file."""
        return bool(self._do("isfile", self.path))

    def is_dir(self) -> bool:
        """Whether there is such a folder."""
        return bool(self._do("isdir", self.path))

    def mkdir(self, *, parents: bool, exist_ok: bool) -> None:  # noqa: ARG002  (of pathlib)
        """Make the folder and those above it."""
        self._do("makedirs", self.path, exist_ok=exist_ok)

    def replace(self, other: Address) -> None:
        """Move the file to another place: at once where the file system can, else as a copy."""
        self._do("mv", self.path, other.path)

    def unlink(self, *, missing_ok: bool) -> None:
        """Take the file away."""
        if not missing_ok or self.exists():
            self._do("rm_file", self.path)

    def beneath(self) -> list[str]:
        """The paths of all files of the folder, or of the pattern, sorted."""
        return sorted(self._do("glob" if "*" in self.path else "find", self.path))

    def _do(self, what: str, *given: object, **options: object) -> Any:  # noqa: ANN401  (of fsspec)
        """What the file system answers.

        Raises:
            OSError: it cannot; plugins raise errors of their own libraries.
        """
        try:
            return getattr(self.system, what)(*given, **options)
        except OSError:
            raise
        except Exception as error:
            raise OSError(f"{type(error).__name__}: {' '.join(str(error).split())}".rstrip(": ")) from error

    def __str__(self) -> str:
        return self.address


Place: TypeAlias = Path | Address


def elsewhere(given: str) -> bool:
    """Whether the words are an address of another file system."""
    return "://" in given


def place(given: str | Path) -> Place:
    """Where a graph or a result lies: a path, also of `file://...`, or a place in one other file system.

    Raises:
        GraphError: there is no such file system, it cannot be reached, or the address is a chain.
    """
    words = str(given)
    if not elsewhere(words):
        return Path(given)
    if "::" in words:
        raise GraphError(f"{words}: a chain of addresses holds no graphs; name a file of one file system")
    try:
        system, path = _resolved(words)
    except OSError as error:
        raise GraphError(str(error)) from error
    return Path(path) if "file" in system.protocol else Address(system, path, words)


def files(given: str, endings: Collection[str]) -> Iterator[Address | SourceError]:
    """The file at an address; of a folder, or of a pattern with `*`, all that end so, sorted."""
    try:
        at = Address(*_resolved(given), given)
    except OSError as error:
        yield SourceError(str(error))
        return
    try:
        several = "*" in at.path or at.is_dir()
        found = at.beneath() if several else [at.path]
    except OSError as error:
        yield SourceError(_unopened(given, error))
        return
    protocol, _, rest = given.partition("://")
    behind = "::" + rest.partition("::")[2] if "::" in rest else ""
    for one in found:
        if not several or (one.lower().endswith(tuple(endings)) and not PurePosixPath(one).name.startswith(".")):
            yield Address(at.system, one, f"{protocol}://{one.lstrip('/')}{behind}" if several else given)
    if several and not found:
        yield SourceError(f"{given}: no documents at this address; it needs files ending in {', '.join(endings)}")


def _resolved(given: str) -> tuple[Any, str]:
    """The file system of an address, and the path there.

    Raises:
        OSError: there is none, or it must not be asked; the message names the address, and no password.
    """
    if _FETCHES.search(given):
        raise OSError(f"{given}: nothing is fetched from the web; save the page and give the file")
    if _SECRET.search(given):
        raise OSError(f"{_SECRET.sub('', given)}: a password must not stand in the address; set it in fsspec's own "
                      "settings, such as FSSPEC_FTP_PASSWORD")  # fmt: skip
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise OSError(f"{given}: fsspec is not installed; pip install 'parley-kg[scale]'") from error
    try:
        system, path = url_to_fs(given)
    except Exception as error:  # plugins raise errors of their own libraries
        raise OSError(_unopened(given, error)) from error
    return system, path


def _unopened(given: str, error: Exception) -> str:
    return f"{given}: cannot be opened ({' '.join(str(error).split())}); check the address"

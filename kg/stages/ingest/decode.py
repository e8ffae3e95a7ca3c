"""Bytes -> text: byte order mark, then declared encoding, then strict UTF-8. Nothing is guessed."""

from __future__ import annotations

import codecs
import re

from kg.errors import SourceError

# UTF-32 before UTF-16: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "a rich text file"),
    (b"\x7fELF", "a program"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,100}\bencoding\s*=\s*["']([\w.:-]+)|"""
    rb"""<meta[^>]{0,200}\bcharset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
# What browsers read under these labels (WHATWG Encoding Standard).
_LABELS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
           "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
           "iso-8859-9": "cp1254", "unicode": "utf-8"}  # fmt: skip


def decode(data: bytes, name: str, *, markup: bool = False) -> str:
    """The text of a source; with `markup`, an encoding declared within its first 2048 bytes counts.

    Raises:
        SourceError: It is empty or binary, or a byte does not fit the encoding.
    """
    if not data.strip():
        raise SourceError(f"{name}: the file is empty; give a file with text")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise SourceError(f"{name}: this is {what}, not text; save the article as text or HTML")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name, len(mark))
    nul = data.find(b"\x00")
    if nul >= 0:
        raise SourceError(f"{name}: byte {nul} is NUL, so this is not text; save the article as UTF-8 text or HTML")
    declared = _DECLARED.search(data[:2048]) if markup else None
    label = (declared[1] or declared[2]).decode("ascii", "replace").lower() if declared else "utf-8"
    # A document that could declare UTF-16 in single bytes is not UTF-16.
    encoding = "utf-8" if label.startswith("utf-16") else _LABELS.get(label, label)
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        raise SourceError(f"{name}: the declared encoding {label!r} is unknown; save the page as UTF-8") from error
    return _strict(data, encoding, name, 0)


def _strict(data: bytes, encoding: str, name: str, skipped: int) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        byte = data[error.start : error.start + 1].hex()
        raise SourceError(
            f"{name}: byte {error.start + skipped} (0x{byte}) is not valid {encoding.upper()}; save the file as UTF-8"
        ) from error
    nul = text.find("\x00")
    if nul >= 0:
        raise SourceError(f"{name}: character {nul} is NUL, so this is not text; save the article as UTF-8 text")
    return text

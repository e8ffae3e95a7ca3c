"""Requests over http: addresses that can be asked at all, and an opener that goes where it is sent and nowhere else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
)

if TYPE_CHECKING:
    from urllib.error import HTTPError
    from urllib.parse import SplitResult
    from urllib.request import BaseHandler


def split(address: str) -> SplitResult:
    """The parts of an http address.

    Raises:
        ValueError: it cannot be asked, and why; a password that stands in it is not told.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        sound = 0 < len(host.encode("idna")) < 254 and parts.port != 0
    except ValueError:
        sound = False
    if not sound or not re.fullmatch(r"[!-~]+", address):
        shown = re.sub(r"//[^/?#]*@", "//", address)
        raise ValueError(f"{shown}: no address of a server; write http://host:port/path, odd characters as %20")
    if "@" in parts.netloc:
        raise ValueError(f"{host}: a password must not stand in the address")
    return parts


def opener(*handlers: BaseHandler) -> OpenerDirector:
    """What opens http addresses. It follows no redirect: that would lose what is sent, or hand it to another server."""
    made = OpenerDirector()
    for one in (ProxyHandler(), HTTPHandler(), HTTPSHandler(), HTTPDefaultErrorHandler(), HTTPErrorProcessor(),
                *handlers):  # fmt: skip
        made.add_handler(one)
    return made


def reason(error: HTTPError) -> str:
    """What a server answers in the place of what it was asked for, on one line."""
    target = error.headers.get("Location") if error.headers else ""
    said = f"{error.code} {error.reason}" + (f" to {target}; give that address if you trust it" if target else "")
    return " ".join(said.split())[:300]


def pause(told: str | None) -> float:
    """The seconds of a `Retry-After`; 0 where it tells none, or a date."""
    return float(told) if told and told.isdecimal() else 0.0

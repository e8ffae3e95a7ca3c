"""What a graph was made by: the package, the word lists and the language model. Never a clock."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language


def package() -> str:
    """The version of the installed package."""
    return version("parley-kg")


@cache
def lexicon() -> str:
    """The first 12 hex digits of the SHA-256 over the word lists: changing a word changes it."""
    digest = hashlib.sha256()
    for file in sorted(files("kg.lexicon").iterdir(), key=lambda one: one.name):
        if file.name.endswith((".tsv", ".toml")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def generator(nlp: Language) -> str:
    """`parley-kg 0.1.0; lexicon 0123456789ab; en_core_web_sm 3.8.0`."""
    model = f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
    return f"parley-kg {package()}; lexicon {lexicon()}; {model}"

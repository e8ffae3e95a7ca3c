"""Prefixes, and stable readable names for things.

Names below the base are `Ref`s: `person/ryosei-akazawa`, `country/JP`, `event/talks-call-doe-roe`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, urlsplit

from kg.model import Ref

BASE = "https://w3id.org/parley/id/"
TERMS = "https://w3id.org/parley/terms#"
PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "id": BASE,
    "kg": TERMS,
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# Letters that NFKD leaves whole; without them "Łukasz" would lose its first letter.
_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe",
     "Œ": "OE", "ı": "i", "þ": "th", "Þ": "Th", "ð": "d", "ħ": "h"}
)  # fmt: skip


@lru_cache(maxsize=50_000)  # words of a corpus come again and again: 4 % of the time of all rules without it
def fold(text: str) -> str:
    """The text without diacritics and in lower case: "Šimková" -> "simkova"."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def slug(text: str, *, words: int = 12) -> str:
    """A readable name part: folded words joined by hyphens, at most `words` of them.

    A text without Latin letters or digits keeps its own letters, so that no two names fall together.
    """
    parts = re.findall(r"[a-z0-9]+", fold(text)) or re.findall(r"\w+", text)
    return "-".join(parts[:words]) or "x"


def ref(kind: str, *parts: str) -> Ref:
    """The name of a thing: `ref("person", "Ken Tanaka")` -> `person/ken-tanaka`."""
    return Ref(f"{kind}/" + "-".join(slug(part) for part in parts if part))


def document_iri(identity: str) -> str:
    """The IRI of a document: its URL, or its path below the base with unsafe characters escaped."""
    if urlsplit(identity).scheme in ("http", "https"):
        return quote(identity, safe=":/?&=+,;@!$'()*~%-._[]").replace("[", "%5B").replace("]", "%5D")
    return BASE + "document/" + quote(identity, safe="/-._~,@+=")


def sentence_iri(document: str, start: int, end: int) -> str:
    """The IRI of a sentence, which is also the name of its graph."""
    return f"{document_iri(document)}#char={start},{end}"


def iri(name: str) -> str:
    """The IRI of a Ref."""
    return BASE + quote(name, safe="/-._~,@+=")


def document_key(identity: str) -> str:
    """The readable part that scopes names of facts to a document: the stem, with a short digest below a folder or host.

    The digest (SHA-256, 5 of 64 hex digits) keeps `a/talks.txt` and `b/talks.txt` apart.
    """
    path = identity.rstrip("/")
    stem = slug(re.sub(r"\.(txt|html?|md|jsonl?)(?=$|#)", "", path.rsplit("/", 1)[-1]), words=8)
    if "/" not in path:
        return stem
    return f"{stem}-{hashlib.sha256(identity.encode()).hexdigest()[:5]}"

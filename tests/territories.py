"""Writes kg/lexicon/territories.tsv and states.tsv from the country library: `python -m tests.territories`.

The library (rigour, MIT licence) knows 29,000 names in all languages and takes 4 s to make its index of them in each
process; of these the lists keep the English names, the demonyms and the places within a state that `geography` reads.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rigour._core import territories_jsonl
from rigour.data import iter_jsonl_text
from rigour.territories import get_territories, lookup_territory

from kg.iris import fold
from kg.lexicon import table
from kg.stages.recognize.geography import key

if TYPE_CHECKING:
    from rigour.territories.territory import Territory

LEXICON = Path(__file__).parent.parent / "kg" / "lexicon"
_DEMONYM_ENDINGS = ("ese", "ish", "an", "i", "ss", "ek", "ch", "ic", "ois", "ite", "ak", "ot", "ene", "en", "er")
_NO_STATES = frozenset({"suhh", "yucs", "zz"})  # the Soviet Union, Yugoslavia, "unknown"
# Names that news does not use so: abbreviated counties that are common words, and given names and surnames.
_OTHERS = frozenset({
    "alan", "angus", "beds", "bene", "berks", "bucks", "cards", "ches", "clare", "cleveland", "corn", "cumb",
    "cyberspace", "douglas", "down", "flint", "frans", "gorey", "hamilton", "here", "hunts", "indi", "kerry",
    "lati", "mauri", "mayo", "montgomery", "para", "poli", "ramsey", "ruslan", "saga", "salop", "staf", "stanley",
    "suff", "tristan",
})  # fmt: skip
_PLACES = """\
# Names of states, demonyms, and places within a state, folded: small letters without diacritics and marks.
# Source: rigour (MIT licence); written by python -m tests.territories, which says what is kept.
# name\tcode\tkind (name, place)
"""
_STATES = """\
# English names of states and of what lies within them, with the Wikidata item.
# Source: rigour (MIT licence); written by python -m tests.territories.
# code\tname\titem
"""


def _bare(name: str) -> str:
    return fold(name).replace(" ", "").removeprefix("the")


def _english(bare: str, territory: Territory) -> bool:
    """Whether a name is an English one or a demonym: among the library's names of Greece is "Helen"."""
    own = [_bare(n) for n in (territory.name, territory.full_name, territory.in_sentence)]
    demonym = bare.endswith(_DEMONYM_ENDINGS) or bare.removesuffix("s").endswith(_DEMONYM_ENDINGS)
    return bare in own or (demonym and any(n.startswith(bare[:3]) for n in own))


def read(name: str) -> tuple[str, str] | None:
    """Code of the state and kind of a name that the library knows and the lists keep."""
    territory = lookup_territory(name)
    if territory is None or territory.code in _NO_STATES:
        return None
    bare = _bare(name)
    place = any(bare == _bare(p) for p in territory.places)
    if not place and not _english(bare, territory):
        return None
    while territory.parent is not None:
        territory, place = territory.parent, True
    return territory.code.upper(), "place" if place else "name"


def places() -> str:
    """The text of territories.tsv."""
    found: dict[str, tuple[str, str]] = {}
    for row in iter_jsonl_text(territories_jsonl()):
        kinds = ("names_strong", "names_weak", "places")
        for name in [row["name"], row.get("full_name") or "", *(n for kind in kinds for n in row.get(kind, ()))]:
            kept = len(name) > 3 and "(" not in name and key(name).isascii() and key(name) not in _OTHERS
            if kept and (state := read(name)):
                found.setdefault(key(name), state)
    return _PLACES + "".join(f"{name}\t{code}\t{kind}\n" for name, (code, kind) in sorted(found.items()))


def states() -> str:
    """The text of states.tsv."""
    used = {row[1] for name in ("territories", "countries", "capitals") for row in table(name)}
    known = sorted((t.code.upper(), t.name, t.qid or "") for t in get_territories() if t.code.upper() in used)
    return _STATES + "".join("\t".join(row) + "\n" for row in known)


def main() -> None:
    """Write both files."""
    (LEXICON / "territories.tsv").write_text(places(), encoding="utf-8")
    table.cache_clear()
    (LEXICON / "states.tsv").write_text(states(), encoding="utf-8")


if __name__ == "__main__":
    main()

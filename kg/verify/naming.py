"""Whether a sentence names or refers to a thing: by name, by surname or demonym, or by a word that may stand for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.stages.recognize.geography import country
from kg.verify.view import folded, has_phrase

if TYPE_CHECKING:
    from kg.result import IRI, Value
    from kg.verify.view import Passage, View

_STATES = ("schema:Country", "kg:Bloc")
_BODIES = ("org:FormalOrganization", "kg:UnnamedSource", "schema:Place")
_LONGEST = 5  # words in the name of a state
# Words that may stand for a thing named before. "both calls" and "the two calls" stand for no persons.
_PERSONS = re.compile(r"\b(?:he|him|his|she|her|hers|who|whom|whose|i|my|me|himself|herself)\b")
_GROUPS = re.compile(
    r"\b(?:they|them|their|we|us|our|sides?|parties|leaders|presidents|ministers|officials|envoys|counterparts?|"
    r"negotiators|teams?|delegations?|governments|countries|nations|pair|duo|each other|those (?:two|three|four)|"
    r"(?:the two|both)(?! \w+s\b))\b"
)
_STATE_WORDS = re.compile(r"\b(?:it|its|which|government|country|nation|bloc|administration|capital|authorities)\b")
_THINGS = re.compile(
    r"\b(?:it|they|them|these|those|there)\b|"
    r"\b(?:such|these|those|the|that|this) (?:\w+ ){0,3}?(?:tariffs?|duty|duties|levy|levies|measures?|goods|"
    r"products?|city|capital|issues?|talks|deal|agreement)\b"
)
_EMPTY = frozenset(["the", "a", "an", "of", "for", "and", "to", "in", "on", "with", "by", "at", "from", "s"])


def names(view: View, thing: Value, passage: Passage) -> bool:
    """Whether the sentence names the thing, or refers to it while the document names it elsewhere."""
    text = folded(passage.text)
    return _named(view, thing, passage.text, text) or _referred(view, thing, passage, text)


def _named(view: View, thing: Value, written: str, text: str) -> bool:
    labels = [folded(name) for name in view.names(thing)]
    if any(has_phrase(text, label) for label in labels):
        return True
    kinds = view.kinds(thing)
    if "schema:Person" in kinds:
        return any(has_phrase(text, part) for label in labels for part in _surnames(label))
    if kinds & set(_STATES):
        return code_of(view, thing) in codes(written) or _fellow(view, thing, text)
    if any(_stems(label) and _stems(label) <= _stems(text) for label in labels):
        return True
    if "org:Post" in kinds or "kg:Product" in kinds:
        heads = {w for label in labels for w in _stems(label)}
        wider = view.get(thing, "skos:broader")
        return bool(heads & _stems(text)) or any(_named(view, one, written, text) for one in wider)
    if kinds & set(_BODIES):
        return any(code_of(view, of) in codes(written) for of in view.get(thing, "kg:country"))
    return False


def _surnames(label: str) -> list[str]:
    words = label.split()
    return [w for w in (words[:1] + words[-1:]) if len(w) > 1]


def _fellow(view: View, state: Value, text: str) -> bool:
    """Whether the sentence names somebody who acts for the state."""
    for fellow in view.fellows.get(state, ()):
        for name in map(folded, view.names(fellow)):
            parts = [name, *_surnames(name)] if "schema:Person" in view.kinds(fellow) else [name]
            if any(has_phrase(text, part) for part in parts):
                return True
    return False


def _referred(view: View, thing: Value, passage: Passage, text: str) -> bool:
    """Whether a word of the sentence may stand for the thing, and the text up to here names it."""
    kinds, document = view.kinds(thing), passage.document.text
    # A pronoun takes up what was named; an office ("the Swiss president") may stand before the name, as in headlines.
    before = document[: passage.end]
    if "schema:Person" in kinds:
        described = _by_office(view, thing, text) or _by_state(view, thing, passage, text)
        before = document if described else before
        allowed = described or bool(_PERSONS.search(text) or _GROUPS.search(text))
    elif kinds & set(_STATES):
        fellows = view.fellows.get(thing, ())
        allowed = bool(_STATE_WORDS.search(text) or _GROUPS.search(text)) or any(
            _PERSONS.search(text) or _by_office(view, fellow, text) for fellow in fellows
        )
    elif kinds & {"org:FormalOrganization", "kg:UnnamedSource"}:
        labels = {w for name in view.names(thing) for w in _stems(folded(name))}
        allowed = bool(_STATE_WORDS.search(text) or _PERSONS.search(text) or labels & _stems(text))
    else:
        allowed = bool(_THINGS.search(text))
    return allowed and _named(view, thing, before, folded(before))


def _by_state(view: View, person: Value, passage: Passage, text: str) -> bool:
    """Whether the sentence has an office and the state that the person acts for: "Japan's envoy"."""
    office = _GROUPS.search(text) or any(has_phrase(text, folded(row[0])) for row in table("offices"))
    return bool(office) and any(
        code_of(view, state) in codes(passage.text) for state in view.get(person, "kg:represents")
    )


def _by_office(view: View, person: Value, text: str) -> bool:
    """Whether the sentence has a word of an office of the person: "the minister"."""
    offices = {w for post in view.posts.get(person, ()) for name in view.names(post) for w in _stems(folded(name))}
    return bool(offices & _stems(text))


def code_of(view: View, state: Value) -> str:
    """The code of a state or bloc, from its name: `id:country/JP` -> JP."""
    return next((str(code) for code in view.get(state, "schema:identifier")), "")


def codes(text: str) -> set[str]:
    """The codes of all states and blocs that the words name, also by demonym, capital or seat of government."""
    words = re.findall(r"[\w.&'’-]*[\w.]", text)
    words += [part for word in words if "-" in word for part in ("|", *word.split("-"))]  # "Japan-U.S."
    found = set()
    for start, first in enumerate(words):
        if not first[:1].isupper():
            continue
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
            phrase = " ".join(words[start:end])
            for form in {phrase, phrase.rstrip("."), re.sub(r"['’]s?$", "", phrase)}:
                known = country(form)
                found |= {known[0]} if known else set()
    return found


def _stems(text: str) -> set[str]:
    """Content words without a plural s: "imported cars" -> {imported, car}."""
    return {w[:-1] if len(w) > 3 and w.endswith("s") else w for w in text.split()} - _EMPTY


def person_fits(name: str, person: IRI) -> bool:
    """Whether a person's IRI is made of words of the name."""
    own = set(re.findall(r"\w+", person.rsplit("/", 1)[-1]))
    return bool(own & set(re.findall(r"\w+", folded(name))))

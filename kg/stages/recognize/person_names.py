"""Where personal names stand, and how far they go: by titles, appositions, capitals and the words around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members, words
from kg.stages.recognize.name_context import (
    HONORIFICS,
    PARTICLES,
    acts_as_person,
    alone_acts,
    apposed,
    behind_office,
    in_place,
    is_given,
    is_meant_by_he,
    is_name_word,
    name_words,
    of_firm,
    of_state,
    told_of_again,
)
from kg.stages.recognize.name_ends import HONOURS, NAME_LENGTH, month_like, name_end, pronoun_like, surname
from kg.stages.recognize.name_places import firm_before, only_a_place
from kg.stages.recognize.office_words import head_at, heads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.tokens import Token, Tokens


_BEFORE = PARTICLES - {"e", "y", "la", "do", "al", "el", "ten"}  # these are words of other kinds before a name
_SPOKEN = frozenset({"speak", "call", "conversation"})  # one speaks so with persons rather than with firms
_NEAR = 12  # tokens before a name in which that stands: "a conversation of about 40 minutes with Japan's Ken Tanaka"
_SAINT = frozenset({"st", "st.", "saint"})
_OTHER_NAMES = frozenset({"ORG", "FAC", "WORK_OF_ART", "LAW", "EVENT", "NORP", "LOC"})  # kinds of entity of the model
_MAYBE_PERSON = frozenset({"ORG", "GPE", "NORP", "FAC", "PRODUCT", "WORK_OF_ART", "LOC"})


def candidates(doc: Tokens, places: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Tokens [start, end) that may name a person: by the model, by capitals, by titles. They may overlap."""
    for ent in doc.ents:
        if ent.label_ == "PERSON":
            spot = in_place(doc, ent.start) or doc[ent.start].lower_ in _SAINT
            spot = spot or (ent.start > 0 and doc[ent.start - 1].lower_ in members("name_company", "craft"))
            spot = spot or only_a_place(doc, ent.start, ent.end)
            for part in _split(doc, ent.start, ent.end, places) if not (spot or firm_before(doc, ent.end)) else ():
                trimmed = _trim(doc, *part, places)
                if trimmed:
                    yield _grow(doc, *trimmed, places)
        elif ent.label_ in _MAYBE_PERSON and apposed(doc, ent.start, ent.end):
            trimmed = _trim(doc, ent.start, ent.end, places)
            if trimmed and len(name_words(doc, trimmed)) > 1:
                yield _grow(doc, *trimmed, places)
    yield from _runs(doc, places)
    yield from _titled(doc, places)


def _titled(doc: Tokens, places: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The names behind offices and words of courtesy: "Minister Jane Doe", "Secretary of State Jane Doe", "Mr. Doe"."""
    every = heads(doc)
    for i, token in enumerate(doc):
        at = every.get(i) if token.is_alpha and token.pos_ != "VERB" else None
        if at and at[2]:
            yield from _several(doc, at[0], places)
        elif at or token.lower_ in HONORIFICS:
            start = past_courtesy(doc, _after_of(doc, at[0] if at else i + 1))
            stop = name_end(doc, start, places)
            if stop > start:
                yield start, stop


def in_labels(doc: Tokens, labels: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The full names in labels of a transcript in capitals: "JANE DOE, SPOKESWOMAN", "MINISTER(,) JANE DOE".

    Who only asks there is a reporter or a medium: "EXAMPLE POST: And the signature?".
    """
    labels = tuple(labels)
    telling = {doc[first:end].text for first, end in labels if not _asks(doc, end)}
    for first, end in labels:
        head = max((at[0] for k in range(first, end) if (at := head_at(doc, k))), default=first)
        comma = max((k for k in range(head, end) if head > first and doc[k].text == ","), default=None)
        start = past_courtesy(doc, head if comma is None else comma + 1)
        start = first if start == end else start
        stop = start
        while stop < end and (doc[stop].text.isupper() or doc[stop].text == "-") and not head_at(doc, stop):
            stop += 1
        named = head > first or doc[first:end].text in telling
        common = words("not_names") | words("organizations")
        named = named and not any(t.lower_ in common for t in doc[start:stop])
        if 2 <= stop - start <= NAME_LENGTH and named and doc[start:stop].text.isupper():
            yield start, stop


def _asks(doc: Tokens, i: int) -> bool:
    """Whether the paragraph in which a token stands ends with a question."""
    while i + 1 < len(doc) and not doc[i + 1].is_space:
        i += 1
    return doc[i].text == "?"


def past_courtesy(doc: Tokens, k: int) -> int:
    """The first token behind words of courtesy that begin at a token: "His Excellency Dr", "the Rt Hon"."""
    stop = k
    if doc[stop : stop + 1].text.lower() in {"the", "his", "her", "their"}:
        stop += 1
    first = stop
    while stop < len(doc) and (doc[stop].lower_ in HONORIFICS or (stop > first and doc[stop].text == ".")):
        stop += 1
    return stop if stop > first else k


def _several(doc: Tokens, start: int, places: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The names behind an office in the plural: "finance ministers Ken Tanaka of Japan and Jane Doe of Canada"."""
    start = _past_states(doc, start, places)
    while start < len(doc) and (stop := name_end(doc, start, _unless_named(doc, start, places))) > start:
        if len(name_words(doc, (start, stop))) > 1:
            yield start, stop
        if stop + 1 < len(doc) and doc[stop].lower_ == "of":
            stop += 1
            while stop < len(doc) and (stop in places or doc[stop].lower_ == "the"):
                stop += 1
        while stop < len(doc) and (doc[stop].text == "," or doc[stop].lower_ == "and"):
            stop += 1
        start = stop


def _unless_named(doc: Tokens, k: int, places: frozenset[int]) -> frozenset[int]:
    """The tokens of places without one that a word of a name follows: "Ken Tanaka and Santiago Doe"."""
    following = doc[k + 1 : k + 2].text[:1].isupper() and k + 1 not in places
    return places - {k} if k in places and following else places


def _past_states(doc: Tokens, k: int, places: frozenset[int]) -> int:
    """Behind what links an office in the plural to names: "of Japan and Canada, [Ken Tanaka]", "are [Ken Tanaka]"."""
    if k < len(doc) and doc[k].lower_ in {"are", "were"}:
        return k + 1
    stop = k
    while stop < len(doc) and (stop in places or doc[stop].lower_ in {"of", "and", "the", ","}):
        stop += 1
    told = doc[k : k + 1].text == "of" and any(i in places for i in range(k, stop))
    opened = stop < len(doc) and doc[stop].text in {"(", "–", "—", ":"}
    return stop + opened if told and (opened or doc[stop - 1].text == ",") else k


def _runs(doc: Tokens, places: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Two to six capitalised words that the model took for nothing, or for another thing, where a person must stand."""
    i, ends = 0, {k: end for k, (end, _, _) in heads(doc).items()}
    tokens = list(doc)
    while i < len(tokens):
        low = tokens[i].lower_
        if (
            i in ends or not tokens[i].text[0].isupper() or i in places or low in HONORIFICS or in_place(doc, i)
            or (low in words("not_names") and not month_like(doc, i)) or low == "general" or _is_field(doc, i)
        ):  # fmt: skip
            i = ends.get(i, i + 1)  # the second word of "Secretary-General" begins no name
            continue
        stop = name_end(doc, i, places)
        i = max((k + 1 for k in range(i, stop) if k in ends or _polite(doc, k, stop)), default=i)
        if _is_person(doc, i, stop):
            yield i, stop
        i = max(stop, i + 1)


def _is_person(doc: Tokens, start: int, stop: int) -> bool:
    """Whether capitalised words name a person, by what stands around them."""
    span = doc[start:stop]
    if not 2 <= len(name_words(doc, (start, stop))) <= NAME_LENGTH or span.text.isupper():
        return False
    root = span.root
    if start and doc[start - 1].lower_ in _SAINT | members("name_company", "craft"):
        return False  # "St Andrew Hall", "the ferry Jane Doe"
    if (root.dep_ == "conj" and root.head.ent_type_ == "PERSON") or (
        acts_as_person(root) and any(t.dep_ == "conj" and t.ent_type_ == "PERSON" for t in root.children)
    ):
        return True
    if apposed(doc, start, stop) or behind_office(doc, start) or is_given(doc, start, stop):
        return True
    spoken = (t for t in doc[max(span.sent.start, start - _NEAR) : start] if t.lemma_ in _SPOKEN)
    partner = root.dep_ == "pobj" and root.head.lower_ == "with" and any(spoken)
    if of_state(doc, start) and of_firm(doc, start, stop):
        return False  # "India's Doe Forge"
    if of_state(doc, start) and _in_pair(doc, root):
        return True
    if of_state(doc, start):
        if partner or not any(t.ent_type_ in _OTHER_NAMES for t in span):
            return True  # "a call with Japan's Ken Tanaka"; "met with Germany's Doe Motors" is left to the model
        return alone_acts(root) or told_of_again(doc, stop) or is_meant_by_he(doc, stop, root)
    if root.dep_ == "pobj" and root.head.head.lemma_ in members("name_company", "led") and alone_acts(root):
        return not of_firm(doc, start, stop)
    return not any(t.ent_type_ in _OTHER_NAMES for t in span) and (acts_as_person(root) or told_of_again(doc, stop))


def _in_pair(doc: Tokens, root: Token) -> bool:
    """Whether "and" joins a name to that of a person of another state: "Latvia's Jane Doe and Estonia's John Roe"."""
    others = [root.head] if root.dep_ == "conj" else [t for t in root.children if t.dep_ == "conj"]
    return any(t.ent_type_ == "PERSON" and t.i > 1 and of_state(doc, t.i - 1) for t in others)


def _after_of(doc: Tokens, end: int) -> int:
    """Behind "of State" or "of Commerce" in "Secretary of State Jane Doe"."""
    if end + 1 >= len(doc) or doc[end].lower_ not in {"of", "for"} or not doc[end + 1].text[0].isupper():
        return end
    fields = words("office_fields")
    if doc[end + 1].lower_ not in fields:
        return end
    stop = end + 2
    while stop < len(doc) and (doc[stop].lower_ in {"and", "&"} or doc[stop].lower_ in fields):
        stop += 1
    return stop


def _split(doc: Tokens, start: int, end: int, places: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The parts of a span between "and", commas and line breaks, and before "of Kenya"."""
    first = start
    for i in range(start, end):
        of_place = doc[i].lower_ == "of" and i + 1 in places
        verb = doc[i].tag_ == "VBD" and doc[i].text.islower()  # "Jane Doe rang Roe", one name to the model
        if of_place or verb or doc[i].lower_ in {"and", "&", ","} or "\n" in doc[i].text:
            yield first, i
            first = i + 1
    yield first, end


def _trim(doc: Tokens, start: int, end: int, places: frozenset[int]) -> tuple[int, int] | None:
    """The name within a span: without titles, countries, possessives and stray lower-case words."""
    titles = (at[0] for k in range(max(start - 3, 0), start) if (at := head_at(doc, k)))
    polite = (k + 1 for k in range(start, end) if _polite(doc, k, end))
    start = max([start, *titles, *polite])
    while start < end and _before_name(doc, start, end, places):
        start += 1
    while end > start and (
        not is_name_word(doc[end - 1])
        or (doc[end - 1].lower_ in words("not_names") and not surname(doc, end - 1, start))
        or doc[end - 1].lower_ in {"'s", "’s"} or (doc[end - 1].lower_ in HONOURS and doc[end - 1].text.isupper())
    ):  # fmt: skip
        end -= 1
    if end <= start or all(i in places for i in range(start, end)) or _of_title(doc, start, end, places):
        return None
    return None if doc[start:end].text.isupper() and end - start > 1 else (start, end)


def _polite(doc: Tokens, k: int, end: int) -> bool:
    """Whether a word of courtesy stands before two words or more: "Industry Shri Ken Tanaka"."""
    return k < end - 2 and doc[k].lower_ in HONORIFICS


def _before_name(doc: Tokens, k: int, end: int, places: frozenset[int]) -> bool:
    """Whether a token at the head of a span is no part of the name."""
    token = doc[k]
    if not is_name_word(token) or token.lower_ in HONORIFICS or k in places or _is_title(doc, k, end):
        return True
    if (token.is_sent_start and token.pos_ == "VERB") or (token.lower_ == "general" and end - k > 2):
        return True  # "Visiting Ankara", "General Jane Doe"
    if (end - k > 2 and _is_field(doc, k)) or (token.is_sent_start and token.text == "Will" and k + 1 in places):
        return True  # "Will Mexico retaliate?"
    named = end - k > 1 and (pronoun_like(token) or month_like(doc, k))
    return token.lower_ in words("not_names") and not named


def _is_field(doc: Tokens, k: int) -> bool:
    """Whether a word ends what an office is of: "Minister of Foreign Affairs and [Cooperation] Jane Doe"."""
    fields = words("office_fields")
    return k > 0 and doc[k].lower_ in fields and doc[k - 1].lower_ in fields | {"of", "for", "and", "&"}


def _of_title(doc: Tokens, start: int, end: int, places: frozenset[int]) -> bool:
    """Whether the words are those of an office behind them: "Kenyan [Water Power] Minister", "Kenyan [Spy] Chief"."""
    field = doc[end - 1].lower_ in words("office_fields") or start - 1 in places
    return field and end < len(doc) and doc[end].text.istitle() and head_at(doc, end) is not None


def _is_title(doc: Tokens, start: int, end: int) -> bool:
    """Whether an office that ends within the span begins at its first token, or behind it."""
    return any((at := head_at(doc, k)) is not None and at[0] < end for k in (start, *range(start + 1, end - 1)))


def _grow(doc: Tokens, start: int, end: int, places: frozenset[int]) -> tuple[int, int]:
    """The span with the rest of a name that the model cut: "Jane [van der] Doe", "Tanaka[-Doe]"."""
    stop = max(end, name_end(doc, start, places)) if end - start <= NAME_LENGTH else end
    stop = next((k for k in range(end, stop) if head_at(doc, k) is not None), stop)
    while start > 1 and doc[start - 2].text[0].isupper():
        before = doc[start - 1]
        particle = before.lower_ in _BEFORE and start - 2 not in places
        if not particle and (before.text != "-" or before.whitespace_):
            break
        start -= 2
    return start, stop


def longest(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans without those that lie in, or overlap, a longer one; in order of the text."""
    kept: list[tuple[int, int]] = []
    for span in sorted(set(spans), key=lambda s: (s[0] - s[1], s)):
        if all(span[1] <= k[0] or span[0] >= k[1] for k in kept):
            kept.append(span)
    return sorted(kept)

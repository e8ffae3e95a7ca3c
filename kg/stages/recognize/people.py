"""Persons: every form of a name in one document put together to one person.

The model's PERSON spans find two names in three; titles, appositions, and surnames of full names seen anywhere in the
document find the rest (recall .66 -> .97 on the list of persons in `tests/data/gold/persons.jsonl`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from kg.iris import fold
from kg.lexicon import words
from kg.stages.recognize.geography import country
from kg.stages.recognize.offices import head_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from kg.stages.recognize.geography import Geo

_PARTICLES = frozenset(
    {"von", "van", "der", "den", "de", "da", "do", "dos", "di", "del", "della", "la", "le", "bin", "ibn", "al", "el",
     "ben", "abu", "ter", "ten", "zu", "y", "e"}
)  # fmt: skip
_HONORIFICS = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir", "dame", "lord", "lady", "miss", "sheikh", "sheik", "ayatollah", "prof.",
                         "professor", "gen.", "sen.", "rep.", "gov.", "hon.", "honourable", "honorable", "baroness", "cardinal"})  # fmt: skip
_NAME_LENGTH = 6
_ALIKE = 88  # token ratio above which two spellings of one surname are one person: "Zelensky" and "Zelenskyy" give 94


@dataclass(slots=True)
class Person:
    """One person of the document with all tokens that name him or her."""

    name: tuple[str, ...]  # words of the fullest form
    spans: list[tuple[int, int]] = field(default_factory=list)  # tokens, in order
    forms: dict[str, None] = field(default_factory=dict)
    honorifics: set[str] = field(default_factory=set)

    @property
    def label(self) -> str:
        """The fullest form as written."""
        return max(self.forms, key=lambda form: (len(form.split()) + form.count("-") / 9, len(form)))


def people(doc: Doc, geo: tuple[Geo, ...], kept: frozenset[int]) -> list[Person]:
    """All persons that the `kept` tokens of the article name, in the order of their first full naming."""
    places = frozenset(i for g in geo if g.code for i in range(g.start, g.end))  # a town no list knows may be a name
    spans = sorted({s for s in _candidates(doc, places) if s[0] in kept})
    spans = _longest(spans)
    full = [s for s in spans if _words(doc, s)[1:]]
    persons: list[Person] = []
    for span in full:
        _add(persons, doc, span)
    taken = frozenset(i for s in full for i in range(*s))
    known = {fold(p.name[-1]) for p in persons} | {fold(p.name[0]) for p in persons}
    for i in _single_tokens(doc, spans, taken, places, known, kept):
        _add_single(persons, doc, i)
    for person in persons:
        person.spans.sort()
    return [p for p in persons if p.spans]


def _words(doc: Doc, span: tuple[int, int]) -> tuple[str, ...]:
    """The words of a name, hyphenated ones whole."""
    return tuple(doc[span[0] : span[1]].text.replace("\n", " ").split())


def _candidates(doc: Doc, places: frozenset[int]) -> Iterator[tuple[int, int]]:
    for ent in doc.ents:
        if ent.label_ == "PERSON":
            for part in _split(doc, ent.start, ent.end):
                trimmed = _trim(doc, *part, places)
                if trimmed:
                    yield _grow(doc, *trimmed, places)
        elif ent.label_ in {"ORG", "GPE", "NORP", "FAC", "PRODUCT", "WORK_OF_ART", "LOC"} and _apposed(doc, ent.start, ent.end):
            trimmed = _trim(doc, ent.start, ent.end, places)
            if trimmed and len(_words(doc, trimmed)) > 1:
                yield _grow(doc, *trimmed, places)
    yield from _runs(doc, places)
    for i, token in enumerate(doc):
        if token.text[0].isupper() or token.lower_.removesuffix("s") in words("offices") or token.text.endswith("."):
            at = head_at(doc, i) if token.is_alpha and token.pos_ != "VERB" else None
            if at and at[2]:
                yield from _several(doc, at[0], places)
            end = at[0] if at and not at[2] else i + 1 if token.lower_ in _HONORIFICS else None
            if end is not None:
                end = _after_of(doc, end)
                stop = _name_end(doc, end, places)
                if stop > end:
                    yield end, stop


def _several(doc: Doc, start: int, places: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The names behind an office in the plural: "finance ministers Ken Tanaka of Japan and Jane Doe of Canada"."""
    while start < len(doc) and (stop := _name_end(doc, start, places)) > start:
        if len(_words(doc, (start, stop))) > 1:
            yield start, stop
        if stop + 1 < len(doc) and doc[stop].lower_ == "of":
            stop += 1
            while stop < len(doc) and (stop in places or doc[stop].lower_ == "the"):
                stop += 1
        while stop < len(doc) and (doc[stop].text == "," or doc[stop].lower_ == "and"):
            stop += 1
        if stop == start:
            return
        start = stop


def _runs(doc: Doc, places: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Two to four capitalised words that the model took for nothing, or for something else, where a person must stand."""
    i = 0
    while i < len(doc):
        if (
            doc[i].text[0].isupper() and i not in places and doc[i].lower_ not in words("not_names") | _HONORIFICS
            and not head_at(doc, i)
        ):  # fmt: skip
            stop = _name_end(doc, i, places)
            i = max((k + 1 for k in range(i, stop) if head_at(doc, k)), default=i)
            kinds = {doc[k].ent_type_ for k in range(i, stop)}
            joined = doc[i:stop].root.dep_ == "conj" and doc[i:stop].root.head.ent_type_ == "PERSON"
            free = joined or not kinds & {"ORG", "FAC", "WORK_OF_ART", "LAW", "EVENT", "NORP", "LOC"}
            if 2 <= len(_words(doc, (i, stop))) <= _NAME_LENGTH and not doc[i:stop].text.isupper() and (
                _apposed(doc, i, stop) or _behind_office(doc, i) or joined
                or (free and (_acts_as_person(doc[i:stop].root) or _told_of_again(doc, stop)))
            ):  # fmt: skip
                yield i, stop
            i = max(stop, i + 1)
        else:
            i += 1


def _told_of_again(doc: Doc, stop: int) -> bool:
    """Whether the last word of a name stands alone elsewhere where only a person can."""
    last = doc[stop - 1].text
    return any(
        t.text == last and t.i >= stop and t.pos_ == "PROPN" and not _in_longer_name(doc, t.i)
        and (_acts_as_person(t) or _apposed(doc, t.i, t.i + 1)) for t in doc
    )  # fmt: skip


def _behind_office(doc: Doc, i: int) -> bool:
    """Whether an office stands before the comma: "The French foreign minister, Jane Doe, met"."""
    if i < 2 or doc[i - 1].text != ",":
        return False
    return any((at := head_at(doc, k)) is not None and at[0] == i - 1 and not at[2] for k in (i - 2, i - 3) if k >= 0)


def _acts_as_person(root: Token) -> bool:
    """Whether a name stands where only a person can: it speaks, meets, calls or is met, called, received."""
    while root.dep_ in {"conj", "appos"} and root.head.i != root.i:
        root = root.head
    head = root.head
    if root.dep_ in {"nsubj", "nsubjpass", "dobj"}:
        return head.lemma_.lower() in words("human_verbs")
    if root.dep_ == "pobj" and head.lower_ in {"with", "by", "to"}:
        return head.head.lemma_.lower() in words("human_verbs")
    return root.dep_ == "poss" and head.lemma_.lower() in words("human_verbs")


def _after_of(doc: Doc, end: int) -> int:
    """Behind "of State" or "of Commerce" in "Secretary of State Jane Doe"."""
    if end + 1 < len(doc) and doc[end].lower_ in {"of", "for"} and doc[end + 1].text[0].isupper():
        stop = end + 2
        while stop < len(doc) and (doc[stop].lower_ in {"and", "&"} or (doc[stop].lower_ in words("office_fields"))):
            stop += 1
        if doc[end + 1].lower_ in words("office_fields"):
            return stop
    return end


def _split(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for i in range(start, end):
        if doc[i].lower_ in {"and", "&", ","} or "\n" in doc[i].text:
            yield first, i
            first = i + 1
    yield first, end


def _is_name_word(token: Token) -> bool:
    text = token.text
    if not text[0].isupper() or not any(c.isalpha() for c in text):
        return len(text) > 2 and text[:3].lower() in {"al-", "el-"}
    return text.replace("-", "").replace("'", "").replace("’", "").replace(".", "").isalpha()


def _trim(doc: Doc, start: int, end: int, places: frozenset[int]) -> tuple[int, int] | None:
    """The name within a span: without titles, countries, possessives and stray lower-case words."""
    start = max([start, *(at[0] for k in range(max(start - 3, 0), start) if (at := head_at(doc, k)) and at[0] > start)])
    while start < end and (
        not _is_name_word(doc[start]) or doc[start].lower_ in _HONORIFICS or start in places or _is_title(doc, start, end)
        or (doc[start].lower_ in words("not_names") and not (_pronoun_like(doc[start]) and end - start > 1))
    ):  # fmt: skip
        start += 1
    while end > start and (not _is_name_word(doc[end - 1]) or doc[end - 1].lower_ in words("not_names")
                           or doc[end - 1].lower_ in {"'s", "’s"}):  # fmt: skip
        end -= 1
    inner = [i for i in range(start, end) if i in places]
    if inner and len(inner) == end - start or end <= start or doc[start:end].text.isupper() and end - start > 1:
        return None
    return start, end


def _pronoun_like(token: Token) -> bool:
    """A capital "He" or "To" within a sentence is a name: "Vice Premier He Lifeng"."""
    return not token.is_sent_start and token.lower_ in {"he", "she", "to", "so", "do", "an", "it", "you", "we", "no", "may", "a"}


def _is_title(doc: Doc, start: int, end: int) -> bool:
    at = head_at(doc, start)
    if at and at[0] < end:
        return True
    return any(head_at(doc, k) and (head_at(doc, k) or (0,))[0] < end for k in range(start + 1, end - 1))


def _apposed(doc: Doc, start: int, end: int) -> bool:
    """Whether an office follows after a comma: "Cheng Li-chiun, the vice premier"."""
    if end >= len(doc) or doc[end].text != ",":
        return False
    for k in range(end + 1, min(end + 7, len(doc))):
        if doc[k].is_alpha and head_at(doc, k):
            return not doc[k + 1 : k + 2].text[:1].isupper() and all(_is_name_word(t) or t.text == "-" for t in doc[start:end])
        if doc[k].pos_ in {"VERB", "AUX", "PUNCT"}:
            return False
    return False


def _name_end(doc: Doc, start: int, places: frozenset[int]) -> int:
    """End of a personal name that begins at a token: up to five capitalised words, particles and hyphens."""
    i, n = start, 0
    while i < len(doc) and n < _NAME_LENGTH and not (i > start and "\n" in doc[i - 1].text):
        token = doc[i]
        if i in places or token.ent_type_ in {"DATE", "TIME", "PERCENT", "MONEY"} or (token.is_sent_start and i > start):
            break
        is_word = token.lower_ not in words("not_names") or (n == 0 and i > 0 and _pronoun_like(token))
        if _is_name_word(token) and is_word and not (head_at(doc, i) and n == 0):
            n += 1
        elif n and token.text == "-" and not doc[i - 1].whitespace_ and i + 1 < len(doc) and not token.whitespace_:
            i += 2
            continue
        elif token.lower_ in _PARTICLES and i + 1 < len(doc) and (doc[i + 1].text[0].isupper() or doc[i + 1].lower_ in _PARTICLES):
            n += 1 if n else 0
        else:
            break
        i += 1
    while i > start and not _is_name_word(doc[i - 1]) and not doc[i - 1].text[0].isalpha():
        i -= 1
    return i if n else start


def _grow(doc: Doc, start: int, end: int, places: frozenset[int]) -> tuple[int, int]:
    """The span with the rest of a name that the model cut: "Ursula [von der] Leyen", "Keller[-Sutter]"."""
    stop = max(end, _name_end(doc, start, places)) if end - start <= _NAME_LENGTH else end
    while start > 0 and (
        (doc[start - 1].lower_ in _PARTICLES and doc[start - 1].lower_ not in {"e", "y", "la", "do", "al", "el", "ten"} and start > 1
         and doc[start - 2].text[0].isupper() and start - 2 not in places)
        or (doc[start - 1].text == "-" and not doc[start - 1].whitespace_ and start > 1 and doc[start - 2].text[0].isupper())
    ):  # fmt: skip
        start -= 2
    return start, stop


def _longest(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans without those that lie in, or overlap, a longer one."""
    kept: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        if all(span[1] <= k[0] or span[0] >= k[1] for k in kept):
            kept.append(span)
    return sorted(kept)


def _single_tokens(doc: Doc, spans: list[tuple[int, int]], taken: frozenset[int], places: frozenset[int],
                   known: set[str], kept: frozenset[int]) -> Iterator[int]:  # fmt: skip
    """Tokens that are a name alone: surnames of full names, and single names that the model or a title vouches for."""
    alone = {s[0] for s in spans if s[1] - s[0] == 1 or not _words(doc, s)[1:]}
    alone |= {t.i for t in doc if t.pos_ == "PROPN" and t.ent_type_ in {"", "GPE", "ORG", "PERSON"} and t.i not in places
              and t.text[0].isupper() and not _in_longer_name(doc, t.i)
              and (_acts_as_person(t) or (t.dep_ == "conj" and t.head.i in taken))}  # fmt: skip
    for i, token in enumerate(doc):
        if i in taken or i not in kept or not token.text[0].isupper() or _inside_hyphen(doc, i):
            continue
        folded = fold(_hyphenated(doc, i))
        if i in alone or (folded in known and i not in places):
            if token.is_sent_start and token.lower_ in words("not_names") and folded not in known:
                continue
            yield i


def _inside_hyphen(doc: Doc, i: int) -> bool:
    return i > 1 and doc[i - 1].text == "-" and not doc[i - 2].whitespace_ and not doc[i - 1].whitespace_


def _hyphenated(doc: Doc, i: int) -> str:
    """The word that begins at a token, with parts joined by hyphens without blanks."""
    text, k = doc[i].text, i
    while k + 2 < len(doc) and doc[k + 1].text == "-" and not doc[k].whitespace_ and not doc[k + 1].whitespace_:
        text += "-" + doc[k + 2].text
        k += 2
    return text


def _same(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of several words are forms of one: one's words within the other's, or a slip of spelling."""
    x, y = [fold(w) for w in a], [fold(w) for w in b]
    if x == y or set(x) <= set(y) or set(y) <= set(x) or sorted(x) == sorted(y):
        return x[-1] == y[-1] or sorted(x) == sorted(y) or x[0] == y[0]
    if len(x) > 1 and len(y) > 1 and x[-1] == y[-1] and x[0][0] == y[0][0] and min(len(x[0]), len(y[0])) <= 2:
        return True  # "J. Doe" and "Jane Doe"
    return x[0] == y[0] and len(x) == len(y) and len(x[-1]) > 4 and fuzz.ratio(x[-1], y[-1]) >= _ALIKE


def _add(persons: list[Person], doc: Doc, span: tuple[int, int]) -> None:
    name = _words(doc, span)
    person = next((p for p in persons if _same(p.name, name)), None)
    if person is None:
        person = Person(name)
        persons.append(person)
    elif len(name) > len(person.name):
        person.name = name
    _mention(person, doc, span)


def _add_single(persons: list[Person], doc: Doc, i: int) -> None:
    text = _hyphenated(doc, i)
    end = i + 1 + 2 * text.count("-") if text != doc[i].text else i + 1
    folded = fold(text)
    fits = [p for p in persons if fold(p.name[-1]) == folded] or [p for p in persons if fold(p.name[0]) == folded]
    if not fits and len(folded) > 4:
        fits = [p for p in persons if len(p.name) > 1 and fuzz.ratio(fold(p.name[-1]), folded) >= _ALIKE + 4]
    if len(fits) > 1:  # two persons of one surname: the one named last before
        fits = [max(fits, key=lambda p: max((s[0] for s in p.spans if s[0] < i), default=-1))]
    if fits:
        _mention(fits[0], doc, (i, end))
    elif _plausible(doc, i) and (
        (doc[i].ent_type_ == "PERSON" and not doc[i].is_sent_start) or _acts_as_person(doc[i]) or _titled(doc, i) or _beside(persons, doc[i])
    ):
        person = Person((text,))
        persons.append(person)
        _mention(person, doc, (i, end))


def _in_longer_name(doc: Doc, i: int) -> bool:
    return any(
        0 <= k < len(doc) and doc[k].text[0].isupper() and doc[k].pos_ == "PROPN" and not head_at(doc, k)
        and doc[k].lower_ not in _HONORIFICS for k in (i - 1, i + 1)
    )  # fmt: skip


def _beside(persons: list[Person], token: Token) -> bool:
    """Whether the word is joined by "and" to a person's name."""
    return token.dep_ == "conj" and any(s <= token.head.i < e for p in persons for s, e in p.spans)


def _titled(doc: Doc, i: int) -> bool:
    return i > 0 and (doc[i - 1].lower_ in words("offices") or doc[i - 1].lower_ in _HONORIFICS)


def _plausible(doc: Doc, i: int) -> bool:
    """Whether a lone word that no full name explains may stand for a person."""
    token = doc[i]
    if token.is_sent_start and token.ent_type_ != "PERSON" and not any(
        t.text == token.text and t.i != i and not t.is_sent_start for t in doc
    ):
        return False  # a word with a capital because it begins the sentence
    if head_at(doc, i) or (token.ent_type_ == "ORG" and not _titled(doc, i)):
        return False
    if token.pos_ not in {"PROPN", "NOUN"} or (token.dep_ in {"amod", "compound", "nmod"} and not token.head.text[0].isupper()):
        return False
    if any(t.text == token.text and _in_longer_name(doc, t.i) for t in doc):  # "Northfield" of "Northfield Town"
        return False
    return len(token.text) > 1 and not token.text.isupper() and country(token.text) is None and token.lower_ not in words("not_names")


def _mention(person: Person, doc: Doc, span: tuple[int, int]) -> None:
    if span in person.spans:
        return
    person.spans.append(span)
    person.forms.setdefault(" ".join(doc[span[0] : span[1]].text.split()))
    before = doc[span[0] - 1].lower_.rstrip(".") if span[0] else ""
    if before in {"mr", "mrs", "ms", "miss", "sir", "dame", "lord", "lady"}:
        person.honorifics.add(before)


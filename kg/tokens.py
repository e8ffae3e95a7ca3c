"""The parsed text as plain Python objects, made once for each document.

The rules ask each token for its words, its head and its children many thousand times. spaCy makes a new object for
every one of these questions; here they are attributes: stage 4 took 13.9 ms a document before, and 7.5 ms with them
(155 documents of the corpus). The names are spaCy's, so that rules read as usual.
"""

from __future__ import annotations

from functools import lru_cache, wraps
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from spacy.strings import StringStore
    from spacy.tokens import Doc

R = TypeVar("R")
_WORDS = ("ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE")  # given as numbers of strings
_FLAGS = ("SPACY", "IS_ALPHA", "IS_DIGIT", "IS_PUNCT", "IS_SPACE", "LIKE_NUM")
_KEPT = 50_000  # strings: 5 MB
_PLACE = attrgetter("i")


class Token:
    """One token with the attributes of spaCy's that the rules read."""

    __slots__ = (
        "_below", "children", "dep_", "doc", "ent_type_", "head", "i", "idx", "is_alpha", "is_digit", "is_punct",
        "is_sent_start", "is_space", "lemma_", "like_num", "lower_", "pos_", "sent", "tag_", "text", "whitespace_",
    )  # fmt: skip
    head: Token
    sent: Span

    def __init__(self, doc: Tokens, i: int, idx: int, words: Sequence[str], flags: Sequence[bool]) -> None:
        self.doc, self.i, self.idx = doc, i, idx
        self.text, self.lower_, self.lemma_, self.pos_, self.tag_, self.dep_, self.ent_type_ = words
        space, self.is_alpha, self.is_digit, self.is_punct, self.is_space, self.like_num = flags
        self.whitespace_ = " " if space else ""
        self.is_sent_start = False
        self.children: Sequence[Token] = ()  # in order of the text
        self._below: list[Token] | None = None

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    def __lt__(self, other: Token) -> bool:
        return self.i < other.i

    @property
    def subtree(self) -> Iterator[Token]:
        """The token and all below it, in order of the text."""
        return iter(self._subtree())

    def _subtree(self) -> list[Token]:
        """The same as a list, which is kept: the rules of all relations look below the same verbs."""
        if self._below is None:
            left = [t for c in self.children if c.i < self.i for t in c._subtree()]
            self._below = [*left, self, *(t for c in self.children if c.i > self.i for t in c._subtree())]
        return self._below

    @property
    def ancestors(self) -> Iterator[Token]:
        """The heads above the token, nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def is_ancestor(self, other: Token) -> bool:
        """Whether the other token stands somewhere below this one."""
        return any(above is self for above in other.ancestors)

    @property
    def left_edge(self) -> Token:
        """The first token of the subtree."""
        return min(self._subtree(), key=_PLACE)

    @property
    def right_edge(self) -> Token:
        """The last token of the subtree."""
        return max(self._subtree(), key=_PLACE)

    def nbor(self, i: int = 1) -> Token:
        """The token so many places further on."""
        return self.doc.tokens[self.i + i]


class Span:
    """The tokens [start, end) of a text."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Tokens, start: int, end: int, label: str = "") -> None:
        self.doc, self.start, self.end, self.label_ = doc, start, end, label

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, slice):
            start, stop, _ = at.indices(len(self))
            return Span(self.doc, self.start + start, self.start + max(start, stop))
        return self.doc.tokens[range(self.start, self.end)[at]]

    @property
    def start_char(self) -> int:
        """Offset of the first character."""
        tokens = self.doc.tokens
        return tokens[self.start].idx if self.start < len(tokens) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """Offset behind the last character."""
        if self.end == self.start:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """The words as they stand in the text."""
        tokens = self.doc.tokens
        if self.start == self.end:
            return ""
        last = tokens[self.end - 1]
        return self.doc.text[tokens[self.start].idx : last.idx + len(last.text)]

    @property
    def sent(self) -> Span:
        """The sentence of the first token."""
        return self.doc.tokens[self.start].sent

    @property
    def root(self) -> Token:
        """The token with the shortest way to the root of its sentence; white space and marks only if nothing else."""
        inside = self.doc.tokens[self.start : self.end]
        for token in inside:
            if token.head is token:
                return token
        tops = [t for t in inside if not self.start <= t.head.i < self.end]
        if len(tops) > 1:
            tops = [t for t in tops if t.children or not (t.is_space or t.is_punct)] or tops[:1]
        return min(tops, key=lambda t: (sum(1 for _ in t.ancestors), t.i), default=self.doc.tokens[self.start])


class _Strings(dict[int, str]):
    """The strings of numbers of spaCy, kept: one object for each word, whose hash is known to the sets of the rules."""

    def __init__(self, store: StringStore) -> None:
        self.store = store

    def __missing__(self, number: int) -> str:
        if len(self) >= _KEPT:
            self.clear()
        found = self[number] = self.store[number] if number else ""
        return found


@lru_cache(maxsize=1)
def _strings(store: StringStore) -> _Strings:
    return _Strings(store)


class Tokens:
    """A parsed text: its tokens, sentences and named spans."""

    __slots__ = ("answers", "ents", "sents", "source", "text", "tokens")

    def __init__(self, doc: Doc) -> None:
        self.source = doc
        self.answers: dict[Callable[..., Any], Any] = {}  # of questions about the whole text, see `of_text`
        columns, flags = doc.to_array([*_WORDS]).T.tolist(), (doc.to_array([*_FLAGS]) != 0).tolist()
        name = _strings(doc.vocab.strings).__getitem__
        idx, begins, heads = doc.to_array(["IDX", "SENT_START", "HEAD"]).view("int64").T.tolist()
        rows = zip(idx, zip(*(map(name, column) for column in columns), strict=True), flags, strict=True)
        self.tokens = tokens = [Token(self, i, *row) for i, row in enumerate(rows)]
        self.text = "".join(t.text + t.whitespace_ for t in tokens)
        below: dict[int, list[Token]] = {}  # a leaf keeps no list: less to clear away
        for i, distance in enumerate(heads):
            tokens[i].head = tokens[i + distance]
            if distance:
                below.setdefault(i + distance, []).append(tokens[i])
        for i, children in below.items():
            tokens[i].children = children
        starts = [i for i, begin in enumerate(begins) if begin == 1]
        for i in starts:
            tokens[i].is_sent_start = True
        self.sents = [Span(self, a, b) for a, b in pairwise([*starts, len(tokens)])]
        for sent in self.sents:
            for token in tokens[sent.start : sent.end]:
                token.sent = sent
        self.ents = [Span(self, e.start, e.end, e.label_) for e in doc.ents]

    def to_array(self, names: list[int | str]) -> NDArray[np.float64]:
        """Attributes of all tokens as numbers, from spaCy."""
        return self.source.to_array(names)

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, int):
            return self.tokens[at]
        start, stop, _ = at.indices(len(self.tokens))
        return Span(self, start, max(start, stop))

    def char_span(self, start: int, end: int, *, alignment_mode: str) -> Span | None:
        """The tokens of a stretch of characters; the modes are spaCy's."""
        found = self.source.char_span(start, end, alignment_mode=alignment_mode)
        return Span(self, found.start, found.end) if found is not None else None


def of_text(ask: Callable[[Tokens], R]) -> Callable[[Tokens], R]:
    """A question about a whole text, answered once for each: which tokens have what many rules look for."""

    @wraps(ask)
    def answer(doc: Tokens) -> R:
        known = doc.answers
        if ask not in known:
            known[ask] = ask(doc)
        return cast("R", known[ask])

    return answer


def of_token(ask: Callable[[Token], R]) -> Callable[[Token], R]:
    """A question about one token that its parse alone answers, answered once. Nobody may change what it answers."""

    @wraps(ask)
    def answer(token: Token) -> R:
        answers = token.doc.answers
        known: dict[int, R] | None = answers.get(ask)
        if known is None:
            known = answers[ask] = {}
        if token.i not in known:
            known[token.i] = ask(token)
        return known[token.i]

    return answer

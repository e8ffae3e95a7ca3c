"""What the language model says of a word without looking at its neighbours, reckoned once for each word.

The first layers of the model turn the features of a token into a vector before any layer looks around, and the
attribute ruler and the lemmatizer ask hardly more than the word, its tag and its dependency. Most words of a text were
seen before; what that saves is in the line "model" of `benchmarks.speed`, and the bytes are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc
from thinc.api import Model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    Rows: TypeAlias = NDArray[Any]

MOST = 1 << 15  # words: 13 MB of vectors for each embedding; all is forgotten when they are more
_EMBEDDING = ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]
STEPS = ("attribute_ruler", "lemmatizer")
_ASKED = ("ORTH", "TAG", "DEP")
_GIVEN = ("TAG", "POS", "MORPH", "LEMMA", "DEP")
_PATTERN = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})  # what follows from what is asked


class Remembered:
    """A function from rows of numbers to rows of numbers, asked once for each row."""

    def __init__(self, ask: Callable[[Rows], Rows]) -> None:
        self.ask = ask
        self.places: dict[bytes, int] = {}
        self.answers: Rows = np.empty((0, 0))

    def __call__(self, rows: Rows) -> Rows:
        """What it gives for some rows."""
        keys = np.ascontiguousarray(rows).view(f"V{rows.itemsize * rows.shape[1]}").ravel().tolist()
        places = self.places
        if len(places) > MOST:
            places.clear()
        new = {key: i for i, key in enumerate(keys) if key not in places}
        if new:
            begin, end = len(places), len(places) + len(new)
            answers = self.ask(rows[[*new.values()]])
            if end > len(self.answers) or not places:
                self.answers = np.resize(self.answers[:begin].astype(answers.dtype), (2 * end, answers.shape[1]))
            self.answers[begin:end] = answers
            places.update(zip(new, range(begin, end), strict=True))
        return self.answers[[places[key] for key in keys]]


class Words:
    """The tokenizer of spaCy, with each word tokenized once.

    It remembers what it made of a word only if no special case ("'s", "U.S.") stands before it in the text, so in news
    hardly any; a word by itself it remembers.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.tokenizer.max_cache_size = MOST
        self.seen: set[str] = set()

    def __call__(self, text: str) -> Doc:
        """The tokens of a text."""
        if len(self.seen) < MOST:
            new = {*text.split()} - self.seen
            self.seen |= new
            for word in new:
                self.tokenizer(word)
        doc: Doc = self.tokenizer(text)
        return doc


def embeddings(model: Model[Any, Any]) -> Iterator[tuple[Model[Any, Any], int]]:
    """Where in a model the layers stand that make a vector of a token alone: the layer above and the place there."""
    for above in model.walk():
        for i, layer in enumerate(above.layers):
            if [inner.name.split("(")[0] for inner in layer.layers] == _EMBEDDING:
                yield above, i


def remembering(embedding: Model[Any, Any]) -> Model[Any, Any]:
    """The same layers, for use only and not for training, asked once for each combination of features."""
    extract, *layers = embedding.layers

    def vectors(rows: Rows) -> Rows:
        found: Any = [rows]
        for layer in layers:
            found = layer.predict(found)
        return found[0]  # type: ignore[no-any-return]

    known = Remembered(vectors)

    def forward(_: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Rows], Callable[..., Any]]:
        if is_train or not any(map(len, docs)):
            return embedding(docs, is_train)
        features = extract.predict(docs)
        found = known(np.concatenate(features))
        return np.split(found, np.cumsum([len(one) for one in features])[:-1]), lambda _: []

    return Model(f"remembered({embedding.name})", forward, layers=[embedding], dims={"nO": embedding.get_dim("nO")})


class Attributes:
    """The attribute ruler with the lemmatizer: both decide by a word, its tag and its dependency, but for few patterns.

    These patterns of several tokens ("gon na") are matched first, and what they touch is left to spaCy alone.
    """

    def __init__(self, nlp: Language) -> None:
        self.vocab, self.steps = nlp.vocab, [nlp.get_pipe(name) for name in STEPS]
        self.several = Matcher(nlp.vocab)
        self.several.add("several", [one for one in _patterns(nlp) if len(one) > 1] or [[{"ORTH": "\n\n\n"}] * 9])
        self.known = Remembered(self._alone)

    def __call__(self, doc: Doc) -> Doc:
        """Fill in what the two steps would."""
        if not len(doc):
            return doc
        rows = doc.to_array([*_ASKED])
        given = self.known(rows)
        for _, start, end in self.several(doc, allow_missing=True):
            given[start:end] = self._in_a_row(rows[start:end]).to_array([*_GIVEN])
        return doc.from_array([*_GIVEN], given)  # type: ignore[arg-type]  # the types of thinc

    def _alone(self, rows: Rows) -> Rows:
        """What spaCy gives some words that do not stand together."""
        doc = self._in_a_row(rows)
        if len(rows) == 1 or not self.several(doc, allow_missing=True):
            return doc.to_array([*_GIVEN])
        return np.concatenate([self._alone(rows[i : i + 1]) for i in range(len(rows))])

    def _in_a_row(self, rows: Rows) -> Doc:
        """A text of some words, with what spaCy gives them."""
        doc = Doc(self.vocab, words=[self.vocab.strings[word] for word in rows[:, 0].tolist()])
        doc.from_array([*_ASKED[1:]], rows[:, 1:])  # type: ignore[arg-type]
        for step in self.steps:
            step(doc)
        return doc


def _patterns(nlp: Language) -> list[list[dict[str, Any]]]:
    """The patterns of the attribute ruler."""
    ruler: Any = nlp.get_pipe(STEPS[0])
    return [one for rule in ruler.patterns for one in rule["patterns"]]


def remember(nlp: Language) -> None:
    """Let a pipeline ask once what follows from a word alone, as far as its parts are such as the small model has."""
    if isinstance(nlp.tokenizer, Tokenizer):
        nlp.tokenizer = Words(nlp.tokenizer)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for above, i in [*embeddings(model)] if isinstance(model, Model) else ():
            above.layers[i] = remembering(above.layers[i])
    asked = {key for pattern in _patterns(nlp) for token in pattern for key in token}
    own = "morphologizer" in nlp.pipe_names or getattr(nlp.get_pipe(STEPS[1]), "mode", "") != "rule"
    if asked <= _PATTERN and not own:
        Language.factory("attributes", func=lambda nlp, name: Attributes(nlp))  # noqa: ARG005  # spaCy gives the name
        nlp.add_pipe("attributes", before=STEPS[0])
        nlp.select_pipes(disable=[*STEPS])

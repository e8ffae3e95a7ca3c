"""From sources to a graph: the seven stages, in order. Stages 1 to 5 see one document; joining puts all together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from kg.corrections import apply
from kg.errors import DocumentFailed, KGError, ValidationFailed
from kg.iris import iri
from kg.join import join
from kg.model import Document, Known, LeftOut
from kg.relevance import relevant
from kg.stages.ingest import read
from kg.stages.parse import parse
from kg.stages.recognize import recognize
from kg.stages.relate import relate
from kg.stages.resolve import resolve
from kg.stages.state import known, lines
from kg.stages.validate import check, violations
from kg.store import Graph
from kg.version import generator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from spacy.language import Language

    from kg.corrections import Corrections
    from kg.model import DocumentFacts
    from kg.tokens import Tokens


BATCH = 16  # documents that are parsed together; alone each takes a tenth longer, and more together save nothing
Read: TypeAlias = "Document | LeftOut | Known | KGError"


def facts(
    sources: Iterable[str | Path],
    nlp: Language,
    *,
    root: Path | None = None,
    name: str | None = None,
    only_relevant: bool = False,
) -> Iterator[DocumentFacts | LeftOut | Known | KGError]:
    """The checked facts of each document, in order; in the place of one that fails, the error that says why.

    Args:
        sources: Files, folders, or "-" for standard input.
        nlp: The language model, from `kg.stages.parse.load`.
        root: Documents without a web address are named by their path from here; the current folder by default.
        name: The name of the document on standard input.
        only_relevant: Leave out documents that show no sign of negotiations.
    """
    for batch in batches(documents(sources, root=root, name=name, only_relevant=only_relevant)):
        yield from facts_of_batch(batch, nlp)


def documents(
    sources: Iterable[str | Path],
    *,
    root: Path | None = None,
    name: str | None = None,
    only_relevant: bool = False,
    known: Callable[[Document], bool] | None = None,
) -> Iterator[Read]:
    """The documents of the sources, in order, with those left out and the errors in their places.

    Args:
        sources: As in `facts`, like the options that are not named here.
        root: As there.
        name: As there.
        only_relevant: As there.
        known: Whether a document was read already, so that nothing needs to be read again.
    """
    for one in read(sources, root=root, name=name, wanted=relevant if only_relevant else None):
        if known and isinstance(one, Document) and known(one):
            yield Known(one.id)
        elif only_relevant and isinstance(one, Document) and not relevant(one.text):
            yield LeftOut(one.id)
        else:
            yield one


def batches(found: Iterable[Read]) -> Iterator[tuple[Read, ...]]:
    """The documents in batches of BATCH to parse; what is not parsed goes with them, and fills none."""
    batch: list[Read] = []
    wanted = 0
    for one in found:
        batch.append(one)
        wanted += isinstance(one, Document)
        if wanted == BATCH or len(batch) == 64 * BATCH:
            yield tuple(batch)
            batch, wanted = [], 0
    if batch:
        yield tuple(batch)


def facts_of_batch(batch: Iterable[Read], nlp: Language) -> Iterator[DocumentFacts | LeftOut | Known | KGError]:
    """What each document of a batch gave, in order."""
    batch = tuple(batch)
    made_by = generator(nlp)
    parsed = parse((one for one in batch if isinstance(one, Document)), nlp)
    for one in batch:
        if isinstance(one, Document):
            document, doc = next(parsed)
            yield _facts_or_error(document, doc, made_by)
        else:
            yield one


def _facts_or_error(document: Document, doc: Tokens, made_by: str) -> DocumentFacts | KGError:
    """One document that fails must not end the others."""
    try:
        return facts_of(document, doc, made_by)
    except KGError as error:
        return error
    except Exception as error:
        failure = DocumentFailed(f"{document.id}: {type(error).__name__}: {error}; this is a defect, please report it")
        failure.__cause__ = error
        return failure


def facts_of(document: Document, doc: Tokens, made_by: str) -> DocumentFacts:
    """The facts of one parsed document. A fact that breaks a shape is left out, and the document says so.

    Raises:
        ValidationFailed: What is left breaks a shape of the ontology.
    """
    mentions = recognize(document, doc)
    claims = relate(document, doc, mentions)
    return _without_broken(resolve(document, doc, mentions, claims, generator=made_by))


def _without_broken(found: DocumentFacts) -> DocumentFacts:
    """The facts without those that break a shape, each told in a warning: one misread sentence costs no document."""
    broken = {v.thing: v for v in violations(known(join([found])))}
    if not broken:
        return found
    gone = {fact.id for fact in found.facts if iri(fact.id) in broken}
    lost = [f"left out {broken[iri(name)]}" for name in sorted(gone)]
    kept = tuple(fact for fact in found.facts if fact.id not in gone)
    kept = tuple(replace(f, assertions=tuple(a for a in f.assertions if a.value not in gone)) for f in kept)
    document = replace(found.document, warnings=(*found.document.warnings, *lost))
    return checked(replace(found, document=document, facts=kept))


def checked(found: DocumentFacts) -> DocumentFacts:
    """The same facts, if they make a valid graph by themselves.

    Raises:
        ValidationFailed: They break a shape of the ontology.
    """
    try:
        check([*known(join([found]))])
    except ValidationFailed as error:
        told = (f"{found.document.id}: {line}" for line in str(error).splitlines())
        raise ValidationFailed("\n".join(told)) from error
    return found


def graph(
    documents: Sequence[DocumentFacts], *, corrections: Corrections | None = None, text: bool = True
) -> Graph:
    """The graph of what the documents say together.

    Args:
        documents: Checked facts, in any order.
        corrections: A user's judgements, which go before what was read.
        text: False leaves out all words copied from the documents; offsets stay.

    Raises:
        ValidationFailed: They break a shape together.
    """
    joined = join(documents)
    found = lines(apply(joined, corrections) if corrections else joined, text=text)
    alone = len(documents) == 1 and corrections is None  # and so checked already
    return Graph.from_lines(found if alone else check(found))

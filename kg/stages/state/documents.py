"""Quads of documents, their sentences and their reader comments."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote

from kg.iris import document_iri, ref, slug
from kg.model import Ref
from kg.stages.state.terms import article, date, integer, line, node, sentence, term, text, web

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.model import Comment, DocumentFacts
    from kg.ntriples import Line

Span: TypeAlias = tuple[int, int]
# A node that several documents name, its class, and a spelling of its name: publisher, author, commenter, version.
Shared: TypeAlias = tuple[str, str, str]
_ACTIVITY = "prov:Activity"


def quads(
    facts: DocumentFacts, cited: Iterable[Span], named: Mapping[Span, frozenset[Ref]], *, words: bool
) -> Iterator[Line]:
    """A document, the sentences that something points to, and the comments, in the default graph.

    Args:
        facts: The document.
        cited: The sentences that facts rest on.
        named: The entities that each sentence names, from `mentions`.
        words: Whether sentences, headlines and comments are given with their words.
    """
    yield from _document(facts, words=words)
    yield from _sentences(facts, set(cited), named, words=words)
    for comment in facts.document.comments:
        yield from _comment(facts, comment, words=words)


def shared(facts: DocumentFacts) -> Iterator[Shared]:
    """The nodes that the document may have in common with others."""
    document = facts.document
    yield _version(facts), _ACTIVITY, facts.generator
    if document.publisher:
        yield node(ref("publisher", document.publisher)), "schema:Organization", document.publisher
    for name in document.authors:
        yield _author(facts, name), "kg:Author", name
    for comment in document.comments:
        yield _commenter(facts, comment), "kg:Commenter", comment.author


def named(nodes: Iterable[Shared]) -> Iterator[Line]:
    """Nodes with their names; of several spellings one counts."""
    spelled: dict[tuple[str, str], set[str]] = defaultdict(set)
    for subject, kind, name in nodes:
        spelled[subject, kind].add(name)
    for (subject, kind), names in spelled.items():
        yield line(subject, term("rdf:type"), term(kind))
        yield line(subject, term("rdfs:label" if kind == _ACTIVITY else "schema:name"), text(min(names)))


def _version(facts: DocumentFacts) -> str:
    return node(Ref("version/" + slug(facts.generator, words=99)))


def _author(facts: DocumentFacts, name: str) -> str:
    return node(ref("author", facts.document.publisher or "", name))


def _commenter(facts: DocumentFacts, comment: Comment) -> str:
    """Scoped to the article: the same name under another one may be another reader."""
    return f"<{document_iri(facts.document.id)}#commenter={quote(comment.author, safe='')}>"


def _document(facts: DocumentFacts, *, words: bool) -> Iterator[Line]:
    document = facts.document
    subject = article(document.id)
    yield line(subject, term("rdf:type"), term("schema:NewsArticle"))
    yield line(subject, term("kg:sha256"), text(document.sha256))
    yield line(subject, term("prov:wasGeneratedBy"), _version(facts))
    if document.published:
        yield line(subject, term("schema:datePublished"), date(document.published))
    if document.headline and words:
        yield line(subject, term("schema:headline"), text(document.headline))
    if document.url:
        yield line(subject, term("schema:url"), web(document.url))
    if document.publisher:
        yield line(subject, term("schema:publisher"), node(ref("publisher", document.publisher)))
    for name in document.authors:
        yield line(subject, term("schema:author"), _author(facts, name))


def _sentences(
    facts: DocumentFacts, cited: set[Span], mentioned: Mapping[Span, frozenset[Ref]], *, words: bool
) -> Iterator[Line]:
    document = facts.document
    whole = article(document.id)
    quoted = {span for comment in document.comments for span in _quoted(facts, comment)}
    for start, end in sorted(cited | quoted | mentioned.keys()):
        subject = sentence(document.id, start, end)
        yield line(subject, term("rdf:type"), term("kg:Sentence"))
        yield line(subject, term("kg:start"), integer(start))
        yield line(subject, term("kg:end"), integer(end))
        yield line(subject, term("schema:isPartOf"), whole)
        if words:
            yield line(subject, term("kg:text"), text(document.text[start:end]))
        for entity in mentioned.get((start, end), ()):
            yield line(subject, term("schema:mentions"), node(entity))


def mentions(facts: DocumentFacts) -> Mapping[Span, frozenset[Ref]]:
    """The entities that each sentence names; words that only may refer to one (`safe` is False) name none."""
    starts = [s.start for s in facts.sentences]
    found: dict[Span, set[Ref]] = defaultdict(set)
    for mention in facts.mentions:
        at = bisect_right(starts, mention.start) - 1
        if mention.safe and at >= 0 and mention.end <= facts.sentences[at].end:
            found[facts.sentences[at].start, facts.sentences[at].end].add(mention.entity)
    return {span: frozenset(entities) for span, entities in found.items()}


def _comment(facts: DocumentFacts, comment: Comment, *, words: bool) -> Iterator[Line]:
    address = document_iri(facts.document.id)
    subject = f"<{address}#comment={comment.position}>"
    yield line(subject, term("rdf:type"), term("schema:Comment"))
    yield line(subject, term("schema:isPartOf"), f"<{address}>")
    yield line(subject, term("schema:position"), integer(comment.position))
    if words:
        yield line(subject, term("schema:text"), text(comment.text))
    yield line(subject, term("schema:author"), _commenter(facts, comment))
    for mention in facts.mentions:
        if mention.safe and comment.start <= mention.start < comment.end:
            yield line(subject, term("schema:mentions"), node(mention.entity))
    for start, end in _quoted(facts, comment):
        yield line(subject, term("kg:quotes"), sentence(facts.document.id, start, end))
    for link in comment.links:
        yield line(subject, term("schema:citation"), web(link))


def _quoted(facts: DocumentFacts, comment: Comment) -> list[Span]:
    """The sentences that hold a stretch which the comment quotes."""
    return [
        (s.start, s.end) for s in facts.sentences
        if any(start < s.end and s.start < end for start, end in comment.quotes)
    ]  # fmt: skip

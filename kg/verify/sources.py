"""Checks of what stands behind the facts: documents, sentences, comments; and of the names of entities."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.iris import slug
from kg.lexicon import table
from kg.result import words
from kg.stages.recognize.geography import country
from kg.stages.state.terms import web
from kg.states import names as state_names
from kg.verify.naming import names, person_fits
from kg.verify.report import Check
from kg.verify.view import ENTITIES, Passage, folded, has_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Comment, Document
    from kg.result import IRI, Value
    from kg.verify.view import Properties, View


def documents(view: View) -> Iterator[Check]:
    """Every document has the version, date, headline, publisher, authors and address of the stored one."""
    for iri, properties in _of(view, "schema:NewsArticle"):
        stored = view.texts.get(iri)
        if stored is None:
            yield Check(iri, "kg:sha256", "", None, "its text was not given; name the document")
            continue
        publisher = [n for p in properties.get("schema:publisher", ()) for n in view.get(p, "schema:name")]
        authors = [n for a in properties.get("schema:author", ()) for n in view.get(a, "schema:name")]
        for name, found, right in (
            ("kg:sha256", properties.get("kg:sha256", []), [stored.sha256]),
            ("schema:datePublished", properties.get("schema:datePublished", []), [stored.published]),
            ("schema:headline", properties.get("schema:headline", []), [stored.headline]),
            ("schema:url", properties.get("schema:url", []), [web(stored.url)[1:-1]] if stored.url else []),
            ("schema:publisher", publisher, [stored.publisher]),
            ("schema:author", authors, list(stored.authors)),
        ):
            for one in found:
                yield Check(iri, name, one, None, "" if words(one) in right else "the stored document says otherwise")


def sentences(view: View) -> Iterator[Check]:
    """Every sentence stands at its offsets, and what it is said to mention stands in it."""
    for iri, properties in _of(view, "kg:Sentence"):
        passage = view.passage(iri)
        if passage is None:
            yield Check(iri, "kg:start", iri, iri, "no stored text has these offsets")
            continue
        for name, right in (("kg:start", passage.start), ("kg:end", passage.end), ("kg:text", passage.text)):
            for one in properties.get(name, ()):
                yield Check(iri, name, one, iri, "" if one == right else "not what stands at these offsets of the text")
        for one in properties.get("schema:isPartOf", ()):
            yield Check(iri, "schema:isPartOf", one, iri, "" if iri.startswith(f"{one}#") else "of another document")
        for one in properties.get("schema:mentions", ()):
            yield Check(iri, "schema:mentions", one, iri, "" if names(view, one, passage) else "it does not name it")


def comments(view: View) -> Iterator[Check]:
    """Every comment is that of the stored document, and names what it is said to mention."""
    for iri, properties in _of(view, "schema:Comment"):
        stored = next((view.texts[d] for d in map(str, properties.get("schema:isPartOf", ())) if d in view.texts), None)
        number = iri.rsplit("=", 1)[-1]
        comment = next((c for c in stored.comments if str(c.position) == number), None) if stored else None
        if stored is None or comment is None:
            yield Check(iri, "schema:position", iri, None, "the stored document has no such comment")
            continue
        yield from _comment(view, iri, properties, stored, comment)


def _comment(view: View, iri: IRI, properties: Properties, stored: Document, comment: Comment) -> Iterator[Check]:
    authors = [n for a in properties.get("schema:author", ()) for n in view.get(a, "schema:name")]
    for name, found, right in (
        ("schema:position", properties.get("schema:position", []), comment.position),
        ("schema:text", properties.get("schema:text", []), comment.text),
        ("schema:author", authors, comment.author),
    ):
        for one in found:
            yield Check(iri, name, one, None, "" if one == right else "the stored comment says otherwise")
    passage = Passage(stored, comment.start, comment.end)
    for one in properties.get("schema:mentions", ()):
        yield Check(iri, "schema:mentions", one, None, "" if names(view, one, passage) else "the comment names it not")


def entities(view: View) -> Iterator[Check]:
    """Every name of an entity stands in a document or a word list, and goes with its code and IRI."""
    for iri in view.known:
        kinds = view.kinds(iri) & ENTITIES
        if not kinds:
            continue
        for name in ("schema:name", "rdfs:label", "skos:altLabel"):
            for one in view.get(iri, name):
                yield Check(iri, name, one, None, _name(view, iri, kinds, name, str(one)))
        for name, right in (
            ("schema:identifier", {iri.rsplit("/", 1)[-1]}),
            ("skos:exactMatch", {state_names(str(c))[1] for c in view.get(iri, "schema:identifier")}),
        ):
            for one in view.get(iri, name):
                yield Check(iri, name, one, None, "" if str(one) in right else "not the code of this state or bloc")
        for one in view.get(iri, "kg:hsHeading"):
            yield Check(iri, "kg:hsHeading", one, None, "" if _heading(view, iri, one) else "not its listed heading")
        for one in view.get(iri, "kg:normalForm"):
            in_iri = set(slug(str(one)).split("-")) <= set(iri.rsplit("/", 1)[-1].split("-"))
            yield Check(iri, "kg:normalForm", one, None, "" if in_iri else "not the normal form that names the post")
        for one in view.get(iri, "kg:rank"):
            yield Check(iri, "kg:rank", one, None, "" if _rank(view, iri, str(one)) else "not the rank of this office")


def _name(view: View, iri: IRI, kinds: set[str], name: str, given: str) -> str:
    text = folded(given)
    stands = any(has_phrase(words, text) for words in view.words.values())
    if kinds & {"schema:Country", "kg:Bloc"}:
        known = country(given)
        return "" if known and known[0] == iri.rsplit("/", 1)[-1] else "names another state, or none"
    if "schema:Person" in kinds and name == "schema:name" and not person_fits(given, iri):
        return "not the person that the IRI names"
    if stands or ("schema:Person" not in kinds and (_listed(text) or _composed(view, text))):
        return ""
    return "stands in no document and no word list"


def _composed(view: View, text: str) -> bool:
    """Whether one document has all the words, and lists the rest: "government of Japan" where it says "Tokyo"."""
    rest = [set(text.split()) - set(words.split()) for words in view.words.values()]
    return any(all(_listed(word) or country(word.title()) for word in left) for left in rest)


def _listed(text: str) -> bool:
    return text in _cells()


@cache
def _cells() -> frozenset[str]:
    return frozenset(folded(cell) for row in _rows() for cell in row)


@cache
def _rows() -> tuple[tuple[str, ...], ...]:
    """The rows of all word lists: which list names a thing is not checked, only that one does."""
    lists = sorted(one.name for one in files("kg.lexicon").iterdir() if one.name.endswith(".tsv"))
    return tuple(row for name in lists for row in table(name.removesuffix(".tsv")))


def _heading(view: View, product: IRI, heading: Value) -> bool:
    """Whether a row of a word list has the heading beside a name of the product."""
    labels = {folded(name) for name in view.names(product)} | {folded(product.rsplit("/", 1)[-1].replace("-", " "))}
    return any(str(heading) in row and labels & {folded(cell) for cell in row} for row in _rows())


def _rank(view: View, post: IRI, rank: str) -> bool:
    """Whether the list of offices gives the rank to a head that a wording of the post has; unlisted heads: official."""
    wordings = [folded(str(n)) for n in (*view.names(post), *view.get(post, "kg:normalForm"))]
    ranks = {row[1] for row in table("offices") if any(has_phrase(wording, folded(row[0])) for wording in wordings)}
    return rank in (ranks or {"official"}) or (rank == "official" and "other" in ranks)


def _of(view: View, kind: str) -> Iterator[tuple[IRI, Properties]]:
    return ((iri, properties) for iri, properties in view.known.items() if kind in view.kinds(iri))

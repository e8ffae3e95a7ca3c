"""Quads as text are those of Oxigraph, whatever the words are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from kg import ntriples

A, B = NamedNode("https://example.org/a"), NamedNode("https://example.org/b")
WORDS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    ['a <https://example.org/c> .', '"quoted" \\ \n', "\x85\u2028\x7f\x00", "x@en", '"^^<']
)


@given(WORDS)
def test_a_literal_is_written_as_oxigraph_writes_it_and_read_back(words: str) -> None:
    assert ntriples.quoted(words) == str(Literal(words))
    assert ntriples.unquoted(ntriples.quoted(words)) == (words, ntriples.STRING, None)
    typed = Literal(words, datatype=A)
    assert ntriples.quoted(words, str(A)) == str(typed)
    assert ntriples.unquoted(str(typed)) == (words, A.value, None)
    assert ntriples.unquoted(str(Literal(words, language="en")))[::2] == (words, "en")


@given(st.lists(st.tuples(WORDS, st.booleans(), st.sampled_from(["plain", "typed", "english", "name", "nameless"]))))
def test_quads_come_back_from_text_and_from_a_store(given: list[tuple[str, bool, str]]) -> None:
    def value(words: str, kind: str) -> NamedNode | Literal | BlankNode:
        values: dict[str, NamedNode | Literal | BlankNode] = {
            "plain": Literal(words), "typed": Literal(words, datatype=A), "english": Literal(words, language="en"),
            "name": B, "nameless": BlankNode("b"),
        }  # fmt: skip
        return values[kind]

    quads = {Quad(A, B, value(words, kind), B if said else DefaultGraph()) for words, said, kind in given}
    lines = sorted(ntriples.lines(quads))
    assert set(ntriples.quads(lines)) == quads
    assert [line[0] for line in lines] == sorted(line[0] for line in lines)
    store = Store()
    store.bulk_extend(quads)
    assert sorted(ntriples.of_store(store)) == lines
    assert sorted(ntriples.of_store(store, known_only=True)) == [line for line in lines if not line[0]]


def test_a_store_gives_decimals_as_they_were_written() -> None:
    line = ("", str(A), str(B), '"20.0"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    store = Store()
    store.bulk_extend(ntriples.quads([line]))
    assert list(ntriples.of_store(store)) == [line]

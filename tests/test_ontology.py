from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, URIRef
from rdflib.namespace import SH

from kg.iris import BASE, PREFIXES, TERMS
from kg.join import join
from kg.model import EVENTS, PROPERTIES, FactKind
from kg.resources import ontology
from kg.stages.state import lines, quads
from kg.stages.validate import check
from tests.sample import document_facts

if TYPE_CHECKING:
    from pathlib import Path

KG = rdflib.Namespace(TERMS)
SCHEMA = rdflib.Namespace(PREFIXES["schema"])
PLOVER = rdflib.Namespace(BASE + "plover/")
FILES = [ontology(name) for name in ("kg.ttl", "shapes.ttl", "plover.ttl")]
BUILT_IN = (*(PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "xsd")), str(SH))
PROPERTY_TYPES = (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)


@cache
def read(path: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(path)


@cache
def terms() -> rdflib.Graph:
    return read(ontology("kg.ttl"))


def ours() -> list[URIRef]:
    return sorted(s for s in set(terms().subjects()) if isinstance(s, URIRef) and s.startswith(TERMS))


def of_type(*types: URIRef) -> list[URIRef]:
    return [s for s in ours() if set(terms().objects(s, RDF.type)) & set(types)]


def local(iri: str) -> str:
    return str(iri).removeprefix(TERMS)


def produced() -> set[str]:
    return {term.value for quad in quads(join(document_facts())) for term in (quad.subject, quad.predicate, quad.object)
            if isinstance(term, pyoxigraph.NamedNode)}  # fmt: skip


def named_in(path: Path) -> set[str]:
    """The IRIs of prefixed names of a query, without its comments and strings."""
    text = re.sub(r'"[^"\n]*"|#[^>\n]*$', "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    names = re.findall(r"(?<![\w<:?])([a-z]+):([A-Za-z]\w*)", text)
    return {PREFIXES[prefix] + name for prefix, name in names if prefix in PREFIXES}


def test_every_term_is_described() -> None:
    for term in ours():
        for predicate in (RDFS.label, RDFS.comment, SKOS.example):
            words = list(terms().objects(term, predicate))
            assert [w.language for w in words if isinstance(w, rdflib.Literal)] == ["en"], (term, predicate)
        assert list(terms().objects(term, RDFS.isDefinedBy)) == [URIRef(TERMS.rstrip("#"))], term


def test_every_property_says_what_it_joins() -> None:
    for term in of_type(*PROPERTY_TYPES):
        assert {*terms().objects(term, RDFS.domain), *terms().objects(term, SCHEMA.domainIncludes)}, term
        assert {*terms().objects(term, RDFS.range), *terms().objects(term, SCHEMA.rangeIncludes)}, term
        # Several rdfs:domain or rdfs:range would all hold at once.
        assert len(list(terms().objects(term, RDFS.domain))) <= 1, term
        assert len(list(terms().objects(term, RDFS.range))) <= 1, term


def test_every_term_used_is_defined() -> None:
    used = produced() | {str(term) for path in FILES for triple in read(path) for term in triple}
    used |= {iri for path in ontology("queries").glob("*.rq") for iri in named_in(path)}
    defined = {str(term) for term in ours()}
    assert {iri for iri in used if iri.startswith(TERMS)} - defined - {TERMS} == set()


def test_every_property_of_the_model_is_defined_with_the_type_of_its_value() -> None:
    kinds = {"ref": OWL.ObjectProperty, "status": OWL.ObjectProperty, "concept": OWL.ObjectProperty}
    elsewhere = {"member": "org:member", "text": "schema:text", "label": "rdfs:label", "about": "schema:about"}
    for name, (kind, _) in PROPERTIES.items():
        if name not in elsewhere:
            assert (KG[name], RDF.type, kinds.get(kind, OWL.DatatypeProperty)) in terms(), name


def test_every_kind_of_fact_is_a_class_below_fact() -> None:
    for kind in FactKind:
        assert KG.Fact in terms().transitive_objects(KG[kind], RDFS.subClassOf)
        assert (KG.Event in terms().transitive_objects(KG[kind], RDFS.subClassOf)) == (kind in EVENTS)


def test_every_foreign_term_used_is_declared() -> None:
    used = produced() | {str(term) for path in FILES for triple in read(path) for term in triple}
    used |= {iri for path in ontology("queries").glob("*.rq") for iri in named_in(path)}
    vocabularies = tuple(PREFIXES[p] for p in ("dcterms", "org", "prov", "schema", "sem", "skos"))
    declared = {str(s) for s in terms().subjects(RDF.type)}
    foreign = {iri for iri in used if iri.startswith(vocabularies) and iri not in vocabularies}
    assert foreign - declared == set()


def test_no_term_of_a_vocabulary_that_is_not_declared() -> None:
    declared = {str(s) for s in terms().subjects(RDF.type)}
    known = {*declared, TERMS.rstrip("#"), TERMS, "https://opensource.org/license/mit"}
    used = {str(term) for triple in terms() for term in triple if isinstance(term, URIRef)}
    assert {iri for iri in used if not iri.startswith(BUILT_IN)} - known == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_rdflib_and_oxigraph_read_the_same_and_nothing_is_imported(path: Path) -> None:
    assert len(set(pyoxigraph.parse(path=path))) == len(read(path))
    assert list(read(path).triples((None, OWL.imports, None))) == []


def test_statuses_and_stances_are_those_of_the_shapes() -> None:
    shapes = read(ontology("shapes.ttl"))
    allowed = {str(item) for members in shapes.objects(None, SH["in"]) for item in shapes.items(members)}
    assert {str(i) for i in of_type(OWL.NamedIndividual)} == {iri for iri in allowed if iri.startswith(TERMS)}
    concepts = {str(c) for c in read(ontology("plover.ttl")).subjects(RDF.type, SKOS.Concept)}
    assert concepts == {iri for iri in allowed if iri.startswith(PLOVER)}


def test_the_header_tells_title_licence_version_and_prefix() -> None:
    header = URIRef(TERMS.rstrip("#"))
    about = {str(p).rsplit("/", 1)[-1].rsplit("#", 1)[-1]: str(o) for p, o in terms().predicate_objects(header)}
    assert about["type"] == str(OWL.Ontology)
    assert (about["preferredNamespacePrefix"], about["preferredNamespaceUri"]) == ("kg", TERMS)
    assert re.fullmatch(r"\d+\.\d+\.\d+", about["versionInfo"])
    assert {"title", "description", "license"} <= about.keys()


def test_plover_covers_each_cameo_root() -> None:
    plover = read(ontology("plover.ttl"))
    concepts = set(plover.subjects(RDF.type, SKOS.Concept))
    roots = {str(c).removeprefix(PLOVER): sorted(map(str, plover.objects(c, KG.cameoRoot))) for c in concepts}
    assert roots["REQUEST"] == ["02", "10"]
    assert sorted({root for covered in roots.values() for root in covered}) == [f"{n:02}" for n in range(1, 21)]
    for concept in concepts:
        for predicate in (SKOS.definition, SKOS.example, SKOS.prefLabel, SKOS.notation, RDFS.label, SKOS.inScheme):
            assert len(list(plover.objects(concept, predicate))) == 1, (concept, predicate)


def test_the_codes_of_the_sample_are_concepts_with_their_root() -> None:
    found = {(q.subject, q.predicate.value.removeprefix(TERMS)): q.object for q in quads(join(document_facts()))
             if str(q.graph_name) == str(pyoxigraph.DefaultGraph())}  # fmt: skip
    plover = read(ontology("plover.ttl"))
    coded = [(o, found[s, "cameoRoot"]) for (s, p), o in found.items() if p == "eventCode"]
    assert coded
    for code, root in coded:
        assert isinstance(code, pyoxigraph.NamedNode)
        assert isinstance(root, pyoxigraph.Literal)
        assert root.value in set(map(str, plover.objects(URIRef(code.value), KG.cameoRoot))), code


def test_the_sample_keeps_every_shape() -> None:
    found = lines(join(document_facts()))
    assert check(found) is found


def test_the_context_names_every_term_and_reads_back() -> None:
    context = json.loads(ontology("context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert {t for t in map(local, ours()) if t not in context} == set()
    document = {"@context": context, "@id": "id:event/x", "@type": ["Call", "Event"], "status": "Held",
                "participant": "id:person/jane-doe", "minutes": "20.0", "earliest": "2025-06-28"}  # fmt: skip
    graph = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    expected = rdflib.Graph().parse(format="turtle", data=f"""
        @prefix kg: <{TERMS}> . @prefix id: <{BASE}> . @prefix xsd: <{PREFIXES["xsd"]}> .
        <{BASE}event/x> a kg:Call , kg:Event ; kg:status kg:Held ; kg:participant <{BASE}person/jane-doe> ;
            kg:minutes "20.0"^^xsd:decimal ; kg:earliest "2025-06-28"^^xsd:date .""")  # fmt: skip
    assert set(graph) == set(expected)
    read_again = pyoxigraph.parse(json.dumps(document).encode(), format=pyoxigraph.RdfFormat.JSON_LD)
    assert {str(quad.triple) for quad in read_again} == {
        str(quad.triple) for quad in pyoxigraph.parse(expected.serialize(format="nt").encode(),
                                                      format=pyoxigraph.RdfFormat.N_TRIPLES)}  # fmt: skip


def test_the_readme_has_a_row_for_every_class_and_property_and_value() -> None:
    readme = ontology("README.md").read_text(encoding="utf-8").split("\n")
    rows = {line.split("|")[1].strip(): line for line in readme if line.startswith("| `kg:")}
    assert sorted(rows) == sorted(f"`kg:{local(t)}`" for t in ours())
    for term in ours():
        assert str(terms().value(term, RDFS.comment)) in rows[f"`kg:{local(term)}`"]

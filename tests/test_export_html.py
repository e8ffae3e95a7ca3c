"""The page: whole, inert whatever the documents say, the same bytes every time, and alive in a real browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.export.behind import marks, safe_link
from kg.export.html import MOST_DRAWN, ems, kinds, write
from kg.export.layout import GAP, Box, free_place, positions
from kg.iris import BASE, PREFIXES, TERMS
from kg.store import Graph
from tests.graphs import sample, sample_quads

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = (
    "</script><script>document.title='owned'</script>",
    '<img src=x onerror="document.title=\'owned\'">',
    "{{ 7 * 7 }} {% raw %} <!--",
    "a href=\"javascript:document.title='owned'\"",
    "line\u2028paragraph\u2029end & \\u003c",
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Page(HTMLParser):
    """The elements of a page, and the text of its script and style elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.text: list[str] = []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self._inside == "script" and self.scripts:
            self.scripts[-1] += data
        elif self._inside != "style":
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._inside = ""


def page_of(graph: Graph, title: str | None = None) -> Page:
    return Page(write(graph, title=title).decode("utf-8"))


def data_of(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.scripts[0])
    return found


def hostile() -> Graph:
    """The sample with hostile words wherever a document may bring words in, and in the name of a node."""
    words = " ".join(HOSTILE)
    url = NamedNode(PREFIXES["schema"] + "url")
    swapped = {PREFIXES["schema"] + n for n in ("name", "text", "headline")} | {
        TERMS + "text", TERMS + "ground", PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "altLabel"}  # fmt: skip
    quads = [Quad(q.subject, q.predicate, Literal(words), q.graph_name) if q.predicate.value in swapped else q
             for q in sample_quads() if q.predicate != url]  # fmt: skip
    person = NamedNode(BASE + "person/'onload=alert(1)")
    document = NamedNode(BASE + "document/d2")
    script = NamedNode("javascript:document.title='owned'")
    return Graph.from_quads([
        *quads, Quad(person, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(PREFIXES["schema"] + "Person")),
        Quad(document, url, script),
    ])  # fmt: skip


def test_one_file_that_asks_nothing_of_anyone() -> None:
    page = page_of(sample(), "Talks")
    policy = next(a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert not re.search(r"https?:|\*|unsafe-eval", policy)
    loads = [(tag, a) for tag, a in page.elements if tag in ("link", "iframe", "img", "object") or "src" in a]
    assert loads == []
    assert len(write(sample(), title="Talks")) < 1_500_000


def test_language_and_title() -> None:
    page = page_of(sample(), "Talks & <tariffs>")
    assert ("html", {"lang": "en"}) in page.elements
    assert page.text.count("Talks & <tariffs>") == 2  # title and heading
    assert "2 documents, 27 Jun 2025 to 29 Jun 2025" in page_of(sample()).text


def test_every_node_and_fact_of_the_sample_is_there() -> None:
    data = data_of(page_of(sample()))
    refs = {node["ref"] for node in data["nodes"]}
    facts = {q.subject.value.removeprefix(BASE) for q in sample_quads() if q.predicate.value == TERMS + "confidence"}  # type: ignore[union-attr]
    assert {f for f in facts if not f.startswith("tenure/")} <= refs
    tenures = [e for e in data["edges"] if e["relation"] == "holds"]
    assert len(tenures) == len([f for f in facts if f.startswith("tenure/")])
    assert all(["status", "current"] in e["rows"] or ["status", "former"] in e["rows"] for e in tenures)


def test_a_fact_shows_its_sentence_with_the_words_marked() -> None:
    data = data_of(page_of(sample()))
    node = next(n for n in data["nodes"] if n["ref"] == "tariff/d1-us-imported-cars")
    (number, spans), = data["page"]["details"][node["id"]]["sentences"]
    sentence = data["page"]["sentences"][str(number)]
    marked = [sentence["text"][a:b] for a, b in spans]
    assert marked == ["United States", "imported cars", "27.5", "2.5", "25", "national security"]
    assert data["page"]["documents"][str(sentence["document"])]["publisher"] == "Example Wire"
    assert ["rate, percent", "27.5"] in data["page"]["details"][node["id"]]["rows"]


def test_who_says_so_leads_to_the_statement() -> None:
    data = data_of(page_of(sample()))
    ref = {n["id"]: n["ref"] for n in data["nodes"]}
    visit = next(i for i, r in ref.items() if r == "event/d2-visit-doe-tokyo")
    assert [(how, ref[n]) for how, n in data["page"]["details"][visit]["told"]] == [("denies", "statement/d2-2")]


def test_what_was_not_held_looks_unlike_what_was() -> None:
    looks = {n["ref"]: n["look"] for n in data_of(page_of(sample()))["nodes"]}
    assert looks["event/d1-meeting-doe-tanaka"] == looks["tariff/d1-us-imported-cars"] == "solid"
    assert looks["event/d1-meeting-major-tanaka"] == looks["tariff/d1-us-jp-auto-parts"] == "open"
    assert looks["event/d2-visit-doe-tokyo"] == looks["event/d2-summit-jp-us"] == "crossed"


def test_party_edges_that_a_participant_implies_wait_for_a_choice() -> None:
    data = data_of(page_of(sample()))
    ref = {n["id"]: n["ref"] for n in data["nodes"]}
    party = {(ref[e["from"]], ref[e["to"]]): e["implied"] for e in data["edges"] if e["relation"] == "party"}
    assert party["country/JP", "event/d1-meeting-doe-tanaka"] is True
    assert party["country/US", "event/d1-round-7-jp-us"] is False


def test_hostile_words_stay_words() -> None:
    title = " ".join(HOSTILE)
    page = page_of(hostile(), title)
    assert [tag for tag, _ in page.elements if tag == "script"] == ["script"] * 4
    assert not [a for _, a in page.elements if any(name.startswith("on") for name in a)]
    assert not {"img", "a", "iframe"} & {tag for tag, _ in page.elements}
    assert "<" not in page.scripts[0]
    assert "\u2028" not in page.scripts[0]
    data = data_of(page)
    assert {s["text"] for s in data["page"]["sentences"].values()} == {title}
    assert [d["url"] for d in data["page"]["documents"].values()] == ["", ""]


def test_only_web_addresses_become_links() -> None:
    assert safe_link("https://example.org/a") == "https://example.org/a"
    for bad in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", BASE + "document/d1"):
        assert safe_link(bad) == ""


def test_marks_are_whole_words_longest_first() -> None:
    text = "Tanaka met Doe; Doeville saw 2.5 not 2, Ken Tanaka said."
    found = [text[a:b] for a, b in marks(text, ["Doe", "Tanaka", "Ken Tanaka", "2", ""])]
    assert found == ["Tanaka", "Doe", "2", "Ken Tanaka"]


def test_no_box_covers_another() -> None:
    boxes = [Box(60 + 7 * (i % 9), 40 + 5 * (i % 4)) for i in range(55)]
    edges = [(i, (i * 7 + 3) % 55) for i in range(55)] + [(0, i) for i in range(1, 20)]
    at = positions(boxes, edges)
    for i in range(55):
        for j in range(i):
            apart = (2 * abs(at[i][0] - at[j][0]) >= boxes[i].width + boxes[j].width
                     or 2 * abs(at[i][1] - at[j][1]) >= boxes[i].height + boxes[j].height)  # fmt: skip
            assert apart, (i, j)


def test_free_place_is_the_nearest_that_is_free() -> None:
    taken = [((0, 0), Box(100, 50))]
    x, y = free_place((0, 0), Box(20, 20), taken)
    assert (x, y) == (0, -48)
    assert abs(y) * 2 >= 50 + 20 + GAP


def test_kinds_have_colours_of_their_own_or_shapes() -> None:
    told_apart = [(kind.colour, kind.path) for kind in kinds().values()]
    assert len(set(told_apart)) == len(told_apart)
    assert len({kind.path for kind in kinds().values()}) >= len(told_apart) - 2


def test_an_empty_graph_is_a_page_too() -> None:
    assert data_of(page_of(Graph.from_quads([])))["nodes"] == []


def test_same_bytes_under_any_hash_seed_and_locale() -> None:
    script = "import hashlib; from tests.graphs import sample; from kg.export.html import write\n" \
             "print(hashlib.sha256(write(sample(), title='x')).hexdigest())"  # fmt: skip
    seen = {
        subprocess.run([sys.executable, "-c", script], check=True, capture_output=True,
                       env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale}).stdout
        for seed, locale in (("1", "C"), ("2", "C.UTF-8"))
    }  # fmt: skip
    assert len(seen) == 1


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
@pytest.mark.parametrize("fragment", ["", "#event/d1-meeting-doe-tanaka"])
def test_the_page_lives_in_a_browser(tmp_path: Path, fragment: str) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(write(hostile() if not fragment else sample(), title=" ".join(HOSTILE)))
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
               "--disable-background-networking", "--disable-component-update", "--disable-sync",
               f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=2000", "--enable-logging=stderr",
               "--dump-dom", file.as_uri() + fragment]  # fmt: skip
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    assert "CONSOLE" not in done.stderr  # an error of a script or a breach of the policy would be told there
    dom = Page(done.stdout)
    ids = {a.get("id") for _, a in dom.elements}
    assert {"count", "canvas", "legend", "list"} <= ids
    nodes = len(data_of(dom)["nodes"])
    shown = len([a for tag, a in dom.elements if tag == "button" and a.get("class") == "row"])
    assert shown >= nodes
    title = re.search("<title>(.*?)</title>", done.stdout, re.DOTALL)
    assert title is not None
    assert unescape(title[1]) == " ".join(HOSTILE)
    assert f"of {nodes} shown" in done.stdout
    if fragment:
        assert "Meeting, 27 Jun 2025, about 60 min" in dom.text
        assert "He met " in dom.text


def test_of_a_large_graph_the_best_connected_nodes_are_drawn_and_the_rest_counted() -> None:
    kind, represents = NamedNode(PREFIXES["rdf"] + "type"), NamedNode(TERMS + "represents")
    quads = list(sample_quads())
    for number in range(400):
        person = NamedNode(f"{BASE}person/x{number}")
        quads += [Quad(person, kind, NamedNode(PREFIXES["schema"] + "Person")),
                  Quad(person, represents, NamedNode(BASE + "country/JP"))]  # fmt: skip
    data = data_of(page_of(Graph.from_quads(quads)))
    assert len(data["nodes"]) == MOST_DRAWN
    assert data["page"]["left_out"] == len(data_of(page_of(sample()))["nodes"]) + 400 - MOST_DRAWN
    assert {"country/JP", "person/ken-tanaka", "person/jane-doe"} <= {n["ref"] for n in data["nodes"]}


def test_a_sentence_of_an_unknown_document_is_shown_without_one() -> None:
    part_of = PREFIXES["schema"] + "isPartOf"
    data = data_of(page_of(Graph.from_quads([q for q in sample_quads() if q.predicate.value != part_of])))
    assert {s["document"] for s in data["page"]["sentences"].values()} == {-1}
    assert data["page"]["documents"] == {}


def test_widths_of_lines_are_no_less_than_those_of_the_widest_font() -> None:
    # Measured in a browser: DejaVu Sans at 13 px.
    assert 13 * ems("28 Jun 2025, morning") >= 140.5
    assert 13 * ems("minister for economic") >= 142.2
    assert ems("東京") == 2.04

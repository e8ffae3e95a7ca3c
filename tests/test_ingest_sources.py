"""Sources, names, encodings, records and refusals: one clear line for each source that cannot be read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kg.errors import SourceError
from kg.model import Document
from kg.stages.ingest import read

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Trade Minister Ken Tanaka met Commerce Secretary Jane Doe in Oslo on Saturday, and they agreed to meet again."


def only(path: Path, root: Path) -> Document | SourceError:
    (result,) = read([path], root=root)
    assert isinstance(result, Document | SourceError)
    return result


def refusal(path: Path, root: Path) -> str:
    result = only(path, root)
    assert isinstance(result, SourceError)
    assert "\n" not in str(result)
    return str(result)


def write(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_a_folder_gives_its_documents_sorted_and_named_from_the_root(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", ".hidden/c.txt", "notes.csv", "B.TXT"):
        write(tmp_path / "news" / name, TEXT)
    write(tmp_path / "news/gold.json", '{"people": []}')
    names = [r.id for r in read([tmp_path / "news"], root=tmp_path) if isinstance(r, Document)]
    assert names == ["news/B.TXT", "news/a/z.md", "news/b.txt"]


def test_outside_the_root_the_leading_dots_are_dropped(tmp_path: Path) -> None:
    path = write(tmp_path / "shared/a.txt", TEXT)
    (doc,) = read([path], root=tmp_path / "work/deep")
    assert isinstance(doc, Document)
    assert doc.id == "shared/a.txt"


def test_two_sources_of_one_identity_are_an_error_that_names_both(tmp_path: Path) -> None:
    page = f'<html><head><link rel="canonical" href="https://example.org/a"></head><body><article><p>{TEXT}</p><p>{TEXT}</p></article></body></html>'
    first, second = write(tmp_path / "a.html", page), write(tmp_path / "b.html", page)
    kept, error = read([first, second], root=tmp_path)
    assert isinstance(kept, Document)
    assert kept.id == "https://example.org/a"
    assert isinstance(error, SourceError)
    assert str(first) in str(error)
    assert str(second) in str(error)


def test_one_bad_source_does_not_stop_the_rest(tmp_path: Path) -> None:
    paths = [tmp_path / "missing.txt", write(tmp_path / "a.txt", TEXT), write(tmp_path / "b.txt", b"")]
    assert [type(r) for r in read(paths, root=tmp_path)] == [SourceError, Document, SourceError]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "is empty"),
        (b" \n\n ", "is empty"),
        (b"caf\xe9 and the rest of it", "byte 3 (0xe9) is not valid UTF-8"),
        (b"%PDF-1.7 the text", "a PDF file"),
        (b"some text\x00 with a zero", "byte 9 is NUL"),
        (b"404 Not Found\n\nThe page you asked for is not here.", "error page"),
        (b"<html><head><title>Access Denied</title></head><body><h1>Access "
            b"Denied</h1><p>No.</p></body></html>", "error page"),
        (b"<html><head><title>Just a moment...</title></head><body><p>Checking your "
            b"browser</p></body></html>", "error page"),
        (b"1234 5678", "no words"),
        (TEXT.encode() * 10_000, "1,000,000"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, data: bytes, expected: str) -> None:
    assert expected in refusal(write(tmp_path / "a.txt", data), tmp_path)


def test_a_file_of_fifty_megabytes_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert "more than 10 MB" in refusal(path, tmp_path)


def test_missing_file_empty_folder_and_address_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert refusal(tmp_path / "no.txt", tmp_path) == "no.txt: no such file or folder; check the path"
    assert "no documents in this folder" in refusal(tmp_path / "empty", tmp_path)
    (error,) = read(["https://example.org/a"], root=tmp_path)
    assert "save the page" in str(error)
    (error,) = read(["-"], root=tmp_path)
    assert "--id" in str(error)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(tmp_path: Path, encoding: str) -> None:
    text = TEXT + " “Việt Nam” will follow."
    doc = only(write(tmp_path / "a.txt", text.encode(encoding)), tmp_path)
    assert isinstance(doc, Document)
    assert doc.text == text


def test_a_page_may_declare_its_encoding(tmp_path: Path) -> None:
    page = f'<html><head><meta charset="iso-8859-1"></head><body><article><p>“Café”: {TEXT}</p></article></body></html>'
    doc = only(write(tmp_path / "a.html", page.encode("cp1252")), tmp_path)
    assert isinstance(doc, Document)
    assert "“Café”" in doc.text


OTHERS = {
    "German": "Der Handelsminister traf die amerikanische Ministerin am Samstag in Oslo, und die beiden sprachen "
        "eine Stunde.",
    "French": "Le ministre du commerce a rencontré la secrétaire américaine samedi à Oslo pour une heure de "
        "discussions.",
    "Spanish": "El ministro de Comercio se reunió con la secretaria de Estado el sábado en Oslo durante una hora.",
    "Italian": "Il ministro del Commercio ha incontrato la segretaria americana sabato a Oslo per una riunione di "
        "un'ora.",
    "Portuguese": "O ministro do Comércio se reuniu com a secretária no sábado em Oslo, e os dois não chegaram a um "
        "acordo.",
    "Dutch": "De minister van Handel sprak zaterdag in Oslo een uur met de Amerikaanse minister over de tarieven op "
        "auto's.",
    "Swedish": "Handelsministern träffade den amerikanska ministern i Oslo på lördagen och de talade om tullar som "
        "ska sänkas.",
    "Polish": "Minister handlu spotkał się w sobotę w Oslo z amerykańską sekretarz i rozmawiał z nią przez godzinę o "
        "cłach.",
    "Indonesian": "Menteri perdagangan bertemu dengan menteri Amerika pada hari Sabtu di Oslo untuk membahas tarif "
        "yang baru.",
    "Turkish": "Ticaret bakanı cumartesi günü Oslo'da Amerikalı bakan ile bir saat görüştü ve daha sonra bu konuda "
        "konuştu.",
    "Malay": "Menteri perdagangan bertemu menteri luar Amerika Sabtu lalu bagi "
        "membincangkan tarif baharu serta kuota eksport getah.",
    "Vietnamese": "Bộ trưởng thương mại đã gặp bộ trưởng Mỹ tại Oslo và thảo luận về thuế quan trong một giờ với các "
        "bên.",
    "Russian": "Министр торговли встретился с американским министром в Осло в субботу.",
    "Japanese": "貿易相は土曜日にオスロで米商務長官と会談し、関税について協議した。",
    "Arabic": "التقى وزير التجارة بالوزيرة الأمريكية في أوسلو يوم السبت.",
}


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_refused(tmp_path: Path, language: str) -> None:
    assert "not English" in refusal(write(tmp_path / "a.txt", OTHERS[language]), tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "Tanaka meets Doe",
        "Tanaka met Doe.",
        "US, China sign trade deal",
        "General Secretary Tô Lâm Hải met Nguyễn Văn An in Hà Nội.",
        "JAPAN'S TOP NEGOTIATOR TO VISIT WASHINGTON ON MONDAY",
        "Šefler meets Müller-Öztürk in Brussels",
        "Switzerland 39%\nIndia 25%\nLaos 40%\nBrazil 50%\nSyria 41%\nIraq 35%\nSerbia 35%\nAlgeria 30%\n",
        "China accuses Japan of meddling.",
        "Iran rejects talks",
        "Thai immigration police deported 400 Burmese labourers found working without papers in fish-canning plants.",
        "Greek customs officers seized 300 crates holding smuggled cigarettes aboard two Turkish-owned "
        "trawlers moored in harbours near Lesbos.",
        "Commission President Ursula von der Leyen landed in Geneva. Later von der Leyen phoned Tanaka.",
    ],
)
def test_short_english_is_accepted(tmp_path: Path, text: str) -> None:
    assert isinstance(only(write(tmp_path / "a.txt", text), tmp_path), Document)


def test_records_are_documents_with_their_own_names_dates_and_comments(tmp_path: Path) -> None:
    rows = [
        {"text": TEXT, "url": "https://example.org/a#top", "published": "2025-06-28T23:30:00Z", "title": "Ministers "
            "meet",
         "publisher": {"name": "Example Wire"}, "comments": [{"author": "garden_gnome", "text": "Wait."}]},
        {"id": "x7", "text": TEXT},
        {"text": TEXT},
        {"title": "no text"},
    ]  # fmt: skip
    lines = "\n".join(json.dumps(row) for row in rows) + "\n{broken\n"
    a, b, c, no_text, broken = read([write(tmp_path / "n.jsonl", lines)], root=tmp_path)
    assert isinstance(a, Document)
    assert (a.id, a.url) == ("https://example.org/a", "https://example.org/a")
    assert (a.published, a.headline, a.publisher) == ("2025-06-28", "Ministers meet", "Example Wire")
    assert [(x.author, a.text[x.start : x.end]) for x in a.comments] == [("garden_gnome", "Wait.")]
    assert a.text[a.blocks[-1].start : a.blocks[-1].end] == TEXT
    assert [r.id for r in (b, c) if isinstance(r, Document)] == ["n.jsonl#x7", "n.jsonl#3"]
    assert str(no_text).startswith('n.jsonl:4: the record has no "text"')
    assert str(broken).startswith("n.jsonl:5: not valid JSON")
    (same,) = list(read([write(tmp_path / "one.json", json.dumps(rows[2]))], root=tmp_path))
    assert isinstance(same, Document)
    assert same.id == "one.json"


RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Example Wire</title>
<item><title>Ministers meet</title><link>https://example.org/1</link><pubDate>Sat, 28 Jun 2025 23:30:00 +0900</pubDate>
<dc:creator>Ada Brook</dc:creator>
<description>&lt;p&gt;{text}&lt;/p&gt;&lt;p&gt;They will meet again.&lt;/p&gt;</description>
</item><item><title>Empty</title><guid>g2</guid>
<description>Le ministre est dans la ville et il ne parle pas avec les autres.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Example Wire</title><entry><title>Ministers meet</title>
<id>tag:1</id><updated>2025-06-28T10:00:00Z</updated><author><name>Ada Brook</name></author>
<content type="html">&lt;p&gt;{text}&lt;/p&gt;</content></entry></feed>"""


def test_feeds_give_a_document_for_each_entry(tmp_path: Path) -> None:
    rss = write(tmp_path / "f.xml", RSS.replace("{text}", TEXT))
    first, second = read([rss], root=tmp_path)
    assert isinstance(first, Document)
    assert (first.id, first.published, first.publisher) == ("https://example.org/1", "2025-06-28", "Example Wire")
    assert first.text == f"Ministers meet\n\n{TEXT}\n\nThey will meet again."
    assert first.authors == ("Ada Brook",)
    assert isinstance(second, SourceError)
    (entry,) = read([write(tmp_path / "f.atom", ATOM.replace("{text}", TEXT))], root=tmp_path)
    assert isinstance(entry, Document)
    assert (entry.id, entry.published, entry.headline) == ("f.atom#tag:1", "2025-06-28", "Ministers meet")


def test_an_entity_bomb_in_a_feed_is_harmless(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    bomb += "<rss><channel><item><title>&b;</title></item></channel></rss>"
    assert refusal(write(tmp_path / "f.xml", bomb), tmp_path)


def test_without_any_date_there_is_a_warning_and_the_file_time_is_not_used(tmp_path: Path) -> None:
    doc = only(write(tmp_path / "a.txt", TEXT), tmp_path)
    assert isinstance(doc, Document)
    assert doc.published is None
    assert any("relative dates" in warning for warning in doc.warnings)


def test_the_s_of_a_possessive_is_no_word_of_another_language(tmp_path: Path) -> None:
    (tmp_path / "lead.txt").write_text("Austria's foreign minister expressed support for Slovenia's independence.")
    [document] = read([tmp_path / "lead.txt"], root=tmp_path)
    assert isinstance(document, Document)

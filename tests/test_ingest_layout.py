"""What each line of an article is: blocks by kind, datelines, captions, bullets, tables, transcripts."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import BlockKind, Document
from kg.stages.ingest.document import document

META, PARAGRAPH, HEADLINE = BlockKind.META, BlockKind.PARAGRAPH, BlockKind.HEADLINE
BODY = "Trade Minister Ken Tanaka met Commerce Secretary Jane Doe on Saturday, the ministry said."


def blocks(doc: Document) -> list[tuple[str, str]]:
    return [(b.kind.value, doc.text[b.start : b.end]) for b in doc.blocks]


DATELINES = [
    ("WASHINGTON, June 27 (Example Wire) -- ", "WASHINGTON", "2025-06-27", "Example Wire"),
    ("WASHINGTON (Example Wire) - ", "WASHINGTON", None, "Example Wire"),
    ("HÀ NỘI — ", "HÀ NỘI", None, None),
    ("Washington, May 1 (Example Press)--", "Washington", "2025-05-01", "Example Press"),
    ("ISTANBUL, TÜRKIYE | Example | ", "ISTANBUL, TÜRKIYE", None, "Example"),
    ("WASHINGTON / OTTAWA — ", "WASHINGTON / OTTAWA", None, None),
    ("WASHINGTON--", "WASHINGTON", None, None),
    ("OSLO, Norway (EX) — ", "OSLO, Norway", None, "EX"),
    ("NEW DELHI: ", "NEW DELHI", None, None),
    ("Geneva, 12 May 2025 – ", "Geneva", "2025-05-12", None),
    ("Brussels – ", "Brussels", None, None),
    ("MOSCOW, May 17. /EXA/. ", "MOSCOW", "2025-05-17", "EXA"),
    ("SEOUL, June 27 (Example) -- ", "SEOUL", "2025-06-27", "Example"),
    ("BRASÍLIA, Dec. 30 - ", "BRASÍLIA", "2024-12-30", None),
    ("MEXICO CITY (EX) — ", "MEXICO CITY", None, "EX"),
    ("LONDON, Monday — ", "LONDON", None, None),
    ("June 3, 2025 (OSLO) - ", "OSLO", "2025-06-03", None),
    ("Jakarta (EXAMPLE) - ", "Jakarta", None, "EXAMPLE"),
    ("Accra, June 27, Example Coast News Agency - ", "Accra", "2025-06-27", "Example Coast News Agency"),
]


@pytest.mark.parametrize(
    ("line", "publisher"),
    [("The Example Chronicle, Accra", "The Example Chronicle"), ("The Example Post | By Jane Doe", "The Example Post"),
     ("Example Ledger", "Example Ledger"), ("By Jane Doe, staff writer", None), ("Jane Doe", None)],
)  # fmt: skip
def test_a_medium_is_named_in_a_line_of_its_own(line: str, publisher: str | None) -> None:
    told = f"date 2025-06-28\nMinisters meet for an hour\n\n{line}\n\n{BODY}\n"
    assert document("a.txt", told).publisher == publisher



@pytest.mark.parametrize(("prefix", "place", "date", "agency"), DATELINES)
def test_the_sentence_begins_after_the_dateline(prefix: str, place: str, date: str | None, agency: str | None) -> None:
    doc = document("a.txt", f"date 2025-06-28\nMinisters meet for an hour\n\n{prefix}{BODY}\n\nThey will meet again.\n")
    assert blocks(doc)[2:4] == [("dateline", prefix.strip()), ("paragraph", BODY)]
    assert (doc.place, doc.place_date, doc.publisher) == (place, date, agency)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ken Tanaka — the trade minister — met Jane Doe on Saturday.",
        "Tariffs on cars, June 27 notwithstanding, are due to fall, the ministry said.",
        "UPDATE: The ministers met on Saturday in Oslo for an hour.",
        "Japan-U.S. talks ended on Saturday without a deal, officials said.",
        "EU (European Union) ministers met on Saturday in Oslo.",
        "The U.S. - as the largest buyer - will not give way, he said.",
    ],
)
def test_an_ordinary_opening_is_no_dateline(sentence: str) -> None:
    doc = document("a.txt", f"Ministers meet for an hour\n\n{sentence}\n\nThey will meet again.\n")
    assert blocks(doc)[1] == ("paragraph", sentence)
    assert doc.place is None


def test_a_dateline_without_a_year_takes_the_year_nearest_to_publication() -> None:
    doc = document("a.txt", f"date 2026-01-01\nMinisters meet\n\nOSLO, Dec. 31 (Example Wire) - {BODY}\n")
    assert doc.place_date == "2025-12-31"


PAGE = """\
WORLD
Doe, Tanaka agree to meet again
Talks to resume in Rome
By JANE SMITH and Bob Roe | Example Times
Published June 28, 2025 4:12 PM EDT | Updated June 29, 2025
Share
Facebook
Commerce Secretary Jane Doe, left, shakes hands with Ken Tanaka in Oslo on Saturday. (EX Photo/Ann Lee)
OSLO, Norway — Commerce Secretary Jane Doe agreed with Trade Minister Ken Tanaka on Saturday to meet again.
Advertisement
He named three points:
• The tariff on cars falls.
• The quota goes up.
Read more: Doe flies to Rome
FILE PHOTO: Trade Minister Ken Tanaka attends a meeting in Rome. REUTERS/Ann Lee
What comes next
"We are close," Tanaka said.
Sign up for our newsletter
More on this story
Tanaka warns of tariffs
Doe to visit Paris
The tariff on cars is 25 percent, and it has been in force since the beginning of April, officials said.
(Reporting by Jane Smith; Editing by Bob Roe)
Copyright 2025 Example Times. All rights reserved.
"""


def test_a_page_copied_line_by_line_is_read_as_what_it_is() -> None:
    doc = document("a.txt", PAGE)
    kinds = [kind for kind, _ in blocks(doc)]
    assert kinds == [
        "meta", "headline", "subhead", "meta", "meta", "meta", "meta", "caption", "meta", "dateline", "paragraph",
        "meta", "paragraph", "bullet", "bullet", "meta", "caption", "meta", "subhead", "paragraph", "meta", "meta",
        "meta", "meta", "paragraph", "meta", "meta",
    ]  # fmt: skip
    assert doc.headline == "Doe, Tanaka agree to meet again"
    assert doc.published == "2025-06-28"
    assert doc.authors == ("Jane Smith", "Bob Roe")
    assert ("bullet", "The tariff on cars falls.") in blocks(doc)


def test_the_date_may_share_the_line_with_the_text() -> None:
    doc = document("a.txt", f" date 2025-06-28 {BODY}\nThey will meet again.© EXAMPLE\n")
    assert blocks(doc) == [
        ("meta", "date 2025-06-28"),
        ("paragraph", BODY),
        ("paragraph", "They will meet again."),
        ("meta", "© EXAMPLE"),
    ]
    assert (doc.published, doc.publisher) == ("2025-06-28", "EXAMPLE")


@pytest.mark.parametrize("text", ["Tanaka to meet Doe in Oslo", "Tanaka met Doe.", BODY, "Japan imposes tariff on "
    "steel"])
def test_a_single_line_is_a_paragraph(text: str) -> None:
    assert blocks(document("a.txt", text)) == [("paragraph", text)]


def test_wrapped_paragraphs_are_joined_and_lines_of_their_own_are_not() -> None:
    wrapped = (
        "Trade Minister Ken Tanaka met Commerce Secretary Jane Doe in Oslo on\n"
        "Saturday for about an hour, the ministry said. The two will meet again\non Monday.\n\n"
        "Doe arrived in the Norwegian capital on Thursday and is due to leave on\nSunday.\n\n"
        "  -  The tariff on cars falls to 15 percent, from\n     25 percent.\n  -  The quota goes up.\n"
    )
    doc = document("a.txt", wrapped)
    assert [kind for kind, _ in blocks(doc)] == ["paragraph", "paragraph", "bullet", "bullet"]
    lines = "The talks ended on Saturday without a deal, he said.\nHe will be back in June.\nNo date was set.\n"
    assert [words for _, words in blocks(document("b.txt", lines))] == lines.splitlines()


def test_windows_line_ends_do_not_move_offsets() -> None:
    assert blocks(document("a.txt", PAGE.replace("\n", "\r\n"))) == blocks(document("a.txt", PAGE))


TABLE = """\
Tariff rates by country
June 28, 2025

The following rates apply from August 1:

Switzerland 39%
India 25%
Laos: 40 percent

| Country | Rate |
|---------|------|
| EU | 15% |

Brazil\t50%
Canada\t35%

The list may change, and India 25% is not the last word.
"""


def test_rows_of_tables_are_blocks_of_their_own() -> None:
    doc = document("a.txt", TABLE)
    rows = [words for kind, words in blocks(doc) if kind == "table row"]
    assert rows == ["Switzerland 39%", "India 25%", "Laos: 40 percent", "| Country | Rate |", "| EU | 15% "
        "|", "Brazil\t50%",
                    "Canada\t35%"]  # fmt: skip
    assert blocks(doc)[-1] == ("paragraph", "The list may change, and India 25% is not the last word.")


def test_labels_of_a_transcript_are_speakers_and_particulars_are_not() -> None:
    talk = (
        "JOINT PRESS CONFERENCE\n\nMINISTER TANAKA: Thank you all. We met for an hour.\n\nWe will meet again on "
        "Monday.\n\n"
        "REPORTER: Will the tariff go?\n\nMINISTER TANAKA: It should. [Laughter]\n\n(END)\n"
    )
    assert blocks(document("a.txt", talk))[1:] == [
        ("speaker", "MINISTER TANAKA"),
        ("speech", "Thank you all. We met for an hour."),
        ("speech", "We will meet again on Monday."),
        ("speaker", "REPORTER"),
        ("speech", "Will the tariff go?"),
        ("speaker", "MINISTER TANAKA"),
        ("speech", "It should."),
        ("meta", "[Laughter]"),
        ("meta", "(END)"),
    ]
    particulars = "Readout of it\n\nThe ministers met.\n\nPlace: Geneva, in the Palace.\n\nTopic: Tariffs on cars.\n"
    assert {kind for kind, _ in blocks(document("b.txt", particulars))} == {"headline", "paragraph"}


def test_questions_and_answers() -> None:
    talk = "Ken Tanaka spoke to us.\n\nQ: Are you close?\nA: Yes. We met twice.\n\nQ: And when is the next?\nA: Soon.\n"
    assert [kind for kind, _ in blocks(document("a.txt", talk))] == ["paragraph"] + ["speaker", "speech"] * 4


PIECES = {
    "a readout": (
        "Readout of Secretary Doe's Call\n\nJune 28, 2025\nOFFICE OF THE SPOKESPERSON\n\nSecretary Jane Doe spoke "
        "today with "
        "Ken Tanaka.\n\n###\n",
        "headline meta meta paragraph meta",
    ),
    "a transcript of an official site": (
        "Remarks in Joint Press Conference\n\nEast Room\n\n12:05 P.M. EDT\n\nPRESIDENT ROE:  Thank you.\n\n     We "
        "agreed.\n\n"
        "     Q    Mr. President, will it rise?\n\n     PRESIDENT ROE:  No.\n\n     Q    Never?\n\nEND      12:40 "
        "P.M. EDT\n",
        "headline meta meta speaker speech speech speaker speech speaker speech speaker speech meta",
    ),
    "a page in Markdown": (
        "# Tanaka and Doe meet\n\n*By Ada Brook, Oslo, 28 June 2025*\n\n**Summary**\n\n- Talks go on.\n\n## The "
        "talks\n\n"
        "The ministers met.\n\n> \"We are close,\" he said.\n\n| Country | Rate |\n|---|---|\n| Laos | 40% |\n",
        "headline meta subhead bullet subhead paragraph paragraph table row meta table row",
    ),
    "a blog": (
        "What we know so far\nPosted on June 28, 2025 by Ada Brook\nLeave a comment\n\nSo they met again.\n\n1. For "
        "an hour.\n\n"
        "Posted in Trade | Tagged tariffs\n",
        "headline meta meta paragraph bullet meta",
    ),
    "an aligned table": (
        "US tariffs, as of August 1\n\nPartner          Rate\n---------------------\nJapan            15%\nLaos      "
        "       40%\n\n"
        "Source: Trade office\n",
        "headline table row meta table row table row meta",
    ),
    "a list with letters": (
        "Oslo, 28 June 2025\n\nThe two agreed:\n\n(a) Tariffs fall;\n(b) Quotas rise; and\n(c) The talks go on.\n",
        "meta paragraph bullet bullet bullet",
    ),
    "a release": (
        "Ministry of Trade, Republic of Freedonia\nFreedonia and Sylvania sign a pact\n\n"
        "Geneva, 4 March 2019 - They signed.\n",
        "meta headline dateline paragraph",
    ),
    "a list of articles within the text": (
        "Ministers meet in Oslo\nPosted by Ada in Trade, 8 August 2025\n\nThe ministers met.\n\n"
        "Related articles\nWho is Doe?\n"
        "Doe flies to Rome\n\nThey will meet again soon.\n",
        "headline meta paragraph meta meta meta paragraph",
    ),
    "a diary": (
        "Timeline of the talks\n\nApril 2\nDoe announces a tariff.\n\nMay 7\nThe two meet in Oslo.\n",
        "headline subhead paragraph subhead paragraph",
    ),
    "particulars": (
        "The ministers met.\n\nParticipants:\nKen Tanaka, Trade Minister\nJane Doe, Commerce Secretary\n\nNext "
        "steps\n\nThey meet in July.\n",
        "paragraph paragraph bullet bullet subhead paragraph",
    ),
}


@pytest.mark.parametrize("piece", PIECES)
def test_kinds_of_text_are_read_as_what_they_are(piece: str) -> None:
    text, kinds = PIECES[piece]
    assert " ".join(kind for kind, _ in blocks(document("a.txt", text))) == kinds


def test_place_and_day_above_the_text_are_a_dateline_too() -> None:
    doc = document("a.txt", PIECES["a list with letters"][0])
    assert (doc.place, doc.place_date, doc.published) == ("Oslo", "2025-06-28", "2025-06-28")


@pytest.mark.parametrize("line", ["Aa " * 40, "a.b." * 60, "like " * 30, "A, B " * 50, "by " + "Aa and "
    "" * 40, "A" * 9000,
                                  "x wrote " * 30, "Aa 25% " * 30, "+1 (+1/-1) " * 20, "A: " * 200])  # fmt: skip
def test_no_line_makes_a_pattern_search_for_ever(line: str) -> None:
    english = "Ken met Ann on Monday, and they agreed that it was time for the two of them to go home.\n"
    text = english * 40 + f"{english}{line}\n" * 10
    started = time.perf_counter()
    document("a.txt", text + "\nComments (3)\n\n" + f"{line}\n" * 5)
    assert time.perf_counter() - started < 2


LINES = [*PAGE.split("\n"), *TABLE.split("\n"), "", "Comments (2)", "garden_gnome", "© 2025 X", "Q: Why?"]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(LINES), max_size=25) | st.lists(st.text(max_size=80), max_size=8))
def test_any_lines_give_blocks_in_order_within_the_text_or_one_error(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        doc = document("a.txt", text)
    except SourceError:
        return
    end = 0
    for block in doc.blocks:
        assert end <= block.start < block.end <= len(text)
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        end = block.end
    for comment in doc.comments:
        assert end <= comment.start <= comment.end <= len(text)
        assert text[comment.start : comment.end] == comment.text
        assert all(text[a:b] and b <= end for a, b in comment.quotes)

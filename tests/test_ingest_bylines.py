"""Bylines, credits, contacts and places: who wrote an article is nobody in the news, and where is its place."""

from __future__ import annotations

import pytest

from kg.model import BlockKind, Document
from kg.stages.ingest.document import document

FIRST = "Trade Minister Ken Tanaka spoke with Commerce Secretary Jane Doe twice on Saturday, his office said."
LAST = "Talks will resume next week, the ministry said."


def _read(head: str = "", tail: str = "", dateline: str = "") -> Document:
    body = f"{dateline}{FIRST}\n\n{LAST}\n\n{tail}\n"
    return document("a.txt", f"date 2025-06-28\nMinisters speak twice\n{head}\n\n{body}")


def _of(doc: Document, *kinds: BlockKind) -> list[str]:
    return [doc.text[b.start : b.end] for b in doc.blocks if b.kind in kinds]


def _others(doc: Document) -> list[str]:
    return [doc.text[b.start : b.end] for b in doc.blocks if b.kind not in {BlockKind.META, BlockKind.DATELINE}]


HEADS = {
    "By Ada Brook": (("Ada Brook",), None),
    "By Ada Brook in Canberra": (("Ada Brook",), "Canberra"),
    "By Ada Brook in Canberra and Sam Roe in Beijing": (("Ada Brook", "Sam Roe"), "Canberra"),
    "By ADA BROOK and SAM ROE | Example Times": (("Ada Brook", "Sam Roe"), None),
    "By Ada Brook, Example Courier": (("Ada Brook",), None),
    "By Ada Brook, Sam Roe and Lena van der Berg": (("Ada Brook", "Sam Roe", "Lena van der Berg"), None),
    "By Ada Brook, trade correspondent": (("Ada Brook",), None),
    "(By Ada Brook and Sam Roe)": (("Ada Brook", "Sam Roe"), None),
    "Ada Brook, Pretoria": (("Ada Brook",), "Pretoria"),
    "Ada Brook in Rome": (("Ada Brook",), "Rome"),
    "June 28, 2025 - 17:20 | Ada Brook, Bern": (("Ada Brook",), "Bern"),
    "By Ada Brook (Beijing, correspondent) and Sam Roe": (("Ada Brook", "Sam Roe"), "Beijing"),
    "Ministry of Trade and Industry, Singapore": ((), "Singapore"),
    "WASHINGTON": ((), "Washington"),
    "Oslo, Saturday 28 June 2025 (unofficial translation)": ((), "Oslo"),
    "From our special correspondent in Montevideo, Ada Brook": (("Ada Brook",), "Montevideo"),
    "Our correspondent in Geneva, Ada Brook": (("Ada Brook",), "Geneva"),
    "From our correspondent in Washington": ((), "Washington"),
    "By our South America correspondent": ((), None),
    "Posted by Ada Brook in Trade, 28 June 2025": (("Ada Brook",), None),
    "Posted by Ada Brook on 28 June 2025 | Filed under: Trade, Steel": (("Ada Brook",), None),
    "From: Department of International Trade": ((), None),
    "From our correspondent Ada Brook": (("Ada Brook",), None),
    "Ada Brook · Example News · Posted: Jun 28, 2025 4:12 PM EDT": (("Ada Brook",), None),
    "Example web team": ((), None),
    "a blog by Ada Brook": (("Ada Brook",), None),
    "Notes on trade and power, by Ada Brook": (("Ada Brook",), None),
    "A commentary by Ada Brook, Example Courier": (("Ada Brook",), None),
    "Guest column | Ada Brook": (("Ada Brook",), None),
    "Por Ada Brook — Oslo": (("Ada Brook",), None),
    "by staff writer Ada Brook (ada@example.org)": (("Ada Brook",), None),
    "Example press room, Brussels, 28 June 2025": ((), "Brussels"),
    "Putrajaya, 28 June 2025": ((), "Putrajaya"),
    "June 28, 2025 – Ottawa, Ontario": ((), "Ottawa, Ontario"),
    "Ottawa, Ontario - Global Affairs Freedonia": ((), "Ottawa, Ontario"),
}


@pytest.mark.parametrize("line", HEADS)
def test_lines_between_headline_and_body_give_authors_and_place_and_no_text(line: str) -> None:
    doc = _read(head=line)
    assert (doc.headline, doc.authors, doc.place) == ("Ministers speak twice", *HEADS[line])
    assert _others(doc) == ["Ministers speak twice", FIRST, LAST]


TAILS = {
    "(By Ada Brook and Sam Roe)": ("Ada Brook", "Sam Roe"),
    "(Compiled by Ada Brook)": ("Ada Brook",),
    "(Reporting by Ada Brook in Rome; editing by Sam Roe)": ("Ada Brook",),
    "Reporting by Ada Brook; editing by Sam Roe": ("Ada Brook",),
    "Additional reporting by Ada Brook.": (),
    "Ada Brook contributed to this report.": (),
    "Enditem/ab": (),
    "Enditem": (),
    "ENDS": (),
    "-30-": (),
    "(END)": (),
    "Ada Brook, Pretoria": (),
    "ada.brook@example.org": (),
    "($1 = 9.4 crowns)": (),
    "Contact: Ada Brook, 555 0100": (),
    "Contacts\nAda Brook\nPress Secretary\nOffice of the Minister": (),
    "For further information please contact:\nAda Brook, Press Bureau": (),
    "Related products\n- Backgrounder: What Sam Roe signed\n- Statement by Minister Brook": (),
    "ADVERTISEMENT\nSave 40 percent on rice. Ada Brook did.": (),
}


@pytest.mark.parametrize("tail", TAILS)
def test_credits_and_contacts_below_the_text_are_not_read(tail: str) -> None:
    doc = _read(tail=tail)
    assert doc.authors == TAILS[tail]
    assert _others(doc) == ["Ministers speak twice", FIRST, LAST]
    assert doc.comments == ()


def test_what_is_said_of_the_writer_is_not_read_and_what_is_said_of_others_is() -> None:
    note, news = "Ada Brook is a reporter in Oslo.", "Sam Roe is a reporter in Oslo."
    assert _others(_read(head="By Ada Brook", tail=note))[-1] == LAST
    assert _others(_read(head="By Ada Brook", tail=news))[-1] == news


@pytest.mark.parametrize(("dateline", "place"), [("OTTAWA - ", "OTTAWA"), ("OSLO, June 28 (Example Wire) -- ", "OSLO")])
def test_a_dateline_goes_before_the_place_of_the_byline(dateline: str, place: str) -> None:
    assert _read(head="By Ada Brook in Canberra", dateline=dateline).place == place
    assert _read(dateline=dateline).place == place


@pytest.mark.parametrize("title", ["By Land and Sea", "Oslo - Rome by Night Train", "Why Ada Brook left",
                                   "Analysis: Talks Stall", "Trade column signed by Jane Doe"])
def test_headlines_that_look_like_bylines(title: str) -> None:
    assert document("a.txt", f"date 2025-06-28\n{title}\n\n{FIRST}\n\n{LAST}\n").headline == title


def test_a_kicker_stands_above_a_headline_that_asks() -> None:
    doc = document("a.txt", f"EXPLAINER\nWhat happens to the pact on July 1?\n\n{FIRST}\n\nWho decides?\n\n{LAST}\n")
    assert doc.headline == "What happens to the pact on July 1?"
    assert _of(doc, BlockKind.META) == ["EXPLAINER"]
    assert _of(doc, BlockKind.SUBHEAD) == ["Who decides?"]


def test_the_times_of_a_live_page_are_no_text() -> None:
    doc = document("a.txt", f"Live: talks in Oslo\n\nNewest first.\n\n9:40 p.m.\n{FIRST}\n\n20:20 It is over\n{LAST}\n")
    assert _of(doc, BlockKind.META) == ["9:40 p.m.", "20:20"]
    assert _of(doc, BlockKind.SUBHEAD) == ["It is over"]
    assert _of(doc, BlockKind.PARAGRAPH) == ["Newest first.", FIRST, LAST]


@pytest.mark.parametrize("credit", ["Photo: Example / Ada Brook", "KEYSTONE-EXAMPLE", "Image: Ada Brook"])
def test_who_took_a_picture_is_no_part_of_its_caption(credit: str) -> None:
    doc = _read(head=f"\nKen Tanaka shakes hands with Jane Doe in Oslo on Saturday. {credit}")
    assert _of(doc, BlockKind.CAPTION) == ["Ken Tanaka shakes hands with Jane Doe in Oslo on Saturday."]
    assert credit in _of(doc, BlockKind.META)


def test_questions_of_a_press_conference_with_the_medium_in_brackets() -> None:
    doc = document("a.txt", "The ministers meet the press\n\nTANAKA: Good afternoon.\n\nQ (Example News): Will you "
                   "meet again?\n\nTANAKA: On Monday.\n\nQ (Radio Brook): Where?\n\nTANAKA: In Rome.\n")  # fmt: skip
    assert _of(doc, BlockKind.SPEAKER) == ["TANAKA", "Q", "TANAKA", "Q", "TANAKA"]
    assert _of(doc, BlockKind.SPEECH) == ["Good afternoon.", "Will you meet again?", "On Monday.", "Where?", "In Rome."]


@pytest.mark.parametrize(
    "line",
    [
        "Example Agency | Last Updated: Jun 28, 2025, 07:42:00 PM IST",
        "Issued on: 28/06/2025 - 21:14",
        "Source: Example| 2025-06-28 09:12:45|Editor: brook",
        "Ada Brook - 28/06/2025",
        "28.06.2025 17:30",
        "06/28/2025 02:15 PM EDT",
        "Press release | 28 June 2025 | Brussels",
        "IP/25/812 - Brussels, 28 June 2025",
        "Press Release No. 45/2025 | June 28, 2025",
        "Statement - Ottawa, Ontario - June 28, 2025",
        "Example Times / June 28, 2025",
        "The Example Times, June 28, 2025, Page A4",
        "Tue, Jun 28, 2025, 9:14 AM GMT-4 · 3 min read",
        "Politics • Jun 28, 2025",
        "Business | Economy | 28th June 2025 | 10:20 CET",
        "Opinion by Ada Brook, 28 June 2025, 08:00",
    ],
)
def test_a_line_with_a_date_above_the_body_tells_when_it_was_published(line: str) -> None:
    doc = document("a.txt", f"Ministers speak twice\n{line}\n\n{FIRST}\n\n{LAST}\n")
    assert doc.published == "2025-06-28"
    assert _others(doc) == ["Ministers speak twice", FIRST, LAST]


@pytest.mark.parametrize(
    ("deck", "why"),
    [
        ("What the rates of April 2, 2025 have changed", "a deck"),
        ("Canada, August 1, 2025: 35% on all goods", "a rate"),
        ("03/04/2025 08:00", "April or March"),
    ],
)
def test_a_date_that_is_of_something_else_or_can_be_read_in_two_ways_is_none(deck: str, why: str) -> None:
    doc = document("a.txt", f"Ministers speak twice\n{deck}\n\n{FIRST}\n\n{LAST}\n")
    assert doc.published is None, why

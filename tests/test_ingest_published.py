"""The day of publication, the authors and the beginning of the body on many made-up pages; no day where none is."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.model import BlockKind, Document
from kg.stages.ingest.document import document
from tests.pages import DAY, PLACES, Page, pages

FIRST = "Trade Minister Ken Tanaka met Commerce Secretary Jane Doe on Tuesday for an hour, his office said."
PAST = "Cars have paid 25 percent under the pact in force since July 1, 2020, which was signed on 3 February 2019."
LAST = "The two will meet again next week, the ministry said."


def _read(doc: Document) -> list[str]:
    return [doc.text[b.start : b.end] for b in doc.blocks if b.kind not in {BlockKind.META, BlockKind.DATELINE}]


def _faults(page: Page) -> set[str]:
    """What of a page is read wrongly."""
    doc = document("a.txt", page.text)
    read = _read(doc)
    bare = page.first in read and not any(name in words for words in read for name in ("Ada Brook", "Sam Roe"))
    found = {
        "none": doc.published is None,
        "wrong": doc.published not in {None, DAY},
        "authors": doc.authors != page.authors,
        "body": not bare,
        "comments": bool(doc.comments),
    }
    return {fault for fault, there in found.items() if there}


@pytest.mark.parametrize("place", PLACES)
def test_the_day_is_found_wherever_a_page_states_it(place: str) -> None:
    every = [_faults(page) for page in pages(len(PLACES) * 60) if page.place == place]
    faults = Counter(fault for found in every for fault in found)
    assert faults["wrong"] == 0
    assert all(n <= len(every) // 20 for n in faults.values()), faults


NO_DAY = {
    "prose": "",
    "a deck of the past": "What the rates of April 2, 2025 have changed",
    "a deadline": "Deadline: 9 July 2025",
    "entry into force": "Entry into force: 1 May 2026",
    "a signature": "Signed: 24 July 2024",
    "a caption": "FILE PHOTO: Ken Tanaka at the port of Oslo, March 3, 2024. REUTERS/Mia Lund",
    "a picture": "Ken Tanaka waves in Oslo, 3 March 2024 (Mia Lund/EPX)",
    "validity": "Valid until 6 February 2026",
    "the next round": "Next round: 14 April 2025",
    "a rate": "Canada, August 1, 2025: 35% on all goods",
    "an event": "Event date: 14 April 2025",
    "a validity in a sentence": "It has applied since 1 July 2020.",
    "another article": "Related articles\nTanaka flies to Rome\nMarch 3, 2024",
    "two ways": "03/04/2025 08:00",
    "a life": "Born 12 March 1962",
    "a chronology": "9 April 2024\nDoe announces a tariff.\n7 May 2024\nThe two meet in Oslo.",
    "a chronology in lines": "April 9, 2024: Doe announces a tariff\nMay 7, 2024: the two meet in Oslo",
    "days before sentences": "9 April 2024 – Doe announced a tariff.\n7 May 2024 – The two met in Oslo.",
    "a list": "• April 9, 2024\n• May 7, 2024",
}


@pytest.mark.parametrize("what", NO_DAY)
@pytest.mark.parametrize("where", ["head", "deck", "end"])
def test_a_day_of_something_else_is_none_of_publication(what: str, where: str) -> None:
    line = NO_DAY[what]
    heads = {"head": f"{line}\n\n", "deck": f"He came home without a quota.\n\n{line}\n\n", "end": ""}
    tail = f"\n\n{line}" if where == "end" else ""
    doc = document("a.txt", f"Ministers speak twice\n\n{heads[where]}{FIRST}\n\n{PAST}\n\n{LAST}{tail}\n")
    assert doc.published is None
    assert {FIRST, PAST, LAST} <= set(_read(doc))


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published: 12/03/2025 14:05 EDT", "2025-12-03"),
        ("Tuesday, 11/03/2025", "2025-03-11"),
        ("Updated March 19, 2025 | First published March 18, 2025", "2025-03-18"),
        ("March 18, 2025, updated March 19, 2025", "2025-03-18"),
        ("Example Advisers. Last updated 18 March 2025", "2025-03-18"),
        ("Done at Oslo, 18 March 2025.", "2025-03-18"),
        ("This article was first published on 18 March 2025.", "2025-03-18"),
    ],
)
@pytest.mark.parametrize("where", ["head", "end"])
def test_what_a_line_says_of_its_day_counts(line: str, day: str, where: str) -> None:
    head, tail = (f"{line}\n\n", "") if where == "head" else ("", f"\n\n{line}")
    doc = document("a.txt", f"Ministers speak twice\n\n{head}{FIRST}\n\n{PAST}\n\n{LAST}{tail}\n")
    assert doc.published == day
    assert _read(doc) == ["Ministers speak twice", FIRST, PAST, LAST]


def test_a_day_in_numbers_is_read_as_the_days_of_the_text_bear_out() -> None:
    text = "Ministers speak twice\nPublished: 12/03/2025\n\n{}\n\nThey had met on {} as well.\n"
    assert document("a.txt", text.format(FIRST, "March 10")).published == "2025-03-12"
    assert document("a.txt", text.format(FIRST, "1 December")).published == "2025-12-03"
    assert document("a.txt", text.format(FIRST, "4 July")).published is None


def test_a_line_of_publication_goes_before_one_of_a_change() -> None:
    head = "Ministers speak twice\nUpdated: 19 March 2025\nPublished: 18 March 2025\n\n"
    assert document("a.txt", f"{head}{FIRST}\n\n{LAST}\n").published == "2025-03-18"


def test_an_introduction_above_the_byline_is_read() -> None:
    deck = "Negotiators have started work on a treaty. They have until the end of June."
    doc = document("a.txt", f"Talks go on\n\n{deck}\n\nJune 28, 2025 - 17:20\nAda Brook, Bern\n\n{FIRST}\n\n{LAST}\n")
    assert (doc.published, doc.authors, doc.place) == ("2025-06-28", ("Ada Brook",), "Bern")
    assert _read(doc) == ["Talks go on", deck, FIRST, LAST]


def test_a_person_of_the_news_as_a_subhead_is_no_writer() -> None:
    doc = document("a.txt", f"Who is who\n\nThese are the negotiators.\n\nJane Doe\n\n{FIRST}\n\n{LAST}\n")
    assert doc.authors == ()
    assert "Jane Doe" in _read(doc)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Berlaymont press room, Brussels, 30 June 2025\nPress point by Commissioners Poe and Roe", "2025-06-30"),
        ("State Department briefing room, Washington, July 9, 2025\nPress briefing by Ann Poe", "2025-07-09"),
        ("LIVE\nTalks in Oslo\nFriday, Aug. 31, 2018. All times Eastern; oldest first. By our staff", "2018-08-31"),
        ("Talks in Oslo: live\nSaturday, 12 April 2025. Times are local, newest entry on top", "2025-04-12"),
        ("Who has hit back\nRetaliatory duties, by country. Status: Thursday, July 5, 2018", "2018-07-05"),
        ("Rates by country\nAdditional duties in percent. Correct as of August 7, 2025.", "2025-08-07"),
        ("Rates by country\nHigher duties as of 1 August 2025", None),
        ("Bulletin for importers – Bergen, Tuesday 3 June 2025\nNew duties", "2025-06-03"),
        ("Talks in Oslo\nNotes for the week, 3 June 2025", "2025-06-03"),
        ("Talks in Oslo\n3 June 2025 – this week in trade", "2025-06-03"),
        ("Good morning. It is Tuesday, 3 June 2025.", "2025-06-03"),
        ("Talks in Oslo\nJune 3 (Tue), 2025, at the Ministry", "2025-06-03"),
        ("Talks in Oslo\nUpdated: June, 3/2025 - 14:30", "2025-06-03"),
        ("Talks in Oslo\nWire | Trade | Jane Doe, our correspondent in the north | 13/6/2025", "2025-06-13"),
        ("Oslo (Wire) - 3 June 2025 - The ministers of Peru and Chad met.", "2025-06-03"),
        ("Oslo, June 3, 2025. The ministers of Peru and Chad met.", "2025-06-03"),
        ("The Oslo Wire, vol. 12, 2025\n\nOSLO, June 3 - The ministers of Peru and Chad met.", "2025-06-03"),
        ("Doe at the press room in Brussels on 30 June 2024, when the deal was signed", None),
        ("What changed\n9 April 2024. Doe announces a tariff on all goods.", None),
    ],
)
def test_the_head_of_a_transcript_a_live_page_or_a_list_tells_its_day(head: str, day: str | None) -> None:
    assert document("a.txt", f"{head}\n\n{FIRST}\n\n{PAST}\n\n{LAST}\n").published == day


@pytest.mark.parametrize(
    "text",
    [
        f"Ministers speak twice\n\nOslo (Example) - 28 June 2025 - {FIRST}",
        f"Ministers speak twice\n\nOslo (Example) – 28 June 2025. {FIRST}",
        f"Ministers speak twice\n\nOslo (Example, 28 June 2025) – {FIRST}",
        f"FREIGHT AND DUTIES\nBulletin for importers – Oslo, Saturday 28 June 2025\n\nMinisters speak twice\n\n{FIRST}",
        f"The week in trade: 28 June 2025\n\n{FIRST}",
        f"Freight notes, the newsletter of 28 June 2025\n\n{FIRST}",
        f"Ministers speak twice\nOslo, 28 June 2025 — from our correspondent Ada Brook\n\n{FIRST}",
        f"Good morning. It is Saturday, 28 June 2025, and the talks go on.\n\n{FIRST}",
    ],
)
def test_editions_openings_and_other_datelines_tell_their_day(text: str) -> None:
    assert document("a.txt", f"{text}\n\n{LAST}\n").published == "2025-06-28"


@pytest.mark.parametrize(
    "line",
    ["Duties from 1 August 2025", "What 9 July 2025 brings", "The deadline is Friday, 1 August 2025.",
     "Canada – 1 August 2025: 35%", "Next round: Oslo, 14 April 2025"],
)  # fmt: skip
def test_a_title_that_names_a_day_of_something_else_does_not(line: str) -> None:
    assert document("a.txt", f"{line}\n\n{FIRST}\n\n{LAST}\n").published is None

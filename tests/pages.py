"""Made-up pages that state their day of publication: formats of dates, clocks, labels, and places on the page."""

from __future__ import annotations

import random
from dataclasses import dataclass

DAY = "2025-03-18"  # a Tuesday
DATES = (
    "March 18, 2025", "18 March 2025", "Mar 18, 2025", "Mar. 18, 2025", "18 Mar 2025", "18th March 2025",
    "March 18th, 2025", "Tuesday, March 18, 2025", "Tuesday 18 March 2025", "Tue, 18 Mar 2025", "Tue Mar 18 2025",
    "Tuesday, 18 March, 2025", "2025-03-18", "2025/03/18", "2025.03.18", "18.03.2025", "18.3.2025", "18/03/2025",
    "03/18/2025", "3/18/2025", "18-03-2025", "18-Mar-2025", "18/Mar/2025", "18 MAR 2025", "MARCH 18, 2025",
    "18 March, 2025", "March 18 2025", "Mar.18.2025", "2025. 3. 18.", "18. 3. 2025",
)  # fmt: skip
CLOCKS = ("", "", "", "14:05", "2:05 PM", "2:05 p.m.", "2.05pm", "14h05", "1405 GMT", "14:05:31", "14.05")
ZONES = ("", "", "GMT", "EDT", "CET", "IST", "ET", "GMT+2", "(GMT+8)", "local time", "+0100", "Beijing time", "hrs")
JOINS = (" ", " ", ", ", " - ", " | ", " at ", " · ", " / ", " – ")
LABELS = (
    "", "", "", "", "Updated ", "Updated: ", "Posted ", "Posted on ", "Posted: ", "Published ", "Published on ",
    "Published: ", "Last Updated: ", "Last updated on ", "First published on ", "Date: ", "Publication date: ",
    "Issued on: ", "Press release ", "Press release | ", "Media release - ", "Ref. no. 123/2025 | ", "News | ",
    "Release date: ", "Web posted at ", "Last modified: ", "PTI | ", "World / ", "Example News - ", "Uploaded ",
    "Created: ", "Date of publication: ", "Press Release No. 45 / ", "Statement | ",
)  # fmt: skip
ENDS = (
    "Published: {}", "Last modified {}", "First published on {}", "Press release {}", "Ref. no. 123/2025 | {}",
    "Bern, {}", "({})", "Jakarta, {}", "Brussels, {}", "This article was first published on {}.", "Posted on {}",
    "(Jakarta, {})", "Date: {}", "Updated: {}", "Published {}", "Geneva | {}", "{} | Example News",
)  # fmt: skip
DATELINES = (
    "Bern, {} – ", "MEXICO CITY, {} (EFX).- ", "Mexico City, {} (EFX). - ", "(Jakarta, {}) ",
    "GENEVA, {} (Example) -- ",
    "Brussels, {} - ", "TOKYO, {} /Example/ -- ", "OSLO, {}.- ", "Oslo, {}.– ", "LIMA, {} (Example): ", "{}, Bern – ",
    "[Seoul, {}] ", "NAIROBI ({}) - ", "{} (Brussels) - ", "Madrid, {} (Example News).—", "Bern - {} - ",
    "ISTANBUL, {} (EX) – ", "VIENNA, {}. /EXA/. ", "Delhi, {}: ", "{} - ", "{} | ",
)  # fmt: skip
BYLINES = (
    ("By Ada Brook", ("Ada Brook",)), ("By Ada Brook and Sam Roe", ("Ada Brook", "Sam Roe")),
    ("Ada Brook, Bern", ("Ada Brook",)), ("By ADA BROOK", ("Ada Brook",)), ("Ada Brook", ("Ada Brook",)),
    ("By Ada Brook, Example Times", ("Ada Brook",)), ("Ada Brook in Rome", ("Ada Brook",)),
    ("Written by Ada Brook", ("Ada Brook",)), ("Ada Brook and Sam Roe", ("Ada Brook", "Sam Roe")),
    ("Ada Brook | Example Times", ("Ada Brook",)),
    ("By Ada Brook in Oslo and Sam Roe in Rome", ("Ada Brook", "Sam Roe")),
    ("Ada Brook, Trade Correspondent", ("Ada Brook",)),
)  # fmt: skip
CREDITS = (
    " (Mia Lund/Example Photo Service)", " | Pool photo by Mia Lund", " Photo: Mia Lund/EPX", " Photograph: Mia Lund",
    " Image: Mia Lund", " (Photo by Mia Lund)", " | Mia Lund/Example Images", " (Mia Lund/AFX via Example Images)",
    " [Photo: Mia Lund]", " Photo by Mia Lund", " © Mia Lund", " / Mia Lund/EXAMPLE", " (AP Photo/Mia Lund)",
    " (EPX/Mia Lund)", " Credit: Mia Lund", " Photo credit: Mia Lund, Example Wire", " — Mia Lund for Example Times",
    " Picture: Mia Lund", " (Photo: Mia Lund)",
)  # fmt: skip
CAPTIONS = (
    "Trade Minister Ken Tanaka at the airport in Oslo on Tuesday.",
    "Commerce Secretary Jane Doe, left, with Ken Tanaka in Rome.",
    "Ken Tanaka arrives for the talks in Oslo.",
    "The port of Oslo, where most of the cars are unloaded.",
)
DECKS = (
    ("Tanaka came home from Oslo without the quota he went for.",),
    ("Negotiators have started work on a treaty. They have until the end of June.",),
    ("Officials count on a deal before the summer",),
    ("The minister wants \"a fair bargain\", his office says, and will wait for it.",),
    ("Car makers hoped for more. The ministry asks them for patience.", "What has been agreed, and what has not."),
)
HEADLINES = (
    "Tanaka and Doe end talks in Oslo without a deal",
    "Tariff talks: Tanaka hopes to win over Doe in Oslo",
    "U.S. races to pin down quota before June",
)
BODIES = (
    ("Trade Minister Ken Tanaka met Commerce Secretary Jane Doe on Tuesday for an hour, his office said.",
     "Cars have paid 25 percent under the pact in force since July 1, 2020. A first round was held on Feb. 3, 2025.",
     "The two will meet again next week, the ministry said."),
    ("Ministers Tanaka and Doe reviewed the negotiations on Tuesday.",
     "They recalled the statement of 14 January 2025 and agreed:",
     "- to lower the tariff on cars to 15 per cent by 1 May 2025;", "- to meet in Rome on 4 April 2025.",
     "The ministers thanked their hosts."),
    ("So they met, and what do we know? Not much, except that the tariff stays at 25 percent until June.",
     "What next?",
     "On 9 April 2025 the pause ends. My bet is that they will talk again before that day comes round."),
    ("Here is what the United States charges since the order of February 1, 2025 took effect.",
     "Laos: 40%", "Japan: 15%, since 3 February 2025", "Brazil: 50%",
     "The list may change at any time, the ministry warned."),
)  # fmt: skip
PLACES = (
    "above", "below", "deck", "byline", "same line", "bylined", "caption", "deck and caption", "dateline", "end",
    "deck, caption, byline", "kicker",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and what a reader takes from its head."""

    place: str
    text: str
    authors: tuple[str, ...]
    first: str  # the first sentence of the body
    body: tuple[str, ...]


def pages(count: int, seed: int = 7) -> list[Page]:
    """That many pages; the same ones each time."""
    chance = random.Random(seed)  # noqa: S311
    return [_page(PLACES[i % len(PLACES)], chance) for i in range(count)]


def _when(chance: random.Random) -> str:
    """A date, with a clock and a zone or without."""
    clock = chance.choice(CLOCKS)
    zone = chance.choice(ZONES) if clock and "GMT" not in clock else ""
    return chance.choice(DATES) + (chance.choice(JOINS) + f"{clock} {zone}".strip() if clock else "")


def _page(place: str, chance: random.Random) -> Page:
    date = chance.choice(DATES)
    line = chance.choice(LABELS) + _when(chance)
    byline, authors = chance.choice(BYLINES)
    headline, body = chance.choice(HEADLINES), chance.choice(BODIES)
    deck = list(chance.choice(DECKS))
    caption = chance.choice(CAPTIONS) + chance.choice(CREDITS)
    lines = [headline]
    tail: list[str] = []
    first = body[0]
    written = place not in {"above", "below", "deck", "caption", "deck and caption", "dateline", "end", "kicker"}
    match place:
        case "above":
            lines = [line, headline]
        case "kicker":
            lines = ["ECONOMY | TRADE", headline, line]
        case "below":
            lines = [headline, line]
        case "deck":
            lines = [headline, *deck, line]
        case "byline":
            lines = [headline, *chance.choice(((), deck)), byline, line]
        case "bylined":
            lines = [headline, *chance.choice(((), deck)), line, byline]
        case "same line":
            byline, authors = chance.choice(BYLINES[:2])
            form = chance.choice(("{} | {}", "{}, {}", "{} - {}", "{} · {}", "{} {}", "{} — {}"))
            lines = [headline, *chance.choice(((), deck)), form.format(byline, _when(chance))]
        case "caption":
            lines = [headline, caption, line]
        case "deck and caption":
            lines = [headline, *deck, caption, line]
        case "deck, caption, byline":
            lines = [headline, *deck, caption, *chance.choice(((line, byline), (byline, line)))]
        case "dateline":
            first = chance.choice(DATELINES).format(date) + first
        case _:
            tail = [chance.choice(ENDS).format(date)]
    gap = chance.choice(("\n\n", "\n"))
    text = gap.join(lines) + "\n\n" + "\n\n".join((first, *body[1:], *tail)) + "\n"
    return Page(place, text, authors if written else (), body[0], body)

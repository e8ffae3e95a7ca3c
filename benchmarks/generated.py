"""News in sentences of our own, made by the thousand from a seed: for benchmarks of size, never of accuracy.

    python -m benchmarks.generated 1000 news.jsonl [--dull 0.95]

Each document is one record of a JSON lines file: a report of some paragraphs about a call, a meeting, a visit or a
tariff between two of twenty states, or (`--dull`) a text that has nothing to do with negotiations.
"""

from __future__ import annotations

import argparse
import json
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

STATES = (
    ("Japan", "Japanese", "Tokyo"), ("Switzerland", "Swiss", "Bern"), ("Canada", "Canadian", "Ottawa"),
    ("Mexico", "Mexican", "Mexico City"), ("Brazil", "Brazilian", "Brasilia"), ("India", "Indian", "New Delhi"),
    ("Norway", "Norwegian", "Oslo"), ("Egypt", "Egyptian", "Cairo"), ("Kenya", "Kenyan", "Nairobi"),
    ("Chile", "Chilean", "Santiago"), ("Turkey", "Turkish", "Ankara"), ("Vietnam", "Vietnamese", "Hanoi"),
    ("Thailand", "Thai", "Bangkok"), ("Poland", "Polish", "Warsaw"), ("Spain", "Spanish", "Madrid"),
    ("Italy", "Italian", "Rome"), ("Peru", "Peruvian", "Lima"), ("Morocco", "Moroccan", "Rabat"),
    ("Australia", "Australian", "Canberra"), ("Indonesia", "Indonesian", "Jakarta"),
)  # fmt: skip
FIRST = ("Anna", "Ben", "Carla", "Daniel", "Elena", "Felix", "Greta", "Hugo", "Irene", "Jonas", "Karin", "Leo", "Mara",
         "Nils", "Olga", "Paul", "Rosa", "Simon", "Tara", "Viktor")  # fmt: skip
LAST = ("Abend", "Bellweg", "Corvin", "Dalmar", "Estrand", "Fennick", "Garlund", "Holmann", "Ivarsen", "Jortan",
        "Kestrel", "Lindqvar", "Marvell", "Norrby", "Ostrand", "Pellingar", "Quistad", "Rovan", "Sandvar", "Tellmann",
        "Umbrick", "Varnov", "Westrum", "Zelmar")  # fmt: skip
OFFICES = ("Trade Minister", "Foreign Minister", "Finance Minister", "Economy Minister")
PLACES = ("Geneva", "Singapore", "Vienna", "Doha", "Washington", "Brussels")
GOODS = ("steel", "cars", "beef", "semiconductors", "wine", "timber", "solar panels", "medicines")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
DULL = (
    "The museum has opened a room with paintings of the sea, and the garden behind it is free to all visitors.",
    "The home team won the match by two goals, although its best player had to leave the field early.",
    "A new recipe for bread asks for more water and a longer rest in the cold than most bakers allow.",
    "The weather will stay dry until the weekend, with some clouds in the hills and light winds near the coast.",
    "Researchers found that the birds return to the same trees every spring and build their nests higher each year.",
    "The new train takes an hour less than the old one, and its windows can be opened on warm days.",
    "The novel tells of a family that runs a hotel by a lake and of the guests who never wish to leave.",
    "Doctors say that a walk after dinner does more for most people than an hour in the gym once a week.",
)
BEGIN = date(2025, 1, 6)


def person(chance: Random, state: tuple[str, str, str], office: str) -> str:
    """The name of who holds an office: each state has the same few people in all documents."""
    own = Random(f"{state[0]} {office} {chance.randrange(2)}")  # noqa: S311
    return f"{own.choice(FIRST)} {own.choice(LAST)}"


def report(chance: Random, number: int) -> str:
    """A report about two states."""
    (one, two), office = chance.sample(STATES, 2), chance.choice(OFFICES)
    a, b = person(chance, one, office), person(chance, two, office)
    day, place, goods = chance.choice(DAYS), chance.choice(PLACES), chance.choice(GOODS)
    rate, minutes = chance.choice((5, 10, 12.5, 15, 20, 25, 30)), chance.choice((15, 20, 30, 45, 60, 90))
    published = BEGIN + timedelta(days=number % 600)
    surname = a.split()[1]
    told = [
        f"{one[1]} {office} {a} met {two[1]} {office} {b} in {place} on {day} for about {minutes} minutes.",
        f"{one[1]} {office} {a} and {two[1]} {office} {b} spoke by phone on {day} about {goods}.",
        f"{b} said the {minutes}-minute call with {surname} was useful and that both sides would keep talking.",
        f"{one[0]} imposed a tariff of {rate} percent on {goods} from {two[0]}.",
        f"{one[0]} raised its tariff on imported {goods} from {rate} percent to {rate + 10} percent in March.",
        f"The two ministers will meet again in {place} next week, a person briefed on the talks said.",
        f"{surname} arrived in {two[2]} on {day} for a two-day visit.",
        f"{two[0]} opposes the duties on {goods} and has asked for an exemption, {b} told reporters.",
        f"The third round of negotiations between {one[0]} and {two[0]} ended without an agreement.",
        f"Officials in {one[2]} declined to comment on the date of the next round.",
    ]
    body = chance.sample(told[2:], 6)
    paragraphs = [" ".join([told[number % 2], *body[:2]]), " ".join(body[2:4]), " ".join(body[4:])]
    dateline = f"{one[2].upper()}, {published:%B} {published.day} (Sample) -- "
    return f"date {published}\n{one[0]} and {two[0]} talk about {goods}\n\n{dateline}" + "\n\n".join(paragraphs) + "\n"


def dull(chance: Random, number: int) -> str:
    """A text without any sign of negotiations, as long as a report."""
    published = BEGIN + timedelta(days=number % 600)
    return f"date {published}\n\n" + "\n\n".join(" ".join(chance.sample(DULL, 3)) for _ in range(3)) + "\n"


def records(count: int, *, dull_share: float = 0.0, seed: int = 1) -> Iterator[dict[str, str]]:
    """So many records; each depends on the seed and its own number alone."""
    for number in range(count):
        chance = Random(f"{seed} {number}")  # noqa: S311
        text = dull(chance, number) if chance.random() < dull_share else report(chance, number)
        yield {"id": f"n{number}", "text": text}


def write(path: Path, count: int, *, dull_share: float = 0.0) -> Path:
    """Write the records to a JSON lines file."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(one) + "\n" for one in records(count, dull_share=dull_share))
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--dull", type=float, default=0.0)
    given = parser.parse_args()
    write(given.file, given.count, dull_share=given.dull)

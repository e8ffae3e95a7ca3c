"""How kinds, relations and values are put into words, for every output that a person reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EVENT_KINDS = ("Meeting", "Call", "Visit", "Round", "Summit", "Signing", "Event")


class Relation(NamedTuple):
    """An edge between two nodes: its words, those read from its other end, whether it runs against the property."""

    words: str
    back: str
    turned: bool = False


# In the order in which a legend lists them. `turned` makes the edge read as a sentence: an event has a
# kg:participant, and the drawn edge says that the person is a participant in the event.
RELATIONS: dict[str, Relation] = {
    "holds": Relation("holds", "held by"),
    "represents": Relation("represents", "represented by"),
    "participant": Relation("participant in", "participants", turned=True),
    "party": Relation("party to", "parties", turned=True),
    "country": Relation("of", "belonging to it"),
    "postIn": Relation("post in", "its posts"),
    "partOf": Relation("part of", "includes"),
    "place": Relation("at", "site of"),
    "within": Relation("within", "contains"),
    "topic": Relation("about topic", "topic of"),
    "imposedBy": Relation("imposes", "imposed by", turned=True),
    "target": Relation("on goods of", "its goods hit by"),
    "product": Relation("on", "tariffs on it"),
    "broader": Relation("kind of", "kinds"),
    "replacedBy": Relation("replaced by", "replaces"),
    "retaliationTo": Relation("retaliation to", "answered by"),
    "speaker": Relation("says", "said by", turned=True),
    "onBehalfOf": Relation("on behalf of", "spoken for in"),
    "reports": Relation("reports", "reported in"),
    "denies": Relation("denies", "denied in"),
    "holder": Relation("takes the position", "position of", turned=True),
    "about": Relation("about", "subject of"),
    "source": Relation("acts", "done by", turned=True),
    "recipient": Relation("towards", "directed at it"),
    "possiblySame": Relation("possibly the same as", "possibly the same as"),
    "mentions": Relation("mentions", "mentioned in"),
}
# Names of literal properties where the property's own words would not do.
_NAMES = {
    "altLabel": "also called",
    "asOf": "as of",
    "cameoRoot": "CAMEO root",
    "eventCode": "code",
    "exactMatch": "same as",
    "identifier": "code",
    "rate": "rate, percent",
    "previousRate": "rate before, percent",
    "addedRate": "added, percentage points",
    "tenureStatus": "status",
    "endDate": "end date",
    "minutes": "minutes",
}


def words_of(name: str) -> str:
    """A local name as words: "partOfDay" -> "part of day"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def named(name: str) -> str:
    """What a property is called in a list of details."""
    return _NAMES.get(name) or words_of(name)


def day(value: str) -> str:
    """A date of any precision for reading: "2025-06-28" -> "28 Jun 2025", "2025-04" -> "Apr 2025"."""
    parts = value.split("-")
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", value):
        return value
    month = MONTHS[int(parts[1]) - 1] + " " if len(parts) > 1 else ""
    return (f"{int(parts[2])} " if len(parts) > 2 else "") + month + parts[0]


def number(value: str) -> str:
    """A decimal without needless zeros: "25.0" -> "25"."""
    return value.rstrip("0").rstrip(".") if re.fullmatch(r"-?\d+\.\d+", value) else value


def shortened(text: str, length: int) -> str:
    """At most `length` characters, cut between words where it can be."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut).rstrip(" ,;:") + "…"


def status(name: str) -> str:
    """A status as words: "InForce" -> "in force"."""
    return words_of(name)


class Caption(NamedTuple):
    """A fact in a few words: what it is, and what tells it from others of its kind."""

    head: str
    details: tuple[str, ...]

    def __str__(self) -> str:
        return ", ".join((self.head, *self.details))


def event(kind: str, values: Mapping[str, list[str]], *, places: list[str], parties: list[str]) -> Caption:
    """An event: "Call, 28 Jun 2025, morning, about 15 min"; a round leads with its number."""
    first = {name: found[0] for name, found in values.items()}
    when = day(first["date"]) if "date" in first else ""
    if "endDate" in first:
        when = f"{when} to {day(first['endDate'])}".strip()
    if "partOfDay" in first:
        when = f"{when}, {first['partOfDay']}" if when else first["partOfDay"]
    about = "about " if first.get("approximate") == "true" else ""
    length = f"{about}{number(first['minutes'])} min" if "minutes" in first else ""
    count = first.get("round", "")
    head = f"{ordinal(int(count))} round" if re.fullmatch("[0-9]{1,6}", count) else words_of(kind).capitalize()
    if kind == "Visit" and places:
        head = f"Visit to {places[0]}"
    state = first.get("status", "Held")
    who = " and ".join(parties) if kind in ("Round", "Summit", "Signing") and len(parties) < 3 else ""
    return Caption(head, tuple(x for x in (who, when, length, "" if state == "Held" else status(state)) if x))


def ordinal(count: int) -> str:
    """1 -> "1st", 12 -> "12th"."""
    ending = "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


def tariff(values: Mapping[str, list[str]], *, product: str) -> Caption:
    """A tariff: "Tariff on imported cars, 2.5% → 27.5%, Apr 2025"."""
    first = {name: found[0] for name, found in values.items()}
    rates = [f"{number(first[name])}%" for name in ("previousRate", "rate") if name in first]
    if not rates and "addedRate" in first:
        rates = [f"+{number(first['addedRate'])} points"]
    state = first.get("status", "InForce")
    when = day(first["date"]) if "date" in first else ""
    facts = (" → ".join(rates), when, "" if state == "InForce" else status(state))
    return Caption(f"Tariff on {product}" if product else "Tariff", tuple(x for x in facts if x))


def said(kind: str, values: Mapping[str, list[str]]) -> Caption:
    """A statement, position, deadline, action, comment or any other node without a name, by its words."""
    first = {name: found[0] for name, found in values.items()}
    text = shortened(first.get("text", ""), 90)
    if kind == "Position":
        return Caption(status(first.get("stance", "Position")), (text,) if text else ())
    if kind == "Deadline":
        return Caption(f"Deadline {day(first['date'])}" if "date" in first else "Deadline",
                       tuple(shortened(x, 90) for x in values.get("label", [])[:1]))  # fmt: skip
    if kind == "Statement":
        return Caption(f"“{text}”" if text else "Statement", ())
    return Caption(words_of(kind).capitalize(), (text,) if text else ())

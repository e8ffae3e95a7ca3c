"""Whether the words around an event say enough to make one of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import EntityKind, FactKind, Ref
from kg.stages.relate.modality import Stage

if TYPE_CHECKING:
    from kg.model import Assertion
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text

_YEAR = 4  # letters of a date that is a year
_DAY = 10  # letters of a date that is a day
_TWO_SIDED = frozenset({"meet", "speak", "spend", "host", "see", "discuss", "phone"})  # readings that need a partner


def sides_told(text: Text, said: list[Assertion]) -> int:
    """How many states and movements take part by what is told of an event."""
    movements = (a for a in said if a.property == "participant" and isinstance(a.value, Ref))
    states = [a.value for a in said if a.property == "party"]
    several = text.pact in states  # the members of a pact
    return len(states) + several + sum(text.is_movement(Ref(str(a.value))) for a in movements)


def of_delegation(text: Text, trigger: Trigger) -> bool:
    """As in "Doe will lead the Peruvian delegation at the talks": only one side of those of the article is told."""
    led = trigger.carrier is not None and trigger.carrier.lemma_ in {"lead", "head"}
    return led and {text.state(a.ref) for a in trigger.actors} <= set(text.negotiating)


def enough(
    text: Text, trigger: Trigger, kind: FactKind, said: list[Assertion], implied: set[str], *, echo: bool
) -> bool:
    """Whether a claim says something of an event: two sides, or of one told elsewhere a date, length or place."""
    names = {a.property for a in said}
    dates = [str(a.value) for a in said if a.property == "date"]
    people, states = sum(1 for a in said if a.property == "participant"), sides_told(text, said)
    if trigger.reading == "vague" and not people and any(len(day) == _YEAR for day in dates):
        return False  # "negotiations that were launched in 2007"
    if trigger.token.lemma_ == "negotiate" and trigger.stage is not Stage.HELD and not names & {"date", "place"}:
        return False  # "agreed to negotiate": no meeting is set
    bodies = [a for a in trigger.actors if text.kind(a.ref) is EntityKind.ORGANIZATION]
    if len(trigger.actors) == len(bodies) == 1 and kind is FactKind.MEETING and trigger.reading in {"meet", "noun"}:
        return False  # "The cabinet meets on Tuesday", "will decide in an extraordinary session"
    called_off = trigger.anaphoric and trigger.stage is Stage.CANCELLED
    if kind is FactKind.SIGNING and trigger.stage is Stage.CANCELLED and "date" not in names:
        return False  # "refused to sign": no ceremony was called off
    held = kind is FactKind.SIGNING and trigger.stage is Stage.HELD
    if held and not (any(a.safe for a in trigger.actors) or (names | implied) & {"date", "place"}):
        return False  # "the pact they signed"
    if kind in {FactKind.VISIT, FactKind.SIGNING} and not called_off:
        return bool(people or states)
    if kind is FactKind.SUMMIT:
        return bool(names & {"date", "place", "party", "participant"}) and bool(people or text.parties)
    if kind is FactKind.ROUND:
        ahead = trigger.stage in {Stage.PLANNED, Stage.SOUGHT}
        return ahead or states >= 2 or bool(names & {"round", "date", "minutes"})
    if people >= 2 or states >= 2 or called_off or (people and states and trigger.reading in _TWO_SIDED):
        return True
    if trigger.reading == "vague" and trigger.anaphoric and not people + states:
        return any(len(day) == _DAY for day in dates) or bool(names & {"minutes", "place"})
    if trigger.anaphoric or echo:
        return people >= 1 or bool(names & {"date", "minutes", "place", "round"})
    return people + states >= 1 and bool(names & {"date", "minutes"})

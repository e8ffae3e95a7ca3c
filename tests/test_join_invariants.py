"""Joining is a pure function of the set of documents: any order, any batches, any document taken out again."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.join import join, touched
from kg.model import DocumentFacts, FactKind, Joined
from kg.stages.state import lines
from kg.stages.validate import violations
from tests.told import Told

if TYPE_CHECKING:
    from random import Random

PEOPLE = [("Ken Tanaka", "JP"), ("Tanaka Ken", "JP"), ("Tanaka", "JP"), ("Jane Doe", "US"), ("J. Doe", "US"),
          ("Doe", None), ("John Smith", "GB"), ("John Smith", "US"), ("John Smith", None)]  # fmt: skip
_events: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"kind": st.sampled_from([FactKind.CALL, FactKind.MEETING, FactKind.ROUND]), "people": st.sets(st.integers(0, 8)),
     "status": st.sampled_from(["Held", "Planned", "Cancelled", "Denied"]), "repeat": st.integers(1, 2)},
    optional={
        "date": st.sampled_from(["2025-06-26", "2025-06-27", "2025-06-28", "2025-06", "2025"]),
        "partOfDay": st.sampled_from(["morning", "evening"]),
        "minutes": st.sampled_from([Decimal(15), Decimal(20)]),
        "round": st.integers(5, 6),
        "city": st.sampled_from(["Bern, CH", "London, GB"]),
        "sentence": st.just("One and the same sentence stands in all the papers of the day."),
    },
)  # fmt: skip
_tariffs = st.tuples(
    st.sampled_from(["US", "JP"]), st.sampled_from(["JP", None]), st.sampled_from(["cars", None]),
    st.sampled_from(["25", "24", "50", None]), st.sampled_from(["2025-06-01", "2025-06-20", None]),
)  # fmt: skip
_days = st.sampled_from(["2025-06-25", "2025-06-28", "2025-06-30", None])
_parts = st.tuples(_days, st.sampled_from(["Wire", "Daily"]), st.sampled_from([None, "TOKYO", "WASHINGTON"]),
                   st.lists(_events, max_size=3), st.lists(_tariffs, max_size=2))  # fmt: skip


@st.composite
def corpora(draw: st.DrawFn) -> list[DocumentFacts]:
    """Up to five documents about few people and days, so that nearly everything may be the same."""
    found = []
    for n, (day, publisher, place, events, tariffs) in enumerate(draw(st.lists(_parts, min_size=1, max_size=5))):
        one = Told(f"d{n}", day, publisher=publisher, place=place)
        for event in events:
            labels = [PEOPLE[i] for i in sorted(event.pop("people"))]
            for label, code in labels:
                one.person(label, code)
            kind, repeat = event.pop("kind"), event.pop("repeat")
            for _ in range(repeat):
                one.event(kind, [label for label, _ in labels], ("JP", "US"), **event)
        for imposer, target, goods, rate, since in tariffs:
            one.tariff(imposer, target, goods, rate, **({"date": since} if since else {}))
        found.append(one.facts())
    return found


def told_apart(joined: Joined) -> None:
    """No two facts of one document are one, and nothing is lost or doubled."""
    names = [name for fact in joined.facts for name in (fact.id, *fact.replaces)]
    assert sorted(names) == sorted(f.id for d in joined.documents for f in d.facts)
    for fact in joined.facts:
        documents = [name.partition("/")[2].partition("-")[0] for name in (fact.id, *fact.replaces)]
        assert len(documents) == len(set(documents))


@settings(max_examples=150)
@given(corpora(), st.randoms())
def test_order_and_batches_never_matter(documents: list[DocumentFacts], chance: Random) -> None:
    first = join(documents)
    told_apart(first)
    again = [*documents, chance.choice(documents)]
    chance.shuffle(again)
    assert join(again) == first
    at = chance.randrange(len(again))
    assert join([*again[at:], *again[:at]]) == first


@settings(max_examples=60)
@given(corpora(), st.data())
def test_what_no_document_touches_stays(documents: list[DocumentFacts], data: st.DataObject) -> None:
    new = data.draw(st.sampled_from(documents)).document.id
    without = join(d for d in documents if d.document.id != new)
    changed = touched(documents, [new])
    after = {f.id: f for f in join(documents).facts}
    before = {f.id: f for f in without.facts}
    assert {name: f for name, f in after.items() if name not in changed} == {
        name: f for name, f in before.items() if name not in changed
    }  # fmt: skip
    assert {f.id for d in documents if d.document.id == new for f in d.facts} & after.keys() <= changed


@settings(max_examples=60)
@given(corpora())
def test_what_is_joined_keeps_the_shapes(documents: list[DocumentFacts]) -> None:
    sound = [d for d in documents if not violations(lines(join([d])))]
    if sound:
        assert violations(lines(join(sound))) == ()

"""Time expressions: gold lists, whole records, tense, anchors, and what stays unknown."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from benchmarks.times import items, wrong
from kg.dates import bounds
from kg.model import Time
from kg.stages.parse import load
from kg.stages.recognize.times import times
from kg.tokens import Tokens

if TYPE_CHECKING:
    from spacy.language import Language

SATURDAY = "2025-06-28"


@cache
def nlp() -> Language:
    return load()


def read(text: str, published: str | None = SATURDAY) -> tuple[Time, ...]:
    return times(Tokens(nlp()(text)), published=published)


def values(text: str, published: str | None = SATURDAY) -> list[tuple[str, str | None]]:
    return [(text[t.start : t.end], t.value) for t in read(text, published)]


# The list in use is read without an error. The list held back was written before the rules and first scored at 59 of
# 60; the floor leaves room for other versions of the model. The third list is of days that the text around decides.
@pytest.mark.parametrize(("name", "most"), [("temporal", 2), ("temporal_heldback", 4), ("temporal_context", 8)])
def test_gold(name: str, most: int) -> None:
    missed = wrong(name, nlp())
    assert len(missed) <= most, [item["id"] for item in missed]
    assert len(items(name)) in {90, 60, 124}


def test_a_date_with_all_its_fields() -> None:
    text = "Ken Tanaka met Jane Doe at 9:30 a.m. on Friday."
    assert read(text) == (
        Time(
            text.index("9:30"), len(text) - 1, "TIME", "2025-06-27T09:30", first="2025-06-27", last="2025-06-27",
            date="2025-06-27", clock="09:30:00", preposition="at",
        ),
    )  # fmt: skip


def test_a_duration_with_all_its_fields() -> None:
    text = "They talked for nearly two hours."
    (time,) = read(text)
    assert time == Time(
        16, 32, "DURATION", "PT2H", "LESS_THAN", minutes=time.minutes, approximate=True, preposition="for"
    )
    assert time.minutes == 120


@pytest.mark.parametrize(
    ("words", "minutes", "approximate"),
    [
        ("an hour and 50 minutes", 110, False),
        ("1 hour and 50 minutes", 110, False),
        ("two and a half hours", 150, False),
        ("an hour and a half", 90, False),
        ("2½ hours", 150, False),
        ("half an hour", 30, False),
        ("three-quarters of an hour", 45, False),
        ("90 minutes", 90, False),
        ("about 15 minutes", 15, True),
        ("some 25 minutes", 25, True),
        ("more than an hour", 60, True),
        ("around 40 minutes", 40, True),
        ("an hour or so", 60, True),
    ],
)
def test_minutes(words: str, minutes: int, *, approximate: bool) -> None:
    text = f"The two ministers talked for {words} in Bern."
    (time,) = read(text)
    assert (text[time.start : time.end], time.minutes, time.approximate) == (words, Decimal(minutes), approximate)


def test_hyphenated_duration_and_duration_from_clock_times() -> None:
    assert [t.minutes for t in read("A 45-minute meeting was held.")] == [45]
    (time,) = read("They met from 10 a.m. to 11:30 a.m. on Thursday.")
    assert (time.value, time.minutes, time.date) == ("2025-06-26T10:00/2025-06-26T11:30", Decimal(90), "2025-06-26")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("They met on Tuesday.", "2025-06-24"),
        ("They have met on Tuesday.", "2025-06-24"),
        ("They will meet on Tuesday.", "2025-07-01"),
        ("They are due to meet on Tuesday.", "2025-07-01"),
        ("They are scheduled to meet on Tuesday.", "2025-07-01"),
        ("They agreed to meet on Tuesday.", "2025-07-01"),
        ("A meeting is planned for Tuesday.", "2025-07-01"),
        ("The office said they would meet on Tuesday.", "2025-07-01"),
        ("The office said on Tuesday that they would meet.", "2025-06-24"),
        ("The pause expires on Tuesday.", "2025-07-01"),
        ("He would have met her on Tuesday.", "2025-06-24"),
        ("The tariffs were announced in April.", "2025-04"),
        ("The tariffs will be raised in April.", "2026-04"),
        ("The new rate will apply from August.", "2025-08"),
        ("The rate was raised in August.", "2024-08"),
        ("He will sign on January 5.", "2026-01-05"),
        ("He signed on January 5.", "2025-01-05"),
        ("The truce was extended until July 8.", "2025-07-08"),
        ("The levy has applied since March 12.", "2025-03-12"),
        ("Asked about a deal in July, the minister said talks had gone well.", "2025-07"),
        ("The rate was raised to 39 percent, effective Monday.", "2025-06-30"),
    ],
)
def test_tense_decides(text: str, date: str) -> None:
    assert [t.date for t in read(text)] == [date]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They met Thursday. A day earlier, she had called.", "2025-06-25"),
        ("They met on June 20. Two days later they spoke.", "2025-06-22"),
        ("They met on June 20 and spoke the following day.", "2025-06-21"),
        ("They met on June 20. On the same day he left.", "2025-06-20"),
        ("They met on June 20. She had left the previous day.", "2025-06-19"),
        ("They met on June 20. They dined the same evening.", "2025-06-20TEV"),
        ("They met on Friday. He left his hotel in the evening.", "2025-06-27TEV"),
        ("The deadline is July 9. They met on Friday. He had flown in the previous day.", "2025-06-26"),
        ("The pact ended in May 2019. The following month they met.", "2019-06"),
    ],
)
def test_anchored(text: str, found: str) -> None:
    last = read(text)[-1]
    assert (last.value, last.anchored) == (found, True)


def test_an_anchor_on_the_wrong_side_of_publication_is_passed_over() -> None:
    text = "They met on Thursday. The deadline is July 9. They had spoken a day earlier."
    assert read(text)[-1].value == "2025-06-25"


@pytest.mark.parametrize(
    ("text", "value", "date", "end_date"),
    [
        ("He visited from June 14 to 17.", "2025-06-14/2025-06-17", "2025-06-14", "2025-06-17"),
        ("The talks ran from June 15 to 17.", "2025-06-15/2025-06-17", "2025-06-15", "2025-06-17"),
        ("They met between June 5 and June 7.", "2025-06-05/2025-06-07", "2025-06-05", "2025-06-07"),
        ("She stayed from Tuesday to Thursday.", "2025-06-24/2025-06-26", "2025-06-24", "2025-06-26"),
        ("He will stay from Tuesday to Saturday next week.", "2025-07-01/2025-07-05", "2025-07-01", "2025-07-05"),
        ("They met on May 30-June 2.", "2025-05-30/2025-06-02", "2025-05-30", "2025-06-02"),
        ("They talked from December to March.", "2024-12/2025-03", "2024-12", "2025-03"),
    ],
)
def test_ranges(text: str, value: str, date: str, end_date: str) -> None:
    (time,) = read(text)
    assert (time.value, time.date, time.end_date) == (value, date, end_date)


def test_two_days_joined_by_and_are_two_times() -> None:
    assert values("They met on Thursday and Friday.") == [("Thursday", "2025-06-26"), ("Friday", "2025-06-27")]


@pytest.mark.parametrize(
    ("text", "date", "first", "last"),
    [
        ("They will meet next week.", "2025-06", "2025-06-30", "2025-07-06"),
        ("They met this week.", "2025-06", "2025-06-23", "2025-06-29"),
        ("They met last month.", "2025-05", "2025-05-01", "2025-05-31"),
        ("They met earlier this month.", "2025-06", "2025-06-01", "2025-06-28"),
        ("They met last weekend.", "2025-06", "2025-06-21", "2025-06-22"),
        ("They want a deal by the end of the month.", "2025-06-30", "2025-06-30", "2025-06-30"),
        ("They want a deal before the month is out.", "2025-06-30", "2025-06-30", "2025-06-30"),
        ("They met at the end of May.", "2025-05", "2025-05-16", "2025-05-31"),
        ("They met in mid-May.", "2025-05", "2025-05-08", "2025-05-23"),
        ("The pact was signed in the first quarter of 2025.", "2025", "2025-01-01", "2025-03-31"),
        ("The pact was signed three weeks ago.", "2025-06", "2025-06-02", "2025-06-08"),
    ],
)
def test_a_stretch_is_never_made_a_day(text: str, date: str, first: str, last: str) -> None:
    (time,) = read(text)
    assert (time.date, time.first, time.last) == (date, first, last)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They met on Friday.", "XXXX-WXX-5"),
        ("They met on July 9.", "XXXX-07-09"),
        ("They met in April.", "XXXX-04"),
        ("They met in the evening.", "XXXX-XX-XXTEV"),
        ("They met yesterday.", None),
        ("They met last week.", None),
        ("They met a day earlier.", None),
    ],
)
def test_without_a_publication_date_relative_times_stay_unknown(text: str, value: str | None) -> None:
    (time,) = read(text, None)
    assert (time.value, time.date, time.first, time.last) == (value, None, None, None)


def test_without_a_publication_date_absolute_times_and_what_counts_from_them_stay() -> None:
    text = "They met on July 3, 2025. The next day they met again, in May 2024 and in 2019."
    assert [t.date for t in read(text, None)] == ["2025-07-03", "2025-07-04", "2024-05", "2019"]


@pytest.mark.parametrize(
    "text",
    [
        "WASHINGTON, June 27 (Agency) -- The two met.",
        "He may march again, and sat there in august silence.",
        "The 54-year-old lawyer spoke.",
        "Britain takes 100,000 cars a year.",
        "It was the second call after the 15th round.",
        "The yen fell against the dollar.",
        "Copyright 2025 Example News",
    ],
)
def test_no_time(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "date", "first", "last"),
    [
        ("They will meet in the coming days.", "2025", "2025-06-28", "2025-12-31"),
        ("Tensions eased in recent days.", "2025-06", "2025-06-01", "2025-06-28"),
        ("They have met seven times over the past three months.", "2025", "2025-03-30", "2025-06-28"),
    ],
)
def test_spans_reach_as_far_as_is_sure(text: str, date: str, first: str, last: str) -> None:
    (time,) = read(text)
    assert (time.kind, time.date, time.first, time.last) == ("DURATION", date, first, last)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The calls came a day after they held a meeting.", ("a day", "P1D")),
        ("They spoke two days before the summit.", ("two days", "P2D")),
        ("He left the day after the talks.", ("the day", "P1D")),
    ],
)
def test_what_counts_from_an_event_is_a_stretch_without_a_date(text: str, found: tuple[str, str]) -> None:
    assert values(text) == [found]
    assert read(text)[0].date is None


def test_a_month_and_day_long_past_is_the_coming_one_where_the_parse_may_be_wrong() -> None:
    text = "Eight days before the president was due to unveil his plan, on April 2, she made another attempt."
    assert [t.value for t in read(text, "2025-03-25")] == ["P8D", "2025-04-02"]


def test_line_breaks_and_block_borders() -> None:
    assert values("They met on June\n20.") == [("June\n20", "2025-06-20")]
    assert [t.part_of_day for t in read("They met on Thursday\nmorning.")] == ["morning"]
    assert values("date 2025-05-02\nSecond round of talks held") == []


def test_a_zone_never_shifts_a_date() -> None:
    text = "They spoke at 10 p.m. Japan time on Friday. The line opened at 23:30 GMT on Thursday."
    assert [(t.date, t.clock) for t in read(text)] == [("2025-06-27", "22:00:00"), ("2025-06-26", "23:30:00")]


def test_a_year_named_before_in_the_sentence_holds_for_its_months() -> None:
    assert [t.date for t in read("In 2018, tariffs were imposed in March.")] == ["2018", "2018-03"]
    assert [t.date for t in read("Under the Trade Act of 1974, tariffs were imposed in March.")][-1] == "2025-03"


def test_a_range_to_february_29_is_of_a_leap_year() -> None:
    assert [t.value for t in read("They met on Feb. 28-29.")] == ["2024-02-28/2024-02-29"]
    assert [t.value for t in read("They met on Feb. 28-29, 2025.")] == [None]


def test_plain_text() -> None:
    found = list(kg.times("They met on Thursday morning.", published=SATURDAY))
    assert [(t.value, t.part_of_day) for t in found] == [("2025-06-26TMO", "morning")]


VOCABULARY = """\
the a on in of to and June July 9 31 30 28-29 2025 1974 Friday Tuesday next last this early late end week month year day
99999999999 days 5000 weeks later earlier ago before after two half an hour minutes 9:30 a.m. noon evening morning , . -
until by will met said May Feb. 29 99th quarter 0 1/2 ½ every coming"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n\n"])


@settings(max_examples=150)
@given(st.lists(WORDS, max_size=12), st.sampled_from(["2024-02-29", "2025-12-31", "0001-01-01", "9999-12-31", None]))
def test_any_words_give_ordered_records_inside_the_text(words: list[str], published: str | None) -> None:
    text = " ".join(words)
    found = read(text, published)
    assert found == read(text, published)
    end = 0
    for time in found:
        assert end <= time.start < time.end <= len(text)
        assert text[time.start : time.end].strip() == text[time.start : time.end]
        end = time.end
        if time.date:
            assert time.first is not None
            assert time.last is not None
            assert time.first <= time.last
            assert bounds(time.date)[0] <= time.last
        if published is None and "2025" not in text and "1974" not in text:
            assert time.date is None

"""Who is meant by pronouns and groups, who does what, and where things stand."""

from __future__ import annotations

import pytest

from kg.model import BlockKind, EntityKind
from tests.reading import Reading, gold, read


def meant(reading: Reading, word: str, nth: int = 0) -> list[str | None]:
    """Labels of the actors that a word refers to."""
    return [reading.label(a.ref) for a in reading.text.actors(reading.token(word, nth))]


FLOOR = 28  # of 32 mentions; "he" behind two persons and "they" of a subject and its object are missed


def test_pronouns_names_and_offices_of_the_gold_list() -> None:
    right = 0
    for row in gold("coref"):
        reading = read(row["text"])
        text = reading.text
        for mention in row["mentions"]:
            actors = text.actors(text.doc[text.tokens(mention["start"], mention["end"])[-1]])
            right += {reading.label(a.ref) for a in actors} == set(mention["antecedent"].split("+"))
    assert right >= FLOOR


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("Ken Tanaka met Jane Doe. He left.", "He", ["Ken Tanaka"]),
        ("Before he left, Ken Tanaka met Jane Doe.", "he", ["Ken Tanaka"]),
        ("Ken Tanaka met Robin Doe in his office.", "his", ["Robin Doe"]),
        ("Ken Tanaka met Jane Doe in his office.", "his", ["Ken Tanaka"]),
        ("Ken Tanaka spoke. Jane Doe met him.", "him", ["Ken Tanaka"]),
        ("He left.", "He", []),
    ],
)
def test_he_and_she(text: str, word: str, found: list[str]) -> None:
    assert meant(read(text), word) == found


def test_a_pronoun_is_safe_only_where_one_person_is_near() -> None:
    alone, several = read("Ken Tanaka spoke. He left."), read("Ken Tanaka and Robin Doe spoke. He left.")
    first, second = alone.text.who(alone.token("He")), several.text.who(several.token("He"))
    assert first is not None
    assert second is not None
    assert (first.safe, second.safe) == (True, False)


TALKS = "Japanese Minister Ken Tanaka and Canadian Minister Jane Doe spoke. "


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("The two will meet.", "two", ["Ken Tanaka", "Jane Doe"]),
        ("They will meet.", "They", ["Ken Tanaka", "Jane Doe"]),
        ("Both sides agreed.", "sides", ["CA", "JP"]),
        ("Negotiators from Japan and Canada met.", "Negotiators", ["JP", "CA"]),
        ("Japanese and Canadian officials met.", "officials", ["JP", "CA"]),
        ("The cars will arrive.", "cars", []),
    ],
)
def test_groups(text: str, word: str, found: list[str]) -> None:
    assert meant(read(TALKS + text), word) == found


def test_leaders_are_the_heads_of_the_two_sides() -> None:
    several = "Swiss President Jane Doe met Canadian Prime Minister John Roe and Minister Ken Tanaka."
    reading = read(f"{several} The leaders left.")
    assert meant(reading, "leaders") == ["Jane Doe", "John Roe"]


@pytest.mark.parametrize(
    ("text", "verb", "subjects", "objects"),
    [
        ("Doe met Roe.", "met", ["Doe"], ["Roe"]),
        ("Roe was met by Doe.", "met", ["Doe"], ["Roe"]),
        ("Doe came and met Roe.", "met", ["Doe"], ["Roe"]),
        ("Doe wants to meet Roe.", "meet", ["Doe"], ["Roe"]),
        ("Doe, who met Roe, left.", "met", ["Doe"], ["Roe"]),
    ],
)
def test_subjects_and_objects(text: str, verb: str, subjects: list[str], objects: list[str]) -> None:
    reading = read(text + " The talks were about the tariffs that they have.")
    token, tree = reading.token(verb), reading.text
    assert [t.text for t in tree.subjects(token)] == subjects
    assert [t.text for t in tree.objects(token)] == objects


def test_i_is_the_speaker_of_a_transcript_or_of_the_quotation() -> None:
    reading = read('"I will go to Tokyo," Trade Minister Ken Tanaka said.')
    assert meant(reading, "I") == ["Ken Tanaka"]


def test_words_that_stand_for_each_other_in_a_ring() -> None:
    """The speaker is "he", who is not whom the speaker told: each was asked for the other without end."""
    text = 'Trade Minister Ken Tanaka met Jane Doe on Wednesday. "I told him that the duty stays," he said.'
    assert meant(read(text), "he") == ["Ken Tanaka"]
    assert meant(read(text), "I") == ["Ken Tanaka"]


def test_times_blocks_and_days_of_the_story() -> None:
    reading = read("Tariff talks begin\n\nKen Tanaka arrived on Thursday. He met Jane Doe for an hour.\n")
    text = reading.text
    assert [text.block(s[0]) for s in text.sentences] == [BlockKind.HEADLINE, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]
    assert [len(text.times(s)) for s in text.sentences] == [0, 1, 1]
    assert text.is_time(reading.token("Thursday"))
    assert not text.is_minutes(reading.token("Thursday"))
    assert text.is_minutes(reading.token("hour"))
    day = text.day_before(reading.token("met").idx)
    assert day is not None
    assert (day.date, text.last_day(before=0)) == ("2025-06-26", "2025-06-28")


def test_tokens_of_a_stretch_of_characters() -> None:
    reading = read("Ken Tanaka met Jane Doe.")
    text = reading.text
    assert [text.doc[i].text for i in text.tokens(0, 10)] == ["Ken", "Tanaka"]
    assert [text.doc[i].text for i in text.tokens(11, 14)] == ["met"]
    assert list(text.tokens(10, 10)) == []
    assert text.span_of(reading.token("Tanaka").i) == (0, 10)


def test_protagonist_and_sides() -> None:
    reading = read("Japanese Minister Ken Tanaka met Canadian Minister Jane Doe. Tanaka left. Japan and Canada agreed.")
    main = reading.text.protagonist(reading.token("agreed"))
    assert main is not None
    assert reading.label(main.ref) == "Ken Tanaka"
    assert [reading.label(s) for s in reading.text.two_sides] == ["JP", "CA"]
    assert reading.labels(EntityKind.PERSON) == {"Ken Tanaka", "Jane Doe"}

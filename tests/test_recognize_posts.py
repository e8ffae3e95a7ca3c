"""Who holds which office, for which state."""

from __future__ import annotations

import pytest

from tests.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "Canadian Trade Minister Jane Doe spoke.",
        "Jane Doe, the Canadian trade minister, spoke.",
        "Jane Doe, Canada's trade minister, spoke.",
        "Canada's trade minister, Jane Doe, spoke.",
        "Jane Doe is the trade minister of Canada.",
        "Jane Doe, who serves as trade minister of Canada, spoke.",
        "The Canadian trade minister, Ms. Jane Doe, spoke.",
    ],
)
def test_an_office_and_its_holder_in_any_order(text: str) -> None:
    [(label, state, status, holder)] = read(text).offices()
    assert (label.lower(), state, status, holder) in {
        ("trade minister", "CA", "Current", "Jane Doe"),
        ("trade minister of canada", "CA", "Current", "Jane Doe"),
    }


def held(text: str) -> set[tuple[str | None, str | None]]:
    """Holder and state of each office."""
    return {(holder, state) for _, state, _, holder in read(text).offices()}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Finance ministers Ken Tanaka of Japan and Jane Doe of Canada met.",
         {("Ken Tanaka", "JP"), ("Jane Doe", "CA")}),
        ("The presidents of Brazil and Chile (Jane Doe and John Roe) met.", {("Jane Doe", "BR"), ("John Roe", "CL")}),
        ("Japanese Foreign Minister Ken Tanaka met his Canadian counterpart, Jane Doe.",
         {("Ken Tanaka", "JP"), ("Jane Doe", "CA")}),
        ("Swiss President Jane Doe spoke. The president left.", {("Jane Doe", "CH")}),
        ("Ken Tanaka of Japan arrived. The Japanese trade minister met Jane Doe.", {("Ken Tanaka", "JP")}),
        ("Japanese Trade Minister Ken Tanaka, Canada's foreign minister, Jane Doe, and João Lima, his counterpart from "
         "Brazil, signed.", {("Ken Tanaka", "JP"), ("Jane Doe", "CA"), ("João Lima", "BR")}),
        ("Swiss Trade Minister Anna Keller met her British and French counterparts, Jane Doe and Jean Roe.",
         {("Anna Keller", "CH"), ("Jane Doe", "GB"), ("Jean Roe", "FR")}),
        ("The chief negotiators, Jane Doe for Canada and Ken Tanaka for Japan, met.",
         {("Jane Doe", "CA"), ("Ken Tanaka", "JP")}),
        ("The chief negotiators were Jane Doe for the Commission and Ken Tanaka for Japan's ministry of trade.",
         {("Jane Doe", "EU"), ("Ken Tanaka", "JP")}),
        ("Our trade minister, Jane Doe, and his Chinese counterpart, Ken Tanaka, met in Bern. Canada exports wine.",
         {("Jane Doe", "CA"), ("Ken Tanaka", "CN")}),
        ("Jun Tanaka, director of trade control, met his opposite number from Seoul's trade ministry, Chun Roe. "
         "Japan said no.", {("Jun Tanaka", "JP"), ("Chun Roe", "KR")}),
        ("Jane Doe, the spokesperson for the foreign ministry in Beijing, said no.", {("Jane Doe", "CN")}),
        ("European Commissioner Jane Doe came. Ken Tanaka of Japan met the commissioner in Tokyo.",
         {("Jane Doe", "EU")}),
        ("Economist Jane Doe of a Canadian bank said little.", {("Jane Doe", None)}),
        ("A Canadian official spoke.", {("a Canadian official", "CA")}),
    ],
)  # fmt: skip
def test_whom_offices_serve(text: str, found: set[tuple[str | None, str | None]]) -> None:
    assert held(text) == found


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("The envoy met Ken Tanaka, deputy prime minister and foreign minister of Japan.",
         {("deputy prime minister", "Ken Tanaka"), ("foreign minister of Japan", "Ken Tanaka")}),
        ("Deputy Prime Minister and Foreign Minister Ken Tanaka left.",
         {("Deputy Prime Minister", "Ken Tanaka"), ("Foreign Minister", "Ken Tanaka")}),
        ("Jane Doe, deputy finance minister, met Joachim Roe, Deputy US Trade Representative.",
         {("deputy finance minister", "Jane Doe"), ("Deputy Trade Representative", "Joachim Roe")}),
        ("Jane Doe, the deputy, left.", {("deputy", "Jane Doe")}),
        ("Jane Doe, Chile's own president, left.", {("president", "Jane Doe")}),
        ("Jane Doe, now chief whip, left.", {("chief whip", "Jane Doe")}),
        ("Jane Doe, the Secretary-General's personal envoy, left.",
         {("Secretary-General", None), ("personal envoy", "Jane Doe")}),
        ("He sent John Doe, the president's brother, to Rome.", {("president", None)}),
        ("Jane Doe, president of the flower growers' association, left.",
         {("president of the flower growers' association", "Jane Doe")}),
        ("Malaysian Investment, Trade and Industry Minister Jane Doe left.",
         {("Investment, Trade and Industry Minister", "Jane Doe")}),
        ("Colombia's ambassador in Washington, Hernán Roe, left.", {("ambassador", "Hernán Roe")}),
        ("India's representative at the Fund, Shobha Doe, left.", {("representative", "Shobha Doe")}),
        ("The ministry sat with Jane Doe, its envoy, in the chair.", {("envoy", "Jane Doe")}),
        ("They saw the president and Foreign Minister Ken Tanaka.",
         {("president", None), ("Foreign Minister", "Ken Tanaka")}),
        ("Ken Tanaka, Japan's Minister of Investment, Trade and Industry, left.",
         {("Minister of Investment, Trade and Industry", "Ken Tanaka")}),
        ("Ken Tanaka, Minister-in-charge of Trade Relations of Japan, left.",
         {("Minister-in-charge of Trade Relations of Japan", "Ken Tanaka")}),
        ("Japan's chief negotiator, Ken Tanaka, coordinating minister for economic affairs, left.",
         {("chief negotiator", "Ken Tanaka"), ("coordinating minister for economic affairs", "Ken Tanaka")}),
    ],
)  # fmt: skip
def test_long_titles_and_two_titles_of_one_person(text: str, titles: set[tuple[str, str | None]]) -> None:
    found = {(label, holder) for label, _, _, holder in read(text).offices()}
    assert titles <= found | {("president", None)}
    assert ("president", "Ken Tanaka") not in found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Japan and Brazil spoke of steel. President João Lima and Foreign Minister Kenji Tanaka met in Rome.",
         {("João Lima", "BR"), ("Kenji Tanaka", "JP")}),
        ("Japan's delegation met Brazil's. In Brazil, Japanese Foreign Minister João Lima said little.",
         {("João Lima", "JP")}),
    ],
)  # fmt: skip
def test_a_name_hints_at_a_state_only_where_no_title_tells_it(text: str, found: set[tuple[str, str]]) -> None:
    assert held(text) == found


def test_an_office_of_one_state_is_not_held_by_who_must_serve_another() -> None:
    told = "The U.S. president cited Jair Pinto, a former president."
    text = f"Brazil's president, João Lima, spoke with Donald Roe. {told}"
    assert ("Donald Roe", "US") in held(text)
    assert ("Jair Pinto", "US") not in held(text)


def test_a_state_has_one_president() -> None:
    found = held("Swiss President Jane Doe met President John Roe. Switzerland and Chile agreed, and Chile will sign.")
    assert found == {("Jane Doe", "CH"), ("John Roe", "CL")}


def test_beside_the_president_of_a_commission_another_president_serves_a_state() -> None:
    told = "EU goods pay the rate that Commission President Jane Doe and President John Roe agreed in Bern."
    assert ("John Roe", "US") in held(f"{told} The United States and the European Union signed it.")


def test_a_former_office_says_nothing_of_the_state_served_now() -> None:
    former = "Former Canadian Minister Jane Doe and former Canadian envoy Jane Doe spoke."
    reading = read(f"Swiss President Jane Doe arrived. {former}")
    assert reading.label(reading.entity("Jane Doe").country) == "CH"


def test_who_serves_another_serves_the_same_state() -> None:
    assert ("Ken Tanaka", "US") in held("Ken Tanaka, U.S. President Jane Doe's special envoy, flew to Bern.")
    assert ("Ken Tanaka", "CH") in held("Swiss President Jane Doe spoke. Ken Tanaka, Doe's spokesman, said no in Rome.")


@pytest.mark.parametrize(
    "text",
    [
        "French President Jean Doe sent his foreign minister, Jane Roe, to Berlin.",
        "French President Jean Doe was in Bern. His foreign minister, Jane Roe, met the Swiss foreign minister.",
        "French President Jean Doe and his foreign minister, Jane Roe, left.",
    ],
)
def test_whose_minister_somebody_is(text: str) -> None:
    assert {("Jean Doe", "FR"), ("Jane Roe", "FR")} <= held(text)


def test_who_sits_in_the_chair_holds_no_such_office() -> None:
    assert ("chair", "Jane Doe") not in {
        (label, holder) for label, _, _, holder in read("They sat with Jane Doe of Chile in the chair.").offices()
    }


def test_a_leader_is_head_of_state_or_government() -> None:
    told = "Mexican President Ana Roe rang twice. Spokesman John Doe was silent. The leader told reporters so."
    assert ("leader", "Ana Roe") in {(label, holder) for label, _, _, holder in read(told).offices()}


def test_a_list_of_several_sides_tells_no_state_of_one_more() -> None:
    told = "Present: President Nikos Christou, the Foreign Ministers of Türkiye and Greece, Hakan Doe and Giorgos Roe."
    assert ("Nikos Christou", "GR") not in held(f"Cyprus hosts talks. {told} Cyprus was content.")


def test_an_office_behind_the_possessive_of_a_state_is_somebodys() -> None:
    assert held("Anna Keller took the floor first. South Korea's finance minister said no.") == {("Anna Keller", "KR")}


def test_an_office_alone_is_of_whom_the_sentence_before_tells() -> None:
    told = "Hanna Clay stopped over in Bern on Monday to see Cristina Roe."
    assert ("Hanna Clay", "US") in held(f"{told} The U.S. secretary of state then flew on to Rome.")
    assert all(name != "Cristina Roe" for name, _ in held(f"{told} The secretary of state then flew on to Rome."))


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Swiss President Anna Keller met John Roe. Keller thanked the president.", "John Roe"),
        ("Swiss President Anna Keller met John Roe. The president thanked Roe.", "Anna Keller"),
    ],
)
def test_who_acts_on_an_office_does_not_hold_it(text: str, holder: str) -> None:
    assert [h for label, _, _, h in read(text).offices() if label == "president"] == [holder]

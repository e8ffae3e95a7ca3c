"""Tenures: one post for all wordings of an office, as of the day of the report."""

from __future__ import annotations

from kg.model import Claim, EntityKind, FactKind
from tests.reading import read


def tenures(text: str, published: str | None = "2025-06-28") -> list[tuple[Claim, dict[str, str]]]:
    found = [c for c in read(text, published).claims if c.kind is FactKind.TENURE]
    return [(c, {a.property: str(a.value) for a in c.assertions}) for c in found]


def test_a_tenure_says_who_what_and_as_of_when() -> None:
    [(claim, said)] = tenures("Japanese Trade Minister Ken Tanaka spoke on Friday.")
    assert said == {"member": "person/ken-tanaka", "post": "post/jp-trade-minister", "tenureStatus": "Current",
                    "asOf": "2025-06-28"}  # fmt: skip
    [post] = claim.entities
    assert (post.kind, post.label, post.normal_form, post.rank, post.country) == (
        EntityKind.POST, "Trade Minister", "trade minister", "minister", "country/JP")  # fmt: skip


def test_wordings_of_one_office_are_one_post_and_another_office_is_another() -> None:
    found = tenures("Japanese Trade Minister Ken Tanaka spoke. Tanaka, the minister for trade, left. "
                    "Japan's top tariff negotiator, Ken Tanaka, will return.")  # fmt: skip
    assert [said["post"] for _, said in found] == [
        "post/jp-trade-minister", "post/jp-trade-minister", "post/jp-tariff-negotiator"]  # fmt: skip


def test_a_former_office_is_apart_from_the_same_office_now() -> None:
    found = tenures("Former Swiss President Jane Doe met Swiss President John Roe.")
    assert [(s["member"], s["tenureStatus"]) for _, s in found] == [
        ("person/jane-doe", "Former"), ("person/john-roe", "Current")]  # fmt: skip


def test_without_a_date_of_publication_nothing_is_said_of_when() -> None:
    [(_, said)] = tenures("Japanese Trade Minister Ken Tanaka spoke on Friday.", None)
    assert "asOf" not in said


def test_unnamed_holders_and_several_at_once_have_no_tenure() -> None:
    assert tenures("A Canadian official spoke. Ministers left on Friday.") == []

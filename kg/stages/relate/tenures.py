"""Who holds which office: one claim for each office phrase whose holder is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.iris import ref, slug
from kg.lexicon import mapping
from kg.model import Assertion, BlockKind, Claim, Entity, EntityKind, FactKind, Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Office
    from kg.stages.relate.text import Text

_EMPTY = frozenset({"of", "for", "the", "in", "charge", "and", "to", "at", "top", "chief", "senior", "lead"})


def tenures(text: Text) -> Iterator[Claim]:
    """One claim for each office phrase of a person, in order of the text; wordings of one office share a post."""
    held = [o for o in text.mentions.offices if o.holder and not o.plural and text.kind(o.holder) is EntityKind.PERSON]
    posts = {id(office): _post(group) for group in _groups(held) for office in group}
    for office in text.mentions.offices:
        post = posts.get(id(office))
        if post is None or office.holder is None:
            continue
        token = text.token(office.start)
        if not office.named and text.block(token) is BlockKind.HEADLINE:
            continue  # headlines shorten offices: "tariff envoy"
        rule = "tenure-named" if office.named else "tenure-referred"
        evidence = text.words(token.sent, (office.start, office.end), rule)
        said = [
            Assertion("member", office.holder, evidence),
            Assertion("post", post.id, evidence),
            Assertion("tenureStatus", office.status, evidence),
        ]
        if text.document.published is not None:
            said.append(Assertion("asOf", text.document.published, evidence))
        yield Claim(Ref(f"tenure@{office.start}"), FactKind.TENURE, tuple(said), evidence, entities=(post,))


def _words(office: Office) -> frozenset[str]:
    """The words that tell an office from others."""
    return frozenset(office.label.lower().replace("-", " ").split()) - _EMPTY


def _groups(offices: list[Office]) -> list[list[Office]]:
    """The office phrases of each person put together to offices: fuller wordings first take up the shorter ones."""
    groups: list[list[Office]] = []
    for office in sorted(offices, key=lambda o: (-len(_words(o)), not o.named, o.start)):
        for group in groups:
            full = group[0]
            same = office.normal_form == full.normal_form or (_words(office) <= _words(full) and bool(_words(office)))
            if full.holder == office.holder and same and full.status == office.status:
                group.append(office)
                break
        else:
            groups.append([office])
    return groups


def _post(group: list[Office]) -> Entity:
    """The post of a group, called by its fullest wording."""
    full = group[0]
    labels = dict.fromkeys(o.label for o in sorted(group, key=lambda o: o.start))
    code = next((o.country for o in group if o.country), None)
    name = f"{code} {full.normal_form}" if code else full.normal_form
    return Entity(
        ref("post", slug(name)), EntityKind.POST, full.label, tuple(x for x in labels if x != full.label),
        country=Ref(f"country/{code}") if code else None, normal_form=full.normal_form,
        rank=_rank(full.head),
    )  # fmt: skip


def _rank(head: str) -> str:
    """The rank of an office; offices outside government count as officials."""
    found = mapping("offices").get(head, "official")
    return "official" if found == "other" else found

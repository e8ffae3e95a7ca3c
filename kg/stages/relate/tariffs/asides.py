"""What other tariffs a tariff answers or comes on top of, by the words that it hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.acts import ANSWERING, PROVOKED, answered

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.acts import Act
    from kg.stages.relate.tariffs.group import Group
    from kg.stages.relate.text import Text
    from kg.tokens import Token

_RETALIATION = frozenset({"retaliatory", "counter", "retaliation"})


def answers(noun: Token | None, doing: Act) -> bool:
    """As in "counter-tariffs", "retaliatory duties", "hit back with"."""
    answering = doing.kind == "impose" and doing.verb is not None and doing.verb.lemma_.lower() in ANSWERING
    if noun is None or answering:
        return answering
    before = noun.doc[max(0, noun.i - 4) : noun.i]
    return noun.lower_.startswith("counter") or any(t.lower_ in _RETALIATION for t in before)


def provoked(noun: Token | None) -> bool:
    """Whether a tariff is one that another answers: "in response to the duties on steel", "answers the duties"."""
    return below(noun, PROVOKED) or (noun is not None and answered(noun, noun.head))


def below(noun: Token | None, words: frozenset[str]) -> bool:
    """Whether a noun hangs below one of these: "in response to the duties on steel", "on top of a tariff"."""
    token = noun
    for _ in range(3):
        if token is None or token.head.i == token.i or token.pos_ == "VERB":
            return False
        token = token.head
        if token.pos_ == "NOUN" and token.lemma_ in words:
            return True
    return False


def atop(text: Text, group: Group) -> bool:
    """As in "on top of the 25 percent on cars": a rate without a noun that others come on top of."""
    before = text.doc[max(0, group.first - 4) : group.first].text.lower()
    return before.endswith((" top of the", " top of", " addition to the", " addition to"))

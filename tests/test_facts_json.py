from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import facts_json
from kg.errors import SourceError
from kg.model import Assertion, DocumentFacts, Evidence, Ref, Value
from tests.sample import document_facts

if TYPE_CHECKING:
    from collections.abc import Callable

# Two halves side by side would come back as the character they make.
texts = st.text(st.characters(categories=("L", "N", "P", "S", "Z", "Cc"))) | st.just("\ud800")
st.register_type_strategy(str, texts)
st.register_type_strategy(Ref, texts.map(Ref))
st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False))


@settings(max_examples=60)
@given(st.from_type(DocumentFacts))
def test_any_facts_come_back_as_they_were(found: DocumentFacts) -> None:
    line = facts_json.dump(found)
    assert b"\n" not in line
    assert facts_json.load(line, DocumentFacts, "x:1") == found


@given(st.from_type(Assertion))
def test_a_value_keeps_its_type(said: Assertion) -> None:
    again = facts_json._decoder(Assertion)(json.loads(json.dumps(facts_json._encoder(Assertion)(said))))
    assert (again, type(again.value)) == (said, type(said.value))


def _changed(change: Callable[[Any], object]) -> str:
    data = json.loads(facts_json.dump(document_facts()[0]))
    change(data)
    return json.dumps(data)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Expecting property name"),
        ("[]", "[] is no dict"),
        ("{}", "missing 6 required positional arguments"),
        ("1.5", "1.5 is no number of a record"),
        ("NaN", "NaN is no number of a record"),
        (_changed(lambda d: d.update(extra=1)), "'extra'"),
        (_changed(lambda d: d["document"].update(sha256=None)), "None is no str"),
        (_changed(lambda d: d["sentences"][0].update(start=True)), "True is no int"),
        (_changed(lambda d: d["facts"][0].update(kind="Banquet")), "'Banquet' is not a valid FactKind"),
        (_changed(lambda d: d["facts"][0]["assertions"][0].update(value={"iri": "x"})), "'iri'"),
        (_changed(lambda d: d["facts"][0]["assertions"][0].update(value=None)), "None is no value"),
        (_changed(lambda d: d["facts"][0]["evidence"][0].update(words=[1])), "[1] has not 2 parts"),
    ],
)
def test_a_line_that_is_no_record_is_named(line: str, reason: str) -> None:
    with pytest.raises(SourceError) as wrong:
        facts_json.load(line, DocumentFacts, "facts.jsonl:3")
    message = str(wrong.value)
    assert message.startswith("facts.jsonl:3: not a record of facts (")
    assert reason in message
    assert message.endswith("; write the file again with kg facts")


def test_bad_lines_are_reported_and_the_others_read() -> None:
    first, second = document_facts()
    lines = [facts_json.dump(first), b"\n", b"nonsense\n", facts_json.dump(second)]
    one, error, two = facts_json.read(lines, "f")
    assert (one, two) == (first, second)
    assert str(error).startswith("f:3: ")


def test_an_empty_file_is_an_error() -> None:
    (error,) = facts_json.read([b"\n"], "f")
    assert str(error) == "f: the file is empty; write it again with kg facts"


def test_values_of_one_text_and_several_types_stay_apart() -> None:
    evidence = Evidence("d", 0, 1, (0, 1), "r")
    values: tuple[Value, ...] = ("1", 1, True, Ref("1"), Decimal(1), Decimal("1.0"))
    said = [facts_json._encoder(Assertion)(Assertion("p", value, evidence)) for value in values]
    assert [one["value"] for one in said] == ["1", 1, True, {"ref": "1"}, {"decimal": "1"}, {"decimal": "1.0"}]

"""JSON is read strictly, and no digit of it is lost."""

from __future__ import annotations

import copy
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.api.strict_json import MAX_NESTING, ExactFloat, loads
from clusterplan.api.strict_json import MalformedJsonError as Malformed

documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(documents)
def test_json_without_fractions_is_read_as_the_standard_library_reads_it(
    document: object,
) -> None:
    """Strictness changes nothing for documents that are in order."""
    assert loads(json.dumps(document)) == document
    assert loads(json.dumps(document, ensure_ascii=False).encode()) == document


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_a_fraction_keeps_its_text(number: Decimal) -> None:
    """A decimal that was sent is the decimal that can be stored."""
    value = loads(f"[{number:f}]")
    assert isinstance(value, list)
    assert isinstance(value[0], ExactFloat)
    assert str(value[0]) == value[0].text == f"{number:f}"
    assert Decimal(str(copy.deepcopy(value[0]))) == number


def test_an_integer_stays_an_integer() -> None:
    """Yen are whole numbers, however many of them there are."""
    assert loads("[123456789012345678901]") == [123456789012345678901]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "JSON_MALFORMED"),
        (b"{", "JSON_MALFORMED"),
        (b'{"a":1}}', "JSON_MALFORMED"),
        (b"\xff\xfe{\x00}\x00", "JSON_NOT_UTF8"),
        ("{}".encode("utf-32"), "JSON_NOT_UTF8"),
        ("{}".encode("utf-16-le"), "JSON_MALFORMED"),
        (b'{"a":"\xe3\x81"}', "JSON_NOT_UTF8"),
        (b"\x1f\x8b\x08", "JSON_NOT_UTF8"),
        (b'{"a":NaN}', "JSON_NOT_A_NUMBER"),
        (b'{"a":-Infinity}', "JSON_NOT_A_NUMBER"),
        (b'{"a":1e400}', "JSON_NUMBER_TOO_LARGE"),
        (b'{"a":' + b"9" * 400 + b".0}", "JSON_NUMBER_TOO_LARGE"),
        (b'{"a":' + b"9" * 5000 + b"}", "JSON_NUMBER_TOO_LARGE"),
        (b"[" * 100_000 + b"]" * 100_000, "JSON_TOO_DEEP"),
        (b'{"a":' * 100_000, "JSON_TOO_DEEP"),
        (b'{"a":"\\ud83d"}', "JSON_LONE_SURROGATE"),
        (b'{"\\uDE00":1}', "JSON_LONE_SURROGATE"),
        ('"\ud800"', "JSON_LONE_SURROGATE"),
    ],
)
def test_what_is_not_json_is_refused_with_its_reason(
    data: str | bytes, reason: str
) -> None:
    """There is one way to fail, and it says why in both languages."""
    with pytest.raises(Malformed) as refused:
        loads(data)
    assert refused.value.problem.reason == reason
    assert refused.value.problem.message_ja
    assert refused.value.problem.message_en


def test_a_syntax_error_has_its_place() -> None:
    """The place is that of the text, in lines and columns."""
    with pytest.raises(Malformed) as refused:
        loads('{"a": 1,\n "b" 2}')
    assert (refused.value.problem.line, refused.value.problem.column) == (2, 6)


def test_nesting_is_counted_outside_strings() -> None:
    """Brackets within a text are letters like any other."""
    text = '{"a":"' + "[" * 500 + '\\"' + "{" * 500 + '"}'
    assert loads(text) == json.loads(text)
    deep = "[" * MAX_NESTING + "]" * MAX_NESTING
    assert loads(deep) == json.loads(deep)
    with pytest.raises(Malformed):
        loads(f"[{deep}]")


def test_a_pair_of_surrogates_is_a_character() -> None:
    """What old encoders write for a character beyond the first plane is read."""
    assert loads('"\\ud842\\udfb7"') == "𠮷"
    assert loads('"\\\\ud800"') == "\\ud800"


def test_a_byte_order_mark_and_double_keys_are_tolerated() -> None:
    """Clients send both, and neither does harm."""
    assert loads(b'\xef\xbb\xbf{"a":1,"a":2}') == {"a": 2}
    assert loads('\ufeff{"a":1}') == {"a": 1}


@pytest.mark.parametrize("unit", ['\\"', '"', "[],", '"a",', "\\"])
def test_a_mebibyte_of_anything_is_read_or_refused_soon(unit: str) -> None:
    """No text of the allowed length makes the reader work longer than a second."""
    text = '["' + unit * (1_048_576 // len(unit))
    with pytest.raises(Malformed):
        loads(text)

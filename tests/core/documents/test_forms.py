"""Scalars of documents: what is read, what is refused, and what is written."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.documents.forms import FORMS, INTEGER_DIGITS, YEN_DIGITS
from clusterplan.core.errors import InputError
from clusterplan.core.identifiers import AreaCode, DeadlineText, Key, PartId, Yen
from clusterplan.core.periods import FiscalHalf, FiscalYear
from plan_documents import load_changed, looked_at, problems_of
from strategies import SCALARS, UNHURRIED, values


def refused(type_: Any, value: object) -> tuple[str, str | None]:
    """Return reason and hint of the refusal of *value*."""
    with pytest.raises(InputError) as caught:
        FORMS[type_].structure(value)
    (problem,) = looked_at(caught.value)
    return problem.reason, problem.hint


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        (str, "  そのまま\n", "  そのまま\n"),
        (str, "null", "null"),
        (PartId, "M-07", "M-07"),
        (PartId, "2026", "2026"),
        (Key, "ai_semiconductors", "ai_semiconductors"),
        (AreaCode, "011002", "011002"),
        (AreaCode, "13121", "131211"),
        (AreaCode, "13", "130001"),
        (AreaCode, "１３１２１", "131211"),
        (AreaCode, " 131211 ", "131211"),
        (AreaCode, "どこか", "どこか"),
        (Yen, "1200000000", 1_200_000_000),
        (Yen, "１２００", 1200),
        (Yen, "-5", -5),
        (Yen, "+5", 5),
        (Yen, " 007 ", 7),
        (Yen, "9" * YEN_DIGITS, 10**YEN_DIGITS - 1),
        (int, "9" * INTEGER_DIGITS, 10**INTEGER_DIGITS - 1),
        (Decimal, "12.50", Decimal("12.50")),
        (Decimal, "１２．５", Decimal("12.5")),
        (Decimal, "-0.1", Decimal("-0.1")),
        (bool, "true", True),
        (bool, "false", False),
        (dt.date, "令和10年3月31日", dt.date(2028, 3, 31)),
        (DeadlineText, "令和9年度中を目途", "令和9年度中を目途"),
        (DeadlineText, "令和9年2月28日", "令和9年2月28日"),
        (FiscalYear, "平成31年度", FiscalYear(2019)),
        (FiscalHalf, "令和8年度上期", FiscalHalf(FiscalYear(2026), 1)),
        (FiscalYear | dt.date, "R8", FiscalYear(2026)),
        (FiscalYear | dt.date, "2026-07-01", dt.date(2026, 7, 1)),
    ],
)
def test_a_scalar_is_read_by_its_type(type_: Any, text: str, value: object) -> None:
    """Codes stay text, short codes get their check digit, digits may be full-width."""
    read = FORMS[type_].structure(text)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("type_", "text", "reason"),
    [
        (PartId, "", "BAD_ID"),
        (PartId, "施策1", "BAD_ID"),
        (PartId, "M 1", "BAD_ID"),
        (PartId, "-1", "BAD_ID"),
        (PartId, "M\n", "BAD_ID"),
        (PartId, "x" * 65, "BAD_ID"),
        (Key, "AI", "BAD_KEY_FORM"),
        (Key, "ai-chips", "BAD_KEY_FORM"),
        (Key, "1a", "BAD_KEY_FORM"),
        (Yen, "1,20", "NOT_AN_AMOUNT"),
        (Yen, "1.5", "NOT_AN_AMOUNT"),
        (Yen, "12万億円", "NOT_AN_AMOUNT"),
        (Yen, "1e3", "NOT_AN_AMOUNT"),
        (Yen, "", "NOT_AN_AMOUNT"),
        (Yen, "9" * (YEN_DIGITS + 1), "NOT_AN_AMOUNT"),
        (Yen, "١٢", "NOT_AN_AMOUNT"),
        (int, "1.0", "NOT_AN_INTEGER"),
        (int, "9" * (INTEGER_DIGITS + 1), "NOT_AN_INTEGER"),
        (Decimal, "NaN", "NOT_A_NUMBER"),
        (Decimal, "Infinity", "NOT_A_NUMBER"),
        (Decimal, "1e400", "NOT_A_NUMBER"),
        (Decimal, ".5", "NOT_A_NUMBER"),
        (Decimal, "1_000", "NOT_A_NUMBER"),
        (Decimal, "約3割", "NOT_A_NUMBER"),
        (bool, "はい", "NOT_TRUE_OR_FALSE"),
        (bool, "True", "NOT_TRUE_OR_FALSE"),
        (bool, "1", "NOT_TRUE_OR_FALSE"),
        (dt.date, "令和9年度", "NOT_A_DATE"),
        (dt.date, "近日中", "NOT_A_DATE"),
        (dt.date, "令和9年2月30日", "IMPOSSIBLE_DATE"),
        (dt.date, "平成31年5月1日", "IMPOSSIBLE_DATE"),
        (dt.date, "2027-02-29", "IMPOSSIBLE_DATE"),
        (DeadlineText, "令和9年2月30日", "IMPOSSIBLE_DATE"),
        (FiscalYear, "2026", "NOT_A_FISCAL_YEAR"),
        (FiscalYear, "FY0206", "NOT_A_FISCAL_YEAR"),
        (FiscalHalf, "FY2026", "NOT_A_HALF"),
        (FiscalYear | dt.date, "2026", "NOT_A_YEAR_OR_DATE"),
        (FiscalYear | dt.date, "令和9年2月30日", "IMPOSSIBLE_DATE"),
    ],
)
def test_a_wrong_scalar_is_refused_with_what_to_write(
    type_: Any, text: str, reason: str
) -> None:
    """Each refusal has a reason and shows a value that would be read."""
    told, hint = refused(type_, text)
    assert told == reason
    assert hint is not None
    for example in hint.split(" / "):
        FORMS[type_].structure(example)


@pytest.mark.parametrize("type_", list(FORMS))
@pytest.mark.parametrize("value", [None, [], ["a"], {}, {"a": "b"}])
def test_only_a_scalar_is_a_scalar(type_: Any, value: object) -> None:
    """Nothing, a list and a mapping are refused wherever one value belongs."""
    assert refused(type_, value) == ("NOT_A_TEXT", None)


@pytest.mark.parametrize(
    ("value", "ja", "en"),
    [
        (None, "空の値", "nothing is written"),
        ([], "リスト", "a list is written"),
        ({}, "項目の集まり", "a mapping is written"),
    ],
)
def test_the_refusal_says_what_stands_there(value: object, ja: str, en: str) -> None:
    """Who wrote a list is told that it is a list."""
    with pytest.raises(InputError) as caught:
        FORMS[str].structure(value)
    (problem,) = caught.value.problems
    assert ja in problem.message_ja
    assert en in problem.message_en


@pytest.mark.parametrize(
    ("type_", "value", "reason"),
    [
        (Yen, True, "NOT_A_TEXT"),
        (Yen, 1.0, "NOT_A_TEXT"),
        (Decimal, 0.1, "NOT_A_TEXT"),
        (str, 1, "NOT_A_TEXT"),
        (bool, 1, "NOT_A_TEXT"),
    ],
)
def test_native_values_of_another_type_are_refused(
    type_: Any, value: object, reason: str
) -> None:
    """Of stored JSON only what the form writes is read: no truth value as a number."""
    assert refused(type_, value)[0] == reason


def test_long_text_is_cut_in_the_message() -> None:
    """A message about a long text stays short."""
    with pytest.raises(InputError) as caught:
        FORMS[Yen].structure("億" * 500)
    (problem,) = looked_at(caught.value)
    assert "億" * 40 + "…" in problem.message_ja
    assert "億" * 41 not in problem.message_ja


@UNHURRIED
@given(st.data())
def test_what_a_form_writes_it_reads(data: st.DataObject) -> None:
    """Stored values come back equal, whatever the type."""
    type_ = data.draw(st.sampled_from([t for t in FORMS if t in SCALARS]))
    value = data.draw(values(type_))
    form = FORMS[type_]
    assert form.structure(form.write(value)) == value


def test_text_in_place_of_a_list_of_texts_is_one_step() -> None:
    """進め方 may be one text; other lists must be lists."""
    one = load_changed({"/policy_means/challenges/0/needs": "工業用水道の延伸"})
    assert one.plan.challenges[0].needs == ("工業用水道の延伸",)
    (problem,) = problems_of({"/region": "13121"})
    assert (problem.reason, problem.pointer) == ("NOT_A_LIST", "/region")


def test_a_list_in_place_of_text_is_refused() -> None:
    """A title is one text."""
    (problem,) = problems_of({"/title": ["a", "b"]})
    assert (problem.reason, problem.pointer) == ("NOT_A_TEXT", "/title")


def test_numbers_and_truth_values_become_text_where_text_is_asked() -> None:
    """Codes and titles may look like numbers; they are kept as written."""
    file = load_changed({"/title": True, "/goal/vision": 2030, "/region/0": 13121})
    assert file.plan.title == "true"
    assert file.plan.goal is not None
    assert file.plan.goal.vision == "2030"
    assert file.plan.region == ("131211",)
    (problem,) = problems_of({"/fictional": 1})
    assert problem.reason == "NOT_TRUE_OR_FALSE"


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        (float("nan"), "NOT_FINITE"),
        (Decimal("NaN"), "NOT_FINITE"),
        (1.5, "FLOAT_NOT_EXACT"),
        (Decimal("1e400"), "NOT_FINITE"),
        (Decimal("1.5"), "NOT_AN_AMOUNT"),
        (True, "NOT_AN_AMOUNT"),
        ("1e400", "NOT_AN_AMOUNT"),
    ],
)
def test_an_amount_is_whole_yen_and_nothing_else(amount: object, reason: str) -> None:
    """Binary floats, fractions, exponents and truth values are no amounts."""
    (problem,) = problems_of({"/policy_means/measures/0/budget/0/amount": amount})
    assert problem.reason == reason
    assert problem.pointer == "/policy_means/measures/0/budget/0/amount"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("AI_SEMICONDUCTORS", "ai_semiconductors"),
        ("REGIONAL_BUREAU", "regional_bureau"),
        ("regionalBureau", "regional_bureau"),
        ("regional-bureau", "regional_bureau"),
        ("半導体", "ai_semiconductors"),
    ],
)
def test_a_key_in_capitals_is_hinted_at_in_small_letters(text: str, hint: str) -> None:
    """Words apart; an example stands for what cannot be a key."""
    assert refused(Key, text) == ("BAD_KEY_FORM", hint)

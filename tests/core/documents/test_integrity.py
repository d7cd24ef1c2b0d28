"""Ids are used once, and references lead to parts of the plan."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.documents.integrity import integrity_problems
from clusterplan.core.documents.patch import changed
from plan_documents import SMALL, load_changed, problems_of
from strategies import UNHURRIED

MEASURE = "/policy_means/measures/0"


@pytest.mark.parametrize(
    ("changes", "pointer", "first"),
    [
        ({"/venues/0/id": "M-1"}, "/venues/0/id", "policy_means/measures/0/id"),
        ({"/indicators": [{"id": "IN-1"}] * 2}, "/indicators/1/id", "indicators/0/id"),
        (
            {"/policy_means/challenges/0/id": "IM-1", f"{MEASURE}/answers": []},
            "/policy_means/challenges/0/id",
            "path/impacts/0/id",
        ),
        (
            {f"{MEASURE}/five_w1h/deadline/milestones/0/id": "V-1"},
            "/venues/0/id",
            "policy_means/measures/0/five_w1h/deadline/milestones/0/id",
        ),
        ({"/investments/1/ref": "I-1"}, "/investments/1/ref", "investments/0/id"),
    ],
)
def test_an_id_is_used_once(changes: dict[str, Any], pointer: str, first: str) -> None:
    """The second use is told, with the place of the first."""
    (problem,) = problems_of(changes)
    assert (problem.reason, problem.pointer) == ("DUPLICATE_ID", pointer)
    assert first in problem.message_ja
    assert first in problem.message_en


def test_an_investment_and_a_part_may_have_the_same_id() -> None:
    """Ids of investments are unique over all plans, those of parts in a plan."""
    assert load_changed({"/investments/1/ref": "M-1"}).plan.investments == (
        "I-1",
        "M-1",
    )


@pytest.mark.parametrize(
    ("changes", "pointer", "ja"),
    [
        ({f"{MEASURE}/answers": ["CH-1", "CH-9"]}, f"{MEASURE}/answers/1", "課題"),
        ({f"{MEASURE}/answers": ["IN-1"]}, f"{MEASURE}/answers/0", "課題"),
        ({f"{MEASURE}/indicators": ["X"]}, f"{MEASURE}/indicators/0", "指標"),
        ({"/path/impacts/0/indicator": "X"}, "/path/impacts/0/indicator", "指標"),
    ],
)
def test_a_reference_leads_to_a_part_of_its_sort(
    changes: dict[str, Any], pointer: str, ja: str
) -> None:
    """An id of another sort of part, or of none, is a dangling reference."""
    (problem,) = problems_of(changes)
    assert (problem.reason, problem.pointer) == ("DANGLING_REFERENCE", pointer)
    assert f"という{ja}は" in problem.message_ja


def test_the_venue_of_a_measure_is_left_to_a_rule() -> None:
    """A draft may name its venue in words."""
    loaded = load_changed({f"{MEASURE}/five_w1h/deliberation_venue": "必要に応じて"})
    assert loaded.plan.measures[0].five_w1h.deliberation_venue == "必要に応じて"


@pytest.mark.parametrize("value", [None, ["a"], {"a": "b"}])
def test_ids_of_no_shape_are_no_duplicates(value: object) -> None:
    """An id that is no text is told once, as such."""
    problems = problems_of(
        {
            "/policy_means/challenges/0/id": value,
            "/venues": [{"id": value, "title": "a"}] * 2,
            "/investments": [{"id": value, "title": "a"}, {"ref": value}],
            f"{MEASURE}/answers": None,
        }
    )
    assert {p.reason for p in problems} == (
        {"NOT_A_TEXT"} if value else {"NOT_A_TEXT", "MISSING_KEY"}
    )


def test_a_reference_in_place_of_a_list_is_followed() -> None:
    """Of two things wrong with a value both are told."""
    problems = problems_of({f"{MEASURE}/answers": "CH-9"})
    assert {p.reason for p in problems} == {"DANGLING_REFERENCE", "NOT_A_LIST"}


SHAPELESS: st.SearchStrategy[Any] = st.sampled_from(
    [None, "x", [], {}, ["x"], [None], [[]], [{}], {"id": {}}]
)
PLACES = st.sampled_from(
    [
        "/path",
        "/path/impacts",
        "/policy_means",
        "/policy_means/measures",
        "/venues",
        "/investments",
        "/indicators",
        f"{MEASURE}/five_w1h",
        f"{MEASURE}/answers",
        f"{MEASURE}/five_w1h/deadline",
        f"{MEASURE}/five_w1h/deadline/milestones",
    ]
)


@UNHURRIED
@given(PLACES, SHAPELESS)
def test_what_has_no_shape_is_passed_over(place: str, value: object) -> None:
    """Only dangling references are told; the shape is the business of others."""
    told = integrity_problems(changed(SMALL, {place: value}))
    assert {p.reason for p in told} <= {"DANGLING_REFERENCE"}


def test_a_sound_document_has_no_problems() -> None:
    """Nothing is told of a plan that holds together, or of an empty one."""
    assert not list(integrity_problems(SMALL))
    assert not list(integrity_problems({}))

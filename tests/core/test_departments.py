"""Departments are written and named as far as they are known."""

from __future__ import annotations

import pytest

from clusterplan.core.departments import Department
from plan_documents import load_changed, problems_of

PLACE = "/policy_means/measures/0/five_w1h/responsible_department"


@pytest.mark.parametrize(
    ("department", "label"),
    [
        (Department(organization="150002", unit="道路課"), "150002 道路課"),
        (Department(organization="150002"), "150002"),
        (Department(unit="道路課"), "道路課"),
        (Department(organization="", unit="道路課"), "道路課"),
        (Department(), ""),
    ],
)
def test_a_label_has_what_is_known(department: Department, label: str) -> None:
    """Organization and unit, or the one of them that is given."""
    assert department.label == label


def test_a_department_may_be_half_known_in_a_draft() -> None:
    """Whether that will do is for a rule to say."""
    answers = load_changed({PLACE: {"unit": "道路課"}}).plan.measures[0].five_w1h
    assert answers.responsible_department == Department(unit="道路課")


def test_a_department_is_no_plain_text() -> None:
    """Text would leave open what of it is the organization."""
    (problem,) = problems_of({PLACE: "新潟県道路課"})
    assert (problem.reason, problem.pointer) == ("NOT_A_MAPPING", PLACE)
    assert "organization, unit" in problem.message_ja

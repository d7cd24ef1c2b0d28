"""What a plan rests on, and the arithmetic behind its impacts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from clusterplan.core.evidence import LinkKind
from clusterplan.core.plans import ImpactBasis
from plan_documents import load_changed, problems_of


def basis(*factors: str, stated: str = "0", scale: str = "1") -> ImpactBasis:
    """Return a basis with factors."""
    return ImpactBasis(
        factors=tuple(map(Decimal, factors)),
        stated=Decimal(stated),
        scale=Decimal(scale),
    )


@pytest.mark.parametrize(
    ("made", "product"),
    [
        (basis("120", "2.5"), "300"),
        (basis("0.1", "3"), "0.3"),
        (basis("1200", "50000", scale="100000000"), "0.6"),
        (basis("7"), "7"),
        (basis("-2", "3"), "-6"),
        (basis("0", "3"), "0"),
        (basis(), "1"),
    ],
)
def test_the_product_is_exact_and_in_the_unit_of_what_is_stated(
    made: ImpactBasis, product: str
) -> None:
    """Tenths stay tenths; the scale turns yen into a hundred million yen."""
    assert made.product == Decimal(product)


def test_a_basis_is_read_in_the_digits_that_were_written() -> None:
    """Numbers of a file are no binary fractions."""
    told = {"factors": ["0.1", "0.20"], "stated": "2", "scale": "0.01", "unit": "%"}
    path = load_changed({"/path/impacts/0/basis": told}).plan.path
    assert path is not None
    (impact,) = path.impacts
    assert impact.basis is not None
    assert impact.basis.factors == (Decimal("0.1"), Decimal("0.20"))
    assert impact.basis.product == impact.basis.stated


def test_a_link_says_how_another_plan_stands_to_this() -> None:
    """The other plan may be kept here, or be known by its title alone."""
    plan = load_changed(
        {
            "/links": [
                {"id": "L-1", "kind": "upper_plan", "title": "総合計画", "plan": "p-0"},
                {"id": "L-2", "kind": "ordinance", "title": "条例"},
            ]
        }
    ).plan
    kinds = [(link.kind, link.plan) for link in plan.links]
    assert kinds == [(LinkKind.UPPER_PLAN, "p-0"), (LinkKind.ORDINANCE, None)]


def test_a_chain_goes_from_a_measure_to_an_impact() -> None:
    """Over an indicator, in as many steps as it takes."""
    chain = [
        {"id": "CA-1", "cause": "M-1", "effect": "IN-1"},
        {"id": "CA-2", "cause": "IN-1", "effect": "IM-1", "text": "受注が増える"},
    ]
    links = load_changed({"/outcome_chain": chain}).plan.outcome_chain
    assert [(link.cause, link.effect) for link in links] == [
        ("M-1", "IN-1"),
        ("IN-1", "IM-1"),
    ]


def test_a_consultation_counts_whom_it_asked() -> None:
    """Numbers are whole; the day is read like any other."""
    asked = {"id": "Q-1", "kind": "survey", "asked": 200, "answered": "120"}
    plan = load_changed({"/consultations": [asked | {"held_on": "R8.2.10"}]}).plan
    (consultation,) = plan.consultations
    assert (consultation.asked, consultation.answered) == (200, 120)
    assert consultation.held_on == dt.date(2026, 2, 10)


@pytest.mark.parametrize(
    ("changes", "reason", "pointer"),
    [
        (
            {"/links": [{"id": "L-1", "kind": "friend", "title": "計画"}]},
            "UNKNOWN_VALUE",
            "/links/0/kind",
        ),
        (
            {"/attachments": [{"id": "A-1", "title": "議事録", "updated_on": "昨日"}]},
            "NOT_A_DATE",
            "/attachments/0/updated_on",
        ),
        ({"/outcome_chain": [{"id": "C", "cause": "M-1"}]}, "MISSING_KEY", ""),
        (
            {"/path/impacts/0/basis": {"factors": ["1"]}},
            "MISSING_KEY",
            "/path/impacts/0/basis",
        ),
    ],
)
def test_what_says_too_little_is_refused(
    changes: dict[str, Any], reason: str, pointer: str
) -> None:
    """Each part of the evidence says at least what it must."""
    (problem,) = problems_of(changes)
    assert (problem.reason, problem.pointer) == (reason, pointer or "/outcome_chain/0")

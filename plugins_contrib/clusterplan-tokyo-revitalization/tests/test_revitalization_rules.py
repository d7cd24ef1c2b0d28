"""TKY-01 to TKY-05 speak when they should, and only then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clusterplan.core.checks import Example, Rule
from clusterplan.core.documents.patch import changed
from clusterplan.core.files import PlanFile
from clusterplan.core.findings import CheckReport, Gate, Severity
from clusterplan_tokyo_revitalization.rules import RULES

Judge = Callable[..., CheckReport]
EXAMPLES = [
    pytest.param(each, example, id=f"{each.id}-{number}")
    for each in RULES
    for number, example in enumerate(each.examples)
]


def said(report: CheckReport) -> list[tuple[str, str]]:
    """Return rule and place of each finding."""
    assert report.unchecked == ()
    return [(f.rule_id, f.pointer) for f in report.findings]


def test_every_rule_has_an_example() -> None:
    """Five rules, each with at least one example."""
    assert [r.id for r in RULES] == [f"TKY-0{n}" for n in range(1, 6)]
    assert all(r.examples for r in RULES)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_bad_example_breaks_its_rule_and_no_other(
    judge: Judge, document: dict[str, Any], rule: Rule, example: Example
) -> None:
    """Of all rules, built-in ones too, only the one speaks, at the place it names."""
    report = judge(changed(document, example.bad))
    assert said(report) == [(rule.id, example.pointer)]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_good_example_passes(
    judge: Judge, document: dict[str, Any], rule: Rule, example: Example
) -> None:
    """After the good change no rule speaks."""
    assert rule.id
    assert said(judge(changed(document, example.good))) == []


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_near_miss_passes(
    judge: Judge, document: dict[str, Any], rule: Rule, example: Example
) -> None:
    """What only looks like a breach is none."""
    assert rule.id
    assert example.near_miss
    assert said(judge(changed(document, example.near_miss))) == []


def test_every_rule_says_why_and_every_finding_what_to_write(
    judge: Judge, document: dict[str, Any]
) -> None:
    """The reason is told in two languages, and the hint is more than the message."""
    for rule in RULES:
        assert rule.why
        assert rule.why_en
        for example in rule.examples:
            (finding,) = judge(changed(document, example.bad)).findings
            assert finding.hint
            assert finding.hint not in finding.message_ja
            assert finding.hint not in finding.message_en


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        (
            "tokyo-adachi-r3",
            [
                ("TKY-04", "/details/pillars"),
                ("TKY-05", "/details/pillars/0/summary_title"),
            ],
        ),
        ("tokyo-setagaya-r3", []),
        ("tokyo-machida-r3", []),
        ("tokyo-hamura-r3", []),
    ],
)
def test_the_four_plans_pass_but_for_what_the_outline_of_adachi_leaves(
    judge: Judge,
    plans: dict[str, PlanFile],
    id_: str,
    expected: list[tuple[str, str]],
) -> None:
    """Adachi names its first pillar twice and builds no network; both are warnings."""
    report = judge(plans[id_])
    assert said(report) == expected
    assert report.ok


def test_tky_05_tells_both_names(judge: Judge, plans: dict[str, PlanFile]) -> None:
    """The finding on Adachi quotes the two names in both languages."""
    finding = judge(plans["tokyo-adachi-r3"]).findings[-1]
    for text in (finding.message_ja, finding.message_en):
        assert "販路開拓支援" in text
        assert "販路拡大支援" in text


def test_a_plan_without_details_is_judged_too(
    judge: Judge, document: dict[str, Any]
) -> None:
    """A plan that says nothing of its type lacks approval and network."""
    assert said(judge(changed(document, {"/details": None}))) == [
        ("TKY-01", "/details/approval"),
        ("TKY-04", "/details/pillars"),
    ]


def test_a_plan_without_lead_and_period_is_judged_too(
    judge: Judge, document: dict[str, Any]
) -> None:
    """What is not written yet breaks no rule; the period is asked for."""
    bare = changed(document, {"/lead": None, "/period": None})
    assert said(judge(bare)) == [("TKY-02", "/period")]


def test_the_prefecture_that_approves_is_named_in_the_hint(
    judge: Judge, document: dict[str, Any]
) -> None:
    """Approval by another prefecture is an error, and the right code is offered."""
    report = judge(changed(document, {"/details/approval/by": "142018"}))
    assert [f.hint for f in report.findings] == ['by: "130001"']


def test_a_draft_can_apply_before_the_text_names_the_approval(
    judge: Judge, document: dict[str, Any]
) -> None:
    """At the gate of the application TKY-01 is a warning, at that of approval no more."""
    draft = changed(document, {"/details/approval": None})
    weights = {
        gate: judge(draft, gate).findings[0].effective_severity
        for gate in (Gate.SUBMIT, Gate.PUBLISH)
    }
    assert weights == {Gate.SUBMIT: Severity.WARNING, Gate.PUBLISH: Severity.ERROR}


@pytest.mark.parametrize(
    "period",
    [
        {"from": "FY2027", "to": "FY2030"},
        {"from": "FY2027", "to": "FY2027"},
        {"from": "2027-05-01", "to": "2030-04-30"},
    ],
)
def test_another_period_than_three_fiscal_years_is_remarked(
    judge: Judge, document: dict[str, Any], period: dict[str, str]
) -> None:
    """Four years, one year, and three years that are no fiscal years."""
    assert said(judge(changed(document, {"/period": period}))) == [
        ("TKY-02", "/period")
    ]

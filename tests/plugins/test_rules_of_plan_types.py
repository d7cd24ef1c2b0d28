"""What the rules of the three plan types of the policy package tell apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clusterplan.core.checks import CheckContext, run_checks
from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.patch import changed
from clusterplan.core.documents.source import parse_text, source_of
from clusterplan.core.findings import CheckReport, Gate
from clusterplan.core.identifiers import Key, PlanId
from clusterplan.core.plans import Plan
from clusterplan.core.reference import ReferenceData
from clusterplan.core.settings import CheckSettings
from clusterplan.plugins.host import Plugins

A, B, C = "strategic_cluster", "regional_cluster", "local_industry_growth"
MEASURES = "/policy_means/measures"
MONEY = "/investments/0/money"
FOCUS = "/details/focus_industries"
SUPPLY = "/details/supply_chain"
RESOURCES = "/details/local_resources"
INDUSTRIES = "/details/industries"
CheckSample = Callable[..., CheckReport]


def own_findings(plan_type: str, report: CheckReport) -> list[tuple[str, str]]:
    """Return rule and place of what the rules of one plan type say."""
    assert report.unchecked == ()
    letter = {A: "A-", B: "B-", C: "C-"}[plan_type]
    return [
        (f.rule_id, f.pointer) for f in report.findings if f.rule_id.startswith(letter)
    ]


CASES: dict[str, tuple[str, dict[str, Any], list[tuple[str, str]]]] = {
    "no investments at all": (A, {"/investments": []}, [("A-02", "/investments")]),
    "an anchor that nobody told of is none": (
        A,
        {"/investments": [{"ref": "ELSEWHERE"}]},
        [("A-02", "/investments")],
    ),
    "an anchor that nobody invests in": (
        A,
        {"/investments/0/investor": " "},
        [("A-02", "/investments/0")],
    ),
    "an anchor that says neither how far it is nor where that is from": (
        A,
        {"/investments/0/state": None, "/investments/0/source": "　"},
        [("A-11", "/investments/0/source"), ("A-11", "/investments/0/state")],
    ),
    "an anchor without money lacks an amount": (
        A,
        {MONEY: []},
        [("A-02", "/investments/0")],
    ),
    "an anchor without a site": (
        A,
        {"/investments/0/sites": []},
        [("A-02", "/investments/0")],
    ),
    "an amount that is a range is an amount": (
        A,
        {f"{MONEY}/0/amount": None, f"{MONEY}/0/at_least": 1, f"{MONEY}/1": None},
        [],
    ),
    "infrastructure without a place": (
        A,
        {f"{MEASURES}/0/areas": []},
        [("A-03", f"{MEASURES}/0")],
    ),
    "infrastructure without a ministry": (
        A,
        {f"{MEASURES}/1/state_support": []},
        [("A-03", f"{MEASURES}/1")],
    ),
    "support without a ministry names none": (
        A,
        {f"{MEASURES}/1/state_support/0/ministry": None},
        [("A-03", f"{MEASURES}/1")],
    ),
    "no measures, no rule asks for kinds of them": (
        A,
        {f"{MEASURES}": []},
        [],
    ),
    "a national impact with neither words nor number is not stated": (
        A,
        {"/path/impacts/0": {"id": "IM-1", "scope": "national"}},
        [("A-05", "/path/impacts")],
    ),
    "no path, no impact to judge": (A, {"/path": None}, []),
    "a draft without a region": (A, {"/region": []}, [("A-06", "/region")]),
    "needs of blanks are none": (
        A,
        {"/policy_means/challenges/1/needs": [" \u3000"]},
        [("A-06", "/policy_means/challenges/1/needs")],
    ),
    "no panel among the venues": (
        A,
        {"/venues/0/kind": "council"},
        [("A-07", "/venues")],
    ),
    "a reason of blanks explains no absence": (
        A,
        {"/venues/0/absent/0/reason": " "},
        [("A-07", "/venues/0/members")],
    ),
    "one complete panel is enough": (
        A,
        {"/venues/1/kind": "panel"},
        [],
    ),
    "no focus industry": (B, {FOCUS: []}, [("B-01", FOCUS)]),
    "no details at all": (
        B,
        {"/details": None},
        [
            ("B-01", FOCUS),
            ("B-02", "/details/market_claims"),
            ("B-06", f"{MEASURES}/0/fills"),
        ],
    ),
    "a division with a class is a classification": (B, {f"{FOCUS}/0/jsic": "E27"}, []),
    "a letter behind T is no division": (
        B,
        {f"{FOCUS}/0/jsic": "Z"},
        [("B-01", f"{FOCUS}/0/jsic")],
    ),
    "each claim needs numbers of its own": (
        B,
        {
            "/details/market_claims": [
                {"kind": "export", "indicator": "IN-1"},
                {"kind": "domestic_top_share", "text": "首位"},
            ]
        },
        [("B-03", "/details/market_claims/1")],
    ),
    "an incomplete indicator is for the rules on indicators": (
        B,
        {"/indicators/0/source": None},
        [],
    ),
    "a joining prefecture may be in charge": (
        B,
        {
            "/joining": [{"kind": "prefecture", "code": "200000"}],
            f"{MEASURES}/0/five_w1h/responsible_department/organization": "200000",
        },
        [],
    ),
    "a city of the prefecture may not be in charge of a collective measure": (
        B,
        {f"{MEASURES}/0/five_w1h/responsible_department/organization": "152137"},
        [("B-05", f"{MEASURES}/0/five_w1h/responsible_department")],
    ),
    "the prefecture may be named in words": (
        B,
        {f"{MEASURES}/0/five_w1h/responsible_department/organization": "新潟県"},
        [],
    ),
    "who is in charge of a measure for one firm is free": (
        B,
        {f"{MEASURES}/2/five_w1h/responsible_department/organization": "152137"},
        [],
    ),
    "a function that some firm does is not missing": (
        B,
        {f"{SUPPLY}/0/firms": 6},
        [("B-06", f"{MEASURES}/0/fills")],
    ),
    "a function that another entry shows is not missing": (
        B,
        {f"{SUPPLY}/1/title": "真空 熱処理"},
        [("B-06", f"{MEASURES}/0/fills")],
    ),
    "a joint facility alone fills nothing": (
        B,
        {f"{MEASURES}/0/collective": ["joint_facility"], f"{MEASURES}/0/fills": []},
        [],
    ),
    "no collective measure is said once, not again for the money": (
        B,
        {f"{MEASURES}/{n}/collective": [] for n in (0, 1, 4)},
        [("B-04", MEASURES)],
    ),
    "no money at all goes to nobody": (
        B,
        {f"{MEASURES}/{n}/budget": [] for n in range(5)},
        [],
    ),
    "a vision is no basic plan": (
        B,
        {f"{MEASURES}/4/links": ["LI-1"]},
        [("B-09", f"{MEASURES}/4/links")],
    ),
    "a measure named for land use needs no tag": (
        B,
        {f"{MEASURES}/4/links": [], f"{MEASURES}/4/tags": []},
        [("B-09", f"{MEASURES}/4/links")],
    ),
    "no local details at all": (
        C,
        {"/details": None},
        [("C-01", RESOURCES), ("C-05", INDUSTRIES)],
    ),
    "recognition of blanks is none": (
        C,
        {f"{RESOURCES}/0/recognition": [" "]},
        [("C-02", f"{RESOURCES}/0/recognition")],
    ),
    "value added in the title needs no family": (
        C,
        {"/indicators/0/family": None, "/indicators/1/family": None},
        [],
    ),
    "an indicator on the national market is demand from outside": (
        C,
        {
            "/indicators/0/market": "national",
            "/indicators/0/title": "直売の比率",
            "/goal": None,
            "/path": None,
        },
        [],
    ),
    "an industry that is not listed": (
        C,
        {f"{INDUSTRIES}/0": {"kind": "sake", "title": "酒類製造業"}},
        [("C-05", f"{INDUSTRIES}/0")],
    ),
    "a listed industry needs no name": (
        C,
        {f"{INDUSTRIES}/0": {"kind": "traditional_crafts"}},
        [],
    ),
    "a plan that no body leads covers what it covers": (C, {"/lead": None}, []),
    "a city of another prefecture's plan is a municipality": (
        C,
        {"/lead": {"kind": "prefecture", "code": "170003"}, "/region": ["172014"]},
        [],
    ),
    "a plan for primary industry needs no successors of craft": (
        C,
        {
            f"{INDUSTRIES}/0/kind": "primary",
            f"{MEASURES}/1/tags": [],
            f"{MEASURES}/1/title": "体験講座",
            f"{MEASURES}/1/five_w1h/content": "市民向けの体験講座を開く。",
        },
        [],
    ),
    "spending in the title needs no family": (
        C,
        {f"{INDUSTRIES}/0/kind": "tourism", "/indicators/1/title": "観光消費額"},
        [],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_edges_of_the_rules_of_plan_types(case: str, check_sample: CheckSample) -> None:
    """The case says what is told apart."""
    plan_type, changes, expected = CASES[case]
    assert own_findings(plan_type, check_sample(plan_type, changes)) == expected


@pytest.mark.parametrize("plan_type", [A, B, C])
@pytest.mark.parametrize("gate", [Gate.SAVE, Gate.SUBMIT, Gate.PUBLISH])
def test_a_bare_plan_makes_no_rule_fail(
    plan_type: str, gate: Gate, plugins: Plugins, reference: ReferenceData
) -> None:
    """Each rule copes with a plan that has nothing but a title."""
    kind = plugins.plan_types[plan_type]
    context = CheckContext(
        plan=Plan(id=PlanId("p"), plan_type=Key(plan_type), title="計画"),
        plan_type=kind,
        investments={},
        reference=reference,
    )
    assert own_findings(plan_type, run_checks(plugins.rules, context, gate))


def test_the_missing_parts_of_an_anchor_are_named(check_sample: CheckSample) -> None:
    """The author need not guess what is lacking."""
    changes: dict[str, Any] = {MONEY: [], "/investments/0/investor": None}
    changes["/investments/0/starts_in"] = None
    (finding,) = check_sample(A, changes).findings
    assert "投資主体・金額・開始年度" in finding.message_ja
    assert finding.message_en.endswith(
        "lacks an investor, an amount, a fiscal year of start"
    )


@pytest.mark.parametrize(
    ("least", "changes", "expected"),
    [
        (None, {}, []),
        (100_000_000_000, {}, []),
        (100_000_000_001, {}, [("A-12", MONEY)]),
        (100_000_000_001, {f"{MONEY}/0/amount": None}, [("A-12", MONEY)]),
        (
            100_000_000_001,
            {f"{MONEY}/0/amount": None, f"{MONEY}/0/at_most": 90_000_000_000},
            [],
        ),
        (1, {"/investments": []}, [("A-02", "/investments")]),
    ],
)
def test_the_least_amount_of_an_anchor_counts_only_where_it_is_set(
    least: int | None,
    changes: dict[str, Any],
    expected: list[tuple[str, str]],
    plugins: Plugins,
    reference: ReferenceData,
) -> None:
    """No amount is policy; who sets one hears of smaller anchors, at info."""
    kind = plugins.plan_types[A]
    sample = parse_text(kind.sample or "").data
    assert isinstance(sample, dict)
    file = load_plan_file(source_of(changed(sample, changes)), plugins.plan_types)
    context = CheckContext(
        plan=file.plan,
        plan_type=kind,
        investments=file.defined(),
        reference=reference,
        settings=CheckSettings(anchor_min_amount=least),
    )
    assert own_findings(A, run_checks(plugins.rules, context, Gate.PUBLISH)) == expected

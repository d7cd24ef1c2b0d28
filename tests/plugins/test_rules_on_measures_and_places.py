"""Edges of the rules on measures, money, places, codes and lead bodies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clusterplan.core.findings import CheckReport

A, B, C = "strategic_cluster", "regional_cluster", "local_industry_growth"
FIRST = "/policy_means/measures/0"
SECOND = "/policy_means/measures/1"
THIRD = "/policy_means/measures/2"
FIFTH = "/policy_means/measures/4"
SITE = "/investments/0/sites/0"
OURS = ("ACT", "MAP", "MEA", "REG")
ENDED = "sme_regional_resource_promotion_act"
NEW = "enterprise_value_security_interest"
CheckSample = Callable[..., CheckReport]


def spoken(report: CheckReport) -> list[tuple[str, str]]:
    """Return rule and place of the findings of these families; no rule may fail."""
    assert report.unchecked == ()
    return [(f.rule_id, f.pointer) for f in report.findings if f.rule_id[:3] in OURS]


def line(**changes: Any) -> list[dict[str, Any]]:
    """Return the one budget line of a measure."""
    whole = {
        "fiscal_year": "FY2026",
        "amount": 9_000_000,
        "status": "voted",
        "source": "prefecture",
        "basis": "受講者30人 × 30万円",
    }
    return [{k: v for k, v in (whole | changes).items() if v is not None}]


EARLY = {"from": "FY2020", "to": "FY2022"}
ONE_YEAR = {f"{SECOND}/period": {"from": "FY2026", "to": "FY2026"}}

CASES: dict[str, tuple[str, dict[str, Any], list[tuple[str, str]]]] = {
    "a measure that goes on after the plan leaves it": (
        B,
        {f"{FIFTH}/period": {"from": "FY2029", "to": "2031-04-01"}},
        [("MEA-01", f"{FIFTH}/period")],
    ),
    "a measure of whole years fits a plan that begins within one": (
        B,
        {"/period": {"from": "2026-06-01", "to": "2031-03-31"}},
        [],
    ),
    "a measure of days does not": (
        B,
        {
            "/period": {"from": "2026-06-01", "to": "2031-03-31"},
            f"{FIFTH}/period": {"from": "2026-05-31", "to": "FY2030"},
        },
        [("MEA-01", f"{FIFTH}/period")],
    ),
    "a measure without a period can leave no plan": (
        B,
        {f"{FIFTH}/period": None},
        [],
    ),
    "a measure that waits for itself": (
        B,
        {f"{SECOND}/depends_on": [{"measure": "M-02"}]},
        [("MEA-03", f"{SECOND}/depends_on")],
    ),
    "a ring of three is told once, at its first measure": (
        B,
        {
            f"{FIRST}/depends_on": [{"measure": "M-03"}],
            f"{SECOND}/depends_on": [{"measure": "M-01"}],
            f"{THIRD}/depends_on": [{"measure": "M-02"}],
        },
        [("MEA-03", f"{FIRST}/depends_on")],
    ),
    "two rings are told apart": (
        B,
        {
            f"{FIRST}/depends_on": [{"measure": "M-02"}],
            f"{SECOND}/depends_on": [{"measure": "M-01"}],
            f"{THIRD}/depends_on": [{"measure": "M-04"}],
            "/policy_means/measures/3/depends_on": [{"measure": "M-03"}],
        },
        [("MEA-03", f"{FIRST}/depends_on"), ("MEA-03", f"{THIRD}/depends_on")],
    ),
    "a note of blanks does not explain an overlap": (
        B,
        {f"{FIFTH}/depends_on": [{"measure": "M-01", "note": " "}]},
        [("MEA-03", f"{FIFTH}/depends_on/0")],
    ),
    "regulatory reform without money": (
        B,
        {
            "/missing_categories": [],
            f"{FIFTH}/category": "b_regulatory_reform",
            f"{FIFTH}/instruments": [],
        },
        [],
    ),
    "an ended law is known by its full name": (
        B,
        {
            f"{FIRST}/legal_bases": [
                {
                    "title": "中小企業による地域産業資源を活用した事業活動の促進に"
                    "関する法律（中小企業地域資源活用促進法）"
                }
            ]
        },
        [("MEA-05", f"{FIRST}/legal_bases/0")],
    ),
    "a law that is in no list is not judged": (
        B,
        {f"{FIRST}/legal_bases": [{"title": "架空法"}, {"title": "別", "key": "x"}]},
        [],
    ),
    "a law may come into force within the period": (
        B,
        {
            f"{FIRST}/legal_bases": [{"title": "企業価値担保権", "key": NEW}],
            f"{FIRST}/period": {"from": "2026-04-01", "to": "2026-05-25"},
        },
        [],
    ),
    "but not a day after it": (
        B,
        {
            f"{FIRST}/legal_bases": [{"title": "企業価値担保権", "key": NEW}],
            f"{FIRST}/period": {"from": "2026-04-01", "to": "2026-05-24"},
        },
        [("MEA-05", f"{FIRST}/legal_bases/0")],
    ),
    "a planning section that only studies delivers nothing": (
        B,
        {
            f"{SECOND}/five_w1h/responsible_department/unit": "産業部 企画課",
            f"{SECOND}/delivery_body": None,
            f"{SECOND}/stage": "study",
        },
        [],
    ),
    "an amount without a year": (
        B,
        {**ONE_YEAR, f"{SECOND}/budget": line(fiscal_year=None)},
        [("MEA-07", f"{SECOND}/budget/0/fiscal_year")],
    ),
    "a line without an amount that does not say that there is none": (
        B,
        {**ONE_YEAR, f"{SECOND}/budget": line(amount=None, basis=None)},
        [("MEA-08", f"{SECOND}/budget/0/amount")],
    ),
    "no special budget, said so": (B, {f"{SECOND}/budget": [{"status": "none"}]}, []),
    "no special budget, and money": (
        B,
        {**ONE_YEAR, f"{SECOND}/budget": line(status="none")},
        [("MEA-08", f"{SECOND}/budget/0/status")],
    ),
    "money from nowhere": (
        B,
        {**ONE_YEAR, f"{SECOND}/budget": line(source=None)},
        [("MEA-08", f"{SECOND}/budget/0/source")],
    ),
    "more sources than budget": (
        B,
        {
            **ONE_YEAR,
            f"{SECOND}/budget": line(sources=[{"source": "s", "amount": 9_000_001}]),
        },
        [("MEA-08", f"{SECOND}/budget/0/sources")],
    ),
    "a measure without a budget": (B, {f"{SECOND}/budget": []}, []),
    "a subsidy to firms without any selection": (
        B,
        {f"{THIRD}/selection": None},
        [("MEA-09", f"{THIRD}/selection")],
    ),
    "criteria of blanks are none": (
        B,
        {f"{THIRD}/selection/criteria": [" "]},
        [("MEA-09", f"{THIRD}/selection")],
    ),
    "a training programme selects no firms": (B, {f"{SECOND}/selection": {}}, []),
    "a budget before the vote names the day of it": (
        B,
        {f"{SECOND}/budget/1/vote_expected_on": None},
        [("MEA-10", f"{SECOND}/budget/1/vote_expected_on")],
    ),
    "a measure of one year has one amount": (
        B,
        {**ONE_YEAR, f"{SECOND}/budget": line()},
        [],
    ),
    "years before the plan need no amount": (
        B,
        {
            f"{SECOND}/period": {"from": "FY2022", "to": "FY2026"},
            f"{SECOND}/continuing": True,
            f"{SECOND}/budget": line(),
        },
        [],
    ),
    "a content that is a study": (
        B,
        {f"{SECOND}/five_w1h/content": "年30人の実務講座の開設を検討する。"},
        [("MEA-12", f"{SECOND}/stage")],
    ),
    "a study on the way is no study": (
        B,
        {f"{SECOND}/five_w1h/content": "検討会を経て年30人の実務講座を開く。"},
        [],
    ),
    "an investment outside the region": (
        B,
        {f"{SITE}/municipality": "131041"},
        [("REG-02", f"{SITE}/municipality")],
    ),
    "an investment in the place of a joining body": (
        B,
        {
            f"{SITE}/municipality": "131041",
            "/joining": [{"kind": "prefecture", "code": "130001"}],
        },
        [],
    ),
    "an investment where a measure says why it lies outside": (
        B,
        {
            f"{SITE}/municipality": "131041",
            f"{SECOND}/areas": ["131041"],
            f"{SECOND}/outside_reason": "商社の集まる区で講座を開く",
        },
        [],
    ),
    "a prefecture holds the municipality of a plan": (
        C,
        {f"{SITE}/municipality": "170003"},
        [],
    ),
    "a ward lies in its city": (
        C,
        {
            "/region": ["172049", "151009"],
            f"{SITE}/municipality": "151017",
            f"{FIRST}/areas": ["172049", "151033"],
        },
        [],
    ),
    "a plan without a region has no outside": (C, {"/region": []}, []),
    "where a code of the region is wrong, that is told first": (
        C,
        {"/region": ["172048"]},
        [("REG-01", "/region/0")],
    ),
    "a municipality of another block": (
        A,
        {"/region": ["430005", "410004", "352039"]},
        [("REG-03", "/region/2")],
    ),
    "a prefecture does not lead a strategic plan": (
        A,
        {"/lead": {"kind": "prefecture", "code": "430005"}},
        [("ACT-02", "/lead/kind")],
    ),
    "a swapped point": (
        A,
        {SITE: {"municipality": "434043", "lon": "35.7", "lat": "139.4"}},
        [("REG-05", SITE)],
    ),
    "a point in another country": (
        A,
        {SITE: {"municipality": "434043", "lon": "2.35", "lat": "48.85"}},
        [("REG-05", SITE)],
    ),
    "a point in another part of the country": (
        A,
        {SITE: {"municipality": "434043", "lon": "139.44", "lat": "35.71"}},
        [("REG-05", SITE)],
    ),
    "half a point": (
        A,
        {SITE: {"municipality": "434043", "lon": "130.8"}},
        [("REG-05", SITE)],
    ),
    "a point without a code is only asked whether it is in Japan": (
        A,
        {SITE: {"lon": "139.44", "lat": "35.71"}},
        [],
    ),
    "a far island is told as an area": (
        C,
        {
            "/region": ["172049", "130001"],
            SITE: {
                "municipality": "134210",
                "lon": "153.98",
                "lat": "24.28",
                "precision": "area",
            },
        },
        [],
    ),
    "twelve digits are no corporate number": (
        B,
        {"/organizations/0/corporate_number": "400001209000"},
        [("REG-06", "/organizations/0/corporate_number")],
    ),
    "a code that stands for nothing": (
        C,
        {"/region": ["172049", "172995"]},
        [("REG-07", "/region/1")],
    ),
    "a ward that did not exist yet": (
        C,
        {
            "/period": {"from": "FY2020", "to": "FY2022"},
            "/policy_means/measures": [],
            "/region": ["172049", "221384"],
        },
        [("REG-07", "/region/1")],
    ),
    "a wrong code of an organization, a cluster and a measure": (
        B,
        {
            "/organizations/0/area": "152138",
            "/clusters/0/areas": ["152138"],
            f"{SECOND}/areas": ["152138"],
        },
        [
            ("REG-01", "/clusters/0/areas/0"),
            ("REG-01", "/organizations/0/area"),
            ("REG-01", f"{SECOND}/areas/0"),
        ],
    ),
    "an investment without sites": (
        B,
        {"/investments/0/sites": []},
        [("MAP-02", "/investments/0/sites")],
    ),
    "an investment that is not public needs no place": (
        B,
        {"/investments/0/sites": [], "/investments/0/withheld": True},
        [],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_edges_of_the_rules(case: str, check_sample: CheckSample) -> None:
    """The case says what is told apart."""
    plan_type, changes, expected = CASES[case]
    assert spoken(check_sample(plan_type, changes)) == expected


@pytest.mark.parametrize(
    ("plan_type", "changes", "hint"),
    [
        (C, {"/region": ["172049", "221376"]}, "221406 天竜区"),
        (C, {"/lead/code": "141011"}, "141003 横浜市"),
        (C, {"/period": EARLY, "/region": ["221384"]}, "221309 浜松市"),
    ],
)
def test_the_code_that_was_meant_is_named(
    plan_type: str, changes: dict[str, Any], hint: str, check_sample: CheckSample
) -> None:
    """A new ward has the name of the old one; a ward belongs to a city."""
    findings = check_sample(plan_type, changes).findings
    assert hint in {f.hint for f in findings if f.rule_id in ("REG-04", "REG-07")}


def test_a_ring_is_told_with_its_measures(check_sample: CheckSample) -> None:
    """The author sees who waits for whom."""
    changes = {
        f"{FIRST}/depends_on": [{"measure": "M-02"}],
        f"{SECOND}/depends_on": [{"measure": "M-01"}],
    }
    (finding,) = check_sample(B, changes).findings
    assert "M-01 → M-02 → M-01" in finding.message_ja


def test_the_gap_between_sources_and_budget_is_shown(
    check_sample: CheckSample,
) -> None:
    """Sum, budget and difference, in yen."""
    changes = {f"{SECOND}/budget/0/sources": [{"source": "state", "amount": 6_000_000}]}
    (finding,) = check_sample(B, changes).findings
    for amount in ("6,000,000", "9,000,000", "3,000,000円少ない"):
        assert amount in finding.message_ja

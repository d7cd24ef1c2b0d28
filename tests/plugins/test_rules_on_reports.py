"""Rules on progress reports: edges that their examples do not show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs
import pytest

from clusterplan.core.checks import run_checks
from clusterplan.core.due_dates import Cadence, ReportingCycle
from clusterplan.core.findings import CheckReport, Gate
from clusterplan.core.reference import ReferenceData
from clusterplan.plugins.builtin.sample_reports import (
    around,
    sample_report,
    strategic_report,
)
from clusterplan.plugins.host import Plugins
from rule_examples import example_context

A, B = "strategic_cluster", "regional_cluster"
ROW = "/report/parts/0/rows/0"
FIRST = f"{ROW}/observations/0"
NO_VALUE = {"indicator": "IN-1"}
CheckSample = Callable[..., CheckReport]
Told = list[tuple[str, str]]


def spoken(report: CheckReport) -> Told:
    """Return rule and place of every finding; no rule may have failed."""
    assert report.unchecked == ()
    return [(f.rule_id, f.pointer) for f in report.findings]


CASES: dict[str, tuple[str, Mapping[str, Any], Mapping[str, Any], Told]] = {
    "a report without parts lacks every measure, and each is told": (
        B,
        around(),
        {"/report/parts": []},
        [("REP-01", "/report/parts")] * 5,
    ),
    "a row of a measure that the plan does not have": (
        B,
        around(),
        {f"{ROW}/measure": "M-99"},
        [("REP-01", "/report/parts"), ("REP-01", f"{ROW}/measure")],
    ),
    "an empty form has neither numbers nor reasons": (
        B,
        around(),
        {f"{ROW}/observations": [NO_VALUE, {"indicator": "IN-3"}]},
        [
            ("REP-02", ROW),
            ("REP-09", f"{ROW}/observations/0"),
            ("REP-09", f"{ROW}/observations/1"),
        ],
    ),
    "a reason that only puts it off is none": (
        B,
        around(),
        {f"{ROW}/observations": [], f"{ROW}/no_number_reason": "調整中"},
        [("REP-02", ROW)],
    ),
    "a milestone that is done is a number, and indicators are still owed": (
        B,
        around(),
        {
            f"{ROW}/observations": [],
            f"{ROW}/milestones": [{"milestone": "MS-9", "done_on": "2026-09-01"}],
        },
        [("REP-09", f"{ROW}/observations"), ("REP-09", f"{ROW}/observations")],
    ),
    "a ratio is a number": (
        B,
        around(),
        {FIRST: {**NO_VALUE, "ratio": {"numerator": "9360", "denominator": "2"}}},
        [],
    ),
    "a ratio over nothing is none": (
        B,
        around(),
        {FIRST: {**NO_VALUE, "ratio": {"numerator": "1", "denominator": "0"}}},
        [("REP-09", FIRST)],
    ),
    "a value that another row tells is no blank": (
        B,
        around(),
        {
            "/report/parts/0/rows/3/observations": [
                {"indicator": "IN-5", "value": "0.5"}
            ]
        },
        [],
    ),
    "a cause of blanks is none": (
        B,
        around(poor=["M-01"]),
        {f"{ROW}/causes/0/text": "\u3000"},
        [("REP-03", f"{ROW}/causes")],
    ),
    "a cause without a category": (
        B,
        around(poor=["M-01"]),
        {f"{ROW}/causes/0/category": None},
        [("REP-04", f"{ROW}/causes/0/category")],
    ),
    "the shortfall in English is no cause either": (
        B,
        around(poor=["M-01"]),
        {f"{ROW}/causes/0/text": "The target was not reached yet"},
        [("REP-04", f"{ROW}/causes/0/text")],
    ),
    "what happened, in English": (
        B,
        around(poor=["M-01"]),
        {f"{ROW}/causes/0/text": "Bids failed twice, 18 % under the market"},
        [],
    ),
    "poor twice, and no answer at all": (
        B,
        around("FY2026H2", poor=["M-01"]),
        {},
        [("REP-10", f"{ROW}/response")],
    ),
    "poor twice, and left for a reason": (
        B,
        around("FY2026H2", poor=["M-01"]),
        {f"{ROW}/response": {"kind": "hold", "reason": "再入札の結果を待つ"}},
        [],
    ),
    "poor for the first time": (B, around(poor=["M-01"]), {}, []),
    "poor before a period that nobody reported": (
        B,
        around("FY2026H2", poor=["M-01"]),
        {
            "/reports/0/id": "FY2025H2",
            "/reports/0/period_start": "2025-10-01",
            "/reports/0/period_end": "2026-03-31",
        },
        [("REP-05", "/reports")],
    ),
    "a change without a reason": (
        B,
        around(),
        {f"{ROW}/changes": [{"item": "responsible_department", "after": "商工課"}]},
        [("REP-08", f"{ROW}/changes/0/reason")],
    ),
    "the third report may judge the plan": (
        B,
        around("FY2027H1"),
        {f"{ROW}/text": "計画全体は成功したと考える"},
        [],
    ),
    "a value of the future": (
        B,
        around(),
        {"/today": "2026-09-01", f"{FIRST}/as_of": "2026-09-30"},
        [("NUM-10", f"{FIRST}/as_of")],
    ),
    "a value of an earlier day that nothing explains": (
        B,
        around(),
        {f"{FIRST}/as_of": "2026-03-31"},
        [("NUM-10", f"{FIRST}/as_of")],
    ),
    "a negative value where none is expected": (
        B,
        around(),
        {f"{FIRST}/value": "-4680"},
        [("NUM-11", f"{FIRST}/value")],
    ),
    "zero has no sign": (B, around(), {f"{FIRST}/value": "0"}, []),
    "where baseline and target are zero, nothing is out of scale": (
        B,
        around(),
        {
            "/indicators/2/target/value": "0",
            f"{ROW}/observations/1/value": "9000",
        },
        [],
    ),
    "an indicator that the plan does not have has no scale": (
        B,
        around(),
        {f"{FIRST}/indicator": "IN-9"},
        [("REP-09", f"{ROW}/observations")],
    ),
    "a trend is none for things that come at once": (
        B,
        around("FY2027H1"),
        {f"{FIRST}/value": "4860", "/indicators/0/interpolation": "step"},
        [],
    ),
    "a target that is reached needs no trend": (
        B,
        around("FY2027H1"),
        {
            f"{FIRST}/value": "6000",
            "/reports/0/parts/0/rows/0/observations/0/value": "9000",
        },
        [],
    ),
    "an indicator that is to be kept has no trend": (
        B,
        around("FY2027H1"),
        {f"{FIRST}/value": "4100", "/indicators/0/direction": "maintain"},
        [],
    ),
    "a measure reported twice": (
        B,
        around(),
        {"/report/parts/0/rows/4/measure": "M-04"},
        [
            ("REP-01", "/report/parts"),
            ("REP-15", "/report/parts/0/rows/4"),
        ],
    ),
    "a period that the calendar does not have": (
        B,
        around(),
        {"/report/period_end": "2026-09-29"},
        [("REP-15", "/report/period_end")],
    ),
    "a period before the plan was public": (
        B,
        around(),
        {"/public_on": "2027-04-01"},
        [("REP-15", "/report/period_end")],
    ),
    "without a day of publication nobody knows the calendar": (
        B,
        around(),
        {"/public_on": None, "/report/period_end": "2026-09-29"},
        [],
    ),
    "the same report may be checked again": (
        B,
        around() | {"reports": [sample_report()]},
        {},
        [],
    ),
    "where no reporter is told, the lead body reports": (
        A,
        {"report": strategic_report()},
        {
            "/policy_means/measures/2/reporter": None,
            "/report/parts/1/reporter": {"kind": "meti", "code": "meti"},
        },
        [],
    ),
    "where no reporter is told, another prefecture does not": (
        A,
        {"report": strategic_report()},
        {
            "/policy_means/measures/0/reporter": None,
            "/policy_means/measures/1/reporter/code": "410004",
            "/report/parts/0/reporter/code": "410004",
        },
        [("REP-07", ROW)],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_edges_of_the_rules_on_reports(case: str, check_sample: CheckSample) -> None:
    """The case says what is told apart."""
    plan_type, given, changes, expected = CASES[case]
    assert spoken(check_sample(plan_type, changes, Gate.REPORT, given)) == expected


OWED = {"public_on": "2026-04-01", "today": "2027-04-20", "reports": [sample_report()]}
CALENDAR: dict[str, tuple[Mapping[str, Any], Mapping[str, Any], Told]] = {
    "each late period is told": (
        {**OWED, "reports": []},
        {"/today": "2027-03-01"},
        [("REP-05", "/reports")],
    ),
    "two late periods": (
        OWED,
        {"/today": "2028-01-10", "/reports/0/submitted_on": "2027-02-01"},
        [("REP-05", "/reports"), ("REP-05", "/reports")],
    ),
    "a year after the last report went in": (
        OWED,
        {"/today": "2027-11-20", "/reports/0/submitted_on": "2026-11-20"},
        [("REP-06", "/reports")],
    ),
    "after the final report none is owed": (
        OWED,
        {"/today": "2035-01-01", "/reports/0/is_final": True},
        [],
    ),
    "a plan without an end goes on reporting": (
        OWED,
        {"/period": None, "/today": "2027-07-01"},
        [("REP-05", "/reports")],
    ),
    "nobody asks on a day": (OWED, {"/today": None}, []),
    "a plan that is not public owes nothing": (OWED, {"/public_on": None}, []),
}


@pytest.mark.parametrize("case", CALENDAR)
def test_late_reports_are_told_at_every_gate(
    case: str, check_sample: CheckSample
) -> None:
    """The calendar is that of the plan type; the case says what it holds."""
    given, changes, expected = CALENDAR[case]
    for gate in (Gate.PUBLISH, Gate.REVISE, Gate.ANY):
        assert spoken(check_sample(B, changes, gate, given)) == expected


def test_what_is_late_does_not_hinder_the_report_that_is_late(
    check_sample: CheckSample,
) -> None:
    """The report that goes in is not owed any more; another one still is."""
    given = around("FY2026H2")
    late = {"/today": "2028-01-10"}
    assert spoken(check_sample(B, late, Gate.REPORT, given)) == [("REP-05", "/reports")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"/today": "2027-06-29"}, []),
        (
            {"/today": "2027-06-30"},
            [("MAP-05", "/reports/0/period_end")],
        ),
        ({"/today": "2027-06-30", "/reports/0/is_final": True}, []),
        ({"/today": None}, []),
        ({"/public_on": None}, []),
    ],
)
def test_grades_on_the_map_grow_old(
    changes: Mapping[str, Any], expected: Told, check_sample: CheckSample
) -> None:
    """Nine months after the day they stand for; those of a final report never."""
    assert spoken(check_sample(B, changes, Gate.MAP, OWED)) == expected


def test_the_plan_type_says_how_often_its_plans_report(
    plugins: Plugins, reference: ReferenceData
) -> None:
    """Rules ask the reporting cycle of the type, and of nothing else."""
    kind = attrs.evolve(
        plugins.plan_types[B],
        reporting_cycle=ReportingCycle(cadence=Cadence.ANNIVERSARY),
    )
    context = example_context(kind, reference, plugins.plan_types, {}, around())
    report = run_checks(plugins.rules, context, Gate.REPORT)
    assert spoken(report) == [("REP-15", "/report/period_end")]


def test_a_figure_is_told_as_people_write_it(check_sample: CheckSample) -> None:
    """No power of ten, no trailing zeros, two places at most."""
    changes = {"/report/grades/0/indicators/0/completion": "2.10004"}
    (finding,) = check_sample(B, changes, Gate.REPORT, around()).findings
    assert "210%" in finding.message_ja
    assert "210%" in finding.message_en

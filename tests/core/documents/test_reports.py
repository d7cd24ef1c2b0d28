"""Reports as files: a form that is filled in and read back."""

from __future__ import annotations

import itertools
from decimal import Decimal

import attrs
import pytest

from clusterplan.core.documents.reports import dump_report, load_report, rounded
from clusterplan.core.documents.source import parse_text
from clusterplan.core.due_dates import reporting_periods
from clusterplan.core.errors import InputError
from clusterplan.core.grades import Grade
from clusterplan.core.identifiers import PartId
from clusterplan.core.plans import Plan
from clusterplan.core.report_grades import IndicatorGrade, MeasureGrade
from clusterplan.core.reports import ProgressReport
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.report_forms import report_template
from progress_reports import KUMAMOTO, at, part_named
from stores import STRATEGIC, MakePlanFile


@pytest.fixture(scope="session")
def plan(plan_file: MakePlanFile) -> Plan:
    """Return the sample of an A plan."""
    return plan_file(STRATEGIC).plan


@pytest.fixture(scope="session")
def form(plan: Plan, domain: Domain) -> ProgressReport:
    """Return the report to fill in for its first period."""
    assert plan.period is not None
    day = at(domain, "2026-06-01").today()
    (period,) = itertools.islice(reporting_periods(day, plan.period.end), 1)
    kind = domain.plan_type(STRATEGIC)
    return report_template(plan, period, kind, edition="1.0")


def test_what_is_written_is_read_back(form: ProgressReport, plan: Plan) -> None:
    """With the legend and without it."""
    for text in (dump_report(form), dump_report(form, plan)):
        assert load_report(parse_text(text)) == form


def test_a_form_names_what_is_asked(form: ProgressReport, plan: Plan) -> None:
    """Ids in the rows, and titles in the legend above them."""
    lines = dump_report(form, plan).splitlines()
    assert lines[:4] == [
        "# 進捗報告 架空半導体戦略産業クラスター計画 FY2026H1",
        "# M-01 工場前バイパスの整備",
        "#   IN-4 バイパスの供用延長（km）",
        "#   MS-1 設計完了 2027-03-31",
    ]
    assert "      - measure: M-01" in lines
    assert "        observations:" in lines
    assert "          - {indicator: IN-4}" in lines
    assert "          - {milestone: MS-1}" in lines


def test_a_legend_tells_of_the_rows_of_the_report_only(
    form: ProgressReport, plan: Plan
) -> None:
    """A reporter who gets its own part is not shown titles of others."""
    own = attrs.evolve(form, parts=(part_named(form, KUMAMOTO),))
    legend = [x for x in dump_report(own, plan).splitlines() if x.startswith("# M-")]
    assert [line.split()[1] for line in legend] == ["M-01", "M-02"]


def test_shares_of_a_form_are_shown_with_two_places(form: ProgressReport) -> None:
    """What is kept stays exact."""
    share = IndicatorGrade(
        indicator=PartId("IN-4"),
        grade=Grade.DELAYED,
        is_poor=True,
        attainment=Decimal(2) / 3,
    )
    graded = MeasureGrade(
        measure=PartId("M-01"), grade=Grade.DELAYED, is_poor=True, indicators=(share,)
    )
    told = attrs.evolve(form, grades=(graded,))
    text = dump_report(rounded(told))
    assert "'0.67'" in text or '"0.67"' in text
    assert "0.666" not in text
    assert load_report(parse_text(dump_report(told))) == told


def test_a_filled_form_is_read(form: ProgressReport) -> None:
    """As people write it: values, days and causes in their words."""
    text = dump_report(form).replace(
        "- {indicator: IN-4}",
        "- {indicator: IN-4, value: 0.4, comment: 測量を終えた}",
    )
    read = part_named(load_report(parse_text(text)), KUMAMOTO).rows[0]
    assert str(read.observations[0].value) == "0.4"
    assert read.observations[0].comment == "測量を終えた"


def test_what_is_wrong_is_told_with_its_place(form: ProgressReport) -> None:
    """Every problem at once."""
    text = dump_report(form).replace(
        "- {indicator: IN-4}", "- {indicator: IN-4, value: 約半分, valeu: 1}"
    )
    with pytest.raises(InputError) as caught:
        load_report(parse_text(text))
    found = {(p.reason, p.path[-1]) for p in caught.value.problems}
    assert ("UNKNOWN_KEY", "valeu") in found
    assert {path for _, path in found} == {"value", "valeu"}
    assert all(p.line and p.column for p in caught.value.problems)
    with pytest.raises(InputError) as caught:
        load_report(parse_text("- 報告"))
    assert caught.value.problems[0].reason == "NOT_A_MAPPING"

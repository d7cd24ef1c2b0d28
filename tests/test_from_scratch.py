"""A plan is made from scratch with the public names alone."""

from __future__ import annotations

import subprocess
import sys

import clusterplan

PROGRAM = """
import clusterplan as cp, datetime as dt, decimal as d
plan = cp.Plan(
    id="jp-first", plan_type="local_industry_growth", title="架空の漆器の計画", fictional=True,
    lead=cp.Actor("municipality", "182079"), region=("182079",),
    period=cp.PlanPeriod(from_=cp.FiscalYear(2026), to=cp.FiscalYear(2030)),
    goal=cp.Goal(current_state="出荷額は34億円（2024年度）", vision="輸出で稼ぐ産地になる"),
    indicators=(cp.Indicator(id="IN-1", title="輸出額", unit="百万円",
        baseline=cp.DatedValue(date=dt.date(2025, 3, 31), value=d.Decimal(120)),
        target=cp.DatedValue(date=dt.date(2031, 3, 31), value=d.Decimal(480))),))
file = cp.PlanFile(plan=plan)
print(cp.dump(file), *cp.check(file), sep="\\n")
print(cp.explain(plan.indicators[0], d.Decimal(200), dt.date(2027, 9, 30)).formula)
"""


def test_ten_lines_make_a_plan_that_can_be_checked_and_written() -> None:
    """Nothing but the names of the package is needed."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    assert "title: 架空の漆器の計画" in done.stdout
    assert "error STR-01 /path/winning_path" in done.stdout
    assert "達成度 = (200.00 − 120.00)" in done.stdout


def test_every_public_name_can_be_had() -> None:
    """What an editor offers is there, and says what it is."""
    for name in clusterplan.__all__:
        offered = getattr(clusterplan, name)
        assert name == "__version__" or offered.__doc__

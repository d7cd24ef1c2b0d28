"""Fictional progress reports on the sample plans, for examples of rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ...core.periods import FiscalHalf

_HALVES = ("FY2026H1", "FY2026H2", "FY2027H1")
_VALUES = {
    "IN-1": ("4680", "4850", "5020"),
    "IN-2": ("39900", "40600", "41300"),
    "IN-3": ("10", "20", "30"),
    "IN-4": ("30", "40", "50"),
    "IN-5": ("0.5", "2", "4"),
}
"""Values of the indicators of the sample plan of type B, by half."""
_ROWS = {
    "M-01": ("IN-1", "IN-3"),
    "M-02": ("IN-4",),
    "M-03": ("IN-2",),
    "M-04": ("IN-2",),
    "M-05": ("IN-5",),
}

CAUSE: Mapping[str, Any] = {
    "category": "procurement",
    "text": "炉の入札が二回続けて不成立となった。予定価格が市況を18%下回っていた",
    "evidence": ["入札結果調書（架空）"],
}
"""A cause as it should be told."""


def sample_report(half: str = "FY2026H1", poor: Collection[str] = ()) -> dict[str, Any]:
    """Return a report on the sample plan of type B, without any fault.

    Args:
        half: One of the first three halves of the plan.
        poor: Measures with poor progress, whose cause is told.
    """
    rows = [_row(half, measure, measure in poor) for measure in _ROWS]
    part = {"reporter": {"kind": "prefecture", "code": "150002"}, "rows": rows}
    grades = [_grade(measure, measure in poor) for measure in _ROWS]
    return {**_period(half), "parts": [part], "grades": grades}


def strategic_report() -> dict[str, Any]:
    """Return a report on the sample plan of type A, of two reporters."""
    prefecture, ministry = (
        {"kind": "prefecture", "code": "430005"},
        {"kind": "ministry", "code": "meti"},
    )
    return {
        **_period("FY2026H1"),
        "parts": [
            {
                "reporter": prefecture,
                "rows": [_told("M-01", "IN-4", "0"), _told("M-02", "IN-5", "30000")],
            },
            {
                "reporter": ministry,
                "rows": [
                    _told("M-03", "IN-3", "60"),
                    _told("M-04", "IN-6", "45"),
                    _told("M-05", "IN-6", "45"),
                ],
            },
        ],
    }


def around(half: str = "FY2026H1", poor: Collection[str] = ()) -> dict[str, Any]:
    """Return what is given with a report on a half, and with those before it."""
    position = _HALVES.index(half)
    days = ("2026-11-20", "2027-05-20", "2027-11-20")
    return {
        "public_on": "2026-04-01",
        "today": days[position],
        "reports": [sample_report(before, poor) for before in _HALVES[:position]],
        "report": sample_report(half, poor),
    }


def _period(half: str) -> dict[str, Any]:
    period = FiscalHalf.parse(half)
    assert period is not None, half  # noqa: S101
    return {
        "id": half,
        "edition": "1.0",
        "period_start": period.start.isoformat(),
        "period_end": period.end.isoformat(),
    }


def _row(half: str, measure: str, is_poor: bool) -> dict[str, Any]:  # noqa: FBT001
    observations = [
        {"indicator": i, "value": _VALUES[i][_HALVES.index(half)]}
        for i in _ROWS[measure]
    ]
    row: dict[str, Any] = {
        "measure": measure,
        "text": "おおむね予定どおり進めた",
        "observations": observations,
    }
    return row | ({"causes": [dict(CAUSE)]} if is_poor else {})


def _told(measure: str, indicator: str, value: str) -> dict[str, Any]:
    observation = {"indicator": indicator, "value": value}
    return {"measure": measure, "observations": [observation]}


def _grade(measure: str, is_poor: bool) -> dict[str, Any]:  # noqa: FBT001
    grade = {"grade": "delayed" if is_poor else "on_track", "is_poor": is_poor}
    indicators = [{"indicator": i, **grade} for i in _ROWS[measure]]
    return {"measure": measure, **grade, "indicators": indicators}

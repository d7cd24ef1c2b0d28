"""Thresholds of grades: defaults, presets, own values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from clusterplan.core.errors import InputError
from clusterplan.core.thresholds import PRESETS, ProgressPreset, ProgressThresholds


def test_the_defaults_are_documented_figures() -> None:
    """They are the ones that the documentation names."""
    found = ProgressThresholds()

    assert (found.ahead_from, found.on_track_from, found.delayed_from) == (
        Decimal("1.10"),
        Decimal("0.80"),
        Decimal("0.50"),
    )
    assert (found.expected_from, found.milestone_days) == (Decimal("0.05"), 90)
    assert found.preset is ProgressPreset.DEFAULT


def test_a_preset_is_known_by_its_values() -> None:
    """Changed values are never passed off as a preset."""
    tama = PRESETS[ProgressPreset.TAMA]

    assert tama.preset is ProgressPreset.TAMA
    assert ProgressThresholds(milestone_days=30).preset is ProgressPreset.OWN
    assert (tama.on_track_from, tama.delayed_from) == (Decimal(1), Decimal("0.6"))


@pytest.mark.parametrize(
    "values",
    [
        {"delayed_from": Decimal("0.81")},
        {"on_track_from": Decimal("1.11")},
        {"ahead_from": Decimal("0.79")},
        {"delayed_from": Decimal("-0.1")},
        {"nearly_from": Decimal("1.01")},
        {"nearly_from": Decimal(80)},
        {"expected_from": Decimal(0)},
        {"expected_from": Decimal(5)},
        {"kept_within": Decimal("0.11")},
        {"kept_within": Decimal("-0.01")},
        {"milestone_days": -1},
        {"missing_periods": 0},
    ],
)
def test_thresholds_out_of_order_are_refused(values: dict[str, Any]) -> None:
    """The refusal says which order is needed, in two languages."""
    with pytest.raises(InputError) as refused:
        ProgressThresholds(**values)

    (problem,) = refused.value.problems
    assert problem.reason == "THRESHOLDS_OUT_OF_ORDER"
    assert "しきい値" in problem.message_ja
    assert "delayed_from <= on_track_from" in (problem.hint or "")


def test_thresholds_may_meet() -> None:
    """Equal cuts leave a grade out, on purpose."""
    found = ProgressThresholds(ahead_from=Decimal(1), on_track_from=Decimal(1))

    assert found.preset is ProgressPreset.OWN

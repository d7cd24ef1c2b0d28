"""Where one grade of progress ends and the next begins.

The policy text names no figure. These are defaults, not policy: they follow what cities
do in their own evaluations, and each of them can be set.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated

from attrs import frozen

from .errors import InputError, Problem
from .terms import Term


class ProgressPreset(enum.Enum):
    """A named set of thresholds, or `own` for values that have no name.

    `default` cuts attainment at 110, 80 and 50 %; `tama` at 100 and 60 %, as Tama City
    does in its evaluations.
    """

    DEFAULT = "default"
    TAMA = "tama"
    OWN = "own"


@frozen(kw_only=True)
class ProgressThresholds:
    """Default thresholds of grades; shares are written as 0.80 for 80 %."""

    ahead_from: Annotated[
        Decimal, Term("前倒しの下限", "Attainment from which progress is ahead.")
    ] = Decimal("1.10")
    on_track_from: Annotated[
        Decimal, Term("順調の下限", "Attainment from which progress is on track.")
    ] = Decimal("0.80")
    delayed_from: Annotated[
        Decimal, Term("遅れの下限", "Attainment below which a delay is serious.")
    ] = Decimal("0.50")
    nearly_from: Annotated[
        Decimal, Term("概ね達成の下限", "Attainment at the end that is nearly enough.")
    ] = Decimal("0.80")
    expected_from: Annotated[
        Decimal,
        Term(
            "判定を始める割合", "Share of the way to expect before attainment counts."
        ),
    ] = Decimal("0.05")
    kept_within: Annotated[
        Decimal, Term("維持の許容幅", "Deviation at which a level still is kept.")
    ] = Decimal("0.05")
    nearly_kept_within: Annotated[
        Decimal, Term("維持の限度", "Deviation beyond which the loss is serious.")
    ] = Decimal("0.10")
    milestone_days: Annotated[
        int, Term("節目の遅れの限度", "Days after which a late milestone is serious.")
    ] = 90
    missing_periods: Annotated[
        int, Term("欠測の限度", "Periods in a row without a value that are poor.")
    ] = 2

    def __attrs_post_init__(self) -> None:
        """Refuse thresholds that leave a grade no room.

        Raises:
            InputError: `THRESHOLDS_OUT_OF_ORDER`, with the order that is needed.
        """
        orders = (
            (Decimal(0), self.delayed_from, self.on_track_from, self.ahead_from),
            (Decimal(0), self.nearly_from, Decimal(1)),
            (Decimal(0), self.expected_from, Decimal(1)),
            (Decimal(0), self.kept_within, self.nearly_kept_within),
            (0, self.milestone_days),
            (1, self.missing_periods),
        )
        if not self.expected_from or any(list(o) != sorted(o) for o in orders):
            raise _out_of_order()

    @property
    def preset(self) -> ProgressPreset:
        """The preset that has these values; `own` where none has."""
        named = (p for p, values in PRESETS.items() if values == self)
        return next(named, ProgressPreset.OWN)


DEFAULT_THRESHOLDS = ProgressThresholds()
PRESETS: Mapping[ProgressPreset, ProgressThresholds] = MappingProxyType(
    {
        ProgressPreset.DEFAULT: DEFAULT_THRESHOLDS,
        ProgressPreset.TAMA: ProgressThresholds(
            on_track_from=Decimal("1.00"), delayed_from=Decimal("0.60")
        ),
    }
)
"""The thresholds of each preset that has a name."""


def _out_of_order() -> InputError:
    return InputError(
        Problem(
            reason="THRESHOLDS_OUT_OF_ORDER",
            message_ja="進捗の区分のしきい値の順が正しくありません。割合は 0.80 のように書き、"
            "前倒し ≧ 順調 ≧ 遅れ ≧ 0 などの順にします",
            message_en="the thresholds of the grades are out of order; write shares as"
            " 0.80, from ahead down to delayed",
            hint="0 <= delayed_from <= on_track_from <= ahead_from;"
            " 0 <= nearly_from <= 1; 0 < expected_from <= 1;"
            " 0 <= kept_within <= nearly_kept_within;"
            " milestone_days >= 0; missing_periods >= 1",
        )
    )

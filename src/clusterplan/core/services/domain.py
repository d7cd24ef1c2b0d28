"""What every service knows: plan types, rules, reference data and the time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import attrs
from attrs import field, frozen

from ..checks import CheckContext, Rule, run_checks
from ..clock import Clock, day_in_tokyo, system_clock
from ..errors import ErrorCode, InputError, PlanError, Problem
from ..files import PlanFile
from ..filters import PlanFilter
from ..findings import CheckReport, Gate
from ..identifiers import InvestmentId
from ..investments import Investment
from ..moments import Moment
from ..plans import Plan
from ..plantypes import PlanType
from ..readers import Reader
from ..reference import ReferenceData
from ..settings import CheckSettings
from ..store import View

_FIRST_YEAR, _LAST_YEAR = 1900, 2999


class UnknownPlanTypeError(PlanError):
    """The plugin of the plan's type is not loaded, so the plan cannot be worked on."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="PLAN_TYPE_NOT_LOADED",
                message_ja=f"計画類型「{key}」のプラグインが読み込まれていません",
                message_en=f"the plugin of plan type {key!r} is not loaded",
                path=("plan_type",),
            )
        )


@frozen(kw_only=True)
class Domain:
    """The loaded rules of the game.

    Attributes:
        known_at: What views look back from, unless they are told another moment.
    """

    plan_types: Mapping[str, PlanType]
    rules: tuple[Rule, ...]
    reference: ReferenceData
    settings: CheckSettings = field(factory=CheckSettings)
    clock: Clock = system_clock
    known_at: dt.datetime | None = None

    def today(self) -> dt.date:
        """Return the present day in Tokyo."""
        return day_in_tokyo(self.clock())

    def plan_type(self, key: str) -> PlanType:
        """Return a plan type.

        Raises:
            UnknownPlanTypeError: If its plugin is not loaded.
        """
        if key not in self.plan_types:
            raise UnknownPlanTypeError(key)
        return self.plan_types[key]

    def view(
        self,
        reader: Reader,
        filter: PlanFilter | None = None,
        *,
        as_of: dt.date | None = None,
        known_at: dt.datetime | None = None,
    ) -> View:
        """Return what *reader* sees of the plans of a filter, today unless told.

        Raises:
            InputError: `FILTER_TOO_LARGE`, or `NAIVE_TIME` or `TIME_OUT_OF_RANGE`, if *known_at* has no time zone.
        """
        if known_at is not None:
            _refuse_time(known_at)
        wanted = (filter or PlanFilter()).completed()
        wanted.refuse_large()
        bureaus = [self.reference.bureaus.get(key) for key in wanted.bureaus]
        block = tuple(code for b in bureaus if b for code in b.prefectures)
        return View(
            moment=Moment(
                as_of=as_of or self.today(), known_at=known_at or self.known_at
            ),
            drafts=reader.drafts,
            filter=wanted,
            block=block if wanted.bureaus else None,
        )

    def check(
        self,
        plan: Plan,
        investments: Mapping[InvestmentId, Investment],
        gate: Gate = Gate.PUBLISH,
        **known: Any,
    ) -> CheckReport:
        """Let all rules look at a plan.

        Args:
            plan: The plan.
            investments: Those that it counts on, by id.
            gate: The gate that is asked for.
            known: What else is known of it: attributes of `CheckContext`, such as
                `edition` and `today`.

        Raises:
            UnknownPlanTypeError: If the plugin of its type is not loaded.
        """
        context = CheckContext(
            plan=plan,
            plan_type=self.plan_type(plan.plan_type),
            investments=investments,
            reference=self.reference,
            settings=self.settings,
            **known,
        )
        return run_checks(self.rules, context, gate)

    def check_file(self, file: PlanFile, gate: Gate = Gate.PUBLISH) -> CheckReport:
        """Let all rules look at a plan file."""
        edition = file.record.edition if file.record else None
        report = self.check(file.plan, file.defined(), gate, edition=edition)
        return attrs.evolve(report, repairs=file.repairs)


def _refuse_time(moment: dt.datetime) -> None:
    if moment.tzinfo is None:
        reason, ja, en = (
            "NAIVE_TIME",
            "時刻には時差を付けます",
            "a time needs its offset",
        )
    elif not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        reason = "TIME_OUT_OF_RANGE"
        ja = f"時刻は{_FIRST_YEAR}年から{_LAST_YEAR}年までです"
        en = f"a time lies between the years {_FIRST_YEAR} and {_LAST_YEAR}"
    else:
        return
    raise InputError(
        Problem(
            reason=reason,
            message_ja=ja,
            message_en=en,
            path=("knownAt",),
            hint="2026-11-21T09:00:00+09:00",
        )
    )

"""Reading plan files: every error at once, each with its place; nothing is judged.

The loader refuses shape, type and unknown keys, ids used twice and references that
lead nowhere. Whatever a rule can judge is loaded, so that any draft can be saved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, TypeVar

import attrs
from attrs import define, field, frozen

from ..errors import MOST_PROBLEMS, InputError, Path, Problem
from ..files import PlanFile
from ..history import Record
from ..identifiers import InvestmentId
from ..investments import Investment
from ..lifecycle import Lifecycle
from ..plans import Plan, PlanDetails
from ..plantypes import PlanType
from ..terms import Term
from .converter import (
    checking_converter,
    closest,
    document_keys,
    structure,
    unknown_key,
)
from .integrity import integrity_problems
from .repairs import repairs_of
from .source import Source

T = TypeVar("T")
_EDITION = re.compile(r"d[1-9]\d{0,3}|[1-9]\d{0,3}\.\d{1,4}")


@frozen(kw_only=True)
class InvestmentReference:
    """An entry of a plan file that refers to an investment told elsewhere."""

    ref: Annotated[InvestmentId, Term("参照", "Id of an investment told elsewhere.")]


def load_plan_file(source: Source, plan_types: Mapping[str, PlanType]) -> PlanFile:
    """Return the plan file in *source*.

    Raises:
        InputError: With every problem, each with path, line and column; with the
            first hundred, where there are more.
    """
    reading = _Reading(source, plan_types)
    file = reading.file()
    if reading.problems or file is None:
        raise reading.refusal()
    return attrs.evolve(file, repairs=repairs_of(source, file))


@define
class _Reading:
    source: Source
    plan_types: Mapping[str, PlanType]
    problems: list[Problem] = field(factory=list)

    def file(self) -> PlanFile | None:
        if not isinstance(self.source.data, dict):
            self._note(_not_a_plan(), ())
            return None
        data: dict[str, Any] = dict(self.source.data)
        known = (*document_keys(Plan), "record")
        for key in [k for k in data if k not in known]:
            self._note(unknown_key(key, known, ()), ())
            del data[key]
        for problem in integrity_problems(data):
            self._note(problem, ())
        kind = self._plan_type(data.get("plan_type"))
        record = self._record(data.pop("record", None), kind)
        investments = self._investments(data.pop("investments", None))
        details = self._details(data.pop("details", None), kind)
        plan = self._structure(data, Plan, ())
        if plan is None or self.problems:
            return None
        ids = tuple(
            entry.ref if isinstance(entry, InvestmentReference) else entry.id
            for entry in investments
        )
        return PlanFile(
            plan=attrs.evolve(plan, investments=ids, details=details),
            investments=tuple(e for e in investments if isinstance(e, Investment)),
            record=record,
        )

    def refusal(self) -> InputError:
        return InputError(*sorted(self.problems, key=_place))

    def _structure(self, data: object, cls: type[T], path: Path) -> T | None:
        try:
            return structure(checking_converter(), data, cls)
        except InputError as error:
            for problem in error.problems:
                self._note(problem, path)
            return None

    def _note(self, problem: Problem, prefix: Path) -> None:
        path = prefix + problem.path
        mark = self.source.place(path)
        self.problems.append(
            attrs.evolve(
                problem,
                path=path,
                line=mark.line if mark else None,
                column=mark.column if mark else None,
            )
        )
        if len(self.problems) >= MOST_PROBLEMS:
            raise self.refusal()

    def _plan_type(self, key: Any) -> PlanType | None:
        kind = self.plan_types.get(key) if isinstance(key, str) else None
        if kind is None and isinstance(key, str):
            known = ", ".join(self.plan_types)
            self._note(
                Problem(
                    reason="UNKNOWN_PLAN_TYPE",
                    message_ja=f"「{key[:60]}」という計画類型はありません。"
                    f"使える類型：{known}",
                    message_en=f"there is no plan type {key[:60]!r}; known are: {known}",
                    path=("plan_type",),
                    hint=closest(key, self.plan_types),
                ),
                (),
            )
        return kind

    def _details(self, data: Any, kind: PlanType | None) -> PlanDetails | None:
        if data is None or kind is None:
            return None
        if kind.details is None:
            if data != {}:
                self._note(_no_details(kind), ("details",))
            return None
        return self._structure(data, kind.details, ("details",))

    def _investments(self, data: Any) -> list[Investment | InvestmentReference]:
        if data is None:
            return []
        if not isinstance(data, list):
            self._structure(data, tuple[Investment, ...], ("investments",))
            return []
        found: list[Investment | InvestmentReference] = []
        for position, entry in enumerate(data):
            by_reference = isinstance(entry, dict) and "ref" in entry
            cls = InvestmentReference if by_reference else Investment
            read = self._structure(entry, cls, ("investments", position))
            if isinstance(read, Investment | InvestmentReference):
                found.append(read)
        return found

    def _record(self, data: Any, kind: PlanType | None) -> Record | None:
        if data is None:
            return None
        record = self._structure(data, Record, ("record",))
        if record and kind:
            for problem in record_problems(record, kind.lifecycle):
                self._note(problem, ("record",))
        return record


def record_problems(record: Record, lifecycle: Lifecycle) -> Iterator[Problem]:
    """Yield what in *record* does not agree with the lifecycle of the plan's type."""
    if not _EDITION.fullmatch(record.edition):
        yield Problem(
            reason="BAD_EDITION",
            message_ja=f"版「{record.edition[:20]}」は使えません。1.0 や d1 と書きます",
            message_en=f"{record.edition[:20]!r} is no edition; write 1.0, or d1",
            path=("edition",),
            hint="1.0",
        )
    if not record.history:
        yield Problem(
            reason="EMPTY_HISTORY",
            message_ja="経過（history）に状態がありません",
            message_en="the history has no state",
            path=("history",),
        )
    states = {str(s.key) for s in lifecycle.states}
    for position, entry in enumerate(record.history):
        if entry.state not in states:
            yield Problem(
                reason="UNKNOWN_STATE",
                message_ja=f"この類型に状態「{entry.state}」はありません。"
                f"状態：{', '.join(s.key for s in lifecycle.states)}",
                message_en=f"this plan type has no state {entry.state!r}; "
                f"states: {', '.join(s.key for s in lifecycle.states)}",
                path=("history", position, "state"),
                hint=closest(entry.state, tuple(states)),
            )
        if position and entry.on < record.history[position - 1].on:
            yield Problem(
                reason="HISTORY_OUT_OF_ORDER",
                message_ja="経過の日付が前の状態より早くなっています",
                message_en="the day is before that of the state above",
                path=("history", position, "on"),
            )


def _not_a_plan() -> Problem:
    return Problem(
        reason="NOT_A_MAPPING",
        message_ja="計画ファイルは id・plan_type・title などの項目の集まりで書きます",
        message_en="a plan file is a mapping with keys such as id, plan_type and title",
    )


def _no_details(kind: PlanType) -> Problem:
    return Problem(
        reason="NO_DETAILS",
        message_ja=f"「{kind.title}」には details の項目はありません",
        message_en=f"plans of type {kind.key!r} have no details",
    )


def _place(problem: Problem) -> tuple[int, int]:
    return problem.line or 0, problem.column or 0

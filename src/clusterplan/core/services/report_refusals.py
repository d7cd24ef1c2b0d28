"""Why a progress report is not opened, filled in, submitted or accepted."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..actors import Actor
from ..cases import Case
from ..errors import ErrorCode, PlanError, Problem
from ..findings import Finding
from ..identifiers import Key
from ..lifecycle import GateClosedError, Step
from ..offices import kind_name, names_of, office_name
from ..reports import ACCEPTED


class ReportRefusedError(PlanError):
    """There is no such report to be made, not by this body, or not now."""


class ReportGateClosedError(GateClosedError):
    """The rules for reports find errors, as far as who acts may be told of them."""

    def __init__(
        self, step: Step, errors: Collection[Finding], *, elsewhere: bool
    ) -> None:
        """Refuse a report.

        Args:
            step: What is refused.
            errors: What is wrong, as who acts may see it.
            elsewhere: Whether there are errors beside these, in parts of others.
        """
        super().__init__(step, errors)
        self.elsewhere = elsewhere
        if elsewhere:
            self.problems = (*self.problems, _other_parts())
            self.args = self.problems


def reported_already(case: Case) -> ReportRefusedError:
    """Refuse a second report on a period."""
    return ReportRefusedError(
        Problem(
            code=ErrorCode.CONFLICT,
            reason="REPORT_EXISTS",
            message_ja=f"期間「{case.id}」の進捗報告は既にあります。1期間に1件です",
            message_en=f"there is a report on period {case.id!r} already, and one a "
            "period is all",
            path=("period_id",),
            rule_id="REP-15",
            current_version=case.version,
        )
    )


def in_already(case: Case) -> ReportRefusedError:
    """Refuse to submit a report that went in already."""
    accepted = case.state == ACCEPTED
    ja = (
        "既に受理されています。値を改めるときは訂正してください"
        if accepted
        else "既に提出されており、受理を待っています"
    )
    en = (
        "is accepted already; to change a value, correct it"
        if accepted
        else "is submitted already, and awaits its acceptance"
    )
    return ReportRefusedError(
        Problem(
            code=ErrorCode.CONFLICT,
            reason="STEP_OUT_OF_ORDER",
            message_ja=f"進捗報告「{case.id}」は{ja}",
            message_en=f"report {case.id!r} {en}",
            path=("period_id",),
            rule_id="ACT-07",
            current_version=case.version,
        )
    )


def closed_for_filling(case: Case) -> ReportRefusedError:
    """Refuse to fill in a report that is in."""
    if case.state == ACCEPTED:
        ja = "受理済みで、記入できません。値を改めるときは訂正してください"
        en = "is accepted and is not filled in any more; correct its values instead"
    else:
        ja = (
            "提出済みで、記入できません。差戻しを受けるか、受理後に値を訂正してください"
        )
        en = (
            "is in and is not filled in any more; have it sent back, or correct values "
            "once it is accepted"
        )
    return ReportRefusedError(
        Problem(
            code=ErrorCode.CONFLICT,
            reason="REPORT_NOT_OPEN",
            message_ja=f"進捗報告「{case.id}」は{ja}",
            message_en=f"report {case.id!r} {en}",
            path=("period_id",),
            rule_id="ACT-07",
            current_version=case.version,
        )
    )


def not_accepted(case: Case) -> ReportRefusedError:
    """Refuse to correct a report that is not accepted."""
    return ReportRefusedError(
        Problem(
            code=ErrorCode.CONFLICT,
            reason="REPORT_NOT_ACCEPTED",
            message_ja=f"進捗報告「{case.id}」はまだ受理されていません。"
            "訂正ではなく記入で直してください",
            message_en=f"report {case.id!r} is not accepted yet; fill it in instead of "
            "correcting it",
            path=("period_id",),
            rule_id="ACT-07",
            current_version=case.version,
        )
    )


def parts_missing(reporters: Iterable[Actor]) -> ReportRefusedError:
    """Refuse to submit a report while reporters are not done."""
    missing = tuple(reporters)
    names = names_of(missing)
    return ReportRefusedError(
        Problem(
            code=ErrorCode.CONFLICT,
            reason="PARTS_MISSING",
            message_ja=f"記入が済んでいない報告主体があります：{names.ja}",
            message_en=f"these reporters are not done: {names.en}",
            path=("period_id",),
            hint=", ".join(map(str, missing)),
            rule_id="REP-01",
        )
    )


def _other_parts() -> Problem:
    return Problem(
        code=ErrorCode.CONFLICT,
        reason="OTHER_PARTS_HAVE_ERRORS",
        message_ja="他の報告主体の報告分に関わるエラーがあります。"
        "内容は、その報告主体か計画の策定主体に確かめてください",
        message_en="there are errors that have to do with parts of other reporters; "
        "ask these, or the body that leads the plan, what they are",
        path=("period_id",),
    )


def same_actor(by: Actor, others: Iterable[Key]) -> ReportRefusedError:
    """Refuse to let a body accept what it reports or submitted; *others* may do so."""
    office, kinds = office_name(by), tuple(others)
    names = [kind_name(kind) for kind in kinds]
    ja = "または".join(n.ja for n in names) or "別の機関"
    en = " or ".join(n.en for n in names) or "another body"
    return ReportRefusedError(
        Problem(
            code=ErrorCode.FORBIDDEN,
            reason="SAME_ACTOR",
            message_ja=f"{office.ja}はこの進捗報告の報告主体または提出者であるため、"
            f"受理できません。{ja}が受理してください",
            message_en=f"{office.en} reports in this report or submitted it; {en} "
            "accepts it",
            path=("period_id",),
            hint=", ".join(kinds) or None,
            rule_id="ACT-01",
        )
    )

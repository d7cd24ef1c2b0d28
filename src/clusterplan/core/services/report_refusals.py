"""Why a progress report is not opened, filled in, submitted or accepted."""

from __future__ import annotations

from collections.abc import Iterable

from ..actors import Actor
from ..cases import Case
from ..errors import ErrorCode, PlanError, Problem


class ReportRefusedError(PlanError):
    """There is no such report to be made, not by this body, or not now."""


def reported_already(case: Case) -> ReportRefusedError:
    """Refuse a second report on a period."""
    return ReportRefusedError(
        Problem(
            code=ErrorCode.CONFLICT,
            reason="REPORT_EXISTS",
            message_ja=f"期間「{case.id}」の進捗報告は既にあります。1期間に1件です",
            message_en=f"there is a report on period {case.id!r} already, and one a "
            "period is all",
            path=("periodId",),
            rule_id="REP-15",
            current_version=case.version,
        )
    )


def closed_for_filling(case: Case) -> ReportRefusedError:
    """Refuse to fill in a report that is in."""
    return ReportRefusedError(
        Problem(
            code=ErrorCode.CONFLICT,
            reason="REPORT_NOT_OPEN",
            message_ja=f"進捗報告「{case.id}」は提出済みで、記入できません。"
            "差戻しを受けるか、受理後に値を訂正してください",
            message_en=f"report {case.id!r} is in and is not filled in any more; have "
            "it sent back, or correct values once it is accepted",
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
            rule_id="ACT-07",
            current_version=case.version,
        )
    )


def parts_missing(reporters: Iterable[Actor]) -> ReportRefusedError:
    """Refuse to submit a report while reporters are not done."""
    names = ", ".join(map(str, reporters))
    return ReportRefusedError(
        Problem(
            code=ErrorCode.CONFLICT,
            reason="PARTS_MISSING",
            message_ja=f"記入が済んでいない報告主体があります：{names}",
            message_en=f"these reporters are not done: {names}",
            path=("parts",),
            hint=names,
            rule_id="REP-01",
        )
    )


def same_actor(by: Actor) -> ReportRefusedError:
    """Refuse to let an office accept what it submitted."""
    return ReportRefusedError(
        Problem(
            code=ErrorCode.FORBIDDEN,
            reason="SAME_ACTOR",
            message_ja=f"{by} は自ら提出した進捗報告を受理できません。"
            "別の機関が受理してください",
            message_en=f"{by} submitted the report; another body accepts it",
            rule_id="ACT-01",
        )
    )

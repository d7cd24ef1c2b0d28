"""Why a revision is refused, beyond what lifecycles and rules say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..differences import INVESTMENT, PlanPart, parts_of
from ..documents.codec import plan_data
from ..documents.integrity import integrity_problems
from ..errors import ErrorCode, InputError, Path, PlanError, Problem
from ..files import PlanFile
from ..lifecycle import Phase
from ..parts import SORTS
from ..plans import Plan
from ..readers import LOCAL
from ..reports import IN, REPORT
from ..revisions import REVISION, REVISION_OPEN, RetiredPart, RevisionItem
from ..standings import PlanStanding
from .cases import CaseDesk
from .permits import refuse_handover
from .plantexts import PlanDesk

CORRECTION = "correction-"
"""What the ids of corrections begin with; no revision is called so."""
NOTHING_DRAFTED = Problem(
    code=ErrorCode.CONFLICT,
    reason="NOTHING_DRAFTED",
    message_ja="改訂案の本文がまだ保存されていません",
    message_en="there is no revised text yet; save it first",
    path=("revision_id",),
    rule_id="ACT-07",
)
NOTHING_REVISED = Problem(
    code=ErrorCode.CONFLICT,
    reason="NOTHING_REVISED",
    message_ja="改訂案は現行の版と同じ内容です",
    message_en="the revised text says the same as the edition in force",
    path=("revision_id",),
)


class RevisionRefusedError(PlanError):
    """The plan is not revised: not now, not so, or not on this occasion."""


def refuse_not_in_force(standing: PlanStanding) -> None:
    """Refuse to revise or correct a plan that is not in force."""
    if standing.public and standing.phase is Phase.IN_FORCE:
        return
    raise RevisionRefusedError(
        Problem(
            code=ErrorCode.CONFLICT,
            reason="NOT_IN_FORCE",
            message_ja=f"計画「{standing.plan_id}」は公表・実施中ではないため、"
            "改訂も訂正もできません",
            message_en=f"plan {standing.plan_id!r} is not public and in force, and can "
            "be neither revised nor corrected",
            path=("plan_id",),
            rule_id="ACT-07",
            current_version=standing.version,
        )
    )


def refuse_reserved(revision_id: str) -> None:
    """Refuse an id that a correction would have."""
    if revision_id.startswith(CORRECTION):
        raise RevisionRefusedError(
            Problem(
                reason="RESERVED_ID",
                message_ja=f"「{CORRECTION}」で始まるIDは訂正の記録に使います",
                message_en=f"ids that begin with {CORRECTION!r} are those of "
                "corrections",
                path=("revision_id",),
            )
        )


def refuse_another(desk: CaseDesk) -> None:
    """Refuse to open a second revision beside one that is open."""
    plan_id = desk.plan.plan_id
    found = desk.unit.cases([plan_id], REVISION, desk.domain.view(LOCAL))
    for case in found.get(plan_id, ()):
        if case.state == REVISION_OPEN and case.id != desk.case_id:
            raise RevisionRefusedError(
                Problem(
                    code=ErrorCode.CONFLICT,
                    reason="REVISION_OPEN",
                    message_ja=f"改訂「{case.id}」が進行中です。"
                    "これを改訂するか取りやめてから始めてください",
                    message_en=f"revision {case.id!r} is open; adopt or drop it first",
                    path=("revision_id",),
                    hint=case.id,
                    rule_id="ACT-07",
                )
            )


def refuse_without_occasion(
    desk: CaseDesk, report: str | None, occasion: str | None
) -> None:
    """Refuse a revision that comes from nowhere (REV-01)."""
    if report is None:
        if not (occasion or "").strip():
            raise RevisionRefusedError(_NO_OCCASION)
        return
    case = desk.unit.case(desk.plan.plan_id, REPORT, report)
    if case is None or case.state not in IN:
        raise RevisionRefusedError(
            Problem(
                code=ErrorCode.CONFLICT if case else ErrorCode.NOT_FOUND,
                reason="REPORT_NOT_IN",
                message_ja=f"期間「{report}」の進捗報告は提出されていません",
                message_en=f"the progress report on {report!r} is not submitted",
                path=("report",),
                rule_id="REV-01",
            )
        )


def refuse_stale_base(standing: PlanStanding, base: str) -> None:
    """Refuse a revision of an edition that is not in force any more (REV-05)."""
    if base == standing.edition:
        return
    raise RevisionRefusedError(
        Problem(
            code=ErrorCode.CONFLICT,
            reason="STALE_BASE",
            message_ja=f"改訂の基の版は {base} ですが、現行の版は {standing.edition} です。"
            f"現行の版に合わせた改訂案を、基の版 {standing.edition} として"
            "保存し直してください",
            message_en=f"the revision starts from edition {base}, but {standing.edition}"
            f" is in force; save a text that starts from it, with base "
            f"{standing.edition}",
            path=("base",),
            hint=standing.edition,
            rule_id="REV-05",
            current_version=standing.version,
        )
    )


def refuse_unfit(
    desk: PlanDesk, file: PlanFile, items: Iterable[RevisionItem] = ()
) -> None:
    """Refuse a text that is not one of this plan, or does not hold together."""
    before, after = desk.plan, file.plan
    if after.id != before.id:
        raise RevisionRefusedError(_another_plan(before.id, after.id))
    problems = [*_of_another_sort(desk, file), *_twice(items)]
    data = plan_data(after) | {"investments": []}
    problems += integrity_problems(data)
    if problems:
        raise InputError(*problems)
    refuse_handover(desk.by, before, after)


def refuse_reused_ids(
    before: Plan, after: Plan, retired: Iterable[RetiredPart]
) -> None:
    """Refuse a text in which an id stands for something else than it did (REV-09)."""
    problems = [*_reused(before, after, retired)]
    if problems:
        raise RevisionRefusedError(*problems)


def place(part: PlanPart) -> Path:
    """Return where a part stands in its text."""
    return tuple(part.pointer.split("/")[1:])


def _reused(
    before: Plan, after: Plan, retired: Iterable[RetiredPart]
) -> Iterator[Problem]:
    old, gone = parts_of(before), tuple(retired)
    of_parts: Mapping[str, str] = {p.id: p.sort for p in gone if p.sort != INVESTMENT}
    for id_, part in parts_of(after).items():
        sort = old[id_].sort if id_ in old else of_parts.get(id_)
        if id_ in old and sort == part.sort:
            continue
        if sort is not None:
            yield _reused_id(id_, sort, place(part))
    of_investments = {p.id for p in gone if p.sort == INVESTMENT}
    for position, investment in enumerate(after.investments):
        if investment in of_investments:
            yield _reused_id(investment, INVESTMENT, ("investments", position))


def _reused_id(id_: str, sort: str, path: Path) -> Problem:
    return Problem(
        code=ErrorCode.CONFLICT,
        reason="ID_REUSED",
        message_ja=f"ID「{id_}」は以前の版で別の{SORTS.get(sort, '項目')}に使われました。"
        "新しいIDを付けてください",
        message_en=f"the id {id_!r} stood for another part ({sort}) in an earlier "
        "edition; use a new one",
        path=path,
        rule_id="REV-09",
    )


def _of_another_sort(desk: PlanDesk, file: PlanFile) -> Iterator[Problem]:
    before = desk.plan
    if file.plan.plan_type != before.plan_type:
        kind = desk.domain.plan_type(before.plan_type)
        yield Problem(
            code=ErrorCode.CONFLICT,
            reason="PLAN_TYPE_CHANGED",
            message_ja=f"計画類型は「{kind.title}」で、変えられません",
            message_en=f"the plan is a {kind.title_en.lower()} and stays so",
            path=("plan_type",),
            hint=before.plan_type,
        )
    if file.record is not None:
        yield Problem(
            reason="RECORD_NOT_TAKEN",
            message_ja="改訂・訂正の本文に経過（record）は書けません",
            message_en="the text of a revision or correction has no record",
            path=("record",),
        )


def _twice(items: Iterable[RevisionItem]) -> Iterator[Problem]:
    seen: set[str] = set()
    for position, item in enumerate(items):
        if item.id in seen:
            yield Problem(
                reason="DUPLICATE_ID",
                message_ja=f"改訂事項のID「{item.id}」は二度使われています",
                message_en=f"the id {item.id!r} of a revision item is used twice",
                path=("items", position, "id"),
            )
        seen.add(item.id)


def _another_plan(plan_id: str, told: str) -> Problem:
    return Problem(
        reason="ANOTHER_PLAN",
        message_ja=f"計画「{plan_id}」の本文ではありません（ファイルのID：{told}）",
        message_en=f"this is not the text of plan {plan_id!r}, but of {told!r}",
        path=("id",),
        hint=plan_id,
    )


_NO_OCCASION = Problem(
    reason="NO_OCCASION",
    message_ja="改訂の契機となった進捗報告の期間か、ほかの契機を書いてください",
    message_en="name the period of the report that leads to the revision, or another "
    "occasion",
    path=("occasion",),
    hint="report: FY2026H1",
    rule_id="REV-01",
)

"""Who may work on the text of a plan, and when: one place for every command."""

from __future__ import annotations

from ..actors import OPERATOR, Actor, is_same_body
from ..errors import ErrorCode, PlanError, Problem
from ..lifecycle import Phase
from ..offices import Name, office_name
from ..plans import Plan
from ..plantypes import PlanType
from ..standings import PlanStanding


class UnknownPlanError(PlanError):
    """There is no such plan, or none that the actor may work on."""

    def __init__(self, plan_id: str) -> None:
        self.plan_id = plan_id
        super().__init__(
            Problem(
                code=ErrorCode.NOT_FOUND,
                reason="UNKNOWN_PLAN",
                message_ja=f"計画「{plan_id}」はありません",
                message_en=f"there is no plan {plan_id!r}",
            )
        )


class ForeignPlanError(PlanError):
    """The text belongs to the bodies that lead the plan (ACT-01)."""

    def __init__(self, plan_id: str, by: Actor) -> None:
        self.plan_id, self.by = plan_id, by
        office = office_name(by)
        super().__init__(
            Problem(
                code=ErrorCode.FORBIDDEN,
                reason="NOT_THE_LEAD_BODY",
                message_ja=f"計画「{plan_id}」の本文は、策定主体または共同策定主体が"
                f"書きます（{office.ja}は書けません）",
                message_en=f"the text of plan {plan_id!r} is written by the bodies that "
                f"lead it, not by {office.en}",
                path=("lead",),
                rule_id="ACT-01",
            )
        )


class LeadChangedError(PlanError):
    """Only an operator hands a plan over to another body (ACT-01)."""

    def __init__(self, plan_id: str, lead: Actor | None) -> None:
        self.plan_id, self.lead = plan_id, lead
        leading = _leading(lead)
        super().__init__(
            Problem(
                code=ErrorCode.FORBIDDEN,
                reason="LEAD_CHANGED",
                message_ja=f"計画「{plan_id}」の策定主体は{leading.ja}です。"
                "策定主体の変更は管理者が行います",
                message_en=f"plan {plan_id!r} is led by {leading.en}; only an "
                "operator hands it over to another body",
                path=("lead",),
                hint=str(lead) if lead else None,
                rule_id="ACT-01",
            )
        )


class JoiningChangedError(PlanError):
    """Who joins in leading a plan is told by its lead body (ACT-01)."""

    def __init__(self, plan_id: str, lead: Actor | None) -> None:
        self.plan_id, self.lead = plan_id, lead
        leading = _leading(lead)
        super().__init__(
            Problem(
                code=ErrorCode.FORBIDDEN,
                reason="JOINING_CHANGED",
                message_ja=f"計画「{plan_id}」の共同策定主体の変更は、策定主体"
                f"（{leading.ja}）が行います",
                message_en=f"who joins in leading plan {plan_id!r} is changed by its "
                f"lead body ({leading.en}), not by a body that joins",
                path=("joining",),
                hint=str(lead) if lead else None,
                rule_id="ACT-01",
            )
        )


class PublicTextError(PlanError):
    """A public edition does not change (REV-07)."""

    def __init__(self, standing: PlanStanding) -> None:
        self.standing = standing
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="EDITION_IS_PUBLIC",
                message_ja=f"計画「{standing.plan_id}」の版{standing.edition}は公開済みで、"
                "書き換えられません",
                message_en=f"edition {standing.edition} of plan {standing.plan_id!r} is "
                "public and does not change",
                rule_id="REV-07",
                current_version=standing.version,
            )
        )


class TextFrozenError(PlanError):
    """The text is handed in and stays as it is until a step opens it again (ACT-07)."""

    def __init__(self, standing: PlanStanding, kind: PlanType) -> None:
        self.standing = standing
        lifecycle = kind.lifecycle
        state = lifecycle.state(standing.state)
        steps = [
            s
            for s in lifecycle.steps_from(standing.state)
            if lifecycle.state(s.to).phase is Phase.DRAFT
        ]
        ja = "・".join(f"「{s.title}」" for s in steps) or "なし"
        en = ", ".join(repr(s.title_en) for s in steps) or "none"
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="TEXT_FROZEN",
                message_ja=f"計画「{standing.plan_id}」は状態「{state.title}」にあり、"
                f"本文を変えられません。作成中に戻す手続：{ja}",
                message_en=f"plan {standing.plan_id!r} is in state {state.title_en!r} and its "
                f"text does not change; steps that open it again: {en}",
                hint=", ".join(s.key for s in steps) or None,
                rule_id="ACT-07",
                current_version=standing.version,
            )
        )


def _leading(lead: Actor | None) -> Name:
    return office_name(lead) if lead else Name("未設定", "nobody")


def is_lead(by: Actor, plan: Plan) -> bool:
    """Tell whether *by* is an office of the one lead body of *plan*."""
    return plan.lead is not None and is_same_body(by, plan.lead)


def refuse_foreign(by: Actor, plan: Plan, before: Plan | None) -> None:
    """Refuse to save *plan* where *by* may not.

    An operator may always; others lead the stored plan or join in it. A new plan is
    begun by the lead body that it names: nobody begins one in the name of another.

    Raises:
        ForeignPlanError: Another body leads the plan.
        LeadChangedError: The text names another lead body than the stored one.
        JoiningChangedError: A body that joins changes who joins.
    """
    if by.kind == OPERATOR:
        return
    if not (before.is_led_by(by) if before else is_lead(by, plan)):
        raise ForeignPlanError(plan.id, by)
    if before is not None:
        refuse_handover(by, before, plan)


def refuse_handover(by: Actor, before: Plan, after: Plan) -> None:
    """Refuse to change who leads a plan, or, as a body that joins, who joins.

    Raises:
        LeadChangedError: *after* names another lead body.
        JoiningChangedError: *by* joins in leading *before*, and changes who does.
    """
    leads = before.lead, after.lead
    if leads[0] != leads[1] and not (
        before.lead and after.lead and is_same_body(before.lead, after.lead)
    ):
        raise LeadChangedError(before.id, before.lead)
    only_joins = before.is_led_by(by) and not is_lead(by, before)
    if only_joins and set(after.joining) != set(before.joining):
        raise JoiningChangedError(before.id, before.lead)


def refuse_closed(standing: PlanStanding, kind: PlanType) -> None:
    """Refuse to change the text of a plan that is not a draft in the making.

    Raises:
        PublicTextError: The edition is public.
        TextFrozenError: The text is handed in, or the plan has ended.
    """
    if standing.public:
        raise PublicTextError(standing)
    if standing.phase is not Phase.DRAFT:
        raise TextFrozenError(standing, kind)

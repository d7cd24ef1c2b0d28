"""Rules on who leads a plan."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.actors import PREFECTURE
from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.offices import kind_name
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import LOCAL, POLICY_TYPES, REGIONAL, STRATEGIC, policy_text

CLUSTERPLAN = Manifest(api="~=1.0", order=-42)

_LEADS = {
    STRATEGIC: "lead: {kind: regional_bureau, code: kyushu}",
    REGIONAL: 'lead: {kind: prefecture, code: "150002"}',
    LOCAL: 'lead: {kind: municipality, code: "172049"}',
}


@rule(
    "ACT-02",
    severity=Severity.ERROR,
    gate=Gate.SAVE,
    applies_to=POLICY_TYPES,
    title="策定主体の種別が計画類型に合っている",
    why="策定主体は計画の後の報告や見直しも引き受けます。"
    "引き受けられない団体の名で作ると、手続きの途中で作り直しになります",
    source=policy_text("市町村又は都道府県"),
    examples=[
        Example(
            plan_type=LOCAL,
            bad={"/lead": {"kind": "ministry", "code": "meti"}},
            good={"/lead": {"kind": "municipality", "code": "172049"}},
            near_miss={"/lead": {"kind": "prefecture", "code": "170003"}},
            pointer="/lead/kind",
        )
    ],
)
def lead_kind(context: CheckContext) -> Iterator[Finding]:
    """The body that leads is of a kind that the plan type allows.

    The lead body also answers for the reports and revisions that follow. In the name
    of one that cannot, a plan has to be made again halfway through the procedure.
    """
    kind, lead = context.plan_type, context.plan.lead
    if lead and kind.lead_kinds and lead.kind not in kind.lead_kinds:
        allowed = [kind_name(each) for each in kind.lead_kinds]
        told = kind_name(lead.kind)
        yield context.finding(
            "lead",
            "kind",
            ja=f"{kind.title}の策定主体に「{told.ja}」はなれません。"
            f"なれる種別：{'、'.join(each.ja for each in allowed)}",
            en=f"a {kind.title_en.lower()} is not led by {told.en!r}, "
            f"only by: {', '.join(each.en for each in allowed)}",
            hint=_LEADS[kind.key],
        )


@rule(
    "ACT-06",
    severity=Severity.WARNING,
    gate=Gate.SAVE,
    applies_to=[REGIONAL],
    title="地域産業クラスター計画の策定主体が都道府県であるか、理由がある",
    why="ほかの団体が主体だと、県の予算や市町村との調整がどこまで約束されているのか、"
    "理由がなければ読む人に分かりません",
    source=policy_text("都道府県知事等が主導し、都道府県等が主体"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/lead": {"kind": "union_of_local_governments", "code": "150002"}},
            good={
                "/lead": {"kind": "union_of_local_governments", "code": "150002"},
                "/lead_reason": "県と関係市が広域連合をつくり、県の同意を得ている",
            },
            near_miss={"/joining": [{"kind": "municipality", "code": "151009"}]},
            pointer="/lead",
        )
    ],
)
def prefecture_leads(context: CheckContext) -> Iterator[Finding]:
    """A regional cluster plan is led by a prefecture, or says why it is not.

    Where another body leads, only the reason tells readers how far the budget of the
    prefecture and its dealings with the towns are promised.
    """
    lead, reason = context.plan.lead, context.plan.lead_reason
    if lead is None or lead.kind == PREFECTURE or (reason and reason.strip()):
        return
    if lead.kind in context.plan_type.lead_kinds:
        yield context.finding(
            "lead",
            ja=f"策定主体が都道府県ではなく（{kind_name(lead.kind).ja}）、"
            "ほかの団体が主体となる理由もありません",
            en=f"the lead body is no prefecture ({kind_name(lead.kind).en}), and "
            "nothing says why another body leads",
            hint="lead_reason: 政令市が県の同意を得て主体となる",
        )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on who leads."""
    return (lead_kind, prefecture_leads)

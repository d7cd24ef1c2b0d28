"""Which domain classes clients see, and the fields that need a request."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Annotated

import attrs
from attrs import frozen

from ..core.actors import Actor
from ..core.areas import Area, Bureau
from ..core.casekinds import CASE_KINDS
from ..core.cases import Case, CaseKind
from ..core.comments import COMMENT, CommentCase
from ..core.departments import Department
from ..core.events import Event
from ..core.findings import CheckReport, Finding, Unchecked
from ..core.history import HistoryEntry
from ..core.identifiers import AreaCode, PartId
from ..core.indicators import Indicator
from ..core.investments import Investment
from ..core.lifecycle import Phase, State, Step
from ..core.maps import Feature, InvestmentMap
from ..core.measures import Deadline, Measure
from ..core.periods import PlanPeriod
from ..core.plans import (
    Challenge,
    OutlineEntry,
    Plan,
    PlanDetails,
    PolicyMeans,
    RawDetails,
)
from ..core.plantypes import PlanType
from ..core.proposals import PROPOSAL, ProposalCase
from ..core.reference_lists import ReferenceList
from ..core.report_grades import IndicatorGrade
from ..core.reports import REPORT, ReportCase, ReportPart
from ..core.revisions import REVISION, RevisionFile
from ..core.services.followed import visible_reports
from ..core.services.following import (
    DueReport,
    PlanProgress,
    PoorCause,
    progress_of,
)
from ..core.standings import collapse
from ..core.stored import StoredPlan
from ..core.terms import Term
from ..core.venues import Venue
from ..plugins.manifest import PluginInfo
from . import case_fields, fields
from .context import Info, investments_of
from .publish import Registry, Resolver
from .scalars import Json

_log = logging.getLogger("clusterplan.api")


@frozen(kw_only=True)
class RegionArea:
    """An area that a plan covers; without a name where the code is not known."""

    code: Annotated[AreaCode, Term("団体コード", "Code as the plan has it.")]
    name: Annotated[str | None, Term("名称", "Name of the area.")]
    name_en: Annotated[str | None, Term("英語名", "Name in Latin letters.")]


def name(actor: Actor, info: Info) -> str | None:
    """名称: name of the body, where the reference data knows it."""
    return info.context.domain.reference.body_name(actor.kind, actor.code)


def name_en(actor: Actor, info: Info) -> str | None:
    """英語名: name of the body in English, where the reference data knows it."""
    return info.context.domain.reference.body_name_en(actor.kind, actor.code)


def state_title(plan: StoredPlan, info: Info) -> str | None:
    """状態名: name of the state in the lifecycle of the plan type."""
    kind = info.context.domain.plan_types.get(plan.standing.plan_type)
    states = kind.lifecycle.states if kind else ()
    titles = (s.title for s in states if s.key == plan.standing.state)
    return next(titles, None)


def region(plan: StoredPlan, info: Info) -> tuple[RegionArea, ...]:
    """対象地域: the areas that the plan covers."""
    areas = info.context.domain.reference.areas
    return tuple(
        RegionArea(
            code=code,
            name=areas[code].name if code in areas else None,
            name_en=areas[code].name_en if code in areas else None,
        )
        for code in plan.plan.region
    )


@frozen(kw_only=True)
class PastState(HistoryEntry):
    """A state that a plan came into on a day, with its name."""

    title: Annotated[str, Term("状態名", "Name of the state.")]
    title_en: Annotated[str, Term("状態名（英語）", "Name in English.")]


async def history(plan: StoredPlan, info: Info) -> tuple[PastState, ...]:
    """経過: the states of the plan so far, with their first days."""
    standing = plan.standing
    stood = await info.context.loaders.standings_of_plan.load(
        (standing.plan_id, plan.moment)
    )
    kind = info.context.domain.plan_types.get(standing.plan_type)
    names = {s.key: s for s in kind.lifecycle.states} if kind else {}
    return tuple(
        PastState(
            state=entry.state,
            on=entry.on,
            basis=entry.basis,
            title=names[entry.state].title if entry.state in names else entry.state,
            title_en=names[entry.state].title_en
            if entry.state in names
            else entry.state,
        )
        for entry in collapse(stood)
    )


def state(case: Case) -> State:
    """状態: the state of the lifecycle that it stands in."""
    return CASE_KINDS[case.kind].lifecycle.state(case.state)


async def investments(plan: StoredPlan, info: Info) -> tuple[Investment, ...]:
    """投資: the investments that the plan counts on, as this edition has them."""
    return await investments_of(plan, info.context)


async def proposals(plan: StoredPlan, info: Info) -> tuple[ProposalCase, ...]:
    """プロジェクト提案: what prefectures proposed, as far as the reader may see it."""
    return await _cases(plan, PROPOSAL, info)  # type: ignore[return-value]


async def reports(plan: StoredPlan, info: Info) -> tuple[ReportCase, ...]:
    """進捗報告: the reports on the plan that the reader may see, by period."""
    found = await _all_cases(plan, REPORT, info)
    return visible_reports(found, info.context.reader, _as_led_now(plan))


async def revisions(plan: StoredPlan, info: Info) -> tuple[RevisionFile, ...]:
    """改訂: the revisions of the plan that the reader may see."""
    return await _cases(plan, REVISION, info)  # type: ignore[return-value]


async def comments(plan: StoredPlan, info: Info) -> tuple[CommentCase, ...]:
    """コメント: remarks on the drafts that the reader may see, by their ids."""
    return await _cases(plan, COMMENT, info)  # type: ignore[return-value]


async def progress(plan: StoredPlan, info: Info) -> PlanProgress | None:
    """進捗: how far it is by its latest report; null where there is none to be seen."""
    return progress_of(plan.plan, await reports(plan, info))


async def _cases(plan: StoredPlan, kind: CaseKind, info: Info) -> tuple[Case, ...]:
    found = await _all_cases(plan, kind, info)
    led = _as_led_now(plan)
    return tuple(c for c in found if info.context.reader.sees(c, led))


def _as_led_now(plan: StoredPlan) -> Plan:
    """Return the text by whose leading bodies cases are shown.

    A text that was replaced by the moment of the view gives its bodies no right to the
    cases of that moment.
    """
    if plan.stands:
        return plan.plan
    return attrs.evolve(plan.plan, lead=None, joining=())


async def _all_cases(plan: StoredPlan, kind: CaseKind, info: Info) -> tuple[Case, ...]:
    """Return the cases of a plan, whoever reads."""
    return await info.context.loaders.cases_of_plan.load(
        (kind.key, plan.standing.plan_id, plan.moment)
    )


def raw_details(plan: StoredPlan) -> Json | None:
    """類型別の内容（未加工）: details of a type whose plugin is not loaded, as stored."""
    details = plan.plan.details
    return Json(dict(details.document)) if isinstance(details, RawDetails) else None


def details_outline(plan: StoredPlan) -> tuple[OutlineEntry, ...]:
    """類型別の内容（見出し）: headings and items, for pages that know no plan type."""
    if plan.plan.details is None:
        return ()
    try:
        return tuple(plan.plan.details.outline())
    except Exception:  # noqa: BLE001 - code of a plugin
        _log.exception("the outline of plan %s failed", plan.standing.plan_id)
        return ()


def measure_order(plan: StoredPlan) -> tuple[PartId, ...]:
    """施策の順序: ids of the measures, each after those that must come first."""
    return plan.plan.measure_order


def area_name(feature: Feature, info: Info) -> str | None:
    """地名: name of the area that the feature lies in."""
    area = info.context.domain.reference.areas.get(feature.area_code or AreaCode(""))
    return area.name if area else None


def phases(plan_type: PlanType) -> tuple[Phase, ...]:
    """局面: the phases that plans of the type go through."""
    return plan_type.lifecycle.phases


def states(plan_type: PlanType) -> tuple[State, ...]:
    """状態: the states of the lifecycle, the first one first."""
    return plan_type.lifecycle.states


def steps(plan_type: PlanType) -> tuple[Step, ...]:
    """手続: the steps between the states, and who takes them."""
    return plan_type.lifecycle.steps


def reason(failed: PluginInfo | Unchecked, info: Info) -> str | None:
    """理由: why it does not work, or what failed last; for the operator only."""
    return failed.reason if info.context.reader.drafts.everything else None


def details_field(
    published: tuple[type[PlanDetails], ...],
) -> Callable[[StoredPlan], PlanDetails | None]:
    """Return the resolver of details whose class is *published*."""

    def details(plan: StoredPlan) -> PlanDetails | None:
        """類型別の内容: what the plan type adds; by the type of its plugin."""
        found = plan.plan.details
        return found if type(found) in published else None

    return details


_INNER = ("draft", "investments", "retired")
"""Attributes of revisions that only the store needs; they may name what is withheld."""


def publish_domain(
    registry: Registry, details: Mapping[type[PlanDetails], str]
) -> None:
    """Publish what clients see of the domain, and the details of plan types by name.

    Details come after the parts of a plan, so that they may be made of them.
    """
    registry.publish(Actor, resolvers=[name, name_en])
    registry.publish(Area, properties=["prefecture"])
    registry.publish(Bureau)
    registry.publish(ReferenceList, properties=["count"], hide=["entries", "ended"])
    registry.publish(PastState, name="HistoryEntry")
    registry.publish(PlanPeriod, properties=["start", "end", "label"])
    registry.publish(Deadline, properties=["due_on", "label"])
    registry.publish(Department, properties=["label"])
    for part in (Measure, Indicator, Challenge, Venue):
        registry.publish(part, node=True)
    shares = ("collective_share", "single_firm_share", "hard_share", "soft_share")
    registry.publish(PolicyMeans, properties=shares)
    registry.publish(Investment, properties=["total", "certainty"], node=True)
    registry.publish(
        Event, resolvers=[fields.case_id], hide=("payload_digest", "previous")
    )
    registry.publish(
        IndicatorGrade, properties=["attainment_shown", "completion_shown"]
    )
    registry.publish(ReportPart, resolvers=[case_fields.rows_document])
    registry.publish(Finding, properties=["pointer"])
    registry.publish(Unchecked, resolvers=[reason])
    registry.publish(CheckReport, properties=["ok"])
    revision = (
        case_fields.document,
        case_fields.items_document,
        case_fields.left_document,
        case_fields.difference,
        case_fields.findings,
        case_fields.next_steps,
    )
    report = (case_fields.own_part, case_fields.next_steps)
    for case, case_name, more in (
        (ProposalCase, "ProjectProposal", ()),
        (ReportCase, "ProgressReport", report),
        (RevisionFile, "Revision", revision),
        (CommentCase, "Comment", ()),
    ):
        registry.publish(
            case,
            name=case_name,
            embed=("document",),
            resolvers=[state, *more],
            hide=("plan_id", *_INNER),
        )
    registry.publish(Feature, name="MapFeature", resolvers=[area_name])
    registry.publish(InvestmentMap, properties=["without_plan"])
    registry.publish(PlanType, resolvers=[phases, states, steps])
    registry.publish(PluginInfo, name="Plugin", resolvers=[reason])
    for cls, details_name in details.items():
        registry.publish(cls, name=details_name)
    typed: list[Resolver] = []
    if details:
        registry.unite(PlanDetails, "PlanDetails", tuple(details))
        typed = [details_field(tuple(details))]
    registry.publish(
        StoredPlan,
        name="Plan",
        embed=("plan", "standing"),
        resolvers=[
            *typed,
            region,
            state_title,
            history,
            investments,
            proposals,
            reports,
            revisions,
            comments,
            progress,
            raw_details,
            details_outline,
            measure_order,
            fields.document,
            fields.editions,
            fields.next_steps,
        ],
        hide=("plan_id", "recorded_to", *(() if typed else ("details",))),
        node=True,
    )
    registry.publish(DueReport, resolvers=[fields.plan, fields.report])
    registry.publish(PoorCause, resolvers=[fields.plan])

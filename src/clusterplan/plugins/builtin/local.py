"""C: 地場産業成長プラン, made by a municipality or prefecture from local resources."""

from __future__ import annotations

from typing import Annotated

from attrs import frozen

from ...core.actors import LOCAL_GOVERNMENT
from ...core.identifiers import Key
from ...core.plans import OutlineEntry, PlanDetails
from ...core.plantypes import PlanType
from ...core.reference import read_categories
from ...core.resources import LocalResource
from ...core.terms import Term
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .local_lifecycle import LOCAL_LIFECYCLE
from .policy import LOCAL, SECTIONS, sample_plan

CLUSTERPLAN = Manifest(api="~=1.0", order=-80)


@frozen(kw_only=True)
class LocalIndustry:
    """An industry rooted in the place (地場産業)."""

    kind: Annotated[
        Key, Term("産業の種類", "`primary`, `tourism`, `sports`, ... or `other`.")
    ]
    title: Annotated[str | None, Term("産業名", "Name of the industry.")] = None


@frozen(kw_only=True)
class LocalIndustryGrowthDetails(PlanDetails):
    """What a local industry growth plan adds."""

    local_resources: Annotated[
        tuple[LocalResource, ...], Term("地域資源", "Resources it grows from.")
    ] = ()
    industries: Annotated[
        tuple[LocalIndustry, ...], Term("地場産業", "Industries it is for.")
    ] = ()

    def outline(self) -> tuple[OutlineEntry, ...]:
        """Return resources and industries as two headings."""
        return (
            OutlineEntry("地域資源", 1, tuple(r.title for r in self.local_resources)),
            OutlineEntry(
                "地場産業", 1, tuple(i.title or i.kind for i in self.industries)
            ),
        )


@hookimpl
def clusterplan_plan_types() -> tuple[PlanType, ...]:
    """Offer plan type C."""
    return (
        PlanType(
            key=LOCAL,
            code="C",
            title="地場産業成長プラン",
            title_en="Local industry growth plan",
            description="地域に根ざす産業（地域の自然的（地理・気候）・歴史的条件を"
            "生かしたものづくりを中心とする産業など）の付加価値向上と販路拡大を図る計画",
            description_en="A plan for industries rooted in the region, which draw on "
            "its natural and historical conditions, to add value and find markets",
            lifecycle=LOCAL_LIFECYCLE,
            lead_kinds=LOCAL_GOVERNMENT,
            required=SECTIONS,
            categories=read_categories("C"),
            details=LocalIndustryGrowthDetails,
            sample=sample_plan(LOCAL),
        ),
    )

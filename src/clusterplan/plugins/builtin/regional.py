"""B: 地域産業クラスター計画, led by a prefecture for an industry that wins markets."""

from __future__ import annotations

from typing import Annotated

from attrs import frozen

from ...core.actors import LOCAL_GOVERNMENT
from ...core.identifiers import PartId
from ...core.indicators import MarketScope
from ...core.plans import OutlineEntry, PlanDetails
from ...core.plantypes import PlanType
from ...core.reference import read_categories
from ...core.resources import SupplyChainFunction
from ...core.terms import Term, TermEnum
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .local_lifecycle import LOCAL_LIFECYCLE
from .policy import REGIONAL, SECTIONS, sample_plan

CLUSTERPLAN = Manifest(api="~=1.0", order=-90)


class MarketClaimKind(TermEnum):
    """Which market the industry wins."""

    EXPORT = "export", "輸出", "It sells abroad."
    DOMESTIC_TOP_SHARE = (
        "domestic_top_share",
        "国内トップシェア",
        "It leads the market of Japan.",
    )


@frozen(kw_only=True)
class FocusIndustry:
    """An industry that the plan concentrates on (重点的に育成すべき産業分野)."""

    jsic: Annotated[
        str | None,
        Term("産業分類", "Code of the Japan Standard Industrial Classification."),
    ] = None
    title: Annotated[str, Term("産業分野", "Name of the industry.")]
    leads_region: Annotated[
        bool, Term("地域の牽引", "Whether it is an industry that leads the region.")
    ] = False


@frozen(kw_only=True)
class MarketClaim:
    """Why the industry earns from outside: by export, or a top share at home."""

    kind: Annotated[MarketClaimKind, Term("区分", "Export or top domestic share.")]
    text: Annotated[str | None, Term("説明", "The claim in words and numbers.")] = None
    indicator: Annotated[
        PartId | None, Term("指標", "Id of the indicator with amount, share or rank.")
    ] = None
    market: Annotated[MarketScope | None, Term("市場", "Which market it is about.")] = (
        None
    )


@frozen(kw_only=True)
class RegionalClusterDetails(PlanDetails):
    """What a regional cluster plan adds."""

    focus_industries: Annotated[
        tuple[FocusIndustry, ...], Term("重点産業", "Industries it concentrates on.")
    ] = ()
    market_claims: Annotated[
        tuple[MarketClaim, ...], Term("市場での地位", "Export or top domestic share.")
    ] = ()
    supply_chain: Annotated[
        tuple[SupplyChainFunction, ...],
        Term("サプライチェーン上の機能", "Functions in the region, and missing ones."),
    ] = ()

    def outline(self) -> tuple[OutlineEntry, ...]:
        """Return industries and claims as two headings."""
        return (
            OutlineEntry("重点産業", 1, tuple(i.title for i in self.focus_industries)),
            OutlineEntry(
                "市場での地位", 1, tuple(c.text or "" for c in self.market_claims)
            ),
        )


@hookimpl
def clusterplan_plan_types() -> tuple[PlanType, ...]:
    """Offer plan type B."""
    return (
        PlanType(
            key=REGIONAL,
            code="B",
            title="地域産業クラスター計画",
            title_en="Regional industry cluster plan",
            lifecycle=LOCAL_LIFECYCLE,
            lead_kinds=LOCAL_GOVERNMENT,
            required=SECTIONS,
            categories=read_categories("B"),
            details=RegionalClusterDetails,
            sample=sample_plan(REGIONAL),
        ),
    )

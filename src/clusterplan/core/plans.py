"""The plan: three sections, measures, indicators, investments, and what its type adds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from attrs import field, frozen

from .actors import Actor
from .identifiers import AreaCode, InvestmentId, Key, PartId, PlanId
from .indicators import Indicator
from .measures import Measure
from .periods import PlanPeriod
from .terms import Term


@frozen(kw_only=True)
class Goal:
    """Section 1: where the region stands and what it wants to be (目標)."""

    current_state: Annotated[
        str | None, Term("現状認識", "Analysis of the present situation.")
    ] = None
    vision: Annotated[
        str | None, Term("目指す姿", "State the plan wants to reach.")
    ] = None


@frozen(kw_only=True)
class Impact:
    """An expected effect in numbers (定量的なインパクト)."""

    id: Annotated[PartId, Term("インパクトID", "Unique in the plan.")]
    scope: Annotated[Key | None, Term("範囲", "`national` or `regional`.")] = None
    indicator: Annotated[
        PartId | None, Term("指標", "Id of the indicator with number, unit and date.")
    ] = None
    text: Annotated[str | None, Term("説明", "The effect in words.")] = None


@frozen(kw_only=True)
class Path:
    """Section 2: how the region wins (道筋)."""

    winning_path: Annotated[
        str | None, Term("勝ち筋", "Why and how the region can win.")
    ] = None
    investment_picture: Annotated[
        str | None, Term("投資の具体像", "Who invests what, where and when.")
    ] = None
    impacts: Annotated[
        tuple[Impact, ...], Term("定量的なインパクト", "Expected effects in numbers.")
    ] = ()


@frozen(kw_only=True)
class Challenge:
    """Something that stands in the way of investment (課題)."""

    id: Annotated[PartId, Term("課題ID", "Unique in the plan.")]
    text: Annotated[str, Term("課題", "What stands in the way.")]
    needs: Annotated[
        tuple[str, ...], Term("政策ニーズ", "What is wanted from policy.")
    ] = ()


@frozen(kw_only=True)
class PolicyMeans:
    """Section 3: challenges and the measures that answer them (政策手段)."""

    challenges: Annotated[
        tuple[Challenge, ...], Term("投資促進に向けた課題", "What stands in the way.")
    ] = ()
    measures: Annotated[
        tuple[Measure, ...], Term("事業環境整備の取組", "What is done about it.")
    ] = ()


@frozen(kw_only=True)
class VenueMember:
    """An organization that takes part in a venue."""

    kind: Annotated[Key, Term("区分", "Kind of member, such as `university`.")]
    organization: Annotated[
        str | None, Term("組織", "Area code, key or name of the organization.")
    ] = None


@frozen(kw_only=True)
class Venue:
    """Where measures are discussed (検討の場)."""

    id: Annotated[PartId, Term("検討の場ID", "Unique in the plan.")]
    kind: Annotated[Key | None, Term("種別", "Such as `panel` or `council`.")] = None
    title: Annotated[str, Term("名称", "Name of the venue.")]
    members: Annotated[
        tuple[VenueMember, ...], Term("構成員", "Organizations that take part.")
    ] = ()
    meetings: Annotated[tuple[str, ...], Term("開催", "Dates or words.")] = ()


@frozen
class OutlineEntry:
    """A heading of typed details with the items under it, for pages that know no type."""

    heading: Annotated[str, Term("見出し", "Heading.")]
    level: Annotated[int, Term("階層", "1 for the top level.")]
    items: Annotated[tuple[str, ...], Term("項目", "What stands under it.")]


@frozen(kw_only=True)
class PlanDetails:
    """Base of what a plan type adds to a plan; a plugin subclasses it.

    Attributes of a subclass are attrs attributes with a `Term` each; they are stored,
    checked, and published in GraphQL and JSON Schema without further code.
    """

    def outline(self) -> tuple[OutlineEntry, ...]:
        """Return the details as headings and items, for pages that know no type."""
        return ()


@frozen(kw_only=True)
class RawDetails(PlanDetails):
    """Details of a plan type whose plugin is not loaded: kept as stored, read-only.

    Attributes:
        document: The details as they are stored.
        schema: Number of the form that they are stored in.
    """

    document: Mapping[str, Any] = field(hash=False)
    schema: int = 1


@frozen(kw_only=True)
class Plan:
    """A regional industry plan: one text, without its history."""

    id: Annotated[PlanId, Term("計画ID", "Unique; lives through all editions.")]
    plan_type: Annotated[Key, Term("計画類型", "Key of the plan type.")]
    title: Annotated[str, Term("計画名", "Title in Japanese.")]
    title_en: Annotated[str | None, Term("計画名（英語）", "Title in English.")] = None
    fictional: Annotated[
        bool, Term("架空", "Whether the plan is invented, as samples are.")
    ] = False
    lead: Annotated[Actor | None, Term("策定主体", "Body that leads the plan.")] = None
    region: Annotated[
        tuple[AreaCode, ...], Term("対象地域", "Codes of the areas it covers.")
    ] = ()
    period: Annotated[PlanPeriod | None, Term("計画期間", "First and last year.")] = (
        None
    )
    fields: Annotated[
        tuple[Key, ...], Term("戦略分野", "Keys of the strategic fields.")
    ] = ()
    goal: Annotated[Goal | None, Term("目標", "Section 1.")] = None
    path: Annotated[Path | None, Term("道筋", "Section 2.")] = None
    policy_means: Annotated[PolicyMeans | None, Term("政策手段", "Section 3.")] = None
    venues: Annotated[
        tuple[Venue, ...], Term("検討の場", "Where it is discussed.")
    ] = ()
    indicators: Annotated[
        tuple[Indicator, ...], Term("指標", "Numbers that tell whether it works.")
    ] = ()
    investments: Annotated[
        tuple[InvestmentId, ...], Term("投資", "Ids of the investments it counts on.")
    ] = ()
    details: Annotated[
        PlanDetails | None, Term("類型別の内容", "What the plan type adds.")
    ] = None

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures of section 3."""
        return self.policy_means.measures if self.policy_means else ()

    @property
    def challenges(self) -> tuple[Challenge, ...]:
        """The challenges of section 3."""
        return self.policy_means.challenges if self.policy_means else ()

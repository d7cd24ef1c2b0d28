"""The plan: three sections, measures, indicators, investments, and what its type adds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from attrs import field, frozen

from .actors import Actor, is_same_body
from .evidence import Attachment, CausalLink, Consultation, PlanLink
from .identifiers import AreaCode, InvestmentId, Key, PartId, PlanId
from .indicators import Indicator
from .measures import Measure, MeasureShare, Nature, shares
from .ordering import in_order
from .organizations import Cluster, Cooperation, Organization
from .periods import PlanPeriod
from .resources import NeededPeople
from .terms import Term
from .venues import Venue


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
class ImpactBasis:
    """The arithmetic behind an impact: factors, and what their product is said to be."""

    factors: Annotated[
        tuple[Decimal, ...], Term("因子", "Numbers that are multiplied.")
    ]
    stated: Annotated[Decimal, Term("記載値", "The product as stated, in `unit`.")]
    scale: Annotated[
        Decimal,
        Term("桁", "What one unit of the stated value is worth in the factors'."),
    ] = Decimal(1)
    unit: Annotated[str | None, Term("単位", "Unit of the stated value.")] = None
    text: Annotated[str | None, Term("説明", "What the factors are.")] = None

    @property
    def product(self) -> Decimal:
        """The product of the factors, in the unit of the stated value."""
        return math.prod(self.factors, start=Decimal(1)) / self.scale


@frozen(kw_only=True)
class Impact:
    """An expected effect in numbers (定量的なインパクト)."""

    id: Annotated[PartId, Term("インパクトID", "Unique in the plan.")]
    scope: Annotated[Key | None, Term("範囲", "`national` or `regional`.")] = None
    indicator: Annotated[
        PartId | None, Term("指標", "Id of the indicator with number, unit and date.")
    ] = None
    text: Annotated[str | None, Term("説明", "The effect in words.")] = None
    basis: Annotated[
        ImpactBasis | None, Term("算定根拠", "The arithmetic behind the number.")
    ] = None
    family: Annotated[
        Key | None,
        Term("指標の系統", "Key of the KPI family it leads up to; its parents follow."),
    ] = None


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
    issues: Annotated[
        tuple[Key, ...], Term("課題の種類", "Keys of the issues of local industry.")
    ] = ()


@frozen(kw_only=True)
class MissingCategory:
    """A measure category in which a plan has no measure, and why."""

    category: Annotated[Key, Term("施策区分", "Key of the category.")]
    reason: Annotated[str, Term("理由", "Why there is no measure.")]


@frozen(kw_only=True)
class PolicyMeans:
    """Section 3: challenges and the measures that answer them (政策手段)."""

    challenges: Annotated[
        tuple[Challenge, ...], Term("投資促進に向けた課題", "What stands in the way.")
    ] = ()
    measures: Annotated[
        tuple[Measure, ...], Term("事業環境整備の取組", "What is done about it.")
    ] = ()

    @property
    def collective_share(self) -> MeasureShare | None:
        """共同の施策: those that serve several firms; null without measures."""
        return self._collective[0]

    @property
    def single_firm_share(self) -> MeasureShare | None:
        """個社の施策: those that serve single firms; null without measures."""
        return self._collective[1]

    @property
    def hard_share(self) -> MeasureShare | None:
        """ハードの施策: those that build; null where no measure says what it does."""
        return self._natures[0]

    @property
    def soft_share(self) -> MeasureShare | None:
        """ソフトの施策: those that do; null where no measure says what it does."""
        return self._natures[1]

    @property
    def _collective(self) -> tuple[MeasureShare | None, MeasureShare | None]:
        together = [m for m in self.measures if m.is_collective]
        return shares(together, [m for m in self.measures if not m.is_collective])

    @property
    def _natures(self) -> tuple[MeasureShare | None, MeasureShare | None]:
        hard = [m for m in self.measures if m.nature is Nature.HARD]
        return shares(hard, [m for m in self.measures if m.nature is Nature.SOFT])


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
    lead_reason: Annotated[
        str | None, Term("策定主体の理由", "Why another body than usual leads.")
    ] = None
    joining: Annotated[
        tuple[Actor, ...],
        Term("共同策定主体", "Further bodies that take part in leading."),
    ] = ()
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
    clusters: Annotated[
        tuple[Cluster, ...], Term("クラスター", "Clusters that the plan forms.")
    ] = ()
    organizations: Annotated[
        tuple[Organization, ...], Term("組織", "Bodies that take part.")
    ] = ()
    cooperation: Annotated[
        tuple[Cooperation, ...], Term("連携", "Forms in which they work together.")
    ] = ()
    venues: Annotated[
        tuple[Venue, ...], Term("検討の場", "Where it is discussed.")
    ] = ()
    indicators: Annotated[
        tuple[Indicator, ...], Term("指標", "Numbers that tell whether it works.")
    ] = ()
    outcome_chain: Annotated[
        tuple[CausalLink, ...], Term("波及の筋道", "What leads to what.")
    ] = ()
    needed_people: Annotated[
        tuple[NeededPeople, ...], Term("必要な人材", "People the industry needs.")
    ] = ()
    links: Annotated[
        tuple[PlanLink, ...], Term("関連計画", "Plans it rests on or belongs to.")
    ] = ()
    consultations: Annotated[
        tuple[Consultation, ...], Term("意見聴取", "How those concerned were asked.")
    ] = ()
    attachments: Annotated[
        tuple[Attachment, ...], Term("添付", "Documents kept elsewhere.")
    ] = ()
    missing_categories: Annotated[
        tuple[MissingCategory, ...],
        Term("施策のない区分", "Categories without a measure, and why."),
    ] = ()
    investments: Annotated[
        tuple[InvestmentId, ...], Term("投資", "Ids of the investments it counts on.")
    ] = ()
    details: Annotated[
        PlanDetails | None, Term("類型別の内容", "What the plan type adds.")
    ] = None

    @property
    def leading(self) -> tuple[Actor, ...]:
        """The bodies that lead it: the lead body first, then those that join."""
        return (*((self.lead,) if self.lead else ()), *self.joining)

    def is_led_by(self, actor: Actor) -> bool:
        """Tell whether *actor* is an office of a body that leads it, or joins in it."""
        return any(is_same_body(actor, body) for body in self.leading)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures of section 3."""
        return self.policy_means.measures if self.policy_means else ()

    @property
    def challenges(self) -> tuple[Challenge, ...]:
        """The challenges of section 3."""
        return self.policy_means.challenges if self.policy_means else ()

    @property
    def measure_order(self) -> tuple[PartId, ...]:
        """施策の順序: ids of the measures, each after those that must come first.

        Else the order of the plan is kept; so it is among measures in a ring.
        """
        return in_order(
            {m.id: [d.measure for d in m.depends_on] for m in self.measures}
        )

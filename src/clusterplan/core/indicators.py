"""Indicators (指標): what is counted, from where, to where, until when."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated

from attrs import frozen

from .identifiers import Key, PartId
from .terms import Term, TermEnum


class IndicatorKind(TermEnum):
    """Whether an effect (成果) or an activity (活動) is counted."""

    OUTCOME = "outcome", "成果指標", "An effect is counted."
    OUTPUT = "output", "活動指標", "An activity is counted."


class Direction(TermEnum):
    """Which way is good."""

    INCREASE = "increase", "増加", "More is better."
    DECREASE = "decrease", "減少", "Less is better."
    MAINTAIN = "maintain", "維持", "The level is to be kept."


class MaintainKind(TermEnum):
    """Which side counts where a level is to be kept; the default is `at_least`."""

    AT_LEAST = "at_least", "下回らない", "It may rise, and not fall."
    AT_MOST = "at_most", "上回らない", "It may fall, and not rise."
    BAND = "band", "範囲内", "It may do neither."


class Interpolation(TermEnum):
    """What is expected between two points of the path.

    `linear` goes from one to the next by days; `step` stays at the earlier one until
    the day of the next, for things that come at once.
    """

    LINEAR = "linear", "直線", "From one point to the next by days."
    STEP = "step", "段階", "The earlier point counts until the day of the next."


class ValueKind(TermEnum):
    """Whether a value is a state on a day, or adds up from the baseline on."""

    LEVEL = "level", "時点値", "A state on a day."
    CUMULATIVE = "cumulative", "累計値", "It adds up from the baseline on."


class Aggregation(TermEnum):
    """How several values become one.

    Of `ratio`, numerators and denominators are added; percentages cannot be.
    """

    SUM = "sum", "合計", "They are added."
    MAX = "max", "最大", "The greatest counts."
    AVERAGE = "average", "平均", "Their average counts."
    LATEST = "latest", "最新", "The latest counts."
    RATIO = "ratio", "比率", "Numerators and denominators are added."


class IndicatorScope(TermEnum):
    """Whom a number counts."""

    CLUSTER = "cluster", "クラスター全体", "All of the cluster."
    SUPPORTED_FIRMS = "supported_firms", "支援対象企業", "The firms that are supported."
    SINGLE_FIRM = "single_firm", "個社", "A single firm."


class MarketScope(TermEnum):
    """Which market a number is about (地元の商圏・日本市場・世界市場)."""

    LOCAL = "local", "地元の商圏", "The market around the region."
    NATIONAL = "national", "日本市場", "The market of Japan."
    WORLD = "world", "世界市場", "The market of the world."


@frozen(kw_only=True)
class IndicatorFormula:
    """An indicator that is one number over another, such as labour productivity."""

    numerator: Annotated[PartId, Term("分子", "Id of the indicator above the line.")]
    denominator: Annotated[PartId, Term("分母", "Id of the indicator below it.")]


@frozen(kw_only=True)
class DatedValue:
    """A value on a day, in the unit of its indicator."""

    date: Annotated[dt.date | None, Term("時点", "Day the value stands for.")] = None
    value: Annotated[Decimal | None, Term("値", "Exact decimal.")] = None


@frozen(kw_only=True)
class Indicator:
    """A number that tells whether a plan or measure works."""

    id: Annotated[PartId, Term("指標ID", "Unique in the plan, never used again.")]
    title: Annotated[str | None, Term("指標名", "What is counted.")] = None
    title_en: Annotated[str | None, Term("指標名（英語）", "Name in English.")] = None
    unit: Annotated[str | None, Term("単位", "Unit of all values.")] = None
    kind: Annotated[
        IndicatorKind, Term("指標の種類", "Outcome (成果) or output (活動).")
    ] = IndicatorKind.OUTCOME
    direction: Annotated[Direction | None, Term("方向", "Which way is good.")] = None
    baseline: Annotated[DatedValue | None, Term("基準値", "Where it starts.")] = None
    milestones: Annotated[
        tuple[DatedValue, ...], Term("中間目標", "Values to pass on the way.")
    ] = ()
    target: Annotated[DatedValue | None, Term("目標値", "Where it shall get.")] = None
    maintain: Annotated[
        MaintainKind,
        Term("維持の基準", "Which side counts, for the direction `maintain`."),
    ] = MaintainKind.AT_LEAST
    interpolation: Annotated[
        Interpolation, Term("途中の期待値", "What is expected between two points.")
    ] = Interpolation.LINEAR
    value_kind: Annotated[
        ValueKind, Term("値の性質", "A level (水準), or a running total (累計).")
    ] = ValueKind.LEVEL
    aggregation_over_periods: Annotated[
        Aggregation, Term("期間の集計", "How values of several periods become one.")
    ] = Aggregation.LATEST
    aggregation_over_areas: Annotated[
        Aggregation, Term("地域の集計", "How values of several areas become one.")
    ] = Aggregation.SUM
    source: Annotated[
        str | None, Term("出典", "Statistic or record it is read from.")
    ] = None
    family: Annotated[
        Key | None, Term("指標の系統", "Key of a KPI family, such as `export`, `jobs`.")
    ] = None
    scope: Annotated[
        IndicatorScope | None,
        Term("対象", "Whole cluster, supported firms, or one firm."),
    ] = None
    market: Annotated[
        MarketScope | None, Term("市場", "Which market the number is about.")
    ] = None
    link_to_measures: Annotated[
        str | None, Term("施策との関係", "How it depends on the measures of the plan.")
    ] = None
    formula: Annotated[
        IndicatorFormula | None, Term("算式", "How it is made of two others.")
    ] = None
    disaggregated_by: Annotated[tuple[Key, ...], Term("内訳", "Such as `gender`.")] = ()
    is_headline: Annotated[
        bool, Term("主要指標", "Whether it stands for the whole in summaries.")
    ] = False

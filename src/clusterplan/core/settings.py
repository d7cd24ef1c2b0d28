"""Settings that the policy text leaves open, with documented defaults.

None of these figures is policy: the text names no number, and each can be changed.
"""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen


@frozen(kw_only=True)
class CheckSettings:
    """What rules read from one place.

    Attributes:
        placeholder_words: Words that stand where a text is still to be written.
        text_min_chars: Letters and digits that a required text has at least.
        private_gain_words: Words of a firm's own gain, no reason for public money.
        public_reason_words: Words that show why the public helps a firm.
        pasted_from: How many measures with one and the same answer are too many.
        baseline_max_age_years: Years that a baseline may be older than the plan.
        arithmetic_tolerance: How far a stated figure may be off, as a share of it.
        outside_driven_words: Words of indicators that much else moves as well.
        planning_unit_words: Words in the name of a section that plans (企画部門).
        study_endings: How the title of something ends that is only to be studied.
        site_distance_km: How far a point may be from the nearest local government of
            its prefecture; some land is far from every town hall.
        waivers_required: Whether each warning at the gate of a step is answered by a
            waiver with a reason; otherwise warnings are only told.
        anchor_min_amount: Yen that an anchor investment reaches, where a least is set.
        over_completion_above: Completion above which the target is asked about, as a
            share of the way to it.
        out_of_scale_factor: How many times the greater of baseline and target a value
            may be before it is asked whether it is mistyped.
        trend_reaches: Share of the way that the trend of an indicator leads to by the
            day of its target.
        map_stale_months: Months after which grades on the map are out of date.
        shortfall_words: Words that say no more than that progress falls short.
        verdict_words: Words that judge a plan as a whole.
    """

    placeholder_words: tuple[str, ...] = (
        "TBD",
        "TBA",
        "N/A",
        "未定",
        "未記入",
        "検討中",
        "調整中",
        "作成中",
        "記載予定",
        "別途",
        "追って",
    )
    text_min_chars: int = 8
    private_gain_words: tuple[str, ...] = (
        "利益",
        "利潤",
        "収益",
        "業績",
        "増益",
        "profit",
        "earnings",
    )
    public_reason_words: tuple[str, ...] = (
        "地域",
        "産地",
        "雇用",
        "賃金",
        "環境",
        "排水",
        "安全",
        "防災",
        "供給",
        "共同",
        "単独",
        "個々",
        "中小",
        "住民",
        "波及",
        "region",
        "job",
        "wage",
        "environment",
        "safety",
        "supply",
        "shared",
        "cannot each",
    )
    pasted_from: int = 3
    baseline_max_age_years: int = 3
    arithmetic_tolerance: Decimal = Decimal("0.02")
    outside_driven_words: tuple[str, ...] = (
        "人口",
        "出生",
        "総生産",
        "総売上",
        "売上総額",
        "税収",
        "失業率",
        "求人倍率",
        "population",
        "GDP",
        "unemployment",
    )
    planning_unit_words: tuple[str, ...] = ("企画", "政策推進", "総合政策", "planning")
    study_endings: tuple[str, ...] = (
        "検討",
        "検討する",
        "検討を行う",
        "検討を進める",
        "調査研究",
    )
    site_distance_km: float = 50.0
    waivers_required: bool = True
    anchor_min_amount: int | None = None
    over_completion_above: Decimal = Decimal("1.50")
    out_of_scale_factor: int = 10
    trend_reaches: Decimal = Decimal("0.80")
    map_stale_months: int = 9
    shortfall_words: tuple[str, ...] = (
        "目標",
        "指標",
        "実績",
        "計画",
        "数値",
        "予定",
        "想定",
        "達成",
        "未達",
        "進捗",
        "状況",
        "結果",
        "原因",
        "理由",
        "低調",
        "不振",
        "不十分",
        "遅延",
        "遅",
        "芳",
        "悪",
        "届",
        "及",
        "下回",
        "target",
        "goal",
        "plan",
        "expected",
        "progress",
        "result",
        "reached",
        "reach",
        "achieved",
        "achieve",
        "missed",
        "fell",
        "short",
        "below",
        "behind",
        "delayed",
        "delay",
        "late",
        "poor",
        "not",
        "was",
        "were",
        "is",
        "the",
        "than",
        "of",
        "yet",
        "we",
        "our",
        "it",
    )
    verdict_words: tuple[str, ...] = (
        "計画は失敗",
        "計画が失敗",
        "計画全体は失敗",
        "計画全体が失敗",
        "計画全体の失敗",
        "計画は成功",
        "計画が成功",
        "計画全体は成功",
        "計画全体が成功",
        "計画全体の成功",
        "the plan failed",
        "the plan has failed",
        "the plan is a failure",
        "the plan succeeded",
        "the plan has succeeded",
        "the plan is a success",
    )

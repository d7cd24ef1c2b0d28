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
        anchor_min_amount: Yen that an anchor investment reaches, where a least is set.
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
    anchor_min_amount: int | None = None

"""What revitalization plans add to the reference lists of clusterplan."""

from __future__ import annotations

import datetime as dt

from clusterplan.plugins import Key, ReferenceEntry, ReferenceList

from .categories import CATEGORIES

_OUTLINE = "東京都「承認した地域産業活性化計画の概要」（令和3年度～令和5年度）"
_FIRST_DAY = dt.date(2021, 4, 1)

MEASURE_CATEGORIES = ReferenceList(
    key=Key("measure_categories"),
    title="地域産業活性化計画の施策区分",
    title_en="Categories of local industry revitalization plans",
    version=_FIRST_DAY,
    source="clusterplan-tokyo-revitalization",
    entries=tuple(
        ReferenceEntry(
            code=category.key,
            title=category.title,
            title_en=category.title_en,
            parent=category.common_key,
            description=f"地域産業活性化計画の施策区分{category.number}",
            description_en=f"Category {category.number} of a local industry "
            "revitalization plan",
        )
        for category in CATEGORIES
    ),
)
"""The seven categories of the plan type, as every list of codes shows them."""

INSTRUMENTS = ReferenceList(
    key=Key("instruments"),
    title="地域産業活性化計画の手法",
    title_en="Instruments of local industry revitalization plans",
    version=_FIRST_DAY,
    source=_OUTLINE,
    entries=tuple(
        ReferenceEntry(
            code=code,
            title=title,
            title_en=title_en,
            kana=kana,
            description=f"例：{example}",
            description_en=meaning,
        )
        for code, title, title_en, kana, example, meaning in (
            (
                "incentive",
                "奨励金",
                "Incentive",
                "ショウレイキン",
                "企業等立地促進事業（町田市）、企業誘致促進制度奨励金（羽村市）",
                "Paid to firms that locate or grow there",
            ),
            (
                "trial_order",
                "トライアル発注",
                "Trial order",
                "トライアルハッチュウ",
                "町田市トライアル発注認定事業（町田市）",
                "Public procurement of certified novel products",
            ),
            (
                "matching",
                "マッチング",
                "Matching",
                "マッチング",
                "ビジネス機会創出支援事業、人材活用支援事業（足立区）",
                "Brings firms together with firms or people",
            ),
            (
                "facility_operation",
                "施設の管理運営",
                "Running a facility",
                "シセツノカンリウンエイ",
                "創業支援施設の管理運営事業（足立区）",
                "Such as a facility for startups",
            ),
            (
                "regional_currency",
                "地域通貨",
                "Regional currency",
                "チイキツウカ",
                "せたがや Pay 機能拡充による区内事業者支援（世田谷区）",
                "Cashless payment that stays in the region",
            ),
        )
    ),
)
"""Means of the four approved plans that the policy package does not name."""

REFERENCE_LISTS = (MEASURE_CATEGORIES, INSTRUMENTS)

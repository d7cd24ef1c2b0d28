"""The headings that measures and projects of a revitalization plan stand under."""

from __future__ import annotations

from clusterplan.plugins import Key, MeasureCategory

CATEGORIES = tuple(
    MeasureCategory(
        key=Key(key),
        number=number,
        common_key=Key(common_key),
        title=title,
        title_en=title_en,
    )
    for number, (key, common_key, title, title_en) in enumerate(
        (
            (
                "sales_channel",
                "investment",
                "販路開拓支援",
                "Sales-channel development",
            ),
            (
                "new_product",
                "investment",
                "新商品開発支援（デザイン含む）",
                "New-product development including design",
            ),
            (
                "successor_training",
                "human_resources",
                "後継者育成支援",
                "Training successors",
            ),
            (
                "business_succession",
                "investment",
                "事業承継支援",
                "Business succession",
            ),
            (
                "skill_preservation",
                "human_resources",
                "技術の保存伝承支援",
                "Preserving and passing on skills",
            ),
            ("awareness", "investment", "普及啓発", "Public awareness"),
            ("other", "environment", "その他", "Other"),
        ),
        start=1,
    )
)
"""Seven kinds of support that municipalities give to local industry."""

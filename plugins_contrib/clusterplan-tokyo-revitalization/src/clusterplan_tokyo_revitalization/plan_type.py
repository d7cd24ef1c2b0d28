"""The plan type 地域産業活性化計画 itself."""

from __future__ import annotations

from clusterplan.plugins import MUNICIPALITY, Key, PlanType, RequiredPart

from .categories import CATEGORIES
from .details import LocalRevitalizationPlanDetails
from .lifecycle import LIFECYCLE

KEY = Key("local_revitalization_plan")

SAMPLE = """\
# 架空の計画（記入例）。実在の計画・事業とは関係がありません。
id: sample-local-revitalization
plan_type: local_revitalization_plan
title: 架空市地域産業活性化計画
title_en: Fictional City local industry revitalization plan
fictional: true
lead: {kind: municipality, code: "132055"}
region: ["132055"]
period: {from: FY2027, to: FY2029}
goal:
  current_state: 織物と機械加工の事業所が300ある（架空）。通信販売への対応が遅れ、経営者の六割が60歳を超えた。
  vision: 市内の事業者が互いに結び付き、新しい販路と担い手を得て、事業所数を保つ。
details:
  approval: {by: "130001", on: 2027-03-15}
  provisional_until_votes: true
  pillars:
    - id: P-1
      number: 1
      title: 販路開拓支援
      open_ended: true
      projects:
        - id: P-1-1
          title: 架空ものづくりプラットフォーム
          means: [異業種の交流会, 共同受注の窓口]
          collective: true
          category: sales_channel
          nearest_category: c_environment
        - id: P-1-2
          title: 見本市出展助成事業
          means: [国内外の見本市への出展費の助成]
          category: sales_channel
          nearest_category: c_operator_support
    - id: P-2
      number: 2
      title: 担い手の育成
      projects:
        - id: P-2-1
          title: 後継者塾
          means: [経営講座, 先輩経営者との対話]
          open_ended: true
          category: successor_training
          nearest_category: c_human_resources
        - id: P-2-2
          title: 空き工場の共同利用の検討
          study: true
          category: other
          nearest_category: c_environment
"""

PLAN_TYPE = PlanType(
    key=KEY,
    title="地域産業活性化計画",
    title_en="Local industry revitalization plan",
    lifecycle=LIFECYCLE,
    lead_kinds=(MUNICIPALITY,),
    required=(
        RequiredPart(
            section=Key("goal"),
            part=Key("current_state"),
            title="現状と課題",
            title_en="Current state",
        ),
        RequiredPart(
            section=Key("goal"),
            part=Key("vision"),
            title="目指す姿",
            title_en="Vision",
        ),
    ),
    categories=CATEGORIES,
    details=LocalRevitalizationPlanDetails,
    sample=SAMPLE,
)

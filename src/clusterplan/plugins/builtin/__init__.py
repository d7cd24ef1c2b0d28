"""The plan types of the policy package, shared rules, GeoJSON and CSV: plugins like any.

They are registered in code, so that they are there when installed plugins are not
looked for.
"""

from __future__ import annotations

from types import ModuleType

from . import (
    actors,
    answer_quality,
    coverage,
    csv_table,
    delivery,
    dependencies,
    five_w1h,
    geojson,
    indicators,
    local,
    local_industries,
    local_rules,
    measures,
    money,
    numbers,
    places,
    proposals,
    region,
    regional,
    regional_reach,
    regional_rules,
    report_causes,
    report_numbers,
    report_periods,
    report_trends,
    reports,
    revised_targets,
    revisions,
    strategic,
    strategic_investments,
    strategic_rules,
    structure,
)

MODULES: tuple[tuple[str, ModuleType], ...] = (
    ("strategic", strategic),
    ("strategic_rules", strategic_rules),
    ("strategic_investments", strategic_investments),
    ("proposals", proposals),
    ("regional", regional),
    ("regional_rules", regional_rules),
    ("regional_reach", regional_reach),
    ("local", local),
    ("local_rules", local_rules),
    ("local_industries", local_industries),
    ("structure", structure),
    ("coverage", coverage),
    ("five_w1h", five_w1h),
    ("answer_quality", answer_quality),
    ("numbers", numbers),
    ("indicators", indicators),
    ("measures", measures),
    ("delivery", delivery),
    ("dependencies", dependencies),
    ("money", money),
    ("actors", actors),
    ("region", region),
    ("places", places),
    ("reports", reports),
    ("report_causes", report_causes),
    ("report_numbers", report_numbers),
    ("report_trends", report_trends),
    ("report_periods", report_periods),
    ("revisions", revisions),
    ("revised_targets", revised_targets),
    ("geojson", geojson),
    ("csv_table", csv_table),
)
"""Name and module of each built-in plugin, in order."""

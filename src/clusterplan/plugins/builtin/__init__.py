"""The plan types of the policy package, shared rules, and GeoJSON: plugins like any.

They are registered in code, so that they are there when installed plugins are not
looked for.
"""

from __future__ import annotations

from types import ModuleType

from . import five_w1h, geojson, local, numbers, region, regional, strategic, structure

MODULES: tuple[tuple[str, ModuleType], ...] = (
    ("strategic", strategic),
    ("regional", regional),
    ("local", local),
    ("structure", structure),
    ("five_w1h", five_w1h),
    ("numbers", numbers),
    ("region", region),
    ("geojson", geojson),
)
"""Name and module of each built-in plugin, in order."""

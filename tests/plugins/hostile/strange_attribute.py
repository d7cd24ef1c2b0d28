"""A plugin with an attribute that cannot be read."""

from __future__ import annotations

from clusterplan.plugins import Manifest

CLUSTERPLAN = Manifest(api="~=1.0")


def __dir__() -> list[str]:
    return ["CLUSTERPLAN", "trap"]


def __getattr__(name: str) -> object:
    raise RuntimeError(f"{name} is a trap")

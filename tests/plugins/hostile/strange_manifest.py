"""A plugin whose version is a number."""

from __future__ import annotations

from typing import Any

from clusterplan.plugins import Manifest

_NUMBER: Any = 1
CLUSTERPLAN = Manifest(api=_NUMBER)

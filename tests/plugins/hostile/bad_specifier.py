"""A plugin with a version that cannot be read."""

from __future__ import annotations

from clusterplan.plugins import Manifest

CLUSTERPLAN = Manifest(api="one or two")

"""A plugin for another version of the interface."""

from __future__ import annotations

from clusterplan.plugins import Manifest

CLUSTERPLAN = Manifest(api="~=2.0")

"""A plugin that ends the program half-way through its samples."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from clusterplan.plugins import Manifest, Sample, hookimpl

CLUSTERPLAN = Manifest(api="~=1.0")


@hookimpl
def clusterplan_samples() -> Iterable[Sample]:
    """Offer one sample and leave."""
    yield Sample(name="exits-in-hook.yaml", text="")
    sys.exit("bye")

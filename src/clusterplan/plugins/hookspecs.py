"""The hooks that plugins implement."""

from __future__ import annotations

from collections.abc import Iterable

import pluggy

from ..core.checks import Rule
from ..core.exports import Exporter
from ..core.plantypes import PlanType
from ..core.reference_lists import ReferenceList
from .samples import Sample

PROJECT = "clusterplan"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def clusterplan_plan_types() -> Iterable[PlanType]:
    """Offer kinds of plan.

    Called once, when the plugin is loaded. A plan type brings its lifecycle, required
    parts, measure categories and typed details; tables, GraphQL types, JSON Schema and
    the map follow from it.

    Returns:
        Plan types; keys are unique over all plugins, the later one is refused.
    """
    return ()


@hookspec
def clusterplan_checks() -> Iterable[Rule]:
    """Offer rules that look at plans.

    Called once, when the plugin is loaded; the rules run before a step and when a
    client asks. A rule never changes what it sees.

    Returns:
        Rules; ids are unique over all plugins, the later one is refused.
    """
    return ()


@hookspec
def clusterplan_exporters() -> Iterable[Exporter]:
    """Offer file formats of the investment map.

    Called once, when the plugin is loaded; a format is used by the command
    `clusterplan export` and at `/exports/{key}`.

    Returns:
        Exporters; keys are unique over all plugins, the later one is refused.
    """
    return ()


@hookspec
def clusterplan_reference_data() -> Iterable[ReferenceList]:
    """Offer codes with their names: lists of one's own, or more entries of a list.

    Called once, when the plugin is loaded. A list with a new key is added; one with the
    key of a known list adds its entries to that list, and says where they come from.

    Returns:
        Reference lists; codes are unique in a list, the later one is refused.
    """
    return ()


@hookspec
def clusterplan_samples() -> Iterable[Sample]:
    """Offer plan files that show what the plugin is for.

    Called when the demonstration is set up. A sample is real, with its source in
    `record`, or marked `fictional` in the plan itself.

    Returns:
        Samples; names are unique over all plugins, the later one is refused.
    """
    return ()

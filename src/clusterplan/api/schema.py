"""The schema for the plan types of the loaded plugins."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import strawberry
from graphql import (
    build_ast_schema,
    lexicographic_sort_schema,
    parse,
    print_schema,
)
from graphql.validation import NoSchemaIntrospectionCustomRule
from strawberry.extensions import AddValidationRules
from strawberry.schema.config import StrawberryConfig

from ..core.maps import DEFAULT_POINTS
from ..core.plans import PlanDetails
from ..core.plantypes import PlanType
from .case_fields import CASE_WEIGHTS
from .commands import MUTATIONS
from .fields import DOCUMENT_WEIGHTS, viewer
from .following import FOLLOWING
from .limits import Limits, extensions
from .masking import Masking, QuietSchema
from .mutations import mutation_fields
from .prices import Prices, Weight
from .publish import Registry
from .queries import QUERY
from .scalars import scalar_definitions
from .types import publish_domain

_log = logging.getLogger("clusterplan.api")

Note = Callable[[PlanType, str], None]
ASSUMED_SIZES = {
    ("Query", "referenceLists"): 40,
    ("Query", "due"): 100,
    ("Query", "causes"): 100,
    ("PolicyMeans", "measures"): 20,
    ("Plan", "indicators"): 20,
    ("Plan", "investments"): 20,
    ("Plan", "proposals"): 20,
    ("InvestmentMap", "points"): 0,
    ("InvestmentMap", "unlocated"): 0,
}
"""How long lists are taken to be; those of the map are part of its own cost."""
_MAP_COST = 5_000
"""Every map reads and adds up all that its filter lets through."""
_FOLLOWING_COST = 5_000
"""So do lists of what follows from reports."""
_CHECK_COST = 20_000
"""A document of a megabyte may be read and checked."""
_STORED_CHECK_COST = 2_000


def build_schema(
    plan_types: Mapping[str, PlanType],
    *,
    limits: Limits | None = None,
    is_open: bool = True,
    note: Note = lambda _kind, _reason: None,
) -> QuietSchema:
    """Build the schema; details that do not fit are left out, logged and noted.

    Plans whose details are left out are served with `detailsOutline` all the same.

    Args:
        plan_types: The plan types; built-ins come first.
        limits: What a query may ask for.
        is_open: Whether clients may ask for the schema itself and get suggestions.
        note: Told of each plan type whose details are left out, and why.
    """
    limits = limits or Limits()
    kinds = list(plan_types.values())
    try:
        return _schema(kinds, limits, is_open=is_open)
    except Exception:  # noqa: BLE001
        return _schema_of_fitting(kinds, limits, note, is_open=is_open)


def sdl(schema: strawberry.Schema) -> str:
    """Return the schema as text, sorted, so that two can be compared."""
    plain = build_ast_schema(parse(schema.as_str()))
    return print_schema(lexicographic_sort_schema(plain)) + "\n"


def details_name(kind: PlanType) -> str:
    """Return the GraphQL name of the details of a plan type."""
    return "".join(part.capitalize() for part in kind.key.split("_")) + "Details"


def _schema(kinds: Iterable[PlanType], limits: Limits, *, is_open: bool) -> QuietSchema:
    registry = Registry()
    details: dict[type[PlanDetails], str] = {}
    for kind in kinds:
        if kind.details is not None:
            details.setdefault(kind.details, details_name(kind))
    publish_domain(registry, details)
    query = registry.root(
        "Query", (viewer, *QUERY, *FOLLOWING), description="What can be read."
    )
    mutation = registry.root(
        "Mutation",
        mutation_fields(registry, MUTATIONS),
        description="What can be changed.",
    )
    config = StrawberryConfig(
        scalar_map=scalar_definitions(), disable_field_suggestions=not is_open
    )
    masking = Masking(
        errors=limits.errors,
        characters=limits.message_characters,
        suggestions=is_open,
    )
    rules = extensions(limits, _prices())
    if not is_open:
        rules.append(lambda: AddValidationRules([NoSchemaIntrospectionCustomRule]))
    types = [registry.output(cls) for cls in (*details, *registry.nodes)]
    return QuietSchema(
        query,
        mutation=mutation,
        masking=masking,
        config=config,
        extensions=rules,
        types=types,
    )


def _prices() -> Prices:
    weights: dict[tuple[str, str], Weight] = {
        ("Query", "investmentMap"): _map_cost,
        ("Query", "checkPlan"): _check_cost,
        ("Query", "compare"): _STORED_CHECK_COST,
        **{
            ("Query", name): _FOLLOWING_COST
            for name in ("due", "progress", "investmentSums", "causes")
        },
        **DOCUMENT_WEIGHTS,
        **CASE_WEIGHTS,
    }
    return Prices(assumed_sizes=ASSUMED_SIZES, weights=weights)


def _map_cost(arguments: dict[str, Any]) -> int:
    points = arguments.get("maxPoints", DEFAULT_POINTS)
    listed = max(points, 0) if isinstance(points, int) else DEFAULT_POINTS
    return _MAP_COST + listed // 10


def _check_cost(arguments: dict[str, Any]) -> int:
    return _CHECK_COST if arguments.get("document") is not None else _STORED_CHECK_COST


def _schema_of_fitting(
    kinds: Iterable[PlanType], limits: Limits, note: Note, *, is_open: bool
) -> QuietSchema:
    """Return the schema with the details that fit to those before them."""
    fitting: list[PlanType] = []
    schema = _schema(fitting, limits, is_open=is_open)
    for kind in kinds:
        try:
            schema = _schema([*fitting, kind], limits, is_open=is_open)
        except Exception as error:  # noqa: BLE001
            reason = f"{type(error).__name__}: {error}"
            _log.warning(
                "details of plan type %s are not published: %s", kind.key, reason
            )
            note(kind, reason)
        else:
            fitting.append(kind)
    return schema

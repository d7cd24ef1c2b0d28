"""Scalars of the API, and how values of the domain are written in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NewType

import strawberry
from graphql import (
    FloatValueNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    ValueNode,
    VariableNode,
    value_from_ast_untyped,
)

from ..core.identifiers import (
    AreaCode,
    DeadlineText,
    InvestmentId,
    Key,
    PartId,
    PlanId,
    Yen,
)
from ..core.periods import FiscalHalf, FiscalYear
from .strict_json import ExactFloat

BigInt = NewType("BigInt", int)
FiscalYearText = NewType("FiscalYearText", str)
FiscalHalfText = NewType("FiscalHalfText", str)
FiscalYearOrDate = NewType("FiscalYearOrDate", str)
Json = NewType("Json", object)
"""Any JSON; numbers keep the text they were written in."""

SCALARS: Mapping[Any, Any] = {
    str: str,
    int: int,
    bool: bool,
    float: float,
    Decimal: Decimal,
    dt.date: dt.date,
    dt.datetime: dt.datetime,
    PlanId: strawberry.ID,
    PartId: strawberry.ID,
    InvestmentId: strawberry.ID,
    strawberry.ID: strawberry.ID,
    Key: str,
    AreaCode: str,
    DeadlineText: str,
    Yen: BigInt,
    FiscalYear: FiscalYearText,
    FiscalHalf: FiscalHalfText,
    FiscalYear | dt.date: FiscalYearOrDate,
    Json: Json,
}
"""What each scalar type of the domain is published as."""


def scalar_definitions() -> dict[Any, Any]:
    """Return the scalars of our own, for the configuration of a schema."""
    return {
        BigInt: strawberry.scalar(
            name="BigInt",
            description="A whole number beyond 32 bits, such as an amount in yen; "
            "a JSON number.",
            parse_value=_whole,
        ),
        FiscalYearText: strawberry.scalar(
            name="FiscalYear",
            description="年度: a fiscal year from 1 April, such as `FY2026`.",
            serialize=str,
        ),
        FiscalHalfText: strawberry.scalar(
            name="FiscalHalf",
            description="半期: a half of a fiscal year, such as `FY2026H1`.",
            serialize=str,
        ),
        FiscalYearOrDate: strawberry.scalar(
            name="FiscalYearOrDate",
            description="年度又は日付: `FY2026`, or a day such as `2026-04-01`.",
            serialize=str,
        ),
        Json: strawberry.scalar(
            name="JSON",
            description="Any JSON; numbers keep the text they were written in.",
            parse_value=_same,
            parse_literal=_literal,
        ),
    }


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("a whole number belongs here")
    return value


def _literal(node: ValueNode, variables: Mapping[str, Any] | None = None) -> Any:
    """Return the plain data of a literal, decimals as text that is exact."""
    match node:
        case IntValueNode(value=text):
            return int(text)
        case FloatValueNode(value=text):
            return ExactFloat(text)
        case NullValueNode():
            return None
        case ListValueNode(values=values):
            return [_literal(value, variables) for value in values]
        case ObjectValueNode(fields=fields):
            return {f.name.value: _literal(f.value, variables) for f in fields}
        case VariableNode(name=name):
            return (variables or {}).get(name.value)
    return value_from_ast_untyped(node)


def _same(value: object) -> object:
    return value

"""Numbers written in a query, held to what numbers in JSON are held to."""

from __future__ import annotations

import math
from typing import Any

from graphql import FloatValueNode, GraphQLError, IntValueNode, ValidationRule

from ..core.errors import ErrorCode

MAX_DIGITS = 4_300
"""As many as Python reads into an integer."""


class NumbersInRange(ValidationRule):
    """Refuses numbers that would be read as infinite, or not at all."""

    def enter_float_value(self, node: FloatValueNode, *_: Any) -> None:
        """Refuse a number that has no finite value."""
        if not math.isfinite(float(node.value)):
            self.report_error(_too_large(node))

    def enter_int_value(self, node: IntValueNode, *_: Any) -> None:
        """Refuse a number of more digits than can be read."""
        if len(node.value) > MAX_DIGITS:
            self.report_error(_too_large(node))


def _too_large(node: FloatValueNode | IntValueNode) -> GraphQLError:
    return GraphQLError(
        "A number is too large. Write fewer digits, or send it as text.",
        node,
        extensions={
            "code": ErrorCode.BAD_USER_INPUT.value,
            "reason": "NUMBER_TOO_LARGE",
            "messageJa": "数値が大きすぎます。桁数を減らすか、文字列で送ってください。",
        },
    )

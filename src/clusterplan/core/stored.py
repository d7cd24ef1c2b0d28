"""A plan as the store gives it: where it stands, and its text."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from attrs import field, frozen

from .moments import Moment
from .plans import Plan
from .standings import PlanStanding


@frozen(kw_only=True, slots=False)
class StoredPlan:
    """A plan at a moment; its text is read when it is asked for."""

    standing: PlanStanding
    moment: Moment
    _read: Callable[[], Plan] = field(eq=False, repr=False)

    @property
    def stands(self) -> bool:
        """Whether the plan stands there at the moment; not an edition replaced by then."""
        ended = self.standing.valid_to
        return ended is None or self.moment.as_of < ended

    @cached_property
    def plan(self) -> Plan:
        """The text of this edition."""
        return self._read()

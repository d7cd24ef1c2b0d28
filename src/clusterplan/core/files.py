"""A plan file: a plan with the investments it tells of and, maybe, its past."""

from __future__ import annotations

from attrs import field, frozen

from .history import Record
from .identifiers import InvestmentId
from .investments import Investment
from .plans import Plan
from .repairs import Repair


@frozen(kw_only=True)
class PlanFile:
    """What a plan file holds.

    `plan.investments` lists all investments of the plan by id; `investments` holds the
    definitions of those that the file tells itself, the others are only referred to.
    `repairs` tells what was read as something else than is written, such as 12億円; it
    is no part of what the file says.
    """

    plan: Plan
    investments: tuple[Investment, ...] = field(default=())
    record: Record | None = None
    repairs: tuple[Repair, ...] = field(default=(), eq=False)

    def defined(self) -> dict[InvestmentId, Investment]:
        """Return the investments that the file tells itself, by id."""
        return {i.id: i for i in self.investments}

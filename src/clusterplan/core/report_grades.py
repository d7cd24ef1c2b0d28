"""Grades that are kept with a progress report, as they were worked out then.

Numbers are kept exact. People see them with two places: grades compare what was not
rounded.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from attrs import frozen

from .grades import Grade
from .identifiers import PartId
from .quantities import shown
from .terms import Term


@frozen(kw_only=True)
class IndicatorGrade:
    """The grade of an indicator in a period, as it was worked out then."""

    indicator: Annotated[PartId, Term("指標ID", "The indicator.")]
    grade: Annotated[Grade, Term("区分", "The grade.")]
    is_poor: Annotated[bool, Term("芳しくない", "Whether a cause is asked for.")]
    attainment: Annotated[
        Decimal | None, Term("達成度", "Share of what was expected by now.")
    ] = None
    completion: Annotated[Decimal | None, Term("達成率", "Share of the whole way.")] = (
        None
    )

    @property
    def attainment_shown(self) -> Decimal | None:
        """達成度（表示）: the attainment as people see it, with two places, half up."""
        return None if self.attainment is None else shown(self.attainment)

    @property
    def completion_shown(self) -> Decimal | None:
        """達成率（表示）: the completion as people see it, with two places, half up."""
        return None if self.completion is None else shown(self.completion)


@frozen(kw_only=True)
class MilestoneGrade:
    """The grade of a dated milestone in a period, as it was worked out then."""

    milestone: Annotated[PartId, Term("マイルストーンID", "The milestone.")]
    grade: Annotated[Grade, Term("区分", "The grade.")]
    is_poor: Annotated[bool, Term("芳しくない", "Whether a cause is asked for.")]


@frozen(kw_only=True)
class MeasureGrade:
    """The grade of a measure in a period: of its indicators and milestones."""

    measure: Annotated[PartId, Term("施策ID", "The measure.")]
    edition: Annotated[
        str | None,
        Term(
            "判定の版", "Edition it is graded by, where it ended with an earlier one."
        ),
    ] = None
    grade: Annotated[Grade, Term("区分", "The headline: the worst that counts.")]
    is_poor: Annotated[bool, Term("芳しくない", "Whether a cause is asked for.")]
    indicators: Annotated[
        tuple[IndicatorGrade, ...], Term("指標の区分", "Its indicators.")
    ] = ()
    milestones: Annotated[
        tuple[MilestoneGrade, ...], Term("マイルストーンの区分", "Its milestones.")
    ] = ()

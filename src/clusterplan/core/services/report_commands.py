"""What is asked of progress reports, and what is answered."""

from __future__ import annotations

from attrs import frozen

from ..actors import Actor
from ..findings import CheckReport
from ..identifiers import PartId
from ..reports import ReportRow
from .cases import CaseDone


@frozen(kw_only=True)
class OpenReport:
    """Open the report on a period that is over.

    Attributes:
        period_id: Such as `FY2026H1`.
        dry_run: Whether to tell what would happen and change nothing.
    """

    plan_id: str
    period_id: str
    by: Actor
    dry_run: bool = False


@frozen(kw_only=True)
class FillReport:
    """Fill in rows of one's own part of a report.

    Attributes:
        rows: They take the place of the rows of the same measures; others stay. Which
            editions a row is of stays as the form has it.
        done: Whether the reporter is done with its part.
        expected_part_version: Version of the part that the change is based on.
        reporter: Whose part it is, where an operator fills it in.
    """

    plan_id: str
    period_id: str
    rows: tuple[ReportRow, ...] = ()
    done: bool = False
    by: Actor
    expected_part_version: int
    reporter: Actor | None = None
    dry_run: bool = False


@frozen(kw_only=True)
class SubmitReport:
    """Submit a report whose parts are all done."""

    plan_id: str
    period_id: str
    by: Actor
    expected_version: int
    dry_run: bool = False


@frozen(kw_only=True)
class SendBackReport:
    """Send a submitted report back.

    Attributes:
        reason: What has to be put right.
    """

    plan_id: str
    period_id: str
    reason: str
    by: Actor
    expected_version: int
    dry_run: bool = False


@frozen(kw_only=True)
class AcceptReport:
    """Accept a submitted report."""

    plan_id: str
    period_id: str
    by: Actor
    expected_version: int
    dry_run: bool = False


@frozen(kw_only=True)
class CorrectReport:
    """Correct values of an accepted report.

    Attributes:
        rows: Rows with the values that are other ones, each with its reason, or with
            causes and a response that are added. Without any, the report is only graded
            anew, by what earlier reports say by now.
    """

    plan_id: str
    period_id: str
    rows: tuple[ReportRow, ...]
    by: Actor
    expected_version: int
    dry_run: bool = False


@frozen(kw_only=True)
class ReportDone(CaseDone):
    """What filling in, submitting or correcting a report did.

    Attributes:
        checked: What the rules say of it, as far as who acted may see it. While it is
            filled in nothing blocks yet: errors to be weigh less than at submission.
        affected: Later reports that would be graded otherwise now, or of which the
            rules for reports would say something else. What they say stays as it was
            when they went in, until somebody corrects them.
    """

    checked: CheckReport
    affected: tuple[PartId, ...] = ()

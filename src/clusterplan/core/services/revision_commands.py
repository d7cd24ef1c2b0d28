"""What is asked of revisions, and what is answered."""

from __future__ import annotations

from attrs import frozen

from ..actors import Actor
from ..differences import PlanDifference
from ..files import PlanFile
from ..findings import CheckReport
from ..identifiers import Key, PartId
from ..revisions import LeftAsIs, RevisionItem
from ..standings import PlanStanding
from .answers import Waiver
from .cases import CaseDone


@frozen(kw_only=True)
class OpenRevision:
    """Open a revision of the edition in force.

    Attributes:
        report: Period of the report that leads to it, such as `FY2026H1`.
        occasion: Another occasion, where it is no report.
        dry_run: Whether to tell what would happen and change nothing.
    """

    plan_id: str
    revision_id: PartId
    by: Actor
    report: PartId | None = None
    occasion: str | None = None
    dry_run: bool = False


@frozen(kw_only=True)
class SaveRevision:
    """Keep a revised text with what it changes, and why.

    Attributes:
        items: What changes.
        left: Measures with poor progress that are left as they are, and why.
        base: Edition that the text starts from, where the plan was corrected since the
            revision was opened; else the one that the revision names.
        expected_version: Version of the revision that the change is based on.
    """

    plan_id: str
    revision_id: PartId
    file: PlanFile
    by: Actor
    expected_version: int
    items: tuple[RevisionItem, ...] = ()
    left: tuple[LeftAsIs, ...] = ()
    base: str | None = None
    dry_run: bool = False


@frozen(kw_only=True)
class PrecheckRevision:
    """Tell that the state finds a revised text in order, where it pre-checks them."""

    plan_id: str
    revision_id: PartId
    by: Actor
    expected_version: int
    dry_run: bool = False


@frozen(kw_only=True)
class AdoptRevision:
    """Bring the revised text into force, or sign it where others must sign as well.

    Attributes:
        waivers: Why warnings of the rules do not hinder it.
    """

    plan_id: str
    revision_id: PartId
    by: Actor
    expected_version: int
    waivers: tuple[Waiver, ...] = ()
    dry_run: bool = False


@frozen(kw_only=True)
class DropRevision:
    """Give a revision up; the edition in force stays."""

    plan_id: str
    revision_id: PartId
    reason: str
    by: Actor
    expected_version: int
    dry_run: bool = False


@frozen(kw_only=True)
class RevisionDone(CaseDone):
    """What a command did to a revision.

    Attributes:
        difference: What the revised text changes, where there is one; without the
            investments that are withheld from who asked.
        report: What the rules say of it, where they were asked. While it is saved only,
            nothing blocks yet: errors to be weigh less than at adoption.
        standing: Where the plan stands, once the revision is adopted.
        awaiting: Kinds of body that have yet to sign.
        signed: Offices that signed an act which is not done yet.
    """

    difference: PlanDifference | None = None
    report: CheckReport | None = None
    standing: PlanStanding | None = None
    awaiting: tuple[Key, ...] = ()
    signed: tuple[Actor, ...] = ()

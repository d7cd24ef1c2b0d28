"""Cases: what goes on beside a plan, each with a small lifecycle of its own.

A proposal, a report and a revision are cases: documents of a plan with an owner, a
state and a version. They run beside the plan, so that an open one never blocks another,
and no one of them ever changes: each change is the next version.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

from attrs import field, frozen

from .actors import Actor
from .grades import Grade
from .identifiers import Key, PartId, PlanId
from .lifecycle import Lifecycle
from .terms import Term


@frozen(kw_only=True)
class Case:
    """A version of a case: where it stands, and its document.

    Attributes:
        kind: Key of its kind, such as `proposal`.
        public: Whether anybody may read it once the plan is public.
        digest: SHA-256 of the text of the document.
    """

    kind: Key
    plan_id: Annotated[PlanId, Term("計画ID", "The plan it belongs to.")]
    id: PartId
    version: Annotated[int, Term("版数", "Counts changes; what a change must name.")]
    state: Annotated[Key, Term("状態", "Key of the state in its lifecycle.")]
    public: Annotated[bool, Term("公開", "Whether anybody may read it.")]
    owner: Annotated[Actor, Term("提出主体", "The office that it belongs to.")]
    on: Annotated[dt.date, Term("日付", "Day of this change.")]
    recorded_at: Annotated[dt.datetime, Term("記録日時", "When it was written down.")]
    digest: str = field(repr=False)
    document: Any = field(eq=False, repr=False)


@frozen(kw_only=True)
class Graded:
    """What is kept beside a version of a case, to be found by: how far a plan was.

    Attributes:
        grade: The worst grade that its document tells of.
        period_end: The day that the grade is as of.
    """

    grade: Grade | None = None
    period_end: dt.date | None = None


@frozen(kw_only=True)
class CaseKind:
    """A kind of case: its document, its lifecycle, and when anybody may read it.

    Attributes:
        case: The class of its cases, which says of what class `document` is.
        document: The attrs class of its documents; has an attribute `id`.
        is_public: Tells of a state and a document whether anybody may read the case
            once the plan is public.
        graded: Tells of a document what it says of progress; nothing for kinds whose
            documents say nothing of it.
    """

    key: Key
    title: str
    title_en: str
    case: type[Case]
    document: type
    lifecycle: Lifecycle
    is_public: Callable[[Key, Any], bool]
    graded: Callable[[Any], Graded] | None = None

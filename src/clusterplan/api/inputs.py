"""What every mutation takes."""

from __future__ import annotations

from typing import Annotated, Any

from attrs import frozen

from ..core.events import Event
from ..core.terms import Term

VERSION = Term("版数", "Version that the change is based on; none for what is new.")


@frozen(kw_only=True)
class Sent:
    """What every mutation takes."""

    key: Annotated[
        str | None,
        Term(
            "冪等キー",
            "The same key of the same office again changes nothing again, and tells the"
            " event of then with the state of now; 64 characters.",
        ),
    ] = None
    dry_run: Annotated[
        bool, Term("試行", "Tell what would happen, and change nothing.")
    ] = False


def plan_of(sent: Any, _: Event | None) -> str:
    """Return the plan that a mutation with an attribute `plan_id` is about."""
    plan_id: str = sent.plan_id
    return plan_id

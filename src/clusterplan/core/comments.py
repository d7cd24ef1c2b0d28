"""Comments on drafts (コメント): by section or part, kept by round."""

from __future__ import annotations

from typing import Annotated

from attrs import field, frozen

from .actors import HEAD, LOCAL_GOVERNMENT, REGIONAL_BUREAU
from .cases import Case, CaseKind
from .identifiers import Key, PartId
from .lifecycle import Lifecycle, Phase, State, Step
from .terms import Term


@frozen(kw_only=True)
class Comment:
    """A remark on a place of a draft, and what became of it."""

    id: Annotated[PartId, Term("コメントID", "Unique among the comments on the plan.")]
    edition: Annotated[str, Term("回", "Draft that is commented, such as `d2`.")]
    pointer: Annotated[
        str, Term("箇所", "JSON pointer to the place; empty for the whole plan.")
    ] = ""
    text: Annotated[str, Term("コメント", "What is remarked.")]
    reply: Annotated[str | None, Term("対応", "What was done about it.")] = None


@frozen(kw_only=True)
class CommentCase(Case):
    """A comment, and whether it is settled."""

    document: Comment = field(eq=False, repr=False)


OPEN, SETTLED = Key("open"), Key("settled")
SETTLE = Key("settle")

COMMENT = CaseKind(
    key=Key("comment"),
    title="コメント",
    title_en="Comment",
    case=CommentCase,
    document=Comment,
    is_public=lambda _state, _comment: False,
    lifecycle=Lifecycle(
        states=(
            State(key=OPEN, title="未対応", title_en="Open", phase=Phase.DRAFT),
            State(key=SETTLED, title="対応済", title_en="Settled", phase=Phase.ENDED),
        ),
        steps=(
            Step(
                key=SETTLE,
                title="対応する",
                title_en="Settle",
                from_=(OPEN,),
                to=SETTLED,
                actors=(*LOCAL_GOVERNMENT, HEAD, REGIONAL_BUREAU),
                by_lead=True,
            ),
        ),
    ),
)
"""Written by whoever may read the draft, settled by whoever leads the plan."""

"""Revision cases (改訂): what a plan changes, on which occasion, and why."""

from __future__ import annotations

import enum
from typing import Annotated

from attrs import field, frozen

from .actors import CABINET_SECRETARIAT, HEAD, LOCAL_GOVERNMENT, METI
from .cases import Case, CaseKind
from .identifiers import Key, PartId
from .lifecycle import Lifecycle, Need, Phase, State, Step
from .terms import Term


class RevisionKind(enum.Enum):
    """What a revision item does.

    `expand` and `add` answer a new challenge; `retarget` names the cause and stays
    visible.
    """

    BRUSH_UP = "brush_up"
    EXPAND = "expand"
    ADD = "add"
    RETIRE = "retire"
    RETARGET = "retarget"
    REGION_CHANGE = "region_change"
    RENAME = "rename"
    CORRECT = "correct"


@frozen(kw_only=True)
class RevisionItem:
    """One change of a plan (改訂事項)."""

    id: Annotated[PartId, Term("改訂事項ID", "Unique in the revision.")]
    kind: Annotated[RevisionKind, Term("種別", "What it does.")]
    target: Annotated[
        PartId | None, Term("対象", "Id of the measure, indicator or other part.")
    ] = None
    before: Annotated[str | None, Term("改訂前", "What it was.")] = None
    after: Annotated[str | None, Term("改訂後", "What it becomes.")] = None
    reason: Annotated[str | None, Term("理由", "Why it changes.")] = None
    challenge: Annotated[
        PartId | None, Term("新たな課題", "Challenge that an added measure answers.")
    ] = None


@frozen(kw_only=True)
class LeftAsIs:
    """A measure with poor progress that is not touched, and why."""

    measure: Annotated[PartId, Term("施策ID", "The measure.")]
    reason: Annotated[str, Term("理由", "Why it is left as it is.")]


@frozen(kw_only=True)
class RevisionCase:
    """A revision of a plan, from its opening to its adoption."""

    id: Annotated[PartId, Term("改訂ID", "Unique among the revisions of the plan.")]
    base: Annotated[str, Term("基の版", "Edition that is revised.")]
    report: Annotated[
        PartId | None, Term("契機となった報告", "Period of the report that led to it.")
    ] = None
    occasion: Annotated[
        str | None, Term("契機", "Another occasion, where it is no report.")
    ] = None
    items: Annotated[tuple[RevisionItem, ...], Term("改訂事項", "What changes.")] = ()
    left: Annotated[
        tuple[LeftAsIs, ...], Term("見送り", "Poor measures that are left, and why.")
    ] = ()
    draft: Annotated[
        str | None, Term("改訂案のハッシュ", "SHA-256 of the revised text so far.")
    ] = None
    signed: Annotated[
        tuple[str, ...], Term("署名済み", "Bodies that adopted this text already.")
    ] = ()
    edition: Annotated[
        str | None, Term("改訂後の版", "Edition that it became, once adopted.")
    ] = None
    dropped_reason: Annotated[
        str | None, Term("取りやめの理由", "Why it was dropped.")
    ] = None


@frozen(kw_only=True)
class RevisionFile(Case):
    """A revision case, and where it stands."""

    document: RevisionCase = field(eq=False, repr=False)


_STATE_BODIES = (CABINET_SECRETARIAT, METI)
REVISION_OPEN, ADOPTED, DROPPED = Key("open"), Key("adopted"), Key("dropped")

REVISION = CaseKind(
    key=Key("revision"),
    title="改訂",
    title_en="Revision",
    case=RevisionFile,
    document=RevisionCase,
    is_public=lambda state, _: state == ADOPTED,
    lifecycle=Lifecycle(
        states=(
            State(
                key=REVISION_OPEN, title="改訂中", title_en="Open", phase=Phase.DRAFT
            ),
            State(
                key=ADOPTED, title="改訂済", title_en="Adopted", phase=Phase.IN_FORCE
            ),
            State(key=DROPPED, title="取りやめ", title_en="Dropped", phase=Phase.ENDED),
        ),
        steps=(
            Step(
                key=Key("adopt"),
                title="改訂する",
                title_en="Adopt",
                from_=(REVISION_OPEN,),
                to=ADOPTED,
                actors=(*_STATE_BODIES, HEAD),
            ),
            Step(
                key=Key("drop"),
                title="取りやめる",
                title_en="Drop",
                from_=(REVISION_OPEN,),
                to=DROPPED,
                actors=(*_STATE_BODIES, *LOCAL_GOVERNMENT, HEAD),
                needs=(Need.REASON,),
            ),
        ),
    ),
)
"""Opened on a report or another occasion; adopted as a new edition, or dropped."""

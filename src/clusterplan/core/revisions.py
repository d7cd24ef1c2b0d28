"""Revision cases (改訂): what a plan changes, on which occasion, and why."""

from __future__ import annotations

from typing import Annotated, Self

import attrs
from attrs import field, frozen

from .actors import HEAD, OFFICES_OF_LOCAL_GOVERNMENT, STATE_BODIES
from .cases import Case, CaseKind
from .identifiers import InvestmentId, Key, PartId
from .lifecycle import Lifecycle, Need, NewEdition, Phase, State, Step
from .terms import Term, TermEnum


class RevisionKind(TermEnum):
    """What a revision item does.

    `expand` and `add` answer a new challenge; `retarget` names the cause and stays
    visible.
    """

    BRUSH_UP = "brush_up", "磨き上げ", "An existing measure is made better."
    EXPAND = "expand", "拡充", "An existing measure answers a new challenge, too."
    ADD = "add", "追加", "A new measure answers a new challenge."
    RETIRE = "retire", "廃止", "A part is taken away."
    RETARGET = (
        "retarget",
        "目標の変更",
        "A target changes; the cause is named and stays visible.",
    )
    REGION_CHANGE = "region_change", "対象地域の変更", "The region changes."
    RENAME = "rename", "名称変更", "A name changes; the id stays."
    CORRECT = "correct", "訂正", "An error is put right."


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
class PinnedInvestment:
    """The definition of an investment that a revised text counts on."""

    id: Annotated[InvestmentId, Term("投資ID", "The investment.")]
    digest: Annotated[str, Term("定義のハッシュ", "SHA-256 of its definition.")]
    told: Annotated[
        bool, Term("定義あり", "Whether the revised plan defines it itself.")
    ] = False


@frozen(kw_only=True)
class RetiredPart:
    """A part that a revision took away; its id is not used again."""

    sort: Annotated[Key, Term("種別", "Such as `measure`, `indicator`.")]
    id: Annotated[str, Term("ID", "The id that is not used again.")]


@frozen(kw_only=True)
class RevisionCase:
    """A revision of a plan, from its opening to its adoption.

    Signatures are of the draft as it is: another draft has none.
    """

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
    investments: Annotated[
        tuple[PinnedInvestment, ...],
        Term("改訂案の投資", "Investments as the revised text counts on them."),
    ] = ()
    prechecked: Annotated[
        tuple[str, ...], Term("事前確認済み", "Bodies that pre-checked this text.")
    ] = ()
    signed: Annotated[
        tuple[str, ...], Term("署名済み", "Bodies that adopted this text already.")
    ] = ()
    edition: Annotated[
        str | None, Term("改訂後の版", "Edition that it became, once adopted.")
    ] = None
    retired: Annotated[
        tuple[RetiredPart, ...], Term("廃止した項目", "Parts that it took away.")
    ] = ()
    dropped_reason: Annotated[
        str | None, Term("取りやめの理由", "Why it was dropped.")
    ] = None


@frozen(kw_only=True)
class RevisionFile(Case):
    """A revision case, and where it stands."""

    document: RevisionCase = field(eq=False, repr=False)


REVISION_OPEN, ADOPTED, DROPPED = Key("open"), Key("adopted"), Key("dropped")
OPEN, SAVE, CORRECT = Key("open"), Key("save"), Key("correct")
PRECHECK, ADOPT, DROP = Key("precheck"), Key("adopt"), Key("drop")
IN_FORCE = Key("in_force")
_STATES = (
    State(key=REVISION_OPEN, title="改訂中", title_en="Open", phase=Phase.DRAFT),
    State(key=ADOPTED, title="改訂済", title_en="Adopted", phase=Phase.IN_FORCE),
    State(key=DROPPED, title="取りやめ", title_en="Dropped", phase=Phase.ENDED),
)


@frozen(kw_only=True)
class RevisionRules:
    """Who revises plans of a type: those who brought them into force.

    Where state bodies did, each of them may work on a revision and correct an edition;
    elsewhere the local government that leads the plan, its head included.

    Attributes:
        adopt: The step that brings plans of the type into force.
        precheck: Whether the state pre-checks a revised text, too.
    """

    adopt: Step
    precheck: bool = False

    @classmethod
    def of(cls, lifecycle: Lifecycle, *, precheck: bool) -> Self:
        """Return the rules that follow from a lifecycle of plans.

        A type whose plans never come into force by a step is revised by the state.
        """
        steps = (s for s in lifecycle.steps if s.edition is NewEdition.PUBLIC)
        return cls(adopt=next(steps, _BY_THE_STATE), precheck=precheck)

    @property
    def beginning(self) -> Lifecycle:
        """What can be done with an edition that is in force."""
        state = State(
            key=IN_FORCE,
            title="公表済み",
            title_en="In force",
            phase=Phase.IN_FORCE,
            public=True,
        )
        steps = (
            self._work(OPEN, "改訂の開始", "Open a revision", IN_FORCE),
            self._work(CORRECT, "訂正", "Correct", IN_FORCE),
        )
        return Lifecycle(states=(state,), steps=steps)

    @property
    def lifecycle(self) -> Lifecycle:
        """What can be done with a revision that is open."""
        drop = self._work(DROP, "取りやめる", "Drop", DROPPED)
        steps = [
            self._work(SAVE, "改訂案を保存する", "Save", REVISION_OPEN),
            attrs.evolve(drop, needs=(Need.REASON,)),
            Step(
                key=ADOPT,
                title="改訂する",
                title_en="Adopt",
                from_=(REVISION_OPEN,),
                to=ADOPTED,
                actors=self.adopt.actors,
                joint=self.adopt.joint,
                by_lead=self.adopt.by_lead,
                edition=NewEdition.PUBLIC,
                needs_checked_text=self.precheck,
            ),
        ]
        if self.precheck:
            steps.append(_PRECHECK)
        return Lifecycle(states=_STATES, steps=tuple(steps))

    def _work(self, key: Key, title: str, title_en: str, to: Key) -> Step:
        by_state = set(self.adopt.actors) <= set(STATE_BODIES)
        return Step(
            key=key,
            title=title,
            title_en=title_en,
            from_=(IN_FORCE,) if to == IN_FORCE else (REVISION_OPEN,),
            to=to,
            actors=self.adopt.actors if by_state else OFFICES_OF_LOCAL_GOVERNMENT,
            by_lead=not by_state,
        )


_BY_THE_STATE = Step(
    key=ADOPT,
    title="改訂する",
    title_en="Adopt",
    from_=(REVISION_OPEN,),
    to=ADOPTED,
    actors=STATE_BODIES,
    joint=True,
)
_PRECHECK = Step(
    key=PRECHECK,
    title="改訂案の事前確認",
    title_en="Pre-check",
    from_=(REVISION_OPEN,),
    to=REVISION_OPEN,
    actors=STATE_BODIES,
    joint=True,
    checks_text=True,
)

REVISION = CaseKind(
    key=Key("revision"),
    title="改訂",
    title_en="Revision",
    case=RevisionFile,
    document=RevisionCase,
    is_public=lambda state, _: state == ADOPTED,
    lifecycle=RevisionRules(
        adopt=attrs.evolve(
            _BY_THE_STATE, actors=(*STATE_BODIES, HEAD), joint=False, by_lead=False
        )
    ).lifecycle,
)
"""Opened on a report or another occasion; adopted as a new edition, or dropped.

Who takes which step depends on the plan type: see `RevisionRules`.
"""

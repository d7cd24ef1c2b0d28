"""A: 戦略産業クラスター計画, made by the state from a large investment in a field."""

from __future__ import annotations

from ...core.actors import REGIONAL_BUREAU, STATE_BODIES
from ...core.findings import Gate
from ...core.identifiers import Key
from ...core.lifecycle import Lifecycle, Need, NewEdition, Phase, State, Step
from ...core.plantypes import PlanType
from ...core.reference import read_categories
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import (
    ABANDONED,
    CLOSED,
    SECTIONS,
    STRATEGIC,
    WITHDRAWN,
    sample_plan,
)

CLUSTERPLAN = Manifest(api="~=1.0", order=-100)

_DRAFTING, _DRAFTED, _FORMULATING = Key("drafting"), Key("drafted"), Key("formulating")
_IN_FORCE = Key("in_force")

LIFECYCLE = Lifecycle(
    states=(
        State(
            key=_DRAFTING, title="素案作成中", title_en="Drafting", phase=Phase.DRAFT
        ),
        State(
            key=_DRAFTED,
            title="素案提出済み",
            title_en="Drafted",
            phase=Phase.IN_REVIEW,
        ),
        State(
            key=_FORMULATING,
            title="計画策定中",
            title_en="Formulating",
            phase=Phase.IN_REVIEW,
        ),
        State(
            key=_IN_FORCE,
            title="策定済み",
            title_en="In force",
            phase=Phase.IN_FORCE,
            public=True,
        ),
        CLOSED,
        ABANDONED,
        WITHDRAWN,
    ),
    steps=(
        Step(
            key=Key("submit_draft"),
            title="素案の提出",
            title_en="Submit the draft",
            from_=(_DRAFTING,),
            to=_DRAFTED,
            actors=(REGIONAL_BUREAU,),
            by_lead=True,
            gate=Gate.SUBMIT,
            needs=(Need.PANEL,),
        ),
        Step(
            key=Key("accept_draft"),
            title="素案の受理",
            title_en="Accept the draft",
            from_=(_DRAFTED,),
            to=_FORMULATING,
            actors=STATE_BODIES,
            joint=True,
        ),
        Step(
            key=Key("send_back"),
            title="差戻し",
            title_en="Send back",
            from_=(_DRAFTED, _FORMULATING),
            to=_DRAFTING,
            actors=STATE_BODIES,
            needs=(Need.COMMENTS,),
            edition=NewEdition.DRAFT,
        ),
        Step(
            key=Key("formulate"),
            title="計画策定",
            title_en="Formulate",
            from_=(_FORMULATING,),
            to=_IN_FORCE,
            actors=STATE_BODIES,
            joint=True,
            gate=Gate.PUBLISH,
            edition=NewEdition.PUBLIC,
        ),
        Step(
            key=Key("close"),
            title="終了",
            title_en="Close",
            from_=(_IN_FORCE,),
            to=CLOSED.key,
            actors=STATE_BODIES,
            joint=True,
            needs=(Need.FINAL_REPORT,),
        ),
        Step(
            key=Key("abandon"),
            title="断念",
            title_en="Abandon",
            from_=(_DRAFTING, _DRAFTED),
            to=ABANDONED.key,
            actors=(REGIONAL_BUREAU,),
            by_lead=True,
        ),
        Step(
            key=Key("abandon_formulation"),
            title="策定の断念",
            title_en="Abandon the formulation",
            from_=(_FORMULATING,),
            to=ABANDONED.key,
            actors=STATE_BODIES,
            joint=True,
        ),
        Step(
            key=Key("withdraw"),
            title="取下げ",
            title_en="Withdraw",
            from_=(_IN_FORCE,),
            to=WITHDRAWN.key,
            actors=STATE_BODIES,
            joint=True,
            needs=(Need.REASON,),
        ),
    ),
)


@hookimpl
def clusterplan_plan_types() -> tuple[PlanType, ...]:
    """Offer plan type A."""
    return (
        PlanType(
            key=STRATEGIC,
            code="A",
            title="戦略産業クラスター計画",
            title_en="Strategic industry cluster plan",
            lifecycle=LIFECYCLE,
            lead_kinds=(REGIONAL_BUREAU,),
            required=SECTIONS,
            categories=read_categories("A"),
            takes_proposals=True,
            report_review=True,
            sample=sample_plan(STRATEGIC),
        ),
    )

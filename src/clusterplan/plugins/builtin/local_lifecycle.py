"""The lifecycle that B and C share: pre-check by the state, publication by the head."""

from __future__ import annotations

from ...core.actors import HEAD, LOCAL_GOVERNMENT, STATE_BODIES
from ...core.findings import Gate
from ...core.identifiers import Key
from ...core.lifecycle import Lifecycle, Need, NewEdition, Phase, State, Step
from .policy import ABANDONED, CLOSED, WITHDRAWN

_DRAFTING, _IN_PRECHECK = Key("drafting"), Key("in_precheck")
_PRECHECKED, _IN_FORCE = Key("prechecked"), Key("in_force")

LOCAL_LIFECYCLE = Lifecycle(
    states=(
        State(
            key=_DRAFTING, title="計画案作成中", title_en="Drafting", phase=Phase.DRAFT
        ),
        State(
            key=_IN_PRECHECK,
            title="事前確認中",
            title_en="In pre-check",
            phase=Phase.IN_REVIEW,
        ),
        State(
            key=_PRECHECKED,
            title="事前確認済み",
            title_en="Pre-checked",
            phase=Phase.IN_REVIEW,
        ),
        State(
            key=_IN_FORCE,
            title="公表済み",
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
            key=Key("submit_for_precheck"),
            title="事前確認への提出",
            title_en="Submit for pre-check",
            from_=(_DRAFTING,),
            to=_IN_PRECHECK,
            actors=LOCAL_GOVERNMENT,
            by_lead=True,
            gate=Gate.PUBLISH,
        ),
        Step(
            key=Key("send_back"),
            title="差戻し",
            title_en="Send back",
            from_=(_IN_PRECHECK,),
            to=_DRAFTING,
            actors=STATE_BODIES,
            needs=(Need.COMMENTS,),
            edition=NewEdition.DRAFT,
        ),
        Step(
            key=Key("precheck_ok"),
            title="事前確認",
            title_en="Pre-check passed",
            from_=(_IN_PRECHECK,),
            to=_PRECHECKED,
            actors=STATE_BODIES,
            joint=True,
            gate=Gate.PUBLISH,
            checks_text=True,
        ),
        Step(
            key=Key("reopen"),
            title="計画案の再検討",
            title_en="Reopen",
            from_=(_PRECHECKED,),
            to=_DRAFTING,
            actors=LOCAL_GOVERNMENT,
            by_lead=True,
            edition=NewEdition.DRAFT,
        ),
        Step(
            key=Key("publish"),
            title="首長による公表",
            title_en="Publication by the head",
            from_=(_PRECHECKED,),
            to=_IN_FORCE,
            actors=(HEAD,),
            by_lead=True,
            gate=Gate.PUBLISH,
            needs_checked_text=True,
            edition=NewEdition.PUBLIC,
        ),
        Step(
            key=Key("close"),
            title="終了",
            title_en="Close",
            from_=(_IN_FORCE,),
            to=CLOSED.key,
            actors=LOCAL_GOVERNMENT,
            by_lead=True,
            needs=(Need.FINAL_REPORT,),
        ),
        Step(
            key=Key("abandon"),
            title="断念",
            title_en="Abandon",
            from_=(_DRAFTING, _IN_PRECHECK, _PRECHECKED),
            to=ABANDONED.key,
            actors=LOCAL_GOVERNMENT,
            by_lead=True,
        ),
        Step(
            key=Key("withdraw"),
            title="取下げ",
            title_en="Withdraw",
            from_=(_IN_FORCE,),
            to=WITHDRAWN.key,
            actors=(HEAD,),
            by_lead=True,
            needs=(Need.REASON,),
        ),
    ),
)

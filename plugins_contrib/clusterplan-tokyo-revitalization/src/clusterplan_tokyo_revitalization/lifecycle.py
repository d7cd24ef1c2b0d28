"""The life of a revitalization plan: approval instead of a check, votes before the run.

Approved plans are public before the votes, since the prefecture publishes their
outlines then and says that the projects become definite with the budgets.
"""

from __future__ import annotations

from clusterplan.plugins import (
    ASSEMBLY,
    MUNICIPALITY,
    PREFECTURE,
    Gate,
    Key,
    Lifecycle,
    Need,
    NewEdition,
    Phase,
    State,
    Step,
)

_DRAFTING, _APPLIED, _APPROVED = Key("drafting"), Key("applied"), Key("approved")
_BUDGET_VOTED, _RUNNING, _ENDED = Key("budget_voted"), Key("running"), Key("ended")
_ABANDONED, _WITHDRAWN = Key("abandoned"), Key("withdrawn")

LIFECYCLE = Lifecycle(
    states=(
        State(
            key=_DRAFTING, title="計画案作成中", title_en="Drafting", phase=Phase.DRAFT
        ),
        State(key=_APPLIED, title="申請中", title_en="Applied", phase=Phase.IN_REVIEW),
        State(
            key=_APPROVED,
            title="承認済み",
            title_en="Approved",
            phase=Phase.IN_REVIEW,
            public=True,
        ),
        State(
            key=_BUDGET_VOTED,
            title="予算議決済み",
            title_en="Budget voted",
            phase=Phase.IN_REVIEW,
            public=True,
        ),
        State(
            key=_RUNNING,
            title="実施中",
            title_en="Running",
            phase=Phase.IN_FORCE,
            public=True,
        ),
        State(
            key=_ENDED, title="終了", title_en="Ended", phase=Phase.ENDED, public=True
        ),
        State(key=_ABANDONED, title="断念", title_en="Abandoned", phase=Phase.ENDED),
        State(
            key=_WITHDRAWN,
            title="取下げ",
            title_en="Withdrawn",
            phase=Phase.ENDED,
            public=True,
        ),
    ),
    steps=(
        Step(
            key=Key("apply"),
            title="承認の申請",
            title_en="Apply for approval",
            from_=(_DRAFTING,),
            to=_APPLIED,
            actors=(MUNICIPALITY,),
            by_lead=True,
            gate=Gate.SUBMIT,
        ),
        Step(
            key=Key("send_back"),
            title="差戻し",
            title_en="Send back",
            from_=(_APPLIED,),
            to=_DRAFTING,
            actors=(PREFECTURE,),
            needs=(Need.COMMENTS,),
            edition=NewEdition.DRAFT,
        ),
        Step(
            key=Key("approve"),
            title="承認",
            title_en="Approve",
            from_=(_APPLIED,),
            to=_APPROVED,
            actors=(PREFECTURE,),
            gate=Gate.PUBLISH,
            edition=NewEdition.PUBLIC,
        ),
        Step(
            key=Key("vote_budget"),
            title="予算の議決",
            title_en="Vote the budget",
            from_=(_APPROVED,),
            to=_BUDGET_VOTED,
            actors=(ASSEMBLY,),
            needs=(Need.VOTES,),
        ),
        Step(
            key=Key("start"),
            title="事業の開始",
            title_en="Start",
            from_=(_BUDGET_VOTED,),
            to=_RUNNING,
            actors=(MUNICIPALITY,),
            by_lead=True,
        ),
        Step(
            key=Key("end"),
            title="終了",
            title_en="End",
            from_=(_RUNNING,),
            to=_ENDED,
            actors=(MUNICIPALITY,),
            by_lead=True,
        ),
        Step(
            key=Key("abandon"),
            title="断念",
            title_en="Abandon",
            from_=(_DRAFTING, _APPLIED),
            to=_ABANDONED,
            actors=(MUNICIPALITY,),
            by_lead=True,
            needs=(Need.REASON,),
        ),
        Step(
            key=Key("withdraw"),
            title="取下げ",
            title_en="Withdraw",
            from_=(_APPROVED, _BUDGET_VOTED, _RUNNING),
            to=_WITHDRAWN,
            actors=(MUNICIPALITY,),
            by_lead=True,
            needs=(Need.REASON,),
        ),
    ),
)

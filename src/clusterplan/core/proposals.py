"""Project proposals (候補プロジェクト案件): what prefectures propose for an A plan."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from attrs import field, frozen

from .actors import PREFECTURE, STATE_BODIES
from .cases import Case, CaseKind
from .identifiers import AreaCode, InvestmentId, Key, PartId
from .investments import MoneyLine, Site
from .lifecycle import Lifecycle, Need, Phase, State, Step
from .terms import Term


@frozen(kw_only=True)
class ProposalAnswer:
    """What the state answers to a proposal (採否と理由)."""

    reason: Annotated[str, Term("理由", "Why it is adopted, or is not.")]
    edition: Annotated[
        str | None, Term("採用した版", "Edition of the plan that takes it up.")
    ] = None
    investment: Annotated[
        InvestmentId | None, Term("投資ID", "Investment of the plan that it became.")
    ] = None
    measures: Annotated[
        tuple[PartId, ...], Term("施策ID", "Measures of the plan that take it up.")
    ] = ()


@frozen(kw_only=True)
class ProjectProposal:
    """A project that a prefecture proposes to the state for a plan."""

    id: Annotated[PartId, Term("提案ID", "Unique among the proposals for the plan.")]
    title: Annotated[str, Term("案件名", "Name of the project.")]
    title_en: Annotated[str | None, Term("案件名（英語）", "Name in English.")] = None
    prefecture: Annotated[
        AreaCode, Term("提案する都道府県", "Code of the prefecture that proposes it.")
    ]
    fields: Annotated[
        tuple[Key, ...], Term("戦略分野", "Keys of the strategic fields.")
    ] = ()
    text: Annotated[str | None, Term("概要", "What the project is.")] = None
    investor: Annotated[str | None, Term("投資主体", "Who would invest.")] = None
    investor_agreed: Annotated[
        bool,
        Term(
            "公開の同意", "Whether the investor agrees that an adopted one is public."
        ),
    ] = False
    sites: Annotated[tuple[Site, ...], Term("所在地", "Where it would be.")] = ()
    money: Annotated[
        tuple[MoneyLine, ...], Term("資金", "Amounts, or ranges of them.")
    ] = ()
    proposed_on: Annotated[
        dt.date | None, Term("提案日", "When the prefecture proposed it.")
    ] = None
    answer: Annotated[
        ProposalAnswer | None, Term("回答", "What the state answered.")
    ] = None


@frozen(kw_only=True)
class ProposalCase(Case):
    """A project proposal, and where it stands."""

    document: ProjectProposal = field(eq=False, repr=False)


_PREPARED, _PROPOSED, _RECEIVED = Key("prepared"), Key("proposed"), Key("received")
_ADOPTED, _NOT_ADOPTED, _WITHDRAWN = (
    Key("adopted"),
    Key("not_adopted"),
    Key("withdrawn"),
)

PROPOSAL = CaseKind(
    key=Key("proposal"),
    title="プロジェクト提案",
    title_en="Project proposal",
    case=ProposalCase,
    document=ProjectProposal,
    is_public=lambda state, proposal: state == _ADOPTED and proposal.investor_agreed,
    lifecycle=Lifecycle(
        states=(
            State(
                key=_PREPARED, title="準備中", title_en="Prepared", phase=Phase.DRAFT
            ),
            State(
                key=_PROPOSED,
                title="提案済",
                title_en="Proposed",
                phase=Phase.IN_REVIEW,
            ),
            State(
                key=_RECEIVED,
                title="受付済",
                title_en="Received",
                phase=Phase.IN_REVIEW,
            ),
            State(key=_ADOPTED, title="採用", title_en="Adopted", phase=Phase.IN_FORCE),
            State(
                key=_NOT_ADOPTED,
                title="不採用",
                title_en="Not adopted",
                phase=Phase.ENDED,
            ),
            State(
                key=_WITHDRAWN, title="取下げ", title_en="Withdrawn", phase=Phase.ENDED
            ),
        ),
        steps=(
            Step(
                key=Key("propose"),
                title="提案する",
                title_en="Propose",
                from_=(_PREPARED,),
                to=_PROPOSED,
                actors=(PREFECTURE,),
                by_lead=True,
            ),
            Step(
                key=Key("receive"),
                title="受け付ける",
                title_en="Receive",
                from_=(_PROPOSED,),
                to=_RECEIVED,
                actors=STATE_BODIES,
            ),
            Step(
                key=Key("adopt"),
                title="採用する",
                title_en="Adopt",
                from_=(_RECEIVED,),
                to=_ADOPTED,
                actors=STATE_BODIES,
                needs=(Need.REASON,),
            ),
            Step(
                key=Key("decline"),
                title="採用しない",
                title_en="Decline",
                from_=(_RECEIVED,),
                to=_NOT_ADOPTED,
                actors=STATE_BODIES,
                needs=(Need.REASON,),
            ),
            Step(
                key=Key("withdraw"),
                title="取り下げる",
                title_en="Withdraw",
                from_=(_PROPOSED, _RECEIVED),
                to=_WITHDRAWN,
                actors=(PREFECTURE,),
                by_lead=True,
            ),
        ),
    ),
)
"""Prepared and proposed by a prefecture; received and answered by a state body."""

"""What a revitalization plan adds to a plan: approval, votes, pillars and projects."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from attrs import frozen

from clusterplan.plugins import (
    AreaCode,
    Key,
    OutlineEntry,
    PartId,
    PlanDetails,
    Term,
)


@frozen(kw_only=True)
class RevitalizationApproval:
    """The prefecture's approval (承認), as the plan states it."""

    by: Annotated[AreaCode, Term("承認者", "Area code of the prefecture.")]
    on: Annotated[
        dt.date | None, Term("承認日", "Day of approval; empty where none is known.")
    ] = None


@frozen(kw_only=True)
class RevitalizationVote:
    """The vote of an assembly on the budget (予算の議決)."""

    assembly: Annotated[
        AreaCode, Term("議会", "Area code of the body whose assembly voted.")
    ]
    on: Annotated[
        dt.date | None, Term("議決日", "Day of the vote; empty where none is known.")
    ] = None


@frozen(kw_only=True)
class RevitalizationProject:
    """A project (事業) under a pillar."""

    id: Annotated[PartId, Term("事業ID", "Unique in the plan.")]
    title: Annotated[str, Term("事業名", "Name of the project.")]
    means: Annotated[
        tuple[str, ...], Term("手段", "What is done, in the words of the plan.")
    ] = ()
    open_ended: Annotated[
        bool, Term("等", "Whether the list of means ends with 等 (and others).")
    ] = False
    collective: Annotated[
        bool,
        Term("共同", "Whether it brings local actors together, as a platform does."),
    ] = False
    study: Annotated[
        bool, Term("検討", "Whether it only studies what may be done.")
    ] = False
    category: Annotated[
        Key | None, Term("施策区分", "Key of the category of this plan type.")
    ] = None
    nearest_category: Annotated[
        Key | None,
        Term(
            "対応する施策区分",
            "Key of the nearest category of a local industry growth plan.",
        ),
    ] = None

    @property
    def label(self) -> str:
        """Name and means as the plan prints them."""
        means = "、".join(self.means) + ("等" if self.open_ended else "")
        return f"{self.title}（{means}）" if means else self.title


@frozen(kw_only=True)
class RevitalizationPillar:
    """A pillar (柱): a numbered heading with projects under it."""

    id: Annotated[PartId, Term("柱ID", "Unique in the plan.")]
    number: Annotated[int, Term("番号", "Number in the plan.")]
    title: Annotated[str, Term("柱", "Heading in the list of projects.")]
    summary_title: Annotated[
        str | None,
        Term("概要での名称", "Name in the summary of the plan, where it differs."),
    ] = None
    open_ended: Annotated[
        bool, Term("等", "Whether the list of projects ends with 等 (and others).")
    ] = False
    projects: Annotated[
        tuple[RevitalizationProject, ...], Term("事業", "Projects of the pillar.")
    ] = ()


@frozen(kw_only=True)
class LocalRevitalizationPlanDetails(PlanDetails):
    """What a local industry revitalization plan adds."""

    approval: Annotated[
        RevitalizationApproval | None,
        Term("承認", "The prefecture's approval, without which nothing starts."),
    ] = None
    provisional_until_votes: Annotated[
        bool,
        Term(
            "議決までは未確定",
            "Whether projects become definite only when both assemblies, the "
            "prefecture's and the municipality's, have voted the budget.",
        ),
    ] = True
    votes: Annotated[
        tuple[RevitalizationVote, ...],
        Term("予算の議決", "Votes of the assemblies that are known."),
    ] = ()
    pillars: Annotated[
        tuple[RevitalizationPillar, ...], Term("柱", "Pillars in order.")
    ] = ()

    @property
    def projects(self) -> tuple[RevitalizationProject, ...]:
        """The projects of all pillars, in order."""
        return tuple(p for pillar in self.pillars for p in pillar.projects)

    def outline(self) -> tuple[OutlineEntry, ...]:
        """Return a heading a pillar, with its projects as items."""
        return tuple(
            OutlineEntry(
                f"{pillar.number} {pillar.title}",
                1,
                (
                    *(project.label for project in pillar.projects),
                    *(("ほか",) if pillar.open_ended else ()),
                ),
            )
            for pillar in self.pillars
        )

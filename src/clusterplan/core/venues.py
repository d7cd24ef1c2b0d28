"""Venues (検討の場): panels, councils and platforms where measures are discussed."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from attrs import frozen

from .departments import Department
from .identifiers import Key, PartId
from .terms import Term

PANEL_MEMBER_KINDS = tuple(
    Key(kind)
    for kind in (
        "local_branch_office_of_state",
        "prefecture",
        "municipality",
        "economic_organization",
        "private_company",
        "university",
        "research_institute",
        "financial_institution",
    )
)
"""The eight kinds of member that the policy text names for the panel of an A plan."""


@frozen(kw_only=True)
class VenueMember:
    """An organization that takes part in a venue."""

    kind: Annotated[Key, Term("区分", "Kind of member, such as `university`.")]
    organization: Annotated[
        str | None, Term("組織", "Id, area code, key or name of the organization.")
    ] = None


@frozen(kw_only=True)
class AbsentKind:
    """A kind of member that a venue does not have, and why."""

    kind: Annotated[Key, Term("区分", "Kind of member.")]
    reason: Annotated[str, Term("理由", "Why there is none.")]


@frozen(kw_only=True)
class Decision:
    """What a meeting decided."""

    text: Annotated[str, Term("決定内容", "What was decided.")]
    measures: Annotated[
        tuple[PartId, ...], Term("対象施策", "Ids of the measures it is about.")
    ] = ()


@frozen(kw_only=True)
class Meeting:
    """A meeting of a venue, held or planned."""

    date: Annotated[dt.date | None, Term("開催日", "Day of the meeting.")] = None
    text: Annotated[str | None, Term("議題", "What it was about.")] = None
    minutes: Annotated[
        PartId | None, Term("議事録", "Id of the attachment with the minutes.")
    ] = None
    decisions: Annotated[tuple[Decision, ...], Term("決定", "What was decided.")] = ()


@frozen(kw_only=True)
class Venue:
    """Where measures are discussed (検討の場)."""

    id: Annotated[PartId, Term("検討の場ID", "Unique in the plan.")]
    kind: Annotated[
        Key | None, Term("種別", "Such as `panel`, `council`, `platform`.")
    ] = None
    title: Annotated[str, Term("名称", "Name of the venue.")]
    title_en: Annotated[str | None, Term("名称（英語）", "Name in English.")] = None
    secretariat: Annotated[
        Department | None, Term("事務局", "Unit that runs the venue.")
    ] = None
    members: Annotated[
        tuple[VenueMember, ...], Term("構成員", "Organizations that take part.")
    ] = ()
    absent: Annotated[
        tuple[AbsentKind, ...], Term("不在の区分", "Kinds of member it lacks, and why.")
    ] = ()
    meetings: Annotated[
        tuple[Meeting, ...], Term("開催", "Meetings, held or planned.")
    ] = ()

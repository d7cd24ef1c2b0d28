"""What a plan rests on: other plans, sources, attachments, consultations."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from attrs import frozen

from .identifiers import Key, PartId, PlanId
from .periods import PlanPeriod
from .terms import Term, TermEnum


class LinkKind(TermEnum):
    """How another plan or document stands to this plan."""

    PREDECESSOR = "predecessor", "前計画", "The plan that came before."
    UPPER_PLAN = "upper_plan", "上位計画", "A plan that this one belongs to."
    ORDINANCE = "ordinance", "条例", "An ordinance that it rests on."
    BASIC_PLAN = "basic_plan", "基本計画", "A basic plan that it rests on."
    FINANCE_ACTION_PLAN = (
        "finance_action_plan",
        "地域未来金融アクションプラン",
        "The action plan of regional finance.",
    )
    RELATED = "related", "関連計画", "Another plan that has to do with it."


@frozen(kw_only=True)
class PlanLink:
    """Another plan, vision or ordinance that this plan rests on or belongs to."""

    id: Annotated[PartId, Term("関連計画ID", "Unique in the plan.")]
    kind: Annotated[LinkKind, Term("関係", "How it stands to this plan.")]
    title: Annotated[str, Term("名称", "Title of the other plan.")]
    plan: Annotated[
        PlanId | None, Term("計画ID", "Its id, where it is kept here as well.")
    ] = None
    period: Annotated[PlanPeriod | None, Term("期間", "Its period.")] = None
    agreed_on: Annotated[
        dt.date | None, Term("策定・同意日", "When it was made or agreed.")
    ] = None


@frozen(kw_only=True)
class Attachment:
    """A document kept elsewhere, with a hash that tells whether it changed."""

    id: Annotated[PartId, Term("添付ID", "Unique in the plan.")]
    title: Annotated[str, Term("名称", "Title of the document.")]
    url: Annotated[str | None, Term("所在", "Where it can be read.")] = None
    sha256: Annotated[
        str | None, Term("ハッシュ", "SHA-256 of the file, in hexadecimal.")
    ] = None
    updated_on: Annotated[
        dt.date | None, Term("最終更新日", "When the source was last updated.")
    ] = None
    retrieved_on: Annotated[
        dt.date | None, Term("取得日", "When it was read for the plan.")
    ] = None


@frozen(kw_only=True)
class Consultation:
    """How those concerned were asked (アンケート調査・ヒアリング調査)."""

    id: Annotated[PartId, Term("意見聴取ID", "Unique in the plan.")]
    kind: Annotated[Key, Term("方法", "Such as `survey`, `hearing`, `data`.")]
    text: Annotated[str | None, Term("内容", "Who was asked what.")] = None
    asked: Annotated[int | None, Term("対象数", "How many were asked.")] = None
    answered: Annotated[int | None, Term("回答数", "How many answered.")] = None
    held_on: Annotated[dt.date | None, Term("実施日", "When it was done.")] = None


@frozen(kw_only=True)
class CausalLink:
    """A step of the outcome chain: what leads to what (ロジックモデル)."""

    id: Annotated[PartId, Term("因果ID", "Unique in the plan.")]
    cause: Annotated[PartId, Term("原因", "Id of a measure, indicator or impact.")]
    effect: Annotated[PartId, Term("結果", "Id of an indicator or impact.")]
    text: Annotated[str | None, Term("説明", "Why the one leads to the other.")] = None

"""Organizations and clusters: who takes part, and what they form together."""

from __future__ import annotations

import re
from typing import Annotated

from attrs import frozen

from .identifiers import AreaCode, Key, PartId
from .terms import Term


@frozen(kw_only=True)
class Organization:
    """A body that takes part in a plan; offices, never persons."""

    id: Annotated[PartId, Term("組織ID", "Unique in the plan.")]
    title: Annotated[str, Term("名称", "Name of the organization.")]
    title_en: Annotated[str | None, Term("名称（英語）", "Name in English.")] = None
    kind: Annotated[
        Key | None, Term("種別", "Kind of organization, such as `university`.")
    ] = None
    roles: Annotated[
        tuple[Key, ...], Term("役割", "Such as `lead`, `regional_core_company`.")
    ] = ()
    corporate_number: Annotated[
        str | None, Term("法人番号", "Thirteen digits, the first a check digit.")
    ] = None
    area: Annotated[AreaCode | None, Term("所在地", "Code of where it sits.")] = None
    partners: Annotated[
        tuple[PartId, ...], Term("連携先", "Ids of organizations it works with.")
    ] = ()


@frozen(kw_only=True)
class Cluster:
    """Firms and bodies of a field concentrated in a place (産業クラスター)."""

    id: Annotated[PartId, Term("クラスターID", "Unique in the plan.")]
    title: Annotated[str, Term("名称", "Name of the cluster.")]
    title_en: Annotated[str | None, Term("名称（英語）", "Name in English.")] = None
    areas: Annotated[tuple[AreaCode, ...], Term("地域", "Codes of where it is.")] = ()
    fields: Annotated[tuple[Key, ...], Term("分野", "Keys of strategic fields.")] = ()
    industries: Annotated[
        tuple[str, ...], Term("産業分類", "Codes of the industrial classification.")
    ] = ()
    members: Annotated[
        tuple[PartId, ...], Term("構成組織", "Ids of organizations in it.")
    ] = ()


@frozen(kw_only=True)
class Cooperation:
    """A form in which bodies work together (連携の形態)."""

    id: Annotated[PartId, Term("連携ID", "Unique in the plan.")]
    form: Annotated[Key, Term("形態", "Such as `agreement`, `commission`, `council`.")]
    partners: Annotated[
        tuple[PartId, ...], Term("相手", "Ids of the organizations.")
    ] = ()
    text: Annotated[str | None, Term("内容", "What they do together.")] = None


def is_corporate_number(text: str) -> bool:
    """Tell whether *text* is thirteen digits of which the first is the check digit.

    `9 - (sum of P(n) Q(n) mod 9)`, n counted from the right of the last twelve digits,
    Q 1 for odd n and 2 for even n (ordinance on corporate numbers).
    """
    if not re.fullmatch("[0-9]{13}", text):
        return False
    digits = [int(d) for d in reversed(text[1:])]
    total = sum(d * (1 + n % 2) for n, d in enumerate(digits))
    return int(text[0]) == 9 - total % 9

"""What a region has and needs: local resources, supply-chain functions, people."""

from __future__ import annotations

from typing import Annotated

from attrs import frozen

from .identifiers import AreaCode, PartId
from .periods import FiscalYear
from .terms import Term, TermEnum


class LocalResourceKind(TermEnum):
    """What sort of local resource it is."""

    SPECIALTY_PRODUCT = (
        "specialty_product",
        "地域の農林水産物・鉱工業品",
        "A product that the region is known for.",
    )
    PRODUCTION_SKILL = (
        "production_skill",
        "特産の鉱工業品の生産技術",
        "A skill of making such a product.",
    )
    TOURISM_RESOURCE = (
        "tourism_resource",
        "観光資源",
        "Culture, scenery, hot springs and others that people visit.",
    )


@frozen(kw_only=True)
class LocalResource:
    """A local resource (地域資源) that an industry grows from."""

    kind: Annotated[
        LocalResourceKind, Term("種類", "Specialty product, skill or tourism resource.")
    ]
    title: Annotated[str, Term("地域資源", "Name of the resource.")]
    title_en: Annotated[str | None, Term("地域資源（英語）", "Name in English.")] = None
    area: Annotated[
        AreaCode | None, Term("所在地", "Code of the local government it belongs to.")
    ] = None
    recognition: Annotated[
        tuple[str, ...], Term("認知の根拠", "Designation, survey or sales.")
    ] = ()


class FunctionStatus(TermEnum):
    """Whether a supply-chain function is in the region."""

    PRESENT = "present", "あり", "The region has it."
    MISSING = "missing", "不足", "The region lacks it."


@frozen(kw_only=True)
class SupplyChainFunction:
    """A function of the supply chain (サプライチェーン上の機能)."""

    id: Annotated[PartId, Term("機能ID", "Unique in the plan.")]
    title: Annotated[str, Term("機能", "Such as heat treatment or plating.")]
    status: Annotated[FunctionStatus, Term("有無", "Present or missing.")]
    firms: Annotated[
        int | None, Term("事業者数", "Firms in the region that do it.")
    ] = None


@frozen(kw_only=True)
class NeededPeople:
    """People that the industry of the region needs (必要な人材)."""

    id: Annotated[PartId, Term("人材ID", "Unique in the plan.")]
    occupation: Annotated[str, Term("職種", "What they do.")]
    number: Annotated[int | None, Term("人数", "How many.")] = None
    by: Annotated[FiscalYear | None, Term("時期", "By which fiscal year.")] = None

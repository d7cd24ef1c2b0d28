"""Sums of investment money: public and private, by prefecture, field and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Annotated

from attrs import frozen

from ..areas import prefecture_of
from ..identifiers import InvestmentId, Yen
from ..investments import Investment, MoneyLine, Sector
from ..paging import MAX_PAGE, PageRequest
from ..readers import ANONYMOUS, Reader
from ..store import ReadUnit, View
from ..terms import Term
from .domain import Domain

UNKNOWN = "unknown"
"""Key of money whose prefecture, field or year is not told."""


@frozen(kw_only=True)
class MoneySum:
    """Money of investments that have something in common; each investment once."""

    key: Annotated[str, Term("キー", "Area code, field key or fiscal year.")]
    title: Annotated[str, Term("名称", "What the key stands for.")]
    public: Annotated[Yen, Term("公的資金", "Public money in yen.")]
    private: Annotated[Yen, Term("民間資金", "Private money in yen.")]
    investments: Annotated[int, Term("投資数", "Investments that tell an amount.")]


@frozen(kw_only=True)
class MoneySums:
    """Money of all investments that plans count on, each once, split in three ways.

    An amount is split by the shares of the sites; what belongs to several fields counts
    in each, so sums by field may add up to more than the total.
    """

    total: Annotated[MoneySum, Term("全体", "All investments.")]
    by_prefecture: Annotated[
        tuple[MoneySum, ...], Term("都道府県別", "By the places of the sites.")
    ]
    by_field: Annotated[
        tuple[MoneySum, ...], Term("戦略分野別", "By strategic field; in each of them.")
    ]
    by_year: Annotated[tuple[MoneySum, ...], Term("年度別", "By fiscal year.")]


Keys = Callable[[Investment, MoneyLine], Iterable[tuple[str, Fraction]]]


def money_sums(
    view: View, unit: ReadUnit, domain: Domain, *, reader: Reader = ANONYMOUS
) -> MoneySums:
    """Return the money of the investments of the plans of *view*.

    An investment that several plans count on is counted once, as the plan has it whose
    id comes first; withheld ones are in no number. Only lines with an amount count: a
    range is no amount.
    """
    told = list(_investments(view, unit, reader).values())
    areas = {str(code): area.name for code, area in domain.reference.areas.items()}
    fields = {str(k): f.title for k, f in domain.reference.strategic_fields.items()}
    return MoneySums(
        total=_sums(told, lambda _, __: [("all", Fraction(1))], {"all": "全国"})[0],
        by_prefecture=_sums(told, _prefectures, areas)[1:],
        by_field=_sums(told, _fields, fields)[1:],
        by_year=_sums(told, _years, {})[1:],
    )


def _investments(
    view: View, unit: ReadUnit, reader: Reader
) -> Mapping[InvestmentId, Investment]:
    """Return each investment once; a batch of plans takes a fixed number of statements."""
    pins: dict[InvestmentId, tuple[str, str]] = {}
    request: PageRequest | None = PageRequest(size=MAX_PAGE)
    while request is not None:
        page = unit.plans(view, request)
        for stored in page.items:
            standing = stored.standing
            for id_, digest in standing.pins.items():
                pins[id_] = min(
                    pins.get(id_, (standing.plan_id, digest)),
                    (standing.plan_id, digest),
                )
        request = (
            PageRequest.of(
                order=request.order,
                descending=request.descending,
                first=MAX_PAGE,
                after=page.cursors[-1],
            )
            if page.has_next
            else None
        )
    found = unit.investments([digest for _, digest in pins.values()])
    seen = {i.id for i in reader.visible(found.values()) if not i.withheld}
    return {
        id_: found[digest]
        for id_, (_, digest) in sorted(pins.items())
        if digest in found and id_ in seen
    }


def _prefectures(
    investment: Investment, _: MoneyLine
) -> Iterator[tuple[str, Fraction]]:
    for site in investment.sites:
        code = site.municipality
        yield prefecture_of(code) if code else UNKNOWN, Fraction(site.share)
    rest = 1 - sum((Fraction(site.share) for site in investment.sites), Fraction())
    if rest > 0:
        yield UNKNOWN, rest


def _fields(investment: Investment, _: MoneyLine) -> Iterator[tuple[str, Fraction]]:
    for key in investment.fields or (UNKNOWN,):
        yield key, Fraction(1)


def _years(_: Investment, line: MoneyLine) -> Iterator[tuple[str, Fraction]]:
    yield str(line.fiscal_year or UNKNOWN), Fraction(1)


def _sums(
    told: Iterable[Investment], keys: Keys, titles: Mapping[str, str]
) -> tuple[MoneySum, ...]:
    """Return the sum of everything, and those of each key in order."""
    money: defaultdict[tuple[str, Sector], Fraction] = defaultdict(Fraction)
    members: defaultdict[str, set[InvestmentId]] = defaultdict(set)
    for investment in told:
        for line in investment.money:
            if line.amount is None:
                continue
            for key, share in keys(investment, line):
                money[key, line.sector] += share * line.amount
                members[key].add(investment.id)
    every = {m for key in members for m in members[key]}

    def one(key: str, ids: int, amounts: Callable[[Sector], Fraction]) -> MoneySum:
        return MoneySum(
            key=key,
            title=titles.get(key, key),
            public=Yen(round(amounts(Sector.PUBLIC))),
            private=Yen(round(amounts(Sector.PRIVATE))),
            investments=ids,
        )

    def total(sector: Sector) -> Fraction:
        return sum((v for (_, s), v in money.items() if s is sector), Fraction())

    return (
        one("all", len(every), total),
        *(
            one(key, len(members[key]), lambda s, key=key: money[key, s])  # type: ignore[misc]
            for key in sorted(members)
        ),
    )

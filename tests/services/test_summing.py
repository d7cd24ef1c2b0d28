"""Money of investments is added up once each, by prefecture, field and year."""

from __future__ import annotations

from typing import Any

import pytest

from clusterplan.core.services.domain import Domain
from clusterplan.core.services.summing import MoneySum, MoneySums, money_sums
from clusterplan.core.storage.sql import SqlStore
from served import WITHHELD
from stores import REGIONAL, STRATEGIC, MakePlanFile, looking, record, save

SHARED: dict[str, Any] = {
    "id": "INV-S",
    "title": "架空の共有投資",
    "owner": {"kind": "prefecture", "code": "430005"},
    "fields": ["ai_semiconductors"],
    "sites": [
        {"municipality": "434043", "share": "0.75"},
        {"municipality": "412015", "share": "0.25"},
    ],
    "money": [
        {
            "fiscal_year": "FY2026",
            "sector": "public",
            "certainty": "planned",
            "amount": "1億円",
        },
        {
            "fiscal_year": "FY2027",
            "sector": "private",
            "certainty": "planned",
            "amount": "3億円",
        },
        {"sector": "private", "certainty": "planned", "at_least": "9億円"},
    ],
}


@pytest.fixture
def sums(store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> MoneySums:
    """Save two plans that count on one investment, and one that is withheld."""
    first = {"/investments": [SHARED, WITHHELD], "/record": record()}
    save(store, domain, plan_file(STRATEGIC, first))
    second = {"/investments": [{"ref": "INV-S"}], "/record": record()}
    save(store, domain, plan_file(REGIONAL, second))
    with store.read() as unit:
        return money_sums(looking(), unit, domain)


def told(found: tuple[MoneySum, ...]) -> dict[str, tuple[int, int, int]]:
    """Return public and private money and the number of investments, by key."""
    return {s.key: (s.public, s.private, s.investments) for s in found}


def test_an_investment_of_two_plans_counts_once(sums: MoneySums) -> None:
    """A range is no amount, and what is withheld is in no number."""
    assert told((sums.total,)) == {"all": (100_000_000, 300_000_000, 1)}


def test_money_is_split_by_the_shares_of_the_sites(sums: MoneySums) -> None:
    """Each prefecture has its share; together they are the whole."""
    assert told(sums.by_prefecture) == {
        "410004": (25_000_000, 75_000_000, 1),
        "430005": (75_000_000, 225_000_000, 1),
    }
    assert [s.title for s in sums.by_prefecture] == ["佐賀県", "熊本県"]


def test_money_is_told_by_field_and_by_year(sums: MoneySums) -> None:
    """Public and private money stay apart."""
    assert told(sums.by_field) == {"ai_semiconductors": (100_000_000, 300_000_000, 1)}
    assert told(sums.by_year) == {
        "FY2026": (100_000_000, 0, 1),
        "FY2027": (0, 300_000_000, 1),
    }

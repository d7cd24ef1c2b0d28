"""Clients ask for public and private money, by prefecture, field and year."""

from __future__ import annotations

from served import OPERATOR, WITHHELD, Served
from stores import STRATEGIC, record

QUERY = """{ investmentSums {
  total { public private investments }
  byPrefecture { key title public private }
  byField { key public private } byYear { key public private } } }"""


def test_sums_agree_with_each_other_and_leave_out_what_is_withheld(
    served: Served,
) -> None:
    """Each year and each prefecture once is the whole; nobody sees withheld money."""
    served.add(STRATEGIC, {"/record": record()}, WITHHELD)
    for token in (None, served.token(OPERATOR)):
        found = served.ask(QUERY, token=token)["investmentSums"]
        total = found["total"]
        assert total["investments"] == 1
        for sector in ("public", "private"):
            assert total[sector] > 0
            for way in ("byYear", "byPrefecture"):
                assert sum(s[sector] for s in found[way]) == total[sector]


def test_drafts_are_in_no_public_sum(served: Served) -> None:
    """Before publication there is nothing to add up."""
    served.add(STRATEGIC)
    found = served.ask(QUERY)["investmentSums"]
    assert found["total"] == {"public": 0, "private": 0, "investments": 0}
    assert found["byYear"] == []

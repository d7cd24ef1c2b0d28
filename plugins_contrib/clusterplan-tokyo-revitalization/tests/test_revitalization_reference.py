"""The codes that the package adds to the reference lists."""

from __future__ import annotations

import pytest

from clusterplan.core.identifiers import Key
from clusterplan.core.reference import ReferenceData, read_reference
from clusterplan.plugins.host import Plugins
from clusterplan_tokyo_revitalization.categories import CATEGORIES

INSTRUMENTS, CATEGORY_LIST = Key("instruments"), Key("measure_categories")


@pytest.fixture(scope="module")
def reference(plugins: Plugins) -> ReferenceData:
    """Return the reference data as they are with the package."""
    return read_reference().extended(plugins.reference_lists)


def test_the_categories_of_the_plan_type_are_in_the_list_of_all(
    reference: ReferenceData, plugins: Plugins
) -> None:
    """They stand behind those of the policy, under the same common headings."""
    listed = reference.lists[CATEGORY_LIST]
    kind = plugins.plan_types["local_revitalization_plan"]
    assert [e.code for e in listed.entries[-7:]] == [c.key for c in kind.categories]
    common = reference.lists[Key("common_categories")]
    assert all(common.find(e.parent or "") for e in listed.entries)
    assert kind.categories == CATEGORIES


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("奨励金", "incentive"),
        ("しょうれい", "incentive"),
        ("ﾄﾗｲｱﾙ発注", "trial_order"),
        ("trial order", "trial_order"),
        ("マッチング", "matching"),
    ],
)
def test_an_instrument_of_the_package_is_found_among_all(
    text: str, code: str, reference: ReferenceData
) -> None:
    """It says that it comes from the outline of the approved plans."""
    found = reference.lists[INSTRUMENTS].search(text)
    assert [entry.code for entry in found] == [code]
    assert (found[0].source or "").startswith("東京都「承認した地域産業活性化計画")


def test_the_package_adds_and_replaces_nothing(reference: ReferenceData) -> None:
    """What clusterplan has itself is as it was, and comes first."""
    before = read_reference().lists
    assert list(reference.lists) == list(before)
    for key, each in reference.lists.items():
        assert each.entries[: before[key].count] == before[key].entries
    added = {k: each.count - before[k].count for k, each in reference.lists.items()}
    assert {k: n for k, n in added.items() if n} == {CATEGORY_LIST: 7, INSTRUMENTS: 5}

"""Every check that there shall be is a rule, or is refused, kept, or known as open."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import clusterplan_tokyo_revitalization as tokyo
from clusterplan.core.invariants import INVARIANTS
from clusterplan.plugins.host import load_plugins
from rule_ids import CHECKS, KEPT, NOT_BUILT

REFUSALS = {invariant.id for invariant in INVARIANTS}
RULES = {rule.id: rule for rule in load_plugins(tokyo, entry_points=False).rules}
OPEN = {i for i in CHECKS if i in NOT_BUILT or i.partition("-")[0] in NOT_BUILT}


def test_every_check_is_in_one_place() -> None:
    """A new rule takes its id away from the list of those that are not built."""
    places = [set(RULES), set(REFUSALS), set(KEPT), OPEN]
    assert set().union(*places) == set(CHECKS)
    assert sum(map(len, places)) == len(CHECKS) == 146


def test_nothing_is_said_to_be_open_that_there_is_not() -> None:
    """Each entry is a check, or the family of some."""
    families = {i.partition("-")[0] for i in CHECKS}
    assert set(NOT_BUILT) <= families | set(CHECKS)


def test_rules_have_the_weight_and_the_moment_that_they_shall_have() -> None:
    """Severity and gate are those of the list."""
    told = {i: (r.severity.value, r.gate.value) for i, r in RULES.items()}
    assert told == {i: CHECKS[i] for i in RULES}


def test_refusals_carry_the_id_of_the_check() -> None:
    """Who is refused can look up why, as with a rule."""
    core = Path(str(resources.files("clusterplan"))) / "core"
    texts = [file.read_text(encoding="utf-8") for file in core.rglob("*.py")]
    missing = {i for i in REFUSALS if not any(f'rule_id="{i}"' in t for t in texts)}
    assert missing == set()

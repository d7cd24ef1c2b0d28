"""Whatever offices do, in whatever order, some things hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import attrs
from hypothesis import HealthCheck, settings
from hypothesis import Phase as Stage
from hypothesis.stateful import run_state_machine_as_test

from clusterplan.core.services.domain import Domain
from clusterplan.plugins.host import Plugins
from lives_drafts import Drafting
from lives_remarks import Remarking
from lives_reports import Reporting
from lives_revisions import Revising
from lives_secrecy import Secrecy
from lives_steps import Stepping
from service_commands import COMMANDS
from stores import REGIONAL

FreshDatabase = Callable[[], str]
HAPPENED = {
    "plan_saved",
    "plan_part_edited",
    "plan_step_taken",
    "plan_signed",
    "plan_corrected",
    "plan_revised",
    "proposal_adopt_taken",
    "proposal_withdraw_taken",
    "comment_settled",
    "revision_signed",
    "revision_prechecked",
    "report_submit_taken",
    "report_send_back_taken",
    "report_accept_taken",
    "waived",
    "sole reporter",
    "SAME_ACTOR",
    "signature lapsed",
    "revision signature lapsed",
    "ID_REUSED",
}
"""Events, and more, that must have been seen at the end."""


class Lives(Stepping, Drafting, Remarking, Revising, Reporting, Secrecy):
    """The offices around two plans, which do what comes to their minds."""


def lived(
    fresh: FreshDatabase, domain: Domain, plugins: Plugins, *, lives: int, steps: int
) -> Counter[str]:
    """Let pairs of plans live, and return what was seen."""
    seen: Counter[str] = Counter()
    regional = attrs.evolve(domain.plan_types[REGIONAL], precheck_on_revision=True)
    types = {**domain.plan_types, REGIONAL: regional}
    domain = attrs.evolve(domain, plan_types=types)
    run_state_machine_as_test(
        lambda: Lives(fresh(), domain, plugins, seen),  # type: ignore[arg-type]
        settings=settings(
            max_examples=lives,
            stateful_step_count=steps,
            derandomize=True,
            print_blob=True,
            phases=[Stage.generate, Stage.shrink],
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return seen


def test_lives_are_consistent_whatever_happens(
    fresh_sqlite: FreshDatabase, domain: Domain, plugins: Plugins
) -> None:
    """Every command takes part: done, refused, crashed, in a dry run, and stale."""
    seen = lived(fresh_sqlite, domain, plugins, lives=18, steps=45)
    done = {f"{command.__name__} done" for command in COMMANDS}
    assert not {what for what in done | HAPPENED if not seen[what]}


def test_lives_are_the_same_on_postgresql(
    fresh_postgresql: FreshDatabase, domain: Domain, plugins: Plugins
) -> None:
    """A few of them: it takes longer there."""
    seen = lived(fresh_postgresql, domain, plugins, lives=5, steps=35)
    assert seen["plan_step_taken"]

"""What was acknowledged is there after a kill."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import writers
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from stores import MakePlanFile, looking, save, shown_ids

_KILLS = 6


def test_no_acknowledged_plan_is_lost_by_a_kill(
    sqlite_store: SqlStore, sqlite_url: str, domain: Domain, plan_file: MakePlanFile
) -> None:
    """After each of several kills every acknowledged plan is there, and all agrees."""
    chance = random.Random(20_261_121)  # noqa: S311
    acknowledged: list[str] = []
    for number in range(_KILLS):
        acknowledged += _killed(sqlite_url, f"run-{number}", chance)
        assert list(sqlite_store.verify()) == []
    found = shown_ids(sqlite_store, looking(domain.today().replace(year=9999)))
    assert len(acknowledged) >= _KILLS
    assert set(acknowledged) <= set(found)
    assert len(found) <= len(acknowledged) + _KILLS
    save(sqlite_store, domain, plan_file(changes={"/investments": []}))
    assert list(sqlite_store.verify()) == []


def _killed(url: str, prefix: str, chance: random.Random) -> list[str]:
    """Run an importing process, kill it in the middle; return what it acknowledged."""
    script = Path(writers.__file__)
    with subprocess.Popen(
        [sys.executable, str(script), url, prefix],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": ":".join(p for p in sys.path if p)},
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(chance.randint(1, 12))]
        try:
            process.wait(chance.uniform(0, 0.05))
        except subprocess.TimeoutExpired:
            process.kill()
        rest, _ = process.communicate()
    assert process.returncode == -signal.SIGKILL
    told = "".join(lines) + rest
    return told[: told.rfind("\n")].split()

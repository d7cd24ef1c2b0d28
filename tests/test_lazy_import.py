"""What is not needed is not imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import clusterplan

HEAVY = ("strawberry", "sqlmodel", "starlette", "sqlalchemy", "alembic", "uvicorn")
SAMPLE = Path(clusterplan.__file__).parent / "samples" / "regional_cluster.yaml"


def imported(code: str) -> set[str]:
    """Return which heavy modules a fresh interpreter has after *code*."""
    end = (
        f"\nimport sys\nsys.stderr.write(' '.join(m for m in {HEAVY} "
        "if m in sys.modules))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code + end], capture_output=True, text=True, check=True
    )
    return set(ended.stderr.split())


@pytest.mark.parametrize(
    "code",
    [
        "import clusterplan",
        "import clusterplan; dir(clusterplan); clusterplan.__version__",
        "import clusterplan; clusterplan.Book, clusterplan.PlanFilter",
        f"import clusterplan as cp; p = cp.load_plan({str(SAMPLE)!r}); cp.dump(p)",
        f"import clusterplan as cp; cp.check(cp.load_plan({str(SAMPLE)!r}))",
    ],
)
def test_plan_files_need_neither_database_nor_web(code: str) -> None:
    """The library imports what a call needs, when it is called."""
    assert imported(code) == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["check", "--help"],
        ["check", str(SAMPLE)],
        ["reference", "list"],
    ],
)
def test_help_and_checks_are_light(arguments: list[str]) -> None:
    """Nobody waits for a database to read a text."""
    code = (
        "from clusterplan.cli import main\n"
        f"try: main({arguments!r})\nexcept SystemExit as e: assert not e.code"
    )
    assert imported(code) == set()


def test_every_public_name_is_there() -> None:
    """And no other."""
    for name in clusterplan.__all__:
        assert getattr(clusterplan, name) is not None
    assert dir(clusterplan) == sorted(clusterplan.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nosuch'"):
        clusterplan.nosuch  # noqa: B018

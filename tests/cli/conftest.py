"""What tests of the command share: ways to run it, and plan files on disk."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from clusterplan.cli import main
from clusterplan.core.documents.writer import dump_plan_file
from commands import Outcome, Run, WriteFile
from stores import STRATEGIC, MakePlanFile


@pytest.fixture(autouse=True)
def here(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Work in a directory of its own, on an empty database."""
    before = dict(os.environ)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLUSTERPLAN_DATABASE", sqlite_url)
    monkeypatch.delenv("CLUSTERPLAN_DEBUG", raising=False)
    monkeypatch.delenv("CLUSTERPLAN_LANG", raising=False)
    yield tmp_path
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the command in this process."""

    def run_here(*arguments: str, lang: str = "en", stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            main(["--lang", lang, *arguments])
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Outcome(ended.value.code, out, err)

    return run_here


@pytest.fixture
def write(here: Path, plan_file: MakePlanFile) -> WriteFile:
    """Return a function that writes a plan file into the working directory."""

    def write_file(
        plan_type: str = STRATEGIC,
        changes: Mapping[str, Any] | None = None,
        name: str = "plan.yaml",
    ) -> str:
        file = plan_file(plan_type, changes)
        (here / name).write_text(dump_plan_file(file, "yaml"), encoding="utf-8")
        return name

    return write_file

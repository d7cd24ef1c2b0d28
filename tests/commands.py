"""The command `clusterplan`, as a process or in this one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any, Protocol

from attrs import frozen


@frozen
class Outcome:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


class Run(Protocol):
    """Runs the command."""

    def __call__(self, *arguments: str, lang: str = ..., stdin: bytes = ...) -> Outcome:
        """Return how it ended."""
        ...


class WriteFile(Protocol):
    """Writes the sample of a plan type with changes by JSON pointer."""

    def __call__(
        self,
        plan_type: str = ...,
        changes: Mapping[str, Any] | None = ...,
        name: str = ...,
    ) -> str:
        """Return the name of the file."""
        ...


def command(*arguments: str) -> list[str]:
    """Return the command line of the command as a process of its own."""
    return [sys.executable, "-m", "clusterplan", *arguments]


def process(
    *arguments: str, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own."""
    ended = subprocess.run(
        command(*arguments),
        input=stdin,
        capture_output=True,
        env=os.environ | environment,
        timeout=60,
        check=False,
    )
    out, err = ended.stdout.decode(), ended.stderr.decode()
    assert "Traceback" not in err
    return subprocess.CompletedProcess(ended.args, ended.returncode, out, err)

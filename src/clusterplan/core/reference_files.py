"""The CSV files of the package `clusterplan.reference`."""

from __future__ import annotations

import csv
import datetime as dt
from importlib import resources


def read_rows(*names: str) -> list[dict[str, str]]:
    """Return the rows of a file, such as `laws` or `lists`, `instruments`."""
    *folders, name = names
    file = resources.files("clusterplan.reference").joinpath(*folders, f"{name}.csv")
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def day(text: str | None) -> dt.date | None:
    """Return the day that *text* names, if it names one."""
    return dt.date.fromisoformat(text) if text else None

"""Texts of the fictional plans, moved to the years in which they are shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import resources
from typing import Any

from ..core.documents.converter import checking_converter, structure
from ..core.documents.loader import load_plan_file
from ..core.documents.source import parse_text
from ..core.files import PlanFile
from ..core.plantypes import PlanType
from ..core.proposals import ProjectProposal

_YEAR = re.compile(r"(?<![0-9.,_-])20[0-9]{2}(?=年|H[12]|-[0-9]{2}-|[,}\s])")


def moved(text: str, years: int) -> str:
    """Return *text* with each year in it so many years later: days, years, halves.

    A year is four digits, with 年 or a fiscal half behind them, or a day, or nothing.
    """
    return _YEAR.sub(lambda match: str(int(match[0]) + years), text)


def read_sample(
    name: str,
    years: int,
    plan_types: Mapping[str, PlanType],
    changes: Mapping[str, str] | None = None,
) -> PlanFile:
    """Return a plan file of the demonstration, moved by *years*.

    Args:
        name: File name without its ending.
        years: How many years later it is shown than it is written for.
        plan_types: The plan types that are loaded.
        changes: Passages of the file, each with what stands there instead.

    Raises:
        ValueError: The file does not have one of the passages, or has it twice.
    """
    text = _text(name)
    for passage, instead in (changes or {}).items():
        if text.count(passage) != 1:
            raise ValueError(f"{name}.yaml does not say once: {passage!r}")
        text = text.replace(passage, instead)
    source = parse_text(moved(text, years), name=f"{name}.yaml")
    return load_plan_file(source, plan_types)


def read_proposals(name: str, years: int) -> tuple[ProjectProposal, ...]:
    """Return the proposals of a file of the demonstration, moved by *years*."""
    source = parse_text(moved(_text(name), years), name=f"{name}.yaml")
    data: Any = source.data
    converter = checking_converter()
    return tuple(
        structure(converter, each, ProjectProposal) for each in data["proposals"]
    )


def _text(name: str) -> str:
    file = resources.files("clusterplan.samples.demonstration") / f"{name}.yaml"
    return file.read_text(encoding="utf-8")

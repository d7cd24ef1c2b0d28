"""What the generated pages have in common: cells, tables and links."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[1]
MADE = "<!-- Made by `make docs`: change what it is made from, not this page. -->\n"
_SPECIAL = re.compile(r"([\\|*<>])")


def cell(text: str) -> str:
    """Return *text* as it stands in a cell of a table."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table; its cells are Markdown already."""
    names = list(head)
    lines = [names, ["---"] * len(names), *map(list, rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def link(label: str, path: Path) -> str:
    """Return a link from a page of `docs/` to a file of the repository."""
    inside = path.resolve().relative_to(ROOT)
    folder, *rest = inside.parts
    steps = rest if folder == "docs" else ["..", *inside.parts]
    return f"[{label}]({'/'.join(steps)})"


def source_of(module: ModuleType) -> Path:
    """Return the file that a module is written in."""
    return Path(inspect.getsourcefile(module) or module.__name__)

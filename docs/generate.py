"""Makes the pages of `docs/` that follow from code and tables.

`python docs/generate.py` writes them; with `--check` it writes nothing and fails where a
page that is committed is not the one that would be written.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

from clusterplan.plugins.host import load_plugins
from requirement_page import Places, requirements_page
from rule_pages import rules_page, settings_page

FOLDER = Path(__file__).parent
_CONTRIBUTED = "clusterplan_tokyo_revitalization"


def pages() -> Mapping[str, str]:
    """Return the text of each page by the name of its file."""
    contributed = _contributed()
    plugins = load_plugins(*filter(None, (contributed,)), entry_points=False)
    return {
        "requirements.md": requirements_page(
            Places(plugins=plugins, contributed=contributed)
        ),
        "rules.md": rules_page(plugins),
        "settings.md": settings_page(),
    }


def stale(made: Mapping[str, str], folder: Path) -> list[str]:
    """Return the names of the pages in *folder* that are not as they are made now."""
    return [name for name, text in made.items() if _read(folder / name) != text]


def write(made: Mapping[str, str], folder: Path) -> None:
    """Write the pages into *folder*."""
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def main(arguments: Sequence[str], folder: Path = FOLDER) -> int:
    """Write the pages, or tell which are not current; return an exit status."""
    made = pages()
    if "--check" not in arguments:
        write(made, folder)
        return 0
    old = stale(made, folder)
    if old:
        sys.stderr.write(f"not current: {', '.join(old)}; look, then 'make docs'\n")
    return 1 if old else 0


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _contributed() -> ModuleType | None:
    found = importlib.util.find_spec(_CONTRIBUTED)
    return importlib.import_module(_CONTRIBUTED) if found else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

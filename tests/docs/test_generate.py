"""The pages of `docs/` that are made from code and tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import generate
from clusterplan.plugins.host import Plugins

DOCS = Path(__file__).parents[2] / "docs"
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
BAR = re.compile(r"(?<!\\)\|")


@pytest.fixture(scope="module")
def made() -> Mapping[str, str]:
    """Return the pages as they would be written."""
    return generate.pages()


def test_every_link_of_a_page_leads_to_a_file(made: Mapping[str, str]) -> None:
    """Pages are read where they lie, in the repository."""
    for name, text in made.items():
        links = set(LINK.findall(text))
        assert {to for to in links if not (DOCS / to).exists()} == set(), name


def test_every_rule_has_its_row(made: Mapping[str, str], plugins: Plugins) -> None:
    """With its place, its reasons in two languages, and an example."""
    page = made["rules.md"]
    for rule in plugins.rules:
        assert page.count(f'<a id="{rule.id.lower()}"></a>') == 1
        assert page.count(f"- **{rule.id}** ") == 1
        assert rule.title in page
    assert "## Rules of contributed packages" in page


def test_a_cell_keeps_its_table_together(made: Mapping[str, str]) -> None:
    """All rows of a table have as many cells as its head."""
    for text in made.values():
        for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
            bars = {len(BAR.findall(row)) for row in block.splitlines()}
            assert len(bars) == 1, block


def test_a_page_that_is_not_current_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing page and a page that was changed by hand."""
    assert generate.main(["--check"], tmp_path) == 1
    assert "requirements.md, rules.md, settings.md" in capsys.readouterr().err
    assert generate.main([], tmp_path) == 0
    assert generate.main(["--check"], tmp_path) == 0
    page = tmp_path / "rules.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert generate.main(["--check"], tmp_path) == 1
    assert capsys.readouterr().err == "not current: rules.md; look, then 'make docs'\n"

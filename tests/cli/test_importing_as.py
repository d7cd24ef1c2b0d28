"""An office saves its own drafts from the command line, and no others."""

from __future__ import annotations

from commands import Run, WriteFile
from stores import REGIONAL


def test_the_lead_saves_its_draft(write: WriteFile, run: Run) -> None:
    """A prefecture saves its B plan; another one may not."""
    name = write(REGIONAL)
    foreign = run("import", name, "--as", "prefecture:430005")
    assert foreign.code == 1
    assert "error NOT_THE_LEAD_BODY" in foreign.err
    assert run("import", name, "--as", "prefecture:150002").code == 0
    assert run("import", name, "--as", "nobody").code == 2

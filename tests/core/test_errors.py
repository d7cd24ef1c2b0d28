"""A refusal says what is wrong, and where."""

from __future__ import annotations

from clusterplan.core.errors import InputError, PlanError, Problem, pointer


def _problem(*path: str | int) -> Problem:
    return Problem(
        reason="BLANK", message_ja="空です", message_en="is blank", path=path
    )


def test_a_pointer_escapes_slashes_and_tildes() -> None:
    """Paths are written as RFC 6901 asks."""
    assert pointer(("a/b", 0, "m~n", "")) == "/a~1b/0/m~0n/"
    assert _problem().pointer == ""
    assert _problem("goal", "vision").pointer == "/goal/vision"


def test_a_refusal_names_every_problem_with_its_place() -> None:
    """The text for people lists all, those of the whole input without a place."""
    error = InputError(_problem("goal"), _problem())
    assert isinstance(error, PlanError)
    assert str(error) == "/goal: is blank; is blank"
    assert [p.reason for p in error.problems] == ["BLANK", "BLANK"]

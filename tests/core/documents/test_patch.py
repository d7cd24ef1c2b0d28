"""Documents are changed by JSON pointer, and the original stays as it was."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from clusterplan.core.documents.patch import changed

DATA: dict[str, Any] = {
    "a": {"b": [{"c": "1"}, {"c": "2"}]},
    "x/y~z": "3",
    "2026": {"0": "4"},
}


@pytest.mark.parametrize(
    ("pointer", "value", "expected"),
    [
        ("/a/b/1/c", "9", {"a": {"b": [{"c": "1"}, {"c": "9"}]}}),
        ("/a/b/0", "9", {"a": {"b": ["9", {"c": "2"}]}}),
        ("/a/b/-", "9", {"a": {"b": [*DATA["a"]["b"], "9"]}}),
        ("/a/b/0", None, {"a": {"b": [{"c": "2"}]}}),
        ("/a/b/0/c", None, {"a": {"b": [{}, {"c": "2"}]}}),
        ("/a/new", [], {"a": {"b": DATA["a"]["b"], "new": []}}),
        ("/x~1y~0z", "9", {"x/y~z": "9"}),
        ("/2026/0", "9", {"2026": {"0": "9"}}),
        ("/", "9", {"": "9"}),
    ],
)
def test_a_pointer_names_what_changes(
    pointer: str, value: object, expected: dict[str, Any]
) -> None:
    """Steps lead through mappings by key and lists by position; nothing takes away."""
    before = copy.deepcopy(DATA)
    assert changed(DATA, {pointer: value}) == DATA | expected
    assert before == DATA


def test_changes_share_nothing_with_what_they_are_made_of() -> None:
    """The result may be changed again without harm."""
    part: list[str] = []
    result = changed(DATA, {"/a/b": part})
    result["a"]["b"].append("x")
    result["2026"]["0"] = "x"
    assert part == []
    assert DATA["2026"] == {"0": "4"}


@pytest.mark.parametrize("pointer", ["/no/c", "/a/b/7", "/a/b/7/c", "/no"])
def test_a_pointer_to_nothing_is_an_error(pointer: str) -> None:
    """An example that changes what is not there is wrong itself."""
    with pytest.raises(LookupError):
        changed(DATA, {pointer: None})

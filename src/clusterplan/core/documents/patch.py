"""Changes to plain documents by JSON pointer, for examples of rules."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any


def changed(data: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return *data* with the values at JSON pointers replaced; `None` takes one away.

    `-` stands for the end of a list, where a value is added.

    Raises:
        LookupError: If a pointer leads through something that is not there, or what
            shall be taken away is not there.
    """
    result = copy.deepcopy(dict(data))
    for pointer, value in changes.items():
        *steps, last = pointer.removeprefix("/").split("/")
        place: Any = result
        for step in steps:
            place = place[_key(place, step)]
        if isinstance(place, list) and last == "-":
            place.append(copy.deepcopy(value))
        elif value is None:
            place.pop(_key(place, last))
        else:
            place[_key(place, last)] = copy.deepcopy(value)
    return result


def _key(place: Any, step: str) -> str | int:
    if isinstance(place, list):
        return int(step)
    return step.replace("~1", "/").replace("~0", "~")

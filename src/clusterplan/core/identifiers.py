"""Identifiers and other texts with a form of their own.

They are plain strings at run time; the names tell the loader which form to ask for and
the API which scalar to publish.
"""

from __future__ import annotations

import re
from typing import NewType

PlanId = NewType("PlanId", str)
"""Id of a plan; lives through all editions and is never used again."""
PartId = NewType("PartId", str)
"""Id of a part of a plan (measure, indicator, challenge, venue ...), unique in it."""
InvestmentId = NewType("InvestmentId", str)
"""Id of an investment project, unique over all plans."""
Key = NewType("Key", str)
"""Key of an open set (plan type, category, field): `[a-z][a-z0-9_]*`."""
AreaCode = NewType("AreaCode", str)
"""Code of a local government: six digits, the last a check digit (JIS X 0401/0402)."""
Yen = NewType("Yen", int)
"""An amount of money in whole Japanese yen."""
DeadlineText = NewType("DeadlineText", str)
"""Words for a deadline: anything but a day that the calendar does not have."""

ID_PATTERN = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
KEY_PATTERN = r"[a-z][a-z0-9_]{0,63}"
_ID = re.compile(ID_PATTERN)
_KEY = re.compile(KEY_PATTERN)


def is_id(text: str) -> bool:
    """Tell whether *text* has the form of an id."""
    return _ID.fullmatch(text) is not None


def is_key(text: str) -> bool:
    """Tell whether *text* has the form of a key."""
    return _KEY.fullmatch(text) is not None

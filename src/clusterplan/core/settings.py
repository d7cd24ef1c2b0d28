"""Settings that the policy text leaves open, with documented defaults.

None of these figures is policy: the text names no number, and each can be changed.
"""

from __future__ import annotations

from attrs import frozen


@frozen(kw_only=True)
class CheckSettings:
    """What rules read from one place.

    Attributes:
        indefinite_words: Words that put a deadline off instead of naming one.
    """

    indefinite_words: tuple[str, ...] = (
        "早期",
        "速やかに",
        "順次",
        "未定",
        "検討中",
        "別途",
    )

"""Plan files that a plugin ships."""

from __future__ import annotations

from attrs import frozen


@frozen(kw_only=True)
class Sample:
    """A plan file as text.

    Attributes:
        name: File name, such as `adachi.yaml`.
        text: The file.
    """

    name: str
    text: str

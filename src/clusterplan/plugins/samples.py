"""Plan files that a plugin ships."""

from __future__ import annotations

from attrs import field, frozen
from attrs.validators import instance_of


@frozen(kw_only=True)
class Sample:
    """A plan file as text.

    Attributes:
        name: File name, such as `adachi.yaml`.
        text: The file.
    """

    name: str = field(validator=instance_of(str))
    text: str = field(validator=instance_of(str))

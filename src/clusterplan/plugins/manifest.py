"""What a plugin says about itself."""

from __future__ import annotations

from typing import Annotated

from attrs import define, field, frozen
from attrs.validators import instance_of

from ..core.terms import Term, TermEnum

API_VERSION = "1.0"
"""Version of the plugin interface; a plugin names the versions it works with."""


@frozen(kw_only=True)
class Manifest:
    """The attribute `CLUSTERPLAN` of a plugin module.

    Attributes:
        api: Versions of the plugin interface it works with, such as `~=1.0`.
        order: Smaller answers first, after the built-ins; ties are ordered by name.
    """

    api: str = field(validator=instance_of(str))
    order: int = field(default=0, validator=instance_of(int))


class PluginState(TermEnum):
    """What became of a plugin when it was loaded."""

    ACTIVE = "active", "有効", "It works."
    BLOCKED = "blocked", "停止", "It is switched off."
    FAILED = "failed", "失敗", "It could not be loaded."
    INCOMPATIBLE = "incompatible", "非互換", "It is written for another interface."


@define(kw_only=True)
class PluginInfo:
    """A plugin as the host sees it; counts go up while it is used.

    Attributes:
        reason: Why it is not active, or what of its last answer was refused.
        errors: Answers that were lost, because it raised or answered wrongly.
    """

    name: Annotated[str, Term("プラグイン名", "Name of its entry point or module.")]
    distribution: Annotated[str, Term("配布物", "Package it was installed with.")]
    version: Annotated[str, Term("版", "Version of that package.")]
    state: Annotated[PluginState, Term("状態", "What became of it when loaded.")] = (
        PluginState.ACTIVE
    )
    reason: Annotated[
        str, Term("理由", "Why it is not active, or what failed last.")
    ] = ""
    hooks: Annotated[tuple[str, ...], Term("フック", "Hooks it implements.")] = ()
    errors: Annotated[int, Term("失敗", "Answers that were lost.")] = 0

"""A plugin that needs a package which is not there."""

from __future__ import annotations

import no_such_package  # type: ignore[import-not-found] # noqa: F401

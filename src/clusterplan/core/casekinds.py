"""The kinds of case that there are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .cases import CaseKind
from .proposals import PROPOSAL

CASE_KINDS: Mapping[str, CaseKind] = MappingProxyType(
    {str(kind.key): kind for kind in (PROPOSAL,)}
)
"""Every kind of case, by its key."""

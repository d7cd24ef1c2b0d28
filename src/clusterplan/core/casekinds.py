"""The kinds of case that there are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .cases import CaseKind
from .comments import COMMENT
from .proposals import PROPOSAL
from .reports import REPORT
from .revisions import REVISION

CASE_KINDS: Mapping[str, CaseKind] = MappingProxyType(
    {str(kind.key): kind for kind in (PROPOSAL, COMMENT, REPORT, REVISION)}
)
"""Every kind of case, by its key."""

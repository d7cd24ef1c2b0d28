"""Every command that changes something, as a mutation."""

from __future__ import annotations

from .editing_commands import EDITING_MUTATIONS
from .plan_commands import PLAN_MUTATIONS
from .proposal_commands import PROPOSAL_MUTATIONS
from .report_commands import REPORT_MUTATIONS
from .revision_commands import REVISION_MUTATIONS

MUTATIONS = (
    *PLAN_MUTATIONS,
    *EDITING_MUTATIONS,
    *PROPOSAL_MUTATIONS,
    *REPORT_MUTATIONS,
    *REVISION_MUTATIONS,
)
"""The fields of Mutation, in order."""

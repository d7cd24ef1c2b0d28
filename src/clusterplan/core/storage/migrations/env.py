"""Alembic's environment: runs migrations on the connection it is given."""

from __future__ import annotations

from alembic import context

from clusterplan.core.storage.migrate import VERSION_TABLE
from clusterplan.core.storage.tables import Base


def _own(name: str | None, kind: str, _: object) -> bool:
    return kind != "table" or (name or "").startswith("cp_")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    compare_type=True,
    include_name=_own,
)
context.run_migrations()

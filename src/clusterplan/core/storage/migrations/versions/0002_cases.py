"""Cases beside plans; what was approved, and who still has to sign."""

import datetime as dt
import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cp_case",
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("owner_kind", sa.String(length=64), nullable=False),
        sa.Column("owner_code", sa.String(length=64), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("grade", sa.String(length=32), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["digest"],
            ["cp_document.digest"],
            name=op.f("fk_cp_case_digest_cp_document"),
        ),
        sa.PrimaryKeyConstraint(
            "plan_id", "kind", "id", "version", name=op.f("pk_cp_case")
        ),
    )
    op.create_table(
        "cp_request",
        sa.Column("actor_kind", sa.String(length=64), nullable=False),
        sa.Column("actor_code", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sequence"],
            ["cp_event.sequence"],
            name=op.f("fk_cp_request_sequence_cp_event"),
        ),
        sa.PrimaryKeyConstraint(
            "actor_kind", "actor_code", "key", name=op.f("pk_cp_request")
        ),
    )
    with op.batch_alter_table("cp_standing") as batch_op:
        batch_op.add_column(sa.Column("checked", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("awaiting", sa.Text(), nullable=True))
    public: sa.Column[bool] = sa.Column(
        "public", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("cp_event", public)
    for name in ("owner_kind", "owner_code"):
        op.add_column("cp_event", sa.Column(name, sa.String(length=64), nullable=True))
    op.add_column("cp_content", sa.Column("ends_on", sa.Date(), nullable=True))
    _fill_last_days()


def _fill_last_days() -> None:
    """Read the last day of each plan from its text, as saving it does."""
    content = sa.table("cp_content", sa.column("digest"), sa.column("ends_on", sa.Date))
    document = sa.table("cp_document", sa.column("digest"), sa.column("text"))
    texts = sa.select(document.c.digest, document.c.text).where(
        document.c.digest.in_(sa.select(content.c.digest))
    )
    connection = op.get_bind()
    for digest, text in connection.execute(texts).all():
        connection.execute(
            sa.update(content)
            .where(content.c.digest == digest)
            .values(ends_on=_last_day(text))
        )


def _last_day(text: str) -> dt.date | None:
    """Return the last day of the plan in a text; nothing where it tells none."""
    try:
        last = json.loads(text)["period"]["to"]
        if last.startswith("FY"):
            return dt.date(int(last[2:]) + 1, 3, 31)
        return dt.date.fromisoformat(last)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def downgrade() -> None:
    op.drop_column("cp_content", "ends_on")
    for name in ("owner_code", "owner_kind", "public"):
        op.drop_column("cp_event", name)
    with op.batch_alter_table("cp_standing") as batch_op:
        batch_op.drop_column("awaiting")
        batch_op.drop_column("checked")
    op.drop_table("cp_request")
    op.drop_table("cp_case")

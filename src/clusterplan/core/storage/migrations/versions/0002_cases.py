"""Cases beside plans; what was approved, and who still has to sign."""

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


def downgrade() -> None:
    with op.batch_alter_table("cp_standing") as batch_op:
        batch_op.drop_column("awaiting")
        batch_op.drop_column("checked")
    op.drop_table("cp_request")
    op.drop_table("cp_case")

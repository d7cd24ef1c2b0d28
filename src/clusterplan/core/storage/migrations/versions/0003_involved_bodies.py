"""Bodies that may read a text as a draft, in place of its lead body alone."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cp_content_body",
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["content"],
            ["cp_content.key"],
            name=op.f("fk_cp_content_body_content_cp_content"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "content", "position", name=op.f("pk_cp_content_body")
        ),
    )
    op.create_index(
        "ix_cp_content_body_code", "cp_content_body", ["code", "kind"], unique=False
    )
    op.drop_index(op.f("ix_cp_content_lead_code"), table_name="cp_content")
    op.drop_column("cp_content", "lead_code")
    op.drop_column("cp_content", "lead_kind")


def downgrade() -> None:
    for name, type_ in (("lead_kind", sa.String(length=64)), ("lead_code", sa.Text())):
        column: sa.Column[str] = sa.Column(
            name, type_, nullable=False, server_default=""
        )
        op.add_column("cp_content", column)
    _fill_lead_bodies()
    op.create_index(
        op.f("ix_cp_content_lead_code"), "cp_content", ["lead_code"], unique=False
    )
    op.drop_index("ix_cp_content_body_code", table_name="cp_content_body")
    op.drop_table("cp_content_body")


def _fill_lead_bodies() -> None:
    content = sa.table(
        "cp_content", sa.column("key"), sa.column("lead_kind"), sa.column("lead_code")
    )
    body = sa.table("cp_content_body", *map(sa.column, ("content", "position", "leads", "kind", "code")))
    found = sa.select(body).where(body.c.position == 0, body.c.leads.is_(sa.true()))
    connection = op.get_bind()
    for row in connection.execute(found).all():
        connection.execute(
            sa.update(content)
            .where(content.c.key == row.content)
            .values(lead_kind=row.kind, lead_code=row.code)
        )

"""Bodies that may read a text as a draft, in place of its lead body alone."""

import sqlalchemy as sa
from alembic import op

_CONTENT = sa.table(
    "cp_content", sa.column("key"), sa.column("lead_kind"), sa.column("lead_code")
)
_BODY = sa.table(
    "cp_content_body",
    *map(sa.column, ("content", "position", "kind", "code", "role")),
)
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
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["content"],
            ["cp_content.key"],
            name=op.f("fk_cp_content_body_content_cp_content"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("content", "position", name=op.f("pk_cp_content_body")),
    )
    op.create_index(
        "ix_cp_content_body_code", "cp_content_body", ["code", "kind"], unique=False
    )
    _fill_bodies_that_lead()
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


def _fill_bodies_that_lead() -> None:
    """Keep who leads; the others follow from the texts, when these are looked at."""
    told = sa.select(
        _CONTENT.c.key,
        sa.literal(0),
        _CONTENT.c.lead_kind,
        _CONTENT.c.lead_code,
        sa.literal("lead"),
    ).where(_CONTENT.c.lead_kind != "")
    op.execute(sa.insert(_BODY).from_select([c.name for c in _BODY.c], told))


def _fill_lead_bodies() -> None:
    found = sa.select(_BODY).where(_BODY.c.role == "lead")
    connection = op.get_bind()
    for row in connection.execute(found).all():
        connection.execute(
            sa.update(_CONTENT)
            .where(_CONTENT.c.key == row.content)
            .values(lead_kind=row.kind, lead_code=row.code)
        )

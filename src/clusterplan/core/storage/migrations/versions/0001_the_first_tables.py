"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('cp_document',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_cp_document'))
    )
    op.create_table('cp_event',
    sa.Column('sequence', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('kind', sa.String(length=64), nullable=False),
    sa.Column('aggregate', sa.String(length=64), nullable=False),
    sa.Column('aggregate_id', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('actor_kind', sa.String(length=64), nullable=False),
    sa.Column('actor_code', sa.String(length=64), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('payload_digest', sa.String(length=64), nullable=False),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('sequence', name=op.f('pk_cp_event')),
    sa.UniqueConstraint('digest', name=op.f('uq_cp_event_digest'))
    )
    with op.batch_alter_table('cp_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cp_event_aggregate_id'), ['aggregate_id'], unique=False)

    op.create_table('cp_token',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('actor_kind', sa.String(length=64), nullable=False),
    sa.Column('actor_code', sa.String(length=64), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cp_token')),
    sa.UniqueConstraint('digest', name=op.f('uq_cp_token_digest'))
    )
    op.create_table('cp_content',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('pins', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('search', sa.Text(), nullable=False),
    sa.Column('lead_kind', sa.String(length=64), nullable=False),
    sa.Column('lead_code', sa.Text(), nullable=False),
    sa.Column('area', sa.Text(), nullable=False),
    sa.Column('fictional', sa.Boolean(), nullable=False),
    sa.Column('fields', sa.Text(), nullable=False),
    sa.Column('prefectures', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['digest'], ['cp_document.digest'], name=op.f('fk_cp_content_digest_cp_document')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_cp_content'))
    )
    with op.batch_alter_table('cp_content', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cp_content_lead_code'), ['lead_code'], unique=False)

    op.create_table('cp_investment',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('defined_by', sa.String(length=64), nullable=False),
    sa.Column('withheld', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['digest'], ['cp_document.digest'], name=op.f('fk_cp_investment_digest_cp_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cp_investment'))
    )
    op.create_table('cp_payload',
    sa.Column('sequence', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['sequence'], ['cp_event.sequence'], name=op.f('fk_cp_payload_sequence_cp_event')),
    sa.PrimaryKeyConstraint('sequence', name=op.f('pk_cp_payload'))
    )
    op.create_table('cp_plan',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('part_versions', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['digest'], ['cp_document.digest'], name=op.f('fk_cp_plan_digest_cp_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cp_plan'))
    )
    op.create_table('cp_content_area',
    sa.Column('content', sa.String(length=64), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['content'], ['cp_content.key'], name=op.f('fk_cp_content_area_content_cp_content'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('content', 'code', name=op.f('pk_cp_content_area'))
    )
    with op.batch_alter_table('cp_content_area', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cp_content_area_code'), ['code'], unique=False)

    op.create_table('cp_content_field',
    sa.Column('content', sa.String(length=64), nullable=False),
    sa.Column('field', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['content'], ['cp_content.key'], name=op.f('fk_cp_content_field_content_cp_content'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('content', 'field', name=op.f('pk_cp_content_field'))
    )
    with op.batch_alter_table('cp_content_field', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cp_content_field_field'), ['field'], unique=False)

    op.create_table('cp_place',
    sa.Column('content', sa.String(length=64), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('precision', sa.String(length=16), nullable=False),
    sa.Column('area_code', sa.Text(), nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('certainty', sa.String(length=16), nullable=True),
    sa.Column('investment_id', sa.String(length=64), nullable=True),
    sa.Column('withheld', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['content'], ['cp_content.key'], name=op.f('fk_cp_place_content_cp_content'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('content', 'position', name=op.f('pk_cp_place'))
    )
    with op.batch_alter_table('cp_place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cp_place_investment_id'), ['investment_id'], unique=False)

    op.create_table('cp_standing',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.String(length=64), nullable=False),
    sa.Column('plan_type', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('edition', sa.String(length=16), nullable=False),
    sa.Column('state', sa.String(length=64), nullable=False),
    sa.Column('phase', sa.String(length=16), nullable=False),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('basis', sa.String(length=16), nullable=False),
    sa.Column('published_on', sa.String(length=10), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('recorded_from', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_to', sa.DateTime(timezone=True), nullable=True),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('content', sa.String(length=64), nullable=False),
    sa.Column('source', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['content'], ['cp_content.key'], name=op.f('fk_cp_standing_content_cp_content')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_cp_standing'))
    )
    with op.batch_alter_table('cp_standing', schema=None) as batch_op:
        batch_op.create_index('ix_cp_standing_moment', ['recorded_to', 'valid_from', 'valid_to'], unique=False)
        batch_op.create_index('ix_cp_standing_plan', ['plan_id', 'recorded_to', 'valid_from'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('cp_standing', schema=None) as batch_op:
        batch_op.drop_index('ix_cp_standing_plan')
        batch_op.drop_index('ix_cp_standing_moment')

    op.drop_table('cp_standing')
    with op.batch_alter_table('cp_place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cp_place_investment_id'))

    op.drop_table('cp_place')
    with op.batch_alter_table('cp_content_field', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cp_content_field_field'))

    op.drop_table('cp_content_field')
    with op.batch_alter_table('cp_content_area', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cp_content_area_code'))

    op.drop_table('cp_content_area')
    op.drop_table('cp_plan')
    op.drop_table('cp_payload')
    op.drop_table('cp_investment')
    with op.batch_alter_table('cp_content', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cp_content_lead_code'))

    op.drop_table('cp_content')
    op.drop_table('cp_token')
    with op.batch_alter_table('cp_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cp_event_aggregate_id'))

    op.drop_table('cp_event')
    op.drop_table('cp_document')

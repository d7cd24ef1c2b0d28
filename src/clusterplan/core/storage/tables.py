"""Rows: documents by digest, and the columns that queries look at."""

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

_NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(SQLModel):
    """Base of all tables, with metadata of its own: libraries share a process."""

    metadata = sa.MetaData(naming_convention=_NAMING)


class DocumentRow(Base, table=True):
    """A canonical text, kept once, whoever refers to it."""

    __tablename__ = "cp_document"

    digest: str = Field(primary_key=True, max_length=64)
    text: str = Field(sa_type=sa.Text)


class ContentRow(Base, table=True):
    """A text of a plan with its pinned investments, and what it is found by."""

    __tablename__ = "cp_content"

    key: str = Field(primary_key=True, max_length=64)
    digest: str = Field(foreign_key="cp_document.digest", max_length=64)
    pins: str = Field(sa_type=sa.Text)
    title: str = Field(sa_type=sa.Text)
    search: str = Field(sa_type=sa.Text)
    area: str = Field(sa_type=sa.Text)
    fictional: bool
    fields: str = Field(sa_type=sa.Text)
    prefectures: str = Field(sa_type=sa.Text)
    ends_on: dt.date | None = None


class ContentAreaRow(Base, table=True):
    """An area that a plan's region reaches into."""

    __tablename__ = "cp_content_area"

    content: str = Field(
        primary_key=True,
        foreign_key="cp_content.key",
        ondelete="CASCADE",
        max_length=64,
    )
    code: str = Field(primary_key=True, index=True, max_length=64)


class ContentBodyRow(Base, table=True):
    """A body that a plan involves, which may read it as a draft."""

    __tablename__ = "cp_content_body"
    __table_args__ = (sa.Index("ix_cp_content_body_code", "code", "kind"),)

    content: str = Field(
        primary_key=True,
        foreign_key="cp_content.key",
        ondelete="CASCADE",
        max_length=64,
    )
    position: int = Field(primary_key=True)
    kind: str = Field(max_length=64)
    code: str = Field(sa_type=sa.Text)
    role: str = Field(max_length=16)


class ContentFieldRow(Base, table=True):
    """A strategic field of a plan."""

    __tablename__ = "cp_content_field"

    content: str = Field(
        primary_key=True,
        foreign_key="cp_content.key",
        ondelete="CASCADE",
        max_length=64,
    )
    field: str = Field(primary_key=True, index=True, max_length=64)


class PlaceRow(Base, table=True):
    """What a text puts at one place of the map."""

    __tablename__ = "cp_place"

    content: str = Field(
        primary_key=True,
        foreign_key="cp_content.key",
        ondelete="CASCADE",
        max_length=64,
    )
    position: int = Field(primary_key=True)
    id: str = Field(sa_type=sa.Text)
    kind: str = Field(max_length=16)
    title: str = Field(sa_type=sa.Text)
    lon: float | None = None
    lat: float | None = None
    precision: str = Field(max_length=16)
    area_code: str | None = Field(default=None, sa_type=sa.Text)
    amount: int | None = Field(default=None, sa_type=sa.BigInteger)
    certainty: str | None = Field(default=None, max_length=16)
    investment_id: str | None = Field(default=None, max_length=64, index=True)
    withheld: bool


class PlanRow(Base, table=True):
    """The lock of a plan: its version, and the versions of its parts."""

    __tablename__ = "cp_plan"

    id: str = Field(primary_key=True, max_length=64)
    version: int
    digest: str = Field(foreign_key="cp_document.digest", max_length=64)
    part_versions: str = Field(default="{}", sa_type=sa.Text)


class InvestmentRow(Base, table=True):
    """The newest definition of an investment; only it says what is withheld."""

    __tablename__ = "cp_investment"

    id: str = Field(primary_key=True, max_length=64)
    version: int
    digest: str = Field(foreign_key="cp_document.digest", max_length=64)
    defined_by: str = Field(max_length=64)
    withheld: bool = False


class StandingRow(Base, table=True):
    """Where a plan stands, from when to when, as known from when to when."""

    __tablename__ = "cp_standing"
    __table_args__ = (
        sa.Index("ix_cp_standing_plan", "plan_id", "recorded_to", "valid_from"),
        sa.Index("ix_cp_standing_moment", "recorded_to", "valid_from", "valid_to"),
    )

    number: int | None = Field(default=None, primary_key=True)
    plan_id: str = Field(max_length=64)
    plan_type: str = Field(max_length=64)
    version: int
    edition: str = Field(max_length=16)
    state: str = Field(max_length=64)
    phase: str = Field(max_length=16)
    public: bool
    basis: str = Field(max_length=16)
    published_on: str = Field(max_length=10)
    valid_from: dt.date
    valid_to: dt.date | None = None
    recorded_from: dt.datetime
    recorded_to: dt.datetime | None = None
    digest: str = Field(max_length=64)
    content: str = Field(foreign_key="cp_content.key", max_length=64)
    source: str | None = Field(default=None, sa_type=sa.Text)
    checked: str | None = Field(default=None, max_length=64)
    awaiting: str | None = Field(default=None, sa_type=sa.Text)


class CaseRow(Base, table=True):
    """A version of a case beside a plan; rows are added and never changed."""

    __tablename__ = "cp_case"

    plan_id: str = Field(primary_key=True, max_length=64)
    kind: str = Field(primary_key=True, max_length=64)
    id: str = Field(primary_key=True, max_length=64)
    version: int = Field(primary_key=True)
    state: str = Field(max_length=64)
    public: bool
    owner_kind: str = Field(max_length=64)
    owner_code: str = Field(max_length=64)
    on: dt.date
    recorded_at: dt.datetime
    digest: str = Field(foreign_key="cp_document.digest", max_length=64)
    grade: str | None = Field(default=None, max_length=32)
    period_end: dt.date | None = None


class EventRow(Base, table=True):
    """An event of the log."""

    __tablename__ = "cp_event"

    sequence: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str = Field(max_length=64)
    aggregate: str = Field(max_length=64)
    aggregate_id: str = Field(max_length=64, index=True)
    version: int
    actor_kind: str = Field(max_length=64)
    actor_code: str = Field(max_length=64)
    recorded_at: dt.datetime
    payload_digest: str = Field(max_length=64)
    previous: str = Field(max_length=64)
    digest: str = Field(max_length=64, unique=True)
    public: bool = False
    owner_kind: str | None = Field(default=None, max_length=64)
    owner_code: str | None = Field(default=None, max_length=64)


class PayloadRow(Base, table=True):
    """What an event tells; apart from the log, so that it can be erased by itself."""

    __tablename__ = "cp_payload"

    sequence: int = Field(
        primary_key=True,
        foreign_key="cp_event.sequence",
        sa_column_kwargs={"autoincrement": False},
    )
    text: str | None = Field(default=None, sa_type=sa.Text)


class RequestRow(Base, table=True):
    """A request with a key, and the event that it led to."""

    __tablename__ = "cp_request"

    actor_kind: str = Field(primary_key=True, max_length=64)
    actor_code: str = Field(primary_key=True, max_length=64)
    key: str = Field(primary_key=True, max_length=64)
    digest: str = Field(max_length=64)
    sequence: int = Field(foreign_key="cp_event.sequence")
    recorded_at: dt.datetime


class TokenRow(Base, table=True):
    """A token, without its secret."""

    __tablename__ = "cp_token"

    id: str = Field(primary_key=True, max_length=64)
    actor_kind: str = Field(max_length=64)
    actor_code: str = Field(max_length=64)
    note: str = Field(sa_type=sa.Text)
    digest: str = Field(max_length=64, unique=True)
    created_at: dt.datetime
    expires_on: dt.date | None = None
    revoked_at: dt.datetime | None = None

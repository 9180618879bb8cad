"""Watched sources: feeds that are read on a schedule, and the entries that were met in them.

Runs beside the previous release, which does not know them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Two tables of their own."""
    op.create_table(
        "watched_sources",
        sa.Column("key", _KEY, sa.Identity(), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("organisation_key", _KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("read_from", sa.String(16), nullable=False),
        sa.Column("language", sa.String(35)),
        sa.Column("interval_s", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_read_at", sa.DateTime(timezone=True)),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column(
            "failures", sa.Integer(), nullable=False, comment="readings that failed since the last that succeeded"
        ),
        sa.Column("error", sa.Text()),
        sa.Column("held_until", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["organisation_key"], ["organisations.key"], name="fk_watched_sources_organisation_key"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_watched_sources"),
        sa.UniqueConstraint("id", name="uq_watched_sources_id"),
    )
    op.create_index("ix_watched_sources_organisation_key", "watched_sources", ["organisation_key"])
    op.create_index("ix_watched_sources_due", "watched_sources", ["active", "next_read_at"])
    op.create_table(
        "watched_entries",
        sa.Column("key", _KEY, sa.Identity(), nullable=False),
        sa.Column("source_key", _KEY, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, comment="SHA-256 of the id that the feed gives it"),
        sa.Column("url", sa.Text()),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("flagged", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(36)),
        sa.Column("error", sa.Text()),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_key"], ["watched_sources.key"], name="fk_watched_entries_source_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_watched_entries"),
        sa.UniqueConstraint("source_key", "hash", name="uq_watched_entries_source_key_hash"),
    )
    op.create_index("ix_watched_entries_listed", "watched_entries", ["source_key", "listed_at"])


def downgrade() -> None:
    """Nothing is watched any more; documents that were found stay."""
    op.drop_table("watched_entries")
    op.drop_table("watched_sources")

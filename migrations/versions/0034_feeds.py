"""Feeds: addresses with a token of their own, by which feed readers follow flags or a narrative.

Runs beside the previous release, which does not know them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0032"
branch_labels = None
depends_on = None

_BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """A table of its own."""
    op.create_table(
        "feeds",
        sa.Column("key", _BIG_KEY, sa.Identity(), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("organisation_key", _BIG_KEY, nullable=False),
        sa.Column("narrative_key", _BIG_KEY, comment="null: new flags"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False, comment="SHA-256 of the token, which is random"),
        sa.Column("hint", sa.String(16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_feeds"),
        sa.UniqueConstraint("id", name="uq_feeds_id"),
        sa.ForeignKeyConstraint(
            ["organisation_key"], ["organisations.key"], name="fk_feeds_organisation_key_organisations"
        ),
        sa.ForeignKeyConstraint(
            ["narrative_key"], ["narratives.key"], name="fk_feeds_narrative_key_narratives", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_feeds_organisation_key", "feeds", ["organisation_key"])
    op.create_index("ix_feeds_narrative_key", "feeds", ["narrative_key"])


def downgrade() -> None:
    """The addresses of feeds are gone with it."""
    op.drop_table("feeds")

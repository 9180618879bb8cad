"""Indexes that `refrain reindex --to` has put in force, so that every process of an archive searches the same one.

Runs beside the previous release, which neither reads nor writes it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of its own; without a row the settings of each process say which index is in force."""
    op.create_table(
        "index_choices",
        sa.Column("key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(), nullable=False),
        sa.Column("archive_id", sa.String(36), nullable=False, comment="another archive's choice has no force"),
        sa.Column("index_url", sa.Text(), nullable=False),
        sa.Column("embedder", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="of the index, where its engine names it"),
        sa.Column("fingerprint", sa.Text(), nullable=False, comment="of the embedder"),
        sa.Column("dimension", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_index_choices"),
    )


def downgrade() -> None:
    """Afterwards the settings of each process say which index is in force."""
    op.drop_table("index_choices")

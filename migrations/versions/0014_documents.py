"""Articles, beside the checks of their claims.

Runs beside the previous release, which knows nothing of the table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One table."""
    op.create_table(
        "documents",
        sa.Column("key", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_key", _KEY, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False, comment="JSON: the answer as it was given"),
        sa.ForeignKeyConstraint(["organisation_key"], ["organisations.key"], name="fk_documents_organisation_key"),
        sa.PrimaryKeyConstraint("key", name="pk_documents"),
        sa.UniqueConstraint("id", name="uq_documents_id"),
    )
    op.create_index("ix_documents_organisation_key", "documents", ["organisation_key"])


def downgrade() -> None:
    """Takes it away."""
    op.drop_table("documents")

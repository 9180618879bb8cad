"""Articles: who had them checked, and hashes by which the same article is recognised.

Runs beside the previous release, which leaves the columns empty. Articles of before are not recognised.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Four columns that may be empty."""
    op.add_column("documents", sa.Column("text_hash", sa.String(64), comment="of the text, normalised"))
    op.add_column("documents", sa.Column("url_hash", sa.String(64), comment="of the address, normalised"))
    op.add_column("documents", sa.Column("by_id", sa.String(36), comment="who had it checked; null: not known"))
    op.add_column("documents", sa.Column("by_name", sa.Text()))
    op.create_index("ix_documents_text_hash", "documents", ["organisation_key", "text_hash"])
    op.create_index("ix_documents_url_hash", "documents", ["organisation_key", "url_hash"])


def downgrade() -> None:
    """The same article is not recognised any more."""
    op.drop_index("ix_documents_url_hash", "documents")
    op.drop_index("ix_documents_text_hash", "documents")
    with op.batch_alter_table("documents") as table:
        for column in ("by_name", "by_id", "url_hash", "text_hash"):
            table.drop_column(column)

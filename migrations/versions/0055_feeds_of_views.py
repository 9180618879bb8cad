"""Feeds of saved views.

Runs beside the previous release, which shows a feed of a view as one of all new flags.
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column that may be empty; added by hand, for SQLite would write the table anew."""
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE feeds ADD COLUMN view_key {kind}"
        " CONSTRAINT fk_feeds_view_key_flag_views REFERENCES flag_views (key) ON DELETE CASCADE"
    )
    op.create_index("ix_feeds_view_key", "feeds", ["view_key"])


def downgrade() -> None:
    """Feeds of views end."""
    op.execute(sa.text("DELETE FROM feeds WHERE view_key IS NOT NULL"))
    op.drop_index("ix_feeds_view_key", "feeds")
    with op.batch_alter_table("feeds") as table:
        table.drop_column("view_key")

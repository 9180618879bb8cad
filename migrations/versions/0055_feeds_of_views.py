"""Feeds of saved views.

Runs beside the previous release, which shows a feed of a view as one of all new flags.
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """A column that may be empty; no feed is of a view yet."""
    with op.batch_alter_table("feeds") as table:
        table.add_column(sa.Column("view_key", _KEY))
        table.create_foreign_key("fk_feeds_view_key", "flag_views", ["view_key"], ["key"], ondelete="CASCADE")
    op.create_index("ix_feeds_view_key", "feeds", ["view_key"])


def downgrade() -> None:
    """Feeds of views end."""
    op.execute("DELETE FROM feeds WHERE view_key IS NOT NULL")
    op.drop_index("ix_feeds_view_key", "feeds")
    with op.batch_alter_table("feeds") as table:
        table.drop_constraint("fk_feeds_view_key", type_="foreignkey")
        table.drop_column("view_key")

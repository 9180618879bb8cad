"""Formats of webhooks: events for programs as before, or messages for a chat, in a language.

Runs beside the previous release, which sends events to every webhook.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Webhooks that exist receive events."""
    op.add_column("webhooks", sa.Column("format", sa.String(16), nullable=False, server_default="cloudevents"))
    op.add_column("webhooks", sa.Column("language", sa.String(35), comment="of chat messages; null: the default one"))


def downgrade() -> None:
    """Webhooks of chats receive events again, which they do not understand."""
    op.drop_column("webhooks", "language")
    op.drop_column("webhooks", "format")

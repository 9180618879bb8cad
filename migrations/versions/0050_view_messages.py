"""Messages of saved views: alerts and digests through webhooks, and the flags that were alerted.

Runs beside the previous release, which does not know them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Two tables of their own."""
    op.create_table(
        "view_messages",
        sa.Column("key", _KEY, sa.Identity(), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("organisation_key", _KEY, nullable=False),
        sa.Column("view_key", _KEY, nullable=False),
        sa.Column("webhook_key", _KEY, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False, comment="0 is Monday"),
        sa.Column("time_zone", sa.String(64), nullable=False),
        sa.Column("send_empty", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.String(36), nullable=False, comment="of the account; without it nothing is sent"),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["organisation_key"], ["organisations.key"], name="fk_view_messages_organisation_key"),
        sa.ForeignKeyConstraint(["view_key"], ["flag_views.key"], name="fk_view_messages_view_key", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["webhook_key"], ["webhooks.key"], name="fk_view_messages_webhook_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_view_messages"),
        sa.UniqueConstraint("id", name="uq_view_messages_id"),
        sa.UniqueConstraint("view_key", "webhook_key", "kind", name="uq_view_messages_view_key_webhook_key_kind"),
    )
    op.create_index("ix_view_messages_organisation_key", "view_messages", ["organisation_key"])
    op.create_index("ix_view_messages_webhook_key", "view_messages", ["webhook_key"])
    op.create_table(
        "view_alerts",
        sa.Column("message_key", _KEY, nullable=False),
        sa.Column("check_key", _KEY, nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_key"], ["view_messages.key"], name="fk_view_alerts_message_key", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["check_key"], ["flags.check_key"], name="fk_view_alerts_check_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message_key", "check_key", name="pk_view_alerts"),
    )
    op.create_index("ix_view_alerts_check_key", "view_alerts", ["check_key"])


def downgrade() -> None:
    """Views send nothing any more."""
    op.drop_table("view_alerts")
    op.drop_table("view_messages")

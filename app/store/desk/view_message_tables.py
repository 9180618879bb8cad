"""The tables of the messages of saved views, under the rules of `app/store/tables.py`."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from app.store.tables import _key, _moment, _public_id, metadata

view_messages = Table(
    "view_messages",
    metadata,
    _key(),
    _public_id(),
    Column("organisation_key", ForeignKey("organisations.key"), nullable=False, index=True),
    Column("view_key", ForeignKey("flag_views.key", ondelete="CASCADE"), nullable=False),
    Column("webhook_key", ForeignKey("webhooks.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("hour", Integer, nullable=False),
    Column("weekday", Integer, nullable=False, comment="0 is Monday"),
    Column("time_zone", String(64), nullable=False),
    Column("send_empty", Boolean, nullable=False),
    Column("by_id", String(36), nullable=False, comment="of the account; without it nothing is sent"),
    Column("by_name", Text, nullable=False),
    _moment("created_at"),
    _moment("done_until"),
    _moment("next_at", nullable=True),
    UniqueConstraint("view_key", "webhook_key", "kind"),
)

view_alerts = Table(
    "view_alerts",
    metadata,
    Column("message_key", ForeignKey("view_messages.key", ondelete="CASCADE"), primary_key=True),
    Column("check_key", ForeignKey("flags.check_key", ondelete="CASCADE"), primary_key=True, index=True),
    _moment("sent_at"),
)

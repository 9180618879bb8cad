"""The table of feeds, under the rules of `app/store/tables.py`. A feed ends with its view."""

from sqlalchemy import Column, ForeignKey, String, Table, Text

from app.store.tables import _key, _moment, _public_id, metadata

feeds = Table(
    "feeds",
    metadata,
    _key(),
    _public_id(),
    Column("organisation_key", ForeignKey("organisations.key"), nullable=False, index=True),
    Column("narrative_key", ForeignKey("narratives.key", ondelete="CASCADE"), index=True, comment="null: new flags"),
    Column("view_key", ForeignKey("flag_views.key", ondelete="CASCADE"), index=True),
    Column("name", Text, nullable=False),
    Column("token_hash", String(64), nullable=False, comment="SHA-256 of the token, which is random"),
    Column("hint", String(16), nullable=False),
    _moment("created_at"),
)

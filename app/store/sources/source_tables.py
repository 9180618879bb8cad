"""Tables of watched sources and of the entries that were met in them."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from app.store.tables import _key, _moment, _public_id, metadata

watched_sources = Table(
    "watched_sources",
    metadata,
    _key(),
    _public_id(),
    Column("organisation_key", ForeignKey("organisations.key"), nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("read_from", String(16), nullable=False),
    Column("language", String(35)),
    Column("interval_s", Integer, nullable=False),
    Column("active", Boolean, nullable=False),
    _moment("created_at"),
    _moment("updated_at"),
    _moment("next_read_at"),
    _moment("last_read_at", nullable=True),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("failures", Integer, nullable=False, comment="readings that failed since the last that succeeded"),
    Column("error", Text),
    _moment("held_until", nullable=True),
    Index("ix_watched_sources_due", "active", "next_read_at"),
)

watched_entries = Table(
    "watched_entries",
    metadata,
    _key(),
    Column("source_key", ForeignKey("watched_sources.key", ondelete="CASCADE"), nullable=False),
    Column("hash", String(64), nullable=False, comment="SHA-256 of the id that the feed gives it"),
    Column("url", Text),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("flagged", Integer, nullable=False),
    Column("document_id", String(36)),
    Column("error", Text),
    _moment("seen_at"),
    _moment("listed_at"),
    UniqueConstraint("source_key", "hash"),
    Index("ix_watched_entries_listed", "source_key", "listed_at"),
)

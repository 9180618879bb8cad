"""The tables of work on narratives, under the rules of `app/store/tables.py`."""

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint

from app.store.tables import _key, _moment, _public_id, metadata

merged_narratives = Table(
    "merged_narratives",
    metadata,
    Column("narrative_key", ForeignKey("narratives.key", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column(
        "into_key",
        ForeignKey("narratives.key", ondelete="CASCADE"),
        nullable=False,
        index=True,
        comment="where its names lead; never a merged one",
    ),
)

narrative_changes = Table(
    "narrative_changes",
    metadata,
    _key(),
    _public_id(),
    Column("kind", String(16), nullable=False, comment="edited, merged, split or moved"),
    Column("narrative_key", ForeignKey("narratives.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("other_key", ForeignKey("narratives.key", ondelete="CASCADE"), index=True, comment="what it went to"),
    _moment("at"),
    Column("by_id", String(36), comment="of the key or account; null: not known"),
    Column("by_name", Text),
    Column("detail", JSON, nullable=False, comment="what undoing needs: values before and after, keys of what moved"),
    _moment("undone_at", nullable=True),
    Column("undone_by_id", String(36)),
    Column("undone_by_name", Text),
)

followed_narratives = Table(
    "followed_narratives",
    metadata,
    Column("account_key", ForeignKey("accounts.key", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("narrative_key", ForeignKey("narratives.key", ondelete="CASCADE"), primary_key=True, index=True),
    _moment("followed_at"),
    _moment("looked_at"),
    Column("looked_sequence", BigInteger, nullable=False, comment="the archive's at that moment"),
    _moment("alerted_at"),
    Column("alerted_sequence", BigInteger, nullable=False, comment="the archive's at that moment"),
)

narrative_warnings = Table(
    "narrative_warnings",
    metadata,
    _key(),
    _public_id(),
    Column("narrative_key", ForeignKey("narratives.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("rule", String(16), nullable=False),
    Column("subject", Text, nullable=False, comment="what it is about; with rule and narrative it is raised once"),
    Column("evidence", JSON, nullable=False, comment="dates and counts by which the rule was met"),
    _moment("raised_at"),
    Column(
        "organisation_key",
        ForeignKey("organisations.key"),
        index=True,
        comment="whose private statements it counts; null: nobody's",
    ),
    UniqueConstraint("narrative_key", "rule", "subject"),
    Index("ix_narrative_warnings_raised_at", "raised_at"),
)

warning_decisions = Table(
    "warning_decisions",
    metadata,
    Column("warning_key", ForeignKey("narrative_warnings.key", ondelete="CASCADE"), primary_key=True),
    Column("organisation_key", ForeignKey("organisations.key"), primary_key=True),
    Column("decision", String(16), nullable=False, comment="acknowledged or dismissed"),
    _moment("at"),
    Column("by_id", String(36)),
    Column("by_name", Text),
)

sweeps = Table(
    "sweeps",
    metadata,
    Column("name", String(32), primary_key=True),
    _moment("done_at"),
)

narrative_tags = Table(
    "narrative_tags",
    metadata,
    Column("organisation_key", ForeignKey("organisations.key"), primary_key=True, autoincrement=False),
    Column("narrative_key", ForeignKey("narratives.key", ondelete="CASCADE"), primary_key=True, index=True),
    Column("tag", String(50), primary_key=True),
)

"""Tables of suggested narratives, with the scored pairs they are made of; and of runs in the background."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from app.store.tables import _key, _moment, _owner, _public_id, metadata

paired_statements = Table(
    "paired_statements",
    metadata,
    Column("statement_key", ForeignKey("statements.key", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("version", String(64), nullable=False, comment="of encoder and scoring"),
    Column("sequence", BigInteger, nullable=False, comment="the statement's when it was scored"),
)

statement_pairs = Table(
    "statement_pairs",
    metadata,
    Column("first_key", ForeignKey("statements.key", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("second_key", ForeignKey("statements.key", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("forward", Double, comment="score of the second as a candidate of the first"),
    Column("backward", Double, comment="score of the first as a candidate of the second"),
    Index("ix_statement_pairs_second_key", "second_key"),
)

suggestions = Table(
    "suggestions",
    metadata,
    _key(),
    _public_id(),
    _owner(),
    Column("state", String(16), nullable=False),
    Column("strength", Double, nullable=False),
    Column("phrases", JSON, nullable=False, comment="what members have in common: text, and how many have it"),
    Column("compared", Integer, nullable=False),
    _moment("created_at"),
    Column("narrative_key", ForeignKey("narratives.key", ondelete="SET NULL"), index=True),
    Column("narrative_made", Boolean, nullable=False),
    Index("ix_suggestions_state", "state"),
)

suggestion_members = Table(
    "suggestion_members",
    metadata,
    Column("suggestion_key", ForeignKey("suggestions.key", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("statement_key", ForeignKey("statements.key", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("place", Integer, nullable=False, comment="0: the most central"),
    Column("filed", Boolean, nullable=False, comment="filed under the narrative when it was accepted"),
    Index("ix_suggestion_members_statement_key", "statement_key"),
)

suggestion_refusals = Table(
    "suggestion_refusals",
    metadata,
    _key(),
    _public_id(),
    Column("organisation_key", ForeignKey("organisations.key"), nullable=False, index=True),
    Column("members", JSON, nullable=False, comment="keys of the statements"),
    _moment("refused_at"),
)

background_runs = Table(
    "background_runs",
    metadata,
    Column("kind", String(16), primary_key=True),
    _moment("requested_at", nullable=True),
    _moment("started_at", nullable=True),
    _moment("finished_at", nullable=True),
    _moment("held_until", nullable=True),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("sequence", BigInteger, nullable=False, comment="the archive's when the last run began"),
    Column("version", String(64), nullable=False, comment="of encoder and scoring in the last run"),
    Column("error", Text),
)

"""The tables of proposed changes, and of withdrawals of what an organisation contributed."""

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, String, Table, Text

from app.store.tables import _key, _moment, _public_id, metadata

proposals = Table(
    "proposals",
    metadata,
    _key(),
    _public_id(),
    Column("organisation_key", ForeignKey("organisations.key"), nullable=False, comment="who proposes it"),
    Column("by_id", String(36), nullable=False),
    Column("by_name", Text, nullable=False),
    _moment("created_at"),
    Column("statement_key", ForeignKey("statements.key", ondelete="CASCADE"), index=True),
    Column("narrative_key", ForeignKey("narratives.key", ondelete="CASCADE"), index=True),
    Column("finding_key", ForeignKey("findings.key", ondelete="CASCADE"), index=True),
    Column("contributor_key", ForeignKey("organisations.key"), index=True, comment="who decides, beside the operator"),
    Column("changes", JSON, nullable=False, comment="as the body of a PATCH; withdrawn: true takes a finding back"),
    Column("reason", Text),
    Column("state", String(16), nullable=False, comment="open, accepted or refused"),
    _moment("decided_at", nullable=True),
    Column("decided_by_id", String(36)),
    Column("decided_by_name", Text),
    Column("decision_reason", Text),
    Index("ix_proposals_state", "state", "key"),
    CheckConstraint(
        "(CASE WHEN statement_key IS NULL THEN 0 ELSE 1 END + CASE WHEN narrative_key IS NULL THEN 0 ELSE 1 END"
        " + CASE WHEN finding_key IS NULL THEN 0 ELSE 1 END) = 1",
        name="about_one",
    ),
)

contribution_withdrawals = Table(
    "contribution_withdrawals",
    metadata,
    _key(),
    _public_id(),
    Column("organisation_key", ForeignKey("organisations.key"), nullable=False, index=True, comment="whose"),
    _moment("at"),
    _moment("since", nullable=True),
    Column("reason", Text),
    Column("by_id", String(36), comment="null: the command line"),
    Column("by_name", Text),
    _moment("restored_at", nullable=True),
)

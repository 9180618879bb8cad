"""Earlier knowledge: revisions of statements, links that ended, findings taken back, outcomes of predictions.

Runs beside the previous release, which takes no notice: a finding that it takes back is deleted, and one that was taken
back it shows.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _of_statement(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["statement_key"], ["statements.key"], name=f"fk_{table}_statement_key", ondelete="CASCADE"
    )


def upgrade() -> None:
    """New tables, and columns that may be empty."""
    op.create_table(
        "statement_revisions",
        sa.Column("key", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("statement_key", _KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("by_id", sa.String(length=36), nullable=True, comment="of the key; null: not known"),
        sa.Column("by_name", sa.Text(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False, comment="what changed, as it was before"),
        sa.Column("searched", sa.Boolean(), nullable=False, comment="whether a search finds otherwise since"),
        _of_statement("statement_revisions"),
        sa.PrimaryKeyConstraint("key", name="pk_statement_revisions"),
    )
    op.create_index("ix_statement_revisions_statement_key", "statement_revisions", ["statement_key"])
    op.create_index("ix_statement_revisions_searched_at", "statement_revisions", ["searched", "at"])
    op.create_table(
        "former_readings",
        sa.Column("revision_key", _KEY, nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False, comment="float32, little endian, of the text before"),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_key"], ["statement_revisions.key"], name="fk_former_readings_revision_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("revision_key", "fingerprint", name="pk_former_readings"),
    )
    op.create_table(
        "former_links",
        sa.Column("key", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("statement_key", _KEY, nullable=False),
        sa.Column("narrative_key", _KEY, nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        _of_statement("former_links"),
        sa.ForeignKeyConstraint(
            ["narrative_key"], ["narratives.key"], name="fk_former_links_narrative_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_former_links"),
    )
    op.create_index("ix_former_links_statement_key", "former_links", ["statement_key"])
    op.create_index("ix_former_links_narrative_key", "former_links", ["narrative_key"])
    op.create_index("ix_statements_withdrawn_at", "statements", ["withdrawn_at"])
    op.add_column("findings", sa.Column("outcome", sa.String(16), comment="of what the statement predicted"))
    op.add_column("findings", sa.Column("outcome_url", sa.Text))
    op.add_column("findings", sa.Column("removed_at", sa.DateTime(timezone=True), comment="when it was taken back"))


def downgrade() -> None:
    """Findings that were taken back go for good, and with them what was known before."""
    op.execute("DELETE FROM findings WHERE removed_at IS NOT NULL")
    for column in ("removed_at", "outcome_url", "outcome"):
        op.drop_column("findings", column)
    op.drop_index("ix_statements_withdrawn_at", "statements")
    for table in ("former_links", "former_readings", "statement_revisions"):
        op.drop_table(table)

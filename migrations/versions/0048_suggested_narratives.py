"""Suggested narratives: scored pairs of statements, groups of them and refusals; and runs in the background.

Runs beside the previous release, which does not know them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _refers(table: str, column: str, to: str, gone: str | None = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.key"], name=f"fk_{table}_{column}", ondelete=gone)


def upgrade() -> None:
    """Six tables of their own."""
    op.create_table(
        "paired_statements",
        sa.Column("statement_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("version", sa.String(64), nullable=False, comment="of encoder and scoring"),
        sa.Column("sequence", sa.BigInteger(), nullable=False, comment="the statement's when it was scored"),
        _refers("paired_statements", "statement_key", "statements"),
        sa.PrimaryKeyConstraint("statement_key", name="pk_paired_statements"),
    )
    op.create_table(
        "statement_pairs",
        sa.Column("first_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("second_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("forward", sa.Double(), comment="score of the second as a candidate of the first"),
        sa.Column("backward", sa.Double(), comment="score of the first as a candidate of the second"),
        _refers("statement_pairs", "first_key", "statements"),
        _refers("statement_pairs", "second_key", "statements"),
        sa.PrimaryKeyConstraint("first_key", "second_key", name="pk_statement_pairs"),
    )
    op.create_index("ix_statement_pairs_second_key", "statement_pairs", ["second_key"])
    op.create_table(
        "suggestions",
        sa.Column("key", _KEY, sa.Identity(), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("organisation_key", _KEY, comment="whose alone it is; null: shared"),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("strength", sa.Double(), nullable=False),
        sa.Column(
            "phrases", sa.JSON(), nullable=False, comment="what members have in common: text, and how many have it"
        ),
        sa.Column("compared", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("narrative_key", _KEY),
        sa.Column("narrative_made", sa.Boolean(), nullable=False),
        _refers("suggestions", "organisation_key", "organisations", None),
        _refers("suggestions", "narrative_key", "narratives", "SET NULL"),
        sa.PrimaryKeyConstraint("key", name="pk_suggestions"),
        sa.UniqueConstraint("id", name="uq_suggestions_id"),
    )
    op.create_index("ix_suggestions_organisation_key", "suggestions", ["organisation_key"])
    op.create_index("ix_suggestions_narrative_key", "suggestions", ["narrative_key"])
    op.create_index("ix_suggestions_state", "suggestions", ["state"])
    op.create_table(
        "suggestion_members",
        sa.Column("suggestion_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("statement_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, comment="0: the most central"),
        sa.Column("filed", sa.Boolean(), nullable=False, comment="filed under the narrative when it was accepted"),
        _refers("suggestion_members", "suggestion_key", "suggestions"),
        _refers("suggestion_members", "statement_key", "statements"),
        sa.PrimaryKeyConstraint("suggestion_key", "statement_key", name="pk_suggestion_members"),
    )
    op.create_index("ix_suggestion_members_statement_key", "suggestion_members", ["statement_key"])
    op.create_table(
        "suggestion_refusals",
        sa.Column("key", _KEY, sa.Identity(), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("organisation_key", _KEY, nullable=False),
        sa.Column("members", sa.JSON(), nullable=False, comment="keys of the statements"),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        _refers("suggestion_refusals", "organisation_key", "organisations", None),
        sa.PrimaryKeyConstraint("key", name="pk_suggestion_refusals"),
        sa.UniqueConstraint("id", name="uq_suggestion_refusals_id"),
    )
    op.create_index("ix_suggestion_refusals_organisation_key", "suggestion_refusals", ["organisation_key"])
    op.create_table(
        "background_runs",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True)),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("held_until", sa.DateTime(timezone=True)),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False, comment="the archive's when the last run began"),
        sa.Column("version", sa.String(64), nullable=False, comment="of encoder and scoring in the last run"),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("kind", name="pk_background_runs"),
    )


def downgrade() -> None:
    """Nothing is suggested any more; narratives that were made of suggestions stay."""
    for table in (
        "background_runs",
        "suggestion_refusals",
        "suggestion_members",
        "suggestions",
        "statement_pairs",
        "paired_statements",
    ):
        op.drop_table(table)

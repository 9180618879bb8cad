"""Contributors of the shared archive: who brought each statement, narrative, finding and counter-example.

Revision 0029 fills the columns in, in a transaction of its own: here tables are locked, there rows are.

Columns are added in plain SQL: SQLite would otherwise copy the table, and dropping the old copy deletes, by cascade,
the rows that point to it. Only `counter_examples`, which is small, is copied there, and its vectors are set aside.
"""

import sqlalchemy as sa
from alembic import op
from alembic.operations.base import BatchOperations

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_CONTRIBUTED = ("statements", "narratives", "findings", "counter_examples")
_SIGNED = ("findings", "counter_examples")
_CONTRIBUTOR = "who brought it; null: the operator, or not known"
_AUTHOR = "of the key or account"
_ADDED = "by our clock; null: not known"
_SHARED = "since when it counts in the checks of every organisation"
_OLD_UNIQUE = "uq_counter_examples_narrative_key_text_hash"
_NEW_UNIQUE = "uq_counter_examples_narrative_key_text_hash_contributor_key"

_ONE_EACH = """
    DELETE FROM counter_examples WHERE key NOT IN (
        SELECT min(key) FROM counter_examples GROUP BY narrative_key, text_hash
    )
"""


def upgrade() -> None:
    """Every column may be empty, so that the previous release can go on writing."""
    dialect = op.get_bind().dialect.name
    key, moment = ("BIGINT", "TIMESTAMP WITH TIME ZONE") if dialect == "postgresql" else ("INTEGER", "DATETIME")
    for table in _CONTRIBUTED:
        reference = f"{key} CONSTRAINT fk_{table}_contributor_key REFERENCES organisations (key)"
        _add(table, "contributor_key", reference, _CONTRIBUTOR)
    for table in _SIGNED:
        _add(table, "added_by_id", "VARCHAR(36)", _AUTHOR)
        _add(table, "added_by_name", "TEXT", None)
    _add("findings", "added_at", moment, _ADDED)
    _add("counter_examples", "shared_at", moment, _SHARED)
    _create_tables()
    _replace_unique(_OLD_UNIQUE, _NEW_UNIQUE, ["narrative_key", "text_hash", "contributor_key"])


def downgrade() -> None:
    """Of counter-examples that several organisations made of one text the first stays."""
    op.execute(_ONE_EACH)
    op.drop_table("contribution_withdrawals")
    op.drop_table("proposals")
    _replace_unique(_NEW_UNIQUE, _OLD_UNIQUE, ["narrative_key", "text_hash"], without=("shared_at", "contributor_key"))
    op.execute("ALTER TABLE findings DROP COLUMN added_at")
    for table in _SIGNED:
        op.execute(f"ALTER TABLE {table} DROP COLUMN added_by_id")
        op.execute(f"ALTER TABLE {table} DROP COLUMN added_by_name")
    for table in _CONTRIBUTED[:3]:
        op.execute(f"ALTER TABLE {table} DROP COLUMN contributor_key")


def _add(table: str, column: str, kind: str, comment: str | None) -> None:
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
    if comment and op.get_bind().dialect.name == "postgresql":
        op.alter_column(table, column, comment=comment)


def _replace_unique(before: str, after: str, columns: list[str], without: tuple[str, ...] = ()) -> None:
    """Replaces the unique constraint of `counter_examples`, and drops columns `without` which it goes on."""

    def change(batch: BatchOperations) -> None:
        batch.drop_constraint(before, type_="unique")
        for column in without:
            batch.drop_column(column)
        batch.create_unique_constraint(after, columns)

    if op.get_bind().dialect.name == "postgresql":
        with op.batch_alter_table("counter_examples") as batch:
            change(batch)
        return
    op.execute("CREATE TEMPORARY TABLE kept_vectors AS SELECT * FROM counter_example_vectors")
    with op.batch_alter_table("counter_examples", recreate="always") as batch:
        change(batch)
    op.execute("INSERT OR IGNORE INTO counter_example_vectors SELECT * FROM kept_vectors")
    op.execute("DROP TABLE kept_vectors")


def _create_tables() -> None:
    op.create_table(
        "proposals",
        sa.Column("key", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("organisation_key", _KEY, nullable=False, comment="who proposes it"),
        sa.Column("by_id", sa.String(36), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("statement_key", _KEY),
        sa.Column("narrative_key", _KEY),
        sa.Column("finding_key", _KEY),
        sa.Column("contributor_key", _KEY, comment="who decides, beside the operator"),
        sa.Column(
            "changes", sa.JSON(), nullable=False, comment="as the body of a PATCH; withdrawn: true takes a finding back"
        ),
        sa.Column("reason", sa.Text()),
        sa.Column("state", sa.String(16), nullable=False, comment="open, accepted or refused"),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by_id", sa.String(36)),
        sa.Column("decided_by_name", sa.Text()),
        sa.Column("decision_reason", sa.Text()),
        sa.ForeignKeyConstraint(["organisation_key"], ["organisations.key"], name="fk_proposals_organisation_key"),
        sa.ForeignKeyConstraint(["contributor_key"], ["organisations.key"], name="fk_proposals_contributor_key"),
        *(
            sa.ForeignKeyConstraint(
                [f"{about}_key"], [f"{about}s.key"], name=f"fk_proposals_{about}_key", ondelete="CASCADE"
            )
            for about in ("statement", "narrative", "finding")
        ),
        sa.CheckConstraint(
            "(CASE WHEN statement_key IS NULL THEN 0 ELSE 1 END + CASE WHEN narrative_key IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN finding_key IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_proposals_about_one"),
        ),
        sa.PrimaryKeyConstraint("key", name="pk_proposals"),
        sa.UniqueConstraint("id", name="uq_proposals_id"),
    )
    op.create_index("ix_proposals_state", "proposals", ["state", "key"])
    for column in ("statement_key", "narrative_key", "finding_key", "contributor_key"):
        op.create_index(f"ix_proposals_{column}", "proposals", [column])
    op.create_table(
        "contribution_withdrawals",
        sa.Column("key", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("organisation_key", _KEY, nullable=False, comment="whose"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.Text()),
        sa.Column("by_id", sa.String(36), comment="null: the command line"),
        sa.Column("by_name", sa.Text()),
        sa.Column("restored_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["organisation_key"], ["organisations.key"], name="fk_contribution_withdrawals_organisation_key"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_contribution_withdrawals"),
        sa.UniqueConstraint("id", name="uq_contribution_withdrawals_id"),
    )
    op.create_index("ix_contribution_withdrawals_organisation_key", "contribution_withdrawals", ["organisation_key"])

"""Records of each import, so that it can be undone; the bound of a statement whose date is not known; the report of
an import.

Runs beside the previous release: columns are added, empty or with a default, and tables that it does not know.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0030"
branch_labels = None
depends_on = None

_BOUND = "where said_at is not known: the period by whose end it had been said"
_DRY_RUN = "it is read, and nothing is recorded"
_REPORT = "of an import: what was understood of its file, and what was left out"
_BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _brought(table: str, what: str, *columns: "sa.Column[bool]") -> None:
    """Makes the table of what imports brought of one kind."""
    key = f"{what}_key"
    op.create_table(
        table,
        sa.Column("import_key", _BIG_KEY, nullable=False),
        sa.Column(key, _BIG_KEY, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("import_key", key, name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["import_key"], ["imports.key"], name=f"fk_{table}_import_key_imports", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint([key], [f"{what}s.key"], name=f"fk_{table}_{key}_{what}s", ondelete="CASCADE"),
    )
    op.create_index(f"ix_{table}_{key}", table, [key])


def upgrade() -> None:
    op.add_column("statements", sa.Column("said_before", sa.String(40), nullable=True, comment=_BOUND))
    op.add_column(
        "jobs", sa.Column("dry_run", sa.Boolean(), nullable=False, server_default=sa.false(), comment=_DRY_RUN)
    )
    op.add_column("jobs", sa.Column("report", sa.JSON(), nullable=True, comment=_REPORT))
    op.create_table(
        "imports",
        sa.Column("key", _BIG_KEY, sa.Identity(), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("organisation_key", _BIG_KEY, nullable=True, comment="null: the command line"),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_imports"),
        sa.UniqueConstraint("id", name="uq_imports_id"),
        sa.ForeignKeyConstraint(
            ["organisation_key"], ["organisations.key"], name="fk_imports_organisation_key_organisations"
        ),
    )
    op.create_index("ix_imports_organisation_key", "imports", ["organisation_key"])
    added = sa.Column(
        "added", sa.Boolean(), nullable=False, comment="false: it was there, and the import brought it too"
    )
    _brought("import_statements", "statement", added)
    _brought("import_findings", "finding")


def downgrade() -> None:
    op.drop_table("import_findings")
    op.drop_table("import_statements")
    op.drop_table("imports")
    op.drop_column("jobs", "report")
    op.drop_column("jobs", "dry_run")
    op.drop_column("statements", "said_before")

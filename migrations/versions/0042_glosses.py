"""Glosses: foreign texts in another language, by readers and by a translation provider.

Runs beside the previous release, which does not know them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One table."""
    op.create_table(
        "glosses",
        sa.Column("key", _KEY, sa.Identity(), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("organisation_key", _KEY, nullable=False),
        sa.Column("statement_key", _KEY, comment="or check_key"),
        sa.Column("check_key", _KEY),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False, comment="of the text that it is of"),
        sa.Column("provider", sa.Text(), comment="of a machine translation; null: somebody's own words"),
        sa.Column("by_id", sa.String(36), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_key"], ["organisations.key"], name="fk_glosses_organisation_key"),
        sa.ForeignKeyConstraint(
            ["statement_key"], ["statements.key"], name="fk_glosses_statement_key", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["check_key"], ["checks.key"], name="fk_glosses_check_key", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_glosses"),
        sa.UniqueConstraint("id", name="uq_glosses_id"),
    )
    op.create_index("ix_glosses_statement_key", "glosses", ["statement_key"])
    op.create_index("ix_glosses_check_key", "glosses", ["check_key"])


def downgrade() -> None:
    """Glosses are gone."""
    op.drop_table("glosses")

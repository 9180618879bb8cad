"""Positions of statements on the map of narratives.

Runs beside the previous release, which does not know them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """A table of its own, filled by the next run."""
    op.create_table(
        "map_positions",
        sa.Column("statement_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("x", sa.Double(), nullable=False, comment="0 to 1"),
        sa.Column("y", sa.Double(), nullable=False, comment="0 to 1"),
        sa.Column(
            "laid_out",
            sa.Boolean(),
            nullable=False,
            comment="false: placed near its neighbours since the last layout",
        ),
        sa.ForeignKeyConstraint(
            ["statement_key"], ["statements.key"], name="fk_map_positions_statement_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("statement_key", name="pk_map_positions"),
    )


def downgrade() -> None:
    """There is no map any more; nothing else is lost."""
    op.drop_table("map_positions")

"""Predictions of statements with their dates, so that those that have lapsed can be listed.

Runs beside the previous release, which does not know the table. What that release records meanwhile is not in it until
it is changed.
"""

import sqlalchemy as sa
from alembic import op

from app.domain.core.dates import Period
from app.language.predictions.detection import detect_prediction

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AT_ONCE = 1_000
_STATEMENTS = sa.table(
    "statements", *map(sa.column, ("key", "text", "language", "said_at", "said_begins", "said_ends"))
)
_PREDICTIONS = sa.table("predictions", *map(sa.column, ("statement_key", "made_ends", "until_ends")))


def upgrade() -> None:
    op.create_table(
        "predictions",
        sa.Column("statement_key", _BIG, autoincrement=False, nullable=False),
        sa.Column(
            "made_ends",
            sa.BigInteger(),
            nullable=True,
            comment="end of the day it was said, in microseconds; null: undated",
        ),
        sa.Column(
            "until_ends", sa.BigInteger(), nullable=True, comment="end of its time window; null: none that is a date"
        ),
        sa.ForeignKeyConstraint(
            ["statement_key"], ["statements.key"], name="fk_predictions_statement_key_statements", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("statement_key", name="pk_predictions"),
    )
    _fill(op.get_bind())
    op.create_index("ix_predictions_made_ends", "predictions", ["made_ends"])
    op.create_index("ix_predictions_until_ends", "predictions", ["until_ends"])


def _fill(connection: sa.Connection) -> None:
    """Predictions of the statements that are there."""
    last = 0
    while True:
        page = sa.select(_STATEMENTS).where(_STATEMENTS.c.key > last).order_by(_STATEMENTS.c.key).limit(_AT_ONCE)
        rows = connection.execute(page).all()
        if not rows:
            return
        last = rows[-1].key
        found = []
        for row in rows:
            made = Period.stored(row.said_at, row.said_begins, row.said_ends) if row.said_at else None
            if prediction := detect_prediction(row.text, row.language, made):
                until = prediction.until
                found.append(
                    {
                        "statement_key": row.key,
                        "made_ends": made.ends if made else None,
                        "until_ends": until.ends if until else None,
                    }
                )
        if found:
            connection.execute(sa.insert(_PREDICTIONS), found)


def downgrade() -> None:
    op.drop_table("predictions")

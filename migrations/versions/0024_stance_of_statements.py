"""Stances of statements beside their vectors: filled in by a start or `refrain reindex`, classified if read before.

Runs beside the previous release, which writes rows without stances.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """All three columns may be empty, so that the previous release can go on writing."""
    stance = sa.Column(
        "stance", sa.String(16), comment="of the statement's text: assertion, report, denial or question"
    )
    op.add_column("vectors", stance)
    cues = sa.Column("stance_cues", sa.JSON(), comment="spans of its cues in the text, in code points")
    op.add_column("vectors", cues)
    version = sa.Column("stance_version", sa.String(32), comment="of the classification; null: not yet classified")
    op.add_column("vectors", version)


def downgrade() -> None:
    """Takes the columns off."""
    op.drop_column("vectors", "stance_version")
    op.drop_column("vectors", "stance_cues")
    op.drop_column("vectors", "stance")

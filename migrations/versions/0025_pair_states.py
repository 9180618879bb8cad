"""Token states for scoring pairs, beside the vectors: filled in by a start or `refrain reindex`.

Runs beside the previous release, which writes rows without them; a check computes what is missing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both columns may be empty, so that the previous release can go on writing."""
    states = sa.Column("pair_states", sa.LargeBinary(), comment="token states for scoring pairs, packed by index/pairs")
    op.add_column("vectors", states)
    version = sa.Column("pair_states_version", sa.String(16), comment="by which method they were made; null: not yet")
    op.add_column("vectors", version)


def downgrade() -> None:
    """Takes the columns off."""
    op.drop_column("vectors", "pair_states_version")
    op.drop_column("vectors", "pair_states")

"""Comments of columns that say what is stored and name no file, for files move.

Runs beside the previous release, which does not read comments.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two comments."""
    _describe(
        "tokens of the text, lower case, no accents, a blank before each",
        "of a private one: after its owner's key",
    )


def downgrade() -> None:
    """The comments as they were."""
    _describe("as app/domain/searched.py has it", "of a private one: after its owner's key, see app/store/owners.py")


def _describe(flag_text: str, external_id: str) -> None:
    """SQLite keeps no comments."""
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("flags", "text", existing_type=sa.Text(), comment=flag_text)
        op.alter_column("narratives", "external_id", existing_type=sa.Text(), comment=external_id)

"""Webhooks limited to narratives, merges of speakers that are undone one by one, warnings of one organisation.

Runs beside the previous release, which sends every event, and would show a warning of one organisation to all that see
the narrative: the first is raised an hour after the migration.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three columns that may be empty."""
    key = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    op.add_column(
        "webhooks", sa.Column("narratives", sa.JSON(), comment="ids: of narratives only their events; null: of all")
    )
    op.execute(
        f"ALTER TABLE speaker_aliases ADD COLUMN into_key {key} "
        "CONSTRAINT fk_speaker_aliases_into_key REFERENCES speakers (key) ON DELETE SET NULL"
    )
    op.create_index("ix_speaker_aliases_into_key", "speaker_aliases", ["into_key"])
    op.execute(
        f"ALTER TABLE narrative_warnings ADD COLUMN organisation_key {key} "
        "CONSTRAINT fk_narrative_warnings_organisation_key REFERENCES organisations (key)"
    )
    op.create_index("ix_narrative_warnings_organisation_key", "narrative_warnings", ["organisation_key"])
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("speaker_aliases", "into_key", comment="the name that it was merged into; null: of_key")
        op.alter_column(
            "narrative_warnings", "organisation_key", comment="whose private statements it counts; null: nobody's"
        )
    done = sa.table("sweeps", sa.column("name", sa.String), sa.column("done_at", sa.DateTime(timezone=True)))
    op.execute(done.insert().values(name="private warnings", done_at=datetime.now(UTC)))


def downgrade() -> None:
    """Nobody sees another organisation's warnings: they go."""
    op.execute("DELETE FROM narrative_warnings WHERE organisation_key IS NOT NULL")
    op.execute("DELETE FROM sweeps WHERE name = 'private warnings'")
    op.drop_index("ix_narrative_warnings_organisation_key", "narrative_warnings")
    op.drop_index("ix_speaker_aliases_into_key", "speaker_aliases")
    op.execute("ALTER TABLE narrative_warnings DROP COLUMN organisation_key")
    op.execute("ALTER TABLE speaker_aliases DROP COLUMN into_key")
    op.drop_column("webhooks", "narratives")

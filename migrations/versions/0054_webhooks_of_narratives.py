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

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Three columns that may be empty."""
    key = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    op.add_column(
        "webhooks", sa.Column("narratives", sa.JSON(), comment="ids: of narratives only their events; null: of all")
    )
    with op.batch_alter_table("speaker_aliases") as table:
        table.add_column(sa.Column("into_key", _KEY, comment="the name that it was merged into; null: of_key"))
        table.create_foreign_key("fk_speaker_aliases_into_key", "speakers", ["into_key"], ["key"], ondelete="SET NULL")
    op.create_index("ix_speaker_aliases_into_key", "speaker_aliases", ["into_key"])
    op.execute(
        f"ALTER TABLE narrative_warnings ADD COLUMN organisation_key {key} "
        "CONSTRAINT fk_narrative_warnings_organisation_key REFERENCES organisations (key)"
    )
    op.create_index("ix_narrative_warnings_organisation_key", "narrative_warnings", ["organisation_key"])
    if op.get_bind().dialect.name == "postgresql":
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
    with op.batch_alter_table("speaker_aliases") as table:
        table.drop_constraint("fk_speaker_aliases_into_key", type_="foreignkey")
        table.drop_column("into_key")
    op.drop_column("webhooks", "narratives")

"""Tags of narratives, aliases of speakers, and suggested aliases that were refused: an organisation's own.

Runs beside the previous release, which does not know them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Three tables of their own."""
    op.create_table(
        "narrative_tags",
        sa.Column("organisation_key", _KEY, nullable=False),
        sa.Column("narrative_key", _KEY, nullable=False),
        sa.Column("tag", sa.String(50), nullable=False),
        sa.ForeignKeyConstraint(["organisation_key"], ["organisations.key"], name="fk_narrative_tags_organisation_key"),
        sa.ForeignKeyConstraint(
            ["narrative_key"], ["narratives.key"], name="fk_narrative_tags_narrative_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_key", "narrative_key", "tag", name="pk_narrative_tags"),
    )
    op.create_index("ix_narrative_tags_narrative_key", "narrative_tags", ["narrative_key"])
    op.create_table(
        "speaker_aliases",
        sa.Column("organisation_key", _KEY, nullable=False),
        sa.Column("speaker_key", _KEY, nullable=False),
        sa.Column(
            "of_key",
            _KEY,
            nullable=False,
            comment="the speaker whose other name it is; never an alias itself",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.String(36), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_key"], ["organisations.key"], name="fk_speaker_aliases_organisation_key"
        ),
        sa.ForeignKeyConstraint(
            ["speaker_key"], ["speakers.key"], name="fk_speaker_aliases_speaker_key", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["of_key"], ["speakers.key"], name="fk_speaker_aliases_of_key", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("organisation_key", "speaker_key", name="pk_speaker_aliases"),
    )
    op.create_index("ix_speaker_aliases_speaker_key", "speaker_aliases", ["speaker_key"])
    op.create_index("ix_speaker_aliases_of_key", "speaker_aliases", ["of_key"])
    op.create_table(
        "refused_aliases",
        sa.Column("organisation_key", _KEY, nullable=False),
        sa.Column("speaker_key", _KEY, nullable=False, comment="the lower key"),
        sa.Column("other_key", _KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.String(36), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_key"], ["organisations.key"], name="fk_refused_aliases_organisation_key"
        ),
        sa.ForeignKeyConstraint(
            ["speaker_key"], ["speakers.key"], name="fk_refused_aliases_speaker_key", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_key"], ["speakers.key"], name="fk_refused_aliases_other_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_key", "speaker_key", "other_key", name="pk_refused_aliases"),
    )
    op.create_index("ix_refused_aliases_other_key", "refused_aliases", ["other_key"])


def downgrade() -> None:
    """Tags and aliases are forgotten."""
    op.drop_table("refused_aliases")
    op.drop_table("speaker_aliases")
    op.drop_table("narrative_tags")

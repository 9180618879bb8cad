"""The archive: statements, narratives, findings, vectors; organisations, keys, checks, matches.

Revision: 0001, the first. Runs beside the previous release: add first, remove a release later.
"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "archive",
        sa.Column("key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "id",
            sa.String(length=36),
            nullable=False,
            comment="which archive this is: another one's index snapshot is no use",
        ),
        sa.Column(
            "sequence", sa.BigInteger(), nullable=False, comment="rises with every change that a search must see"
        ),
        sa.CheckConstraint("key = 1", name=op.f("ck_archive_single")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_archive")),
    )
    fresh = sa.text("INSERT INTO archive (key, id, sequence) VALUES (1, :id, 0)")
    op.execute(fresh.bindparams(id=str(uuid4())))
    op.create_table(
        "narratives",
        sa.Column(
            "key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("parent_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["parent_key"], ["narratives.key"], name=op.f("fk_narratives_parent_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_narratives")),
        sa.UniqueConstraint("external_id", name=op.f("uq_narratives_external_id")),
        sa.UniqueConstraint("id", name=op.f("uq_narratives_id")),
    )
    with op.batch_alter_table("narratives", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_narratives_parent_key"), ["parent_key"], unique=False)
        batch_op.create_index("ix_narratives_title", ["title"], unique=False)

    op.create_table(
        "organisations",
        sa.Column(
            "key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_organisations")),
        sa.UniqueConstraint("id", name=op.f("uq_organisations_id")),
        sa.UniqueConstraint("name", name=op.f("uq_organisations_name")),
    )
    op.create_table(
        "sources",
        sa.Column(
            "key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sources")),
        sa.UniqueConstraint("name", name=op.f("uq_sources_name")),
    )
    op.create_table(
        "speakers",
        sa.Column(
            "key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_speakers")),
        sa.UniqueConstraint("name", name=op.f("uq_speakers_name")),
    )
    op.create_table(
        "api_keys",
        sa.Column(
            "key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hint", sa.String(length=16), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False, comment="SHA-256 of the key, which is random"),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisation_key"], ["organisations.key"], name=op.f("fk_api_keys_organisation_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("hash", name=op.f("uq_api_keys_hash")),
        sa.UniqueConstraint("id", name=op.f("uq_api_keys_id")),
    )
    with op.batch_alter_table("api_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_keys_organisation_key"), ["organisation_key"], unique=False)

    op.create_table(
        "checks",
        sa.Column(
            "key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("idempotency_key", sa.String(length=255), nullable=True),
        sa.Column("request_hash", sa.String(length=64), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False, comment="JSON: the answer as it was given"),
        sa.ForeignKeyConstraint(["organisation_key"], ["organisations.key"], name=op.f("fk_checks_organisation_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_checks")),
        sa.UniqueConstraint("id", name=op.f("uq_checks_id")),
        sa.UniqueConstraint(
            "organisation_key", "idempotency_key", name=op.f("uq_checks_organisation_key_idempotency_key")
        ),
    )
    with op.batch_alter_table("checks", schema=None) as batch_op:
        batch_op.create_index("ix_checks_history", ["organisation_key", "key"], unique=False)

    op.create_table(
        "statements",
        sa.Column(
            "key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("speaker_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("said_at", sa.String(length=40), nullable=True, comment="as it was given, with its precision"),
        sa.Column("said_begins", sa.BigInteger(), nullable=True, comment="microseconds since 1970 UTC"),
        sa.Column("said_ends", sa.BigInteger(), nullable=True, comment="the first microsecond after"),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("archive_url", sa.Text(), nullable=True),
        sa.Column("metadata", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False, comment="the archive's at this row's last change"),
        sa.ForeignKeyConstraint(["source_key"], ["sources.key"], name=op.f("fk_statements_source_key")),
        sa.ForeignKeyConstraint(["speaker_key"], ["speakers.key"], name=op.f("fk_statements_speaker_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_statements")),
        sa.UniqueConstraint("id", name=op.f("uq_statements_id")),
        sa.UniqueConstraint("identity", name=op.f("uq_statements_identity")),
    )
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statements_language"), ["language"], unique=False)
        batch_op.create_index(batch_op.f("ix_statements_said_begins"), ["said_begins"], unique=False)
        batch_op.create_index(batch_op.f("ix_statements_sequence"), ["sequence"], unique=False)
        batch_op.create_index(batch_op.f("ix_statements_source_key"), ["source_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_statements_speaker_key"), ["speaker_key"], unique=False)

    op.create_table(
        "findings",
        sa.Column(
            "key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("statement_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("narrative_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("published_at", sa.String(length=40), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(statement_key IS NULL) <> (narrative_key IS NULL)", name=op.f("ck_findings_about_one")),
        sa.ForeignKeyConstraint(
            ["narrative_key"], ["narratives.key"], name=op.f("fk_findings_narrative_key"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["statement_key"], ["statements.key"], name=op.f("fk_findings_statement_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_findings")),
        sa.UniqueConstraint("id", name=op.f("uq_findings_id")),
    )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_findings_narrative_key"), ["narrative_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_findings_statement_key"), ["statement_key"], unique=False)

    op.create_table(
        "matches",
        sa.Column(
            "key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("check_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("statement_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(length=16), nullable=True),
        sa.Column("score", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["check_key"], ["checks.key"], name=op.f("fk_matches_check_key"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["statement_key"], ["statements.key"], name=op.f("fk_matches_statement_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_matches")),
        sa.UniqueConstraint("id", name=op.f("uq_matches_id")),
    )
    with op.batch_alter_table("matches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_matches_check_key"), ["check_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_matches_statement_key"), ["statement_key"], unique=False)

    op.create_table(
        "statement_narratives",
        sa.Column("statement_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("narrative_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["narrative_key"],
            ["narratives.key"],
            name=op.f("fk_statement_narratives_narrative_key"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["statement_key"],
            ["statements.key"],
            name=op.f("fk_statement_narratives_statement_key"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("statement_key", "narrative_key", name=op.f("pk_statement_narratives")),
    )
    with op.batch_alter_table("statement_narratives", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statement_narratives_narrative_key"), ["narrative_key"], unique=False)

    op.create_table(
        "vectors",
        sa.Column("statement_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False, comment="float32, little endian"),
        sa.ForeignKeyConstraint(
            ["statement_key"], ["statements.key"], name=op.f("fk_vectors_statement_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("statement_key", "fingerprint", name=op.f("pk_vectors")),
    )


def downgrade() -> None:
    op.drop_table("vectors")
    with op.batch_alter_table("statement_narratives", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_narratives_narrative_key"))

    op.drop_table("statement_narratives")
    with op.batch_alter_table("matches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_matches_statement_key"))
        batch_op.drop_index(batch_op.f("ix_matches_check_key"))

    op.drop_table("matches")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_findings_statement_key"))
        batch_op.drop_index(batch_op.f("ix_findings_narrative_key"))

    op.drop_table("findings")
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statements_speaker_key"))
        batch_op.drop_index(batch_op.f("ix_statements_source_key"))
        batch_op.drop_index(batch_op.f("ix_statements_sequence"))
        batch_op.drop_index(batch_op.f("ix_statements_said_begins"))
        batch_op.drop_index(batch_op.f("ix_statements_language"))

    op.drop_table("statements")
    with op.batch_alter_table("checks", schema=None) as batch_op:
        batch_op.drop_index("ix_checks_history")

    op.drop_table("checks")
    with op.batch_alter_table("api_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_keys_organisation_key"))

    op.drop_table("api_keys")
    op.drop_table("speakers")
    op.drop_table("sources")
    op.drop_table("organisations")
    with op.batch_alter_table("narratives", schema=None) as batch_op:
        batch_op.drop_index("ix_narratives_title")
        batch_op.drop_index(batch_op.f("ix_narratives_parent_key"))

    op.drop_table("narratives")
    op.drop_table("archive")

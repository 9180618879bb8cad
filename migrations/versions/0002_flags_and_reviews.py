"""Flags, reviews, and counter-examples of narratives. Checks that were flagged before are open flags.

Revision: 0002. Runs beside the previous release: add first, remove a release later.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_AT_ONCE = 500
_FLAGS_BY = (
    (),
    ("score",),
    ("recurrence",),
    ("state",),
    ("state", "score"),
    ("state", "recurrence"),
    ("tier",),
    ("language",),
    ("speaker",),
    ("source",),
    ("said_begins",),
)
_RANKS = {"near_verbatim": 0, "same_script": 1, "same_topic": 2}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def upgrade() -> None:
    op.create_table(
        "counter_examples",
        sa.Column(
            "key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("narrative_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column(
            "by_review", sa.Boolean(), nullable=False, comment="it goes when the review that made it is taken back"
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False, comment="the archive's at this row's last change"),
        sa.ForeignKeyConstraint(
            ["narrative_key"], ["narratives.key"], name=op.f("fk_counter_examples_narrative_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_counter_examples")),
        sa.UniqueConstraint("id", name=op.f("uq_counter_examples_id")),
        sa.UniqueConstraint("narrative_key", "text_hash", name=op.f("uq_counter_examples_narrative_key_text_hash")),
    )
    with op.batch_alter_table("counter_examples", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_counter_examples_sequence"), ["sequence"], unique=False)

    op.create_table(
        "flag_counts",
        sa.Column("organisation_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column(
            "count",
            sa.Integer(),
            nullable=False,
            comment="kept with every change, for counting takes as long as there are flags",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_key"], ["organisations.key"], name=op.f("fk_flag_counts_organisation_key")
        ),
        sa.PrimaryKeyConstraint("organisation_key", "state", name=op.f("pk_flag_counts")),
    )
    op.create_table(
        "counter_example_vectors",
        sa.Column("counter_example_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False, comment="float32, little endian"),
        sa.ForeignKeyConstraint(
            ["counter_example_key"],
            ["counter_examples.key"],
            name=op.f("fk_counter_example_vectors_counter_example_key"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("counter_example_key", "fingerprint", name=op.f("pk_counter_example_vectors")),
    )
    op.create_table(
        "dismissed_pairs",
        sa.Column("organisation_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("statement_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("check_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_key"], ["checks.key"], name=op.f("fk_dismissed_pairs_check_key"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_key"], ["organisations.key"], name=op.f("fk_dismissed_pairs_organisation_key")
        ),
        sa.ForeignKeyConstraint(
            ["statement_key"], ["statements.key"], name=op.f("fk_dismissed_pairs_statement_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "organisation_key", "text_hash", "statement_key", "check_key", name=op.f("pk_dismissed_pairs")
        ),
    )
    with op.batch_alter_table("dismissed_pairs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dismissed_pairs_check_key"), ["check_key"], unique=False)

    op.create_table(
        "flags",
        sa.Column(
            "check_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("organisation_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=True, comment="null: not flagged, and no decision stands"),
        sa.Column("version", sa.Integer(), nullable=False, comment="rises with every decision"),
        sa.Column("tier", sa.String(length=16), nullable=True, comment="the closest of its matches"),
        sa.Column("score", sa.Double(), nullable=False, comment="the best of its matches"),
        sa.Column("recurrence", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column(
            "speaker",
            sa.Text(),
            nullable=True,
            comment="in lower case, like source and text: they are there to be looked for",
        ),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column(
            "said_begins", sa.BigInteger(), nullable=False, comment="of the moment of the check, where it has no date"
        ),
        sa.Column("said_ends", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["check_key"], ["checks.key"], name=op.f("fk_flags_check_key"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organisation_key"], ["organisations.key"], name=op.f("fk_flags_organisation_key")),
        sa.PrimaryKeyConstraint("check_key", name=op.f("pk_flags")),
    )
    for columns in _FLAGS_BY:
        op.create_index(_name_of(columns), "flags", ["organisation_key", *columns, "check_key"])
    op.create_table(
        "flag_narratives",
        sa.Column("organisation_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("narrative_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("check_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_key"], ["flags.check_key"], name=op.f("fk_flag_narratives_check_key"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["narrative_key"], ["narratives.key"], name=op.f("fk_flag_narratives_narrative_key"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_key"], ["organisations.key"], name=op.f("fk_flag_narratives_organisation_key")
        ),
        sa.PrimaryKeyConstraint("organisation_key", "narrative_key", "check_key", name=op.f("pk_flag_narratives")),
    )
    with op.batch_alter_table("flag_narratives", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flag_narratives_check_key"), ["check_key"], unique=False)

    op.create_table(
        "reviews",
        sa.Column(
            "key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
        ),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("check_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "match_key",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="null: about all matches",
        ),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("stands", sa.Boolean(), nullable=False, comment="whether it is the last word on its match"),
        sa.Column(
            "by_id", sa.String(length=36), nullable=False, comment="of the key, or whoever decided; kept with the name"
        ),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="the flag's that it made"),
        sa.Column("undone_by_id", sa.String(length=36), nullable=True),
        sa.Column("undone_by_name", sa.Text(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_version", sa.Integer(), nullable=True),
        sa.Column(
            "archived_key",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="the statement that it put on record",
        ),
        sa.Column("put_in", sa.Boolean(), nullable=False, comment="whether that statement was new to the archive"),
        sa.Column("counter_example", sa.Boolean(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False, comment="of the checked text"),
        sa.ForeignKeyConstraint(["archived_key"], ["statements.key"], name=op.f("fk_reviews_archived_key")),
        sa.ForeignKeyConstraint(["check_key"], ["checks.key"], name=op.f("fk_reviews_check_key"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["match_key"], ["matches.key"], name=op.f("fk_reviews_match_key"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organisation_key"], ["organisations.key"], name=op.f("fk_reviews_organisation_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_reviews")),
        sa.UniqueConstraint("id", name=op.f("uq_reviews_id")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviews_archived_key"), ["archived_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_reviews_check_key"), ["check_key"], unique=False)

    op.create_table(
        "review_narratives",
        sa.Column("review_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("narrative_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "linked", sa.Boolean(), nullable=False, comment="whether the archived statement was not under it before"
        ),
        sa.ForeignKeyConstraint(
            ["narrative_key"], ["narratives.key"], name=op.f("fk_review_narratives_narrative_key"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["review_key"], ["reviews.key"], name=op.f("fk_review_narratives_review_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("review_key", "narrative_key", name=op.f("pk_review_narratives")),
    )
    with op.batch_alter_table("review_narratives", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_narratives_narrative_key"), ["narrative_key"], unique=False)

    with op.batch_alter_table("matches", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "found_by_hand",
                sa.Text(),
                nullable=True,
                comment="JSON: a match that an analyst found, which the check's answer has not",
            )
        )

    _flag_what_was_flagged()


def downgrade() -> None:
    op.drop_table("review_narratives")
    op.drop_table("reviews")
    op.drop_table("flag_narratives")
    op.drop_table("flags")
    op.drop_table("dismissed_pairs")
    op.drop_table("counter_example_vectors")
    op.drop_table("flag_counts")
    op.drop_table("counter_examples")
    with op.batch_alter_table("matches", schema=None) as batch_op:
        batch_op.drop_column("found_by_hand")


def _name_of(columns: tuple[str, ...]) -> str:
    return "_".join(("ix_flags_organisation_key", *columns, "check_key"))


def _flag_what_was_flagged() -> None:
    """Fills `flags` and what belongs to it from the stored answers."""
    connection = op.get_bind()
    tables = sa.MetaData()
    tables.reflect(connection, only=["checks", "flags", "flag_narratives", "flag_counts", "narratives"])
    flags, filed, counts = (tables.tables[name] for name in ("flags", "flag_narratives", "flag_counts"))
    narratives = set(connection.scalars(sa.select(tables.tables["narratives"].c.key)))
    for rows in _flagged(connection, tables.tables["checks"]):
        answers = [(row, json.loads(row.answer)) for row in rows]
        connection.execute(sa.insert(flags), [_flag_of(row, answer) for row, answer in answers])
        links = [
            {"organisation_key": row.organisation_key, "narrative_key": key, "check_key": row.key}
            for row, answer in answers
            for key in sorted(narratives & _narratives_of(answer))
        ]
        if links:
            connection.execute(sa.insert(filed), links)
    counted = sa.select(flags.c.organisation_key, flags.c.state, sa.func.count()).group_by(
        flags.c.organisation_key, flags.c.state
    )
    connection.execute(sa.insert(counts).from_select(["organisation_key", "state", "count"], counted))


def _flagged(connection: sa.Connection, checks: sa.Table) -> Iterator[list[Any]]:
    last = 0
    columns = (checks.c.key, checks.c.organisation_key, checks.c.created_at, checks.c.answer)
    while True:
        page = sa.select(*columns).where(checks.c.flagged, checks.c.key > last).order_by(checks.c.key).limit(_AT_ONCE)
        rows = list(connection.execute(page))
        if not rows:
            return
        yield rows
        last = rows[-1].key


def _flag_of(row: Any, answer: dict[str, Any]) -> dict[str, Any]:
    matches = answer["matches"]
    tiers = [match["tier"] for match in matches if match["tier"]]
    begins, ends = _said(row, answer)
    source = (answer.get("source") or {}).get("name")
    return {
        "check_key": row.key,
        "organisation_key": row.organisation_key,
        "state": "open",
        "version": 1,
        "tier": min(tiers, key=_RANKS.__getitem__, default=None),
        "score": max((match["score"] for match in matches), default=0.0),
        "recurrence": (answer.get("recurrence") or {}).get("count", 0),
        "language": answer["language"]["code"],
        "speaker": answer["speaker"].lower() if answer.get("speaker") else None,
        "source": source.lower() if source else None,
        "said_begins": begins,
        "said_ends": ends,
        "text": answer["text"].lower(),
    }


def _said(row: Any, answer: dict[str, Any]) -> tuple[int, int]:
    """In microseconds since 1970 UTC: the period that was said, or the moment of the check."""
    if said_at := answer.get("said_at"):
        return said_at["begins"], said_at["ends"]
    created = row.created_at if row.created_at.tzinfo else row.created_at.replace(tzinfo=UTC)
    since = created - _EPOCH
    begins = (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    return begins, begins + 1


def _narratives_of(answer: dict[str, Any]) -> set[int]:
    return {ref["key"] for match in answer["matches"] for ref in match["precedent"]["narratives"]}

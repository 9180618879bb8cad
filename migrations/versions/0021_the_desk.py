"""Notes, assignments, saved views and gestures of the desk; words and facets of flags, so that lists stay quick."""

import json
import re
import unicodedata
from collections import Counter

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AT_ONCE = 500
_FLAGS = sa.table("flags", *map(sa.column, ("check_key", "organisation_key", "state", "tier", "language", "text")))
_CHECKS = sa.table("checks", sa.column("key"), sa.column("answer"))
LONGEST_WORD = 64
# Letters of scripts that are written without blanks stand alone: any part of a text is then found.
_WORD = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    "|[^\\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)


def upgrade() -> None:
    # Never by making these tables anew: what refers to their rows would go with the old ones.
    op.add_column(
        "flags",
        sa.Column(
            "assigned_id", sa.String(36), nullable=True, comment="who is to look at it; null: nobody in particular"
        ),
    )
    op.add_column("flags", sa.Column("assigned_name", sa.Text(), nullable=True))
    op.create_index(
        "ix_flags_organisation_key_assigned_id_check_key", "flags", ["organisation_key", "assigned_id", "check_key"]
    )
    op.add_column(
        "reviews",
        sa.Column("batch_id", sa.String(36), nullable=True, comment="of the decisions that were made in one gesture"),
    )
    op.create_index("ix_reviews_batch_id", "reviews", ["batch_id"])
    _describe_text("as app/domain/searched.py has it")
    op.create_table(
        "flag_words",
        sa.Column("organisation_key", _BIG, nullable=False),
        sa.Column(
            "word",
            sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql"),
            nullable=False,
            comment="its first 64 characters",
        ),
        sa.Column("check_key", _BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_key"], ["organisations.key"], name=op.f("fk_flag_words_organisation_key")
        ),
        sa.ForeignKeyConstraint(
            ["check_key"], ["flags.check_key"], name=op.f("fk_flag_words_check_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_key", "word", "check_key", name=op.f("pk_flag_words")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "flag_facets",
        sa.Column("organisation_key", _BIG, nullable=False),
        sa.Column("state", sa.String(16), nullable=False, comment="or 'any'"),
        sa.Column("facet", sa.String(16), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False, comment="as it was first written"),
        sa.Column("count", sa.Integer(), nullable=False, comment="kept with every change, as in flag_counts"),
        sa.ForeignKeyConstraint(
            ["organisation_key"], ["organisations.key"], name=op.f("fk_flag_facets_organisation_key")
        ),
        sa.PrimaryKeyConstraint("organisation_key", "state", "facet", "value", name=op.f("pk_flag_facets")),
    )
    op.create_index("ix_flag_facets_most", "flag_facets", ["organisation_key", "state", "facet", "count"])
    op.create_table(
        "flag_notes",
        sa.Column("key", _BIG, sa.Identity(always=False), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("check_key", _BIG, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(36), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_key"], ["flags.check_key"], name=op.f("fk_flag_notes_check_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_flag_notes")),
        sa.UniqueConstraint("id", name=op.f("uq_flag_notes_id")),
    )
    op.create_index(op.f("ix_flag_notes_check_key"), "flag_notes", ["check_key"])
    op.create_table(
        "flag_assignments",
        sa.Column("key", _BIG, sa.Identity(always=False), nullable=False),
        sa.Column("check_key", _BIG, nullable=False),
        sa.Column("to_id", sa.String(36), nullable=True, comment="null: to nobody any more"),
        sa.Column("to_name", sa.Text(), nullable=True),
        sa.Column("by_id", sa.String(36), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_key"], ["flags.check_key"], name=op.f("fk_flag_assignments_check_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_flag_assignments")),
    )
    op.create_index(op.f("ix_flag_assignments_check_key"), "flag_assignments", ["check_key"])
    op.create_table(
        "flag_views",
        sa.Column("key", _BIG, sa.Identity(always=False), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("organisation_key", _BIG, nullable=False),
        sa.Column("owner_id", sa.String(36), nullable=False, comment="whose alone it is; empty: the organisation's"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False, comment="the query string of the list's address"),
        sa.Column("by_id", sa.String(36), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_key"], ["organisations.key"], name=op.f("fk_flag_views_organisation_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_flag_views")),
        sa.UniqueConstraint("id", name=op.f("uq_flag_views_id")),
        sa.UniqueConstraint(
            "organisation_key", "owner_id", "name", name=op.f("uq_flag_views_organisation_key_owner_id_name")
        ),
    )
    _fill(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    """Words and facets of the flags that are there."""
    words = sa.table("flag_words", *map(sa.column, ("organisation_key", "word", "check_key")))
    facets = sa.table("flag_facets", *map(sa.column, ("organisation_key", "state", "facet", "value", "label", "count")))
    counted: Counter[tuple[int, str, str, str]] = Counter()
    labels: dict[tuple[int, str, str, str], str] = {}
    states: dict[int, tuple[int, str | None]] = {}

    def count(check_key: int, facet: str, value: str | None, label: str) -> None:
        organisation, state = states[check_key]
        for listed in (state, "any") if state and value else ():
            place = (organisation, listed, facet, value or "")
            counted[place] += 1
            labels.setdefault(place, label)

    last = 0
    while True:
        page = (
            sa.select(_FLAGS, _CHECKS.c.answer)
            .join(_CHECKS, _CHECKS.c.key == _FLAGS.c.check_key)
            .where(_FLAGS.c.check_key > last)
            .order_by(_FLAGS.c.check_key)
            .limit(_AT_ONCE)
        )
        rows = connection.execute(page).all()
        if not rows:
            break
        last = rows[-1].check_key
        found = []
        for row in rows:
            answer = json.loads(row.answer)
            text = searched_text(answer["text"])
            connection.execute(sa.update(_FLAGS).where(_FLAGS.c.check_key == row.check_key).values(text=text))
            found += [
                {"organisation_key": row.organisation_key, "word": word, "check_key": row.check_key}
                for word in {word[:LONGEST_WORD] for word in text.split()}
            ]
            states[row.check_key] = (row.organisation_key, row.state)
            speaker = answer["speaker"] or ""
            source = (answer["source"] or {}).get("name") or ""
            count(row.check_key, "tier", row.tier, row.tier or "")
            count(row.check_key, "language", row.language, row.language)
            count(row.check_key, "speaker", speaker.lower(), speaker)
            count(row.check_key, "source", source.lower(), source)
        if found:
            connection.execute(sa.insert(words), found)
    filed = sa.table("flag_narratives", sa.column("narrative_key"), sa.column("check_key"))
    for row in connection.execute(sa.select(filed)):
        count(row.check_key, "narrative", str(row.narrative_key), "")
    if counted:
        names = ("organisation_key", "state", "facet", "value")
        counts = [
            {**dict(zip(names, place, strict=True)), "label": labels[place], "count": n} for place, n in counted.items()
        ]
        connection.execute(sa.insert(facets), counts)


def downgrade() -> None:
    for table in ("flag_views", "flag_assignments", "flag_notes", "flag_facets", "flag_words"):
        op.drop_table(table)
    op.drop_index("ix_reviews_batch_id", "reviews")
    op.drop_column("reviews", "batch_id")
    connection = op.get_bind()
    for key, answer in connection.execute(
        sa.select(_CHECKS.c.key, _CHECKS.c.answer).join(_FLAGS, _FLAGS.c.check_key == _CHECKS.c.key)
    ).all():
        lower = json.loads(answer)["text"].lower()
        connection.execute(sa.update(_FLAGS).where(_FLAGS.c.check_key == key).values(text=lower))
    _describe_text(None)
    op.drop_index("ix_flags_organisation_key_assigned_id_check_key", "flags")
    op.drop_column("flags", "assigned_name")
    op.drop_column("flags", "assigned_id")


def _describe_text(comment: str | None) -> None:
    """SQLite keeps no comments."""
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("flags", "text", existing_type=sa.Text(), comment=comment)


def searched_text(text: str) -> str:
    """As it was when this migration was written: a migration must not change with the program."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if unicodedata.category(char) != "Mn")
    return "".join(f" {word}" for word in _WORD.findall(bare.casefold()))

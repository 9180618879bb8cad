"""Flags that are one row of a list, an order by speaker, and the periods in which flags were made.

Runs beside the previous release: a flag that it makes is a row of its own, and comes last in the order by speaker.
"""

import json
from hashlib import blake2b

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0037"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AT_ONCE = 500
_MOST_TOGETHER = 50
_INDEXES = (("group_key",), ("speaker_order",), ("state", "speaker_order"))
_FLAGS = sa.table("flags", *map(sa.column, ("check_key", "organisation_key", "group_key", "text")))
_CHECKS = sa.table("checks", sa.column("key"), sa.column("answer"))
_PERIODS = """
    INSERT INTO flag_periods (organisation_key, period, first_key, last_key)
    SELECT organisation_key, (said_begins - ((said_begins % :unit) + :unit) % :unit) / :unit,
    min(check_key), max(check_key) FROM flags GROUP BY 1, 2
"""
_SPEAKERS = "UPDATE flags SET speaker_order = '0' || substr(speaker, 1, 64) WHERE speaker IS NOT NULL"


def upgrade() -> None:
    """Two columns and two tables. Texts that are the same to the letter, and claims of one article, are grouped."""
    op.add_column(
        "flags",
        sa.Column(
            "group_key",
            sa.BigInteger(),
            nullable=True,
            comment="of the first flag of the row that lists show; null: a row of its own",
        ),
    )
    op.add_column(
        "flags",
        sa.Column(
            "speaker_order",
            sa.String(65),
            nullable=False,
            server_default="1",
            comment="0 and the speaker's first 64 characters; 1 where none is known: they come last",
        ),
    )
    op.create_table(
        "flag_bands",
        sa.Column("organisation_key", _BIG, nullable=False),
        sa.Column(
            "band", sa.BigInteger(), autoincrement=False, nullable=False, comment="hash of a part of the text's MinHash"
        ),
        sa.Column("check_key", _BIG, nullable=False, comment="of the first flag of a group"),
        sa.ForeignKeyConstraint(
            ["organisation_key"], ["organisations.key"], name=op.f("fk_flag_bands_organisation_key")
        ),
        sa.ForeignKeyConstraint(
            ["check_key"], ["flags.check_key"], name=op.f("fk_flag_bands_check_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_key", "band", "check_key", name=op.f("pk_flag_bands")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_flag_bands_check_key"), "flag_bands", ["check_key"])
    op.create_table(
        "flag_periods",
        sa.Column("organisation_key", _BIG, nullable=False),
        sa.Column(
            "period", sa.BigInteger(), autoincrement=False, nullable=False, comment="said_begins, in units of 30 days"
        ),
        sa.Column("first_key", sa.BigInteger(), nullable=False),
        sa.Column(
            "last_key", sa.BigInteger(), nullable=False, comment="bounds on the flags of the period, never too narrow"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_key"], ["organisations.key"], name=op.f("fk_flag_periods_organisation_key")
        ),
        sa.PrimaryKeyConstraint("organisation_key", "period", name=op.f("pk_flag_periods")),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    connection.execute(sa.text(_SPEAKERS))
    connection.execute(sa.text(_PERIODS), {"unit": 30 * 86_400 * 10**6})
    _fill(connection)
    for columns in _INDEXES:
        named = f"ix_flags_organisation_key_{'_'.join(columns)}_check_key"
        op.create_index(named, "flags", ["organisation_key", *columns, "check_key"])


def _fill(connection: sa.Connection) -> None:
    stored = sa.table("flag_bands", *map(sa.column, ("organisation_key", "band", "check_key")))
    groups: dict[tuple[int, str], tuple[int, int]] = {}
    last = 0
    while True:
        page = (
            sa.select(_FLAGS.c.check_key, _FLAGS.c.organisation_key, _FLAGS.c.text, _CHECKS.c.answer)
            .join(_CHECKS, _CHECKS.c.key == _FLAGS.c.check_key)
            .where(_FLAGS.c.check_key > last)
            .order_by(_FLAGS.c.check_key)
            .limit(_AT_ONCE)
        )
        rows = connection.execute(page).all()
        if not rows:
            return
        last = rows[-1].check_key
        found, members = [], []
        for row in rows:
            document = json.loads(row.answer).get("document")
            alike = (row.organisation_key, f"document {document}" if document else f"text{row.text}")
            first, size = groups.get(alike, (row.check_key, 0))
            if size >= _MOST_TOGETHER and not document:
                first, size = row.check_key, 0
            groups[alike] = (first, size + 1)
            members.append({"flag": row.check_key, "first": first})
            if first == row.check_key:
                own = [_hashed(f"document {document}")] if document else _bands(row.text)
                found += [{"organisation_key": row.organisation_key, "band": band, "check_key": first} for band in own]
        joins = sa.update(_FLAGS).where(_FLAGS.c.check_key == sa.bindparam("flag"))
        connection.execute(joins.values(group_key=sa.bindparam("first")), members)
        if found:
            connection.execute(sa.insert(stored), found)


_PRIME = (1 << 61) - 1


def _bands(text: str) -> list[int]:
    tokens = text.split()[:400]
    shingles = {" ".join(tokens[at : at + 3]) for at in range(max(1, len(tokens) - 2))}
    hashes = [_hashed(shingle) for shingle in shingles]
    signature = [min((a * one + b) % _PRIME for one in hashes) for a, b in _PERMUTATIONS]
    rows = [signature[at : at + 3] for at in range(0, len(signature), 3)]
    return sorted({_hashed(f"{number} {row}") for number, row in enumerate(rows)})


def _hashed(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") >> 1


_PERMUTATIONS = [
    (_hashed(f"factor {number}") % (_PRIME - 1) + 1, _hashed(f"addend {number}") % _PRIME) for number in range(24)
]


def downgrade() -> None:
    """Every flag is a row of its own again."""
    op.drop_table("flag_periods")
    op.drop_table("flag_bands")
    for columns in _INDEXES:
        op.drop_index(f"ix_flags_organisation_key_{'_'.join(columns)}_check_key", "flags")
    op.drop_column("flags", "speaker_order")
    op.drop_column("flags", "group_key")

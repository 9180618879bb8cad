"""An order of flags by the narrative that lists show beside them.

Runs beside the previous release: a flag that it makes comes last in that order.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

_AT_ONCE = 500
_INDEXES = (("narrative_order",), ("state", "narrative_order"))
_FLAGS = sa.table("flags", sa.column("check_key"), sa.column("narrative_order"))
_CHECKS = sa.table("checks", sa.column("key"), sa.column("answer"))


def upgrade() -> None:
    """A column with two indexes, filled in from the answers of the checks."""
    op.add_column(
        "flags",
        sa.Column(
            "narrative_order",
            sa.String(65),
            nullable=False,
            server_default="1",
            comment="0 and 64 characters of the narrative's title in lower case; 1 where there is none: they come last",
        ),
    )
    _fill(op.get_bind())
    for columns in _INDEXES:
        named = f"ix_flags_organisation_key_{'_'.join(columns)}_check_key"
        op.create_index(named, "flags", ["organisation_key", *columns, "check_key"])


def _fill(connection: sa.Connection) -> None:
    filled = sa.update(_FLAGS).where(_FLAGS.c.check_key == sa.bindparam("flag"))
    last = 0
    while True:
        page = (
            sa.select(_FLAGS.c.check_key, _CHECKS.c.answer)
            .join(_CHECKS, _CHECKS.c.key == _FLAGS.c.check_key)
            .where(_FLAGS.c.check_key > last)
            .order_by(_FLAGS.c.check_key)
            .limit(_AT_ONCE)
        )
        rows = connection.execute(page).all()
        if not rows:
            return
        last = rows[-1].check_key
        titles = [(row.check_key, _title(json.loads(row.answer))) for row in rows]
        values = [{"flag": key, "order": f"0{title.lower()[:64]}"} for key, title in titles if title]
        if values:
            connection.execute(filled.values(narrative_order=sa.bindparam("order")), values)


def _title(answer: dict[str, Any]) -> str | None:
    """Title of the narrative that a list shows: of the best match that the text repeats, or else of any."""
    matches = answer["matches"]
    repeated = [
        match
        for match in matches
        if match.get("relation", "repeats") == "repeats" and match["precedent"].get("stance") != "question"
    ]
    for match in (*repeated, *matches):
        if narratives := match["precedent"].get("narratives"):
            return str(narratives[0]["title"])
    return None


def downgrade() -> None:
    """Lists of flags are in no order by narrative again."""
    for columns in _INDEXES:
        op.drop_index(f"ix_flags_organisation_key_{'_'.join(columns)}_check_key", "flags")
    op.drop_column("flags", "narrative_order")

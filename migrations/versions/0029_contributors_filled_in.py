"""Contributors are filled in where they are known; an external id of a shared statement belongs to its contributor.

Known they are from who recorded a statement, from its first submission, from the review that made a counter-example.
What has none is the operator's. The identity of a statement tells whose its external id is; ids of the operator's
organisations, or of the first organisation where none is the operator's, stay as they are.

Runs beside the previous release: rows are locked, and tables against writing alone, while their indexes are made.
"""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_CONTRIBUTED = ("statements", "narratives", "findings", "counter_examples")

# Written as joins: a subquery for each row, ordered and limited, reads all submissions for each statement.
_BY_AUTHOR = """
    UPDATE statements SET contributor_key = authors.organisation_key
    FROM (
        SELECT made.statement_key, coalesce(api_keys.organisation_key, accounts.organisation_key) AS organisation_key
        FROM statement_revisions AS made
        JOIN (SELECT min(key) AS key FROM statement_revisions WHERE what = 'created' GROUP BY statement_key) AS first
        ON first.key = made.key
        LEFT JOIN api_keys ON api_keys.id = made.by_id
        LEFT JOIN accounts ON accounts.id = made.by_id
    ) AS authors
    WHERE authors.statement_key = statements.key
"""
_BY_SUBMISSION = """
    UPDATE statements SET contributor_key = sent.organisation_key
    FROM (
        SELECT sightings.statement_key, sightings.organisation_key, sightings.seen_at FROM sightings
        JOIN (SELECT min(key) AS key FROM sightings GROUP BY statement_key) AS first ON first.key = sightings.key
    ) AS sent
    WHERE sent.statement_key = statements.key AND statements.contributor_key IS NULL AND {soon}
"""
_SOON = {
    "postgresql": "sent.seen_at < statements.created_at + interval '1 second'",
    "sqlite": "julianday(sent.seen_at) - julianday(statements.created_at) < 1.0 / 86400",
}
_BY_OWNER = "UPDATE {} SET contributor_key = organisation_key WHERE organisation_key IS NOT NULL"
_FINDINGS = """
    UPDATE findings SET contributor_key = brought.contributor_key
    FROM (
        SELECT statements.key, statements.contributor_key FROM statements
        LEFT JOIN sightings ON sightings.statement_key = statements.key
        AND sightings.organisation_key <> statements.contributor_key
        WHERE statements.contributor_key IS NOT NULL AND sightings.key IS NULL
    ) AS brought
    WHERE brought.key = findings.statement_key
"""
_FINDINGS_OF_NARRATIVES = """
    UPDATE findings SET contributor_key = (
        SELECT narratives.organisation_key FROM narratives WHERE narratives.key = findings.narrative_key
    )
    WHERE narrative_key IN (SELECT key FROM narratives WHERE organisation_key IS NOT NULL)
"""
_COUNTER_EXAMPLES = """
    UPDATE counter_examples SET contributor_key = (
        SELECT min(reviews.organisation_key)
        FROM reviews JOIN review_narratives ON review_narratives.review_key = reviews.key
        WHERE reviews.counter_example AND reviews.text_hash = counter_examples.text_hash
        AND review_narratives.narrative_key = counter_examples.narrative_key
        HAVING count(DISTINCT reviews.organisation_key) = 1
    )
    WHERE by_review
"""
_SHARE = """
    UPDATE counter_examples SET shared_at = created_at
    WHERE contributor_key IS NULL OR contributor_key IN (SELECT key FROM organisations WHERE operator)
"""
_NAMESPACES = """
    UPDATE statements SET identity = 'by ' || contributor_key || ' id:' || external_id
    WHERE contributor_key IS NOT NULL AND organisation_key IS NULL AND external_id IS NOT NULL AND external_id <> ''
    AND contributor_key NOT IN (SELECT key FROM organisations WHERE operator)
    AND (
        EXISTS (SELECT 1 FROM organisations WHERE operator)
        OR contributor_key <> (SELECT min(key) FROM organisations)
    )
"""
_NO_NAMESPACES = """
    UPDATE statements SET identity = 'id:' || external_id
    WHERE key IN (
        SELECT min(key) FROM statements
        WHERE identity LIKE 'by % id:%' AND organisation_key IS NULL AND external_id IS NOT NULL GROUP BY external_id
    )
    AND NOT EXISTS (SELECT 1 FROM statements AS other WHERE other.identity = 'id:' || statements.external_id)
"""


def upgrade() -> None:
    """Fills in what is empty; then makes the indexes, so that filling in need not keep them."""
    soon = _SOON[op.get_bind().dialect.name]
    for filling in (
        _BY_AUTHOR, _BY_SUBMISSION.format(soon=soon), _BY_OWNER.format("statements"), _BY_OWNER.format("narratives"),
        _FINDINGS, _FINDINGS_OF_NARRATIVES, _COUNTER_EXAMPLES, _SHARE, _NAMESPACES,
    ):  # fmt: skip
        op.execute(filling)
    for table in _CONTRIBUTED:
        op.create_index(f"ix_{table}_contributor_key", table, ["contributor_key"])


def downgrade() -> None:
    """Of statements with one external id the first is found by it; a later one stays, and is not."""
    for table in _CONTRIBUTED:
        op.drop_index(f"ix_{table}_contributor_key", table)
    op.execute(_NO_NAMESPACES)

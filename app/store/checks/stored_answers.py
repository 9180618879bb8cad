"""Stored answers as they are read: as they were given, with what was withdrawn, decided or found by hand since."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.domain.checks.checks import Check
from app.domain.checks.reviews import Review
from app.domain.desk.flags import with_reviews
from app.store.checks.stored_check import check_from_json
from app.store.desk.reviews import ReviewRows
from app.store.statements.statements import StatementRows


def read(connection: Connection, answers: Sequence[tuple[int, str]]) -> list[tuple[Check, tuple[Review, ...]]]:
    """Checks and all their reviews, the oldest first, of the keys and answers of rows; in a fixed number of queries."""
    if not answers:
        return []
    found = ReviewRows(connection).of_checks([key for key, _ in answers])
    reviews = [found.get(key, ([], [])) for key, _ in answers]
    checks = [
        with_reviews(check_from_json(answer), decided, by_hand)
        for (_, answer), (decided, by_hand) in zip(answers, reviews, strict=True)
    ]
    shown = {match.precedent.id for check in checks for match in check.matches}
    withdrawn = StatementRows(connection).withdrawn(shown) if shown else frozenset()
    return [
        (check.with_withdrawn(withdrawn), tuple(decided)) for check, (decided, _) in zip(checks, reviews, strict=True)
    ]

"""Reviews: rows to domain objects and back, and the matches that analysts found by hand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update
from sqlalchemy.sql.elements import BindParameter

from app.domain.access.keys import Organisation
from app.domain.checks.checks import Check, Match
from app.domain.checks.reviews import Actor, Review
from app.domain.desk.flag_groups import ReviewTally
from app.domain.desk.flags import Flag, effective_review_by_match
from app.domain.statements.statements import NarrativeRef
from app.services.desk.ports import Dismissal, LabelledPair
from app.store.checks.stored_check import check_from_json, match_as_json, match_from_json
from app.store.desk.flag_tables import dismissed_pairs, review_narratives, reviews
from app.store.tables import checks, matches, narratives, statements

_AT_ONCE = 200

_KEYS: BindParameter[Any] = bindparam("keys", expanding=True)
_ARCHIVED = statements.alias("archived")
_PRECEDENT = statements.alias("precedent")


def _reviews() -> Select[Any]:
    return (
        select(reviews, matches.c.id.label("match_id"), _PRECEDENT.c.id.label("precedent_id"),
               _ARCHIVED.c.id.label("archived_id"))
        .outerjoin(matches, matches.c.key == reviews.c.match_key)
        .outerjoin(_PRECEDENT, _PRECEDENT.c.key == matches.c.statement_key)
        .outerjoin(_ARCHIVED, _ARCHIVED.c.key == reviews.c.archived_key)
        .order_by(reviews.c.key)
    )  # fmt: skip


_OF_CHECKS = _reviews().where(reviews.c.check_key.in_(_KEYS))
_FILED = (
    select(review_narratives.c.review_key, narratives.c.id, narratives.c.title, narratives.c.key)
    .join(narratives, narratives.c.key == review_narratives.c.narrative_key)
    .where(review_narratives.c.review_key.in_(_KEYS))
    .order_by(narratives.c.key)
)
# What every check executes, built once.
_DISMISSED = select(dismissed_pairs.c.text_hash, dismissed_pairs.c.statement_key, dismissed_pairs.c.dismissed_at).where(
    dismissed_pairs.c.organisation_key == bindparam("organisation"),
    dismissed_pairs.c.text_hash.in_(bindparam("hashes", expanding=True)),
)


class ReviewRows:
    """SQL implementation of `app.services.desk.ports.Reviews`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def of_checks(self, keys: Sequence[int]) -> dict[int, tuple[list[Review], list[Match]]]:
        """All reviews of those checks that have any, the oldest first, and their matches found by hand; by key."""
        rows = self._connection.execute(_OF_CHECKS, {"keys": keys}).all()
        if not rows:
            return {}
        found: dict[int, tuple[list[Review], list[Match]]] = {row.check_key: ([], []) for row in rows}
        for row, review in zip(rows, self._complete(rows), strict=True):
            found[row.check_key][0].append(review)
        by_hand = select(matches.c.check_key, matches.c.found_by_hand).where(
            matches.c.check_key.in_(list(found)), matches.c.found_by_hand.is_not(None)
        )
        for check_key, answer in self._connection.execute(by_hand.order_by(matches.c.key)):
            found[check_key][1].append(match_from_json(answer))
        return found

    def add_match(self, flag: Flag, match: Match) -> None:
        rank = select(func.count() + 1).where(matches.c.check_key == flag.key).scalar_subquery()
        values = {
            "id": match.id,
            "check_key": flag.key,
            "statement_key": match.precedent.key,
            "tier": match.tier,
            "score": match.score,
            "found_by_hand": match_as_json(match),
        }
        self._connection.execute(insert(matches).values(rank=rank, **values))

    def matches_by_hand(self, flag: Flag) -> list[Match]:
        stored = select(matches.c.found_by_hand).where(
            matches.c.check_key == flag.key, matches.c.found_by_hand.is_not(None)
        )
        return [match_from_json(answer) for answer in self._connection.scalars(stored)]

    def add(
        self, organisation: Organisation, flag: Flag, review: Review, text_hash: str, linked: frozenset[int]
    ) -> None:
        match_key = select(matches.c.key).where(matches.c.id == review.match_id).scalar_subquery()
        archived_key = select(statements.c.key).where(statements.c.id == review.archived).scalar_subquery()
        added = insert(reviews).values(
            id=review.id,
            organisation_key=organisation.key,
            check_key=flag.key,
            match_key=match_key,
            verdict=review.verdict,
            reason=review.reason,
            stands=review.stands,
            by_id=review.by.id,
            by_name=review.by.name,
            created_at=review.at,
            version=review.version,
            archived_key=archived_key,
            put_in=review.put_in,
            counter_example=review.counter_example,
            text_hash=text_hash,
            batch_id=review.batch,
        )
        key = self._connection.scalar(added.returning(reviews.c.key))
        if review.narratives:
            links = [
                {"review_key": key, "narrative_key": ref.key, "linked": ref.key in linked} for ref in review.narratives
            ]
            self._connection.execute(insert(review_narratives), links)

    def of_batch(self, organisation: Organisation, batch: str) -> list[tuple[str, str]]:
        own = (reviews.c.organisation_key == organisation.key, reviews.c.batch_id == batch)
        made = select(checks.c.id, reviews.c.id).join(checks, checks.c.key == reviews.c.check_key).where(*own)
        return [(row[0], row[1]) for row in self._connection.execute(made.order_by(reviews.c.key))]

    def tally(self, organisation: Organisation, by: Actor, since: datetime) -> ReviewTally:
        decided = reviews.c.check_key.distinct()
        counted = select(
            func.count(decided).filter(reviews.c.verdict == "confirmed"),
            func.count(decided).filter(reviews.c.verdict == "dismissed"),
            func.count(decided).filter(reviews.c.archived_key.is_not(None)),
        ).where(
            reviews.c.organisation_key == organisation.key,
            reviews.c.by_id == by.id,
            reviews.c.created_at >= since,
            reviews.c.stands,
        )
        return ReviewTally(*self._connection.execute(counted).one())

    def mark_undone(self, review_id: str, by: Actor, at: datetime, version: int) -> None:
        undone = {"undone_by_id": by.id, "undone_by_name": by.name, "undone_at": at, "undone_version": version}
        self._connection.execute(update(reviews).where(reviews.c.id == review_id).values(stands=False, **undone))

    def set_standing(self, flag: Flag, standing: Iterable[str]) -> None:
        stands = reviews.c.id.in_(list(standing))
        self._connection.execute(update(reviews).where(reviews.c.check_key == flag.key).values(stands=stands))

    def archiving(self, statement_id: str) -> list[Review]:
        return self._complete(self._connection.execute(_reviews().where(_ARCHIVED.c.id == statement_id)).all())

    def linked(self, statement_id: str) -> frozenset[int]:
        added = (
            select(review_narratives.c.narrative_key)
            .join(reviews, reviews.c.key == review_narratives.c.review_key)
            .join(statements, statements.c.key == reviews.c.archived_key)
            .where(statements.c.id == statement_id, review_narratives.c.linked)
        )
        return frozenset(self._connection.scalars(added))

    def has_counter_example(self, organisation: Organisation, narrative: int, text_hash: str) -> bool:
        standing = (
            select(reviews.c.key)
            .join(review_narratives, review_narratives.c.review_key == reviews.c.key)
            .where(review_narratives.c.narrative_key == narrative, reviews.c.counter_example, reviews.c.stands,
                   reviews.c.text_hash == text_hash, reviews.c.organisation_key == organisation.key)
        )  # fmt: skip
        return self._connection.scalar(standing.limit(1)) is not None

    def dismissals(self, organisation: Organisation, hashes: Sequence[str]) -> list[Dismissal]:
        parameters = {"organisation": organisation.key, "hashes": hashes}
        return [Dismissal(*row) for row in self._connection.execute(_DISMISSED, parameters)]

    def labelled_pairs(self) -> Iterator[LabelledPair]:
        reviewed = select(reviews.c.check_key).where(reviews.c.stands)
        last = 0
        while True:
            page = select(checks.c.key, checks.c.answer).where(checks.c.key > last, checks.c.key.in_(reviewed))
            rows = self._connection.execute(page.order_by(checks.c.key).limit(_AT_ONCE)).all()
            if not rows:
                return
            last = rows[-1].key
            found = self.of_checks([row.key for row in rows])
            for row in rows:
                yield from _pairs(check_from_json(row.answer), *found[row.key])

    def _complete(self, rows: Sequence[Row[Any]]) -> list[Review]:
        narratives_of: dict[int, list[NarrativeRef]] = {row.key: [] for row in rows}
        if rows:
            for review_key, *ref in self._connection.execute(_FILED, {"keys": list(narratives_of)}):
                narratives_of[review_key].append(NarrativeRef(*ref))
        return [_review_of(row, tuple(narratives_of[row.key])) for row in rows]


def _pairs(check: Check, of_check: Sequence[Review], by_hand: Sequence[Match]) -> Iterator[LabelledPair]:
    decided: Mapping[str, Review] = effective_review_by_match(check, of_check)
    for match in (*check.matches, *by_hand):
        if review := decided.get(match.id):
            yield LabelledPair(
                check.text, check.language.code, check.said_at, check.speaker, match.precedent, review.verdict
            )


def _review_of(row: Row[Any], narratives: tuple[NarrativeRef, ...]) -> Review:
    return Review(
        id=row.id,
        match_id=row.match_id,
        precedent_id=row.precedent_id,
        verdict=row.verdict,
        reason=row.reason,
        by=Actor(row.by_id, row.by_name),
        at=row.created_at,
        version=row.version,
        stands=row.stands,
        undone_by=Actor(row.undone_by_id, row.undone_by_name) if row.undone_by_id else None,
        undone_at=row.undone_at,
        undone_version=row.undone_version,
        archived=row.archived_id,
        put_in=row.put_in,
        counter_example=row.counter_example,
        narratives=narratives,
        batch=row.batch_id,
    )
